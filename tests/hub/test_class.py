"""A real class: what a pupil can do, and that nobody gets at what is another's, be it by notebook or by HTTP."""

import os
import re
import signal
import socket
import sqlite3
import textwrap
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import pytest
import requests
import websocket

from setup.classroom import run_class
from setup.hub.signin import FROM_ONE_ADDRESS
from setup.hub.words import words
from setup.sentences import Stop

SAY = words("ko")
VICTIM, ATTACKER = "김하늘", "Thief-2"
PHOTO = b"a photo of nobody but me"


@pytest.fixture(scope="session")
def pupils(school):
    """Two pupils in the class: one with a photo and a lesson that runs, and one who is after them."""
    return school.join(VICTIM), school.join(ATTACKER)


@pytest.fixture(scope="session")
def treasure(school, pupils):
    """What the attacker would like to have: paths and addresses of the other pupil and of the class."""
    victim, _ = pupils
    kernel = victim.open_kernel()
    keep = "import os, pathlib, facelab; photo = facelab.MyData().folder / 'photos' / 'me.jpg'; "
    keep += f"photo.parent.mkdir(exist_ok=True); photo.write_bytes({PHOTO!r}); photo.chmod(0o644); print(os.getpid())"
    pid = kernel.run(keep)
    entry, room = school.account(VICTIM), school.room
    home, runtime = entry.pw_dir, f"{room.runtime}/{entry.pw_name.rpartition('-')[2]}"
    server = urlsplit(kernel.run("print(os.environ['JUPYTERHUB_SERVICE_URL'])")).port
    return {
        "photo": f"{home}/mine/photos/me.jpg",
        "home": home,
        "homes": str(room.homes),
        "runtime": runtime,
        "channel": f"{runtime}/kernel-{kernel.id}-ipc-2",
        "connection": f"{runtime}/kernel-{kernel.id}.json",
        "pid": int(pid),
        "server": server,
        "kernel": kernel.id,
        "victim": quote(victim.name),
        "secret": str(room.secret),
        "hub": room.settings["hub_port"],
    }


BY_NOTEBOOK = {
    "another's photo": "open(photo, 'rb').read()",
    "another's home": "os.listdir(home)",
    "who has a home": "os.listdir(homes)",
    "another's folder of sockets": "os.listdir(runtime)",
    "the key of another's kernel": "open(connection).read()",
    "listening to another's kernel": "socket.socket(socket.AF_UNIX).connect(channel)",
    "another's variables": "open(f'/proc/{pid}/environ').read()",
    "another's memory": "open(f'/proc/{pid}/mem', 'rb').read(1)",
    "another's files as its process sees them": "os.listdir(f'/proc/{pid}/cwd')",
    "ending another's kernel": "os.kill(pid, 9)",
    "becoming another": "os.setuid(os.stat(f'/proc/{pid}').st_uid)",
    "becoming root": "os.setuid(0)",
    "the class's secrets": "os.listdir(secret)",
    "the hub's database": "open(f'{secret}/jupyterhub.sqlite', 'rb').read()",
    "the hub's cookie secret": "open(f'{secret}/cookie_secret').read()",
    "the passwords": "open(f'{secret}/passwords.dbm.db', 'rb').read()",
    "the certificate's key": "open(f'{secret}/server.key').read()",
    "the proxy's variables": "open(f'/proc/{proxy}/environ').read()",
    "changing the kit": "open(facelab.__file__, 'a')",
    "changing a lesson for all": "open(f'{os.path.dirname(facelab.__file__)}/../notebooks/ko/01_terms.ipynb', 'a')",
    "more memory than there is for one": "bytearray(5 * 10**9)",
}


@pytest.mark.slow
def test_no_notebook_gets_at_what_is_anothers(school, pupils, treasure, subtests):
    (proxy,) = [pid for pid in filter(str.isdigit, os.listdir("/proc")) if is_proxy(pid, school.port)]
    kernel = pupils[1].open_kernel()
    known = treasure | {"proxy": int(proxy)}
    kernel.run("import os, socket, facelab\n" + "\n".join(f"{name} = {value!r}" for name, value in known.items()))
    assert os.path.exists(treasure["channel"]) and Path(treasure["photo"]).read_bytes() == PHOTO
    for wish, code in BY_NOTEBOOK.items():
        with subtests.test(wish):
            assert re.match("PermissionError|MemoryError", kernel.run(f"print('had', {code})")), wish
    assert Path(treasure["photo"]).read_bytes() == PHOTO
    assert pupils[0].open_kernel().run("print('alive')") == "alive"


