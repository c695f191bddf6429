"""Comparisons are fair (the same test photos, nobody tested who was learned from) and always the same for a seed."""

import threading

import joblib
import numpy as np
import pandas
import pytest

import facelab
from facelab.dataset.labelled import LabelledFaces
from facelab.experiments import compare as experiments
from facelab.experiments.compare import compare, pick_best

TWO = {"balanced": {"joy": 10, "sadness": 10}, "imbalanced": {"joy": 15, "sadness": 4}}


def make_faces(photos=40, people=20):
    """So many photos of each expression, without pictures; each face's points are its number, each person has all."""
    labels = [label for label in facelab.EXPRESSIONS for _ in range(photos)]
    points = np.zeros((len(labels), 478, 3), np.float32) + np.arange(len(labels))[:, None, None]
    return LabelledFaces(
        [None] * len(labels),
        points,
        labels,
        [f"p{place % people}" for place in range(photos)] * len(facelab.EXPRESSIONS),
    )


@pytest.fixture
def runs(monkeypatch):
    """What was learned from (numbers of faces, labels) and asked (numbers of faces) in each training."""
    seen = []

    class Recorder:
        def fit(self, points, labels):
            seen.append({"learned": points[:, 0, 0].astype(int).tolist(), "labels": labels.tolist()})
            return self

        def predict(self, points):
            seen[-1]["asked"] = points[:, 0, 0].astype(int).tolist()
            return np.array(["joy"] * len(points))

    monkeypatch.setattr(experiments, "expression_model", Recorder)
    return seen


def test_each_condition_of_a_repeat_is_tested_on_the_same_photos_and_each_repeat_on_others(runs):
    conditions = TWO | {
        "wrong": {"joy": 10, "sadness": 10, "wrong": 0.3},
        "by photo": {"joy": 10, "sadness": 10, "by": "photo"},
    }
    compare(conditions, make_faces(), repeats=2, progress=False)
    asked = [run["asked"] for run in runs]
    assert asked[0] == asked[1] == asked[2] == asked[3] and asked[4] == asked[7]
    assert len(set(asked[0])) == 16 and set(asked[0]) != set(asked[4])


def test_no_photo_and_no_person_that_is_tested_was_learned_from(runs):
    faces = make_faces()
    compare({"small": {"joy": 3, "anger": 3}}, faces, repeats=20, test_size=4, progress=False)
    for run in runs:
        assert not set(run["learned"]) & set(run["asked"])
        assert not set(faces.people[run["learned"]]) & set(faces.people[run["asked"]])


def test_by_photo_the_same_people_may_be_learned_from(runs):
    faces = make_faces()
    compare({"all": {"joy": 32, "anger": 32, "by": "photo"}}, faces, repeats=1, progress=False)
    assert not set(runs[0]["learned"]) & set(runs[0]["asked"])
    assert set(faces.people[runs[0]["learned"]]) & set(faces.people[runs[0]["asked"]])


def test_photos_of_one_or_of_unknown_people_can_be_compared(runs):
    faces = make_faces()
    for person in ("p0", ""):
        faces.people = np.array([person] * len(faces))
        compare({"all": {"joy": 32, "anger": 32}}, faces, repeats=1, progress=False)
        assert len(runs[-1]["learned"]) == 64 and not set(runs[-1]["learned"]) & set(runs[-1]["asked"])


def test_exactly_so_many_photos_are_learned_from_and_so_many_labels_wrong(runs):
    faces = make_faces()
    compare({"wrong": {"joy": 12, "sadness": 8, "wrong": 0.25}}, faces, repeats=3, progress=False)
    for run in runs:
        truth = faces.labels[run["learned"]]
        assert (truth == "joy").sum() == 12 and (truth == "sadness").sum() == 8
        assert (truth != run["labels"]).sum() == 5


