"""Faces with labels: what a model learns from and is tested on.

``labelled`` is the data set, `LabelledFaces`; ``splits`` draws the test; ``mine`` keeps the pupil's own work in plain
files; ``merging`` adds a friend's; ``lessons`` lays out the pupil's copies; ``traces`` finds what else is left.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submodules=["labelled", "lessons", "merging", "mine", "splits", "traces"],
    submod_attrs={"labelled": ["SAMPLE"]},
)
