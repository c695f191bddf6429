"""One at a time: whoever changes the files of a folder holds its lock, so that two notebooks at once lose nothing."""

import os
import random
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path

from facelab.language import Misuse, say

LOCK = ".lock"  # an empty file in the folder, with nothing of the pupil's in it
LONGEST_WAIT = 10  # seconds
WINDOWS = os.name == "nt"

_TAKEN = object()  # stands where an open file would: somebody else holds the lock
_threads = threading.RLock()  # a lock on a file tells processes apart, this one the threads of a process
_held = set()  # the folders whose lock this process holds; only the thread that has _threads looks at it


@contextmanager
def hold_lock(folder, last=False):
    """Keep all other threads and processes that ask for the same lock waiting for as long as the block runs.

    A block may lie within another. If a process is killed, the system itself lets go of its lock. Where files cannot be
    locked, as in some network folders, the block runs all the same: work without a lock is better than no work.

    Parameters
    ----------
    folder : path
        Whose lock; the folder is made if it is missing, and goes again if nothing was put into it.
    last : bool
        Whether the lock's own file goes at the end, because nothing is left to protect.

    Raises
    ------
    ValueError
        If somebody else holds the lock for too long.

    Examples
    --------
    >>> folder = getfixture("tmp_path")
    >>> with hold_lock(folder, last=True):
    ...     (folder / "labels.csv").touch()
    >>> [path.name for path in folder.iterdir()]
    ['labels.csv']
    """
    folder = Path(folder)
    if not _threads.acquire(timeout=LONGEST_WAIT):
        raise Misuse(say("locks.busy", folder=folder))
    try:
        if folder in _held:
            yield
        else:
            with _hold_file(folder, last):
                yield
    finally:
        _threads.release()


@contextmanager
def _hold_file(folder, last):
    file = _wait_for(folder / LOCK)
    _held.add(folder)
    try:
        yield
    finally:
        _held.remove(folder)
        _let_go(file, folder / LOCK, last or _is_empty(folder))


def _wait_for(path):
    end = time.monotonic() + LONGEST_WAIT
    while (file := _try_to_lock(path)) is _TAKEN:
        if time.monotonic() > end:
            raise Misuse(say("locks.busy", folder=path.parent))
        time.sleep(random.uniform(0.001, 0.005))  # not all at the same beat, or one of several might never get its turn
    return file


def _try_to_lock(path):
    """Return the open file once it is locked, None where files cannot be locked, and _TAKEN if another has the lock."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    try:
        file = path.open("ab")  # to write, as some systems lock no other files; nothing is ever written
    except FileNotFoundError:  # another has just taken the empty folder away
        return _TAKEN
    except OSError:
        return None
    result = _lock(file)
    if result is not file:
        file.close()
    return result


def _lock(file):
    """Lock an open file without waiting; the results are those of `_try_to_lock`."""
    try:
        _ask_system(file)
    except BlockingIOError:
        return _TAKEN
    except OSError:
        return None
    # Whoever held it may have deleted it together with all else; then the next file of that name is the lock.
    return file if os.fstat(file.fileno()).st_nlink else _TAKEN


def _ask_system(file):
    if WINDOWS:
        import msvcrt

        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except PermissionError:  # how Windows says that another has it
            raise BlockingIOError from None
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _let_go(file, path, last):
    if last and not WINDOWS:
        _delete(path)  # as long as it is locked: those who wait for it see that it is gone
    if file is not None:
        _unlock(file)
        file.close()
    if last and WINDOWS:
        _delete(path)  # no open file can be deleted there: if another has opened it, it is theirs now
    if last:
        with suppress(OSError):  # something else lies there, or came in this moment
            path.parent.rmdir()


def _unlock(file):
    """Let go by word: closing alone would not do while a process that was forked meanwhile has the file open, too."""
    with suppress(OSError):
        if WINDOWS:
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_UN)


def _delete(path):
    with suppress(OSError):
        path.unlink()


def _is_empty(folder):
    with suppress(OSError):
        return set(os.listdir(folder)) <= {LOCK}
    return False
