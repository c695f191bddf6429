"""Tables of pictures: the pieces of faces in rows, with their numbers above."""

from typing import TYPE_CHECKING

import numpy as np

from facelab.charts.style import PLAIN, chart_style, check_any, make_readable, new_axes

if TYPE_CHECKING:
    from matplotlib.image import AxesImage

_GAP, _CAPTION, _NAME = 0.08, 0.22, 0.9  # between pictures, for a line below them, for a row's name; 1 is a picture


@chart_style()
def draw_picture_table(rows, column_names, captions=None, marked=None, ax=None) -> "list[AxesImage]":
    """Draw rows of pictures, with a name before each row and above each column.

    Parameters
    ----------
    rows : dict of str -> sequence of arrays of shape (height, width, 3), uint8
        As many pictures for each name as there are columns; each is drawn as wide as the others.
    column_names : sequence of str
        What stands above the columns.
    captions : sequence of sequences of str, optional
        What stands below each picture, row by row.
    marked : sequence of int, optional
        The column of each row whose picture is framed.
    ax : matplotlib.axes.Axes, optional
        Where to draw; without it on a new one of a fitting size.

    Returns
    -------
    list of matplotlib.image.AxesImage

    Examples
    --------
    >>> len(draw_picture_table({"eyes": [np.zeros((4, 8, 3), np.uint8)] * 2}, ["1", "2"], marked=[1]))
    2
    """
    check_any(rows)
    heights = [max(image.shape[0] / image.shape[1] for image in images) for images in rows.values()]
    room = _GAP + (_CAPTION if captions else 0)
    bottoms = np.cumsum([height + room for height in heights])
    width = len(column_names) * (1 + _GAP) + _NAME
    if ax is None:
        ax = new_axes(size=(11, 11 * (bottoms[-1] + 0.3) / width))
    ax.set(xlim=(-_NAME, width - _NAME), ylim=(bottoms[-1], -0.3), aspect="equal")
    ax.set_axis_off()
    for column, name in enumerate(column_names):
        ax.text(_middle(column), -0.06, make_readable(name), ha="center", va="bottom", size=17)
    artists = []
    for row, (name, images) in enumerate(rows.items()):
        bottom = bottoms[row] - room
        ax.text(-0.12, bottom - heights[row] / 2, make_readable(name), ha="right", va="center", size=17)
        artists += [_draw_picture(ax, image, column, bottom) for column, image in enumerate(images)]
        for column, caption in enumerate(captions[row] if captions else ()):
            ax.text(_middle(column), bottom + 0.03, make_readable(caption), ha="center", va="top", size=13)
        if marked:
            _draw_frame(ax, images[marked[row]], marked[row], bottom)
    return artists


def _middle(column):
    return column * (1 + _GAP) + 0.5


def _draw_picture(ax, image, column, bottom):
    left = column * (1 + _GAP)
    return ax.imshow(image, extent=(left, left + 1, bottom, bottom - image.shape[0] / image.shape[1]))


def _draw_frame(ax, image, column, bottom):
    from matplotlib import patches

    height = image.shape[0] / image.shape[1]
    corner = (column * (1 + _GAP), bottom - height)
    ax.add_patch(patches.Rectangle(corner, 1, height, fill=False, edgecolor=PLAIN, linewidth=5))
