"""How well a model does on faces that it did not learn from, and which ones it gets wrong."""

from dataclasses import dataclass

import numpy as np

from facelab.dataset import EXPRESSIONS, LabelledFaces
from facelab.language import Misuse, say


@dataclass(repr=False)
class Evaluation:
    """The result of a test.

    Attributes
    ----------
    faces : LabelledFaces
        The test set.
    predicted : array of shape (n,) of str
        What the model said of each face.

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

    def __repr__(self):
        return self.message

    @property
    def accuracy(self):
        """The share of right answers, 0 to 1."""
        return float(self._right.mean())

    @property
    def interval(self):
        """Where the accuracy lies with 95 % confidence, as (low, high); wide if there are few test photos.

        Source: E. B. Wilson (1927), "Probable inference, the law of succession, and statistical inference".
        """
        return wilson_interval(int(self._right.sum()), len(self.faces))

    @property
    def baseline(self):
        """The share of right answers of someone who always says the most common expression of the test set."""
        return max(self.faces.counts().values()) / len(self.faces)

    @property
    def expressions(self):
        """The expressions of the test set and of the answers, in the usual order, as a list."""
        return [name for name in EXPRESSIONS if name in self.faces.labels or name in self.predicted]

    @property
    def confusion(self):
        """Counts as an array of shape (k, k): row by true expression, column by the model's answer."""
        from sklearn.metrics import confusion_matrix

        return confusion_matrix(self.faces.labels, self.predicted, labels=self.expressions)

    @property
    def recall(self):
        """The share of right answers for each expression of the test set, as a dict."""
        return {name: float(self._right[self.faces.labels == name].mean()) for name in self.faces.counts()}

    @property
    def mistakes(self):
        """The faces with a wrong answer, as LabelledFaces."""
        return self.faces.select(~self._right)

    @property
    def mistaken_for(self):
        """What the model said of each of the mistakes, as an array of str."""
        return self.predicted[~self._right]

    @property
    def message(self):
        """The result as a sentence in the chosen language."""
        low, high = (round(100 * limit) for limit in self.interval)
        right, accuracy = int(self._right.sum()), f"{100 * self.accuracy:.1f}"
        baseline = f"{100 * self.baseline:.1f}"
        values = {"right": right, "total": len(self.faces), "accuracy": accuracy}
        return say("evaluation.result", **values, low=low, high=high, baseline=baseline)

    @property
    def _right(self):
        return self.faces.labels == self.predicted

    def photos_in(self, true, predicted):
        """Return the faces of one cell of the confusion matrix, as LabelledFaces."""
        return self.faces.select((self.faces.labels == true) & (self.predicted == predicted))

    def plot(self, ax=None):
        """Draw the confusion matrix; returns the evaluation itself."""
        from facelab.charts import draw_matrix, new_axes

        draw_matrix(new_axes(ax), self.confusion, self.expressions, self.expressions)
        return self

    def plot_mistakes(self, columns=8):
        """Draw the faces with a wrong answer, each with "true → answer"; returns the evaluation itself."""
        pairs = zip(self.mistakes.labels, self.mistaken_for, strict=True)
        self.mistakes.plot(columns, [f"{say(f'expression.{a}')} → {say(f'expression.{b}')}" for a, b in pairs])
        return self


def evaluate(model, test):
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
        If the test set is empty or the model was not trained.

    Examples
    --------
    >>> import facelab
    >>> print(facelab.evaluate(facelab.ready_model(), facelab.load_sample().take(joy=8)).baseline)
    1.0
    """
    from facelab.model import check_trained

    if len(test) == 0:
        raise Misuse(say("evaluation.empty"))
    check_trained(model)
    return Evaluation(test, np.asarray(model.predict(test.points)).astype(str))


def wilson_interval(right, total, z=1.96):
    """Return the interval (low, high) of a share `right` of `total`; z = 1.96 stands for 95 % confidence.

    Examples
    --------
    >>> low, high = wilson_interval(6, 8)
    >>> round(low, 2), round(high, 2)
    (0.41, 0.93)
    """
    share, weight = right / total, z**2 / total
    centre = (share + weight / 2) / (1 + weight)
    reach = z / (1 + weight) * np.sqrt(share * (1 - share) / total + weight / (4 * total))
    return float(max(centre - reach, 0)), float(min(centre + reach, 1))
