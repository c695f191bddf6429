"""The teacher's page: who is here, how far they are, dealing out data, merging labels, and the end of a class."""

import asyncio
import io
import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
import zipfile

from jupyterhub.handlers import BaseHandler
from jupyterhub.orm import User
from jupyterhub.scopes import needs_scope
from tornado import web

from facelab.files import write_atomically
from setup.hub.accounts import delete_account, enter, make_account
from setup.hub.room import MINE, Room, make_code
from setup.hub.words import words
from setup.tools import PROJECT, clean_settings

AT_ONCE = 4  # pupils whose work is looked at
MEMORY, LARGEST = 10**9, 2 * 10**9  # bytes that a chore may need, and leave
PATIENCE = 300  # seconds for a chore


class Refused(Exception):
    """What a pupil's account could not do; the argument says why."""


async def ask(name, chore, given=b""):
    """Have a chore done by a pupil's account, and return what it leaves; raises Refused if it fails."""
    room = Room()
    entry = await asyncio.to_thread(make_account, room, name)
    settings = {**clean_settings(os.environ), "HOME": entry.pw_dir, "FACELAB_MINE": f"{entry.pw_dir}/{MINE}"}

    with tempfile.TemporaryFile() as output:
        program = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "setup.hub.chores", chore),
            cwd=PROJECT,
            env=settings,
            preexec_fn=enter(entry.pw_name, MEMORY, LARGEST),
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.PIPE,
        )
        try:
            _, said = await asyncio.wait_for(program.communicate(given), PATIENCE)
        except asyncio.TimeoutError:
            program.kill()
            raise Refused(chore) from None
        if program.returncode != 0:
            raise Refused(said.decode("utf-8", "replace").strip().rpartition("\n")[2][-300:])
        output.seek(0)
        return output.read()


async def ask_all(names, chore, given=b""):
    """Have a chore done by the accounts of many pupils; returns what each leaves, a Refused where it failed."""
    turn = asyncio.Semaphore(AT_ONCE)

    async def ask_one(name):
        async with turn:
            try:
                return await ask(name, chore, name.encode("utf-8") if given is None else given)
            except Refused as problem:
                return problem

    return dict(zip(names, await asyncio.gather(*map(ask_one, names)), strict=True))


class TeachersPage(BaseHandler):
    """The page, for whom JupyterHub's role `teacher` lets in."""

    @web.authenticated
    @needs_scope("admin-ui")
    async def get(self):
        await self.show()

    @web.authenticated
    @needs_scope("admin-ui")
    async def post(self):
        doings = {"deal": self.deal, "pool": self.pool, "password": self.give_password, "end": self.end}
        if self.get_body_argument("do") == "collect":
            return await self.collect()
        doing = doings.get(self.get_body_argument("do"))
        if doing is None:
            raise web.HTTPError(400)
        await self.show(**await doing())

    @property
    def words(self):
        return words(self.authenticator.language)

    @property
    def names(self):
        """The names of the pupils who have come in so far, sorted."""
        return sorted(user.name for user in self.db.query(User) if user.name != self.current_user.name)

    async def show(self, report="", problems=(), agreement=None):
        """Send the page, with what the last doing has come to."""
        counts = await ask_all(self.names, "count")
        pupils = [
            {
                "name": name,
                "here": self.find_user(name).running,
                **({} if isinstance(counts[name], Refused) else json.loads(counts[name])),
            }
            for name in self.names
        ]
        said = {"report": report, "problems": problems, "agreement": agreement, "pupils": pupils}
        address = {"address": os.environ["FACELAB_ADDRESS"], "code": Room().settings["code"]}
        self.finish(await self.render_template("teacher.html", **said, **address))

    async def deal(self):
        """Bring a data set into the work of each pupil."""
        files = self.request.files.get("set")
        if not files:
            return {"problems": [self.words["no_set"]]}
        answers = await ask_all(self.names, "deal", files[0]["body"])
        good = [name for name, answer in answers.items() if not isinstance(answer, Refused)]
        return {"report": self.words["dealt"].format(count=len(good)), "problems": tell_problems(answers)}

    async def pool(self):
        """Bring the labels of all pupils into the teacher's work."""
        answers, archives = await self.gather("labels")
        try:
            agreement = json.loads(await ask(self.current_user.name, "pool", archives))
        except Refused as problem:
            return {"problems": [*tell_problems(answers), str(problem)]}
        refused = [f"{name}: {problem}" for name, problem in agreement["refused"].items()]
        return {"agreement": agreement, "problems": [*tell_problems(answers), *refused]}

    async def gather(self, chore):
        """Have a chore done by all pupils; returns what each leaves, and that in one zip file."""
        answers, archives = await ask_all(self.names, chore, None), io.BytesIO()
        with zipfile.ZipFile(archives, "w") as parts:
            for name, answer in answers.items():
                if answer and not isinstance(answer, Refused):
                    parts.writestr(name, answer)
        return answers, archives.getvalue()

    async def collect(self):
        """Show the page that is made of all hand-ins, in which no script may run: it tells what pupils have written."""
        answers, archives = await self.gather("hand_ins")
        try:
            page = await ask(self.current_user.name, "class_page", archives)
        except Refused as problem:
            return await self.show(problems=[*tell_problems(answers), str(problem)])
        self.set_header("Content-Security-Policy", "sandbox")
        self.finish(page)

    async def give_password(self):
        """Give a pupil who has forgotten the password another one."""
        name = self.get_body_argument("name")
        if name not in self.names:
            raise web.HTTPError(404)
        password = "".join(secrets.choice("23456789abcdefghjkmnpqrstuvwxyz") for _ in range(8))
        self.authenticator.reset_password(name, password)
        return {"report": self.words["new_password"].format(name=name, password=password)}

    async def end(self):
        """Zip the work of each pupil, then delete the pupil; one whose work cannot be zipped stays."""
        if self.get_body_argument("sure", "") != "yes":
            return {"problems": [self.words["not_sure"]]}
        exports = Room().folder.with_name(time.strftime("class-%Y-%m-%d-%H%M%S"))
        exports.mkdir(mode=0o700)
        answers = {}
        for name in self.names:
            await self.stop(name)
            answers.update(await ask_all([name], "export"))
            if not isinstance(answers[name], Refused):
                write_atomically(exports / f"{name}.zip", answers.pop(name))
                await self.delete(name)
        if not answers:
            Room().write({**Room().settings, "code": make_code()})  # nobody comes in any more with the old one
        return {"report": self.words["ended"].format(folder=exports), "problems": tell_problems(answers)}

    async def stop(self, name):
        user = self.find_user(name)
        if user.running:
            await self.stop_single_user(user)

    async def delete(self, name):
        user = self.find_user(name)
        self.authenticator.delete_user(user)
        await user.delete_spawners()
        self.users.delete(user)
        await asyncio.to_thread(delete_account, Room(), Room().account_of(name))


def tell_problems(answers):
    """Return a line for each pupil with whom something went wrong."""
    return [f"{name}: {answer}" for name, answer in answers.items() if isinstance(answer, Refused)]
