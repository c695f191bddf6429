"""Charts of numbers: percentages, counts, confusions, and the scores of repeated runs."""

from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from facelab.charts.dots import count_room, draw_dots, find_size, pile
from facelab.charts.style import (
    EXPRESSION_COLOURS,
    EXPRESSION_MARKERS,
    INK,
    NAME_SIZE,
    PALE,
    PLAIN,
    WRONG,
    chart_style,
    check_any,
    draw_mark,
    measure,
    name_label,
    wrap,
    write_title,
)
from facelab.language import say

if TYPE_CHECKING:
    from matplotlib.collections import PathCollection
    from matplotlib.container import BarContainer
    from matplotlib.image import AxesImage


@chart_style()
def draw_bars(ax, values, highlight=None, limit=None, unit="%", title=None) -> "BarContainer":
    """Draw a lying bar for each number, which stands behind it with two decimals.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    values : dict of str to float
        Numbers of 0 or more by label; an expression's key is shown as its word, in its colour.
    highlight : str, optional
        The label that counts; the other bars are drawn pale.
    limit : float, optional
        Where to draw a broken line that says "limit".
    unit : str
        What stands behind each number; "%" makes the axis end at 100.
    title : str, optional
        What the bars say, in a few words.

    Returns
    -------
    matplotlib.container.BarContainer

    Examples
    --------
    >>> from facelab.charts import new_axes
    >>> bars = draw_bars(new_axes(), {"joy": 75.0, "anger": 25.0}, highlight="joy", limit=60)
    >>> [bar.get_width() for bar in bars]
    [75.0, 25.0]
    """
    bars = _draw_rows(ax, values)
    for row, number in enumerate(values.values()):
        _write_behind(ax, row, f"{number:.2f}{unit}")
    if unit == "%":
        ax.set(xlim=(0, 100), xticks=range(0, 101, 20))
        ax.xaxis.set_major_formatter("{x:g}%")
    if limit is not None:
        draw_mark(ax, limit, say("charts.limit", limit=f"{limit:g}{unit}"))
    for bar, label in zip(bars, values, strict=True):
        bar.set_alpha(1 if highlight in (None, label) else 0.45)
    if title is not None:
        write_title(ax, title)
    return bars


@chart_style()
def draw_counts(ax, counts) -> "BarContainer":
    """Draw a lying bar for each count, a dict of label to whole number; returns the bars.

    Examples
    --------
    >>> from facelab.charts import new_axes
    >>> bars = draw_counts(new_axes(), {"joy": 40, "sadness": 20})
    >>> [bar.get_width() for bar in bars]
    [40, 20]
    """
    bars = _draw_rows(ax, counts)
    ax.bar_label(bars, padding=6, size=16, weight="bold")
    ax.xaxis.set_visible(False)  # each bar says its number
    ax.spines["bottom"].set_visible(False)
    return bars


@chart_style()
def draw_matrix(ax, matrix, row_names, column_names) -> "AxesImage":
    """Draw a confusion matrix: what the labels say downwards, what the model answers to the right.

    Right answers are blue, wrong ones orange, and the darker the larger their share of the row.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    matrix : array of shape (rows, columns)
        Counts, 0 or more.
    row_names, column_names : sequence of str
        An expression's key is shown as its word.

    Returns
    -------
    matplotlib.image.AxesImage

    Examples
    --------
    >>> from facelab.charts import new_axes
    >>> draw_matrix(new_axes(), [[8, 0], [2, 6]], ["joy", "anger"], ["joy", "anger"]).get_size()
    (2, 2)
    """
    matrix = np.asarray(matrix)
    shares = matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
    right = np.equal.outer(np.array(row_names), np.array(column_names))
    colours = _mix(right, shares)
    image = ax.imshow(colours, aspect="auto")
    for (row, column), count in np.ndenumerate(matrix):
        dark = colours[row, column] @ (0.2126, 0.7152, 0.0722) < 0.5
        colour = "white" if dark else INK if count else PALE
        ax.text(column, row, f"{count:g}", ha="center", va="center", size=22, color=colour)
    ax.grid(False)
    for ends, draw in zip(matrix.shape, (ax.axhline, ax.axvline), strict=True):
        for between in range(1, ends):
            draw(between - 0.5, color=PALE, linewidth=0.5)
    ax.tick_params(length=0)
    ax.spines[:].set(visible=True, linewidth=0.5)
    ax.set_xticks(range(len(column_names)), [name_label(name) for name in column_names])
    ax.set_yticks(range(len(row_names)), [name_label(name) for name in row_names])
    ax.set(xlabel=say("charts.answer"), ylabel=say("charts.label"))
    return image


