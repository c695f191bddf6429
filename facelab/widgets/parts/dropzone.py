"""A place to drop, paste or choose photos; the browser sends them one by one."""

from pathlib import Path

import traitlets

from facelab.language import say
from facelab.widgets.parts.scripts import Part, load_script

LARGEST_FILE = 200 * 1024 * 1024  # bytes; the browser asks first
_WORDS = ("drop", "choose", "folder", "progress", "sending", "not_a_photo", "too_large", "broken", "no_file")
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
    begin : function (), optional
        Called before the first file of a batch.
    """

    _esm = load_script(Path(__file__).with_suffix(".js"))
    words = traitlets.Dict().tag(sync=True)
    kind = traitlets.Unicode("photos").tag(sync=True)

    def __init__(self, take, finish, kind="photos", begin=lambda: None):
        super().__init__(kind=kind, words=_find_words(kind))
        self._take, self._finish, self._begin = take, finish, begin
        self._sender = None  # the view whose batch this is
        self._parts = {}  # what has come of a file, for each view
        part = {"kind": "part", "name": str, "first": bool, "last": bool, "buffers": 1}
        self.hear(self.receive, {"kind": "begin"}, part, {"kind": "end"})

    def receive(self, _, message: dict, buffers: list) -> None:
        """Take a part of a batch, and answer, for the browser waits before it sends more."""
        problem, view = "", message.get("view")
        try:
            if message["kind"] == "begin":
                self._sender = view
                self._begin()
            elif self.kind == "set" and view != self._sender:  # two that come at once would be mixed
                problem = say("merging.elsewhere")
            elif message["kind"] == "part":
                problem = self._receive_part(view, message, bytes(buffers[0]))
            else:
                self._finish()
        finally:  # also after a failure, which the widget shows: or the browser would wait for ever
            self.answer(message, problem=problem)

    def _receive_part(self, view, message, data):
        """Put a file together from its parts and, after the last, pass it on."""
        before = b"" if message["first"] else self._parts.get(view, b"")  # an interrupted file has left some
        self._parts[view] = before + data
        if len(self._parts[view]) > LARGEST_FILE:
            del self._parts[view]
            return say(f"{'merging' if self.kind == 'set' else 'upload'}.too_large", name=message["name"])
        return self._take(message["name"], self._parts.pop(view)) if message["last"] else ""


def _find_words(kind):
    """Collect the sentences that the browser needs; what it fills in itself stays in braces."""
    blanks = {name: f"{{{name}}}" for name in ("name", "done", "total", "problem")}
    words = {word: say(f"upload.{word}", **blanks) for word in _WORDS}
    if kind == "photo":
        words |= {"drop": say("upload.drop_one"), "choose": say("upload.choose_one")}
    if kind == "set":
        words |= {word: say(f"merging.{word}", **blanks) for word in _SET_WORDS}
    return words
