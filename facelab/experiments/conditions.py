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
    learned : LabelledFaces
        What is learned from, with the labels that the model is told.
    test : LabelledFaces
        What is asked, with the right labels.
    photos : dict of str -> int
        How many photos of each expression are learned from, whatever label they got.
    weights : bool
        Whether each photo of a rarer expression counts more.
    """

    learned: LabelledFaces
    test: LabelledFaces
    photos: dict
    weights: bool = False


def check_condition(condition):
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


def list_expressions(condition):
    """List the expressions of a condition: all that is no option.

    Examples
    --------
    >>> list_expressions({"joy": 40, "sadness": 20, "wrong": 0.2})
    ['joy', 'sadness']
    """
    return [name for name in condition if name not in OPTIONS]


def simplify(condition):
    """Return a condition without the options that go without saying.

    Examples
    --------
    >>> simplify({"joy": 40, "sadness": 20, "wrong": 0, "by": "person"})
    {'joy': 40, 'sadness': 20}
    """
    plain = [("wrong", 0), ("by", "person"), ("balance", None)]
    return {name: value for name, value in condition.items() if (name, value) not in plain}


def draw_trial(condition, faces, seed, test_size):
    """Draw the photos of one repeat of a condition.

    Parameters
    ----------
    condition : dict
        As for `compare`.
    faces : LabelledFaces
        Where to draw from; their pictures are left out.
    seed : list of int
        The same seed draws the same test photos of an expression, whatever the condition.
    test_size : int
        The number of test photos of each expression.

    Returns
    -------
    Trial

    Raises
    ------
    ValueError
        If there are too few photos.
    """
    numbers = {name: condition[name] for name in list_expressions(condition)}
    train, test = _draw(numbers, faces, condition.get("by", "person"), seed, test_size)
    if condition.get("balance") == "drop":
        train = {name: positions[: min(numbers.values())] for name, positions in train.items()}
    learned = _take_points(faces, np.concatenate(list(train.values())))
    wrong = {option: condition[option] for option in ("of", "into") if option in condition}
    learned = learned.mislabel(condition.get("wrong", 0), seed=seed, **wrong)
    photos = {name: len(positions) for name, positions in train.items()}
    return Trial(learned, _take_points(faces, test), photos, condition.get("balance") == "weights")


def _take_points(faces, positions):
    # without pictures, which no model needs
    return LabelledFaces([None] * len(positions), faces.points[positions], faces.labels[positions])


def _draw(numbers, faces, by, seed, test_size):
    """Draw positions to train with, as a dict by expression, and to test with."""
    orders = {label: _shuffle(faces, label, seed) for label in numbers}
    test = np.concatenate([order[:test_size] for order in orders.values()])
    tested = set(faces.people[test]) - {""}
    if by == "photo" or len(set(faces.people)) == 1:
        tested = set()
    train = {}
    for label, number in numbers.items():
        left = orders[label][test_size:]
        left = np.random.default_rng([*seed, EXPRESSIONS.index(label)]).permutation(left)
        left = left[~np.isin(faces.people[left], list(tested))]
        if number > len(left):
            name = say(f"expression.{label}")
            raise Misuse(say("experiments.too_few", expression=name, found=len(left), expected=number, test=test_size))
        train[label] = left[:number]
    return train, test


def _shuffle(faces, label, seed):
    """Shuffle the positions of an expression: first one photo of each person, then a second one of each, and so on.

    The people come in the same order whatever the expression, so that a test takes few of them away from the training.
    """
    people, of_person = np.unique(faces.people, return_inverse=True)
    turns = np.random.default_rng(seed).permutation(len(people))[of_person]
    photos = np.random.default_rng([*seed, EXPRESSIONS.index(label)]).permutation(np.flatnonzero(faces.labels == label))
    photos = photos[np.argsort(turns[photos], kind="stable")]
    _, starts, of_start = np.unique(turns[photos], return_index=True, return_inverse=True)
    rounds = np.arange(len(photos)) - starts[of_start]
    return photos[np.argsort(rounds, kind="stable")]