def is_proxy(pid, port):
    try:
        with open(f"/proc/{pid}/cmdline", encoding="utf-8") as file:
            words = file.read().split("\0")
    except OSError:
        return False
    return str(port) in words and any("configurable-http-proxy" in word for word in words)


def test_no_notebook_hears_at_a_port_what_anothers_shows(school, pupils, treasure):
    """Whatever listens at a port hears all notebooks; from a kernel's port, they could hear all that it shows."""
    uid = school.account(VICTIM).pw_uid
    with open("/proc/net/tcp", encoding="ascii") as table:
        rows = [line.split() for line in table][1:]
    ports = [int(row[1].rpartition(":")[2], 16) for row in rows if row[3] == "0A" and int(row[7]) == uid]
    assert treasure["server"] in ports
    listener, speaker = pupils[1].open_kernel(), pupils[0].open_kernel()
    listener.run(
        textwrap.dedent(f"""
        import zmq
        ear = zmq.Context().socket(zmq.SUB)
        ear.subscribe(b"")
        for port in {ports}:
            ear.connect(f"tcp://127.0.0.1:{{port}}")
        """)
    )
    assert speaker.run("import time; time.sleep(1); print('between us')") == "between us"
    assert listener.run("print(ear.poll(2000))") == "0"


def test_no_notebook_gets_past_the_hubs_own_programming_interface(school, pupils, treasure, subtests):
    """With the token that each server has, and with none, at the ports that only programs of this computer reach."""
    kernel = pupils[1].open_kernel()
    kernel.run(
        textwrap.dedent("""
        import os, requests
        def ask(method, url, token=os.environ.get("JUPYTERHUB_API_TOKEN", ""), **others):
            headers = {"Authorization": f"token {token}"} if token else {}
            answer = requests.request(method, url, headers=headers, allow_redirects=False, timeout=60, **others)
            print(answer.status_code, answer.text[:2000])
        """)
    )
    hub, own = f"http://127.0.0.1:{treasure['hub']}/hub/api", f"http://127.0.0.1:{treasure['server']}"
    victim = treasure["victim"]
    refused = {
        "another's account": ("GET", f"{hub}/users/{victim}"),
        "a token in another's name": ("POST", f"{hub}/users/{victim}/tokens"),
        "ending another's server": ("DELETE", f"{hub}/users/{victim}/server"),
        "deleting another": ("DELETE", f"{hub}/users/{victim}"),
        "becoming an administrator": ("PATCH", f"{hub}/users/{quote(ATTACKER.casefold())}", {"admin": True}),
        "a new account": ("POST", f"{hub}/users/more"),
        "the routes of the proxy": ("GET", f"{hub}/proxy"),
        "ending the hub": ("POST", f"{hub}/shutdown"),
        "another's photo from its server": ("GET", f"{own}/user/{victim}/files/photos/me.jpg"),
        "another's kernels from its server": ("GET", f"{own}/user/{victim}/api/kernels"),
    }
    for wish, (method, url, *json) in refused.items():
        for token in ("", ", token=''"):
            with subtests.test(wish + token):
                said = kernel.run(f"ask({method!r}, {url!r}{token}, json={json[0] if json else None!r})")
                assert re.match("40[1345]|302", said), said
                assert PHOTO.decode() not in said
    assert re.match(r"403|200 \[\]|200 .*thief-2", kernel.run(f"ask('GET', '{hub}/users')"))
    assert VICTIM not in kernel.run(f"ask('GET', '{hub}/users')")


def test_no_browser_gets_at_what_is_anothers(school, pupils, treasure, subtests):
    attacker, victim = pupils[1], f"/user/{treasure['victim']}"
    refused = {
        "another's lessons": ("GET", f"{victim}/lab"),
        "another's photo": ("GET", f"{victim}/files/photos/me.jpg"),
        "another's folder": ("GET", f"{victim}/api/contents/photos"),
        "writing into it": ("PUT", f"{victim}/api/contents/photos/new.txt"),
        "another's kernels": ("GET", f"{victim}/api/kernels"),
        "a kernel in another's name": ("POST", f"{victim}/api/kernels"),
        "ending another's kernel": ("DELETE", f"{victim}/api/kernels/{treasure['kernel']}"),
        "ending another's server": ("DELETE", f"/hub/api/users/{treasure['victim']}/server"),
        "deleting another": ("DELETE", f"/hub/api/users/{treasure['victim']}"),
        "a token in another's name": ("POST", f"/hub/api/users/{treasure['victim']}/tokens"),
        "sharing another's server": ("POST", f"/hub/api/shares/{treasure['victim']}/"),
        "all pupils": ("GET", "/hub/api/proxy"),
        "the administrator's page": ("GET", "/hub/admin"),
        "the teacher's page": ("GET", "/hub/teacher"),
        "ending the class": ("POST", "/hub/teacher"),
        "the figures for the administrator": ("GET", "/hub/metrics"),
        "starting a server for another": ("POST", f"/hub/spawn/{treasure['victim']}"),
        "leaving the folder": ("GET", f"{attacker.own}/files/..%2f..%2f..%2fsecret%2fclass.json"),
    }
    for name, browser in {"a classmate": attacker, "a stranger": school.browser()}.items():
        for wish, (method, path) in refused.items():
            with subtests.test(f"{name}: {wish}"):
                answer = browser.open(path, method, json={} if method != "GET" else None, allow_redirects=True)
                signed_out = answer.ok and "/hub/login" in answer.url
                assert signed_out or answer.status_code in (400, 401, 403, 404, 405), (answer.status_code, answer.url)
                assert PHOTO not in answer.content
    channels = f"{school.url.replace('https', 'wss')}{victim}/api/kernels/{treasure['kernel']}/channels"
    cookies = "; ".join(f"{each.name}={each.value}" for each in attacker.session.cookies)
    with pytest.raises(websocket.WebSocketBadStatusException, match="403"):
        websocket.create_connection(channels, cookie=cookies, sslopt={"ca_certs": attacker.trusted}, origin=school.url)


