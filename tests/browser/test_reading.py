"""A lesson as it opens: its texts cannot be changed by mistake, and what can wait is folded."""

import shutil
from pathlib import Path

import nbformat
import pytest

from tests.browser.helpers import wait_until

pytestmark = pytest.mark.browser

LESSON = Path(__file__).resolve().parents[2] / "notebooks" / "en" / "02_face_detection.ipynb"


def test_a_text_cannot_be_changed_and_a_part_with_a_star_opens_by_its_button(lab, browser, screenshot):
    shutil.copy(LESSON, lab["folder"] / LESSON.name)
    texts = [cell.source for cell in nbformat.read(LESSON, as_version=4).cells if cell.cell_type == "markdown"]
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.goto(f"{lab['address']}/doc/tree/{LESSON.name}?token={lab['token']}")
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=60_000)
    first = page.locator(".jp-MarkdownCell").first
    first.locator("h1").dblclick()
    page.keyboard.press("Enter")
    page.keyboard.type("dd3x")
    assert page.locator(".jp-MarkdownCell:not(.jp-mod-rendered)").count() == 0
    folded = page.locator(".jp-MarkdownCell", has_text="★ How are pieces cut out?")
    folded.scroll_into_view_if_needed()
    code = page.locator(".jp-CodeCell", has_text="left_edge, right_edge")
    screenshot(page.locator(".jp-NotebookPanel"), "folded")
    assert code.count() == 0 or not code.is_visible()
    folded.get_by_text("1 cell hidden").click()
    code.wait_for()
    page.keyboard.press("Control+S")
    saved = lab["folder"] / LESSON.name
    whole = b"}\n"  # as a lesson ends that is not just being written
    wait_until(page, lambda: LESSON.read_bytes() != saved.read_bytes() and saved.read_bytes().endswith(whole), "saving")
    after = [cell.source for cell in nbformat.read(saved, as_version=4).cells if cell.cell_type == "markdown"]
    page.close()
    assert after == texts
