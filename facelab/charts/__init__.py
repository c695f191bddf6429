"""How the kit draws: numbers and an ax go in, what was drawn comes out.

Every function sets the kit's style while it draws and leaves matplotlib's settings as they were.
"""

from facelab.charts.curves import draw_coverage, draw_curve, draw_reliability
from facelab.charts.photos import draw_face, draw_photos
from facelab.charts.pushes import draw_pushes
from facelab.charts.scores import draw_bars, draw_counts, draw_matrix, draw_spread
from facelab.charts.style import (
    EXPRESSION_COLOURS,
    EXPRESSION_MARKERS,
    chart_style,
    encode_png,
    new_axes,
    save_chart,
    write_title,
)
from facelab.charts.tables import draw_picture_table
from facelab.charts.tree_diagram import draw_tree

__all__ = [
    "EXPRESSION_COLOURS",
    "EXPRESSION_MARKERS",
    "chart_style",
    "draw_bars",
    "draw_counts",
    "draw_coverage",
    "draw_curve",
    "draw_face",
    "draw_matrix",
    "draw_photos",
    "draw_picture_table",
    "draw_pushes",
    "draw_reliability",
    "draw_spread",
    "draw_tree",
    "encode_png",
    "new_axes",
    "save_chart",
    "write_title",
]
