"""The pupil's own copies of the lessons: laid out at the start, never written over once work on them has begun."""

import hashlib
import json
import os
import re
from pathlib import Path
from urllib.parse import quote

from facelab.dataset.names import clean_name, name_new
from facelab.files import write_atomically
from facelab.language import say

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
LAID = "laid.json"  # beside the copies: which edition of each lesson was laid out
_NOTHING = hashlib.sha256(b"").hexdigest()  # stands for a copy that is missing or empty


def lay_lessons(folder: Path, language: str, notebooks: Path = NOTEBOOKS) -> list[str]:
    """Lay the lessons of a language into a pupil's folder, and return what the pupil should know: a list of sentences.

    A copy is named after its lesson's title, also one that lies there under an earlier name. One that nobody has begun
    is replaced when the kit brings a newer lesson. One that was begun stays as it is, and the newer lesson comes to lie
    beside it.

    Parameters
    ----------
    folder : path
        The pupil's folder; the copies come into ``lessons/<language>`` in it.
    language : {"ko", "en"}
        The edition.
    notebooks : path
        Where the editions are.

    Examples
    --------
    >>> folder = getfixture("tmp_path")
    >>> lay_lessons(folder, "ko")
    []
    >>> min(path.name for path in folder.glob("lessons/ko/*.ipynb"))
    '1 모델과 학습.ipynb'
    """
    target = Path(folder) / "lessons" / language
    laid, sentences = _read_laid(target), []
    sources = sorted((notebooks / language).glob("*.ipynb"))
    lessons = {source.name: strip_outputs(source.read_bytes()) for source in sources}
    names = {source: name_copy(source, content) for source, content in lessons.items()}
    _rename_copies(target, names, laid)
    for source, lesson in lessons.items():
        content, copy, before = _point_links(lesson, names), target / names[source], laid.get(names[source])
        edition = _fingerprint(content)
        present = _fingerprint(copy.read_bytes()) if copy.exists() else _NOTHING
        if present in (_NOTHING, before):
            if present != edition:
                write_atomically(copy, content)
        elif edition not in (present, before):
            beside = name_new(target, copy.name)
            write_atomically(beside, content)
            laid[beside.name] = edition
            sentences.append(say("lessons.newer", lesson=copy.stem, beside=beside.stem))
        if before != edition:
            laid[copy.name] = edition
            _write_laid(target, laid)
    return sentences


def name_copy(source: str, content: bytes) -> str:
    """Name a pupil's copy after the number and title that a lesson begins with; without these as the lesson itself.

    Parameters
    ----------
    source : str
        The name of the lesson's file.
    content : bytes
        What is in it.

    Examples
    --------
    >>> name_copy("06_evaluation.ipynb", b'{"cells": [{"source": "# 6. Evaluation: how far?"}]}')
    '6 Evaluation - how far.ipynb'
    """
    try:
        first = "".join(json.loads(content)["cells"][0]["source"])
    except (ValueError, LookupError, TypeError, AttributeError):
        return source
    title = re.match(r"# (\d+)\. (.+)", first)
    if not title:
        return source
    name = re.sub(r"\s*:\s*", " - ", " ".join(title.groups()))
    return clean_name(re.sub(r'[<>"|?*/\\]', "", name) + ".ipynb")


def begun_lessons(folder: Path) -> list[Path]:
    """Return the files among a pupil's lessons that are not as they were laid out, sorted."""
    files = [path for path in Path(folder).glob("lessons/*/**/*") if path.is_file() and path.name != LAID]
    return sorted(path for path in files if _fingerprint(path.read_bytes()) != _read_laid(path.parent).get(path.name))


def used_lessons(notebooks: Path = NOTEBOOKS) -> list[Path]:
    """Return the kit's own lessons that hold outputs, sorted: an earlier kit had pupils work in them."""
    lessons = ((path, path.read_bytes()) for path in sorted(notebooks.rglob("*.ipynb")))
    return [path for path, content in lessons if strip_outputs(content) != content]


def strip_outputs(content: bytes) -> bytes:
    """Return a notebook without what its cells have shown, in which there may be a face; as it is if there is none.

    Examples
    --------
    >>> strip_outputs(b'{"cells": [{"source": "1 + 1", "outputs": [{}], "execution_count": 1}]}')
    b'{"cells": [{"source": "1 + 1", "outputs": [], "execution_count": null}]}'
    """
    try:
        notebook = json.loads(content)
        shown = [cell for cell in notebook["cells"] if cell.get("outputs")]
    except (ValueError, LookupError, TypeError, AttributeError):
        return content
    for cell in shown:
        cell.update(outputs=[], execution_count=None)
    return json.dumps(notebook, ensure_ascii=False).encode() if shown else content


def _rename_copies(target, names, laid):
    """Give copies that an earlier kit has laid out under another name that of now; nothing is written over."""
    links = dict(names)
    for source, name in names.items():
        for path in sorted(target.glob("*.ipynb"), key=lambda path: path.stem):
            stem = re.sub(r" \(\d+\)$", "", path.stem)
            had_title = path.name in laid and stem.split()[0] == name.split()[0]
            if stem != Path(name).stem and (stem == Path(source).stem or had_title):
                new = name_new(target, name)
                if path.name in laid:
                    laid[new.name] = laid[path.name]  # first, so that a kill makes no copy look begun
                    _write_laid(target, laid)
                path.rename(new)
                links.setdefault(quote(path.name), new.name)
    for path in target.glob("*.ipynb"):
        content, times = path.read_bytes(), path.stat()
        pointed = _point_links(content, links)
        if pointed != content and _fingerprint(content) != laid.get(path.name):  # what was not begun comes anew
            write_atomically(path, pointed)
            os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))  # by which the lesson of last time is found


def _point_links(content, names):
    """Have a notebook's links to lessons, a dict of what stands there to the copy's name, lead to the copies."""
    for link, name in names.items():
        content = content.replace(f"]({link})".encode(), f"]({quote(name)})".encode())
    return content


def _write_laid(target, laid):
    write_atomically(target / LAID, json.dumps(laid, indent=1).encode())


def _read_laid(target):
    try:
        return json.loads((target / LAID).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}  # then every copy that differs counts as begun, and none is lost


def _fingerprint(content):
    """Return what stands for a notebook's cells and outputs, whatever JupyterLab writes around them."""
    try:
        cells = [
            [cell["cell_type"], "".join(cell["source"]), cell.get("outputs", [])]
            for cell in json.loads(content)["cells"]
        ]
    except (ValueError, LookupError, TypeError, AttributeError):
        return hashlib.sha256(content).hexdigest()
    return hashlib.sha256(json.dumps(cells, sort_keys=True).encode()).hexdigest()
