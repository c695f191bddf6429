"""Labelling, and what is stored, without a browser."""

import zipfile
from pathlib import Path

import numpy as np
import pytest

import facelab
from facelab.checks import EXPRESSIONS
from facelab.dataset.labelled import load_sample
from facelab.dataset.lessons import lay_lessons
from facelab.dataset.mine import MyData
from facelab.dataset.tables import OwnTable
from facelab.language import use_language
from facelab.widgets import labelling, storage
from facelab.widgets.parts.samples import PRACTICE_FACES, PracticeFaces
from facelab.widgets.parts.view import View
from tests.helpers import collect


def test_labels_pay_off_with_a_model_of_ones_own_that_answers():
    sample = load_sample().take(joy=4, surprise=4, anger=1)
    widget = labelling.Labelling(sample)
    for label in ("joy", "surprise") * 2 + ("anger",):
        widget.session.position = next(n for n, face in enumerate(widget.session.faces) if not face.label)
        widget.buttons[label].click()
    assert "기쁨 1개, 놀람 1개" in widget.reward.value and widget.train.layout.display == "none"
    for label in ("joy", "surprise"):
        widget.buttons[label].click()
    assert not widget.reward.value and widget.train.layout.display == ""
    widget.train.click()
    (predict,) = widget.answers.children
    assert set(predict.session.model.classes_) == {"joy", "surprise"}
    predict.samples.press(0)
    assert predict.session.prediction.percentages["anger"] == 0 and not widget.problem.value


@pytest.fixture
def mine(empty):
    """Three faces that wait for their labels."""
    return collect(empty, load_sample(), dict.fromkeys(range(3), ""))


def labels():
    """Read the labels anew from the disk, as after a crash."""
    return [face.label for face in MyData().faces()]


def test_each_label_is_on_the_disk_before_the_next_face_appears(mine):
    session = labelling.LabellingSession(mine)
    session.label("joy")
    assert labels() == ["joy", "", ""] and session.position == 1


def test_undo_goes_back_step_by_step_and_saves(mine):
    session = labelling.LabellingSession(mine)
    session.label("joy")
    session.label("anger")
    session.undo()
    assert labels() == ["joy", "", ""] and session.position == 1
    session.undo()
    session.undo()  # there is nothing more to take back
    assert labels() == ["", "", ""] and session.position == 0


def test_undo_brings_an_earlier_label_back(mine):
    session = labelling.LabellingSession(mine)
    session.label("joy")
    session.back()
    session.label("anger")
    session.undo()
    assert labels()[0] == "joy"


def test_undo_takes_back_what_this_view_did_and_leaves_what_another_has_changed_since(mine):
    """A is open, B labels, A sets all aside and undoes: B's labels are there again; what B changes later stays."""
    widget, files = labelling.Labelling(), [face.file for face in mine.faces()]
    mine.label_many(dict.fromkeys(files, "joy"))  # in another notebook
    drag(widget, [0, 1, 2], "unusable", unfold=True)
    assert labels() == ["unusable"] * 3
    widget.moves["undo"].click()
    assert labels() == ["joy"] * 3 and widget.problem.value == ""
    drag(widget, [0, 1, 2], "unusable")
    mine.label(files[1], "anger")
    widget.moves["undo"].click()
    assert labels() == ["joy", "anger", "joy"] == [face.label for face in widget.session.faces]
    assert "얼굴 1개는" in widget.problem.value


def test_undo_leaves_faces_alone_that_were_deleted_meanwhile(mine):
    session = labelling.LabellingSession(mine)
    session.label("joy")
    mine.delete_everything()
    assert len(session.undo()) == 1 and not mine.faces()


def test_an_undo_that_cannot_be_saved_can_be_tried_again(mine, monkeypatch, full_disk):
    session = labelling.LabellingSession(mine)
    session.label("joy")
    with monkeypatch.context() as patch:
        patch.setattr(OwnTable, "write", full_disk)
        with pytest.raises(ValueError, match="자리가 없어서"):
            session.undo()
    assert labels()[0] == "joy" and session.undo() == [] and labels()[0] == ""


def test_skipped_faces_come_back_at_the_end_and_then_it_is_over(mine):
    session = labelling.LabellingSession(mine)
    session.skip()
    session.label("joy")
    session.label("unusable")
    assert session.position == 0
    session.label("neutral")
    assert session.current is None and session.done == 3
    session.label("anger")  # nothing is left to label
    assert labels() == ["neutral", "joy", "unusable"]


def test_it_resumes_at_the_first_face_without_a_label(mine):
    mine.label(mine.faces()[0].file, "joy")
    assert labelling.LabellingSession(mine).position == 1


def test_back_and_skip_stay_inside_the_faces(mine):
    session = labelling.LabellingSession(mine)
    session.back()
    assert session.position == 0
    for _ in range(9):
        session.skip()
    assert session.position == 3 and session.current is None
    session.back()
    assert session.position == 2


