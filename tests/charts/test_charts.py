"""Charts show the numbers they are given, in letters that every font has, and leave matplotlib as it was."""

import io
import itertools
import logging
import subprocess
import sys
import unicodedata
import warnings

import matplotlib
import numpy as np
import pytest
from matplotlib import pyplot
from matplotlib.colors import to_rgb

from facelab import charts
from facelab.charts import style
from facelab.language import use_language

EXPRESSIONS = list(charts.EXPRESSION_COLOURS)
PERCENTAGES = {"joy": 75.31, "sadness": 3.2, "surprise": 0.0, "anger": 12.49, "neutral": 9.0}
MATRIX = np.array([[18, 0, 1, 0, 1], [0, 11, 0, 4, 5], [1, 0, 17, 2, 0], [0, 3, 6, 10, 1], [0, 4, 0, 1, 15]])
SCORES = {"기쁨 40 + 슬픔 20": np.random.default_rng(0).binomial(16, 0.8, 30) / 16, "joy": np.array([0.5, 0.75, 1.0])}


@pytest.fixture(autouse=True)
def draw_without_a_window():
    matplotlib.use("agg")


def make_image(height=40, width=40):
    return np.full((height, width, 3), 90, np.uint8)


def draw_all():
    """Draw one chart of each kind; return their axes."""
    axes = [charts.new_axes() for _ in range(5)]
    charts.draw_bars(axes[0], PERCENTAGES, highlight="joy", limit=60)
    charts.draw_counts(axes[1], {"joy": 40, "사진 🎉 −3": 20})
    charts.draw_matrix(axes[2], MATRIX, EXPRESSIONS, EXPRESSIONS)
    charts.draw_spread(axes[3], SCORES, baseline=0.2)
    charts.draw_face(axes[4], make_image(), box=(5, 5, 20, 20), points=[[3, 4], [5, 6]])
    sheet = charts.draw_photos([make_image()] * 7, ["웃음 🎉.jpg", unicodedata.normalize("NFD", "슬픔"), *"가나다라마"])
    for ax in axes:
        charts.write_title(ax, "많이 배울수록 잘 맞혀요 ✓ −5 🎉")
    return [*axes, sheet[0].axes]


def texts_of(ax):
    return [text.get_text() for text in ax.texts]


def names_of_rows(ax):
    return [" ".join(label.get_text().split()) for label in ax.get_yticklabels()]


def test_no_letter_is_missing_when_the_chart_is_shown_later(caplog):
    with warnings.catch_warnings(), caplog.at_level(logging.WARNING):
        warnings.simplefilter("error")
        for ax in draw_all():
            for form in ("png", "svg", "pdf"):
                ax.figure.savefig(io.BytesIO(), format=form)
    assert caplog.messages == []


def test_a_chart_in_matplotlibs_own_style_would_miss_letters():
    with matplotlib.rc_context(matplotlib.rcParamsDefault):
        pyplot.figure().text(0.5, 0.5, "기쁨")
        with pytest.warns(UserWarning, match="Glyph"):
            pyplot.gcf().canvas.draw()


def test_matplotlibs_settings_stay_as_they_were():
    before = dict(matplotlib.rcParams)
    draw_all()
    assert dict(matplotlib.rcParams) == before


def test_importing_charts_loads_no_matplotlib_and_the_font_package_is_never_imported():
    code = "import sys, facelab.charts; assert 'matplotlib' not in sys.modules; "
    code += "facelab.charts.new_axes(); assert not any(name.startswith('koreanize') for name in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_numbers_on_an_axis_that_is_rescaled_later_are_in_the_same_letters():
    ax = charts.new_axes()
    ax.set_xlim(-700, 12345)
    ax.figure.canvas.draw()
    assert {label.get_fontfamily()[0] for label in ax.get_xticklabels()} == {"NanumGothic"}


def test_letters_are_large_enough_for_a_projector():
    for ax in draw_all()[:5]:
        ax.figure.canvas.draw()
        shown = [*ax.texts, ax.title, ax.xaxis.label, ax.yaxis.label, *ax.get_xticklabels(), *ax.get_yticklabels()]
        assert min(text.get_fontsize() for text in shown) >= 14


