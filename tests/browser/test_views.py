"""What only a real page shows: two views of one widget, what is dropped, and photos that a browser would spoil."""

import io

import numpy as np
import pytest
from PIL import Image

from facelab.dataset.labelled import load_sample
from facelab.faces.photo import encode_jpeg, read_photo
from facelab.language import say
from tests.browser.helpers import drop, wait_until

pytestmark = pytest.mark.browser

# Counts, for each view, how many questions wait for an answer, and the most of them at a time.
COUNT = """() => {
  const views = [...document.querySelectorAll('.facelab')];
  const waiting = views.map(() => 0);
  window.waiting = waiting;
  window.most = views.map(() => 0);
  const count = (event, by) => {
    const view = views.findIndex((each) => each.contains(event.target));
    waiting[view] += by;
    window.most[view] = Math.max(window.most[view], Math.abs(waiting[view]));
  };
  document.addEventListener('facelab-asked', (event) => count(event, 1), true);
  document.addEventListener('facelab-answered', (event) => count(event, -1), true);
}"""


def test_each_view_with_the_camera_on_is_served_its_own_and_only_the_one_that_is_seen_asks(
    open_notebook, run_cell, mine
):
    page = open_notebook("camera = facelab.widgets.Camera()\ncamera", "camera")
    run_cell(page, 1)
    views = page.locator(".facelab").all()
    page.evaluate(COUNT)
    for view in views:
        view.get_by_role("button", name=say("camera.on")).click()
        view.get_by_text(say("camera.ready")).wait_for()
        view.get_by_label(say("camera.countdown")).uncheck()
    for shots, view in enumerate(views, start=1):
        view.get_by_role("button", name=say("camera.shoot")).click()
        wait_until(page, lambda shots=shots: len(mine.photos()) == shots, f"{shots} photos")
    views[1].scroll_into_view_if_needed()
    assert max(page.evaluate("window.most")) <= 4  # three small pictures and a shot; never more answers than questions
    views[1].locator(".facelab-stage").evaluate("stage => stage.style.transform = 'translateX(-5000px)'")
    views[0].locator(".facelab-stage").evaluate("stage => stage.style.transform = 'translateX(-5000px)'")
    page.wait_for_function("window.waiting.every((each) => each === 0)")
    page.wait_for_timeout(500)
    assert page.evaluate("window.waiting") == [0, 0]
    views[0].scroll_into_view_if_needed()
    views[0].locator(".facelab-stage").evaluate("stage => stage.style.transform = ''")
    page.wait_for_function("window.waiting[0] > 0")


@pytest.mark.thorough
def test_two_tabs_each_have_their_camera_and_the_next_cell_runs_at_once(open_notebook, mine):
    page = open_notebook("facelab.widgets.Camera()", "6 * 7")
    page.keyboard.press("Control+s")
    page.wait_for_timeout(2000)  # until it is saved: the other tab shows what lies on the disk
    tabs = [page, page.context.new_page()]
    tabs[1].set_default_timeout(60_000)
    tabs[1].goto(page.url)
    for shots, tab in enumerate(tabs, start=1):
        tab.bring_to_front()
        tab.get_by_role("button", name=say("camera.on")).click()
        tab.get_by_text(say("camera.ready")).wait_for()
        tab.get_by_label(say("camera.countdown")).uncheck()
        tab.get_by_role("button", name=say("camera.shoot")).click()
        wait_until(tab, lambda shots=shots: len(mine.photos()) == shots, f"{shots} photos")
    page.bring_to_front()
    page.locator(".jp-CodeCell").nth(1).locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")
    page.locator(".jp-CodeCell").nth(1).get_by_text("42").wait_for(timeout=15_000)


def test_photos_arrive_by_their_content_upright_and_large_enough(open_notebook, mine):
    image = load_sample().images[0]
    jpeg, turned, wide = encode_jpeg(image, quality=95), io.BytesIO(), np.full((1000, 9000, 3), 128, np.uint8)
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side: to be turned once
    drawn = Image.fromarray(np.ascontiguousarray(np.rot90(image[:300])))
    drawn.save(turned, "WEBP", exif=exif)
    page = open_notebook("facelab.widgets.Upload()")
    files = {"noext": jpeg, "x.jpg_large": jpeg[:-1] + jpeg[-1:], "turned.webp": turned.getvalue()}
    drop(page, {**files, "wide.jpg": encode_jpeg(wide)})
    page.get_by_text(say("upload.progress", done=1, total=4)).wait_for(state="hidden")
    wait_until(page, lambda: (mine.folder / "photos" / "wide.jpg").exists(), "the last photo")
    assert {"noext.jpg", "turned.webp", "wide.jpg"} <= {path.name for path in mine.photos()}
    upright = read_photo(mine.folder / "photos" / "turned.webp")
    assert upright.shape[:2] == (300, 320)
    assert abs(upright.astype(int) - image[:300].astype(int)).mean() < 10
    assert read_photo(mine.folder / "photos" / "wide.jpg").shape[0] == 1000


def test_a_digit_after_running_the_cell_goes_to_the_widget_and_not_to_the_notebook(open_notebook):
    """Without a click: JupyterLab would make a heading of the next cell, which is the one that has the focus."""
    page = open_notebook("facelab.widgets.Labelling(facelab.load_sample().take(joy=2))", "'next'", "'last'")
    page.get_by_text(say("view.keys_on")).wait_for()
    page.keyboard.press("3")
    page.get_by_text(say("labelling.progress", done=1, total=2)).wait_for()
    page.locator(".jp-CodeCell").nth(1).locator(".cm-content").click()
    page.get_by_text(say("view.keys_off")).wait_for()
    page.keyboard.type("4")
    assert "4" in page.locator(".jp-CodeCell").nth(1).inner_text()
    assert page.locator(".jp-MarkdownCell").count() == 0
    page.locator(".facelab-big").click()
    page.keyboard.press("4")
    page.get_by_text(say("labelling.progress", done=2, total=2)).wait_for()
