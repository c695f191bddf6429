"""From the 478 points of a face to a few named measurements of its eyebrows, eyes and lips."""

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin

from facelab.language import Misuse, say

MEASUREMENTS = (
    "brow_height",
    "inner_brow_height",
    "brow_slope",
    "inner_brow_distance",
    "eye_openness",
    "mouth_openness",
    "mouth_width",
    "corner_height",
    "corner_height_to_upper_lip",
    "lip_height",
    "upper_lip_to_nose",
    "chin_length",
)

# Points of Face Mesh. "left" and "right" are sides of the picture.
EYE_CORNERS = {"left": (33, 133), "right": (362, 263)}
EYE_ROOT, NOSE_BASE, CHIN = 168, 2, 152
MOUTH_CORNERS = (61, 291)
UPPER_LIP_TOP, UPPER_LIP_BOTTOM, LOWER_LIP_TOP, LOWER_LIP_BOTTOM = 0, 13, 14, 17
UPPER_LIDS, LOWER_LIDS = (160, 159, 158, 387, 386, 385), (144, 145, 153, 373, 374, 380)
BROWS = (70, 63, 105, 66, 107, 300, 293, 334, 296, 336)
INNER_BROWS, OUTER_BROWS = (107, 55, 336, 285), (70, 46, 300, 276)
INNER_BROW_LEFT, INNER_BROW_RIGHT = (107, 55), (336, 285)


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
    >>> aligned = align(facelab.load_sample().points)
    >>> bool(abs(aligned[:, [33, 133, 362, 263]].mean(axis=1)).max() < 1e-3)
    True
    """
    left = points[:, EYE_CORNERS["left"]].mean(axis=1)
    right = points[:, EYE_CORNERS["right"]].mean(axis=1)
    distance = np.linalg.norm(right - left, axis=1)[:, None]
    x = (right - left) / distance
    down = points[:, NOSE_BASE] - points[:, EYE_ROOT]
    y = down - (down * x).sum(axis=1, keepdims=True) * x
    y /= np.linalg.norm(y, axis=1, keepdims=True)
    axes = np.stack([x, y, np.cross(x, y)], axis=2)
    centred = points - ((left + right) / 2)[:, None]
    return centred @ axes / distance[:, None]


def measure(points):
    """Measure eyebrows, eyes and lips.

    Parameters
    ----------
    points : array of shape (n, 478, 3)
        Points of Face Mesh in pixels.

    Returns
    -------
    dict of name -> array of shape (n,)
        Lengths in units of the distance between the eyes; `brow_slope` as height per width. Heights count upwards.

    Examples
    --------
    >>> import facelab
    >>> float(measure(facelab.load_sample().points)["mouth_openness"].min()) >= 0
    True
    """
    faces = align(points)
    height = -faces[..., 1]

    def mean_height(spots):
        return height[:, spots].mean(axis=1)

    def length(start, end):
        return np.linalg.norm(faces[:, start] - faces[:, end], axis=1)

    corners = mean_height(MOUTH_CORNERS)
    inner_brow, outer_brow = mean_height(INNER_BROWS), mean_height(OUTER_BROWS)
    brow_gap = (faces[:, INNER_BROW_RIGHT, 0]).mean(axis=1) - (faces[:, INNER_BROW_LEFT, 0]).mean(axis=1)
    return {
        "brow_height": mean_height(BROWS),
        "inner_brow_height": inner_brow,
        "brow_slope": inner_brow - outer_brow,
        "inner_brow_distance": brow_gap,
        "eye_openness": mean_height(UPPER_LIDS) - mean_height(LOWER_LIDS),
        "mouth_openness": length(UPPER_LIP_BOTTOM, LOWER_LIP_TOP),
        "mouth_width": length(*MOUTH_CORNERS),
        "corner_height": corners - mean_height((UPPER_LIP_BOTTOM, LOWER_LIP_TOP)),
        "corner_height_to_upper_lip": corners - height[:, UPPER_LIP_TOP],
        "lip_height": length(UPPER_LIP_TOP, LOWER_LIP_BOTTOM),
        "upper_lip_to_nose": length(NOSE_BASE, UPPER_LIP_TOP),
        "chin_length": length(LOWER_LIP_BOTTOM, CHIN),
    }


class FaceFeatures(TransformerMixin, BaseEstimator):
    """The first step of a model: from the points of faces to named measurements.

    A scikit-learn transformer: `fit` learns nothing, `transform` takes points of shape (n, 478, 3) and returns
    measurements of shape (n, number of names) in units of the distance between the eyes.

    Raises
    ------
    ValueError
        If the points have another shape.

    Examples
    --------
    >>> import facelab
    >>> features = FaceFeatures()
    >>> features.fit_transform(facelab.load_sample().points[:5]).shape
    (5, 12)
    """

    def fit(self, X, y=None):
        self.n_features_in_ = _check_points(X).shape[1]
        return self

    def transform(self, X):
        measured = measure(_check_points(X))
        return np.column_stack([measured[name] for name in MEASUREMENTS])

    def get_feature_names_out(self, input_features=None):
        """Return the names of the measurements, in the order of the columns."""
        return np.array(MEASUREMENTS, dtype=object)


def _check_points(points):
    points = np.asarray(points, dtype=np.float64)
    if points.ndim != 3 or points.shape[1:] != (478, 3):
        raise Misuse(say("features.wrong_shape", shape=points.shape))
    return points
