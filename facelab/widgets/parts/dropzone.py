"""A place to drop, paste or choose photos; the browser sends them one by one."""

from pathlib import Path

import traitlets

from facelab.language import say
from facelab.widgets.parts.scripts import Part, load_script

_WORDS = ("drop", "choose", "folder", "progress", "sending", "not_a_photo", "too_large", "broken")
_SET_WORDS = ("drop", "choose", "progress", "too_large")


class DropZone(Part):
    """Gives each photo that arrives to a function.

    Parameters
    ----------
    take : function (name, data)
        Called with the file's name and its bytes; returns what is wrong with it as a sentence, or "".
    finish : function ()
        Called after the last photo of a batch.
    kind : {"photos", "photo", "set"}
        What may come at once: several photos, or a folder of them, which are shrunk in the browser; one photo; or a
        zip file, or a folder, that arrives as it is, each file with its path.
    """

    _esm = load_script(Path(__file__).with_suffix(".js"))
    words = traitlets.Dict().tag(sync=True)
    kind = traitlets.Unicode("photos").tag(sync=True)

    def __init__(self, take, finish, kind="photos"):
        super().__init__(kind=kind, words=_find_words(kind))
        self._take = take
        self._finish = finish
        self._parts = []
        self.hear(self.receive)

    def receive(self, _, message, buffers):
        """Put a file together from its parts, pass it on, and answer, for the browser waits before it sends more."""
        if message["kind"] == "end":
            self._finish()
            self.send({"problem": ""})
            return
        if message["first"]:
            self._parts = []  # what an interrupted file has left
        self._parts += [bytes(part) for part in buffers]
        if not message["last"]:
            self.send({"problem": ""})
            return
        data, self._parts = b"".join(self._parts), []
        self.send({"problem": self._take(message["name"], data)})


def _find_words(kind):
    """Collect the sentences that the browser needs; what it fills in itself stays in braces."""
    blanks = {name: f"{{{name}}}" for name in ("name", "done", "total", "problem")}
    words = {word: say(f"upload.{word}", **blanks) for word in _WORDS}
    if kind == "photo":
        words |= {"drop": say("upload.drop_one"), "choose": say("upload.choose_one")}
    if kind == "set":
        words |= {word: say(f"merging.{word}", **blanks) for word in _SET_WORDS}
    return words