def test_a_page_from_elsewhere_cannot_act_for_a_pupil(school, pupils):
    """Which has the pupil's cookies, but not the token that the server's own pages have."""
    forged = {"X-XSRFToken": "", "Referer": "https://elsewhere.example/", "Sec-Fetch-Site": "cross-site"}
    for path in (f"{pupils[0].own}/api/kernels", f"/hub/api/users/{quote(VICTIM)}/server"):
        assert pupils[0].open(path, "POST", headers=forged).status_code == 403


# Signing in


@pytest.mark.slow
def test_a_pupil_comes_back_to_the_same_work_and_a_namesake_does_not(school):
    first = school.browser()
    for code in ("", "00000000", school.code[:-1]):
        assert SAY["wrong_code"] in first.sign_in("민준", code).text
    assert SAY["unknown_name"].format(name="민준") in first.sign_in("민준", school.code, new=False).text
    assert first.sign_in("민준", f"{school.code[:4]} {school.code[4:]}", "내 비밀번호").status_code == 302
    second = school.browser()
    same = "민준"  # as a Mac types it, letter by letter
    for name in ("민준", " 민준 ", same):
        said = second.sign_in(name, school.code, "내 비밀번호").text  # the same one, as happens
        assert SAY["name_taken"].format(name="민준") in said
        said = second.sign_in(name, school.code, "다른 비밀번호", new=False).text
        assert SAY["wrong_password"].format(name="민준") in said
    assert second.sign_in("민준2", school.code, "내 비밀번호").status_code == 302
    assert first.sign_in(same, school.code, "내 비밀번호", new=False).status_code == 302
    assert school.room.account_of("민준") != school.room.account_of("민준2")


def test_names_and_passwords_that_will_not_do_are_told(school):
    browser = school.browser()
    for name in ("../root", "a b", "<script>", "x" * 21, "-" * 30, "a/b", "👋", "a\u200bb"):
        said = browser.sign_in(name, school.code).text
        assert SAY["bad_name"] in said and "<script>alert" not in said, name
    for password in ("12345", "ㄱ" * 25, school.code):
        assert SAY["bad_password"] in browser.sign_in("하나", school.code, password).text
    assert SAY["bad_password"] in browser.sign_in("six-six", school.code, "SIX-SIX").text
    assert SAY["wrong_password"].format(name="teacher") in browser.sign_in("teacher", "", new=False).text
    assert SAY["name_taken"].format(name="teacher") in browser.sign_in("Teacher", school.code).text


def read_words(page):
    """Return what a page shows, without scripts and what only browsers without them show."""
    shown = re.sub(r"<(script|style|noscript|head)\b.*?</\1>|<!--.*?-->", " ", page, flags=re.DOTALL)
    shown = shown.partition('id="error-dialog"')[0]  # JupyterHub's own, which opens if a click comes to nothing
    return " ".join(re.sub(r"<[^>]*>?", " ", shown).split())


