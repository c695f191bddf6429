"""The model: what it says of a face, and when it does not decide."""

import numpy as np
import pytest
from sklearn.base import BaseEstimator, ClassifierMixin

import facelab
from facelab.checks import EXPRESSIONS
from facelab.model.prediction import Prediction, expression_model, predict_expression, ready_model


class Answer(ClassifierMixin, BaseEstimator):
    """A model that was trained on some expressions and always gives the same probabilities."""

    def __init__(self, **probabilities):
        self.classes_, self.probabilities = np.array(list(probabilities)), list(probabilities.values())

    def fit(self, points, labels):
        return self

    def predict_proba(self, points):
        return np.array([self.probabilities] * len(points))


def percentages(**shares):
    return dict.fromkeys(EXPRESSIONS, 0.0) | shares


def show(answer):
    return [f"{share:.2f}" for share in answer.percentages.values()]


PROBABILITIES = [
    {"joy": 1 / 3, "anger": 1 / 3, "neutral": 1 / 3},
    {"joy": 0.999999, "anger": 0.0000005, "neutral": 0.0000005},
    {"joy": 0.1, "anger": 0.2, "neutral": 0.7},
    {"joy": 1.0, "anger": 0.0, "neutral": 0.0},
    {"joy": 0.33335, "anger": 0.33335, "neutral": 0.3333},
    {"joy": 1e-9, "anger": 1 - 2e-9, "neutral": 1e-9},
]


def test_rounding_never_makes_or_loses_a_hundredth(five, subtests):
    for probabilities in PROBABILITIES:
        with subtests.test(**probabilities):
            answer = predict_expression(Answer(**probabilities), five.points[0])
            assert list(answer.percentages) == list(EXPRESSIONS)
            assert sum(int(share.replace(".", "")) for share in show(answer)) == 100_00
            assert all(abs(answer.percentages[name] - 100 * share) < 0.01 for name, share in probabilities.items())


def test_what_python_prints_is_what_the_model_says(five):
    answer = predict_expression(Answer(joy=0.07, anger=0.93), five.points[0])
    assert str(answer.percentages) == "{'joy': 7.0, 'sadness': 0.0, 'surprise': 0.0, 'anger': 93.0, 'neutral': 0.0}"


def test_an_expression_that_was_never_seen_gets_nothing(sample):
    two = sample.take(joy=20, sadness=20)
    model = expression_model().fit(two.points, two.labels)
    for points in sample.points[:40]:
        answer = predict_expression(model, points)
        assert show(answer)[2:] == ["0.00"] * 3 and answer.likeliest in ("joy", "sadness")


def test_below_the_threshold_it_does_not_decide():
    decided = {(75, 60), (60, 60), (54, 50), (51, 0)}
    for joy, threshold in decided | {(54, 60), (59.99, 60), (75, 80)}:
        answer = Prediction(percentages(joy=float(joy), anger=100.0 - joy), threshold)
        label = "joy" if (joy, threshold) in decided else None
        assert (answer.label, answer.likeliest) == (label, "joy"), (joy, threshold)


def test_the_verdict_is_a_word_or_a_question_mark():
    shares = {"joy": 60.0, "sadness": 40.0} | dict.fromkeys(("surprise", "anger", "neutral"), 0.0)
    assert [Prediction(shares, threshold).verdict for threshold in (60, 61)] == ["기쁨", "?"]


def test_the_usual_threshold_lies_between_54_and_75_per_cent(five):
    assert predict_expression(Answer(joy=0.54, anger=0.46), five[0]).label is None
    assert predict_expression(Answer(joy=0.75, anger=0.25), five[0]).label == "joy"


def test_the_verdict_is_a_sentence_with_two_decimals():
    sure, unsure = Prediction(percentages(joy=75.0, anger=25.0)), Prediction(percentages(joy=46.5, anger=53.5))
    assert sure.message == "이 표정은 기쁨이에요! 75.00% 확신해요."
    assert unsure.message == "잘 모르겠어요. 화남이 53.50%로 가장 높지만, 60%가 안 되면 정하지 않아요."
    facelab.use_language("en")
    assert repr(sure) == "This expression is joy. I am 75.00% sure."
    assert unsure.message == "I cannot tell. The longest bar is anger with 53.50%, but below 60% I do not decide."


def test_a_face_and_its_points_get_the_same_answer(model, five):
    for position in range(len(five)):
        assert predict_expression(model, five[position]) == predict_expression(model, five.points[position])


def test_the_ready_model_knows_all_five_and_is_spoiled_for_nobody_by_training_it_on(sample):
    two = sample.take(joy=5, anger=5)
    ready_model().fit(two.points, two.labels)
    assert set(ready_model().classes_) == set(EXPRESSIONS)


def test_plotting_draws_five_bars_and_returns_the_prediction():
    from matplotlib import pyplot

    _, ax = pyplot.subplots()
    answer = Prediction(percentages(joy=75.0, anger=25.0))
    assert answer.plot(ax) is answer
    assert sorted(round(max(bar.get_width(), bar.get_height()), 2) for bar in ax.patches)[-2:] == [25.0, 75.0]
    assert any("75.00" in text.get_text() for text in ax.texts)


def test_what_is_no_question_gets_a_sentence(says, model, five, sample):
    untrained = expression_model()
    says("아직 아무것도 배우지", "has not learnt anything", lambda: predict_expression(untrained, five[0]))
    says("얼굴 하나가 필요한데 LabelledFaces", "got LabelledFaces", lambda: predict_expression(model, sample))
    says("(5, 478, 3)", "(5, 478, 3)", lambda: predict_expression(model, five.points))
    says("list", "list", lambda: predict_expression(model, []))
    says("0부터 100 사이", "from 0 to 100", lambda: predict_expression(model, five[0], threshold=101))
    says("-1이", "-1", lambda: predict_expression(model, five[0], threshold=-1))


def test_the_percentages_shown_add_up_to_exactly_100(model, sample):
    for points in sample.points[::9]:
        answer = predict_expression(model, points)
        assert list(answer.percentages) == list(EXPRESSIONS)
        assert sum(round(float(share) * 100) for share in show(answer)) == 100_00
        assert sum(answer.percentages.values()) == pytest.approx(100, abs=1e-9)


def test_a_face_is_read_the_same_however_it_lies_in_the_photo(model, five, turn):
    for points in five.points:
        moved = turn(points[None], 100, 3, (40, 500))[0]
        straight, turned = (list(predict_expression(model, each).percentages.values()) for each in (points, moved))
        assert straight == pytest.approx(turned, abs=0.02)
