"""What a pupil has answered: one row for each exercise in a table among the pupil's own data."""

import unicodedata
from datetime import datetime

from facelab.dataset.mine import MyData
from facelab.dataset.tables import OwnTable

# The columns of exercises.csv. The answer is a word of the code, numbers, the lines of a cell or a text, by its kind;
# `ideas` are those of an open question that the pupil had, too; `first` and `last` are the times of two steps.
COLUMNS = ("exercise", "kind", "answer", "ideas", "tries", "result", "first", "last")
DONE = ("right", "guessed", "written")  # the results that stay; the others are "wrong" and "", not checked yet
LONGEST = 10_000  # letters of an answer: more than anybody types, and fewer than a table's cell takes


def load_answers() -> dict:
    """Return what was answered, as a dict from an exercise's number to its row: a dict of str, see COLUMNS.

    Raises
    ------
    ValueError
        If the table is damaged.

    Examples
    --------
    >>> isinstance(load_answers(), dict)
    True
    """
    # A spreadsheet drops the first 0. Up to version 0.1 the table held nothing but the exercises that were done.
    rows = [row | {"exercise": row["exercise"].strip().zfill(4)} for row in _own_table().read()]
    return {row["exercise"]: row if row["first"] else row | {"result": "right"} for row in rows}


def keep_answer(name, **changes) -> dict:
    """Write down what has changed in an answer, and return its row; what was done once stays done.

    Parameters
    ----------
    name : str
        The exercise's number, such as "03.2".
    **changes
        Columns of the table to their new values.

    Raises
    ------
    ValueError
        If another notebook or a damaged table is in the way. OSError if the disk is.
    """
    mine, now = MyData(), datetime.now().astimezone().isoformat(timespec="seconds")
    with mine.lock():
        rows = load_answers()
        row = rows.get(name, dict.fromkeys(COLUMNS, "") | {"exercise": name, "first": now})
        if row["result"] in DONE:
            changes = {key: value for key, value in changes.items() if key != "result"}
        rows[name] = row | {key: _clean(value) for key, value in changes.items()} | {"last": now}
        _own_table().write([rows[each] for each in sorted(rows)])
    return rows[name]


def _own_table():
    return OwnTable(MyData().progress_path, COLUMNS, 1)


def _clean(value):
    """Leave out what a table cannot hold: unseen signs and halves of letters."""
    letters = str(value)[:LONGEST]
    return "".join(each for each in letters if each in "\n\t" or unicodedata.category(each) not in ("Cc", "Cs"))