def test_the_hubs_own_pages_speak_the_language_of_the_class(school, subtests):
    pupil = school.browser()
    assert pupil.sign_in("바다", school.code).status_code == 302
    told = {  # in the order in which a pupil may come across them
        "/hub/home": ("lessons", "leave", "open"),
        "/user/바다/lab": ("not_open", "about_not_open", "open"),
        "/hub/nothing": ("nothing_here", "about_wrong", "lessons"),
        "/hub/teacher": ("not_allowed", "about_wrong", "lessons"),
        "/hub/spawn": ("lessons", "leave", "starting"),
        "/hub/logout": ("title", "about_password"),
    }
    for path, keys in told.items():
        with subtests.test(path):
            shown = read_words(pupil.open(path).text)
            assert all(SAY[key] in shown for key in keys), shown
            before = shown.partition(SAY["for_teacher"])[0]
            assert re.findall("[A-Za-z]{2,}", before) == [], shown
    pupil.sign_in("바다", school.code, new=False)
    opened = pupil.start()
    assert opened.status_code == 200 and unquote(opened.url).endswith("/tree/lessons/ko/1 모델과 학습.ipynb")
    assert SAY["close"] in read_words(pupil.open("/hub/home").text)


class From(requests.adapters.HTTPAdapter):
    """Comes from another of this computer's addresses."""

    def init_poolmanager(self, *args, **kwargs):
        super().init_poolmanager(*args, source_address=("127.0.0.9", 0), **kwargs)


def test_after_a_thousand_wrong_codes_the_class_is_as_closed_as_before_and_open_to_the_others(school):
    guesser, pupil = school.browser(), school.browser()
    guesser.session.mount("https://", From())
    said = [guesser.sign_in("추측", f"{number:08}").text for number in range(FROM_ONE_ADDRESS)]
    assert all(SAY["wrong_code"] in text for text in said)
    for number in range(1000 - FROM_ONE_ADDRESS):
        forged = {"X-Forwarded-For": f"10.0.{number // 250}.{number % 250}", "X-Real-IP": "10.1.1.1"}
        assert SAY["too_many"] in guesser.sign_in("추측", f"{number:08}", **forged).text
    assert SAY["too_many"] in guesser.sign_in("추측", school.code).text
    assert pupil.sign_in("느긋이", school.code).status_code == 302


def test_a_notebook_that_speaks_to_the_hub_past_the_proxy_is_counted_too(school, pupils):
    kernel = pupils[1].open_kernel()
    said = kernel.run(
        textwrap.dedent(f"""
        import re, requests
        hub, session = "http://127.0.0.1:{school.room.settings["hub_port"]}/hub/login", requests.Session()
        def guess(number):
            claimed = {{"X-Forwarded-For": f"10.2.{{number}}.1"}}
            page = session.get(hub, headers=claimed)
            form = {{"_xsrf": re.search('name="_xsrf" value="([^"]+)"', page.text)[1], "username": "추측", "new": "1"}}
            answer = session.post(hub, data=form | {{"code": "1", "password": "비밀번호"}}, headers=claimed)
            return {SAY["too_many"]!r} in answer.content.decode()
        print([guess(number) for number in range({FROM_ONE_ADDRESS} + 1)].index(True))
        """)
    )
    assert said == str(FROM_ONE_ADDRESS)


# Ending, and ends that nobody wanted


@pytest.mark.slow
@pytest.mark.thorough
def test_nothing_is_lost_if_the_hub_is_killed_and_the_lesson_goes_on(new_class):
    school = new_class()
    pupil = school.join(VICTIM)
    kernel = pupil.open_kernel()
    kernel.run("kept = 42")
    killed = school.hub
    os.kill(killed, signal.SIGKILL)
    assert kernel.run("print(kept + 1)") == "43"  # through the proxy, which is still there
    school.wait_until_open(but_not=killed)
    assert pupil.open(f"{pupil.own}/api/kernels").json()[0]["id"] == kernel.id  # signed in as before
    assert pupil.open_kernel().run("print(kept)") == "42"
    assert "다시 켜고 있어요" in school.log.read_text(encoding="utf-8")
    uid = school.account(VICTIM).pw_uid
    school.close()
    assert not [pid for pid in filter(str.isdigit, os.listdir("/proc")) if owner(pid) == uid]
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", school.port)) != 0


def owner(pid):
    try:
        return os.stat(f"/proc/{pid}").st_uid
    except OSError:
        return None


def test_a_class_that_is_open_is_not_opened_twice(school, monkeypatch):
    monkeypatch.setenv("FACELAB_CLASS", str(school.room.folder))
    with pytest.raises(Stop, match="class_port_taken"):
        run_class(school.python, "ko", "localhost", school.port)


def test_the_hub_keeps_no_password_and_no_photo(school, pupils):
    with sqlite3.connect(f"file:{school.room.secret}/jupyterhub.sqlite?mode=ro", uri=True) as database:
        dump = "\n".join(database.iterdump())
    assert VICTIM in dump and "비밀번호" not in dump
    for file in school.room.secret.iterdir():
        assert "비밀번호 일이삼".encode() not in file.read_bytes()
