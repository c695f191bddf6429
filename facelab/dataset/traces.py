"""What lessons and JupyterLab leave of a pupil beside the photos, faces, labels and model: found, and deleted."""

import shutil
import sys
from contextlib import suppress
from pathlib import Path

from facelab.dataset.lessons import LAID, NOTEBOOKS, begun_lessons, lay_lessons, strip_outputs, used_lessons
from facelab.dataset.mine import MyData
from facelab.files import write_atomically
from facelab.language import say
from facelab.private import KEEP

EXPORTS = ("my-facelab-*.zip", "my-points-*.zip", "to-label-*.zip", "hand-in-*.html")
SESSION = ("workspaces", "data", "ipython", "config/lab", "matplotlib")  # in the folder of JupyterLab's own files


def find_traces(folder: Path) -> list[Path]:
    """Return the files that hold, or may hold, something of a pupil's beside what `MyData` keeps, sorted.

    These are the lessons that were begun, what JupyterLab and IPython remember, outputs and copies that an earlier kit
    made in its own lessons and beside them, and exported zips in the usual places. Unchanged lessons are no trace.

    Parameters
    ----------
    folder : path
        The pupil's folder.

    Examples
    --------
    >>> folder = getfixture("tmp_path")
    >>> [path for path in find_traces(folder) if folder in path.parents]
    []
    """
    folder = Path(folder)
    found = {path for place in _places(folder) for path in [place, *place.rglob("*")] if path.is_file()}
    return sorted(found | set(begun_lessons(folder)) | set(used_lessons()) | set(find_exports(folder)))


def keep_pictures(keep: bool = True) -> None:
    """Let pictures of faces be saved in the pupil's notebooks from now on, or no more.

    Examples
    --------
    >>> keep_pictures(False)
    """
    path = MyData().folder / KEEP
    if keep:
        write_atomically(path, say("private.kept").encode())
    else:
        path.unlink(missing_ok=True)


def find_exports(folder: Path) -> list[Path]:
    """Return the zips with a pupil's work that lie in the usual places: they are deleted by hand only."""
    home = Path.home()
    places = [folder, NOTEBOOKS.parent, home, *(home / name for name in ("Desktop", "Downloads"))]
    places += [*folder.glob("lessons/*/"), *NOTEBOOKS.glob("*/")]
    return sorted({path.resolve() for place in places for name in EXPORTS for path in place.glob(name)})


def delete_traces(folder: Path) -> list[Path]:
    """Delete what `find_traces` finds, except exports, lay the lessons out afresh, and return what is left.

    The fresh lessons let pages that are still open notice that theirs is not the one on the disk any more.

    Examples
    --------
    >>> folder = getfixture("tmp_path")
    >>> [path for path in delete_traces(folder) if folder in path.parents]
    []
    """
    folder = Path(folder)
    languages = sorted(path.parent.name for path in folder.glob(f"lessons/*/{LAID}"))
    exports = find_exports(folder)
    for path in [each for place in (folder / "lessons", *_places(folder)) for each in (*place.rglob("*"), place)]:
        if path.is_file() and path.resolve() not in exports:
            with suppress(OSError):  # on Windows, for one, no file goes that is open; it is among what is returned
                path.unlink()
    for path in used_lessons():
        with suppress(OSError):  # the kit may be another account's
            write_atomically(path, strip_outputs(path.read_bytes()))
    for place in _places(folder):
        shutil.rmtree(place, ignore_errors=True)
    for language in languages:
        lay_lessons(folder, language)
    return find_traces(folder)


def _places(folder):
    """Return where JupyterLab and IPython write, and where an earlier kit had them write."""
    own = [folder / ".jupyter" / name for name in SESSION]
    before = [Path(sys.prefix) / "jupyter", *NOTEBOOKS.rglob(".ipynb_checkpoints")]
    return [place for place in (*own, *folder.rglob(".ipynb_checkpoints"), *before) if place.exists()]
