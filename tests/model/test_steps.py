"""The steps of a model between measuring and naming: what they learn, and that they cope with next to no faces."""

import itertools

import numpy as np
import pytest
from sklearn.discriminant_analysis import LinearDiscriminantAnalysis

import facelab
from facelab.model.steps import NearestMean, WithinClassWhitening


@pytest.fixture
def long_cloud():
    """Two expressions side by side; within each, the second measurement goes along with the first and varies a lot."""
    random = np.random.default_rng(0)
    along, across = random.normal(0, 5, 4000), random.normal(0, 0.5, 4000)
    labels = np.repeat(["joy", "anger"], 2000)
    return np.column_stack([along + across + 2 * (labels == "joy"), along - across]), labels


def test_within_an_expression_the_spread_becomes_more_alike_in_all_directions(long_cloud):
    X, y = long_cloud

    def stretch(X):
        inner = np.concatenate([X[y == label] - X[y == label].mean(axis=0) for label in ("joy", "anger")])
        least, most = np.linalg.eigvalsh(np.cov(inner.T))
        return most / least

    assert stretch(X) > 50 and stretch(WithinClassWhitening().fit_transform(X, y)) < 15


def test_what_tells_the_expressions_apart_comes_to_stand_out(long_cloud):
    X, y = long_cloud

    def distance(X):
        return np.linalg.norm(X[y == "joy"].mean(axis=0) - X[y == "anger"].mean(axis=0)) / X.std()

    assert distance(WithinClassWhitening().fit_transform(X, y)) > 2 * distance(X)


def test_shifted_faces_stay_as_far_apart(long_cloud):
    X, y = long_cloud
    step, shifted = WithinClassWhitening().fit(X, y), WithinClassWhitening().fit(X + [3, -7], y)
    assert step.transform(X[:1] - X[1:2]) == pytest.approx(shifted.transform(X[:1] - X[1:2]))


def test_with_one_face_an_expression_nothing_is_whitened_and_all_count_alike():
    for copies in (1, 3):
        X, y = np.repeat([[1.0, 0.0], [3.0, 0.0]], copies, axis=0), np.repeat(["joy", "anger"], copies)
        assert (WithinClassWhitening().fit_transform(X, y) == X).all()
        assert np.ptp(NearestMean().fit(X, y).novelty([[1.0, 1.0], [3.0, 1.0]])) == pytest.approx(0)


def test_a_model_learns_from_very_few_faces(sample):
    """Drawn several times, since one draw of few faces may be unlucky."""
    for expressions, number in itertools.product((("joy", "anger"), facelab.EXPRESSIONS), (1, 2, 3, 10)):
        others = sample.select(np.isin(sample.labels, expressions))
        scores = []
        for seed in range(8):
            few = sample.take(seed=seed, **dict.fromkeys(expressions, number))
            model = facelab.expression_model().fit(few.points, few.labels)
            assert model.score(few.points, few.labels) >= 0.9
            scores.append(model.score(others.points, others.labels))
        assert np.mean(scores) > 1 / len(expressions) + 0.02, (expressions, number)


@pytest.fixture
def apart():
    """Two expressions of two measurements, each with the spread 1 in all directions; and a cautious model of them."""
    random = np.random.default_rng(0)
    labels = np.repeat(["anger", "joy"], 100)
    X = random.normal(size=(200, 2)) + 3 * (labels == "joy")[:, None] * [1, 0]
    return X, labels, NearestMean().fit(X, labels)


def test_the_stranger_a_face_the_less_sure_is_the_model(apart):
    _, _, model = apart
    heights = np.array([0, 2, 5, 20, 100])
    probabilities = model.predict_proba(np.column_stack([np.full(5, 4), heights]))[:, 1]
    assert (np.diff(probabilities) < 0).all() and probabilities[-1] == pytest.approx(0.5, abs=0.01)


def test_caution_never_changes_which_expression_comes_first(apart):
    X, _, model = apart
    plain = NearestMean(cautious=False).fit(X, apart[1])
    assert (model.predict(3 * X) == plain.predict(3 * X)).all()
    assert (model.predict_proba(3 * X).max(axis=1) <= plain.predict_proba(3 * X).max(axis=1) + 1e-12).all()