def test_one_sided_wrong_labels_fall_on_one_expression_alone(runs):
    faces = make_faces()
    wrong = {"by": "photo", "joy": 5, "anger": 4, "sadness": 3, "wrong": 0.5, "of": "anger", "into": "joy"}
    compare({"wrong": wrong}, faces, repeats=3, progress=False)
    for run in runs:
        truth, told = faces.labels[run["learned"]], np.array(run["labels"])
        assert set(told[truth == "joy"]) == {"joy"} and set(told[truth == "sadness"]) == {"sadness"}
        assert (told[truth == "anger"] == "joy").sum() == (told[truth == "anger"] == "anger").sum() == 2


def test_dropping_leaves_as_many_of_each_and_weighing_lets_the_rarer_count_more(runs):
    faces, seen = make_faces(), []
    experiments.expression_model.set_params = lambda self, **options: seen.append(options)
    conditions = {
        "drop": {"joy": 12, "sadness": 5, "balance": "drop"},
        "weights": {"joy": 12, "sadness": 5, "balance": "weights"},
    }
    table = compare(conditions, faces, repeats=1, progress=False).table
    counts = [dict(zip(*np.unique(run["labels"], return_counts=True), strict=True)) for run in runs]
    assert counts == [{"joy": 5, "sadness": 5}, {"joy": 12, "sadness": 5}]
    assert seen == [{"classify__class_weight": "balanced"}]
    assert table["train_photos"].tolist() == [5, 5, 12, 5]


def test_weighing_helps_the_rarer_expression(sample):
    uneven = {"sadness": 40, "neutral": 4}
    result = compare({"plain": uneven, "weights": {**uneven, "balance": "weights"}}, sample, repeats=20, progress=False)
    assert result.effect("weights", "plain", "neutral").low > 0


def test_the_best_of_many_is_picked_by_its_own_test_and_asked_about_new_people(runs):
    faces = make_faces(photos=60, people=60)
    result = pick_best({"joy": 10, "sadness": 10}, faces, models=3, repeats=2, test_size=4, progress=False)
    assert len(runs) == 6 and all(len(run["learned"]) == 16 for run in runs)
    for run in runs:
        assert not set(run["learned"]) & set(run["asked"]) and len(run["asked"]) == 4 + 40
        assert not set(faces.people[run["learned"]]) & set(faces.people[run["asked"][4:]])
    assert result.table["test_photos"].tolist() == [2, 2, 2, 2, 20, 20, 20, 20]
    assert list(result.accuracies) == ["고를 때의 1등", "처음 보는 사람 앞의 1등"]
    assert result.table["accuracy"].tolist() == [0.5] * 8  # this model always says joy


def test_the_score_it_was_picked_by_flatters(sample):
    result = pick_best({"sadness": 20, "neutral": 20}, sample, repeats=10, progress=False)
    assert result.effect(*result.accuracies).low > 0


def test_the_table_has_a_row_for_each_condition_repeat_and_expression(runs):
    table = compare(TWO, make_faces(), repeats=3, progress=False).table
    names = "condition repeat expression train_photos test_photos right recall accuracy"
    assert table.columns.tolist() == names.split()
    assert table["condition"].tolist() == ["balanced"] * 6 + ["imbalanced"] * 6
    assert table["train_photos"].tolist() == [10, 10] * 3 + [15, 4] * 3
    assert (table["test_photos"] == 8).all() and (table["recall"] == table["right"] / 8).all()
    assert table["recall"].tolist() == [1.0, 0.0] * 6  # this model always says joy
    assert (table["accuracy"] == 0.5).all()


def test_the_same_seed_gives_the_same_answer_and_another_seed_another(sample):
    tables = [compare(TWO, sample, repeats=4, seed=seed, progress=False).table for seed in (5, 5, 6)]
    pandas.testing.assert_frame_equal(tables[0], tables[1])
    assert not tables[0].equals(tables[2])


def test_the_number_of_workers_changes_nothing(sample):
    alone = compare(TWO, sample, repeats=4, progress=False).table
    for backend in ("loky", "threading"):
        with joblib.parallel_config(backend, n_jobs=2):
            pandas.testing.assert_frame_equal(compare(TWO, sample, repeats=4, progress=False).table, alone)


