"""What `python start.py pack` has laid beside the kit: packages and a Python, for a computer without internet."""

import hashlib
import os
import platform
import re
import shutil
import zipfile
from pathlib import Path

from setup.sentences import Stop, tell
from setup.tools import ask, clean_settings

PACKAGES = "packages"
SUMS = "SHA256SUMS"  # of all files, as `sha256sum -c` reads it; written last, so that half a pack has none
PYTHON = "python.tar.gz"


def name_kind(python):
    """Return the name of the folder of packages for this kind of computer and a version of Python such as 3.12."""
    return f"{platform.system()}-{platform.machine()}-{python}"


def digest(path):
    """Return the SHA-256 of a file, or nothing if it cannot be read."""
    found = hashlib.sha256()
    try:
        with open(path, "rb") as file:
            for piece in iter(lambda: file.read(1 << 20), b""):
                found.update(piece)
    except OSError:
        return ""
    return found.hexdigest()


def read_sums(folder):
    """Return what a pack consists of: a dict from the names of its files to their SHA-256, empty if it is none."""
    if not (folder / SUMS).is_file():
        return {}
    lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    return {name: found for found, _, name in (line.partition("  ") for line in lines)}


def find_packed(project, lock):
    """Return the folder with the packages of a lock for this computer, or None; stop if one of them is damaged."""
    sums = read_sums(project)
    kinds = {name.split("/")[1] for name in sums if name.startswith(PACKAGES + "/")}
    if not kinds or sums.get(lock.name) != digest(lock):  # of a kit that was renewed since, the rest is in the internet
        return None
    kind = next((kind for kind in kinds if kind.startswith(name_kind(""))), None)
    if not kind:
        return tell("other_computer", ", ".join(kinds))
    for name, wanted in sums.items():
        if name.startswith("/".join([PACKAGES, kind, ""])) and digest(project / name) != wanted:
            raise Stop("damaged_pack", name)
    tell("from_pack")
    return project / PACKAGES / kind


def unpack(packed, tools):
    """Return the command and variables of the uv from a pack, and what it shall build the environment on."""
    settings = {
        **clean_settings(os.environ),
        "UV_CACHE_DIR": str(tools / "cache"),
        "UV_FIND_LINKS": packed.as_uri(),  # in which no comma or space can be taken for the end
        "UV_NO_CONFIG": "1",
        "UV_OFFLINE": "1",
        "UV_PYTHON_DOWNLOADS": "never",
    }
    with zipfile.ZipFile(next(packed.glob("uv-*.whl"))) as wheel:
        name = next(name for name in wheel.namelist() if re.search(r"/scripts/uv(\.exe)?$", name))
        uv = Path(wheel.extract(name, tools))
    uv.chmod(0o755)
    if (packed / PYTHON).exists():
        return [str(uv)], settings, unpack_python(packed, tools)
    version = packed.name.rpartition("-")[2]
    python = ask([str(uv), "python", "find", "cpython@" + version], settings).strip()
    if not python:
        raise Stop("no_python_for_pack", version)
    return [str(uv)], settings, python


def unpack_python(packed, tools):
    """Return the path of the Python from a pack."""
    folder, new = tools / "python", tools / "python.new"
    if not folder.exists():
        shutil.rmtree(new, ignore_errors=True)
        shutil.unpack_archive(str(packed / PYTHON), str(new))
        new.rename(folder)
    return str(folder / ("python.exe" if os.name == "nt" else "bin/python3"))
