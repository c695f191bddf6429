"""Build the notebooks of the lessons: one source makes four, in two languages, for pupils and with answers.

The demonstration for a projector, which lies with the teachers' pages, is built along with them in both languages.

    python notebooks/build.py            write ko/, en/, answers/ko/ and answers/en/ anew
    python notebooks/build.py --check    write nothing; exit with 1 if a notebook is not what its source makes

The sources are in source/, in jupytext's percent format. A cell without tags goes into every notebook; these tags
keep it out of some or change it:

    ko, en       only in that language (each Korean text stands right before its English twin)
    exercise     an exercise, ``facelab.exercises.ask("03.2", ...)``, perhaps below a gap, ``name = ...``; in the
                 answers the gap is filled in, the answer is handed over, and the thought behind it stands below, all
                 as in facelab's exercises.toml
"""

import re
import sys
from pathlib import Path

from facelab.language import read_toml
from notebooks.generated import find_changed, run, write_changed

try:
    import jupytext
    import nbformat
except ImportError:
    sys.exit(
        "build.py는 테스트 도구가 있어야 돼요. python start.py test --version을 한 번 실행해 주세요.\n"
        "build.py needs the tools of the tests: run python start.py test --version once."
    )

FOLDER = Path(__file__).parent
EXERCISES = FOLDER.parent / "facelab" / "exercises" / "exercises.toml"
LANGUAGES = ("ko", "en")
# Where an edition is written, and the tags of the cells that stay out of it.
EDITIONS = {"ko": {"en"}, "en": {"ko"}, "answers/ko": {"en"}, "answers/en": {"ko"}}
TEACHERS = FOLDER.parent / "teachers"
GAP = re.compile(r"^\w+ = \.\.\.$", re.MULTILINE)
ASK = re.compile(r'^facelab\.exercises\.ask\("(?P<number>\d\d\.\d)".*(?=\)$)', re.MULTILINE)
THOUGHT = {"ko": "**풀이.** ", "en": "**Solution.** "}
READ_ONLY = {"editable": False, "deletable": False}
# Without a kernel named here, JupyterLab would ask the pupil which one to take.
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python", "file_extension": ".py", "mimetype": "text/x-python"},
}


def build_cells(cell, number):
    """Turn one source cell into cells of a notebook, without outputs and with the same ids on every run.

    A text can neither be changed nor deleted by mistake. Where a heading stands amid a text a new cell begins, so that
    a part with a star, which is folded, ends with its own text.
    """
    tags = [tag for tag in cell.metadata.get("tags", []) if tag not in LANGUAGES]
    metadata = {"tags": tags} if tags else {}
    if cell.cell_type == "code":
        return [nbformat.v4.new_code_cell(cell.source, id=f"cell-{number:03}", metadata=metadata)]
    return [
        nbformat.v4.new_markdown_cell(
            text, id=f"cell-{number:03}{f'-{place}' if place else ''}", metadata=metadata | READ_ONLY | fold(text)
        )
        for place, text in enumerate(re.split(r"\n+(?=## )", cell.source))
    ]


def fold(text):
    """Return what folds a part with a star when a lesson is opened."""
    return {"jp-MarkdownHeadingCollapsed": True} if text.startswith("## ★") else {}


def fill_in(code, texts, language):
    """Answer an exercise: with the code of its solution or, of an open question, with the answer to compare with.

    >>> print(fill_in('facelab.exercises.ask("02.4")', {"code": "number = 144"}, "ko"))
    number = 144
    facelab.exercises.ask("02.4", answer=number)
    """
    [asked] = ASK.finditer(code)
    before, after = code[: asked.start()], code[asked.end() :]
    if "code" not in texts:
        return f'{before}{asked[0]}, answer="""\n{texts["solution"][language].strip()}\n"""{after}'
    lines = texts["code"].strip()
    [*_, name] = re.findall(r"^(\w+) = ", lines, re.MULTILINE)
    before = GAP.sub(lambda _: lines, before) if GAP.search(before) else f"{before}{lines}\n"
    return f"{before}{asked[0]}, answer={name}{after}"


def solve(cell, language):
    """Return what stands in the answers for a cell: an exercise is solved, with the thought behind it."""
    if "exercise" not in cell.metadata.get("tags", []):
        return [cell]
    texts = read_toml(EXERCISES)[ASK.search(cell.source)["number"]]
    solved = nbformat.v4.new_code_cell(fill_in(cell.source, texts, language), id=cell.id, metadata=cell.metadata)
    if "code" not in texts:
        return [solved]
    thought = THOUGHT[language] + texts["solution"][language].strip()
    return [solved, nbformat.v4.new_markdown_cell(thought, id=f"{cell.id}-solution")]


def build_notebook(source, edition):
    """Return the text of one edition's notebook of a lesson.

    >>> text = build_notebook("# %% [markdown] tags=['ko']\\n# 안녕\\n# %% [markdown] tags=['en']\\n# Hello", "en")
    >>> [cell.source for cell in nbformat.reads(text, as_version=4).cells]
    ['Hello']
    """
    left_out = EDITIONS[edition]
    cells = [
        built
        for number, cell in enumerate(jupytext.reads(source, fmt="py:percent").cells, start=1)
        if not left_out & set(cell.metadata.get("tags", []))
        for built in build_cells(cell, number)
    ]
    if edition.startswith("answers"):
        cells = [new for cell in cells for new in solve(cell, edition[-2:])]
    return nbformat.writes(nbformat.v4.new_notebook(cells=cells, metadata=METADATA)) + "\n"


def build_all(folder=FOLDER, teachers=TEACHERS):
    """Return all notebooks that the sources in a folder and the teachers' make: a dict from path to text."""
    return {
        place / edition / f"{source.stem}.ipynb": build_notebook(source.read_text(encoding="utf-8"), edition)
        for place, editions in ((folder, EDITIONS), (teachers, LANGUAGES))
        for source in sorted((place / "source").glob("*.py"))
        for edition in editions
    }


def list_present(folder=FOLDER, teachers=TEACHERS):
    """Return the paths of the notebooks that lie where such are written."""
    places = [*(folder / edition for edition in EDITIONS), *(teachers / language for language in LANGUAGES)]
    return [path for place in places for path in place.glob("*.ipynb")]


def find_outdated(*folders):
    """Return the paths of the notebooks that are missing, differ from their source or have none."""
    return find_changed(build_all(*folders), list_present(*folders))


def write_notebooks(*folders):
    """Write the outdated notebooks anew, remove those without a source, and return the paths of both."""
    return write_changed(build_all(*folders), list_present(*folders))


if __name__ == "__main__":
    run("Build the notebooks of the lessons from notebooks/source.", find_outdated, write_notebooks)
