"""How long the six lessons of one edition run, each in a fresh kernel as a pupil's would be."""

import time
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

import facelab

NOTEBOOKS = Path(facelab.__file__).parents[1] / "notebooks"


def run_lesson(path):
    start = time.perf_counter()
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(path.parent)}}).execute()
    return time.perf_counter() - start


@pytest.mark.parametrize("edition", ["ko", "en", "answers/ko", "answers/en"])
def test_the_lessons_of_an_edition(benchmark, edition, tmp_path, monkeypatch):
    monkeypatch.setenv("FACELAB_MINE", str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(NOTEBOOKS.parent))
    lessons = sorted((NOTEBOOKS / edition).glob("*.ipynb"))
    seconds = benchmark.pedantic(lambda: {path.stem: run_lesson(path) for path in lessons}, rounds=1)
    benchmark.extra_info |= seconds
    assert len(seconds) == 6 and sum(seconds.values()) < 90
