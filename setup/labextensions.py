"""Where JupyterLab finds the part of the widgets that runs in the browser."""

import os
import sys
from pathlib import Path

SETTINGS = Path(__file__).resolve().parent / "jupyter"
NEEDED = {"@jupyter-widgets/jupyterlab-manager", "anywidget"}


def share():
    """Return the environment's folder of JupyterLab's files."""
    return shorten(Path(sys.prefix, "share", "jupyter"))


def list_folders():
    """Return the folders with extensions of JupyterLab: the environment's, and the kit's own."""
    return [os.fspath(share() / "labextensions"), os.fspath(shorten(SETTINGS / "labextensions"))]


def shorten(whole):
    """Return a path relative to the project, from which everything is run.

    JupyterLab takes the path for a pattern, and cuts it at the word "schemas": whole, a path such as
    "[2학년] 수업자료" would find nothing.
    """
    return whole.relative_to(Path.cwd()) if Path.cwd() in whole.parents else whole


def insist_on_widgets():
    """End with a line that `start.py` understands unless widgets can appear."""
    if missing := missing_widgets():
        raise SystemExit("no widgets: " + ", ".join(sorted(missing)))


def missing_widgets():
    """Return the names of the extensions that JupyterLab would not load: none, if widgets can appear."""
    from jupyterlab_server.config import get_page_config

    page = get_page_config(list_folders())
    return NEEDED - {extension["name"] for extension in page["federated_extensions"]} | NEEDED & set(
        page["disabledExtensions"]
    )
