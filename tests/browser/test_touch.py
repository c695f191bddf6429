"""A tablet of 1024 x 768: no keyboard and no mouse, fingers alone, and every widget does what it is for."""

import pytest

import facelab
from facelab.faces.photo import encode_jpeg
from facelab.language import say
from tests.browser.helpers import wait_until
from tests.browser.test_every_widget import NAMES, STATES, filled

__all__ = ["filled"]
pytestmark = pytest.mark.browser

SMALLEST = 24  # pixels that a target for a finger has at least each way (WCAG 2.2, 2.5.8)

# What a finger would hit in the middle of each control must be that control, and large enough.
MISSED = """(box, smallest) => {
  const controls = [...box.querySelectorAll('button, select, input, [role=slider], [role=gridcell]')];
  return controls.filter(node => node.getClientRects().length && !node.disabled).flatMap(node => {
    const label = node.closest('label') || node;
    const target = node.querySelector('.noUi-touch-area') || (node.matches('input') ? label : node);
    target.scrollIntoView({block: 'center'});
    const {x, y, width, height} = target.getBoundingClientRect();
    const hit = document.elementFromPoint(x + width / 2, y + height / 2);
    const name = node.outerHTML.slice(0, 100);
    if (!hit || !(target.contains(hit) || hit.contains(target))) return ['covered: ' + name];
    return Math.min(width, height) < smallest ? [`${Math.round(width)} x ${Math.round(height)}: ${name}`] : [];
  });
}"""


@pytest.fixture
def screen():
    """A tablet held sideways."""
    return {"viewport": {"width": 1024, "height": 768}, "has_touch": True}


def test_every_control_of_every_widget_can_be_hit_by_a_finger(open_notebook, filled, subtests):
    page = open_notebook(STATES)
    page.locator(".facelab").nth(len(NAMES) - 1).wait_for(state="attached")
    for name, box in zip(NAMES, page.locator(".facelab").all(), strict=True):
        with subtests.test(name):
            assert not box.evaluate(MISSED, SMALLEST)
            assert box.evaluate("box => box.scrollWidth <= box.clientWidth + 1")


def test_a_finger_is_enough_from_photos_to_labels(open_notebook, run_cell, mine, tmp_path):
    photo = tmp_path / "me.jpg"
    photo.write_bytes(encode_jpeg(facelab.load_sample().images[0], quality=95))
    page = open_notebook("facelab.widgets.Upload()", "facelab.widgets.Extraction()", "facelab.widgets.Labelling()")
    with page.expect_file_chooser() as chooser:
        page.locator(".facelab-drop .facelab-main").first.tap()
    chooser.value.set_files(photo)
    wait_until(page, lambda: len(mine.photos()) == 1, "the photo")
    run_cell(page, 1).get_by_role("button", name=say("extraction.start")).tap()
    wait_until(page, lambda: len(mine.faces()) == 1, "the face")
    box = run_cell(page, 2)
    box.get_by_role("button", name=say("expression.anger")).tap()
    wait_until(page, lambda: mine.counts()["anger"] == 1, "the label")
    box.get_by_role("button", name=say("labelling.undo"), exact=True).tap()
    wait_until(page, lambda: mine.counts()["anger"] == 0, "the label taken back")


# For each further widget what a finger touches first; what the widget shows is then another thing than before.
TOUCHED = {
    "Camera()": "button",
    "Experiment('imbalance')": ".facelab-main",
    "Predict()": ".facelab-picture",
    "Mixer()": ".facelab-shelf >> nth=0 >> .facelab-picture >> nth=-1",
    "ReadFace()": ".facelab-picture",
    "Storage()": "button",
    "Confusion(facelab.evaluate(facelab.ready_model(), few))": "[role=gridcell], button",
    "Guess(few, facelab.ready_model())": "button",
}


@pytest.mark.slow
def test_a_finger_moves_every_further_widget(open_notebook, filled, subtests):
    shown = ", ".join(f"facelab.widgets.{call}" for call in TOUCHED)
    page = open_notebook(
        f"from IPython.display import display\nfew = facelab.load_sample().take(joy=4, anger=4)\ndisplay({shown})"
    )
    page.locator(".facelab").nth(len(TOUCHED) - 1).wait_for(state="attached")
    for (call, control), box in zip(TOUCHED.items(), page.locator(".facelab").all(), strict=True):
        with subtests.test(call):
            before = box.inner_html()
            box.locator(control).locator("visible=true").first.tap()
            wait_until(page, lambda box=box, before=before: box.inner_html() != before, call)
