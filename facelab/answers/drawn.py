"""The charts that a pupil has made: small pictures in the pupil's folder, without any photo, the newest only.

The kernel loads this as an extension (setup/ipython): a chart counts as the pupil's own if the cell that drew it is not
one that stands in the lessons just so. The experiments with dials hand over theirs themselves.
"""

import hashlib
import io
import json
from base64 import b64decode
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from facelab.files import is_link, write_atomically
from facelab.private import is_chart

MOST = 12  # charts are kept
COLOURS = 64  # which a chart does with; it takes a third of the room then
CAPTION = "Description"  # under this name a PNG file tells what its picture shows


def load_ipython_extension(shell) -> None:
    """Let a shell of IPython keep the charts that the pupil's own cells draw."""
    formatter = shell.display_formatter
    write = formatter.format

    def keep(shown, include=None, exclude=None):
        data, metadata = write(shown, include=include, exclude=exclude)
        picture = data.get("image/png")
        if picture and is_chart(shown) and is_own(shell.user_ns.get("In", [""])[-1]):
            with suppress(OSError, ValueError):  # that no copy can be kept must not take the chart from view
                keep_chart(picture if isinstance(picture, bytes) else b64decode(picture), tell_title(shown))
        return data, metadata

    formatter.format = keep


def is_own(cell: str) -> bool:
    """Tell whether a cell is not one of the lessons, word for word.

    Examples
    --------
    >>> is_own("facelab.exercises.progress()"), is_own("facelab.load_sample().plot()  # mine")
    (False, True)
    """
    return "".join(cell.split()) not in _list_lesson_cells()


def tell_title(figure) -> str:
    """Return what a figure says of itself, on one line."""
    titles = [ax.get_title(loc) for ax in figure.get_axes() for loc in ("center", "left")]
    return " ".join(" ".join(filter(None, titles)).split())


def keep_chart(png: bytes, caption: str) -> None:
    """Keep a chart among the pupil's own; the same one again only becomes the newest, and the oldest go.

    Parameters
    ----------
    png : bytes
        The picture, which must show no face.
    caption : str
        What it shows, in words.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    from facelab.dataset.mine import MyData

    folder = MyData().chart_folder
    if is_link(folder):
        return
    told, small = PngInfo(), io.BytesIO()
    told.add_itxt(CAPTION, caption)
    Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS).save(small, "png", optimize=True, pnginfo=told)
    digest = hashlib.sha256(png).hexdigest()[:12]
    name = f"{datetime.now():%Y-%m-%d-%H%M%S-%f}-{digest}.png"
    write_atomically(folder / name, small.getvalue())
    others = sorted(path for path in folder.glob("*.png") if path.name != name)
    same = [path for path in others if path.stem.endswith(digest)]
    for path in [*same, *[path for path in others if path not in same][: 1 - MOST]]:
        path.unlink(missing_ok=True)


def list_charts(folder: Path) -> list[tuple[Path, str]]:
    """List the charts of a folder with what they show, oldest first; what is no picture is left out."""
    from PIL import Image

    charts = []
    for path in sorted(path for path in Path(folder).glob("*.png") if not is_link(path))[-MOST:]:
        with suppress(OSError, ValueError, SyntaxError), Image.open(path, formats=["PNG"]) as picture:
            picture.load()
            charts.append((path, str(picture.text.get(CAPTION, ""))))
    return charts


@lru_cache(maxsize=1)
def _list_lesson_cells():
    """Return the code of all cells of the lessons, without spaces."""
    from facelab.dataset.lessons import NOTEBOOKS

    notebooks = [json.loads(path.read_text(encoding="utf-8")) for path in NOTEBOOKS.glob("*/*.ipynb")]
    cells = [cell for notebook in notebooks for cell in notebook["cells"] if cell["cell_type"] == "code"]
    return {"".join("".join(cell["source"]).split()) for cell in cells}