def test_an_ax_of_ones_own_is_drawn_upon():
    ax = pyplot.figure().add_subplot()
    assert charts.new_axes(ax) is ax
    assert charts.draw_photos([make_image()], ax=ax)[0].axes is ax


def test_bars_are_as_long_as_their_numbers_which_stand_beside_them():
    ax = charts.new_axes()
    bars = charts.draw_bars(ax, PERCENTAGES)
    assert [bar.get_width() for bar in bars] == list(PERCENTAGES.values())
    assert texts_of(ax) == ["75.31%", "3.20%", "0.00%", "12.49%", "9.00%"]
    assert names_of_rows(ax) == ["기쁨", "슬픔", "놀람", "화남", "무표정"]
    assert ax.yaxis_inverted()  # the first on top
    assert [matplotlib.colors.to_hex(bar.get_facecolor()).upper() for bar in bars] == list(
        charts.EXPRESSION_COLOURS.values()
    )


def test_labels_follow_the_language_and_other_names_stay():
    use_language("en")
    ax = charts.new_axes()
    charts.draw_bars(ax, {"neutral": 1.0, "눈썹": 2.0}, unit=" cm")
    assert names_of_rows(ax) == ["neutral", "눈썹"]
    assert texts_of(ax) == ["1.00 cm", "2.00 cm"]


def test_the_bar_that_counts_stands_out():
    bars = charts.draw_bars(charts.new_axes(), PERCENTAGES, highlight="anger")
    assert [bar.get_alpha() == 1 for bar in bars] == [label == "anger" for label in PERCENTAGES]
    assert {bar.get_alpha() for bar in charts.draw_bars(charts.new_axes(), PERCENTAGES)} == {1}


def test_the_limit_is_a_named_line():
    ax = charts.new_axes()
    charts.draw_bars(ax, PERCENTAGES, limit=62.5)
    assert ax.lines[0].get_xdata() == [62.5, 62.5]
    assert [label.get_text() for label in ax.child_axes[0].get_xticklabels()] == ["기준 62.5%"]


def test_a_title_keeps_clear_of_the_named_line():
    ax = charts.new_axes()
    charts.draw_bars(ax, PERCENTAGES, limit=50)
    title = charts.write_title(ax, "기쁨이에요")
    ax.figure.canvas.draw()
    word = ax.child_axes[0].get_xticklabels()[0]
    assert title.get_window_extent().y0 > word.get_window_extent().y1


def test_a_long_title_goes_on_more_lines_within_the_figure():
    for sentence in ("많이 배운 모델이 더 잘 맞혀요. " * 3, "A model that saw more answers better. " * 3):
        ax = charts.new_axes(size=(8, 4))
        title = charts.write_title(ax, sentence)
        ax.figure.canvas.draw()
        extent = title.get_window_extent()
        assert "\n" in title.get_text() and 0 <= extent.x0 < extent.x1 <= ax.figure.bbox.width, sentence


def test_counts_are_whole_numbers_on_their_bars_and_need_no_axis():
    ax = charts.new_axes()
    bars = charts.draw_counts(ax, {"joy": 3, "anger": 0})
    assert [bar.get_width() for bar in bars] == [3, 0]
    assert texts_of(ax) == ["3", "0"]
    assert not ax.xaxis.get_visible()


def test_counts_of_nothing_yet_can_be_drawn():
    ax = charts.new_axes()
    charts.draw_counts(ax, dict.fromkeys(EXPRESSIONS, 0))
    assert texts_of(ax) == ["0"] * 5


def test_a_matrix_shows_each_count_in_its_cell():
    ax = charts.new_axes()
    charts.draw_matrix(ax, MATRIX, EXPRESSIONS, EXPRESSIONS)
    cells = {(round(text.get_position()[1]), round(text.get_position()[0])): text.get_text() for text in ax.texts}
    assert cells == {place: str(count) for place, count in np.ndenumerate(MATRIX)}
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("모델의 답", "정답")


