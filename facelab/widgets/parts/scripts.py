"""The parts of widgets that are written in JavaScript: what they share, and two that cannot be seen."""

from pathlib import Path

import anywidget
import traitlets

from facelab.language import current_language, say

_FOLDER = Path(__file__).parent
_TROUBLES = ("gone", "disconnected", "silent", "busy", "failed")


def load_script(path):
    """Return the text of one of our scripts, with the tools that it uses before it."""
    return "".join(each.read_text(encoding="utf-8") for each in (_FOLDER / "tools.js", path))


class Part(anywidget.AnyWidget):
    """A part of a view that is written in JavaScript.

    Attributes
    ----------
    guard : function (callback) -> callback
        How the view that holds this shows a failure; the view puts it here.
    """

    guard = staticmethod(lambda callback: callback)

    def hear(self, answer):
        """Call `answer(part, message, buffers)` for each message from the browser."""
        self.on_msg(lambda *arguments: self.guard(answer)(*arguments))


class Keys(Part):
    """Calls a function when its key is pressed anywhere in the widget that holds this.

    Parameters
    ----------
    actions : dict
        Name of the key, as browsers call it ("1", "ArrowLeft"), to a function without arguments.
    """

    _esm = _FOLDER / "keys.js"
    names = traitlets.List(traitlets.Unicode()).tag(sync=True)

    def __init__(self, actions):
        super().__init__(names=list(actions), layout={"display": "none"})
        self._actions = actions
        self.hear(lambda _, message, __: self.press(message["key"]))

    def press(self, key):
        """Do what the key stands for."""
        self._actions[key]()


class Pulse(Part):
    """Tells, in the browser, that Python has stopped, is busy or does not answer, and what went wrong there."""

    _esm = _FOLDER / "pulse.js"
    words = traitlets.Dict().tag(sync=True)

    def __init__(self):
        words = {word: say(f"view.{word}", problem="{problem}") for word in _TROUBLES}
        super().__init__(words=words | {"language": current_language()})
        self.hear(lambda *_: self.send({"kind": "beat"}))
