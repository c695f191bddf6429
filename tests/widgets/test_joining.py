"""A set that the browser sends is merged, and two pupils settle their labels, without a browser."""

import numpy as np
import pytest

from facelab.dataset.mine import MyData
from facelab.files import WORK
from facelab.language import use_language
from facelab.widgets import storage as my_data
from facelab.widgets.parts import joining as merging
from tests.helpers import collect
from tests.widgets.helpers import send_all


@pytest.fixture(autouse=True)
def work_in_a_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # where exports go


@pytest.fixture
def pair(mine, tmp_path, five):
    """My data and a friend's: the same five photos, with two labels that differ."""
    labels = {0: "joy", 1: "joy", 2: "sadness", 3: "sadness", 4: "neutral"}
    friend = collect(MyData(tmp_path / "friend"), five, labels)
    return collect(mine, five, labels | {3: "anger", 4: "anger"}), friend


def test_a_zip_is_merged_and_the_report_shown(pair, tmp_path):
    mine, friend = pair
    widget = my_data.Storage()
    path = friend.export(tmp_path / "friend.zip")
    assert send_all(widget.merging.zone, {"friend.zip": path.read_bytes()}) == [""]
    assert "5개 가운데 3개는 라벨이 같아요(60%)" in widget.merging.report.value
    assert "2개예요" in widget.merging.question.value and len(widget.merging.faces.children) == 2
    assert "사진 5장 · 얼굴 5개" in widget.stored.value and mine.counts()["anger"] == 2


def test_one_step_back_undoes_a_merge(mine, tmp_path, five):
    friend = collect(MyData(tmp_path / "friend"), five, {0: "joy", 1: "sadness", 2: "anger"})
    widget = my_data.Storage()
    assert widget.merging.undo.layout.display == "none"
    send_all(widget.merging.zone, {"friend.zip": friend.export(tmp_path / "friend.zip").read_bytes()})
    assert len(mine.faces()) == 3 and widget.merging.undo.layout.display == ""
    widget.merging.undo.click()
    assert mine.photos() == mine.faces() == [] and widget.merging.undo.layout.display == "none"
    assert "되돌렸어요" in widget.merging.report.value and "사진 0장" in widget.stored.value


def test_a_folder_is_merged_file_by_file(pair, mine):
    _, friend = pair
    mine.delete_everything()
    widget = my_data.Storage()
    files = {
        f"friend/{path.relative_to(friend.folder).as_posix()}": path.read_bytes() for path in friend.folder.rglob("*.*")
    }
    assert set(send_all(widget.merging.zone, files)) == {""}
    assert "사진 5장, 얼굴 5개" in widget.merging.report.value and mine.counts() == friend.counts()


def test_a_choice_is_saved_at_once_and_can_be_changed(pair):
    mine, friend = pair
    session = merging.MergeSession(mine)
    part = merging.MergePart(mine, lambda callback: callback, lambda: None)
    part.session.merged = merging.merge(mine, friend.folder)
    part.session.differing = part.session.merged.disagreements
    part._show()
    _, own, theirs = part.faces.children[0].children
    assert "나: 화남" in own.description and "친구: 슬픔" in theirs.description
    theirs.click()
    assert mine.counts()["sadness"] == 2 and "facelab-chosen" in theirs._dom_classes
    own.click()
    assert mine.counts()["sadness"] == 1 and "facelab-chosen" not in theirs._dom_classes
    assert session.choices == {} and list(part.session.choices.values()) == ["anger"]


def test_many_differing_faces_are_shown_a_few_at_a_time(pair, monkeypatch, tmp_path):
    monkeypatch.setattr(merging, "MOST_SHOWN", 1)
    _, friend = pair
    widget = my_data.Storage().merging
    send_all(widget.zone, {"friend.zip": friend.export(tmp_path / "friend.zip").read_bytes()})
    first = widget.faces.children[0].children[0].value
    assert len(widget.faces.children) == 1 and widget.more.layout.display == ""
    widget.more.click()
    assert widget.faces.children[0].children[0].value != first and widget.more.layout.display == "none"


