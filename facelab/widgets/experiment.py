"""Experiments with dials: how many photos, how many wrong labels, which expressions?"""

import base64
import html
from typing import NamedTuple

import ipywidgets
import numpy as np

from facelab.answers.drawn import keep_chart
from facelab.charts import encode_png
from facelab.checks import EXPRESSIONS, check_set
from facelab.dataset.labelled import load_sample
from facelab.dataset.loading import ENOUGH, count_left, load_mine
from facelab.experiments.compare import NEW_PHOTOS, compare, pick_best
from facelab.experiments.comparison import Comparison
from facelab.experiments.conditions import list_expressions, simplify
from facelab.experiments.plans import get_pair, name_conditions, plan
from facelab.language import Misuse, say
from facelab.widgets.parts.dials import Dials
from facelab.widgets.parts.html import write_image
from facelab.widgets.parts.view import View, make_button, make_row, make_text, write_progress, write_text
from facelab.widgets.parts.worker import Worker

REPEATS = 30
MOST_CONDITIONS = 8  # more than that no chart can show legibly
PICK = {"sadness": 20, "neutral": 20}  # what the models are split from of which the best is picked
PICK_TEST = 8  # photos in the test by which it is picked


class Kind(NamedTuple):
    """What is special about an experiment.

    Attributes
    ----------
    test_size : int
        How many photos of each expression are kept for the test.
    by : str or None
        How its chart is drawn, as `Comparison.plot` takes it.
    dials : tuple of str
        Those it needs besides photos and wrong labels: "of", "balance", "by" or "models".
    people : int or None
        With how many people it is made; None for all.
    """

    test_size: int = 8
    by: str | None = None
    dials: tuple = ()
    people: int | None = None


KINDS = {
    "wrong_labels": Kind(),
    "one_sided": Kind(by="expression", dials=("of",)),
    "imbalance": Kind(by="expression"),
    "strong_imbalance": Kind(by="expression"),
    "remedies": Kind(by="expression", dials=("balance",)),
    "pairs": Kind(),
    "amount": Kind(),
    "learning_curve": Kind(by="photos"),
    "split": Kind(test_size=4, dials=("by",)),
    "leak": Kind(test_size=4, dials=("by",), people=12),  # with many people hardly anything leaks
    "pick_best": Kind(test_size=NEW_PHOTOS, dials=("models",)),
}


