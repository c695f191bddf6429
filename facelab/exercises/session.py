"""An exercise at work: what was answered, what is said to it, and what is kept of it; how it looks is in `widget`."""

from dataclasses import dataclass
from importlib import import_module
from inspect import signature

from facelab.answers.kept import DONE, keep_answer, load_answers
from facelab.answers.numbers import read_number
from facelab.answers.texts import list_exercises, name_expression, tell, tell_all
from facelab.checks import EXPRESSIONS, show
from facelab.language import Misuse, say


@dataclass(frozen=True)
class Verdict:
    """What is said to an answer.

    Attributes
    ----------
    kind : {"waiting", "unread", "wrong", "right", "guessed", "written"}
        There is no answer yet; it cannot be read; how it is judged; or a guess or a text, which nobody judges.
    message : str
        In the chosen language; it may have several lines.
    """

    kind: str
    message: str


class ExerciseSession:
    """Holds the answer to an exercise, checks it, and writes down each step.

    Parameters
    ----------
    name : str
        Its number, such as "03.2".
    facts : tuple
        What the answer is judged by; of an exercise in code, first what the pupil made.
    answer : object, optional
        The answer, for a teacher's edition: it is checked at once and not kept.

    Attributes
    ----------
    draft : str
        The answer as it is kept.
    verdict : Verdict or None
        What is said to it; None as long as it has not been checked.
    ideas : set of str
        Which ideas of an open question the pupil had, too.
    trouble : str
        Why what was kept could not be read, or "".

    Raises
    ------
    ValueError
        If the facts are not as many as the exercise needs.

    Examples
    --------
    >>> session = ExerciseSession("02.4", answer=400)
    >>> session.verdict.kind
    'wrong'
    """

    def __init__(self, name, facts=(), answer=None):
        self.name, self.texts = name, list_exercises()[name]
        self.kind, self.is_guess = self.texts["kind"], self.texts.get("guess", False)
        lesson = import_module(f"facelab.exercises.lesson_{int(name[:2])}")
        self._compare = lesson.CHECKS.get(name)
        self._check_facts(facts)
        self.value, self.facts = (facts[0], facts[1:]) if self.kind == "code" else (None, facts)
        self.offer = lesson.OFFERS[name](*self.facts) if name in lesson.OFFERS else None
        self.trouble, self._row, self._is_kept = "", {}, answer is None
        self.draft, self.ideas, self.verdict = "", set(), None
        self._restore() if answer is None else self._solve(answer)

    def _check_facts(self, facts):
        wanted = list(signature(self._compare).parameters) if self._compare else []
        wanted = wanted if self.kind == "code" else wanted[1:]  # elsewhere the answer comes from the widget
        if len(facts) != len(wanted):
            example = ", ".join([f'"{self.name}"', *wanted])
            raise Misuse(say("exercises.facts_missing", example=f"facelab.exercises.ask({example})"))

    def _restore(self):
        """Take up what was kept, and say again what was said to it."""
        try:
            self._row = load_answers().get(self.name, {})
        except Misuse as problem:
            self.trouble = str(problem)
        self.ideas = set(self._row.get("ideas", "").split()) & set(tell_all(self.name, "ideas"))
        draft = self._row.get("answer", "")
        if self.kind == "code":
            self.draft = "" if self.value is ... or self.value is None else _read_cell() or show_value(self.value)
        elif self.options is None or set(draft.split()) <= set(self.options):  # the facts may have changed since
            self.draft = draft
        if self._row.get("result"):
            verdict = self._judge()
            self.verdict = verdict if verdict.kind == self._row["result"] else None

    def _solve(self, answer):
        many = isinstance(answer, (list, tuple))
        self.draft = " ".join(map(str, answer)) if many and self.kind != "code" else show_value(answer)
        self.ideas = set(tell_all(self.name, "ideas"))
        self.check()

    @property
    def options(self) -> dict | None:
        """What can be chosen, as a dict from the word that is kept to the one that is shown; None if it is free."""
        if self.kind == "choice":
            return self.offer or tell_all(self.name, "choices")
        if self.kind in ("expression", "pair"):
            return {key: name_expression(key) for key in self.offer or EXPRESSIONS}
        if self.kind in ("face", "faces"):
            return {str(place): str(place) for place in range(len(self.offer))}
        return {str(number): str(number) for number in range(7)} if self.kind == "pieces" else None  # 0: none yet

    @property
    def is_answered(self) -> bool:
        """Whether there is something to check."""
        words = self.draft.split()
        if self.kind in ("pair", "pieces"):
            return len(words) == {"pair": 2, "pieces": 3}[self.kind] and "0" not in words
        return bool(words)

    @property
    def is_done(self) -> bool:
        """Whether the exercise was done, now or before."""
        return self._row.get("result") in DONE or (self.verdict is not None and self.verdict.kind in DONE)

    @property
    def tries(self) -> int:
        """How often the answer was checked."""
        return int(self._row.get("tries") or 0) if str(self._row.get("tries") or 0).isdecimal() else 0

    @property
    def is_settled(self) -> bool:
        """Whether it is a guess whose outcome has been told: then the guess stands."""
        return self.is_guess and self.verdict is not None and self.verdict.kind == "guessed"

    def change(self, draft) -> None:
        """Take another answer, and keep it before it is checked. Raises ValueError if it cannot be kept.

        An open question that was compared stays so: the ideas must not vanish under the eyes of who writes on.
        """
        self.draft = draft
        stays = self.verdict is not None and self.verdict.kind == "written" and self.is_answered
        self.verdict = self.verdict if stays else None
        self._keep(result="written" if stays else "")

    def tick(self, idea, had) -> None:
        """Note whether the pupil had an idea, too. Raises ValueError if it cannot be kept."""
        self.ideas = self.ideas | {idea} if had else self.ideas - {idea}
        self._keep(ideas=" ".join(key for key in tell_all(self.name, "ideas") if key in self.ideas))

    def check(self) -> Verdict:
        """Judge the answer, or tell the outcome, and keep both. Raises ValueError if they cannot be kept."""
        self.verdict = self._judge()
        if self.verdict.kind not in ("waiting", "unread"):
            self._keep(tries=self.tries + 1, result=self.verdict.kind)
        return self.verdict

    def describe(self) -> str:
        """Return the answer as one would say it."""
        if self.options is not None:
            return " + ".join(self.options[word] for word in self.draft.split())
        if self.kind != "number":
            return self.draft
        number, unit = f"{self._read():g}", tell(self.name, "unit")
        return f"{number}%" if unit == "%" else say("exercises.with_unit", number=number, unit=unit)

    def _judge(self):
        if not self.is_answered:
            return Verdict("waiting", say(f"unanswered.{self.kind}"))
        if self.kind == "open":
            return Verdict("written", say("exercises.compare_ideas"))
        try:
            answer = self._read()
        except Misuse as problem:
            return Verdict("unread", str(problem))
        try:
            if self._compare:
                reason, values = self._compare(answer, *self.facts)
            else:  # each wrong choice has its own sentence
                reason, values = "right" if answer == self.texts["right_choice"] else answer, {}
        except Misuse as problem:
            return Verdict("wrong", str(problem))
        except Exception:  # whatever was handed over, the lesson goes on: a sentence says what to look at
            return Verdict("unread", say("exercises.unreadable"))
        kind = "guessed" if self.is_guess else "right" if reason == "right" else "wrong"
        return Verdict(kind, tell(self.name, reason, **values))

    def _read(self):
        """Return the answer as the check takes it."""
        if self.kind == "code":
            return self.value
        if self.kind == "number":
            most = self.texts.get("most", self.offer)
            return read_number(self.draft, self.texts["least"], most, tell(self.name, "unit"))
        if self.kind == "face":
            return int(self.draft)
        if self.kind in ("faces", "pieces"):
            return tuple(map(int, self.draft.split()))
        return tuple(self.draft.split()) if self.kind == "pair" else self.draft

    def _keep(self, **changes):
        if not self._is_kept:
            return
        try:
            self._row = keep_answer(self.name, kind=self.kind, answer=self.draft, **changes)
        except (OSError, Misuse) as problem:  # a full or locked disk must not take the answer away
            reason = getattr(problem, "strerror", None) or problem
            raise Misuse(say("exercises.not_kept", problem=reason)) from None


def show_value(value) -> str:
    """Write a value in a few words; a text stays as it is, and what cannot be written is named by its type."""
    try:
        return value if isinstance(value, str) else show(value)
    except Exception:  # a pupil's own class, or a number too long for Python to write
        return type(value).__name__


def _read_cell():
    """Return the lines of the cell that is running; "" outside a notebook."""
    from IPython import get_ipython

    shell = get_ipython()
    return shell.user_ns["In"][-1] if shell else ""
