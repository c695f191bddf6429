"""The exercises of the lessons: each is one widget that asks, checks or compares, helps on, and keeps the answer.

Their texts stand in ``exercises.toml``, both languages on adjacent lines; what is right, in a file for each lesson.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__, submod_attrs={"progress": ["Progress", "progress"], "widget": ["ask"]}
)
