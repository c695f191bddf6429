"""Two sets become one: nothing of mine is replaced, the same photo is recognised, and labels are compared."""

import json
import os
import shutil
import zipfile

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

import facelab
from facelab.dataset import merging
from facelab.dataset.merging import Merged, Pair, merge, undo_merge
from facelab.dataset.mine import MyData
from facelab.dataset.points import path_of_points, write_points
from facelab.faces.detection import Detection, Face
from facelab.faces.photo import encode_jpeg
from facelab.files import read_table, save_points, write_table
from tests import helpers


@pytest.fixture(scope="module")
def detections(five):
    """For each of the five faces the photo as a JPEG, and what was found in it."""
    pairs = zip(five.images, five.points, strict=True)
    return [(encode_jpeg(image), Detection([Face.from_photo(image, points)])) for image, points in pairs]


@pytest.fixture
def collect(tmp_path, five):
    """A function that makes a pupil's data: photos of some of the five faces under own names, cut out and labelled."""

    def make(pupil, **labels):
        places = {int(place.removeprefix("p")): label for place, label in labels.items()}
        return helpers.collect(MyData(tmp_path / pupil), five, places)

    return make


def describe(data):
    """All files of a pupil's data with their content."""
    return {path.relative_to(data.folder).as_posix(): path.read_bytes() for path in data.folder.rglob("*.*")}


def test_an_export_brought_into_an_empty_folder_gives_the_same_work_again(collect, tmp_path, model):
    mine = collect("mine", p0="joy", p1="", p2="unusable")
    mine.skip(mine.add_photo("wall.jpg", encode_jpeg(np.full((60, 80, 3), 128, np.uint8))), "no_face")
    facelab.save_model(model, mine.model_path)
    again = MyData(tmp_path / "again")
    merged = merge(again, mine.export(tmp_path / "all.zip"))
    assert (merged.photos, merged.faces, merged.pairs) == (4, 3, [])
    assert again.faces()[0].label == "joy" and again.outcomes() == mine.outcomes() and again.waiting_photos() == []
    assert describe(again).keys() == describe(mine).keys()
    assert np.allclose(again.labelled().points, mine.labelled().points)


def test_what_is_new_is_added_and_mine_stays(collect):
    mine, theirs = collect("mine", p0="joy", p1="anger"), collect("theirs", p1="surprise", p2="sadness")
    before = describe(mine)
    merged = merge(mine, theirs.folder)
    assert (merged.photos, merged.faces) == (1, 1)
    assert [face.label for face in mine.faces()] == ["joy", "anger", "sadness"]
    after = describe(mine)
    tables = {"faces/faces.csv", "photos.csv", "faces/.faces.csv.copy", ".photos.csv.copy"}
    assert all(after[name] == before[name] for name in before.keys() - tables)
    assert len(mine.labelled()) == 3 and mine.outcomes()["theirs 2.jpg"] == "extracted"


def test_the_same_photo_is_recognised_under_another_name_and_the_labels_compared(collect):
    mine = collect("mine", p0="joy", p1="anger", p2="joy", p3="unusable", p4="")
    theirs = collect("theirs", p0="joy", p1="surprise", p2="joy", p3="joy", p4="neutral")
    merged = merge(mine, theirs.folder)
    assert (merged.photos, merged.faces, merged.adopted) == (0, 0, 1)
    assert merged.pairs[1] == Pair("mine 1.jpg_1.jpg", "anger", "surprise") and len(merged.pairs) == 3
    assert [face.label for face in mine.faces()] == ["joy", "anger", "joy", "unusable", "neutral"]
    assert merged.kappa == cohen_kappa_score(["joy", "anger", "joy"], ["joy", "surprise", "joy"])


def test_a_second_merge_adds_nothing_more(collect):
    mine, theirs = collect("mine", p0="joy"), collect("theirs", p0="anger", p1="joy")
    merge(mine, theirs.folder)
    before = describe(mine)
    merged = merge(mine, theirs.folder)
    assert (merged.photos, merged.faces, len(merged.pairs)) == (0, 0, 2) and describe(mine) == before


