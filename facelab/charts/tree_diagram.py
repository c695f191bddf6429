"""Trees of questions, from left to right."""

from typing import TYPE_CHECKING

from facelab.charts.style import EXPRESSION_COLOURS, INK, PAPER, chart_style, make_readable, new_axes, wrap
from facelab.language import say

if TYPE_CHECKING:
    from matplotlib.text import Text

_STEP = 2.8  # from one question to the next; 1 is the height of an answer
_WIDE, _HIGH = 1.7, 0.72  # of an answer's box


@chart_style()
def draw_tree(tree, ax=None) -> "list[Text]":
    """Draw questions, each with its picture, two lines that lead on ("yes" upwards, "no" downwards), and the answers.

    Parameters
    ----------
    tree : (str, array of shape (height, width, 3), tree, tree) or (str, str)
        A question with its picture, what follows after yes, and after no; or an answer: an expression and its words.
    ax : matplotlib.axes.Axes, optional
        Where to draw; without it on a new one of a fitting size.

    Returns
    -------
    list of matplotlib.text.Text
        The questions and answers.

    Examples
    --------
    >>> import numpy as np
    >>> texts = draw_tree(("Smiling?", np.zeros((4, 8, 3), np.uint8), ("joy", "joy"), ("anger", "anger")))
    >>> [text.get_text() for text in texts]
    ['Smiling?', 'joy', 'anger']
    """
    rows, columns = _count_answers(tree), _count_steps(tree)
    if ax is None:
        ax = new_axes(size=(12, max(3, 0.85 * rows)))
    ax.set(xlim=(-0.95, _STEP * columns + _WIDE / 2 + 0.1), ylim=(rows - 0.5, -0.5))
    ax.set_axis_off()
    return _draw_node(ax, tree, 0, 0)[1]


def _count_answers(tree):
    return 1 if len(tree) == 2 else sum(_count_answers(branch) for branch in tree[2:])


def _count_steps(tree):
    return 0 if len(tree) == 2 else 1 + max(_count_steps(branch) for branch in tree[2:])


def _draw_node(ax, tree, first_row, step):
    """Draw a tree whose answers stand in rows from `first_row` on; returns the row of its root, and its texts."""
    if len(tree) == 2:
        return first_row, [_draw_answer(ax, *tree, step * _STEP, first_row)]
    question, image, *branches = tree
    drawn = []
    for branch in branches:
        drawn.append(_draw_node(ax, branch, first_row, step + 1))
        first_row += _count_answers(branch)
    row = (drawn[0][0] + drawn[1][0]) / 2
    for word, (goal, _) in zip(("yes", "no"), drawn, strict=True):
        _draw_line(ax, step * _STEP, row, goal, say(f"trees.{word}"))
    return row, [_draw_question(ax, question, image, step * _STEP, row), *drawn[0][1], *drawn[1][1]]


def _draw_line(ax, left, row, goal, word):
    ends = left + 0.75, left + _STEP - _WIDE / 2
    ax.plot(ends, (row, goal), color=INK, linewidth=2, zorder=1)
    ax.text(sum(ends) / 2, (row + goal) / 2, word, ha="center", va="center", size=14, bbox=PAPER, zorder=2)


def _draw_question(ax, question, image, left, row):
    from matplotlib.offsetbox import AnnotationBbox, OffsetImage, TextArea, VPacker

    text = TextArea(wrap(make_readable(question), 6), textprops={"size": 14, "multialignment": "center"})
    picture = OffsetImage(image, zoom=62 / image.shape[1])
    box = VPacker(children=[text, picture], align="center", pad=0, sep=3)
    ax.add_artist(AnnotationBbox(box, (left, row), bboxprops={"edgecolor": INK, "linewidth": 1.5}, pad=0.25))
    return text


def _draw_answer(ax, expression, words, left, row):
    from matplotlib import patches

    colour = EXPRESSION_COLOURS.get(expression, INK)
    corner = (left - _WIDE / 2, row - _HIGH / 2)
    box = patches.FancyBboxPatch(corner, _WIDE, _HIGH, boxstyle="round,pad=0,rounding_size=0.1", zorder=3)
    box.set(facecolor="white", edgecolor=colour, linewidth=4)
    ax.add_patch(box)
    return ax.text(left, row, make_readable(words), ha="center", va="center", size=14, zorder=4)