def test_buttons_and_keys_label_alike(mine):
    widget = labelling.Labelling()
    widget.buttons["sadness"].click()
    widget.shortcuts.press("5")
    widget.shortcuts.press("0")
    assert labels() == ["sadness", "neutral", "unusable"]
    assert "모두 끝냈어요" in widget.status.value and widget.picture.value == ""
    widget.shortcuts.press("Backspace")
    assert labels() == ["sadness", "neutral", ""] and "<img" in widget.picture.value
    assert len(widget.labelled()) == 2


def test_the_counts_and_the_given_label_are_shown(mine):
    use_language("en")
    widget = labelling.Labelling()
    widget.buttons["joy"].click()
    assert "<td>1</td>" in widget.chart.value and "1 of 3 done" in widget.status.value
    widget.moves["back"].click()
    assert "facelab-chosen" in widget.buttons["joy"]._dom_classes
    widget.moves["skip"].click()
    assert "facelab-chosen" not in widget.buttons["joy"]._dom_classes


def test_without_own_faces_one_practises_and_nothing_is_saved(empty):
    widget = labelling.Labelling()
    assert widget.practice and len(widget.session.faces) == PRACTICE_FACES
    for _ in range(PRACTICE_FACES):
        widget.buttons["joy"].click()
    assert f"{PRACTICE_FACES}개 가운데" in widget.status.value and "같아요" in widget.status.value
    assert len(widget.labelled()) == PRACTICE_FACES and not empty.folder.exists()


def test_practice_compares_with_the_makers_labels(empty):
    faces = load_sample().take(joy=2, anger=1)
    practice = PracticeFaces(faces)
    for place, label in enumerate(["joy", "anger", "unusable"]):
        practice.label_many({str(place): label})
    assert practice.agreement() == (1, 2)
    assert practice.labelled().labels.tolist() == ["joy", "anger"]
    assert faces.labels.tolist() == ["joy", "joy", "anger"]  # the given set is left as it was


def test_given_faces_are_labelled_without_touching_the_own_ones(mine):
    widget = labelling.Labelling(load_sample().take(joy=2))
    widget.buttons["anger"].click()
    assert widget.labelled().labels.tolist() == ["anger"] and labels() == ["", "", ""]


def drag(widget, places, label, unfold=False):
    """Choose faces in the overview and drop them on a word, as the browser tells it."""
    if unfold:
        widget.overview.toggle.click()
    widget.overview.grid._handle_custom_msg({"label": label, "places": places}, [])


def test_many_faces_get_one_label_and_one_undo_takes_it_back(mine):
    widget = labelling.Labelling()
    widget.buttons["joy"].click()
    assert widget.overview.grid.pictures == []  # folded up it costs nothing
    widget.overview.toggle.click()
    assert widget.overview.grid.labels == ["joy", "", ""] and len(widget.overview.grid.pictures) == 3
    drag(widget, [0, 2], "anger")
    assert labels() == ["anger", "", "anger"]
    widget.moves["undo"].click()
    assert labels() == widget.overview.grid.labels == ["joy", "", ""]


def test_many_labels_are_saved_at_once_or_not_at_all(mine, monkeypatch, full_disk):
    widget = labelling.Labelling()
    widget.overview.toggle.click()
    monkeypatch.setattr(OwnTable, "write", full_disk)
    drag(widget, [0, 1, 2], "joy")
    assert "디스크에 자리가 없어서" in widget.problem.value
    assert labels() == widget.overview.grid.labels == ["", "", ""] and widget.session.done == 0


def test_the_overview_shows_one_label_at_a_time_if_wanted(mine):
    widget = labelling.Labelling()
    widget.overview.toggle.click()
    widget.overview.filter.value = "surprise"
    assert widget.overview.grid.wanted == "surprise"


def test_a_label_for_no_face_is_told(mine):
    widget = labelling.Labelling()
    widget.overview.toggle.click()
    drag(widget, [], "joy")
    assert "먼저 얼굴을 골라" in widget.problem.value and labels() == ["", "", ""]


def test_my_data_tells_what_is_stored(mine):
    mine.label(mine.faces()[0].file, "joy")
    mine.label(mine.faces()[1].file, "unusable")
    widget = storage.Storage()
    assert "사진 3장 · 얼굴 3개 · 라벨 1개" in widget.stored.value and "0.1 MB" in widget.stored.value


