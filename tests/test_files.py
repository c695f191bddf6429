"""Tables and points survive being saved, opened in a spreadsheet, and half written."""

import csv
import os
import re
import subprocess
import sys
from itertools import product
from pathlib import Path
from unittest.mock import Mock

import numpy as np
import pytest

import facelab
from facelab import files as storage
from facelab.dataset.names import clean_name, fit_name, name_face, write_new
from facelab.dataset.pictures import Images
from facelab.faces.photo import encode_jpeg
from facelab.files import LostPoints, load_points, read_table, rescue_points, save_points, write_atomically, write_table

ROWS = [
    {"file": "나.jpg", "person": "김민수", "expression": "joy"},
    {"file": 'a, "b".jpg', "person": "", "expression": ""},
]
COLUMNS = ["file", "person", "expression"]


def test_a_table_is_read_as_it_was_written(tmp_path):
    write_table(tmp_path / "a.csv", ROWS, COLUMNS)
    assert read_table(tmp_path / "a.csv") == ROWS
    with open(tmp_path / "a.csv", encoding="utf-8-sig", newline="") as file:
        assert list(csv.DictReader(file)) == ROWS


def test_a_spreadsheet_sees_that_the_table_is_utf_8(tmp_path):
    write_table(tmp_path / "a.csv", ROWS, COLUMNS)
    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_table_that_a_spreadsheet_saved_is_read(tmp_path, subtests):
    encodings, line_ends, separators = ["utf-8", "utf-8-sig", "cp949", "utf-16"], ["\n", "\r\n", "\r"], [",", ";", "\t"]
    table = [COLUMNS, ["나.jpg", "김민수", "joy"], ["나, 2; 3.jpg", "", ""]]
    for encoding, line_end, separator in product(encodings, line_ends, separators):
        lines = [separator.join(f'"{cell}"' if separator in cell else cell for cell in line) for line in table]
        (tmp_path / "a.csv").write_bytes(line_end.join([*lines, ""]).encode(encoding))
        with subtests.test(encoding=encoding, line_end=line_end, separator=separator):
            rows = [list(row.values()) for row in read_table(tmp_path / "a.csv", COLUMNS)]
            assert rows == table[1:]


def test_a_table_in_the_other_order_of_bytes_is_read(tmp_path):
    (tmp_path / "a.csv").write_bytes("\ufefffile\tperson\r\n나.jpg\t민수\r\n".encode("utf-16-be"))
    assert read_table(tmp_path / "a.csv") == [{"file": "나.jpg", "person": "민수"}]


def test_blank_rows_are_left_out_and_short_ones_filled_up(tmp_path):
    lines = ["", " file ,person,expression", "", ",,", " , ,", ",민수,", "나.jpg", "b.jpg,민수,joy,more"]
    (tmp_path / "a.csv").write_text("\n".join(lines), encoding="utf-8")
    rows = [["나.jpg", "", ""], ["b.jpg", "민수", "joy"]]
    assert read_table(tmp_path / "a.csv", ["file"]) == [dict(zip(COLUMNS, row, strict=True)) for row in rows]
    assert len(read_table(tmp_path / "a.csv")) == 3  # nobody has said which column a row cannot do without


def test_columns_that_are_missing_are_named_all_at_once(tmp_path, says):
    table = tmp_path / "faces" / "faces.csv"
    write_table(table, ROWS, ["file"])
    says("faces/faces.csv: 표에 person, expression 열이", "no column person", lambda: read_table(table, COLUMNS))
    table.write_bytes(b"")
    says("file, person, expression 열이 없어요", "file, person, expression", lambda: read_table(table, COLUMNS))
    assert read_table(table) == []


