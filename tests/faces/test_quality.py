"""Each check of a face looks at one thing, and neither size, skin nor camera decides."""

import numpy as np
import pytest

from facelab.faces.detection import Face
from facelab.faces.quality import judge_face, measure_quality


def judge(image, points):
    return judge_face(image.shape, Face.from_photo(image, points))[0]


def dim(image, share):
    return (image * share).astype(np.uint8)


def measure(image, points):
    return measure_quality(Face.from_photo(image, points))


@pytest.fixture(scope="module")
def clear(sample):
    """Some shipped faces, as pairs of image and points."""
    return [(sample.images[place], sample.points[place]) for place in range(0, len(sample), 10)]


def test_light_is_told_by_the_brightest_parts_of_the_face_alone(clear):
    for image, points in clear[:5]:
        assert measure(image, points)["light"] == pytest.approx(2 * measure(dim(image, 0.5), points)["light"], rel=0.1)
        surroundings = image.copy()
        surroundings[:5] = 255
        assert measure(surroundings, points)["light"] == measure(image, points)["light"]


def test_half_the_light_makes_no_face_blurred_or_covered(clear):
    assert {judge(dim(image, 0.6), points) for image, points in clear} <= {None, "too_dark"}


def test_a_face_is_judged_the_same_at_any_size(clear):
    import cv2

    for scale, least in {1: 0.97, 0.7: 0.9, 2.5: 0.9}.items():
        problems = [
            judge(cv2.resize(image, None, fx=scale, fy=scale), points * np.float32(scale)) for image, points in clear
        ]
        assert problems.count(None) / len(problems) >= least, problems


def test_sharpness_falls_step_by_step_as_the_photo_is_blurred(clear):
    import cv2

    for image, points in clear[:5]:
        steps = [image, *(cv2.GaussianBlur(image, (0, 0), radius) for radius in (1, 2, 4))]
        sharpness = [measure(step, points)["sharpness"] for step in steps]
        assert sharpness == sorted(sharpness, reverse=True) and len(set(sharpness)) == 4


PARTS = {
    "mouth": [57, 287, 2, 200],
    "eyes": [33, 133, 159, 145, 263, 362, 386, 374],
    "brows": [46, 63, 105, 107, 52, 55, 276, 293, 334, 336, 282, 285, 151],
}


def test_a_part_behind_a_plain_surface_looks_covered(clear, subtests):
    for name, part in PARTS.items():
        with subtests.test(name):
            told = []
            for image, points in clear[:20]:
                low, high = points[part, :2].min(axis=0).astype(int) - 6, points[part, :2].max(axis=0).astype(int) + 6
                covered, skin = image.copy(), image[tuple(points[50, 1::-1].astype(int))]
                covered[low[1] : high[1], low[0] : high[0]] = 40 if name == "eyes" else skin
                assert measure(covered, points)[name] > measure(image, points)[name] + 1
                told.append(judge(covered, points))
            assert told.count("covered") >= 0.8 * len(told)


def test_a_mouth_of_another_colour_is_covered_though_its_edges_show(clear):
    for image, points in clear[:5]:
        blue, lower = image.copy(), slice(int(points[2, 1]), None)
        blue[lower] = (blue[lower] * np.array([0.5, 0.95, 1.6])).clip(0, 255)
        assert measure(blue, points)["colour_difference"] > 3 * measure(image, points)["colour_difference"]
        assert judge(blue, points) == "covered" and judge(image, points) is None


def test_a_face_with_the_nose_at_the_border_is_too_close(clear, subtests):
    for image, points in clear[:5]:
        height, width = image.shape[:2]
        x, y = points[4, :2]
        shifts = {"left": (-x, 0), "right": (width - x, 0), "top": (0, -y), "bottom": (0, height - y)}
        for border, shift in shifts.items():
            with subtests.test(border):
                assert judge(image, points + np.float32([*shift, 0])) == "too_close"


def test_a_face_far_outside_the_photo_is_still_judged(clear):
    image, points = clear[0]
    for shift in ((-230, 0), (0, 230), (230, -230)):
        assert judge(image, points + np.float32([*shift, 0])) == "too_close"


def test_of_several_problems_the_first_to_mend_is_told(clear):
    image, points = clear[0]
    assert judge(np.zeros_like(image), points - np.float32([points[4, 0], 0, 0])) == "too_close"
    assert judge(np.zeros_like(image), points) == "too_dark"
    assert judge(np.full_like(image, 200), points) in ("blurred", "covered")
