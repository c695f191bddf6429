"""The steps of a model between measuring a face and naming its expression, made for it."""

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin, OneToOneFeatureMixin, TransformerMixin

# Both were chosen for faces of data/faces whose people the model had not learned from. The same person's three shots
# and the same renderer make the spread look better known than it is; with this, chances of such faces were best.
LEAST_SHRINKAGE = 0.1
USUAL = 0.5  # the mean squared difference up to which a face is nothing unusual: half of those faces keep below


class EvenSpread(OneToOneFeatureMixin, TransformerMixin, BaseEstimator):
    """Weigh measurements by how much they tell: what differs among faces with the same expression counts for less.

    People with the same expression have chins of many lengths, and a long chin comes with a long jaw. `fit` learns how
    measurements spread and hang together within an expression; `transform` stretches and turns them so that this
    spread is the same in all directions. What then still stands out is the expression. With few faces the spread is
    hardly known, so only as much of it is evened out as the faces tell; with one face an expression, nothing.

    Attributes
    ----------
    matrix_ : array of shape (k, k)
        What the k measurements, brought to one scale before, are multiplied by.

    Notes
    -----
    Source: R. A. Fisher (1936), "The use of multiple measurements in taxonomic problems", and for few faces O. Ledoit
    and M. Wolf (2004), "A well-conditioned estimator for large-dimensional covariance matrices".

    Examples
    --------
    >>> step = EvenSpread().fit([[0, 0], [4, 1], [10, 0], [14, 1]], ["joy", "joy", "anger", "anger"])
    >>> step.transform([[4, 1]]).shape
    (1, 2)
    """

    def fit(self, X, y):
        from sklearn.covariance import empirical_covariance, ledoit_wolf_shrinkage, shrunk_covariance

        inner = np.array(X, dtype=np.float64)
        for label in np.unique(y):
            inner[np.asarray(y) == label] -= inner[np.asarray(y) == label].mean(axis=0)
        self.n_features_in_ = inner.shape[1]
        self.matrix_ = np.eye(self.n_features_in_)
        if inner.var() > 0.001:  # otherwise each expression has one face, or copies of one
            shrinkage = max(LEAST_SHRINKAGE, ledoit_wolf_shrinkage(inner, assume_centered=True))
            spread = shrunk_covariance(empirical_covariance(inner, assume_centered=True), shrinkage)
            variances, directions = np.linalg.eigh(spread)
            self.matrix_ = directions / np.sqrt(variances) @ directions.T
        return self

    def transform(self, X):
        return np.asarray(X) @ self.matrix_


class TypicalFaces(ClassifierMixin, BaseEstimator):
    """The last step of a model: asks which expression's typical face a face comes nearest to, and how sure that is.

    `fit` learns the mean face of each expression and how common the expression is. The chances follow from the
    distances to these means. They are evener if the means come from few faces, which are hardly known then; and evener
    the stranger a face is, that is the farther from the nearest of them: whoever has never seen such a face should not
    be sure. How far is strange depends on the expression, for surprised faces differ more than neutral ones.

    Parameters
    ----------
    class_weight : dict of str -> float, or "balanced", optional
        How much a face of each expression counts, as scikit-learn takes it.
    cautious : bool
        Whether strange faces make the chances evener.

    Attributes
    ----------
    classes_ : array of str
        The expressions.
    typical_ : array of shape (expressions, k)
        The mean face of each expression.
    shares_ : array of shape (expressions,)
        How common each expression is, together 1.
    known_ : float
        How well the means are known, 0 to 1: n faces of k measurements count n / (n + k).
    usual_ : array of shape (expressions,)
        The squared distance from its typical face up to which a face of each expression is nothing unusual.

    Notes
    -----
    For measurements with an even spread, as `EvenSpread` leaves them; both steps together are the linear discriminant
    of R. A. Fisher (1936), "The use of multiple measurements in taxonomic problems". Source of the distance:
    P. C. Mahalanobis (1936), "On the generalised distance in statistics".

    Examples
    --------
    >>> model = TypicalFaces().fit([[0, 0], [1, 0], [0, 2], [1, 2]], ["joy", "joy", "anger", "anger"])
    >>> model.predict([[0.4, 0.3], [0.4, 1.9]]).tolist()
    ['joy', 'anger']
    >>> bool(model.predict_proba([[0, 100]]).max() < model.predict_proba([[0, 2]]).max())
    True
    """

    def __init__(self, class_weight=None, cautious=True):
        self.class_weight = class_weight
        self.cautious = cautious

    def fit(self, X, y):
        from sklearn.utils.class_weight import compute_class_weight

        X, y = np.asarray(X, dtype=np.float64), np.asarray(y)
        self.classes_, numbers = np.unique(y, return_counts=True)
        self.n_features_in_ = X.shape[1]
        self.typical_ = np.array([X[y == label].mean(axis=0) for label in self.classes_])
        weights = numbers * compute_class_weight(self.class_weight, classes=self.classes_, y=y)
        self.shares_ = weights / weights.sum()
        self.known_ = len(X) / (len(X) + X.shape[1])
        self.usual_ = USUAL * X.shape[1] * self._compare_spreads(X, y)
        return self

    def _compare_spreads(self, X, y):
        """Return how far faces of each expression lie from its typical one, on the average of all expressions 1.

        Few faces hardly tell, so that the expressions then count as nearly alike.
        """
        spreads = np.array([X[y == label].var(axis=0).sum() for label in self.classes_])
        if not spreads.any():  # each expression has one face
            return np.ones(len(spreads))
        return 1 + self.known_ * (spreads / spreads.mean() - 1)

    def predict(self, X):
        return self.classes_[self.predict_proba(X).argmax(axis=1)]

    def predict_proba(self, X):
        from scipy.special import softmax

        distances = self._measure_distances(X)
        scores = -self.known_ / 2 * (distances - distances.mean(axis=1, keepdims=True)) + np.log(self.shares_)
        if self.cautious:
            scores /= np.maximum(1, self._compare_with_usual(distances))[:, None]
        return softmax(scores, axis=1)

    def strangeness(self, X):
        """Tell how far faces lie from the nearest typical one, squared, in units of what is usual for that expression.

        Parameters
        ----------
        X : array of shape (n, k)
            Measurements with an even spread.

        Returns
        -------
        array of shape (n,)
            Not negative; about 1 in faces like those that were learned.
        """
        return self._compare_with_usual(self._measure_distances(X))

    def _compare_with_usual(self, distances):
        """Return the least of each face's squared distances, in units of what is usual for that expression."""
        return distances.min(axis=1) / self.usual_[distances.argmin(axis=1)]

    def _measure_distances(self, X):
        """Return the squared distances (n, expressions) to the typical faces."""
        return ((np.asarray(X)[:, None] - self.typical_) ** 2).sum(axis=2)
