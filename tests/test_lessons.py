"""The lessons: built from their sources, written by the rules, and every edition runs from first to last cell."""

import ast
import importlib.util
import io
import os
import re
import statistics
import subprocess
import sys
import tokenize
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import jupytext
import nbformat
import pytest
from markdown_it import MarkdownIt
from nbclient import NotebookClient

import facelab
from facelab.exercises.texts import list_exercises, tell
from facelab.language import use_language

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = ROOT / "notebooks"
SOURCES = sorted((NOTEBOOKS / "source").glob("*.py"))
EDITIONS = ["ko", "en", "answers/ko", "answers/en"]
BUILT = sorted(path for edition in EDITIONS for path in (NOTEBOOKS / edition).glob("*.ipynb"))
LANGUAGES = {"ko", "en"}
CELL_SECONDS = 120

every_source = pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
every_notebook = pytest.mark.parametrize("path", BUILT, ids=lambda path: path.relative_to(NOTEBOOKS).as_posix())
every_edition = pytest.mark.parametrize("edition", EDITIONS)


def load_build():
    specification = importlib.util.spec_from_file_location("build", NOTEBOOKS / "build.py")
    build = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(build)
    return build


def read_cells(source):
    return jupytext.reads(source.read_text(encoding="utf-8"), fmt="py:percent").cells


def read_code(path):
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def tags_of(cell):
    return set(cell.metadata.get("tags", []))


def count_lines(code):
    return sum(bool(line.strip()) for line in code.splitlines())


def find_comments(code):
    tokens = tokenize.generate_tokens(io.StringIO(code).readline)
    return [token.string for token in tokens if token.type == tokenize.COMMENT]


# The builder


def test_notebooks_are_what_their_sources_make():
    assert BUILT
    assert load_build().find_outdated() == []


def test_build_writes_once_and_removes_what_lost_its_source(tmp_path):
    build = load_build()
    source = tmp_path / "source" / "01_hello.py"
    source.parent.mkdir()
    source.write_text('# %% [markdown] tags=["ko"]\n# 안녕\n\n# %% [markdown] tags=["en"]\n# Hello\n', encoding="utf-8")
    assert len(build.write_notebooks(tmp_path)) == 4
    assert build.write_notebooks(tmp_path) == []
    (tmp_path / "ko" / "01_hello.ipynb").write_text("edited by hand", encoding="utf-8")
    assert build.find_outdated(tmp_path) == [tmp_path / "ko" / "01_hello.ipynb"]
    source.unlink()
    assert len(build.write_notebooks(tmp_path)) == 4
    assert list(tmp_path.rglob("*.ipynb")) == []


@pytest.mark.parametrize(
    ("edition", "expected"),
    [
        ("ko", ["1", "안녕"]),
        ("en", ["1", "Hello"]),
        ("answers/ko", ["1", "안녕"]),
        ("answers/en", ["1", "Hello"]),
    ],
)
def test_build_keeps_the_cells_of_its_edition(edition, expected):
    source = '# %%\n1\n\n# %% [markdown] tags=["ko"]\n# 안녕\n\n# %% [markdown] tags=["en"]\n# Hello\n'
    assert build_sources(source, edition) == expected


def test_build_fills_the_gaps_in_the_answers_alone():
    source = '# %% tags=["exercise"]\nshare = ...\nfacelab.exercises.check("03.3", share)\n'
    check = 'facelab.exercises.check("03.3", share)'
    assert build_sources(source, "ko") == build_sources(source, "en") == [f"share = ...\n{check}"]
    for language, heading in (("ko", "**풀이.**"), ("en", "**Solution.**")):
        use_language(language)
        solved, thought = build_sources(source, f"answers/{language}")
        assert solved == f"share = 0.5\n{check}"
        assert thought == f"{heading} {tell('03.3', 'solution')}"


def test_build_writes_the_answer_to_compare_with_into_an_open_question():
    source = '# %% tags=["exercise"]\nmine = """\n\n"""\nfacelab.exercises.check("01.5", mine)\n'
    [solved] = build_sources(source, "answers/ko")
    assert solved == f'mine = """\n{tell("01.5", "solution")}\n"""\nfacelab.exercises.check("01.5", mine)'


def build_sources(source, edition):
    notebook = nbformat.reads(load_build().build_notebook(source, edition), as_version=4)
    return [cell.source for cell in notebook.cells]


# The rules of writing


