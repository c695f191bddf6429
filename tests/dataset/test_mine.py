"""The pupil's own work: added to, never overwritten, in plain files, and a kill at any moment loses nothing."""

import csv
import os
import random
import shutil
import subprocess
import sys
import time
import zipfile
from functools import partial
from itertools import product
from pathlib import Path
from unittest.mock import Mock

import numpy as np
import pytest

import facelab
from facelab import files
from facelab.dataset import exports
from facelab.dataset.loading import load_faces, load_mine
from facelab.dataset.merging import merge
from facelab.dataset.mine import MyData
from facelab.dataset.points import path_of_points, read_points
from facelab.dataset.tables import OwnTable
from facelab.faces.detection import Detection, Face
from facelab.faces.photo import encode_jpeg, read_photo
from facelab.files import load_points, read_table, save_points, write_table


@pytest.fixture
def mine(tmp_path, monkeypatch):
    """The pupil's data, empty, in a folder that has a name in Hangul."""
    monkeypatch.setenv("FACELAB_MINE", str(tmp_path / "내 것"))
    return MyData()


@pytest.fixture(scope="session")
def jpegs(five):
    return [encode_jpeg(image) for image in five.images]


def detect(five, *places, problem=None):
    faces = [Face.from_photo(five.images[place], five.points[place]) for place in places]
    return Detection(faces, problem)


@pytest.fixture
def two_faces(mine, five, jpegs):
    """Two photos with a face each, cut out but not labelled."""
    for place in (0, 1):
        mine.add_faces(mine.add_photo(f"{place}.jpg", jpegs[place]), detect(five, place))
    return mine


# Photos


def test_at_the_start_everything_is_empty(mine):
    assert mine.photos() == mine.waiting_photos() == mine.faces() == []
    assert len(mine.labelled()) == len(load_mine()) == mine.size() == 0 and mine.counts() == {}
    assert not mine.folder.exists()  # looking leaves no trace


def test_the_folder_is_that_of_the_environment_or_the_one_given(mine, tmp_path, monkeypatch):
    assert mine.folder == tmp_path / "내 것" and MyData(tmp_path).folder == tmp_path
    monkeypatch.delenv("FACELAB_MINE")
    assert MyData().folder == Path(facelab.__file__).parents[1] / "data" / "mine"


def test_a_photo_is_kept_byte_for_byte(mine, jpegs):
    path = mine.add_photo("나 😀.jpg", jpegs[0])
    assert path.name == "나 😀.jpg" and path.read_bytes() == jpegs[0]
    assert mine.photos() == mine.waiting_photos() == [path] and mine.size() == len(jpegs[0])


def test_a_photo_of_the_same_name_gets_a_number(mine, jpegs):
    names = [mine.add_photo("me.jpg", content).name for content in jpegs[:3]]
    assert names == ["me.jpg", "me (2).jpg", "me (3).jpg"]
    assert [path.read_bytes() for path in map(mine.folder.joinpath("photos").joinpath, names)] == jpegs[:3]


CLIMBING = ["../../me.jpg", "C:\\Users\\me.jpg", "/etc/me.jpg", ".me.jpg", "~me.jpg", "", ".."]


def test_a_photo_stays_in_its_folder_and_can_be_seen_there(mine, jpegs, subtests):
    for name in CLIMBING:
        path = mine.add_photo(name, jpegs[0])
        with subtests.test(name):
            kept = "me.jpg" if "me" in name else "photo.jpg"
            assert path == mine.folder / "photos" / kept and mine.photos() == [path]
        path.unlink()


def test_a_photo_can_have_any_name_and_so_can_its_faces(mine, five, jpegs, subtests):
    names = {"me\x00.jpg": "me.jpg", "가" * 82 + ".jpg": "가" * 58 + ".jpg", "가" * 90: "가" * 60, "\n": "photo.jpg"}
    for name, kept in names.items():
        photos = [mine.add_photo(name, jpegs[place]) for place in (0, 1)]
        with subtests.test(name):
            assert photos[0].name == kept and photos[1].stem == f"{photos[0].stem} (2)"
            files = [mine.add_faces(photo, detect(five, place))[0] for place, photo in enumerate(photos)]
            assert files == [f"{photo.name}_1.jpg" for photo in photos] and mine.waiting_photos() == []
            mine.label_many(dict.fromkeys(files, "joy"))
            assert load_mine().counts() == {"joy": 2}
        mine.delete_everything()


