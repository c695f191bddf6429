"""The live picture of the camera, for all widgets that have one."""

from pathlib import Path

import numpy as np
import traitlets

from facelab.faces.photo import read_photo
from facelab.language import say
from facelab.widgets.parts.scripts import Part, load_script
from facelab.widgets.parts.view import tell_disk

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
