"""Two notebooks at once lose nothing, nobody waits for ever, and where no lock can be had the work goes on."""

import errno
import os
import subprocess
import sys
import threading
import zipfile
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from unittest.mock import Mock

import numpy as np
import pytest

import facelab
from facelab import files
from facelab.answers.kept import keep_answer
from facelab.answers.texts import list_exercises
from facelab.dataset.mine import MyData
from facelab.dataset.points import read_points
from facelab.exercises import progress
from facelab.faces.detection import Detection
from facelab.faces.photo import encode_jpeg
from facelab.files import LOCK, hold_lock

POINTS = np.zeros((1, 478, 3))
NOTEBOOK = """
import os, sys, time
import numpy as np
from facelab.dataset.mine import MyData
from facelab.dataset.points import read_points

mine, points = MyData(), np.zeros((1, 478, 3))

def note(name):
    mine.note_faces([{"file": name, "person": "", "expression": "", "photo": ""}], points)

print("ready", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def faces(mine):
    """Forty faces without a label: their rows and points, which is all that is changed here."""
    rows = [{"file": f"{number}.jpg", "person": "", "expression": "", "photo": ""} for number in range(40)]
    mine.note_faces(rows, np.zeros((40, 478, 3)))
    return mine


@pytest.fixture
def open_notebook(mine):
    """A function that starts another Python on the same data; it runs its code once a line is written to it."""
    running = []

    def start(code):
        running.append(
            subprocess.Popen(
                [sys.executable, "-c", NOTEBOOK + code],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                encoding="utf-8",
                env={**os.environ, "PYTHONPATH": os.curdir, "PYTHONUTF8": "1"},
            )
        )
        return running[-1]

    yield start
    for notebook in running:
        with notebook:
            notebook.kill()


def run_together(notebooks):
    for notebook in notebooks:
        assert notebook.stdout.readline() == "ready\n"
    for notebook in notebooks:
        notebook.stdin.write("\n")
        notebook.stdin.flush()
    assert [notebook.wait(timeout=30) for notebook in notebooks] == [0] * len(notebooks)


def do_together(work, items):
    """Do a piece of work for each item, each in a thread of its own; returns the results."""
    together = threading.Barrier(len(items))

    def begin(item):
        together.wait()
        return work(item)

    with ThreadPoolExecutor(len(items)) as threads:
        return list(threads.map(begin, items))


# Nothing is lost


def test_labels_and_new_faces_at_the_same_time_are_all_kept(faces, open_notebook):
    labelling = open_notebook("for number in range(40): mine.label(f'{number}.jpg', 'joy')")
    extraction = open_notebook("for number in range(40): note(f'new {number}.jpg')")
    run_together([labelling, extraction])
    assert faces.counts() == {"joy": 40, "": 40}
    assert set(read_points(faces.folder / "faces")) == {face.file for face in faces.faces()}


def test_two_who_label_different_faces_keep_all_labels(faces, open_notebook):
    run_together(
        [
            open_notebook(f"for number in range({first}, 40, 2): mine.label(f'{{number}}.jpg', 'joy')")
            for first in (0, 1)
        ]
    )
    assert faces.counts() == {"joy": 40}


def test_threads_keep_all_labels_faces_and_outcomes(faces):
    def work(number):
        for face in range(number, 40, 4):
            faces.label(f"{face}.jpg", "joy")
        faces.note_faces([{"file": f"new {number}.jpg", "person": "", "expression": "", "photo": ""}], POINTS)
        faces.set_outcomes({f"{number}.jpg": "skipped"})

    do_together(work, range(4))
    assert faces.counts() == {"joy": 40, "": 4} and len(faces.outcomes()) == 4


def test_photos_of_the_same_name_are_all_kept(mine):
    photos = [encode_jpeg(np.full((16, 16, 3), 30 * number, np.uint8)) for number in range(8)]
    paths = do_together(lambda photo: mine.add_photo("photo.jpg", photo), photos)
    assert [path.read_bytes() for path in paths] == photos and len(mine.photos()) == 8


def test_photos_of_the_same_name_are_all_kept_by_two_notebooks_even_without_a_lock(mine, open_notebook):
    pytest.importorskip("fcntl")
    code = """
import fcntl
from facelab.faces.photo import encode_jpeg

def refuse(*_):
    raise OSError(37, "No locks available")

fcntl.flock = refuse
for number in range(20):
    mine.add_photo("photo.jpg", encode_jpeg(np.full((16, 16, 3), number + {first}, np.uint8)))
"""
    run_together([open_notebook(code.format(first=first)) for first in (0, 100)])
    assert len({path.read_bytes() for path in mine.photos()}) == 40


def test_exercises_done_in_two_notebooks_are_all_kept(mine, open_notebook):
    names = list(list_exercises())
    code = "from facelab.answers.kept import keep_answer\nfor name in {}: keep_answer(name, result='right')"
    run_together([open_notebook(code.format(names[first::2])) for first in (0, 1)])
    assert progress().done == set(names)


# Deleting while another notebook is open


def test_a_label_for_what_another_notebook_has_deleted_is_told_and_brings_nothing_back(faces, says):
    MyData().delete_everything()
    says("이런 얼굴 파일은 없어요", "There is no face file", lambda: faces.label("1.jpg", "joy"))
    assert not faces.folder.exists()


def test_labels_that_come_while_everything_is_deleted_bring_nothing_back(faces, open_notebook):
    code = """
