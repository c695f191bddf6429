"""A linear discriminant in two steps: whiten what spreads within the expressions, then look for the nearest mean."""

import numpy as np
from sklearn import get_config
from sklearn.base import BaseEstimator, ClassifierMixin, OneToOneFeatureMixin, TransformerMixin
from sklearn.utils.validation import check_is_fitted, validate_data

from facelab.model.features import check_labels

# Chosen for faces of data/faces whose people the model had not learned from. The same person's three shots and the same
# renderer make the scatter look better known than it is; with this, probabilities of such faces were best.
MIN_SHRINKAGE = 0.1
# The mean squared difference up to which a face is nothing unusual: two in five new ones keep below. With a half, the
# answers to most posed faces that were read wrong would still reach the threshold.
TYPICAL_DISTANCE = 0.45


class WithinClassWhitening(OneToOneFeatureMixin, TransformerMixin, BaseEstimator):
    """Weigh measurements by how much they tell: what differs among faces with the same expression counts for less.

    People with the same expression have chins of many lengths, and a long chin comes with a long jaw. `fit` learns how
    measurements spread and hang together within an expression; `transform` stretches and turns them so that this
    spread is the same in all directions. What then still stands out is the expression. With few faces the covariance is
    hardly known, so it is whitened only as far as the faces tell; with one face an expression, not at all.

    Attributes
    ----------
    whitening_ : array of shape (k, k)
        What the k measurements, brought to one scale before, are multiplied by.
    n_features_in_ : int
        k.

    Notes
    -----
    Source: R. A. Fisher (1936), "The use of multiple measurements in taxonomic problems", and for few faces O. Ledoit
    and M. Wolf (2004), "A well-conditioned estimator for large-dimensional covariance matrices".

    Examples
    --------
    >>> step = WithinClassWhitening().fit([[0, 0], [4, 1], [10, 0], [14, 1]], ["joy", "joy", "anger", "anger"])
    >>> step.transform([[4, 1]]).shape
    (1, 2)
    """

    def fit(self, X, y=None) -> "WithinClassWhitening":
        from sklearn.covariance import empirical_covariance, ledoit_wolf_shrinkage, shrunk_covariance

        X, y = _check(self, X, y)
        residuals = X.copy()
        for label in np.unique(y):
            residuals[y == label] -= X[y == label].mean(axis=0)
        self.whitening_ = np.eye(self.n_features_in_)
        if residuals.var() > 0.001:  # otherwise each expression has one face, or copies of one
            shrinkage = max(MIN_SHRINKAGE, ledoit_wolf_shrinkage(residuals, assume_centered=True))
            within = shrunk_covariance(empirical_covariance(residuals, assume_centered=True), shrinkage)
            variances, directions = np.linalg.eigh(within)
            self.whitening_ = directions / np.sqrt(variances) @ directions.T
        return self

    def transform(self, X) -> np.ndarray:
        check_is_fitted(self)
        return _check(self, X, reset=False) @ self.whitening_

    def __sklearn_tags__(self):
        tags = super().__sklearn_tags__()
        tags.target_tags.required = True
        return tags


