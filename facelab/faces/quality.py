"""Whether a face can be used for learning, and if not: why; and whether it may stand on its head.

Every check compares one number with one limit. The numbers are relative to the face's own light and dark, so that
neither the camera nor the colour of the skin decides.
"""

import json
from functools import lru_cache
from math import dist
from pathlib import Path

import numpy as np

from facelab.faces import landmarks as at
from facelab.faces.covering import COVERABLE, EDGES, describe_parts, half_widths, values_at, view_of, weigh_parts
from facelab.faces.geometry import align

# Limits that about 1 in 100 clear photos passes and most bad ones do not; those of the coverings were set so on photos
# of people from the web, as drawn faces alone look neater than people do.
LEAST_LIGHT = 70  # the brightest parts of the face, 0 to 255
LEAST_SHARPNESS = 0.541  # 0.5 is wholly blurred, see below
MOST_COVERED = {"mouth": 2.35, "brows": 0.7, "eyes": 1.7}  # logarithm of the odds, see covering.py
MOST_COLOUR_DIFFERENCE = 16  # between the skin round mouth or brows and that of nose and cheeks, in units of CIELAB
MOST_PARTS_OUTSIDE = 0.05  # share of brows, eyes and lips that may lie outside the photo
MOST_OUTLINE_OUTSIDE = 0.4  # share of the outline of the face
# Logarithms of the odds that a face is turned: from which it is looked at again, and from which it is still in doubt
# then. For one that seems covered, each has a limit of its own: the covering may be why it looks turned, or look like
# one because it is.
MOST_TURNED, MOST_TURNED_COVERED = 0.0, -1.0
MOST_DOUBT, MOST_DOUBT_COVERED = 0.5, 2.0
PLAINLY_UPRIGHT = -2.0  # below it the points need no look, which saves time

TURNING = Path(__file__).with_name("turning.json")
EVERY = 10  # of the points
_LOOKED_FOR = [*at.OUTLINE, *at.LIP_OUTLINE, *at.EYE_OUTLINES, *at.BROW_OUTLINES]


def judge_face(photo_shape, face):
    """Tell why a face is no use for learning, and how turned it looks.

    Parameters
    ----------
    photo_shape : tuple
        Height and width of the photo in pixels.
    face : Face
        The face, whose points count in pixels of that photo.

    Returns
    -------
    (str or None, float)
        "too_close", "too_dark", "blurred", "covered", or None if the face is fine; how turned it looks, see the limits.

    Examples
    --------
    >>> import facelab
    >>> faces = facelab.load_sample()
    >>> problem, turned = judge_face(faces.images[0].shape, faces[0])
    >>> problem is None, turned < 0
    (True, True)
    """
    measured = measure_quality(face)
    return _find_problem(photo_shape, face, measured), measured["turned"]


def _find_problem(shape, face, measured):
    if _is_cut_off(shape, face):
        return "too_close"
    if measured["light"] < LEAST_LIGHT:
        return "too_dark"
    if measured["sharpness"] < LEAST_SHARPNESS:
        return "blurred"
    if measured["colour_difference"] > MOST_COLOUR_DIFFERENCE:
        return "covered"
    return "covered" if any(measured[part] > most for part, most in MOST_COVERED.items()) else None


def measure_quality(face):
    """Measure how well a face shows: light, sharpness, colour, how covered its parts look, and how turned it looks.

    Returns a dict of numbers; what each means stands beside the limits at the top of this module.
    """
    view = view_of(face)
    measures, widths = describe_parts(view), half_widths(view.points)
    covers = weigh_parts(measures, widths)
    return {
        "light": view.bright,
        "sharpness": _sharpness(view.grey),
        "colour_difference": _colour_difference(face),
        "turned": _measure_turning(measures, widths, covers, face.points),
        **covers,
    }


def _measure_turning(measures, widths, covers, points):
    """Return the logarithm of the odds that a face does not stand as its points, (478, 3) in pixels, say.

    Face Mesh also draws its upright face over one that stands on its head. Three things tell cheaply whether to look
    again: how brows, eyes and mouth turn lighter and darker, how covered they look, and how far the points are from
    making a face, as they are bent where they were read off the wrong way up. A logistic regression has learned that
    from shipped faces, upright and turned (`python -m data.making.turning`). What then follows is in `detection`.
    """
    offset, edges, parts, shape, usual = _load_turning()
    odds = float(offset + sum_edges(measures, widths) @ edges) + sum(map(float.__mul__, covers.values(), parts))
    return odds if odds < PLAINLY_UPRIGHT else odds + float(sum_shape(points[None])[0] @ shape) - usual


def sum_edges(measures: np.ndarray, widths: tuple[float, float]) -> np.ndarray:
    """Return how each part turns lighter and darker, both halves together: 240 numbers."""
    return np.einsum("phe,h->pe", measures[:, :, :EDGES], np.float32(widths)).ravel()


def sum_shape(points: np.ndarray) -> np.ndarray:
    """Return where every tenth point of faces, (n, 478, 3), lies once they are aligned: an array of shape (n, 144)."""
    return align(points)[:, ::EVERY].reshape(len(points), -1)


@lru_cache(maxsize=1)
def _load_turning():
    learned = json.loads(TURNING.read_text(encoding="utf-8"))
    edges, shape = (np.array(learned[name], dtype=np.float32) for name in ("edges", "shape"))
    return learned["offset"], edges, [learned["covers"][part] for part in COVERABLE], shape, learned["usual"]


def _is_cut_off(shape, face):
    height, width = shape[:2]
    left, top, wide, high = face.box
    if left > 0 and top > 0 and left + wide < width and top + high < height:
        return False  # all of it lies in the photo
    x, y = face.points[_LOOKED_FOR, :2].T
    outside = (x < 0) | (y < 0) | (x > width) | (y > height)
    outline, parts = outside[: len(at.OUTLINE)], outside[len(at.OUTLINE) :]
    return outline.sum() > MOST_OUTLINE_OUTSIDE * len(outline) or parts.sum() > MOST_PARTS_OUTSIDE * len(parts)


def _sharpness(grey):
    """Return how much places 2 pixels apart differ, beside places 4 pixels apart: half as much where all is smooth."""
    return _differences(grey, 2) / (_differences(grey, 4) + 1)


def _differences(grey, apart):
    import cv2

    return cv2.norm(grey[apart:], grey[:-apart]) + cv2.norm(grey[:, apart:], grey[:, :-apart])


def _colour_difference(face):
    """Return how far the hue, two numbers of CIELAB, round mouth or brows lies from that of nose and cheeks."""
    import cv2

    spots = [*at.NOSE_AND_CHEEKS, *at.SKIN_ROUND_MOUTH, *at.SKIN_ROUND_BROWS]
    colours = cv2.cvtColor(values_at(face.patch, face.patch_points[None, spots, :2]), cv2.COLOR_RGB2LAB)
    mouth, brows = len(at.NOSE_AND_CHEEKS), -len(at.SKIN_ROUND_BROWS)  # where each begins
    skin, *others = (cv2.mean(part)[1:3] for part in (colours[:, :mouth], colours[:, mouth:brows], colours[:, brows:]))
    return max(dist(skin, other) for other in others)
