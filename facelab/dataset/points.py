"""The points of faces beside their pictures: one small file a face, so that a new one costs the same whatever is there.

Sets that were saved whole, and folders of earlier kits, have them all in ``points.npz``; both are read together.
"""

import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from facelab.faces.detection import find_faces_in
from facelab.files import LostPoints, load_points, rescue_points, write_atomically
from facelab.language import say


def read_points(folder: Path | str) -> dict:
    """Read the points of a folder with faces: a dict of the face's file to an array of shape (478, 3), float32.

    Raises LostPoints, a ValueError, if a file of them is damaged.

    Examples
    --------
    >>> folder = getfixture("tmp_path")
    >>> write_points(folder, "me.jpg_1.jpg", np.ones((478, 3)))
    >>> [(file, points.shape) for file, points in read_points(folder).items()]
    [('me.jpg_1.jpg', (478, 3))]
    """
    folder = Path(folder)
    own = {path.name.removesuffix(".npy"): read_file(path) for path in _list_own(folder)}
    return load_points(folder / "points.npz") | own


def rescue_all(folder: Path | str) -> dict:
    """Read points like `read_points`, but none from damaged files: they can be found again in the pictures."""
    found = rescue_points(Path(folder) / "points.npz")
    for path in _list_own(Path(folder)):
        try:
            found[path.name.removesuffix(".npy")] = read_file(path)
        except LostPoints:
            found.pop(path.name.removesuffix(".npy"), None)
    return found


def write_points(folder: Path | str, file: str, points: np.ndarray) -> None:
    """Write the points of one face, (478, 3) in pixels of its picture."""
    content = io.BytesIO()
    np.save(content, np.asarray(points, dtype=np.float32).reshape(478, 3))
    write_atomically(path_of_points(folder, file), content.getvalue())


def path_of_points(folder: Path | str, file: str) -> Path:
    """Tell where the points of a face lie."""
    return Path(folder) / "points" / f"{file}.npy"


def find_again(folder: Path, files: Sequence[str]) -> None:
    """Find the points of these faces that are lost or damaged again in their pictures; damaged files are put aside."""
    points = rescue_all(folder)
    lost = [file for file in files if file not in points]
    detections = find_faces_in([folder / file for file in lost], progress=False)
    for path in [folder / "points.npz", *(path_of_points(folder, file) for file in lost)]:
        try:
            (load_points if path.suffix == ".npz" else read_file)(path)
        except LostPoints:
            path.replace(path.with_name(f"{path.name}.damaged"))
    for file, each in zip(lost, detections, strict=True):
        if each.faces:
            write_points(folder, file, each.faces[0].points)


def _list_own(folder):
    return [path for path in (folder / "points").glob("*.npy") if path.name[0] != "."]


def read_file(path: Path) -> np.ndarray | None:
    """Read the points of one face, (478, 3) float32, or None without a file; raises LostPoints if it is damaged."""
    if not path.exists():
        return None
    try:
        points = np.load(io.BytesIO(path.read_bytes()), allow_pickle=False)
        return points.astype(np.float32, copy=False).reshape(478, 3)
    except Exception as problem:  # each way to be damaged has its own error
        if isinstance(problem, OSError) and problem.errno:
            raise
        raise LostPoints(say("storage.damaged_points", file=f"points/{path.name}")) from None
