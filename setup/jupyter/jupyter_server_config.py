"""What JupyterLab's server needs that JSON cannot say."""

import os

from facelab.dataset.mine import MyData
from facelab.language import use_language
from facelab.private import strip_pictures
from setup.labextensions import share


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


c = get_config()  # noqa: F821
use_language(os.environ.get("FACELAB_LANGUAGE", "ko"))
c.FileContentsManager.pre_save_hook = strip
c.LabServerApp.labextensions_path = c.LabApp.labextensions_path = [os.fspath(share() / "labextensions")]
c.LabApp.schemas_dir = os.fspath(share() / "lab" / "schemas")
c.LabApp.themes_dir = os.fspath(share() / "lab" / "themes")
