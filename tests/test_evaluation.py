"""A test's result counts right, stands beside a baseline and an interval, and shows what went wrong."""

import numpy as np
import pytest
from sklearn.dummy import DummyClassifier

import facelab
from facelab.dataset import LabelledFaces
from facelab.evaluation import Evaluation, evaluate, wilson_interval

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
@pytest.mark.parametrize(
    "right, total, low, high",
    [
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (6, 8, 0.4093, 0.9285),
        (50, 100, 0.4038, 0.5962),
        (81, 263, 0.2553, 0.3662),
        (1, 1, 0.2065, 1.0),
    ],
)
def test_the_interval_is_wilsons(right, total, low, high):
    assert wilson_interval(right, total) == pytest.approx((low, high), abs=1e-4)


def test_the_interval_narrows_with_more_photos_and_holds_the_accuracy(report):
    low, high = report.interval
    assert 0 <= low < report.accuracy < high <= 1
    wider, narrower = wilson_interval(4, 5), wilson_interval(400, 500)
    assert wider[1] - wider[0] > high - low > narrower[1] - narrower[0]


def test_the_sentence_tells_count_accuracy_interval_and_baseline(report):
    assert report.message.startswith("10장 가운데 8장을 맞혔어요. 정확도는 80.0 %, 95 % 신뢰 구간은 49~94 %예요.")
    assert report.message.endswith("계속 말해도 60.0 %는 맞아요.")
    facelab.use_language("en")
    assert repr(report).startswith("8 of 10 are right: accuracy 80.0 %, 95 % interval 49 to 94 %.")
    assert repr(report).endswith("would get 60.0 %.")


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
    assert {text.get_text() for text in pyplot.gcf().axes[0].texts} == {"기쁨 → 화남", "화남 → 기쁨"}
    pyplot.close("all")


def test_what_cannot_be_tested_gets_a_sentence(says, model, sample):
    says("한 장도 없어요", "not a single photo", lambda: evaluate(model, sample.select([])))
    says("아직 아무것도 배우지", "not learned anything", lambda: evaluate(facelab.expression_model(), sample))
