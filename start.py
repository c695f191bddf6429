"""Open the lessons with `python start.py`; run the tests and lessons with `python start.py test`.

The first start makes a Python environment in the folder .venv; deleting that folder undoes everything. This file
needs nothing but Python itself, and even an old or a too new one will do: it brings the right one along.
"""

import argparse
import collections
import hashlib
import json
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent
ENVIRONMENT = PROJECT / ".venv"
TOOLS = ENVIRONMENT / "tools"  # only there while the environment is being made
STAMP = ENVIRONMENT / "installed.txt"
LESSON_LOCKS = (PROJECT / "requirements.lock",)
TEST_LOCKS = (*LESSON_LOCKS, PROJECT / "tests" / "requirements.lock")

OLDEST_PYTHON, TOO_NEW_PYTHON = (3, 11), (3, 13)
OLDEST_HELPER = (3, 8)  # which cannot run the lessons, but can fetch uv
ANY_SUITABLE_PYTHON = "cpython>=3.11,<3.13"
COMPUTERS = {"Linux": {"x86_64"}, "Windows": {"AMD64"}, "Darwin": {"x86_64", "arm64"}}
UV, OLDEST_UV = "uv==0.13.9", (0, 13)
NEEDED_GIGABYTES = 1.5

# Importing once compiles the packages and lists matplotlib's fonts, so that a pupil's first cell need not wait for it.
FIRST_IMPORTS = "import jupyterlab.labapp, ipykernel.kernelapp, matplotlib.pyplot, mediapipe, sklearn.pipeline, pandas"

# What tools print, and the sentence that it means. The first that fits counts.
CAUSES = (
    (r"No space left|os error (28|112|122)\b|disk quota|not enough space", "no_space"),
    (r"os error (3|206)\b|file ?name too long|WinError 206", "path_too_long"),
    (r"Permission denied|Read-only file system|os error (5|13|30|32)\b|Access is denied", "not_writable"),
    (r"hash mismatch|do not match the hashes", "changed_package"),
    (r"No interpreter found|python-build-standalone|No download found", "no_python"),
    (r"no (usable )?wheels|not a supported wheel|compatible wheel", "wrong_computer"),
    (r"DLL load failed", "no_runtime"),
    (r"dns error|error sending request|failed to fetch|timed out|connection|offline|certificate", "no_network"),
    (r"Could not find a version|network (connectivity|is) ", "no_network"),
)

# The settings of pip and uv that say where packages come from. All others would change what is installed, or where to.
KEPT_SETTINGS = re.compile(
    r"(PIP|UV)_(.*INDEX.*|FIND_LINKS|TRUSTED_HOST|INSECURE_HOST|PROXY|.*CERTS?|NATIVE_TLS|KEYRING.*|CONFIG_FILE"
    r"|CACHE_DIR|LINK_MODE|OFFLINE|.*TIMEOUT|.*RETRIES|PYTHON_(DOWNLOADS|INSTALL_MIRROR|PREFERENCE|INSTALL_DIR))"
)
UV_SETTINGS = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "trusted-host": "UV_INSECURE_HOST",
    "cert": "SSL_CERT_FILE",
    "proxy": "ALL_PROXY",
}


class Stop(Exception):
    """The start cannot go on; the arguments are those of `tell`."""


def tell(key, detail=""):
    """Print one of setup/sentences.json in Korean and English: so early nobody has chosen a language yet."""
    computer = f"{platform.system()} {platform.machine()}"
    sentences = json.loads((PROJECT / "setup" / "sentences.json").read_text(encoding="utf-8"))[key]
    for language in ("ko", "en"):
        print(sentences[language].format(computer=computer, gigabytes=NEEDED_GIGABYTES, detail=detail), flush=True)


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


def find_cause(output, otherwise="unknown"):
    """Return the key of the sentence that explains what a failed tool printed."""
    return next((key for pattern, key in CAUSES if re.search(pattern, output, re.IGNORECASE)), otherwise)


