"""Ask a model about a new photo."""

import ipywidgets

from facelab.checks import EXPRESSIONS
from facelab.dataset.mine import MyData
from facelab.faces.detection import Detection
from facelab.language import Misuse, say
from facelab.model.prediction import THRESHOLD, Prediction, predict_expression, ready_model
from facelab.model.saving import load_model
from facelab.widgets.parts.asking import AskingView, find_one_face
from facelab.widgets.parts.five import FivePart
from facelab.widgets.parts.html import encode_picture, write_image, write_picture
from facelab.widgets.parts.samples import choose_practice_faces
from facelab.widgets.parts.view import make_button, make_column, make_row, make_text, write_percentages, write_text

SAMPLES = 8  # shipped faces to pick from
PHOTO_SIZE = 420  # pixels on the screen
NEUTRAL_SIZE = 96
# What is no neutral face: some people's own neutral face looks sad or angry to a model, but hardly ever like these.
LIVELY = ("joy", "surprise")


class PredictSession:
    """Asks a model about photos, one after the other.

    Parameters
    ----------
    model : Pipeline
        A trained model.
    from_neutral : bool
        Whether, as long as a neutral face is shown, the ready model answers instead that learned from neutral faces.

    Attributes
    ----------
    threshold : float
        The share in percent below which the answer is "cannot tell".
    photo, face, prediction
        The photo asked about last, its largest usable face and the answer; None at the start and after `clear()`.
    neutral : Face or None
        The pupil's own neutral face, from which the answers are measured; shared by all sessions, in memory alone.
    """

    neutral = None

    def __init__(self, model, from_neutral=False):
        self.model, self.from_neutral, self.threshold = model, from_neutral, THRESHOLD
        self.clear()

    def clear(self) -> None:
        """Forget the photo and its answer."""
        self.photo = self.face = self.prediction = None

    def ask(self, photo) -> Detection:
        """Ask about a photo; returns the Detection. Raises ValueError with the reason if no face of it is of use."""
        self.clear()
        detection = find_one_face(photo)
        self.photo, self.face = photo, detection.usable[0]
        self.decide(self.threshold)
        return detection

    def decide(self, threshold) -> None:
        """Decide anew about the same face, with another threshold in percent."""
        self.threshold = threshold
        if self.face is not None:
            self.prediction = self.predict(self.face)

    def predict(self, face) -> Prediction:
        """Return what the model says of a face, measured from the neutral one if that was shown."""
        model = ready_model(from_neutral=True) if self.neutral and self.from_neutral else self.model
        return predict_expression(model, face, threshold=self.threshold, neutral=self.neutral)

    def set_neutral(self, face) -> None:
        """Take a face as the pupil's neutral one, None for no longer, and decide anew.

        Raises
        ------
        ValueError
            If the face plainly laughs or is surprised: every later answer would be measured from that.
        """
        answer = None if face is None else predict_expression(ready_model(), face)
        if answer and answer.label in LIVELY:
            raise Misuse(say("predict.not_neutral", expression=say(f"expression.{answer.label}")))
        PredictSession.neutral = face
        self.decide(self.threshold)


