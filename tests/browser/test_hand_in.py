"""A hand-in and the page of a class in a real browser: from a file, on paper, and whatever hostile pupils write."""

import re

from facelab.answers.collecting import PAGE, collect, write_class
from facelab.answers.kept import keep_answer
from facelab.answers.reading import read_hand_in
from facelab.answers.texts import list_exercises
from tests.answers.test_collecting import ATTACK, OPEN, answer, write
from tests.browser.helpers import say, wait_until


def open_file(browser, path):
    """Open a page from a file; returns it, and what it asked for or ran that it must not."""
    page, wrong = browser.new_page(viewport={"width": 1366, "height": 900}), []
    page.on(
        "request", lambda request: wrong.append(request.url) if not request.url.startswith(("file:", "data:")) else 0
    )
    page.on("console", lambda message: wrong.append(message.text))
    page.on("dialog", lambda dialog: (wrong.append(dialog.message), dialog.dismiss()))
    page.goto(path.as_uri())
    return page, wrong


def test_a_pupil_hands_in_from_the_widget_and_the_file_opens_by_itself(open_notebook, browser, mine, screenshot):
    keep_answer("01.3", kind="choice", answer="learnt", tries=2, result="right")
    page = open_notebook("facelab.widgets.HandIn()")
    page.get_by_label(say("hand_in.name", "ko")).fill("별이 7")
    page.get_by_label(say("hand_in.reflection", "ko")).fill("뜻밖이었어요")
    page.get_by_role("button", name=say("hand_in.submit", "ko")).click()
    with page.expect_download() as download:
        page.get_by_role("link", name=say("hand_in.download", "ko")).click()
    wait_until(page, lambda: list(mine.hand_in_folder.glob("*.html")), "the hand-in")
    [path] = mine.hand_in_folder.glob("*.html")
    assert download.value.suggested_filename == path.name
    found = read_hand_in(path.read_bytes(), path.name)
    assert (found.name, found.reflection, found.is_done("01.3")) == ("별이 7", "뜻밖이었어요", True)
    screenshot(page.locator(".facelab"), "HandIn-made-ko")
    sheet, wrong = open_file(browser, path)
    assert sheet.get_by_role("heading", name="별이 7의 표정찾기").is_visible() and wrong == []
    assert sheet.evaluate("document.documentElement.scrollWidth <= innerWidth")
    screenshot(sheet.locator("body"), "hand-in-ko")
    assert len(re.findall(rb"/Type\s*/Page\b", sheet.pdf(prefer_css_page_size=True))) <= 4
    sheet.close()


def test_the_page_of_a_class_opens_from_a_file_and_nothing_that_pupils_wrote_runs(browser, tmp_path, screenshot):
    for pupil in range(30):
        rows = [answer(name, str(pupil), "guessed" if pupil % 3 else "wrong", pupil % 4) for name in list_exercises()]
        write(tmp_path, f"학생 {pupil}", *rows, reflection="다음에는 더 모을래요.")
    hostile = [answer(name, ATTACK, "written") for name in OPEN] + [answer("01.1", ATTACK, "guessed")]
    write(tmp_path, ATTACK[:38], *hostile, file="'><img src=x onerror=alert(2)>", reflection=ATTACK)
    write_class(collect(tmp_path), tmp_path)
    page, wrong = open_file(browser, tmp_path / PAGE)
    assert page.locator(".who tbody tr").count() == 31 and page.locator("img, script").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    cut = "all => all.filter(it => it.scrollWidth > it.clientWidth + 1).map(it => it.textContent)"
    assert page.locator("td, th").evaluate_all(cut) == []
    screenshot(page.locator("body"), "class-ko")
    assert re.search(rb"/MediaBox \[\s*0 0 84[12]", page.pdf(prefer_css_page_size=True))  # A4 on its side
    page.get_by_role("link", name="학생 7", exact=True).click()
    page.get_by_role("heading", name="학생 7의 표정찾기").wait_for()
    page.go_back()
    page.get_by_role("link", name=ATTACK[:38]).click()
    page.get_by_role("heading", name=ATTACK[:38]).wait_for()
    assert wrong == []
    page.close()
