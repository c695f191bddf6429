"""Labels as somebody may have typed them, and how many faces there are of each, told in words."""

import unicodedata
from collections import Counter

from facelab.checks import EXPRESSIONS
from facelab.language import say, say_in_all

BLANKS = " \t\r\n\u200b\ufeff"  # also what is not seen at all
UNUSABLE = "unusable"  # stands where a label would: the pupil has set the face aside


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


def read_label(text: str) -> str | None:
    """Read a label as somebody may have typed it: "joy", "Joy ", "기쁨"; "" for none, None if it is no label.

    Examples
    --------
    >>> read_label(" 기쁨"), read_label("Joy "), read_label(""), read_label("smile")
    ('joy', 'joy', '', None)
    """
    word = unicodedata.normalize("NFKC", text).strip(BLANKS).casefold()  # as a phone or a Mac may have written it
    names = {each.casefold(): name for name in EXPRESSIONS for each in say_in_all(f"expression.{name}")}
    return (names | {name: name for name in (*EXPRESSIONS, UNUSABLE, "")}).get(word)
