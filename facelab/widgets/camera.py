"""Take photos with the computer's camera."""

from datetime import datetime
from functools import lru_cache
from pathlib import Path

import ipywidgets
import numpy as np
import traitlets

from facelab.dataset.mine import MyData
from facelab.faces.detection import Detection, find_faces
from facelab.faces.photo import read_photo
from facelab.language import say
from facelab.widgets.parts.html import encode_picture, write_card, write_image, write_shelf
from facelab.widgets.parts.scripts import Part, load_script
from facelab.widgets.parts.view import View, make_text, tell_disk, tell_where, write_text

MOST_SHOWN = 12
_WORDS = ("on", "off", "shoot", "burst", "countdown", "picture", "which", "camera")
_FAILURES = ("refused", "missing", "taken", "lost", "insecure", "broken")


class CameraPicture(Part):
    """The live picture of the camera, with what Python finds in it drawn over it.

    Parameters
    ----------
    look : function (data)
        Called again and again with a small picture; returns the Detection, a sentence to show below the picture, and
        HTML to show beside it.
    take : function (data)
        Called with the JPEG of a shot.
    burst : bool
        Whether there is a button for five shots in a row, too.
    begin : function (), optional
        Called when the camera is switched on.
    """

    _esm = load_script(Path(__file__).with_suffix(".js"))
    words = traitlets.Dict().tag(sync=True)
    bursts = traitlets.Bool().tag(sync=True)

    def __init__(self, look, take, burst=True, begin=None):
        words = {word: say(f"camera.{word}", problem="{problem}", number="{number}") for word in _WORDS + _FAILURES}
        super().__init__(words=words, bursts=burst)
        self._look = look
        self._take = take
        self._begin = begin
        self.hear(self.receive, {"kind": "on"}, {"kind": "shot", "buffers": 1}, {"kind": "look", "buffers": 1})

    def receive(self, _, message, buffers) -> None:
        """Answer a picture from the browser: what was found in it, or whether the shot was kept."""
        if message["kind"] == "on":
            return self._begin() if self._begin else None
        data = bytes(buffers[0])
        if message["kind"] == "shot":
            self.answer(message, kind="taken", problem=self._try_to_take(data))
        else:
            self.answer(message, kind="found", **self._describe(data))

    def _try_to_take(self, data):
        try:
            self._take(data)
        except (ValueError, OSError) as problem:
            sentence = tell_disk(problem) if isinstance(problem, OSError) else ""
            return say("camera.not_saved", problem=sentence or problem)
        return ""

    def _describe(self, data):
        photo = read_photo(data)
        detection, sentence, bars = self._look(photo)
        size = np.array(photo.shape[1::-1])  # width, height
        boxes = [(np.reshape(face.box, (2, 2)) / size).ravel().tolist() for face in detection.faces]
        points = [point for face in detection.faces for point in (face.points[:, :2] / size).round(4).tolist()]
        return {"boxes": boxes, "points": points, "sentence": sentence, "bars": bars}


class CameraSession:
    """Keeps the shots of the camera among the pupil's photos.

    Examples
    --------
    >>> CameraSession(MyData(getfixture("tmp_path"))).shots
    []
    """

    def __init__(self, my_data):
        self.my_data = my_data
        self.shots = []

    def look(self, photo) -> tuple[Detection, str, str]:
        """Find the faces of a live picture; returns the Detection, what to tell the pupil, and nothing beside it."""
        detection = find_faces(photo)
        return detection, detection.message or say("camera.ready"), ""

    def take(self, data) -> None:
        """Keep a shot, named by date and time."""
        name = datetime.now().strftime("camera %Y-%m-%d %H-%M-%S.jpg")
        self.shots.append(self.my_data.add_photo(name, data, again=True))


class Camera(View):
    """The camera: it shows what the computer sees, and keeps a shot at a press of the button or the space bar.

    Examples
    --------
    >>> Camera().session.shots
    []
    """

    def __init__(self):
        super().__init__(say("camera.title"))
        self.session = CameraSession(MyData())
        self.camera = CameraPicture(self.session.look, self._take)
        self.taken = make_text("")
        self.gallery = ipywidgets.HTML()
        self.fill(make_text(f"{tell_where()} {say('camera.private')}", "note"), self.camera, self.taken, self.gallery)

    def _take(self, data):
        self.session.take(data)
        shots = self.session.shots
        self.taken.value = write_text(say("camera.count", count=len(shots)))
        newest = list(enumerate(shots, start=1))[-MOST_SHOWN:]
        self.gallery.value = write_shelf(_write_shot(number, path) for number, path in newest)


def _write_shot(number, path):
    return write_card(write_image(_encode_file(path), say("camera.shot", number=number)), "")


@lru_cache(maxsize=MOST_SHOWN)
def _encode_file(path):
    return encode_picture(read_photo(path))
