"""What a pupil means: numbers, choices and ideas, however they are written."""

import re
import unicodedata
from numbers import Number

import numpy as np

from facelab.dataset import EXPRESSIONS, LabelledFaces
from facelab.language import Misuse, say

# Beginnings of words, so that endings and particles do not matter.
EXPRESSION_WORDS = {
    "joy": ["기쁨", "기쁜", "기뻐", "웃", "joy", "happ", "smil"],
    "sadness": ["슬픔", "슬픈", "슬퍼", "sad"],
    "surprise": ["놀람", "놀란", "놀라", "surpris"],
    "anger": ["화남", "화난", "화나", "분노", "anger", "angry"],
    "neutral": ["무표정", "neutral"],
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


def read_number(answer):
    """Read a number, also out of a text such as "약 40 %" or "7/8".

    Raises
    ------
    ValueError
        If there is none.

    Examples
    --------
    >>> read_number("37,5점"), read_number("7/8"), read_number(3)
    (37.5, 0.875, 3.0)
    """
    if isinstance(answer, str):
        answer = re.sub(r"(?<=\d),(?=\d)", ".", answer)
    numbers = read_numbers(answer)
    if isinstance(answer, str) and "/" in answer and len(numbers) == 2 and numbers[1]:
        return numbers[0] / numbers[1]
    if len(numbers) != 1:
        raise Misuse(say("exercises.not_a_number", found=_show(answer)))
    return numbers[0]


def read_share(answer):
    """Read a share from 0 to 1: 0.5, 50, "50 %" and "50점" are all a half.

    Raises
    ------
    ValueError
        If there is no number, or it is none from 0 to 100.

    Examples
    --------
    >>> read_share("50 %"), read_share(1)
    (0.5, 1.0)
    """
    number = read_number(answer)
    if not 0 <= number <= 100:
        raise Misuse(say("exercises.not_a_share", found=_show(answer)))
    return number / 100 if number > 1 or (isinstance(answer, str) and "%" in answer) else number


def read_numbers(answer):
    """Read all numbers of a list or a text as a list of float.

    Raises
    ------
    ValueError
        If there is none, or something that is no number.

    Examples
    --------
    >>> read_numbers("3, 5번 그리고 7"), read_numbers([3, 5.0])
    ([3.0, 5.0, 7.0], [3.0, 5.0])
    """
    if isinstance(answer, str):
        kept = simplify(answer, keep=".,/ -")
        parts = [float(number) for number in re.findall(r"(?:(?<!\w)-)?\d+(?:\.\d+)?", kept)]
    else:
        parts = [answer] if isinstance(answer, Number) else _list_parts(answer)
    if not parts or not all(isinstance(part, Number) for part in parts):
        raise Misuse(say("exercises.not_a_number", found=_show(answer)))
    return [float(part) for part in parts]


def read_place(answer, count):
    """Read a place in a list of so many things, counted from 0. Raises ValueError if there is no such place."""
    number = read_number(answer)
    if number not in range(count):
        raise Misuse(say("exercises.not_a_place", found=_show(answer), most=count - 1))
    return int(number)


def read_choice(answer, choices):
    """Read which of some choices is meant: by its number, counted from 1, or by a word that stands for it.

    Parameters
    ----------
    answer : int or str
        What the pupil wrote; letter case, spaces, signs and Korean particles do not matter.
    choices : dict of str -> list of str
        Name of each choice to the words that stand for it.

    Raises
    ------
    ValueError
        If it is none of them, or more than one.

    Examples
    --------
    >>> read_choice("허풍쟁이예요!", {"modest": ["겸손", "modest"], "boastful": ["허풍", "boast"]})
    'boastful'
    >>> read_choice("2번", {"modest": ["겸손", "modest"], "boastful": ["허풍", "boast"]})
    'boastful'
    """
    text, names = simplify(answer), list(choices)
    found = [name for name in names if any(simplify(word) in text for word in choices[name])]
    if not found and (isinstance(answer, Number) or text[:1].isdigit()):
        number = int(read_numbers(answer)[0])
        found = names[number - 1 : number] if number > 0 else []
    if len(found) != 1:
        raise Misuse(say("exercises.not_a_choice", found=_show(answer), most=len(names)))
    return found[0]


def read_expressions(answer):
    """Read which expressions are meant, in either language, as a list in the usual order.

    Examples
    --------
    >>> read_expressions("슬픔이랑 Neutral!"), read_expressions(("joy", "anger"))
    (['sadness', 'neutral'], ['joy', 'anger'])
    """
    text = simplify(answer if isinstance(answer, str) else " ".join(map(str, _list_parts(answer))))
    return [name for name in EXPRESSIONS if any(word in text for word in EXPRESSION_WORDS[name])]


def read_expression(answer):
    """Read the one expression that is meant, as its key. Raises ValueError if it is none or more than one."""
    found = read_expressions(answer)
    if len(found) != 1:
        raise Misuse(say("exercises.not_an_expression", found=_show(answer)))
    return found[0]


def read_faces(answer):
    """Return the answer if it is a set of faces; else raise ValueError."""
    if not isinstance(answer, LabelledFaces):
        raise Misuse(say("exercises.not_faces", found=_show(answer)))
    return answer


def find_ideas(text, ideas):
    """Find the ideas of which at least one word stands in a text: a list of their names.

    Examples
    --------
    >>> find_ideas("몰래 찍는 것은 싫어요", {"consent": ["허락", "몰래"], "shape": ["모양"]})
    ['consent']
    """
    simple = simplify(text)
    return [name for name, words in ideas.items() if any(simplify(word) in simple for word in words)]


def simplify(text, keep=""):
    """Leave letters and digits alone, in lower case, and the signs to keep.

    Examples
    --------
    >>> simplify(" Joy, 기쁨! ② ")
    'joy기쁨2'
    """
    same = unicodedata.normalize("NFKC", str(text)).casefold()
    return "".join(letter for letter in same if letter.isalnum() or letter in keep)


def _list_parts(answer):
    """Return what is in a list, tuple, set or array as a flat list; an empty one if it is something else."""
    if isinstance(answer, (set, frozenset)):
        return sorted(answer, key=str)
    return np.ravel(answer).tolist() if isinstance(answer, (list, tuple, range, np.ndarray)) else []


def _show(answer):
    """Write what was found, short enough for a sentence."""
    text = answer if isinstance(answer, str) else repr(answer)
    return text if len(text) <= 40 else text[:39] + "…"
