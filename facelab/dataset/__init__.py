"""Faces with labels: what a model learns from and is tested on.

``labelled`` is the data set, `LabelledFaces`; ``splits`` draws the test, ``neutral`` moves it to people's own neutral
faces, ``twins`` tells what is there twice; ``mine`` keeps the pupil's own work in plain files (``pictures``, ``names``,
``nicknames``, ``tables``, ``points``); ``exports`` packs it, ``merging`` adds a friend's; ``labels`` reads and counts
labels; ``loading`` chooses between own and shipped faces; ``lessons`` lays out the pupil's copies; ``traces`` finds
what else is left.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submodules=[
        *("exports", "labelled", "labels", "lessons", "loading", "merging", "mine", "names"),
        *("neutral", "nicknames", "pictures", "points", "splits", "tables", "traces", "twins"),
    ],
    submod_attrs={"labelled": ["SAMPLE"]},
)