UNREADABLE = [
    "file,person\n나.jpg,민수\n".encode("utf-8-sig").replace("수".encode(), b"\xec\x88"),
    "file,person\n나.jpg,민수\n".encode("utf-16")[:-1],
    b"file,person\na.jpg,\xff\xff\n",
    bytes(100),  # as a power cut may leave a file
    b'file,person\n"a.jpg,\nb.jpg,\nc.jpg,\n',  # without its partner the quotation mark would swallow all rows
]


def test_a_table_that_cannot_be_read_is_told_before_a_row_gets_lost(tmp_path, says, subtests):
    for content in UNREADABLE:
        (tmp_path / "a.csv").write_bytes(content)
        with subtests.test(content=content):
            says("a.csv: 글자가 깨졌거나", "a.csv cannot be read", lambda: read_table(tmp_path / "a.csv"))


def test_without_a_file_there_are_no_rows_and_no_points(tmp_path):
    assert read_table(tmp_path / "a.csv") == [] and load_points(tmp_path / "a.npz") == {}


def test_columns_that_were_not_asked_for_are_left_out_and_missing_values_are_empty(tmp_path):
    write_table(tmp_path / "a.csv", [{"file": "나.jpg", "mood": "good"}], COLUMNS)
    assert read_table(tmp_path / "a.csv") == [{"file": "나.jpg", "person": "", "expression": ""}]


def test_points_are_loaded_as_they_were_saved(tmp_path, five):
    points = dict(zip(["나.jpg", "b.jpg", "c", "d", "e"], five.points, strict=True))
    save_points(tmp_path / "points.npz", points)
    loaded = load_points(tmp_path / "points.npz")
    assert list(loaded) == list(points)
    assert all((loaded[file] == points[file]).all() for file in points)


def test_no_points_can_be_saved_too(tmp_path):
    save_points(tmp_path / "points.npz", {})
    assert load_points(tmp_path / "points.npz") == {}


def save_others(path, **arrays):
    with open(path, "wb") as file:
        np.savez(file, **arrays)


def cut(path, share):
    content = path.read_bytes()
    path.write_bytes(content[: int(share * len(content))])


DAMAGES = {
    "empty": lambda path: cut(path, 0),
    "cut near its beginning": lambda path: cut(path, 0.001),
    "cut in the middle": lambda path: cut(path, 0.5),
    "cut at its end": lambda path: cut(path, 0.999),
    "something else": lambda path: path.write_bytes(b"no points"),
    "zeros": lambda path: path.write_bytes(bytes(5000)),
    "a single array": lambda path: np.save(path.open("wb"), np.zeros((1, 478, 3))),
    "other arrays": lambda path: save_others(path, a=np.zeros(3)),
    "fewer points": lambda path: save_others(path, files=["a", "b"], points=np.zeros((1, 478, 3))),
    "points of another shape": lambda path: save_others(path, files=["a"], points=np.zeros((1, 468, 3))),
    "words": lambda path: save_others(path, files=["a"], points=np.full((1, 478, 3), "x")),
    "a program": lambda path: save_others(path, files=np.array([print], dtype=object), points=np.zeros((1, 478, 3))),
}


def test_damaged_points_are_told_in_one_sentence(tmp_path, says, subtests):
    path = tmp_path / "faces" / "points.npz"
    for damage, work in DAMAGES.items():
        save_points(path, {"a": np.zeros((478, 3)), "b": np.zeros((478, 3))})
        work(path)
        with subtests.test(damage):
            says("faces/points.npz: 얼굴의 점을", "faces/points.npz, is damaged", lambda: load_points(path), LostPoints)
            assert rescue_points(path) == {}


def test_points_of_which_any_byte_is_wrong_are_told_or_right(tmp_path, five):
    save_points(tmp_path / "points.npz", {"a": five.points[0]})
    content = (tmp_path / "points.npz").read_bytes()
    for place in range(0, len(content), 7):
        changed = content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :]
        (tmp_path / "points.npz").write_bytes(changed)
        rescued = rescue_points(tmp_path / "points.npz")
        assert all((points == five.points[0]).all() for points in rescued.values())


