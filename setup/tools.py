"""Running other programs: with which settings, and what their failure means."""

import collections
import os
import platform
import re
import signal
import subprocess
from pathlib import Path

from setup.sentences import Stop

PROJECT = Path(__file__).resolve().parents[1]

# What tools print, and the sentence that it means. The first that fits counts.
CAUSES = (
    (r"No space left|os error (28|112|122)\b|disk quota|not enough space", "no_space"),
    (r"os error (3|206)\b|file ?name too long|WinError 206", "path_too_long"),
    (
        r"Permission denied|Read-only file system|os error (5|13|30|32)\b|Access is denied|WinError (5|32)\b",
        "not_writable",
    ),
    (r"hash mismatch|do not match the hashes", "changed_package"),
    (r"certificate|UnknownIssuer|invalid peer|TLS CA|SSLError|SSL:", "no_certificate"),
    (r"No interpreter found|python-build-standalone|No download found", "no_python"),
    (r"no (usable )?wheels|not a supported wheel|compatible wheel", "wrong_computer"),
    (r"DLL load failed", "no_runtime"),
    (r"no widgets", "no_widgets"),
    (r"dns error|error sending request|failed to fetch|timed out|connection|offline|network (was|is) ", "no_network"),
    (r"Could not find a version|not found in the cache|network connectivity", "no_network"),
)

# The settings of pip and uv that say where packages come from. All others would change what is installed, or where to.
KEPT_SETTINGS = re.compile(
    r"(PIP|UV)_(.*INDEX.*|FIND_LINKS|TRUSTED_HOST|INSECURE_HOST|PROXY|.*CERTS?|NATIVE_TLS|KEYRING.*|CONFIG_FILE"
    r"|CACHE_DIR|LINK_MODE|OFFLINE|.*TIMEOUT|.*RETRIES|PYTHON_(DOWNLOADS|INSTALL_MIRROR|PREFERENCE|INSTALL_DIR))"
)
UV_SETTINGS = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "trusted-host": "UV_INSECURE_HOST",
    "cert": "SSL_CERT_FILE",
    "proxy": "ALL_PROXY",
}
CERTIFICATES = ("SSL_CERT_FILE", "PIP_CERT", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")  # where a school's may lie


def clean_settings(settings):
    """Return environment variables without those of the user's own Python, pip, uv and Jupyter."""
    foreign = re.compile(r"PYTHON|PIP_|UV_|JUPYTER|IPYTHON|MPL|VIRTUAL_ENV|__PYVENV", re.IGNORECASE)
    kept = {name: value for name, value in settings.items() if not foreign.match(name) or KEPT_SETTINGS.fullmatch(name)}
    return {**kept, "PYTHONNOUSERSITE": "1", "PYTHONUTF8": "1", "PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0"}


def read_pip_settings(listing):
    """Turn the lines of `pip config list` into the variables by which uv is told the same."""
    found = re.findall(r"^(?::env:|global|install)\.([a-z-]+)='(.*)'$", listing, re.MULTILINE)
    # The environment's settings stand first, and count most.
    words = {name: value.replace("\\n", " ").split() for name, value in reversed(found) if name in UV_SETTINGS}
    return {UV_SETTINGS[name]: ("," if name == "find-links" else " ").join(value) for name, value in words.items()}


def network_settings(running):
    """Return clean environment variables in which uv takes packages from where the user's pip would."""
    settings = clean_settings(os.environ)
    settings = {**read_pip_settings(ask([running, "-m", "pip", "config", "list"], settings)), **settings}
    for name in CERTIFICATES:
        if settings.get(name):
            if not os.path.exists(settings[name]):
                raise Stop("missing_certificate", name + "=" + settings[name])
            settings.setdefault("SSL_CERT_DIR" if os.path.isdir(settings[name]) else "SSL_CERT_FILE", settings[name])
    if platform.system() in ("Windows", "Darwin") and "SSL_CERT_FILE" not in settings:
        settings.setdefault("UV_SYSTEM_CERTS", "1")  # a school's proxy often has a certificate of its own
    return {"UV_INDEX_STRATEGY": "unsafe-best-match", **settings}  # as pip does it; the hashes make it safe


def find_cause(output, otherwise="unknown"):
    """Return the key of the sentence that explains what a failed tool printed."""
    return next((key for pattern, key in CAUSES if re.search(pattern, output, re.IGNORECASE)), otherwise)


def ask(command, settings):
    """Run a tool and return what it printed, or nothing if it cannot be run."""
    try:
        answer = subprocess.run(command, env=settings, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return answer.stdout.decode("utf-8", "replace")


def run(command, settings, shown=None, ending=signal.SIGTERM):
    """Run a program and return its exit code and last lines; of its lines print what fits `shown`, or all without it.

    When Ctrl+C is pressed, the program gets the signal `ending` and as long as it needs to clean up.
    """
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT} if shown else {}
    lines = collections.deque(maxlen=200)
    with subprocess.Popen(command, env=settings, cwd=PROJECT, start_new_session=True, **pipes) as program:
        try:
            for line in program.stdout or ():
                lines.append(line.decode("utf-8", "replace").strip())
                for found in re.finditer(shown, lines[-1]):
                    print("  ", found.group(), flush=True)
            program.wait()
        except KeyboardInterrupt:
            if os.name == "posix":  # on Windows Ctrl+C reaches the program itself
                program.send_signal(ending)
            program.communicate()
            raise
    return program.returncode, [line for line in lines if line]


def use_tool(command, settings, otherwise="unknown", shown="^(Downloading|Prepared|Installed).*"):
    """Run a tool, show of its progress what fits, and return its last lines; stop with the cause if it fails."""
    code, lines = run(command, settings, shown=shown)
    if code != 0:
        raise Stop(find_cause("\n".join(lines), otherwise), lines[-1] if lines else code)
    return lines
