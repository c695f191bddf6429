"""Long work beside the notebook, so that Python still hears the button that stops it."""

import asyncio
import threading
from collections.abc import Callable


class Worker:
    """Does some work on a thread of its own, and has what follows done by the thread that began it.

    Charts are drawn by Python's first thread alone, so what follows goes back to it: by the notebook's loop, or by
    `wait` where there is none.

    Parameters
    ----------
    work : function ()
        What takes long; it shows its own failures.
    finish : function ()
        What follows, also after a failure.

    Examples
    --------
    >>> done = []
    >>> Worker(lambda: done.append("work"), lambda: done.append("finish")).wait()
    >>> done
    ['work', 'finish']
    """

    def __init__(self, work: Callable[[], object], finish: Callable[[], object]):
        self._finish, self._finished = finish, False
        try:
            back = asyncio.get_running_loop().call_soon_threadsafe
        except RuntimeError:  # no notebook: then somebody waits
            back = None
        self._thread = threading.Thread(target=self._run, args=[work, back], daemon=True)
        self._thread.start()

    def wait(self) -> None:
        """Wait until the work and what follows are done."""
        self._thread.join()
        self._end()  # the loop, which may stand still meanwhile, has had no time for it yet

    def _run(self, work, back):
        try:
            work()
        finally:
            if back:
                back(self._end)

    def _end(self):
        if not self._finished:
            self._finished = True
            self._finish()
