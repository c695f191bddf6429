"""`python start.py reset`: between two classes nothing of the pupils stays behind on a shared computer."""

import argparse
import json
import os
import shutil
import socket
import sys
import tempfile
import zipfile
from pathlib import Path

from setup.environment import ENVIRONMENT
from setup.sentences import Stop, tell, write_line
from setup.tools import PROJECT

YES = ("y", "yes", "네", "예", "ㅛ")  # the last is the key Y where Hangul is being typed
# As facelab.dataset.traces has them, which needs an environment.
EXPORTS = ("my-facelab-*.zip", "my-points-*.zip", "to-label-*.zip", "hand-in-*.html")


def reset(words):
    """Do what `python start.py reset` asks for, and return its exit code: 0 once nothing of the pupils is left."""
    description = "모든 학생의 사진과 수업을 지워요. Delete the photos and lessons of all pupils."
    parser = argparse.ArgumentParser(prog="start.py reset", description=description)
    parser.add_argument("--export", metavar="FOLDER", type=Path, help="먼저 여기에 압축해 두기 · zip them there first")
    parser.add_argument("--yes", action="store_true", help="묻지 않기 · do not ask")
    asked = parser.parse_args(words)
    folders = find_folders(PROJECT)
    if find_server(folders):
        raise Stop("lessons_open")
    if folders and not asked.yes:
        confirm(folders)
    if asked.export:
        export(folders, asked.export.resolve())
    for place in [*folders, PROJECT / "data" / "pupils", *find_traces(PROJECT)]:
        shutil.rmtree(str(place), ignore_errors=True)
    left = [*find_folders(PROJECT), *find_traces(PROJECT), *find_others(PROJECT)]
    kept = [*left, *find_exports(PROJECT)]
    tell("reset_left" if kept else "reset_done", "".join(os.linesep + "  " + str(path) for path in kept))
    return int(bool(left))


def find_folders(project):
    """Return the folders of all pupils, sorted: of those with a name, and of who gave none."""
    data = project / "data"
    return sorted(path for pattern in ("mine*", "pupils/*") for path in data.glob(pattern) if path.is_dir())


def find_others(project):
    """Return the folders of pupils that are not deleted here: a class's server has accounts that must go with them."""
    places = [project / "data" / "class", Path(os.environ.get("FACELAB_MINE") or project / "none")]
    return [place for place in places if place.exists()]


def find_traces(project):
    """Return the folders in which an earlier kit had JupyterLab keep copies of what pupils wrote."""
    places = [ENVIRONMENT / "jupyter", *(project / "notebooks").rglob(".ipynb_checkpoints")]
    return [place for place in places if place.exists()]


def find_exports(project):
    """Return what pupils have exported to the usual places: it is deleted by hand only."""
    home = Path.home()
    places = [project, project / "notebooks", *(project / "notebooks").glob("*/"), home, home / "Desktop"]
    own = {path for place in [*places, home / "Downloads"] for name in EXPORTS for path in place.glob(name)}
    return sorted(own | set((project / "data").glob("class-*")))  # and what was kept when a class on a server ended


def count_photos(folder):
    return sum(path.is_file() for path in folder.glob("photos/*"))


def find_server(folders):
    """Tell whether a pupil's lessons are open: JupyterLab notes in a folder of start.py where it listens."""
    for path in Path(tempfile.gettempdir()).glob("facelab-*/jpserver-*.json"):
        try:
            server = json.loads(path.read_text(encoding="utf-8"))
            with socket.create_connection(("localhost", server["port"]), timeout=2):
                if Path(server["root_dir"]) in folders:
                    return True
        except (OSError, ValueError, LookupError):  # somebody else's, or one that was killed
            continue
    return False


def confirm(folders):
    """Tell what will go and ask once; stop unless the answer is yes."""
    tell("reset_these")
    for folder in folders:
        write_line("  {}  ({} 장 · photos)".format(folder.relative_to(PROJECT), count_photos(folder)))
    if not sys.stdin or not sys.stdin.isatty():
        raise Stop("reset_unasked")
    tell("reset_question")
    try:
        answer = input("> ").strip().lower()
    except EOFError:
        answer = ""
    if answer not in YES:
        raise Stop("reset_not")


def export(folders, target):
    """Zip each pupil's folder into another one; stop before anything is deleted if that cannot be done."""
    if any(folder == target or folder in target.parents for folder in folders):
        raise Stop("export_inside", target)
    target.mkdir(parents=True, exist_ok=True)
    for folder in folders:
        names = [folder.name, *("{} ({})".format(folder.name, number) for number in range(2, 1000))]
        path = next(target / name for name in names if not (target / (name + ".zip")).exists())
        made = shutil.make_archive(str(path), "zip", str(folder))
        with zipfile.ZipFile(made) as archive:
            if archive.testzip():
                raise Stop("not_writable")
        write_line("  " + made)
