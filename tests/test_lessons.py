"""The lessons: built from their sources, written by the rules, and every edition runs from first to last cell."""

import importlib.util
import io
import os
import re
import statistics
import subprocess
import sys
import tokenize
from pathlib import Path

import jupytext
import nbformat
import pytest
from markdown_it import MarkdownIt
from nbclient import NotebookClient

import facelab
from facelab.answers.texts import list_exercises, tell
from facelab.language import use_language

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = ROOT / "notebooks"
SOURCES = sorted((NOTEBOOKS / "source").glob("*.py"))
DEMONSTRATION = ROOT / "teachers" / "source" / "demonstration.py"
EDITIONS = ["ko", "en", "answers/ko", "answers/en"]
BUILT = sorted(path for edition in EDITIONS for path in (NOTEBOOKS / edition).glob("*.ipynb"))
DEMONSTRATIONS = sorted((ROOT / "teachers").glob("*/demonstration.ipynb"))
LANGUAGES = {"ko", "en"}
CELL_SECONDS = 300  # enough on a computer that is busy with other work, too


def load_build():
    specification = importlib.util.spec_from_file_location("build", NOTEBOOKS / "build.py")
    build = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(build)
    return build


def read_cells(source):
    return jupytext.reads(source.read_text(encoding="utf-8"), fmt="py:percent").cells


def tags_of(cell):
    return set(cell.metadata.get("tags", []))


def number_of(cell):
    """Return the number of the exercise that a cell asks, such as 03.3."""
    return re.search(r'exercises\.ask\("(.+?)"', cell.source)[1]


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
    source, teachers = tmp_path / "source" / "01_hello.py", tmp_path / "teachers"
    source.parent.mkdir()
    source.write_text('# %% [markdown] tags=["ko"]\n# 안녕\n\n# %% [markdown] tags=["en"]\n# Hello\n', encoding="utf-8")
    assert len(build.write_notebooks(tmp_path, teachers)) == 4
    assert build.write_notebooks(tmp_path, teachers) == []
    (tmp_path / "ko" / "01_hello.ipynb").write_text("edited by hand", encoding="utf-8")
    assert build.find_outdated(tmp_path, teachers) == [tmp_path / "ko" / "01_hello.ipynb"]
    source.unlink()
    assert len(build.write_notebooks(tmp_path, teachers)) == 4
    assert list(tmp_path.rglob("*.ipynb")) == []


def test_build_keeps_the_cells_of_its_edition():
    source = '# %%\n1\n\n# %% [markdown] tags=["ko"]\n# 안녕\n\n# %% [markdown] tags=["en"]\n# Hello\n'
    built = {edition: build_sources(source, edition) for edition in EDITIONS}
    korean, english = ["1", "안녕"], ["1", "Hello"]
    assert built == {"ko": korean, "en": english, "answers/ko": korean, "answers/en": english}


def test_build_answers_the_exercises_in_the_answers_alone():
    gap, asked = "parts = ...", 'facelab.exercises.ask("05.2", parts, dataset)'
    cases = {f"{gap}\n{asked}": "parts = dataset.split(test_size=10)\n" + asked.replace(")", ", answer=parts)")}
    cases['facelab.exercises.ask("02.4")'] = 'value = 200 * 2 - 256\nfacelab.exercises.ask("02.4", answer=value)'
    for code, solution in cases.items():
        source = f'# %% tags=["exercise"]\n{code}\n'
        assert build_sources(source, "ko") == build_sources(source, "en") == [code]
        for language, heading in (("ko", "**풀이.**"), ("en", "**Solution.**")):
            solved, thought = build_sources(source, f"answers/{language}")
            assert solved == solution
            assert thought.startswith(heading)


def test_build_writes_the_answer_to_compare_with_into_an_open_question():
    [solved] = build_sources('# %% tags=["exercise"]\nfacelab.exercises.ask("01.5")\n', "answers/ko")
    assert solved == f'facelab.exercises.ask("01.5", answer="""\n{tell("01.5", "solution")}\n""")'


