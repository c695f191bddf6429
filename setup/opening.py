"""What is done before each opening: the lessons are laid into the pupil's folder, and JupyterLab's settings with them.

All that JupyterLab and IPython ever write lies in that folder, too, so that it goes when the pupil's work goes.
"""

import contextlib
import json
import os
import shutil
import sys
from pathlib import Path
from urllib.parse import quote

from setup.environment import ENVIRONMENT
from setup.tools import PROJECT, clean_settings

SETTINGS = PROJECT / "setup" / "jupyter"
PROJECTOR = PROJECT / "setup" / "projector"  # what is different where the whole class looks on
SHORTCUTS = "@jupyterlab/shortcuts-extension/shortcuts.jupyterlab-settings"
HIDDEN = ".jupyter"  # in the pupil's folder


def jupyter_settings(language, folder, runtime):
    """Return clean environment variables in which JupyterLab has the kit's own settings and writes nowhere else.

    The folder `runtime` is for what lives as long as the server: addresses and keys, nothing of the pupil's.
    """
    own = Path(folder, HIDDEN)
    return {
        **clean_settings(os.environ),
        "FACELAB_MINE": str(folder),
        "FACELAB_LANGUAGE": language,
        "JUPYTER_CONFIG_PATH": os.pathsep.join([str(SETTINGS / language), str(SETTINGS)]),
        "JUPYTER_CONFIG_DIR": str(own / "config"),
        "JUPYTER_DATA_DIR": str(own / "data"),
        "JUPYTER_RUNTIME_DIR": str(runtime),
        "JUPYTERLAB_SETTINGS_DIR": str(own / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(own / "workspaces"),
        "IPYTHONDIR": str(own / "ipython"),
        "MPLCONFIGDIR": str(ENVIRONMENT / "matplotlib" if os.access(ENVIRONMENT, os.W_OK) else own / "matplotlib"),
    }


def find_lesson(folder, language):
    """Return the lesson to open, as an address has it: the one that was worked on last, or the first."""
    from facelab.dataset.lessons import begun_lessons

    lessons = Path(folder, "lessons", language)
    begun = [path for path in begun_lessons(folder) if path.parent == lessons and path.suffix == ".ipynb"]
    last = max(begun, key=lambda path: path.stat().st_mtime, default=min(lessons.glob("*.ipynb")))
    return quote(last.relative_to(folder).as_posix())


def lay_settings(language, projector=False):
    """Give JupyterLab and IPython what they read only in the user's own folders; what the pupil has changed stays."""
    config, settings = Path(os.environ["JUPYTER_CONFIG_DIR"]), Path(os.environ["JUPYTERLAB_SETTINGS_DIR"])
    shutil.copytree(SETTINGS / "custom", config / "custom", dirs_exist_ok=True)
    shutil.copytree(PROJECT / "setup" / "ipython", os.environ["IPYTHONDIR"], dirs_exist_ok=True)
    for source in SETTINGS.glob("settings/**/*.jupyterlab-settings"):
        target = settings / source.relative_to(SETTINGS / "settings")
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            shutil.copyfile(source, target)
    if projector:
        shutil.copytree(PROJECTOR / "custom", config / "custom", dirs_exist_ok=True)
        shutil.copytree(PROJECTOR / "ipython", os.environ["IPYTHONDIR"], dirs_exist_ok=True)
        shutil.copytree(PROJECTOR / "settings", settings, dirs_exist_ok=True)
        add_shortcuts(settings / SHORTCUTS)
    lay_workspace(language, anew=projector)


def add_shortcuts(path):
    """Have Shift + Enter run a box and stay there, and the keys of a presenter's remote go to the next."""
    added = json.loads((PROJECTOR / "shortcuts.json").read_text(encoding="utf-8"))
    laid = json.loads((SETTINGS / "settings" / SHORTCUTS).read_text(encoding="utf-8"))
    path.write_text(json.dumps({"shortcuts": laid["shortcuts"] + added}), encoding="utf-8")


def lay_workspace(language, anew=False):
    """Begin with the file list closed, until the pupil opens it; a demonstration begins anew each time, at the top."""
    from jupyterlab_server.workspaces_handler import WorkspacesManager

    workspaces = WorkspacesManager(os.environ["JUPYTERLAB_WORKSPACES_DIR"])
    if anew or not workspaces.load(language)["data"]:
        text = (SETTINGS / "workspace.json").read_text(encoding="utf-8")
        workspaces.save(language, json.dumps({**json.loads(text), "metadata": {"id": language}}))


def main(language, projector=""):
    """Check that widgets can appear, lay out settings and lessons, and print what the pupil should know and open."""
    from facelab.dataset.lessons import lay_lessons
    from facelab.language import use_language
    from setup.labextensions import insist_on_widgets

    insist_on_widgets()
    use_language(language)
    folder = Path(os.environ["FACELAB_MINE"])
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with contextlib.suppress(OSError):  # a folder of a class's server may belong to somebody else
        folder.chmod(0o700)  # photos, and what JupyterLab remembers, are for nobody else on this computer
    lay_settings(language, projector)
    sentences = lay_lessons(folder, language)
    if projector:
        sentences += lay_lessons(folder, language, PROJECT / "teachers")
    for sentence in sentences:
        print(sentence)
    print("lesson=" + (f"lessons/{language}/demonstration.ipynb" if projector else find_lesson(folder, language)))


if __name__ == "__main__":
    main(*sys.argv[1:])
