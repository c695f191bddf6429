"""Keep to itself what the C code of a library writes about itself to the error channel: a lesson would show it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from threading import RLock

_ONE_AT_A_TIME = RLock()  # the channel is one for all threads: two that turn it off could leave it off


@contextmanager
def quiet_errors() -> Iterator[None]:
    """Turn the error channel off while a ``with`` block runs; other threads that ask for the same wait.

    Examples
    --------
    >>> with quiet_errors():
    ...     written = os.write(2, b"INFO: created a delegate")
    """
    with _ONE_AT_A_TIME:
        try:
            kept = os.dup(2)
        except OSError:  # there is no such channel
            yield
            return
        os.dup2(_nowhere(), 2)
        try:
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)


@lru_cache(maxsize=1)
def _nowhere():
    return os.open(os.devnull, os.O_WRONLY)
