"""The teachers' pages print as they are meant to: a sheet of paper for each heading, all pictures, nothing cut."""

import re
from pathlib import Path

from facelab.language import LANGUAGES

TEACHERS = Path(__file__).resolve().parents[2] / "teachers"


def test_each_heading_fills_one_sheet_of_paper(browser):
    files, flaws = [file for each in LANGUAGES for file in sorted((TEACHERS / each).glob("*.html"))], []
    for file in files:
        page = browser.new_page()
        page.goto(file.as_uri())
        printed = len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))
        sheets = page.locator(".sheet")
        cut = sheets.evaluate_all("all => all.filter(it => it.scrollWidth > it.clientWidth).length")
        lost = page.evaluate("[...document.images].filter(it => !it.naturalWidth).length")
        if printed != sheets.count() or cut or lost:
            flaws.append((file.relative_to(TEACHERS).as_posix(), printed, cut, lost))
        page.close()
    assert files and flaws == []
