"""The style of all charts: colours, the Hangul font, large letters. Nothing else in the kit knows them."""

import io
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING

import numpy as np

from facelab.files import write_atomically
from facelab.language import Misuse, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

# After the palette by M. Okabe and K. Ito (2008), which colour-blind eyes can tell apart; each as bright as no other,
# so that a print in black and white keeps them apart, too. Markers say the same without any colour.
EXPRESSION_COLOURS = {
    "joy": "#E8A81C",
    "sadness": "#00609C",
    "surprise": "#CE82AE",
    "anger": "#BC4B06",
    "neutral": "#858585",
}
EXPRESSION_MARKERS = {"joy": "^", "sadness": "v", "surprise": "o", "anger": "s", "neutral": "D"}

INK = "#222222"
PALE = "#888888"
PLAIN = "#0A6AA6"  # darker than what is wrong, so that these two differ in black and white, too
WRONG = "#D55E00"
PAPER = {"facecolor": "white", "edgecolor": "none", "pad": 1}  # for a number: a line behind it would strike it out

NAME_SIZE = 16  # of what stands before a row

_FONTS = ["NanumGothic", "DejaVu Sans"]  # the second, matplotlib's own, has what the first lacks: ✓, −, some faces
_STYLE = {
    "font.family": _FONTS,
    "font.size": 15,
    "axes.titlesize": 18,
    "axes.titleweight": "bold",
    "axes.unicode_minus": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": PALE,
    "axes.labelcolor": INK,
    "axes.axisbelow": True,
    "axes.grid": True,
    "grid.color": "#E4E4E4",
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.labelsize": 14,
    "ytick.labelsize": NAME_SIZE,
    "figure.constrained_layout.use": True,
    "savefig.dpi": 150,
}


@contextmanager
def chart_style() -> Iterator[None]:
    """Draw in the kit's style inside a ``with`` block: large letters, Hangul, a light grid. Then all is as before.

    Raises ValueError if the Hangul font is not installed.

    Examples
    --------
    >>> from matplotlib import pyplot
    >>> with chart_style():
    ...     figure, ax = pyplot.subplots()
    ...     title = ax.set_title("표정")
    >>> title.get_fontfamily()[0]
    'NanumGothic'
    >>> pyplot.close(figure)
    """
    import matplotlib

    _load_fonts()
    before = {name: matplotlib.rcParams[name] for name in _STYLE}
    matplotlib.rcParams.update(_STYLE)
    try:  # not rc_context: it would also undo what a notebook switches on with its first figure
        yield
    finally:
        matplotlib.rcParams.update(before)


@chart_style()
def new_axes(ax=None, size=(8, 4.5)) -> "Axes":
    """Make an empty ax in the kit's style, `size` (width, height) inches; an ax that is given comes back as it is.

    Examples
    --------
    >>> ax = new_axes(size=(6, 4))
    >>> [float(length) for length in ax.figure.get_size_inches()]
    [6.0, 4.0]
    >>> new_axes(ax) is ax
    True
    """
    from matplotlib import pyplot

    if ax is None:
        ax = pyplot.subplots(figsize=size)[1]
        ax.tick_params(labelfontfamily=_FONTS)  # matplotlib writes most of these numbers later, when the style is gone
    return ax


@chart_style()
def write_title(ax, sentence) -> "Text":
    """Write the chart's message above it in large letters, on more lines if it is long; returns the text.

    Examples
    --------
    >>> write_title(new_axes(), "학습한 사진이 많을수록 잘 맞혀요").get_fontsize()
    18.0
    """
    room = ax.figure.get_figwidth() * 72 / _STYLE["axes.titlesize"]  # 72 points an inch
    words = re.sub("[‘“].*?[’”]", lambda name: _hold(name[0], room / 2), make_readable(sentence))
    lines = wrap(words, room).count("\n") + 1
    even = next(most for most in np.linspace(room / lines, room, 20) if wrap(words, most).count("\n") < lines)
    return ax.set_title(wrap(words, even), pad=14, linespacing=1.4)


