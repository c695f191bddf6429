"""How JupyterLab's server reads and writes lessons; it never writes one of its own accord."""

from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager

from facelab.dataset.mine import MyData
from facelab.private import WIDGET, strip_pictures


class Lessons(AsyncLargeFileManager):
    """Reads notebooks without the widgets of last time: their Python is gone, and all one would see is an error."""

    def __init__(self, **settings):
        super().__init__(**settings)
        self._read, self._dead = set(), set()  # paths that this server has read, and widgets from before it started

    async def get(self, path, content=True, **others):
        model = await super().get(path, content=content, **others)
        if model["type"] == "notebook" and model["content"]:
            cells = [cell for cell in model["content"]["cells"] if cell.get("outputs")]
            if path not in self._read:
                self._read.add(path)
                self._dead |= {widget_of(output) for cell in cells for output in cell["outputs"]} - {None}
            for cell in cells:
                cell["outputs"] = [output for output in cell["outputs"] if widget_of(output) not in self._dead]
        return model


def widget_of(output):
    """Return what tells the widget in an output from others, or None if there is none."""
    return output.get("data", {}).get(WIDGET, {}).get("model_id")


def strip(model, **_):
    """Before a notebook is saved, take the pictures of faces out of it."""
    notebook = model.get("content")
    if model["type"] != "notebook" or not notebook:
        return
    try:
        strip_pictures(notebook, MyData().folder)
    except Exception:  # whatever is wrong with it: Jupyter would save it all the same
        for cell in notebook["cells"]:
            cell.update({"outputs": []} if "outputs" in cell else {})
