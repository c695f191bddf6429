"""Data pieces: six shapes of eyebrows, of eyes and of lips that make up a face, and into which a face is read."""

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np

from facelab.checks import check_among, check_choice
from facelab.faces.geometry import align, check_points, crop_points
from facelab.faces.landmarks import EYES, NOSE_BASE, PIECE_OUTLINES
from facelab.faces.photo import read_photo
from facelab.files import load_points, read_table
from facelab.language import Misuse, say

MIXER = Path(__file__).resolve().parents[2] / "data" / "mixer"
SHAPES = range(1, 7)
PIECES = tuple(PIECE_OUTLINES)
# Where in the face a part lies differs from person to person, so it is left out, but half of it where eyebrows are
# raised or lowered: with half, those of one mixer person were found best by those of the other.
_IGNORED_PLACE = {"brows": 0.5, "eyes": 1.0, "lips": 1.0}
# What is cut out: left, top, right, bottom, in eye distances from the middle between the eyes, for lips from the nose.
# All faces have the same frame, so that raised eyebrows stand higher in it.
_FRAMES = {"brows": (-1.05, -0.68, 1.05, -0.06), "eyes": (-0.9, -0.28, 0.9, 0.24), "lips": (-0.78, 0.04, 0.78, 1.0)}


@dataclass(repr=False)
class FaceReading:
    """A face read into pieces.

    Attributes
    ----------
    distances : dict of str -> tuple of six float
        How far "brows", "eyes" and "lips" are from each of the six shapes: by so many per cent of the distance between
        the eyes do their points lie apart from those of the nearest picture with that shape (root mean square).
    crops : dict of str -> array of shape (height, width, 3), uint8
        The three parts cut out of the face; empty if only its points were given.

    Examples
    --------
    >>> FaceReading({"brows": (1, 2, 3), "eyes": (9, 8, 4), "lips": (5, 4, 7)})
    (1, 3, 2)
    """

    distances: dict
    crops: dict = field(default_factory=dict)

    def __repr__(self):
        return str(self.triple)

    @property
    def triple(self):
        """The numbers of the nearest shapes: (brows, eyes, lips), each 1 to 6."""
        return tuple(SHAPES[int(np.argmin(distances))] for distances in self.distances.values())

    def rebuild(self, person=0):
        """Return the picture of a face made of the nearest pieces; takes and raises what `face_from_pieces` does."""
        return face_from_pieces(*self.triple, person=person)

    def plot(self, ax=None):
        """Draw the parts, each beside the six shapes with their distances; returns the reading itself."""
        from facelab.charts import draw_picture_table

        first = int(bool(self.crops))  # the column of shape 1: before it stands the face's own part
        rows = {
            say(f"pieces.{part}"): ([self.crops[part]] if first else []) + pictures
            for part, pictures in list_pieces().items()
        }
        captions = [[""] * first + [f"{far:.1f}" for far in self.distances[part]] for part in PIECES]
        columns = [say("pieces.own")] * first + [str(shape) for shape in SHAPES]
        marked = [first + SHAPES.index(shape) for shape in self.triple]
        self.ax_ = draw_picture_table(rows, columns, captions, marked, ax)[0].axes
        self.figure_ = self.ax_.figure
        return self


def list_people():
    """List the people whose faces can be put together; empty if the pictures are missing.

    Examples
    --------
    >>> isinstance(list_people(), list)
    True
    """
    return sorted({person for person, *_ in _pictures()})


def list_pieces(person=0):
    """Return the pictures of all shapes of a person: a PieceTable, part -> its six pictures.

    Examples
    --------
    >>> {part: len(pictures) for part, pictures in list_pieces().items()}
    {'brows': 6, 'eyes': 6, 'lips': 6}
    """
    return PieceTable({part: [cut_piece(part, shape, person) for shape in SHAPES] for part in PIECES})


