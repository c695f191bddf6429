"""Take the widgets of last time out of the lessons: their Python is gone, and all one would see is an error."""

import json
from contextlib import suppress
from pathlib import Path

from jupyter_server.serverapp import list_running_servers

LESSONS = Path(__file__).parents[2] / "notebooks"


def is_widget(output):
    return "application/vnd.jupyter.widget-view+json" in output.get("data", {})


def forget_widgets(path):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    shown = [cell for cell in notebook["cells"] if any(map(is_widget, cell.get("outputs", ())))]
    for cell in shown:
        cell.update(outputs=[], execution_count=None)
    notebook["metadata"].pop("widgets", None)
    if shown:
        path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if not any(list_running_servers()):  # else the lessons may be open, and the widgets alive
    for lesson in LESSONS.glob("*/*.ipynb"):
        with suppress(OSError, ValueError, LookupError, AttributeError):  # JupyterLab tells when it is opened
            forget_widgets(lesson)
