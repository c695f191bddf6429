"""The start command's sentences, and that a failing start ends in one of them."""

import ast
import json
import os
import platform
import re
import shutil
import string
import subprocess
import sys
from pathlib import Path

import pytest

from setup import sentences, tools

ROOT = Path(__file__).resolve().parents[1]
SENTENCES = json.loads(Path(sentences.FILE).read_text(encoding="utf-8"))
FILES = [ROOT / "start.py", *sorted((ROOT / "setup").glob("*.py")), ROOT / "setup" / "hub" / "room.py"]


def test_each_sentence_can_be_said_in_both_languages(capsys):
    for key, texts in SENTENCES.items():
        sentences.tell(key, detail="a detail")
        korean, english = capsys.readouterr().out.splitlines()
        assert re.search("[가-힣]", korean) and not re.search("[가-힣]", english), key
        fields = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in texts.values()]
        assert fields[0] == fields[1], key


def test_each_sentence_is_used_and_each_cause_has_one():
    used = {cause for _, cause in tools.CAUSES}
    for file in FILES:
        used |= set(re.findall(r'(?:tell|Stop)\("(\w+)"', file.read_text(encoding="utf-8")))
        used |= set(
            re.findall(r'(?:otherwise="|(?:Stop|tell)\("\w+" if \w+ else ")(\w+)"', file.read_text(encoding="utf-8"))
        )
    assert used == set(SENTENCES)


def check_sentence(answer, key, **values):
    """Check that a finished start.py ended with one sentence in both languages and nothing else of the failure."""
    said = answer.stdout.decode("utf-8").splitlines()[-2:]
    assert said == [SENTENCES[key][tongue].format(**values) for tongue in ("ko", "en")]
    assert answer.stderr == b""
    assert answer.returncode == 1


@pytest.fixture
def project(tmp_path):
    """Return a copy of what start.py needs, in a folder whose name has a space and Hangul."""
    copy = tmp_path / "표정 찾기"
    (copy / "tests").mkdir(parents=True)
    for name in ("start.py", "requirements.lock", "tests/requirements.lock"):
        shutil.copy(ROOT / name, copy / name)
    shutil.copytree(ROOT / "setup", copy / "setup", ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
    return copy


def start_in(project, python=sys.executable, **settings):
    settings = {
        **os.environ,
        "PYTHONUTF8": "1",
        "PYTHONIOENCODING": "utf-8",
        "PYTHONDONTWRITEBYTECODE": "1",
        **settings,
    }
    return subprocess.run([python, "start.py"], cwd=project, env=settings, capture_output=True, timeout=120)


def test_a_folder_that_cannot_hold_an_environment_ends_in_a_sentence(project):
    (project / ".venv").write_text("a file where the folder should be", encoding="utf-8")
    check_sentence(start_in(project), "not_writable")


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such permission")
def test_another_accounts_folder_ends_in_a_sentence(project):
    """Nobody may write there, nor, the second time, look into the environment that another account has made."""
    (project / ".venv" / "bin").mkdir(parents=True)
    for mode in (0o555, 0o000):
        (project / ".venv").chmod(mode)
        project.chmod(0o555)
        try:
            check_sentence(start_unprivileged(project), "not_writable")
        finally:
            project.chmod(0o755)
            (project / ".venv").chmod(0o755)


def start_unprivileged(project):
    """Start as an account that permissions hold for: root, who runs the tests in a container, may do everything."""
    if os.getuid():
        return start_in(project)
    for folder in (project, *project.parents):
        if not folder.stat().st_mode & 0o001:
            folder.chmod(folder.stat().st_mode | 0o055)
    code = "import os, sys; sys.path.insert(0, os.getcwd()); import fcntl, start\n"  # while it may read its own Python
    code += "os.setgroups([]); os.setgid(65534); os.setuid(65534); sys.exit(start.main([]))"
    settings = {**os.environ, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=project, env=settings, capture_output=True, timeout=60)


def test_too_full_a_disk_ends_in_a_sentence(project):
    source = (ROOT / "setup" / "sentences.py").read_text(encoding="utf-8")
    changed = source.replace("NEEDED_GIGABYTES = 1.5", "NEEDED_GIGABYTES = 10**9")
    assert changed != source
    (project / "setup" / "sentences.py").write_text(changed, encoding="utf-8")
    check_sentence(start_in(project), "no_space", gigabytes=10**9)


def test_a_folder_that_paths_cannot_be_told_apart_in_ends_in_a_sentence(project):
    if os.name != "nt":  # where ":" can stand in no name
        other = project.rename(project.with_name("2학년" + os.pathsep + "수업"))
        check_sentence(start_in(other), "path_separator", detail=os.pathsep)


def test_without_a_network_the_start_ends_in_a_sentence(project):
    nowhere = "http://127.0.0.1:9/simple"
    names = ("UV_DEFAULT_INDEX", "PIP_INDEX_URL")
    settings = {
        **dict.fromkeys(names, nowhere),
        "PIP_CONFIG_FILE": os.devnull,
        "UV_HTTP_RETRIES": "0",
        "PIP_RETRIES": "0",
    }
    settings |= {"UV_CACHE_DIR": str(project / "cache"), "UV_INDEX": "", "PIP_FIND_LINKS": "", "UV_FIND_LINKS": ""}
    check_sentence(start_in(project, **settings), "no_network")
    assert not (project / ".venv").exists()


def test_an_unknown_language_is_refused(project):
    answer = subprocess.run(
        [sys.executable, "start.py", "--language", "fr"], cwd=project, capture_output=True, timeout=60
    )
    assert answer.returncode == 2
    assert b"'ko', 'en'" in answer.stderr


# Old Pythons


def test_an_old_python_can_read_the_files_and_they_need_nothing_else():
    for file in FILES:
        if file.name == "contents.py":  # which is a part of JupyterLab's server
            continue
        tree = ast.parse(file.read_text(encoding="utf-8"), feature_version=(3, 8))
        imports = [node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))]
        names = {getattr(node, "module", None) or node.names[0].name for node in imports}
        assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names | {"setup"}, file.name