@lru_cache(maxsize=1)
def _load_fonts():
    """Tell matplotlib of the Hangul font; return the letters that can be drawn.

    The font lies in the package koreanize-matplotlib, which itself cannot be imported on Python 3.12.
    """
    import matplotlib
    from matplotlib.font_manager import fontManager
    from matplotlib.ft2font import FT2Font

    package = find_spec("koreanize_matplotlib")
    if package is None:
        raise Misuse(say("charts.no_font"))
    fonts = Path(package.origin).with_name("fonts")
    signs = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
    for name in ("NanumGothic.ttf", "NanumGothicBold.ttf"):
        fontManager.addfont(fonts / name)
    # Its bold calls itself less than bold; looked for and not found, matplotlib would say so beside each chart.
    fontManager.ttflist[-1] = replace(fontManager.ttflist[-1], weight="bold")
    codes = [*FT2Font(str(fonts / name)).get_charmap(), *FT2Font(str(signs)).get_charmap()]
    return {"\n", *map(chr, codes)}


def make_readable(text) -> str:
    """Mend a text for drawing: a Mac's split Hangul is joined, a letter that no font has becomes a box."""
    letters = _load_fonts()
    return "".join(letter if letter in letters else "□" for letter in unicodedata.normalize("NFC", str(text)))


def measure(text) -> float:
    """Tell a text's width, counted in Hangul letters: most others are little more than half as wide."""
    return sum(1 if unicodedata.east_asian_width(letter) in "WF" else 0.62 for letter in text)


def wrap(text, most) -> str:
    """Break a text that is wider than `most` Hangul letters into lines, between words but not beside a number."""
    width = max(1, int(len(text) * most / max(most, measure(text))))
    held = re.sub(r"(?<=\w) (?=\d)|(?<=\d) (?=[\w%])", "\N{NO-BREAK SPACE}", text)
    return fill(held, width, break_long_words=False, break_on_hyphens=False)


def _hold(name, most):
    """Keep a name on one line, unless it is wider than `most` Hangul letters."""
    return name.replace(" ", "\N{NO-BREAK SPACE}") if measure(name) <= most else name


def name_label(label) -> str:
    """Return how a label is written: an expression as its word, a tuple of labels with colons between them."""
    if isinstance(label, tuple):
        return ": ".join(map(name_label, label))
    return say(f"expression.{label}") if label in EXPRESSION_COLOURS else make_readable(label)


def encode_png(figure) -> bytes:
    """Turn a figure into the bytes of a PNG file, and close it, else a notebook would show it a second time.

    Examples
    --------
    >>> encode_png(new_axes().figure)[1:4]
    b'PNG'
    """
    from matplotlib import pyplot

    content = io.BytesIO()
    figure.savefig(content, format="png", dpi=120, bbox_inches="tight")
    pyplot.close(figure)
    return content.getvalue()


@chart_style()
def save_chart(plot, path, **options) -> None:
    """Draw a chart anew and save it as a file, for a poster or a report.

    Parameters
    ----------
    plot : function
        What draws it: the `plot` of a result, without brackets; it returns what keeps its `figure_`.
    path : str or Path
        Where to; the ending ``.png``, ``.svg`` or ``.pdf`` chooses the format.
    **options
        What `plot` shall be called with.

    Raises
    ------
    ValueError
        If the ending is another, nothing was drawn, or `plot` was called already.

    Examples
    --------
    >>> import facelab, tempfile
    >>> path = Path(tempfile.mkdtemp()) / "joy.svg"
    >>> save_chart(facelab.load_sample().take(joy=2).plot, path, columns=2)
    >>> path.read_bytes()[:5]
    b'<?xml'
    """
    from matplotlib import pyplot

    if not callable(plot):
        raise Misuse(say("charts.brackets", found=type(plot).__name__))
    form = Path(path).suffix.lower().removeprefix(".")
    if form not in ("png", "svg", "pdf"):
        raise Misuse(say("charts.wrong_ending", found=repr(str(path))))
    figure = getattr(plot(**options), "figure_", None)
    if figure is None:
        raise Misuse(say("charts.no_plot"))
    content = io.BytesIO()
    figure.savefig(content, format=form, bbox_inches="tight")
    pyplot.close(figure)
    write_atomically(Path(path), content.getvalue())


def check_any(values) -> None:
    """Raise a ValueError that says so if there is nothing to draw."""
    if len(values) == 0:
        raise Misuse(say("charts.nothing"))


def draw_mark(ax, x, text) -> None:
    """Draw an upright broken line that says what it is at its upper end."""
    ax.axvline(x, color=INK, linestyle="--", linewidth=2)
    above = ax.secondary_xaxis("top")  # an axis of its own, so that a title keeps clear of the text
    above.set_xticks([x], [text])
    above.tick_params(length=0)
    above.spines["top"].set_visible(False)
