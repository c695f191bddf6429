"""Widgets that ask a model: Predict and Confusion, without a browser."""

import dataclasses

import numpy as np
import pytest

import facelab
from facelab.faces.photo import encode_jpeg
from facelab.widgets import confusion, predict
from facelab.widgets.parts.five import FiveShots
from facelab.widgets.parts.samples import choose_practice_faces
from tests.widgets.helpers import send


@pytest.fixture(scope="module")
def model():
    """A model that knows two expressions alone."""
    faces = facelab.load_sample().take(joy=30, anger=30)
    return facelab.expression_model().fit(faces.points, faces.labels)


@pytest.fixture(scope="module")
def report(model):
    return facelab.evaluate(model, facelab.load_sample().take(joy=10, anger=10, surprise=5))


def test_a_picked_face_gets_five_percentages_and_a_sentence(model):
    widget = predict.Predict(model)
    assert widget.answer.layout.display == "none"
    widget.samples.press(2)
    answer = widget.session.prediction
    assert widget.answer.layout.display == "flex" and answer.message in widget.verdict.value
    assert all(f"{share:.2f}%" in widget.bars.value for share in answer.percentages.values())
    assert widget.bars.value.count("0.00%") >= 3  # what it never saw
    assert "<path" in widget.picture.value and "<rect" in widget.picture.value
    assert str(answer.why) in widget.reasons.value


def test_the_threshold_decides_anew_without_a_new_photo(model):
    widget = predict.Predict(model)
    widget.samples.press(0)
    shares = dict(widget.session.prediction.percentages)
    widget.threshold.value = 95
    assert widget.session.prediction.percentages == shares
    assert (widget.session.prediction.label is None) == (max(shares.values()) < 95)
    assert "left:95.0%" in widget.bars.value


def test_try_again_clears_the_answer(model):
    widget = predict.Predict(model)
    widget.samples.press(0)
    widget.again.click()
    assert widget.session.prediction is None and widget.answer.layout.display == "none" and widget.samples.chosen == []


def test_a_dropped_photo_is_answered_and_one_without_a_face_says_why(model):
    widget = predict.Predict(model)
    send(widget.zone, "me.jpg", encode_jpeg(facelab.load_sample().images[0]))
    assert widget.session.prediction is not None and widget.problem.value == ""
    send(widget.zone, "me.jpg", encode_jpeg(np.full((200, 200, 3), 128, np.uint8)))
    assert "얼굴을 찾지 못했어요" in widget.problem.value and widget.answer.layout.display == "none"
    send(widget.zone, "me.jpg", b"no photo")
    assert "사진이 아니에요" in widget.problem.value
    assert widget.status.value == ""


def test_the_neutral_face_is_the_zero_point_until_it_is_removed(model):
    widget, calm = predict.Predict(model), find_sample("neutral")
    widget.samples.press(calm)
    before, face = widget.session.prediction.percentages, widget.session.face
    widget.own.click()
    neutral = facelab.predict_expression(model, face, neutral=face)
    assert widget.session.prediction.percentages == neutral.percentages != before
    assert "data:image" in widget.neutral.value and widget.remove.layout.display == ""
    later = predict.Predict(model)  # as if the cell was run again
    assert "data:image" in later.neutral.value
    later.samples.press(3)
    expected = facelab.predict_expression(model, later.session.face, neutral=face)
    assert later.session.prediction.percentages == expected.percentages
    later.remove.click()
    assert "이 얼굴을 내 무표정으로 쓰기" in later.why.value and later.remove.layout.display == "none"
    widget.samples.press(calm)
    assert widget.session.prediction.percentages == before


def test_beside_a_neutral_face_the_ready_model_is_the_one_that_learned_from_neutral():
    widget, calm = predict.Predict(), find_sample("neutral")
    widget.samples.press(calm)
    widget.own.click()
    face = widget.session.face
    expected = facelab.predict_expression(facelab.ready_model(from_neutral=True), face, neutral=face)
    assert widget.session.prediction.percentages == expected.percentages and not widget.problem.value


def test_five_faces_of_mine_make_a_model_that_answers_beside_the_other(model):
    widget, five = predict.Predict(model), facelab.load_sample()[:5]
    widget.five.buttons["joy"].click()
    assert "먼저 사진을" in widget.problem.value and not widget.five.session.shots
    for face, label in zip(five, five.labels, strict=True):
        widget.session.face, widget.session.prediction = face, widget.session.predict(face)
        assert not widget.personal.value and widget.five.write(face) == ""
        widget.session.photo = face.image
        widget.five.buttons[label].click()
    own = widget.five.session.predict(five[0])
    alone = facelab.expression_model().fit(five.points, five.labels)
    assert own.percentages == facelab.predict_expression(alone, five[0]).percentages
    assert "나만의 모델" in widget.personal.value and "친구와 자리를" in widget.five.status.value
    assert "나만의 모델" in widget.tell_live(five[1])[1] and not widget.problem.value
    widget.five.again.click()
    assert not widget.personal.value and "남은 표정: 기쁨" in widget.five.status.value
    assert "나만의 모델" not in widget.tell_live(five[1])[1]