def test_python_2_can_read_what_tells_it_that_it_is_too_old():
    """Nothing in these files is newer than Python 2.7: no f-strings, annotations, stars."""
    new = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.AsyncFunctionDef, ast.Nonlocal, ast.MatMult, ast.YieldFrom)
    for file in (ROOT / "start.py", ROOT / "setup" / "sentences.py", ROOT / "setup" / "__init__.py"):
        text = file.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)):
            place = f"{file.name}:{getattr(node, 'lineno', 0)}"
            assert not isinstance(node, new), place
            assert not (isinstance(node, ast.arguments) and (node.kwonlyargs or node.posonlyargs)), place
            assert not (isinstance(node, ast.arg) and node.annotation), place
            assert not (isinstance(node, (ast.List, ast.Tuple, ast.Set)) and any_star(node.elts)), place
            assert not (isinstance(node, ast.Dict) and None in node.keys), place
            assert not (isinstance(node, ast.Raise) and node.cause), place
            assert not (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print"), place
        assert text.isascii() or text.startswith("# -*- coding: utf-8 -*-\n")


def any_star(nodes):
    return any(isinstance(node, ast.Starred) for node in nodes)


def test_old_pythons_end_in_a_sentence(project, tmp_path):
    """Those that this computer has; the others are imitated by what they say of their version."""
    fake = tmp_path / "fake.py"
    lines = ["import runpy, sys", "sys.version_info = (3, 6, 15)", "sys.path.insert(0, '.')"]
    fake.write_text("\n".join([*lines, "runpy.run_path('start.py', run_name='__main__')"]), encoding="utf-8")
    command = [sys.executable, str(fake)]
    answer = subprocess.run(
        command, cwd=project, env={**os.environ, "PYTHONUTF8": "1"}, capture_output=True, timeout=60
    )
    check_sentence(answer, "old_python", python=platform.python_version())
    for python in filter(None, map(shutil.which, ("python2.7", "python3.6", "python3.7"))):
        found = subprocess.run([python, "-c", "import platform; print(platform.python_version())"], capture_output=True)
        if found.returncode == 0:
            check_sentence(start_in(project, python), "old_python", python=found.stdout.decode().strip())
