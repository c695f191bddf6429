"""Cutting an upright square out of a photo by the points of a face, and moving the points along."""

from math import ceil, floor

import numpy as np

from facelab.faces.landmarks import EYE_ROOT, EYES, LEFT_EYE, NOSE_BASE, RIGHT_EYE
from facelab.language import Misuse, say

CROP_SIZE = 320  # pixels along each side of a crop
CROP_MARGIN = 1.5  # how much longer a crop's side is than the face in it
# How far to go from a person's neutral face to the common one, where a single photo tells what it is: none is quite
# neutral. Of the faces in data/faces, people unseen, fewer were read right with 0.6, 0.7 or all of the way.
OWN_SHARE = 0.8
# Where faces with a common zero point stand: pixels of a crop between the eyes, and of the point in the middle.
ZERO_UNIT, ZERO_POINT = 75, (160, 130, 0)


def check_shape(points):
    """Return points of faces as an array of shape (n, 478, 3); raise a ValueError if they have another shape.

    Examples
    --------
    >>> check_shape([]).shape
    (0, 478, 3)
    """
    try:
        is_plain = isinstance(points, np.ndarray) and points.dtype != object
        points = np.asarray(points, dtype=None if is_plain else np.float64)
    except (TypeError, ValueError):  # not even numbers, or not as many for each face
        raise Misuse(say("features.wrong_shape", shape=type(points).__name__)) from None
    if points.size == 0:
        return np.zeros((0, 478, 3))
    other_kind = "" if points.dtype.kind in "fiu" else f" {points.dtype}"
    if points.ndim != 3 or points.shape[1:] != (478, 3) or other_kind:
        raise Misuse(say("features.wrong_shape", shape=f"{points.shape}{other_kind}"))
    return points


def check_points(points):
    """Return points of faces as an array of floats; raise a ValueError if some of them do not make a face.

    Examples
    --------
    >>> check_points(np.zeros((1, 478, 3)))
    Traceback (most recent call last):
    facelab.language.Misuse: 얼굴 1개의 점이 얼굴 모양이 아니에요. ...
    """
    points = np.asarray(check_shape(points), dtype=np.float64)
    with np.errstate(over="ignore"):
        lengths = np.linalg.norm(points[:, [RIGHT_EYE, NOSE_BASE]] - points[:, [LEFT_EYE, EYE_ROOT]], axis=2)
    is_face = np.isfinite(points).all(axis=(1, 2)) & ((lengths > 0) & np.isfinite(lengths)).all(axis=1)
    if not is_face.all():
        raise Misuse(say("features.no_face", count=int((~is_face).sum())))
    return points


def cut_out(photo, points):
    """Cut a face out of a photo: an upright square of (320, 320, 3) with a margin round the points."""
    import cv2

    size = (CROP_SIZE, CROP_SIZE)
    return cv2.warpAffine(photo, crop_matrix(points), size, flags=cv2.INTER_LINEAR, borderValue=(128, 128, 128))


def take_patch(photo, points):
    """Return the part of a photo that a crop needs, at most 1.5 crops long, and the points in pixels of that part."""
    left, top, right, bottom = borders_of(points)
    x, y = (left + right) / 2, (top + bottom) / 2
    reach = 0.75 * CROP_MARGIN * max(right - left, bottom - top)  # it may be turned: half a diagonal is 0.71 of a side
    left, top = max(int(x - reach), 0), max(int(y - reach), 0)
    patch = photo[top : max(int(y + reach), 1), left : max(int(x + reach), 1)]
    moved = points - np.float32([left, top, 0])
    scale = 1.5 * CROP_SIZE / max(1, *patch.shape)
    if scale >= 1:
        return patch.copy(), moved  # a view would keep the whole photo in memory
    return resize(patch, scale), moved * np.float32(scale)


def resize(image, scale):
    """Make an image larger or smaller; below half its size by areas, or fine texture would turn into noise."""
    import cv2

    way = cv2.INTER_AREA if scale < 0.5 else cv2.INTER_LINEAR
    return cv2.resize(image, None, fx=scale, fy=scale, interpolation=way)


def face_size(points):
    """Return the longer side of the rectangle round the points, in their unit."""
    left, top, right, bottom = borders_of(points)
    return max(right - left, bottom - top)


def borders_of(points):
    """Return the least x and y and the greatest x and y of points."""
    flat = np.ascontiguousarray(points[:, :2].T)  # all x, then all y: ten times as fast as point by point
    return *flat.min(axis=1).tolist(), *flat.max(axis=1).tolist()


