"""Curves go through the numbers they are given, and any chart can be saved as a file."""

import itertools

import matplotlib
import numpy as np
import pandas
import pytest
from matplotlib import pyplot

import facelab
from facelab import charts
from facelab.experiments.intervals import mean_interval
from facelab.model.prediction import Prediction

ANSWER = Prediction(dict.fromkeys(facelab.EXPRESSIONS, 20.0))
RUNS = {5: [0.5, 0.75, 0.625], 100: [1.0, 0.875, 1.0], 20: [0.75, 0.875, 0.75]}
GROUPS = pandas.DataFrame(
    {"confidence": [0.45, 0.95], "right": [0.5, 1.0], "low": [0.2, 0.7], "high": [0.8, 1.0], "photos": [4, 9]}
)
COVERAGE = pandas.DataFrame({"answered": [1.0, 0.5, 0.0], "right": [0.8, 0.9, np.nan]}, index=[0, 60, 90])


@pytest.fixture(autouse=True)
def draw_without_a_window():
    matplotlib.use("agg")


def draw_all():
    """Draw one curve of each kind; return their axes."""
    axes = [charts.new_axes(size=(10, 5.5)) for _ in range(3)]
    charts.draw_curve(axes[0], RUNS, baseline=0.5)
    charts.draw_reliability(axes[1], GROUPS)
    charts.draw_coverage(axes[2], COVERAGE, 60)
    return axes


def texts_of(ax):
    return [text.get_text() for text in ax.texts]


def texts_above(ax):
    return [" ".join(label.get_text().split()) for label in ax.child_axes[0].get_xticklabels()]


def test_a_learning_curve_goes_through_the_means_in_the_order_of_the_photos():
    ax = charts.new_axes()
    line = charts.draw_curve(ax, RUNS)
    assert line.get_xdata().tolist() == [5, 20, 100]
    assert line.get_ydata().tolist() == pytest.approx([62.5, 79.17, 95.83], abs=0.01)
    assert texts_above(ax) == ["평균 62.5%", "평균 79.2%", "평균 95.8%"]
    for dots, number in zip(ax.collections, sorted(RUNS), strict=True):
        across, up = dots.get_offsets().T
        assert abs(up - np.multiply(RUNS[number], 100)).max() < 12.5 / 2
        assert len(np.unique(dots.get_offsets(), axis=0)) == 3
        assert (np.log(across / number) > 0).all() and across.max() < next((n for n in (20, 100) if n > number), 145)


def test_the_interval_of_a_learning_curve_holds_the_mean():
    ax = charts.new_axes()
    intervals = {number: mean_interval(scores) for number, scores in RUNS.items()}
    charts.draw_curve(ax, RUNS, intervals)
    for line, number in zip(ax.lines[1:], sorted(RUNS), strict=True):
        low, high = line.get_ydata()
        assert (low, high) == pytest.approx(np.clip(intervals[number], 0, 1) * 100)
        assert low / 100 < np.mean(RUNS[number]) < high / 100 <= 1


def test_a_curve_of_single_runs_has_no_intervals():
    ax = charts.new_axes()
    charts.draw_curve(ax, {5: [0.5], 20: [0.75]})
    assert len(ax.lines) == 1 and texts_above(ax) == ["평균 50.0%", "평균 75.0%"]


def test_guessing_is_a_named_line_below_the_curve():
    ax = charts.new_axes()
    charts.draw_curve(ax, RUNS, baseline=0.5)
    assert "찍으면 50%" in texts_of(ax) and list(ax.lines[-1].get_ydata()) == [50, 50]


def test_reliability_has_a_dot_with_its_interval_and_number_for_each_group():
    ax = charts.new_axes()
    dots = charts.draw_reliability(ax, GROUPS)
    assert dots.get_offsets().tolist() == [[45, 50], [95, 100]]
    bars = [segment.tolist() for segment in ax.collections[0].get_segments()]
    assert bars == [[[45, 20], [45, 80]], [[95, 70], [95, 100]]]
    assert texts_of(ax)[:2] == ["4", "9"] and "말한 것보다 잘 맞힘 (겸손)" in texts_of(ax)


