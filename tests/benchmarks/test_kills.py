"""Kills spread over every writer of the pupil's folder: nothing that was told as done is lost, nothing is broken."""

import json
import os
import random
import signal
import time
import zipfile
from collections import Counter

import cv2
import pytest

from facelab.answers.kept import keep_answer, load_answers
from facelab.dataset.labelled import load_sample
from facelab.dataset.lessons import lay_lessons
from facelab.dataset.merging import merge, undo_merge
from facelab.dataset.mine import MyData
from facelab.dataset.points import read_points
from facelab.faces.detection import Detection, Face
from facelab.faces.photo import encode_jpeg, read_photo
from facelab.model.prediction import ready_model
from facelab.model.saving import load_model, save_model

KILLS = int(os.environ.get("FACELAB_KILLS", 500))


def work(folder, friend, told, start, rounds=10**6):
    """Do every kind of writing in turn, and tell each that is done through a pipe."""
    os.environ["FACELAB_MINE"] = str(folder / "mine")
    mine, sample = MyData(), load_sample()
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
        keep_answer(f"0{1 + number % 6}.1", answer=str(number), result="right")
        os.write(told, f"answer\t{number}\n".encode())
        save_model(ready_model(), mine.model_path)
        os.write(told, b"model\t\n")
        lay_lessons(mine.folder, "ko")
        min(mine.folder.glob("lessons/ko/*.ipynb")).unlink()  # so that the next opening lays one out again
        os.write(told, b"lesson\t\n")
        for what in ("photos", "to_label", "points"):
            mine.export(folder / f"{what}.zip", what=what)
            os.write(told, f"export\t{what}\n".encode())
        undo_merge(mine, merge(mine, friend))
        os.write(told, b"merge\t\n")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="each kill begins with a fork, or 500 would take half an hour")
def test_no_kill_loses_or_breaks_anything(tmp_path):
    load_sample().take(joy=2, anger=2, seed=3).save(tmp_path / "friend")
    cv2.setNumThreads(0)  # threads do not live on in a fork
    with open(os.devnull, "wb") as nowhere:  # what is loaded late is loaded before the first fork
        work(tmp_path / "warm", tmp_path / "friend", nowhere.fileno(), 0, rounds=1)
    check(MyData(tmp_path / "warm" / "mine"), set(), {})
    moments, photos, labels, done = random.Random(2026), set(), {}, Counter()
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
            time.sleep(moments.uniform(0, 0.8))  # one round of all writers takes 0.7 s on a quiet computer
            os.kill(worker, signal.SIGKILL)
            assert os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1]) == -signal.SIGKILL
            words = [line.rstrip("\n").split("\t") for line in lines]
        done.update(kind for kind, _ in words)
        photos |= {name for kind, name in words if kind == "photo"}
        labels |= {name: kind for kind, name in words if kind in ("joy", "anger")}
        check(MyData(tmp_path / "mine"), photos, labels)
        if number % 50 == 49:
            print(f"{number + 1} kills, steps told: {dict(done)}", flush=True)
        for path in tmp_path.glob("*.zip"):
            with zipfile.ZipFile(path) as archive:
                assert archive.testzip() is None
    assert done.total() > KILLS / 4 and min(done.values()) > KILLS / 50 and len(done) == 8


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
    assert all(row["answer"] for row in load_answers().values())
    if mine.model_path.exists():
        assert len(load_model(mine.model_path).classes_) == 5
    for lesson in mine.folder.glob("lessons/ko/*.ipynb"):
        assert json.loads(lesson.read_bytes())["cells"]
