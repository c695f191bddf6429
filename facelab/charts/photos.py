"""Pictures of faces: a sheet of many, or one with its box and points."""

from typing import TYPE_CHECKING

import numpy as np

from facelab.charts.style import PLAIN, chart_style, check_any, make_readable, measure, new_axes

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.image import AxesImage


@chart_style()
def draw_photos(images, captions=None, columns=6, ax=None) -> "list[AxesImage]":
    """Draw photos side by side, with a caption below each.

    Parameters
    ----------
    images : sequence of arrays of shape (height, width, 3) or (height, width)
        uint8, 0..255.
    captions : sequence of str, optional
        A line or more for each; a line that is too long is cut.
    columns : int
        How many stand in a row.
    ax : matplotlib.axes.Axes, optional
        Where to draw; without it on a new one of a fitting size.

    Returns
    -------
    list of matplotlib.image.AxesImage

    Examples
    --------
    >>> [image.get_size() for image in draw_photos([np.zeros((8, 8, 3), np.uint8)] * 2, ["joy", "anger"])]
    [(8, 8), (8, 8)]
    """
    check_any(images)
    columns = min(columns, len(images))
    rows = -(-len(images) // columns)
    tallest = max(image.shape[0] / max(image.shape[:2]) for image in images)  # of a picture, where 1 is a cell's width
    lines = max((caption.count("\n") + 1 for caption in captions or ()), default=0)
    height = tallest + 0.2 * lines
    if ax is None:
        ax = new_axes(size=(2 * columns, 2 * rows * height) if columns < 6 else (12, 12 / columns * rows * height))
    ax.set(xlim=(0, columns), ylim=(rows * height, 0), aspect="equal")
    ax.set_axis_off()
    corners = [(place % columns, place // columns * height) for place in range(len(images))]
    artists = [_draw_tile(ax, image, corner, tallest) for image, corner in zip(images, corners, strict=True)]
    room = 90 * ax.figure.get_figwidth() * ax.get_position().width / columns  # 72 points an inch; a layout adds space
    size = min(15, room / 7)
    for caption, (left, top) in zip(captions or (), corners, strict=bool(captions)):
        text = "\n".join(_cut(make_readable(line), room / size - 0.5) for line in caption.split("\n"))
        ax.text(left + 0.5, top + tallest - 0.02, text, ha="center", va="top", size=size)
    return artists


@chart_style()
def draw_face(ax, image, box=None, points=None) -> "list[Artist]":
    """Draw a photo with a face's box and points upon it; returns what was drawn, as a list.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    image : array of shape (height, width, 3) or None
        uint8, 0..255; None adds box and points to what is there.
    box : (x, y, width, height), optional
        In pixels of the image.
    points : array of shape (n, 2) or (n, 3), optional
        In pixels of the image; x and y are drawn.

    Examples
    --------
    >>> len(draw_face(new_axes(), np.zeros((40, 40, 3), np.uint8), box=(5, 5, 20, 20)))
    2
    """
    from matplotlib import patches, patheffects

    artists = []
    if image is not None:
        artists.append(ax.imshow(image))
        ax.set_axis_off()
    if box is not None:
        x, y, width, height = box
        frame = patches.Rectangle((x, y), width, height, fill=False, edgecolor="white", linewidth=3)
        frame.set_path_effects([patheffects.withStroke(linewidth=6, foreground=PLAIN)])  # stands out on any photo
        artists.append(ax.add_patch(frame))
    if points is not None:
        x, y = np.asarray(points).T[:2]
        artists.append(ax.scatter(x, y, s=6, color="white", edgecolors=PLAIN, linewidths=0.5))
    return artists


def _cut(text, most):
    """Cut a text that is wider than `most` Hangul letters."""
    while measure(text) > most:
        text = text[:-2] + "…"
    return text


def _draw_tile(ax, image, corner, tallest):
    """Draw an image as large as fits, in the middle of a cell, 1 wide and `tallest` high, given by its upper left."""
    height, width = 0.94 * np.array(image.shape[:2]) / max(image.shape[:2])
    left, top = corner[0] + (1 - width) / 2, corner[1] + (tallest - height) / 2
    return ax.imshow(image, extent=(left, left + width, top + height, top), cmap="gray", vmin=0, vmax=255)
