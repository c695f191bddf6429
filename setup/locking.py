"""Two starts at once, as from two windows: one sets up, the other waits. Python alone has no lock for that."""

import contextlib
import errno
import os
import time

from setup.sentences import tell


@contextlib.contextmanager
def one_at_a_time(path):
    """Keep every other start waiting that asks for the same file; a killed one lets go of it by itself."""
    with open(path, "ab") as file:
        if not try_to_lock(file):
            tell("waiting")
            while not try_to_lock(file):
                time.sleep(0.2)
        yield


def try_to_lock(file):
    """Lock an open file and return True, or False if another has it. Some network folders lock nothing: go on there."""
    try:
        if os.name == "nt":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in (errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK)
    return True
