"""Numbers in a text, found however they are written: in digits, in words, as a share or as a difference."""

import math
import re

from facelab.exercises.wording import AT_START, fold

# Words for numbers are read where a text has no digits. Korean adds particles and counters to them.
_COUNTED = r"(?=\s*(?:개|명|장|점|사람|얼굴|픽셀))"
_CARDINALS = {
    "1/2": "(?:an? |one )?half|절?반",
    "100": "full marks|perfect|만점",
    "0": "zero|영점|빵점|영",
    "1": f"(?<!no )one|하나|한{_COUNTED}",
    "2": rf"two|둘(?!\s*다)|두{_COUNTED}",  # "둘 다" is "both"
    "3": f"three|셋|세{_COUNTED}",
    "4": f"four|넷|네{_COUNTED}",
    "5": "five|다섯",
    "6": "six|여섯",
    "7": "seven|일곱",
    "8": "eight|여덟",
    "9": "nine|아홉",
    "10": "ten|열",
}
_ORDINALS = {
    "1": r"first(?: one)?|첫째|첫\s*번\s*째",
    "2": r"second(?: one)?|둘째|두\s*번\s*째",
    "3": r"third(?: one)?|셋째|세\s*번\s*째",
}
# What may follow such a word: a particle, or a word that is often joined to it.
_WORD_END = r"(?=\W|$|이|가|예|요|은|는|을|를|로|쯤|정도|만|반|입|일|개|명|장|점)"

_UNSIGNED = r"(?:\d+(?:\.\d+)?|(?<![\w.])\.\d+)"
_NUMBER = rf"(?:(?<!\w)-)?{_UNSIGNED}"
_THOUSANDS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:,\d{3})+(?![\d,])")
_PER_CENT = re.compile(r"\d\s*(?:%|퍼센트|프로|per ?cent)")
_PARTS = [  # "9 of the 10", "7/8"; "10장 가운데 9장"
    rf"(?P<part>{_NUMBER})\s*(?:[a-z]+\s+){{0,3}}(?:/|of(?: the| all)*\b)\s*(?P<whole>{_NUMBER})",
    rf"(?P<whole>{_NUMBER})\s*(?:개|명|장|점|문제)?\s*(?:가운데|중에?서?|분의|만점에)\s*(?P<part>{_NUMBER})",
]
_DIFFERENCE = rf"(?P<more>{_UNSIGNED})\s*(?:픽셀|pixels)?\s*-\s*(?P<less>{_UNSIGNED})"


def write_digits(text, ordinals=False):
    """Put digits in the place of words for numbers, if a folded text has no digits.

    Examples
    --------
    >>> write_digits("절반쯤"), write_digits("the second one", ordinals=True), write_digits("one, or 2?")
    (' 1/2 쯤', 'the  2 ', 'one, or 2?')
    """
    if re.search(r"\d", text):
        return text
    for digits, words in [*(_ORDINALS.items() if ordinals else ()), *_CARDINALS.items()]:
        text = re.sub(rf"{AT_START}(?:{words}){_WORD_END}", f" {digits} ", text)
    return text


def find_numbers(text):
    """Find all numbers that a folded text holds in digits, as a list of float.

    Examples
    --------
    >>> find_numbers("3, 5번; .9"), find_numbers("no.2 or -1.5")
    ([3.0, 5.0, 0.9], [2.0, -1.5])
    """
    return [float(number) for number in re.findall(_NUMBER, text)]


def find_number(text):
    """Find the one number of a text, and what it is a part of: 100 for per cent, 1 for a share, None for neither.

    Without a number, or with several that make no share and no difference, it is nan.

    Examples
    --------
    >>> find_number("50,000"), find_number("40 %"), find_number("10장 가운데 9장"), find_number("140 - 100")
    ((50000.0, None), (40.0, 100), (0.9, 1), (40.0, None))
    """
    whole = _THOUSANDS.sub(lambda number: number[0].replace(",", ""), fold(text))
    plain = write_digits(re.sub(r"(?<=\d),(?=\d)", ".", whole))
    numbers = find_numbers(plain)
    worked_out = _work_out(plain) if len(numbers) == 2 else None
    if worked_out or len(set(numbers)) != 1:  # "2, so 2" is one number
        return worked_out or (math.nan, None)
    return numbers[0], 100 if _PER_CENT.search(plain) else None


def _work_out(text):
    """Work out a share, "7/8", or a difference, "140 - 100"; None if two numbers make neither."""
    for pattern in _PARTS:
        found = re.search(pattern, text)
        if found:
            return (float(found["part"]) / float(found["whole"]), 1) if float(found["whole"]) else None
    found = re.search(_DIFFERENCE, text)
    difference = float(found["more"]) - float(found["less"]) if found else 0
    return (difference, None) if difference > 0 else None  # "30-40" is from 30 to 40, "50-50" is fifty-fifty
