"""What a pupil means: numbers, choices and ideas, however they are written."""

import math
import re
from decimal import Decimal
from numbers import Number, Real

import numpy as np

from facelab.checks import EXPRESSIONS
from facelab.dataset.labelled import LabelledFaces
from facelab.exercises.numbers import find_number, find_numbers, write_digits
from facelab.exercises.wording import AT_START, find_said, find_words, fold
from facelab.language import Misuse, say

LEAST_WORDS, LEAST_LETTERS = 3, 8  # of an answer to an open question; the same words and letters again do not count

# Beginnings of words, so that endings and particles do not matter; a space at the end: a whole word.
EXPRESSION_WORDS = {
    "joy": ["기쁨", "기쁜", "기쁘", "기쁩", "기뻐", "기뻤", "웃", "행복", "즐거", "미소"]
    + ["joy", "happy", "happi", "smil", "glad", "laugh"],
    "sadness": [
        "슬픔",
        "슬픈",
        "슬프",
        "슬픕",
        "슬퍼",
        "슬펐",
        "우는 얼굴",
        "우는 표정",
        "울고",
        "울었",
        "울상",
        "눈물",
    ]
    + ["sad", "cry ", "crying", "cries", "tears"],
    "surprise": ["놀람", "놀란", "놀라", "놀랐", "놀랍", "깜짝", "surpris"],
    "anger": ["화남", "화난", "화나", "화났", "화가 나", "화가 난", "화가 났", "화내", "화를 내", "성난", "분노"]
    + ["anger", "angr", "mad "],
    "neutral": ["무표정", "표정 없", "표정이 없", "neutral", "no expression", "expressionless"],
}


def is_waiting(answer):
    """Tell whether nothing has been answered yet: ``...``, None, an empty text or list, or one with ``...`` in it.

    Examples
    --------
    >>> is_waiting(...), is_waiting("  "), is_waiting([1, ...]), is_waiting(0)
    (True, True, True, False)
    """
    if answer is None or answer is Ellipsis:
        return True
    if isinstance(answer, str):
        return not answer.strip(" .…\n\t")
    if isinstance(answer, (list, tuple, set, dict)):
        return not answer or any(part is Ellipsis for part in answer)
    return False


def is_too_short(text):
    """Tell whether a text is no answer to an open question yet; Korean may stand without spaces.

    Examples
    --------
    >>> is_too_short("a a a"), is_too_short("싫어요"), is_too_short("마음은알수없어요"), is_too_short("It is unfair")
    (True, True, False, False)
    """
    words = set(re.findall(r"\w+", fold(text)))
    letters = sum(len(set(word)) for word in words)
    return letters < LEAST_LETTERS or (len(words) < LEAST_WORDS and not re.search("[가-힣]", text))


def read_number(answer):
    """Read a number, also out of a text such as "약 40 %", "7/8" or "절반".

    Raises
    ------
    ValueError
        If there is none, or more than one.

    Examples
    --------
    >>> read_number("37,5점"), read_number("10장 가운데 9장"), read_number("140 - 100"), read_number(3)
    (37.5, 0.9, 40.0, 3.0)
    """
    return _read_part(answer)[0]


def read_share(answer):
    """Read a share from 0 to 1: 0.5, 50, "50 %", "50점", "7/14" and "절반" are all a half.

    Raises
    ------
    ValueError
        If there is no number, or it is none from 0 to 100.

    Examples
    --------
    >>> read_share("50 %"), read_share("50 out of 100"), read_share(1)
    (0.5, 0.5, 1.0)
    """
    number, whole = _read_part(answer)
    share = number / (whole or (100 if number > 1 else 1))
    if not 0 <= share <= 1:
        raise Misuse(say("exercises.not_a_share", found=quote(answer)))
    return share


def read_count(answer, total):
    """Read how many of a total are meant: of 40, "20", "20/40", 20 / 40, "50 %" and "절반" are all 20.

    Raises
    ------
    ValueError
        If there is no number.

    Examples
    --------
    >>> read_count("20장", 40), read_count("20/40", 40), read_count("절반", 40)
    (20.0, 20.0, 20.0)
    """
    number, whole = _read_part(answer)
    if whole is None and 0 < number < 1:  # nobody counts half a photo
        whole = 1
    return number * total / whole if whole else number


def _read_part(answer):
    """Read a number and what it is a part of, as `find_number` gives them."""
    found = [find_number(part) if isinstance(part, str) else (_to_float(part), None) for part in list_parts(answer)]
    if len(found) != 1 or not math.isfinite(found[0][0]):
        raise Misuse(say("exercises.not_a_number", found=quote(answer)))
    return found[0]


def read_numbers(answer):
    """Read all numbers of a list or a text as a list of float.

    Raises
    ------
    ValueError
        If there is none, or something that is no number.

    Examples
    --------
    >>> read_numbers("3, 5번 그리고 7"), read_numbers([3, "5.0"])
    ([3.0, 5.0, 7.0], [3.0, 5.0])
    """
    numbers = []
    for part in list_parts(answer):
        numbers += (find_numbers(fold(part)) or [math.nan]) if isinstance(part, str) else [_to_float(part)]
    if not numbers or not all(map(math.isfinite, numbers)):
        raise Misuse(say("exercises.not_a_number", found=quote(answer)))
    return numbers


