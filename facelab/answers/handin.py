"""Handing in: one file a pupil, made of what lies in the pupil's folder."""

import base64
import hashlib
import json
import os
from dataclasses import asdict
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from facelab.answers.card import find_best
from facelab.answers.drawn import list_charts
from facelab.answers.kept import load_answers
from facelab.answers.page import write_hand_in
from facelab.answers.texts import list_exercises
from facelab.dataset.labels import UNUSABLE
from facelab.dataset.mine import MyData
from facelab.dataset.names import portable_name
from facelab.dataset.nicknames import clean_nickname
from facelab.faces.photo import encode_jpeg, shrink
from facelab.files import make_folder, tell_disk, write_atomically
from facelab.language import Misuse, current_language, read_toml, say

FORMAT = 1  # of hand-ins; a kit reads those up to its own
LONGEST_NAME, LONGEST_WORDS = 40, 10_000  # letters
MOST_FACES, FACE_SIZE = 20, 160
CLASS_FOLDER = "FACELAB_HANDINS"  # where a class's server wants a copy of each hand-in


@lru_cache(maxsize=1)
def kit_version() -> str:
    """Return the version of this kit."""
    return read_toml(Path(__file__).parents[2] / "pyproject.toml")["project"]["version"]


def load_draft() -> dict:
    """Return what the pupil has written for the hand-in so far: a dict of "name" and "reflection"."""
    try:
        draft = json.loads(MyData().draft_path.read_text(encoding="utf-8"))
        return {key: str(draft.get(key, "")) for key in ("name", "reflection")}
    except (OSError, ValueError, AttributeError):  # the pupil has written nothing yet
        return {"name": "", "reflection": ""}


def keep_draft(name: str, reflection: str) -> None:
    """Keep what the pupil has written for the hand-in. Raises a ValueError if the disk is full or forbids it."""
    path = MyData().draft_path
    with tell_disk(path.parent):
        if not (name or reflection):
            return path.unlink(missing_ok=True)
        write_atomically(path, json.dumps({"name": name, "reflection": reflection}, ensure_ascii=False).encode())


def check_nickname(name: str) -> str:
    """Return a nickname as it is handed in. Raises a ValueError if there is none, or it is too long.

    Examples
    --------
    >>> check_nickname("  별이 7 ")
    '별이 7'
    """
    name = clean_nickname(name, longest=None)
    if not name:
        raise Misuse(say("hand_in.no_name"))
    if len(name) > LONGEST_NAME:
        raise Misuse(say("hand_in.long_name", most=LONGEST_NAME, found=len(name)))
    return name


def hand_in(name: str, reflection: str = "", faces: bool = False) -> Path:
    """Write the pupil's work into one HTML file that needs nothing else, and return its path.

    It lies in ``hand-ins`` in the pupil's folder; who hands in again under the same name replaces it.

    Parameters
    ----------
    name : str
        A nickname or a number.
    reflection : str
        What the pupil thinks of it all.
    faces : bool
        Whether the pupil's own faces may be in it.

    Raises
    ------
    ValueError
        If the name is none, a table of the pupil's is damaged, or the disk is full or forbids it.

    Examples
    --------
    >>> hand_in("")
    Traceback (most recent call last):
    facelab.language.Misuse: 누구 것인지 알 수 있게 별명이나 번호를 적어 주세요. ...
    """
    name, mine = check_nickname(name), MyData()
    card, problems = find_best(mine.folder)
    known = list_exercises()
    answers = [row for number, row in sorted(load_answers().items()) if number in known]
    content = {
        "format": FORMAT,
        "kit": kit_version(),
        "language": current_language(),
        "made": datetime.now().astimezone().isoformat(timespec="seconds"),
        "name": name,
        "reflection": reflection[:LONGEST_WORDS],
        "exercises": [{key: row[key] for key in ("exercise", "answer", "ideas", "tries", "result")} for row in answers],
        "card": card and asdict(card),
    }
    charts = [(_to_address(path.read_bytes(), "png"), told) for path, told in list_charts(mine.chart_folder)]
    page = write_hand_in(content, card, problems, charts, _list_faces(mine) if faces else [])
    path = mine.hand_in_folder / portable_name(f"hand-in-{name}.html")
    with tell_disk(path.parent):
        write_atomically(path, page)
    return path


def deliver(path: Path) -> bool:
    """Copy a hand-in into the folder of the class, if the class's server names one; tells whether it does.

    Pupils with the same nickname get files of their own. Raises an OSError if that folder cannot be written to.
    """
    if not os.environ.get(CLASS_FOLDER):
        return False
    folder = Path(os.environ[CLASS_FOLDER])
    whose = hashlib.sha256(str(path.parent.resolve()).encode()).hexdigest()[:8]
    copy = folder / f"{path.stem}-{whose}.html"
    make_folder(folder)
    write_atomically(copy, path.read_bytes())
    copy.chmod(0o644)  # for the teacher, whose account is another
    return True


def _list_faces(mine):
    """Return the pupil's labelled faces, small, each with its label in words."""
    shown = [face for face in mine.faces() if face.label and face.label != UNUSABLE][:MOST_FACES]
    pictures = [encode_jpeg(shrink(face.image(), FACE_SIZE), quality=85) for face in shown]
    return [
        (_to_address(jpeg, "jpeg"), say(f"expression.{face.label}")) for jpeg, face in zip(pictures, shown, strict=True)
    ]


def _to_address(picture, kind):
    return f"data:image/{kind};base64,{base64.b64encode(picture).decode('ascii')}"
