"""Reading hand-ins as carefully as anything that comes from elsewhere: each that cannot be read gets a sentence."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from facelab.answers.card import ModelCard, read_card
from facelab.answers.handin import FORMAT, LONGEST_WORDS, check_nickname
from facelab.answers.kept import DONE
from facelab.answers.page import MARK, digest_page
from facelab.answers.texts import list_exercises
from facelab.archives import list_files, open_archive, read_member
from facelab.files import list_inside
from facelab.language import Misuse, say

LARGEST = 30_000_000  # bytes of a hand-in
RESULTS = (*DONE, "wrong", "")
CLASS_PAGE = b'<meta name="generator" content="facelab class">'  # which is no hand-in, and no news either
_PART = re.compile(re.escape(MARK) + '([0-9a-f]{64})">(.*?)</script>', re.DOTALL)


@dataclass
class HandIn:
    """What a pupil has handed in.

    Attributes
    ----------
    file : str
        Where it was found, below the folder of the class.
    name : str
        The nickname.
    made : datetime
    kit : str
        The version of the kit that made it.
    reflection : str
    answers : dict
        Exercise to its row: a dict with "answer", "ideas", "tries" (int) and "result".
    card : ModelCard or None
    changed : bool
        Whether the file is not as the kit has made it.
    """

    file: str
    name: str
    made: datetime
    kit: str
    reflection: str = ""
    answers: dict = field(default_factory=dict)
    card: ModelCard | None = None
    changed: bool = False

    def is_done(self, exercise) -> bool:
        """Tell whether an exercise was done."""
        return self.answers.get(exercise, {}).get("result") in DONE


def list_hand_ins(folder: Path) -> Iterator[tuple[str, bytes | str]]:
    """List what may be hand-ins in a folder, in those inside it and in zips: pairs of name and bytes, or a sentence.

    Pages that collecting has made itself are left out.
    """
    for path in list_inside(folder):
        name = path.relative_to(folder).as_posix()
        try:
            if path.suffix.lower() in (".html", ".htm"):
                yield name, _too_large(name, path.stat().st_size) or path.read_bytes()
            elif path.suffix.lower() == ".zip":
                yield from _list_zipped(path, name)
        except OSError as problem:
            yield name, say("class_page.unreadable", file=name, problem=problem.strerror or problem)
        except Misuse as problem:
            yield name, str(problem)


def _list_zipped(path, name):
    with open_archive(path, name) as archive:
        for inner, member in list_files(archive):
            if inner.suffix.lower() in (".html", ".htm"):
                place = f"{name}/{inner}"
                yield place, _too_large(place, member.file_size) or read_member(archive, inner, member)


def _too_large(name, size):
    return say("class_page.too_large", file=name, most=LARGEST // 10**6) if size > LARGEST else ""


def read_hand_in(page: bytes, file: str) -> HandIn:
    """Read a hand-in.

    Parameters
    ----------
    page : bytes
        Its HTML.
    file : str
        What it is called.

    Raises
    ------
    ValueError
        If it is none, damaged, or made by a later version of the kit.

    Examples
    --------
    >>> read_hand_in(b"<p>Hello</p>", "a.html")
    Traceback (most recent call last):
    facelab.language.Misuse: a.html: 표정찾기에서 만든 제출 파일이 아니라서 넘어갔어요.
    """
    if b"facelab-hand-in" not in page:
        raise Misuse(say("class_page.foreign", file=file))
    try:
        parts = _PART.findall(page.decode("utf-8-sig"))
        digest, content = parts[0][0], json.loads(parts[0][1])
        if content["format"] > FORMAT:
            raise _TooNew
        found = HandIn(
            file,
            check_nickname(content["name"]),
            _read_when(content["made"]),
            str(content["kit"])[:20],
            str(content["reflection"])[:LONGEST_WORDS],
            dict(map(_read_answer, content["exercises"])),
            read_card(content["card"]),
            len(parts) > 1 or digest != digest_page(page),
        )
    except _TooNew:
        raise Misuse(say("class_page.newer", file=file)) from None
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, OverflowError):
        raise Misuse(say("class_page.broken", file=file)) from None
    found.answers = {name: row for name, row in found.answers.items() if name in list_exercises()}
    return found


class _TooNew(Exception):
    """The file was made by a later version of the kit."""


def _read_when(text):
    """Return when a hand-in was made; a time without its zone cannot be put in order."""
    when = datetime.fromisoformat(text)
    if when.tzinfo is None:
        raise ValueError
    return when


def _read_answer(row):
    """Return an exercise's number and its row."""
    if row["result"] not in RESULTS:
        raise ValueError
    tries = int(row["tries"] or 0)
    texts = {key: str(row[key])[:LONGEST_WORDS] for key in ("answer", "ideas", "result")}
    return str(row["exercise"]), texts | {"tries": max(0, min(tries, 999))}
