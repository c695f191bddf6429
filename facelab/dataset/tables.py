"""A table of the pupil's that a spreadsheet may change: own columns stay, and one that was cut short is noticed."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from facelab.dataset.names import write_new
from facelab.dataset.twins import stamp
from facelab.files import encode_table, hold_lock, is_link, read_table, write_atomically
from facelab.language import Misuse, say

MOST_KNOWN = 32
_known = {}  # path of a table to its _State


class OwnTable:
    """A CSV file in the pupil's folder, with a hidden copy of what the kit wrote there last.

    Parameters
    ----------
    path : path
        Where it is.
    columns : sequence of str
        Those that the kit writes; whatever other columns there are stay.
    needed : int
        How many of these, from the first on, the table must have to be read.

    Examples
    --------
    >>> table = OwnTable(getfixture("tmp_path") / "photos.csv", ["file", "outcome"], 2)
    >>> table.write([{"file": "a.jpg", "outcome": "extracted", "note": "my best one"}])
    >>> table.read()
    [{'file': 'a.jpg', 'outcome': 'extracted', 'note': 'my best one'}]
    """

    def __init__(self, path: Path, columns: Sequence[str], needed: int) -> None:
        self.path, self.columns, self.needed = path, list(columns), needed
        self._copy = path.with_name(f".{path.name}.copy")

    def read(self) -> list[dict]:
        """Read the rows, all of them with the kit's columns.

        Raises
        ------
        ValueError
            If it is no such table, or was cut short since the kit wrote it: then the copy is in its place again.
        """
        if is_link(self.path):
            raise Misuse(say("mine.link", file=self.path.name))
        if not self.path.exists():
            return []
        state = self._find_known()
        if state is None:
            _mend(self.path, self._copy)
            state = _State(stamp(self.path), read_table(self.path, self.columns[: self.needed]))
            self._remember(state)
        return [dict.fromkeys(self.columns, "") | row for row in state.rows]

    def write(self, rows: Sequence[dict]) -> None:
        """Write the rows, whole or not at all; the columns that the kit does not know come last."""
        columns = add_columns(self.columns, rows)
        content = self._encode(rows, columns)
        shrinks = self.path.exists() and len(content) < self.path.stat().st_size
        # A kill in between must not leave a table that looks like the first part of its copy.
        for path in (self._copy, self.path) if shrinks else (self.path, self._copy):
            write_atomically(path, content)
        kept = [{column: str(row.get(column, "")) for column in columns} for row in rows]
        self._remember(_State(stamp(self.path), kept, columns, content))

    def _encode(self, rows, columns):
        """Encode rows; those that stand in the table already are taken as they are there: there may be thousands."""
        state = self._find_known() if self.path.exists() else None
        if state is None or state.columns != columns or list(rows[: len(state.rows)]) != state.rows:
            return encode_table(rows, columns)
        header = encode_table([], columns)
        return state.content + encode_table(rows[len(state.rows) :], columns)[len(header) :]

    def _find_known(self):
        state = _known.get(self.path)
        return state if state is not None and state.stamp == stamp(self.path) else None

    def _remember(self, state):
        if len(_known) >= MOST_KNOWN:
            _known.clear()
        _known[self.path] = state


def add_columns(columns: Sequence[str], rows: Sequence[dict]) -> list[str]:
    """Return columns of the kit's with those behind them that only the rows of a table have."""
    return list(dict.fromkeys([*columns, *(key for row in rows for key in row)]))


class _State(NamedTuple):
    """A table as it lies on the disk: to read and write one of 3,000 rows for each photo would take minutes."""

    stamp: tuple
    rows: list[dict]
    columns: list[str] | None = None
    content: bytes = b""


def _mend(path, copy):
    """Put back a table of which only a first part is left, and keep that part."""
    if not copy.exists():
        return
    content, whole = path.read_bytes(), copy.read_bytes()
    if len(content) >= len(whole) or not whole.startswith(content):
        return
    with hold_lock(path.parent.parent if path.parent.name == "faces" else path.parent):
        content, whole = path.read_bytes(), copy.read_bytes()
        if len(content) < len(whole) and whole.startswith(content):
            part = write_new(path.parent, f"{path.stem} (cut).csv", content)
            write_atomically(path, whole)
            raise Misuse(say("storage.cut_table", file=path.name, part=part.name))
