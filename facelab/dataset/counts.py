"""How many faces there are of each expression, told in words."""

from collections import Counter

from facelab.language import say


class Counts(Counter):
    """A Counter that a notebook shows as a sentence in the chosen language.

    Examples
    --------
    >>> Counts({"joy": 24, "anger": 16})
    기쁨 24장 · 화남 16장
    """

    def __repr__(self):
        named = ((say(f"expression.{name}"), count) for name, count in self.items())
        return " · ".join(say("dataset.counted", expression=name, count=count) for name, count in named) or "0"
