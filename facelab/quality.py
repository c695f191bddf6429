"""Whether a face can be used for learning, and if not: why.

Every check compares one number with one limit. The numbers are relative to the face's own light and dark, so that
neither the camera nor the colour of the skin decides.
"""

import numpy as np

from facelab.crops import crop_matrix, move_points

SIZE = 160  # pixels along each side of the crop that is checked

# Limits that about 1 in 100 clear photos passes and most bad ones do not.
LEAST_LIGHT = 70  # the brightest parts of the face, 0 to 255
LEAST_SHARPNESS = 0.018  # how strongly neighbouring pixels differ
LEAST_LIP_CONTRAST = 0.06  # lips have a dark line between them, and an edge; cloth over them does not
LEAST_EYE_CONTRAST = 0.07  # dark pupil, light white of the eye
LEAST_BROW_CONTRAST = 0.04
MOST_COLOUR_DIFFERENCE = 15  # between the skin round the mouth and that of the upper face, in units of CIELAB
MOST_OUTSIDE = 0.06  # share of the outline that may lie outside the photo

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


def find_problem(photo_shape, crop, points):
    """Tell why a face is no use for learning.

    Parameters
    ----------
    photo_shape : tuple
        Height and width of the photo in pixels.
    crop : array of shape (size, size, 3), uint8
        The face cut out.
    points : array of shape (478, 3)
        Its points in pixels of the photo.

    Returns
    -------
    "too_close", "too_dark", "blurred", "covered", or None if the face is fine.

    Examples
    --------
    >>> import facelab
    >>> face = facelab.load_sample()[0]
    >>> find_problem(face.image.shape, face.image, face.points) is None
    True
    """
    if _share_outside(photo_shape, points) > MOST_OUTSIDE:
        return "too_close"
    measured = measure_quality(crop, points)
    if measured["light"] < LEAST_LIGHT:
        return "too_dark"
    if measured["sharpness"] < LEAST_SHARPNESS:
        return "blurred"
    return "covered" if _is_covered(measured) else None


def measure_quality(crop, points):
    """Measure how well a face shows: light, sharpness, contrast of lips, eyes and brows, colour difference."""
    import cv2

    crop = cv2.resize(crop, (SIZE, SIZE), interpolation=cv2.INTER_AREA)
    flat = move_points(points, crop_matrix(points, SIZE))[:, :2].round().astype(np.int32)
    colours = cv2.cvtColor(crop, cv2.COLOR_RGB2LAB).astype(np.float32)  # lightness, green-red, blue-yellow
    light = cv2.GaussianBlur(colours[..., 0], (0, 0), 1)
    face = _region([OUTLINE], flat, 0)
    dark, bright = np.percentile(light[face], [5, 95])
    spread = max(bright - dark, 10)
    edges = cv2.Laplacian(cv2.GaussianBlur(colours[..., 0], (0, 0), 0.8), cv2.CV_32F)
    return {
        "light": bright,
        "sharpness": edges[face].std() / spread,
        "lip_contrast": light[_region([LIPS], flat, 3)].std() / spread,
        "eye_contrast": light[_region(EYES, flat, 3)].std() / spread,
        "brow_contrast": light[_region(BROWS, flat, 1)].std() / spread,
        "colour_difference": np.hypot(*(_colour(colours, flat, SKIN_ROUND_MOUTH) - _colour(colours, flat, UPPER_SKIN))),
    }


def _is_covered(measured):
    return (
        measured["lip_contrast"] < LEAST_LIP_CONTRAST
        or measured["eye_contrast"] < LEAST_EYE_CONTRAST
        or measured["brow_contrast"] < LEAST_BROW_CONTRAST
        or measured["colour_difference"] > MOST_COLOUR_DIFFERENCE
    )


def _share_outside(shape, points):
    outline = points[OUTLINE, :2]
    height, width = shape[:2]
    outside = (outline < 0).any(axis=1) | (outline[:, 0] > width) | (outline[:, 1] > height)
    return outside.mean()


def _region(parts, flat, border):
    """Return a (SIZE, SIZE) mask of the parts given by indices of points, with a border of some pixels."""
    import cv2

    mask = np.zeros((SIZE, SIZE), np.uint8)
    for part in parts:
        cv2.fillConvexPoly(mask, cv2.convexHull(flat[part]), 1)
    if border:
        mask = cv2.dilate(mask, np.ones((border, border), np.uint8))
    return mask.astype(bool)


def _colour(colours, flat, spots):
    """Return the mean hue (two numbers of CIELAB) of small squares round some points."""
    import cv2

    smooth = cv2.blur(colours[..., 1:], (9, 9))
    x, y = flat[spots].clip(0, SIZE - 1).T
    return smooth[y, x].mean(axis=0)
