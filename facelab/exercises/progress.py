"""Which exercises a pupil has done: kept in a small table among the pupil's own data."""

import html
from dataclasses import dataclass
from errno import EBUSY

from facelab.dataset.mine import MyData
from facelab.exercises.texts import list_exercises, name_lesson, tell
from facelab.files import read_table, write_table
from facelab.language import Misuse, say


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
    rows = read_table(MyData().progress_path)
    done = {str(row.get("exercise")).zfill(4) for row in rows}  # a spreadsheet drops the first 0
    return Progress(frozenset(done.intersection(list_exercises())))


def keep_done(name):
    """Note that an exercise was answered right; a later mistake does not take that back.

    Raises OSError, also if another notebook or a damaged table is in the way: the answer itself is right all the same.
    """
    mine = MyData()
    try:
        with mine.lock():
            done = progress().done
            if name not in done:
                write_table(mine.progress_path, [{"exercise": each} for each in sorted(done | {name})], ["exercise"])
    except Misuse as problem:
        raise OSError(EBUSY, str(problem)) from None


def write_number(name):
    """Write an exercise's number as the lessons do: "03.2" -> "3.2"."""
    return name.removeprefix("0")
