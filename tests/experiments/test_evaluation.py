"""A test's result counts right, stands beside a baseline and an interval, and shows what went wrong."""

import numpy as np
import pytest
from sklearn.dummy import DummyClassifier

import facelab
from facelab.dataset.labelled import LabelledFaces
from facelab.experiments.evaluation import Evaluation, evaluate
from facelab.experiments.intervals import wilson_interval

TRUE = ["joy"] * 6 + ["anger"] * 4
SAID = ["joy"] * 5 + ["neutral"] + ["joy"] + ["anger"] * 3


@pytest.fixture
def report():
    points = np.zeros((10, 478, 3), np.float32) + np.arange(10)[:, None, None]
    return Evaluation(LabelledFaces([None] * 10, points, TRUE), np.array(SAID))


def identify(faces):
    return faces.points[:, 0, 0].astype(int).tolist()


def test_accuracy_baseline_and_recall_are_shares(report):
    assert report.accuracy == 0.8 and report.baseline == 0.6
    assert report.recall == {"joy": pytest.approx(5 / 6), "anger": 0.75}


def test_the_confusion_matrix_has_true_rows_and_answered_columns_in_the_usual_order(report):
    assert report.expressions == ["joy", "anger", "neutral"]
    assert report.confusion.tolist() == [[5, 0, 1], [1, 3, 0], [0, 0, 0]]


@pytest.mark.filterwarnings("error")
def test_a_test_with_one_expression_all_right_is_a_matrix_of_one_cell():
    points = np.zeros((3, 478, 3), np.float32)
    report = Evaluation(LabelledFaces([None] * 3, points, ["joy"] * 3), np.array(["joy"] * 3))
    assert report.confusion.tolist() == [[3]]


def test_each_cell_gives_its_photos_and_the_mistakes_are_all_others(report):
    cells = {(a, b): identify(report.photos_in(a, b)) for a in report.expressions for b in report.expressions}
    assert {pair: faces for pair, faces in cells.items() if faces} == {
        ("joy", "joy"): [0, 1, 2, 3, 4],
        ("joy", "neutral"): [5],
        ("anger", "joy"): [6],
        ("anger", "anger"): [7, 8, 9],
    }
    assert identify(report.mistakes) == [5, 6] and report.mistaken_for.tolist() == ["neutral", "joy"]


# Known values: E. B. Wilson's formula without continuity correction, as in R's prop.test(..., correct=FALSE).
WILSON = {(0, 10): (0.0, 0.2775), (10, 10): (0.7225, 1.0), (6, 8): (0.4093, 0.9285), (1, 1): (0.2065, 1.0)}
WILSON |= {(50, 100): (0.4038, 0.5962), (81, 263): (0.2553, 0.3662)}


def test_the_interval_is_wilsons(subtests):
    for counts, interval in WILSON.items():
        with subtests.test(counts):
            assert wilson_interval(*counts) == pytest.approx(interval, abs=1e-4)


def test_the_interval_narrows_with_more_photos_and_holds_the_accuracy(report):
    low, high = report.interval
    assert 0 <= low < report.accuracy < high <= 1
    wider, narrower = wilson_interval(4, 5), wilson_interval(400, 500)
    assert wider[1] - wider[0] > high - low > narrower[1] - narrower[0]


def test_the_sentence_tells_count_accuracy_interval_and_baseline(report):
    assert report.message.startswith("10장 가운데 8장을 맞혔어요. 정확도는 80.0%, 95% 신뢰 구간은 49~94%예요.")
    assert report.message.endswith("하나만 찍어도 60.0%는 맞혀요.")
    facelab.use_language("en")
    assert repr(report).startswith("8 of 10 right: accuracy 80.0%, 95% interval 49% to 94%.")
    assert repr(report).endswith("would get 60.0%.")


def test_precision_is_the_share_right_of_what_was_said(report):
    assert report.precision == {"joy": pytest.approx(5 / 6), "anger": 1.0, "neutral": 0.0}


def test_the_details_tell_recall_and_precision_in_words(report):
    assert report.details.splitlines() == [
        "기쁨 사진 6장 가운데 5장을 알아봤어요(83%). 기쁨이라고 답한 6장 가운데 5장이 맞았어요(83%).",
        "화남 사진 4장 가운데 3장을 알아봤어요(75%). 화남이라고 답한 3장 가운데 3장이 맞았어요(100%).",
        "무표정 사진은 시험에 없었어요. 무표정이라고 답한 1장 가운데 0장이 맞았어요(0%).",
    ]
    facelab.use_language("en")
    assert report.details.splitlines()[2] == (
        "There was no photo of neutral in the test. When it said neutral, it was right 0 out of 1 (0%)."
    )
    assert "Photos of anger: it recognised 3 of 4 (75%)." in report.details


