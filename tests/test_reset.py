"""What a reset between two classes deletes, what it asks before, and what it leaves."""

import contextlib
import json
import os
import socket
import zipfile
from pathlib import Path

import pytest

from facelab.dataset.traces import EXPORTS
from setup import reset
from setup.sentences import Stop

PUPILS = {
    "data/mine": ["photos/a.jpg", "photos/b.png", "faces/faces.csv", "lessons/ko/01_terms.ipynb"],
    "data/mine-old": ["model.skops"],
    "data/pupils/김하늘": ["photos/나.jpg", ".jupyter/workspaces/ko.json", "exercises.csv"],
}
KIT = ["data/faces/p000_joy_0.jpg", "notebooks/ko/01_terms.ipynb"]
TRACES = ["notebooks/ko/.ipynb_checkpoints/01_terms.ipynb", ".venv/jupyter/copy.ipynb"]


@pytest.fixture
def kit(tmp_path, monkeypatch):
    """Return a kit that three pupils have worked with, in the home of somebody who exported nothing."""
    kit, home = tmp_path / "kit", tmp_path / "home"
    names = [f"{folder}/{name}" for folder, files in PUPILS.items() for name in files]
    for name in [*names, *KIT, *TRACES]:
        (kit / name).parent.mkdir(parents=True, exist_ok=True)
        (kit / name).write_text(name, encoding="utf-8")
    home.mkdir()
    for name, value in {"PROJECT": kit, "ENVIRONMENT": kit / ".venv"}.items():
        monkeypatch.setattr(reset, name, value)
    monkeypatch.setattr(Path, "home", lambda: home)
    monkeypatch.delenv("FACELAB_MINE", raising=False)
    monkeypatch.setattr(reset.tempfile, "gettempdir", lambda: str(tmp_path))
    return kit


def list_files(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def answer(monkeypatch, text):
    monkeypatch.setattr("sys.stdin", type("Terminal", (), {"isatty": lambda self: True})())
    monkeypatch.setattr("builtins.input", lambda _: text)


def test_after_a_yes_nothing_of_any_pupil_is_left_and_the_kit_is_whole(kit, monkeypatch, capsys):
    answer(monkeypatch, "y")
    assert reset.reset([]) == 0
    assert list_files(kit) == sorted(KIT)
    said = capsys.readouterr().out
    shown = [f"{Path(name)}  ({photos} 장" for name, photos in zip(PUPILS, (2, 0, 1), strict=True)]
    assert [line for line in shown if line not in said] == []
    assert "found nothing left" in said


def test_without_a_yes_all_stays(kit, monkeypatch):
    before = list_files(kit)
    for text in ("", "n", "yes please", "삭제"):
        answer(monkeypatch, text)
        with pytest.raises(Stop, match="reset_not"):
            reset.reset([])
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(Stop, match="reset_unasked"):
        reset.reset([])
    assert list_files(kit) == before
    assert reset.reset(["--yes"]) == 0
    assert reset.reset([]) == 0  # nobody is asked where nothing is
    assert list_files(kit) == sorted(KIT)


def test_an_export_holds_all_of_each_pupil_and_overwrites_nothing(kit, tmp_path):
    target = tmp_path / "kept"
    target.mkdir()
    (target / "mine.zip").write_text("of last week", encoding="utf-8")
    assert reset.reset(["--yes", "--export", str(target)]) == 0
    assert (target / "mine.zip").read_text(encoding="utf-8") == "of last week"
    zips = {"data/mine": "mine (2).zip", "data/mine-old": "mine-old.zip", "data/pupils/김하늘": "김하늘.zip"}
    for folder, name in zips.items():
        with zipfile.ZipFile(target / name) as archive:
            names = [each.filename for each in archive.infolist() if not each.is_dir()]
            assert sorted(names) == sorted(PUPILS[folder])
    assert list_files(kit) == sorted(KIT)


def test_if_the_export_fails_nothing_is_deleted(kit, tmp_path, monkeypatch, full_disk):
    before = list_files(kit)
    with pytest.raises(Stop, match="export_inside"):
        reset.reset(["--yes", "--export", str(kit / "data" / "mine" / "kept")])
    monkeypatch.setattr(reset.shutil, "make_archive", full_disk)
    with pytest.raises(OSError, match="No space"):
        reset.reset(["--yes", "--export", str(tmp_path / "kept")])
    assert list_files(kit) == before


def test_while_lessons_are_open_nothing_is_deleted(kit, tmp_path):
    before = list_files(kit)
    runtime = tmp_path / "facelab-abc"
    runtime.mkdir()
    with contextlib.closing(socket.create_server(("localhost", 0))) as server:
        note = {"port": server.getsockname()[1], "root_dir": str(kit / "data" / "mine")}
        (runtime / "jpserver-1.json").write_text(json.dumps(note), encoding="utf-8")
        (runtime / "jpserver-2.json").write_text("broken", encoding="utf-8")
        with pytest.raises(Stop, match="lessons_open"):
            reset.reset(["--yes"])
    assert list_files(kit) == before
    assert reset.reset(["--yes"]) == 0  # a server that was killed leaves its note


def test_what_is_left_is_named(kit, monkeypatch, capsys):
    export = Path.home() / "Downloads" / "my-facelab-1.zip"
    export.parent.mkdir()
    export.touch()
    ended = kit / "data" / "class-2026-03-02-101500"  # the exports of a class on a server that was ended
    ended.mkdir(parents=True)
    assert reset.reset(["--yes"]) == 0  # what was exported on purpose is no failure
    said = capsys.readouterr().out
    assert str(export) in said and export.exists() and str(ended) in said and ended.exists()
    photo = kit / "data" / "mine" / "photos" / "open.jpg"
    photo.parent.mkdir(parents=True)
    photo.touch()
    monkeypatch.setattr(reset.shutil, "rmtree", lambda *_, **__: None)  # as on Windows, where a file is open
    assert reset.reset(["--yes"]) == 1
    assert str(kit / "data" / "mine") in capsys.readouterr().out


def test_the_pupils_of_a_class_server_or_elsewhere_are_left_and_named(kit, tmp_path, monkeypatch, capsys):
    places = [kit / "data" / "class", tmp_path / "school"]
    for place in places:
        (place / "homes").mkdir(parents=True)
    monkeypatch.setenv("FACELAB_MINE", str(tmp_path / "school"))
    assert reset.reset(["--yes"]) == 1
    said = capsys.readouterr().out
    assert [place for place in places if str(place) not in said or not place.exists()] == []


def test_a_link_is_no_way_out_of_the_kit(kit, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "photo.jpg").touch()
    with contextlib.suppress(OSError):  # not every account on Windows may make one
        os.symlink(tmp_path / "elsewhere", kit / "data" / "mine-link")
        assert reset.reset(["--yes"]) == 1
        assert (tmp_path / "elsewhere" / "photo.jpg").exists()


def test_exports_have_the_names_that_the_lessons_give_them():
    assert reset.EXPORTS == EXPORTS
