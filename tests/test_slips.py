"""A name that Python does not know ends in a sentence instead of a traceback, in the notebooks that start.py opens."""

import json
from pathlib import Path

import pytest
from IPython.core.interactiveshell import InteractiveShell

import facelab
from facelab import slips

CONFIG = Path(__file__).parents[1] / "setup" / "ipython" / "profile_default" / "ipython_config.json"


@pytest.fixture
def shell(tmp_path, monkeypatch):
    """A shell of IPython with the extensions that the kit's settings name."""
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    shell = InteractiveShell(ipython_dir=str(tmp_path), history_length=0)
    for extension in json.loads(CONFIG.read_text(encoding="utf-8"))["InteractiveShellApp"]["extensions"]:
        shell.extension_manager.load_extension(extension)
    yield shell
    shell.history_manager.end_session()


@pytest.mark.parametrize(
    ("language", "code", "words"),
    [
        ("ko", "my_guess = 화남", '"화남"처럼 따옴표'),
        ("en", "my_guess = 화남", 'quotation marks: "화남"'),
        ("ko", "my_guess = neutral", "맨 위 칸부터"),
        ("en", "my_guess = neutral", "run the lesson from its first cell"),
    ],
)
def test_an_unknown_name_is_told_in_one_sentence(shell, capsys, language, code, words):
    facelab.use_language(language)
    result = shell.run_cell(code)
    told = capsys.readouterr()
    assert isinstance(result.error_in_exec, NameError)  # so that "run all" stops here
    assert words in told.out and "Traceback" not in told.out + told.err


def test_all_other_errors_stay_as_they_are(shell, capsys):
    shell.run_cell("1 / 0")
    told = capsys.readouterr()
    assert "ZeroDivisionError" in told.out + told.err


def test_an_error_that_names_nothing_is_told_by_its_own_words():
    assert "name 'x' is not defined" in slips.write_slip(NameError("name 'x' is not defined"))
