"""Whether a face can be used for learning, and if not: why.

Every check compares one number with one limit. The numbers are relative to the face's own light and dark, so that
neither the camera nor the colour of the skin decides.
"""

from math import dist

from facelab.faces import landmarks as at
from facelab.faces.covering import describe_parts, half_widths, values_at, view_of, weigh_parts
from facelab.faces.turning import measure_turning

# Limits that about 1 in 100 clear photos passes and most bad ones do not; those of the coverings were set so on photos
# of people from the web, as drawn faces alone look neater than people do.
LEAST_LIGHT = 70  # the brightest parts of the face, 0 to 255
LEAST_SHARPNESS = 0.541  # 0.5 is wholly blurred, see below
MOST_COVERED = {"mouth": 2.35, "brows": 0.7, "eyes": 1.7}  # logarithm of the odds, see covering.py
MOST_COLOUR_DIFFERENCE = 16  # between the skin round mouth or brows and that of nose and cheeks, in units of CIELAB
MOST_PARTS_OUTSIDE = 0.05  # share of brows, eyes and lips that may lie outside the photo
MOST_OUTLINE_OUTSIDE = 0.4  # share of the outline of the face

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
        "too_close", "too_dark", "blurred", "covered", or None if the face is fine; what `measure_turning` says of it.

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
        "turned": measure_turning(measures, widths, covers, face.points),
        **covers,
    }


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
