"""Run by the environment's own Python after the set-up: import what the lessons need, and look for the widgets.

Importing once also compiles the packages and lists matplotlib's fonts, so that a pupil's first cell need not wait.
"""

import importlib

from setup.labextensions import insist_on_widgets

FIRST_IMPORTS = [
    "jupyterlab.labapp",
    "ipykernel.kernelapp",
    "matplotlib.pyplot",
    "mediapipe",
    "sklearn.pipeline",
    "pandas",
]

if __name__ == "__main__":
    for name in FIRST_IMPORTS:
        importlib.import_module(name)
    insist_on_widgets()
    print("works")
