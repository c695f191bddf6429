"""The experiments of the lessons: which conditions stand side by side, with the numbers that each begins with."""

from itertools import combinations

from facelab.checks import EXPRESSIONS
from facelab.experiments.conditions import check_condition, list_expressions
from facelab.language import Misuse, say

# Each makes conditions of two expressions, as `compare` takes them.
PLANS = {
    "wrong_labels": lambda one, other: [{one: 20, other: 20, "wrong": share / 10} for share in range(6)],
    "one_sided": lambda one, other: [  # as many wrong labels on both sides together as on one side
        {one: 20, other: 20, "wrong": 0},
        {one: 20, other: 20, "wrong": 0.2},
        {one: 20, other: 20, "wrong": 0.4, "of": other, "into": one},
    ],
    "imbalance": lambda one, other: [{one: 30, other: 30}, {one: 40, other: 20}],
    "strong_imbalance": lambda one, other: [{one: 20, other: 20}, {one: 36, other: 4}],
    "remedies": lambda one, other: [
        {one: 36, other: 4},
        {one: 36, other: 4, "balance": "drop"},
        {one: 36, other: 4, "balance": "weights"},
        {one: 36, other: 36},
    ],
    "pairs": lambda one, other: [
        *([] if "joy" in (one, other) else [{"joy": 20, other: 20}]),  # the easy pair, unless it is the one asked about
        {one: 20, other: 20},
        {one: 35, other: 35},
    ],
    "all_pairs": lambda one, other: [dict.fromkeys(pair, 20) for pair in combinations(EXPRESSIONS, 2)],
    "amount": lambda one, other: [{one: number, other: number} for number in (20, 60)],
    "learning_curve": lambda one, other: [{one: number, other: number} for number in (5, 10, 20, 40, 70, 100)],
    "split": lambda one, other: [{one: 16, other: 16, "by": "photo"}],
    "leak": lambda one, other: [{**dict.fromkeys(EXPRESSIONS, 15), "by": by} for by in ("photo", "person")],
}
PAIRS = {"one_sided": ("joy", "anger"), "pairs": ("surprise", "anger"), "amount": ("joy", "anger")}


def plan(name, first=None, second=None) -> dict[str, dict]:
    """Return the conditions of an experiment, ready for `compare`, each under a name in the chosen language.

    Parameters
    ----------
    name : str
        "wrong_labels", "one_sided", "imbalance", "strong_imbalance", "remedies", "pairs", "all_pairs", "amount",
        "learning_curve", "split" or "leak".
    first, second : str, optional
        Which two expressions; by default those of the lessons, mostly joy and sadness. "all_pairs" and "leak" always
        take all five.

    Returns
    -------
    dict of str -> dict
        Change its numbers as you like, or add conditions.

    Raises
    ------
    ValueError
        If there is no such experiment or expression, or both expressions are the same.

    Examples
    --------
    >>> plan("imbalance")
    {'기쁨 30 · 슬픔 30': {'joy': 30, 'sadness': 30}, '기쁨 40 · 슬픔 20': {'joy': 40, 'sadness': 20}}
    """
    if name not in PLANS:
        raise Misuse(say("plans.unknown", found=repr(name), expected=", ".join(PLANS)))
    pair = get_pair(name)
    conditions = PLANS[name](first or pair[0], second or pair[1])
    for condition in conditions:
        check_condition(condition)
    return dict(zip(name_conditions(conditions), conditions, strict=True))


def get_pair(name) -> tuple[str, str]:
    """Return the two expressions with which the lessons make an experiment."""
    return PAIRS.get(name, ("joy", "sadness"))


def name_conditions(conditions) -> list[str]:
    """Name each of some conditions by what sets it apart from the others, as a list of str.

    Examples
    --------
    >>> name_conditions([{"joy": 20, "sadness": 20, "wrong": 0}, {"joy": 20, "sadness": 20, "wrong": 0.2}])
    ['틀린 라벨 0%', '틀린 라벨 20%']
    """
    said = {option for condition in conditions for option in condition}
    silent = {option: value for option, value in (("wrong", 0), ("by", "person")) if option in said}
    conditions = [silent | condition for condition in conditions]
    numbers = [{name: condition[name] for name in list_expressions(condition)} for condition in conditions]
    even = len({tuple(each) for each in numbers}) == 1 and all(len(set(each.values())) == 1 for each in numbers)
    parts = [
        [_name_numbers(each, even), *_name_options(condition)]
        for each, condition in zip(numbers, conditions, strict=True)
    ]
    common = set.intersection(*map(set, parts))
    return [" · ".join([part for part in each if part not in common] or each) for each in parts]


def _name_numbers(numbers, even):
    if even:
        return say("plans.each", number=next(iter(numbers.values())))
    return " · ".join(f"{say(f'expression.{name}')} {number}" for name, number in numbers.items())


def _name_options(condition):
    """List the options of a condition in words."""
    if {"of", "into"} <= condition.keys():
        names = {option: say(f"expression.{condition[option]}") for option in ("of", "into")}
        yield say("plans.one_sided", share=f"{100 * condition['wrong']:g}", **names)
    elif "of" in condition:
        yield say("plans.wrong_of", share=f"{100 * condition['wrong']:g}", of=say(f"expression.{condition['of']}"))
    elif "wrong" in condition:
        yield say("plans.wrong", share=f"{100 * condition['wrong']:g}")
    if "by" in condition:
        yield say(f"plans.{condition['by']}")
    if "balance" in condition:
        yield say(f"plans.{condition['balance']}")
