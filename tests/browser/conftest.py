"""A real JupyterLab and a real browser, on this computer alone: each test works in a notebook of its own."""

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import nbformat
import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
SCREENSHOTS = Path(__file__).parent / "screenshots"
CHROMIUM_FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
]
SECONDS_TO_START = 60
MILLISECONDS = 60_000  # that any step in the browser may take: the first cell loads Face Mesh


def find_chromium():
    """Tell where the browser is, or None."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser():
    """A headless browser with a camera that shows a test picture."""
    path = find_chromium()
    if path is None and os.environ.get("CI"):
        pytest.fail("no chromium on this machine: a CI run has to have one")
    if path is None:
        pytest.skip("no chromium on this computer: the widgets are not tried in a real browser")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as engine:
        chromium = engine.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """A JupyterLab server on a free port; gives its folder and its address."""
    folder = tmp_path_factory.mktemp("lab")
    port, token = _find_port(), secrets.token_hex(16)
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}", "--ip=127.0.0.1"]
    command += [f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={folder}", "--ServerApp.port_retries=0"]
    with open(folder / "server.log", "wb") as log:
        server = subprocess.Popen(command, cwd=folder, env=_environment(folder), stdout=log, stderr=log)
    try:
        _wait_for(f"{address}/api?token={token}", server, folder / "server.log")
        yield {"folder": folder, "address": address, "token": token}
    finally:
        server.terminate()
        server.wait(timeout=30)


@pytest.fixture
def open_notebook(lab, browser, request):
    """Return a function that runs code in a new notebook and gives the browser's page; `mine` is where data is kept."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=lab["address"])
    name = request.node.name.replace("[", "-").replace("]", "")
    problems = []

    def open_page(code, mine):
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(_with_data(code, mine), id="only")])
        notebook.metadata["kernelspec"] = {
            "name": "python3",
            "display_name": "Python 3 (ipykernel)",
            "language": "python",
        }
        nbformat.write(notebook, lab["folder"] / f"{name}.ipynb")
        page = context.new_page()
        page.set_default_timeout(MILLISECONDS)
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda problem: problems.append(str(problem)))
        page.goto(f"{lab['address']}/doc/tree/{name}.ipynb?token={lab['token']}")
        page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()  # else JupyterLab asks which kernel to take
        page.locator(".jp-CodeCell .cm-content").first.click()
        page.keyboard.press("Shift+Enter")
        page.locator(".facelab").first.wait_for()
        return page

    yield open_page
    SCREENSHOTS.mkdir(exist_ok=True)
    for page in context.pages:
        page.screenshot(path=SCREENSHOTS / f"{name}.png")
    context.close()
    assert not problems, "the browser's console shows errors"


@pytest.fixture(params=["ko", "en"])
def language(request):
    """Each language in turn."""
    return request.param


def _with_data(code, mine):
    return f"import os\nos.environ['FACELAB_MINE'] = {str(mine)!r}\nimport facelab\n{code}"


def _environment(folder):
    """The settings of JupyterLab that keep its questions away, and none of this computer's own."""
    settings = folder / "settings" / "@jupyterlab" / "apputils-extension"
    settings.mkdir(parents=True)
    quiet = {"fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True}
    (settings / "notification.jupyterlab-settings").write_text(json.dumps(quiet), encoding="utf-8")
    own = {
        "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
        "PYTHONPATH": str(REPOSITORY),
    }
    return os.environ | own


def _find_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(address, server, log):
    for _ in range(SECONDS_TO_START * 4):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.25)
    pytest.fail("JupyterLab did not start:\n" + log.read_text(encoding="utf-8", errors="replace")[-2000:])
