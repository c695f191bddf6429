"""What an experiment showed: every repeat in a table, the sentence that it supports, and the chart."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from facelab.checks import check_choice
from facelab.experiments.intervals import mean_interval
from facelab.language import Misuse, say

if TYPE_CHECKING:
    import numpy
    import pandas

WAYS = (None, "expression", "photos")  # to look at a comparison
CEILING = 0.97  # from which scores are so close to full marks that their difference tells little


class Effect(NamedTuple):
    """How much better one condition did than another in the same repeats.

    Attributes
    ----------
    mean, low, high : float
        The mean difference of their scores, -1 to 1, and its 95 % interval.
    wins, ties, repeats : int
        In how many repeats it did better, and as well, and how many there were.
    """

    mean: float
    low: float
    high: float
    wins: int
    ties: int
    repeats: int


def measure_effect(differences, picked_from=1) -> Effect:
    """Return the Effect that differences of scores show, an array of shape (repeats,).

    Its interval is that of `mean_interval`, wider if the difference was picked as the largest of several.

    Examples
    --------
    >>> import numpy
    >>> effect = measure_effect(numpy.array([0.25, 0.0, 0.5, 0.25]))
    >>> effect.mean, effect.wins, effect.ties
    (0.25, 3, 1)
    """
    low, high = mean_interval(differences, picked_from)
    wins, ties = int((differences > 0).sum()), int((differences == 0).sum())
    return Effect(float(differences.mean()), low, high, wins, ties, len(differences))


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
    _drawn_by = None  # the way it was drawn last

    def __repr__(self):
        return self.message

    @property
    def accuracies(self) -> "dict[str, numpy.ndarray]":
        """The accuracy of each repeat, as a dict of condition -> array of shape (repeats,)."""
        once = self.table.drop_duplicates(["condition", "repeat"])
        return {name: part["accuracy"].to_numpy() for name, part in once.groupby("condition", sort=False)}

    @property
    def recalls(self) -> "dict[tuple[str, str], numpy.ndarray]":
        """The recall in each repeat, as a dict of (condition, expression) -> array of shape (repeats,)."""
        parts = self.table.groupby(["condition", "expression"], sort=False)["recall"]
        return {names: part.to_numpy() for names, part in parts}

    @property
    def means(self) -> "pandas.Series":
        """The mean accuracy of each condition, as a pandas.Series."""
        import pandas

        return pandas.Series({name: values.mean() for name, values in self.accuracies.items()}, name="accuracy")

    @property
    def worst(self) -> str:
        """The condition with the lowest mean accuracy."""
        return self.means.idxmin()

    @property
    def baseline(self) -> "pandas.Series":
        """The accuracy of guessing among the expressions of each condition, as a pandas.Series."""
        return 1 / self.table.groupby("condition", sort=False)["expression"].nunique().rename("baseline")

    @property
    def _is_fair(self):
        """Whether guessing scores the same under all conditions, so that their scores can be compared."""
        return self.baseline.nunique() == 1

    def effect(self, one, other, expression=None) -> Effect:
        """Tell how much better a condition did than another, repeat by repeat.

        Parameters
        ----------
        one, other : str
            Two of the conditions.
        expression : str, optional
            Compare the recall of this expression instead of the accuracy.

        Returns
        -------
        Effect
            As `measure_effect` finds it.

        Raises
        ------
        ValueError
            If there is no such condition, or the expression was no part of it.

        Examples
        --------
        >>> import facelab
        >>> conditions = {"few": {"joy": 2, "sadness": 2}, "many": {"joy": 20, "sadness": 20}}
        >>> result = facelab.compare(conditions, facelab.load_sample(), repeats=5, progress=False)
        >>> effect = result.effect("many", "few")
        >>> effect.low <= effect.mean <= effect.high and effect.repeats == 5
        True
        """
        if expression is None:
            scores, names = self.accuracies, (one, other)
        else:
            scores, names = self.recalls, ((one, expression), (other, expression))
        for name in names:
            if name not in scores:
                raise Misuse(
                    say("experiments.unknown_condition", found=repr(name), expected=", ".join(map(str, scores)))
                )
        return measure_effect(scores[names[0]] - scores[names[1]])

    @property
    def message(self) -> str:
        """What the repeats show, in sentences: how often the best condition did better than the worst, and how far.

        The best and the worst of many lie apart by chance alone, so that of more than two the interval is wider. Once
        a chart was drawn by expression, the sentences tell of the same expression as its title.
        """
        by = self._drawn_by
        best, worst, expression = self._find_extremes(by)
        if best == worst or not self._is_fair:
            return self.headline(by)
        scores = self.accuracies if expression is None else self.recalls
        one, other = (scores[name if expression is None else (name, expression)] for name in (best, worst))
        looked_at = math.comb(len(self.means), 2) * (1 if expression is None else self.table["expression"].nunique())
        effect = measure_effect(one - other, looked_at)
        values = {"best_mean": one.mean(), "worst_mean": other.mean()}
        values |= {"difference": effect.mean, "low": effect.low, "high": effect.high}
        words = {name: _percent(value) for name, value in values.items()}
        if effect.repeats == 1:
            return f"{self.headline(by)} {say('experiments.means_once', **words)}"
        if expression is None:
            said = [self.headline(by), say("experiments.means", **words)]
        else:
            said = [self.headline(by), say("experiments.means_of", **words, faces=say(f"faces_of.{expression}"))]
        said += [say("experiments.unsure")] if effect.low <= 0 else []
        said += [say("experiments.ceiling")] if min(one.mean(), other.mean()) >= CEILING else []
        return " ".join(said)

    def headline(self, by=None) -> str:
        """Say in one sentence what the repeats show, as it stands above the chart.

        Parameters
        ----------
        by : {None, "expression", "photos"}
            "expression" tells of the expression whose recall differs most between two conditions.
        """
        check_choice("by", by, WAYS)
        if not self._is_fair:
            return say("experiments.unlike")
        best, worst, expression = self._find_extremes(by)
        values = self.accuracies[best]
        if best == worst and expression:
            return self.headline()
        if best == worst:
            mean, low, high = map(_percent, (values.mean(), values.min(), values.max()))
            key = "one_condition" if len(self.means) == 1 else "no_difference"
            return say(f"experiments.{key}", repeats=len(values), mean=mean, low=low, high=high)
        effect = self.effect(best, worst, expression)
        names = {"best": best, "worst": worst, "wins": effect.wins, "repeats": effect.repeats}
        losses = effect.repeats - effect.wins - effect.ties
        names["ties"] = say("experiments.ties", ties=effect.ties, losses=losses) if effect.ties else ""
        if expression is None:
            return say("experiments.result", **names)
        return say("experiments.result_of", **names, faces=say(f"faces_of.{expression}"))

    def _find_extremes(self, by):
        """Find the best and the worst condition, and by expression the one whose recall differs most between two."""
        if by != "expression":
            return self.means.idxmax(), self.worst, None
        recalls = self.table.groupby(["expression", "condition"], sort=False)["recall"].mean()
        spans = recalls.groupby("expression", sort=False).agg(lambda means: means.max() - means.min())
        expression = spans.idxmax()
        return recalls[expression].idxmax(), recalls[expression].idxmin(), expression

    def plot(self, ax=None, by=None) -> "Comparison":
        """Draw every repeat with mean and interval, beside the baseline; keeps `ax_` and `figure_`, returns itself.

        Parameters
        ----------
        ax : matplotlib.axes.Axes, optional
            Where to draw.
        by : {None, "expression", "photos"}
            "expression" draws the recall of each expression under each condition instead of the accuracy, "photos" the
            accuracy over the number of photos of an expression that were learned from: a learning curve.
        """
        from facelab.charts import draw_curve, draw_spread, new_axes, write_title

        check_choice("by", by, WAYS)
        baseline = float(self.baseline.max()) if self._is_fair else None
        if by == "photos":
            ax = new_axes(ax, size=(10, 5.5))
            photos = self.table.groupby("condition", sort=False)["train_photos"].mean()
            if not photos.is_unique:
                raise Misuse(say("experiments.same_photos"))
            runs = {photos[name]: values for name, values in self.accuracies.items()}
            draw_curve(ax, runs, _find_intervals(runs), baseline)
        else:
            groups = self.recalls if by == "expression" else self.accuracies
            rows = len(groups)
            ax = new_axes(ax, size=(10, min(1.6 + 0.9 * rows, 4 + 0.2 * rows)))  # ten still fit on a screen
            guessing = [self.baseline[name[0] if by == "expression" else name] for name in groups]
            draw_spread(ax, groups, _find_intervals(groups), baseline or guessing)
        write_title(ax, self.headline(by))
        self.ax_, self.figure_, self._drawn_by = ax, ax.figure, by
        return self


def _find_intervals(groups):
    """Return the interval of the mean of each group; of one run there is none, and of two it would span nearly all."""
    return {name: mean_interval(scores) for name, scores in groups.items() if len(scores) > 2}


def _percent(share):
    return f"{100 * share:.1f}".replace("-", "\N{MINUS SIGN}")
