"""All faces at once, to check their labels and to change many of them together."""

import ipywidgets

from facelab.dataset import EXPRESSIONS, UNUSABLE
from facelab.language import Misuse, say
from facelab.widgets.pictures import Pictures
from facelab.widgets.view import make_button, make_row, make_text


class Overview(ipywidgets.VBox):
    """A shelf of faces under their labels; the pupil chooses some and gives them all the same label.

    Parameters
    ----------
    session : LabellingSession
        Whose faces are shown.
    guard : function
        The view's way to make a callback's failure visible.
    changed : function ()
        Called after labels were given.
    """

    def __init__(self, session, guard, changed):
        self.session = session
        self._changed = changed
        self._places = []
        self.toggle = make_button(say("labelling.overview"), guard(self._toggle))
        kinds = [(say("labelling.all"), "all"), (say("labelling.open"), "")]
        kinds += [(name_label(key), key) for key in (*EXPRESSIONS, UNUSABLE)]
        self.filter = ipywidgets.Dropdown(options=kinds, description=say("labelling.which"))
        self.filter.observe(guard(lambda change: self.refresh()), "value")
        self.pictures = Pictures(lambda place: None, say("labelling.overview"), many=True, size=112)
        keys = (*EXPRESSIONS, UNUSABLE)
        self.buttons = {
            key: make_button(name_label(key), guard(self._labeller(key)), "expression", key) for key in keys
        }
        hint = make_text(say("labelling.choose"), "note")
        self.inside = ipywidgets.VBox([self.filter, hint, make_row(*self.buttons.values()), self.pictures])
        self.inside.layout.display = "none"
        super().__init__([self.toggle, self.inside])

    def refresh(self):
        """Show the faces with the chosen label anew; nothing is drawn while the overview is folded up."""
        if self.inside.layout.display == "none":
            return
        wanted, faces = self.filter.value, self.session.faces
        self._places = [place for place, face in enumerate(faces) if wanted in ("all", face.label)]
        captions = [name_label(faces[place].label) for place in self._places]
        numbers = [place + 1 for place in self._places]
        names = [say("labelling.one_face", number=n, label=word) for n, word in zip(numbers, captions, strict=True)]
        self.pictures.show([faces[place].image() for place in self._places], names, captions)

    def _toggle(self):
        folded = self.inside.layout.display == "none"
        self.inside.layout.display = "" if folded else "none"
        self.toggle.description = say("labelling.one_by_one" if folded else "labelling.overview")
        self.refresh()

    def _labeller(self, label):
        return lambda: self._label(label)

    def _label(self, label):
        if not self.pictures.chosen:
            raise Misuse(say("labelling.none_chosen"))
        self.session.label_many([self._places[place] for place in self.pictures.chosen], label)
        self._changed()


def name_label(label):
    """Return the word for a label in the chosen language, also for "" and "unusable"."""
    if label == UNUSABLE:
        return say("labelling.unusable")
    return say(f"expression.{label}") if label else say("labelling.no_label")