def read_place(answer, count):
    """Read a place in a list of so many things, counted from 0. Raises ValueError if there is no such place."""
    number = read_number(answer)
    if number not in range(count):
        raise Misuse(say("exercises.not_a_place", found=quote(answer), most=count - 1))
    return int(number)


def read_choice(answer, choices):
    """Read which of some choices is meant: by its number, counted from 1, or by a word that stands for it.

    Parameters
    ----------
    answer : int or str
        What the pupil wrote; letter case, signs and Korean particles do not matter.
    choices : dict of str -> list of str
        Name of each choice to the words that stand for it, as `find_words` takes them.

    Raises
    ------
    ValueError
        If it is none of them, or more than one.

    Examples
    --------
    >>> choices = {"modest": ["겸손", "modest"], "boastful": ["허풍", "boast"]}
    >>> read_choice("허풍쟁이예요!", choices), read_choice("둘째", choices), read_choice("not modest", choices)
    ('boastful', 'boastful', 'boastful')
    """
    text = _write_out(answer)
    said, denied = find_said(text, choices)
    numbered = text if said or denied else write_digits(text, ordinals=True)
    if len(set(find_numbers(numbered))) == 1:  # neither "2 or 3" nor, as a word or a number must stand alone, 2.7
        places = {name: [str(place)] for place, name in enumerate(choices, 1)}
        said, denied = map(set.union, (said, denied), find_said(numbered, places))
    left = set(choices) - denied
    meant = said | left if denied and len(left) == 1 else said - denied
    if len(meant) != 1 or meant & denied:
        raise Misuse(say("exercises.not_a_choice", found=quote(answer), most=len(choices)))
    return meant.pop()


def read_expressions(answer):
    """Read which expressions are meant, in either language, as a list in the usual order.

    Examples
    --------
    >>> read_expressions("슬픔이랑 Neutral!"), read_expressions(("joy", "anger")), read_expressions("not joy")
    (['sadness', 'neutral'], ['joy', 'anger'], [])
    """
    text = _write_out(list(answer) if isinstance(answer, dict) else answer)  # {"joy": 20, "anger": 20}
    said, denied = find_said(text, EXPRESSION_WORDS)
    if not said | denied:
        said, denied = find_said(text.replace(" ", ""), EXPRESSION_WORDS)  # "기 쁨"
    return [name for name in EXPRESSIONS if name in said - denied]


def read_expression(answer):
    """Read the one expression that is meant, as its key. Raises ValueError if it is none or more than one."""
    found = read_expressions(answer)
    if len(found) != 1:
        raise Misuse(say("exercises.not_an_expression", found=quote(answer)))
    return found[0]


def read_faces(answer):
    """Return the answer if it is a set of faces; else raise ValueError."""
    if not isinstance(answer, LabelledFaces):
        raise Misuse(say("exercises.not_faces", found=quote(answer)))
    return answer


def find_ideas(text, ideas):
    """Find the ideas of which at least one word stands in a text: a list of their names.

    Examples
    --------
    >>> find_ideas("몰래 찍는 것은 싫어요", {"consent": ["허락", "몰래"], "shape": ["모양"]})
    ['consent']
    """
    folded = fold(text)
    return [name for name, words in ideas.items() if find_words(folded, {name: words}, before=AT_START)[0]]


def list_parts(answer):
    """Return what is in a list, set or array as a flat list, and a text or number as a list of one; else nothing.

    Examples
    --------
    >>> list_parts((3, "4")), list_parts({5}), list_parts("3, 4"), list_parts(print)
    ([3, '4'], [5], ['3, 4'], [])
    """
    if isinstance(answer, (str, Number)):
        return [answer]
    if isinstance(answer, (set, frozenset)):
        answer = sorted(answer, key=str)
    if isinstance(answer, (list, tuple, range)) or hasattr(answer, "__array__"):
        return np.ravel(np.array(answer, dtype=object)).tolist()  # as objects: True must not turn into 1
    return []


def quote(answer):
    """Write what was found, short enough for a sentence."""
    text = str(answer) if isinstance(answer, (str, Number)) else repr(answer)
    text = " ".join(text.split())
    return text if len(text) <= 40 else text[:39] + "…"


def _to_float(part):
    """Turn a number into a float; nan stands for True, False, complex or too large numbers, and what is no number."""
    if isinstance(part, bool) or not isinstance(part, (Real, Decimal)):
        return math.nan
    try:
        return float(part)
    except (OverflowError, ValueError):
        return math.nan


def _write_out(answer):
    """Write the texts and numbers of an answer as one folded text; 2.0 becomes "2"."""
    parts = list_parts(answer)
    return fold(", ".join(part if isinstance(part, str) else f"{_to_float(part):g}" for part in parts))