class Predict(AskingView):
    """Drop a photo, take one or pick a face; the model answers with five shares and a sentence.

    Parameters
    ----------
    model : Pipeline, optional
        A trained model. By default the one the pupil has saved, or a ready one as long as there is none.

    Examples
    --------
    >>> predict = Predict()
    >>> predict.samples.press(0)
    >>> round(sum(predict.session.prediction.percentages.values()), 2)
    100.0
    """

    def __init__(self, model=None):
        super().__init__(say("predict.title"))
        model, whose = choose_model(model)
        self.session = PredictSession(model, from_neutral=whose in ("ready", "partial"))
        names = [say("predict.sample", number=place + 1) for place in range(SAMPLES)]
        self.offer(choose_practice_faces().select(range(SAMPLES)).images, say("predict.pick"), names)
        self.threshold = ipywidgets.IntSlider(self.session.threshold, 20, 95, description=say("predict.threshold"))
        self.threshold.observe(self.guard(self._decide), "value")
        self.picture, self.verdict, self.bars, self.personal, self.reasons, self.status = (
            make_text("") for _ in range(6)
        )
        self.picture.add_class("facelab-big")
        self.zero, own = self._make_zero()
        buttons = make_row(self.again, own)
        self.five = FivePart(self.guard, lambda: self.session.face, self._show)
        side = make_column(self.verdict, self.bars, self.personal, self.reasons, self.threshold, buttons)
        self.answer = make_row(self.picture, side)
        self.answer.add_class("facelab-answer")
        self.fill(
            make_text(tell_model(model, whose), "note"), self.status, self.answer, self.zero, self.five, self.sources
        )
        self.forget()

    def _make_zero(self):
        """Make the place of the pupil's neutral face, and the button that puts the face in the answer there."""
        self.neutral, self.why = make_text(""), make_text("")
        self.remove = make_button(say("predict.forget"), self.guard(lambda: self._set_neutral(None)))
        self.own = make_button(say("predict.own_neutral"), self.guard(lambda: self._set_neutral(self.session.face)))
        return make_row(self.neutral, make_column(self.why, self.remove)), self.own

    def _set_neutral(self, face):
        self.session.set_neutral(face)
        self._show()

    def ask(self, photo) -> None:
        """Ask the model about a photo and show what it says. Raises ValueError if there is no usable face."""
        self.status.value = write_text(say("predict.looking"))
        try:
            self.session.ask(photo)
        finally:  # also if no face was found the sentence must go, and the last answer with it
            self.status.value = ""
            self._show()

    def tell_live(self, face) -> tuple[str, str]:
        """Tell what the model says of the live picture: in one line, and as bars."""
        answer = self.session.predict(face)
        return answer.message, write_answer(answer)[1] + self.five.write(face)

    def forget(self) -> None:
        """Take the answer away."""
        self.session.clear()
        self._show()

    def _decide(self, change):
        self.session.decide(change["new"])
        self._show()

    def _show(self):
        session = self.session
        self.neutral.value, self.why.value = _write_neutral(session.neutral)
        self.remove.layout.display = "" if session.neutral else "none"
        self.answer.layout.display = "none" if session.prediction is None else "flex"
        if session.prediction is not None:
            marked = [session.face]
            self.picture.value = write_picture(session.photo, say("predict.photo"), PHOTO_SIZE, marked, points=True)
            self.verdict.value, self.bars.value = write_answer(session.prediction)
            self.personal.value = self.five.write(session.face)
            self.reasons.value = write_text(tell_why(session.prediction))


def _write_neutral(face):
    """Write the pupil's neutral face as HTML: (the picture or "", what it is good for)."""
    if face is None:
        return "", write_text(say("predict.why_neutral", button=say("predict.own_neutral")), "note")
    picture = write_image(encode_picture(face.image), say("predict.neutral"), NEUTRAL_SIZE)
    return picture, write_text(say("predict.from_neutral"), "note")


def choose_model(model) -> tuple:
    """Return a model that knows all five expressions, if none is given, and whose it is.

    That is "given", "own" (saved by the pupil), "ready", or "partial": the pupil's own has not learnt all five.
    """
    if model is not None:
        return model, "given"
    path = MyData().model_path
    if not path.exists():
        return ready_model(), "ready"
    own = load_model(path)
    return (own, "own") if set(own.classes_) >= set(EXPRESSIONS) else (ready_model(), "partial")


def tell_model(model, whose: str) -> str:
    """Say which model answers, and which expressions it has learnt."""
    learnt = [say(f"expression.{key}") for key in EXPRESSIONS if key in getattr(model, "classes_", ())]
    return f"{say(f'predict.{whose}')} {say('predict.learnt', expressions=', '.join(learnt))}"


def write_answer(prediction) -> tuple[str, str]:
    """Write a prediction as HTML: (its sentence, the bars with the threshold as a dashed line)."""
    return write_text(prediction.message, "verdict"), write_percentages(prediction.percentages, prediction.threshold)


def tell_why(prediction) -> str:
    """Return the reasons of a prediction as a sentence, or the one that says why there are none."""
    try:
        return prediction.why.message
    except Misuse as problem:  # not every model adds up, so that it could say why
        return str(problem)
