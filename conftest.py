"""Around each test, and each example of a docstring: a pupil's folder that is empty, Korean, and nothing left over."""

import sys

import pytest

import facelab
from facelab.language import use_language


@pytest.fixture(autouse=True)
def empty(tmp_path, monkeypatch):
    """The pupil's data, empty: whoever tests a kit that was used finds no work of theirs changed."""
    monkeypatch.setenv("FACELAB_MINE", str(tmp_path / "mine"))
    return facelab.MyData()


@pytest.fixture(autouse=True)
def leave_nothing():
    """Close what a test has made, and speak Korean again."""
    yield
    if ipywidgets := sys.modules.get("ipywidgets"):
        ipywidgets.Widget.close_all()
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close("all")
    use_language("ko")
