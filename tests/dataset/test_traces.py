"""What is left of a pupil beside photos and labels: found, deleted, and told if it stays."""

import json
from pathlib import Path

import pytest

from facelab.dataset import traces
from facelab.dataset.lessons import lay_lessons


@pytest.fixture
def worked(tmp_path, monkeypatch):
    """A folder in which a pupil has worked, and a home with nothing in it."""
    monkeypatch.setattr(traces.Path, "home", lambda: tmp_path / "home")
    monkeypatch.setattr(traces.sys, "prefix", str(tmp_path / "environment"))
    folder = tmp_path / "mine"
    lay_lessons(folder, "ko")
    lesson = min(folder.glob("lessons/ko/*.ipynb"))
    notebook = json.loads(lesson.read_text(encoding="utf-8"))
    notebook["cells"][0]["source"] = "my answer"
    lesson.write_text(json.dumps(notebook), encoding="utf-8")
    made = [lesson, folder / "lessons" / "ko" / "chart.png"]
    made.append(folder / "lessons" / "ko" / ".ipynb_checkpoints" / "01_terms-checkpoint.ipynb")
    made += [folder / ".jupyter" / name for name in ("workspaces/ko", "data/nbsignatures.db", "ipython/history.sqlite")]
    made.append(tmp_path / "environment" / "jupyter" / "ipython" / "history.sqlite")  # of an earlier kit
    for path in made[1:]:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("my answer", encoding="utf-8")
    settings = folder / ".jupyter" / "settings" / "large-type"
    settings.parent.mkdir()
    settings.touch()
    return folder, made


def test_all_traces_are_found_and_deleted_and_fresh_lessons_lie_there(worked):
    folder, made = worked
    assert set(traces.find_traces(folder)) == set(made)
    assert traces.delete_traces(folder) == traces.find_traces(folder) == []
    assert [path for path in folder.parent.rglob("*") if path.is_file() and b"my answer" in path.read_bytes()] == []
    lay_lessons(folder.parent / "new", "ko")
    assert made[0].read_bytes() == (folder.parent / "new" / "lessons" / "ko" / made[0].name).read_bytes()
    assert (folder / ".jupyter" / "settings" / "large-type").exists()  # nothing of the pupil's work


def test_exports_are_told_and_never_deleted(worked, tmp_path):
    folder, _ = worked
    exports = [folder / "lessons" / "ko" / "my-facelab-1.zip", tmp_path / "home" / "Downloads" / "to-label-2.zip"]
    for path in exports:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"photos")
    assert traces.delete_traces(folder) == sorted(exports)
    assert all(path.exists() for path in exports)


def test_what_cannot_be_deleted_is_told(worked, monkeypatch):
    folder, made = worked
    stuck = folder / ".jupyter" / "data" / "nbsignatures.db"
    unlink, remove = Path.unlink, traces.shutil.rmtree

    def refuse(path, *arguments, **named):
        if path == stuck:
            raise PermissionError
        unlink(path, *arguments, **named)

    monkeypatch.setattr(traces.Path, "unlink", refuse)
    monkeypatch.setattr(
        traces.shutil, "rmtree", lambda path, **named: stuck in path.rglob("*") or remove(path, **named)
    )
    assert traces.delete_traces(folder) == [stuck]
