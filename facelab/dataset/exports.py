"""The pupil's work as one zip file that every computer can open and every kit can take back."""

import json
from pathlib import Path

from facelab.archives import pack
from facelab.checks import check_choice
from facelab.dataset.labels import UNUSABLE, read_label
from facelab.dataset.names import number_name, portable_name
from facelab.dataset.points import rescue_all
from facelab.dataset.tables import add_columns
from facelab.dataset.twins import digest
from facelab.files import encode_points, encode_table
from facelab.language import Misuse, say

FORMAT = 1  # of exports; a kit reads those up to its own
MANIFEST = "facelab.json"


def export(data, path: Path, what: str = "photos", person: str = "") -> list[str]:
    """Pack the work of a MyData as its `export` says; returns the names of the files that are missing in the zip."""
    check_choice("what", what, ("photos", "to_label", "points"))
    points = rescue_all(data.folder / "faces")
    manifest = {MANIFEST: json.dumps({"format": FORMAT, "kind": what}).encode()}
    if what == "points":
        return pack(path, manifest | _share_points(data.face_table.read(), points, person))
    photos = _rename({photo.name for photo in data.photos()})
    rows = data.face_table.read()
    files = _rename({row["file"] for row in rows})
    contents = {f"photos/{new}": data.folder / "photos" / name for name, new in photos.items()}
    contents |= {f"faces/{files[row['file']]}": data.path_of(row["file"]) for row in rows}
    if what == "photos":
        extras = (data.model_path, data.progress_path)
        contents |= {extra.name: extra for extra in extras if extra.is_file() and not extra.is_symlink()}
    told = [row | {"file": files[row["file"]], "photo": photos.get(row["photo"], "")} for row in rows]
    if what == "to_label":
        told = [row | {"expression": ""} for row in told]
    outcomes = [row | {"file": photos[row["file"]]} for row in data.outcome_table.read() if row["file"] in photos]
    contents["faces/faces.csv"] = encode_table(told, add_columns(data.face_table.columns, told))
    contents["faces/points.npz"] = encode_points({files[file]: each for file, each in points.items() if file in files})
    contents["photos.csv"] = encode_table(outcomes, add_columns(data.outcome_table.columns, outcomes))
    return pack(path, manifest | contents)


def _share_points(rows, points, person):
    """Make tables of points and labels alone; faces are named after their points, as names of photos may tell much."""
    shared = {}
    for row in rows:
        label = read_label(row["expression"])
        if label and label != UNUSABLE and row["file"] in points:
            file = f"lines-{digest(points[row['file']].tobytes())}"
            shared[file] = {"file": file, "person": row["person"] or person, "expression": label}, points[row["file"]]
    if not shared:
        raise Misuse(say("mine.no_labels"))
    table = encode_table([row for row, _ in shared.values()], ["file", "person", "expression"])
    return {
        "faces/faces.csv": table,
        "faces/points.npz": encode_points({file: each for file, (_, each) in shared.items()}),
    }


def _rename(names):
    """Give each file a name for the zip: the same one where every computer takes it, and no two that differ in case."""
    renamed, taken = {}, set()
    for name in sorted(names, key=lambda name: (name != portable_name(name), name)):  # who fits already keeps it
        new = next(each for each in number_name(portable_name(name)) if each.casefold() not in taken)
        taken.add(new.casefold())
        renamed[name] = new
    return renamed