def test_faces_are_cut_out_of_photos_put_there_by_hand_under_the_longest_names(mine, five, jpegs):
    mine.add_photo("a.jpg", jpegs[0]).unlink()
    names = ["가" * 82 + f"{number}.jpg" for number in range(3)]
    for name in names:
        (mine.folder / "photos" / name).write_bytes(jpegs[0])
        mine.add_faces(mine.folder / "photos" / name, detect(five, 0))
    assert [face.photo for face in mine.faces()] == names and len({face.file for face in mine.faces()}) == 3


def test_what_is_no_photo_is_refused_before_anything_is_written(mine, says):
    says("사진이 아니에요", "is not a photo", lambda: mine.add_photo("a.jpg", b"hello"), facelab.UnreadablePhoto)
    assert not mine.folder.exists()


def test_photos_put_there_by_hand_wait_too_but_not_what_a_computer_hides(mine, jpegs):
    mine.add_photo("a.jpg", jpegs[0])
    for name in ("b.jpg", ".DS_Store", "~b.jpg"):
        (mine.folder / "photos" / name).write_bytes(jpegs[1])
    (mine.folder / "photos" / "folder").mkdir()
    assert [path.name for path in mine.waiting_photos()] == ["a.jpg", "b.jpg"]


# Faces and labels


def test_faces_are_cut_out_with_points_that_count_in_the_crop(mine, five, jpegs):
    photo = mine.add_photo("나.jpg", jpegs[0])
    assert mine.add_faces(photo, detect(five, 0)) == ["나.jpg_1.jpg"]
    assert mine.waiting_photos() == []
    [face] = mine.faces()
    assert (face.file, face.photo, face.label, face.person) == ("나.jpg_1.jpg", "나.jpg", "", "")
    assert face.image().shape == (320, 320, 3)
    mine.label(face.file, "joy")
    [kept] = facelab.find_faces(face.image()).faces
    distance = np.linalg.norm((kept.points - mine.labelled().points[0])[:, :2], axis=1)
    assert distance.mean() < 0.02 * kept.box[3]


def test_of_several_faces_those_without_a_problem_or_those_chosen_are_kept(mine, five, jpegs):
    photos = [mine.add_photo(f"{place}.jpg", jpegs[place]) for place in range(3)]
    found = detect(five, 0, 1, 2)
    found.faces[1].problem = "covered"
    assert mine.add_faces(photos[0], found) == ["0.jpg_1.jpg", "0.jpg_3.jpg"]
    assert mine.add_faces(photos[1], found, keep=[1]) == ["1.jpg_2.jpg"]
    assert mine.add_faces(photos[2], found, keep=[]) == []
    assert mine.waiting_photos() == [] and len(mine.faces()) == 3


def test_a_skipped_photo_waits_no_more_and_stays(mine, jpegs):
    photo = mine.add_photo("a.jpg", jpegs[0])
    mine.skip(photo, "too_dark")
    assert mine.waiting_photos() == [] and photo.exists()
    assert mine.outcomes() == {"a.jpg": "too_dark"}


def test_cutting_out_again_keeps_the_labels(two_faces, five):
    two_faces.label("0.jpg_1.jpg", "joy")
    two_faces.add_faces(two_faces.photos()[0], detect(five, 0))
    assert [(face.file, face.label) for face in two_faces.faces()] == [("0.jpg_1.jpg", "joy"), ("1.jpg_1.jpg", "")]