def test_right_cells_are_blue_and_wrong_ones_orange():
    matrix = charts.draw_matrix(charts.new_axes(), MATRIX, EXPRESSIONS, EXPRESSIONS).get_array()
    for place, count in np.ndenumerate(MATRIX):
        red, _, blue = matrix[place]
        assert (blue > red) == (count > 0 and place[0] == place[1])
        assert (red > blue) == (count > 0 and place[0] != place[1])


def test_a_matrix_may_lack_a_row_of_answers_and_have_an_empty_one():
    image = charts.draw_matrix(charts.new_axes(), [[0, 0, 0], [1, 2, 0]], ["joy", "anger"], ["joy", "anger", "?"])
    assert np.asarray(image.get_array()).shape == (2, 3, 3)
    assert np.isfinite(image.get_array()).all()


def luminance(colour):
    """The relative luminance of WCAG 2."""
    parts = np.array(to_rgb(colour))
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4) @ (0.2126, 0.7152, 0.0722)


def contrast(colour, other):
    dark, light = sorted((luminance(colour), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_numbers_in_a_matrix_can_be_read_on_their_colour():
    ax, shares = charts.new_axes(), np.arange(0, 101, 5)
    matrix = np.column_stack([shares, 100 - shares])
    colours = charts.draw_matrix(ax, matrix, ["joy"] * len(shares), ["joy", "anger"]).get_array().reshape(-1, 3)
    assert min(contrast(text.get_color(), colour) for text, colour in zip(ax.texts, colours, strict=True)) > 3  # WCAG 2


def test_colours_differ_in_a_print_in_black_and_white_and_on_light_and_dark_paper():
    """By the lightness of CIE Lab, 0 to 100; 2 to 1 is what a bar needs beside its word."""
    for colours, apart in ((charts.EXPRESSION_COLOURS.values(), 6), ((style.PLAIN, style.WRONG, style.INK), 10)):
        lightness = sorted(116 * luminance(colour) ** (1 / 3) - 16 for colour in colours)
        assert min(high - low for low, high in itertools.pairwise(lightness)) > apart, colours
    bars = [*charts.EXPRESSION_COLOURS.values(), style.PLAIN, style.WRONG]
    assert min(contrast(colour, paper) for colour in bars for paper in ("white", "#111111")) > 2


# How the colour-blind see linear RGB: G. Machado, M. Oliveira, L. Fernandes (2009), severity 1.
COLOUR_BLIND = {
    "nobody": np.eye(3),
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}


def test_colours_differ_for_all_eyes():
    """By their distance in CIE Lab, of which 2 or 3 can just be seen."""
    import cv2

    for colours in (charts.EXPRESSION_COLOURS.values(), (style.PLAIN, style.WRONG)):
        linear = np.array([to_rgb(colour) for colour in colours]) ** 2.2
        for eyes, matrix in COLOUR_BLIND.items():
            seen = (linear @ np.transpose(matrix)).clip(0, 1) ** (1 / 2.2)
            lab = cv2.cvtColor(seen[np.newaxis].astype(np.float32), cv2.COLOR_RGB2LAB)[0]
            assert min(np.linalg.norm(one - other) for one, other in itertools.combinations(lab, 2)) > 12, eyes


def test_signs_and_words_tell_apart_what_colours_do():
    assert len(set(charts.EXPRESSION_MARKERS.values())) == 5 and set(charts.EXPRESSION_MARKERS) == set(EXPRESSIONS)
    ax = charts.new_axes()
    drawn = charts.draw_spread(ax, {("20", label): [0.5, 0.75] for label in EXPRESSIONS})
    assert len({dots.get_paths()[0].vertices.round(3).tobytes() for dots in drawn}) == 5
    assert names_of_rows(ax) == ["기쁨", "슬픔", "놀람", "화남", "무표정"]


def test_every_run_is_a_dot_in_its_row_on_an_axis_that_is_always_the_same():
    ax = charts.new_axes()
    groups = charts.draw_spread(ax, SCORES)
    for row, (dots, scores) in enumerate(zip(groups, SCORES.values(), strict=True)):
        across, down = dots.get_offsets().T
        assert (abs(across - scores * 100) < 100 / 16 / 2).all()  # nearer to its own score than to another
        assert (abs(down - row) <= 0.5).all()
    assert names_of_rows(ax) == ["기쁨 40 + 슬픔 20", "기쁨"]
    assert ax.get_xlim() == (-4, 106) and ax.get_xticklabels()[-1].get_text() == "100%"


def test_thirty_dots_can_be_counted_even_if_nearly_all_runs_scored_the_same():
    for rows in (2, 4):
        for scores in (
            np.ones(30),
            np.repeat([0.9375, 1.0], 15),
            np.linspace(0, 1, 30),
            np.repeat([0.9375, 1.0], (1, 29)),
        ):
            ax = charts.new_axes(size=(10, 1.6 + 0.9 * rows))
            drawn = charts.draw_spread(ax, dict.fromkeys(EXPRESSIONS[:rows], scores))
            ax.figure.draw_without_rendering()
            places = ax.transData.transform(drawn[0].get_offsets())
            gaps = [np.hypot(*(one - other)) for one, other in itertools.combinations(places, 2)]
            across = np.sqrt(drawn[0].get_sizes()[0]) * ax.figure.dpi / 72
            assert min(gaps) > 0.7 * across, (rows, scores)


def test_long_names_leave_room_for_the_dots():
    ax = charts.new_axes()
    charts.draw_spread(ax, {"기쁨 20장 + 슬픔 20장, 그 가운데 틀린 라벨 30%: 기쁨": [0.5, 0.6], "b": [0.7, 0.8]})
    ax.figure.canvas.draw()
    assert ax.get_window_extent().width > ax.figure.bbox.width / 3
    ticks = [label.get_window_extent() for label in ax.get_xticklabels() if label.get_text()]
    assert all(left.x1 < right.x0 for left, right in itertools.pairwise(ticks))


def test_what_rows_share_is_named_once_beside_them():
    ax = charts.new_axes()
    names = ["20 : 20", "기쁨 36 · 슬픔 4 · 많은 쪽을 버리기"]
    charts.draw_spread(ax, {(name, label): [0.5, 0.75] for name in names for label in ("joy", "sadness")})
    assert names_of_rows(ax) == ["기쁨", "슬픔"] * 2
    shared = ax.child_axes[0]
    assert names_of_rows(shared) == names
    assert shared.get_yticks().tolist() == [0.5, 2.5]
    ax.figure.canvas.draw()
    left = max(label.get_window_extent().x1 for label in shared.get_yticklabels())
    assert left < min(label.get_window_extent().x0 for label in ax.get_yticklabels())


def test_no_dot_is_cut_off_or_covered_however_many_rows_there_are():
    scores = np.repeat([0.0, 0.5, 1.0], (3, 3, 24))
    for rows in (1, 2, 8, 10):
        ax = charts.new_axes(size=(10, 4 + 0.3 * rows))
        groups = charts.draw_spread(ax, {("a long name of a condition", row): scores for row in range(rows)})
        charts.write_title(ax, "두 줄로 나누어 써야 할 만큼 긴 제목이에요. " * 2)
        ax.figure.draw_without_rendering()
        page, words = ax.figure.bbox, [text.get_window_extent() for text in ax.texts]
        for row, dots in enumerate(groups):
            places = ax.transData.transform(dots.get_offsets())
            half = np.sqrt(dots.get_sizes()[0]) / 2 * ax.figure.dpi / 72
            assert not dots.get_clip_on()
            assert page.x0 < places[:, 0].min() - half and places[:, 0].max() + half < page.x1
            assert not any(word.contains(*place) for word in words for place in places)
            assert half > 2 and (abs(dots.get_offsets()[:, 1] - row) < 0.5).all()


def test_the_same_runs_give_the_same_picture():
    first, second = (charts.draw_spread(charts.new_axes(), SCORES)[0].get_offsets() for _ in range(2))
    assert (first == second).all()


def test_mean_and_interval_are_those_handed_in():
    ax = charts.new_axes()
    scores = np.random.default_rng(1).normal(0.7, 0.1, 30)
    charts.draw_spread(ax, {"a": scores}, {"a": (0.6, 0.8)})
    interval, mean = ax.lines[0].get_xdata(), ax.lines[1].get_xdata()
    assert np.allclose(mean, scores.mean() * 100)
    assert np.allclose(interval, (60, 80))
    assert texts_of(ax) == [f"평균 {scores.mean() * 100:.1f}%"]


def test_an_interval_ends_where_scores_end_and_not_every_group_has_one():
    ax = charts.new_axes()
    charts.draw_spread(ax, {"a": [0.9, 1.0], "b": [0.5]}, {"a": (0.3, 1.6)})
    assert ax.lines[0].get_xdata()[1] == 100 and np.allclose(ax.lines[2].get_xdata(), 50)  # where it has no length


def test_guessing_is_a_named_line():
    ax = charts.new_axes()
    charts.draw_spread(ax, {"a": [0.5, 0.6]}, baseline=1 / 3)
    assert np.allclose(ax.lines[-1].get_xdata(), 100 / 3)
    assert [label.get_text() for label in ax.child_axes[0].get_xticklabels()] == ["찍으면 33.3%"]


def test_photos_stand_in_rows_without_touching():
    images = [make_image(), make_image(20, 40), make_image(40, 10), make_image()[:, :, 0]]
    drawn = charts.draw_photos(images, ["a", "b", "c", "d"], columns=3)
    boxes = [image.get_extent() for image in drawn]  # left, right, bottom, top, and top is the smaller
    assert [left < right and top < bottom for left, right, bottom, top in boxes] == [True] * 4
    assert all(one[1] < other[0] for one, other in itertools.pairwise(boxes[:3]))
    assert boxes[3][3] > boxes[0][2] + 0.2  # room for the caption
    shapes = [(bottom - top) / (right - left) for left, right, bottom, top in boxes]
    assert np.allclose(shapes, [1, 0.5, 4, 1])
    assert texts_of(drawn[0].axes) == ["a", "b", "c", "d"]


def test_captions_that_are_too_long_or_cannot_be_written_are_mended():
    captions = ["IMG_20260101_123456789.jpg", "아주아주 긴 파일 이름.jpg", "🎉", unicodedata.normalize("NFD", "웃음")]
    ax = charts.draw_photos([make_image()] * 4, captions)[0].axes
    assert texts_of(ax)[2:] == ["□", "웃음"]
    ax.figure.canvas.draw()
    width = ax.transData.transform((1, 0))[0] - ax.transData.transform((0, 0))[0]
    for text, caption in zip(ax.texts[:2], captions, strict=False):
        assert text.get_text().endswith("…") and caption.startswith(text.get_text()[:-1])
        assert text.get_window_extent().width < width


def test_photos_need_as_many_captions():
    with pytest.raises(ValueError):
        charts.draw_photos([make_image()] * 2, ["a"])


def test_a_face_is_drawn_with_box_and_points_in_pixels():
    ax = charts.new_axes()
    image, frame, dots = charts.draw_face(ax, make_image(), box=(3, 4, 20, 10), points=np.arange(30).reshape(10, 3))
    assert image.get_size() == (40, 40)
    assert (frame.get_x(), frame.get_y(), frame.get_width(), frame.get_height()) == (3, 4, 20, 10)
    assert dots.get_offsets().tolist() == [[3 * n, 3 * n + 1] for n in range(10)]


def test_a_box_can_be_added_to_a_drawn_photo():
    ax = charts.new_axes()
    charts.draw_face(ax, make_image())
    charts.draw_face(ax, None, box=(1, 1, 5, 5))
    assert (len(ax.images), len(ax.patches)) == (1, 1)
    assert ax.get_xlim() == (-0.5, 39.5)


def test_nothing_to_draw_is_told(says):
    ax = charts.new_axes()
    says("그릴 것이 하나도 없어요", "nothing to draw", lambda: charts.draw_photos([]))
    for draw in (charts.draw_bars, charts.draw_counts, charts.draw_spread):
        says("그릴 것이 하나도 없어요", "nothing to draw", lambda draw=draw: draw(ax, {}))


def test_a_missing_font_is_told(says, monkeypatch):
    style._load_fonts.cache_clear()
    monkeypatch.setattr(style, "find_spec", lambda name: None)
    says("한글 글꼴이 없어요", "font for the charts is missing", charts.new_axes)
