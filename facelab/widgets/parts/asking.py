"""What the widgets share that are shown one face at a time: where it comes from, and how it is looked for."""

import ipywidgets

from facelab.faces.detection import Detection, find_faces
from facelab.faces.photo import read_photo
from facelab.language import say
from facelab.widgets.parts.dropzone import DropZone
from facelab.widgets.parts.pictures import Pictures
from facelab.widgets.parts.view import View, make_button, make_text
from facelab.widgets.parts.viewfinder import CameraPicture


def find_one_face(photo) -> Detection:
    """Return the Detection of a photo, whose first usable face is the largest. Raises ValueError if there is none."""
    detection = find_faces(photo)
    if not detection.usable:
        raise ValueError(detection.message)
    return detection


class AskingView(View):
    """A view that answers about a face: from a photo that is dropped, a shot of the camera, or one of a few to pick.

    What is asked is told by those that inherit: `ask(photo)`, `forget()`, and `tell_live(face)`, the line below the
    camera's picture and the HTML beside it.

    Attributes
    ----------
    zone, camera, samples
        The three sources; all in `sources`.
    again : Button
        Takes the answer away.
    """

    def offer(self, photos, invitation, names) -> None:
        """Make the sources.

        Parameters
        ----------
        photos : sequence of arrays of shape (height, width, 3), uint8
            The faces to pick from.
        invitation : str
            What stands above them.
        names : list of str
            What a screen reader calls each of them.
        """
        self._photos = photos
        self.again = make_button(say("predict.again"), self.guard(self._clear), "main")
        self.zone = DropZone(self._receive, lambda: None, kind="photo")
        self.camera = CameraPicture(self._look, self.guard(self._ask_data), False, lambda: self.show_problem(""))
        self.samples = Pictures(self.guard(self._ask_sample), invitation)
        self.samples.show(photos, names)
        self.sources = ipywidgets.VBox([self.zone, self.camera, make_text(invitation), self.samples])
        self.sources.add_class("facelab-quiet")

    def _receive(self, name, data):
        self.guard(self._ask_data)(data)
        return ""  # the widget itself shows what was wrong

    def _ask_data(self, data):
        self._clear()
        self.ask(read_photo(data))
        self.again.focus()  # brings the answer into view, which stands above a long picture of the camera

    def _ask_sample(self, place):
        self.ask(self._photos[place])

    def _clear(self):
        self.samples.chosen = []
        self.forget()

    def _look(self, photo):
        """Answer the live picture in one line; a doubtful or missing face is no failure there."""
        detection = find_faces(photo)
        sentence, bars = self.tell_live(detection.usable[0]) if detection.usable else (detection.message, "")
        return detection, sentence, bars
