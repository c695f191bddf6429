"""The model: what it is made of, and what it says of a face."""

from copy import deepcopy
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from facelab.checks import EXPRESSIONS, check_percentage, check_probabilities
from facelab.dataset.labelled import load_sample
from facelab.faces.geometry import check_points, move_to
from facelab.language import Misuse, say

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

    from facelab.model.why import Why

THRESHOLD = 60  # per cent: with less than this the model does not decide
POSED_STRENGTH = 0.6  # of a drawn expression: chosen together with the people of data/faces on real people who pose


def expression_model() -> "Pipeline":
    """Make a model that has not learned anything yet.

    Four steps, each from scikit-learn or made for it: named measurements of the face; brought to one scale; the
    covariance of faces with the same expression whitened; and the distances to the mean face of each expression, from
    which a probability for each follows, less sure the stranger the face is.

    Returns
    -------
    sklearn.pipeline.Pipeline
        Its ``fit`` and ``predict`` take points of shape (n, 478, 3); labels are the names of expressions.

    Examples
    --------
    >>> import facelab
    >>> train, test = facelab.load_sample().split(test_size=0.2)
    >>> model = expression_model().fit(train.points, train.labels)
    >>> model.score(test.points, test.labels) > 0.5
    True
    """
    from sklearn.pipeline import Pipeline
    from sklearn.preprocessing import StandardScaler

    from facelab.model.features import FaceFeatures
    from facelab.model.steps import NearestMean, WithinClassWhitening

    return Pipeline(
        [
            ("measure", FaceFeatures()),
            ("scale", StandardScaler()),
            ("whiten", WithinClassWhitening()),
            ("classify", NearestMean()),
        ]
    )


def ready_model(from_neutral: bool = False) -> "Pipeline":
    """Return a model that has learned from all shipped faces, each as it is and with a weaker expression.

    Parameters
    ----------
    from_neutral : bool
        Whether from each person's own neutral face, as `LabelledFaces.from_neutral` moves them: `predict_expression`
        then wants a neutral face as well.

    Examples
    --------
    >>> [str(name) for name in ready_model().classes_]
    ['anger', 'joy', 'neutral', 'sadness', 'surprise']
    """
    return deepcopy(_train_once(bool(from_neutral)))  # somebody may train it on with other faces


@lru_cache(maxsize=2)
def _train_once(from_neutral):
    import pandas as pd

    faces, model = load_sample(), expression_model()
    if from_neutral:
        faces = faces.from_neutral()
        return model.fit(faces.points, faces.labels)
    measured = model[:1].fit_transform(faces.points, faces.labels)
    neutral = faces.labels == "neutral"
    own = pd.DataFrame(measured[neutral]).groupby(faces.people[neutral]).mean().loc[faces.people].to_numpy()
    model[1:].fit(np.concatenate([measured, own + POSED_STRENGTH * (measured - own)]), np.tile(faces.labels, 2))
    return model


@dataclass(repr=False)
class Prediction:
    """What a model says of a face.

    Attributes
    ----------
    percentages : dict of str -> float
        How sure the model is of each of the five expressions, in per cent with two decimals; together exactly 100.
        An expression that the model never saw has 0.
    threshold : float
        The percentage below which the model does not decide.

    Examples
    --------
    >>> answer = Prediction({"joy": 75.0, "sadness": 25.0, "surprise": 0.0, "anger": 0.0, "neutral": 0.0}, threshold=60)
    >>> answer.label
    'joy'
    >>> print(answer.message)
    이 표정은 기쁨이에요! 75.00% 확신해요.
    """

    percentages: dict[str, float]
    threshold: float = THRESHOLD
    question: tuple = field(default=(), compare=False)  # what `explain_answer` takes: model, face, points, neutral

    def __repr__(self):
        return self.message

    @property
    def likeliest(self) -> str:
        """The expression with the highest percentage."""
        return max(self.percentages, key=self.percentages.get)

    @property
    def label(self) -> str | None:
        """The expression on which the model decides; None means that it cannot tell."""
        return self.likeliest if self.percentages[self.likeliest] >= self.threshold else None

    @property
    def verdict(self) -> str:
        """The expression on which the model decides in one word of the chosen language; "?" if it cannot tell."""
        return say(f"expression.{self.label}") if self.label else "?"

    @property
    def message(self) -> str:
        """The verdict as a sentence in the chosen language."""
        key = "model.verdict" if self.label else "model.cannot_tell"
        percentage, name = f"{self.percentages[self.likeliest]:.2f}", say(f"expression.{self.likeliest}")
        return say(key, label=name, percentage=percentage, threshold=f"{self.threshold:g}")

    @property
    def why(self) -> "Why":
        """What in the face speaks for the likeliest expression: a `facelab.Why`; ValueError if nobody can say."""
        from facelab.model.why import explain_answer

        if not self.question:
            raise Misuse(say("why.nothing_asked"))
        return explain_answer(*self.question)

    def plot(self, ax=None) -> "Prediction":
        """Draw five bars and the threshold, with the verdict above; keeps `ax_` and `figure_`, returns itself."""
        from facelab.charts import draw_bars, new_axes

        title = say("model.short_verdict", label=say(f"expression.{self.label}")) if self.label else say("model.unsure")
        self.ax_ = new_axes(ax)
        self.figure_ = self.ax_.figure
        draw_bars(self.ax_, self.percentages, highlight=self.label, limit=self.threshold, title=title)
        return self


