"""Curves: how one number follows from another."""

from typing import TYPE_CHECKING

import numpy as np

from facelab.charts.dots import count_room, draw_dots, pile
from facelab.charts.style import INK, PAPER, PLAIN, chart_style, check_any, draw_mark
from facelab.language import say

if TYPE_CHECKING:
    from matplotlib.collections import PathCollection
    from matplotlib.lines import Line2D


@chart_style()
def draw_curve(ax, groups, intervals=None, baseline=None) -> "Line2D":
    """Draw a learning curve: means over the numbers of photos, with their intervals, and beside each its runs as dots.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    groups : dict of float to array of shape (runs,)
        Scores, 0..1, by number of photos; they are written in percent.
    intervals : dict of float to (float, float), optional
        Where the mean of each number of photos may lie, 0..1.
    baseline : float, optional
        The score of guessing, 0..1, drawn as a broken line.

    Returns
    -------
    matplotlib.lines.Line2D
        The line through the means.

    Examples
    --------
    >>> from facelab.charts import new_axes
    >>> line = draw_curve(new_axes(), {5: [0.5, 0.75], 20: [0.75, 1.0]}, baseline=0.5)
    >>> line.get_ydata().tolist()
    [62.5, 87.5]
    """
    check_any(groups)
    numbers = sorted(groups)
    means = [np.mean(groups[number]) * 100 for number in numbers]
    (line,) = ax.plot(numbers, means, color=INK, linewidth=3, marker="o", markersize=9)
    ax.set(ylim=(-2, 104), yticks=range(0, 101, 20))
    _name_numbers(ax, numbers, means)
    wide, tall = count_room(ax)
    start, end = np.log(ax.get_xlim())
    step = (end - start) / wide  # from one dot to the next
    for number, gap in zip(numbers, np.diff(np.log(numbers), append=end) / step, strict=True):
        scores = np.asarray(groups[number])
        above, side = (pile(scores, tall, np.clip(gap - 3.5, 2, 9)) * (106 / tall, step)).T
        draw_dots(ax, number * np.exp(2 * step + side), scores * 100 + above, PLAIN)
        if intervals and number in intervals:
            low, high = np.clip(np.multiply(intervals[number], 100), 0, 100)
            ax.plot([number, number], [low, high], color=INK, linewidth=6)
    if baseline is not None:
        ax.axhline(baseline * 100, color=INK, linestyle="--", linewidth=2)
        text = say("charts.baseline", share=f"{baseline * 100:.3g}")
        place = {"xycoords": ax.get_yaxis_transform(), "textcoords": "offset points", "xytext": (0, 5)}
        ax.annotate(text, (0.99, baseline * 100), **place, ha="right", va="bottom")
    return line


@chart_style()
def draw_reliability(ax, groups) -> "PathCollection":
    """Draw how often a model is right against how sure it is; on the diagonal it is right as often as it says.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    groups : pandas.DataFrame
        A row for each group of answers that are about as sure: their mean `confidence`, the share `right` with its
        interval from `low` to `high`, all 0..1, and the number of `photos`, which is written below.

    Returns
    -------
    matplotlib.collections.PathCollection
        The dots.

    Examples
    --------
    >>> import pandas
    >>> from facelab.charts import new_axes
    >>> groups = pandas.DataFrame({"confidence": [0.6], "right": [0.75], "low": [0.41], "high": [0.93], "photos": [8]})
    >>> draw_reliability(new_axes(), groups).get_offsets().tolist()
    [[60.0, 75.0]]
    """
    check_any(groups)
    ax.plot([0, 100], [0, 100], color=INK, linestyle="--", linewidth=2)
    sure, right = groups["confidence"] * 100, groups["right"] * 100
    ax.vlines(sure, groups["low"] * 100, groups["high"] * 100, color=PLAIN, linewidth=4)
    dots = ax.scatter(sure, right, s=120, color=PLAIN, zorder=3)
    for across, low, photos in zip(sure, groups["low"] * 100, groups["photos"], strict=True):
        place = {"textcoords": "offset points", "xytext": (0, -4), "ha": "center", "va": "top", "bbox": PAPER}
        ax.annotate(str(photos), (across, low), **place, size=14, zorder=5)
    ax.text(4, 96, say("charts.modest"), va="top")
    ax.text(99, 4, say("charts.boastful"), ha="right")
    ax.set(xlim=(0, 105), ylim=(0, 105), xlabel=say("charts.confidence"), ylabel=say("charts.right"))
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter("{x:g}%")
    return dots


@chart_style()
def draw_coverage(ax, table, threshold) -> "list[Line2D]":
    """Draw what a threshold costs and brings: the share of photos that get an answer, and of these the share right.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    table : pandas.DataFrame
        For each threshold in percent (the index) the shares `answered` and `right`, 0..1; `right` may be missing where
        nothing is answered.
    threshold : float
        The one in use, in percent, drawn as a broken line.

    Returns
    -------
    list of matplotlib.lines.Line2D
        Of the answered and of the right ones.

    Examples
    --------
    >>> import pandas
    >>> from facelab.charts import new_axes
    >>> table = pandas.DataFrame({"answered": [1.0, 0.5], "right": [0.8, 0.9]}, index=[0, 60])
    >>> [line.get_ydata().tolist() for line in draw_coverage(new_axes(), table, 60)]
    [[100.0, 50.0], [80.0, 90.0]]
    """
    check_any(table)
    lines = []
    for name, colour in (("answered", INK), ("right", PLAIN)):
        shares = (table[name] * 100).dropna()
        lines += ax.plot(shares.index, shares, color=colour, linewidth=4)
        place = {"textcoords": "offset points", "xytext": (10, 0), "va": "center", "color": colour, "weight": "bold"}
        ax.annotate(say(f"charts.{name}"), (shares.index[-1], shares.iloc[-1]), **place, annotation_clip=False)
    draw_mark(ax, threshold, say("charts.limit", limit=f"{threshold:g}%"))
    ax.set(ylim=(0, 105), xlim=(0, 100), xlabel=say("charts.threshold"))
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter("{x:g}%")
    return lines


def _name_numbers(ax, numbers, means):
    """Name the numbers below, and above each its mean, where no dot can be."""
    from matplotlib.ticker import NullLocator

    ax.set_xscale("log")  # from 5 to 10 photos is as large a step as from 50 to 100
    ax.xaxis.set_minor_locator(NullLocator())
    ax.set_xticks(numbers, [f"{number:g}" for number in numbers])
    ax.set_xlim(numbers[0] * 0.8, numbers[-1] * 1.6)
    ax.yaxis.set_major_formatter("{x:g}%")
    ax.set_xlabel(say("charts.photos"))
    above = ax.secondary_xaxis("top")
    words = [say("charts.mean", share=f"{mean:.1f}").replace(" ", "\n") for mean in means]
    raised, width = False, 0.085 * np.diff(np.log(ax.get_xlim())).item()  # as wide as a mean is written
    for place in range(1, len(words)):  # of close ones every second stands higher
        raised = not raised and np.log(numbers[place] / numbers[place - 1]) < width
        words[place] += "\n\n" if raised else ""
    above.set_xticks(numbers, words)
    above.tick_params(which="both", length=0, labelsize=15)
    above.spines["top"].set_visible(False)
    for label in above.get_xticklabels():
        label.set_weight("bold")
