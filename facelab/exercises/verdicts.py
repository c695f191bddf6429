"""Check an answer, give a hint, show the solution: each returns a card that a notebook shows."""

import html
from dataclasses import dataclass

from facelab.exercises.judges import check_facts, judge
from facelab.exercises.progress import keep_done, write_number
from facelab.exercises.reading import is_too_short, is_waiting, quote, read_number
from facelab.exercises.texts import find_exercise, list_exercises, list_ideas, tell
from facelab.language import Misuse, say

HINTS = ("hint_1", "hint_2")
# Each kind of card has a colour and, for eyes that do not see it, a sign in its heading.
COLOURS = {"right": "#146c2e", "wrong": "#b3590a", "waiting": "#767676", "hint": "#0b57d0", "solution": "#0b57d0"}
_FRAME = "border: 1px solid #9a9a9a; border-left: 10px solid {colour}; border-radius: 8px; padding: 10px 18px;"
_LETTERS = "max-width: 900px; font-size: 17px; line-height: 1.55; word-break: keep-all;"


@dataclass(frozen=True, repr=False)
class Card:
    """What is said about an exercise.

    Attributes
    ----------
    kind : {"waiting", "right", "wrong", "hint", "solution"}
        Whether the exercise still waits for an answer, what was judged, or what was asked for.
    heading, message : str
        In the chosen language; the message may have several lines.
    code : str
        Lines of Python that belong to a solution.
    more : tuple of (str, str, str)
        What is folded up below: what it is called, the text, and code. Each lies within the one before.

    Examples
    --------
    >>> check("03.3", ...).kind, solution("03.3").kind
    ('waiting', 'solution')
    """

    kind: str
    heading: str
    message: str
    code: str = ""
    more: tuple = ()

    def __repr__(self):
        return "\n".join(part for part in (self.heading, self.message, self.code) if part)

    def _repr_html_(self):
        frame = _FRAME.format(colour=COLOURS[self.kind]) + _LETTERS
        heading = f'<div style="font-weight: 700; font-size: 19px">{html.escape(self.heading)}</div>'
        return f'<div role="status" style="{frame}">{heading}{_write(self.message, self.code)}{_fold(self.more)}</div>'


def check(exercise, answer, *facts):
    """Judge an answer by what it means, and note in the pupil's progress whether it was right.

    An answer that is still missing (``...``, None or an empty text) is no mistake: the exercise waits.

    Parameters
    ----------
    exercise : str
        Its number, such as "03.2".
    answer : object
        A number, a word, a data set, a model or a text, as the exercise asks.
    *facts
        What the answer is judged by, as it stands in the lesson.

    Returns
    -------
    Card

    Raises
    ------
    ValueError
        If there is no such exercise, or the facts are not as many as it needs.

    Examples
    --------
    >>> print(check("03.3", ...))
    … 연습 3.3: 답을 기다리고 있어요
    비어 있는 자리에 답을 적고 이 칸을 다시 실행해 보세요. 급하지 않으니 천천히 생각해도 돼요.
    """
    name = find_exercise(exercise)
    if is_waiting(answer):
        return _wait(name, "exercises.how_to_answer")
    check_facts(name, facts)
    help_along = _fold_hints(name) + _fold_solution(name)
    try:
        if list_ideas(name) and is_too_short(str(answer)):
            return _wait(name, "exercises.too_short")
        right, message = judge(name, answer, facts)
    except Exception as problem:  # whatever was handed over, the lesson goes on: a sentence says what could be read
        message = str(problem) if isinstance(problem, Misuse) else say("exercises.unreadable")
        return Card("wrong", _head(name, "not_yet"), message, more=help_along)
    if not right:
        return Card("wrong", _head(name, "guess_differs" if _is_guess(name) else "not_yet"), message, more=help_along)
    try:
        keep_done(name)
    except OSError as problem:  # a full or locked disk must not take the answer away
        message = f"{message}\n{say('exercises.not_kept', problem=problem.strerror)}"
    return Card("right", _head(name, _choose_praise(name)), message, more=_fold_solution(name))


def hint(exercise, step=1):
    """Help on: the first step nudges, the second nearly tells.

    Parameters
    ----------
    exercise : str
        Its number, such as "03.2".
    step : {1, 2}
        Which of the two hints.

    Returns
    -------
    Card

    Raises
    ------
    ValueError
        If there is no such exercise or step.

    Examples
    --------
    >>> hint("03.3").kind
    'hint'
    """
    name = find_exercise(exercise)
    place = _read_step(step)
    return Card("hint", _head(name, "hint"), tell(name, HINTS[place - 1]), more=_fold_hints(name)[place:])


def solution(exercise):
    """Show a solution and the thought behind it; of an open question, an answer to compare one's own with.

    Parameters
    ----------
    exercise : str
        Its number, such as "03.2".

    Returns
    -------
    Card

    Raises
    ------
    ValueError
        If there is no such exercise.

    Examples
    --------
    >>> print(solution("03.3").code)
    share = 0.5
    """
    name = find_exercise(exercise)
    return Card("solution", _head(name, "solution"), tell(name, "solution"), _code(name))


def _read_step(step):
    """Read which hint is meant: 1, 1.0 and "1" are the same one."""
    try:
        number = read_number(step)
    except Misuse:
        number = None
    if number not in (1, 2):
        raise Misuse(say("exercises.no_such_hint", found=quote(step)))
    return int(number)


def _wait(name, reason):
    return Card("waiting", _head(name, "waiting"), say(reason), more=_fold_hints(name))


def _head(name, key):
    return say(f"exercises.{key}", number=write_number(name))


def _choose_praise(name):
    return "written" if list_ideas(name) else "guess_right" if _is_guess(name) else "right"


def _is_guess(name):
    return list_exercises()[name].get("guess", False)


def _code(name):
    return list_exercises()[name].get("code", "")


def _fold_hints(name):
    return tuple((say(f"exercises.{key}"), tell(name, key), "") for key in HINTS)


def _fold_solution(name):
    title = say("exercises.model_answer" if list_ideas(name) else "exercises.see_solution")
    return ((title, tell(name, "solution"), _code(name)),)


def _fold(more):
    """Fold texts up, each within the one before: whoever wants the next opens it."""
    if not more:
        return ""
    title, text, code = more[0]
    summary = f'<summary style="cursor: pointer; font-weight: 600">{html.escape(title)}</summary>'
    return f'<details style="margin-top: 8px">{summary}{_write(text, code)}{_fold(more[1:])}</details>'


def _write(text, code):
    lines = "".join(f'<p style="margin: 4px 0">{html.escape(line)}</p>' for line in text.splitlines())
    return lines + (f'<pre style="margin: 6px 0">{html.escape(code.strip())}</pre>' if code else "")
