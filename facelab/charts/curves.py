"""Curves: how one number follows from another."""

import numpy as np

from facelab.charts.style import INK, PLAIN, chart_style, check_any
from facelab.language import say


@chart_style()
def draw_curve(ax, groups, baseline=None):
    """Draw a learning curve: every run as a dot over its number of photos, their means joined, with 95 % intervals.

    The intervals are found by drawing again from the runs 2,000 times (the percentile bootstrap of B. Efron).

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    groups : dict of float to array of shape (runs,)
        Scores, 0..1, by number of photos; they are written in percent.
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
    generator = np.random.default_rng(0)
    for number in numbers:
        _draw_runs(ax, number, np.asarray(groups[number]) * 100, generator)
    means = [np.mean(groups[number]) * 100 for number in numbers]
    (line,) = ax.plot(numbers, means, color=INK, linewidth=3, marker="o", markersize=9)
    for number, mean in zip(numbers, means, strict=True):
        place = {"textcoords": "offset points", "xytext": (0, -12), "ha": "center", "va": "top"}
        ax.annotate(f"{mean:.1f}", (number, mean), **place, size=14, bbox=_PAPER, zorder=5)
    if baseline is not None:
        ax.axhline(baseline * 100, color=INK, linestyle="--", linewidth=2)
        text = say("charts.baseline", share=f"{baseline * 100:.3g}")
        ax.text(0.99, baseline * 100, text, transform=ax.get_yaxis_transform(), ha="right", va="bottom")
    _name_numbers(ax, numbers)
    return line


_PAPER = {
    "facecolor": "white",
    "edgecolor": "none",
    "pad": 1,
    "alpha": 0.8,
}  # a line behind a number would strike it out


def _draw_runs(ax, number, scores, generator):
    """Draw dots beside each other, or equal scores would hide, and the interval of their mean."""
    across = number * np.exp(generator.uniform(-0.06, 0.06, len(scores)))
    ax.scatter(across, scores, s=45, color=PLAIN, alpha=0.4, linewidths=0)
    means = generator.choice(scores, (2000, len(scores))).mean(axis=1)
    ax.plot([number, number], np.percentile(means, [2.5, 97.5]), color=INK, linewidth=6, solid_capstyle="butt")


def _name_numbers(ax, numbers):
    from matplotlib.ticker import NullLocator

    ax.set_xscale("log")  # from 5 to 10 photos is as large a step as from 50 to 100
    ax.xaxis.set_minor_locator(NullLocator())
    ax.set_xticks(numbers, [f"{number:g}" for number in numbers])
    ax.yaxis.set_major_formatter("{x:g} %")
    ax.set_xlabel(say("charts.photos"))