def test_other_photos_of_the_same_name_are_kept_apart(collect, tmp_path):
    mine, theirs = collect("mine", p0="joy"), collect("theirs", p1="anger")
    for data in (mine, theirs):
        data.photos()[0].rename(data.folder / "photos" / "me.jpg")
        row = read_table(data.folder / "faces" / "faces.csv")[0] | {"photo": "me.jpg"}
        write_table(data.folder / "faces" / "faces.csv", [row], list(row))
    merge(mine, theirs.folder)
    assert [path.name for path in mine.photos()] == ["me (2).jpg", "me.jpg"]
    assert [(face.photo, face.label) for face in mine.faces()] == [("me.jpg", "joy"), ("me (2).jpg", "anger")]


def test_a_face_whose_photo_was_deleted_is_recognised_by_its_picture(collect):
    mine, theirs = collect("mine", p0="joy"), collect("theirs", p0="anger")
    theirs.photos()[0].unlink()
    merged = merge(mine, theirs.folder)
    assert (merged.photos, merged.faces) == (0, 0) and len(merged.disagreements) == 1


def test_a_folder_in_a_folder_and_a_saved_set_can_be_merged_too(collect, tmp_path, five):
    theirs = collect("class/theirs", p0="joy")
    mine = MyData(tmp_path / "mine")
    assert merge(mine, tmp_path / "class").faces == 1
    five.save(tmp_path / "five")
    assert merge(mine, tmp_path / "five").faces == 5 and len(mine.labelled()) == 6
    assert theirs.counts() == {"joy": 1}


def test_an_export_without_labels_is_for_a_friend_to_give_theirs(collect, tmp_path, model):
    mine = collect("mine", p0="joy", p1="anger")
    facelab.save_model(model, mine.model_path)
    friend = MyData(tmp_path / "friend")
    merge(friend, mine.export(tmp_path / "all.zip", what="to_label"))
    assert [face.label for face in friend.faces()] == ["", ""] and not friend.model_path.exists()
    friend.label_many({face.file: "joy" for face in friend.faces()})
    merged = merge(mine, friend.export(tmp_path / "back.zip"))
    assert [pair.theirs for pair in merged.disagreements] == ["joy"] and mine.counts() == {"joy": 1, "anger": 1}


def test_the_sentences_tell_what_was_added_and_how_far_two_agree():
    pairs = [Pair("1", "joy", "joy"), Pair("2", "anger", "anger"), Pair("3", "joy", "anger"), Pair("4", "joy", "joy")]
    korean = ["사진 2장, 얼굴 3개", "4개 가운데 3개는 라벨이 같아요(75%)", "카파는 0.50이에요", "우연히 같아진 몫"]
    english = [
        "New photos: 2. New faces: 3.",
        "both of you labelled: 4. The same label: 3",
        "(75%)",
        "Kappa is 0.50",
        "lucky matches are taken out",
    ]
    for language, words in {"ko": korean, "en": english}.items():
        facelab.use_language(language)
        assert [word for word in words if word not in Merged(2, 3, pairs).message] == []


def test_without_anything_to_compare_kappa_has_no_value():
    alike = Merged(pairs=[Pair("1", "joy", "joy")])
    assert alike.kappa is None and "셈할 수 없어요" in alike.message
    assert Merged().kappa is None and "비교해 볼 것이 없어요" in Merged().message
    told = Merged(refused=["a.txt"], adopted=2).message
    assert "빼놓은 파일: a.txt" in told and "2개에는 가져온 라벨" in told
    facelab.use_language("en")
    assert "cannot be worked out" in alike.message and "nothing to compare" in Merged().message
    told = Merged(refused=["a.txt"], adopted=2).message
    assert "Left out because they are not photos: a.txt." in told and "took over theirs: 2." in told


# What was deleted or changed by hand


def test_a_picture_of_mine_that_was_deleted_comes_back_with_my_own_export(collect, tmp_path):
    mine = collect("mine", p0="joy", p1="anger")
    export, picture = mine.export(tmp_path / "all.zip"), mine.faces()[0].path
    before = picture.read_bytes()
    picture.unlink()
    merged = merge(mine, export)
    assert (merged.photos, merged.faces) == (0, 0) and picture.read_bytes() == before
    assert [face.label for face in mine.faces()] == ["joy", "anger"]


