"""`python start.py collect FOLDER`: the hand-ins of a class become one table and one page.

The environment's own Python runs this file as a program, too, and there it does the work.
"""

import argparse
import os
import sys
from pathlib import Path

from setup import environment
from setup.sentences import tell
from setup.tools import clean_settings, run


def collect(words):
    """Do what `python start.py collect FOLDER` asks for, and return its exit code."""
    description = "학생들이 낸 파일을 표와 한 쪽으로 모아요. Collect a class's hand-ins."
    parser = argparse.ArgumentParser(prog="start.py collect", description=description)
    parser.add_argument("folder", metavar="FOLDER", help="제출 파일이 있는 폴더 · where the hand-ins lie")
    parser.add_argument("--language", choices=["ko", "en"], default="ko", help="표의 언어 · the table's language")
    asked = parser.parse_args(words)
    environment.prepare_lessons()
    tell("collecting")
    python = str(environment.python_of(environment.ENVIRONMENT))
    folder = str(Path(asked.folder).resolve())
    return run([python, "-m", "setup.collecting", folder, asked.language], clean_settings(os.environ))[0]


def main(folder, language):
    """Collect the hand-ins of a folder, print what there is to say, and return an exit code."""
    from facelab.answers.collecting import collect, write_class
    from facelab.language import Misuse, use_language

    use_language(language)
    try:
        work = collect(folder)
        written = write_class(work, folder)
    except Misuse as problem:
        print(problem)
        return 1
    print(*work.notes, work.message, written, sep="\n")
    return 0


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="replace")  # an old console may not know Hangul
    sys.exit(main(*sys.argv[1:]))
