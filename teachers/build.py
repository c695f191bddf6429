"""Build the teachers' pages: from source/ko and source/en, in Markdown, to ko and en, in HTML that prints on A4.

    python teachers/build.py            write the pages anew
    python teachers/build.py --check    write nothing; exit with 1 if a page is not what its source makes

A heading of the first level begins a new sheet of paper. What stands in braces is Jinja: `figures` is figures.json,
which figures.py computes; `exercise("03.1")` names an exercise; `parts` is source/parts.html, with what Markdown
lacks, such as lines to write on.
"""

import csv
import json
import re
from pathlib import Path

import jinja2
import mistune

from facelab.language import LANGUAGES, read_toml
from notebooks.generated import find_changed, run, write_changed

FOLDER = Path(__file__).parent
DATA = FOLDER.parent / "data"
EXERCISES = FOLDER.parent / "facelab" / "exercises" / "exercises.toml"
MESSAGES = FOLDER.parent / "facelab" / "messages.toml"
PAGES = ("plans", "worksheets", "assessment", "consent", "review")  # in the order of their links
# Of the worksheet on labelling: plain ones and some on which people disagree.
FACES = (
    *("p025_joy_0", "p003_anger_0", "p025_neutral_0", "p057_joy_2", "p036_sadness_2", "p012_surprise_2"),
    *("p006_sadness_0", "p026_anger_1", "p057_surprise_2", "p012_anger_2", "p003_neutral_0", "p026_neutral_1"),
)
SPREAD = {"ko": "{mean}점\N{NO-BREAK SPACE}({low}~{high})", "en": "{mean}\N{NO-BREAK SPACE}({low}–{high})"}


def write_number(value):
    """Write a number with one decimal at most.

    >>> write_number(87.5), write_number(100.0)
    ('87.5', '100')
    """
    return f"{value:.1f}".removesuffix(".0")


def read_rows(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def collect(language):
    """Return what the sources of a language may name."""
    exercises, names = read_toml(EXERCISES), read_toml(MESSAGES)["expression"]
    labels = {Path(row["file"]).stem: row["expression"] for row in read_rows(DATA / "faces" / "faces.csv")}
    pieces = read_rows(DATA / "mixer" / "expressions.csv")

    def name_exercise(number):
        return f"{int(number[:2])}.{int(number[3:])} {exercises[number]['title'][language]}"

    return {
        "figures": json.loads((FOLDER / "figures.json").read_text(encoding="utf-8")),
        "exercise": name_exercise,
        "names": {name: texts[language] for name, texts in names.items()},
        "faces": {name: labels[name] for name in FACES},
        "triples": {row["expression"]: (row["brows"], row["eyes"], row["lips"]) for row in pieces},
    }


def make_environment(language):
    loader = jinja2.FileSystemLoader([FOLDER / "source" / language, FOLDER / "source"], encoding="utf-8")
    environment = jinja2.Environment(
        loader=loader, undefined=jinja2.StrictUndefined, trim_blocks=True, keep_trailing_newline=True
    )
    environment.filters["number"] = write_number
    environment.filters["spread"] = lambda figure: SPREAD[language].format(
        **{name: write_number(value) for name, value in figure.items()}
    )
    environment.globals.update(collect(language))
    environment.filters["named"] = environment.globals["names"].get
    environment.globals["parts"] = environment.get_template("parts.html").module
    return environment


def build_page(environment, language, page):
    """Return the HTML of one page."""
    markdown = mistune.create_markdown(escape=False, plugins=["table"])
    sheets = re.split(r"^(?=# )", environment.get_template(f"{page}.md").render().strip(), flags=re.MULTILINE)
    titles = {name: read_title(language, name) for name in PAGES}
    skeleton = environment.get_template("page.html")
    return skeleton.render(
        language=language, page=page, titles=titles, sheets=[markdown(sheet).strip() for sheet in sheets if sheet]
    )


def read_title(language, page):
    """Return the title of a page: what its source says in the first line, in a comment of Jinja."""
    first = (FOLDER / "source" / language / f"{page}.md").read_text(encoding="utf-8").split("\n")[0]
    return re.fullmatch(r"\{# (.+) #\}", first)[1]


def build_all():
    """Return every page as a dict from path to text."""
    built = {}
    for language in LANGUAGES:
        environment = make_environment(language)
        built |= {FOLDER / language / f"{page}.html": build_page(environment, language, page) for page in PAGES}
    return built


def list_present():
    """Return the paths of the pages that lie where such are written."""
    return [path for language in LANGUAGES for path in (FOLDER / language).glob("*.html")]


def find_outdated():
    """Return the paths of the pages that are missing, differ from their source or have none."""
    return find_changed(build_all(), list_present())


def write_pages():
    """Write the outdated pages anew, remove those without a source, and return the paths of both."""
    return write_changed(build_all(), list_present())


if __name__ == "__main__":
    run("Build the teachers' pages from teachers/source.", find_outdated, write_pages)