def test_with_many_faces_and_without_caution_it_is_the_linear_discriminant():
    random = np.random.default_rng(0)
    y = np.repeat(["anger", "joy"], [3000, 6000])
    X = random.normal(size=(9000, 2)) + 2 * (y == "joy")[:, None] * [1, 0]
    bold, fisher = NearestMean(cautious=False).fit(X, y), LinearDiscriminantAnalysis().fit(X, y)
    assert bold.predict_proba(X) == pytest.approx(fisher.predict_proba(X), abs=0.03)


def test_a_more_common_expression_is_likelier_unless_all_count_alike():
    X, y = [[0.0], [0.0], [0.0], [1.0]], ["joy", "joy", "joy", "anger"]
    assert NearestMean().fit(X, y).predict_proba([[0.5]])[0] == pytest.approx([0.25, 0.75])
    assert NearestMean("balanced").fit(X, y).predict_proba([[0.5]])[0] == pytest.approx([0.5, 0.5])
    assert NearestMean({"joy": 1, "anger": 9}).fit(X, y).predict_proba([[0.5]])[0] == pytest.approx([0.75, 0.25])


@pytest.mark.parametrize("number", [3, 10, 40])
def test_chances_can_be_trusted_however_few_faces_were_learned(sample, number):
    """Of people unseen; drawn several times, since one draw of few faces may be lucky."""
    sure, right = [], []
    for seed in range(8):
        train, test = sample.split(test_size=0.3, by="person", seed=seed)
        learned = train.take(seed=seed, **dict.fromkeys(facelab.EXPRESSIONS, number))
        report = facelab.evaluate(facelab.expression_model().fit(learned.points, learned.labels), test)
        sure.append(report.confidence.mean())
        right.append(report.accuracy)
    assert np.mean(sure) == pytest.approx(np.mean(right), abs=0.06)


def test_typical_faces_are_not_strange_at_all(apart):
    _, _, model = apart
    assert model.novelty(model.means_) == pytest.approx([0, 0])
    assert model.novelty(model.means_ + [3, 4]).min() > 1


def test_what_is_strange_for_an_expression_may_be_usual_for_another():
    """Surprised faces differ more than neutral ones here; the same distance is stranger in a neutral face."""
    random = np.random.default_rng(0)
    labels = np.repeat(["neutral", "surprise"], 200)
    X = (
        random.normal(size=(400, 2)) * np.where(labels == "surprise", 2, 1)[:, None]
        + [0, 50] * (labels == "surprise")[:, None]
    )
    model = NearestMean().fit(X, labels)
    neutral, surprise = model.novelty(model.means_ + [3, 0])
    assert neutral / surprise == pytest.approx(4, rel=0.3)


def test_a_face_that_is_none_of_the_five_is_refused_more_often(sample):
    """Made by hand from neutral faces: one eye is shut and the mouth is pulled to the same side."""
    train, test = sample.split(test_size=0.3, by="person", seed=1)
    model = facelab.expression_model().fit(train.points, train.labels)
    odd = test.points[test.labels == "neutral"].copy()
    odd[:, [160, 159, 158]] = odd[:, [144, 145, 153]]
    odd[:, [61, 291, 0, 13, 14, 17, 78, 308], 0] += 0.1 * np.ptp(odd[:, :, 0], axis=1)[:, None]
    refused, usual = (np.mean(model.predict_proba(points).max(axis=1) < 0.6) for points in (odd, test.points))
    assert refused > 2 * usual


def test_whoever_has_looked_at_the_faces_already_gets_the_same_steps(sample):
    from sklearn import config_context

    faces = sample[::7]
    looked_at = facelab.expression_model().fit(faces.points, faces.labels).predict_proba(sample.points)
    with config_context(assume_finite=True):
        unseen = facelab.expression_model().fit(faces.points, list(faces.labels)).predict_proba(sample.points)
    assert (looked_at == unseen).all()
