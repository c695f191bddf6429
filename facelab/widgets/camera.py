"""Take photos with the computer's camera, or let a function of one's own do something with each live answer."""

import html
import io
from collections.abc import Callable
from contextlib import redirect_stdout
from datetime import datetime
from functools import lru_cache
from traceback import extract_tb

import ipywidgets

from facelab.dataset.mine import MyData
from facelab.faces.detection import Detection, find_faces
from facelab.faces.photo import read_photo
from facelab.language import Misuse, say
from facelab.model.prediction import predict_expression
from facelab.widgets.parts.html import encode_picture, write_card, write_image, write_shelf
from facelab.widgets.parts.nickname import Nickname
from facelab.widgets.parts.view import View, make_row, make_text, tell_where, write_text
from facelab.widgets.parts.viewfinder import CameraPicture
from facelab.widgets.predict import choose_model, tell_model, write_answer

MOST_SHOWN = 12
LONGEST = 200  # letters of what a function says: more could not be read at a glance


class CameraSession:
    """Keeps the shots of the camera among the pupil's photos, and asks a model about the live picture if wanted.

    Parameters
    ----------
    my_data : MyData
        Where the shots go.
    model : Pipeline, optional
        Who answers the live picture.
    on_answer : function (Prediction), optional
        Called with each answer.

    Examples
    --------
    >>> CameraSession(MyData(getfixture("tmp_path"))).shots
    []
    """

    def __init__(self, my_data, model=None, on_answer=None):
        self.my_data, self.model, self.on_answer = my_data, model, on_answer
        self.shots = []

    def look(self, photo) -> tuple[Detection, str, str]:
        """Find the faces of a live picture; returns the Detection, what to tell the pupil, and the HTML beside it."""
        detection = find_faces(photo)
        if self.on_answer is None or not detection.usable:
            return detection, detection.message or say("camera.ready"), ""
        answer = predict_expression(self.model, detection.usable[0])
        try:
            reaction = f'<div class="facelab-reaction">{react(self.on_answer, answer)}</div>'
        except Misuse as problem:
            reaction = write_text(str(problem), "problem")
        return detection, answer.message, reaction + write_answer(answer)[1]

    def take(self, data) -> None:
        """Keep a shot, named by date and time."""
        name = datetime.now().strftime("camera %Y-%m-%d %H-%M-%S.jpg")
        self.shots.append(self.my_data.add_photo(name, data, again=True))


def react(function: Callable, answer) -> str:
    """Call a pupil's function with an answer; returns what it returned or printed, as HTML.

    Raises
    ------
    ValueError
        If the function fails: what Python says, and in which of its lines.

    Examples
    --------
    >>> react(lambda answer: "🎉" if answer.label == "joy" else "<3", None)
    Traceback (most recent call last):
    facelab.language.Misuse: on_answer 함수의 1번째 줄에서 오류가 났어요...
    >>> react(lambda answer: "<3", None)
    '&lt;3'
    """
    printed = io.StringIO()
    try:
        with redirect_stdout(printed):
            returned = function(answer)
    except Exception as problem:
        line = extract_tb(problem.__traceback__)[-1].lineno
        raise Misuse(say("camera.reaction_failed", line=line, problem=f"{type(problem).__name__}: {problem}")) from None
    if hasattr(returned, "_repr_html_"):  # a sound of IPython's, say
        return returned._repr_html_()
    text = printed.getvalue().strip() if returned is None else str(returned)
    return html.escape(text[:LONGEST])


class Camera(View):
    """The camera: it shows what the computer sees, and keeps a shot at a press of the button or the space bar.

    Parameters
    ----------
    on_answer : function (Prediction), optional
        Called again and again with what a model says of the live picture; what it returns or prints stands beside the
        picture: a word, an emoji, or a sound such as ``IPython.display.Audio``.
    model : Pipeline, optional
        The model that answers. By default the one the pupil has saved, or a ready one as long as there is none.

    Raises
    ------
    ValueError
        If `on_answer` is no function.

    Examples
    --------
    >>> Camera().session.shots
    []
    """

    def __init__(self, on_answer=None, model=None):
        super().__init__(say("camera.title"))
        if on_answer is not None and not callable(on_answer):
            raise Misuse(say("camera.no_function", found=type(on_answer).__name__))
        model, whose = choose_model(model) if on_answer else (None, "")
        self.session = CameraSession(MyData(), model, on_answer)
        self.camera = CameraPicture(self.session.look, self._take)
        self.nickname = Nickname(self.session.my_data)
        self.taken = make_text("")
        self.gallery = ipywidgets.HTML()
        notes = [make_text(f"{tell_where()} {say('camera.private')}", "note")]
        notes += [make_text(tell_model(model, whose), "note")] if on_answer else []
        who = make_row(self.nickname, make_text(say("nickname.note"), "note"))
        self.fill(*notes, who, self.camera, self.taken, self.gallery)

    def _take(self, data):
        self.session.take(data)
        shots = self.session.shots
        self.nickname.give(shots[-1])
        self.taken.value = write_text(say("camera.count", count=len(shots)))
        newest = list(enumerate(shots, start=1))[-MOST_SHOWN:]
        pictures = [write_image(_encode_file(path), say("camera.shot", number=number)) for number, path in newest]
        self.gallery.value = write_shelf(write_card(picture, "") for picture in pictures)


@lru_cache(maxsize=MOST_SHOWN)
def _encode_file(path):
    return encode_picture(read_photo(path))
