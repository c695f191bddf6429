"""Cutting an upright square out of a photo by the points of a face, and moving the points along."""

import numpy as np

CROP_SIZE = 320  # pixels along each side of a crop
CROP_MARGIN = 1.5  # how much longer a crop's side is than the face in it
LEFT_EYE, RIGHT_EYE = 33, 263  # points of Face Mesh: the outer corners of the eyes, as seen on the photo


def cut_out(photo, points, size=CROP_SIZE):
    """Cut a face out of a photo: an upright square of (size, size, 3) with a margin round the points."""
    import cv2

    matrix = crop_matrix(points, size)
    scale = np.hypot(*matrix[0, :2])
    if scale < 0.5:  # shrink by areas first, or fine texture would turn into noise
        photo = cv2.resize(photo, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        matrix[:, :2] /= scale
    return cv2.warpAffine(photo, matrix, (size, size), flags=cv2.INTER_LINEAR, borderValue=(128, 128, 128))


def crop_matrix(points, size=CROP_SIZE):
    """Return the (2, 3) matrix that takes pixels of the photo to pixels of the crop: turn, scale and shift."""
    across = points[RIGHT_EYE, :2] - points[LEFT_EYE, :2]
    cos, sin = across / np.linalg.norm(across)
    turn = np.array([[cos, sin], [-sin, cos]])
    upright = points[:, :2] @ turn.T
    low, high = upright.min(axis=0), upright.max(axis=0)
    scale = size / (CROP_MARGIN * (high - low).max())
    shift = size / 2 - scale * (low + high) / 2
    return np.column_stack([scale * turn, shift])


def move_points(points, matrix):
    """Take (n, 3) points through a (2, 3) matrix of turn, scale and shift; depth is scaled like the rest."""
    scale = np.hypot(*matrix[0, :2])
    flat = points[:, :2] @ matrix[:, :2].T + matrix[:, 2]
    return np.column_stack([flat, points[:, 2] * scale]).astype(np.float32)