def test_an_expression_that_was_never_said_has_no_precision(report):
    never = Evaluation(report.faces, np.array(["joy"] * 10))
    assert never.precision == {"joy": 0.6}
    assert never.details.endswith("화남 사진 4장 가운데 0장을 알아봤어요(0%). 화남이라고 답한 적은 없어요.")
    facelab.use_language("en")
    assert never.details.endswith("It never said anger.")


def sure_of(*confidences, right):
    """A test of joyful faces in which the model is so sure of its answers, and right or wrong."""
    points = np.zeros((len(confidences), 478, 3), np.float32)
    faces = LabelledFaces([None] * len(confidences), points, ["joy"] * len(confidences))
    probabilities = np.zeros((len(confidences), 5))
    probabilities[range(len(confidences)), np.where(right, 0, 3)] = confidences
    probabilities[:, 4] = 1 - probabilities.sum(axis=1)
    return Evaluation(faces, np.where(right, "joy", "anger"), probabilities)


def test_it_tells_how_sure_the_model_was_when_right_and_when_wrong():
    report = sure_of(0.9, 0.8, 0.7, 0.6, right=[True, True, False, False])
    expected = "맞힌 사진에서는 평균 85.0%, 틀린 사진에서는 평균 65.0% 확신했어요. 가장 자신 있게 틀렸을 때는 70.0%"
    assert report.confidence_message.startswith(expected)
    facelab.use_language("en")
    assert report.confidence_message.startswith(
        "It was 85.0% sure on average when it was right and 65.0% when it was wrong."
    )


def test_it_tells_how_sure_the_model_was_if_all_is_right_or_wrong():
    for right, words in ((True, "틀린 사진이 없고, 평균 75.0%"), (False, "맞힌 사진이 없는데, 평균 75.0%")):
        assert sure_of(0.9, 0.6, right=[right] * 2).confidence_message.startswith(words)


def test_faces_are_found_by_how_sure_the_model_was():
    points = np.zeros((4, 478, 3), np.float32) + np.arange(4)[:, None, None]
    sure = np.array([0.9, 0.55, 0.75, 0.6])
    chances = np.column_stack([sure, 1 - sure, *np.zeros((3, 4))])
    faces = LabelledFaces([None] * 4, points, ["joy", "joy", "sadness", "sadness"])
    report = Evaluation(faces, np.array(["joy"] * 4), chances)
    assert [report.find_confidence(percentage) for percentage in (54, 75, 100)] == [1, 2, 0]
    assert report.boldest_mistake == 2
    half = report.surest(0.5)
    assert identify(half.faces) == [0, 2] and half.accuracy == 0.5 and half.confidence.tolist() == [0.9, 0.75]
    assert len(report.surest(0).faces) == 1 and report.surest(1).accuracy == report.accuracy


def test_the_reliability_groups_answers_by_tenths():
    table = sure_of(0.91, 0.99, 1.0, 0.62, 0.68, right=[True, True, False, False, True]).reliability
    assert table["photos"].tolist() == [2, 3]
    assert table["confidence"].tolist() == pytest.approx([0.65, 0.9667], abs=1e-4)
    assert table["right"].tolist() == pytest.approx([0.5, 2 / 3])
    assert tuple(table.loc[1, ["low", "high"]]) == pytest.approx(wilson_interval(2, 3))


def test_the_calibration_error_is_the_mean_distance_of_said_and_done():
    report = sure_of(0.9, 0.9, 0.9, 0.9, 0.6, 0.6, right=[True, True, True, False, True, True])
    assert report.calibration_error == pytest.approx((4 * 0.15 + 2 * 0.4) / 6)
    assert sure_of(1.0, 1.0, right=[True, True]).calibration_error == pytest.approx(0)


def test_a_higher_threshold_answers_less():
    table = sure_of(0.9, 0.8, 0.7, 0.6, right=[True, True, False, False]).coverage
    assert table.loc[0].tolist() == [1, 0.5] and table.loc[75].tolist() == [0.5, 1]
    assert table.loc[95, "answered"] == 0 and np.isnan(table.loc[95, "right"])
    assert table["answered"].is_monotonic_decreasing


def test_the_chances_are_the_models_own_in_the_usual_order(sample):
    faces = sample.take(joy=6, anger=6)
    model = facelab.expression_model().fit(faces.points, faces.labels)
    report = evaluate(model, faces)
    assert report.model is model and report.probabilities.shape == (12, 5)
    assert report.probabilities[:, [3, 0]] == pytest.approx(model.predict_proba(faces.points))
    assert not report.probabilities[:, [1, 2, 4]].any()
    said = np.array(facelab.EXPRESSIONS)[report.probabilities.argmax(axis=1)]
    assert said.tolist() == report.predicted.tolist()


