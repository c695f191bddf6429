"""Whose lessons are opened: several pupils may share a computer, each with a folder of their own."""

import os
import re
import sys
import unicodedata
from pathlib import Path

from setup.sentences import Stop, tell, write_line
from setup.tools import PROJECT

MINE = PROJECT / "data" / "mine"  # of who gives no name
PUPILS = PROJECT / "data" / "pupils"
PROJECTOR = PROJECT / "data" / "mine-projector"  # what is shown to the whole class
LONGEST_NAME = 40


def read_name(name):
    """Return a pupil's name as it can be a folder's on every computer; stop with a sentence if it cannot.

    >>> read_name(" 김하늘 ")
    '김하늘'
    """
    name = unicodedata.normalize("NFC", name).strip()
    reserved = re.fullmatch(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", name, re.IGNORECASE)
    unfit = re.search(r'[\\/:*?"<>|\x00-\x1f\x7f]', name) or name[:1] in ("", ".", "-", "~") or name[-1:] == "."
    if unfit or reserved or len(name) > LONGEST_NAME:
        raise Stop("bad_name", name)
    return name


def list_pupils():
    """Return the names of the pupils who have a folder, sorted."""
    folders = PUPILS.iterdir() if PUPILS.is_dir() else ()
    return sorted(unicodedata.normalize("NFC", folder.name) for folder in folders if folder.is_dir())


def find_folder(name):
    """Return the folder of a pupil: by name; without one FACELAB_MINE, or the usual one, or that of who is asked."""
    if name is not None:
        return folder_of(name)
    if os.environ.get("FACELAB_MINE"):
        return Path(os.environ["FACELAB_MINE"]).absolute()
    return choose(list_pupils()) if list_pupils() else MINE


def folder_of(name):
    name = read_name(name)
    same = [each for each in list_pupils() if each.casefold() == name.casefold()]  # one folder on a Mac and on Windows
    return PUPILS / (same or [name])[0]


def choose(names):
    """Ask which of the pupils it is: a number, or a name, which may be a new one."""
    if not sys.stdin or not sys.stdin.isatty():
        raise Stop("which_pupil", ", ".join(names))
    tell("choose_pupil")
    for number, name in enumerate(names, 1):
        write_line(f"  {number}  {name}")
    answer = ""
    while not answer:
        try:
            answer = input("> ").strip()
        except EOFError:
            raise Stop("which_pupil", ", ".join(names)) from None
    if answer == "0":
        return MINE
    return folder_of(names[int(answer) - 1] if answer.isdigit() and 0 < int(answer) <= len(names) else answer)
