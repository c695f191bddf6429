"""Plain files that a file manager and a spreadsheet can open: tables, pictures, and the points of faces."""

import codecs
import csv
import errno
import io
import os
import re
import shutil
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

import numpy as np

from facelab.language import Misuse, say

LOCK, WORK = ".lock", ".work"  # an empty file that one at a time holds, and the folder of what is only passing through
LONGEST_WAIT = 10  # seconds for a lock
OLD = 600  # seconds: a file that was left unfinished so long ago was left by a kill

_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


class LostPoints(Misuse):
    """The points of faces are damaged or missing; their pictures may still be there, and points can be found again."""


def read_table(path: Path | str, columns: Sequence[str] = ()) -> list[dict]:
    """Read a CSV file with a header as a list of dicts, one for each row, all values str.

    What a spreadsheet makes of it is understood: UTF-8, UTF-16 or, in Korean Excel, CP949; cells apart by ",", ";" or
    tabs. Blank rows are left out.

    Parameters
    ----------
    path : path
        Where it is; without such a file there are no rows.
    columns : sequence of str
        Those that the table must have. A row with nothing in the first of them is blank, too.

    Raises
    ------
    ValueError
        If a column is missing, or the file is no such table.

    Examples
    --------
    >>> read_table(Path("no such file.csv"))
    []
    """
    path = Path(path)
    if not path.exists():
        return []
    header, *rows = _read_cells(path) or [[]]
    header = [name.strip() for name in header]
    missing = [column for column in columns if column not in header]
    if missing:
        raise Misuse(say("storage.missing_columns", file=_name(path), columns=", ".join(missing)))
    blanks = [""] * len(header)  # for rows that are too short
    rows = [dict(zip(header, row + blanks, strict=False)) for row in rows]
    return [row for row in rows if not columns or row[columns[0]].strip()]


def _read_cells(path):
    """Read the rows that are not blank, each as a list of its cells."""
    try:
        text = _decode(_insist(path.read_bytes))
        if "\0" in text:  # a power cut may leave a file full of them
            raise csv.Error
        text = re.sub(
            r'(?i)\A"?sep=."?\s*\n+', "", text.lstrip("\ufeff\r\n")
        )  # a second mark; a line with which Excel begins
        separator = max(",;\t", key=text.partition("\n")[0].count)  # no name of a column has one of them in it
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        return [row for row in rows if "".join(row).strip()]
    except (csv.Error, UnicodeDecodeError):  # to go on would be to lose rows when the table is written the next time
        raise Misuse(say("storage.damaged_table", file=_name(path))) from None


def _decode(content):
    """Decode a table: by the mark that it begins with or, without one, as UTF-8, else as CP949."""
    marked = next((encoding for mark, encoding in _MARKS.items() if content.startswith(mark)), None)
    try:
        return content.decode(marked or "utf-8")
    except UnicodeDecodeError:
        if marked:
            raise
        return content.decode("cp949")


def write_table(path: Path | str, rows: Iterable[dict], columns: Sequence[str]) -> None:
    """Write dicts as a CSV file, whole or not at all; values that have no column are left out.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "faces.csv"
    >>> write_table(path, [{"file": "나.jpg", "expression": "joy"}], ["file", "expression"])
    >>> read_table(path)
    [{'file': '나.jpg', 'expression': 'joy'}]
    """
    _insist(write_atomically, path, encode_table(rows, columns))


