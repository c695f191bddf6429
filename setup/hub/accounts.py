"""The Unix accounts of pupils: each has its own, so that a notebook cannot read what a classmate's has saved."""

import os
import pwd
import resource
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

from setup.tools import PROJECT

one_at_a_time = threading.Lock()  # the computer's list of accounts takes no two writers
IN_USE = 8  # what `userdel` returns while a program of the account runs
MOST_PROCESSES = 400  # and threads, of a pupil: a loop that starts ever more of them stops there


def make_account(room, name):
    """Make a pupil's account and home, unless they are there; returns its entry in `pwd`."""
    account = room.account_of(name)
    home = room.homes / account
    with one_at_a_time:
        try:
            entry = pwd.getpwnam(account)
        except KeyError:
            command = ["useradd", "--no-create-home", "--user-group", "--shell", "/usr/sbin/nologin"]
            subprocess.run([*command, "--home-dir", home, "--comment", "facelab pupil", account], check=True)
            entry = pwd.getpwnam(account)
    give_folder(home, entry)
    return entry


def give_folder(folder, entry):
    """Make a folder that only an account can look into; the one above it must be root's."""
    folder.mkdir(mode=0o700, exist_ok=True)
    os.chown(folder, entry.pw_uid, entry.pw_gid)


def make_runtime(room, entry):
    """Make a new folder for an account's sockets: what a server that was killed has left in it goes."""
    room.runtime.mkdir(mode=0o711, exist_ok=True)
    room.runtime.chmod(0o711)
    shutil.rmtree(runtime_of(room, entry.pw_name), ignore_errors=True)
    give_folder(runtime_of(room, entry.pw_name), entry)


def runtime_of(room, account):
    """Return the folder of an account's sockets: the system takes no long path for those."""
    return room.runtime / account.rpartition("-")[2]


def delete_account(room, account):
    """Delete an account with all of its processes and files."""
    entry = pwd.getpwnam(account)
    kill = ["/bin/sh", "-c", "kill -s KILL -- -1"]  # all that the account may end; a Python may be closed to it
    for _ in range(100):
        subprocess.run(kill, user=entry.pw_uid, group=entry.pw_gid, extra_groups=[], stderr=subprocess.DEVNULL)
        with one_at_a_time:
            deleted = subprocess.run(["userdel", account], stderr=subprocess.DEVNULL)
        if deleted.returncode != IN_USE:
            break
        time.sleep(0.1)  # whatever had much memory takes a moment to die
    deleted.check_returncode()
    shutil.rmtree(room.homes / account, ignore_errors=True)
    shutil.rmtree(runtime_of(room, account), ignore_errors=True)


def enter(account, memory, largest_file=resource.RLIM_INFINITY):
    """Return a function for a new process that makes it the account's, with limits for it and all that it starts.

    What breaks these fails in the pupil's own notebook.
    """
    from jupyterhub.spawner import set_user_setuid

    become = set_user_setuid(account, chdir=False)

    def prepare():
        os.umask(0o077)
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
        resource.setrlimit(resource.RLIMIT_NPROC, (MOST_PROCESSES, MOST_PROCESSES))
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # no picture of what was in memory
        Path("/proc/self/oom_score_adj").write_text("500")  # if memory runs out all the same, the hub goes last
        become()

    return prepare


def try_as_pupil():
    """Become an account without rights and try the kit: it must run from here, and nothing of it can be changed."""
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
    for path in (PROJECT, PROJECT / "facelab", PROJECT / "setup", PROJECT / "notebooks", Path(sys.prefix)):
        if os.access(path, os.W_OK):
            raise SystemExit(f"writable: {path}")
    os.execv(sys.executable, [sys.executable, "-m", "setup.trial"])


if __name__ == "__main__":
    try_as_pupil()
