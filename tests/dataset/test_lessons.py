"""The pupil's copies of the lessons: laid out, kept once begun, and beside them what is newer."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import unquote

import pytest

from facelab.dataset.lessons import LAID, NOTEBOOKS, begun_lessons, lay_lessons, name_copy, used_lessons
from facelab.dataset.names import portable_name

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
    assert "“01_terms (2)”" in sentence
    assert begun.read_bytes() == work
    assert begun.with_name("01_terms (2).ipynb").read_bytes() == newer
    assert lay_lessons(tmp_path / "busy", "ko", kit) == []  # once is enough
    assert begun_lessons(tmp_path / "busy") == [begun]


LINK = "Go on: [2. 평가: 믿을까?](02_evaluation.ipynb)"


@pytest.fixture
def old(kit, tmp_path):
    """A pupil's folder as a kit before laid it out, one lesson begun; and the kit, which has titles since."""
    write_lesson(kit / "ko" / "02_evaluation.ipynb", "answer = ...")
    lay_lessons(tmp_path, "ko", kit)
    folder = tmp_path / "lessons" / "ko"
    write_lesson(folder / "01_terms.ipynb", "answer = 3", LINK)
    os.utime(folder / "01_terms.ipynb", (3600, 3600))
    write_lesson(kit / "ko" / "01_terms.ipynb", "# 1. 모델과 학습", LINK)
    write_lesson(kit / "ko" / "02_evaluation.ipynb", "# 2. 평가: 믿을까?")
    return folder


def read_names(folder):
    return sorted(path.name for path in folder.glob("*.ipynb"))


def test_copies_are_named_by_the_lessons_titles_and_links_lead_to_them(old, kit, tmp_path):
    assert name_copy("01_terms.ipynb", b"no notebook") == "01_terms.ipynb"
    assert lay_lessons(tmp_path / "김", "ko", kit) == []
    folder = tmp_path / "김" / "lessons" / "ko"
    assert read_names(folder) == ["1 모델과 학습.ipynb", "2 평가 - 믿을까.ipynb"]
    [_, link] = json.loads((folder / "1 모델과 학습.ipynb").read_text(encoding="utf-8"))["cells"]
    [[address]] = [re.findall(r"\]\((.*)\)", line) for line in link["source"]]
    assert address.isascii() and unquote(address) == "2 평가 - 믿을까.ipynb"
    assert begun_lessons(tmp_path / "김") == []


def test_the_kits_own_titles_make_names_that_every_computer_takes():
    for language in ("ko", "en"):
        names = [name_copy(path.name, path.read_bytes()) for path in sorted((NOTEBOOKS / language).glob("*.ipynb"))]
        assert [name[:2] for name in names] == ["1 ", "2 ", "3 ", "4 ", "5 ", "6 "]
        assert [name for name in names if portable_name(name) != name or len(name) > 60] == []


def test_work_under_a_name_of_before_is_found_under_the_title(old, kit, tmp_path):
    [sentence] = lay_lessons(tmp_path, "ko", kit)
    assert "“1 모델과 학습 (2)”" in sentence
    assert read_names(old) == ["1 모델과 학습 (2).ipynb", "1 모델과 학습.ipynb", "2 평가 - 믿을까.ipynb"]
    [begun] = begun_lessons(tmp_path)
    assert begun.name == "1 모델과 학습.ipynb" and begun.stat().st_mtime == 3600
    [work, link] = [cell["source"] for cell in json.loads(begun.read_text(encoding="utf-8"))["cells"]]
    assert work == ["answer = 3"] and (old / unquote(link[0][link[0].index("](") + 2 : -1])).exists()
    before = {path: path.read_bytes() for path in old.iterdir()}
    assert lay_lessons(tmp_path, "ko", kit) == []
    assert {path: path.read_bytes() for path in old.iterdir()} == before


def test_no_work_is_lost_where_a_lesson_lies_under_both_names_or_its_title_changes(old, kit, tmp_path):
    write_lesson(old / "1 모델과 학습.ipynb", "answer = 5")
    write_lesson(old / "01_terms (2).ipynb", "answer = 7")
    lay_lessons(tmp_path, "ko", kit)
    write_lesson(kit / "ko" / "01_terms.ipynb", "# 1. 모델", LINK)
    write_lesson(kit / "ko" / "02_evaluation.ipynb", "# 2. 평가")
    lay_lessons(tmp_path, "ko", kit)
    kept = "".join(path.read_text(encoding="utf-8") for path in old.glob("1 모델*.ipynb"))
    assert all(f"answer = {number}" in kept for number in (3, 5, 7))
    assert "1 모델.ipynb" in read_names(old) and "1 모델과 학습.ipynb" not in read_names(old)
    begun = "".join(path.read_text(encoding="utf-8") for path in begun_lessons(tmp_path))
    assert {unquote(link) for link in re.findall(r"\]\((.*?)\)", begun)} == {"2 평가.ipynb"}


def test_a_renaming_that_is_cut_short_makes_no_copy_look_begun(old, kit, tmp_path, monkeypatch):
    def cut(path, new):
        renamed.append(rename(path, new))
        if len(renamed) == 2:
            raise KeyboardInterrupt

    renamed, rename = [], Path.rename
    monkeypatch.setattr(Path, "rename", cut)
    with pytest.raises(KeyboardInterrupt):
        lay_lessons(tmp_path, "ko", kit)
    monkeypatch.undo()
    assert len(lay_lessons(tmp_path, "ko", kit)) == 1
    assert [path.name for path in begun_lessons(tmp_path)] == ["1 모델과 학습.ipynb"]
    assert "2 평가 믿을까 (2).ipynb" not in read_names(old)


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
