"""Packs for computers without internet: what goes in, what makes one whole, and what an installation takes from it."""

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from unittest.mock import Mock

import pytest

from setup import environment, packed, packing, tools
from setup.sentences import Stop

ROOT = Path(__file__).resolve().parents[1]
KIT = {
    "start.py": "start",
    "requirements.lock": "a==1 --hash=sha256:{}",
    "facelab/__init__.py": "",
    "data/faces/a.jpg": "a",
}


@pytest.fixture
def kit(tmp_path, monkeypatch):
    """Return a small kit of its own, from which packs are made with wheels that come from nowhere."""
    kit = tmp_path / "kit"
    wheel = b"a wheel"
    hashed = packed.hashlib.sha256(wheel).hexdigest()
    for name, text in KIT.items():
        (kit / name).parent.mkdir(parents=True, exist_ok=True)
        (kit / name).write_text(text.format(hashed), encoding="utf-8")
    lock = kit / "requirements.lock"
    changes = {"PROJECT": kit, "TOOLS": kit / ".venv.tools", "LESSON_LOCKS": (lock,)}
    for name, value in changes.items():
        monkeypatch.setattr(packing, name, value)

    def fetch(packages, work, python=b"a Python"):
        target = packages / packed.name_kind("3.12")
        target.mkdir(exist_ok=True)
        (target / "a-1.whl").write_bytes(wheel)
        (target / "uv-0.whl").write_bytes(b"uv")
        (work / "python.tar.gz").write_bytes(python)
        return target, work / "python.tar.gz"

    monkeypatch.setattr(packing, "fetch_packages", fetch)
    monkeypatch.setattr(packing, "list_kit", lambda project: sorted(KIT))
    return kit


