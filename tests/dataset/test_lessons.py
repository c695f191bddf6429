"""The pupil's copies of the lessons: laid out, kept once begun, and beside them what is newer."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from facelab.dataset.lessons import LAID, begun_lessons, lay_lessons, used_lessons

ROOT = Path(__file__).resolve().parents[2]


def write_lesson(path, *sources, **others):
    path.parent.mkdir(parents=True, exist_ok=True)
    cells = [{"cell_type": "code", "source": [source], "outputs": [], "execution_count": None} for source in sources]
    path.write_text(json.dumps({"cells": cells, "metadata": {}, **others}), encoding="utf-8")


@pytest.fixture
def kit(tmp_path):
    """The kit's notebooks: one lesson in two languages."""
    for language in ("ko", "en"):
        write_lesson(tmp_path / "kit" / language / "01_terms.ipynb", "answer = ...")
    return tmp_path / "kit"


def test_a_pupil_works_on_copies_and_the_kits_lessons_stay_as_they_are(kit, tmp_path):
    before = {path: path.read_bytes() for path in kit.rglob("*.ipynb")}
    assert lay_lessons(tmp_path / "김", "ko", kit) == []
    copy = tmp_path / "김" / "lessons" / "ko" / "01_terms.ipynb"
    assert copy.read_bytes() == before[kit / "ko" / "01_terms.ipynb"]
    assert not (tmp_path / "김" / "lessons" / "en").exists()
    assert begun_lessons(tmp_path / "김") == []
    write_lesson(copy, "answer = 3")
    assert begun_lessons(tmp_path / "김") == [copy]
    work = copy.read_bytes()
    for _ in range(2):
        assert lay_lessons(tmp_path / "김", "ko", kit) == []
    assert copy.read_bytes() == work
    assert {path: path.read_bytes() for path in kit.rglob("*.ipynb")} == before


def test_a_newer_lesson_replaces_an_untouched_copy_and_lies_beside_one_that_was_begun(kit, tmp_path):
    for pupil in ("new", "busy"):
        lay_lessons(tmp_path / pupil, "ko", kit)
    untouched, begun = (tmp_path / pupil / "lessons" / "ko" / "01_terms.ipynb" for pupil in ("new", "busy"))
    write_lesson(untouched, "answer = ...", nbformat=4)  # as JupyterLab saves it
    write_lesson(begun, "answer = 3")
    work = begun.read_bytes()
    write_lesson(kit / "ko" / "01_terms.ipynb", "answer = ...", "a new cell")
    newer = (kit / "ko" / "01_terms.ipynb").read_bytes()
    assert lay_lessons(tmp_path / "new", "ko", kit) == []
    assert untouched.read_bytes() == newer
    [sentence] = lay_lessons(tmp_path / "busy", "ko", kit)
    assert "01_terms (2).ipynb" in sentence
    assert begun.read_bytes() == work
    assert begun.with_name("01_terms (2).ipynb").read_bytes() == newer
    assert lay_lessons(tmp_path / "busy", "ko", kit) == []  # once is enough
    assert begun_lessons(tmp_path / "busy") == [begun]


def test_what_cannot_be_read_is_kept_and_what_is_lost_comes_again(kit, tmp_path):
    lay_lessons(tmp_path, "ko", kit)
    folder = tmp_path / "lessons" / "ko"
    copy = folder / "01_terms.ipynb"
    for content in (b"", None):
        copy.unlink() if content is None else copy.write_bytes(content)
        assert lay_lessons(tmp_path, "ko", kit) == []
        assert copy.read_bytes() == (kit / "ko" / "01_terms.ipynb").read_bytes()
    copy.write_bytes(b'{"cells": [{"cell_t')
    (folder / LAID).write_bytes(b"no list")
    assert len(lay_lessons(tmp_path, "ko", kit)) == 1
    assert copy.read_bytes() == b'{"cells": [{"cell_t'


def test_an_opening_that_is_killed_spoils_no_lesson(kit, tmp_path):
    """The kit of before wrote the lessons in place: a kill left them empty."""
    code = "import sys, pathlib; from facelab.dataset.lessons import lay_lessons\n"
    code += "while True: lay_lessons(sys.argv[1], 'ko', pathlib.Path(sys.argv[2])); print(flush=True)"
    for number in range(2, 9):
        write_lesson(kit / "ko" / f"0{number}.ipynb", "x" * 200_000)
    command = [sys.executable, "-c", code, str(tmp_path / "mine"), str(kit)]
    begun = tmp_path / "mine" / "lessons" / "ko" / "01_terms.ipynb"
    for round_ in range(12):
        write_lesson(begun, "answer = 3")
        for number in range(2, 9):
            write_lesson(kit / "ko" / f"0{number}.ipynb", f"{round_}" + "x" * 200_000)  # so that there is much to write
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
            if round_ % 2:
                process.stdout.readline()
            else:
                while process.poll() is None and not (begun.parent / LAID).exists():
                    time.sleep(0.01)
                time.sleep(0.002 * round_)
            os.kill(process.pid, getattr(signal, "SIGKILL", signal.SIGTERM))
        assert json.loads(begun.read_text(encoding="utf-8"))["cells"][0]["source"] == ["answer = 3"]
        for path in begun.parent.glob("0*.ipynb"):
            assert json.loads(path.read_text(encoding="utf-8"))["cells"]


def test_what_an_earlier_kit_had_shown_in_its_own_lessons_reaches_no_copy(kit, tmp_path):
    lesson = kit / "ko" / "01_terms.ipynb"
    assert used_lessons(kit) == []
    notebook = json.loads(lesson.read_text(encoding="utf-8"))
    notebook["cells"][0].update(outputs=[{"output_type": "display_data", "data": {"image/png": "a face"}}])
    lesson.write_text(json.dumps(notebook), encoding="utf-8")
    assert used_lessons(kit) == [lesson]
    for _ in range(2):
        assert lay_lessons(tmp_path / "김", "ko", kit) == []
    copy = tmp_path / "김" / "lessons" / "ko" / "01_terms.ipynb"
    assert b"a face" not in copy.read_bytes() and begun_lessons(tmp_path / "김") == []
    assert json.loads(copy.read_bytes())["cells"][0]["source"] == ["answer = ..."]
