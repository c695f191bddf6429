"""Words in a text, found however they are spelt, and whether a word is said or denied."""

import re
import unicodedata

_SIGNS = str.maketrans('−–⁄÷’‘”“"', "--//'''''")  # signs that are not on a keyboard, and one quotation mark for all

# What may not stand before a word. For choices a Latin letter ("unhappy" is not "happy") or a part of a number, for
# Korean is often written without spaces; for ideas any letter, because a long text holds many a word by chance.
INSIDE = r"(?<![a-z\d])(?<!\d\.)(?<!-)"
AT_START = r"(?<!\w)"

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