def read_all(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# What goes in


def test_without_git_the_kit_is_what_git_knows():
    def ask_git(*options):
        answer = subprocess.run(["git", "ls-files", "-z", *options], cwd=ROOT, capture_output=True)
        return {name for name in answer.stdout.decode("utf-8").split("\0") if (ROOT / name).is_file()}

    known, new = ask_git(), ask_git("--others", "--exclude-standard")
    if not known:
        pytest.skip("this copy of the kit is not under git")
    walked = {name for name in packing.walk_kit(ROOT) if (ROOT / name).is_file()}
    assert known - walked == set()
    assert walked - known - new == set()


def test_without_git_what_lies_around_stays_behind(kit, monkeypatch):
    monkeypatch.undo()
    for name, text in {
        "data/SHA256SUMS": "0  faces/a.jpg\n",
        ".gitignore": "*.pyc\n.ipynb_checkpoints/\ntests/shots/\n",
    }.items():
        (kit / name).write_text(text, encoding="utf-8")
    strangers = ["data/mine/photos/me.jpg", "data/mine2/me.jpg", "data/pupils/Kim/me.jpg", "data/faces/me.jpg"]
    strangers += ["notebooks/ko/.ipynb_checkpoints/01.ipynb", "facelab/__init__.pyc", "hand-ins/Kim.html", ".venv/a"]
    strangers += ["me.jpg", "tests/shots/me.png"]
    for name in strangers:
        (kit / name).parent.mkdir(parents=True, exist_ok=True)
        (kit / name).touch()
    monkeypatch.setattr(packing, "ask", lambda *_: "")
    assert packing.list_kit(kit) == sorted([*KIT, "data/SHA256SUMS", ".gitignore"])


def test_a_lesson_that_still_holds_results_stops_the_pack(kit, monkeypatch):
    monkeypatch.undo()
    monkeypatch.setattr(packing, "ask", lambda *_: "a.ipynb\0")
    (kit / "a.ipynb").write_text('{"outputs": [{"output_type": "display_data"}]}', encoding="utf-8")
    with pytest.raises(Stop, match="used_lesson"):
        packing.list_kit(kit)


# Whole or none


def test_a_pack_is_the_kit_with_packages_and_the_checksums_of_all(kit, tmp_path, capsys):
    folder = tmp_path / "USB 표정"
    assert packing.pack([str(folder)]) == 0
    sums = packed.read_sums(folder)
    assert {name: packed.digest(folder / name) for name in sums} == sums
    kind = f"packages/{packed.name_kind('3.12')}/"
    assert set(sums) == {*KIT, kind + "a-1.whl", kind + "uv-0.whl", kind + packed.PYTHON}
    assert set(read_all(folder)) == {*sums, packed.SUMS, "packages/facelab.txt"}
    assert "(0 MB)" in capsys.readouterr().out
    assert list((kit / ".venv.tools").iterdir()) == []
    assert packed.find_packed(folder, folder / "requirements.lock") == folder / kind


def test_a_kill_at_any_file_leaves_no_pack_and_the_next_try_makes_it_whole(kit, tmp_path, monkeypatch):
    whole = tmp_path / "whole"
    packing.pack([str(whole)])
    copy = shutil.copyfile
    for survivors in range(len(KIT) + 1):
        for earlier in (False, True):
            folder = tmp_path / f"killed {survivors} {earlier}"
            if earlier:
                shutil.copytree(whole, folder)
            copied = []

            def copy_some(source, target, copied=copied, survivors=survivors):
                if len(copied) == survivors:
                    raise KeyboardInterrupt
                copied.append(target)
                return copy(source, target)

            with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
                patch.setattr(shutil, "copyfile", copy_some)
                packing.pack([str(folder)])
            assert not (folder / "start.py").exists(), survivors
            packing.pack([str(folder)])
            left = read_all(folder)
            left.pop(f"packages/{packed.name_kind('3.12')}/part", None)
            assert left == read_all(whole)


def test_a_new_pack_takes_the_place_of_an_old_one_but_not_of_a_pupils_work(kit, tmp_path):
    folder = tmp_path / "pack"
    packing.pack([str(folder)])
    (folder / "data" / "mine").mkdir()
    (folder / "data" / "mine" / "photo.jpg").write_text("a pupil's", encoding="utf-8")
    old = folder / "packages" / "Other-x-3.11" / "old.whl"
    old.parent.mkdir()
    old.touch()
    with (folder / packed.SUMS).open("a", encoding="utf-8") as sums:
        sums.write("0  facelab/gone.py\n")
    (folder / "facelab" / "gone.py").touch()
    packing.pack([str(folder)])
    assert not old.exists() and not (folder / "facelab" / "gone.py").exists()
    assert (folder / "data" / "mine" / "photo.jpg").exists()


def test_without_a_network_an_earlier_pack_stays_whole(kit, tmp_path, monkeypatch):
    folder = tmp_path / "pack"
    packing.pack([str(folder)])
    before = read_all(folder)
    monkeypatch.setattr(packing, "fetch_packages", Mock(side_effect=Stop("no_network")))
    with pytest.raises(Stop, match="no_network"):
        packing.pack([str(folder)])
    assert read_all(folder) == before


def test_a_folder_with_other_things_or_too_little_room_is_left_alone(kit, tmp_path, monkeypatch):
    other = tmp_path / "other"
    other.mkdir()
    (other / "README.md").write_text("mine", encoding="utf-8")
    for folder in (other, kit, kit.parent, kit / "usb"):
        with pytest.raises(Stop, match="folder_taken"):
            packing.pack([str(folder)])
    assert read_all(other) == {"README.md": b"mine"}
    with monkeypatch.context() as patch, pytest.raises(Stop, match="no_space_to_pack"):
        patch.setattr(packing, "PACK_GIGABYTES", 10**9)
        packing.pack([str(tmp_path / "full")])
    assert packing.pack([str(tmp_path / "full")]) == 0  # now that there is room


# Installing from it


def test_a_pack_counts_only_for_its_lock_and_its_kind_of_computer_and_undamaged(kit, tmp_path, monkeypatch):
    folder = tmp_path / "pack"
    packing.pack([str(folder)])
    lock = folder / "requirements.lock"
    assert packed.find_packed(kit, kit / "requirements.lock") is None  # the kit itself is no pack
    with monkeypatch.context() as patch:
        patch.setattr(packed.platform, "machine", lambda: "other")
        assert packed.find_packed(folder, lock) is None
    wheel = folder / "packages" / packed.name_kind("3.12") / "a-1.whl"
    for harm in (lambda: wheel.write_bytes(b"damaged"), wheel.unlink):
        harm()
        with pytest.raises(Stop) as stop:
            packed.find_packed(folder, lock)
        assert stop.value.args == ("damaged_pack", wheel.relative_to(folder).as_posix())
    lock.write_text("renewed", encoding="utf-8")
    assert packed.find_packed(folder, lock) is None


@pytest.fixture
def packages(tmp_path):
    """Return a folder of packages whose uv tells what it is asked with, and what it may use."""
    folder = tmp_path / "표정 찾기, a" / packed.name_kind("3.12")
    folder.mkdir(parents=True)
    with zipfile.ZipFile(folder / "uv-0.whl", "w") as wheel:
        wheel.writestr("uv-0.data/scripts/uv", '#!/bin/sh\necho "$@" "$UV_OFFLINE" "$UV_FIND_LINKS"\n')
        wheel.writestr("uv-0.data/scripts/uvx", "")
    return folder


@pytest.mark.skipif(os.name == "nt", reason="the uv of this test is a script of a Unix shell")
def test_uv_comes_out_of_the_pack_and_is_told_to_use_nothing_else(packages, tmp_path, monkeypatch):
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://school/simple")
    uv, settings, python = packed.unpack(packages, tmp_path / "tools")
    assert tools.ask([*uv, "hello"], settings) == f"hello 1 {packages.as_uri()}\n"
    assert " " not in packages.as_uri() and "," not in packages.as_uri()
    assert python.startswith("python find cpython@3.12")  # the one that this uv has found
    (Path(uv[0])).write_text("#!/bin/sh\nexit 2\n", encoding="utf-8")
    monkeypatch.setattr(packed.zipfile.ZipFile, "extract", lambda *_: uv[0])
    with pytest.raises(Stop) as stop:
        packed.unpack(packages, tmp_path / "tools")
    assert stop.value.args == ("no_python_for_pack", "3.12")


def test_a_python_comes_out_of_the_pack_whole_or_again(packages, tmp_path):
    name = "python.exe" if os.name == "nt" else "bin/python3"
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("a Python", encoding="utf-8")
    with tarfile.open(packages / packed.PYTHON, "w:gz") as archive:
        archive.add(tmp_path / name, name)
    half = tmp_path / "tools" / "python.new" / "half"
    half.mkdir(parents=True)
    python = Path(packed.unpack(packages, tmp_path / "tools")[2])
    assert python.read_text(encoding="utf-8") == "a Python" and tmp_path / "tools" in python.parents
    assert not half.exists() and not list((tmp_path / "tools" / "python").glob("half"))


@pytest.mark.thorough
@pytest.mark.slow
def test_a_pack_installs_without_a_network_and_leaves_nothing_elsewhere(tmp_path):
    """With the network once, to make it; then in an empty home, where every address leads nowhere."""
    made = subprocess.run([sys.executable, "start.py", "pack", str(tmp_path / "pack")], cwd=ROOT, capture_output=True)
    assert made.returncode == 0, made.stdout.decode("utf-8")
    home = tmp_path / "home"
    home.mkdir()
    nowhere = "http://127.0.0.1:9"
    settings = {"HOME": str(home), "USERPROFILE": str(home), "PYTHONUTF8": "1", "PATH": os.environ["PATH"]}
    settings |= dict.fromkeys(("http_proxy", "https_proxy", "all_proxy", "UV_DEFAULT_INDEX"), nowhere)
    settings |= {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "TMP") if name in os.environ}
    code = "from setup import environment; environment.prepare(environment.LESSON_LOCKS)"
    command = [sys.executable, "-c", code]
    answer = subprocess.run(command, cwd=tmp_path / "pack", env=settings, capture_output=True)
    assert answer.returncode == 0, answer.stdout.decode("utf-8") + answer.stderr.decode("utf-8")
    assert environment.works(tmp_path / "pack" / ".venv")
    assert [path for path in home.rglob("*") if path.is_file()] == []