# Names


def test_a_new_file_never_takes_the_place_of_another(tmp_path):
    names = [write_new(tmp_path, "me.jpg", b"1", taken=["me (2).jpg"]).name for _ in range(3)]
    assert names == ["me.jpg", "me (3).jpg", "me (4).jpg"]
    assert [path.name for path in sorted(tmp_path.iterdir())] == sorted(names)


def test_a_new_file_never_takes_the_place_of_another_on_a_memory_stick(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "link", Mock(side_effect=PermissionError(1, "Operation not permitted")))
    paths = [write_new(tmp_path / "photos", "me.jpg", data) for data in (b"1", b"2")]
    assert [path.read_bytes() for path in paths] == [b"1", b"2"] and len(list((tmp_path / "photos").iterdir())) == 2


CLEANED = {
    "me\x00.jpg": "me.jpg",
    "\x07me\r\n\t\x7f\x85.jpg": "me.jpg",
    "\x00.jpg": "jpg",
    "me\ud83d.jpg": "me.jpg",  # half a letter, as a browser may send it
    "\u1112\u1161\u11ab.jpg": "한.jpg",  # as a Mac writes it
    "👨‍👩‍👧.jpg": "👨‍👩‍👧.jpg",
    "\x00": "",
    "가" * 90 + ".jpg": "가" * 58 + ".jpg",
    "x" * 300: "x" * 180,
    "me." + "x" * 300: "me." + "x" * 177,
}


def test_a_name_from_elsewhere_becomes_one_that_can_be_kept():
    assert {name: clean_name(name) for name in CLEANED} == CLEANED
    assert all(len(kept.encode()) <= 180 for kept in CLEANED.values())


def test_names_that_fit_stay_as_they_are():
    assert fit_name("가" * 78 + ".jpg") == "가" * 78 + ".jpg" and len(fit_name("😀" * 78 + ".jpg").encode()) <= 240
    assert name_face("나.jpg", 1) == "나.jpg_1.jpg"


def test_faces_of_photos_with_long_names_that_begin_alike_have_names_of_their_own():
    names = {name_face("가" * 82 + f"{number}.jpg", 12) for number in range(3)}
    assert len(names) == 3 and all(name.endswith("_12.jpg") and len(name.encode()) < 240 for name in names)


# One way to write

ROOT = Path(facelab.__file__).parents[1]
WRITES = re.compile(
    r"""\.write_(text|bytes)\(|\bopen\([^)\n]*["'][rbt+]*[wax][rbt+]*["']|\.open\(\s*["'][rbt+]*[wax]|"""
    r"""\bos\.open\(|np\.savez?(_compressed)?\(|\.to_csv\(|shutil\.copy(file|2)?\(|json\.dump\(|\.savefig\(|ZipFile\([^)\n]*"[wax]"""
)
ALLOWED = {
    "facelab/files.py": "the one way itself: os.open(unfinished, and points packed in memory: np.savez(content",
    "facelab/archives.py": 'into a file that files.py has opened: zipfile.ZipFile(file, "w"',
    "facelab/charts/style.py": "into memory: savefig(content",
    "facelab/dataset/exports.py": "into memory: np.savez(content",
    "facelab/dataset/points.py": "into memory: np.save(content",
    "facelab/faces/mesh.py": "for the moment in which they are opened: shutil.copyfile(package",
    "facelab/faces/quiet.py": "nothing is written there: os.open(os.devnull",
    "facelab/model/saving.py": "into memory: ZipFile(content",
    "setup/environment.py": "it runs before the kit is there, and the stamp comes last: .write_text(",
    "setup/locking.py": "a file to be locked, with nothing in it: with open(path",
    "setup/opening.py": "settings that can be laid out anew: shutil.copyfile(, and: path.write_text(",
    "setup/packing.py": "no pack before start.py lies in it: shutil.copyfile(, and: .write_text(, and: .write_bytes(",
    "setup/classroom.py": "the proxy, whose stamp comes last: shutil.copy(file, and: stamp.write_text(",
    "setup/hub/accounts.py": "no file of anybody's: Path(\"/proc/",
    "setup/hub/certificate.py": "made anew if it cannot be read: certificate.write_bytes(",
    "setup/hub/jupyterhub_config.py": "what the hub says: log = os.open(",
    "setup/hub/chores.py": "into memory: zipfile.ZipFile(content",
    "setup/hub/teacher.py": "into memory: zipfile.ZipFile(archives",
    "setup/hub/room.py": "beside, and renamed then: part.write_text(",
    "teachers/figures.py": "a generated file, which can be computed anew: FILE.write_bytes(",
    "notebooks/generated.py": "generated files, which can be built anew: path.write_bytes(",
}


