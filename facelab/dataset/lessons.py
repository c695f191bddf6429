"""The pupil's own copies of the lessons: laid out at the start, never written over once work on them has begun."""

import hashlib
import json
from itertools import count
from pathlib import Path

from facelab.files import write_atomically
from facelab.language import say

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
LAID = "laid.json"  # beside the copies: which edition of each lesson was laid out
_NOTHING = hashlib.sha256(b"").hexdigest()  # stands for a copy that is missing or empty


def lay_lessons(folder: Path, language: str, notebooks: Path = NOTEBOOKS) -> list[str]:
    """Lay the lessons of a language into a pupil's folder, and return what the pupil should know: a list of sentences.

    A copy that nobody has begun is replaced when the kit brings a newer lesson. One that was begun stays as it is, and
    the newer lesson comes to lie beside it.

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
    >>> (folder / "lessons" / "ko" / "01_terms.ipynb").exists()
    True
    """
    target = Path(folder) / "lessons" / language
    laid, sentences = _read_laid(target), []
    for source in sorted((notebooks / language).glob("*.ipynb")):
        content, copy, before = strip_outputs(source.read_bytes()), target / source.name, laid.get(source.name)
        edition = _fingerprint(content)
        present = _fingerprint(copy.read_bytes()) if copy.exists() else _NOTHING
        if present in (_NOTHING, before):
            if present != edition:
                write_atomically(copy, content)
        elif edition not in (present, before):
            names = (copy.with_stem(f"{copy.stem} ({number})") for number in count(2))
            beside = next(path for path in names if not path.exists())
            write_atomically(beside, content)
            laid[beside.name] = edition
            sentences.append(say("lessons.newer", lesson=copy.name, beside=beside.name))
        if before != edition:
            laid[source.name] = edition
            write_atomically(target / LAID, json.dumps(laid, indent=1).encode())
    return sentences


def laid_languages(folder: Path) -> list[str]:
    """Return the languages in which a pupil's folder has lessons."""
    return sorted(path.parent.name for path in Path(folder).glob(f"lessons/*/{LAID}"))


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
