"""What a trained model adds up, read off from outside; and models that do not see a part of the face."""

from copy import deepcopy
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin

from facelab.checks import check_trained
from facelab.dataset.labelled import load_sample
from facelab.language import Misuse, say
from facelab.model.features import MEASUREMENTS, FaceFeatures

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

_STEP = 0.005  # eye distances by which a measurement is moved to see what follows: so little that no probability is 0


def cover_part(model, *parts) -> "Pipeline":
    """Make a model that does not see "brows", "eyes" or "lips": it takes them to be as in an average face.

    Parameters
    ----------
    model : Pipeline
        A trained one that begins with `FaceFeatures`. It stays as it is.
    *parts : str
        What to cover.

    Returns
    -------
    sklearn.pipeline.Pipeline
        Trained, too: it can be asked, evaluated and explained like the model.

    Raises
    ------
    ValueError
        If there is no such part, or the model does not measure.

    Examples
    --------
    >>> import facelab
    >>> without_lips = cover_part(facelab.ready_model(), "lips")
    >>> facelab.predict_expression(without_lips, facelab.load_sample()[0]).why.parts["lips"]
    0.0
    """
    from sklearn.pipeline import Pipeline

    for part in parts:
        if part not in MEASUREMENTS:
            raise Misuse(say("why.unknown_part", found=str(part), expected=", ".join(MEASUREMENTS)))
    measure, rest = split_model(model)
    covered = [name for part in parts for name in MEASUREMENTS[part]]
    columns = np.flatnonzero(np.isin(measure.get_feature_names_out(), covered))
    cover = Cover(columns, average_face(measure, rest))
    return Pipeline([("measure", measure), ("cover", cover), ("rest", rest)])


class Cover(TransformerMixin, BaseEstimator):
    """A step of a model that puts the average in the place of some measurements, so that what follows cannot see them.

    Parameters
    ----------
    columns : array of int
        Which measurements.
    mean_ : array of shape (number of measurements,)
        The average face.
    """

    def __init__(self, columns, mean_):
        self.columns = columns
        self.mean_ = mean_

    def fit(self, X, y=None) -> "Cover":
        return self

    def transform(self, X) -> np.ndarray:
        covered = np.array(X)
        covered[:, self.columns] = self.mean_[self.columns]
        return covered


def split_model(model) -> "tuple[FaceFeatures, Pipeline]":
    """Split a model into the step that measures faces and the steps that follow."""
    steps = [step for _, step in getattr(model, "steps", [])]
    if len(steps) < 2 or not isinstance(steps[0], FaceFeatures):
        raise Misuse(say("why.no_measurements", found=type(model).__name__))
    check_trained(model)
    return steps[0], model[1:]


def average_face(measure, rest) -> np.ndarray:
    """Return the measurements of the average face: a step that scales them knows it from learning."""
    mean = getattr(rest[0], "mean_", None)
    return _average_shipped() if mean is None else np.asarray(mean)


@lru_cache(maxsize=1)
def _average_shipped():
    return FaceFeatures().transform(load_sample().points).mean(axis=0)


def read_weights(rest, average, face) -> tuple[np.ndarray, np.ndarray]:
    """Read off what the steps after measuring add up, and make sure that it makes up what they say of a face.

    Returns the logarithms of the probabilities of an average face, (expressions,), and by how much each grows with each
    measurement, (measurements, expressions); both with the mean over the expressions taken off. A model that is less
    sure of strange faces is read as if it were not: that flattens all alike and is no reason for any of them.
    """
    rest = without_caution(rest)
    moves = np.vstack([np.eye(len(average)), np.random.default_rng(0).normal(size=(8, len(average)))])
    probes = average + _STEP * np.vstack([np.zeros_like(average), moves])
    start, *moved, answer = _log_probabilities(rest, np.vstack([probes, face]))
    changes = (np.array(moved) - start) / _STEP
    weights = changes[: len(average)]
    mixed = np.allclose(changes, moves @ weights, atol=1e-6)  # the last eight moves are of all measurements at once
    if not mixed or not np.allclose(answer, start + (face - average) @ weights, atol=1e-6):
        raise Misuse(say("why.not_linear"))
    return start, weights


def without_caution(model) -> "Pipeline":
    """Return a copy of a trained model that is as sure of strange faces as of others.

    Examples
    --------
    >>> import facelab
    >>> without_caution(facelab.ready_model())[-1].cautious
    False
    """
    bold = last = deepcopy(model)
    while hasattr(last, "steps"):
        last = last[-1]
    if hasattr(last, "cautious"):
        last.cautious = False
    return bold


def _log_probabilities(rest, measured):
    probabilities = rest.predict_proba(measured)
    if not probabilities.all():  # a tree is so sure of itself; there is no logarithm of 0
        raise Misuse(say("why.not_linear"))
    logs = np.log(probabilities)
    return logs - logs.mean(axis=1, keepdims=True)
