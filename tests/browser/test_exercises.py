"""An exercise as a pupil meets it in JupyterLab: it waits, its hints unfold by key, the answer is judged and kept."""

import pytest

from facelab.exercises.texts import name_lesson, tell
from facelab.language import say

pytestmark = pytest.mark.browser

CELLS = [
    "facelab.widgets.Storage()",
    'share = ...\nfacelab.exercises.check("03.3", share)',
    "facelab.exercises.progress()",
]


def run(page, place):
    """Run a cell and return what it shows."""
    cell = page.locator(".jp-CodeCell").nth(place)
    cell.locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")
    cell.locator(".jp-OutputArea-output").first.wait_for()
    return cell


def test_an_exercise_waits_hints_and_is_done(open_notebook):
    page = open_notebook(*CELLS)
    card = run(page, 1).locator("[role=status]")
    card.get_by_text(say("exercises.waiting", number="3.3")).wait_for()
    for key in ("hint_1", "hint_2"):
        hint = card.get_by_text(tell("03.3", key))
        assert not hint.is_visible()
        card.locator("summary").get_by_text(say(f"exercises.{key}"), exact=True).focus()
        page.keyboard.press("Enter")
        hint.wait_for()
    editor = page.locator(".jp-CodeCell").nth(1).locator(".cm-content")
    editor.get_by_text("share = ...").click()
    page.keyboard.press("End")
    for _ in range(3):
        page.keyboard.press("Backspace")
    page.keyboard.type('"50 %"')
    run(page, 1).get_by_text(say("exercises.guess_right", number="3.3")).wait_for()
    run(page, 2).get_by_text(f"3. {name_lesson('03')} (1/5)").wait_for()