def test_a_stopped_experiment_keeps_its_whole_repeats(sample, recwarn):
    alone = compare(TWO, sample, repeats=3, progress=False).table
    for jobs in (1, 2):
        asked = []
        with joblib.parallel_config("loky", n_jobs=jobs):
            stop = lambda done, asked=asked: asked.append(done) or done == 3  # noqa: E731
            stopped = compare(TWO, sample, repeats=9, progress=False, stop=stop)
        assert asked == [1, 2, 3] and not recwarn.list
        pandas.testing.assert_frame_equal(stopped.table, alone)


def test_an_experiment_can_be_stopped_from_another_thread(sample):
    """As a widget does, which has to listen to its stop button while the experiment runs."""
    pressed, results = threading.Event(), []
    work = threading.Thread(
        target=lambda: results.append(
            compare(TWO, sample, repeats=500, progress=False, stop=lambda done: pressed.wait(0.001))
        )
    )
    work.start()
    pressed.set()
    work.join(timeout=60)
    assert not work.is_alive() and 1 <= results[0].table["repeat"].nunique() < 500


def interrupt_after(trainings, monkeypatch):
    """Press ctrl-C, or the stop button of the notebook, in the midst of a training."""
    train, count = experiments._train_and_ask, iter(range(10**6))

    def train_until(trial):
        if next(count) == trainings:
            raise KeyboardInterrupt
        return train(trial)

    monkeypatch.setattr(experiments, "_train_and_ask", train_until)


def test_an_interrupted_experiment_keeps_its_whole_repeats(sample, monkeypatch):
    interrupt_after(5, monkeypatch)
    table = compare(TWO, sample, repeats=9, progress=False).table
    monkeypatch.undo()
    pandas.testing.assert_frame_equal(table, compare(TWO, sample, repeats=2, progress=False).table)