def test_my_data_is_exported_whole(mine, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    widget = storage.Storage()
    widget.export.click()
    [path] = tmp_path.glob("my-facelab-*.zip")
    assert str(path) in widget.done.value
    assert sum(name.startswith("photos/") for name in zipfile.ZipFile(path).namelist()) == 3


def test_points_are_shared_without_a_photo_and_photos_a_step_further(mine, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    mine.label(mine.faces()[0].file, "joy")
    widget = storage.Storage()
    assert widget.photos.layout.display == "none"
    widget.person.value = "7번"
    widget.share.click()
    assert "사진은 한 장도" in widget.done.value and not widget.problem.value
    with zipfile.ZipFile(next(tmp_path.glob("my-points-*.zip"))) as shared:
        assert set(shared.namelist()) == {"facelab.json", "faces/faces.csv", "faces/points.npz"}
        assert "7번" in shared.read("faces/faces.csv").decode("utf-8-sig")
    widget.with_photos.click()
    assert widget.photos.layout.display == "flex"
    widget.back.click()
    assert widget.photos.layout.display == "none"


def test_deleting_takes_the_lessons_work_along_and_tells_what_remains(mine, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    lay_lessons(mine.folder, "ko")
    lesson = min(mine.folder.glob("lessons/ko/*.ipynb"))
    fresh = lesson.read_text(encoding="utf-8")
    lesson.write_text(fresh.replace('"source": [', '"source": [\n    "# 내 답\\n",', 1), encoding="utf-8")
    (tmp_path / "my-facelab-1.zip").touch()
    widget = storage.Storage()
    widget.delete.click()
    widget.really.click()
    assert not mine.photos() and lesson.read_text(encoding="utf-8") == fresh
    assert "my-facelab-1.zip" in widget.done.value and lesson.stem not in widget.done.value


def test_deleting_asks_once_and_can_be_cancelled(mine):
    widget = storage.Storage()
    assert widget.confirm.layout.display == "none"
    widget.delete.click()
    assert widget.confirm.layout.display == "flex" and mine.photos()
    widget.cancel.click()
    assert widget.confirm.layout.display == "none" and mine.photos()
    widget.delete.click()
    widget.really.click()
    assert not mine.folder.exists() and "모두 지웠어요" in widget.done.value and "사진 0장" in widget.stored.value


def test_every_button_has_a_name_and_a_hint(mine):
    widget = labelling.Labelling()
    for button in [*widget.buttons.values(), *widget.moves.values()]:
        assert button.description and button.tooltip
    assert list(widget.buttons) == list(EXPRESSIONS)


def test_a_saved_notebook_holds_no_picture_of_a_widget(mine):
    from IPython.core.interactiveshell import InteractiveShell

    content, _ = InteractiveShell.instance().display_formatter.format(labelling.Labelling())
    assert content["text/plain"] == "facelab.widgets.Labelling"
    assert "base64" not in str(content) and len(str(content)) < 500


def test_own_faces_turn_into_lines_in_labelling_and_in_charts(mine):
    widget = labelling.Labelling()
    widget.overview.toggle.click()
    photo, grid = widget.picture.value, list(widget.overview.grid.pictures)
    widget.lines.value = True
    assert widget.picture.value != photo and widget.overview.grid.pictures != grid
    mine.label(mine.faces()[0].file, "joy")
    drawn = facelab.load_mine()
    assert (drawn.images[0].mean(axis=2) > 250).mean() > 0.5  # white paper
    widget.lines.value = False
    assert widget.picture.value == photo
    assert (facelab.load_mine().images[0].mean(axis=2) > 250).mean() < 0.5
    model = facelab.ready_model()
    assert np.allclose(model.predict_proba(drawn.points), model.predict_proba(facelab.load_mine().points), atol=1e-4)


def test_chosen_faces_get_the_nickname_in_the_field(mine):
    widget = labelling.Labelling()
    widget.overview.toggle.click()
    widget.nickname.value = "토끼"
    grid, before = widget.overview.grid, [face.label for face in mine.faces()]
    grid._handle_custom_msg({"label": "nickname", "places": [1]}, [])
    expected = ["토끼" if place == 1 else "" for place in range(len(before))]
    assert [face.person for face in mine.faces()] == grid.people == expected
    assert not widget.problem.value and grid.labels == before
    practice = labelling.Labelling(load_sample()[:3])
    assert "nickname" not in practice.overview.grid.targets  # shipped people need none


def test_a_label_that_cannot_be_saved_is_told_and_not_pretended(mine, monkeypatch, full_disk):
    widget = labelling.Labelling()
    monkeypatch.setattr(widget.keeper, "label_many", full_disk)
    widget.buttons["joy"].click()
    assert "디스크에 자리가 없어서" in widget.problem.value and "Errno" not in widget.problem.value
    assert labels() == ["", "", ""] and widget.session.done == 0


def test_a_sentence_of_the_kit_is_shown_as_it_is_and_a_surprise_with_its_details():
    view = View("title")
    view.guard(lambda: (_ for _ in ()).throw(ValueError("Choose <one>.")))()
    assert "Choose &lt;one&gt;." in view.problem.value and "<details>" not in view.problem.value
    view.guard(lambda: 1 / 0)()
    assert "ZeroDivisionError" in view.problem.value and "<details>" in view.problem.value
    view.guard(lambda: None)()
    assert view.problem.value == ""
