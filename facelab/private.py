"""Faces stay out of saved notebooks: a picture that is no chart is seen as long as the page is open, and not kept.

The kernel marks its charts, as IPython loads this as an extension (setup/ipython); the server takes every other picture
out of what it saves (setup/jupyter). What carries no mark goes, so that a forgotten case is no leak.
"""

import os
import re
from pathlib import Path

from facelab.language import say

MARK = "facelab"  # in an output's metadata
KEEP = "keep_pictures.txt"  # in the pupil's folder: there if the pupil wants pictures to be saved
FEW = 400  # values that can be a table drawn in colours, but hardly a face
WIDGET = "application/vnd.jupyter.widget-view+json"

_TEXTS = {"text/plain", "text/latex"}
_PICTURE = re.compile(r"<\s*(img|svg|image|canvas|picture|video|iframe|object|embed)\b|data:image|base64|url\(", re.I)


def load_ipython_extension(shell):
    """Let a shell of IPython mark the charts among what it shows."""
    formatter = shell.display_formatter
    write = formatter.format

    def mark(shown, include=None, exclude=None):
        data, metadata = write(shown, include=include, exclude=exclude)
        if is_chart(shown):
            metadata = {**metadata, MARK: "chart"}
        return data, metadata

    formatter.format = mark


def is_chart(shown: object) -> bool:
    """Tell whether something is a matplotlib figure with no photo in it.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> figure = Figure()
    >>> artists = figure.subplots().plot([1, 2])
    >>> is_chart(figure)
    True
    >>> artist = figure.gca().imshow([[0] * 320] * 320)
    >>> is_chart(figure), is_chart("a text")
    (False, False)
    """
    if not hasattr(shown, "findobj") or not hasattr(shown, "get_axes"):
        return False
    arrays = [artist.get_array() for artist in shown.findobj(lambda artist: hasattr(artist, "get_array"))]
    return all(array is None or array.size <= FEW for array in arrays)


def strip_pictures(notebook: dict, folder: Path) -> None:
    """Take out of a notebook that is about to be saved every picture that is no chart; a sentence stays in its place.

    Parameters
    ----------
    notebook : dict
        The notebook's content, as JSON has it; changed in place.
    folder : path
        The pupil's folder, where it may be written that pictures are to be kept.

    Examples
    --------
    >>> output = {"output_type": "display_data", "data": {"image/png": "aGVsbG8="}, "metadata": {}}
    >>> notebook = {"cells": [{"cell_type": "code", "outputs": [output]}]}
    >>> strip_pictures(notebook, getfixture("tmp_path"))
    >>> list(notebook["cells"][0]["outputs"][0]["data"])
    ['text/plain']
    """
    notebook.get("metadata", {}).pop("widgets", None)
    keep = os.path.exists(Path(folder) / KEEP)
    for cell in notebook.get("cells", ()):
        cell.pop("attachments", None)  # pasted pictures
        if "outputs" in cell:
            cell["outputs"] = [_without_picture(output, keep) for output in cell["outputs"]]


def _without_picture(output, keep):
    """Return what of an output is saved: itself, or a sentence in its place."""
    data = output.get("data", {})
    if keep or output.get("metadata", {}).get(MARK) == "chart" or not any(map(_is_picture, data, data.values())):
        return output
    return {"output_type": "display_data", "metadata": {}, "data": {"text/plain": say("private.not_kept")}}


def _is_picture(kind, content):
    if kind in _TEXTS or kind == WIDGET:  # which names a widget and holds nothing of what it shows
        return False
    if kind in ("text/html", "text/markdown"):
        return bool(_PICTURE.search("".join(content)))
    return kind != "application/json"
