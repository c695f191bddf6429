"""From a photo to its faces, and if that fails: why.

Face Mesh (Kartynnik and others, 2019, "Real-time facial surface geometry from monocular video on mobile GPUs") reads
478 points off each face. Its models come inside the mediapipe package, so nothing is downloaded.
"""

import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from threading import Lock

import numpy as np

from facelab.crops import CROP_SIZE, box_of, crop_points, cut_out, face_size, move_points, take_patch
from facelab.images import UnreadablePhoto, read_photo, shrink
from facelab.language import Misuse, say
from facelab.quality import find_problem

LONGEST_SIDE = 1600  # a larger photo is shrunk to this before faces are searched
# How sure Face Mesh must be that its points lie on a face (its min_tracking_confidence). With less it would draw an
# upright face over one that lies on its side; but a face that is cut off needs less.
STRICT, LENIENT = 0.999, 0.3
MOST_FACES = 60  # a whole school class and its teachers

_ONE_AT_A_TIME = Lock()  # Face Mesh ends Python if two threads use it at once, as the workers of a Dask cluster do


@dataclass
class Face:
    """One face of a photo.

    Attributes
    ----------
    box : tuple of four int
        The rectangle (x, y, width, height) round the face, in pixels of the photo.
    points : array of shape (478, 3), float32
        The points of Face Mesh in pixels of the photo: x to the right, y down, z away from the camera.
    problem : str or None
        Why the face is no use for learning: "covered", "too_close", "too_dark", "blurred"; None if it is fine.
    patch : array of shape (height, width, 3), uint8
        The part of the photo that holds the face, no finer than the crop needs it.
    patch_points : array of shape (478, 3), float32
        The points in pixels of the patch.

    Examples
    --------
    >>> import facelab
    >>> face = facelab.load_sample()[0]
    >>> face.points.shape, face.image.shape
    ((478, 3), (320, 320, 3))
    """

    box: tuple
    points: np.ndarray = field(repr=False)
    patch: np.ndarray = field(repr=False)
    patch_points: np.ndarray = field(repr=False)
    problem: str | None = None

    @classmethod
    def from_photo(cls, photo, points):
        """Make a face of a photo, (height, width, 3) uint8, and its points, (478, 3) in pixels of the photo."""
        return cls(box_of(points, photo.shape), points, *take_patch(photo, points))

    @cached_property
    def image(self):
        """The face cut out: a square of (320, 320, 3) uint8 with a margin, turned so that the eyes are level."""
        return cut_out(self.patch, self.patch_points)

    def plot(self, ax=None, points=False):
        """Draw the crop, with the points upon it if wanted; returns the face itself."""
        from facelab.charts import draw_face, new_axes

        draw_face(new_axes(ax), self.image, points=crop_points(self.patch_points) if points else None)
        return self


@dataclass
class Detection:
    """What `find_faces` found in a photo.

    Attributes
    ----------
    faces : list of Face
        The largest first; empty if there is none.
    problem : str or None
        "no_face", "unreadable", or the problem of the largest face; None if that face is fine.

    Examples
    --------
    >>> import numpy, facelab
    >>> facelab.find_faces(numpy.zeros((200, 200, 3), dtype="uint8")).problem
    'no_face'
    """

    faces: list
    problem: str | None = None
    explanation: UnreadablePhoto | None = field(default=None, repr=False)

    @property
    def message(self):
        """The sentence that tells a pupil about the problem and what to do; empty if there is none."""
        if self.explanation is not None:
            return str(self.explanation)
        return say(f"faces.{self.problem}") if self.problem else ""

    @property
    def usable(self):
        """The faces without a problem, as a list."""
        return [face for face in self.faces if face.problem is None]

    def plot(self, photo, ax=None):
        """Draw the photo with a box round each face; returns the detection itself."""
        from facelab.charts import draw_face, new_axes

        ax = new_axes(ax)
        draw_face(ax, photo)
        for face in self.faces:
            draw_face(ax, None, box=face.box)
        return self


def find_faces(photo):
    """Find the faces of a photo, and say why if they are no use.

    Parameters
    ----------
    photo : array of shape (height, width, 3), uint8
        RGB, upright, as `read_photo` returns it. A face lying on its side is found as well; one that stands on its
        head is often read the wrong way up.

    Returns
    -------
    Detection

    Raises
    ------
    ValueError
        If it is not such an array.

    Examples
    --------
    >>> import facelab
    >>> photo = facelab.load_sample().images[0]
    >>> found = facelab.find_faces(photo)
    >>> len(found.faces), found.problem
    (1, None)
    """
    photo = _check_photo(photo)
    faces = []
    for points in sorted(_find_points(photo), key=face_size, reverse=True):
        face = Face.from_photo(photo, points)
        face.problem = find_problem(photo.shape, face)
        faces.append(face)
    return Detection(faces, faces[0].problem if faces else "no_face")


