"""Data pieces: six shapes of eyebrows, of eyes and of lips that make up a face, and into which a face is read."""

from functools import lru_cache
from pathlib import Path

import numpy as np

from facelab.faces import find_faces
from facelab.features import align
from facelab.images import read_photo
from facelab.language import Misuse, say
from facelab.storage import read_table

MIXER = Path(__file__).resolve().parents[1] / "data" / "mixer"
SHAPES = range(1, 7)
# The points of Face Mesh that draw each part.
PARTS = {
    "brows": (70, 63, 105, 66, 107, 300, 293, 334, 296, 336),
    "eyes": (33, 133, 160, 159, 158, 144, 145, 153, 362, 263, 387, 386, 385, 373, 374, 380),
    "lips": (61, 291, 0, 17, 13, 14, 37, 267, 84, 314, 78, 308, 82, 312, 87, 317),
}
# Where in the face a part lies differs from person to person, so it is left out, but half of it where eyebrows are
# raised or lowered: with half, those of one mixer person were found best by those of the other.
_IGNORED_PLACE = {"brows": 0.5, "eyes": 1.0, "lips": 1.0}
_MARGINS = {"brows": 0.2, "eyes": 0.2, "lips": 0.4}  # of a part's width, for its larger shapes


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
    path = _pictures().get((people[person], brows, eyes, lips))
    if path is None or not path.exists():
        raise Misuse(say("pieces.no_pictures", folder=MIXER))
    return read_photo(path)


def find_pieces(face):
    """Find the pieces that a face is most like.

    The points of each part are compared with those of the six shapes of every person; the nearest shape is the answer.
    Both faces are aligned before. For eyes and lips it is the shape alone that counts, for eyebrows the height as well.

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
    points = np.asarray(getattr(face, "points", face))
    return tuple(_find_shape(part, points) for part in PARTS)


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


def _find_shape(part, points):
    distances = np.linalg.norm(_outline_shapes(part) - _outline(part, points), axis=(2, 3))
    return SHAPES[int(distances.min(axis=0).argmin())]


@lru_cache(maxsize=len(PARTS))
def _outline_shapes(part):
    """Return the outlines of a part's six shapes, of each person: an array of shape (people, 6, points, 2)."""
    people = range(len(list_people()) or 1)
    triples = [tuple(_only(part, shape).values()) for shape in SHAPES]
    return np.array([[_outline(part, _points(triple, person)) for triple in triples] for person in people])


def _outline(part, points):
    """Return the points of one part in the units of `align`: an array of shape (points, 2)."""
    outline = align(points[None].astype(float))[0, list(PARTS[part]), :2]
    return outline - _IGNORED_PLACE[part] * outline.mean(axis=0)


@lru_cache(maxsize=256)
def _points(pieces, person):
    return find_faces(face_from_pieces(*pieces, person=person)).faces[0].points


@lru_cache(maxsize=64)
def _region(part, person):
    """Find where a part lies in a person's pictures, with its margin: left, top, right, bottom."""
    spots = _points((1, 1, 1), person)[list(PARTS[part]), :2]
    low, high = spots.min(axis=0), spots.max(axis=0)
    margin = _MARGINS[part] * (high - low)[0]
    return [int(max(0, edge)) for edge in (*(low - margin), *(high + margin))]


@lru_cache(maxsize=1)
def _pictures():
    rows = read_table(MIXER / "mixer.csv")
    return {(row["person"], int(row["brows"]), int(row["eyes"]), int(row["lips"])): MIXER / row["file"] for row in rows}
