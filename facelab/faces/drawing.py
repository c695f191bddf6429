"""A face as lines: what its points alone show, where there is no photo or nobody is to see it."""

from functools import lru_cache

import numpy as np

from facelab.checks import check_whole, show
from facelab.faces.geometry import CROP_SIZE
from facelab.faces.mesh import loading_mediapipe
from facelab.language import Misuse, say


def draw_points(points: np.ndarray, size: int = CROP_SIZE) -> np.ndarray:
    """Draw the net and the outlines of a face by its points.

    Parameters
    ----------
    points : array of shape (478, 3)
        The points of Face Mesh in pixels of the drawing; those that lie outside of it are not seen.
    size : int
        Pixels along each side.

    Returns
    -------
    array of shape (size, size, 3), uint8
        Dark lines on white.

    Raises
    ------
    ValueError
        If these are no points of one face, or the size is no whole number from 1 on.

    Examples
    --------
    >>> import facelab
    >>> draw_points(facelab.load_sample().points[0]).shape
    (320, 320, 3)
    """
    import cv2

    check_whole(size=size)
    points = _check_face(points)
    picture = np.full((size, size, 3), 255, np.uint8)
    places = np.clip(points[:, :2], -4 * size, 4 * size)  # OpenCV counts in 16ths of a pixel, up to 2**31
    places = np.round(16 * places).astype(np.int32)
    net, outlines = _lines()
    for lines, colour, width in ((net, (200, 205, 215), 1), (outlines, (30, 50, 90), 2)):
        cv2.polylines(picture, list(places[lines]), False, colour, width, cv2.LINE_AA, 4)
    return picture


def _check_face(points):
    try:
        numbers = np.asarray(points, dtype=np.float64)
    except (TypeError, ValueError):  # words, or rows of unequal length
        raise Misuse(say("features.one_shape", found=show(points))) from None
    if numbers.shape != (478, 3):
        raise Misuse(say("features.one_shape", found=numbers.shape))
    if not np.isfinite(numbers).all():
        raise Misuse(say("features.one_missing"))
    return numbers


@lru_cache(maxsize=1)
def _lines():
    """Return the pairs of points that mediapipe joins: an array for the net, and one for the outlines."""
    with loading_mediapipe():
        from mediapipe.python.solutions import face_mesh_connections as joined

    outlines = joined.FACEMESH_CONTOURS | joined.FACEMESH_IRISES | joined.FACEMESH_NOSE
    return np.array(sorted(joined.FACEMESH_TESSELATION)), np.array(sorted(outlines))
