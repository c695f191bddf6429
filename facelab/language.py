"""Every sentence the kit says, in Korean or English.

The sentences stand in ``messages.toml``, both languages on adjacent lines. The rest of the kit asks for one by its
key: ``say("faces.no_face")``.
"""

import tomllib
from functools import lru_cache, wraps
from pathlib import Path
from weakref import WeakSet

LANGUAGES = ("ko", "en")

# The final consonants of the digits' Korean names (영 일 이 삼 ...): "" is none, "ㄹ" counts apart for 으로/로.
_FINALS = {"0": "ㅇ", "1": "ㄹ", "2": "", "3": "ㅁ", "4": "", "5": "", "6": "ㄱ", "7": "ㄹ", "8": "ㄹ", "9": ""}
_FINALS |= {"l": "ㄹ", "m": "ㅁ", "n": "ㄴ"}  # with which English words end in Korean ears as well; others seldom do

_chosen = "ko"
_followers = WeakSet()  # what shows sentences; weak, so that nothing is kept alive only to be told


def use_language(language):
    """Choose the language in which the kit speaks from now on; widgets that are already shown change too.

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
    changed, _chosen = language != _chosen, language
    if changed:
        for follower in list(_followers):
            follower.retell()


def follow_language(follower):
    """Call the `retell()` of an object after each change of the language, as long as somebody uses the object."""
    _followers.add(follower)


def unfollow_language(follower):
    """Call it no more: nobody sees the object now."""
    _followers.discard(follower)


def current_language():
    """Tell which language the kit speaks: "ko" or "en".

    Examples
    --------
    >>> current_language()
    'ko'
    """
    return _chosen


def say(key, **values):
    """Return the sentence of a key in the chosen language, with the values put in; it can be told again in another.

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
    return _fill(key, **values)


class Sentence(str):
    """A text that can be told again after the language has changed.

    Parameters
    ----------
    write : function ()
        Returns the text in the language of the moment.

    Examples
    --------
    >>> joy = say("expression.joy")
    >>> use_language("en")
    >>> joy, joy.again()
    ('기쁨', 'joy')
    >>> use_language("ko")
    """

    def __new__(cls, write):
        sentence = super().__new__(cls, write())
        sentence._write = write
        return sentence

    def __str__(self):
        return self  # so that a problem's str() can still be told again

    def __reduce__(self):
        return str, (str.__str__(self),)  # to another process it goes as plain text

    def again(self):
        """Return the sentence in the language that is chosen now."""
        return Sentence(self._write)


def retell(value):
    """Return a value with every sentence in it told again, also those in lists, tuples and dicts.

    Examples
    --------
    >>> retell([say("expression.joy"), 3])
    ['기쁨', 3]
    """
    if isinstance(value, Sentence):
        return value.again()
    if type(value) in (list, tuple):
        return type(value)(map(retell, value))
    if type(value) is dict:
        return {key: retell(each) for key, each in value.items()}
    return value


def retold(write):
    """Make a function that writes text return a Sentence: told again, it writes with all its arguments told again.

    Examples
    --------
    >>> shout = retold(lambda word: f"{word}!")
    >>> shout(say("expression.joy"))
    '기쁨!'
    """

    @wraps(write)
    def write_sentence(*arguments, **named):
        return Sentence(lambda: write(*retell(arguments), **retell(named)))

    return write_sentence


@retold
def _fill(key, **values):
    section, name = key.split(".")
    return fill_in(_messages()[section][name], **values)


def fill_in(sentences, **values):
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
    return sentences[_chosen].format(**words)


def read_toml(path):
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
    last = word.rstrip(" %\"')]”’")[-1:]
    if "가" <= last <= "힣":
        place = (ord(last) - ord("가")) % 28  # Unicode orders the syllables by their 28 endings
        return {0: "", 8: "ㄹ"}.get(place, "ㅇ")
    return _FINALS.get(last.lower(), "")


@lru_cache(maxsize=1)
def _messages():
    return read_toml(Path(__file__).with_name("messages.toml"))
