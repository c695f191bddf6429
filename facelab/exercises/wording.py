"""Words and numbers in a text, found however they are spelt, and whether a word is said or denied."""

import math
import re
import unicodedata

_SIGNS = str.maketrans('−–⁄÷’‘”“"', "--//'''''")  # signs that are not on a keyboard, and one quotation mark for all

# What may not stand before a word. For choices a Latin letter ("unhappy" is not "happy") or a part of a number, for
# Korean is often written without spaces; for ideas any letter, because a long text holds many a word by chance.
INSIDE = r"(?<![a-z\d])(?<!\d\.)(?<!-)"
AT_START = r"(?<!\w)"

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
_WORD_END = r"(?=\W|$|이|가|예|요|은|는|을|를|로|쯤|정도|만|반|입|일|개|명|장|점)"

_UNSIGNED = r"(?:\d+(?:\.\d+)?|(?<![\w.])\.\d+)"
_NUMBER = rf"(?:(?<!\w)-)?{_UNSIGNED}"
_THOUSANDS = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:,\d{3})+(?![\d,])")
_PER_CENT = re.compile(r"\d\s*(?:%|퍼센트|프로|per ?cent)")
_PARTS = [
    rf"(?P<part>{_NUMBER})\s*(?:[a-z]+\s+){{0,3}}(?:/|of(?: the| all)*\b)\s*(?P<whole>{_NUMBER})",
    rf"(?P<whole>{_NUMBER})\s*(?:개|명|장|점|문제)?\s*(?:가운데|중에?서?|분의|만점에)\s*(?P<part>{_NUMBER})",
]
_DIFFERENCE = rf"(?P<more>{_UNSIGNED})\s*(?:픽셀|pixels)?\s*-\s*(?P<less>{_UNSIGNED})"

# Where a thought ends, so that a negation in one says nothing about the next: "not modest, boastful".
_CLAUSE_END = re.compile(
    r"[;:!?()\n]|[.,](?!\d)|\b(?:but|and|because|since|while|although)\b|\b(?:do not|don't|dont) know\b|\bnot sure\b"
    r"|(?<=않고)|(?<=아니라)|(?<=아니고)|(?<=지만)|(?<=[은는]데)|(?<=니까)|(?<=때문에)|^\s*(?:아니[요오]?|아뇨)\b"
)
_HEDGE = re.compile(r"[것거듯]\s*같\w*")  # "달라질 것 같아요" is "I think it changes", not "the same"
_FOUND = "\0"  # stands in a clause for a word that was found
_DENIED_BEFORE = re.compile(
    r"\b(?:not|never|neither|nothing|none|without|cannot|hardly)\b|\bno(?= \0)"
    r"|\b(?:do|does|did|is|are|was|were|wo|ca|would|should|could|has|have|had)n'?t\b"
    r"|안(?=\0)|(?<!\w)안\s+(?=\0)|(?<!\w)못\s*(?=\0)"
)
_DENIED_AFTER = re.compile(
    r"않(?!을까|나)|아니(?![요오])|아[닌닐닙님]|(?<!밖에)(?<!밖에 )없|지\s*못|(?<!\w)안\s"  # "같을 수밖에 없다" affirms
)


def fold(text):
    """Write a text in lower case, with plain digits and signs; what stands for a number alone stands apart.

    Examples
    --------
    >>> fold("−3"), fold("②번"), fold("½").strip(), fold("Ｊoy")
    ('-3', ' 2 번', '1/2', 'joy')
    """
    apart = "".join(f" {letter} " if letter.isnumeric() and not letter.isdecimal() else letter for letter in text)
    return unicodedata.normalize("NFKC", apart).casefold().translate(_SIGNS)


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


def find_words(text, words, before=INSIDE):
    """Find the words that stand for some names in a folded text: a set of the names, and the text with marks for words.

    Where two words fit, the longer one counts: "no change" is not "change".

    Parameters
    ----------
    text : str
        As `fold` writes it.
    words : dict of str -> list of str
        Each name to beginnings of words. One with a space at its end is a whole word, "#" is any number, and a space
        may be missing in the text.
    before : str
        What may not stand before a word, as a regular expression.

    Examples
    --------
    >>> find_words("it made me sad", {"anger": ["mad "], "sadness": ["sad"]})[0]
    {'sadness'}
    """
    pairs = sorted(((word, name) for name in words for word in words[name]), key=lambda pair: -len(pair[0]))
    pattern = re.compile("|".join(f"({before}{_write_pattern(word)})" for word, _ in pairs))
    return {pairs[match.lastindex - 1][1] for match in pattern.finditer(text)}, pattern.sub(_FOUND, text)


def _write_pattern(word):
    """Write a word as a regular expression: it may go on with other letters, but a number not with other digits."""
    body = re.escape(fold(word).strip()).replace(r"\#", r"\d+(?:\.\d+)?").replace(r"\ ", r"\s*")
    end = r"(?!\w)" if word.endswith(" ") else r"(?!\.?\d)" if word[-1].isdigit() else ""
    return body + end


def find_said(text, words):
    """Find which names a folded text says and which it denies, as two sets; a name that stays unclear is in both.

    Examples
    --------
    >>> words = {"modest": ["겸손", "modest"], "boastful": ["허풍", "boast"]}
    >>> find_said("not modest, boastful", words)
    ({'boastful'}, {'modest'})
    >>> find_said("허풍이 아니에요", words)
    (set(), {'boastful'})
    """
    said, denied = set(), set()
    for clause in _CLAUSE_END.split(_HEDGE.sub(" ", text)):
        names, marked = find_words(clause, words)
        negations = _count_negations(marked) if names else 0
        if negations != 1 or len(names) > 1:
            said |= names
        if negations:
            denied |= names
    return said, denied


def _count_negations(marked):
    """Count what denies the words marked in a clause; an English "not" that comes too late denies who knows what."""
    before, _, after = marked.partition(_FOUND)
    sure = _DENIED_BEFORE.findall(before + _FOUND) + _DENIED_AFTER.findall(after)
    return len(sure) + 2 * bool(_DENIED_BEFORE.search(after))