class PieceTable(dict):
    """The pictures of the shapes, part -> six arrays of shape (height, width, 3), which can be drawn as a table.

    Examples
    --------
    >>> PieceTable()
    PieceTable()
    """

    def __repr__(self):
        return f"PieceTable({', '.join(f'{part}={len(pictures)}' for part, pictures in self.items())})"

    def plot(self, ax=None):
        """Draw a row for each part, with the numbers of the shapes above; returns the table itself."""
        from facelab.charts import draw_picture_table

        rows = {say(f"pieces.{part}"): pictures for part, pictures in self.items()}
        self.ax_ = draw_picture_table(rows, [str(shape) for shape in SHAPES], ax=ax)[0].axes
        self.figure_ = self.ax_.figure
        return self


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
    >>> face_from_pieces(1, 3, 6).shape[2]
    3
    """
    people = list_people()
    for piece in (brows, eyes, lips):
        check_among("pieces.wrong_shape", piece, SHAPES)
    if people:
        check_among("pieces.wrong_person", person, range(len(people)), most=len(people) - 1)
    path = _pictures().get((people[person], brows, eyes, lips)) if people else None
    if path is None or not path.exists():
        raise Misuse(say("pieces.no_pictures", folder=MIXER))
    return read_photo(path)


def find_pieces(face):
    """Find the pieces that a face is most like: what `read_face` says in short.

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
    >>> len(find_pieces(facelab.load_sample()[0]))
    3
    """
    return read_face(face).triple


def read_face(face):
    """Compare the parts of a face with every picture of the mixer; the nearest picture with a shape counts for it.

    Both faces are aligned before. For eyes and lips it is the shape alone that counts, for eyebrows the height as well.

    Parameters
    ----------
    face : Face or array of shape (478, 3)
        The face, or its points in pixels.

    Returns
    -------
    FaceReading

    Raises
    ------
    ValueError
        If the pictures of the shapes are missing.

    Examples
    --------
    >>> import facelab
    >>> reading = read_face(facelab.load_sample()[0])
    >>> len(reading.distances["lips"]), reading.crops["lips"].shape[2]
    (6, 3)
    """
    points = check_points([getattr(face, "points", face)])
    nearest = {part: tuple(measure_shapes(part, points)[0].tolist()) for part in PIECES}
    crops = {part: cut_part(face, part) for part in PIECES} if hasattr(face, "image") else {}
    return FaceReading(nearest, crops)


def measure_shapes(part, points):
    """Measure how far a part of faces, (n, 478, 3), is from each of its shapes, as `read_face` does: (n, 6).

    Examples
    --------
    >>> import facelab
    >>> measure_shapes("lips", facelab.load_sample().points[:5]).shape
    (5, 6)
    """
    from scipy.spatial.distance import cdist

    shapes, outlines = _mixer_outlines(part)
    faces = _outline(part, points)
    apart = cdist(*(each.reshape(len(each), -1) for each in (faces, outlines))) / np.sqrt(faces.shape[1])
    return np.stack([100 * apart[:, shapes == shape].min(axis=1) for shape in SHAPES], axis=1)


def cut_part(face, part):
    """Cut "brows", "eyes" or "lips" out of a Face: an array of shape (height, width, 3).

    Examples
    --------
    >>> import facelab
    >>> height, width, _ = cut_part(facelab.load_sample()[0], "brows").shape
    >>> height < width
    True
    """
    return _cut(face.image, crop_points(face.patch_points), part)


def cut_piece(part, shape, person=0):
    """Cut one part with one of its shapes out of a picture: an array of shape (height, width, 3).

    Raises
    ------
    ValueError
        As `face_from_pieces` does, or if there is no such part.

    Examples
    --------
    >>> cut_piece("lips", 6).shape[2]
    3
    """
    check_choice("part", part, PIECES)
    picture = face_from_pieces(**{name: shape if name == part else 1 for name in PIECES}, person=person)
    calm = _pictures()[list_people()[person], 1, 1, 1]  # its frame serves for all shapes
    return _cut(picture, _points()[calm.name], part)


def _cut(image, points, part):
    left, right = (points[list(corners), :2].mean(axis=0) for corners in EYES)
    start = points[NOSE_BASE, :2] if part == "lips" else (left + right) / 2
    edges = np.reshape(_FRAMES[part], (2, 2)) * np.linalg.norm(right - left) + start
    (left, top), (right, bottom) = np.clip(edges.round().astype(int), 0, image.shape[1::-1])
    return image[top:bottom, left:right]


@lru_cache(maxsize=len(PIECES))
def _mixer_outlines(part):
    """Return the shape of a part in each mixer picture, 1 to 6, and its outline: (pictures,), (pictures, points, 2)."""
    pictures, points = _pictures(), _points()
    if not pictures or not points:
        raise Misuse(say("pieces.no_pictures", folder=MIXER))
    shapes = np.array([key[1 + PIECES.index(part)] for key in pictures])
    return shapes, _outline(part, np.array([points[path.name] for path in pictures.values()]))


def _outline(part, points):
    """Return the points of one part of faces in the units of `align`: an array of shape (n, points, 2)."""
    outline = align(points.astype(float))[:, list(PIECE_OUTLINES[part]), :2]
    return outline - _IGNORED_PLACE[part] * outline.mean(axis=1, keepdims=True)


@lru_cache(maxsize=1)
def _points():
    return load_points(MIXER / "points.npz")


@lru_cache(maxsize=1)
def _pictures():
    rows = read_table(MIXER / "mixer.csv")
    return {(row["person"], int(row["brows"]), int(row["eyes"]), int(row["lips"])): MIXER / row["file"] for row in rows}
