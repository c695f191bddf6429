"""A comparison tells how often, by how much and how surely one condition did better than another."""

import numpy as np
import pandas
import pytest

import facelab
from facelab.charts import new_axes
from facelab.experiments.comparison import Comparison, measure_effect
from tests.helpers import make_result


def test_means_and_baseline_stand_in_the_order_of_the_conditions():
    result = make_result(good=[0.9, 0.7], bad=[0.5, 0.7])
    assert result.means.to_dict() == pytest.approx({"good": 0.8, "bad": 0.6}) and list(result.means.index) == [
        "good",
        "bad",
    ]
    assert result.baseline.to_dict() == {"good": 0.5, "bad": 0.5}
    assert result.accuracies["bad"].tolist() == [0.5, 0.7]


def test_the_worst_condition_is_named():
    assert make_result(a=[1, 0.5], b=[0.5, 0.5], c=[1, 1]).worst == "b"


def test_the_sentence_counts_in_how_many_repeats_the_best_won():
    result = make_result(bad=[0.5, 0.7, 0.6], good=[0.9, 0.7, 0.8])
    assert result.message.startswith(
        "3번 중 2번은 ‘good’ 모델이 ‘bad’ 모델보다 더 많이 맞혔어요(1번은 똑같았고, 0번은 반대였어요). "
    )
    assert "80.0%와 60.0%이고, 차이는 20.0점" in result.message
    facelab.use_language("en")
    assert result.message.startswith(
        "In 2 of 3 repeats, the model “good” got more right than “bad” (equally many in 1, fewer in 0). "
    )
    assert "80.0% and 60.0%, a difference of 20.0\N{NO-BREAK SPACE}points" in repr(result)


def test_without_a_difference_the_sentence_says_so():
    result = make_result(one=[0.7, 0.5], other=[0.5, 0.7])
    assert "차이가 보이지 않아요" in result.message and "60.0%" in result.message
    facelab.use_language("en")
    assert "No difference" in result.message and "60.0%" in result.message


def test_of_one_condition_the_sentence_tells_how_far_the_repeats_lie_apart():
    result = make_result(alone=[0.9, 0.7, 0.8])
    assert "3번 되풀이했더니 정확도가 70.0%에서 90.0%까지" in result.message and "80.0%" in result.message
    facelab.use_language("en")
    assert "Repeats: 3. Accuracies from 70.0% to 90.0%, mean 80.0%." in result.message


def test_an_effect_tells_mean_interval_and_how_often():
    result = make_result(bad=[0.5, 0.7, 0.6, 0.4], good=[0.9, 0.7, 0.8, 0.3])
    effect = result.effect("good", "bad")
    assert effect.mean == pytest.approx(0.125) and (effect.wins, effect.ties, effect.repeats) == (2, 1, 4)
    assert effect.low < 0 < effect.mean < effect.high
    assert result.effect("bad", "good", "joy").mean == pytest.approx(-0.125)


def test_the_interval_of_an_effect_is_that_of_the_paired_differences():
    from scipy import stats

    good, bad = np.random.default_rng(3).normal([[0.8], [0.7]], 0.1, (2, 30))
    effect = make_result(good=good, bad=bad).effect("good", "bad")
    expected = stats.t.interval(0.95, 29, (good - bad).mean(), stats.sem(good - bad))
    assert (effect.low, effect.high) == pytest.approx(expected)


def test_a_difference_picked_from_many_is_seldom_taken_for_real():
    random = np.random.default_rng(5)
    found = [
        measure_effect(scores[scores.mean(axis=1).argmax()] - scores[scores.mean(axis=1).argmin()], 15).low > 0
        for scores in random.normal(0.85, 0.1, (200, 6, 30))  # six conditions that are all the same
    ]
    assert np.mean(found) < 0.1


def test_of_one_repeat_no_interval_is_told():
    result = make_result(good=[0.9], bad=[0.5])
    assert result.effect("good", "bad").high == np.inf
    assert "한 번으로는 우연인지" in result.message and "inf" not in result.message
    facelab.use_language("en")
    assert "One repeat cannot tell" in result.message


def test_what_to_draw_by_is_checked(says):
    result = make_result(good=[0.9, 0.7], bad=[0.5, 0.7])
    says("'person'", "by cannot be 'person'. Use one of None, 'expression', 'photos'", lambda: result.plot(by="person"))
    says("사진 수가 같은", "equally many photos", lambda: result.plot(by="photos"))


def test_an_effect_needs_conditions_that_are_there(says):
    result = make_result(good=[0.9, 0.7], bad=[0.5, 0.7])
    says("'ugly': 이 실험에 없는 조건", "no condition 'ugly'", lambda: result.effect("good", "ugly"))
    says("('good', 'anger')", "Choose from", lambda: result.effect("good", "bad", "anger"))


