"""The parts of widgets that are written in JavaScript: what they share, and two that cannot be seen."""

from collections.abc import Callable
from pathlib import Path

import anywidget
import traitlets

from facelab.language import current_language, say

_FOLDER = Path(__file__).parent
_TROUBLES = ("gone", "disconnected", "silent", "busy", "failed")


def load_script(path: Path) -> str:
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

    def hear(self, answer: Callable, *shapes: dict) -> None:
        """Call `answer(part, message, buffers)` for each message from the browser that has one of these shapes.

        Any other comes from a broken or hostile page: it is left alone.

        Parameters
        ----------
        answer : function (part, message, buffers)
            What is called.
        *shapes : dict
            Each field to its type, to the very value, or to a function that tells whether a value will do; "buffers"
            to the number of buffers, 0 if it is not named.
        """

        def take(part, message, buffers):
            if isinstance(message, dict) and any(_fits(message | {"buffers": len(buffers)}, shape) for shape in shapes):
                self.guard(answer)(part, message, buffers)

        self.on_msg(take)

    def answer(self, message: dict, **content) -> None:
        """Answer a message: only the view that sent it listens, though all views of a part hear everything."""
        self.send({"view": message.get("view"), **content})


def is_place(place: object, length: int) -> bool:
    """Tell whether something from the browser is a place in a row of this length.

    Examples
    --------
    >>> is_place(2, 3), is_place(3, 3), is_place("joy", 3)
    (True, False, False)
    """
    return type(place) is int and 0 <= place < length


def are_places(places: object, length: int) -> bool:
    """Tell whether something from the browser is a list of places in a row of this length."""
    return isinstance(places, list) and all(is_place(place, length) for place in places)


def _fits(message, shape):
    return all(_is_value(message.get(field), expected) for field, expected in ({"buffers": 0} | shape).items())


def _is_value(value, expected):
    if isinstance(expected, type):
        return type(value) is expected
    return expected(value) if callable(expected) else type(value) is type(expected) and value == expected


class Keys(Part):
    """Calls a function when its key is pressed in the widget that holds this, and says whether it listens.

    Parameters
    ----------
    actions : dict
        Name of the key, as browsers call it ("1", "ArrowLeft"), to a function without arguments.
    """

    _esm = load_script(_FOLDER / "keys.js")
    names = traitlets.List(traitlets.Unicode()).tag(sync=True)
    words = traitlets.Dict().tag(sync=True)

    def __init__(self, actions):
        super().__init__(names=list(actions), words={word: say(f"view.{word}") for word in ("keys_on", "keys_off")})
        self._actions = actions
        self.hear(lambda _, message, __: self.press(message["key"]), {"key": lambda key: key in self.names})

    def press(self, key: str) -> None:
        """Do what the key stands for."""
        self._actions[key]()


class Pulse(Part):
    """Tells, in the browser, that Python has stopped, is busy or does not answer, and what went wrong there."""

    _esm = _FOLDER / "pulse.js"
    words = traitlets.Dict().tag(sync=True)

    def __init__(self):
        words = {word: say(f"view.{word}", problem="{problem}") for word in _TROUBLES}
        super().__init__(words=words | {"language": current_language()})
        self.hear(lambda _, message, __: self.answer(message, kind="beat"), {"kind": "beat"})