def encode_table(rows: Iterable[dict], columns: Sequence[str]) -> bytes:
    """Turn dicts into the bytes of a CSV file; values that have no column are left out.

    Examples
    --------
    >>> encode_table([{"file": "a.jpg", "size": 3}], ["file"]).decode("utf-8-sig").split()
    ['file', 'a.jpg']
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([row.get(column, "") for column in columns] for row in rows)
    return text.getvalue().encode("utf-8-sig")  # the mark at the start tells Excel that it is UTF-8


def write_atomically(path: Path | str, data: bytes) -> None:
    """Write bytes to a file so that it is the old one or the new one, never half of it; missing folders are made.

    Examples
    --------
    >>> path = getfixture("tmp_path") / "labels.csv"
    >>> write_atomically(path, b"file,label")
    >>> path.read_bytes()
    b'file,label'
    """
    with replace_file(path) as file:
        file.write(data)


@contextmanager
def replace_file(path: Path | str) -> Iterator[BinaryIO]:
    """Open a file to write that takes its name only once the block has ended well; nobody else's account can read it.

    Examples
    --------
    >>> path = getfixture("tmp_path") / "labels.csv"
    >>> with replace_file(path) as file:
    ...     print(file.write(b"file,label"), path.exists())
    10 False
    """
    path = Path(path)
    make_folder(path.parent)
    unfinished = path.parent / f".{uuid.uuid4().hex}.part"
    try:
        with open(
            os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600), "w+b"
        ) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        with suppress(OSError):  # one that was there keeps who may read it
            unfinished.chmod(path.stat().st_mode & 0o777)
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


def make_folder(folder: Path | str) -> None:
    """Make a folder, and those above it, if they are missing; other accounts cannot look into what is made."""
    folder = Path(folder)
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def is_link(path: Path) -> bool:
    """Tell whether a path is a link (on Windows also a junction), which may lead anywhere."""
    return path.is_symlink() or getattr(os.path, "isjunction", lambda _: False)(path)


def list_inside(folder: Path) -> list[Path]:
    """List all files of a folder, also deep inside, sorted; links and what is hidden are left out."""
    files = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name[0] != "." and not is_link(Path(place, name))]
        files += [Path(place, name) for name in names if name[0] != "." and not is_link(Path(place, name))]
    return sorted(files)


@contextmanager
def tell_disk(folder: Path | str) -> Iterator[None]:
    """Turn what the system says of a full or forbidden disk, within the block, into one sentence.

    Examples
    --------
    >>> with tell_disk("mine"):
    ...     raise OSError(errno.ENOSPC, "No space left on device")
    Traceback (most recent call last):
    facelab.language.Misuse: 디스크에 자리가 없어서 mine 폴더에 저장하지 못했어요. ...
    """
    try:
        yield
    except OSError as problem:
        told = explain_disk(problem, folder)
        raise Misuse(told or say("storage.not_saved", folder=folder, problem=problem.strerror or problem)) from problem


def explain_disk(problem: OSError, folder: Path | str) -> str:
    """Say that the disk is full, or that a folder may not be used, and what to do; "" if it is neither.

    Examples
    --------
    >>> explain_disk(OSError(errno.EROFS, "Read-only file system"), "mine")[:21]
    'mine 폴더를 읽거나 쓸 수 없어요('
    """
    if problem.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):  # the disk, or what somebody may have of it
        return say("storage.full", folder=folder)
    forbidden = problem.errno in (errno.EACCES, errno.EPERM, errno.EROFS)
    return say("storage.forbidden", folder=folder, problem=problem.strerror) if forbidden else ""


@contextmanager
def hold_lock(folder: Path | str, last: bool = False) -> Iterator[None]:
    """Keep all other threads and processes that ask for the same lock waiting for as long as the block runs.

    A block may lie within another. If a process is killed, the system itself lets go of its lock. Where files cannot be
    locked, as in some network folders, the block runs all the same: work without a lock is better than no work.

    Parameters
    ----------
    folder : path
        Whose lock; the folder is made if it is missing, and goes again if nothing was put into it.
    last : bool
        Whether the lock's own file goes at the end, because nothing is left to protect.

    Raises
    ------
    ValueError
        If somebody else holds the lock for too long, or the disk is full or forbids what the block does.

    Examples
    --------
    >>> folder = getfixture("tmp_path")
    >>> with hold_lock(folder, last=True):
    ...     (folder / "labels.csv").touch()
    >>> [path.name for path in folder.iterdir()]
    ['labels.csv']
    """
    folder = Path(folder)
    with tell_disk(folder):
        lock = _take_lock(folder)
        outermost = lock is None or lock.lock_counter == 1
        try:
            yield
        finally:
            gone = outermost and (last or _is_empty(folder))
            if gone:
                with suppress(OSError):  # while it is held: who waits for it sees that it is gone. Not so on Windows
                    (folder / LOCK).unlink()
            if lock is not None:
                lock.release()
            if gone:
                with suppress(OSError):  # if another has opened it, it is theirs now
                    if os.name == "nt":
                        (folder / LOCK).unlink(missing_ok=True)
                    folder.rmdir()


def _take_lock(folder):
    """Return the lock of a folder once it is ours, or None where files cannot be locked."""
    import filelock

    end = time.monotonic() + LONGEST_WAIT
    while True:
        lock = filelock.FileLock(
            folder / LOCK, mode=0o600, is_singleton=True, fallback_to_soft=False, poll_interval=0.005
        )
        try:
            with suppress(FileExistsError):
                make_folder(folder)
            return lock.acquire(timeout=max(0, end - time.monotonic())) and lock
        except filelock.Timeout:
            raise Misuse(say("locks.busy", folder=folder)) from None
        except FileNotFoundError:  # another has just taken the empty folder away
            if time.monotonic() > end:
                return None
        except (OSError, NotImplementedError):
            return None


def _is_empty(folder):
    with suppress(OSError):
        return set(os.listdir(folder)) <= {LOCK}
    return False


@contextmanager
def open_work(folder: Path | str) -> Iterator[Path]:
    """Make a hidden folder inside a folder for what is only passing through; it goes at the end of the block.

    What a kill has left there goes the next time, for nobody holds its lock any more.

    Examples
    --------
    >>> folder = getfixture("tmp_path") / "mine"
    >>> with open_work(folder) as work:
    ...     (work / "a.jpg").touch()
    >>> folder.exists()
    False
    """
    import filelock

    clear_work(folder)
    work = Path(folder) / WORK / uuid.uuid4().hex
    make_folder(work)
    held = filelock.FileLock(work.with_suffix(LOCK), mode=0o600, fallback_to_soft=False)
    try:
        with suppress(OSError, NotImplementedError):
            held.acquire(timeout=0)
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)
        held.release()
        work.with_suffix(LOCK).unlink(missing_ok=True)
        for place in (work.parent, Path(folder)):
            with suppress(OSError):  # not empty
                place.rmdir()


def clear_work(folder: Path | str) -> None:
    """Delete what a kill has left behind in a folder: work that nobody holds, and files that were never finished."""
    import filelock

    folder = Path(folder)
    for work in (folder / WORK).glob("*"):
        if work.is_dir():
            with suppress(filelock.Timeout, OSError):
                with filelock.FileLock(work.with_suffix(LOCK), timeout=0):
                    shutil.rmtree(work)
                work.with_suffix(LOCK).unlink()
    with suppress(OSError):  # somebody's work is in it, or there is none
        (folder / WORK).rmdir()
    for path in [*folder.glob(".*.part"), *folder.glob("*/.*.part")]:
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > OLD:
                path.unlink()


def save_points(path: Path | str, points: dict) -> None:
    """Save a dict of file name -> (478, 3) array, whole or not at all."""
    _insist(write_atomically, path, encode_points(points))


def encode_points(points: dict) -> bytes:
    """Turn a dict of file name -> (478, 3) array into the bytes of a points.npz."""
    content = io.BytesIO()
    stacked = np.array(list(points.values()), dtype=np.float32).reshape(-1, 478, 3)
    # Not compressed: that would save a tenth of the room and take twenty times as long, while other notebooks wait.
    np.savez(content, files=np.array(list(points), dtype=str), points=stacked)
    return content.getvalue()


def load_points(path: Path | str) -> dict:
    """Load what `save_points` wrote; an empty dict if there is no such file.

    Raises LostPoints, a ValueError, if the file is damaged or holds something else.
    """
    path = Path(path)
    if not path.exists():
        return {}
    content = _insist(path.read_bytes)
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            files, points = arrays["files"].tolist(), arrays["points"]
        points = points.astype(np.float32, copy=False).reshape(len(files), 478, 3)
        return dict(zip(files, points, strict=True))
    except Exception:  # each way to be damaged has its own error; to a pupil they all mean the same
        raise LostPoints(say("storage.damaged_points", file=_name(path))) from None


def rescue_points(path: Path | str) -> dict:
    """Load points like `load_points`, but none from a damaged file: they can be found again in the pictures."""
    try:
        return load_points(path)
    except LostPoints:
        return {}


def _name(path):
    """Name a file for a sentence: its folder and itself."""
    return f"{path.parent.name}/{path.name}"


def _insist(work: Callable, *arguments):
    """Try for a moment: Windows refuses a file that another notebook or a virus scanner has open just now."""
    for pause in (0.01, 0.05, 0.2, 0.5):
        try:
            return work(*arguments)
        except PermissionError:
            time.sleep(pause)
    return work(*arguments)
