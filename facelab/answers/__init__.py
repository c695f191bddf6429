"""What was asked and answered, and handing it in: the exercises' texts, answers, hand-ins, and a class of them."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__, submodules=["card", "collecting", "drawn", "handin", "kept", "numbers", "page", "reading", "texts"]
)
