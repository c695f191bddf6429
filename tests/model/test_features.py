"""The measurements follow the expression, not where or how large the face is in the picture."""

import numpy as np
import pandas
import pytest
from sklearn.base import clone
from sklearn.model_selection import cross_val_score

from facelab.faces.geometry import OWN_SHARE, align, is_placed, move_to, place
from facelab.model.features import FaceFeatures, measure

MEASUREMENTS = FaceFeatures().get_feature_names_out().tolist()


def test_turned_scaled_or_shifted_a_face_measures_the_same(sample, turn):
    points = sample.points[:20].astype(float)
    for move in ((25, 1, (0, 0)), (180, 1, (0, 0)), (0, 7, (0, 0)), (-90, 0.1, (900, -80))):
        moved = FaceFeatures().fit_transform(turn(points, *move))
        assert moved == pytest.approx(FaceFeatures().fit_transform(points), abs=1e-6), move


def test_aligned_eyes_lie_one_unit_apart_on_a_level(five):
    aligned = align(five.points.astype(float))
    left, right = aligned[:, [33, 133]].mean(axis=1), aligned[:, [362, 263]].mean(axis=1)
    assert right - left == pytest.approx(np.tile([1, 0, 0], (5, 1)), abs=1e-6)
    assert (aligned[:, 152, 1] > aligned[:, 1, 1]).all()  # the chin lies below the nose


def test_a_measurement_grows_when_its_part_of_the_face_moves(sample):
    upright = sample.points[:1].astype(float)
    moves = [
        ("mouth_openness", [14, 17], (0, 1)),
        ("mouth_width", [61], (-1, 0)),
        ("brow_height", [70, 63, 105, 66, 107, 300, 293, 334, 296, 336], (0, -1)),
        ("inner_brow_height", [107, 55, 336, 285], (0, -1)),
        ("inner_brow_distance", [107, 55], (-1, 0)),
        ("eye_openness", [160, 159, 158, 387, 386, 385], (0, -1)),
        ("corner_height", [61, 291], (0, -1)),
        ("chin_length", [152], (0, 1)),
        ("brow_difference", [107, 66, 105], (0, -2)),
        ("eye_difference", [159], (0, 2)),
        ("corner_difference", [61], (0, -2)),
        ("mouth_shift", [61, 291], (2, 0)),
    ]
    still = []
    for name, points, step in moves:
        moved = upright.copy()
        moved[:, points, :2] += 5 * np.array(step)
        if not measure(moved)[name] > measure(upright)[name]:
            still.append(name)
    assert not still


def test_the_measurements_tell_what_their_names_say(sample):
    measured = pandas.DataFrame(measure(sample.points))
    means = measured.groupby(sample.labels).mean().to_dict("index")
    assert means["surprise"]["mouth_openness"] > means["neutral"]["mouth_openness"]
    assert means["surprise"]["brow_height"] > means["neutral"]["brow_height"] > means["anger"]["brow_height"]
    assert means["joy"]["mouth_width"] > means["neutral"]["mouth_width"]
    assert means["joy"]["corner_to_upper_lip"] > means["neutral"]["corner_to_upper_lip"]


def test_every_column_has_a_name_and_a_number(sample):
    features = FaceFeatures().fit(sample.points)
    measured = features.transform(sample.points)
    assert sorted(MEASUREMENTS) == sorted(measure(sample.points[:1]))
    assert measured.shape == (len(sample), len(MEASUREMENTS)) and np.isfinite(measured).all()
    assert (measured.std(axis=0) > 0).all()


def test_it_remembers_the_average_neutral_face_and_knows_when_there_was_none(sample):
    neutral = sample.labels == "neutral"
    expected = align(sample.points[neutral].astype(float)).mean(axis=0)
    assert FaceFeatures().fit(sample.points, sample.labels).neutral_ == pytest.approx(expected)
    assert FaceFeatures().fit(sample.points[~neutral], sample.labels[~neutral]).neutral_ is None
    assert FaceFeatures().fit(sample.points).neutral_ is None


def test_a_face_moves_most_of_the_way_from_its_own_neutral_face_to_the_common_one(sample, turn):
    own, other = sample.points[:2].astype(float)
    smile = own.copy()
    smile[61, :2] += (-5, -5)
    still, moved, common = align(np.stack([own, smile, other]))
    found = align(move_to(turn(smile[None], 40, 2)[0], own, common)[None])[0]
    assert found - moved == pytest.approx(OWN_SHARE * (common - still))
    assert 0.5 <= OWN_SHARE <= 1
    half = move_to(smile, own, common, share=1, strength=0.5)
    assert half == pytest.approx(place(common + 0.5 * (moved - still)))


def test_faces_with_a_common_zero_point_are_told_from_photos_wherever_these_lie(sample, turn):
    points = sample.points[:3].astype(float)
    zero = place(align(points))
    assert is_placed(zero) and is_placed(zero.astype(np.float32))
    for others in (points, align(points), zero + 1, turn(zero, 2), np.concatenate([zero, points])):
        assert not is_placed(others)


def test_it_is_a_transformer_that_scikit_learn_can_copy_and_name(sample):
    features = clone(FaceFeatures()).set_output(transform="pandas").fit(sample.points[:3])
    assert features.transform(sample.points[:3]).columns.tolist() == MEASUREMENTS


def test_a_model_on_it_can_be_cross_validated(sample, model):
    two = sample.take(joy=20, sadness=20)
    assert cross_val_score(clone(model), two.points, two.labels, cv=4).mean() > 0.6


def test_points_of_another_shape_are_refused(says):
    for shape in ((478, 3), (5, 468, 3), (5, 478, 2), (5, 1434)):
        korean, english = f"478, 3) 모양의 배열이어야 하는데, {shape}", f"but this one is {shape}"
        for work in (FaceFeatures().fit, FaceFeatures().transform):
            says(korean, english, lambda shape=shape, work=work: work(np.zeros(shape)))
