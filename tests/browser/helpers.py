"""What the tests in the browser share: what a widget says, and waiting for what is written to the disk."""

import pytest

import facelab


def say(key, language, **values):
    """Return a sentence of the kit in a language, whatever is chosen."""
    facelab.use_language(language)
    try:
        return facelab.say(key, **values)
    finally:
        facelab.use_language("ko")


def wait_until(page, condition, what):
    """Wait in short steps, as long as for anything in the browser, until something is true on this computer's disk."""
    for _ in range(600):
        if condition():
            return
        page.wait_for_timeout(100)
    pytest.fail(f"waited in vain for: {what}")
