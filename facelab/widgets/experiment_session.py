"""The experiments that the dials change: which conditions stand side by side, and what came out."""

from collections import Counter
from typing import NamedTuple

import numpy as np

from facelab.checks import EXPRESSIONS
from facelab.experiments.compare import NEW_PHOTOS, compare, pick_best
from facelab.experiments.comparison import Comparison
from facelab.experiments.conditions import list_expressions, simplify
from facelab.experiments.plans import get_pair, name_conditions, plan
from facelab.language import Misuse, say

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

    Raises
    ------
    ValueError
        If the faces are too few for this experiment.
    """

    def __init__(self, faces, kind="wrong_labels", repeats=None):
        self.kind, self.settings = kind, KINDS[kind]
        self.faces = _take_people(faces, self.settings.people)
        self.repeats = repeats or REPEATS
        self.models = 10
        if len(self.expressions) < 2:
            raise Misuse(say("experiment.too_few", test=self.settings.test_size))
        self.clear()

    def clear(self):
        """Forget all conditions."""
        self.conditions, self._result = [], None

    def most_photos(self, expression):
        """Tell how many photos of an expression are left to train with.

        The test takes some, and of a person in the test no other photo is learned from.
        """
        groups = {frozenset(self.faces.people[self.faces.labels == label]) for label in self.faces.counts()}
        photos = Counter(self.faces.people[self.faces.labels == expression])
        if len(frozenset().union(*groups)) == 1:  # then nobody is left out
            return max(0, photos.total() - self.settings.test_size)
        tests = min(2, len(groups))  # the same people are asked for each expression, unless some have no photo of one
        return max(0, photos.total() - tests * self.settings.test_size * max(photos.values(), default=0))

    @property
    def expressions(self):
        """The expressions of which there are photos to train with."""
        return [key for key in EXPRESSIONS if self.most_photos(key) > 0]

    def first_view(self):
        """Return the conditions of the lessons, with other expressions or fewer photos where these are missing."""
        if self.kind == "pick_best":
            conditions = [dict(zip(self._choose_two(PICK), PICK.values(), strict=True))]
        else:
            conditions = plan(self.kind, *self._choose_two(get_pair(self.kind))).values()
        fitted = [self._fit(condition) for condition in conditions]
        several = [condition for condition in fitted if len(list_expressions(condition)) > 1]
        return [condition for place, condition in enumerate(several) if condition not in several[:place]]

    def _choose_two(self, wanted):
        there = self.expressions
        return [*dict.fromkeys([key for key in wanted if key in there] + there)][:2]

    def _fit(self, condition):
        """Take what there is of the photos of a condition."""
        options = {key: value for key, value in condition.items() if key not in EXPRESSIONS}
        asked = {key: condition[key] for key in condition if key in self.expressions}
        there = {key: min(number, self.most_photos(key)) for key, number in asked.items()}
        if len(set(asked.values())) == 1:  # then they shall stay equal
            there = dict.fromkeys(there, min(there.values()))
        return there | options

    def begin(self, conditions):
        """Take these conditions instead of all others; if one of them cannot be added, everything stays as it was."""
        before = self.conditions, self._result
        self.clear()
        try:
            for condition in conditions:
                self.add(condition)
        except ValueError:
            self.conditions, self._result = before
            raise

    def add(self, condition):
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

    def run(self, stop=None):
        """Compare all conditions; `stop` is asked after each repeat, with their number, whether to end here."""
        settings = {"repeats": self.repeats, "progress": False, "stop": stop}
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
    def comparison(self):
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
    def by(self):
        """How the chart is drawn; a learning curve only while nothing but the number of photos differs."""
        if self.settings.by != "photos":
            return self.settings.by
        plain = all(list_expressions(each) == [*each] and len(set(each.values())) == 1 for each in self.conditions)
        alike = len({tuple(each) for each in self.conditions}) == 1
        return "photos" if plain and alike and len(self.conditions) > 1 else None


def can_run(faces, kind):
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
