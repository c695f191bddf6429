"""A real class on this computer: JupyterHub, its proxy, pupils' accounts. All of it goes at the end."""

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from setup import classroom, environment
from setup.hub.room import Room
from setup.tools import PROJECT
from tests.hub.client import LONGEST, Browser

TEACHER_PASSWORD = "선생님만 아는 말"


def pytest_collection_modifyitems(items):
    """Say why a class cannot be tried: it takes Linux, and the right to make accounts."""
    here = [item for item in items if Path(__file__).parent in item.path.parents]
    for item in here:
        if sys.platform != "linux":
            item.add_marker(pytest.mark.skip(reason="a class opens on Linux"))
        elif "shared_python" in item.fixturenames and (os.geteuid() != 0 or not shutil.which("useradd")):
            item.add_marker(pytest.mark.skip(reason="only root can make accounts for pupils"))


@pytest.fixture(scope="session")
def shared_python(tmp_path_factory):
    """An environment's Python that every account can run: the tests' own, or one of the computer with its packages."""
    if environment.is_shared(sys.executable):
        yield sys.executable
        return
    folder = Path(tempfile.mkdtemp(prefix="facelab-test-", dir="/var/tmp"))
    subprocess.run(["/usr/bin/python3", "-m", "venv", "--without-pip", folder], check=True)
    folder.chmod(0o755)
    (own,) = Path(sys.prefix).glob("lib/python3*/site-packages")
    packages = folder / "lib" / own.parent.name / "site-packages"
    assert packages.is_dir(), f"/usr/bin/python3 is no {own.parent.name}, whose packages the tests have"
    (packages / "own.pth").write_text(f"import site; site.addsitedir({os.fspath(own)!r})\n", encoding="utf-8")
    for name in ("share", "etc"):
        (folder / name).symlink_to(Path(sys.prefix, name))
    yield str(folder / "bin" / "python")
    shutil.rmtree(folder)


class Classroom:
    """A class that a test has opened: `room` is its folder, `url` its address."""

    def __init__(self, python):
        self.room = Room(tempfile.mkdtemp(prefix="facelab-test-", dir="/var/tmp"))
        # Below the ports that a computer gives to whoever asks for any, as the hub does later: it might get this one.
        ports = random.sample(range(20_000, 30_000), 100)
        self.port, self.python, self.program = next(each for each in ports if not classroom.is_open(each)), python, None
        self.url = f"https://localhost:{self.port}"
        self.log = self.room.folder / "log.txt"

    def open(self):
        """Open it as `start.py class` does, and wait until it answers."""
        # Where the tests run in the background, Ctrl+C would be ignored by all that they start.
        code = "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); "
        code += "from setup.classroom import run_class; run_class(sys.argv[1], 'ko', 'localhost', "
        command = [sys.executable, "-c", f"{code}{self.port})", self.python]
        settings = {**os.environ, "FACELAB_CLASS": str(self.room.folder)}
        with open(self.log, "ab") as log:
            pipes = {"stdin": subprocess.PIPE, "stdout": log, "stderr": log}
            self.program = subprocess.Popen(command, cwd=PROJECT, env=settings, start_new_session=True, **pipes)
        with contextlib.suppress(BrokenPipeError), self.program.stdin as answers:
            answers.write(f"{TEACHER_PASSWORD}\n".encode())
        return self.wait_until_open()

    def wait_until_open(self, but_not=None):
        """Wait until the class answers, through another hub than one that was killed."""
        end = time.monotonic() + LONGEST
        while time.monotonic() < end:
            with contextlib.suppress(OSError):
                if self.room.file.exists() and self.hub not in (None, but_not) and self.browser().open("/hub/login").ok:
                    self.room = Room(self.room.folder)
                    return self
            assert self.program.poll() is None, self.log.read_text(encoding="utf-8")
            time.sleep(0.2)
        raise TimeoutError(self.log.read_text(encoding="utf-8"))

    @property
    def hub(self):
        """The process of JupyterHub, or None."""
        children = Path(f"/proc/{self.program.pid}/task/{self.program.pid}/children").read_text(encoding="ascii")
        return next(map(int, children.split()), None)

    @property
    def code(self):
        """The class code."""
        return self.room.settings["code"]

    def browser(self):
        """Open a browser that trusts the class's certificate."""
        return Browser(self.url, self.room.secret / "class.crt")

    def join(self, name, new=True):
        """Sign a pupil in, and start the pupil's server."""
        browser = self.browser()
        answer = browser.sign_in(name, self.code, new=new)
        assert answer.status_code == 302, answer.text
        browser.start()
        return browser

    def account(self, name):
        """Return a pupil's entry in `pwd`."""
        import pwd

        return pwd.getpwnam(self.room.account_of(name))

    def close(self):
        """End it with Ctrl+C, as a teacher does."""
        self.program.send_signal(signal.SIGINT)
        return self.program.wait(LONGEST)

    def delete(self):
        """Take away all that it has made on this computer."""
        import pwd

        from setup.hub.accounts import delete_account

        self.close()
        for entry in pwd.getpwall():
            if entry.pw_name.startswith(f"facelab-{self.room.settings['id']}-"):
                delete_account(self.room, entry.pw_name)
        shutil.rmtree(self.room.runtime, ignore_errors=True)
        shutil.rmtree(self.room.folder)


@pytest.fixture(scope="session")
def new_class(shared_python):
    """Open a class; the fixture is a function, for a test that ends its class or needs one alone."""
    classroom.prepare_proxy(shared_python)
    opened = []

    def open_one():
        opened.append(Classroom(shared_python))
        return opened[-1].open()

    yield open_one
    for each in opened:
        each.delete()


@pytest.fixture(scope="session")
def school(new_class):
    """A class that is open for all tests of a process."""
    return new_class()
