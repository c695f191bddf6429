"""Data pieces: six shapes of eyebrows, of eyes and of lips that make up a face, and into which a face is read."""

from functools import lru_cache
from pathlib import Path

import numpy as np

from facelab.faces import find_faces
from facelab.features import BROWS, MEASUREMENTS, MOUTH_CORNERS, measure
from facelab.images import read_photo
from facelab.language import Misuse, say
from facelab.storage import read_table

MIXER = Path(__file__).resolve().parents[1] / "data" / "mixer"
SHAPES = range(1, 7)
PARTS = {
    "brows": [name for name in MEASUREMENTS if "brow" in name],
    "eyes": [name for name in MEASUREMENTS if "eye" in name],
    "lips": [name for name in MEASUREMENTS if "brow" not in name and "eye" not in name],
}
# Points of Face Mesh that lie round each part, for cutting it out.
_AROUND = {"brows": BROWS, "eyes": (33, 133, 362, 263, 159, 386, 145, 374), "lips": (*MOUTH_CORNERS, 0, 17)}


def list_people():
    """List the people whose faces can be put together; empty if the pictures are missing.

    Examples
    --------
    >>> isinstance(list_people(), list)
    True
    """
    return sorted({person for person, *_ in _pictures()})


def face_from_pieces(brows, eyes, lips, person=0):
    """Return the picture of a face made of three pieces.

    Parameters
    ----------
    brows, eyes, lips : int
        Number of the shape, 1 to 6.
    person : int
        Whose face, counted from 0.

    Returns
    -------
    array of shape (height, width, 3), uint8
        RGB.

    Raises
    ------
    ValueError
        If there is no such shape or person, or the pictures are missing.

    Examples
    --------
    >>> face_from_pieces(1, 3, 6).shape[2] if list_people() else 3
    3
    """
    people = list_people()
    if not people:
        raise Misuse(say("pieces.no_pictures", folder=MIXER))
    for piece in (brows, eyes, lips):
        if piece not in SHAPES:
            raise Misuse(say("pieces.wrong_shape", found=piece))
    if person not in range(len(people)):
        raise Misuse(say("pieces.wrong_person", found=person, most=len(people) - 1))
    return read_photo(_pictures()[people[person], brows, eyes, lips])


def find_pieces(face):
    """Find the pieces that a face is most like.

    Each part is measured as `FaceFeatures` does, and compared with the same measurements of the six shapes, in units of
    how much these differ among each other.

    Parameters
    ----------
    face : Face or array of shape (478, 3)
        The face, or its points in pixels.

    Returns
    -------
    tuple of int
        (brows, eyes, lips), each 1 to 6.

    Raises
    ------
    ValueError
        If the pictures of the shapes are missing.

    Examples
    --------
    >>> import facelab
    >>> len(find_pieces(facelab.load_sample()[0])) if list_people() else 3
    3
    """
    measured = measure(np.asarray(getattr(face, "points", face), dtype=float)[None])
    return tuple(_nearest(part, [measured[name][0] for name in names]) for part, names in PARTS.items())


def cut_piece(part, shape, person=0):
    """Cut one part with one of its shapes out of a picture: an array of shape (height, width, 3).

    Raises
    ------
    ValueError
        As `face_from_pieces` does.

    Examples
    --------
    >>> cut_piece("lips", 6).shape[2] if list_people() else 3
    3
    """
    left, top, right, bottom = _region(part, person)
    return face_from_pieces(**_only(part, shape), person=person)[top:bottom, left:right]


def _only(part, shape):
    """Choose a face that shows a shape: the other parts have their first one."""
    return {name: shape if name == part else 1 for name in PARTS}


def _nearest(part, measured):
    shapes = _measure_shapes(part)
    distances = np.linalg.norm((shapes - measured) / (shapes.std(axis=0) + 1e-9), axis=1)
    return SHAPES[int(distances.argmin())]


@lru_cache(maxsize=len(PARTS))
def _measure_shapes(part):
    """Measure a part's six shapes: the mean over the people, an array of shape (6, number of measurements)."""
    people = range(len(list_people()) or 1)
    points = [[_points(tuple(_only(part, shape).values()), person) for shape in SHAPES] for person in people]
    measured = [measure(np.array(each)) for each in points]
    return np.mean([np.column_stack([each[name] for name in PARTS[part]]) for each in measured], axis=0)


@lru_cache(maxsize=256)
def _points(pieces, person):
    return find_faces(face_from_pieces(*pieces, person=person)).faces[0].points


@lru_cache(maxsize=64)
def _region(part, person):
    """Find where a part lies in a person's pictures, with a margin for its larger shapes: left, top, right, bottom."""
    spots = _points((1, 1, 1), person)[list(_AROUND[part]), :2]
    low, high = spots.min(axis=0), spots.max(axis=0)
    margin = 0.2 * (high - low)[0]
    return [int(max(0, edge)) for edge in (*(low - margin), *(high + margin))]


@lru_cache(maxsize=1)
def _pictures():
    rows = read_table(MIXER / "mixer.csv")
    return {(row["person"], int(row["brows"]), int(row["eyes"]), int(row["lips"])): MIXER / row["file"] for row in rows}
