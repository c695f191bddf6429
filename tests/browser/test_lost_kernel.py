"""A kernel that is killed in the middle of the work: the widget tells, and nothing that was done is lost."""

import os
import signal

import pytest

import facelab
from facelab.dataset import load_sample
from facelab.images import encode_jpeg
from facelab.language import LANGUAGES, use_language

pytestmark = pytest.mark.browser

KILL = getattr(signal, "SIGKILL", signal.SIGTERM)  # Windows has but one way


def wait_for_counts(page, mine, **expected):
    """Wait in short steps until so many labels are on the disk."""
    for _ in range(200):
        if all(mine.counts()[label] == count for label, count in expected.items()):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"labels are {mine.counts()} and not {expected}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_outlive_the_kernel(open_notebook, run_cell, mine, tmp_path, language):
    for place, image in enumerate(load_sample().images[:3]):
        path = mine.add_photo(f"{place}.jpg", encode_jpeg(image, quality=95))
        mine.add_faces(path, facelab.find_faces(facelab.read_photo(path)))
    note = f"open({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid()))"
    page = open_notebook(f"{note}\nfacelab.widgets.Labelling()", language=language)
    use_language(language)
    page.get_by_role("button", name=facelab.say("expression.joy")).first.click()
    wait_for_counts(page, mine, joy=1)
    os.kill(int((tmp_path / "pid").read_text()), KILL)
    page.get_by_role("alert").get_by_text(facelab.say("view.gone")).wait_for()
    page.get_by_role("button", name="Ok").click()  # JupyterLab tells it as well
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    box = run_cell(page, 0)
    page.locator(".facelab-gone").wait_for(state="detached")  # the dead widget
    box.get_by_text(facelab.say("labelling.progress", done=1, total=3)).wait_for()
    box.get_by_role("button", name=facelab.say("expression.anger")).first.click()
    wait_for_counts(page, mine, joy=1, anger=1)
