"""Who may come in: whoever knows the class code, under a name that gets a password of its own at the first time."""

import dbm
import os
import re
import secrets
import socket
import time
import unicodedata
from collections import defaultdict, deque

from firstuseauthenticator import FirstUseAuthenticator
from jupyterhub.handlers import BaseHandler
from traitlets import Unicode

from setup.hub.certificate import AUTHORITY
from setup.hub.room import Room
from setup.hub.teacher import TeachersPage
from setup.hub.words import words

TEACHER = "teacher"
WAIT = 300  # seconds in which wrong tries count
FROM_ONE_ADDRESS = 60  # wrong tries: a school's tablets may all come from one
FOR_ONE_NAME = 10  # wrong passwords from one address


class Attempts:
    """Counts wrong tries of the last minutes, whoever made them."""

    def __init__(self, clock=time.monotonic):
        self._clock, self._times = clock, defaultdict(deque)

    def count(self, who):
        """Tell how many wrong tries somebody has made lately."""
        times = self._times[who]
        while times and times[0] < self._clock() - WAIT:
            times.popleft()
        if not times:
            del self._times[who]
        return len(times)

    def note(self, who):
        """Note a wrong try."""
        self._times[who].append(self._clock())
        if len(self._times) > 10_000:  # somebody uses ever new addresses or names
            for each in list(self._times):
                self.count(each)


def find_sender(request):
    """Tell who sends a request: the address that the proxy adds behind those that the sender may have claimed.

    A notebook on this computer can pass the proxy by and claim what it likes: its account is told instead.
    """
    account = find_account(*request.connection.stream.socket.getpeername())
    if account != os.getuid():
        return f"account {account}"
    return request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()


def find_account(address, port):
    """Return the account whose program has the end of a connection within this computer; None if nobody has."""
    end = f"{socket.inet_aton(address)[::-1].hex().upper()}:{port:04X}"
    with open("/proc/net/tcp", encoding="ascii") as table:
        rows = map(str.split, table)
        return next((int(row[7]) for row in rows if row[1] == end and row[3] == "01"), None)


class ClassAuthenticator(FirstUseAuthenticator):
    """Asks for the class code, a name and a password, which the first who comes under the name chooses."""

    language = Unicode("ko", config=True, help="the language of the sentences")

    def __init__(self, **settings):
        super().__init__(**settings)
        self.attempts = Attempts()
        chosen = os.environ.pop("FACELAB_TEACHER_PASSWORD", None)
        if chosen:
            self.reset_password(TEACHER, chosen)

    def normalize_username(self, username):
        """Two ways to type the same name are the same name."""
        return unicodedata.normalize("NFKC", username).strip().casefold()

    def knows(self, name):
        """Tell whether somebody of this name has been here."""
        with dbm.open(self.dbm_path, "c", 0o600) as passwords:
            return name.encode("utf-8") in passwords

    async def authenticate(self, handler, data):
        address, name = find_sender(handler.request), self.normalize_username(data.get("username", ""))
        answers = {"username": name, "password": data.get("password", "")}
        problem = self.find_problem(address, name, answers["password"], data.get("code", ""), "new" in data)
        if problem is None:
            let_in = await super().authenticate(handler, answers)
            if let_in:
                return let_in
            problem = "wrong_password"
        self.note(problem, address, name)
        handler.custom_login_error = words(self.language)[problem].format(name=name[:20])
        return None

    def find_problem(self, address, name, password, code, new):
        """Return the key of what is wrong with the answers, as far as can be told without checking the password."""
        right_code = secrets.compare_digest(re.sub(r"\D", "", code).encode(), Room().settings["code"].encode())
        if self.attempts.count(address) >= FROM_ONE_ADDRESS or self.attempts.count((address, name)) >= FOR_ONE_NAME:
            return "too_many"
        if not right_code and name != TEACHER:  # whose password is long, and who sets the code
            return "wrong_code"
        if not self.validate_username(name):
            return "bad_name"
        if self.knows(name) == new:
            return "name_taken" if new else "unknown_name"
        if new and (password.casefold() == name or re.sub(r"\D", "", password) == Room().settings["code"]):
            return "bad_password"
        return None if self._validate_password(password) else "bad_password" if new else "wrong_password"

    def note(self, problem, address, name):
        """Count what somebody who guesses would do wrong."""
        if problem == "wrong_password":
            self.attempts.note((address, name))
        if problem in ("wrong_code", "wrong_password", "unknown_name", "name_taken"):
            self.attempts.note(address)

    def _validate_password(self, password):
        return self.min_password_length <= len(password) and len(password.encode("utf-8")) <= 72  # what bcrypt takes

    def get_handlers(self, app):
        return [
            *super().get_handlers(app),
            ("/trust", Trust),
            ("/" + AUTHORITY, Certificate),
            ("/teacher", TeachersPage),
        ]


class Trust(BaseHandler):
    """The page that says how a tablet comes to trust the class's certificate."""

    async def get(self):
        self.finish(await self.render_template("trust.html", certificate=AUTHORITY))


class Certificate(BaseHandler):
    """What a tablet is to trust: the authority's certificate, which is no secret."""

    def get(self):
        self.set_header("Content-Type", "application/x-x509-ca-cert")
        self.set_header("Content-Disposition", f"attachment; filename={AUTHORITY}")
        self.finish((Room().secret / AUTHORITY).read_bytes())
