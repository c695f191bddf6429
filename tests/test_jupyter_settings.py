"""JupyterLab as the start command opens it: no news, no questions, nothing fetched, menus in the pupil's language."""

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import unquote

import pytest

from facelab.dataset.lessons import lay_lessons
from facelab.private import WIDGET
from setup.opening import find_lesson, jupyter_settings, lay_workspace

ROOT = Path(__file__).resolve().parents[1]


def wait_until_it_answers(ask):
    """Wait up to 30 seconds: Jupyter prints its address shortly before it listens there."""
    for _ in range(300):
        try:
            return ask("/api")
        except urllib.error.URLError:
            time.sleep(0.1)
    raise TimeoutError("JupyterLab does not answer")


@contextlib.contextmanager
def open_server(language, folder):
    """Start JupyterLab on this computer with the kit's settings; give a function that asks it."""
    settings = jupyter_settings(language, folder, folder / "runtime")
    subprocess.run([sys.executable, "-m", "setup.opening", language], cwd=ROOT, env=settings, check=True)
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--port=0"]
    command.append(f"--ServerApp.root_dir={folder}")
    output = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    with subprocess.Popen(command, cwd=ROOT, env=settings, **output) as process:
        lines = iter(process.stdout.readline, b"")
        address = next(found for line in lines if (found := re.search(rb"(http://localhost:\d+).*token=(\w+)", line)))
        base, token = (part.decode() for part in address.groups())

        def ask(path, content=None):
            head = {"Authorization": f"token {token}"}
            body = None if content is None else json.dumps(content).encode()
            question = urllib.request.Request(base + path, body, head, method="PUT" if body else "GET")
            with urllib.request.urlopen(question, timeout=30) as answer:
                return answer.read().decode("utf-8")

        wait_until_it_answers(ask)
        try:
            yield ask
        finally:
            process.kill()
            process.communicate(timeout=30)


@pytest.fixture(scope="module")
def english(tmp_path_factory):
    """A folder in which JupyterLab was opened in English, and the function that asks it."""
    folder = tmp_path_factory.mktemp("pupil")
    with open_server("en", folder) as ask:
        yield folder, ask


def test_jupyterlab_asks_and_fetches_nothing_and_speaks_the_language(english, tmp_path):
    check_settings("en", english[1])
    with open_server("ko", tmp_path) as ask:
        check_settings("ko", ask)


def write_notebook(source, data, **others):
    """Return a notebook whose only cell shows something."""
    outputs = [{"output_type": "display_data", "metadata": {}, "data": data} | others]
    cell = {"cell_type": "code", "execution_count": 1, "source": source, "outputs": outputs, "metadata": {}}
    return {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}


def save(ask, name, notebook):
    ask(f"/api/contents/lessons/en/{name}", {"type": "notebook", "format": "json", "content": notebook})


def test_no_picture_gets_into_a_notebook_that_is_saved(english):
    """By whatever way it is saved: here by the server's own interface, as a page does it."""
    (folder, ask), picture = english, {"image/png": "iVBORw0KGgo="}
    save(ask, "drawn.ipynb", write_notebook("plot()", picture))
    with contextlib.suppress(urllib.error.HTTPError):  # Jupyter may refuse it, too
        save(ask, "drawn-broken.ipynb", write_notebook("plot()", picture, metadata=None))
    saved = "".join(path.read_text(encoding="utf-8") for path in (folder / "lessons" / "en").glob("drawn*.ipynb"))
    assert "plot()" in saved and "iVBORw0KGgo" not in saved


def test_widgets_of_last_time_are_not_shown_and_those_of_now_are(english):
    """The file itself stays as it is: a kit of before wrote it anew at each start, and a kill left it empty."""
    (folder, ask), lesson = english, "lessons/en/own.ipynb"
    before, now = (write_notebook("Upload()", {WIDGET: {"model_id": name}}) for name in ("of last time", "of now"))
    (folder / lesson).write_text(json.dumps(before), encoding="utf-8")
    for _ in range(2):
        [cell] = json.loads(ask(f"/api/contents/{lesson}"))["content"]["cells"]
        assert cell["outputs"] == []
    assert json.loads((folder / lesson).read_text(encoding="utf-8")) == before
    save(ask, "own.ipynb", now)
    [cell] = json.loads(ask(f"/api/contents/{lesson}"))["content"]["cells"]
    assert cell["outputs"][0]["data"][WIDGET]["model_id"] == "of now"


def test_pupils_find_no_answers_in_their_file_list(english):
    """Only what lies in the folder that JupyterLab was opened in; nothing beside or above it, by whatever path."""
    (_, ask), names, places = english, [], [""]
    while places:
        for each in json.loads(ask(f"/api/contents/{places.pop()}"))["content"]:
            names.append(each["path"])
            places += [each["path"]] if each["type"] == "directory" else []
    assert "lessons/en/1 Models and learning.ipynb" in names
    assert [name for name in names if "answers" in name or "demonstration" in name] == []
    for path in ("../notebooks/answers", "%2e%2e/notebooks", ".."):
        with pytest.raises(urllib.error.HTTPError):
            ask(f"/api/contents/{path}")