class NearestMean(ClassifierMixin, BaseEstimator):
    """The last step of a model: asks which expression's mean face a face comes nearest to, and how sure that is.

    `fit` learns the mean face of each expression and how common the expression is. The probabilities follow from the
    distances to these means. They are evener if the means come from few faces, which are hardly known then; and evener
    the stranger a face is, that is the farther from the nearest of them: whoever has never seen such a face should not
    be sure. How far is strange depends on the expression, for surprised faces differ more than neutral ones.

    Parameters
    ----------
    class_weight : dict of str -> float, or "balanced", optional
        How much a face of each expression counts, as scikit-learn takes it.
    cautious : bool
        Whether strange faces make the probabilities evener.

    Attributes
    ----------
    classes_ : array of str
        The expressions.
    means_ : array of shape (expressions, k)
        The mean face of each expression.
    priors_ : array of shape (expressions,)
        How common each expression is, together 1.
    credibility_ : float
        How well the means are known, 0 to 1: n faces of k measurements count n / (n + k).
    squared_radii_ : array of shape (expressions,)
        The squared distance from its mean up to which a face of each expression is nothing unusual.
    n_features_in_ : int
        k.

    Notes
    -----
    For whitened measurements, as `WithinClassWhitening` leaves them; both steps together are the linear discriminant
    of R. A. Fisher (1936), "The use of multiple measurements in taxonomic problems". Source of the distance:
    P. C. Mahalanobis (1936), "On the generalised distance in statistics"; of the credibility: H. Bühlmann (1967),
    "Experience rating and credibility".

    Examples
    --------
    >>> model = NearestMean().fit([[0, 0], [1, 0], [0, 2], [1, 2]], ["joy", "joy", "anger", "anger"])
    >>> model.predict([[0.4, 0.3], [0.4, 1.9]]).tolist()
    ['joy', 'anger']
    >>> bool(model.predict_proba([[0, 100]]).max() < model.predict_proba([[0, 2]]).max())
    True
    """

    def __init__(self, class_weight=None, cautious=True):
        self.class_weight = class_weight
        self.cautious = cautious

    def fit(self, X, y=None) -> "NearestMean":
        from sklearn.utils.class_weight import compute_class_weight
        from sklearn.utils.multiclass import check_classification_targets

        X, y = _check(self, X, y)
        check_classification_targets(y)
        self.classes_, counts = np.unique(y, return_counts=True)
        self.means_ = np.array([X[y == label].mean(axis=0) for label in self.classes_])
        weights = counts * compute_class_weight(self.class_weight, classes=self.classes_, y=y)
        self.priors_ = weights / weights.sum()
        self.credibility_ = len(X) / (len(X) + X.shape[1])
        spreads = np.array([X[y == label].var(axis=0).sum() for label in self.classes_])
        self.squared_radii_ = np.full(len(counts), TYPICAL_DISTANCE * X.shape[1])
        if spreads.any():  # few faces hardly tell how an expression spreads, so that all count as nearly alike then
            self.squared_radii_ *= 1 + self.credibility_ * (spreads / spreads.mean() - 1)
        return self

    def predict(self, X) -> np.ndarray:
        likeliest = self.predict_proba(X).argmax(axis=1)
        return self.classes_[likeliest]

    def predict_proba(self, X) -> np.ndarray:
        from scipy.special import softmax

        distances = self._measure_distances(X)
        centred = distances - distances.mean(axis=1, keepdims=True)
        scores = -self.credibility_ / 2 * centred + np.log(self.priors_)
        if self.cautious:
            scores /= np.maximum(1, self._compare_with_radii(distances))[:, None]
        return softmax(scores, axis=1)

    def novelty(self, X) -> np.ndarray:
        """Tell how far faces lie from the nearest mean, squared, in units of what is typical of that expression.

        Parameters
        ----------
        X : array of shape (n, k)
            Whitened measurements.

        Returns
        -------
        array of shape (n,)
            Not negative; about 1 in faces like those that were learned.
        """
        return self._compare_with_radii(self._measure_distances(X))

    def _compare_with_radii(self, distances):
        return distances.min(axis=1) / self.squared_radii_[distances.argmin(axis=1)]

    def _measure_distances(self, X):
        """Return the squared distances (n, expressions) to the means."""
        check_is_fitted(self)
        X = _check(self, X, reset=False)
        return ((X[:, None] - self.means_) ** 2).sum(axis=2)


def _check(step, *data, reset=True):
    """Check what a step is given, X or X and y, unless scikit-learn is told that somebody has looked already.

    That is its `assume_finite`: to look at a few faces takes longer than to learn from them.
    """
    if len(data) > 1 and data[-1] is None:
        check_labels(None)
    looked = get_config()["assume_finite"]
    data = map(np.asarray, data) if looked else data
    return validate_data(step, *data, reset=reset, dtype=np.float64, skip_check_array=looked)