def test_an_expression_that_is_shown_again_takes_the_place_of_the_one_before(five):
    session = FiveShots()
    for label in facelab.EXPRESSIONS:
        session.show(label, five[0])
    for label, face in zip(five.labels, five, strict=True):
        session.show(label, face)
    assert [session.predict(face).likeliest for face in five] == five.labels.tolist()


def test_a_smile_is_no_neutral_face(model):
    widget = predict.Predict(model)
    for lively, word in (("joy", "기쁨으로"), ("surprise", "놀람으로")):
        widget.samples.press(find_sample(lively))
        widget.own.click()
        assert word in widget.problem.value and widget.session.neutral is None
    assert "data:image" not in widget.neutral.value


def find_sample(expression):
    """Find an offered face of an expression that the ready model is sure of."""
    for place, face in enumerate(choose_practice_faces().select(range(predict.SAMPLES))):
        if facelab.predict_expression(facelab.ready_model(), face).label == expression:
            return place
    pytest.fail(f"no face of {expression} is offered")


def test_the_live_picture_is_answered_in_one_line_and_five_bars(model):
    widget = predict.Predict(model)
    answers = []
    widget.camera.send = answers.append
    widget.camera.receive(None, {"kind": "look"}, [encode_jpeg(facelab.load_sample().images[0])])
    widget.camera.receive(None, {"kind": "look"}, [encode_jpeg(np.full((200, 200, 3), 128, np.uint8))])
    assert answers[0]["bars"].count("facelab-track") == 5 and answers[1]["bars"] == ""
    assert "%" in answers[0]["sentence"] and len(answers[0]["boxes"]) == 1
    assert "얼굴을 찾지 못했어요" in answers[1]["sentence"] and widget.problem.value == ""


def test_the_model_is_the_given_one_or_the_saved_one_or_the_ready_one(model, empty):
    assert predict.choose_model(model) == (model, "given")
    ready, whose = predict.choose_model(None)
    assert len(ready.classes_) == 5 and whose == "ready"
    facelab.save_model(model, empty.model_path)
    instead, whose = predict.choose_model(None)  # the pupil's own knows two expressions alone
    assert whose == "partial" and len(instead.classes_) == 5
    facelab.save_model(ready, empty.model_path)
    assert predict.choose_model(None)[1] == "own"


def test_the_model_that_answers_says_what_it_has_learnt(model):
    assert "이 모델이 배운 표정: 기쁨, 화남." in predict.tell_model(model, "given")
    notes = [each.value for each in predict.Predict().content.children if hasattr(each, "value")]
    assert "기쁨, 슬픔, 놀람, 화남, 무표정." in notes[0]


def test_the_cells_of_the_matrix_are_the_counts_and_open_their_photos(report):
    widget = confusion.Confusion(report)
    names, rows = report.expressions, widget.matrix.rows
    assert [[cell["count"] for cell in row["cells"]] for row in rows] == report.confusion.tolist()
    for row in range(len(names)):
        for column in range(len(names)):
            widget.matrix.press(row, column)
            assert len(widget.photos.pictures) == rows[row]["cells"][column]["count"]
            assert widget.session.cell == (names[row], names[column]) and widget.matrix.chosen == [row, column]


def test_a_photo_of_a_cell_shows_its_percentages(report, model):
    widget = confusion.Confusion(report)
    widget.matrix.press(0, 0)
    widget.photos.press(0)
    expected = facelab.predict_expression(model, report.photos_in("joy", "joy")[0])
    assert expected.message in widget.verdict.value and widget.problem.value == ""
    widget.matrix.press(2, 2)
    assert widget.verdict.value == "" and widget.photos.chosen == []


def test_another_model_may_be_asked_about_the_same_photos(report):
    other = facelab.ready_model()
    widget = confusion.Confusion(report, other)
    widget.matrix.press(0, 0)
    widget.photos.press(0)
    assert facelab.predict_expression(other, report.photos_in("joy", "joy")[0]).message in widget.verdict.value


def test_an_empty_cell_and_a_missing_model_are_told(report):
    widget = confusion.Confusion(dataclasses.replace(report, model=None))
    row, column = np.argwhere(report.confusion == 0)[0]
    widget.matrix.press(int(row), int(column))
    assert "사진이 없어요" in widget.sentence.value
    widget.matrix.press(0, 0)
    widget.photos.press(0)
    assert "Confusion(report, model)" in widget.problem.value


def test_every_cell_says_in_words_what_it_is(report):
    facelab.use_language("en")
    place = report.expressions.index("surprise"), report.expressions.index("anger")
    cell = confusion.Confusion(report).matrix.rows[place[0]]["cells"][place[1]]
    assert cell["name"] == f"True label surprise, model's answer anger: {cell['count']}"
