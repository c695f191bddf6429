"""With a person's own neutral face as the zero point, the model goes by the movement and not by the person."""

import numpy as np
import pytest
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer

from facelab.checks import EXPRESSIONS
from facelab.experiments.evaluation import evaluate
from facelab.model.prediction import expression_model, move_to_average, predict_expression, ready_model
from facelab.model.saving import load_model, save_model


@pytest.fixture(scope="module")
def strangers(sample):
    """Faces of people whom the models of this part did not learn from, and a neutral face of each person."""
    _, test = sample.split(test_size=0.4, by="person", seed=3)
    own = {test.people[place]: test[place] for place in np.flatnonzero(test.labels == "neutral")}
    return test.select([person in own for person in test.people]), own


@pytest.fixture(scope="module")
def acquainted(sample):
    train, _ = sample.split(test_size=0.4, by="person", seed=3)
    return {
        number: expression_model().fit(part.points, part.labels)
        for number in range(2, 6)
        for part in [train.select(np.isin(train.labels, EXPRESSIONS[:number]))]
    }


def count_right(model, faces, own=None):
    """Count the right answers among every third face, which are enough."""
    some = faces.select(range(0, len(faces), 3))
    asked = zip(some.points, some.people, strict=True)
    answers = [predict_expression(model, points, neutral=own and own[person]) for points, person in asked]
    return sum(answer.likeliest == label for answer, label in zip(answers, some.labels, strict=True))


def test_with_a_neutral_face_of_theirs_strangers_are_read_better(acquainted, strangers):
    faces, own = strangers
    asked = faces.select(faces.labels != "neutral")
    assert count_right(acquainted[5], asked, own) > count_right(acquainted[5], asked)


def test_a_model_of_two_to_five_expressions_takes_a_zero_point(acquainted, strangers):
    faces, own = strangers
    for number, model in acquainted.items():
        asked = faces.select(np.isin(faces.labels, EXPRESSIONS[:number]))
        assert count_right(model, asked, own) >= 0.95 * count_right(model, asked), number


def test_a_model_that_saw_no_neutral_face_takes_the_average_of_the_shipped_ones(sample, strangers):
    points, own = sample.points[1], next(iter(strangers[1].values())).points
    expressive = sample.select(sample.labels != "neutral")
    never_saw_one = expression_model().fit(expressive.points, expressive.labels)
    assert move_to_average(never_saw_one, points, own) == pytest.approx(move_to_average(ready_model(), points, own))


def test_nearly_everybody_is_neutral_beside_the_own_neutral_face(acquainted, strangers):
    _, own = strangers
    answers = [predict_expression(acquainted[5], face, neutral=face) for face in own.values()]
    assert np.mean([answer.label == "neutral" for answer in answers]) >= 0.9


def test_a_zero_point_lies_anywhere_and_is_a_face_or_its_points(acquainted, strangers, turn):
    faces, own = strangers
    face = own[faces.people[0]]
    moved = turn(face.points[None], 30, 2, (9, 9))[0]
    expected = predict_expression(acquainted[5], faces[0], neutral=face).percentages
    for neutral in (face.points, moved):
        found = predict_expression(acquainted[5], faces.points[0], neutral=neutral).percentages
        assert list(found.values()) == pytest.approx(list(expected.values()), abs=0.02)


def test_a_saved_model_keeps_its_zero_point(acquainted, strangers, tmp_path):
    faces, own = strangers
    for number, model in acquainted.items():
        save_model(model, tmp_path / f"{number}.skops")
        asked = {"face": faces[0], "neutral": own[faces.people[0]]}
        loaded = load_model(tmp_path / f"{number}.skops")
        assert predict_expression(loaded, **asked) == predict_expression(model, **asked)


def flatten(points):
    return points.reshape(len(points), -1)


def test_any_model_on_points_takes_a_zero_point_and_no_other_thing_is_one(says, five):
    flat = make_pipeline(FunctionTransformer(flatten), KNeighborsClassifier(1)).fit(five.points, five.labels)
    assert predict_expression(flat, five[0], neutral=five[4]).likeliest in EXPRESSIONS
    says("얼굴 하나가 필요한데", "needs one face", lambda: predict_expression(flat, five[0], neutral=five))


@pytest.fixture(scope="module")
def from_neutral(sample):
    train, _ = sample.split(test_size=0.4, by="person", seed=3)
    moved = train.from_neutral()
    return expression_model().fit(moved.points, moved.labels)


def test_a_model_that_learned_from_neutral_reads_strangers_better_than_one_that_did_not(
    from_neutral, acquainted, strangers
):
    faces, own = strangers
    asked = faces.select(faces.labels != "neutral")
    assert count_right(from_neutral, asked, own) > count_right(acquainted[5], asked, own)


def test_a_model_that_learned_from_neutral_does_not_answer_without_wherever_it_is_asked(
    says, from_neutral, strangers, tmp_path
):
    faces, own = strangers
    save_model(from_neutral, tmp_path / "model.skops")
    loaded = load_model(tmp_path / "model.skops")
    says("무표정을 먼저 보여", "neutral face first", lambda: predict_expression(from_neutral, faces[0]))
    says("from_neutral(strengths=[1])", "from_neutral(strengths=[1])", lambda: evaluate(loaded, faces))
    answer = predict_expression(loaded, faces[0], neutral=own[faces.people[0]])
    assert answer == predict_expression(from_neutral, faces[0], neutral=own[faces.people[0]])
    assert answer.why.origin == "neutral"
    assert evaluate(from_neutral, faces.from_neutral(strengths=[1])).accuracy > 0.8


def test_the_ready_model_has_learned_from_neutral_where_that_is_wanted(sample):
    same = predict_expression(ready_model(from_neutral=True), sample[0], neutral=sample[0])
    assert same.label == "neutral"
    assert not ready_model()[0].from_neutral_
