"""The exercises of the lessons: is an answer right, what helps, what is the solution, and what has been done.

Their texts stand in ``exercises.toml``, both languages on adjacent lines; ``judges.py`` decides what is right.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "progress": ["Progress", "progress"],
        "verdicts": ["Card", "check", "hint", "solution"],
    },
)
