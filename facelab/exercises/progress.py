"""Which exercises a pupil has done: kept in a small table among the pupil's own data."""

import html
from dataclasses import dataclass

from facelab.exercises.texts import list_exercises, name_lesson, tell
from facelab.language import say
from facelab.mine import MyData
from facelab.storage import read_table, write_table

COLUMNS = ["exercise", "result"]


@dataclass(frozen=True, repr=False)
class Progress:
    """What was done: a star for each exercise, full or still empty.

    Attributes
    ----------
    done : frozenset of str
        The numbers of the exercises that were answered right, such as "03.2".

    Examples
    --------
    >>> Progress(frozenset({"01.1", "01.2"})).count("01")
    (2, 5)
    """

    done: frozenset

    def __repr__(self):
        return "\n".join([self.message, *(f"{stars}  {title}" for title, stars in self._rows())])

    @property
    def message(self):
        """How many are done, and which one comes next, as a sentence in the chosen language."""
        waiting = [name for name in list_exercises() if name not in self.done]
        total = say("exercises.done", done=len(self.done), total=len(list_exercises()))
        if not waiting:
            return f"{total} {say('exercises.all_done')}"
        return f"{total} {say('exercises.next', number=write_number(waiting[0]), title=tell(waiting[0], 'title'))}"

    def count(self, lesson):
        """Count the exercises of a lesson, such as "03": (done, all)."""
        names = [name for name in list_exercises() if name[:2] == lesson]
        return len(self.done.intersection(names)), len(names)

    def _repr_html_(self):
        rows = "".join(
            f'<tr><th scope="row" style="text-align: left; padding-right: 20px">{html.escape(title)}</th>'
            f'<td style="text-align: left; font-size: 22px; white-space: nowrap">{stars}</td></tr>'
            for title, stars in self._rows()
        )
        sentence = f'<p style="font-size: 18px">{html.escape(self.message)}</p>'
        return f'{sentence}<table style="font-size: 16px">{rows}</table>'

    def _rows(self):
        for lesson in sorted({name[:2] for name in list_exercises()}):
            done, total = self.count(lesson)
            yield f"{int(lesson)}. {name_lesson(lesson)} ({done}/{total})", "★" * done + "☆" * (total - done)


def progress():
    """Show which exercises are done.

    Returns
    -------
    Progress

    Examples
    --------
    >>> isinstance(progress(), Progress)
    True
    """
    return Progress(frozenset(name for name, result in _read_results().items() if result == "right"))


def keep_result(name, right):
    """Note that an exercise was answered, right or not yet; what was right once stays right."""
    results, result = _read_results(), "right" if right else "tried"
    if results.get(name) in ("right", result):
        return
    rows = [{"exercise": key, "result": value} for key, value in sorted((results | {name: result}).items())]
    write_table(MyData().progress_path, rows, COLUMNS)


def write_number(name):
    """Write an exercise's number as the lessons do: "03.2" -> "3.2"."""
    return name.removeprefix("0")


def _read_results():
    """Read the table; a row of an unknown exercise, as somebody may have typed in, does no harm."""
    rows = read_table(MyData().progress_path)
    found = {str(row.get("exercise")).zfill(4): row.get("result") for row in rows}  # a spreadsheet drops the first 0
    return {name: result for name, result in found.items() if name in list_exercises()}
