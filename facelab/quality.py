"""Whether a face can be used for learning, and if not: why.

Every check compares one number with one limit. The numbers are relative to the face's own light and dark, so that
neither the camera nor the colour of the skin decides.
"""

import numpy as np

from facelab.crops import face_size, resize

FACE_SIZE = 107  # pixels from forehead to chin: every face is checked at the same size

# Limits that about 1 in 100 clear photos passes and most bad ones do not.
LEAST_LIGHT = 70  # the brightest parts of the face, 0 to 255
LEAST_SHARPNESS = 1.55  # how many times weaker edges get by blurring: those of a blurred photo change little
LEAST_LIP_CONTRAST = 0.06  # lips have a dark line between them, and an edge; cloth over them does not
LEAST_EYE_CONTRAST = 0.07  # dark pupil, light white of the eye
LEAST_BROW_CONTRAST = 0.04
MOST_COLOUR_DIFFERENCE = 15  # between the skin round the mouth and that of the upper face, in units of CIELAB
MOST_PARTS_OUTSIDE = 0.05  # share of brows, eyes and lips that may lie outside the photo
MOST_OUTLINE_OUTSIDE = 0.4  # share of the outline of the face

# Points of Face Mesh.
OUTLINE = [10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152]
OUTLINE += [148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109]
LIPS = [61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185]
EYES = [
    [33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246],
    [263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466],
]
BROWS = [[70, 63, 105, 66, 107, 55, 65, 52, 53, 46], [300, 293, 334, 296, 336, 285, 295, 282, 283, 276]]
UPPER_SKIN = [6, 50, 280, 151]  # root of the nose, both cheeks, forehead
SKIN_ROUND_MOUTH = [57, 287, 164, 18]


def find_problem(photo_shape, face):
    """Tell why a face is no use for learning.

    Parameters
    ----------
    photo_shape : tuple
        Height and width of the photo in pixels.
    face : Face
        The face, whose points count in pixels of that photo.

    Returns
    -------
    "too_close", "too_dark", "blurred", "covered", or None if the face is fine.

    Examples
    --------
    >>> import facelab
    >>> faces = facelab.load_sample()
    >>> find_problem(faces.images[0].shape, faces[0]) is None
    True
    """
    if _is_cut_off(photo_shape, face.points):
        return "too_close"
    measured = measure_quality(face)
    if measured["light"] < LEAST_LIGHT:
        return "too_dark"
    if measured["sharpness"] < LEAST_SHARPNESS:
        return "blurred"
    return "covered" if _is_covered(measured) else None


def measure_quality(face):
    """Measure how well a face shows: light, sharpness, contrast of lips, eyes and brows, colour difference.

    Returns a dict of numbers; what each means stands beside the limits at the top of this module.
    """
    import cv2

    scale = FACE_SIZE / face_size(face.patch_points)
    patch = resize(face.patch, scale)
    flat = (face.patch_points[:, :2] * scale).round().astype(np.int32)
    colours = cv2.cvtColor(patch, cv2.COLOR_RGB2LAB)  # lightness, green to red, blue to yellow
    light = cv2.GaussianBlur(colours[..., 0], (5, 5), 1)
    skin = _mask(light.shape, [OUTLINE], flat)
    dark, bright = np.percentile(light[skin.view(bool)], [5, 95])
    spread = max(bright - dark, 10)
    difference = _hue(colours, flat, SKIN_ROUND_MOUTH) - _hue(colours, flat, UPPER_SKIN)
    return {
        "light": bright,
        "sharpness": _edges(colours, skin, 1.2) / _edges(colours, skin, 2.4),
        "lip_contrast": _deviation(light, _mask(light.shape, [LIPS], flat, border=3)) / spread,
        "eye_contrast": _deviation(light, _mask(light.shape, EYES, flat, border=3)) / spread,
        "brow_contrast": _deviation(light, _mask(light.shape, BROWS, flat)) / spread,
        "colour_difference": float(np.hypot(*difference)),
    }


def _is_covered(measured):
    return (
        measured["lip_contrast"] < LEAST_LIP_CONTRAST
        or measured["eye_contrast"] < LEAST_EYE_CONTRAST
        or measured["brow_contrast"] < LEAST_BROW_CONTRAST
        or measured["colour_difference"] > MOST_COLOUR_DIFFERENCE
    )


def _is_cut_off(shape, points):
    height, width = shape[:2]
    outside = (points[:, :2] < 0).any(axis=1) | (points[:, 0] > width) | (points[:, 1] > height)
    parts = [*LIPS, *EYES[0], *EYES[1], *BROWS[0], *BROWS[1]]
    return outside[parts].mean() > MOST_PARTS_OUTSIDE or outside[OUTLINE].mean() > MOST_OUTLINE_OUTSIDE


def _mask(shape, parts, flat, border=0):
    """Return 1 inside the parts given by indices of points, widened by a border of some pixels, and 0 outside."""
    import cv2

    mask = np.zeros(shape, np.uint8)
    for part in parts:
        cv2.fillConvexPoly(mask, cv2.convexHull(flat[part]), 1)
    return cv2.dilate(mask, np.ones((border, border), np.uint8)) if border else mask


def _edges(colours, mask, blur):
    """Return how strong the edges are inside a mask after blurring by some pixels."""
    import cv2

    light = cv2.GaussianBlur(colours[..., 0].astype(np.float32), (0, 0), blur)
    return _deviation(cv2.Laplacian(light, cv2.CV_32F), mask) + 1e-6


def _deviation(values, mask):
    import cv2

    return cv2.meanStdDev(values, mask=mask)[1].item()


def _hue(colours, flat, spots, reach=4):
    """Return the mean hue, two numbers of CIELAB, of small squares round some points."""
    height, width = colours.shape[:2]
    steps = np.arange(-reach, reach + 1)
    x = (flat[spots, 0, None] + steps).clip(0, width - 1)
    y = (flat[spots, 1, None] + steps).clip(0, height - 1)
    return colours[y[:, :, None], x[:, None, :], 1:].mean(axis=(0, 1, 2))
