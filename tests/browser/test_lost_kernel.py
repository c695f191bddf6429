"""A kernel that is killed in the middle of the work: the widget tells, and nothing that was done is lost."""

import os
import signal

import pytest

import facelab
from facelab.dataset.labelled import load_sample
from facelab.faces.photo import encode_jpeg
from facelab.language import say
from tests.browser.helpers import wait_until

pytestmark = pytest.mark.browser

KILL = getattr(signal, "SIGKILL", signal.SIGTERM)  # Windows has but one way


def test_labels_outlive_the_kernel(open_notebook, run_cell, mine, tmp_path):
    for place, image in enumerate(load_sample().images[:3]):
        path = mine.add_photo(f"{place}.jpg", encode_jpeg(image, quality=95))
        mine.add_faces(path, facelab.find_faces(facelab.read_photo(path)))
    note = f"open({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid()))"
    page = open_notebook(f"{note}\nfacelab.widgets.Labelling()")
    page.get_by_role("button", name=say("expression.joy")).first.click()
    wait_until(page, lambda: mine.counts()["joy"] == 1, "the label given before")
    os.kill(int((tmp_path / "pid").read_text()), KILL)
    page.get_by_role("alert").get_by_text(say("view.gone")).wait_for()
    page.get_by_role("button", name="Ok").click()  # JupyterLab tells it as well
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    box = run_cell(page, 0)
    page.locator(".facelab-gone").wait_for(state="detached")  # the dead widget
    box.get_by_text(say("labelling.progress", done=1, total=3)).wait_for()
    box.get_by_role("button", name=say("expression.anger")).first.click()
    counts = {"joy": 1, "anger": 1, "": 1}
    wait_until(page, lambda: mine.counts() == counts, f"labels {counts}, the one before kept")