def build_sources(source, edition):
    notebook = nbformat.reads(load_build().build_notebook(source, edition), as_version=4)
    return [cell.source for cell in notebook.cells]


# The rules of writing


def test_each_korean_text_stands_before_its_english_twin(subtests):
    for source in (*SOURCES, DEMONSTRATION):
        with subtests.test(source.stem):
            tags = [tags_of(cell) for cell in read_cells(source) if cell.cell_type == "markdown"]
            korean, english = tags[::2], tags[1::2]
            assert all("ko" in each for each in korean) and all("en" in each for each in english)
            assert [each - LANGUAGES for each in korean] == [each - LANGUAGES for each in english]


def test_each_exercise_of_the_lesson_stands_there_once_below_its_title_with_a_gap_where_code_is_asked(subtests):
    for source in SOURCES:
        with subtests.test(source.stem):
            cells = read_cells(source)
            exercises = [cell for cell in cells if "exercise" in tags_of(cell)]
            numbers = [number_of(cell) for cell in exercises]
            assert numbers == [name for name in list_exercises() if name[:2] == source.stem[:2]]
            assert 4 <= len(numbers) <= 6
            gaps = {number_of(cell): len(load_build().GAP.findall(cell.source)) for cell in exercises}
            assert gaps == {name: int(list_exercises()[name]["kind"] == "code") for name in numbers}
            for language, word in (("ko", "연습"), ("en", "Exercise")):
                texts = "\n".join(cell.source for cell in cells if language in tags_of(cell))
                headings = [f"### {word} {name[1:]} {list_exercises()[name]['title'][language]}" for name in numbers]
                assert re.findall(rf"^### {word} .+$", texts, flags=re.MULTILINE) == headings


def test_shared_code_speaks_no_language_and_the_rest_only_chooses_one(subtests):
    for source in (*SOURCES, DEMONSTRATION):
        with subtests.test(source.stem):
            code = [cell for cell in read_cells(source) if cell.cell_type == "code"]
            shared = [cell.source for cell in code if not tags_of(cell) & LANGUAGES]
            assert [cell.source for cell in code if tags_of(cell) & LANGUAGES] == ['facelab.use_language("en")']
            assert [each for each in shared if re.search("[ㄱ-ㅎ가-힣]", each) or find_comments(each)] == []


def test_the_code_of_the_lessons_is_what_a_pupil_can_read(subtests):
    """What takes more than that has a name in the library."""
    hard = r"groupby|unstack|unravel_index|\*\*\{|\[:, \[|np\.roll|numpy\.isin|qcut|DataFrame|glob"
    hard += r"|where\(|lambda|arg(max|min)|idx(max|min)|median|combinations"
    hard += r"|\[::|\d:\d+:|points\[\[|axis=|GroupKFold|__name__|Counter"
    for source in SOURCES:
        with subtests.test(source.stem):
            code = [cell.source for cell in read_cells(source) if cell.cell_type == "code"]
            assert [each for each in code if re.search(hard, each)] == []


def test_texts_cannot_be_changed_and_parts_with_a_star_are_folded(subtests):
    for path in BUILT:
        with subtests.test(path.relative_to(NOTEBOOKS).as_posix()):
            for cell in nbformat.read(path, as_version=4).cells:
                guarded = cell.metadata.get("editable") is False and cell.metadata.get("deletable") is False
                assert guarded == (cell.cell_type == "markdown" and not cell.id.endswith("-solution"))
                folded = bool(cell.metadata.get("jp-MarkdownHeadingCollapsed"))
                assert folded == cell.source.startswith("## ★") and "\n## " not in cell.source