class ExperimentSession:
    """Runs conditions side by side; each further one is added to those before.

    Parameters
    ----------
    faces : LabelledFaces
        Where the photos are drawn from.
    kind : str
        One of KINDS.
    repeats : int, optional
        How often each condition is repeated, each time with other photos. 30 by default.

    Attributes
    ----------
    conditions : list of dict
        As `compare` takes them.
    models : int
        From how many the best is picked, in "pick_best".
    seed : int
        Which photos are drawn; another seed draws others.
    fewer : bool
        Whether there were too few photos for the numbers of the lesson, so that `first_view` took fewer.

    Raises
    ------
    ValueError
        If the faces are too few for this experiment.
    """

    def __init__(self, faces, kind="wrong_labels", repeats=None):
        check_set(faces)
        self.kind, self.settings = kind, KINDS[kind]
        self.faces = _take_people(faces, self.settings.people)
        self.repeats = repeats or REPEATS
        self.models, self.seed, self.fewer = 10, 0, False
        if kind == "leak" and len(set(self.faces.people)) < 2:  # then both ways to split are one and the same
            raise Misuse(say("experiment.nobody_named"))
        if len(self.expressions) < 2:
            raise Misuse(say("experiment.too_few", test=self.settings.test_size))
        self.clear()

    def clear(self) -> None:
        """Forget all conditions."""
        self.conditions, self._result = [], None

    def most_photos(self, expression) -> int:
        """Tell how many photos of an expression are left to train with."""
        return count_left(self.faces, expression, self.settings.test_size)

    @property
    def expressions(self) -> list[str]:
        """The expressions of which there are photos to train with."""
        return [key for key in EXPRESSIONS if self.most_photos(key) > 0]

    def first_view(self) -> list[dict]:
        """Return the conditions of the lessons, with other expressions or fewer photos where these are missing."""
        if self.kind == "pick_best":
            conditions = [dict(zip(self._choose_two(PICK), PICK.values(), strict=True))]
        else:
            conditions = list(plan(self.kind, *self._choose_two(get_pair(self.kind))).values())
        fitted = [self._fit(condition) for condition in self._shrink(conditions)]
        self.fewer = fitted != conditions
        several = [condition for condition in fitted if len(list_expressions(condition)) > 1]
        return [condition for place, condition in enumerate(several) if condition not in several[:place]]

    def _choose_two(self, wanted):
        there = self.expressions
        return [*dict.fromkeys([key for key in wanted if key in there] + there)][:2]

    def _shrink(self, conditions):
        """Make all conditions smaller in proportion if photos are short and unequal numbers are the very point."""
        asked = [{key: number for key, number in each.items() if key in self.expressions} for each in conditions]
        share = min((self.most_photos(key) / number for each in asked for key, number in each.items()), default=1)
        if share >= 1 or all(len(set(each.values())) <= 1 for each in asked):
            return conditions
        return [
            each | {key: max(1, round(share * number)) for key, number in numbers.items()}
            for each, numbers in zip(conditions, asked, strict=True)
        ]

    def _fit(self, condition):
        """Take what there is of the photos of a condition."""
        options = {key: value for key, value in condition.items() if key not in EXPRESSIONS}
        asked = {key: condition[key] for key in condition if key in self.expressions}
        there = {key: min(number, self.most_photos(key)) for key, number in asked.items()}
        if len(set(asked.values())) == 1:  # then they shall stay equal
            there = dict.fromkeys(there, min(there.values()))
        return there | options

    def begin(self, conditions) -> None:
        """Take these conditions instead of all others; if one of them cannot be added, everything stays as it was."""
        before = self.conditions, self._result
        self.clear()
        try:
            for condition in conditions:
                self.add(condition)
        except ValueError:
            self.conditions, self._result = before
            raise

    def add(self, condition) -> None:
        """Add a condition, as `compare` takes it; a ValueError says why it cannot be added."""
        condition, expressions = simplify(condition), list_expressions(condition)
        if len(expressions) < 2:
            raise Misuse(say("experiment.one_expression"))
        if condition.get("of", expressions[0]) not in expressions:
            raise Misuse(say("experiment.not_used", expression=say(f"expression.{condition['of']}")))
        if condition in map(simplify, self.conditions):
            raise Misuse(say("experiment.already"))
        if len(self.conditions) >= MOST_CONDITIONS:
            raise Misuse(say("experiment.too_many", most=MOST_CONDITIONS))
        self.conditions.append(condition)

    def run(self, stop=None) -> None:
        """Compare all conditions; `stop` is asked after each repeat, with their number, whether to end here."""
        settings = {"repeats": self.repeats, "seed": self.seed, "progress": False, "stop": stop}
        try:
            if self.kind == "pick_best":
                self._result = pick_best(self.conditions[0], self.faces, self.models, test_size=PICK_TEST, **settings)
            else:
                numbered = dict(enumerate(self.conditions))
                self._result = compare(numbered, self.faces, test_size=self.settings.test_size, **settings)
        except ValueError:
            self.conditions.pop()  # the newest, with which it does not work
            raise

    @property
    def comparison(self) -> Comparison | None:
        """The last result as a Comparison, its conditions named in the language that is chosen now; None before."""
        if self._result is None:
            return None
        table = self._result.table
        numbers = table["condition"].unique()
        return Comparison(
            table.assign(condition=table["condition"].map(dict(zip(numbers, self._names(), strict=True))))
        )

    def _names(self):
        if self.kind == "pick_best":
            return [say("experiments.picked"), say("experiments.new_people")]
        return name_conditions(self.conditions)

    @property
    def code(self) -> str:
        """The lines that do the same without a widget; "" if the faces are but some of the people's."""
        if self.settings.people is not None:
            return ""
        settings = f"repeats={self.repeats}, seed={self.seed}"
        if self.kind == "pick_best":
            options = f"models={self.models}, test_size={PICK_TEST}, {settings}"
            return f"facelab.pick_best({self.conditions[0]}, faces, {options}).plot()"
        lines = [f"    {name!r}: {each}," for name, each in zip(self._names(), self.conditions, strict=True)]
        by = f"by={self.by!r}" if self.by else ""
        call = f"facelab.compare(conditions, faces, test_size={self.settings.test_size}, {settings}).plot({by})"
        return "\n".join(["conditions = {", *lines, "}", call])

    @property
    def by(self) -> str | None:
        """How the chart is drawn; a learning curve only while nothing but the number of photos differs."""
        if self.settings.by != "photos":
            return self.settings.by
        plain = all(list_expressions(each) == [*each] and len(set(each.values())) == 1 for each in self.conditions)
        alike = len({tuple(each) for each in self.conditions}) == 1
        return "photos" if plain and alike and len(self.conditions) > 1 else None


