"""Plain files that a file manager and a spreadsheet can open: tables, pictures, and the points of faces."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from facelab.images import read_photo, write_atomically


def read_table(path):
    """Read a CSV file with a header as a list of dicts, one for each row, all values str.

    A spreadsheet saves Korean as UTF-8 or, in Korean Excel, as CP949; both are understood.

    Examples
    --------
    >>> read_table(Path("no such file.csv"))
    []
    """
    path = Path(path)
    if not path.exists():
        return []
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp949", errors="replace")
    return list(csv.DictReader(io.StringIO(text, newline="")))


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
    write_atomically(path, encode_table(rows, columns))


def encode_table(rows, columns):
    """Turn dicts into the bytes of a CSV file; values that have no column are left out.

    Examples
    --------
    >>> encode_table([{"file": "a.jpg", "size": 3}], ["file"]).decode("utf-8-sig").split()
    ['file', 'a.jpg']
    """
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")  # the mark at the start tells Excel that it is UTF-8


def save_points(path, points):
    """Save a dict of file name -> (478, 3) array, whole or not at all."""
    content = io.BytesIO()
    stacked = np.array(list(points.values()), dtype=np.float32).reshape(-1, 478, 3)
    np.savez_compressed(content, files=np.array(list(points), dtype=str), points=stacked)
    write_atomically(path, content.getvalue())


def load_points(path):
    """Load what `save_points` wrote; an empty dict if there is no such file."""
    if not Path(path).exists():
        return {}
    with np.load(path, allow_pickle=False) as content:
        return dict(zip(content["files"].tolist(), content["points"], strict=True))


class Images(Sequence):
    """A list of images of which those that lie in files are read when they are looked at."""

    def __init__(self, items):
        self.items = list(items)

    def __len__(self):
        return len(self.items)

    def __getitem__(self, index):
        if isinstance(index, slice):
            return Images(self.items[index])
        item = self.items[index]
        return item if isinstance(item, np.ndarray) else read_photo(item)
