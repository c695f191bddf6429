"""The square cut out round a face is upright, holds all of it, and its points move along."""

from itertools import product

import numpy as np
import pytest

from facelab.faces import geometry


@pytest.fixture(scope="module")
def points(sample):
    return sample.points[0]


def test_in_the_crop_the_eyes_are_level_and_the_face_lies_in_the_middle(points, turn, subtests):
    for degrees, scale in product([0, 30, 90, 180, 270], [0.2, 1, 5]):
        turned = turn(points, degrees, scale, (300, -40))
        with subtests.test(degrees=degrees, scale=scale):
            moved = geometry.move_points(turned, geometry.crop_matrix(turned))
            low, high = moved[:, :2].min(axis=0), moved[:, :2].max(axis=0)
            assert moved[geometry.RIGHT_EYE, 0] > moved[geometry.LEFT_EYE, 0]
            assert moved[geometry.RIGHT_EYE, 1] == pytest.approx(moved[geometry.LEFT_EYE, 1], abs=0.01)
            assert (low + high) / 2 == pytest.approx([geometry.CROP_SIZE / 2] * 2, abs=0.01)
            assert (high - low).max() == pytest.approx(geometry.CROP_SIZE / geometry.CROP_MARGIN, abs=0.01)


def test_depth_is_scaled_like_the_picture(points):
    matrix = geometry.crop_matrix(points)
    scale = np.hypot(*matrix[0, :2])
    assert geometry.move_points(points, matrix)[:, 2] == pytest.approx(points[:, 2] * scale, rel=1e-4)


def test_what_lies_under_a_point_lies_under_the_moved_point(points):
    photo = np.zeros((400, 400, 3), np.uint8)
    x, y = points[13, :2].round().astype(int)
    photo[y - 3 : y + 4, x - 3 : x + 4] = (0, 255, 0)
    x, y = geometry.move_points(points, geometry.crop_matrix(points))[13, :2].round().astype(int)
    assert geometry.cut_out(photo, points)[y, x].tolist() == [0, 255, 0]


def test_a_crop_reaches_beyond_the_photo_in_grey(points):
    crop = geometry.cut_out(np.zeros((400, 400, 3), np.uint8), points - [points[10, 0], 0, 0])
    assert crop.shape == (geometry.CROP_SIZE, geometry.CROP_SIZE, 3)
    assert crop[160, 0].tolist() == [128, 128, 128] and crop[160, -1].tolist() == [0, 0, 0]


def test_a_patch_holds_what_the_crop_needs_and_no_more_pixels(sample, points, subtests):
    import cv2

    for scale in (0.3, 1, 4):
        photo, scaled = cv2.resize(sample.images[0], None, fx=scale, fy=scale), points * np.float32(scale)
        with subtests.test(scale=scale):
            patch, moved = geometry.take_patch(photo, scaled)
            assert max(patch.shape) <= 1.5 * geometry.CROP_SIZE + 2
            straight, by_patch = geometry.cut_out(photo, scaled).astype(int), geometry.cut_out(patch, moved).astype(int)
            assert np.abs(straight - by_patch)[40:-40, 40:-40].mean() < 4


def test_a_patch_does_not_keep_the_photo_in_memory(sample, points):
    patch, _ = geometry.take_patch(sample.images[0], points)
    assert patch.base is None or patch.base.nbytes <= patch.nbytes


def test_a_box_is_whole_pixels_within_the_photo(subtests):
    corners = {(2.5, 3.5, 7.2, 9.9): (2, 3, 6, 7), (-5, -5, 7, 9): (0, 0, 7, 9), (50, 60, 500, 600): (50, 60, 50, 20)}
    for (left, top, right, bottom), expected in corners.items():
        with subtests.test(expected):
            box = geometry.box_of(np.array([(left, top, 0), (right, bottom, 0)], dtype=np.float32), (80, 100, 3))
            assert box == expected and all(type(number) is int for number in box)
