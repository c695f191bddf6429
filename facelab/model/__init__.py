"""From the points of a face to an expression, and why.

``features`` measures the face; ``steps`` learn what is typical; ``prediction`` makes the model and asks it; ``weights``
and ``why`` read off what spoke for an answer; ``trees`` is a model that can be read; ``saving`` puts one in a file,
with the ``facts`` of what it learnt from.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__, submodules=["facts", "features", "prediction", "saving", "steps", "trees", "weights", "why"]
)