def test_coverage_leaves_out_where_nothing_is_answered_and_names_its_lines():
    ax = charts.new_axes()
    answered, right = charts.draw_coverage(ax, COVERAGE, 60)
    assert answered.get_xdata().tolist() == [0, 60, 90] and right.get_xdata().tolist() == [0, 60]
    assert texts_of(ax) == ["답한 비율", "맞힌 비율"]
    assert [label.get_text() for label in ax.child_axes[0].get_xticklabels()] == ["기준 60%"]


def test_letters_of_curves_are_large_enough_for_a_projector_and_none_is_cut():
    for tongue in ("ko", "en"):
        facelab.use_language(tongue)
        for ax in draw_all():
            ax.figure.canvas.draw()
            shown = [*ax.texts, ax.xaxis.label, ax.yaxis.label, *ax.get_xticklabels(), *ax.get_yticklabels()]
            assert min(text.get_fontsize() for text in shown) >= 14
            page = ax.figure.bbox
            for text in filter(lambda text: text.get_text(), [*ax.texts, ax.xaxis.label, ax.yaxis.label]):
                extent = text.get_window_extent()
                assert page.x0 <= extent.x0 and extent.x1 <= page.x1 + 1, text.get_text()


def test_nothing_to_draw_is_told_for_curves(says):
    ax = charts.new_axes()
    says("그릴 것이 하나도", "nothing to draw", lambda: charts.draw_curve(ax, {}))
    says("그릴 것이 하나도", "nothing to draw", lambda: charts.draw_reliability(ax, GROUPS[:0]))
    says("그릴 것이 하나도", "nothing to draw", lambda: charts.draw_coverage(ax, COVERAGE[:0], 60))


def test_a_title_breaks_into_even_lines_and_never_within_a_name():
    ax = charts.new_axes(size=(8, 4))
    title = charts.write_title(
        ax, "In 17 of 30 repeats, more neutral faces were recognised with “30 : 30” than with “40 : 20”."
    ).get_text()
    first, second = title.splitlines()
    assert 0.6 < len(first) / len(second) < 1.7
    assert "“30\N{NO-BREAK SPACE}:\N{NO-BREAK SPACE}30”" in title
    ax = charts.new_axes(size=(8, 4))
    assert "5\N{NO-BREAK SPACE}%" in charts.write_title(ax, "30번 되풀이했더니 62.5 %에서 100 %까지").get_text()


def test_any_chart_is_saved_in_one_call_and_closed(tmp_path, sample):
    for ending, head in (("png", b"\x89PNG"), ("svg", b"<?xml"), ("PDF", b"%PDF")):
        path = tmp_path / "차트" / f"기쁨.{ending}"
        facelab.save_chart(sample.take(joy=2).plot, path, columns=2)
        assert path.read_bytes().startswith(head) and pyplot.get_fignums() == []


def test_whatever_has_a_plot_keeps_where_it_drew_and_returns_itself(model, sample):
    """As scikit-learn's displays do; so any of them can be saved, and drawn upon further."""
    from facelab.faces import pieces

    face, photo, few = sample[0], sample.images[0], sample.take(joy=4, anger=4)
    report = facelab.evaluate(model, few)
    report.predicted[0] = "neutral"
    compared = facelab.compare({"a": {"joy": 5, "anger": 5}}, sample, repeats=2, progress=False)
    answer = facelab.predict_expression(model, face)
    tree = facelab.read_tree(facelab.piece_tree(2).fit(sample.points, sample.labels))
    results = [answer, answer.why, compared, report, tree, few, face, pieces.read_face(face), pieces.list_pieces()]
    plots = [result.plot for result in results] + [report.plot_reliability, report.plot_coverage, report.plot_mistakes]
    plots += [lambda: compared.plot(by="expression"), lambda: compared.plot(by="photos")]
    plots.append(lambda: facelab.Detection([face]).plot(photo))
    for plot in plots:
        drawn = plot()
        assert drawn.ax_.figure is drawn.figure_ is pyplot.gcf(), plot
        assert getattr(plot, "__self__", drawn) is drawn


