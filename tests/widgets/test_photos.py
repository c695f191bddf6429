"""Photos come in (Upload, Camera) and faces come out (Extraction), without a browser."""

import io
import os
import zipfile
from unittest.mock import Mock

import numpy as np
import pytest

from facelab import archives
from facelab.dataset.labelled import load_sample
from facelab.dataset.mine import MyData
from facelab.dataset.nicknames import read_nicknames
from facelab.faces.detection import Detection
from facelab.faces.photo import encode_jpeg, read_photo
from facelab.language import use_language
from facelab.widgets import camera, extraction, upload
from facelab.widgets.parts import dropzone
from tests.helpers import pack
from tests.widgets.helpers import send

GREY = encode_jpeg(np.full((60, 80, 3), 128, np.uint8))


@pytest.fixture
def face():
    """One shipped face as the bytes of a JPEG."""
    return encode_jpeg(load_sample().images[0], quality=95)


@pytest.fixture
def couple():
    """Two shipped faces side by side as the bytes of a JPEG."""
    images = load_sample().images
    return encode_jpeg(np.hstack([images[0], images[5]]), quality=95)


def test_a_photo_that_arrives_in_parts_is_added_whole(mine):
    widget = upload.Upload()
    assert send(widget.zone, "한글 이름.jpg", GREY, part=100) == ""
    assert [path.name for path in mine.photos()] == ["한글 이름.jpg"]
    assert mine.photos()[0].read_bytes() == GREY


def test_a_batch_is_added_to_what_was_there_and_shown_at_its_end(mine):
    mine.add_photo("a.jpg", GREY)
    widget = upload.Upload()
    assert "1장" in widget.stored.value and "a.jpg" in widget.gallery.value
    send(widget.zone, "a.jpg", GREY)
    widget.zone.receive(widget.zone, {"kind": "end"}, [])
    assert "2장" in widget.stored.value and "a (2).jpg" in widget.gallery.value


def test_an_interrupted_file_leaves_nothing_in_the_next_one(mine):
    widget = upload.Upload()
    widget.zone.receive(widget.zone, {"kind": "part", "name": "half.jpg", "first": True, "last": False}, [GREY[:50]])
    assert send(widget.zone, "whole.jpg", GREY) == ""
    assert [path.name for path in mine.photos()] == ["whole.jpg"]


def test_what_is_no_photo_is_refused_with_its_name_and_reason(mine):
    use_language("en")
    widget = upload.Upload()
    answer = send(widget.zone, "poem.jpg", b"roses are red")
    assert answer.startswith("“poem.jpg” was not added.")
    assert widget.session.refused == [answer] and mine.photos() == []


def test_a_full_disk_is_told(monkeypatch, full_disk):
    widget = upload.Upload()
    monkeypatch.setattr(widget.session.my_data, "add_photo", full_disk)
    assert "디스크" in send(widget.zone, "a.jpg", GREY)


def test_a_zip_gives_its_photos_and_none_of_its_paths(mine):
    data = pack({"../../evil.jpg": GREY, "trip/b.jpg": GREY, "__MACOSX/._b.jpg": b"x", "trip/.hidden": b"x"})
    assert send(upload.Upload().zone, "trip.ZIP", data) == ""
    assert [path.name for path in mine.photos()] == ["b.jpg", "evil.jpg"]


def test_a_zip_without_photos_is_told(mine):
    use_language("en")
    for data, sentence in ((b"PK no zip", "damaged"), (pack({}), "no photo in"), (pack({"a.txt": b"x"}), "a.txt")):
        assert sentence in send(upload.Upload().zone, "all.zip", data)
        assert mine.photos() == []


def test_a_bomb_in_a_zip_is_left_out_and_told(mine, monkeypatch):
    monkeypatch.setattr(archives, "LARGEST_FILE", 2000)
    bomb = pack({"bomb.jpg": b"0" * 10_000, "small.jpg": GREY})
    assert "“bomb.jpg”: 압축을 풀면" in send(upload.Upload().zone, "all.zip", bomb)
    assert [path.name for path in mine.photos()] == ["small.jpg"]


def test_only_the_newest_photos_are_shown(mine, monkeypatch):
    monkeypatch.setattr(upload, "MOST_SHOWN", 2)
    for age, name in enumerate(["a.jpg", "c.jpg", "b.jpg"]):  # the oldest last
        os.utime(mine.add_photo(name, GREY), (1e9 - age,) * 2)
    widget = upload.Upload()
    assert "a.jpg" in widget.gallery.value and "c.jpg" in widget.gallery.value and "b.jpg" not in widget.gallery.value
    assert "마지막 2장만" in widget.stored.value


