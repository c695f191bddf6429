"""From the 478 points of a face to a few named measurements of its eyebrows, eyes and lips."""

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin

from facelab.checks import show
from facelab.faces import landmarks as at
from facelab.faces.geometry import align, check_points, is_placed
from facelab.language import Misuse, say

# What is measured, part by part. Heights count upwards from the line through the eyes.
MEASUREMENTS = {
    "brows": (
        *("brow_height", "inner_brow_height", "outer_brow_height", "brow_slope", "brow_arch", "brow_to_lid"),
        *("inner_brow_to_lid", "inner_brow_distance", "brow_difference"),
    ),
    "eyes": (
        *("eye_openness", "eye_roundness", "upper_lid_height", "lower_lid_height", "cheek_height", "cheek_to_lid"),
        "eye_difference",
    ),
    "lips": (
        *("mouth_openness", "mouth_roundness", "mouth_width", "inner_mouth_width", "corner_height"),
        *("inner_corner_height", "corner_to_upper_lip", "corner_below_upper_edge", "corner_above_lower_edge"),
        *("corner_to_eye", "corner_to_nose", "corner_to_chin", "upper_lip_thickness", "lower_lip_thickness"),
        *("upper_lip_curve", "lower_lip_curve", "lip_height", "upper_lip_to_nose", "nose_width", "nostril_width"),
        *("nose_wing_height", "lip_to_chin", "chin_length", "jaw_length", "corner_difference", "mouth_shift"),
    ),
}


def measure(points) -> dict[str, np.ndarray]:
    """Measure eyebrows, eyes and lips.

    Parameters
    ----------
    points : array of shape (n, 478, 3)
        Points of Face Mesh in pixels.

    Returns
    -------
    dict of name -> array of shape (n,)
        Heights and lengths in units of the distance between the eyes; `mouth_roundness` and `eye_roundness` are heights
        by widths.

    Examples
    --------
    >>> import facelab
    >>> float(measure(facelab.load_sample().points)["mouth_openness"].min()) >= 0
    True
    """
    faces = align(points)
    return {**_measure_brows(faces), **_measure_eyes(faces), **_measure_mouth(faces), **_measure_lips_and_nose(faces)}


def _height(faces, spots):
    return -faces[:, np.atleast_1d(spots), 1].mean(axis=1)


def _length(faces, start, end):
    """Return the distance between two points, or the mean of two such distances, left and right."""
    starts, ends = np.atleast_1d(start), np.atleast_1d(end)
    return np.linalg.norm(faces[:, starts] - faces[:, ends], axis=2).mean(axis=1)


def _difference(faces, left, right):
    """Return by how much left and right differ in height: next to nothing in most faces, much in a wink or a sneer."""
    return abs(_height(faces, left) - _height(faces, right))


def _measure_brows(faces):
    inner, outer = _height(faces, at.INNER_BROWS), _height(faces, at.OUTER_BROWS)
    lids = _height(faces, at.INNER_LIDS)
    return {
        "brow_height": _height(faces, at.BROWS),
        "inner_brow_height": inner,
        "outer_brow_height": outer,
        "brow_slope": inner - outer,
        "brow_arch": _height(faces, at.BROW_TOPS) - _height(faces, at.BROW_ENDS),
        "brow_to_lid": _height(faces, at.BROW_TOPS) - _height(faces, at.LID_TOPS),
        "inner_brow_to_lid": inner - lids,
        "inner_brow_distance": _length(faces, *at.BROW_STARTS),
        "brow_difference": _difference(faces, *at.INNER_HALVES),
    }


def _measure_eyes(faces):
    corners, upper, lower = (_height(faces, spots) for spots in (at.EYE_CORNERS, at.UPPER_LIDS, at.LOWER_LIDS))
    left, right = (_length(faces, top, bottom) for top, bottom in zip(at.LID_TOPS, at.LID_BOTTOMS, strict=True))
    return {
        "eye_openness": upper - lower,
        "eye_roundness": _length(faces, at.LID_TOPS, at.LID_BOTTOMS) / _length(faces, at.OUTER_EYES, at.INNER_EYES),
        "upper_lid_height": upper - corners,
        "lower_lid_height": lower - corners,
        "cheek_height": _height(faces, at.CHEEKS),
        "cheek_to_lid": _length(faces, at.LOWER_CHEEKS, at.LID_BOTTOMS),
        "eye_difference": abs(left - right),
    }


def _measure_mouth(faces):
    openness = _length(faces, at.UPPER_LIP_BOTTOM, at.LOWER_LIP_TOP)
    width = _length(faces, *at.MOUTH_CORNERS)
    corners = _height(faces, at.MOUTH_CORNERS)
    middle = _height(faces, (at.UPPER_LIP_BOTTOM, at.LOWER_LIP_TOP))
    return {
        "mouth_openness": openness,
        "mouth_roundness": openness / width,
        "mouth_width": width,
        "inner_mouth_width": _length(faces, *at.INNER_CORNERS),
        "corner_height": corners - middle,
        "inner_corner_height": _height(faces, at.INNER_CORNERS) - middle,
        "corner_to_upper_lip": corners - _height(faces, at.UPPER_LIP_TOP),
        "corner_below_upper_edge": corners - _height(faces, at.UPPER_EDGE),
        "corner_above_lower_edge": corners - _height(faces, at.LOWER_EDGE),
        "corner_to_eye": _length(faces, at.MOUTH_CORNERS, at.OUTER_EYES),
        "corner_to_nose": _length(faces, at.MOUTH_CORNERS, at.NOSTRILS),
        "corner_to_chin": _length(faces, at.MOUTH_CORNERS, (at.CHIN, at.CHIN)),
    }