def test_the_lesson_that_opens_is_the_one_that_was_worked_on_last(tmp_path):
    lay_lessons(tmp_path, "ko")
    assert unquote(find_lesson(tmp_path, "ko")) == "lessons/ko/1 모델과 학습.ipynb"
    for hours, number in enumerate((2, 4, 3)):
        [path] = tmp_path.glob(f"lessons/ko/{number} *.ipynb")
        path.write_text("work", encoding="utf-8")
        os.utime(path, (hours * 3600, hours * 3600))
    assert find_lesson(tmp_path, "ko").isascii()  # as an address must be
    assert unquote(find_lesson(tmp_path, "ko")) == "lessons/ko/3 라벨링.ipynb"


def test_what_a_page_has_noted_stays_for_a_pupil_and_goes_before_a_demonstration(tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTERLAB_WORKSPACES_DIR", str(tmp_path))
    lay_workspace("ko")
    [path] = tmp_path.iterdir()
    laid = json.loads(path.read_text(encoding="utf-8"))
    noted = {**laid, "data": {**laid["data"], "facelab:place:lessons/ko/demonstration.ipynb": {"cell": "cell-007"}}}
    path.write_text(json.dumps(noted), encoding="utf-8")
    for anew, kept in ((False, noted), (True, laid)):
        lay_workspace("ko", anew)
        assert json.loads(path.read_text(encoding="utf-8"))["data"] == kept["data"]


def test_no_key_alone_changes_a_lesson():
    """Every shortcut that is a mere letter or digit is off; JupyterLab's own list says which there are."""
    schemas = Path(sys.prefix, "share", "jupyter", "lab", "schemas").rglob("*.json")
    shortcuts = [each for path in schemas for each in json.loads(path.read_bytes()).get("jupyter.lab.shortcuts", ())]
    letters = [
        each for each in shortcuts if each["keys"] and all(re.fullmatch("(Shift )?.", key) for key in each["keys"])
    ]
    mere = [(each["command"], *each["keys"]) for each in letters if "ImageViewer" not in each["selector"]]
    settings = ROOT / "setup" / "jupyter" / "settings" / "@jupyterlab" / "shortcuts-extension"
    listed = json.loads((settings / "shortcuts.jupyterlab-settings").read_text(encoding="utf-8"))["shortcuts"]
    assert ("kernelmenu:restart", "0", "0") in mere
    assert sorted((each["command"], *each["keys"]) for each in listed) == sorted(mere)
    assert all(each["disabled"] for each in listed)


def test_widgets_are_found_where_the_path_of_the_kit_looks_like_a_pattern(tmp_path):
    extensions = Path(sys.prefix, "share", "jupyter", "labextensions")
    kit = tmp_path / "[2학년] 수업자료" / "schemas"
    for package in extensions.rglob("package.json"):
        target = kit / ".venv" / "share" / "jupyter" / "labextensions" / package.relative_to(extensions)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(package, target)
    code = "import sys; from setup.labextensions import missing_widgets; sys.prefix = sys.argv[1]\n"
    code += "print(missing_widgets())"
    command = [sys.executable, "-c", code, str(kit / ".venv")]
    settings = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    answer = subprocess.run(command, cwd=kit, env=settings, capture_output=True, text=True, encoding="utf-8")
    assert answer.stdout == "set()\n", answer.stderr
    shutil.rmtree(kit / ".venv" / "share" / "jupyter" / "labextensions" / "anywidget")
    answer = subprocess.run(command, cwd=kit, env=settings, capture_output=True, text=True, encoding="utf-8")
    assert answer.stdout == "{'anywidget'}\n"


def test_the_kits_own_file_names_the_extensions_of_the_server():
    """Jupyter takes the path of the folder in which packages name theirs for a pattern, too, and may find none."""
    own = json.loads((ROOT / "setup" / "jupyter" / "jupyter_server_config.json").read_bytes())
    files = Path(sys.prefix, "etc", "jupyter", "jupyter_server_config.d").glob("*.json")
    named = {each for file in files for each in json.loads(file.read_bytes())["ServerApp"]["jpserver_extensions"]}
    assert "jupyter_lsp" in named  # which each page asks
    assert named - {"jupyterlab"} <= own["ServerApp"]["jpserver_extensions"].keys()  # that one is the program itself


def check_settings(language, ask):
    plugins = json.loads(ask("/lab/api/settings"))["settings"]
    schemas = {plugin["id"]: plugin["schema"].get("properties") for plugin in plugins}
    notification = schemas["@jupyterlab/apputils-extension:notification"]
    assert notification["fetchNews"]["default"] == "false"
    assert notification["checkForUpdates"]["default"] is False
    # else the first clicks after a cell has run reach Python on two threads, and out of order
    assert schemas["@jupyterlab/apputils-extension:kernels-settings"]["commsOverSubshells"]["default"] == "disabled"
    assert schemas["@jupyterlab/docmanager-extension:plugin"]["autosaveInterval"]["default"] == 15  # seconds
    locale = schemas["@jupyterlab/translation-extension:plugin"]["locale"]["default"]
    assert locale == {"ko": "ko_KR", "en": "default"}[language]

    page = json.loads(re.search(r'id="jupyter-config-data"[^>]*>(.*?)</script>', ask("/lab"), re.DOTALL).group(1))
    assert {"@jupyterlab/apputils-extension:announcements", "@jupyterlab/extensionmanager-extension"} <= set(
        page["disabledExtensions"]
    )
    assert page["news"]["disabled"] is True
    assert {"facelab", "anywidget"} <= {extension["name"] for extension in page["federated_extensions"]}

    menus = json.loads(ask(f"/lab/api/translations/{locale}"))["data"]
    assert bool(re.search("[가-힣]", json.dumps(menus, ensure_ascii=False))) is (language == "ko")
