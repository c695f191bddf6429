"""The dials of an experiment: photos of each expression, wrong labels, and what else a condition may say."""

import ipywidgets

from facelab.checks import EXPRESSIONS
from facelab.experiments.conditions import simplify
from facelab.language import say


class Dials(ipywidgets.Box):
    """A slider for each expression and one for wrong labels, and lists for the other options of a condition.

    Examples
    --------
    >>> dials = Dials()
    >>> dials.turn_to({"joy": 40, "sadness": 20}, most={"joy": 60, "sadness": 50, "anger": 50})
    >>> dials.condition
    {'joy': 40, 'sadness': 20}
    """

    def __init__(self):
        self.photos = {
            key: _make_slider(say("experiment.photos", expression=say(f"expression.{key}"))) for key in EXPRESSIONS
        }
        self.wrong = _make_slider(say("experiment.wrong"), most=50, step=5)
        self.others = {
            "of": _make_list("of", [("experiment.of_all", ""), *((f"expression.{key}", key) for key in EXPRESSIONS)]),
            "balance": _make_list(
                "balance", [("experiment.balance_none", ""), ("plans.drop", "drop"), ("plans.weights", "weights")]
            ),
            "by": _make_list("by", [("plans.person", "person"), ("plans.photo", "photo")]),
            "models": ipywidgets.IntSlider(10, 2, 20, description=say("experiment.models")),
        }
        super().__init__([*self.photos.values(), self.wrong, *self.others.values()])
        self.add_class("facelab-dials")

    def show_only(self, others) -> None:
        """Show the dials that an experiment needs besides photos and wrong labels, a tuple of names."""
        for name, dial in self.others.items():
            dial.layout.display = "" if name in others else "none"
        self.wrong.layout.display = "none" if "models" in others else ""

    def turn_to(self, condition, most) -> None:
        """Turn all dials to a condition; `most` is the number of photos there are of each expression."""
        for key, dial in self.photos.items():
            dial.max = most.get(key, 0)
            dial.value = condition.get(key, 0)
            dial.layout.display = "" if dial.max else "none"
        self.wrong.value = round(100 * condition.get("wrong", 0))
        for name in ("of", "balance"):
            self.others[name].value = condition.get(name) or ""  # None would be an empty list
        self.others["by"].value = condition.get("by", "person")

    @property
    def condition(self) -> dict:
        """What the dials say, as `compare` takes it, without the options that go without saying."""
        photos = {key: dial.value for key, dial in self.photos.items() if dial.value}
        wrong = {"wrong": self.wrong.value / 100, **self._one_side(photos)} if self.wrong.value else {}
        options = {name: self.others[name].value or None for name in ("balance", "by")}
        return simplify(photos | wrong | options)

    def _one_side(self, photos):
        """Say whose labels are wrong, and what they become if there is but one other expression."""
        of = self.others["of"].value
        left = [key for key in photos if key != of]
        into = {"into": left[0]} if len(left) == 1 else {}
        return {"of": of} | into if of else {}


def _make_slider(description, most=0, step=1):
    return ipywidgets.IntSlider(0, 0, most, step, description=description)


def _make_list(name, options):
    words = [(say(key), value) for key, value in options]
    return ipywidgets.Dropdown(options=words, description=say(f"experiment.{name}"))
