"""Whether a face can be used for learning, and if not: why.

Every check compares one number with one limit. The numbers are relative to the face's own light and dark, so that
neither the camera nor the colour of the skin decides.
"""

import numpy as np

from facelab.covering import measure_coverings, values_at, view_of

# Limits that about 1 in 100 clear photos passes and most bad ones do not; those of the coverings were set so on photos
# of people from the web, as drawn faces alone look neater than people do.
LEAST_LIGHT = 70  # the brightest parts of the face, 0 to 255
LEAST_SHARPNESS = 1.55  # how many times weaker edges get by blurring: those of a blurred photo change little
MOST_COVERED = {"mouth": 1.05, "brows": 1.9, "eyes": 1.2}  # logarithm of the odds, see covering.py
MOST_COLOUR_DIFFERENCE = 16  # between the skin round mouth or brows and that of nose and cheeks, in units of CIELAB
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
NOSE_AND_CHEEKS = [6, 197, 195, 5, 4, 50, 280, 117, 346, 101, 330]
SKIN_ROUND_BROWS = [8, 9, 55, 285, 107, 336]
SKIN_ROUND_MOUTH = [57, 186, 165, 164, 391, 410, 287, 273, 406, 18, 182, 43]


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
    """Measure how well a face shows: light, sharpness, colour difference, and how covered mouth, brows and eyes look.

    Returns a dict of numbers; what each means stands beside the limits at the top of this module.
    """
    view = view_of(face)
    skin = _hue(face, NOSE_AND_CHEEKS)
    colours = [_hue(face, spots) - skin for spots in (SKIN_ROUND_MOUTH, SKIN_ROUND_BROWS)]
    return {
        "light": view.bright,
        "sharpness": _edges(view, 1.2) / _edges(view, 2.4),
        "colour_difference": float(np.linalg.norm(colours, axis=1).max()),
        **measure_coverings(view),
    }


def _is_covered(measured):
    if measured["colour_difference"] > MOST_COLOUR_DIFFERENCE:
        return True
    return any(measured[part] > most for part, most in MOST_COVERED.items())


def _is_cut_off(shape, points):
    height, width = shape[:2]
    outside = (points[:, :2] < 0).any(axis=1) | (points[:, 0] > width) | (points[:, 1] > height)
    parts = [*LIPS, *EYES[0], *EYES[1], *BROWS[0], *BROWS[1]]
    return outside[parts].mean() > MOST_PARTS_OUTSIDE or outside[OUTLINE].mean() > MOST_OUTLINE_OUTSIDE


def _edges(view, blur):
    """Return how strong the edges are at the points after blurring by some pixels."""
    import cv2

    light = cv2.GaussianBlur(view.grey.astype(np.float32), (0, 0), blur)
    return values_at(cv2.Laplacian(light, cv2.CV_32F), view.points).std() + 1e-6


def _hue(face, spots):
    """Return the mean hue, two numbers of CIELAB, at some points."""
    import cv2

    colours = values_at(face.patch, face.patch_points[spots, :2])
    return cv2.cvtColor(colours[None], cv2.COLOR_RGB2LAB)[0, :, 1:].mean(axis=0)
