"""The widget of an exercise: it asks, answers, unfolds hints and the solution, and keeps what the pupil did."""

import html

import ipywidgets

from facelab.answers.texts import find_exercise, tell, tell_all, write_number
from facelab.exercises.forms import make_form
from facelab.exercises.progress import progress
from facelab.exercises.session import ExerciseSession
from facelab.language import Misuse, say
from facelab.widgets.parts.view import View, make_button, make_row, make_text, write_text

# Each verdict has a colour and, for eyes that do not see it, a sign in its heading.
_COLOURS = {"right": "--right", "wrong": "--wrong", "unread": "--wrong", "waiting": "--line"}


class Exercise(View):
    """An exercise below its text: a form, a button that checks it, what is said then, and help that unfolds.

    Parameters
    ----------
    session : ExerciseSession
        What was answered.

    Examples
    --------
    >>> exercise = Exercise(ExerciseSession("01.3", answer="learnt"))
    >>> exercise
    ○ 연습 1.3: 맞았어요!
    모델이 나누어 줄 수 있는 자리는 배운 다섯 개뿐이에요. ...
    """

    def __init__(self, session):
        number = write_number(session.name)
        super().__init__(say("exercises.title", number=number, title=tell(session.name, "title")))
        self.session = session
        self.form = make_form(session, self.guard(self._change), self.guard(self._check))
        label = "compare" if session.kind == "open" else "settle" if session.is_guess else "check"
        self.check = make_button(say(f"exercises.{label}"), self.guard(self._check), "main")
        self.verdict, self.help = make_text(""), make_text("")
        self.ideas = ipywidgets.VBox([self._make_tick(*idea) for idea in tell_all(session.name, "ideas").items()])
        self._show()
        self.show_problem(session.trouble)

    def __repr__(self):
        """Tell what is said to the answer: pages that show no widgets show this."""
        message = self.session.verdict.message if self.session.verdict else ""
        return "\n".join(part for part in (self._head(), message) if part)

    def _make_tick(self, key, idea):
        tick = ipywidgets.Checkbox(key in self.session.ideas, description=idea, indent=False)
        tick.layout.width = "100%"
        tick.observe(self.guard(lambda event: self.session.tick(key, event["new"])), "value")
        return tick

    def _change(self, draft):
        try:
            self.session.change(draft)
        finally:
            self._tell()

    def _check(self):
        try:
            self.session.check()
        finally:
            self._show()

    def _show(self):
        answer = [self.form, make_row(self.check)]
        if self.session.is_settled:
            answer = [make_text(say("exercises.guess_was", guess=self.session.describe()))]
        self.fill(*answer, self.verdict, self.ideas, self.help)
        self._tell()

    def _tell(self):
        """Say what there is to say to the answer as it is now."""
        verdict = self.session.verdict
        self.verdict.value = self._write_verdict() if verdict or self.session.is_done else ""
        self.ideas.layout.display = "" if verdict and verdict.kind == "written" else "none"
        self.help.value = _fold(self._list_help())

    def _head(self):
        verdict, number = self.session.verdict, write_number(self.session.name)
        kind = verdict.kind if verdict else "done_before" if self.session.is_done else "waiting"
        return say(f"exercises.{kind if kind not in ('wrong', 'unread') else 'not_yet'}", number=number)

    def _write_verdict(self):
        verdict = self.session.verdict
        colour = _COLOURS.get(verdict.kind, "--strong") if verdict else "--right"
        lines = (_write(verdict.message) if verdict else "") + self._cheer()
        frame = f"border-left: 10px solid var({colour}); padding: 4px 16px; margin: 8px 0"
        head = f'<p style="font-weight: 700; font-size: 18px">{html.escape(self._head())}</p>'
        return f'<div role="status" style="{frame}">{head}{lines}</div>'

    def _cheer(self):
        """Say so if this was the last exercise of the lesson."""
        try:
            done, total = progress().count(self.session.name[:2]) if self.session.is_done else (0, 1)
        except Misuse:  # the table is damaged, which is told where the answer is kept
            return ""
        return write_text(say("exercises.lesson_done"), "cheer") if done == total else ""

    def _list_help(self):
        """List what unfolds, each within the one before: (what it is called, the text, lines of code)."""
        name, session = self.session.name, self.session
        hints = [(say(f"exercises.{key}"), tell(name, key), "") for key in ("hint_1", "hint_2")]
        title = say("exercises.model_answer" if session.kind == "open" else "exercises.see_solution")
        code = session.texts.get("code", "") if session.kind == "code" else ""
        solution = [(title, tell(name, "solution"), code)]
        if session.is_done:
            return solution
        return hints + solution if session.tries else hints


def ask(exercise, *facts, answer=None) -> Exercise:
    """Ask an exercise, with what was answered before; the widget checks the answer, helps on and keeps it.

    Parameters
    ----------
    exercise : str
        Its number, such as "03.2".
    *facts
        What the answer is judged by, as it stands in the lesson; where a gap in the cell is to be filled, first that.
    answer : object, optional
        The answer, for a teacher's edition: it is checked at once and not kept among the pupil's.

    Returns
    -------
    Exercise

    Raises
    ------
    ValueError
        If there is no such exercise, or the facts are not as many as it needs.

    Examples
    --------
    >>> ask("02.4", answer=144)
    ○ 연습 2.4: 맞았어요!
    밝은 200이 어두운 144가 되었어요. 더 밝게 하려다가 더 어두워졌네요!
    """
    return Exercise(ExerciseSession(find_exercise(exercise), facts, answer))


def _fold(parts):
    """Fold texts up, each within the one before: whoever wants the next opens it."""
    if not parts:
        return ""
    title, text, code = parts[0]
    summary = f'<summary style="cursor: pointer; font-weight: 600; padding: 8px 0">{html.escape(title)}</summary>'
    lines = f'<pre style="margin: 6px 0; font-size: 15px">{html.escape(code.strip())}</pre>' if code else ""
    return f'<details class="facelab-help">{summary}{_write(text)}{lines}{_fold(parts[1:])}</details>'


def _write(text):
    return "".join(f'<p style="margin: 4px 0">{html.escape(line)}</p>' for line in text.splitlines())
