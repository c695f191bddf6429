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
    >>> pile([0.5, 0.5, 1.0], room=20, high=5).tolist()
    [[0.0, 0.0], [0.0, 1.0], [0.0, 0.0]]
    >>> pile([0.5, 0.5, 1.0], room=20, high=1).tolist()
    [[-0.5, 0.0], [0.5, 0.0], [0.0, 0.0]]
    """
    values, which, counts = np.unique(np.round(scores, 6), return_inverse=True, return_counts=True)
    columns = np.clip(np.ceil(counts / high), 1, _find_widest(values, room))[which]
    number = np.empty(len(which))
    for value in range(len(values)):
        number[which == value] = np.arange(counts[value])
    floors = number // columns
    inside = np.minimum(columns, counts[which] - floors * columns)  # of the last floor there may be fewer
    squeeze = np.minimum(1, high / np.ceil(counts[which] / columns))
    return np.column_stack([number % columns - (inside - 1) / 2, floors * squeeze])


def find_size(groups, room, high) -> float:
    """Return how large the dots of all groups can be, 1 to 0.7, without those of the largest pile hiding each other.

    Examples
    --------
    >>> find_size([[0.5, 0.5, 1.0]], room=20, high=1), find_size([[0.5] * 5], room=20, high=2)
    (1.0, 0.8)
    """
    counted = [np.unique(np.round(scores, 6), return_counts=True) for scores in groups]
    for size in (1.0, 0.9, 0.8):
        floors = [np.ceil(max(counts) / _find_widest(values, room / size)) for values, counts in counted]
        if max(floors) <= 1.25 * high / size:  # a quarter of each may lie behind the next
            return size
    return 0.7


def _find_widest(values, room):
    """Tell how many dots may stand side by side at one of the `values`: a gap stays between two piles."""
    return max(1, int(0.8 * room * min([0.125, *np.diff(values)])))


def draw_dots(ax, across, up, colour, marker="o", size=1):
    """Draw the dots themselves; returns them."""
    return ax.scatter(across, up, s=46 * size**2, color=colour, marker=marker, zorder=3, **_MARKS)


def count_room(ax) -> tuple[float, float]:
    """Tell how many dots have room side by side, and one above the other, in an ax with words above and below."""
    width, height = ax.get_window_extent().size * 72 / ax.figure.dpi / SIZE
    return width, max(0.5 * height, 1.3 * height - 10)  # a title is as high over an ax of any height
