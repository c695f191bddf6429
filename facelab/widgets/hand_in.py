"""Handing in: a nickname, a look back, and one file for the teacher."""

import base64
import html

from ipywidgets import HTML, Checkbox, Text, Textarea, VBox

from facelab.answers.handin import deliver, hand_in, keep_draft, load_draft
from facelab.language import say
from facelab.widgets.parts.view import LETTERS, View, make_button, make_row, make_text, write_lines


class HandInPart(VBox):
    """Asks for a nickname and a look back, which are kept as they are written, and makes the file to hand in.

    Parameters
    ----------
    guard : function
        What shows failures, such as `View.guard`.
    """

    def __init__(self, guard):
        draft = load_draft()
        self.name = Text(draft["name"], description=say("hand_in.name"), placeholder=say("hand_in.name_example"))
        self.reflection = Textarea(draft["reflection"], placeholder=say("hand_in.reflection_example"), rows=5)
        self.reflection.description, self.reflection.layout = say("hand_in.reflection"), {"width": "100%"}
        self.reflection.layout.height = "auto"
        for field in (self.name, self.reflection):
            field.style = LETTERS
            field.observe(guard(lambda _: self._keep()), "value")
        self.name.layout = {"width": "420px", "max_width": "100%", "height": "auto"}
        self.faces = Checkbox(False, description=say("hand_in.faces"), indent=False)
        self.submit = make_button(say("hand_in.submit"), guard(self._hand_in), "main")
        self.done, self.link = make_text(""), HTML()
        super().__init__(
            [
                make_text(say("hand_in.intro"), "note"),
                self.name,
                self.reflection,
                self.faces,
                make_row(self.submit),
                self.done,
                self.link,
            ]
        )

    def forget(self) -> None:
        """Take away what was written and made, as when everything is deleted."""
        self.name.value = self.reflection.value = self.done.value = self.link.value = ""
        self.faces.value = False

    def _keep(self):
        keep_draft(self.name.value, self.reflection.value)

    def _hand_in(self):
        self.done.value = self.link.value = ""
        path = hand_in(self.name.value, self.reflection.value, self.faces.value)
        told = [say("hand_in.made", path=path)]
        told += [say("hand_in.with_faces")] if self.faces.value else []
        try:
            told += [say("hand_in.delivered")] if deliver(path) else []
        except OSError as problem:
            told.append(say("hand_in.not_delivered", problem=problem.strerror or problem))
        self.done.value = write_lines(told)
        page = base64.b64encode(path.read_bytes()).decode("ascii")  # so that no server has to be asked for it
        address, label = f"data:text/html;base64,{page}", html.escape(say("hand_in.download"))
        self.link.value = f'<a class="facelab-button" download="{html.escape(path.name)}" href="{address}">{label}</a>'


class HandIn(View):
    """Hands in what a pupil has done: answers, charts and the model's card, in one file without any face.

    Examples
    --------
    >>> widget = HandIn()
    >>> widget.part.faces.value
    False
    """

    def __init__(self):
        super().__init__(say("hand_in.title"))
        self.part = HandInPart(self.guard)
        self.fill(self.part)
