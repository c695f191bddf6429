"""The start command: what it decides, and what becomes of the environment."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from setup import environment, pupils, sentences, tools
from setup.sentences import Stop

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return a project folder of its own, with two locks and no environment, that the set-up works in."""
    for name in ("lessons.lock", "tests.lock"):
        (tmp_path / name).write_text(f"{name} 1\n", encoding="utf-8")
    changes = {"PROJECT": tmp_path, "LESSON_LOCKS": (tmp_path / "lessons.lock",)}
    changes["TEST_LOCKS"] = (tmp_path / "lessons.lock", tmp_path / "tests.lock")
    names = {"ENVIRONMENT": ".venv", "NEW": ".venv.new", "OLD": ".venv.old", "TOOLS": ".venv.tools"}
    for name, value in {**changes, **{key: tmp_path / name for key, name in names.items()}}.items():
        monkeypatch.setattr(environment, name, value)
    monkeypatch.setattr(tools, "PROJECT", tmp_path)
    return tmp_path


def finish(folder, *locks, content=""):
    """Make what a finished set-up leaves behind, as far as `setup` looks at it."""
    python = environment.python_of(folder)
    python.parent.mkdir(parents=True)
    python.touch()
    (folder / "content").write_text(content, encoding="utf-8")
    (folder / environment.STAMP).write_text("\n".join(map(environment.fingerprint, locks)), encoding="utf-8")


def refuse_to_set_up(*_):
    raise AssertionError("set up although everything is there")


# Decisions


def test_a_suitable_python_is_used_as_it_is_and_instead_of_others_uv_looks_for_one():
    cases = [
        ((3, 11, 7), "CPython", True, "/my/python"),
        ((3, 12, 13), "CPython", True, "/my/python"),
        ((3, 9, 18), "CPython", True, environment.ANY_SUITABLE_PYTHON),
        ((3, 13, 0), "CPython", True, environment.ANY_SUITABLE_PYTHON),
        ((4, 0, 0), "CPython", True, environment.ANY_SUITABLE_PYTHON),
        ((3, 11, 7), "PyPy", True, environment.ANY_SUITABLE_PYTHON),
        ((3, 11, 7), "CPython", False, environment.ANY_SUITABLE_PYTHON),
    ]
    assert [case for case in cases if environment.choose_python(*case[:3], "/my/python") != case[3]] == []


def test_computers_without_mediapipe_are_known():
    supported = [("Windows", "AMD64"), ("Darwin", "arm64"), ("Darwin", "x86_64"), ("Linux", "x86_64")]
    others = [("Linux", "aarch64"), ("Windows", "ARM64"), ("FreeBSD", "x86_64")]
    assert [place for place in supported + others if environment.computer_is_supported(*place)] == supported


def test_only_a_recent_uv_is_used():
    answers = ["uv 0.13.9 (x86_64-unknown-linux-gnu)", "uv 1.0.0", "uv 0.4.30", ""]
    assert list(map(environment.uv_is_recent, answers)) == [True, True, False, False]


def test_what_a_tool_prints_is_explained_by_one_sentence():
    outputs = {
        "error: Failed to fetch: `https://a/simple/`\n  Caused by: dns error": "no_network",
        "ERROR: Could not find a version that satisfies the requirement uv (from versions: none)": "no_network",
        "error: failed to write to file: No space left on device (os error 28)": "no_space",
        "error: Permission denied (os error 13) at path .venv": "not_writable",
        "[Errno 30] Read-only file system: '.venv'": "not_writable",
        "PermissionError: [WinError 5] Access is denied: 'C:\\\\facelab'": "not_writable",
        "error: failed to open file: The system cannot find the path specified. (os error 3)": "path_too_long",
        "error: No interpreter found for CPython >=3.11, <3.13 in managed installations": "no_python",
        "error: Request failed: https://b/python-build-standalone/x.tar.gz: dns error": "no_python",
        "error: Failed to download `six==1.17.0`\n  Caused by: Hash mismatch for `six==1.17.0`": "changed_package",
        "mediapipe==0.10.21 has no wheels with a matching platform tag": "wrong_computer",
        "ImportError: DLL load failed while importing _framework_bindings": "no_runtime",
        "error sending request for url (https://a/)\n  invalid peer certificate: UnknownIssuer": "no_certificate",
        "OSError: Could not find a suitable TLS CA certificate bundle, invalid path: /none": "no_certificate",
        "no widgets: anywidget": "no_widgets",
        "Segmentation fault": "unknown",
    }
    assert {output: tools.find_cause(output) for output in outputs} == outputs