class Experiment(View):
    """The experiments of the lessons, with dials; *run* trains many times and draws a chart, *again* adds to it.

    Parameters
    ----------
    kind : str
        With which experiment to begin: "wrong_labels", "one_sided", "imbalance", "strong_imbalance", "remedies",
        "pairs", "amount", "learning_curve", "split", "leak" (all as `facelab.plan` has them) or "pick_best".
    faces : LabelledFaces, optional
        By default the pupil's own if there are enough of them, or the shipped ones.

    Raises
    ------
    ValueError
        If there is no such experiment, or there are too few faces for it.

    Examples
    --------
    >>> experiment = Experiment("imbalance")
    >>> experiment.dials.condition
    {'joy': 40, 'sadness': 20}
    """

    def __init__(self, kind="wrong_labels", faces=None):
        if kind not in KINDS:
            raise Misuse(say("experiment.unknown_kind", found=repr(kind), expected=", ".join(KINDS)))
        super().__init__(say("experiment.title"))
        mine = load_mine() if faces is None else faces
        self._shipped = faces is None and not _are_enough(mine, kind)
        self._faces = load_sample() if self._shipped else mine
        self.note, self.dials = make_text("", "note"), Dials()
        self.start = make_button(say("experiment.run"), self.guard(self._run), "main")
        self.again = make_button(say("experiment.again"), self.guard(self._add))
        self.draw = make_button(say("experiment.draw"), self.guard(self._draw_others))
        self.stop = make_button(say("experiment.stop"), self._ask_to_stop)
        self.status, self.chart, self.message, self.worth, self.code = (ipywidgets.HTML() for _ in range(5))
        self._origin = "" if faces is not None else f"faces = facelab.load_{'sample' if self._shipped else 'mine'}()\n"
        self._worker, self.choice = None, ipywidgets.Dropdown(description=say("experiment.kind"))
        self._choose(kind)
        self._offer_others(kind)
        buttons = make_row(self.start, self.again, self.draw, self.stop)
        results = self.status, self.chart, self.message, self.worth, self.code
        self.fill(self.choice, self.note, self.dials, buttons, *results)

    def _offer_others(self, kind):
        kinds = [each for each in KINDS if can_run(self._faces, each)]
        self.choice.options = [(say(f"experiment.{each}"), each) for each in kinds]
        self.choice.value = kind
        self.choice.observe(self.guard(lambda change: self._choose(change["new"])), "value")

    def _choose(self, kind):
        """Begin with an experiment: the dials stand where its last condition is."""
        self.session = session = ExperimentSession(self._faces, kind)
        self.dials.show_only(session.settings.dials)
        self._first = session.first_view()
        self.dials.turn_to(self._first[-1], {key: session.most_photos(key) for key in session.expressions})
        said = say("experiment.sample" if self._shipped else "experiment.own", count=len(session.faces))
        self.note.value = write_text(f"{said} {say('experiment.fewer')}" if session.fewer else said, "note")
        self.chart.value = self.message.value = self.worth.value = self.code.value = ""
        self._set_running(False)

    def _run(self):
        self.session.models = self.dials.others["models"].value
        unturned = self.dials.condition == simplify(self._first[-1])  # then it is the experiment of the lesson
        self.session.begin([*(self._first[:-1] if unturned else ()), self.dials.condition])
        self._train()

    def wait(self) -> None:
        """Wait until the models are trained and the chart is drawn."""
        if self._worker:
            self._worker.wait()

    def _add(self):
        self.session.add(self.dials.condition)
        self._train()

    def _draw_others(self):
        self.session.seed += 1
        self._train()

    def _train(self):
        self._set_running(True)
        self._worker = Worker(lambda: self.watch(self.session.run)(self._tell_progress), self._finish)

    def _tell_progress(self, done):
        self.status.value = write_progress(done, self.session.repeats, say("experiment.running"))
        return self._stopped

    def _ask_to_stop(self):
        self._stopped = True

    def _finish(self):
        self._set_running(False)
        self.watch(self._draw)()

    def _set_running(self, running):
        self._stopped = False
        self.status.value = write_progress(0, self.session.repeats, say("experiment.running")) if running else ""
        for each in (self.start, self.again, self.draw, self.choice):
            each.disabled = running
        self.stop.layout.display = "" if running else "none"
        done = running or self.session.comparison is not None
        self.draw.layout.display = "" if done else "none"
        self.again.layout.display = "" if done and self.session.kind != "pick_best" else "none"

    def _draw(self):
        comparison, by = self.session.comparison, self.session.by
        if comparison is None:
            return
        png = encode_png(comparison.plot(by=by).figure_)
        source = "data:image/png;base64," + base64.b64encode(png).decode("ascii")
        self.chart.value = write_image(source, say("experiment.chart"), "100%")
        self.message.value = write_text(comparison.message, "verdict")
        self.worth.value = write_text(_tell_worth(comparison.table, by), "note")
        if code := self.session.code:
            lines = f"<pre>{html.escape(self._origin + code)}</pre>"
            self.code.value = f"<details><summary>{say('experiment.code')}</summary>{lines}</details>"
        keep_chart(png, comparison.message)


def _tell_worth(table, by):
    """Say what one photo of a test is worth, in points of what the chart shows."""
    tests = table.groupby(["condition", "repeat"])["test_photos"]
    test = (tests.min() if by == "expression" else tests.sum()).min()
    return say("experiment.one_photo", test=test, points=f"{100 / test:.3g}")


def _are_enough(mine, kind):
    """Tell whether a pupil's own faces suffice: two expressions that are worth learning from."""
    return sum(count >= ENOUGH for count in mine.counts().values()) >= 2 and can_run(mine, kind)


def can_run(faces, kind) -> bool:
    """Tell whether there are enough faces for an experiment."""
    try:
        ExperimentSession(faces, kind)
    except ValueError:
        return False
    return True


def _take_people(faces, number):
    if number is None:
        return faces
    return faces.select(np.isin(faces.people, np.unique(faces.people)[:number]))
