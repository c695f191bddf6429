"""What may stand in a condition of an experiment, and which photos are drawn for it."""

from dataclasses import dataclass

import numpy as np

from facelab.checks import EXPRESSIONS, check_expression, check_share, check_split, check_whole, show
from facelab.dataset.labelled import LabelledFaces
from facelab.language import Misuse, say

OPTIONS = ("wrong", "of", "into", "by", "balance")
BALANCES = ("weights", "drop")


@dataclass
class Trial:
    """One training and its test.

    Attributes
    ----------
    train : LabelledFaces
        What is learned from, with the labels that the model is told.
    test : LabelledFaces
        What is asked, with the right labels.
    photos : dict of str -> int
        How many photos of each expression are learned from, whatever label they got.
    weights : bool
        Whether each photo of a rarer expression counts more.
    """

    train: LabelledFaces
    test: LabelledFaces
    photos: dict[str, int]
    weights: bool = False


def check_condition(condition) -> None:
    """Raise a ValueError that says what to write instead if a condition cannot be run with any photos."""
    if not isinstance(condition, dict):
        raise Misuse(say("experiments.no_condition", found=show(condition)))
    expressions = list_expressions(condition)
    for name in expressions:
        check_expression(name)
    if len(expressions) < 2:
        raise Misuse(say("experiments.one_expression", found=", ".join(expressions) or "-"))
    check_split(condition.get("by", "person"))
    if condition.get("balance", "drop") not in BALANCES:
        raise Misuse(say("experiments.unknown_balance", found=repr(condition["balance"])))
    check_share(condition.get("wrong", 0))
    for option in ("of", "into"):
        if condition.get(option, expressions[0]) not in expressions:
            values = {"option": option, "found": repr(condition[option]), "expected": ", ".join(expressions)}
            raise Misuse(say("experiments.not_in_condition", **values))
    check_whole(**{name: condition[name] for name in expressions})


def list_expressions(condition) -> list[str]:
    """List the expressions of a condition: all that is no option.

    Examples
    --------
    >>> list_expressions({"joy": 40, "sadness": 20, "wrong": 0.2})
    ['joy', 'sadness']
    """
    return [name for name in condition if name not in OPTIONS]


def simplify(condition) -> dict:
    """Return a condition without the options that go without saying.

    Examples
    --------
    >>> simplify({"joy": 40, "sadness": 20, "wrong": 0, "by": "person"})
    {'joy': 40, 'sadness': 20}
    """
    plain = [("wrong", 0), ("by", "person"), ("balance", None)]
    return {name: value for name, value in condition.items() if (name, value) not in plain}


def draw_trial(condition, faces, seed, test_size) -> Trial:
    """Draw the photos of one repeat of a condition; all but the seed, a list of int, is as for `compare`.

    The same seed draws the same test photos of an expression, whatever the condition.
    """
    numbers = {name: condition[name] for name in list_expressions(condition)}
    train, test = _draw(numbers, faces, condition.get("by", "person"), seed, test_size)
    if condition.get("balance") == "drop":
        train = {name: positions[: min(numbers.values())] for name, positions in train.items()}
    wrong = {option: condition[option] for option in ("of", "into") if option in condition}
    told = take_points(faces, np.concatenate(list(train.values())))
    told = told.mislabel(condition.get("wrong", 0), seed=seed, **wrong)
    photos = {name: len(positions) for name, positions in train.items()}
    return Trial(told, take_points(faces, test), photos, condition.get("balance") == "weights")


def take_points(faces, positions) -> LabelledFaces:
    """Return the faces at some positions without their pictures, which no model needs, and without their people."""
    return LabelledFaces([None] * len(positions), faces.points[positions], faces.labels[positions])


def _draw(numbers, faces, by, seed, test_size):
    """Draw positions to train with, as a dict by expression, and to test with.

    The people come in the same order whatever the expression, so that a test takes few of them away from the training.
    """
    people, of_person = np.unique(faces.people, return_inverse=True)
    turns = np.random.default_rng(seed).permutation(len(people))[of_person]
    seeds = {label: [*seed, EXPRESSIONS.index(label)] for label in numbers}
    orders = {label: _shuffle(np.flatnonzero(faces.labels == label), turns, seeds[label]) for label in numbers}
    if by == "person" and len(people) > 1:
        orders = {label: _ask_half(order, turns < len(people) // 2, test_size) for label, order in orders.items()}
    test = np.concatenate([order[:test_size] for order in orders.values()])
    tested = [] if by == "photo" or len(people) == 1 else list(set(faces.people[test]) - {""})
    train = {}
    for label, number in numbers.items():
        left = np.random.default_rng(seeds[label]).permutation(orders[label][test_size:])
        left = left[~np.isin(faces.people[left], tested)]
        if number > len(left):
            name = say(f"expression.{label}")
            raise Misuse(say("experiments.too_few", expression=name, found=len(left), expected=number, test=test_size))
        train[label] = left[:number]
    return train, test


def _ask_half(order, may_be_asked, test_size):
    """Put the photos for the test first, of half of the people as far as these go: others are left to learn from."""
    first = np.flatnonzero(may_be_asked[order])[:test_size]
    return np.concatenate([order[first], np.delete(order, first)])


def _shuffle(photos, turns, seed):
    """Shuffle positions: first one photo of each person, in the order of their turns, then a second one, and so on."""
    import pandas

    photos = np.random.default_rng(seed).permutation(photos)
    rounds = pandas.Series(photos).groupby(turns[photos], sort=False).cumcount()
    return photos[np.lexsort([turns[photos], rounds])]