def test_an_experiment_interrupted_before_its_first_repeat_has_no_result(sample, monkeypatch):
    interrupt_after(1, monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        compare(TWO, sample, repeats=9, progress=False)


def test_a_condition_that_cannot_be_run_is_told_in_the_chosen_language_whoever_works(says):
    with joblib.parallel_config("loky", n_jobs=2):
        says("기쁨 사진은", "photos of joy", lambda: compare({"it": {"joy": 99, "anger": 1}}, make_faces(), repeats=1))


def test_more_repeats_go_on_where_fewer_ended(sample):
    few, more = (compare(TWO, sample, repeats=repeats, progress=False).table for repeats in (2, 3))
    pandas.testing.assert_frame_equal(more[more["repeat"] < 2].reset_index(drop=True), few)


def test_wrong_labels_and_few_photos_do_harm(sample):
    conditions = {
        "good": {"joy": 20, "sadness": 20},
        "few": {"joy": 2, "sadness": 2},
        "nonsense": {"joy": 20, "sadness": 20, "wrong": 0.5},
    }
    means = compare(conditions, sample, repeats=20, progress=False).means
    assert means["good"] > 0.8 and means["good"] > means["few"] and means["good"] > means["nonsense"] + 0.1


def test_wrong_labels_may_leave_one_expression_which_is_then_always_said(sample):
    table = compare({"tiny": {"joy": 1, "sadness": 1, "wrong": 0.5}}, sample, repeats=2, progress=False).table
    assert (table["accuracy"] == 0.5).all()


def test_progress_is_shown_only_if_wanted(sample, capsys):
    compare({"one": TWO["balanced"]}, sample, repeats=1, progress=False)
    assert capsys.readouterr() == ("", "")
    compare({"one": TWO["balanced"]}, sample, repeats=1)
    assert "1/1" in capsys.readouterr().err


def test_a_condition_that_cannot_be_run_gets_a_sentence(says):
    faces = make_faces()
    for condition, korean, english in [
        ({"joy": 20, "smile": 20}, "'smile': 이런 표정 이름은", "no expression 'smile'"),
        ({"joy": 20}, "joy뿐이에요", "only joy"),
        ({"wrong": 0.2}, "두 가지 이상", "at least two expressions"),
        ({"joy": 20, "anger": 20, "by": "class"}, "'class': 이런 나누기", "split by 'class'"),
        ({"joy": 20, "anger": 20, "wrong": 30}, "30이 들어왔어요", "but this is 30"),
        ({"joy": 20, "anger": 0}, "anger에는 1 이상의 정수를", "anger has to be a whole number from 1 on"),
        ({"joy": -5, "anger": 5}, "-5", "-5"),
        ({"joy": 5, "anger": 5, "of": "neutral"}, "of에는 이 조건에 있는", "of has to be an expression of the same"),
        ({"joy": 5, "anger": 5, "into": "smile"}, "'smile'이 들어왔어요", "this is 'smile'. Use one of joy, anger"),
        ({"joy": 5, "anger": 5, "balance": "more"}, "'more': 균형을", "called 'more'. Use \"weights\""),
        ({"joy": 2.5, "anger": 5}, "2.5", "2.5"),
        ({"joy": 33, "anger": 5}, "기쁨 사진은 시험용 8장", "Without the 8 test photos"),
        ({"joy": 33, "anger": 5, "by": "photo"}, "32장뿐이라 33장을", "photos of joy are left: 32, so 33"),
    ]:
        it = {"it": condition}
        says(korean, english, lambda it=it: compare(it, faces, repeats=1, progress=False))


def test_an_experiment_that_cannot_be_run_gets_a_sentence(says):
    for conditions in ({}, None, {None: TWO["balanced"]}):
        work = lambda conditions=conditions: compare(conditions, make_faces())  # noqa: E731
        says("이름을 붙인 조건이", "at least one condition", work)
    says("몇 장으로 배울지", "how many photos of each", lambda: compare({"a": None}, make_faces()))
    says("'0.2'", "'0.2'", lambda: compare({"a": TWO["balanced"] | {"wrong": "0.2"}}, make_faces()))
    says("seed에는 0 이상", "seed has to be", lambda: compare(TWO, make_faces(), seed=-1))
    says("repeats에는 1 이상", "repeats has to be", lambda: compare(TWO, make_faces(), repeats=0))
    says("test_size에는 1 이상", "test_size has to be", lambda: compare(TWO, make_faces(), test_size=0))
    says("기쁨 사진은", "photos of joy", lambda: compare(TWO, LabelledFaces([], [], []), repeats=1, progress=False))
    says("models에는 1 이상", "models has to be", lambda: pick_best(TWO["balanced"], make_faces(), models=0))


def test_both_ways_to_split_are_compared_on_halves_and_by_person_nobody_is_in_both(runs):
    faces = make_faces(photos=8, people=4)
    result = experiments.compare_splits(faces, repeats=5, progress=False)
    assert list(result.means.index) == ["사진으로 나누기", "사람으로 나누기"] and len(runs) == 10
    shared = [set(faces.people[run["learned"]]) & set(faces.people[run["asked"]]) for run in runs]
    assert all(shared[::2]) and not any(shared[1::2])
    for run in runs:
        assert sorted(run["learned"] + run["asked"]) == list(range(40)) and len(run["asked"]) == 20
    assert len({tuple(run["asked"]) for run in runs[::2]}) == 5  # others each time


def test_both_ways_learn_from_as_many_photos_also_where_people_do_not_fall_into_halves(runs):
    experiments.compare_splits(make_faces(photos=9, people=3), repeats=3, progress=False)
    assert {(len(run["learned"]), len(run["asked"])) for run in runs} == {(15, 30)}


def test_faces_of_nobody_cannot_be_split_both_ways(says):
    faces = make_faces(people=1)
    says("한 사람", "one person", lambda: experiments.compare_splits(faces, repeats=1, progress=False))
