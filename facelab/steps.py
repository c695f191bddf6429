"""The steps of a model between measuring a face and naming its expression, made for it."""

import numpy as np
from sklearn.base import BaseEstimator, OneToOneFeatureMixin, TransformerMixin
from sklearn.linear_model import LogisticRegression

# Both were chosen for faces of data/faces whose people the model had not learned from. The same person's three shots
# and the same renderer make the spread look better known than it is; with this, chances of such faces were best.
LEAST_SHRINKAGE = 0.2
USUAL = 0.5  # the strangeness up to which a face is nothing unusual: half of those faces keep below


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


class CautiousRegression(LogisticRegression):
    """Logistic regression that is the less sure of a face, the stranger it is.

    A line that parts two expressions goes on for ever, so plain logistic regression is surest of the faces furthest
    out, however little they resemble what it has learned from. This one flattens the chances of such faces. Which
    expression comes first stays the same.

    Parameters
    ----------
    C : float
        How freely it may follow single faces.
    class_weight : dict of str -> float, or "balanced", optional
        How much a face of each expression counts, as scikit-learn takes it.
    cautious : bool
        Without caution it is scikit-learn's logistic regression.

    Attributes
    ----------
    typical_ : array of shape (expressions, k)
        The mean face of each expression.

    Notes
    -----
    For measurements with an even spread, as `EvenSpread` leaves them. Source of the distance: P. C. Mahalanobis (1936),
    "On the generalised distance in statistics".

    Examples
    --------
    >>> model = CautiousRegression().fit([[0, 0], [1, 0], [0, 2], [1, 2]], ["joy", "joy", "anger", "anger"])
    >>> bool(model.predict_proba([[0, 100]]).max() < model.predict_proba([[0, 2]]).max())
    True
    """

    def __init__(self, C=1.0, class_weight=None, cautious=True):
        super().__init__(C=C, class_weight=class_weight, max_iter=1000)
        self.cautious = cautious

    def fit(self, X, y):
        super().fit(X, y)
        self.typical_ = np.array([np.asarray(X)[np.asarray(y) == label].mean(axis=0) for label in self.classes_])
        return self

    def decision_function(self, X):
        scores = super().decision_function(X)
        return (scores.T / np.maximum(1, self.strangeness(X) / USUAL)).T if self.cautious else scores

    def strangeness(self, X):
        """Tell how far faces lie from the nearest typical one: the mean squared difference, in units of the spread.

        Parameters
        ----------
        X : array of shape (n, k)
            Measurements with an even spread.

        Returns
        -------
        array of shape (n,)
            Not negative; about as large as `USUAL` in faces like those that were learned.
        """
        return np.min([((X - face) ** 2).mean(axis=1) for face in self.typical_], axis=0)