def test_what_is_no_set_is_told_in_the_widget_and_the_next_one_still_works(pair, tmp_path):
    use_language("en")
    _, friend = pair
    widget = my_data.Storage()
    send_all(widget.merging.zone, {"notes.zip": b"PK"})
    assert "“notes.zip” is damaged" in widget.problem.value and widget.merging.session.merged is None
    send_all(widget.merging.zone, {"trip/a.jpg": b"x"})
    assert "There is no face data" in widget.problem.value
    send_all(widget.merging.zone, {"friend.zip": friend.export(tmp_path / "friend.zip").read_bytes()})
    assert widget.problem.value == "" and "Faces that both of you labelled: 5" in widget.merging.report.value


def test_a_file_whose_path_climbs_out_is_refused(mine, tmp_path):
    use_language("en")
    [answer] = send_all(my_data.Storage().merging.zone, {"../../evil.csv": b"x"})
    assert "into other folders" in answer and not list(tmp_path.parent.glob("evil.csv"))


def test_a_name_that_no_computer_takes_is_told(mine):
    assert "망가져서" in send_all(my_data.Storage().merging.zone, {"a\0b.csv": b"x"})[0]


def test_a_set_that_was_cut_off_is_not_merged_with_the_next(pair, mine, tmp_path, five):
    """One pupil's page is reloaded in the middle; the next one's set is merged, and nothing else."""
    _, friend = pair
    other = collect(MyData(tmp_path / "other"), five, {0: "anger"})
    zip_of = {each: each.export(tmp_path / f"{each.folder.name}.zip").read_bytes() for each in (friend, other)}
    mine.delete_everything()
    zone = my_data.Storage().merging.zone
    zone.send = lambda answer: None
    zone.receive(zone, {"kind": "begin", "view": "cut off"}, [])
    part = {"kind": "part", "view": "cut off", "name": "friend.zip", "first": True, "last": True}
    zone.receive(zone, part, [zip_of[friend]])
    assert [path.name for path in mine.folder.iterdir()] == [WORK]  # where "delete everything" looks as well
    assert mine.size() == 0  # nor would it be exported
    assert send_all(zone, {"other.zip": zip_of[other]}) == [""]
    assert mine.counts() == {"anger": 1} and not (mine.folder / WORK).exists()


def test_what_a_killed_python_was_bringing_in_goes_with_the_next_set_and_that_of_another_notebook_stays(mine):
    (mine.folder / WORK / "killed").mkdir(parents=True)
    another, here = merging.MergeSession(mine), merging.MergeSession(mine)
    another.receive("friend.zip", b"faces of a friend")
    here.begin()
    assert [path.name for path in (mine.folder / WORK).glob("*/*")] == ["friend.zip"]
    assert not (mine.folder / WORK / "killed").exists()


def test_deleting_everything_deletes_what_was_being_brought_in(mine):
    session = merging.MergeSession(mine)
    session.receive("friend.zip", b"faces of a friend")
    mine.delete_everything()
    assert not mine.folder.exists()


def test_a_second_window_that_begins_stops_the_first(pair, mine, tmp_path):
    zone, answers = my_data.Storage().merging.zone, []
    zone.send = answers.append
    for view in ("left", "right"):
        zone.receive(zone, {"kind": "begin", "view": view}, [])
    for view in ("left", "right"):
        part = {"kind": "part", "view": view, "name": f"{view}.csv", "first": True, "last": True}
        zone.receive(zone, part, [b"x"])
    assert "다른 창에서" in answers[2]["problem"] and answers[3] == {"view": "right", "problem": ""}


def test_a_full_disk_is_told(monkeypatch, full_disk):
    monkeypatch.setattr(merging, "write_atomically", full_disk)
    assert "디스크" in send_all(my_data.Storage().merging.zone, {"a.zip": b"x"})[0]


def test_an_export_without_labels_has_a_name_of_its_own(pair, tmp_path):
    widget = my_data.Storage()
    widget.export_open.click()
    [path] = tmp_path.glob("to-label-*.zip")
    assert str(path) in widget.done.value
    fresh = MyData(tmp_path / "fresh")
    merging.merge(fresh, path)
    assert fresh.counts() == {"": 5} and np.isfinite([face.image().mean() for face in fresh.faces()]).all()
