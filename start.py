# -*- coding: utf-8 -*-
"""Open the lessons with `python start.py`; run the tests and lessons with `python start.py test`.

The first start makes a Python environment in the folder .venv; deleting the folders that begin with .venv undoes
everything. This file needs nothing but Python itself, and even an old or a too new one will do: it brings the right one
along. That is why it is written so that Python 2.7 can read it and be told that it is too old even for that.
"""

import argparse
import signal
import sys
import tempfile

from setup.sentences import Stop, tell

OLDEST_HELPER = (3, 8)  # which cannot run the lessons, but can fetch uv

if sys.version_info < OLDEST_HELPER:
    tell("old_python")
    sys.exit(1)

from setup import environment, pupils
from setup.classroom import open_class
from setup.collecting import collect
from setup.opening import jupyter_settings
from setup.packing import pack
from setup.reset import reset
from setup.tools import find_cause, run, use_tool


def open_lessons(language, pupil, projector=False):
    """Lay the lessons into the pupil's folder, open JupyterLab there, and return 0 once the pupil has ended it.

    For a projector it is a folder of its own, a demonstration opens, and all is large.
    """
    folder = pupils.PROJECTOR if projector else pupils.find_folder(pupil)
    environment.prepare_lessons()
    python = str(environment.python_of(environment.ENVIRONMENT))
    with tempfile.TemporaryDirectory(prefix="facelab-") as runtime:
        settings = jupyter_settings(language, folder, runtime)
        prepare = [python, "-m", "setup.opening", language] + ["projector"] * projector
        said = use_tool(prepare, settings, shown="^(?!lesson=).+")
        found = next(line for line in reversed(said) if line.startswith("lesson="))
        tell("opening")
        lesson = ("/doc" if projector else "/lab") + "/workspaces/" + language + "/tree/" + found[len("lesson=") :]
        options = ["--ServerApp.root_dir=" + str(folder), "--LabApp.default_url=" + lesson, "--allow-root"]
        code, lines = run([python, "-m", "jupyterlab"] + options, settings, shown=r"http://localhost\S+")
    if code == 0:
        return 0
    healthy = environment.works(environment.ENVIRONMENT)
    if not healthy:
        environment.doubt()
    said = [line for line in lines if "http://" not in line]
    raise Stop("no_server" if healthy else "damaged", said[-1] if said else code)


def run_tests(arguments):
    """Run the tests and lessons, or those that pytest's arguments choose, and return pytest's exit code."""
    environment.prepare(environment.TEST_LOCKS)
    several = ["-n", "logical", "--maxprocesses=8", "--dist=worksteal"]  # each needs 1 GB; -n 0 has them in one process
    command = [str(environment.python_of(environment.ENVIRONMENT)), "-m", "pytest"] + several + arguments
    with tempfile.TemporaryDirectory(prefix="facelab-") as folder:
        settings = jupyter_settings("en", folder, folder)  # the tests know JupyterLab's English menus
        return run(command, settings, ending=signal.SIGINT)[0]


# What a first word asks for: who does it with the words behind it and returns an exit code, and what --help says of it.
COMMANDS = {
    "class": (open_class, "태블릿을 쓰는 학급 전체에 수업을 열어요 · open a class for everybody's tablets (Linux)"),
    "collect": (collect, "FOLDER: 학생들이 낸 파일을 모아 표로 만들어요 · make a table of a class's hand-ins"),
    "pack": (pack, "FOLDER: 인터넷 없이 설치할 꾸러미를 만들어요 · make a pack that installs without internet"),
    "reset": (reset, "모든 학생의 사진과 수업을 지워요 · delete the photos and lessons of all pupils"),
    "test": (run_tests, "테스트와 수업을 실행해요(--all: 모두) · run the tests and lessons (--all: every one)"),
}


def read_arguments(arguments):
    """Return what a command line without a first word asks for: the language of the lessons, and for whom they are."""
    parser = argparse.ArgumentParser(
        description="표정찾기 수업을 열어요. Open the lessons.",
        epilog="\n".join("python start.py " + name + "  " + does for name, (_, does) in COMMANDS.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--language", choices=["ko", "en"], default="ko", help="수업의 언어 · the lessons' language")
    whose = parser.add_mutually_exclusive_group()
    whose.add_argument("--pupil", metavar="NAME", help="누구의 수업인지 · whose lessons, if several share a computer")
    whose.add_argument("--projector", action="store_true", help="큰 글씨로 시연 · a demonstration in large type")
    return parser.parse_args(arguments)


def main(arguments):
    """Do what the command line asks for; every failure ends in one sentence and exit code 1."""
    for ending in {signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)}:  # a closed window, say, acts like Ctrl+C
        signal.signal(ending, signal.default_int_handler)
    sys.stdout.reconfigure(errors="replace")  # an old console may not know Hangul
    try:
        if arguments and arguments[0] in COMMANDS:
            return COMMANDS[arguments[0]][0](arguments[1:])
        asked = read_arguments(arguments)
        return open_lessons(asked.language, asked.pupil, asked.projector)
    except Stop as reason:
        tell(*reason.args)
        return 1
    except OSError as error:
        tell(find_cause(str(error), "not_writable"), error)
        return 1
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl+C changes nothing any more
        tell("stopped")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
