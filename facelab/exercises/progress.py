"""Which exercises a pupil has done, with a star for each."""

import html
from dataclasses import dataclass

from facelab.answers.kept import DONE, load_answers
from facelab.answers.texts import list_exercises, name_lesson, tell, write_number
from facelab.language import say


@dataclass(frozen=True, repr=False)
class Progress:
    """What was done: a star for each exercise, full or still empty.

    Attributes
    ----------
    done : frozenset of str
        The numbers of the exercises that were answered right, guessed or written, such as "03.2".

    Examples
    --------
    >>> Progress(frozenset({"01.1", "01.2"})).count("01")
    (2, 5)
    """

    done: frozenset

    def __repr__(self):
        return "\n".join([self.message, *(f"{stars}  {title}" for title, stars in self._rows())])

    @property
    def message(self) -> str:
        """How many are done, and which one comes next, as a sentence in the chosen language."""
        waiting = [name for name in list_exercises() if name not in self.done]
        total = say("exercises.done", done=len(self.done), total=len(list_exercises()))
        if not waiting:
            return f"{total} {say('exercises.all_done')}"
        return f"{total} {say('exercises.next', number=write_number(waiting[0]), title=tell(waiting[0], 'title'))}"

    def count(self, lesson) -> tuple[int, int]:
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


def progress() -> Progress:
    """Show which exercises are done.

    Returns
    -------
    Progress

    Examples
    --------
    >>> isinstance(progress(), Progress)
    True
    """
    done = {name for name, row in load_answers().items() if row["result"] in DONE}
    return Progress(frozenset(done.intersection(list_exercises())))
