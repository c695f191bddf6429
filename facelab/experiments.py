"""Experiments: train again and again under several conditions, and see how the results spread."""

from dataclasses import dataclass
from numbers import Integral
from typing import TYPE_CHECKING

import numpy as np

from facelab.dataset import EXPRESSIONS, check_expression
from facelab.language import Misuse, say
from facelab.model import expression_model

if TYPE_CHECKING:
    import pandas

OPTIONS = ("wrong", "by")


@dataclass(repr=False)
class Comparison:
    """The result of an experiment.

    Attributes
    ----------
    table : pandas.DataFrame
        One row for each condition, repeat and expression: how many photos the model learned from (train_photos) and was
        tested on (test_photos), how many of these it got right, their share (recall), and the share of right answers
        over all expressions of that repeat (accuracy).

    Examples
    --------
    >>> import facelab
    >>> conditions = {"right": {"joy": 20, "sadness": 20}, "wrong": {"joy": 20, "sadness": 20, "wrong": 0.5}}
    >>> result = facelab.compare(conditions, facelab.load_sample(), repeats=5, progress=False)
    >>> bool(result.means["right"] > result.means["wrong"])
    True
    """

    table: "pandas.DataFrame"

    def __repr__(self):
        return self.message

    @property
    def accuracies(self):
        """The accuracy of each repeat, as a dict of condition -> array of shape (repeats,)."""
        once = self.table.drop_duplicates(["condition", "repeat"])
        return {name: part["accuracy"].to_numpy() for name, part in once.groupby("condition", sort=False)}

    @property
    def means(self):
        """The mean accuracy of each condition, as a pandas.Series."""
        import pandas

        return pandas.Series({name: values.mean() for name, values in self.accuracies.items()}, name="accuracy")

    @property
    def baseline(self):
        """The accuracy of guessing among the expressions of each condition, as a pandas.Series."""
        return 1 / self.table.groupby("condition", sort=False)["expression"].nunique().rename("baseline")

    @property
    def message(self):
        """What the repeats show, as a sentence: how often the best condition did better than the worst."""
        accuracies, means = self.accuracies, self.means
        best, worst = means.idxmax(), means.idxmin()
        values = {"repeats": len(accuracies[best]), "mean": _percent(means[best])}
        if len(means) == 1:
            low, high = accuracies[best].min(), accuracies[best].max()
            return say("experiments.one_condition", **values, low=_percent(low), high=_percent(high))
        if means[best] == means[worst]:
            return say("experiments.no_difference", **values)
        wins = int((accuracies[best] > accuracies[worst]).sum())
        return say("experiments.result", **values, wins=wins, best=best, worst=worst, worst_mean=_percent(means[worst]))

    def plot(self, ax=None, by=None):
        """Draw every repeat with mean and interval, beside the baseline; returns the comparison itself.

        Parameters
        ----------
        ax : matplotlib.axes.Axes, optional
            Where to draw.
        by : {None, "expression"}
            "expression" draws the recall of each expression under each condition instead of the accuracy.
        """
        from facelab.charts import draw_spread, new_axes

        groups = self.accuracies
        if by == "expression":
            parts = self.table.groupby(["condition", "expression"], sort=False)["recall"]
            groups = {names: part.to_numpy() for names, part in parts}
        draw_spread(new_axes(ax, size=(8, 1 + 0.9 * len(groups))), groups, baseline=float(self.baseline.max()))
        return self


