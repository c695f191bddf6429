"""The steps keep scikit-learn's rules, and what cannot be learned from is told in one sentence."""

import numpy as np
import pytest
from sklearn.utils.estimator_checks import check_estimator

import facelab
from facelab.model.features import FaceFeatures
from facelab.model.steps import NearestMean, WithinClassWhitening
from facelab.model.trees import PieceFeatures

# The checks that scikit-learn has for all estimators and that do not hold for one of ours, with the reason. Steps that
# take points tell by their tags that these are no plain table, and scikit-learn then checks only how they are made.
NOT_APPLYING = {
    "check_requires_y_none": "our own sentence is told instead, in the pupil's language",
    "check_class_weight_classifiers": "a weight moves the prior, which shall not overrule what a face shows",
}


@pytest.mark.filterwarnings("ignore")
def test_scikit_learns_own_checks_pass():
    """Not run: Cover, which is made of a trained model and never trained itself."""
    failed = [
        (type(step).__name__, result["check_name"], str(result["exception"]))
        for step in (WithinClassWhitening(), NearestMean(), FaceFeatures(), PieceFeatures())
        for result in check_estimator(step, on_fail=None)
        if result["status"] == "failed" and result["check_name"] not in NOT_APPLYING
    ]
    assert not failed


def test_labels_of_another_set_and_an_empty_set_are_told(says, sample, model):
    train, test = sample.take(joy=10, anger=10).split(test_size=4)
    nobody = sample.select([])
    for make in (facelab.expression_model, facelab.piece_tree):
        swapped = lambda make=make: make().fit(train.points, test.labels)  # noqa: E731
        says("얼굴은 16개인데 라벨은 4개", "Faces: 16, labels: 4", swapped)
        says("얼굴이 하나도 없어요", "no faces at all", lambda make=make: make().fit(nobody.points, nobody.labels))
    says("얼굴이 하나도 없어요", "no faces at all", lambda: model.predict(np.zeros((0, 478, 3))))


def test_what_is_no_list_of_labels_is_told(says, sample, subtests):
    train = sample.take(joy=3, anger=3)
    nothing = [[None] * 6, [float("nan")] * 6, [b"joy", b"anger"] * 3, np.arange(6) / 2, "joy", [train.labels] * 2]
    for labels in [None, *nothing]:
        for make in [facelab.expression_model, facelab.piece_tree][: 1 if labels is None else 2]:  # a tree tells itself
            with subtests.test(f"{labels} {make.__name__}"):
                fit = lambda make=make, labels=labels: make().fit(train.points, labels)  # noqa: E731
                says("라벨은 사진마다 하나씩", "Labels are a list with one for each photo", fit)


def test_points_of_another_kind_are_told_and_numbers_in_objects_are_read(says, sample):
    points, labels = sample.points[:10], sample.labels[:10]
    for wrong, told in (
        (points.astype(complex), "complex128"),
        (points > 0, "bool"),
        (np.full(points.shape, "a"), "<U1"),
    ):
        fit = lambda wrong=wrong: facelab.expression_model().fit(wrong, labels)  # noqa: E731
        says(told, f"(10, 478, 3) {told}", fit)
    says("얼굴 모양이", "do not make a face", lambda: facelab.expression_model().fit(points * 1e250, labels))
    model = facelab.expression_model()
    asked = model.fit(points.astype(object), labels).predict_proba(points)
    assert (asked == model.fit(points, labels).predict_proba(points)).all()
