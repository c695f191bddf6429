"""Put a face together from pieces, and see at once what a model says of it."""

import ipywidgets
import numpy as np

from facelab.checks import EXPRESSIONS
from facelab.dataset.mine import MyData
from facelab.faces.detection import find_faces
from facelab.faces.photo import encode_jpeg
from facelab.faces.pieces import PIECES, SHAPES, cut_piece, face_from_pieces, list_people
from facelab.language import say
from facelab.model.prediction import Prediction, predict_expression
from facelab.widgets.parts.html import encode_picture, write_image
from facelab.widgets.parts.pictures import Pictures
from facelab.widgets.parts.view import View, make_button, make_column, make_row, make_text, write_text
from facelab.widgets.predict import choose_model, tell_model, tell_why, write_answer

FACE_SIZE = 320  # pixels on the screen
# What to find: an expression, a face of which the model cannot tell, or sadness from anger by changing one piece.
RIDDLES = ("neutral", "surprise", "unsure", "one_piece", "joy", "sadness", "anger")
ANGER = {"brows": 3, "eyes": 2, "lips": 5}


class MixerSession:
    """A face made of pieces, the model's answer to it, and a riddle: which pieces make this expression?

    Parameters
    ----------
    model : Pipeline
        A trained model.
    my_data : MyData
        Where a face is put that the pupil wants to keep.

    Attributes
    ----------
    pieces : dict
        "brows", "eyes" and "lips", each 1 to 6.
    person : int
        Whose face, counted from 0.
    riddle : str
        One of RIDDLES.
    """

    def __init__(self, model, my_data):
        self.model = model
        self.my_data = my_data
        self.pieces = {"brows": 1, "eyes": 3, "lips": 6}  # joy, the example of the lesson
        self.person = 0
        self.riddle = "neutral"

    @property
    def image(self) -> np.ndarray:
        """The face as a picture."""
        return face_from_pieces(**self.pieces, person=self.person)

    def predict(self) -> Prediction:
        """Ask the model about the face. Raises ValueError if no face can be read off it."""
        found = find_faces(self.image)
        if not found.faces:
            raise ValueError(found.message)
        return predict_expression(self.model, found.faces[0])

    def solves_riddle(self) -> bool:
        """Tell whether this face is an answer to the riddle; what counts is what the model sees in it."""
        label = self.predict().label
        if self.riddle == "unsure":
            return label is None
        if self.riddle == "one_piece":
            changed = [part for part in ANGER if self.pieces[part] != ANGER[part]]
            return label == "sadness" and len(changed) == 1
        return label == self.riddle

    def ask_another(self) -> None:
        """Go on to the next riddle; where one begins from a certain face, that is put there."""
        self.riddle = RIDDLES[(RIDDLES.index(self.riddle) + 1) % len(RIDDLES)]
        if self.riddle == "one_piece":
            self.pieces = dict(ANGER)

    def keep(self) -> bool:
        """Put the face among the pupil's own, without a label; returns False if it was there before."""
        name = f"mixer {self.person + 1}-" + "-".join(map(str, self.pieces.values())) + ".jpg"
        if name in {path.name for path in self.my_data.photos()}:
            return False
        path = self.my_data.add_photo(name, encode_jpeg(self.image))
        found = find_faces(self.image)
        self.my_data.add_faces(path, found, keep=[0])
        return True


class Mixer(View):
    """Three rows of six pieces; the face changes with each click, and beside it stands the model's answer.

    Parameters
    ----------
    model : Pipeline, optional
        A trained model. By default the one the pupil has saved, or a ready one as long as there is none.

    Examples
    --------
    >>> Mixer().session.pieces
    {'brows': 1, 'eyes': 3, 'lips': 6}
    """

    def __init__(self, model=None):
        super().__init__(say("mixer.title"))
        model, whose = choose_model(model)
        self.session = MixerSession(model, MyData())
        self.picture, self.verdict, self.bars, self.reasons, self.answer = (make_text("") for _ in range(5))
        self.picture.add_class("facelab-big")
        self.guard(self._build)(whose)

    def _build(self, whose):
        people = {say("mixer.person", number=number + 1): number for number in range(len(list_people()))}
        self.person = ipywidgets.Dropdown(options=people, description=say("mixer.whose"))
        self.rows = {part: self._make_row(part) for part in PIECES}
        self.person.observe(self.guard(self._change_person), "value")
        rows = [each for part, row in self.rows.items() for each in (make_text(say(f"mixer.{part}"), "label"), row)]
        face = make_column(self.picture, self.verdict, self.bars, self.reasons)
        pieces = make_column(self.person, *rows, *self._make_riddle())
        together = make_row(face, pieces)  # what a click changes is seen at once, also on a small screen
        together.add_class("facelab-mixer")
        self.fill(make_text(tell_model(self.session.model, whose), "note"), together)
        self._show()

    def _make_riddle(self):
        self.question = make_text("")
        self.check = make_button(say("mixer.check"), self.guard(self._check), "main")
        self.another = make_button(say("mixer.another"), self.guard(self._ask_another))
        self.keep = make_button(say("mixer.keep"), self.guard(self._keep))
        return self.question, make_row(self.check, self.another, self.keep), self.answer

    def _make_row(self, part):
        row = Pictures(self.guard(lambda place: self._choose(part, place)), say(f"mixer.{part}"), size=76)
        self._show_pieces(part, row)
        return row

    def _show_pieces(self, part, row):
        pieces = [cut_piece(part, shape, self.session.person) for shape in SHAPES]
        names = [say("mixer.piece", part=say(f"mixer.{part}"), number=shape) for shape in SHAPES]
        row.show(pieces, names, captions=[str(shape) for shape in SHAPES])
        row.chosen = [SHAPES.index(self.session.pieces[part])]

    def _choose(self, part, place):
        self.session.pieces[part] = SHAPES[place]
        self._show()

    def _change_person(self, change):
        self.session.person = change["new"]
        for part, row in self.rows.items():
            self._show_pieces(part, row)
        self._show()

    def _check(self):
        solved = self.session.solves_riddle()
        self.answer.value = write_text(say("mixer.solved"), "cheer") if solved else write_text(say("mixer.not_solved"))

    def _ask_another(self):
        self.session.ask_another()
        for part, row in self.rows.items():
            row.chosen = [SHAPES.index(self.session.pieces[part])]
        self._show()

    def _keep(self):
        self.answer.value = write_text(say("mixer.kept" if self.session.keep() else "mixer.kept_before"))

    def _show(self):
        pieces = self.session.pieces
        self.question.value = write_text(_ask_riddle(self.session.riddle))
        self.answer.value = ""
        source = encode_picture(self.session.image, FACE_SIZE)
        self.picture.value = write_image(source, say("mixer.face", **pieces), FACE_SIZE)
        prediction = self.session.predict()
        self.verdict.value, self.bars.value = write_answer(prediction)
        self.reasons.value = write_text(tell_why(prediction))


def _ask_riddle(riddle):
    if riddle in EXPRESSIONS:
        return say("mixer.riddle", expression=say(f"expression.{riddle}"))
    return say(f"mixer.{riddle}")
