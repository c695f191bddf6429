"""Every test of a widget works in a folder of its own, empty at first."""

import pytest

import facelab
from facelab.widgets.predict import PredictSession


@pytest.fixture(autouse=True)
def empty(tmp_path, monkeypatch):
    """The pupil's data, empty."""
    monkeypatch.setenv("FACELAB_MINE", str(tmp_path / "mine"))
    monkeypatch.setattr(PredictSession, "neutral", None)
    return facelab.MyData()


@pytest.fixture
def mine(empty):
    """The pupil's data; some files fill it."""
    return empty
