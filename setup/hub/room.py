"""Where a class lies on the disk: what only root may read, and each pupil's home."""

import hashlib
import json
import os
import secrets
import socket
from pathlib import Path

from setup.sentences import Stop
from setup.tools import PROJECT

CLASS = PROJECT / "data" / "class"
MINE = "mine"  # the pupil's folder in the home
CODE_DIGITS = 8  # so many that those who guess, sixty in five minutes, need years


class Room:
    """The folder of a class: `settings` is its id, its code, and the port at which pupils' servers find the hub."""

    def __init__(self, folder=None):
        self.folder = Path(folder or os.environ.get("FACELAB_CLASS") or CLASS).absolute()
        self.secret = self.folder / "secret"
        self.homes = self.folder / "homes"
        self.file = self.secret / "class.json"
        self.log = self.secret / "log.txt"
        self.runtime = None
        if self.file.exists():
            self.settings = json.loads(self.file.read_text(encoding="utf-8"))
            self.runtime = Path("/run/facelab-" + self.settings["id"])

    def prepare(self):
        """Make the folder unless it is there; pupils may pass through it to their homes, and see nothing on the way."""
        for folder, mode in ((self.folder, 0o711), (self.homes, 0o711), (self.secret, 0o700)):
            folder.mkdir(mode=mode, parents=True, exist_ok=True)
            folder.chmod(mode)
            if folder.stat().st_mode & 0o777 != mode:  # a Windows disk within WSL2, say
                raise Stop("class_open_to_all", self.folder)
        if not self.file.exists():
            self.write({"id": secrets.token_hex(2), "code": make_code(), "hub_port": find_port()})
        self.__init__(self.folder)

    def write(self, settings):
        """Write the settings down, whole or not at all."""
        part = self.file.with_suffix(".part")
        part.write_text(json.dumps(settings), encoding="utf-8")
        part.replace(self.file)

    def account_of(self, name):
        """Return the name of a pupil's Unix account: safe whatever the pupil's name, and another for each of them.

        The class's id in it keeps a later class, in which somebody has the same name, out of this one's homes.
        """
        digest = hashlib.blake2b(name.encode("utf-8"), digest_size=8).hexdigest()
        return "facelab-" + self.settings["id"] + "-" + digest


def make_code():
    """Draw a class code."""
    return "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS))


def find_port(*promised):
    """Return a port of this computer that nobody uses just now, and none that is promised to somebody."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return find_port(*promised) if port in promised else port
