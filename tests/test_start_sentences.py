"""The start command's sentences, and that a failing start ends in one of them."""

import ast
import json
import os
import re
import shutil
import string
import subprocess
import sys
from pathlib import Path

import pytest

import start

ROOT = Path(start.__file__).parent
SENTENCES = json.loads((ROOT / "setup" / "sentences.json").read_text(encoding="utf-8"))
SOURCE = (ROOT / "start.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("key", SENTENCES)
def test_each_sentence_can_be_said_in_both_languages(key, capsys):
    start.tell(key, detail="a detail")
    korean, english = capsys.readouterr().out.splitlines()
    assert re.search("[가-힣]", korean)
    assert not re.search("[가-힣]", english)
    fields = [
        {name for _, name, _, _ in string.Formatter().parse(SENTENCES[key][tongue]) if name} for tongue in ("ko", "en")
    ]
    assert fields[0] == fields[1]


def test_each_sentence_is_used_and_each_cause_has_one():
    used = {cause for _, cause in start.CAUSES} | set(re.findall(r'(?:tell|Stop)\("(\w+)"', SOURCE))
    used |= set(re.findall(r'otherwise="(\w+)"', SOURCE))
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
    shutil.copytree(ROOT / "setup", copy / "setup")
    return copy


def start_in(project):
    settings = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.run([sys.executable, "start.py"], cwd=project, env=settings, capture_output=True, timeout=60)


def test_a_folder_that_cannot_hold_an_environment_ends_in_a_sentence(project):
    (project / ".venv").write_text("a file where the folder should be", encoding="utf-8")
    check_sentence(start_in(project), "not_writable")


def test_too_full_a_disk_ends_in_a_sentence(project):
    changed = SOURCE.replace("NEEDED_GIGABYTES = 1.5", "NEEDED_GIGABYTES = 10**9")
    assert changed != SOURCE
    (project / "start.py").write_text(changed, encoding="utf-8")
    check_sentence(start_in(project), "no_space", gigabytes=10**9)


def test_an_unknown_language_is_refused(project):
    answer = subprocess.run(
        [sys.executable, "start.py", "--language", "fr"], cwd=project, capture_output=True, timeout=60
    )
    assert answer.returncode == 2
    assert b"'ko', 'en'" in answer.stderr


def test_an_old_python_can_read_the_file_and_needs_nothing_else():
    tree = ast.parse(SOURCE, feature_version=(3, 8))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert imported <= sys.stdlib_module_names