def crop_matrix(points):
    """Return the (2, 3) matrix that takes pixels of the photo to pixels of the crop: turn, scale and shift."""
    across = points[RIGHT_EYE, :2] - points[LEFT_EYE, :2]
    cos, sin = across / np.linalg.norm(across)
    turn = np.array([[cos, sin], [-sin, cos]])
    upright = points[:, :2] @ turn.T
    low, high = upright.min(axis=0), upright.max(axis=0)
    scale = CROP_SIZE / (CROP_MARGIN * (high - low).max())
    shift = CROP_SIZE / 2 - scale * (low + high) / 2
    return np.column_stack([scale * turn, shift])


def crop_points(points):
    """Take (n, 3) points of a face from pixels of the photo to pixels of the crop that `cut_out` makes of it."""
    return move_points(points, crop_matrix(points))


def move_points(points, matrix):
    """Take (n, 3) points through a (2, 3) matrix of turn, scale and shift; depth is scaled like the rest."""
    whole = np.zeros((3, 3))
    whole[:2, :2], whole[2, 2] = matrix[:, :2], np.hypot(*matrix[0, :2])
    return (points @ whole.T + (*matrix[:, 2], 0)).astype(np.float32)


def box_of(points, shape):
    """Return the rectangle (x, y, width, height) round points, as far as it lies in an image of a shape, as ints."""
    height, width = shape[:2]
    left, top, right, bottom = borders_of(points)
    left, right = (min(max(x, 0), width) for x in (floor(left), ceil(right)))
    top, bottom = (min(max(y, 0), height) for y in (floor(top), ceil(bottom)))
    return left, top, right - left, bottom - top


def align(points):
    """Turn, shift and scale faces so that only the expression and the shape of the face are left.

    The origin lies between the eyes, x runs along the eyes, y from the root of the nose to its base, z away from the
    camera; the unit is the distance between the eyes.

    Parameters
    ----------
    points : array of shape (n, 478, 3)
        Points of Face Mesh in pixels.

    Returns
    -------
    array of shape (n, 478, 3)

    Examples
    --------
    >>> import facelab
    >>> from facelab.faces.landmarks import EYE_CORNERS
    >>> aligned = align(facelab.load_sample().points)
    >>> bool(abs(aligned[:, list(EYE_CORNERS)].mean(axis=1)).max() < 1e-3)
    True
    """
    left, right = (points[:, corners].mean(axis=1) for corners in EYES)
    distance = np.linalg.norm(right - left, axis=1)[:, None]
    x = (right - left) / distance
    down = points[:, NOSE_BASE] - points[:, EYE_ROOT]
    y = down - (down * x).sum(axis=1, keepdims=True) * x
    y /= np.linalg.norm(y, axis=1, keepdims=True)
    axes = np.stack([x, y, np.cross(x, y)], axis=2)
    centred = points - ((left + right) / 2)[:, None]
    return centred @ axes / distance[:, None]


def place(aligned):
    """Put aligned faces, (n, 478, 3), where those with a common zero point stand: upright, on pixels of a crop.

    No photo shows a face just there, so `is_placed` can tell them.
    """
    return aligned * ZERO_UNIT + ZERO_POINT


def is_placed(points):
    """Tell whether all faces, (n, 478, 3) in pixels, stand where `place` puts them.

    Examples
    --------
    >>> import facelab
    >>> points = facelab.load_sample().points[:3]
    >>> is_placed(points), is_placed(place(align(points)))
    (False, True)
    """
    eyes = [points[:, corners].mean(axis=1) for corners in EYES]
    expected = np.add(ZERO_POINT, [(-ZERO_UNIT / 2, 0, 0), (ZERO_UNIT / 2, 0, 0)])
    return bool(np.allclose(np.stack(eyes, axis=1), expected, atol=0.01))


def move_to(points, own, common, share=OWN_SHARE, strength=1.0):
    """Move a face as it would have to change for the person's own neutral face to become a common one.

    What is particular to the person, such as thick lips or low eyebrows, drops out and the expression stays.

    Parameters
    ----------
    points, own : array of shape (478, 3)
        The face, and the same person's neutral face; each may lie elsewhere and be of another size.
    common : array of shape (478, 3)
        The neutral face to come to instead, as `align` returns it.
    share : float
        How much of the way from the own to the common face is gone, 0 to 1.
    strength : float
        How much of its movement the face keeps, 0 to 1.

    Returns
    -------
    array of shape (478, 3)
        As `place` puts it.

    Examples
    --------
    >>> import facelab
    >>> own, other = facelab.load_sample().points[:2]
    >>> common = align(other[None])[0]
    >>> bool(np.allclose(move_to(own, own, common, share=1), place(common)))
    True
    """
    moved, still = align(np.stack([points, own]).astype(np.float64))
    return place(still + strength * (moved - still) + share * (common - still))