@every_source
def test_each_korean_text_stands_before_its_english_twin(source):
    texts = [cell for cell in read_cells(source) if cell.cell_type == "markdown"]
    korean, english = texts[::2], texts[1::2]
    assert all("ko" in tags_of(cell) for cell in korean)
    assert all("en" in tags_of(cell) for cell in english)
    assert [tags_of(cell) - LANGUAGES for cell in korean] == [tags_of(cell) - LANGUAGES for cell in english]


@every_source
def test_each_exercise_of_the_lesson_stands_there_once_with_a_gap_and_below_its_title(source):
    cells = read_cells(source)
    exercises = [cell for cell in cells if "exercise" in tags_of(cell)]
    numbers = [re.search(r'exercises\.check\("(.+?)"', cell.source)[1] for cell in exercises]
    assert numbers == [name for name in list_exercises() if name[:2] == source.stem[:2]]
    assert 4 <= len(numbers) <= 6
    assert all(len(load_build().GAP.findall(cell.source)) == 1 for cell in exercises)
    for language, word in (("ko", "연습"), ("en", "Exercise")):
        texts = "\n".join(cell.source for cell in cells if language in tags_of(cell))
        headings = [f"### {word} {name[1:]} {list_exercises()[name]['title'][language]}" for name in numbers]
        assert re.findall(rf"^### {word} .+$", texts, flags=re.MULTILINE) == headings


@every_source
def test_shared_code_speaks_no_language(source):
    for cell in read_cells(source):
        if cell.cell_type == "code" and not tags_of(cell) & LANGUAGES:
            assert not re.search("[ㄱ-ㅎ가-힣]", cell.source)
            assert find_comments(cell.source) == []


@every_source
def test_code_of_one_language_only_chooses_the_language(source):
    code = [cell.source for cell in read_cells(source) if cell.cell_type == "code" and tags_of(cell) & LANGUAGES]
    assert code == ['facelab.use_language("en")']


@every_notebook
def test_code_cells_are_short_and_few_in_a_row(path):
    cells = nbformat.read(path, as_version=4).cells
    lines = [count_lines(cell.source) for cell in cells if cell.cell_type == "code"]
    assert statistics.median(lines) <= 3
    assert max(lines) <= 10
    kinds = "".join(cell.cell_type[0] for cell in cells)
    assert "ccc" not in kinds


