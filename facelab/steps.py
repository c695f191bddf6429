"""The steps of a model between measuring a face and naming its expression, made for it."""

import numpy as np
from sklearn.base import BaseEstimator, OneToOneFeatureMixin, TransformerMixin


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
        from sklearn.covariance import ledoit_wolf

        inner = np.array(X, dtype=np.float64)
        for label in np.unique(y):
            inner[np.asarray(y) == label] -= inner[np.asarray(y) == label].mean(axis=0)
        self.n_features_in_ = inner.shape[1]
        self.matrix_ = np.eye(self.n_features_in_)
        if inner.var() > 0.001:  # otherwise each expression has one face, or copies of one
            variances, directions = np.linalg.eigh(ledoit_wolf(inner, assume_centered=True)[0])
            self.matrix_ = directions / np.sqrt(variances + 0.001) @ directions.T
        return self

    def transform(self, X):
        return np.asarray(X) @ self.matrix_