def test_pictures_and_photos_of_mine_that_were_deleted_keep_nothing_out(collect):
    mine, theirs = collect("mine", p0="joy"), collect("theirs", p1="anger")
    [face], [photo] = mine.faces(), theirs.photos()
    face.path.unlink()
    mine.photos()[0].unlink()
    photo.rename(photo.with_name(face.photo))  # a friend's photo that is called like the lost one
    row = read_table(theirs.path_of("faces.csv"))[0] | {"photo": face.photo}
    write_table(theirs.path_of("faces.csv"), [row], list(row))
    assert merge(mine, theirs.folder).faces == 1
    assert [each.label for each in mine.faces()] == ["joy", "anger"] and len({each.file for each in mine.faces()}) == 2


def test_a_column_that_is_missing_is_named_before_anything_is_added(collect, tmp_path, says):
    theirs, mine = collect("theirs", p0="joy"), MyData(tmp_path / "mine")
    for table, column in ((theirs.folder / "photos.csv", "outcome"), (theirs.path_of("faces.csv"), "expression")):
        table.write_bytes(table.read_bytes().replace(column.encode(), b"name"))
        says(f"표에 {column} 열이", f"no column {column}", lambda: merge(mine, theirs.folder))
    assert not mine.folder.exists()


def test_a_label_that_is_given_while_a_set_is_read_stays(collect, monkeypatch):
    mine, theirs = collect("mine", p0=""), collect("theirs", p0="anger", p1="joy")
    add_photos = merging._add_photos

    def label_and_add(*arguments):
        mine.label(mine.faces()[0].file, "joy")  # as in another notebook
        return add_photos(*arguments)

    monkeypatch.setattr(merging, "_add_photos", label_and_add)
    assert merge(mine, theirs.folder).adopted == 0
    assert [face.label for face in mine.faces()] == ["joy", "joy"]


@pytest.mark.skipif(os.name == "nt", reason="no such files can be made there")
def test_faces_with_long_or_strange_names_can_be_merged(collect, detections):
    mine, theirs = collect("mine", p0="joy"), collect("theirs", p1="anger")
    [face] = theirs.faces()
    for name in ("x" * 251 + ".jpg", "a\x07b.jpg"):
        (theirs.folder / "faces" / name).write_bytes(face.path.read_bytes() + name.encode())
        theirs.face_table.write([*theirs.face_table.read(), {"file": name, "expression": "joy"}])
    points = {face.file: detections[1][1].faces[0].patch_points + place for place, face in enumerate(theirs.faces())}
    save_points(theirs.path_of("points.npz"), points)
    assert merge(mine, theirs.folder).faces == 3
    assert [each.file for each in mine.faces()[2:]] == ["x" * 176 + ".jpg", "ab.jpg"]
    assert all(each.path.exists() for each in mine.faces())


# Damaged and hostile sets change nothing


def ruin_points(data):
    path_of_points(data.folder / "faces", data.faces()[0].file).write_bytes(b"no points")


def bend_points(data):
    write_points(data.folder / "faces", data.faces()[0].file, np.full((478, 3), np.nan))


def flatten_points(data):
    write_points(data.folder / "faces", data.faces()[0].file, np.zeros((478, 3)))


def throw_points_far_out(data):
    data.note_faces([{"file": data.faces()[0].file}], [1e9 * np.random.default_rng(0).normal(size=(478, 3))])


def tell_a_face_two_ways(data):
    [row, other] = data.face_table.read()
    data.face_table.write([row, other, row | {"expression": "anger"}])


def lose_points(data):
    shutil.rmtree(data.folder / "faces" / "points")


def ruin_picture(data):
    data.faces()[0].path.write_bytes(b"no picture")


def point_elsewhere(data):
    (data.folder / "secret.jpg").write_bytes(data.faces()[0].path.read_bytes())
    row = {"file": "../secret.jpg", "expression": "joy"}
    write_table(data.folder / "faces" / "faces.csv", [row], list(row))
    save_points(data.folder / "faces" / "points.npz", {"../secret.jpg": np.zeros((478, 3))})


