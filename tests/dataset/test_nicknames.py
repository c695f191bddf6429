"""Who is in the photos: noted with them, carried to their faces, kept by every way that a set goes, and deleted."""

import shutil
from pathlib import Path

import numpy as np
import pytest

import facelab
from facelab.dataset.merging import merge, undo_merge
from facelab.dataset.mine import MyData
from facelab.dataset.nicknames import clean_nickname, name_faces, name_photos, read_nicknames
from facelab.faces.detection import Detection, Face
from facelab.faces.photo import encode_jpeg

OLD = Path(__file__).resolve().parents[1] / "old" / "mine"


@pytest.fixture
def collect(tmp_path, five):
    """A function that makes a pupil's data from shipped faces: place -> nickname; each is labelled."""

    def make(pupil, people):
        data = MyData(tmp_path / pupil)
        for place, person in people.items():
            photo = data.add_photo(f"{pupil} {place}.jpg", encode_jpeg(five.images[place]))
            name_photos(data, {photo.name: person})
            [file] = data.add_faces(photo, Detection([Face.from_photo(five.images[place], five.points[place])]))
            data.label(file, five.labels[place])
        return data

    return make


def people_of(data):
    return [face.person for face in data.faces()]


def test_a_nickname_is_carried_from_the_photo_to_its_face_and_into_the_data_set(collect, monkeypatch):
    data = collect("mine", {0: "토끼", 1: "", 2: "7"})
    assert people_of(data) == ["토끼", "", "7"] and read_nicknames(data) == {"mine 0.jpg": "토끼", "mine 2.jpg": "7"}
    monkeypatch.setenv("FACELAB_MINE", str(data.folder))
    assert facelab.load_mine().people.tolist() == ["토끼", "", "7"]


def test_a_named_photo_still_waits_until_its_face_is_cut_out(tmp_path, five):
    data = MyData(tmp_path)
    photo = data.add_photo("a.jpg", encode_jpeg(five.images[0]))
    name_photos(data, {"a.jpg": "토끼"})
    assert data.waiting_photos() == [photo] and data.outcomes() == {}
    data.skip(photo, "too_dark")
    assert data.waiting_photos() == [] and read_nicknames(data) == {"a.jpg": "토끼"}
    name_photos(data, {"a.jpg": " "})
    assert data.outcomes() == {"a.jpg": "too_dark"} and read_nicknames(data) == {}


def test_many_photos_change_their_nickname_at_once_and_their_faces_with_them(collect):
    data = collect("mine", {0: "토끼", 1: "토끼", 2: "7"})
    name_photos(data, dict.fromkeys(("mine 0.jpg", "mine 2.jpg"), "곰"))
    assert people_of(data) == ["곰", "토끼", "곰"]
    assert name_faces(data, {data.faces()[1].file: " 범\n"}) == {data.faces()[1].file: "범"}
    assert people_of(data) == ["곰", "범", "곰"] and [face.label for face in data.faces()].count("") == 0


def test_of_several_faces_in_one_photo_a_nickname_tells_nothing(tmp_path, five):
    data = MyData(tmp_path)
    photo = data.add_photo("two.jpg", encode_jpeg(np.hstack([five.images[0], five.images[1]])))
    name_photos(data, {photo.name: "토끼"})
    found = Detection([Face.from_photo(five.images[place], five.points[place]) for place in (0, 1)])
    data.add_faces(photo, found)
    name_photos(data, {photo.name: "곰"})
    assert people_of(data) == ["", ""]


def test_exports_and_merges_keep_nicknames_and_an_undone_merge_takes_them_back(collect, tmp_path):
    theirs, mine = collect("theirs", {0: "토끼", 1: "7"}), collect("mine", {1: "", 2: "곰"})
    waiting = theirs.add_photo("later.jpg", encode_jpeg(np.full((60, 80, 3), 99, np.uint8)))
    name_photos(theirs, {waiting.name: "토끼"})
    before = people_of(mine)
    merged = merge(mine, theirs.export(tmp_path / "all.zip"))
    assert people_of(mine) == ["7", "곰", "토끼"] and read_nicknames(mine)["later.jpg"] == "토끼"
    assert [path.name for path in mine.waiting_photos()] == ["later.jpg"]
    undo_merge(mine, merged)
    assert people_of(mine) == before and "later.jpg" not in read_nicknames(mine)
    merge(mine, theirs.export(tmp_path / "points.zip", what="points", person="모름"))
    assert people_of(mine) == ["7", "곰", "토끼"]


def test_a_nickname_of_mine_is_never_replaced_by_a_friends(collect):
    mine = collect("mine", {0: "토끼"})
    merge(mine, collect("theirs", {0: "다른 별명"}).folder)
    assert people_of(mine) == ["토끼"]


def test_own_faces_with_nicknames_are_split_by_person_and_those_without_are_counted(says, sample):
    people = np.array(["토끼", "곰", "7"] * 10)
    faces = facelab.LabelledFaces(sample.images[:30], sample.points[:30], sample.labels[:30], people)
    train, test = faces.split(test_size=5, by="person")
    assert not set(train.people) & set(test.people) and len(test) == 10
    faces.people[:4] = ""
    says("30장 가운데 4장", "In 4 of 30 photos", lambda: faces.split(by="person"))
    faces.people[:] = ""
    says("모아 보기", "Show all faces", lambda: faces.split(by="person"))


def test_a_folder_of_an_earlier_kit_opens_and_takes_nicknames(tmp_path):
    shutil.copytree(OLD, tmp_path / "mine")
    data = MyData(tmp_path / "mine")
    assert read_nicknames(data) == {} and set(people_of(data)) == {""} and data.waiting_photos() == []
    name_photos(data, {"sad.jpg": "토끼"})
    assert dict(zip([face.photo for face in data.faces()], people_of(data), strict=True))["sad.jpg"] == "토끼"
    assert data.waiting_photos() == [] and len(data.outcomes()) == 5


def test_what_is_typed_becomes_a_short_line_of_its_own():
    cases = {" 토끼 ": "토끼", "a\tb\nc": "a b c", "\x00\u200b": "", "=1+1": "=1+1", "가" * 50: "가" * 20}
    assert {text: clean_nickname(text) for text in cases} == cases


def test_deleting_everything_leaves_no_nickname(collect):
    data = collect("mine", {0: "토끼토끼"})
    data.delete_everything()
    assert not any("토끼토끼".encode() in path.read_bytes() for path in data.folder.rglob("*") if path.is_file())