from facelab.language import Misuse
try:
    while True:
        mine.label("1.jpg", "joy")
except Misuse:
    pass
"""
    notebooks = [open_notebook(code), open_notebook(code), open_notebook("time.sleep(0.1); mine.delete_everything()")]
    run_together(notebooks)
    assert not faces.folder.exists()


def test_a_face_of_a_photo_that_was_deleted_meanwhile_is_not_kept(mine, says):
    photo = mine.add_photo("me.jpg", encode_jpeg(np.zeros((16, 16, 3), np.uint8)))
    mine.delete_everything()
    says("찾을 수 없어요", "was not found", lambda: mine.add_faces(photo, Detection([])), facelab.UnreadablePhoto)
    assert not mine.folder.exists()


def test_the_lock_is_no_part_of_the_work(faces, tmp_path):
    assert (faces.folder / LOCK).exists()
    visible = [path for path in faces.folder.rglob("*") if path.is_file() and path.name[0] != "."]
    assert faces.size() == sum(path.stat().st_size for path in visible)
    with zipfile.ZipFile(faces.export(tmp_path / "all.zip")) as archive:
        assert archive.namelist() == ["facelab.json", "faces/faces.csv", "faces/points.npz", "photos.csv"]
    (faces.folder / "homework.txt").write_text("mine")
    faces.delete_everything()
    assert [path.name for path in faces.folder.iterdir()] == ["homework.txt"]


def test_what_changes_nothing_leaves_no_trace(mine, says):
    says("이런 얼굴 파일은 없어요", "There is no face file", lambda: mine.label("1.jpg", "joy"))
    assert not mine.folder.exists()


# The lock itself


def test_who_waits_too_long_is_told(faces, open_notebook, monkeypatch, says):
    notebook = open_notebook("with mine.lock(): print('held', flush=True); time.sleep(60)")
    assert notebook.stdout.readline() == "ready\n"
    notebook.stdin.write("\n")
    notebook.stdin.flush()
    assert notebook.stdout.readline() == "held\n"
    with monkeypatch.context() as patch:
        patch.setattr(files, "LONGEST_WAIT", 0.1)
        says("다른 창의 수업을 닫아 주세요", "close the lesson in the other", lambda: faces.label("1.jpg", "joy"))
        says("다른 창의 수업을 닫아 주세요", "close the lesson in the other", lambda: keep_answer("03.3", answer="50"))
    notebook.kill()  # the system lets go of the lock
    notebook.wait()
    faces.label("1.jpg", "joy")
    assert faces.counts()["joy"] == 1


def test_a_thread_that_waits_too_long_is_told_too(faces, monkeypatch, says):
    held, done = threading.Event(), threading.Event()

    def hold():
        with faces.lock():
            held.set()
            done.wait(30)

    with ThreadPoolExecutor() as threads:
        threads.submit(hold)
        held.wait(30)
        monkeypatch.setattr(files, "LONGEST_WAIT", 0.1)
        says("다른 창의 수업을 닫아 주세요", "close the lesson in the other", lambda: faces.label("1.jpg", "joy"))
        done.set()
    faces.label("1.jpg", "joy")


def test_a_failure_within_lets_go_of_the_lock(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "LONGEST_WAIT", 0)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), hold_lock(tmp_path / "mine"), hold_lock(tmp_path / "mine"):
            raise ZeroDivisionError
    assert not (tmp_path / "mine").exists()


def test_a_folder_that_cannot_be_locked_can_be_used_all_the_same(mine, tmp_path, monkeypatch, subtests):
    for number in (errno.ENOLCK, errno.EOPNOTSUPP, errno.EINVAL):
        monkeypatch.setattr(pytest.importorskip("fcntl"), "flock", Mock(side_effect=OSError(number, "no lock")))
        with subtests.test(errno.errorcode[number]):
            mine.add_photo("me.jpg", encode_jpeg(np.zeros((16, 16, 3), np.uint8)))
            mine.note_faces([{"file": "1.jpg"}], POINTS)
            mine.label("1.jpg", "joy")
            assert mine.counts() == {"joy": 1} and mine.export(tmp_path / f"{number}.zip").exists()
            mine.delete_everything()
            assert not mine.folder.exists()


def test_where_no_folder_can_be_made_it_is_told(tmp_path, says):
    (tmp_path / "file").write_text("no folder")
    for folder in (tmp_path / "file" / "mine", tmp_path / "file"):
        work = partial(MyData(folder).set_outcomes, {"a": "skipped"})
        says("저장하지 못했어요", "could be saved in", work)


def test_an_exercise_done_again_takes_nothing_away(mine):
    for name in ("03.3", "01.1", "03.3"):
        keep_answer(name, result="right")
    assert progress().done == {"01.1", "03.3"}