def test_a_file_name_is_never_taken_for_html(mine):
    mine.add_photo("<img onerror=alert(1)>.jpg", GREY)
    assert "<img onerror" not in upload.Upload().gallery.value


def test_the_camera_keeps_shots_and_tells_what_it_sees(mine, face):
    widget = camera.Camera()
    answers = []
    widget.camera.send = answers.append
    widget.camera.receive(None, {"kind": "shot"}, [memoryview(face)])
    widget.camera.receive(None, {"kind": "look"}, [memoryview(face)])
    widget.camera.receive(None, {"kind": "look"}, [memoryview(GREY)])
    taken, found, nothing = answers
    assert taken["kind"] == "taken" and taken["problem"] == "" and len(mine.photos()) == 1
    assert len(found["boxes"]) == 1 and len(found["points"]) == 478 and "찍어도 좋아요" in found["sentence"]
    assert all(0 <= number <= 1 for number in found["boxes"][0])
    assert nothing["boxes"] == [] and "얼굴을 찾지 못했어요" in nothing["sentence"]


def test_a_pupils_function_is_called_with_each_live_answer(mine, face, says):
    """What it returns or prints is shown, never as HTML; where it fails, its line is told, and all goes on."""
    heard = []

    def react(answer):
        heard.append(answer)
        if len(heard) == 1:
            return "<b>🎉"
        print("printed", end="\n")
        return None if len(heard) == 2 else missing[0]  # noqa: F821

    widget = camera.Camera(on_answer=react)
    answers, line = [], react.__code__.co_firstlineno + 5
    widget.camera.send = answers.append
    for _ in range(3):
        widget.camera.receive(None, {"kind": "look"}, [memoryview(face)])
    assert "&lt;b&gt;🎉" in answers[0]["bars"] and "printed" in answers[1]["bars"]
    assert f"{line}번째 줄" in answers[2]["bars"] and "NameError" in answers[2]["bars"]
    assert answers[2]["sentence"] == heard[2].message and len(heard[2].percentages) == 5
    widget.camera.receive(None, {"kind": "look"}, [memoryview(GREY)])
    assert len(heard) == 3 and "얼굴을 찾지 못했어요" in answers[3]["sentence"]
    says("괄호 없이", "without brackets", lambda: camera.Camera(on_answer="🎉"))


def test_each_view_hears_its_own_answers(mine, face):
    """One widget in two tabs: parts of two photos come in turn, and each answer bears the name of who asked."""
    answers, widget = [], upload.Upload()
    widget.zone.send = answers.append
    for first, data in ((True, GREY[:50]), (False, GREY[50:])):
        for view in ("left", "right"):
            message = {"kind": "part", "view": view, "name": f"{view}.jpg", "first": first, "last": not first}
            widget.zone.receive(None, message, [data])
    assert [answer["view"] for answer in answers] == ["left", "right"] * 2
    assert {path.name for path in mine.photos()} == {"left.jpg", "right.jpg"}
    picture = camera.Camera().camera
    picture.send = answers.append
    picture.receive(None, {"kind": "look", "view": "left"}, [face])
    assert answers[-1]["view"] == "left"


def test_what_a_file_is_tells_its_content_and_not_its_name(mine, face):
    zone = upload.Upload().zone
    assert send(zone, "trip.jpg", pack({"b.jpg": GREY})) == ""
    other = encode_jpeg(load_sample().images[7])
    assert send(zone, "x.zip", face) == "" and send(zone, "x.jpg_large", other) == ""
    assert "x.zip" in send(zone, "again.jpg", face)  # which photo it is the same as
    assert {"b.jpg", "x.zip", "x.jpg_large"} <= {path.name for path in mine.photos()}


def test_a_file_without_end_is_not_kept_in_memory(mine, monkeypatch):
    monkeypatch.setattr(dropzone, "LARGEST_FILE", 100)
    zone = upload.Upload().zone
    assert "200MB" in send(zone, "a.jpg", b"x" * 150, part=150)
    assert zone._parts == {}