def empty_points(data):
    lose_points(data)
    (data.folder / "faces" / "points.npz").write_bytes(b"")


def name_impossibly(data):
    row = data.faces()[0].file, "x" * 300 + ".jpg"
    table = data.path_of("faces.csv")
    table.write_bytes(table.read_bytes().replace(*(name.encode() for name in row)))
    save_points(data.path_of("points.npz"), {file: np.zeros((478, 3)) for file in (row[1], data.faces()[1].file)})


def store_a_program(data):
    np.savez(data.folder / "faces" / "points.npz", files=np.array([print], dtype=object), points=np.zeros((1, 478, 3)))


POINT_HARMS = [ruin_points, empty_points, bend_points, lose_points, flatten_points, throw_points_far_out]
HARMS = [*POINT_HARMS, ruin_picture, tell_a_face_two_ways, point_elsewhere, name_impossibly, store_a_program]


def test_a_damaged_set_is_told_and_nothing_is_added(collect, tmp_path, says, subtests):
    mine, whole = MyData(tmp_path / "mine"), collect("whole", p0="joy", p1="anger").folder
    for harm in HARMS:
        theirs = MyData(shutil.copytree(whole, tmp_path / harm.__name__))
        harm(theirs)
        with subtests.test(harm.__name__):
            told = f"in “{harm.__name__}” is damaged"
            says("안에 든 데이터가 망가져서", told, lambda theirs=theirs: merge(mine, theirs.folder))
            assert not mine.folder.exists()