def make_recalls():
    """Sadness loses more in the second condition than joy wins."""
    rows = [("even", "joy", 0.8), ("even", "sadness", 0.8), ("uneven", "joy", 0.9), ("uneven", "sadness", 0.5)]
    names = ("condition", "expression", "recall")
    table = [dict(zip(names, row, strict=True), repeat=repeat, accuracy=0.75) for row in rows for repeat in range(4)]
    return Comparison(pandas.DataFrame(table))


def test_by_expression_the_headline_tells_of_the_one_that_differs_most():
    result = make_recalls()
    korean = "4번 중 4번은 ‘even’ 모델이 ‘uneven’ 모델보다 슬픈 얼굴을 더 많이 알아봤어요."
    assert result.headline("expression") == korean
    facelab.use_language("en")
    assert "recognised more sad faces than “uneven”" in result.headline("expression")


def test_where_no_expression_stands_in_two_conditions_the_headline_tells_of_all():
    table = make_recalls().table
    table = table[(table["condition"] == "even") == (table["expression"] == "joy")]
    assert Comparison(table).headline("expression") == Comparison(table).headline()


def test_plotting_returns_the_comparison_and_draws_where_it_is_told():
    from matplotlib import pyplot

    result = make_result(good=[0.9, 0.7], bad=[0.5, 0.7])
    for by in (None, "expression"):
        _, ax = pyplot.subplots()
        assert result.plot(ax, by=by) is result
        texts = [text for each in [ax, *ax.child_axes] for text in [*ax.texts, *each.get_yticklabels()]]
        words = " ".join(text.get_text() for text in texts)
        assert "good" in words and "bad" in words and ("기쁨" in words) == (by == "expression")


def test_a_chart_of_many_rows_can_be_read_on_a_projector(subtests):
    """Its style sheet leaves a chart about 1720 x 820 of 1920 x 1080 pixels; 20 are about two centimetres on a wall."""
    for by, conditions in ((None, 2), (None, 6), (None, 10), ("expression", 4)):
        with subtests.test(by=by, conditions=conditions):
            names = [f"sadness 36 · neutral {number} · rare ones count more" for number in range(conditions)]
            ax = make_result(**{name: [0.9, 0.7] for name in names}).plot(by=by).ax_
            ax.figure.draw_without_rendering()
            scale = min(1720 / ax.figure.bbox.width, 820 / ax.figure.bbox.height) * ax.figure.dpi / 72
            texts = [*ax.texts, ax.title]
            for each in (ax, *ax.child_axes):
                texts += [*each.get_xticklabels(), *each.get_yticklabels()]
            assert min(text.get_fontsize() for text in texts if text.get_text()) * scale >= 20


def test_a_learning_curve_stands_over_the_number_of_photos():
    from matplotlib import pyplot

    result = make_result(few=[0.5, 0.7], many=[0.9, 0.7])
    result.table["train_photos"] = [5] * 4 + [20] * 4
    _, ax = pyplot.subplots()
    result.plot(ax, by="photos")
    assert [label.get_text() for label in ax.get_xticklabels()] == ["5", "20"]
    assert "‘many’" in ax.get_title()


def make_unlike():
    rows = [
        {"condition": name, "repeat": 0, "expression": label, "recall": 0.9, "accuracy": 0.9, "train_photos": 20}
        for name, labels in (("two", facelab.EXPRESSIONS[:2]), ("five", facelab.EXPRESSIONS))
        for label in labels
    ]
    return Comparison(pandas.DataFrame(rows))


def test_conditions_with_different_numbers_of_expressions_are_not_compared():
    result = make_unlike()
    assert "표정 수가 달라요" in result.message and "‘two’" not in result.message
    ax = new_axes()
    result.plot(ax=ax)
    assert {text.get_text() for text in ax.texts} >= {"찍으면 50%", "찍으면 20%"}  # each row has its own line


def test_the_sentences_tell_of_what_the_chart_shows_and_when_it_may_be_chance():
    result = make_recalls()
    result.plot(by="expression")
    assert result.message.startswith(result.headline("expression")) and "80.0%와 50.0%" in result.message
    assert "우연" not in result.message
    doubtful = make_result(one=[0.7, 0.9, 0.8], other=[0.8, 0.8, 0.7])
    assert doubtful.message.endswith("우연일 수 있어요.") and "신뢰 구간 \N{MINUS SIGN}" in doubtful.message


def test_close_to_full_marks_the_sentence_says_that_it_tells_little():
    assert "만점에 가까워서" in make_result(one=[1.0, 0.99, 1.0], other=[0.97, 0.98, 0.99]).message
    assert "만점" not in make_result(one=[1.0, 0.99, 1.0], other=[0.9, 0.9, 0.92]).message