def test_the_second_half_of_lesson_2_runs_from_the_first_cells_and_the_break_on(tmp_path):
    notebook = nbformat.read(NOTEBOOKS / "en" / "02_face_detection.ipynb", as_version=4)
    [stop] = [number for number, cell in enumerate(notebook.cells) if re.match(r"## .*\(2A", cell.source)]
    first = [cell for cell in notebook.cells if cell.cell_type == "code"][:2]
    notebook.cells = [*first, *(cell for cell in notebook.cells[stop:] if cell.cell_type == "code")]
    place = {"metadata": {"path": str(NOTEBOOKS / "en")}}
    NotebookClient(notebook, timeout=CELL_SECONDS, resources=place).execute(env=make_environment(tmp_path))


def test_notebooks_are_clean_short_and_name_their_kernel(subtests):
    for path in (*BUILT, *DEMONSTRATIONS):
        with subtests.test(path.relative_to(ROOT).as_posix()):
            notebook = nbformat.read(path, as_version=4)
            nbformat.validate(notebook)
            assert notebook.metadata.kernelspec.name == "python3"
            code = [cell for cell in notebook.cells if cell.cell_type == "code"]
            assert all(cell.outputs == [] and cell.execution_count is None for cell in code)
            lines = [count_lines(cell.source) for cell in code]
            assert statistics.median(lines) <= 3 and max(lines) <= 10
            assert "ccc" not in "".join(cell.cell_type[0] for cell in notebook.cells)
            assert not any(re.search(r"^\s*from .+ import \*", cell.source, re.MULTILINE) for cell in code)


def test_links_lead_to_a_lesson_and_emphasis_is_shown_as_such(subtests):
    """In Markdown, ** after a sign such as % and before a letter stays two stars: Korean particles fall into this."""
    for path in (*BUILT, *DEMONSTRATIONS):
        with subtests.test(path.relative_to(ROOT).as_posix()):
            cells = nbformat.read(path, as_version=4).cells
            texts = [cell.source for cell in cells if cell.cell_type == "markdown"]
            links = re.findall(r"\]\(([^)#]+\.ipynb)\)", "\n".join(texts))
            assert [link for link in links if not (path.parent / link).exists()] == []
            shown = [re.sub("<[^>]+>", "", MarkdownIt().enable("table").render(text)) for text in texts]
            assert [text for text in shown if "**" in text] == []


# The lessons at work


def name_lesson(path):
    return path.relative_to(NOTEBOOKS).with_suffix("").as_posix()


def make_environment(folder):
    """Return the environment of a pupil who has no data yet: with a folder of their own that is still empty."""
    return {**os.environ, "FACELAB_MINE": str(folder / "mine"), "PYTHONPATH": str(ROOT)}


@pytest.mark.slow
def test_the_korean_lessons_run_in_order_under_nbval_with_the_exercises_solved(tmp_path):
    """In the same folder, as a pupil works: what one lesson saves, the next one finds; all the code there is."""
    options = ["--nbval-lax", "--nbval-cell-timeout", str(CELL_SECONDS), "-q", "-p", "no:cacheprovider"]
    lessons = sorted(map(str, (NOTEBOOKS / "answers" / "ko").glob("*.ipynb")))
    command = [sys.executable, "-m", "pytest", *options, *lessons]
    wanted = {"cwd": ROOT, "env": make_environment(tmp_path), "capture_output": True}
    finished = subprocess.run(command, **wanted, text=True, encoding="utf-8", errors="replace")
    assert finished.returncode == 0, finished.stdout[-5000:] + finished.stderr[-2000:]


@pytest.mark.slow
@pytest.mark.thorough
@pytest.mark.parametrize(
    "path", [path for path in BUILT if path.parent != NOTEBOOKS / "answers" / "ko"], ids=name_lesson
)
def test_a_lesson_runs_alone_with_its_charts_and_exercises_and_without_a_warning(path, tmp_path, subtests):
    """In a folder of its own, as somebody opens it who was away the week before."""
    cells = run_alone(path, tmp_path, subtests)
    use_language(path.parent.name)
    keys = ("right", "guessed", "written") if "answers" in path.parts else ("waiting",)
    exercises = [cell for cell in cells if "exercise" in tags_of(cell)]
    assert len(exercises) >= 4
    for cell in exercises:
        with subtests.test(number_of(cell)):
            wanted = [facelab.say(f"exercises.{key}", number=number_of(cell).removeprefix("0")) for key in keys]
            assert cell.outputs[-1]["data"]["text/plain"].splitlines()[0] in wanted