def test_points_that_unfold_without_end_are_refused(collect, tmp_path, says, monkeypatch):
    theirs = collect("theirs", p0="joy")
    with zipfile.ZipFile(theirs.folder / "faces" / "points.npz", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("points.npy", bytes(80 * 1024**2))
        archive.writestr("files.npy", b"")
    says("망가져서", "is damaged", lambda: merge(MyData(tmp_path / "mine"), theirs.folder))


def test_an_unknown_label_and_a_missing_picture_are_named_and_the_rest_goes_along(collect, tmp_path):
    theirs, mine = collect("theirs", p0="joy", p1="anger", p2="joy"), MyData(tmp_path / "mine")
    rows = theirs.face_table.read()
    theirs.face_table.write([rows[0] | {"expression": "smile"}, rows[1] | {"expression": "화남 "}, rows[2]])
    theirs.path_of(rows[2]["file"]).unlink()
    merged = merge(mine, theirs.export(tmp_path / "all.zip"))
    assert theirs.left_out == [rows[2]["file"]] and merged.lost == [rows[2]["file"]]
    assert merged.refused == [f"{rows[0]['file']} (smile)"] and mine.counts() == {"joy": 1, "anger": 1}
    assert [face.image().shape for face in mine.faces()] == [(320, 320, 3)] * 2 and "smile" in merged.message
    assert mine.labelled().images[1].min() < 255 and rows[2]["file"] in merged.message


def test_what_is_no_set_is_told(tmp_path, says):
    mine = MyData(tmp_path / "mine")
    (tmp_path / "empty").mkdir()
    says("“empty”: 표정찾기 데이터가", "no face data in “empty”", lambda: merge(mine, tmp_path / "empty"))
    says("표정찾기 데이터가", "no face data in", lambda: merge(mine, tmp_path / "absent.zip"))
    says("“a.zip”: 압축 파일이 망가", "“a.zip” is damaged", lambda: merge(mine, b"PK", "a.zip"))
    assert not mine.folder.exists()


def test_a_photo_that_is_none_is_left_out_and_told(collect, tmp_path):
    theirs = collect("theirs", p0="joy")
    (theirs.folder / "photos" / "notes.txt").write_text("hello")
    merged = merge(MyData(tmp_path / "mine"), theirs.folder)
    assert merged.refused == ["notes.txt"] and merged.photos == 1


def test_nothing_of_a_zip_that_climbs_out_is_written(collect, tmp_path, says):
    theirs, mine = collect("theirs", p0="joy"), MyData(tmp_path / "deep" / "mine")
    data = theirs.export(tmp_path / "all.zip")
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("../../evil.jpg", b"x")
    says("다른 폴더에", "into other folders", lambda: merge(mine, data))
    assert not mine.folder.exists() and not list(tmp_path.rglob("evil.jpg"))


def test_what_was_exported_comes_back_whole(detections, tmp_path):
    """Photos that were there twice stay so, and the exercises that were done come along."""
    mine = MyData(tmp_path / "mine")
    for name in ("a.jpg", "b.jpg"):
        mine.add_faces(mine.add_photo(name, detections[0][0], again=True), detections[0][1])
    write_table(mine.progress_path, [{"exercise": "01.1"}], ["exercise"])
    archive = mine.export(tmp_path / "all.zip")
    mine.delete_everything()
    merge(mine, archive)
    assert (len(mine.photos()), len(mine.faces())) == (2, 2)
    assert read_table(mine.progress_path) == [{"exercise": "01.1"}]


def test_progress_of_ones_own_is_not_replaced_by_a_friends(detections, tmp_path):
    mine, friend = MyData(tmp_path / "mine"), MyData(tmp_path / "friend")
    for data, number in ((mine, "01.1"), (friend, "06.5")):
        data.add_faces(data.add_photo("a.jpg", detections[0][0]), detections[0][1])
        write_table(data.progress_path, [{"exercise": number}], ["exercise"])
    merge(mine, friend.export(tmp_path / "all.zip"))
    assert read_table(mine.progress_path) == [{"exercise": "01.1"}]


# One step back, newer kits, points without a picture


def test_a_merge_is_undone_in_one_step_but_for_what_was_changed_since(collect, model):
    mine, theirs = collect("mine", p0="joy", p1=""), collect("theirs", p0="anger", p1="joy", p2="joy", p3="anger")
    facelab.save_model(model, theirs.model_path)
    before = describe(mine)
    merged = merge(mine, theirs.folder)
    assert undo_merge(mine, merged) == [] and describe(mine) == before
    merged = merge(mine, theirs.folder)
    new = list(merged.trace["faces"])
    mine.label_many({new[0]: "surprise", "mine 1.jpg_1.jpg": "neutral"})
    assert sorted(undo_merge(mine, merged)) == sorted([new[0], "mine 1.jpg_1.jpg"])
    assert [face.label for face in mine.faces()] == ["joy", "neutral", "surprise"] and len(mine.photos()) == 3


def test_a_full_disk_in_the_middle_leaves_nothing_half_merged(collect, monkeypatch, says, full_disk):
    mine, theirs = collect("mine", p0="joy"), collect("theirs", p1="joy", p2="anger")
    before = describe(mine)
    with monkeypatch.context() as patch:
        patch.setattr(MyData, "note_faces", full_disk)
        says("자리가 없어서", "no room on the disk", lambda: merge(mine, theirs.folder))
    assert {name for name in describe(mine) if "csv" not in name} >= {name for name in before if "csv" not in name}
    assert len(mine.photos()) == 1 and len(mine.faces()) == 1 and merge(mine, theirs.folder).faces == 2


def test_what_a_newer_kit_made_is_refused(collect, tmp_path, says):
    theirs, mine = collect("theirs", p0="joy"), MyData(tmp_path / "mine")
    (theirs.folder / "facelab.json").write_text(json.dumps({"format": 2}))
    says("더 새로운 버전의 표정찾기", "newer version of this kit", lambda: merge(mine, theirs.folder))
    for content in ("{", "[]", '{"format": "x"}', "{}"):
        (theirs.folder / "facelab.json").write_text(content)
        says("망가져서", "is damaged", lambda: merge(mine, theirs.folder))
    assert not mine.folder.exists()


def test_repeated_rows_count_once_and_quickly(collect, tmp_path, monkeypatch):
    theirs, mine, seen = collect("theirs", p0="joy"), MyData(tmp_path / "mine"), []
    theirs.face_table.write(theirs.face_table.read() * 4000)
    monkeypatch.setattr(merging, "read_photo", lambda data: seen.append(data) or facelab.read_photo(data))
    assert merge(mine, theirs.folder).faces == 1 and len(seen) <= 2


def test_points_are_shared_without_a_picture_and_used_like_any_others(collect, tmp_path, says):
    theirs, mine = collect("theirs", p0="joy", p1="anger", p2=""), collect("mine", p3="joy")
    path = theirs.export(tmp_path / "points.zip", what="points", person="7")
    with zipfile.ZipFile(path) as archive:
        assert set(archive.namelist()) == {"facelab.json", "faces/faces.csv", "faces/points.npz"}
        assert b"\xff\xd8\xff" not in path.read_bytes() and "theirs" not in archive.read("faces/faces.csv").decode()
    assert merge(mine, path).faces == 2 and merge(mine, path).faces == 0
    faces = mine.labelled()
    assert faces.counts() == {"joy": 2, "anger": 1} and list(faces.people) == ["", "7", "7"]
    assert np.allclose(faces.points[1:], theirs.labelled().points)
    assert faces.images[1].shape == (320, 320, 3) and (faces.images[1] == 255).mean() > 0.2
    facelab.expression_model().fit(faces.points, faces.labels)
    assert merge(theirs, path).faces == 0  # my own, come back
    fresh = MyData(tmp_path / "fresh")
    merge(fresh, mine.export(tmp_path / "all.zip"))
    assert fresh.labelled().counts() == faces.counts()
    says("라벨을 먼저", "Label some faces", lambda: MyData(tmp_path / "x").export(tmp_path / "x.zip", what="points"))
    assert not (tmp_path / "x.zip").exists()


def test_what_the_kit_accepts_it_exports_and_takes_back_byte_for_byte(tmp_path, detections, five):
    names = [b"\xe1\x84\x80\xe1\x85\xa1.jpg", "가.jpg".encode(), b"a:b.jpg", b"\xff\xfe.jpg", b"a\\b.jpg", b"A.JPG"]
    names += [b"a.jpg", b" =b.jpg ", b"con.jpg", b"x" * 250 + b".jpg", b'q"<>|?*.jpg', b"line\nend.jpg"]
    names += [b"CASE.jpg", b"case.jpg"]
    data, again = MyData(tmp_path / "mine"), MyData(tmp_path / "again")
    data.add_photo("first.jpg", detections[0][0])
    contents = {detections[0][0]}
    for place, name in enumerate(names):
        contents.add(encode_jpeg(np.roll(five.images[place % 5], 20 * place + 7, axis=0)))
        path = os.path.join(os.fsencode(data.folder), b"photos", name)
        with open(path, "wb") as file:
            file.write(encode_jpeg(np.roll(five.images[place % 5], 20 * place + 7, axis=0)))
        os.utime(path, (0, 0) if place % 2 else (5e9, 5e9))
    large = detections[0][0] + bytes(70 * 1024**2)
    data.add_photo("large.jpg", large, again=True)
    for photo in data.photos():
        [file] = data.add_faces(photo, detections[1][1])
        data.label(file, "joy")
    assert data.waiting_photos() == [] and len(data.photos()) == len(names) + 2
    merged = merge(again, data.export(tmp_path / "all.zip"))
    assert data.left_out == merged.refused == merged.lost == []
    assert {path.read_bytes() for path in again.photos()} == contents | {large}
    assert again.counts() == {"joy": len(names) + 2} and again.waiting_photos() == []


def test_a_table_that_a_spreadsheet_has_saved_can_be_merged(collect, subtests):
    for place, (separator, encoding) in enumerate([(";", "utf-8"), ("\t", "utf-16"), (";", "cp949")]):
        mine, theirs = collect(f"mine {place}", p0="joy"), collect(f"theirs {place}", p1="anger", p2="joy")
        for data in (mine, theirs):
            text = data.path_of("faces.csv").read_text(encoding="utf-8-sig").replace(",", separator)
            data.path_of("faces.csv").write_bytes(f"{text}{separator}\r\n\r\n".encode(encoding))
        with subtests.test(separator, encoding=encoding):
            assert merge(mine, theirs.folder).faces == 2 and mine.counts() == {"joy": 2, "anger": 1}
