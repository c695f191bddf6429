"""The browser, the JupyterLab and the notebooks of the browser tests, for measuring what a pupil waits for."""

from tests.browser.conftest import browser, lab, mine, open_notebook

__all__ = ["browser", "lab", "mine", "open_notebook"]
