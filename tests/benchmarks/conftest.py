"""The browser, the JupyterLab and the notebooks of the browser tests, for measuring what a pupil waits for."""

import importlib.util
from pathlib import Path

_path = Path(__file__).parents[1] / "browser" / "conftest.py"
_spec = importlib.util.spec_from_file_location("browser_conftest", _path)
_browser_tests = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_browser_tests)

browser = _browser_tests.browser
lab = _browser_tests.lab
mine = _browser_tests.mine
open_notebook = _browser_tests.open_notebook
