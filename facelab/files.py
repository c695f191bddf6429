"""Plain files that a file manager and a spreadsheet can open: tables, pictures, and the points of faces."""

import codecs
import csv
import io
import os
import time
import unicodedata
import uuid
import zlib
from itertools import count
from pathlib import Path

import numpy as np

from facelab.language import Misuse, say

# Bytes of a file's name. Computers take 255, but Windows takes only 260 letters together with all folders; and what is
# made of a photo, its faces, is named after it with something added.
LONGEST_PHOTO_NAME, LONGEST_NAME = 180, 240

_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


class LostPoints(Misuse):
    """The points of faces are damaged or missing; their pictures may still be there, and points can be found again."""


def read_table(path, columns=()):
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
        first = text.lstrip("\r\n").partition("\n")[0]
        separator = max(",;\t", key=first.count)  # no name of a column has one of them in it
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


def write_table(path, rows, columns):
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


def encode_table(rows, columns):
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


def write_atomically(path, data):
    """Write bytes to a file so that it is the old one or the new one, never half of it; missing folders are made.

    Examples
    --------
    >>> path = getfixture("tmp_path") / "labels.csv"
    >>> write_atomically(path, b"file,label")
    >>> path.read_bytes()
    b'file,label'
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.parent / f".{uuid.uuid4().hex}.part"
    try:
        with open(unfinished, "xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


def save_points(path, points):
    """Save a dict of file name -> (478, 3) array, whole or not at all."""
    content = io.BytesIO()
    stacked = np.array(list(points.values()), dtype=np.float32).reshape(-1, 478, 3)
    # Not compressed: that would save a tenth of the room and take twenty times as long, while other notebooks wait.
    np.savez(content, files=np.array(list(points), dtype=str), points=stacked)
    _insist(write_atomically, path, content.getvalue())


def load_points(path):
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


def rescue_points(path):
    """Load points like `load_points`, but none from a damaged file: they can be found again in the pictures."""
    try:
        return load_points(path)
    except LostPoints:
        return {}


def write_new(folder, name, data, taken=()):
    """Write bytes to a file that was not there: "name.jpg", or "name (2).jpg" and so on; returns its path.

    The file is there whole or not at all. Names in `taken` are left alone even if they are free.

    Examples
    --------
    >>> folder = getfixture("tmp_path")
    >>> [write_new(folder, "me.jpg", b"a photo").name for _ in range(3)]
    ['me.jpg', 'me (2).jpg', 'me (3).jpg']
    """
    stem, suffix = _split_name(name)
    unfinished = Path(folder) / f".{uuid.uuid4().hex}.part"
    try:
        write_atomically(unfinished, data)
        for number in count(1):
            path = Path(folder) / (f"{stem} ({number}){suffix}" if number > 1 else name)
            if path.name not in taken and _give_name(unfinished, path):
                return path
    finally:
        unfinished.unlink(missing_ok=True)


def _give_name(file, path):
    """Give a file a second name unless another file has it; tells whether it worked."""
    try:
        os.link(file, path)  # in one step: looking first and moving then would let another slip in between
    except FileExistsError:
        return False
    except OSError:  # memory sticks and some network folders know no second names
        if path.exists():
            return False
        os.replace(file, path)
    return True


def clean_name(name):
    """Turn what somebody else calls a file into a name to keep it by: no folders, nothing unseen, and not too long.

    Examples
    --------
    >>> clean_name("C:/photos/me\\0.jpg"), clean_name("...")
    ('me.jpg', '')
    """
    letters = unicodedata.normalize("NFC", name)  # a Mac splits Hangul into parts, and a cut must not part them
    seen = "".join(letter for letter in letters if unicodedata.category(letter) not in ("Cc", "Cs"))
    visible = Path(seen.replace("\\", "/")).name.lstrip(".~")  # computers hide files whose names begin so
    return fit_name(visible, LONGEST_PHOTO_NAME)


def fit_name(name, longest=LONGEST_NAME):
    """Cut a file's name to so many bytes, never within a letter; its ending stays.

    Examples
    --------
    >>> fit_name("가나다라마바사.jpg", longest=12)
    '가나.jpg'
    """
    if len(os.fsencode(name)) <= longest:
        return name
    stem, suffix = _split_name(name)
    return stem.encode()[: longest - len(suffix.encode())].decode(errors="ignore") + suffix


def name_face(photo, number):
    """Name the file of a face after its photo; the name of one that was put there by hand may be too long for that.

    Examples
    --------
    >>> name_face("나.jpg", 2)
    '나.jpg_2.jpg'
    """
    short = fit_name(photo)
    if short != photo:  # others may begin alike
        short = f"{fit_name(photo, LONGEST_PHOTO_NAME)}~{zlib.crc32(os.fsencode(photo)):08x}"
    return f"{short}_{number}.jpg"


def _split_name(name):
    path = Path(name)
    return (path.stem, path.suffix) if len(path.suffix) <= 10 else (name, "")


def _name(path):
    """Name a file for a sentence: its folder and itself."""
    return f"{path.parent.name}/{path.name}"


def _insist(work, *arguments):
    """Try for a moment: Windows refuses a file that another notebook or a virus scanner has open just now."""
    for pause in (0.01, 0.05, 0.2, 0.5):
        try:
            return work(*arguments)
        except PermissionError:
            time.sleep(pause)
    return work(*arguments)
