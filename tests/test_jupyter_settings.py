"""JupyterLab as the start command opens it: no news, no questions, nothing fetched, menus in the pupil's language."""

import json
import re
import runpy
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

import start


def wait_until_it_answers(ask):
    """Wait up to 30 seconds: Jupyter prints its address shortly before it listens there."""
    for _ in range(300):
        try:
            return ask("/api")
        except urllib.error.URLError:
            time.sleep(0.1)
    raise TimeoutError("JupyterLab does not answer")


@pytest.fixture(params=["ko", "en"])
def server(request, tmp_path, monkeypatch):
    """Start JupyterLab on this computer with the kit's settings; return its language and a function that asks it."""
    monkeypatch.setattr(start, "ENVIRONMENT", tmp_path)
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        "--no-browser",
        "--allow-root",
        "--port=0",
        f"--ServerApp.root_dir={tmp_path}",
    ]
    output = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    with subprocess.Popen(command, env=start.jupyter_settings(request.param), **output) as process:
        lines = iter(process.stdout.readline, b"")
        address = next(found for line in lines if (found := re.search(rb"(http://localhost:\d+).*token=(\w+)", line)))
        base, token = (part.decode() for part in address.groups())

        def ask(path):
            question = urllib.request.Request(base + path, headers={"Authorization": f"token {token}"})
            with urllib.request.urlopen(question, timeout=30) as answer:
                return answer.read().decode("utf-8")

        wait_until_it_answers(ask)
        yield request.param, ask
        process.terminate()
        process.communicate(timeout=30)


def test_jupyterlab_asks_and_fetches_nothing_and_speaks_the_language(server):
    language, ask = server
    plugins = json.loads(ask("/lab/api/settings"))["settings"]
    schemas = {plugin["id"]: plugin["schema"].get("properties") for plugin in plugins}
    notification = schemas["@jupyterlab/apputils-extension:notification"]
    assert notification["fetchNews"]["default"] == "false"
    assert notification["checkForUpdates"]["default"] is False
    # else the first clicks after a cell has run reach Python on two threads, and out of order
    assert schemas["@jupyterlab/apputils-extension:kernels-settings"]["commsOverSubshells"]["default"] == "disabled"
    locale = schemas["@jupyterlab/translation-extension:plugin"]["locale"]["default"]
    assert locale == {"ko": "ko_KR", "en": "default"}[language]

    page = json.loads(re.search(r'id="jupyter-config-data"[^>]*>(.*?)</script>', ask("/lab"), re.DOTALL).group(1))
    assert {"@jupyterlab/apputils-extension:announcements", "@jupyterlab/extensionmanager-extension"} <= set(
        page["disabledExtensions"]
    )
    assert page["news"]["disabled"] is True

    menus = json.loads(ask(f"/lab/api/translations/{locale}"))["data"]
    assert bool(re.search("[가-힣]", json.dumps(menus, ensure_ascii=False))) is (language == "ko")


def test_widgets_of_last_time_are_taken_out_of_the_lessons(tmp_path, monkeypatch):
    """They could not be shown: their Python is gone. All else that was shown stays."""
    view = {"output_type": "display_data", "metadata": {}, "data": {"application/vnd.jupyter.widget-view+json": {}}}
    text = {"output_type": "stream", "name": "stdout", "text": "36 faces"}
    lesson = tmp_path / "notebooks" / "ko" / "03_labelling.ipynb"
    other = tmp_path / "notebooks" / "ko" / "broken.ipynb"
    cells = [
        {"cell_type": "code", "execution_count": 1, "source": "Labelling()", "outputs": [view], "metadata": {}},
        {"cell_type": "code", "execution_count": 2, "source": "len(faces)", "outputs": [text], "metadata": {}},
        {"cell_type": "markdown", "source": "# 라벨", "metadata": {}},
    ]
    lesson.parent.mkdir(parents=True)
    lesson.write_text(
        json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), encoding="utf-8"
    )
    other.write_text("no notebook", encoding="utf-8")
    config = tmp_path / "setup" / "jupyter" / "jupyter_server_config.py"
    config.parent.mkdir(parents=True)
    config.write_text((start.PROJECT / "setup" / "jupyter" / config.name).read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(tmp_path))  # where no server runs
    runpy.run_path(str(config))
    labelling, count, _ = json.loads(lesson.read_text(encoding="utf-8"))["cells"]
    assert (labelling["outputs"], labelling["execution_count"], labelling["source"]) == ([], None, "Labelling()")
    assert count == cells[1] and other.read_text(encoding="utf-8") == "no notebook"