def test_of_many_photos_only_what_is_shown_is_kept(mine, couple, monkeypatch):
    """No photo, no points, and pictures of the newest alone: 600 photos took 595 MB."""
    monkeypatch.setattr(extraction, "MOST_SHOWN", 2)
    images = load_sample().images
    for place in range(4):
        mine.add_photo(f"{place}.jpg", encode_jpeg(images[place], quality=95))
    mine.add_photo("us.jpg", couple)
    session = extraction.ExtractionSession(mine)
    session.extract()
    assert [bool(card.picture) for card in session.cards] == [False, False, True, True, True]
    assert [len(card.places) for card in session.cards] == [1, 1, 1, 1, 2]
    assert not any(isinstance(each, np.ndarray | Detection) for card in session.cards for each in vars(card).values())


def test_a_photo_replaced_before_its_faces_are_chosen_is_looked_at_anew(mine, couple, face):
    path = mine.add_photo("us.jpg", couple)
    session = extraction.ExtractionSession(mine)
    session.extract()
    path.write_bytes(face)
    session.keep(session.open[0], [0, 1])
    assert session.open == [] and len(mine.faces()) == 1


def test_a_damaged_shot_is_told(mine):
    widget = camera.Camera()
    answers = []
    widget.camera.send = answers.append
    widget.camera.receive(None, {"kind": "shot"}, [b"broken"])
    assert "저장하지 못했어요" in answers[0]["problem"] and mine.photos() == []


def test_one_clear_face_is_kept_at_once(mine, face):
    mine.add_photo("me.jpg", face)
    widget = extraction.Extraction()
    assert not widget.practice and "1장" in widget.status.value
    widget.start.click()
    assert len(mine.faces()) == 1 and mine.waiting_photos() == []
    assert "<rect" in widget.kept.value and widget.decisions.children == ()


def test_a_photo_without_a_face_says_why_and_can_be_skipped(mine, face):
    mine.add_photo("wall.jpg", GREY)
    mine.add_photo("me.jpg", face)
    widget = extraction.Extraction()
    widget.start.click()
    [card] = widget.session.open
    assert card.state == "failed" and "얼굴을 찾지 못했어요" in card.message
    assert widget.skip_all.layout.display == ""
    widget.skip_all.click()
    assert mine.waiting_photos() == [] and widget.decisions.children == ()
    assert widget.skip_all.layout.display == "none"


def test_after_a_restart_the_work_goes_on_where_it_stopped(mine, face):
    mine.add_photo("wall.jpg", GREY)
    mine.add_photo("me.jpg", face)
    extraction.Extraction().start.click()
    again = extraction.ExtractionSession(MyData())
    assert [path.name for path in again.waiting] == ["wall.jpg"]


def test_of_several_faces_the_ticked_ones_are_kept(mine, couple):
    mine.add_photo("us.jpg", couple)
    widget = extraction.Extraction()
    widget.start.click()
    [card] = widget.session.open
    assert card.state == "choose" and mine.faces() == []
    tick, keep = find_tick_and_button(widget)
    tick.value = False
    keep.click()
    assert len(mine.faces()) == 1 and mine.waiting_photos() == []
    assert "오려 낸 얼굴: 1개" in widget.status.value and widget.kept.value.count("<figure") == 2  # the photo, the face


def test_questions_come_a_few_at_a_time(mine, monkeypatch):
    monkeypatch.setattr(extraction, "MOST_ASKED", 2)
    for number in range(3):
        mine.add_photo(f"{number}.jpg", GREY)
    widget = extraction.Extraction()
    widget.start.click()
    assert len(widget.decisions.children) == 2 and "3장" in widget.status.value
    widget.session.skip(widget.session.open[0])
    widget._show()
    assert len(widget.decisions.children) == 2 and "2장" in widget.status.value


def test_what_was_ticked_stays_so_while_another_photo_is_decided(mine, couple):
    mine.add_photo("us.jpg", couple)
    mine.add_photo("wall.jpg", GREY)
    widget = extraction.Extraction()
    widget.start.click()
    tick, _ = find_tick_and_button(widget)
    tick.value = False
    widget.skip_all.click()
    assert widget.decisions.children and find_tick_and_button(widget)[0] is tick and not tick.value


def test_no_ticked_face_means_skipping_the_photo(mine, couple):
    mine.add_photo("us.jpg", couple)
    session = extraction.ExtractionSession(mine)
    session.extract()
    session.skip(session.open[0])
    assert mine.faces() == [] and mine.waiting_photos() == []


def find_tick_and_button(widget):
    """Find the first tick and the button of the question about several faces."""
    question = widget.decisions.children[0]
    row, button = question.children[1], question.children[2]
    return row.children[1].children[1], button


def test_a_photo_replaced_by_a_better_one_can_be_tried_again(mine, face):
    path = mine.add_photo("me.jpg", GREY)
    session = extraction.ExtractionSession(mine)
    session.extract()
    path.write_bytes(face)
    session.try_again(session.open[0])
    assert session.open == [] and len(mine.faces()) == 1


