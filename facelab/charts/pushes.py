"""What pushes towards an answer and what away from it, marked on a face."""

from typing import TYPE_CHECKING

from facelab.charts.style import INK, PLAIN, WRONG, chart_style, check_any, make_readable, wrap, write_title

if TYPE_CHECKING:
    from matplotlib.container import BarContainer


@chart_style()
def draw_pushes(ax, image, boxes, pushes, sides, title="") -> "BarContainer":
    """Draw a face with boxes on it, and beside it a bar for each push: to the right if towards, to the left if away.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
    image : array of shape (height, width, 3), uint8, or None
        The face; None leaves the whole room to the bars.
    boxes : sequence of (left, top, right, bottom) or None
        What is marked on the face for each push, in pixels; None marks nothing.
    pushes : dict of str -> float
        By the words that stand before the bar, on one line or more.
    sides : (str, str)
        What the left and the right side mean.
    title : str
        What the bars say.

    Returns
    -------
    matplotlib.container.BarContainer

    Examples
    --------
    >>> from facelab.charts import new_axes
    >>> bars = draw_pushes(new_axes(), None, [None, None], {"eyes": -0.5, "lips": 2.0}, ("no", "yes"))
    >>> [bar.get_width() for bar in bars]
    [-0.5, 2.0]
    """
    check_any(pushes)
    ax.set_axis_off()
    write_title(ax, title)
    if image is not None:
        _draw_marked(ax.inset_axes([0, 0, 0.36, 1]), image, boxes, list(pushes.values()))
    room = 0.36 if image is not None else 0.0
    return _draw_bars(ax.inset_axes([room + 0.27, 0.14, 0.73 - room, 0.86]), pushes, sides)


def _draw_marked(ax, image, boxes, pushes):
    """Draw the face with its boxes: the farther a part pushes, the thicker; broken if it pushes away."""
    from matplotlib import patches, patheffects

    ax.imshow(image)
    ax.set_axis_off()
    ax.set_anchor("N")
    most = max(1e-9, *map(abs, pushes))
    for box, push in zip(boxes, pushes, strict=True):
        if box is not None:
            left, top, right, bottom = box
            thickness = 2 + 5 * abs(push) / most
            frame = patches.Rectangle((left, top), right - left, bottom - top, fill=False, linewidth=thickness)
            frame.set(edgecolor=_colour(push), linestyle="-" if push >= 0 else "--")
            frame.set_path_effects([patheffects.withStroke(linewidth=thickness + 3, foreground="white")])
            ax.add_patch(frame)


def _draw_bars(ax, pushes, sides):
    values = list(pushes.values())
    bars = ax.barh(range(len(values)), values, color=list(map(_colour, values)))
    most = max(1e-9, *map(abs, values))
    ax.set(xlim=(-1.45 * most, 1.45 * most), ylim=(len(values) - 0.5, -0.5))
    ax.bar_label(bars, [f"{push:+.2f}".replace("-", "−") for push in values], padding=5, size=16, weight="bold")
    ax.axvline(0, color=INK, linewidth=2)
    ax.set_yticks(range(len(values)), [make_readable(name) for name in pushes], linespacing=1.4)
    ax.set_xticks([-0.75 * most, 0.75 * most], [wrap(make_readable(side), 13) for side in sides])
    ax.tick_params(length=0)
    ax.spines["left"].set_visible(False)
    ax.grid(False)
    return bars


def _colour(push):
    return PLAIN if push >= 0 else WRONG
