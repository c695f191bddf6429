"""Slips of the pen end in a sentence instead of a traceback, in the notebooks that start.py opens."""

import json
import os
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest
from IPython.core.interactiveshell import InteractiveShell

import facelab
from facelab import slips
from facelab.language import LANGUAGES

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


@pytest.fixture
def run(shell, capsys):
    """A function that runs a cell in a language; returns its result and what was told."""

    def run_cell(code, language="ko"):
        facelab.use_language(language)
        return shell.run_cell(code, store_history=True), capsys.readouterr()

    return run_cell


SLIPS = {
    "my_guess = 화남": ('"화남"처럼 따옴표', 'quotation marks: "화남"'),
    "my_guess = neutral": ("맨 위 셀부터", "run the lesson from its first cell"),
    "facelab.load_samples()": (
        "facelab에는 load_samples라는 것이 없어요. 혹시 load_sample인가요?",
        "facelab has no load_samples. Did you mean load_sample?",
    ),
    "faces.lables": ("LabelledFaces에는 lables라는 것이 없어요. 혹시 labels인가요?", "Did you mean labels?"),
    "faces.qqqqqq": ("철자를 확인해", "LabelledFaces has no qqqqqq. Check the spelling after the dot."),
    "import pandas; pandas.DataFrame({'accuracy': [1]}).acuracy": ("accuracy인가요?", "Did you mean accuracy?"),
    "import numpy; numpy.maen": ("혹시 mean인가요?", "numpy has no maen. Did you mean mean?"),
    "'joy'.uper()": ("혹시 upper인가요?", "str has no uper. Did you mean upper?"),
    "ten(2)": ("대괄호를 써요: ten[2]", "square brackets and not round ones: ten[2]"),
    "face.points(17,1)": ("face.points[17, 1]", "face.points[17, 1]"),
    "face.points[478,1]": ("478번은 없어요", "no number 478"),
    "face.points[17.1]": ("쉼표로 나누어요: [17, 1]", "by a comma and not by a point: [17, 1]"),
    "face.points['17']": ("정수로 된 번호", "a whole number"),
    "[1, 2][2]": ("마지막 번호는", "the last number is"),
    "ten.labels()": ("뒤의 ()를 지워", "Delete the ()"),
    "other.points": ("글자(str)라서 points가 없어요", "a text (str), and that has no points"),
    "x = 1\n y = 2": ("2번째 줄의 맨 앞 빈칸", "Line 2 begins with spaces"),
    "for x in ten:\nprint(x)": ("빈칸 네 개", "four spaces"),
}


def test_slips_are_told_in_one_sentence_each(run, subtests):
    run("import facelab\nfaces = facelab.load_sample()\nten, face, other = faces.take(joy=3), faces[0], '기쁨'")
    for (code, sentences), place in product(SLIPS.items(), (0, 1)):
        result, told = run(code, LANGUAGES[place])
        with subtests.test(code, language=LANGUAGES[place]):
            assert result.error_in_exec or result.error_before_exec  # so that "run all" stops here
            assert sentences[place] in told.out and "Traceback" not in told.out + told.err


def test_what_is_no_slip_keeps_its_traceback(run, subtests):
    cells = ["import json; json.dumps(json.loads(3j))", "def inner(): raise AttributeError('odd')\ninner()"]
    cells += ["None.plot()", "1 / 0", "max(3)", "len(3)", "import facelab; facelab.load_sample().select(3)"]
    for code in cells:
        _, told = run(code)
        with subtests.test(code):
            assert "Traceback" in told.out + told.err