def test_a_label_can_be_given_changed_taken_back_and_a_face_set_aside(two_faces):
    first, second = (face.file for face in two_faces.faces())
    two_faces.label(first, "joy")
    two_faces.label(second, "anger")
    assert MyData(two_faces.folder).labelled().labels.tolist() == ["joy", "anger"]
    two_faces.label(first, "surprise")
    two_faces.label(second, "unusable")
    assert load_mine().counts() == {"surprise": 1} and two_faces.counts() == {"surprise": 1, "unusable": 1}
    two_faces.label(first, "")
    assert len(load_mine()) == 0 and two_faces.counts() == {"": 1, "unusable": 1}


def test_wrong_labels_and_unknown_faces_get_a_sentence(two_faces, says):
    says("'smile': 이런 표정", "no expression 'smile'", lambda: two_faces.label("0.jpg_1.jpg", "smile"))
    says("x.jpg: 이런 얼굴 파일은", "no face file x.jpg", lambda: two_faces.label("x.jpg", "joy"))
    assert two_faces.counts() == {"": 2}


def test_the_table_opens_in_a_spreadsheet_and_what_is_changed_there_counts(two_faces):
    table = two_faces.folder / "faces" / "faces.csv"
    with open(table, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["file", "person", "expression", "photo"]
    rows[0] |= {"person": "민수", "expression": "joy"}
    lines = [",".join(row) for row in [rows[0], *(row.values() for row in rows)]]
    table.write_bytes("\r\n".join(lines).encode("cp949"))
    two_faces.label("1.jpg_1.jpg", "anger")
    assert two_faces.labelled().people.tolist() == ["민수", ""]
    assert two_faces.labelled().labels.tolist() == ["joy", "anger"]


def test_a_column_that_is_gone_is_named_and_nothing_is_written(two_faces, says, subtests):
    table = two_faces.path_of("faces.csv")
    whole = table.read_bytes()
    note = partial(two_faces.note_faces, [{"file": "new.jpg"}], np.zeros((1, 478, 3)))
    for column in ("file", "person", "expression"):
        changed = whole.replace(column.encode(), b"name")
        table.write_bytes(changed)
        with subtests.test(column):
            for work in (two_faces.faces, load_mine, load_faces, partial(two_faces.label, "0.jpg_1.jpg", "joy"), note):
                says(f"faces/faces.csv: 표에 {column} 열이", f"no column {column}", work)
            assert table.read_bytes() == changed


def test_without_the_column_of_photos_the_labels_still_count(two_faces):
    two_faces.label("0.jpg_1.jpg", "joy")
    table = two_faces.path_of("faces.csv")
    table.write_bytes(table.read_bytes().replace(b",photo", b""))
    assert [(face.photo, face.label) for face in two_faces.faces()] == [("", "joy"), ("", "")]


def test_a_damaged_table_of_photos_is_told(two_faces, says):
    (two_faces.folder / "photos.csv").write_text("file\n0.jpg\n")
    says("photos.csv: 표에 outcome 열이", "no column outcome", two_faces.waiting_photos)


# Points that are lost


def join_points(mine):
    """Keep all points in one file, as earlier kits did; returns it."""
    points = read_points(mine.folder / "faces")
    shutil.rmtree(mine.folder / "faces" / "points")
    save_points(mine.path_of("points.npz"), points)
    return mine.path_of("points.npz")


def lose_one(path):
    save_points(path, dict(list(load_points(path).items())[:1]))


LOSSES = {
    "no file": Path.unlink,
    "an empty file": lambda path: path.write_bytes(b""),
    "half a file": lambda path: path.write_bytes(path.read_bytes()[:3000]),
    "other arrays": lambda path: np.savez(path.open("wb"), a=np.zeros(3)),
    "some": lambda path: lose_one(path) if path.suffix == ".npz" else path.unlink(),
}


def test_lost_points_are_found_again_in_the_pictures_and_no_label_is_lost(two_faces, tmp_path, subtests):
    two_faces.label_many({"0.jpg_1.jpg": "joy", "1.jpg_1.jpg": "anger"})
    before = load_mine()
    for (loss, work), joined in product(LOSSES.items(), (False, True)):
        mine = MyData(shutil.copytree(two_faces.folder, tmp_path / f"{loss} {joined}"))
        work(join_points(mine) if joined else path_of_points(mine.folder / "faces", "1.jpg_1.jpg"))
        with subtests.test(loss, joined=joined):
            after = mine.labelled()
            assert after.labels.tolist() == ["joy", "anger"] and len(read_points(mine.folder / "faces")) == 2
            distances = np.linalg.norm((after.points - before.points)[:, :, :2], axis=2).mean(axis=1)
            assert distances.max() < 0.02 * 320 / 1.5  # a crop is 320 pixels, and 1.5 faces


def test_faces_can_be_added_to_damaged_points(two_faces, five, jpegs):
    two_faces.label_many({"0.jpg_1.jpg": "joy", "1.jpg_1.jpg": "anger"})
    join_points(two_faces).write_bytes(b"")
    two_faces.add_faces(two_faces.add_photo("2.jpg", jpegs[2]), detect(five, 2))
    two_faces.label("2.jpg_1.jpg", "joy")
    assert len(load_mine()) == 3


def test_where_points_cannot_be_found_again_it_is_told(two_faces, says):
    two_faces.label_many({"0.jpg_1.jpg": "joy", "1.jpg_1.jpg": "anger"})
    shutil.rmtree(two_faces.folder / "faces" / "points")
    two_faces.path_of("0.jpg_1.jpg").write_bytes(encode_jpeg(np.full((320, 320, 3), 128, np.uint8)))
    says("2개 가운데 1개는", "(0.jpg_1.jpg)", load_mine)
    assert list(read_points(two_faces.folder / "faces")) == ["1.jpg_1.jpg"]
    two_faces.label("0.jpg_1.jpg", "unusable")
    assert load_mine().labels.tolist() == ["anger"]


def test_own_and_shipped_faces_can_be_merged_and_learned_from(two_faces, sample):
    for face in two_faces.faces():
        two_faces.label(face.file, "joy")
    both = two_faces.labelled() + sample.take(anger=2)
    assert facelab.expression_model().fit(both.points, both.labels).score(both.points, both.labels) == 1


# All of it


def test_everything_can_be_exported_and_deleted(two_faces, tmp_path):
    inside = two_faces.export(two_faces.folder / "all.zip")
    with zipfile.ZipFile(inside) as archive:
        names = set(archive.namelist())
        assert archive.read("photos/0.jpg") == two_faces.photos()[0].read_bytes()
    pictures = {"photos/0.jpg", "photos/1.jpg", "faces/0.jpg_1.jpg", "faces/1.jpg_1.jpg"}
    assert names == pictures | {"photos.csv", "faces/faces.csv", "faces/points.npz", "facelab.json"}
    inside.unlink()
    outside = two_faces.export(tmp_path / "all.zip")
    two_faces.delete_everything()
    two_faces.delete_everything()
    assert not two_faces.folder.exists() and outside.exists() and two_faces.faces() == []


def test_deleting_leaves_alone_what_is_not_the_kits(two_faces, model):
    facelab.save_model(model, two_faces.model_path)
    (two_faces.folder / ".0a1b.part").write_bytes(b"left by a kill")
    (two_faces.folder / "homework.txt").write_text("mine")
    two_faces.delete_everything()
    assert [path.name for path in two_faces.folder.iterdir()] == ["homework.txt"]


def test_enough_own_faces_are_used_else_the_shipped_ones_and_it_is_said(mine, sample, capsys):
    few, many = sample.take(joy=3, anger=3), sample.take(joy=20, anger=20)
    few.save(mine.folder / "faces")
    assert len(load_faces(joy=3, anger=3)) == 6 and "얼굴 6개로" in capsys.readouterr().out
    assert len(load_faces(joy=4)) == len(load_faces()) == len(sample) and "모자라서" in capsys.readouterr().out
    facelab.use_language("en")
    load_faces()
    assert "You do not have enough faces" in capsys.readouterr().out
    mine.delete_everything()
    many.save(mine.folder / "faces")
    assert len(load_faces()) == 40 and "Using the 40 faces" in capsys.readouterr().out


# Killed at any moment

WORKER = """
import sys
import facelab
from facelab.dataset import exports
from facelab.faces.detection import Detection, Face
from facelab.faces.photo import encode_jpeg
from facelab.dataset.mine import MyData

sample = facelab.load_sample().select(range(5))
face = Face.from_photo(sample.images[0], sample.points[0])
face.image
jpeg = encode_jpeg(sample.images[0])
mine = MyData(sys.argv[1])

def tell(*words):
    print(*words, sep="\\t", flush=True)

while True:
    photo = mine.add_photo("me.jpg", jpeg, again=True)
    tell("photo", photo.name)
    [file] = mine.add_faces(photo, Detection([face]))
    tell("face", file, photo.name)
    for label in ("joy", "anger", facelab.EXPRESSIONS[len(mine.faces()) % 5]):
        mine.label(file, label)
        tell("label", file, label)
"""


def work_and_be_killed(folder, steps, seconds):
    """Run the worker, kill it so long after so many steps, however slow the computer is; return what it had told."""
    environment = {**os.environ, "PYTHONPATH": os.curdir, "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", WORKER, folder]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8", env=environment) as worker:
        told = [worker.stdout.readline() for _ in range(steps)]
        time.sleep(seconds)
        worker.kill()
        return [line.rstrip("\n").split("\t") for line in [*told, *worker.stdout]]


def test_a_kill_at_any_moment_loses_nothing_that_was_done(tmp_path, five):
    moments = random.Random(2026)
    photos, labels = set(), {}
    for _ in range(8):
        done = work_and_be_killed(tmp_path, moments.randint(1, 12), moments.uniform(0, 0.02))
        assert done[0][0] == "photo"  # it has not failed, but was killed
        photos |= {words[1] for words in done if words[0] == "photo"}
        labels |= {words[1]: "" for words in done if words[0] == "face"}
        labels |= {words[1]: words[2] for words in done if words[0] == "label"}
        mine = MyData(tmp_path)
        stored = {face.file: face for face in mine.faces()}
        assert photos <= {path.name for path in mine.photos()}
        assert all(read_photo(path).shape == five.images[0].shape for path in mine.photos()[-3:])
        assert set(labels) <= set(stored)
        assert {face.image().shape for face in list(stored.values())[-3:]} <= {(320, 320, 3)}
        given = {file: stored[file].label for file, label in labels.items() if stored[file].label != label}
        assert len(given) <= 1  # the step that the kill came into may have been done and not told
        labels |= given
        assert set(stored) <= set(read_points(mine.folder / "faces"))
        assert len(mine.labelled()) == sum(face.label != "" for face in stored.values())


def test_a_half_written_set_is_still_read(two_faces):
    """The order of writing: picture, points, row. A row that is there always has the other two."""
    rows = two_faces.face_table.read()
    two_faces.face_table.write(rows[:1])
    two_faces.label(rows[0]["file"], "joy")
    assert len(two_faces.faces()) == len(two_faces.labelled()) == 1


def test_a_stop_between_points_and_rows_loses_nothing(two_faces, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    two_faces.label("0.jpg_1.jpg", "joy")
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(OwnTable, "write", stop)
        two_faces.note_faces([{"file": "new.jpg"}], np.ones((1, 478, 3)))
    assert len(two_faces.faces()) == 2 and load_mine().labels.tolist() == ["joy"]
    two_faces.note_faces([{"file": "new.jpg"}], np.full((1, 478, 3), 2))
    assert [face.label for face in two_faces.faces()] == ["joy", "", ""]
    assert (read_points(two_faces.folder / "faces")["new.jpg"] == 2).all()


def test_an_export_fits_together_though_another_notebook_goes_on(two_faces, tmp_path, monkeypatch):
    """A face that comes while photos are packed is in none of the tables."""
    pack = exports.pack

    def add_and_pack(*arguments):
        two_faces.note_faces([{"file": "new.jpg"}], np.zeros((1, 478, 3)))
        return pack(*arguments)

    monkeypatch.setattr(exports, "pack", add_and_pack)
    with zipfile.ZipFile(two_faces.export(tmp_path / "all.zip")) as archive:
        archive.extractall(tmp_path / "out")
    assert len(two_faces.faces()) == 3 and len(MyData(tmp_path / "out").faces()) == 2
    assert set(load_points(tmp_path / "out" / "faces" / "points.npz")) == {"0.jpg_1.jpg", "1.jpg_1.jpg"}


# Other ways to lose work, and other people's hands


def test_undo_takes_back_only_what_nobody_else_has_changed(two_faces):
    two_faces.label("0.jpg_1.jpg", "anger")  # what another notebook did after this one had set both aside
    two_faces.label("1.jpg_1.jpg", "unusable")
    back, left = dict.fromkeys(["0.jpg_1.jpg", "1.jpg_1.jpg", "gone.jpg"], ""), ["0.jpg_1.jpg", "gone.jpg"]
    assert two_faces.label_many(back, unless_changed_from=dict.fromkeys(back, "unusable")) == left
    assert two_faces.counts() == {"anger": 1, "": 1} and two_faces.label_many({"0.jpg_1.jpg": ""}) == []


def test_columns_of_the_pupils_own_stay(two_faces, five, jpegs):
    for table in (two_faces.face_table, two_faces.outcome_table):
        rows = read_table(table.path)
        write_table(table.path, [row | {"note": f"my {place}"} for place, row in enumerate(rows)], [*rows[0], "note"])
    two_faces.label("1.jpg_1.jpg", "joy")
    two_faces.skip(two_faces.add_photo("2.jpg", jpegs[2]), "no_face")
    for table in (two_faces.face_table, two_faces.outcome_table):
        assert [row.get("note") for row in read_table(table.path)][:2] == ["my 0", "my 1"]


def test_a_table_cut_short_at_any_byte_is_noticed_and_the_one_before_is_back(two_faces, says):
    two_faces.label_many({"0.jpg_1.jpg": "joy", "1.jpg_1.jpg": "anger"})
    paths = two_faces.face_table.path, two_faces.outcome_table.path
    for path, whole in {path: path.read_bytes() for path in paths}.items():
        for size in range(len(whole)):
            path.write_bytes(whole[:size])
            with pytest.raises(facelab.language.Misuse, match="잘려 있어서"):
                two_faces.faces() and two_faces.outcomes()
            assert path.read_bytes() == whole
            [part] = path.parent.glob(f"{path.stem} (cut).csv")
            assert part.read_bytes() == whole[:size]
            part.unlink()
    two_faces.face_table.path.write_bytes(b"")
    says("잘리기 전의 표로", "is back in its place", lambda: cut_and_read(two_faces))
    assert load_mine().counts() == {"joy": 1, "anger": 1}


def cut_and_read(mine):
    mine.face_table.path.write_bytes(mine.face_table.path.read_bytes()[:-9])
    mine.faces()


def test_another_photo_under_the_name_of_one_that_is_done_waits_and_the_labels_of_the_first_stay(
    two_faces, five, jpegs
):
    two_faces.label("0.jpg_1.jpg", "joy")
    photo = two_faces.photos()[0]
    photo.unlink()
    assert two_faces.add_photo("0.jpg", jpegs[3]) == photo and two_faces.waiting_photos() == [photo]
    before = two_faces.path_of("0.jpg_1.jpg").read_bytes()
    assert two_faces.add_faces(photo, detect(five, 3)) == ["0.jpg_2.jpg"] and two_faces.waiting_photos() == []
    assert two_faces.path_of("0.jpg_1.jpg").read_bytes() == before and two_faces.counts() == {"joy": 1, "": 2}
    assert {face.file: face.photo for face in two_faces.faces()}["0.jpg_1.jpg"] == ""


def test_what_is_no_photo_is_left_alone(two_faces, tmp_path):
    strangers = {"Thumbs.db": bytes(600), ".DS_Store": bytes(9), "notes.txt": b"hello", "empty": b""}
    strangers |= {"desktop.ini": b"[x]"}
    for name, content in strangers.items():
        (two_faces.folder / "photos" / name).write_bytes(content)
    assert [path.name for path in two_faces.photos()] == ["0.jpg", "1.jpg"] and two_faces.waiting_photos() == []
    assert two_faces.strangers() == ["Thumbs.db", "desktop.ini", "empty", "notes.txt"]
    assert all((two_faces.folder / "photos" / name).read_bytes() == content for name, content in strangers.items())


def test_the_same_photo_is_known_whatever_its_name_its_size_and_how_it_was_saved(mine, sample, jpegs, says):
    import cv2

    image = sample.images[0]
    mine.add_photo("me.jpg", encode_jpeg(image, 95))
    half = cv2.resize(image, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    png = cv2.imencode(".png", image[:, :, ::-1])[1].tobytes()
    for copy in (encode_jpeg(image, 95), encode_jpeg(image, 50), encode_jpeg(half), png):
        says("이미 있어요(“me.jpg”)", "already (“me.jpg”)", lambda copy=copy: mine.add_photo("x.jpg", copy))
    for place in np.flatnonzero(sample.people == sample.people[0])[1:]:  # other photos of the same person
        mine.add_photo(f"{place}.jpg", encode_jpeg(sample.images[place]))
    assert mine.add_photo("me.jpg", encode_jpeg(image, 95), again=True).name == "me (2).jpg"


needs_links = pytest.mark.skipif(os.name == "nt", reason="making links is forbidden to pupils there")


@needs_links
def test_links_are_told_and_never_followed(two_faces, tmp_path, jpegs, says):
    secret, photos = tmp_path / "secret", two_faces.folder / "photos"
    secret.mkdir()
    (secret / "other.jpg").write_bytes(jpegs[3])
    size = two_faces.size()
    (photos / "link.jpg").symlink_to(secret / "other.jpg")
    (photos / "folder").symlink_to(secret)
    assert [path.name for path in two_faces.photos()] == ["0.jpg", "1.jpg"] and two_faces.size() == size
    assert two_faces.strangers() == ["folder", "link.jpg"]
    with zipfile.ZipFile(two_faces.export(tmp_path / "all.zip")) as archive:
        assert all(archive.read(name) != jpegs[3] for name in archive.namelist())
    shutil.rmtree(photos)
    photos.symlink_to(secret)
    assert two_faces.photos() == [] and two_faces.strangers() == ["photos"]
    says("바로 가기", "is a link", lambda: two_faces.add_photo("a.jpg", jpegs[4]))
    two_faces.delete_everything()
    assert not two_faces.folder.exists() and [path.name for path in secret.iterdir()] == ["other.jpg"]


def test_a_full_or_forbidden_disk_is_told_in_one_sentence_everywhere(
    two_faces, five, jpegs, tmp_path, monkeypatch, says
):
    photo = two_faces.add_photo("2.jpg", jpegs[2])
    works = [
        lambda: two_faces.label("0.jpg_1.jpg", "joy"),
        lambda: two_faces.skip(photo, "no_face"),
        lambda: two_faces.add_photo("4.jpg", jpegs[4]),
        lambda: two_faces.add_faces(photo, detect(five, 2)),
        lambda: two_faces.export(tmp_path / "all.zip"),
        lambda: two_faces.take_out({"0.jpg_1.jpg": ""}, []),
    ]
    before = two_faces.face_table.path.read_bytes()
    monkeypatch.setattr(files.time, "sleep", lambda seconds: None)
    told = {28: ("자리가 없어서", "no room on the disk"), 30: ("읽기 전용", "read-only"), 13: ("계정", "account")}
    for number, words in told.items():
        refuse = Mock(side_effect=OSError(number, os.strerror(number)))
        with monkeypatch.context() as patch:
            patch.setattr(files.os, "fsync", refuse)
            for work in works:
                says(*words, work)
        assert two_faces.face_table.path.read_bytes() == before and not (tmp_path / "all.zip").exists()
        with monkeypatch.context() as patch:
            patch.setattr(shutil, "rmtree", refuse)
            says(*words, two_faces.delete_everything)


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such modes; folders of a user are private there")
def test_nobody_else_can_read_what_is_kept(mine, five, jpegs, tmp_path):
    old = os.umask(0o022)
    try:
        mine.add_faces(mine.add_photo("0.jpg", jpegs[0]), detect(five, 0))
        mine.export(tmp_path / "all.zip")
        with mine.open_work() as work:
            files.write_atomically(work / "a" / "b.jpg", b"x")
            paths = [mine.folder, *mine.folder.rglob("*"), tmp_path / "all.zip"]
            modes = {path.relative_to(tmp_path).as_posix(): path.stat().st_mode & 0o777 for path in paths}
            wanted = {path.relative_to(tmp_path).as_posix(): 0o700 if path.is_dir() else 0o600 for path in paths}
        assert modes == wanted and len(modes) > 12
    finally:
        os.umask(old)


def test_what_a_kill_has_left_goes_at_the_next_start_and_with_everything(two_faces):
    left = two_faces.folder / ".work" / "0a1b"
    parts = [two_faces.folder / ".0a.part", two_faces.folder / "photos" / ".0b.part"]
    for _ in range(2):
        left.mkdir(parents=True)
        (left / "a.jpg").write_bytes(b"x")
        for part in parts:
            part.write_bytes(b"x")
            os.utime(part, (0, 0))
        with two_faces.open_work() as held:  # in this notebook; another one must leave it alone
            MyData(two_faces.folder).label("0.jpg_1.jpg", "joy")
            assert held.is_dir() and not left.exists() and not any(part.exists() for part in parts)
    left.mkdir(parents=True)
    MyData(two_faces.folder).label("0.jpg_1.jpg", "joy")
    assert not left.parent.exists()
    left.mkdir(parents=True)
    two_faces.delete_everything()
    assert not two_faces.folder.exists()


def test_a_folder_of_an_earlier_kit_is_read_as_before(tmp_path):
    old = Path(__file__).parents[1] / "old" / "mine"
    shutil.copytree(old, tmp_path / "mine")
    mine = MyData(tmp_path / "mine")
    expected = load_points(old / "faces" / "points.npz")
    labels = {row["file"]: row["expression"] for row in read_table(old / "faces" / "faces.csv")}
    assert {face.file: face.label for face in mine.faces()} == labels and len(labels) == 5
    assert len(mine.photos()) == 5 and mine.waiting_photos() == [] and mine.strangers() == []
    faces = mine.labelled()
    assert [points.tobytes() for points in faces.points] == [
        expected[file].tobytes() for file, label in labels.items() if label
    ]
    mine.label(mine.faces()[0].file, "neutral")
    again = MyData(tmp_path / "again")
    merged = merge(again, mine.export(tmp_path / "all.zip"))
    assert (merged.photos, merged.faces) == (5, 5) and again.counts() == mine.counts()
    assert merge(mine, old).faces == 0 and mine.faces()[0].label == "neutral"


SPREADSHEETS = {
    "semicolons": lambda text: text.replace(",", ";").encode("utf-8-sig"),
    "semicolons of Korean Excel": lambda text: text.replace(",", ";").encode("cp949"),
    "tabs in UTF-16": lambda text: text.replace(",", "\t").encode("utf-16"),
    "blank rows": lambda text: text.replace("\r\n", "\r\n\r\n,,,\r\n").encode(),
}


def test_a_table_that_a_spreadsheet_has_saved_goes_on_being_used(two_faces, subtests):
    table = two_faces.path_of("faces.csv")
    for way, save in SPREADSHEETS.items():
        two_faces.label_many({"0.jpg_1.jpg": "joy", "1.jpg_1.jpg": ""})
        table.write_bytes(save(table.read_text(encoding="utf-8-sig")))
        with subtests.test(way):
            assert load_mine().counts() == {"joy": 1} and len(load_faces()) > 2
            two_faces.label("1.jpg_1.jpg", "anger")
            rows = [(face.file, face.label) for face in two_faces.faces()]
            assert rows == [("0.jpg_1.jpg", "joy"), ("1.jpg_1.jpg", "anger")]
