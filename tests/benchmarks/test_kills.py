"""Kills spread over every writer of the pupil's folder: nothing that was told as done is lost, nothing is broken."""

import os
import random
import signal
import time
import zipfile

import cv2
import pytest

from facelab.dataset.labelled import load_sample
from facelab.dataset.merging import merge, undo_merge
from facelab.dataset.mine import MyData
from facelab.dataset.points import read_points
from facelab.faces.detection import Detection, Face
from facelab.faces.photo import encode_jpeg, read_photo

KILLS = int(os.environ.get("FACELAB_KILLS", 500))


def work(folder, friend, told, start, rounds=10**6):
    """Do every kind of writing in turn, and tell each that is done through a pipe."""
    mine, sample = MyData(folder / "mine"), load_sample()
    os.write(told, b"ready\n")
    for number in range(start, start + rounds):
        face = Face.from_photo(sample.images[number % 5], sample.points[number % 5])
        photo = mine.add_photo("me.jpg", encode_jpeg(sample.images[number % 5]), again=True)
        os.write(told, f"photo\t{photo.name}\n".encode())
        [file] = mine.add_faces(photo, Detection([face]), keep=[0])
        for label in ("joy", "anger"):
            mine.label(file, label)
            os.write(told, f"{label}\t{file}\n".encode())
        mine.skip(mine.add_photo("wall.jpg", encode_jpeg(sample.images[5 + number % 5]), again=True), "no_face")
        for what in ("photos", "to_label", "points"):
            mine.export(folder / f"{what}.zip", what=what)
        undo_merge(mine, merge(mine, friend))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="each kill begins with a fork, or 500 would take half an hour")
def test_no_kill_loses_or_breaks_anything(tmp_path):
    load_sample().take(joy=2, anger=2, seed=3).save(tmp_path / "friend")
    cv2.setNumThreads(0)  # threads do not live on in a fork
    with open(os.devnull, "wb") as nowhere:  # what is loaded late is loaded before the first fork
        work(tmp_path / "warm", tmp_path / "friend", nowhere.fileno(), 0, rounds=1)
    check(MyData(tmp_path / "warm" / "mine"), set(), {})
    moments, photos, labels, done = random.Random(2026), set(), {}, 0
    for number in range(KILLS):
        if number % 40 == 0:
            MyData(tmp_path / "mine").delete_everything()
            photos, labels = set(), {}
        reading, told = os.pipe()
        worker = os.fork()
        if worker == 0:
            try:
                work(tmp_path, tmp_path / "friend", told, number)
            finally:
                os._exit(1)
        os.close(told)
        with open(reading, encoding="utf-8") as lines:
            assert lines.readline() == "ready\n"
            time.sleep(moments.uniform(0, 0.5))  # one round of all writers takes 0.5 s on a quiet computer
            os.kill(worker, signal.SIGKILL)
            assert os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1]) == -signal.SIGKILL
            words = [line.rstrip("\n").split("\t") for line in lines]
        done += len(words)
        photos |= {name for kind, name in words if kind == "photo"}
        labels |= {name: kind for kind, name in words if kind != "photo"}
        check(MyData(tmp_path / "mine"), photos, labels)
        if number % 50 == 49:
            print(f"{number + 1} kills, {done} steps told", flush=True)
        for path in tmp_path.glob("*.zip"):
            with zipfile.ZipFile(path) as archive:
                assert archive.testzip() is None
    assert done > KILLS / 4


def check(mine, photos, labels):
    stored = {face.file: face for face in mine.faces()}
    assert photos <= {path.name for path in mine.photos()} and all(read_photo(path).size for path in mine.photos()[-2:])
    wrong = [file for file, label in labels.items() if stored[file].label != label]
    assert len(wrong) <= 1  # the kill may have come between a label and its telling
    labels |= {file: stored[file].label for file in wrong}
    assert set(stored) <= set(read_points(mine.folder / "faces")) and all(
        face.path.exists() for face in stored.values()
    )
    assert len(mine.labelled()) == sum(face.label != "" for face in stored.values())