def test_a_file_damaged_after_it_was_added_becomes_a_card(mine):
    mine.add_photo("me.jpg", GREY).write_bytes(b"damaged")
    session = extraction.ExtractionSession(mine)
    session.extract()
    assert session.cards[0].state == "failed" and session.cards[0].message
    session.skip(session.cards[0])
    assert mine.waiting_photos() == []


def test_progress_reaches_the_end(mine):
    for number in range(3):
        mine.add_photo(f"{number}.jpg", GREY)
    seen = []
    extraction.ExtractionSession(mine).extract(lambda done, total: seen.append((done, total)))
    assert seen == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_without_own_photos_the_shipped_ones_are_used_and_nothing_is_saved(mine):
    widget = extraction.Extraction()
    assert widget.practice
    widget.start.click()
    assert not mine.folder.exists()
    assert sum(card.state == "kept" for card in widget.session.cards) > 0


def test_photos_that_come_after_the_practice_are_extracted_instead(mine, face):
    widget = extraction.Extraction()
    mine.add_photo("me.jpg", face)
    widget.start.click()
    assert not widget.practice and [each.file for each in mine.faces()] == ["me.jpg_1.jpg"]
    assert "저장하지 않아요" not in widget.note.value and len(widget.session.cards) == 1


def test_a_failure_while_extracting_is_shown_and_the_button_works_again(mine, monkeypatch):
    mine.add_photo("me.jpg", GREY)
    widget = extraction.Extraction()
    monkeypatch.setattr(extraction, "find_faces", Mock(side_effect=RuntimeError("lens cap")))
    widget.start.click()
    assert "lens cap" in widget.problem.value and 'role="alert"' in widget.problem.value
    assert not widget.start.disabled
    monkeypatch.setattr(extraction, "find_faces", lambda photo: Detection([], "no_face"))
    widget.start.click()
    assert widget.problem.value == "" and len(widget.session.open) == 1


def test_the_picture_of_a_photo_is_small():
    from facelab.widgets.parts.html import encode_picture

    large = np.zeros((2000, 3000, 3), np.uint8)
    assert len(encode_picture(large)) < 10_000
    assert read_photo(GREY).shape == (60, 80, 3)


def test_a_nickname_goes_with_each_photo_until_it_is_changed(mine, face):
    widget = upload.Upload()
    assert "이름 말고" in widget.nickname.placeholder and not widget.nickname.value
    send(widget.zone, "nobody.jpg", GREY)
    widget.nickname.value = "토끼"
    send(widget.zone, "a.jpg", face)
    widget.zone.receive(widget.zone, {"kind": "end"}, [])
    assert read_nicknames(mine) == {"a.jpg": "토끼"} and "a.jpg · 토끼" in widget.gallery.value
    widget.nickname.value = "7"
    widget.name_all.click()
    assert read_nicknames(mine) == {"a.jpg": "7", "nobody.jpg": "7"} and "붙였어요: 7" in widget.named.value
    widget.nickname.value = ""
    widget.name_all.click()
    assert read_nicknames(mine) == {} and "뗐어요" in widget.named.value


def test_the_camera_asks_too_and_begins_with_the_last_nickname(mine, face):
    upload.Upload().nickname.value = "unsaved"
    widget = camera.Camera()
    assert widget.nickname.value == ""
    widget.nickname.value = "토끼"
    widget._take(face)
    assert list(read_nicknames(mine).values()) == ["토끼"]
    assert camera.Camera().nickname.value == upload.Upload().nickname.value == "토끼"


def test_an_oddly_packed_photo_in_a_zip_is_told_and_keeps_no_other_out(mine):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, way in (("a.jpg", zipfile.ZIP_DEFLATED), ("b.jpg", zipfile.ZIP_LZMA), ("c.jpg", zipfile.ZIP_STORED)):
            archive.writestr(name, GREY, way)
    said = send(upload.Upload().zone, "all.zip", content.getvalue())
    assert "“b.jpg”: 흔하지 않은 방법으로 압축" in said and "all.zip" not in said


def test_a_zip_of_too_much_is_not_opened_at_all(mine, monkeypatch):
    monkeypatch.setattr(archives, "MOST_FILES", 1)
    assert "1개보다 많아서" in send(upload.Upload().zone, "all.zip", pack({"a.jpg": GREY, "b.jpg": GREY}))
    assert mine.photos() == []
