"""A pupil's browser, as far as a class's server can tell: pages, cookies, and kernels through websockets."""

import json
import re
import time
import uuid
from urllib.parse import quote

import requests
import websocket

LONGEST = 300  # seconds for anything that is waited for


class Browser:
    """Talks to the server at `url`, whose certificate `trusted` vouches for."""

    def __init__(self, url, trusted):
        self.url, self.trusted, self.name = url, str(trusted), None
        self.session = requests.Session()
        self.session.verify, self.session.trust_env = self.trusted, False

    def open(self, path, method="GET", **others):
        """Send a request as a page of the server would, with the cookies that are there."""
        headers = {"X-XSRFToken": self.find_token(path), "Referer": f"{self.url}/hub/home"} | others.pop("headers", {})
        answer = self.session.request(method, self.url + path, headers=headers, timeout=LONGEST, **others)
        answer.encoding = "utf-8"  # which browsers read in the page itself
        return answer

    def find_token(self, path):
        """Return the token against forged requests that goes with a path."""
        found = [each for each in self.session.cookies if each.name == "_xsrf" and path.startswith(each.path)]
        return max(found, key=lambda each: len(each.path)).value if found else ""

    def sign_in(self, name, code, password="비밀번호 일이삼", new=True, **headers):
        """Fill in the sign-in page and return the answer."""
        self.session.cookies.clear()
        page = self.open("/hub/login", headers=headers)
        form = {"_xsrf": re.search('name="_xsrf" value="([^"]+)"', page.text)[1], "username": name, "code": code}
        form |= {"password": password, "new" if new else "again": "1"}
        answer = self.open("/hub/login", "POST", data=form, allow_redirects=False, headers=headers)
        self.name = name.casefold() if answer.status_code == 302 else None
        return answer

    @property
    def own(self):
        """The path of one's own server."""
        return f"/user/{quote(self.name)}"

    def start(self):
        """Start one's own server, as the browser does after signing in; returns the page that opens there."""
        self.open("/hub/spawn")
        end = time.monotonic() + LONGEST
        while time.monotonic() < end:
            page = self.open(f"{self.own}/")
            if "/lab/" in page.url:
                return page
            time.sleep(0.5)
        raise TimeoutError(f"{self.name}'s server did not start: {page.status_code} {page.url}")

    def open_kernel(self, notebook="lessons/ko/1 모델과 학습.ipynb"):
        """Open a lesson and return the kernel that runs it."""
        model = {"path": notebook, "type": "notebook", "name": "", "kernel": {"name": "python3"}}
        answer = self.open(f"{self.own}/api/sessions", "POST", json=model)
        assert answer.status_code == 201, answer.text
        return Kernel(self, answer.json()["kernel"]["id"])


class Kernel:
    """A kernel of the pupil, spoken to through the websocket that a page of JupyterLab would open."""

    def __init__(self, browser, number):
        self.id = number
        path = f"{browser.own}/api/kernels/{number}/channels?session_id={uuid.uuid4().hex}"
        cookies = requests.Request("GET", browser.url + path, cookies=browser.session.cookies)
        header = {"Cookie": browser.session.prepare_request(cookies).headers["Cookie"]}
        self.socket = websocket.create_connection(
            browser.url.replace("https", "wss") + path,
            header=header,
            origin=browser.url,
            sslopt={"ca_certs": browser.trusted},
            timeout=LONGEST,
        )

    def run(self, code):
        """Run code as a cell would, and return what it printed; an error of it is printed, too."""
        number, said = uuid.uuid4().hex, []
        header = {"msg_id": number, "msg_type": "execute_request", "username": "", "session": number, "version": "5.3"}
        content = {"code": code, "silent": False, "store_history": False, "allow_stdin": False}
        message = {"channel": "shell", "header": header, "parent_header": {}, "metadata": {}, "content": content}
        self.socket.send(json.dumps(message))
        while True:
            answer = json.loads(self.socket.recv())
            if answer["parent_header"].get("msg_id") != number:
                continue
            content = answer["content"]
            if answer["msg_type"] == "stream":
                said.append(content["text"])
            elif answer["msg_type"] == "error":
                said.append(f"{content['ename']}: {content['evalue']}")
            elif answer["msg_type"] == "status" and content["execution_state"] == "idle":
                return "".join(said).strip()