def test_every_file_is_written_in_one_way():
    others = []
    places = [ROOT / "start.py", *(ROOT / "notebooks").glob("*.py"), *(ROOT / "teachers").glob("*.py")]
    places += [*(ROOT / "facelab").rglob("*.py"), *(ROOT / "setup").rglob("*.py")]
    for path in places:
        name = path.relative_to(ROOT).as_posix()
        found = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if WRITES.search(line)]
        others += [f"{name}: {line}" for line in found if not _is_allowed(ALLOWED.get(name, ""), line)]
    assert not [line for line in others if ">>>" not in line and "... " not in line]


def _is_allowed(reason, line):
    return any(part.strip() in line for part in re.findall(r": (.*?)(?=, and|$)", reason))


def test_a_failed_write_leaves_the_old_file_and_no_rubbish(tmp_path, monkeypatch, full_disk):
    write_atomically(tmp_path / "a.csv", b"old")
    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(OSError, match="No space"):
        write_atomically(tmp_path / "a.csv", b"new")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.csv", b"old")]


def test_a_killed_write_leaves_the_old_file(tmp_path):
    write_atomically(tmp_path / "a.csv", b"old")
    code = "import os, sys; from facelab.files import write_atomically; os.fsync = lambda _: os._exit(9); "
    code += "write_atomically(sys.argv[1], b'new')"
    run = subprocess.run([sys.executable, "-c", code, tmp_path / "a.csv"], env={**os.environ, "PYTHONPATH": os.curdir})
    assert run.returncode == 9
    assert (tmp_path / "a.csv").read_bytes() == b"old"


# Files that another program has open


def test_a_file_that_another_program_has_open_is_tried_again(tmp_path, monkeypatch):
    refuse_twice = Mock(side_effect=[PermissionError(13, "Permission denied")] * 2 + [None])
    monkeypatch.setattr(storage.time, "sleep", lambda seconds: None)
    monkeypatch.setattr(storage, "write_atomically", refuse_twice)
    write_table(tmp_path / "a.csv", ROWS, COLUMNS)
    assert refuse_twice.call_count == 3


def test_a_file_that_stays_closed_ends_in_the_systems_own_error(tmp_path, monkeypatch):
    monkeypatch.setattr(storage.time, "sleep", lambda seconds: None)
    monkeypatch.setattr(storage, "write_atomically", Mock(side_effect=PermissionError(13, "Permission denied")))
    with pytest.raises(PermissionError):
        save_points(tmp_path / "a.npz", {})


def test_an_image_in_a_file_is_read_only_when_it_is_looked_at(tmp_path, five):
    images = Images([five.images[0], tmp_path / "later.jpg"])
    assert len(images) == 2 and (images[0] == five.images[0]).all()
    (tmp_path / "later.jpg").write_bytes(encode_jpeg(five.images[1]))
    assert images[1].shape == five.images[1].shape
    assert len(images[1:]) == 1 and (images[-1] == images[1:][0]).all()
    assert [image.shape for image in images] == [images[0].shape, images[1].shape]
