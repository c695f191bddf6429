"""How good is a model, and what makes it better or worse?

``evaluation`` is one test, ``groups`` asks whether it is as good for everybody; ``conditions`` and ``plans`` say what
is to be compared, ``compare`` trains again and again, ``comparison`` says what came out, ``intervals`` how surely.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__, submodules=["compare", "comparison", "conditions", "evaluation", "groups", "intervals", "plans"]
)
