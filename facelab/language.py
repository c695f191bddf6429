"""Every sentence the kit says, in Korean or English.

The sentences stand in ``messages.toml``, both languages on adjacent lines. The rest of the kit asks for one by its
key: ``say("faces.no_face")``.
"""

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas

LANGUAGES = ("ko", "en")

# The final consonants of the digits' Korean names (영 일 이 삼 ...): "" is none, "ㄹ" counts apart for 으로/로.
_FINALS = {"0": "ㅇ", "1": "ㄹ", "2": "", "3": "ㅁ", "4": "", "5": "", "6": "ㄱ", "7": "ㄹ", "8": "ㄹ", "9": ""}
# How English words end in Korean ears: model(ㄹ), name(ㅁ), mean(ㄴ), facelab(ㅂ), fit(ㅅ); others seldom do.
_ENDINGS = {"[lLR]|le": "ㄹ", "[mM]|me": "ㅁ", "[nN]|ne": "ㄴ", "[aeiou]ng|(?<![aeiou])[aeiou][bptk]": "ㅇ"}

_chosen = "ko"


def use_language(language: str) -> None:
    """Choose the language in which the kit speaks from now on.

    A widget that is shown already keeps its words until its cell is run again.

    Parameters
    ----------
    language : {"ko", "en"}
        Korean, the language at the start, or English.

    Raises
    ------
    ValueError
        If the kit does not speak the language.

    Examples
    --------
    >>> use_language("en")
    >>> say("expression.joy")
    'joy'
    >>> use_language("ko")
    >>> say("expression.joy")
    '기쁨'
    """
    global _chosen
    if language not in LANGUAGES:
        raise Misuse(say("language.unknown", found=repr(language)))
    _chosen = language


def current_language() -> str:
    """Tell which language the kit speaks: "ko" or "en".

    Examples
    --------
    >>> current_language()
    'ko'
    """
    return _chosen


def say(key: str, **values) -> str:
    """Return the sentence of a key in the chosen language, with the values put in.

    Parameters
    ----------
    key : str
        Section and name in ``messages.toml``, such as "faces.no_face".
    **values
        What the sentence has in braces. In Korean sentences ``{word:이/가}`` adds the particle that fits the word.

    Raises
    ------
    KeyError
        If there is no such sentence: a mistake in the kit, never a pupil's.

    Examples
    --------
    >>> say("expression.surprise")
    '놀람'
    """
    section, name = key.split(".")
    return fill_in(_messages()[section][name], **values)


def fill_in(sentences: dict, **values) -> str:
    """Return the one of two sentences that is in the chosen language, with the values put in as `say` does.

    Parameters
    ----------
    sentences : dict
        "ko" and "en" to the sentence.
    **values
        What it has in braces.

    Examples
    --------
    >>> fill_in({"ko": "{count}장", "en": "{count} photos"}, count=3)
    '3장'
    """
    words = {name: value if isinstance(value, float) else Word(value) for name, value in values.items()}
    text = sentences[_chosen].format(**words)
    return re.sub("(?<=[0-9]) (?=points)", "\N{NO-BREAK SPACE}", text)  # no line ends within "12.5 points"


def percent(share) -> "str | dict[str, str] | pandas.Series | pandas.DataFrame":
    """Write a share from 0 to 1 in percent, as text; of a dict or a pandas table, all the shares in it.

    Parameters
    ----------
    share : float, dict, pandas.Series or pandas.DataFrame
        Whole numbers in a table are counts and stay as they are.

    Examples
    --------
    >>> percent(0.875)
    '87.5%'
    >>> percent({"joy": 1.0})
    {'joy': '100.0%'}
    """
    if isinstance(share, dict):
        return {name: percent(each) for name, each in share.items()}
    if hasattr(share, "columns"):
        return share.apply(percent)
    if hasattr(share, "map"):
        return share.map(percent) if share.dtype.kind == "f" else share
    return "–" if share != share else f"{100 * share:.1f}%"  # what differs from itself is no number


def say_in_all(key: str) -> list[str]:
    """Return the sentence of a key in every language, as when a pupil may have written either.

    Examples
    --------
    >>> say_in_all("expression.joy")
    ['기쁨', 'joy']
    """
    section, name = key.split(".")
    return [_messages()[section][name][language] for language in LANGUAGES]


def read_toml(path) -> dict:
    """Read a TOML file as a dict."""
    return tomllib.loads(Path(path).read_text(encoding="utf-8"))


class Misuse(ValueError):
    """A mistake in how the kit was used, told in one sentence.

    Jupyter shows the sentence alone: a pupil can do nothing with a traceback.
    """

    def _render_traceback_(self):
        return [str(self)]


class Word(str):
    """A word that chooses its own Korean particle when it is put into a sentence.

    Examples
    --------
    >>> "{:을/를} {:이/가}".format(Word("기쁨"), Word("분노"))
    '기쁨을 분노가'
    >>> f"{Word('서울'):으로/로} {Word('3'):으로/로}"
    '서울로 3으로'
    """

    def __format__(self, particles):
        if "/" not in particles:
            return format(str(self), particles)
        after_consonant, after_vowel = particles.split("/")
        final = _final_consonant(self)
        if after_consonant == "으로" and final == "ㄹ":
            return self + after_vowel
        return self + (after_consonant if final else after_vowel)


def _final_consonant(word):
    """Tell a word's final consonant: "" for none, "ㄹ", or another letter that stands for any other."""
    text = word.rstrip(" \"'`*()]”’?!.")
    last = text[-1:]
    if "가" <= last <= "힣":
        place = (ord(last) - ord("가")) % 28  # Unicode orders the syllables by their 28 endings
        return {0: "", 8: "ㄹ"}.get(place, "ㅇ")
    endings = (final for ending, final in _ENDINGS.items() if re.search(f"(?:{ending})$", text))
    return _FINALS.get(last) or next(endings, "")


@lru_cache(maxsize=1)
def _messages():
    return read_toml(Path(__file__).with_name("messages.toml"))
