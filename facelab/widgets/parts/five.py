"""Five photos of me: one of each expression, from which a model of one's own learns that answers beside the other."""

import ipywidgets

from facelab.checks import EXPRESSIONS
from facelab.faces.detection import Face
from facelab.language import Misuse, say
from facelab.model.prediction import Prediction, expression_model, predict_expression
from facelab.widgets.parts.html import encode_picture, write_card, write_image, write_shelf
from facelab.widgets.parts.view import (
    make_button,
    make_expression_buttons,
    make_row,
    make_text,
    write_percentages,
    write_text,
)

SHOT_SIZE = 96  # pixels on the screen


class FiveShots:
    """One face of each expression of one person, in memory alone, and the model that has learned from these five.

    Attributes
    ----------
    shots : dict of str -> Face
        What has been shown so far.
    model : Pipeline or None
        None until all five are there.

    Examples
    --------
    >>> import facelab
    >>> five, sample = FiveShots(), facelab.load_sample()
    >>> for label in facelab.EXPRESSIONS:
    ...     five.show(label, sample.take(**{label: 1})[0])
    >>> five.predict(sample[0]).likeliest in facelab.EXPRESSIONS
    True
    """

    def __init__(self):
        self.forget()

    def forget(self) -> None:
        """Forget the faces and what was learned from them."""
        self.shots, self.model = {}, None

    def show(self, label, face: Face | None) -> None:
        """Take a face as that of an expression, instead of the one before. Raises ValueError if there is no face."""
        if face is None:
            raise Misuse(say("five.no_face"))
        self.shots[label] = face
        if len(self.shots) == len(EXPRESSIONS):
            points = [self.shots[key].points for key in EXPRESSIONS]
            self.model = expression_model().fit(points, list(EXPRESSIONS))

    def predict(self, face) -> Prediction | None:
        """Return what the model of the five faces says; None as long as there is none."""
        return None if self.model is None else predict_expression(self.model, face)


class FivePart(ipywidgets.VBox):
    """Five buttons that take the face in the answer as mine, and pictures of those taken.

    Parameters
    ----------
    guard : function
        The view's way to make a callback's failure visible.
    find_face : function ()
        Returns the face that was asked about last, or None.
    changed : function ()
        Called after a face was taken or all were forgotten.
    """

    def __init__(self, guard, find_face, changed):
        self.session, self._find_face, self._changed = FiveShots(), find_face, changed
        self.buttons, _ = make_expression_buttons(guard(self._take))
        for key, button in self.buttons.items():
            button.description = button.tooltip = say(f"expression.{key}")
        self.shelf, self.status = ipywidgets.HTML(), make_text("")
        self.again = make_button(say("five.forget"), guard(self._forget))
        row = make_row(*self.buttons.values(), self.again)
        super().__init__([make_text(say("five.title"), "subtitle"), self.status, row, self.shelf])
        self._show()

    def write(self, face) -> str:
        """Write what the model of the five faces says of a face as HTML, "" as long as there is none."""
        answer = self.session.predict(face)
        if answer is None:
            return ""
        nearest = say("five.says", label=say(f"expression.{answer.likeliest}"))
        return write_text(nearest, "subtitle") + write_percentages(answer.percentages)

    def _take(self, label):
        self.session.show(label, self._find_face())
        self._show()
        self._changed()

    def _forget(self):
        self.session.forget()
        self._show()
        self._changed()

    def _show(self):
        shots = self.session.shots
        missing = [say(f"expression.{key}") for key in EXPRESSIONS if key not in shots]
        told = say("five.missing", expressions=", ".join(missing)) if missing else say("five.ready")
        self.status.value = write_text(told, "note")
        self.again.layout.display = "" if shots else "none"
        self.shelf.value = write_shelf(
            write_card(write_image(encode_picture(shots[key].image), "", SHOT_SIZE), say(f"expression.{key}"))
            for key in EXPRESSIONS
            if key in shots
        )
