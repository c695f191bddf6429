"""Every test of a widget begins without the neutral face that another has shown."""

import pytest

from facelab.widgets.predict import PredictSession


@pytest.fixture(autouse=True)
def no_neutral_face(monkeypatch):
    monkeypatch.setattr(PredictSession, "neutral", None)
