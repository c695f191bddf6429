"""Dots of repeated runs: those with the same score stand together in a pile, so that each can be counted."""

import numpy as np

SIZE = 8.5  # points across, with the room between two
_MARKS = {"alpha": 0.75, "linewidths": 0.5, "edgecolors": "white", "clip_on": False}  # none is cut at 0 or 100 %


def pile(scores, room, high) -> np.ndarray:
    """Return where each dot stands in the pile of its score: (dots to the right of its middle, dots above its foot).

    A pile grows in height until it is `high`, then in width as far as its neighbours leave room; what is too many even
    so moves together.

    Parameters
    ----------
    scores : array of shape (runs,)
    room : float
        How many dots have room side by side where scores differ by 1.
    high : float
        How many have room one above the other.

    Returns
    -------
    array of shape (runs, 2)

    Examples
    --------
    >>> pile([0.5, 0.5, 1.0], room=10, high=5).tolist()
    [[0.0, 0.0], [0.0, 1.0], [0.0, 0.0]]
    >>> pile([0.5, 0.5, 1.0], room=10, high=1).tolist()
    [[-0.5, 0.0], [0.5, 0.0], [0.0, 0.0]]
    """
    values, which, counts = np.unique(np.round(scores, 6), return_inverse=True, return_counts=True)
    widest = max(1, int(room * min(np.diff(values), default=1) * 0.8))  # a gap stays between two piles
    columns = np.clip(np.ceil(counts / high), 1, widest)[which]
    number = np.empty(len(which))
    for value in range(len(values)):
        number[which == value] = np.arange(counts[value])
    floors = number // columns
    inside = np.minimum(columns, counts[which] - floors * columns)  # of the last floor there may be fewer
    squeeze = np.minimum(1, high / np.ceil(counts[which] / columns))
    return np.column_stack([number % columns - (inside - 1) / 2, floors * squeeze])


def draw_dots(ax, across, up, colour, marker="o", size=1):
    """Draw the dots themselves; returns them."""
    return ax.scatter(across, up, s=46 * size**2, color=colour, marker=marker, zorder=3, **_MARKS)


def count_room(ax) -> tuple[float, float]:
    """Tell how many dots have room side by side, and one above the other, in an ax with words above and below."""
    width, height = ax.get_window_extent().size * 72 / ax.figure.dpi / SIZE
    return width, max(0.5 * height, 1.3 * height - 10)  # a title is as high over an ax of any height
