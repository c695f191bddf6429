"""The start command: what it decides, and what becomes of the environment."""

import os
import shutil
import sys
from pathlib import Path

import pytest

import start

ROOT = Path(start.__file__).parent


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return a project folder of its own, with two locks and no environment, that `start` works in."""
    shutil.copytree(ROOT / "setup", tmp_path / "setup")
    for name in ("lessons.lock", "tests.lock"):
        (tmp_path / name).write_text(f"{name} 1\n", encoding="utf-8")
    environment = tmp_path / ".venv"
    changes = {"PROJECT": tmp_path, "ENVIRONMENT": environment, "TOOLS": environment / "tools"}
    changes["STAMP"] = environment / "installed.txt"
    changes["LESSON_LOCKS"] = (tmp_path / "lessons.lock",)
    changes["TEST_LOCKS"] = (tmp_path / "lessons.lock", tmp_path / "tests.lock")
    for name, value in changes.items():
        monkeypatch.setattr(start, name, value)
    return tmp_path


def finish(folder, *locks):
    """Make what a finished set-up leaves behind, as far as `start` looks at it."""
    python = start.python_of(folder / ".venv")
    python.parent.mkdir(parents=True)
    python.touch()
    start.STAMP.write_text("\n".join(map(start.fingerprint, locks)), encoding="utf-8")


def refuse_to_set_up(*_):
    raise AssertionError("set up although everything is there")


# Decisions


@pytest.mark.parametrize("version", [(3, 11, 7), (3, 12, 13)])
def test_a_suitable_python_is_used_as_it_is(version):
    assert start.choose_python(version, "CPython", True, "/my/python") == "/my/python"


@pytest.mark.parametrize(
    ("version", "implementation", "is_64_bit"),
    [
        ((3, 9, 18), "CPython", True),
        ((3, 13, 0), "CPython", True),
        ((4, 0, 0), "CPython", True),
        ((3, 11, 7), "PyPy", True),
        ((3, 11, 7), "CPython", False),
    ],
)
def test_instead_of_an_unsuitable_python_uv_looks_for_another(version, implementation, is_64_bit):
    assert start.choose_python(version, implementation, is_64_bit, "/my/python") == start.ANY_SUITABLE_PYTHON


@pytest.mark.parametrize(
    ("system", "machine", "supported"),
    [
        ("Windows", "AMD64", True),
        ("Darwin", "arm64", True),
        ("Darwin", "x86_64", True),
        ("Linux", "x86_64", True),
        ("Linux", "aarch64", False),
        ("Windows", "ARM64", False),
        ("FreeBSD", "x86_64", False),
    ],
)
def test_computers_without_mediapipe_are_known(system, machine, supported):
    assert start.computer_is_supported(system, machine) is supported


@pytest.mark.parametrize(
    ("answer", "recent"),
    [("uv 0.13.9 (x86_64-unknown-linux-gnu)", True), ("uv 1.0.0", True), ("uv 0.4.30", False), ("", False)],
)
def test_only_a_recent_uv_is_used(answer, recent):
    assert start.uv_is_recent(answer) is recent


@pytest.mark.parametrize(
    ("output", "cause"),
    [
        ("error: Failed to fetch: `https://a/simple/`\n  Caused by: dns error", "no_network"),
        (
            "ERROR: Could not find a version that satisfies the requirement uv==0.13.9 (from versions: none)",
            "no_network",
        ),
        ("error: failed to write to file: No space left on device (os error 28)", "no_space"),
        ("error: Permission denied (os error 13) at path .venv", "not_writable"),
        ("[Errno 30] Read-only file system: '.venv'", "not_writable"),
        ("PermissionError: [WinError 5] Access is denied: 'C:\\\\facelab'", "not_writable"),
        ("error: failed to open file: The system cannot find the path specified. (os error 3)", "path_too_long"),
        ("error: No interpreter found for CPython >=3.11, <3.13 in managed installations or search path", "no_python"),
        ("error: Request failed: https://b/python-build-standalone/x.tar.gz: dns error", "no_python"),
        ("error: Failed to download `six==1.17.0`\n  Caused by: Hash mismatch for `six==1.17.0`", "changed_package"),
        (
            "mediapipe==0.10.21 has no wheels with a matching platform tag (e.g., `musllinux_1_2_x86_64`)",
            "wrong_computer",
        ),
        ("ImportError: DLL load failed while importing _framework_bindings", "no_runtime"),
        ("Segmentation fault", "unknown"),
    ],
)
def test_what_a_tool_prints_is_explained_by_one_sentence(output, cause):
    assert start.find_cause(output) == cause


def test_what_the_user_set_for_python_pip_and_uv_stays_outside():
    clean = start.clean_settings(
        {
            "PATH": "/bin",
            "PYTHONPATH": "/elsewhere",
            "PYTHONHOME": "/elsewhere",
            "PIP_TARGET": "/elsewhere",
            "PIP_INDEX_URL": "https://school/simple",
            "UV_NO_VERIFY_HASHES": "1",
            "UV_SYSTEM_PYTHON": "1",
            "UV_DEFAULT_INDEX": "https://school/simple",
            "HTTPS_PROXY": "http://school:3128",
            "JUPYTER_CONFIG_DIR": "/elsewhere",
            "MPLBACKEND": "tkagg",
            "VIRTUAL_ENV": "/elsewhere",
        }
    )
    assert "/elsewhere" not in clean.values()
    assert clean.keys() & {"UV_NO_VERIFY_HASHES", "UV_SYSTEM_PYTHON", "MPLBACKEND"} == set()
    assert clean["PYTHONNOUSERSITE"] == "1"
    kept = {"PATH", "PIP_INDEX_URL", "UV_DEFAULT_INDEX", "HTTPS_PROXY"}
    assert kept <= clean.keys()


def test_uv_takes_packages_from_where_pip_takes_them():
    listing = "\n".join(
        [
            ":env:.index-url='https://from.the/environment'",
            "global.index-url='https://from.a/file'",
            "global.extra-index-url='https://one/simple https://two/simple'",
            "global.find-links='\\nfolder\\nother'",
            "global.proxy='http://school:3128'",
            "global.timeout='60'",
        ]
    )
    assert start.read_pip_settings(listing) == {
        "UV_DEFAULT_INDEX": "https://from.the/environment",
        "UV_INDEX": "https://one/simple https://two/simple",
        "UV_FIND_LINKS": "folder,other",
        "ALL_PROXY": "http://school:3128",
    }


def test_a_fingerprint_knows_the_content_whatever_its_line_ends(tmp_path):
    unix, windows, other = (tmp_path / name for name in "abc")
    unix.write_bytes(b"one==1\ntwo==2\n")
    windows.write_bytes(b"one==1\r\ntwo==2\r\n")
    other.write_bytes(b"one==1\ntwo==3\n")
    assert start.fingerprint(unix) == start.fingerprint(windows) != start.fingerprint(other)


# The environment: when it is made, and when it is left alone


def test_a_finished_environment_is_left_alone(folder, monkeypatch):
    finish(folder, *start.TEST_LOCKS)
    monkeypatch.setattr(start, "make_environment", refuse_to_set_up)
    start.prepare(start.LESSON_LOCKS)
    start.prepare(start.TEST_LOCKS)


def cut_short(folder):
    start.STAMP.unlink()


def take_python_away(folder):
    start.python_of(folder / ".venv").unlink()


def change_lock(folder):
    (folder / "lessons.lock").write_text("lessons.lock 2\n", encoding="utf-8")


def want_tests_too(folder):
    start.STAMP.write_text(start.fingerprint(folder / "lessons.lock"), encoding="utf-8")


@pytest.mark.parametrize("happening", [cut_short, take_python_away, change_lock, want_tests_too, shutil.rmtree])
def test_an_environment_that_is_not_finished_or_not_current_is_made(folder, monkeypatch, happening):
    finish(folder, *start.TEST_LOCKS)
    happening(folder / ".venv" if happening is shutil.rmtree else folder)
    made = []
    monkeypatch.setattr(start, "make_environment", lambda locks, running: made.append(locks))
    start.prepare(start.TEST_LOCKS)
    assert made == [start.TEST_LOCKS]


@pytest.fixture
def commands(folder, monkeypatch):
    """Return the list to which the commands of a set-up are added instead of being run."""
    recorded = []

    def record(command, settings, otherwise="unknown"):
        recorded.append(list(map(str, command)))
        (folder / ".venv" / "lib" / "python3" / "site-packages").mkdir(parents=True, exist_ok=True)

    monkeypatch.setattr(start, "use_tool", record)
    monkeypatch.setattr(start, "find_uv", lambda running, settings: (["uv"], settings))
    return recorded


def test_a_new_environment_replaces_what_was_left_of_an_old_one(folder, commands):
    left_over = folder / ".venv" / "half" / "a package"
    left_over.mkdir(parents=True)
    start.make_environment(start.LESSON_LOCKS, sys.executable)
    assert not left_over.exists()
    venv, install, trial = commands
    assert venv[:2] == ["uv", "venv"]
    assert sys.executable in venv
    assert install[:3] == ["uv", "pip", "sync"]
    assert {"--require-hashes", str(folder / "lessons.lock")} <= set(install)
    assert trial[0] == str(start.python_of(folder / ".venv"))
    assert start.fingerprint(folder / "lessons.lock") in start.STAMP.read_text(encoding="utf-8")


def test_a_finished_environment_is_brought_up_to_date_in_place(folder, commands):
    finish(folder, folder / "lessons.lock")
    start.make_environment(start.TEST_LOCKS, sys.executable)
    assert commands[0][:3] == ["uv", "pip", "sync"]
    assert {str(lock) for lock in start.TEST_LOCKS} <= set(commands[0])


def test_the_project_is_on_the_path_by_a_line_that_survives_a_move(folder, commands):
    start.make_environment(start.LESSON_LOCKS, sys.executable)
    pth = next((folder / ".venv").rglob("facelab.pth"))
    line = pth.read_text(encoding="ascii").strip()
    assert (pth.parent / line).resolve() == folder.resolve()
    assert not os.path.isabs(line)


def test_a_failure_in_the_middle_leaves_no_finished_environment(folder, commands, monkeypatch):
    finish(folder, folder / "lessons.lock")

    def fail(locks):
        raise start.Stop("no_runtime")

    monkeypatch.setattr(start, "finish_environment", fail)
    with pytest.raises(start.Stop):
        start.make_environment(start.TEST_LOCKS, sys.executable)
    assert start.read_stamp(folder / ".venv", start.STAMP) == set()


# Running tools


def test_a_failing_tool_stops_the_start_with_its_cause_and_last_line(folder):
    script = "print('Caused by: dns error'); print('last line'); raise SystemExit(2)"
    with pytest.raises(start.Stop) as stop:
        start.use_tool([sys.executable, "-c", script], dict(os.environ))
    assert stop.value.args == ("no_network", "last line")


def test_of_what_a_tool_prints_only_the_fitting_part_is_shown(folder, capsys):
    script = "print('noise'); print('see http://localhost:8888/lab?token=1 here')"
    code, lines = start.run([sys.executable, "-c", script], dict(os.environ), shown=r"http://localhost\S+")
    assert code == 0
    assert capsys.readouterr().out.split() == ["http://localhost:8888/lab?token=1"]
    assert lines == ["noise", "see http://localhost:8888/lab?token=1 here"]


def test_the_exit_code_of_the_tests_is_handed_on(folder, monkeypatch):
    monkeypatch.setattr(start, "prepare", lambda locks: None)
    monkeypatch.setattr(start, "python_of", lambda environment: sys.executable)
    (folder / "test_red.py").write_text("def test_red():\n    assert False\n", encoding="utf-8")
    assert start.run_tests(["-q", "-p", "no:cacheprovider", "test_red.py"]) == 1
    assert start.run_tests(["-q", "-p", "no:cacheprovider", "--version"]) == 0


def test_on_a_computer_without_mediapipe_nothing_is_made(folder, monkeypatch):
    monkeypatch.setattr(start.platform, "system", lambda: "Linux")
    monkeypatch.setattr(start.platform, "machine", lambda: "riscv64")
    with pytest.raises(start.Stop, match="wrong_computer"):
        start.prepare(start.LESSON_LOCKS)
    assert not (folder / ".venv").exists()