def test_a_schools_certificate_is_known_to_uv_by_any_of_the_usual_variables_and_missed_if_gone(monkeypatch, tmp_path):
    monkeypatch.setattr(tools, "ask", lambda command, settings: "")
    school, other = str(tmp_path / "school.pem"), str(tmp_path / "other.pem")
    for path in (school, other):
        Path(path).touch()
    for name in tools.CERTIFICATES:
        monkeypatch.setattr(os, "environ", {name: school})
        assert tools.network_settings(sys.executable)["SSL_CERT_FILE"] == school, name
        monkeypatch.setattr(os, "environ", {name: str(tmp_path)})
        assert tools.network_settings(sys.executable)["SSL_CERT_DIR"] == str(tmp_path), name
        monkeypatch.setattr(os, "environ", {name: "/gone.pem"})
        with pytest.raises(Stop, match=f"missing_certificate.*{name}=/gone.pem"):
            tools.network_settings(sys.executable)
    monkeypatch.setattr(os, "environ", {"SSL_CERT_FILE": school, "REQUESTS_CA_BUNDLE": other})
    assert tools.network_settings(sys.executable)["SSL_CERT_FILE"] == school


def test_what_the_user_set_for_python_pip_and_uv_stays_outside():
    elsewhere = ("PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "JUPYTER_CONFIG_DIR", "VIRTUAL_ENV")
    dropped = {"UV_NO_VERIFY_HASHES": "1", "UV_SYSTEM_PYTHON": "1", "MPLBACKEND": "tkagg"}
    kept = {"PATH": "/bin", "HTTPS_PROXY": "http://school:3128"}
    kept |= dict.fromkeys(("PIP_INDEX_URL", "UV_DEFAULT_INDEX"), "https://school/simple")
    clean = tools.clean_settings(dict.fromkeys(elsewhere, "/elsewhere") | dropped | kept)
    assert "/elsewhere" not in clean.values()
    assert clean.keys().isdisjoint(dropped) and kept.keys() <= clean.keys()
    assert clean["PYTHONNOUSERSITE"] == "1"


def test_uv_takes_packages_from_where_pip_takes_them():
    listing = r"""
:env:.index-url='https://from.the/environment'
global.index-url='https://from.a/file'
global.extra-index-url='https://one/simple https://two/simple'
global.find-links='\nfolder\nother'
global.proxy='http://school:3128'
global.timeout='60'"""
    assert tools.read_pip_settings(listing) == {
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
    assert environment.fingerprint(unix) == environment.fingerprint(windows) != environment.fingerprint(other)


# The environment: when it is made, and when it is left alone


def test_a_finished_environment_is_left_alone(folder, monkeypatch):
    finish(environment.ENVIRONMENT, *environment.TEST_LOCKS)
    monkeypatch.setattr(environment, "make_environment", refuse_to_set_up)
    environment.prepare(environment.LESSON_LOCKS)
    environment.prepare(environment.TEST_LOCKS)


def test_for_a_class_an_environment_that_only_one_account_can_run_is_made_anew(folder, monkeypatch):
    made = []
    monkeypatch.setattr(environment, "make_environment", lambda *asked: made.append(asked[-1]))
    finish(environment.ENVIRONMENT, *environment.CLASS_LOCKS)
    for folder_is_open in (True, False):
        monkeypatch.setattr(environment, "is_shared", lambda python, answer=folder_is_open: answer)
        environment.prepare(environment.CLASS_LOCKS, shared=True)
        environment.prepare(environment.CLASS_LOCKS)
        assert made == ([] if folder_is_open else [True])


@pytest.mark.skipif(os.name == "nt", reason="a class opens on Linux")
def test_a_python_in_a_closed_folder_is_not_shared(tmp_path):
    python = tmp_path / "python"
    python.touch(mode=0o755)
    for folder in (tmp_path, *tmp_path.parents):
        if not folder.stat().st_mode & 0o001:
            folder.chmod(folder.stat().st_mode | 0o001)
    assert environment.is_shared(python)
    tmp_path.chmod(0o700)
    assert not environment.is_shared(python)


def test_an_environment_that_is_not_finished_or_not_current_is_made(folder, monkeypatch):
    happenings = {
        "cut short": lambda: (folder / ".venv" / environment.STAMP).unlink(),
        "python is gone": lambda: environment.python_of(folder / ".venv").unlink(),
        "another lock": lambda: (folder / "lessons.lock").write_text("lessons.lock 2\n", encoding="utf-8"),
        "all is gone": lambda: shutil.rmtree(folder / ".venv"),
    }
    made = []
    monkeypatch.setattr(environment, "make_environment", lambda locks, *others: made.append(locks))
    for number, happen in enumerate(happenings.values(), 1):
        shutil.rmtree(folder / ".venv", ignore_errors=True)
        finish(environment.ENVIRONMENT, *environment.TEST_LOCKS)
        happen()
        environment.prepare(environment.TEST_LOCKS)
        assert len(made) == number, list(happenings)[number - 1]


@pytest.fixture
def commands(folder, monkeypatch):
    """Return the list to which the commands of a set-up are added instead of being run; `venv` makes an environment."""
    recorded = []

    def record(command, settings, otherwise="unknown", shown=""):
        recorded.append(list(map(str, command)))
        if "venv" in command:
            finish(environment.NEW, content="new")
            (environment.NEW / environment.STAMP).unlink()
            (environment.NEW / "lib" / "python3" / "site-packages").mkdir(parents=True)

    monkeypatch.setattr(environment, "use_tool", record)
    monkeypatch.setattr(environment, "find_uv", lambda running, settings: (["uv"], settings))
    return recorded


def test_for_a_class_a_python_of_ones_own_is_passed_over(folder, commands, monkeypatch):
    monkeypatch.setattr(environment, "is_shared", lambda python: False)
    for shared in (True, False):
        commands.clear()
        environment.make_environment(environment.CLASS_LOCKS, sys.executable, shared)
        assert (environment.ANY_SUITABLE_PYTHON in commands[0]) == shared


def test_a_new_environment_is_made_beside_the_old_one_and_takes_its_place_at_the_end(folder, commands):
    finish(environment.ENVIRONMENT, folder / "lessons.lock", content="old")
    (environment.NEW / "half a package").mkdir(parents=True)
    environment.make_environment(environment.TEST_LOCKS, sys.executable)
    venv, install, trial = commands
    assert venv[:2] == ["uv", "venv"] and {sys.executable, str(environment.NEW)} <= set(venv)
    assert install[:3] == ["uv", "pip", "sync"]
    assert {"--require-hashes", *map(str, environment.TEST_LOCKS)} <= set(install)
    assert trial[0] == str(environment.python_of(environment.NEW))
    assert environment.is_current(environment.TEST_LOCKS)
    assert (environment.ENVIRONMENT / "content").read_text(encoding="utf-8") == "new"
    assert not any(path.exists() for path in (environment.NEW, environment.OLD))
    pth = next(environment.ENVIRONMENT.rglob("facelab.pth"))
    line = pth.read_text(encoding="ascii").strip()
    assert (pth.parent / line).resolve() == folder.resolve() and not os.path.isabs(line)


def test_whatever_step_fails_the_old_environment_stays_and_opens_the_lessons(folder, commands, monkeypatch, capsys):
    finish(environment.ENVIRONMENT, folder / "tests.lock", content="old")
    monkeypatch.setattr(environment, "works", lambda place: True)
    record = environment.use_tool
    for step in ("venv", "pip", "setup.trial"):

        def fail(command, settings, step=step, **others):
            if step in command:
                raise Stop("no_network")
            record(command, settings, **others)

        monkeypatch.setattr(environment, "use_tool", fail)
        with pytest.raises(Stop, match="no_network"):
            environment.prepare(environment.LESSON_LOCKS)
        assert (environment.ENVIRONMENT / "content").read_text(encoding="utf-8") == "old", step
        environment.prepare_lessons()
        sentence = sentences.json.loads(Path(sentences.FILE).read_text(encoding="utf-8"))["kept"]["en"]
        assert capsys.readouterr().out.splitlines()[-1] == sentence


def test_a_start_that_is_killed_between_two_names_loses_no_environment(folder, commands, monkeypatch):
    """Each renaming is the last thing that happens; the next start goes on with what lies there."""
    for survivors in (0, 1):
        for name in (environment.ENVIRONMENT, environment.NEW, environment.OLD):
            shutil.rmtree(name, ignore_errors=True)
        finish(environment.ENVIRONMENT, folder / "lessons.lock", content="old")
        finish(environment.NEW, *environment.TEST_LOCKS, content="new")
        renamed = []

        def rename(path, name, renamed=renamed, survivors=survivors):
            if len(renamed) > survivors:
                raise KeyboardInterrupt
            renamed.append(path.rename(name))
            if len(renamed) > survivors:
                raise KeyboardInterrupt

        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr(environment, "rename", rename)
            environment.put_in_place()
        environment.prepare(environment.TEST_LOCKS)
        assert commands == []  # nothing had to be made
        assert (environment.ENVIRONMENT / "content").read_text(encoding="utf-8") == "new"


def test_without_a_network_packages_come_from_what_was_downloaded_before(folder, monkeypatch):
    asked = []

    def use_tool(command, settings):
        asked.append("--offline" in command)
        if not asked[-1]:
            raise Stop("no_network")

    monkeypatch.setattr(environment, "use_tool", use_tool)
    environment.install(["uv"], environment.LESSON_LOCKS, {})
    assert asked == [False, True]


def test_a_second_start_waits_until_the_first_has_finished(folder, tmp_path):
    code = "import sys, time; sys.path.insert(0, sys.argv[1]); from setup.locking import one_at_a_time\n"
    hold = "with one_at_a_time(sys.argv[2]): print('in', flush=True); sys.stdin.read(1); print('out', flush=True)"
    command = [sys.executable, "-X", "utf8", "-c", code + hold, str(ROOT), str(tmp_path / "lock")]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "encoding": "utf-8"}
    with subprocess.Popen(command, **pipes) as first, subprocess.Popen(command, **pipes) as second:
        talks = {first.stdout.readline(): first, second.stdout.readline(): second}
        waiting = next(talk for line, talk in talks.items() if line != "in\n")
        assert waiting.stdout.readline().startswith("Another window")
        talks["in\n"].communicate("x", timeout=30)
        assert waiting.stdout.readline() == "in\n"
        waiting.communicate("x", timeout=30)


def test_a_server_that_ends_badly_costs_no_environment_that_works(folder, monkeypatch):
    import start

    finish(environment.ENVIRONMENT, folder / "lessons.lock")
    monkeypatch.setattr(start, "use_tool", lambda *_, **__: ["lesson=lessons/ko/01_terms.ipynb"])
    monkeypatch.setattr(start, "run", lambda *_, **__: (1, ["killed"]))
    for healthy, key in ((True, "no_server"), (False, "damaged")):
        monkeypatch.setattr(environment, "works", lambda place, healthy=healthy: healthy)
        with pytest.raises(Stop) as stop:
            start.open_lessons("ko", "Kim")
        assert stop.value.args == (key, "killed")
        assert environment.is_current(environment.LESSON_LOCKS) is healthy
        assert environment.python_of(environment.ENVIRONMENT).exists()


# Pupils


@pytest.fixture
def shared(tmp_path, monkeypatch):
    monkeypatch.setattr(pupils, "PUPILS", tmp_path / "pupils")
    monkeypatch.delenv("FACELAB_MINE", raising=False)
    return tmp_path / "pupils"


def test_each_pupil_has_a_folder_and_one_alone_needs_no_name(shared, monkeypatch, tmp_path):
    assert pupils.find_folder(None) == pupils.MINE
    assert pupils.find_folder(" 김하늘 ") == shared / "김하늘"
    (shared / "Kim").mkdir(parents=True)
    assert pupils.find_folder("kim") == shared / "Kim"
    monkeypatch.setenv("FACELAB_MINE", str(tmp_path / "school"))
    assert pupils.find_folder(None) == tmp_path / "school"


def test_where_several_work_a_plain_start_asks_which(shared, monkeypatch, capsys):
    for name in ("Kim", "이 봄"):
        (shared / name).mkdir(parents=True)
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(Stop, match="which_pupil"):
        pupils.find_folder(None)
    for answer, folder in {"2": shared / "이 봄", "0": pupils.MINE, "박": shared / "박", "9": shared / "9"}.items():
        monkeypatch.setattr("builtins.input", lambda _, answer=answer: answer)
        monkeypatch.setattr("sys.stdin", type("Terminal", (), {"isatty": lambda self: True})())
        assert pupils.find_folder(None) == folder
    assert "  2  이 봄" in capsys.readouterr().out


def test_a_name_that_can_be_no_folder_is_refused():
    accepted = []
    for name in ("", "..", ".hidden", "a/b", "a\\b", "C:", "con", "NUL.txt", "a\n", "x" * 41, "end.", "~"):
        try:
            accepted.append(pupils.read_name(name))
        except Stop as reason:
            assert reason.args == ("bad_name", name.strip())
    assert accepted == ["a"]  # whose line end is no part of the name


# Running tools


def test_a_failing_tool_stops_the_start_with_its_cause_and_last_line(folder):
    script = "print('Caused by: dns error'); print('last line'); raise SystemExit(2)"
    with pytest.raises(Stop) as stop:
        tools.use_tool([sys.executable, "-c", script], dict(os.environ))
    assert stop.value.args == ("no_network", "last line")


def test_of_what_a_tool_prints_only_the_fitting_part_is_shown(folder, capsys):
    script = "print('noise'); print('see http://localhost:8888/lab?token=1 here')"
    code, lines = tools.run([sys.executable, "-c", script], dict(os.environ), shown=r"http://localhost\S+")
    assert code == 0
    assert capsys.readouterr().out.split() == ["http://localhost:8888/lab?token=1"]
    assert lines == ["noise", "see http://localhost:8888/lab?token=1 here"]


def test_a_first_word_says_who_gets_the_words_behind_it_and_help_names_it(monkeypatch, capsys):
    import start

    monkeypatch.setattr(start, "open_lessons", lambda *asked: asked)
    monkeypatch.setitem(start.COMMANDS, "count", (lambda words: len(words), "count words"))
    assert start.main(["count", "--language", "--all", "x"]) == 3
    assert start.main(["--pupil", "Kim"]) == ("ko", "Kim", False)
    assert start.main(["--language", "en", "--projector"]) == ("en", None, True)
    refused = {"--help": 0, "cuont": 2, "--language en count": 2, "--projector --pupil Kim": 2}
    for words, code in refused.items():
        with pytest.raises(SystemExit) as stop:
            start.main(words.split())
        assert stop.value.code == code
    assert "\npython start.py count  count words\n" in capsys.readouterr().out


def test_the_exit_code_of_the_tests_is_handed_on(folder, monkeypatch):
    import start

    monkeypatch.setattr(environment, "prepare", lambda locks: None)
    monkeypatch.setattr(environment, "python_of", lambda place: sys.executable)
    (folder / "test_red.py").write_text("def test_red():\n    assert False\n", encoding="utf-8")
    assert start.run_tests(["-q", "-p", "no:cacheprovider", "test_red.py"]) == 1
    assert start.run_tests(["-q", "-p", "no:cacheprovider", "--version"]) == 0


def test_on_a_computer_without_mediapipe_nothing_is_made(folder, monkeypatch):
    monkeypatch.setattr(environment.platform, "system", lambda: "Linux")
    monkeypatch.setattr(environment.platform, "machine", lambda: "riscv64")
    with pytest.raises(Stop, match="wrong_computer"):
        environment.prepare(environment.LESSON_LOCKS)
    assert not environment.ENVIRONMENT.exists()
