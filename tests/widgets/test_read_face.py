"""Reading a face into pieces: from each source, with its parts, the nearest pieces and the rebuilt face."""

import numpy as np

import facelab
from facelab.faces import pieces
from facelab.faces.photo import encode_jpeg
from facelab.widgets import ReadFace
from tests.helpers import collect
from tests.widgets.helpers import send


def test_a_mixer_picture_is_read_into_its_own_pieces():
    widget = ReadFace()
    send(widget.zone, "me.jpg", encode_jpeg(pieces.face_from_pieces(2, 4, 6), quality=95))
    assert widget.problem.value == "" and widget.session.reading.triple == (2, 4, 6)
    assert "눈썹 2번, 눈 4번, 입술 6번" in widget.verdict.value
    assert widget.table.value.count("facelab-nearest") == 3 and widget.table.value.count("<img") == 21
    assert widget.faces.value.count("<img") == 2 and "눈썹 2번, 눈 4번, 입술 6번" in widget.faces.value


def test_every_distance_is_shown():
    widget = ReadFace()
    widget.samples.press(3)
    for distances in widget.session.reading.distances.values():
        assert all(f": {distance:.1f}%" in widget.table.value for distance in distances)


def test_the_face_can_be_rebuilt_of_the_other_person():
    widget = ReadFace()
    widget.samples.press(0)
    before, triple = widget.faces.value, widget.session.reading.triple
    widget.person.value = 1
    assert widget.faces.value != before and widget.session.reading.triple == triple


def test_own_faces_are_offered_when_there_are_any(mine):
    assert ReadFace().session.offers_own is False
    collect(mine, facelab.load_sample(), {0: ""})
    widget = ReadFace()
    assert widget.session.offers_own and len(widget.samples.pictures) == 1 and "내가 모은" in widget.samples.label
    widget.samples.press(0)
    assert widget.session.reading is not None and widget.problem.value == ""


def test_a_photo_without_a_face_says_why_and_clears_the_last_one():
    widget = ReadFace()
    widget.samples.press(0)
    send(widget.zone, "me.jpg", encode_jpeg(np.full((200, 200, 3), 128, np.uint8)))
    assert "얼굴을 찾지 못했어요" in widget.problem.value
    assert widget.session.reading is None and widget.answer.layout.display == "none"
    send(widget.zone, "me.jpg", b"no photo")
    assert "사진이 아니에요" in widget.problem.value


def test_a_shot_is_read_and_the_live_picture_tells_its_pieces():
    widget = ReadFace()
    answers = []
    widget.camera.send = answers.append
    picture = encode_jpeg(pieces.face_from_pieces(1, 3, 6), quality=95)
    widget.camera.receive(None, {"kind": "look"}, [picture])
    widget.camera.receive(None, {"kind": "look"}, [encode_jpeg(np.full((200, 200, 3), 128, np.uint8))])
    assert "눈썹 1번, 눈 3번, 입술 6번" in answers[0]["sentence"] and "찾지 못했어요" in answers[1]["sentence"]
    assert "조각으로 만든 거울" in answers[0]["bars"] and answers[1]["bars"] == ""
    widget.camera.receive(None, {"kind": "shot"}, [picture])
    assert widget.session.reading.triple == (1, 3, 6)


def test_try_again_clears_the_face():
    widget = ReadFace()
    widget.samples.press(0)
    widget.again.click()
    assert widget.session.reading is None and widget.answer.layout.display == "none" and widget.samples.chosen == []