def compare(conditions, faces, repeats=30, seed=0, test_size=8, progress=True):
    """Train and test a model again and again under several conditions.

    In each repeat the same photos are kept for testing whatever the condition, and no person of theirs is learned from
    (unless all photos are of one person). The work goes through joblib, so that a cluster can take it over.

    Parameters
    ----------
    conditions : dict of str -> dict
        For each condition the number of photos to learn from, such as ``{"joy": 40, "sadness": 20}``. Besides,
        ``"wrong": 0.2`` gives this share of them a wrong label, and ``"by": "photo"`` allows the same people in
        training and test.
    faces : LabelledFaces
        Where the photos are drawn from.
    repeats : int
        How often.
    seed : int
        The same seed gives the same result.
    test_size : int
        The number of test photos of each expression.
    progress : bool
        Whether to show a progress bar.

    Returns
    -------
    Comparison

    Raises
    ------
    ValueError
        If a condition names something unknown, fewer than two expressions, or more photos than there are, or if a
        number is none from 1 on.

    Examples
    --------
    >>> import facelab
    >>> conditions = {"balanced": {"joy": 20, "sadness": 20}, "imbalanced": {"joy": 30, "sadness": 5}}
    >>> result = compare(conditions, facelab.load_sample(), repeats=3, progress=False)
    >>> result.table.shape
    (12, 8)
    """
    import pandas
    from joblib import Parallel, delayed
    from threadpoolctl import threadpool_limits
    from tqdm.auto import tqdm

    _check_numbers(repeats=repeats, test_size=test_size)
    for condition in conditions.values() or [{}]:
        _check_condition(condition)
    tasks = [(name, repeat) for repeat in range(repeats) for name in conditions]
    parallel = Parallel(return_as="generator")  # how many at once, and where, is for joblib.parallel_config to say
    results = parallel(
        delayed(_run)(name, conditions[name], faces.points, faces.labels, faces.people, repeat, seed, test_size)
        for name, repeat in tasks
    )
    with threadpool_limits(1, user_api="blas"):  # these matrices are so small that more threads only get in the way
        rows = [row for rows in tqdm(results, total=len(tasks), disable=not progress) for row in rows]
    rows.sort(key=lambda row: list(conditions).index(row["condition"]))
    return Comparison(pandas.DataFrame(rows))


def _percent(share):
    return f"{100 * share:.1f}"


def _check_condition(condition):
    expressions = [name for name in condition if name not in OPTIONS]
    for name in expressions:
        check_expression(name)
    if len(expressions) < 2:
        raise Misuse(say("experiments.one_expression", found=", ".join(expressions) or "-"))
    if condition.get("by", "person") not in ("photo", "person"):
        raise Misuse(say("dataset.unknown_split", found=repr(condition["by"])))
    if not 0 <= condition.get("wrong", 0) <= 1:
        raise Misuse(say("dataset.wrong_share", found=str(condition["wrong"])))
    _check_numbers(**{name: condition[name] for name in expressions})


def _check_numbers(**numbers):
    for name, number in numbers.items():
        if not isinstance(number, Integral) or number < 1:
            raise Misuse(say("experiments.wrong_number", name=name, found=str(number)))


def _run(name, condition, points, labels, people, repeat, seed, test_size):
    """Train and test once; returns one row of the table for each expression."""
    from facelab.dataset import LabelledFaces

    numbers = {label: number for label, number in condition.items() if label not in OPTIONS}
    train, test = _draw(numbers, labels, people, condition.get("by", "person"), [seed, repeat], test_size)
    learned = LabelledFaces([None] * len(train), points[train], labels[train])
    learned = learned.mislabel(condition.get("wrong", 0), seed=[seed, repeat])
    right = _train_and_ask(learned, points[test]) == labels[test]
    return [
        {
            "condition": name,
            "repeat": repeat,
            "expression": label,
            "train_photos": number,
            "test_photos": test_size,
            "right": int(right[labels[test] == label].sum()),
            "recall": float(right[labels[test] == label].mean()),
            "accuracy": float(right.mean()),
        }
        for label, number in numbers.items()
    ]


def _train_and_ask(learned, points):
    if len(learned.counts()) == 1:  # wrong labels may leave one expression alone: whoever knows but one always says it
        return np.full(len(points), learned.labels[0])
    return expression_model().fit(learned.points, learned.labels).predict(points)


def _draw(numbers, labels, people, by, seed, test_size):
    """Draw positions to train and to test with; an expression's test photos do not depend on the condition."""
    orders = {
        label: np.random.default_rng([*seed, EXPRESSIONS.index(label)]).permutation(np.flatnonzero(labels == label))
        for label in EXPRESSIONS
    }
    test = np.concatenate([orders[label][:test_size] for label in numbers])
    tested = set(people[test]) - {""}
    if by == "photo" or len(set(people)) == 1:
        tested = set()
    train = []
    for label, number in numbers.items():
        left = [position for position in orders[label][test_size:] if people[position] not in tested]
        if number > len(left):
            name = say(f"expression.{label}")
            raise Misuse(say("experiments.too_few", expression=name, found=len(left), expected=number, test=test_size))
        train.extend(left[:number])
    return np.array(train), test
