"""Give each face the word for its expression."""

from collections import Counter

import ipywidgets

from facelab.checks import EXPRESSIONS
from facelab.dataset.labelled import LabelledFaces
from facelab.dataset.labels import UNUSABLE
from facelab.dataset.mine import MyData, MyFace
from facelab.dataset.nicknames import name_faces
from facelab.language import say
from facelab.model.prediction import expression_model
from facelab.widgets.parts.html import encode_picture, write_image
from facelab.widgets.parts.nickname import Nickname
from facelab.widgets.parts.overview import Overview
from facelab.widgets.parts.samples import PracticeFace, PracticeFaces, choose_practice_faces
from facelab.widgets.parts.scripts import Keys
from facelab.widgets.parts.view import (
    View,
    make_button,
    make_column,
    make_expression_buttons,
    make_row,
    make_text,
    mark_chosen,
    write_counts,
    write_text,
)
from facelab.widgets.predict import Predict

FACE_SIZE = 320  # pixels on the screen
ENOUGH, PRACTICE_ENOUGH = 10, 3  # faces of each of two expressions, from which a first model can learn


class LabellingSession:
    """Goes from face to face, and saves each label at once.

    Parameters
    ----------
    faces : MyData or PracticeFaces
        Whose faces are labelled: anything with `faces()`, `lock()` and `label_many(...)`.

    Attributes
    ----------
    position : int
        The place of the face that is shown; one past the last face at the end.

    Examples
    --------
    >>> from facelab.dataset.labelled import load_sample
    >>> session = LabellingSession(PracticeFaces(load_sample()))
    >>> session.label("joy")
    >>> session.counts()["joy"], session.position
    (1, 1)
    >>> session.undo()
    []
    >>> session.counts()["joy"], session.position
    (0, 0)
    """

    def __init__(self, faces):
        self._keeper = faces
        self.faces = faces.faces()
        self._past = []
        self.position = self._next_open(0)

    @property
    def current(self) -> MyFace | PracticeFace | None:
        """The face to label now, or None after the last."""
        return self.faces[self.position] if self.position < len(self.faces) else None

    @property
    def done(self) -> int:
        """How many faces have been decided."""
        return sum(bool(face.label) for face in self.faces)

    def label(self, label) -> None:
        """Give the current face its label, or "unusable", save it, and go on to the next undecided face."""
        if self.current is None:
            return
        self.label_many([self.position], label)
        self.position = self._next_open(self.position + 1)

    def label_many(self, places, label) -> None:
        """Give the faces at these places the same label; one undo takes all of them back."""
        files = [self.faces[place].file for place in places]
        with self._keeper.lock():  # what is taken back later is what lies there now, not what this view last saw
            self._look_again()
            before = {face.file: face.label for face in self.faces if face.file in set(files)}
            self._keeper.label_many(dict.fromkeys(files, label))
        for place in places:
            self.faces[place].label = label
        self._past.append((self.position, before, label))

    def name_many(self, places, person) -> None:
        """Give the pupil's own faces at these places the same nickname or number; "" takes it back."""
        noted = name_faces(self._keeper, {self.faces[place].file: person for place in places})
        for place in places:
            self.faces[place].person = noted[self.faces[place].file]

    def undo(self) -> list[str]:
        """Take the last labels back and return to the face that was shown then.

        A face that somebody else has given another label since is left as it is; returns the list of their files.
        """
        if not self._past:
            return []
        position, before, label = self._past[-1]
        left = self._keeper.label_many(before, unless_changed_from=dict.fromkeys(before, label))
        self._look_again()
        self._past.pop()
        self.position = position
        return left

    def back(self) -> None:
        """Go to the face before, whatever its label."""
        self.position = max(0, self.position - 1)

    def skip(self) -> None:
        """Go to the next face and leave this one as it is."""
        self.position = min(len(self.faces), self.position + 1)

    def counts(self) -> Counter:
        """Count the labels given so far; faces without one count under ""."""
        return Counter(face.label for face in self.faces)

    def missing(self, enough) -> dict[str, int]:
        """Tell how many labels two expressions lack until there are enough of each: the two that are nearest to it."""
        counts = self.counts()
        nearest = sorted(EXPRESSIONS, key=lambda key: -counts[key])[:2]
        return {key: enough - counts[key] for key in nearest if counts[key] < enough}

    def _look_again(self):
        """Read the labels anew: another view or notebook may have given some."""
        labels = {face.file: face.label for face in self._keeper.faces()}
        for face in self.faces:
            face.label = labels.get(face.file, face.label)

    def _next_open(self, start):
        """Find the first undecided face from a place on, else from the beginning, else the end."""
        order = [*range(start, len(self.faces)), *range(start)]
        return next((place for place in order if not self.faces[place].label), len(self.faces))