def fingerprint(lock):
    """Return what stands for a lock's content, whatever line ends git gave it."""
    return hashlib.sha256(lock.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def python_of(environment):
    """Return the path of the Python in an environment."""
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def read_stamp(environment, stamp):
    """Return the fingerprints of the locks in an environment: none unless it was finished and has its Python."""
    finished = python_of(environment).exists() and stamp.is_file()
    return set(stamp.read_text(encoding="utf-8").split()) if finished else set()


def clean_settings(settings):
    """Return environment variables without those of the user's own Python, pip, uv and Jupyter."""
    foreign = re.compile(r"PYTHON|PIP_|UV_|JUPYTER|IPYTHON|MPL|VIRTUAL_ENV|__PYVENV", re.IGNORECASE)
    kept = {name: value for name, value in settings.items() if not foreign.match(name) or KEPT_SETTINGS.fullmatch(name)}
    return {**kept, "PYTHONNOUSERSITE": "1", "PYTHONUTF8": "1", "PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0"}


def read_pip_settings(listing):
    """Turn the lines of `pip config list` into the variables by which uv is told the same."""
    found = re.findall(r"^(?::env:|global|install)\.([a-z-]+)='(.*)'$", listing, re.MULTILINE)
    # The environment's settings stand first, and count most.
    words = {name: value.replace("\\n", " ").split() for name, value in reversed(found) if name in UV_SETTINGS}
    return {UV_SETTINGS[name]: ("," if name == "find-links" else " ").join(value) for name, value in words.items()}


def network_settings(running):
    """Return clean environment variables in which uv takes packages from where the user's pip would."""
    settings = clean_settings(os.environ)
    settings = {**read_pip_settings(ask([running, "-m", "pip", "config", "list"], settings)), **settings}
    if platform.system() in ("Windows", "Darwin"):
        settings.setdefault("UV_SYSTEM_CERTS", "1")  # a school's proxy often has a certificate of its own
    return {"UV_INDEX_STRATEGY": "unsafe-best-match", **settings}  # as pip does it; the hashes make it safe


def jupyter_settings(language):
    """Return clean environment variables in which JupyterLab has the kit's own settings instead of the user's."""
    own = ENVIRONMENT / "jupyter"
    shared = PROJECT / "setup" / "jupyter"
    return {
        **clean_settings(os.environ),
        "JUPYTER_CONFIG_PATH": os.pathsep.join([str(shared / language), str(shared)]),
        "JUPYTER_CONFIG_DIR": str(own / "config"),
        "JUPYTER_DATA_DIR": str(own / "data"),
        "IPYTHONDIR": str(own / "ipython"),
        "MPLCONFIGDIR": str(ENVIRONMENT / "matplotlib"),
    }


def ask(command, settings):
    """Run a tool and return what it printed, or nothing if it cannot be run."""
    try:
        answer = subprocess.run(command, env=settings, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return answer.stdout.decode("utf-8", "replace")


def run(command, settings, shown=None, ending=signal.SIGTERM):
    """Run a program and return its exit code and last lines; of its lines print what fits `shown`, or all without it.

    When Ctrl+C is pressed, the program gets the signal `ending` and as long as it needs to clean up.
    """
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT} if shown else {}
    lines = collections.deque(maxlen=200)
    with subprocess.Popen(command, env=settings, cwd=PROJECT, start_new_session=True, **pipes) as program:
        try:
            for line in program.stdout or ():
                lines.append(line.decode("utf-8", "replace").strip())
                for found in re.finditer(shown, lines[-1]):
                    print("  ", found.group(), flush=True)
            program.wait()
        except KeyboardInterrupt:
            if os.name == "posix":  # on Windows Ctrl+C reaches the program itself
                program.send_signal(ending)
            program.communicate()
            raise
    return program.returncode, [line for line in lines if line]


def use_tool(command, settings, otherwise="unknown"):
    """Run a tool, show what it downloads, and stop with the cause if it fails."""
    code, lines = run(command, settings, shown="^(Downloading|Prepared|Installed).*")
    if code != 0:
        raise Stop(find_cause("\n".join(lines), otherwise), lines[-1] if lines else code)


def find_uv(running, settings):
    """Return the command and variables of a uv: the computer's own, or one fetched for as long as the set-up takes."""
    own = shutil.which("uv")
    if own and uv_is_recent(ask([own, "--version"], settings)):
        return [own], settings
    settings = {"UV_CACHE_DIR": str(TOOLS / "cache"), **settings}
    fetch = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:", UV]
    if ask([running, "-m", "pip", "--version"], settings):
        use_tool([running, *fetch, "--target", str(TOOLS)], settings)
        return [running, "-m", "uv"], {**settings, "PYTHONPATH": str(TOOLS)}
    use_tool([running, "-m", "venv", str(TOOLS)], settings, otherwise="no_pip")
    use_tool([str(python_of(TOOLS)), *fetch], settings)
    return [str(python_of(TOOLS)), "-m", "uv"], settings


def make_environment(locks, running):
    """Make the folder .venv, or bring a finished one up to date, so that it holds exactly what the locks name."""
    is_new = not read_stamp(ENVIRONMENT, STAMP)
    STAMP.unlink(missing_ok=True)  # until the end, so that a set-up that is cut short counts as none
    if is_new:
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        if shutil.disk_usage(PROJECT).free < NEEDED_GIGABYTES * 1e9:
            raise Stop("no_space")
    TOOLS.mkdir(parents=True, exist_ok=True)
    uv, settings = find_uv(running, network_settings(running))
    python = choose_python(sys.version_info, platform.python_implementation(), sys.maxsize > 2**32, running)
    if is_new:
        venv = ["venv", "--quiet", "--allow-existing", "--relocatable", "--python", python, str(ENVIRONMENT)]
        use_tool([*uv, *venv], settings)
    install = ["pip", "sync", "--require-hashes", "--only-binary", ":all:", "--python", str(python_of(ENVIRONMENT))]
    use_tool([*uv, *install, *map(str, locks)], settings)
    finish_environment(locks)


def finish_environment(locks):
    """Put this project on the environment's path, try it, and only then mark it as finished."""
    packages = next(ENVIRONMENT.glob("[Ll]ib/**/site-packages"))
    here = Path(os.path.relpath(PROJECT, packages)).as_posix()  # relative and ASCII: the folder may move, or be Hangul
    (packages / "facelab.pth").write_text(here + "\n", encoding="ascii")
    settings = jupyter_settings("ko")
    shutil.copytree(PROJECT / "setup" / "ipython", settings["IPYTHONDIR"], dirs_exist_ok=True)
    use_tool([str(python_of(ENVIRONMENT)), "-c", FIRST_IMPORTS], settings)
    shutil.rmtree(TOOLS, ignore_errors=True)
    STAMP.write_text("\n".join(map(fingerprint, locks)), encoding="utf-8")


def prepare(locks):
    """Make the environment unless it is there, complete and up to date."""
    if read_stamp(ENVIRONMENT, STAMP).issuperset(map(fingerprint, locks)):
        return
    tell("preparing")
    if not computer_is_supported(platform.system(), platform.machine()):
        raise Stop("wrong_computer")
    if sys.version_info < OLDEST_HELPER:
        raise Stop("no_python")
    try:
        make_environment(locks, getattr(sys, "_base_executable", None) or sys.executable)
    except OSError as error:
        raise Stop(find_cause(str(error), "not_writable"), error) from error
    tell("ready")


def open_lessons(language):
    """Open JupyterLab at lesson 1 and return 0 once the pupil has ended it."""
    prepare(LESSON_LOCKS)
    tell("opening")
    lesson = f"/lab/workspaces/{language}/tree/notebooks/{language}/01_terms.ipynb"  # each language keeps its own tabs
    options = [f"--ServerApp.root_dir={PROJECT}", f"--LabApp.default_url={lesson}", "--allow-root"]  # as in a container
    command = [str(python_of(ENVIRONMENT)), "-m", "jupyterlab", *options]
    code, lines = run(command, jupyter_settings(language), shown=r"http://localhost\S+")
    if code != 0:
        STAMP.unlink(missing_ok=True)  # the environment may be damaged, so the next start makes it anew
        raise Stop("no_server", lines[-1] if lines else code)
    return 0


def run_tests(arguments):
    """Run the tests and lessons, or those that pytest's arguments choose, and return pytest's exit code."""
    prepare(TEST_LOCKS)
    several = ["-n", "logical", "--maxprocesses=8", "--dist=worksteal"]  # each needs 1 GB; -n 0 has them in one process
    command = [str(python_of(ENVIRONMENT)), "-m", "pytest", *several, *arguments]
    return run(command, jupyter_settings("en"), ending=signal.SIGINT)[0]  # the tests know JupyterLab's English menus


def read_language(arguments):
    """Return the language of the lessons that the command line asks for."""
    parser = argparse.ArgumentParser(
        description="표정찾기 수업을 열어요. Open the lessons.",
        epilog="python start.py test: 테스트와 수업을 실행해요. --all: 모두 실행해요. "
        "Run the tests and lessons; --all: every one; pytest's arguments.",
    )
    parser.add_argument("--language", choices=["ko", "en"], default="ko", help="수업의 언어 · the lessons' language")
    return parser.parse_args(arguments).language


def main(arguments):
    """Do what the command line asks for; every failure ends in one sentence and exit code 1."""
    for ending in {signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)}:  # a closed window, say, acts like Ctrl+C
        signal.signal(ending, signal.default_int_handler)
    sys.stdout.reconfigure(errors="replace")  # an old console may not know Hangul
    try:
        return run_tests(arguments[1:]) if arguments[:1] == ["test"] else open_lessons(read_language(arguments))
    except Stop as reason:
        tell(*reason.args)
        return 1
    except KeyboardInterrupt:
        tell("stopped")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
