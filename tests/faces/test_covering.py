"""Open faces of every kind pass, and what lies over mouth, brows or eyes is noticed."""

import json
from pathlib import Path

import numpy as np
import pytest

import facelab
from data.making import coverings, covers
from facelab.faces import covering
from facelab.faces.detection import Face, find_faces
from facelab.faces.quality import judge_face, measure_quality
from facelab.files import read_table

ROWS = read_table(Path(facelab.__file__).parents[1] / "data" / "faces" / "faces.csv")


def measure(image, points):
    return measure_quality(Face.from_photo(image, points))


@pytest.fixture(scope="module")
def problems(sample):
    """What is said of every third shipped face, beside its row of the table."""
    places = range(0, len(sample), 3)
    return [(ROWS[place], judge_face(sample.images[place].shape, sample[place])[0]) for place in places]


def test_no_group_of_open_faces_is_taken_for_covered(problems, subtests):
    for column in ("expression", "age", "glasses", "beard", "headscarf"):
        for group in {row[column] for row, _ in problems}:
            with subtests.test(column, group=group):
                told = [problem for row, problem in problems if row[column] == group]
                assert told.count("covered") <= max(2, 0.05 * len(told))


def test_no_skin_is_taken_for_a_cover(problems, subtests):
    for darkest, lightest in ((0, 0.33), (0.33, 0.66), (0.66, 1.01)):
        with subtests.test(darkest=darkest):
            told = [problem for row, problem in problems if darkest <= float(row["skin_tone"]) < lightest]
            assert len(told) > 20 and told.count("covered") <= 0.04 * len(told)


def share_covered(sample, put, first):
    """Paint something on twenty shipped faces, and return the share of which it is said that they are covered."""
    random, told = np.random.default_rng(first), []
    for place in range(first, len(sample), len(sample) // 20):
        image, points = sample.images[place], sample.points[place]
        told.append(find_faces(put(random, image, points[:, :2].astype(float))).problem)
    return told.count("covered") / len(told)


def test_what_lies_over_a_face_is_noticed_and_what_covers_nothing_passes(sample, subtests):
    for put in sum(covers.COVERINGS.values(), []):
        with subtests.test(put.__name__):
            assert share_covered(sample, put, first=5) >= 0.7
    for put in covers.HARMLESS:
        with subtests.test(put.__name__):
            assert share_covered(sample, put, first=7) <= 0.15


def test_light_and_size_change_little(five):
    import cv2

    for image, points in zip(five.images, five.points, strict=True):
        straight = measure(image, points)
        dim = measure((image * 0.7).astype(np.uint8), points)
        large = measure(cv2.resize(image, None, fx=2, fy=2), points * np.float32(2))
        for part in covering.COVERABLE:
            assert dim[part] == pytest.approx(straight[part], abs=0.7)
            assert large[part] == pytest.approx(straight[part], abs=2)


def test_the_half_that_is_turned_away_counts_little(sample):
    points = sample.points[0][:, :2].copy()
    assert covering.half_widths(points) == pytest.approx([0.5, 0.5], abs=0.2)
    points[234] = points[4]
    left, right = covering.half_widths(points)
    assert left < 0.1 and left + right == pytest.approx(1)


def test_a_face_partly_outside_the_photo_is_measured_too(five):
    points = five.points[0] - np.float32([120, 0, 0])
    assert np.isfinite(list(measure(five.images[0][:, 120:].copy(), points).values())).all()


def test_the_weights_are_one_small_file_that_can_be_read():
    learned = json.loads(covering.WEIGHTS.read_text(encoding="utf-8"))
    assert tuple(learned) == covering.COVERABLE and covering.WEIGHTS.stat().st_size < 200_000
    for part in covering.COVERABLE:
        cells = coverings.ROUNDS * coverings.CELLS
        assert np.shape(learned[part]["weights"]) == (120, cells)
        assert np.shape(learned[part]["offsets"]) == np.shape(learned[part]["votes"]) == (cells,)


@pytest.mark.filterwarnings("ignore:Stochastic Optimizer")  # so few faces are learned in no time
def test_learning_tells_covered_from_open(sample):
    few = sample.select(range(0, len(sample), len(sample) // 8))
    measures, widths, covered = coverings.describe_examples(few, seed=3)
    assert measures.shape[1:] == (3, 2, 120) and set(covered) == {None, *covering.COVERABLE}
    use = (covered == "mouth") | np.equal(covered, None)
    learned = coverings.learn_part(measures[use, 0], widths[use], covered[use] == "mouth")
    cells = np.maximum(measures[use, 0] @ learned["weights"] + np.array(learned["offsets"]), 0)
    scores = (cells @ learned["votes"] + learned["offset"]).mean(axis=1)
    assert ((scores > 0) == (covered[use] == "mouth")).mean() > 0.9


def test_networks_side_by_side_score_as_they_do_on_average():
    random = np.random.default_rng(0)
    shapes = {"weights": (120, 4), "offsets": 4, "votes": 4, "offset": None}
    networks = [{name: random.normal(size=shape) for name, shape in shapes.items()} for _ in range(2)]

    def score(network, measures):
        cells = np.maximum(measures @ network["weights"] + np.array(network["offsets"]), 0)
        return cells @ np.array(network["votes"]) + network["offset"]

    measures = random.normal(size=(5, 120))
    expected = np.mean([score(network, measures) for network in networks], axis=0)
    assert score(coverings.merge_networks(networks), measures) == pytest.approx(expected, abs=0.1)


def test_what_is_painted_stays_near_the_face_and_leaves_the_picture_alone(five):
    image, points = five.images[0], five.points[0][:, :2].astype(float)
    before, random = image.copy(), np.random.default_rng(0)
    for put in (*covers.HARMLESS, *sum(covers.COVERINGS.values(), [])):
        painted = put(random, image, points)
        assert painted.shape == image.shape and painted.dtype == np.uint8
        changed = (painted != image).any(axis=2)
        assert 0.002 < changed.mean() < 0.6, put.__name__
    assert (image == before).all()
