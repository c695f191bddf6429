"""All faces at once, to check their labels and to change many of them together."""

from pathlib import Path

import ipywidgets
import traitlets

from facelab.checks import EXPRESSIONS
from facelab.dataset.labels import UNUSABLE
from facelab.language import Misuse, say
from facelab.widgets.parts.html import encode_picture
from facelab.widgets.parts.scripts import Part, are_places, load_script
from facelab.widgets.parts.view import make_button, make_row, make_text

LABELS = (*EXPRESSIONS, UNUSABLE)
NICKNAME = "nickname"  # stands where a label would: the chosen faces get the nickname in the field


class Grid(Part):
    """Faces under their labels, and above them the labels: words to press, or to drag the chosen faces onto.

    Parameters
    ----------
    give : function (label, places)
        Called when the faces that were chosen, at these places, are to get a label.

    Attributes
    ----------
    pictures : list of str
        The faces, as `encode_picture` writes them.
    labels : list of str
        The label of each face, "" for none.
    people : list of str
        The nickname of each face, "" for none.
    wanted : str
        Only faces with this label are shown; "all" for every face.
    """

    _esm = load_script(Path(__file__).with_suffix(".js"))
    pictures = traitlets.List(traitlets.Unicode()).tag(sync=True)
    labels = traitlets.List(traitlets.Unicode()).tag(sync=True)
    people = traitlets.List(traitlets.Unicode()).tag(sync=True)
    wanted = traitlets.Unicode("all").tag(sync=True)
    targets = traitlets.List(traitlets.Unicode()).tag(sync=True)
    words = traitlets.Dict().tag(sync=True)

    def __init__(self, give, targets=LABELS):
        words = {key: name_label(key) for key in ("", *LABELS)}
        words |= {"shelf": say("labelling.overview"), "none_chosen": say("labelling.choose")}
        words |= {"chosen": say("labelling.chosen", count="{count}")}
        words |= {"one_face": say("labelling.one_face", number="{number}", label="{label}")}
        words |= {"with_person": say("nickname.one_face", label="{label}", person="{person}")}
        words |= {NICKNAME: say("nickname.give")}
        super().__init__(words=words, targets=list(targets))
        shape = {"label": lambda label: label in self.targets}
        shape |= {"places": lambda places: are_places(places, len(self.pictures))}
        self.hear(lambda _, message, __: give(message["label"], message["places"]), shape)


class Overview(ipywidgets.VBox):
    """A grid of all faces, folded up at first; the pupil chooses some and gives them all the same label.

    Parameters
    ----------
    session : LabellingSession
        Whose faces are shown.
    guard : function
        The view's way to make a callback's failure visible.
    changed : function ()
        Called after labels were given.
    undo : function ()
        Takes the last labels back.
    nickname : Nickname, optional
        The field for who it is, if the faces are the pupil's own.
    """

    def __init__(self, session, guard, changed, undo, nickname=None):
        self.session, self.nickname = session, nickname
        self._changed = changed
        self.toggle = make_button(say("labelling.overview"), guard(self._toggle))
        self.grid = Grid(guard(self._give), [*LABELS, NICKNAME] if nickname else LABELS)
        kinds = [(say("labelling.all"), "all"), (name_label(""), ""), *((name_label(key), key) for key in LABELS)]
        self.filter = ipywidgets.Dropdown(options=kinds, value="all", description=say("labelling.which"))
        self.filter.observe(guard(lambda change: self.grid.set_trait("wanted", change["new"])), "value")
        tools = make_row(self.filter, make_button(say("labelling.undo"), undo), *([nickname] if nickname else []))
        self.inside = ipywidgets.VBox([tools, make_text(say("labelling.drag"), "note"), self.grid])
        self.inside.layout.display = "none"
        super().__init__([self.toggle, self.inside])

    def refresh(self) -> None:
        """Show the labels anew; nothing is drawn while the overview is folded up."""
        if self.inside.layout.display != "none":
            self.grid.people = [getattr(face, "person", "") for face in self.session.faces]
            self.grid.labels = [face.label for face in self.session.faces]

    def _toggle(self):
        folded = self.inside.layout.display == "none"
        self.inside.layout.display = "" if folded else "none"
        self.toggle.description = say("labelling.one_by_one" if folded else "labelling.overview")
        if folded and not self.grid.pictures:  # they hardly ever change, and there may be hundreds
            self.redraw()
        self.refresh()

    def redraw(self) -> None:
        """Draw the faces anew; while the overview is folded up, not before it is wanted."""
        is_shown = self.inside.layout.display != "none"
        self.grid.pictures = [encode_picture(face.image()) for face in self.session.faces] if is_shown else []

    def _give(self, label, places):
        if not places:
            raise Misuse(say("labelling.none_chosen"))
        if label == NICKNAME:
            self.session.name_many(places, self.nickname.value)
        else:
            self.session.label_many(places, label)
        self._changed()


def name_label(label: str) -> str:
    """Return the word for a label in the chosen language, also for "" and "unusable"."""
    if label == UNUSABLE:
        return say("labelling.unusable")
    return say(f"expression.{label}") if label else say("labelling.no_label")