@chart_style()
def draw_spread(ax, groups, intervals=None, baseline=None) -> "list[PathCollection]":
    """Draw the scores of repeated runs, a row for each group: every run as a dot, below them the mean in its interval.

    The interval tells how far the mean would move if the same runs were repeated; the dots tell how far a single run
    may lie from it. Runs with the same score stand together, so that each can be counted.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    groups : dict of str, or of tuple of str, to array of shape (runs,)
        Scores, 0..1, by name; they are written in percent. A name that is or ends in an expression has its colour.
    intervals : dict of name to (float, float), optional
        Where the mean of each group may lie, 0..1.
    baseline : float or sequence of float, optional
        The score of guessing, 0..1, drawn as a broken line; if it differs, that of each group.

    Returns
    -------
    list of matplotlib.collections.PathCollection
        The dots of each group.

    Examples
    --------
    >>> from facelab.charts import new_axes
    >>> dots = draw_spread(new_axes(), {"20": [0.5, 0.75, 0.75], "60": [0.75, 1.0, 1.0]}, baseline=0.5)
    >>> len(dots[0].get_offsets())
    3
    """
    check_any(groups)
    ax.set(xlim=(-4, 106), xticks=range(0, 101, 20))
    wide, tall = np.multiply(count_room(ax), (0.85, 1 / len(groups)))  # names stand before, means behind
    size = find_size(groups.values(), wide, 0.6 * tall)
    dots = [
        _draw_group(ax, row, name, np.asarray(groups[name]), (intervals or {}).get(name), (wide, tall), size)
        for row, name in enumerate(groups)
    ]
    if np.ndim(baseline):
        for row, share in enumerate(baseline):
            _draw_own_mark(ax, row, share)
    elif baseline is not None:
        draw_mark(ax, baseline * 100, say("charts.baseline", share=f"{baseline * 100:.3g}"))
    _name_rows(ax, groups)
    ax.xaxis.set_major_formatter("{x:g}%")
    return dots


def _draw_rows(ax, values):
    """Draw lying bars, the first on top."""
    check_any(values)
    colours = [EXPRESSION_COLOURS.get(label, PLAIN) for label in values]
    bars = ax.barh(range(len(values)), list(values.values()), color=colours, height=0.7)
    ax.set_xlim(0, 1.2 * max(1, *values.values(), 0))
    _name_rows(ax, values)
    return bars


def _name_rows(ax, names):
    """Name each row; what several neighbours share stands once, to the left of them."""
    last = [name_label(name[-1] if isinstance(name, tuple) else name) for name in names]
    ax.set_yticks(range(len(names)), [wrap(name, 18) for name in last])
    ax.set_ylim(len(names) - 0.5, -0.5)
    ax.tick_params(axis="y", length=0)
    ax.grid(False, axis="y")
    shared = [name[:-1] if isinstance(name, tuple) else () for name in names]
    if any(shared):
        _name_blocks(ax, shared, room=max(map(measure, last)))


def _name_blocks(ax, names, room):
    """Name each block of rows with the same name, `room` Hangul letters to the left of the ax; a line parts them."""
    blocks = [(name, len(list(rows))) for name, rows in groupby(names)]
    ends = np.cumsum([rows for _, rows in blocks])
    for end in ends[:-1]:
        ax.axhline(end - 0.5, color=PALE, linewidth=1)
    left = ax.secondary_yaxis("left")  # an axis of its own, so that the layout keeps room for it
    middles = [end - (rows + 1) / 2 for end, (_, rows) in zip(ends, blocks, strict=True)]
    left.set_yticks(middles, [wrap(name_label(name), 13) for name, _ in blocks])
    left.tick_params(length=0, pad=(room + 1.5) * NAME_SIZE)
    left.spines["left"].set_visible(False)


def _draw_group(ax, row, name, scores, interval, room, size):
    """Draw a row: its dots stand on the interval of their mean, which is written behind them."""
    label = name[-1] if isinstance(name, tuple) else name
    colour, marker = EXPRESSION_COLOURS.get(label, PLAIN), EXPRESSION_MARKERS.get(label, "o")
    wide, tall = np.divide(room, size)
    across, up = pile(scores, wide, 0.6 * tall).T
    dots = draw_dots(ax, scores * 100 + across * 110 / wide, row + 0.14 - up / tall, colour, marker, size)
    low, high = np.clip(np.multiply(interval or (scores.mean(),) * 2, 100), 0, 100)
    ax.plot([low, high], [row + 0.34] * 2, color=INK, linewidth=5, solid_capstyle="butt")
    ax.plot(
        scores.mean() * 100, row + 0.34, marker="|", color=INK, markersize=min(15, 2.4 * room[1]), markeredgewidth=4
    )
    _write_behind(ax, row, say("charts.mean", share=f"{scores.mean() * 100:.1f}"))
    return dots


def _write_behind(ax, row, text):
    """Write what counts in a row at its right end, where it neither covers nor is struck out."""
    place = {"xycoords": ax.get_yaxis_transform(), "textcoords": "offset points", "xytext": (10, 0), "va": "center"}
    ax.annotate(text, (1, row), **place, weight="bold")


def _draw_own_mark(ax, row, share):
    """Draw the score of guessing in one row, with its words to the left, where few dots are."""
    ax.plot([share * 100] * 2, [row - 0.45, row + 0.45], color=INK, linestyle="--", linewidth=2)
    words = say("charts.baseline", share=f"{share * 100:.3g}")
    place = {"textcoords": "offset points", "xytext": (-6, -2), "va": "top", "ha": "right"}
    ax.annotate(words, (share * 100, row - 0.45), **place, size=14)


def _mix(right, shares):
    """Mix a cell's colour, (rows, columns, 3) in 0..1: blue if right, orange if wrong, on white by its share."""
    from matplotlib.colors import to_rgb

    full = np.where(right[:, :, np.newaxis], to_rgb(PLAIN), to_rgb(WRONG))
    return 1 - shares[:, :, np.newaxis] * (1 - full)