def test_an_attribute_that_a_package_looks_for_in_vain_keeps_its_traceback(run, tmp_path, monkeypatch):
    (tmp_path / "faulty.py").write_text("def ask(): return 'joy'.uper()", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    _, told = run("import faulty; faulty.ask()")
    assert "Traceback" in told.out + told.err and "uper" in told.out + told.err


UNREADABLE = {
    ("ko", 'x = 1\nmy_guess = "joy'): "2번째 줄에 따옴표가 하나 모자라요",
    ("en", "my_guess = joy'"): "A quotation mark is missing in line 1",
    ("ko", "print((1, 2)"): "1번째 줄에서 아직 끝나지 않은 것이 있어요",
    ("ko", "print(1])"): "1번째 줄의 괄호가 짝이 맞지 않아요",
    ("en", "print(1])"): "The brackets in line 1 do not match",
    ("en", "print(1))"): "The brackets in line 1 do not match",
    ("ko", "my_guess = “joy”"): "파이썬이 모르는 글자",
    ("en", "my_guess = ２"): "type it again",
    ("ko", "my_guess = 조금 슬픔"): "1번째 줄을 읽지 못했어요",
    ("en", "my_guess = "): "Python could not read line 1",
}


def test_a_line_that_cannot_be_read_is_shown_with_what_is_wrong(run, subtests):
    for (language, code), words in UNREADABLE.items():
        result, told = run(code, language)
        with subtests.test(code, language=language):
            assert isinstance(result.error_before_exec, SyntaxError)
            assert words in told.out and "^" in told.out


def test_an_error_that_names_nothing_is_told_by_its_own_words():
    assert "name 'x' is not defined" in slips.write_slip(NameError("name 'x' is not defined"))


def test_the_cell_that_makes_an_unknown_name_is_told(run, tmp_path, monkeypatch):
    codes = ["import facelab", "faces = facelab.load_sample()\nlen(faces)", "model = faces.odd(", "len(faces)"]
    cells = [{"cell_type": "code", "source": [code]} for code in [*codes, "faces = 1"]]
    (tmp_path / "lesson.ipynb").write_text(json.dumps({"cells": cells}), encoding="utf-8")
    monkeypatch.setenv("JPY_SESSION_NAME", str(tmp_path / "lesson.ipynb"))
    for language, words in {"ko": "faces = facelab.load_sample()로 시작하는 셀을", "en": "First run the cell"}.items():
        assert words in run("len(faces)", language)[1].out
    assert "import facelab" in run("facelab.read_photo", "ko")[1].out
    (tmp_path / "lesson.ipynb").write_text("{", encoding="utf-8")
    assert "맨 위 셀부터 차례로" in run("len(faces)", "ko")[1].out


HALVES = """
import sys
from IPython.core.interactiveshell import InteractiveShell

class Interruption:
    '''As if somebody pressed "interrupt" at this moment of the first import, and at no later one.'''
    def find_spec(self, name, path=None, target=None):
        if name == moment:
            sys.meta_path.remove(self)
            raise KeyboardInterrupt

moment, code = sys.argv[1:]
shell = InteractiveShell()
shell.extension_manager.load_extension("facelab.slips")
shell.run_cell("import facelab, numpy; from facelab.widgets.parts.view import View; view = View('x')")
sys.meta_path.insert(0, Interruption())
shell.run_cell(code)
print("AGAIN", flush=True)
shell.run_cell(code)
shell.run_cell(f"view.watch(lambda: {code})(); print(view.problem.value or 'fine')")
"""
FIND, DRAW = "facelab.find_faces(numpy.zeros((99, 99, 3), 'uint8'))", "facelab.charts.new_axes()"


@pytest.mark.slow
def test_a_package_that_was_loaded_by_half_asks_for_a_new_kernel_or_works(tmp_path):
    """Whoever interrupts a first import meets no name that stands in no cell; IPython's and a widget's way."""
    moments = {"matplotlib.rcsetup": DRAW, "matplotlib.ticker": DRAW, "mediapipe.python": FIND, "cv2.gapi": FIND}
    moments |= {"mediapipe.python.solution_base": FIND, "scipy.linalg": "facelab.ready_model()"}
    for moment, code in moments.items():
        command = [sys.executable, "-c", HALVES, moment, code]
        told = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"IPYTHONDIR": str(tmp_path)})
        assert "KeyboardInterrupt" in told.stdout, moment
        again = told.stdout.partition("AGAIN")[2]
        assert "커널을 다시 시작" in again or again.endswith("fine\n"), (moment, again, told.stderr)
        assert "Traceback" not in again + told.stderr and "<details>" not in again, (moment, again)
