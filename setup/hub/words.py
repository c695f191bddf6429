"""The sentences that a class reads in the browser, in the language of its lessons."""

import tomllib
from functools import cache
from pathlib import Path


@cache
def words(language):
    """Return the sentences of words.toml in one language, by their keys."""
    texts = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
    return {key: text[language] for key, text in texts.items()}