def find_faces_in(photos, processes=None, progress=True):
    """Find the faces of many photos, several at a time.

    The work goes through joblib: a Dask or Ray cluster set up as joblib's backend takes it over without a change here.
    A photo that cannot be read is no error; its detection has the problem "unreadable".

    Parameters
    ----------
    photos : iterable
        Paths, bytes or arrays. They are read one at a time, so that thousands fit into memory.
    processes : int, optional
        How many processes work side by side. Without it: two from 40 photos on, else one.
    progress : bool
        Whether to show a progress bar.

    Returns
    -------
    list of Detection
        In the order of the photos.

    Examples
    --------
    >>> import facelab
    >>> [found.problem for found in facelab.find_faces_in(facelab.load_sample().images[:2], progress=False)]
    [None, None]
    """
    from joblib import Parallel, delayed
    from tqdm.auto import tqdm

    total = len(photos) if hasattr(photos, "__len__") else None
    if processes is None:
        processes = 2 if (total or 0) >= 40 else 1
    with Parallel(n_jobs=processes, return_as="generator", batch_size=1 if processes == 1 else 8) as parallel:
        detections = parallel(delayed(_find_in_one)(photo) for photo in photos)
        return list(tqdm(detections, total=total, disable=not progress))


def _check_photo(photo):
    photo = np.asarray(photo)
    if photo.ndim != 3 or photo.shape[2] != 3 or photo.dtype != np.uint8 or 0 in photo.shape:
        raise Misuse(say("faces.not_a_photo", shape=photo.shape, dtype=photo.dtype))
    return photo


def _find_in_one(photo):
    try:
        return find_faces(photo if isinstance(photo, np.ndarray) else read_photo(photo))
    except UnreadablePhoto as problem:
        return Detection([], "unreadable", problem)


def _find_points(photo):
    """Return the points of every face, in pixels of the photo, as a list of (478, 3) arrays."""
    small = shrink(photo, LONGEST_SIDE)
    scale = small.shape[1] / photo.shape[1]
    found = _look_at(small, _whole(small.shape), STRICT)
    if max(small.shape) > 2 * CROP_SIZE:  # a large photo may hold faces too small for the detector
        for view in _parts(small.shape):
            found += [points for points in _look_at(small, view, STRICT) if _is_new(points, found, small.shape)]
    for view, confidence in _other_looks(small.shape):
        if found:
            break
        found = _look_at(small, view, confidence)
    return [points / np.float32(scale) for points in found]


def _look_at(photo, view, confidence):
    """Run Face Mesh on one square view of the photo; `view` is a (2, 3) matrix and the side of the square."""
    import cv2

    matrix, side = view
    square = photo
    if photo.shape[:2] != (side, side) or not np.array_equal(matrix, np.eye(2, 3)):
        square = cv2.warpAffine(photo, matrix, (side, side), flags=cv2.INTER_NEAREST)
    back = cv2.invertAffineTransform(matrix)
    with _ONE_AT_A_TIME, _quiet_errors():
        found = _face_mesh(confidence).process(square).multi_face_landmarks or []
    return [move_points(_to_array(landmarks) * side, back) for landmarks in found]


def _to_array(landmarks):
    return np.array([(point.x, point.y, point.z) for point in landmarks.landmark], dtype=np.float32)


def _whole(shape, turns=0, border=0.0):
    """The whole photo in the middle of a square (Face Mesh distorts oblong ones), turned by quarter turns."""
    height, width = shape[:2]
    side = round(max(height, width) * (1 + border))
    cos, sin = [(1, 0), (0, 1), (-1, 0), (0, -1)][turns % 4]
    turn = np.array([[cos, sin], [-sin, cos]], dtype=np.float64)
    shift = side / 2 - turn @ (width / 2, height / 2)
    return np.column_stack([turn, shift]), side


def _parts(shape):
    """Overlapping squares that cover the photo, each about half as long as its longer side."""
    height, width = shape[:2]
    side = round(max(height, width) * 0.55)
    for top in _spread(height, side):
        for left in _spread(width, side):
            yield np.array([[1, 0, -left], [0, 1, -top]], dtype=np.float64), side


def _spread(length, side):
    """Where squares of a side begin so that they cover a length: once in the middle, or at both ends."""
    return [(length - side) / 2] if length <= side else [0, length - side]


def _other_looks(shape):
    """What to try when no face was found: quarter turns, room round the photo (a face cut off), then less strictly."""
    yield from ((_whole(shape, turns), STRICT) for turns in (1, 3, 2))
    yield _whole(shape, border=0.6), STRICT
    yield from ((_whole(shape, border=border), LENIENT) for border in (0.6, 0))


def _is_new(points, found, shape):
    """Tell whether a face seen in a part of the photo is small and overlaps none that was found before."""
    if face_size(points) > max(shape) / 4:
        return False
    centre = points[:, :2].mean(axis=0)
    return all(np.linalg.norm(centre - other[:, :2].mean(axis=0)) > 0.5 * face_size(other) for other in found)


@lru_cache
def _face_mesh(confidence):
    """Make Face Mesh once for each process: making it takes far longer than using it."""
    from mediapipe.python.solutions.face_mesh import FaceMesh

    settings = {"static_image_mode": True, "max_num_faces": MOST_FACES, "refine_landmarks": True}
    return FaceMesh(**settings, min_detection_confidence=min(0.5, confidence), min_tracking_confidence=confidence)


@contextmanager
def _quiet_errors():
    """Keep what mediapipe's C++ code writes about itself to the error channel out of the notebook."""
    kept = os.dup(2)
    with open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