class Labelling(View):
    """Shows one face after the other beside five buttons; the keys 1 to 5 do the same.

    Parameters
    ----------
    faces : LabelledFaces, optional
        Faces to practise on; their own labels stay hidden, the pupil's are in `labelled()`. By default the pupil's own
        faces, or some of the shipped ones as long as there are none.

    Examples
    --------
    >>> labelling = Labelling()
    >>> labelling.buttons["joy"].click()
    >>> labelling.labelled().labels[-1] == "joy"
    True
    """

    def __init__(self, faces=None):
        super().__init__(say("labelling.title"))
        self.keeper = self._choose_keeper(faces)
        self.session = LabellingSession(self.keeper)
        self.buttons, self._label_keys = make_expression_buttons(self._label)
        moves = {"undo": self._undo, "back": self.session.back, "skip": self.session.skip}
        moves = {name: self._then_show(move) for name, move in moves.items()} | {
            UNUSABLE: lambda: self._label(UNUSABLE)
        }
        self.moves = {name: make_button(say(f"labelling.{name}"), move) for name, move in moves.items()}
        self.picture, self.status, self.chart = make_text(""), make_text(""), make_text("")
        self.picture.add_class("facelab-big")
        self.nickname = None if self.practice else Nickname(self.keeper)
        self.overview = Overview(self.session, self.guard, self._show, self.moves["undo"].click, self.nickname)
        self.reward, self.answers = make_text(""), ipywidgets.VBox()
        self.train = make_button(say("labelling.train"), self.guard(self._train), "main")
        self._lay_out()
        self.guard(self._show)()

    def labelled(self) -> LabelledFaces:
        """Return the faces labelled so far, as LabelledFaces."""
        return self.keeper.labelled()

    def _choose_keeper(self, faces):
        my_data = MyData()
        self.practice = faces is not None or not my_data.faces()
        if not self.practice:
            return my_data
        return PracticeFaces(choose_practice_faces() if faces is None else faces)

    def _lay_out(self):
        keys = {"Backspace": "undo", "ArrowLeft": "back", "ArrowRight": "skip", "0": UNUSABLE}
        self.shortcuts = Keys(self._label_keys | {key: self.moves[name].click for key, name in keys.items()})
        question, labels = make_text(say("labelling.question"), "verdict"), make_row(*self.buttons.values())
        reward = (self.reward, self.train)
        column = make_column(question, labels, make_row(*self.moves.values()), self.status, self.chart, *reward)
        note = make_text(say("labelling.practice" if self.practice else "labelling.note"), "note")
        hint = make_text(say("labelling.shortcuts"), "note")
        rest = [hint, self.shortcuts, self.answers, self.overview]
        self.fill(note, *self._offer_lines(), make_row(self.picture, column), *rest)

    def _offer_lines(self):
        """Return a tick box by which own faces turn into lines; shipped faces are nobody's, and stay as they are."""
        if self.practice:
            return []
        self.lines = ipywidgets.Checkbox(self.keeper.as_lines, description=say("labelling.lines"), indent=False)
        self.lines.observe(self.guard(self._turn_into_lines), "value")
        return [self.lines]

    def _turn_into_lines(self, change):
        self.keeper.show_as_lines(change["new"])
        for face in self.session.faces:
            face.lines = change["new"]
        self.overview.redraw()
        self._show()

    def _label(self, label):
        self._then_show(lambda: self.session.label(label))()

    def _undo(self):
        if left := self.session.undo():
            self.show_problem(say("labelling.changed_elsewhere", count=len(left)))

    def _then_show(self, action):
        def act():
            action()
            self._show()

        return self.guard(act)

    def _show(self):
        face, total = self.session.current, len(self.session.faces)
        self.picture.value = _write_face(face)
        progress = say("labelling.progress", done=self.session.done, total=total)
        ending = "" if face else write_text(say("labelling.cheer"), "cheer") + write_text(self._conclude())
        self.status.value = write_text(progress) + ending
        mark_chosen(self.buttons, face and face.label)
        self.overview.refresh()
        self._show_reward()
        self.chart.value = write_counts(self.session.counts())

    @property
    def _enough(self):
        return PRACTICE_ENOUGH if self.practice else ENOUGH

    def _show_reward(self):
        missing = self.session.missing(self._enough)
        words = [
            say("labelling.count_of", name=say(f"expression.{key}"), count=count) for key, count in missing.items()
        ]
        self.reward.value = write_text(say("labelling.missing", faces=", ".join(words)), "note") if missing else ""
        self.train.layout.display = "none" if missing else ""

    def _train(self):
        """Train a model on what is labelled, and let it answer: each expression of which there are enough."""
        faces, counts = self.labelled(), self.session.counts()
        faces = faces.select([counts[label] >= self._enough for label in faces.labels])
        self.answers.children = [Predict(expression_model().fit(faces.points, faces.labels))]

    def _conclude(self):
        if not self.practice:
            return say("labelling.finished")
        same, labelled = self.keeper.agreement()
        return say("labelling.agreement", same=same, labelled=labelled)


def _write_face(face):
    if face is None:
        return ""
    return write_image(encode_picture(face.image(), FACE_SIZE), say("labelling.face"), FACE_SIZE)