@pytest.mark.slow
@pytest.mark.parametrize("language", ["ko", pytest.param("en", marks=pytest.mark.thorough)])
def test_the_demonstration_shows_an_idea_of_each_lesson_and_a_pupil_does_not_see_it(language, tmp_path, subtests):
    path = ROOT / "teachers" / language / "demonstration.ipynb"
    cells = run_alone(path, tmp_path, subtests)
    assert all(cell.outputs for cell in cells if "import" not in cell.source and "use_language" not in cell.source)
    texts = "\n".join(cell.source for cell in nbformat.read(path, as_version=4).cells)
    assert re.findall(r"^## (\d)\.", texts, re.MULTILINE) == [source.stem[1] for source in SOURCES]
    assert not {path.name for path in BUILT} & {path.name for path in DEMONSTRATIONS}


def run_alone(path, folder, subtests):
    """Run a notebook in an empty folder and return its cells with code; none may fail, warn or lack its chart."""
    notebook = nbformat.read(path, as_version=4)
    place = {"metadata": {"path": str(path.parent)}}
    client = NotebookClient(notebook, timeout=CELL_SECONDS, allow_errors=True, resources=place)
    client.execute(env=make_environment(folder))
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    with subtests.test("blemishes"):
        assert [output for cell in cells for output in cell.outputs if is_blemish(output)] == []
    with subtests.test("charts"):
        drawing = [cell for cell in cells if re.search(r"\.(plot|draw_\w+)\(.*\);$", cell.source)]
        assert [cell.source for cell in drawing if not shows_picture(cell)] == []
    return cells


def shows_picture(cell):
    return any("image/png" in output.get("data", {}) for output in cell.outputs)


def is_blemish(output):
    """Tell whether a pupil would see an error, a warning, a bare object or an empty line where a sentence belongs."""
    if output.output_type == "error" or output.get("name") == "stderr" or is_raw(output):
        return True
    if output.output_type == "stream":
        return not all(line.strip() for line in output["text"].splitlines())
    bare = set(output.get("data", {})) == {"text/plain"}
    return bare and re.search(r"<[A-Z]\w+ size|object at 0x|^\[?<", output["data"]["text/plain"]) is not None


def is_raw(output):
    """Tell whether a pupil would see how Python writes its own things, instead of words and numbers."""
    text = output.get("text", "") + output.get("data", {}).get("text/plain", "")
    return re.search(r"Counter\(|dtype|array\(|it/s|np\.\w+\(", text) is not None


def test_blemishes_are_seen_and_results_are_none():
    output = nbformat.v4.new_output
    blemishes = [
        output("error", ename="ValueError", evalue="", traceback=[]),
        output("stream", name="stderr", text="UserWarning: old"),
        output("stream", name="stdout", text="a sentence\n\na sentence\n"),
        output("display_data", data={"text/plain": "<Figure size 640x480 with 1 Axes>"}),
        output("display_data", data={"text/plain": "<facelab.faces.Face object at 0x7f00>"}),
        output("execute_result", data={"text/plain": "Counter({'joy': 20})"}),
        output("execute_result", data={"text/plain": "array(['joy'], dtype='<U8')"}),
        output("execute_result", data={"text/plain": "5    0.8\nName: accuracy, dtype: float64"}),
        output("stream", name="stdout", text="100%|###| 30/30 [00:01<00:00, 39.09it/s]"),
    ]
    results = [
        output("stream", name="stdout", text="a sentence\nanother\n"),
        output("display_data", data={"text/plain": "<Figure size 640x480>", "image/png": ""}),
        output("display_data", data={"text/plain": "기쁨 20장"}),
    ]
    assert [each for each in blemishes if not is_blemish(each)] == []
    assert [each for each in results if is_blemish(each)] == []