@every_notebook
def test_notebooks_are_clean_and_name_their_kernel(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert notebook.metadata.kernelspec.name == "python3"
    assert all(cell.outputs == [] and cell.execution_count is None for cell in read_code(path))


@every_notebook
def test_imports_name_what_they_bring(path):
    for cell in read_code(path):
        stars = [node for node in ast.walk(ast.parse(cell.source)) if isinstance(node, ast.ImportFrom)]
        assert all(alias.name != "*" for node in stars for alias in node.names)


@every_notebook
def test_links_lead_to_a_lesson(path):
    texts = "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "markdown")
    for link in re.findall(r"\]\(([^)#]+\.ipynb)\)", texts):
        assert (path.parent / link).exists(), link


@every_notebook
def test_emphasis_is_shown_as_such(path):
    """In Markdown, ** after a sign such as % and before a letter stays two stars: Korean particles fall into this."""
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "markdown":
            shown = re.sub("<[^>]+>", "", MarkdownIt().enable("table").render(cell.source))
            assert "**" not in shown, shown


# The lessons at work


def make_environment(folder):
    """Return the environment of a pupil who has no data yet: with a folder of their own that is still empty."""
    return {**os.environ, "FACELAB_MINE": str(folder), "PYTHONPATH": str(ROOT)}


def run_under_nbval(edition, folder):
    """Run lesson after lesson in the same folder, as a pupil works: what one lesson saves, the next one finds."""
    options = ["--nbval-lax", "--nbval-cell-timeout", str(CELL_SECONDS), "-q", "-p", "no:cacheprovider"]
    lessons = [str(path) for path in BUILT if path.parent == NOTEBOOKS / edition]
    command = [sys.executable, "-m", "pytest", *options, *lessons]
    wanted = {"cwd": ROOT, "env": make_environment(folder / "mine"), "capture_output": True}
    return subprocess.run(command, **wanted, text=True, encoding="utf-8", errors="replace")


def run_alone(path, folder):
    """Run one lesson in a folder of its own, as somebody opens it who was away the week before; returns its cells."""
    notebook = nbformat.read(path, as_version=4)
    place = {"metadata": {"path": str(path.parent)}}
    client = NotebookClient(notebook, timeout=CELL_SECONDS, allow_errors=True, resources=place)
    client.execute(env=make_environment(folder / "mine"))
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def run_two_at_a_time(function, request, parameter, tmp_path_factory):
    """Call a function for everything that the chosen tests of a fixture ask for: one after the other takes too long."""
    tests = [item for item in request.session.items if request.fixturename in item.fixturenames]
    wanted = list(dict.fromkeys(item.callspec.params[parameter] for item in tests))  # several tests ask for the same
    folders = [tmp_path_factory.mktemp(request.fixturename) for _ in wanted]
    with ThreadPoolExecutor(2) as pool:
        return dict(zip(wanted, pool.map(function, wanted, folders), strict=True))


@pytest.fixture(scope="module")
def under_nbval(request, tmp_path_factory):
    return run_two_at_a_time(run_under_nbval, request, "edition", tmp_path_factory)


@pytest.fixture(scope="module")
def alone(request, tmp_path_factory):
    return run_two_at_a_time(run_alone, request, "path", tmp_path_factory)


@pytest.mark.slow
@every_edition
def test_edition_runs_in_order_under_nbval(edition, under_nbval):
    finished = under_nbval[edition]
    assert finished.returncode == 0, finished.stdout[-5000:] + finished.stderr[-2000:]


@pytest.mark.slow
@every_notebook
def test_lesson_runs_alone_without_a_word_of_warning(path, alone):
    blemishes = [output for cell in alone[path] for output in cell.outputs if is_blemish(output)]
    assert blemishes == []


@pytest.mark.slow
@every_notebook
def test_every_exercise_is_right_in_the_answers_and_waits_for_a_pupil(path, alone):
    use_language(path.parent.name)
    exercises = [cell for cell in alone[path] if "exercise" in tags_of(cell)]
    assert len(exercises) >= 4
    for cell in exercises:
        name = re.search(r'exercises\.check\("(.+?)"', cell.source)[1]
        keys = ("right", "guess_right", "written") if "answers" in path.parts else ("waiting",)
        wanted = [facelab.say(f"exercises.{key}", number=name.removeprefix("0")) for key in keys]
        assert cell.outputs[-1]["data"]["text/plain"].splitlines()[0] in wanted, cell.outputs[-1]["data"]["text/plain"]


@pytest.mark.slow
@every_notebook
def test_charts_are_seen(path, alone):
    drawing = [cell for cell in alone[path] if re.search(r"\.(plot|draw_\w+)\(.*\);$", cell.source)]
    assert [cell.source for cell in drawing if not shows_picture(cell)] == []


def shows_picture(cell):
    return any("image/png" in output.get("data", {}) for output in cell.outputs)


def is_blemish(output):
    """Tell whether a pupil would see an error, a warning, a bare object or an empty line where a sentence belongs."""
    if output.output_type == "error" or output.get("name") == "stderr":
        return True
    if output.output_type == "stream":
        return not all(line.strip() for line in output["text"].splitlines())
    bare = set(output.get("data", {})) == {"text/plain"}
    return bare and re.search(r"<[A-Z]\w+ size|object at 0x|^\[?<", output["data"]["text/plain"]) is not None


@pytest.mark.parametrize(
    "output",
    [
        nbformat.v4.new_output("error", ename="ValueError", evalue="", traceback=[]),
        nbformat.v4.new_output("stream", name="stderr", text="UserWarning: old"),
        nbformat.v4.new_output("stream", name="stdout", text="a sentence\n\na sentence\n"),
        nbformat.v4.new_output("display_data", data={"text/plain": "<Figure size 640x480 with 1 Axes>"}),
        nbformat.v4.new_output("display_data", data={"text/plain": "<facelab.faces.Face object at 0x7f00>"}),
    ],
)
def test_blemishes_are_seen(output):
    assert is_blemish(output)


@pytest.mark.parametrize(
    "output",
    [
        nbformat.v4.new_output("stream", name="stdout", text="a sentence\nanother\n"),
        nbformat.v4.new_output("display_data", data={"text/plain": "<Figure size 640x480>", "image/png": ""}),
        nbformat.v4.new_output("display_data", data={"text/plain": "Counter({'joy': 20})"}),
    ],
)
def test_results_are_no_blemishes(output):
    assert not is_blemish(output)
