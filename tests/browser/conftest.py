"""A real JupyterLab and a real browser, on this computer alone: each test works in a notebook and a Python of its own.

The page of JupyterLab stays open for the next test, as for a pupil who opens the next lesson in it: to load it takes
three times as long as all else that a test needs to begin.
"""

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
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import nbformat
import numpy as np
import pytest

import facelab
from facelab.faces.photo import encode_jpeg

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
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",  # as if the network were unplugged
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
]
SECONDS_TO_START = 60
MILLISECONDS = 60_000  # that any step in the browser may take: the first cell loads Face Mesh
IDLE = "Python 3 (ipykernel) | Idle"
CUT_SHORT = "Could not restore the debugger state: Canceled future"  # JupyterLab's own, of a notebook that was closed
OPEN = "path => { jupyterapp.commands.execute('docmanager:open', { path }); }"
CLEAR = """() => {
  delete navigator.mediaDevices.getUserMedia;  // where a test has put one of its own in front of the browser's
  jupyterapp.shell.currentWidget.dispose();
}"""


def find_chromium():
    """Tell where the browser is, or None."""
    names = ["chromium", "chromium-browser", "google-chrome", "chrome"]
    names += ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"]  # a Mac and Windows have it on no path
    names += [str(Path(os.environ.get("PROGRAMFILES", "/"), "Google", "Chrome", "Application", "chrome.exe"))]
    return next((path for name in names if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser_thread():
    """A function that calls another one in the browser's thread, and nowhere else.

    Playwright keeps a loop running in its thread between its calls; in the thread of all other tests, each that
    depends on whether a loop is running would depend on the tests before it.
    """
    with ThreadPoolExecutor(1) as pool:
        yield lambda function, *arguments, **named: pool.submit(function, *arguments, **named).result()


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem):
    """Run the tests that use the browser in its thread."""
    if "browser" in pyfuncitem.fixturenames:
        pyfuncitem.obj = partial(pyfuncitem.funcargs["browser_thread"], pyfuncitem.obj)


@pytest.fixture(scope="session")
def browser(browser_thread, tmp_path_factory):
    """A headless browser whose camera sees a shipped face."""
    path = find_chromium()
    if path is None and os.environ.get("CI"):
        pytest.fail("no chromium on this machine: a CI run has to have one")
    if path is None:
        pytest.skip("no chromium on this computer: the widgets are not tried in a real browser")
    playwright = pytest.importorskip("playwright.sync_api")
    clip = f"--use-file-for-fake-video-capture={_write_clip(tmp_path_factory.mktemp('camera') / 'clip.mjpeg')}"
    engine = browser_thread(playwright.sync_playwright().start)
    chromium = browser_thread(engine.chromium.launch, executable_path=path, args=[*CHROMIUM_FLAGS, clip])
    yield chromium
    browser_thread(chromium.close)
    browser_thread(engine.stop)


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """A JupyterLab server on a free port; gives its folder and address, and its open pages by their screen."""
    folder = tmp_path_factory.mktemp("lab")
    port, token = _find_port(), secrets.token_hex(16)
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", f"--port={port}", "--ip=127.0.0.1"]
    command += [f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={folder}", "--ServerApp.port_retries=0"]
    command.append("--LabApp.expose_app_in_browser=True")  # for OPEN and CLEAR
    with open(folder / "server.log", "wb") as log:
        server = subprocess.Popen(command, cwd=REPOSITORY, env=_environment(folder), stdout=log, stderr=log)
    try:
        _wait_for(f"{address}/api?token={token}", server, folder / "server.log")
        yield {"folder": folder, "address": address, "token": token, "pages": {}}
    finally:
        server.terminate()
        server.wait(timeout=30)


@pytest.fixture
def screen():
    """What the browser's page is shown on."""
    return {"viewport": {"width": 1366, "height": 768}}


@pytest.fixture
def open_notebook(lab, browser, browser_thread, request, mine, screen):
    """Return a function that writes a notebook of the given cells, runs the first and gives the browser's page.

    At the end of the test the browser must not have met an error, nor asked anybody but this JupyterLab for anything.
    """
    name = "".join(letter if letter.isalnum() else "-" for letter in request.node.name)
    problems, asked, pages, failed_before = [], [], [], request.session.testsfailed
    listeners = {
        "console": lambda message: problems.append(message.text) if message.type == "error" else None,
        "pageerror": lambda problem: problems.append(str(problem)),
        "request": lambda request: asked.append(urlsplit(request.url)),
    }

    def open_page(*cells, language="ko"):
        _write_notebook(lab["folder"] / f"{name}.ipynb", [_prepare(mine.folder, language, cells[0]), *cells[1:]])
        kept = lab["pages"].pop(str(screen), None)
        page = kept or browser.new_context(**screen).new_page()
        pages.append(page)
        page.set_default_timeout(MILLISECONDS)
        for event, listen in listeners.items():
            page.on(event, listen)
        if kept:
            page.evaluate(OPEN, f"{name}.ipynb")
        else:
            page.goto(f"{lab['address']}/doc/tree/{name}.ipynb?token={lab['token']}")
        _wait_for_python(page)  # else JupyterLab asks which kernel to take
        _run_cell(page, 0)
        return page

    def leave(page):
        failed = request.session.testsfailed > failed_before
        if failed or request.config.option.all:
            _keep_pictures(page.context, name)
        given_up = sum(each.get_by_text("Error displaying widget").count() for each in page.context.pages)
        if failed or problems or given_up or page.viewport_size != screen["viewport"]:
            page.context.close()
            return given_up
        for other in page.context.pages[1:]:
            other.close()
        page.evaluate(CLEAR)
        page.get_by_text(IDLE).wait_for(state="hidden")  # else the next test would take it for its own
        problems[:] = [each for each in problems if not each.startswith(CUT_SHORT)]  # before it closed there was none
        for event, listen in listeners.items():
            page.remove_listener(event, listen)
        lab["pages"][str(screen)] = page
        return given_up

    yield open_page
    given_up = sum(browser_thread(leave, page) for page in pages)
    _end_kernels(lab)  # each holds Face Mesh in memory
    if request.node.get_closest_marker("asks_too_early"):
        problems = [problem for problem in problems if not problem.startswith("Error: widget model not found")]
    assert not problems, "the browser's console shows errors"
    assert not given_up, "a widget has not come back"
    assert {url.hostname for url in asked if url.scheme in ("http", "https", "ws")} <= {"127.0.0.1"}


@pytest.fixture
def screenshot(request):
    """A function that keeps a picture of an element under a name; for people, so only with `--all`."""
    SCREENSHOTS.mkdir(exist_ok=True)
    if not request.config.option.all:
        return lambda element, name: element.wait_for()
    return lambda element, name: element.screenshot(path=SCREENSHOTS / f"{name}.png", animations="disabled")


@pytest.fixture
def run_cell():
    """The function that runs a further cell."""
    return _run_cell


def _keep_pictures(context, name):
    """Keep a picture of what a test has come to."""
    SCREENSHOTS.mkdir(exist_ok=True)
    for page in context.pages:
        page.screenshot(path=SCREENSHOTS / f"{name}.png")


def _wait_for_python(page):
    """Wait until Python is ready; on a busy computer JupyterLab may miss its first word, and a reload asks again."""
    from playwright.sync_api import TimeoutError

    idle = page.get_by_text(IDLE)
    try:
        idle.wait_for(timeout=MILLISECONDS / 2)
    except TimeoutError:
        page.reload()
        idle.wait_for()


def _run_cell(page, place):
    """Run one cell of the notebook and wait for its widget; returns the widget's box."""
    cell = page.locator(".jp-CodeCell").nth(place)
    cell.locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")
    box = cell.locator(".facelab").first
    box.wait_for()
    return box


def _write_notebook(path, cells):
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [nbformat.v4.new_code_cell(code, id=f"cell-{place}") for place, code in enumerate(cells)]
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    nbformat.write(notebook, path)


def _prepare(mine, language, code):
    lines = ["import os", f"os.environ['FACELAB_MINE'] = {str(mine)!r}", "import facelab"]
    return "\n".join([*lines, f"facelab.use_language({language!r})", code])


def _write_clip(path):
    """Write a film of a shipped face for the camera: JPEG after JPEG."""
    photo = np.full((480, 640, 3), 128, np.uint8)
    image = facelab.load_sample().images[0]
    photo[80 : 80 + image.shape[0], 160 : 160 + image.shape[1]] = image
    path.write_bytes(encode_jpeg(photo) * 30)
    return path


def _end_kernels(lab):
    headers = {"Authorization": f"token {lab['token']}"}
    address = f"{lab['address']}/api/kernels"
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers)) as answer:
        kernels = json.load(answer)
    for kernel in kernels:
        _end_kernel(urllib.request.Request(f"{address}/{kernel['id']}", headers=headers, method="DELETE"))


def _end_kernel(request):
    """Ask until it works: a kernel that is just being started anew cannot be ended."""
    for _ in range(20):
        try:
            urllib.request.urlopen(request).close()
            return
        except urllib.error.HTTPError as problem:
            if problem.code == 404:  # it is gone
                return
            time.sleep(0.5)
    pytest.fail("a kernel could not be ended")


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
        "JUPYTER_CONFIG_PATH": str(REPOSITORY / "setup" / "jupyter"),  # the kit's, as pupils have them
        "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
        "PYTHONPATH": str(REPOSITORY),
    }
    others = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")}  # also start.py's
    return others | own


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
