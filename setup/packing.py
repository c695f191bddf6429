"""`python start.py pack FOLDER`: a whole kit for a USB stick, with all that a computer without internet needs.

What is written last makes it a pack: the checksums, then start.py. One that was interrupted cannot be started, and the
next try goes on with the packages that are there.
"""

import argparse
import fnmatch
import os
import re
import shutil
import sys
from pathlib import Path

from setup.environment import ANY_SUITABLE_PYTHON, LESSON_LOCKS, TOOLS, UV, find_uv, python_of
from setup.locking import one_at_a_time
from setup.packed import PACKAGES, PYTHON, SUMS, digest, name_kind, read_sums
from setup.sentences import PACK_GIGABYTES, Stop, tell
from setup.tools import PROJECT, ask, clean_settings, network_settings, use_tool

START = "start.py"
# What the kit consists of where git cannot be asked. In data/ it is what the checksums there name, and nothing else.
FOLDERS = (".ci", ".github", "data/making", "facelab", "notebooks", "setup", "teachers", "tests")
FILES = (
    *(".gitattributes", ".gitignore", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.ko.md", "README.md", START),
    *("conftest.py", "data/DATASHEET.md", "data/SHA256SUMS", "environment.yml", "postBuild", "pyproject.toml"),
    "requirements.lock",
)


def pack(words):
    """Do what `python start.py pack FOLDER` asks for, and return its exit code."""
    parser = argparse.ArgumentParser(
        prog="start.py pack",
        description="인터넷 없이 설치할 꾸러미를 만들어요. Make a pack that installs without internet.",
    )
    parser.add_argument("folder", metavar="FOLDER", help="새 폴더(예: E:\\facelab) · a new folder, such as E:\\facelab")
    folder = Path(parser.parse_args(words).folder).resolve()
    files = list_kit(PROJECT)
    open_folder(folder)
    tell("packing", folder)
    work = TOOLS / "packing"
    with one_at_a_time(PROJECT / ".venv.lock"):
        shutil.rmtree(work, ignore_errors=True)  # of a start that was killed
        work.mkdir(parents=True)
        try:
            sums = finish(folder, files, *fetch_packages(folder / PACKAGES, work))
        finally:
            shutil.rmtree(work, ignore_errors=True)
    tell("packed", f"{sum((folder / name).stat().st_size for name in sums) / 1e6:.0f}")
    return 0


def list_kit(project):
    """Return the names of the kit's own files: those that git knows or, without git, those in the kit's own folders."""
    listed = ask(["git", "-C", str(project), "ls-files", "-z"], clean_settings(os.environ))
    names = [name for name in listed.split("\0") if name] or walk_kit(project)
    names = [name for name in names if (project / name).is_file() and not (project / name).is_symlink()]
    for name in names:
        if name.endswith(".ipynb") and b'"output_type"' in (project / name).read_bytes():
            raise Stop("used_lesson", name)  # in whose outputs there may be a face
    return sorted(names)


def walk_kit(project):
    data = re.findall(r"^\w+ [ *](.+)$", (project / "data" / SUMS).read_text(encoding="utf-8"), re.MULTILINE)
    ignored = [line.strip("/") for line in (project / ".gitignore").read_text(encoding="utf-8").split("\n")]
    for folder in FOLDERS:
        for path in sorted((project / folder).rglob("*")):
            name = path.relative_to(project)
            places = [*name.parts, *(place.as_posix() for place in name.parents)]
            if not any(fnmatch.fnmatch(place, pattern) for place in places for pattern in ignored):
                yield name.as_posix()
    yield from (*FILES, *("data/" + name for name in data))


def open_folder(folder):
    """Make the folder unless an earlier pack is there, whole or half, to which only what is missing is added."""
    mark = folder / PACKAGES / "facelab.txt"
    nested = folder == PROJECT or PROJECT in folder.parents or folder in PROJECT.parents
    if nested or folder.exists() and any(folder.iterdir()) and not mark.exists():
        raise Stop("folder_taken", folder)
    folder.mkdir(parents=True, exist_ok=True)
    present = sum(path.stat().st_size for path in mark.parent.rglob("*") if path.is_file())
    if shutil.disk_usage(folder).free + present < PACK_GIGABYTES * 1e9:
        raise Stop("no_space_to_pack", folder)
    mark.parent.mkdir(exist_ok=True)
    mark.write_text("python start.py pack\n", encoding="utf-8")


def fetch_packages(packages, work):
    """Fetch what the lessons need and uv into a folder named after this kind of computer.

    Return it and, unless none could be fetched, the archive of a Python, which still lies in the folder `work`.
    """
    uv, settings = find_uv(getattr(sys, "_base_executable", None) or sys.executable, network_settings(sys.executable))
    managed = find_interpreter(uv, settings)
    base, env = managed or ANY_SUITABLE_PYTHON, work / "env"
    use_tool([*uv, "venv", "--quiet", "--seed", "--python", base, str(env)], settings)
    python = str(python_of(env))
    code = "import sys; print(sys.base_prefix, '%d.%d' % sys.version_info[:2], sep='\\n')"
    prefix, version = ask([python, "-c", code], settings).splitlines()
    target = packages / name_kind(version)
    fetch = [python, "-m", "pip", "download", "--disable-pip-version-check", "--no-deps", "--only-binary", ":all:"]
    fetch += ["--progress-bar", "off", "--dest", str(target)]
    locks = [word for lock in LESSON_LOCKS for word in ("-r", str(lock))]
    use_tool([*fetch, "--require-hashes", *locks], settings)
    use_tool([*fetch, UV], settings)
    if not managed:
        tell("packed_no_python", version)
    return target, shutil.make_archive(str(work / "python"), "gztar", prefix) if managed else None


def find_interpreter(uv, settings):
    """Return the path of a Python that uv manages, and that can therefore be moved; None if it cannot be downloaded."""
    find = [*uv, "python", "find", "--managed-python", "--no-python-downloads", ANY_SUITABLE_PYTHON]
    if not ask(find, settings):
        try:
            use_tool([*uv, "python", "install", "--no-bin", ANY_SUITABLE_PYTHON], settings)
        except Stop as reason:
            if reason.args[0] not in ("no_python", "no_network", "no_certificate"):
                raise
    return ask(find, settings).strip() or None


def finish(folder, files, packages, python):
    """Lay all else beside the packages, drop what an earlier pack had beyond it, and return the checksums."""
    if (folder / START).exists():
        (folder / START).unlink()  # no pack any more, until all is there
    if python:
        os.replace(shutil.copyfile(python, packages / "part"), packages / PYTHON)
    locks = "".join(lock.read_text(encoding="utf-8") for lock in LESSON_LOCKS)
    sums = {path.relative_to(folder).as_posix(): digest(path) for path in packages.iterdir()}
    sums = {name: found for name, found in sums.items() if found in locks or re.search("/uv-|/" + PYTHON, name)}
    for name in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if name != START:
            shutil.copyfile(PROJECT / name, folder / name)
        sums[name] = digest(PROJECT / name)
    before = {path.relative_to(folder).as_posix() for path in (folder / PACKAGES).glob("*/*")} | set(read_sums(folder))
    for name in before - set(sums):
        if (folder / name).is_file():
            (folder / name).unlink()
    text = "".join(found + "  " + name + "\n" for name, found in sorted(sums.items()))
    (folder / SUMS).write_bytes(text.encode())
    shutil.copyfile(PROJECT / START, folder / START)
    return sums
