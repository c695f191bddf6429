"""The teachers' pages: the same in both languages, what their sources make, a sheet of paper for each heading."""

import importlib.util
import json
import re
import shutil
from pathlib import Path

import pytest

from facelab.language import LANGUAGES

ROOT = Path(__file__).resolve().parents[1]
TEACHERS = ROOT / "teachers"
MINUTES = re.compile(r"^\| (\d+)–(\d+) \|", re.MULTILINE)
# A score typed into a plan: one with a decimal, or one that says that it is a score.
TYPED = re.compile(r"\d\.\d|[1-9]\d* ?점|\d points|score[sd]? [1-9]")


def load(name):
    specification = importlib.util.spec_from_file_location(name, TEACHERS / f"{name}.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


build = load("build")


def read(language, page):
    return (TEACHERS / "source" / language / f"{page}.md").read_text(encoding="utf-8")


def read_html(language, page):
    return (TEACHERS / language / f"{page}.html").read_text(encoding="utf-8")


def outline(text):
    """List what a source is made of in any language: headings, rows, points of lists, and what is filled in."""
    filled_in = re.findall(r'(?:figures|f|m)\.\w+(?:\.\w+)?|exercise\("[\d.]+"\)|parts\.\w+', text)
    plain = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", text)
    shapes = [match[0] for match in re.finditer(r"^(#+ |\|(?:[^|\n]*\|)+$|- |\d+\. )", plain, re.MULTILINE)]
    return [shape if shape[0] in "#-" else shape.count("|") for shape in shapes], set(filled_in)


def test_pages_are_what_their_sources_make():
    assert build.find_outdated() == [] and build.build_all() == build.build_all()
    sources = {path.relative_to(TEACHERS / "source").as_posix() for path in (TEACHERS / "source").glob("*/*.md")}
    assert sources == {f"{language}/{page}.md" for language in LANGUAGES for page in build.PAGES}


def test_an_edited_page_is_noticed_and_written_anew(tmp_path, monkeypatch):
    for part in ("source", "ko", "en"):
        shutil.copytree(TEACHERS / part, tmp_path / part)
    shutil.copy(TEACHERS / "figures.json", tmp_path)
    monkeypatch.setattr(build, "FOLDER", tmp_path)
    edited, left_over = tmp_path / "ko" / "plans.html", tmp_path / "en" / "old.html"
    edited.write_text("edited by hand", encoding="utf-8")
    left_over.write_text("without a source", encoding="utf-8")
    assert build.write_pages() == [left_over, edited]
    assert build.find_outdated() == [] and not left_over.exists()


def test_both_languages_say_as_much():
    differing = [page for page in build.PAGES if outline(read("ko", page)) != outline(read("en", page))]
    assert differing == []


def test_links_pictures_and_proofs_are_there():
    pages = [TEACHERS / language / f"{page}.html" for language in LANGUAGES for page in build.PAGES]
    missing = []
    for path in pages:
        html = path.read_text(encoding="utf-8")
        near = [path.parent / name for name in re.findall(r'(?:href|src)="([^"]+)"', html)]
        named = [ROOT / name for name in re.findall(r"<code>([\w.-]*/[\w./-]+|[\w.]+\.(?:md|lock|py))</code>", html)]
        missing += [(path.name, each) for each in near + named if not each.exists() and "data/mine" not in str(each)]
        assert not re.search(r"https?:", html)
    readme = (TEACHERS / "README.md").read_text(encoding="utf-8")
    linked = {TEACHERS / name for name in re.findall(r"\]\(([^)]+)\)", readme)}
    demonstrations = {TEACHERS / language / "demonstration.ipynb" for language in LANGUAGES}
    assert missing == [] and linked == set(pages) | demonstrations


def test_each_period_is_planned_for_45_minutes_without_a_gap():
    for language in LANGUAGES:
        _, _, *lessons, _ = re.split(r"^# ", read(language, "plans"), flags=re.MULTILINE)
        assert len(lessons) == 7  # lesson 2 takes two
        for lesson in lessons:
            minutes = [tuple(map(int, match)) for match in MINUTES.findall(lesson)]
            starts, ends = zip(*minutes, strict=True)
            assert starts == (0, *ends[:-1]) and ends[-1] == 45, lesson.splitlines()[0]


def test_no_figure_is_typed_that_is_computed():
    for language in LANGUAGES:
        for page in ("plans", "worksheets"):
            typed = re.sub(r"\{\{.*?\}\}|\{%.*?%\}|0\.00%", "", read(language, page))
            assert TYPED.findall(typed) == [], (language, page)


def test_the_rubric_adds_up():
    for language in LANGUAGES:
        rows = re.findall(r"^\|(.+)\|$", read(language, "assessment").split("\n\n")[2], re.MULTILINE)
        points = [int(number) for number in re.findall(r"\((\d+)", rows[0])]
        assert len(points) == 3 and points == sorted(points, reverse=True)
        assert max(points) * len(rows[2:]) == 35


def test_what_a_school_has_to_check_is_marked():
    marks = {
        "ko": ("고시 원문 확인 필요", "학교 확인 필요"),
        "en": ("to be checked against the notice", "to be checked by"),
    }
    for language, (notice, school) in marks.items():
        standards = re.findall(r"^\| (?:9정|12인기)\d\d-\d\d .*$", read(language, "assessment"), re.MULTILINE)
        assert len(standards) == 4 and all(notice in row for row in standards)
        points = re.findall(r"^\| .* \| ☐ \|$", read(language, "review"), re.MULTILINE)
        assert len(points) == 13
        assert all(school in read(language, page).lower() for page in ("consent", "review"))


def test_pupils_sheets_do_not_tell_the_answers():
    for language in LANGUAGES:
        *sheets, key = re.findall(r"<section.*?</section>", read_html(language, "worksheets"), re.DOTALL)
        assert ["sheet worksheets pupil" in sheet for sheet in (*sheets, key)] == [True, True, True, False]
        names = build.collect(language)["names"]
        assert [alt for alt in re.findall(r'alt="([^"]+)"', "".join(sheets)) if alt in names] == []


@pytest.mark.slow
@pytest.mark.thorough
def test_the_figures_are_those_of_the_kit():
    kept = json.loads((TEACHERS / "figures.json").read_text(encoding="utf-8"))
    computed = json.loads(json.dumps(load("figures").compute()))
    assert list(flatten(computed)) == pytest.approx(list(flatten(kept)), abs=1.0)  # other processors round otherwise


def flatten(figures):
    """Yield all numbers of nested dicts and lists, in order."""
    for each in figures.values() if isinstance(figures, dict) else figures:
        if isinstance(each, dict | list):
            yield from flatten(each)
        elif not isinstance(each, str):
            yield each
