"""How the kit draws: numbers and an ax go in, what was drawn comes out.

Every function sets the kit's style while it draws and leaves matplotlib's settings as they were.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "curves": ["draw_coverage", "draw_curve", "draw_reliability"],
        "photos": ["draw_face", "draw_photos"],
        "pushes": ["draw_pushes"],
        "scores": ["draw_bars", "draw_counts", "draw_matrix", "draw_spread"],
        "style": [
            *("EXPRESSION_COLOURS", "EXPRESSION_MARKERS", "chart_style"),
            *("encode_png", "new_axes", "save_chart", "write_title"),
        ],
        "tables": ["draw_picture_table"],
        "tree_diagram": ["draw_tree"],
    },
)
