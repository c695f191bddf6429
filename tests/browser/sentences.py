"""What the widgets say, for the tests that look for it on a page."""

import facelab


def say(key, language, **values):
    """Return a sentence of the kit in a language, whatever is chosen."""
    facelab.use_language(language)
    try:
        return facelab.say(key, **values)
    finally:
        facelab.use_language("ko")
