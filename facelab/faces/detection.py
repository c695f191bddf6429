"""From a photo to its faces, and if that fails: why."""

from dataclasses import dataclass, field
from functools import cached_property, partial
from os import PathLike

import numpy as np

from facelab.checks import check_whole, show
from facelab.faces.geometry import box_of, crop_points, cut_out, take_patch
from facelab.faces.landmarks import OUTER_EYES, PIECE_OUTLINES
from facelab.faces.mesh import find_points, find_points_turned
from facelab.faces.photo import UnreadablePhoto, read_photo
from facelab.faces.quality import MOST_DOUBT, MOST_DOUBT_COVERED, MOST_TURNED, MOST_TURNED_COVERED, judge_face
from facelab.language import Misuse, say


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
        Why the face is no use for learning: "covered", "too_close", "too_dark", "blurred", or
        "unclear_side" if it may stand on its head; None if it is fine.
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
    def from_photo(cls, photo: np.ndarray, points: np.ndarray) -> "Face":
        """Make a face of a photo, (height, width, 3) uint8, and its points, (478, 3) in pixels of the photo."""
        return cls(box_of(points, photo.shape), points, *take_patch(photo, points))

    @cached_property
    def image(self) -> np.ndarray:
        """The face cut out: a square of (320, 320, 3) uint8 with a margin, turned so that the eyes are level."""
        return cut_out(self.patch, self.patch_points)

    def cut_pieces(self) -> list[np.ndarray]:
        """Cut eyebrows, eyes and lips out of the crop: a list of three pictures, (height, width, 3) uint8.

        Examples
        --------
        >>> import facelab
        >>> [piece.shape[2] for piece in facelab.load_sample()[0].cut_pieces()]
        [3, 3, 3]
        """
        points, room = crop_points(self.patch_points)[:, :2], len(self.image) // 40
        pieces = []
        for numbers in PIECE_OUTLINES.values():
            left, top = np.maximum(points[list(numbers)].min(axis=0).astype(int) - room, 0)
            right, bottom = points[list(numbers)].max(axis=0).astype(int) + room
            pieces.append(self.image[top:bottom, left:right])
        return pieces

    def turn(self) -> "Face":
        """Return the face as it would be in a photo turned by 90 degrees to the left.

        Examples
        --------
        >>> import facelab
        >>> face = facelab.load_sample()[0]
        >>> left_eye, right_eye = face.turn().points[[263, 33]]
        >>> bool(left_eye[1] < right_eye[1])
        True
        """
        points = self.patch_points[:, [1, 0, 2]] * (1, -1, 1) + (0, self.patch.shape[1] - 1, 0)
        return Face.from_photo(np.rot90(self.patch).copy(), points.astype(np.float32))

    def plot(self, ax=None, points=False) -> "Face":
        """Draw the crop, with the points upon it if wanted; returns the face itself."""
        from facelab.charts import draw_face, new_axes

        self.ax_ = new_axes(ax)
        self.figure_ = self.ax_.figure
        draw_face(self.ax_, self.image, points=crop_points(self.patch_points) if points else None)
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
    def message(self) -> str:
        """The sentence that tells a pupil about the problem and what to do; empty if there is none."""
        if self.explanation is not None:
            return str(self.explanation)
        return say(f"faces.{self.problem}") if self.problem else ""

    @property
    def usable(self) -> list[Face]:
        """The faces without a problem, as a list."""
        return [face for face in self.faces if face.problem is None]

    def plot(self, photo: np.ndarray, ax=None) -> "Detection":
        """Draw the photo with a box round each face; returns the detection itself."""
        from facelab.charts import draw_face, new_axes

        ax = new_axes(ax)
        draw_face(ax, photo)
        for face in self.faces:
            draw_face(ax, None, box=face.box)
        self.ax_, self.figure_ = ax, ax.figure
        return self


def find_faces(photo: np.ndarray) -> Detection:
    """Find the faces of a photo, and say why if they are no use.

    Parameters
    ----------
    photo : array of shape (height, width, 3), uint8
        RGB, upright, as `read_photo` returns it. A face that lies on its side or stands on its head is found as well;
        where it is not clear which side is up, the problem says so.

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
    faces = _judge_faces(photo, find_points(photo))
    return Detection(faces, faces[0].problem if faces else "no_face")


def find_faces_in(photos, processes=None, progress=True) -> list[Detection]:
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

    Raises
    ------
    ValueError
        If it is a single photo instead of several, or the number of processes makes no sense.

    Examples
    --------
    >>> import facelab
    >>> [found.problem for found in facelab.find_faces_in(facelab.load_sample().images[:2], progress=False)]
    [None, None]
    """
    from joblib import Parallel, delayed
    from tqdm.auto import tqdm

    if isinstance(photos, str | bytes | np.ndarray | PathLike) or not np.iterable(photos):
        raise Misuse(say("faces.no_photos", found=show(photos)))
    total = len(photos) if hasattr(photos, "__len__") else None
    if processes is None:
        processes = 2 if (total or 0) >= 40 else 1
    check_whole(processes=processes)
    with Parallel(n_jobs=processes, return_as="generator", batch_size=1 if processes == 1 else 8) as parallel:
        # As an argument, an array would lie on one computer of a cluster alone, and be lost along with it.
        detections = parallel(delayed(partial(_find_in_one, photo))() for photo in photos)
        return list(tqdm(detections, total=total, disable=not progress))


def _check_photo(photo):
    photo = np.asarray(photo)
    if photo.ndim != 3 or photo.shape[2] != 3 or photo.dtype != np.uint8 or 0 in photo.shape:
        raise Misuse(say("faces.not_a_photo", shape=photo.shape, dtype=photo.dtype))
    return np.ascontiguousarray(photo)  # Face Mesh takes no view that is turned or mirrored


def _judge_faces(photo, found):
    """Make faces of the points found in a photo, the largest first, each with its problem."""
    faces = []
    for points in found:
        face, turned = _look(photo, points)
        if turned > (MOST_TURNED_COVERED if face.problem == "covered" else MOST_TURNED):
            face, turned = _look_again(photo, face, turned)
        if turned > {None: MOST_DOUBT, "covered": MOST_DOUBT_COVERED}.get(face.problem, np.inf):
            face.problem = "unclear_side"
        faces.append(face)
    return sorted(faces, key=lambda face: max(face.box[2:]), reverse=True)


def _look(photo, points):
    """Return a face, with its problem, and how turned it looks."""
    face = Face.from_photo(photo, points)
    face.problem, turned = judge_face(photo.shape, face)
    return face, turned


def _look_again(photo, face, turned):
    """Look at a face from all four sides; that side counts on which it looks least turned.

    Where that is the side seen first, its points stay as well: they were read from the photo as it stands.
    """
    found = [points for turns in (1, 2, 3) for points in find_points_turned(photo, face.points, turns)[:1]]
    looks = [(face, turned), *(_look(photo, points) for points in found)]
    best, least = min(looks, key=lambda look: look[1])
    return (face if _stand_alike(best.points, face.points) else best), least


def _stand_alike(points, others):
    """Tell whether the lines through the eyes of two readings lie less than 45 degrees apart."""
    lines = [np.subtract(*face[list(OUTER_EYES), :2]) for face in (points, others)]
    return np.dot(*lines) > np.cos(np.pi / 4) * np.prod(np.linalg.norm(lines, axis=1))


def _find_in_one(photo):
    try:
        return find_faces(photo if isinstance(photo, np.ndarray) else read_photo(photo))
    except UnreadablePhoto as problem:
        return Detection([], "unreadable", problem)
