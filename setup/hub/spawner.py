"""How JupyterHub starts a pupil's server: as a process of an account that is the pupil's alone."""

import asyncio
import os
import pwd
from pathlib import Path

from jupyterhub.spawner import LocalProcessSpawner

from setup.hub.accounts import enter, make_account, make_runtime, runtime_of
from setup.hub.room import Room


class PupilSpawner(LocalProcessSpawner):
    """Starts servers of this computer as accounts that are made for the purpose, each process limited in memory."""

    @property
    def account(self):
        """The name of the pupil's Unix account."""
        return Room().account_of(self.user.name)

    async def start(self):
        make_runtime(Room(), await asyncio.to_thread(make_account, Room(), self.user.name))
        return await super().start()

    def make_preexec_fn(self, name):
        return enter(self.account, self.mem_limit)

    def user_env(self, env):
        entry = pwd.getpwnam(self.account)
        own = {"USER": entry.pw_name, "LOGNAME": entry.pw_name, "HOME": entry.pw_dir, "SHELL": "/bin/sh"}
        return {**env, **own, "JUPYTERHUB_RUNTIME": os.fspath(runtime_of(Room(), self.account))}

    async def poll(self):
        if self.proc is None and self.pid and not self._owns(self.pid):  # its number went to another since a crash
            self.clear_state()
            return 0
        return await super().poll()

    def _owns(self, pid):
        try:
            return Path("/proc", str(pid)).stat().st_uid == pwd.getpwnam(self.account).pw_uid
        except (OSError, KeyError):
            return False
