# -*- coding: utf-8 -*-
"""The sentences that a start may end in. Even Python 2.7 must be able to read this file."""

import io
import json
import os
import platform
import sys

NEEDED_GIGABYTES = 1.5
PACK_GIGABYTES = 0.5  # that a pack for computers without internet takes
FILE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "sentences.json")


class Stop(Exception):
    """The start cannot go on; the arguments are those of `tell`."""


def tell(key, detail=""):
    """Print one of sentences.json in Korean and English: so early nobody has chosen a language yet."""
    with io.open(FILE, encoding="utf-8") as file:
        sentences = json.load(file)[key]
    computer = platform.system() + " " + platform.machine()
    words = {"computer": computer, "gigabytes": NEEDED_GIGABYTES, "detail": detail, "python": platform.python_version()}
    words["pack_gigabytes"] = PACK_GIGABYTES
    for language in ("ko", "en"):
        write_line(sentences[language].format(**words))


def write_line(text):
    """Print a line whatever the console can show: an old one may not know Hangul."""
    sys.stdout.flush()
    line = (text + os.linesep).encode(getattr(sys.stdout, "encoding", None) or "utf-8", "replace")
    getattr(sys.stdout, "buffer", sys.stdout).write(line)  # in Python 2 it takes the bytes itself
    sys.stdout.flush()
