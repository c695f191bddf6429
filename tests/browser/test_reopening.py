"""A lesson that is opened again: its widgets come back, on a busy computer, too, and it begins where it was left."""

import subprocess
import sys

import pytest

from facelab.dataset.traces import delete_traces
from setup.opening import jupyter_settings
from tests.browser.test_start import ROOT, open_server, run_whole_lesson

pytestmark = pytest.mark.browser

WIDGETS = ".jp-OutputArea .facelab"
# A page asks for a widget again and again, and then no more. Here it sleeps so long that the answer comes meanwhile.
LATE = "const soon = setTimeout; setTimeout = (act, ms, ...more) => soon(act, ms === 100 ? 4000 : ms, ...more);"


@pytest.fixture
def lessons(tmp_path):
    """A server as start.py opens it; gives the folder of its lessons, and a function of name and browser: the page."""
    folder = tmp_path / "mine"
    settings = {**jupyter_settings("en", folder, tmp_path / "runtime"), "PYTHONPATH": str(ROOT)}

    def open_page(name, browser):
        page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
        page.set_default_timeout(60_000)
        page.goto(f"http://{address}/lab/workspaces/en/tree/lessons/en/{name}?token={token}")
        page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
        return page

    with open_server(folder, settings) as (address, token):
        yield folder / "lessons" / "en", open_page


@pytest.fixture
def busy_computer():
    """Two processes that do nothing but take the processor."""
    others = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(2)]
    yield
    for each in others:
        each.kill()
        each.wait()


def reload(page, count):
    """Open the page anew and wait until it shows as many widgets as before; no error may stand in place of one."""
    page.reload()
    page.wait_for_function(f"document.querySelectorAll('{WIDGETS}').length >= {count}", timeout=180_000)
    page.get_by_text("Loading widget...").first.wait_for(state="detached", timeout=180_000)
    assert page.get_by_text("Error displaying widget").count() == 0


@pytest.mark.slow
@pytest.mark.thorough
def test_widgets_come_back_whenever_python_tells_of_them(lessons, browser, busy_computer):
    folder, open_page = lessons
    [lesson] = folder.glob("*3*.ipynb")
    page, said = open_page(lesson.name, browser), []
    run_whole_lesson(page, lesson)
    count = page.locator(WIDGETS).count()
    assert count > 5
    for _ in range(20):
        reload(page, count)
    page.add_init_script(LATE)
    page.on("console", lambda message: said.append(message.text))
    reload(page, count)
    page.context.close()
    assert any("widget model not found" in line for line in said), "nothing was late, so nothing was tried"


def find_place(page):
    """Return which cell is the active one, and whether its beginning is seen."""
    page.wait_for_timeout(2000)  # until charts above have come back
    place = "all => all.findIndex(one => one.classList.contains('jp-mod-active'))"
    top = page.locator(".jp-Cell.jp-mod-active").bounding_box()["y"]
    return page.eval_on_selector_all(".jp-Cell", place), 0 < top < 700


@pytest.mark.slow
def test_a_lesson_opens_where_its_pupil_stopped_and_at_the_top_after_all_was_deleted(lessons, browser):
    folder, open_page = lessons
    [lesson] = folder.glob("*1*.ipynb")
    page = open_page(lesson.name, browser)
    assert find_place(page) == (0, True)
    page.locator(".jp-Cell").first.click()
    for _ in range(20):
        page.keyboard.press("Shift+Enter")
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    page.keyboard.press("Control+s")
    page.wait_for_timeout(3000)  # until the workspace is written
    page.context.close()
    page = open_page(lesson.name, browser)
    assert find_place(page) == (20, True)
    delete_traces(folder.parents[1])
    page.locator(".jp-mod-active ~ .jp-Cell").first.click()  # the page, still open, notes where it is now
    page.wait_for_timeout(3000)
    page.context.close()
    page = open_page(lesson.name, browser)
    assert find_place(page) == (0, True)
    page.context.close()
