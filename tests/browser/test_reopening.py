"""A lesson that is opened again while its Python lives on: its widgets come back, on a busy computer, too."""

import contextlib
import subprocess
import sys

import pytest

from setup.opening import jupyter_settings
from tests.browser.test_start import ROOT, open_server, run_whole_lesson

pytestmark = pytest.mark.browser

WIDGETS = ".jp-OutputArea .facelab"
# A page asks for a widget again and again, and then no more. Here it sleeps so long that the answer comes meanwhile.
LATE = "const soon = setTimeout; setTimeout = (act, ms, ...more) => soon(act, ms === 100 ? 4000 : ms, ...more);"


@contextlib.contextmanager
def run_lesson_3(browser, tmp_path):
    """Run all of lesson 3 and save it; gives its page."""
    folder = tmp_path / "mine"
    settings = {**jupyter_settings("en", folder, tmp_path / "runtime"), "PYTHONPATH": str(ROOT)}
    with open_server(folder, settings) as (address, token):
        page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
        page.set_default_timeout(60_000)
        [lesson] = (folder / "lessons" / "en").glob("*3*.ipynb")
        page.goto(f"http://{address}/lab/workspaces/en/tree/lessons/en/{lesson.name}?token={token}")
        run_whole_lesson(page, lesson)
        yield page
        page.context.close()


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
    page.wait_for_function(f"document.querySelectorAll('{WIDGETS}').length >= {count}")
    page.get_by_text("Loading widget...").first.wait_for(state="detached")
    assert page.get_by_text("Error displaying widget").count() == 0


@pytest.mark.slow
@pytest.mark.parametrize("times", [3, pytest.param(20, marks=pytest.mark.thorough)])
def test_widgets_come_back_whenever_python_tells_of_them(browser, tmp_path, busy_computer, times):
    said = []
    with run_lesson_3(browser, tmp_path) as page:
        count = page.locator(WIDGETS).count()
        assert count > 5
        for _ in range(times):
            reload(page, count)
        page.add_init_script(LATE)
        page.on("console", lambda message: said.append(message.text))
        reload(page, count)
    assert any("widget model not found" in line for line in said), "nothing was late, so nothing was tried"
