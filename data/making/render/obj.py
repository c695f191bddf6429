"""Read the head model, from a checkout of ICT-VGL/ICT-FaceKit or from one packed ``.npz`` of the same shapes."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from data.making.render.head import HeadModel

PACKED = "ict_facekit.npz"
NEUTRAL = "generic_neutral_mesh.obj"


def load_head(folder: str | Path) -> HeadModel:
    """Load the head model that lies in `folder`.

    Args:
        folder: a checkout of ICT-FaceKit, its folder ``FaceXModel``, or a folder with ``ict_facekit.npz``.

    Returns:
        The neutral head, its identity modes and its expression shapes, in centimetres (x to the person's left,
        y up, z to the front).

    Raises:
        ValueError: the folder does not exist or holds no head model.

    >>> load_head("no-such-folder")
    Traceback (most recent call last):
    ValueError: There is no folder 'no-such-folder': give --model the folder of a checkout of ICT-VGL/ICT-FaceKit.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise ValueError(
            f"There is no folder '{folder}': give --model the folder of a checkout of ICT-VGL/ICT-FaceKit."
        )
    for place in (folder, folder / "FaceXModel"):
        if (place / PACKED).is_file():
            return read_packed(place / PACKED)
        if (place / NEUTRAL).is_file():
            return read_checkout(place)
    raise ValueError(
        f"The folder '{folder}' holds no head model: expected '{NEUTRAL}' or '{PACKED}' in it or in its FaceXModel."
    )


def read_packed(path: Path) -> HeadModel:
    """Read the head model from one npz with the arrays base, ids, ex, names, F and mats."""
    with np.load(path) as packed:
        expressions = {
            str(name): shape.astype(np.float32) for name, shape in zip(packed["names"], packed["ex"], strict=True)
        }
        return HeadModel(
            packed["base"],
            packed["ids"].astype(np.float32),
            expressions,
            packed["F"],
            packed["mats"],
        )


def read_checkout(folder: Path) -> HeadModel:
    """Read the neutral head and, as offsets from it, every identity and expression file of `folder`."""
    neutral = read_points(folder / NEUTRAL)
    faces, materials = read_faces(folder / NEUTRAL)
    shapes = {path.stem: path for path in sorted(folder.glob("*.obj")) if not path.stem.startswith("generic")}
    offsets = {name: read_points(path, len(neutral)) - neutral for name, path in shapes.items()}
    identity = [offset for name, offset in offsets.items() if name.startswith("identity")]
    expressions = {name: offset for name, offset in offsets.items() if not name.startswith("identity")}
    return HeadModel(neutral, np.reshape(identity, (-1, *neutral.shape)), expressions, faces, materials)


def read_points(path: Path, expected: int | None = None) -> np.ndarray:
    """Read the vertex positions of one OBJ file.

    Args:
        path: the OBJ file.
        expected: how many vertices it must have, to be a shape of the same head; None for any number.

    Returns:
        (v, 3) float32 array of positions, in centimetres.

    Raises:
        ValueError: the file holds another number of vertices, as a file cut short or of another model does.
    """
    with path.open(encoding="utf-8") as lines:
        points = np.array([line.split()[1:4] for line in lines if line.startswith("v ")], dtype=np.float32)
    if len(points) == 0 or (expected is not None and len(points) != expected):
        wanted = "some" if expected is None else expected
        raise ValueError(
            f"'{path}' holds {len(points)} vertices where {wanted} were expected: fetch the head model again."
        )
    return points


def read_faces(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """Read the faces of one OBJ file: (f, 4) vertex numbers from 0 (-1 fills up a triangle) and (f,) material names."""
    faces, materials, material = [], [], ""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("usemtl "):
                material = line.split()[1]
            elif line.startswith("f "):
                corners = [int(corner.split("/")[0]) - 1 for corner in line.split()[1:]]
                faces.append(corners + [-1] * (4 - len(corners)))
                materials.append(material)
    return np.array(faces, dtype=np.int32), np.array(materials)