def test_the_hangul_of_a_saved_drawing_needs_no_font_on_the_other_computer(tmp_path):
    facelab.save_chart(ANSWER.plot, tmp_path / "chart.svg")
    assert "<text" not in (tmp_path / "chart.svg").read_text(encoding="utf-8")


def test_a_chart_cannot_be_saved_as_something_else(says, sample, tmp_path):
    path = tmp_path / "chart.docx"
    says("chart.docx", "ends in .png, .svg or .pdf", lambda: facelab.save_chart(sample.plot, path))
    assert not path.exists() and pyplot.get_fignums() == []


def test_a_chart_on_axes_of_ones_own_is_saved_and_not_another(tmp_path):
    own = charts.new_axes()
    charts.new_axes()  # a later one, which stays open
    facelab.save_chart(ANSWER.plot, tmp_path / "chart.svg", ax=own)
    assert len((tmp_path / "chart.svg").read_bytes()) > 5_000  # an empty one has about 2,000


def test_a_plot_with_brackets_is_told_to_leave_them_out(says, tmp_path):
    drawn = facelab.load_sample().take(joy=1)
    says("괄호를 떼고", "Leave out its brackets", lambda: facelab.save_chart(drawn.plot(), tmp_path / "chart.png"))


def test_what_draws_no_result_is_not_saved(says, tmp_path):
    says("result.plot", "Pass the plot of a result", lambda: facelab.save_chart(lambda: None, tmp_path / "chart.png"))
    assert not list(tmp_path.iterdir())


def test_no_dot_of_a_learning_curve_hides_behind_a_mean():
    ax = charts.new_axes(size=(10, 5.5))
    charts.draw_curve(ax, dict.fromkeys((5, 10, 20, 40, 70, 100), np.repeat([0.8, 0.825, 0.85, 1.0], (9, 10, 9, 2))))
    charts.write_title(ax, "많이 배울수록 잘 맞혀요")
    ax.figure.draw_without_rendering()
    words = [text.get_window_extent() for text in ax.child_axes[0].get_xticklabels()]
    assert all(one.x1 < other.x0 for one, other in itertools.pairwise(words))
    means = ax.transData.transform(ax.lines[0].get_xydata())
    places = np.concatenate([ax.transData.transform(dots.get_offsets()) for dots in ax.collections])
    assert np.linalg.norm(places[:, np.newaxis] - means, axis=2).min() > 9 * ax.figure.dpi / 72
    assert places[:, 1].max() < min(word.y0 for word in words) and not ax.texts


def test_a_title_breaks_between_words_and_never_before_a_per_cent_sign():
    from facelab.charts.style import wrap

    long = "‘joy 53 · sadness 33 · surprise 13 · anger 13 · neutral 13’ did better"
    assert all(word in wrap(long, 12).split() for word in ("sadness", "surprise", "neutral"))
    assert not any(line.startswith("%") for line in wrap("틀린 라벨 30 %", 5).splitlines())


def test_of_means_of_close_numbers_every_second_stands_higher():
    ax = charts.new_axes(size=(10, 5.5))
    charts.draw_curve(ax, dict.fromkeys((5, 10, 20, 40, 70, 80, 100), np.full(30, 0.958)))
    ax.figure.draw_without_rendering()
    words = ax.child_axes[0].get_xticklabels()
    assert [word.get_text().endswith("\n\n") for word in words] == [False] * 5 + [True, False]
    low = [word.get_window_extent() for word in (*words[:5], words[6])]
    assert all(one.x1 < other.x0 for one, other in itertools.pairwise(low))