def test_a_model_without_chances_can_be_tested_but_not_asked_how_sure_it_is(says, sample):
    from sklearn.linear_model import RidgeClassifier
    from sklearn.pipeline import make_pipeline

    faces = sample.take(joy=6, anger=6)
    report = evaluate(make_pipeline(facelab.FaceFeatures(), RidgeClassifier()).fit(faces.points, faces.labels), faces)
    assert report.accuracy > 0.5
    says("얼마나 확신하는지 말해 주지 않아요", "does not tell how sure", lambda: report.reliability)


def test_the_chart_of_reliability_says_what_kind_of_model_it_is():
    for right, title in (
        ([True] * 6 + [False] * 4, "말한 만큼 맞혀요: 평균 65% 확신했고 60% 맞혔어요."),
        ([True] * 10, "겸손한 모델이에요: 평균 65% 확신했는데 100% 맞혔어요."),
        ([False] * 10, "허풍쟁이 모델이에요: 평균 65% 확신했는데 0%만 맞혔어요."),
    ):
        report = sure_of(*[0.65] * 10, right=right).plot_reliability()
        assert " ".join(report.ax_.get_title().split()) == title


def test_the_chart_of_coverage_says_what_the_threshold_brings():
    report = sure_of(0.9, 0.8, 0.7, 0.6, right=[True, True, False, False]).plot_coverage(threshold=65)
    assert " ".join(report.ax_.get_title().split()) == "사진의 75%에 답하고, 답한 것 가운데 67%를 맞혀요."


def test_any_classifier_can_be_tested(sample):
    faces = sample.take(joy=6, anger=3)
    guesser = DummyClassifier(strategy="most_frequent").fit(faces.points, faces.labels)
    report = evaluate(guesser, faces)
    assert report.accuracy == report.baseline == pytest.approx(2 / 3)
    assert report.confusion.tolist() == [[6, 0], [3, 0]]


def test_a_model_is_tested_on_all_faces_as_its_score_says(sample):
    train, test = sample.split(test_size=0.3, seed=2)
    model = facelab.expression_model().fit(train.points, train.labels)
    report = evaluate(model, test)
    assert report.faces is test and report.confusion.sum() == len(test)
    assert report.accuracy == pytest.approx(model.score(test.points, test.labels)) and report.accuracy > 0.5


def test_plotting_draws_numbers_and_mistakes_and_returns_the_evaluation(sample):
    from matplotlib import pyplot

    faces = sample.take(joy=2, anger=2)
    report = Evaluation(faces, np.array(["joy", "anger", "joy", "anger"]))
    _, ax = pyplot.subplots()
    assert report.plot(ax) is report
    assert [text.get_text() for text in ax.texts].count("1") == 4
    assert report.plot_mistakes(columns=2) is report
    assert {text.get_text() for text in pyplot.gcf().axes[0].texts} == {"기쁨\n→ 화남", "화남\n→ 기쁨"}


def test_the_matrix_answers_in_its_title_what_was_confused_most(sample):
    faces = sample.take(joy=2, anger=2)
    titles = {
        ("joy", "joy", "anger", "anger"): "4장을 모두 맞혔어요.",
        (
            "joy",
            "anger",
            "anger",
            "anger",
        ): "4장 가운데 3장을 맞혔어요. 기쁨 사진을 화남이라고 가장 자주 잘못 답했어요(1장).",
    }
    for answers, title in titles.items():
        drawn = Evaluation(faces, np.array(answers)).plot().ax_.get_title()
        assert " ".join(drawn.split()) == title


def test_what_cannot_be_tested_gets_a_sentence(says, model, sample):
    says("한 장도 없어요", "not a single photo", lambda: evaluate(model, sample.select([])))
    says("아직 아무것도 배우지", "not learnt anything", lambda: evaluate(facelab.expression_model(), sample))


def test_a_faultless_model_has_no_mistakes_to_draw(says):
    faces = LabelledFaces([None] * 2, np.zeros((2, 478, 3)), ["joy", "anger"])
    says("틀린 사진이 한 장도", "Nothing was wrong", lambda: Evaluation(faces, faces.labels).plot_mistakes())


def test_a_share_of_the_surest_lies_between_none_and_all(says, report):
    says("1.5가 들어왔어요", "but this is 1.5", lambda: report.surest(1.5))


def test_a_cell_of_no_expression_is_told(says, report):
    says("'happy': 이런 표정", "no expression 'happy'", lambda: report.photos_in("happy", "joy"))


def test_the_answers_stand_in_a_table_in_words():
    report = sure_of(0.9, 0.5, right=[True, False])
    table = report.answers
    assert list(table.columns) == ["정답", "기쁨", "슬픔", "놀람", "화남", "무표정", "판정"]
    assert table.iloc[0].str.endswith("%").sum() == 5 and table["판정"][1] == "모르겠음" != table["판정"][0]


def test_the_most_frequent_mistake_is_named(report, says):
    assert report.most_confused in [("joy", "neutral"), ("anger", "joy")]  # of each there is one
    says("틀린 사진이 한 장도", "Nothing was wrong", lambda: sure_of(0.9, right=[True]).most_confused)
