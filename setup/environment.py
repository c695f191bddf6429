"""The Python environment in the folder .venv: made beside the one that is there, kept until the new one works."""

import contextlib
import hashlib
import os
import platform
import re
import shutil
import sys
import time
from pathlib import Path

from setup.locking import one_at_a_time
from setup.packed import find_packed, unpack
from setup.sentences import NEEDED_GIGABYTES, Stop, tell
from setup.tools import PROJECT, ask, clean_settings, find_cause, network_settings, use_tool

ENVIRONMENT = PROJECT / ".venv"
NEW, OLD = PROJECT / ".venv.new", PROJECT / ".venv.old"  # only there while an environment is being made
TOOLS = PROJECT / ".venv.tools"  # uv, and what it has downloaded: linked, not copied, so it takes no room of its own
STAMP = "installed.txt"  # in an environment that was finished: what it was made of
LESSON_LOCKS = (PROJECT / "requirements.lock",)
CLASS_LOCKS = (*LESSON_LOCKS, PROJECT / "setup" / "hub" / "requirements.lock")
TEST_LOCKS = (*CLASS_LOCKS, PROJECT / "tests" / "requirements.lock")

OLDEST_PYTHON, TOO_NEW_PYTHON = (3, 11), (3, 13)
ANY_SUITABLE_PYTHON = "cpython>=3.11,<3.13"
COMPUTERS = {"Linux": {"x86_64"}, "Windows": {"AMD64"}, "Darwin": {"x86_64", "arm64"}}
UV, OLDEST_UV = "uv==0.13.9", (0, 13)


def choose_python(version, implementation, is_64_bit, running):
    """Return what uv shall build the environment on: the running Python if it is suitable, else any that is."""
    suitable = OLDEST_PYTHON <= tuple(version)[:2] < TOO_NEW_PYTHON and implementation == "CPython" and is_64_bit
    return running if suitable else ANY_SUITABLE_PYTHON


def computer_is_supported(system, machine):
    """Tell whether mediapipe exists for an operating system and processor, in the words of `platform`."""
    return machine in COMPUTERS.get(system, ())


def uv_is_recent(answer):
    """Tell from the answer to `uv --version` whether that uv knows the options used here."""
    found = re.match(r"uv (\d+)\.(\d+)", answer)
    return bool(found) and tuple(map(int, found.groups())) >= OLDEST_UV


