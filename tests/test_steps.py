"""The steps of a model between measuring and naming: what they learn, and that they cope with next to no faces."""

import numpy as np
import pytest
from sklearn.base import clone

import facelab
from facelab.steps import EvenSpread


@pytest.fixture
def long_cloud():
    """Two expressions side by side; within each, the second measurement goes along with the first and varies a lot."""
    random = np.random.default_rng(0)
    along, across = random.normal(0, 5, 4000), random.normal(0, 0.5, 4000)
    labels = np.repeat(["joy", "anger"], 2000)
    return np.column_stack([along + across + 2 * (labels == "joy"), along - across]), labels


def test_within_an_expression_the_spread_becomes_the_same_in_all_directions(long_cloud):
    X, y = long_cloud
    evened = EvenSpread().fit_transform(X, y)
    inner = np.concatenate([evened[y == label] - evened[y == label].mean(axis=0) for label in ("joy", "anger")])
    assert np.cov(inner.T) == pytest.approx(np.eye(2), abs=0.05)


def test_what_tells_the_expressions_apart_comes_to_stand_out(long_cloud):
    X, y = long_cloud

    def distance(X):
        return np.linalg.norm(X[y == "joy"].mean(axis=0) - X[y == "anger"].mean(axis=0)) / X.std()

    assert distance(EvenSpread().fit_transform(X, y)) > 2 * distance(X)


def test_shifted_faces_stay_as_far_apart(long_cloud):
    X, y = long_cloud
    step, shifted = EvenSpread().fit(X, y), EvenSpread().fit(X + [3, -7], y)
    assert step.transform(X[:1] - X[1:2]) == pytest.approx(shifted.transform(X[:1] - X[1:2]))


@pytest.mark.parametrize("copies", [1, 3])
def test_with_one_face_an_expression_nothing_is_evened_out(copies):
    X, y = np.repeat([[1.0, 2.0], [3.0, 5.0]], copies, axis=0), np.repeat(["joy", "anger"], copies)
    assert (EvenSpread().fit_transform(X, y) == X).all()


@pytest.mark.parametrize("number", [1, 2, 3, 10])
@pytest.mark.parametrize("expressions", [("joy", "anger"), facelab.EXPRESSIONS])
def test_a_model_learns_from_very_few_faces(sample, number, expressions):
    few = sample.take(seed=5, **dict.fromkeys(expressions, number))
    model = facelab.expression_model().fit(few.points, few.labels)
    others = sample.select(np.isin(sample.labels, expressions))
    assert model.score(few.points, few.labels) >= 0.9
    assert model.score(others.points, others.labels) > 1.4 / len(expressions)


def test_after_measuring_all_steps_are_affine_up_to_the_probabilities(model, sample):
    """What each measurement contributes to an answer can be told only then."""
    one, two = model[0].transform(sample.points[:2])
    ends = model[1:].decision_function([one, two])
    assert model[1:].decision_function([0.3 * one + 0.7 * two])[0] == pytest.approx(0.3 * ends[0] + 0.7 * ends[1])


def test_scikit_learn_can_copy_it_and_name_its_columns(long_cloud):
    X, y = long_cloud
    step = clone(EvenSpread()).fit(X, y)
    assert step.get_feature_names_out(["brow", "lip"]).tolist() == ["brow", "lip"]
