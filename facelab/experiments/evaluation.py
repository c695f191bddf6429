"""How well a model does on faces that it did not learn from, and which ones it gets wrong."""

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from facelab.checks import EXPRESSIONS, check_expression, check_percentage, check_set, check_share, check_trained
from facelab.dataset.labelled import LabelledFaces
from facelab.experiments.intervals import wilson_interval
from facelab.language import Misuse, say
from facelab.model.prediction import THRESHOLD

if TYPE_CHECKING:
    import pandas

GROUPS = 10  # of answers that are about as sure, each a tenth of the whole range


@dataclass(repr=False)
class Evaluation:
    """The result of a test.

    Attributes
    ----------
    faces : LabelledFaces
        The test set.
    predicted : array of shape (n,) of str
        What the model said of each face.
    probabilities : array of shape (n, 5), optional
        How probable the model thinks each expression of each face, 0 to 1, in the usual order.
    model : sklearn classifier, optional
        The model itself, to ask it more.

    Examples
    --------
    >>> import facelab
    >>> train, test = facelab.load_sample().split(test_size=0.3)
    >>> report = facelab.evaluate(facelab.expression_model().fit(train.points, train.labels), test)
    >>> report.confusion.sum() == len(test) and len(report.mistakes) == round((1 - report.accuracy) * len(test))
    True
    """

    faces: LabelledFaces
    predicted: np.ndarray
    probabilities: np.ndarray | None = None
    model: Any = None

    def __repr__(self):
        return self.message

    @property
    def accuracy(self) -> float:
        """The share of right answers, 0 to 1."""
        return float(self._right.mean())

    @property
    def interval(self) -> tuple[float, float]:
        """Where the accuracy lies with 95 % confidence, as (low, high); wide if there are few test photos.

        Source: E. B. Wilson (1927), "Probable inference, the law of succession, and statistical inference".
        """
        return wilson_interval(int(self._right.sum()), len(self.faces))

    @property
    def baseline(self) -> float:
        """The share of right answers of someone who always says the most common expression of the test set."""
        return max(self.faces.counts().values()) / len(self.faces)

    @property
    def expressions(self) -> list[str]:
        """The expressions of the test set and of the answers, in the usual order, as a list."""
        return [name for name in EXPRESSIONS if name in self.faces.labels or name in self.predicted]

    @property
    def confusion(self) -> np.ndarray:
        """Counts as an array of shape (k, k): row by true expression, column by the model's answer."""
        names = self.expressions
        pairs = Counter(zip(self.faces.labels.tolist(), self.predicted.tolist(), strict=True))
        return np.array([[pairs[true, said] for said in names] for true in names])

    @property
    def recall(self) -> dict[str, float]:
        """The share of right answers for each expression of the test set, as a dict."""
        return {name: float(self._right[self.faces.labels == name].mean()) for name in self.faces.counts()}

    @property
    def precision(self) -> dict[str, float]:
        """The share of right answers among all answers of each expression that was ever answered, as a dict."""
        said = [name for name in EXPRESSIONS if name in self.predicted]
        return {name: float(self._right[self.predicted == name].mean()) for name in said}

    @property
    def details(self) -> str:
        """Recall and precision in words, as a text with two sentences for each expression."""
        lines = []
        for name in self.expressions:
            photos, said = int((self.faces.labels == name).sum()), int((self.predicted == name).sum())
            right = int((self._right & (self.predicted == name)).sum())
            values = {"name": say(f"expression.{name}"), "photos": photos, "said": said, "right": right}
            shares = {"recall": _percent(right, photos), "precision": _percent(right, said)}
            known = say("evaluation.recall" if photos else "evaluation.no_photos", **values, **shares)
            lines.append(
                f"{known} {say('evaluation.precision' if said else 'evaluation.never_said', **values, **shares)}"
            )
        return "\n".join(lines)

    @property
    def mistakes(self) -> LabelledFaces:
        """The faces with a wrong answer, as LabelledFaces."""
        return self.faces.select(~self._right)

    @property
    def mistaken_for(self) -> np.ndarray:
        """What the model said of each of the mistakes, as an array of str."""
        return self.predicted[~self._right]

    @property
    def message(self) -> str:
        """The result as a sentence in the chosen language."""
        low, high = (round(100 * limit) for limit in self.interval)
        right, accuracy = int(self._right.sum()), f"{100 * self.accuracy:.1f}"
        baseline = f"{100 * self.baseline:.1f}"
        values = {"right": right, "total": len(self.faces), "accuracy": accuracy}
        return say("evaluation.result", **values, low=low, high=high, baseline=baseline)

    @property
    def most_confused(self) -> tuple[str, str]:
        """The most frequent mistake, as (the true label, what the model said); a ValueError if there is none."""
        if self._right.all():
            raise Misuse(say("evaluation.no_mistakes"))
        pairs = Counter(zip(self.mistakes.labels.tolist(), self.mistaken_for.tolist(), strict=True))
        return pairs.most_common(1)[0][0]

    @property
    def answers(self) -> "pandas.DataFrame":
        """Every answer in words, as a pandas.DataFrame: the true label, five percentages, and the verdict."""
        import pandas

        names = {label: say(f"expression.{label}") for label in EXPRESSIONS}
        shares = pandas.DataFrame(100 * self.probabilities, columns=names.values()).map("{:.2f}%".format)
        sure = 100 * self.confidence >= THRESHOLD
        verdicts = [
            names[label] if is_sure else say("evaluation.unsure")
            for label, is_sure in zip(self.predicted, sure, strict=True)
        ]
        shares.insert(0, say("evaluation.true"), [names[label] for label in self.faces.labels])
        return shares.assign(**{say("evaluation.verdict"): verdicts})

    def _headline(self):
        """Say how many are right, and which mistake was the most frequent."""
        if self._right.all():
            return say("evaluation.all_known", total=len(self.faces))
        pair = self.most_confused
        count = len(self.photos_in(*pair))
        true, said = (say(f"expression.{label}") for label in pair)
        numbers = {"total": len(self.faces), "right": int(self._right.sum()), "count": count}
        return say("evaluation.confused", **numbers, true=true, said=said)

    @property
    def _right(self):
        return self.faces.labels == self.predicted

    @property
    def confidence(self) -> np.ndarray:
        """How sure the model was of each answer, 0 to 1, as an array of shape (n,).

        Raises ValueError if the model tells no probabilities.
        """
        if self.probabilities is None:
            raise Misuse(say("evaluation.no_probabilities"))
        return self.probabilities.max(axis=1)

    @property
    def confidence_message(self) -> str:
        """How sure the model was when it was right and when it was wrong, as a sentence."""
        sure, right = 100 * self.confidence, self._right
        if right.all() or not right.any():
            return say("evaluation.all_right" if right.all() else "evaluation.all_wrong", sure=f"{sure.mean():.1f}")
        values = {"right": sure[right].mean(), "wrong": sure[~right].mean(), "boldest": sure[~right].max()}
        return say("evaluation.confidence", **{name: f"{value:.1f}" for name, value in values.items()})

    @property
    def reliability(self) -> "pandas.DataFrame":
        """How often the model is right when it is about as sure, as a pandas.DataFrame with a row for each tenth.

        Columns: the mean `confidence`, the share `right` with its 95 % interval from `low` to `high`, and the number of
        `photos`. Tenths without photos are missing.
        """
        import pandas

        groups = np.minimum((self.confidence * GROUPS).astype(int), GROUPS - 1)
        rows = []
        for group in np.unique(groups):
            right = self._right[groups == group]
            low, high = wilson_interval(int(right.sum()), len(right))
            sure = self.confidence[groups == group].mean()
            rows.append({"confidence": sure, "right": right.mean(), "low": low, "high": high, "photos": len(right)})
        return pandas.DataFrame(rows)

    @property
    def calibration_error(self) -> float:
        """How far the model's confidence lies from its share of right answers on average, 0 to 1.

        Source: the expected calibration error of M. Naeini, G. Cooper, M. Hauskrecht (2015), with ten equal groups.
        """
        groups = self.reliability
        return float(((groups["confidence"] - groups["right"]).abs() * groups["photos"]).sum() / len(self.faces))

    @property
    def coverage(self) -> "pandas.DataFrame":
        """What a threshold costs and brings, as a pandas.DataFrame with a row for each from 0 to 95 percent.

        Columns: the share of photos `answered`, and the share `right` of these, which is missing where none is.
        """
        import pandas

        limits = range(0, 100, 5)
        sure = [100 * self.confidence >= limit for limit in limits]
        right = [self._right[which].mean() if which.any() else np.nan for which in sure]
        return pandas.DataFrame({"answered": [which.mean() for which in sure], "right": right}, index=limits)

    def find_confidence(self, percentage) -> int:
        """Return the position of the face of which the model was sure by about this percentage, 0 to 100."""
        check_percentage(percentage)
        return int(np.abs(100 * self.confidence - percentage).argmin())

    @property
    def boldest_mistake(self) -> int:
        """The position of the mistake of which the model was surest; a ValueError if there is none."""
        if self._right.all():
            raise Misuse(say("evaluation.no_mistakes"))
        return int(np.where(self._right, 0, self.confidence).argmax())

    def surest(self, share=0.5) -> "Evaluation":
        """Return the Evaluation of a share of the faces, 0 to 1: those of which the model was surest."""
        check_share(share)
        chosen = np.argsort(-self.confidence, kind="stable")[: max(1, round(share * len(self.faces)))]
        return Evaluation(self.faces.select(chosen), self.predicted[chosen], self.probabilities[chosen], self.model)

    def photos_in(self, true, predicted) -> LabelledFaces:
        """Return the faces of one cell of the confusion matrix, as LabelledFaces."""
        for name in (true, predicted):
            check_expression(name)
        return self.faces.select((self.faces.labels == true) & (self.predicted == predicted))

    def plot(self, ax=None) -> "Evaluation":
        """Draw the confusion matrix; keeps `ax_` and `figure_`, returns itself."""
        from facelab.charts import draw_matrix, new_axes, write_title

        self.ax_ = new_axes(ax, size=(8, 5.5))
        self.figure_ = self.ax_.figure
        draw_matrix(self.ax_, self.confusion, self.expressions, self.expressions)
        write_title(self.ax_, self._headline())
        return self

    def plot_reliability(self, ax=None) -> "Evaluation":
        """Draw how often the model is right against how sure it is; keeps `ax_` and `figure_`, returns itself."""
        from facelab.charts import draw_reliability, new_axes, write_title

        self.ax_ = new_axes(ax, size=(8, 6.5))
        self.figure_ = self.ax_.figure
        draw_reliability(self.ax_, self.reliability)
        low, high = self.interval
        sure = self.confidence.mean()
        key = "boastful" if sure > high else "modest" if sure < low else "honest"
        write_title(self.ax_, say(f"evaluation.{key}", sure=f"{100 * sure:.0f}", right=f"{100 * self.accuracy:.0f}"))
        return self

    def plot_coverage(self, ax=None, threshold=THRESHOLD) -> "Evaluation":
        """Draw what a threshold, in percent, costs and brings; keeps `ax_` and `figure_`, returns itself."""
        from facelab.charts import draw_coverage, new_axes, write_title

        self.ax_ = new_axes(ax, size=(10, 5.5))
        self.figure_ = self.ax_.figure
        draw_coverage(self.ax_, self.coverage, threshold)
        sure = 100 * self.confidence >= threshold
        right = _percent(self._right[sure].sum(), sure.sum())
        write_title(self.ax_, say("evaluation.coverage", answered=_percent(sure.sum(), len(sure)), right=right))
        return self

    def plot_mistakes(self, columns=8) -> "Evaluation":
        """Draw the faces with a wrong answer, each with "true → answer"; keeps `ax_` and `figure_`, returns itself."""
        if self._right.all():
            raise Misuse(say("evaluation.no_mistakes"))
        pairs = zip(self.mistakes.labels, self.mistaken_for, strict=True)
        captions = [f"{say(f'expression.{a}')}\n→ {say(f'expression.{b}')}" for a, b in pairs]
        drawn = self.mistakes.plot(columns, captions)
        self.ax_, self.figure_ = drawn.ax_, drawn.figure_
        return self


def evaluate(model, test) -> Evaluation:
    """Test a model on faces that it did not learn from.

    Parameters
    ----------
    model : sklearn classifier
        One that was trained on points, such as `expression_model`.
    test : LabelledFaces
        The test set.

    Returns
    -------
    Evaluation

    Raises
    ------
    ValueError
        If the test set is empty or none, or the model was not trained.

    Examples
    --------
    >>> import facelab
    >>> print(facelab.evaluate(facelab.ready_model(), facelab.load_sample().take(joy=8)).baseline)
    1.0
    """
    check_set(test)
    if len(test) == 0:
        raise Misuse(say("evaluation.empty"))
    check_trained(model)
    predicted, probabilities = np.asarray(model.predict(test.points)).astype(str), None
    if hasattr(model, "predict_proba"):
        probabilities = np.zeros((len(test), len(EXPRESSIONS)))
        probabilities[:, [EXPRESSIONS.index(name) for name in model.classes_]] = model.predict_proba(test.points)
    return Evaluation(test, predicted, probabilities, model)


def _percent(part, whole):
    return f"{100 * part / max(whole, 1):.0f}"