def fingerprint(lock):
    """Return what stands for a lock's content, whatever line ends git gave it."""
    return hashlib.sha256(lock.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def python_of(environment):
    """Return the path of the Python in an environment."""
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def read_stamp(environment):
    """Return the fingerprints of the locks in an environment: none unless it was finished and has its Python."""
    stamp = environment / STAMP
    finished = python_of(environment).exists() and stamp.is_file()
    return set(stamp.read_text(encoding="utf-8").split()) if finished else set()


def is_current(locks):
    """Tell whether the environment is finished and holds what the locks name."""
    return read_stamp(ENVIRONMENT).issuperset(map(fingerprint, locks))


def trial_of(environment):
    """Return the command and the variables by which an environment shows that it works."""
    settings = {**clean_settings(os.environ), "MPLCONFIGDIR": str(environment / "matplotlib")}
    return [str(python_of(environment)), "-m", "setup.trial"], settings


def works(environment):
    """Try an environment: whether what the lessons need can be imported, and widgets found."""
    return ask(*trial_of(environment)).endswith("works" + os.linesep)


def find_uv(running, settings):
    """Return the command and variables of a uv: the computer's own, or one that is fetched into TOOLS."""
    own = shutil.which("uv")
    if own and uv_is_recent(ask([own, "--version"], settings)):
        return [own], settings
    settings = {"UV_CACHE_DIR": str(TOOLS / "cache"), "UV_PYTHON_INSTALL_DIR": str(TOOLS / "python"), **settings}
    fetched = [running, "-m", "uv"], {**settings, "PYTHONPATH": str(TOOLS)}
    if uv_is_recent(ask([*fetched[0], "--version"], fetched[1])):
        return fetched
    fetch = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:", UV]
    if ask([running, "-m", "pip", "--version"], settings):
        use_tool([running, *fetch, "--target", str(TOOLS)], settings)
        return fetched
    helper = str(python_of(TOOLS))
    if not uv_is_recent(ask([helper, "-m", "uv", "--version"], settings)):
        use_tool([running, "-m", "venv", str(TOOLS)], settings, otherwise="no_pip")
        use_tool([helper, *fetch], settings)
    return [helper, "-m", "uv"], settings


def install(uv, locks, settings):
    """Bring exactly what the locks name into the new environment; without a network, from earlier downloads."""
    command = [*uv, "pip", "sync", "--require-hashes", "--only-binary", ":all:", "--python", str(python_of(NEW))]
    command += map(str, locks)
    try:
        use_tool(command, settings)
    except Stop as reason:
        if reason.args[0] not in ("no_network", "no_certificate"):
            raise
        try:
            use_tool([*command, "--offline"], settings)
        except Stop:
            raise reason from None


def make_environment(locks, running, shared=False):
    """Make an environment that holds exactly what the locks name, and let it take the place of the old one."""
    if ENVIRONMENT.exists() and not ENVIRONMENT.is_dir():
        raise Stop("not_writable")
    shutil.rmtree(NEW, ignore_errors=True)
    if not ENVIRONMENT.exists() and shutil.disk_usage(PROJECT).free < NEEDED_GIGABYTES * 1e9:
        raise Stop("no_space")
    TOOLS.mkdir(exist_ok=True)
    packed = find_packed(PROJECT, *locks) if locks == LESSON_LOCKS else None
    if packed:
        uv, settings, python = unpack(packed, TOOLS)
    else:
        uv, settings = find_uv(running, network_settings(running))
        python = choose_python(sys.version_info, platform.python_implementation(), sys.maxsize > 2**32, running)
        if shared and not is_shared(running):  # one in root's home, say; the computer's own, or one that is fetched
            python, settings = ANY_SUITABLE_PYTHON, {**settings, "PATH": os.defpath}
    use_tool([*uv, "venv", "--quiet", "--allow-existing", "--relocatable", "--python", python, str(NEW)], settings)
    install(uv, locks, settings)
    finish(locks)
    put_in_place()


def finish(locks):
    """Put this project on the new environment's path, try it, and only then mark it as finished."""
    packages = next(NEW.glob("[Ll]ib/**/site-packages"))
    here = Path(os.path.relpath(PROJECT, packages)).as_posix()  # relative and ASCII: the folder may move, or be Hangul
    (packages / "facelab.pth").write_text(here + "\n", encoding="ascii")
    use_tool(*trial_of(NEW))
    (NEW / STAMP).write_text("\n".join(map(fingerprint, locks)), encoding="utf-8")


def put_in_place():
    """Let the new environment take the old one's name; the old one takes it back where that cannot be done."""
    shutil.rmtree(OLD, ignore_errors=True)
    if ENVIRONMENT.exists():
        rename(ENVIRONMENT, OLD)
    try:
        rename(NEW, ENVIRONMENT)
    except OSError:
        if OLD.exists():
            OLD.rename(ENVIRONMENT)
        raise
    shutil.rmtree(OLD, ignore_errors=True)


def rename(folder, name):
    """Rename a folder; on Windows a virus scanner may just be reading in it."""
    for pause in (0.1, 0.5, 2):
        try:
            return folder.rename(name)
        except PermissionError:
            time.sleep(pause)
    return folder.rename(name)


def recover():
    """Finish what a start did not come to that was killed between two names."""
    for folder in (NEW, OLD):
        if not ENVIRONMENT.exists() and read_stamp(folder):
            folder.rename(ENVIRONMENT)


def is_shared(python):
    """Tell whether every account of this computer can run a Python."""
    python = Path(python).resolve()
    return all(path.stat().st_mode & 0o001 for path in (python, *python.parents))


def is_ready(locks, shared):
    """Tell whether the environment is finished and holds what the locks name, for every account if it is `shared`."""
    return is_current(locks) and (not shared or is_shared(python_of(ENVIRONMENT)))


def prepare(locks, shared=False):
    """Make the environment unless it is there, complete and up to date."""
    if is_ready(locks, shared):
        return
    if os.pathsep in str(PROJECT):
        raise Stop("path_separator", os.pathsep)
    if not computer_is_supported(platform.system(), platform.machine()):
        raise Stop("wrong_computer")
    try:
        with one_at_a_time(PROJECT / ".venv.lock"):
            recover()
            if not is_ready(locks, shared):  # as another start may have made it meanwhile
                tell("preparing")
                make_environment(locks, getattr(sys, "_base_executable", None) or sys.executable, shared)
                tell("ready")
    except OSError as error:
        raise Stop(find_cause(str(error), "not_writable"), error) from error


def prepare_lessons():
    """Prepare what the lessons need; if a newer environment cannot be made, the one that is there will do."""
    try:
        prepare(LESSON_LOCKS)
    except Stop as reason:
        if not works(ENVIRONMENT):
            raise
        tell(*reason.args)
        tell("kept")


def doubt():
    """Have the next start make a new environment beside this one; until then, and if that fails, this one stays."""
    with contextlib.suppress(OSError):  # where it belongs to somebody else, who must mend it
        (ENVIRONMENT / STAMP).unlink()