def _measure_lips_and_nose(faces):
    return {
        "upper_lip_thickness": _length(faces, at.UPPER_LIP_TOP, at.UPPER_LIP_BOTTOM),
        "lower_lip_thickness": _length(faces, at.LOWER_LIP_TOP, at.LOWER_LIP_BOTTOM),
        "upper_lip_curve": _height(faces, at.UPPER_LIP_BOTTOM) - _height(faces, at.UPPER_INNER_EDGE),
        "lower_lip_curve": _height(faces, at.LOWER_SIDES) - _height(faces, at.LOWER_LIP_BOTTOM),
        "lip_height": _length(faces, at.UPPER_LIP_TOP, at.LOWER_LIP_BOTTOM),
        "upper_lip_to_nose": _length(faces, at.NOSE_BASE, at.UPPER_LIP_TOP),
        "nose_width": _length(faces, *at.NOSE_WINGS),
        "nostril_width": _length(faces, *at.NOSTRILS),
        "nose_wing_height": _height(faces, at.NOSE_WINGS) - _height(faces, at.NOSE_TIP),
        "lip_to_chin": _height(faces, at.LOWER_LIP_BOTTOM) - _height(faces, at.CHIN_HOLLOW),
        "chin_length": _length(faces, at.LOWER_LIP_BOTTOM, at.CHIN),
        "jaw_length": _length(faces, at.NOSE_BASE, at.CHIN),
        "corner_difference": _difference(faces, *at.MOUTH_CORNERS),
        "mouth_shift": abs(
            faces[:, at.MOUTH_CORNERS, 0].mean(axis=1) - faces[:, (at.NOSE_TIP, at.NOSE_BASE), 0].mean(axis=1)
        ),
    }


def check_faces(X, y=None) -> np.ndarray:
    """Return points of faces to learn from or to ask about; raise a ValueError if they and their labels are none.

    Examples
    --------
    >>> check_faces([])
    Traceback (most recent call last):
    facelab.language.Misuse: 얼굴이 하나도 없어요. ...
    """
    points = check_points(X)
    if len(points) == 0:
        raise Misuse(say("features.no_faces"))
    if y is not None and len(check_labels(y)) != len(points):
        raise Misuse(say("features.lengths_differ", points=len(points), labels=len(y)))
    return points


def check_labels(y) -> np.ndarray:
    """Return labels to learn from as an array of shape (n,); raise a ValueError if they are no list of words.

    Examples
    --------
    >>> check_labels(None)
    Traceback (most recent call last):
    facelab.language.Misuse: 라벨은 사진마다 하나씩, ["joy", "anger"]처럼 목록으로 넣어 주세요. None이 들어왔어요.
    """
    labels = np.asarray(y)
    if labels.ndim != 1 or not all(isinstance(each, str | int) for each in labels.tolist()):
        raise Misuse(say("dataset.no_list", found=show(y)))
    return labels


class PointsTransformer(TransformerMixin, BaseEstimator):
    """What a step has in common that takes points of faces: it tells scikit-learn that these are no plain table."""

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.input_tags.two_d_array, tags.input_tags.three_d_array = False, True
        return tags


class FaceFeatures(PointsTransformer):
    """The first step of a model: from the points of faces to named measurements.

    A scikit-learn transformer: `transform` takes points of shape (n, 478, 3) and returns measurements of shape
    (n, number of names) in units of the distance between the eyes. Nothing of that is learned; `fit` only remembers
    what the average neutral face looks like.

    Attributes
    ----------
    neutral_ : array of shape (478, 3) or None
        The mean of the aligned faces labelled "neutral" that it was fitted on; None if there were none.
    from_neutral_ : bool
        Whether those faces had a common zero point, as `LabelledFaces.from_neutral` gives it: so must all later ones.

    Raises
    ------
    ValueError
        If the points have another shape, there are none, not one label for each face, or no common zero point though
        the faces to learn from had one.

    Examples
    --------
    >>> import facelab
    >>> features = FaceFeatures()
    >>> features.fit_transform(facelab.load_sample().points[:5]).shape
    (5, 42)
    """

    def fit(self, X, y=None) -> "FaceFeatures":
        points = check_faces(X, y)
        self.n_features_in_ = points.shape[1]
        neutral = points[np.array(y, dtype=str) == "neutral"] if y is not None else []
        self.neutral_ = align(neutral).mean(axis=0) if len(neutral) else None
        self.from_neutral_ = is_placed(points)
        return self

    def transform(self, X) -> np.ndarray:
        points = check_faces(X)
        if getattr(self, "from_neutral_", False) and not is_placed(points):  # models of earlier kits do not tell
            raise Misuse(say("features.not_from_neutral"))
        measured = measure(points)
        return np.column_stack([measured[name] for name in self.get_feature_names_out()])

    def get_feature_names_out(self, input_features=None) -> np.ndarray:
        """Return the names of the measurements, in the order of the columns."""
        return np.array([name for names in MEASUREMENTS.values() for name in names], dtype=object)
