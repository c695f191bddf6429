"""The browser, the JupyterLab and the notebooks of the browser tests, for measuring what a pupil waits for."""

from tests.browser.conftest import browser, browser_thread, lab, open_notebook, pytest_pyfunc_call, screen

__all__ = ["browser", "browser_thread", "lab", "open_notebook", "pytest_pyfunc_call", "screen"]