def predict_expression(model, face, threshold=THRESHOLD, neutral=None) -> Prediction:
    """Ask a model which expression a face shows, and how sure it is.

    Parameters
    ----------
    model : sklearn classifier
        One that was trained on points, such as `expression_model`.
    face : Face, or array of shape (478, 3)
        The face or its points.
    threshold : float
        The percentage, 0 to 100, below which the answer is "cannot tell".
    neutral : Face, or array of shape (478, 3), optional
        The same person's neutral face. The answer then goes by how the face differs from it, and no longer by what
        is particular to the person, such as low eyebrows. A model that learned `LabelledFaces.from_neutral` needs it,
        and makes most of it.

    Returns
    -------
    Prediction

    Raises
    ------
    ValueError
        If the model was not trained, it is not one face, the threshold is no percentage, or the model needs a neutral
        face.

    Examples
    --------
    >>> import facelab
    >>> answer = predict_expression(facelab.ready_model(), facelab.load_sample()[0])
    >>> round(sum(answer.percentages.values()), 2)
    100.0
    """
    points = _get_points(face)
    check_percentage(threshold)
    check_probabilities(model)
    average = None
    if neutral is not None:
        own = _get_points(neutral)
        points, average = (move_to_average(model, each, own) for each in (points, own))
    probabilities = dict(zip(model.classes_.tolist(), model.predict_proba(points[None])[0].tolist(), strict=True))
    percentages = _round_to_hundred([probabilities.get(expression, 0.0) for expression in EXPRESSIONS])
    asked = (deepcopy(model), face, points, average)  # a copy: it may be trained anew before anybody asks why
    return Prediction(dict(zip(EXPRESSIONS, percentages, strict=True)), threshold, asked)


def _get_points(face):
    points = getattr(face, "points", face)
    if np.shape(points) != (478, 3):
        found = f"{type(face).__name__} {np.shape(points)}" if np.shape(points) else type(face).__name__
        raise Misuse(say("model.no_face_to_predict", found=found))
    return check_points([points])[0]


def move_to_average(model, points, neutral) -> np.ndarray:
    """Put a model's average neutral face in the place of a person's own: points as if anybody made the expression.

    The average is that of the neutral faces the model learned from; if it never saw any, of the shipped ones.

    Parameters
    ----------
    model : sklearn classifier
        One that was trained on points.
    points, neutral : array of shape (478, 3)
        A face of a person and the same person's neutral face, in pixels.

    Returns
    -------
    array of shape (478, 3)
        What the model is to be asked about, as `facelab.faces.geometry.place` puts it.

    Examples
    --------
    >>> import facelab
    >>> own = facelab.load_sample().points[0]
    >>> facelab.ready_model().predict([move_to_average(facelab.ready_model(), own, own)]).tolist()
    ['neutral']
    """
    learned = [getattr(step, "neutral_", None) for _, step in getattr(model, "steps", [])]
    average = next((neutral for neutral in learned if neutral is not None), None)
    return move_to(points, neutral, _train_once(False)[0].neutral_ if average is None else average)


def _round_to_hundred(probabilities):
    """Turn probabilities into percentages with two decimals that add up to exactly 100 (largest remainder method)."""
    exact = np.array(probabilities) * 10000
    hundredths = np.floor(exact).astype(int)
    missing = 10000 - hundredths.sum()
    hundredths[np.argsort(hundredths - exact, kind="stable")[:missing]] += 1
    return [round(number / 100, 2) for number in hundredths.tolist()]
