"""Everybody is tested by a model that does not know them, and groups are counted one by one."""

import numpy as np
import pandas
import pytest
from sklearn.dummy import DummyClassifier
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

import facelab
from facelab.dataset.labelled import SAMPLE, LabelledFaces
from facelab.experiments import groups
from facelab.experiments.evaluation import Evaluation
from facelab.experiments.groups import compare_groups, evaluate_unseen


@pytest.fixture(scope="module")
def unseen(sample):
    return evaluate_unseen(sample)


def test_every_face_gets_an_answer_from_a_model_that_does_not_know_the_person(sample, monkeypatch):
    two = sample.take(joy=30, sadness=30)
    known = []

    def remember(model, test):
        known.append((set(test.people), model.seen))
        return Evaluation(test, test.labels, np.ones((len(test), 5)))

    class Recorder:
        def fit(self, points, labels):
            is_learned = np.isin(two.points[:, 0, 0], points[:, 0, 0])  # no two faces lie exactly alike
            self.seen = set(two.people[is_learned])
            return self

    monkeypatch.setattr(groups, "expression_model", Recorder)
    monkeypatch.setattr(groups, "evaluate", remember)
    report = evaluate_unseen(two, folds=3)
    assert len(known) == 3 and all(not tested & seen and tested | seen == set(two.people) for tested, seen in known)
    assert (report.predicted == two.labels).all() and report.probabilities.all()


def test_another_model_can_be_asked_about_people_unseen_and_stays_untrained(sample):
    few, model = sample.take(joy=10, sadness=10), DummyClassifier()
    report = evaluate_unseen(few, folds=2, model=model)
    assert report.confidence.min() >= 0.5 and not hasattr(model, "classes_")


def test_a_model_that_tells_no_probabilities_gets_none_and_what_is_no_model_a_sentence(says, sample):
    few = sample.take(joy=10, anger=10)
    unsure = make_pipeline(facelab.FaceFeatures(), LinearSVC())
    assert facelab.evaluate_unseen(few, folds=2, model=unsure).probabilities is None
    for found in ("x", facelab.expression_model):
        says("모델이 있어야 하는데", "model", lambda found=found: facelab.evaluate_unseen(few, model=found))


def test_people_unseen_are_read_well_and_the_confidence_can_be_trusted(unseen):
    assert unseen.accuracy > 0.75
    assert unseen.calibration_error <= 0.06


def test_expressions_that_are_none_of_the_five_are_refused_more_often(unseen):
    photos = sorted(SAMPLE.with_name("others").glob("*.jpg"))[::2]
    found = [photo.faces[0] for photo in facelab.find_faces_in(photos, processes=1, progress=False)]
    said = [facelab.predict_expression(facelab.ready_model(), face).label for face in found]
    assert len(said) == 40 and said.count(None) / len(said) > 1.5 * np.mean(unseen.confidence < 0.6)


def test_with_their_own_neutral_face_people_unseen_are_read_better(sample, unseen):
    told = evaluate_unseen(sample, own_neutral=True)
    neutral = sample.select(sample.labels == "neutral")
    assert len(told.faces) == len(sample) - len(np.unique(neutral.people))
    assert told.accuracy > unseen.accuracy + 0.03


def test_whoever_has_no_neutral_face_is_named(says, sample):
    few = sample.select(np.isin(sample.people, np.unique(sample.people)[:6]))
    one = few.select((few.people != few.people[0]) | (few.labels != "neutral"))
    says(
        f"(1명): {few.people[0]}", "People without a neutral photo (1)", lambda: evaluate_unseen(one, own_neutral=True)
    )


def test_groups_are_counted_and_keep_their_order(sample):
    faces = sample.take(joy=6)
    probabilities = np.array([[0.9, 0.1, 0, 0, 0]] * 3 + [[0.5, 0.5, 0, 0, 0]] * 3)
    report = Evaluation(faces, np.array(["joy", "joy", "anger", "joy", "joy", "joy"]), probabilities)
    table = compare_groups(report, ["b", "b", "b", "a", "a", "a"])
    assert table.index.tolist() == ["a", "b"]
    assert table["photos"].tolist() == [3, 3]
    assert table["right"].tolist() == pytest.approx([1, 2 / 3])
    assert table["refused"].tolist() == [1, 0]
    assert compare_groups(report, list("bbbaaa"), threshold=40)["refused"].tolist() == [0, 0]
    assert ((table["low"] <= table["right"]) & (table["right"] <= table["high"])).all()


def test_the_interval_is_wide_where_there_are_few_people(unseen):
    few = np.isin(unseen.faces.people, np.unique(unseen.faces.people)[:5])
    table = compare_groups(unseen, np.where(few, "few", "many"))
    width = table["high"] - table["low"]
    assert table.loc["few", "people"] == 5 and width["few"] > width["many"]


def test_groups_made_from_numbers_stand_from_low_to_high(unseen):
    tones = np.random.default_rng(0).random(len(unseen.faces))
    table = compare_groups(unseen, pandas.qcut(tones, 3))
    assert len(table) == 3 and table.index.is_monotonic_increasing
    assert table["photos"].sum() == len(unseen.faces)


def test_the_details_of_the_shipped_faces_stand_in_their_order(sample):
    details = groups.describe_sample()
    assert details["person"].tolist() == sample.people.tolist()
    assert details["expression"].tolist() == sample.labels.tolist()
    assert details["skin_tone"].between(0, 1).all()


def test_no_group_of_the_shipped_people_is_left_far_behind(unseen):
    details = groups.describe_sample()
    for groups_of in (pandas.qcut(details["skin_tone"], 3), details["age"], details["glasses"] != "none"):
        assert np.ptp(compare_groups(unseen, groups_of)["right"]) < 0.1


def test_what_cannot_be_compared_gets_a_sentence(says, unseen, sample):
    says("2개부터", "from 2 up to", lambda: evaluate_unseen(sample, folds=1))
    says("1명", "people (1)", lambda: evaluate_unseen(sample.select(sample.people == sample.people[0])))
    says("무리는 1개", "groups: 1", lambda: facelab.compare_groups(unseen, ["a"]))


def make_report(right, people):
    faces = LabelledFaces([None] * len(right), np.zeros((len(right), 478, 3)), ["joy"] * len(right), people)
    probabilities = np.tile([1.0, 0, 0, 0, 0], (len(right), 1))
    return Evaluation(faces, np.where(right, "joy", "anger"), probabilities)


def test_a_few_people_all_right_are_no_certainty():
    table = compare_groups(make_report([True] * 40, ["a"] * 20 + ["b"] * 20), ["g"] * 40)
    assert table.loc["g", "low"] < 0.5 and table.loc["g", "high"] == 1


def test_of_a_single_person_no_interval_is_told():
    table = compare_groups(make_report([True, False] * 5, ["a"] * 10), ["g"] * 10)
    assert table[["low", "high"]].isna().all(axis=None)


def test_faces_without_a_group_stay_in_the_table():
    groups_of_two = pandas.Series(["g", np.nan] * 5)
    assert compare_groups(make_report([True] * 10, ["a", "b"] * 5), groups_of_two)["photos"].sum() == 10


def test_a_test_of_nothing_but_first_neutral_faces_is_told(says, sample):
    once = sample.select(np.unique(sample.people, return_index=True)[1])
    once.labels[:] = "neutral"
    says("무표정 사진 한 장뿐", "one neutral photo of each", lambda: evaluate_unseen(once, own_neutral=True))
