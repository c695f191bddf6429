"""Tables and points survive being saved, opened in a spreadsheet, and half written."""

import csv

import numpy as np
import pytest

from facelab.images import save_jpeg
from facelab.storage import Images, load_points, read_table, save_points, write_table

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


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_table_that_a_spreadsheet_saved_is_read(tmp_path, encoding, line_end):
    text = line_end.join(["file,person,expression", "나.jpg,김민수,joy", ""])
    (tmp_path / "a.csv").write_bytes(text.encode(encoding))
    assert read_table(tmp_path / "a.csv") == ROWS[:1]


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


def test_points_hold_no_program(tmp_path):
    np.savez(tmp_path / "points.npz", files=np.array([print], dtype=object), points=np.zeros((1, 478, 3)))
    with pytest.raises(ValueError, match="pickle"):
        load_points(tmp_path / "points.npz")


def test_an_image_in_a_file_is_read_only_when_it_is_looked_at(tmp_path, five):
    images = Images([five.images[0], tmp_path / "later.jpg"])
    assert len(images) == 2 and (images[0] == five.images[0]).all()
    save_jpeg(five.images[1], tmp_path / "later.jpg")
    assert images[1].shape == five.images[1].shape
    assert len(images[1:]) == 1 and (images[-1] == images[1:][0]).all()
    assert [image.shape for image in images] == [images[0].shape, images[1].shape]
