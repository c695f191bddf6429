"""Photos stay on the computer: from photo to answer no connection is opened, and the widgets' scripts know no address.

That JupyterLab asks the internet nothing either is held by test_jupyter_settings.py.
"""

import ast
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import facelab

PACKAGE = Path(facelab.__file__).parent

# What Python itself reports of the net; and, where the system lists them, what other code in the process has open.
GUARD = """
import os, sys

NET = ("socket.connect", "socket.getaddrinfo", "socket.gethostby", "socket.sendto", "urllib.Request")

def watch(event, arguments):
    if event.startswith(NET):
        print("net:", event, arguments[-1] if event == "socket.connect" else arguments[0], flush=True)

sys.addaudithook(watch)

def count_open_sockets():
    folder = "/proc/self/fd"
    links = [os.path.join(folder, name) for name in os.listdir(folder)] if os.path.isdir(folder) else []
    return sum(os.readlink(link).startswith("socket:") for link in links if os.path.islink(link))

before = count_open_sockets()
"""

WORK = """
import facelab
folder = sys.argv[1]
sample = facelab.load_sample()
sample.take(joy=2, anger=2).save(os.path.join(folder, "set"))
photo = facelab.read_photo(os.path.join(folder, "set", "0001_joy.jpg"))
mine = facelab.MyData(os.path.join(folder, "mine"))
path = mine.add_photo("me.jpg", open(os.path.join(folder, "set", "0001_joy.jpg"), "rb").read())
found = facelab.find_faces_in([path, photo], progress=False)[0]
mine.label(mine.add_faces(path, found)[0], "joy")
model = facelab.expression_model().fit(sample.points, sample.labels)
facelab.save_model(model, mine.model_path)
answer = facelab.predict_expression(facelab.load_model(mine.model_path), found.faces[0])
facelab.evaluate(model, mine.labelled())
facelab.compare({"one": {"joy": 5, "anger": 5}}, sample, repeats=2, progress=False)
answer.plot()
"""

END = """
if count_open_sockets() > before:
    print("net: open sockets", flush=True)
print("done")
"""


def run_watched(code, folder):
    run = subprocess.run(
        [sys.executable, "-c", GUARD + code + END, folder],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(PACKAGE.parent), "MPLBACKEND": "agg"},
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.splitlines()


def test_from_photo_to_answer_nothing_is_sent(tmp_path):
    assert run_watched(WORK, tmp_path) == ["done"]


def test_the_watch_notices_a_connection(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = ("127.0.0.1", server.getsockname()[1])
        code = f"import socket, urllib.request; kept = socket.create_connection({address})"
        said = run_watched(code + "; urllib.request.urlopen('data:,hello')", tmp_path)
    assert f"net: socket.connect {address}" in said and "net: urllib.Request data:,hello" in said


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="only Linux lists what a process has open")
def test_the_watch_notices_what_python_does_not_report(tmp_path):
    assert "net: open sockets" in run_watched("import socket; kept = socket.socketpair()", tmp_path)


def test_the_scripts_of_the_widgets_know_no_address():
    net = r"https?:|//cdn|(?<!state\.)\bfetch\(|XMLHttpRequest|WebSocket|sendBeacon|@import|\bimport\b.*from"
    scripts = [*PACKAGE.rglob("*.js"), *PACKAGE.rglob("*.css"), *(PACKAGE.parent / "setup").rglob("*.js")]
    code = {file.name: file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "") for file in scripts}
    assert {"dropzone.js", "page.js"} <= {*code} and not [name for name in code if re.search(net, code[name])]


def test_the_code_uses_no_part_of_the_net():
    net = {"socket", "urllib", "http", "requests", "httpx", "ssl", "ftplib", "smtplib", "webbrowser"}
    imports = {file: list_imports(file) for file in PACKAGE.rglob("*.py")}
    assert any("numpy" in names for names in imports.values())
    assert not {file.name: names & net for file, names in imports.items() if names & net}


def list_imports(file):
    """List the packages that a file imports anywhere; urllib.parse only spells addresses."""
    nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    return {name.split(".")[0] for name in names if name != "urllib.parse"}
