"""Bring in a set, one's own or a friend's, and settle the labels on which two pupils differ."""

from contextlib import ExitStack
from functools import partial
from pathlib import Path

import ipywidgets

from facelab.archives import check_inside
from facelab.dataset.merging import merge, undo_merge
from facelab.faces.photo import read_photo
from facelab.files import write_atomically
from facelab.language import Misuse, say
from facelab.widgets.parts.dropzone import DropZone
from facelab.widgets.parts.html import encode_picture, write_card, write_image
from facelab.widgets.parts.overview import name_label
from facelab.widgets.parts.view import make_button, make_row, make_text, mark_chosen, tell_disk, write_text

MOST_SHOWN = 24  # faces to choose a label for at a time


class MergeSession:
    """Takes a set as the browser sends it, merges it, and keeps the pupil's choices where the labels differ.

    Parameters
    ----------
    my_data : MyData
        What the set is added to.

    Attributes
    ----------
    merged : Merged or None
        What the last merge did.
    differing : list of Pair
        The faces on which the last merge found two labels.
    choices : dict
        File of a face to the label that the pupil chose for it.

    Examples
    --------
    >>> import facelab
    >>> facelab.load_sample().take(joy=1).save(getfixture("tmp_path") / "friend")
    >>> session = MergeSession(facelab.MyData(getfixture("tmp_path") / "mine"))
    >>> session.begin()
    >>> for path in sorted((getfixture("tmp_path") / "friend").iterdir()):
    ...     session.receive(f"friend/{path.name}", path.read_bytes())
    ''
    ''
    ''
    >>> session.finish()
    >>> session.merged.faces
    1
    """

    def __init__(self, my_data):
        self.my_data = my_data
        self.merged = None
        self.differing = []
        self.choices = {}
        self._transfer = ExitStack()  # what is open from the first file of a set to its merge
        self._inbox = None

    def begin(self) -> None:
        """Make room for a set; what is left of one that was interrupted goes, also if Python was killed then."""
        self._clear()
        self._inbox = self._transfer.enter_context(self.my_data.open_work())

    def receive(self, name: str, data: bytes) -> str:
        """Take a zip file, or one file of a folder with its path; returns what is wrong as a sentence, or ""."""
        try:
            if self._inbox is None:
                self.begin()
            check_inside(Path(name), name)
            write_atomically(self._inbox / name, data)
        except Misuse as problem:
            return str(problem)
        except ValueError:  # a name that no computer takes
            return say("merging.damaged", name=name)
        except OSError as problem:
            return say("upload.not_saved", name=name, problem=tell_disk(problem) or say("view.broken", problem=problem))
        return ""

    def finish(self) -> None:
        """Merge what has arrived."""
        try:
            sources = sorted(self._inbox.glob("*")) if self._inbox else []
            if sources:
                source = sources[0] if len(sources) == 1 else self._inbox
                self.merged = merge(self.my_data, source, sources[0].name)
                self.differing, self.choices = self.merged.disagreements, {}
        finally:
            self._clear()

    def _clear(self):
        self._inbox = None
        self._transfer.close()

    def undo(self) -> list[str]:
        """Take the last merge back; returns the faces that stay, as their labels were changed since."""
        merged, self.merged = self.merged, None
        self.differing, self.choices = [], {}
        return undo_merge(self.my_data, merged)

    def choose(self, pair, label: str) -> None:
        """Settle a face on one of the two labels; it is saved at once and can be chosen again."""
        self.my_data.label(pair.file, label)
        self.choices[pair.file] = label


class MergePart(ipywidgets.VBox):
    """A place to drop a set, and below it what came of the merge, with the faces to settle.

    Parameters
    ----------
    my_data : MyData
        What the set is added to.
    guard : function
        The view's way to make a callback's failure visible.
    changed : function ()
        Called after a merge and after each choice.
    """

    def __init__(self, my_data, guard, changed):
        self.session = MergeSession(my_data)
        self._guard, self._changed, self._first = guard, changed, 0
        self.zone = DropZone(self.session.receive, guard(self._finish), "set", self.session.begin)
        self.report, self.question = make_text(""), make_text("")
        self.faces = make_row()
        self.faces.layout.align_items = "flex-start"
        self.more = make_button(say("merging.more"), guard(self._go_on))
        self.undo = make_button(say("merging.undo"), guard(self._undo))
        head = [make_text(say("merging.title"), "subtitle"), make_text(say("merging.note"), "note")]
        super().__init__([*head, self.zone, self.report, self.undo, self.question, self.faces, self.more])
        self._show()

    def _finish(self):
        self.session.finish()
        self._first = 0
        self._show()
        self._changed()

    def _undo(self):
        stay = self.session.undo()
        self._show()
        told = say("merging.undone_partly", count=len(stay)) if stay else say("merging.undone")
        self.report.value = write_text(told)
        self._changed()

    def _go_on(self):
        self._first += MOST_SHOWN
        self._show()

    def _show(self):
        merged, differing = self.session.merged, self.session.differing
        self.report.value = write_text(merged.message) if merged else ""
        self.undo.layout.display = "" if merged else "none"
        self.question.value = write_text(say("merging.differ", count=len(differing))) if differing else ""
        shown = differing[self._first : self._first + MOST_SHOWN]
        cards = [self._make_card(number, pair) for number, pair in enumerate(shown, start=self._first + 1)]
        self.faces.children = cards
        self.more.layout.display = "" if self._first + MOST_SHOWN < len(differing) else "none"

    def _make_card(self, number, pair):
        picture = encode_picture(read_photo(self.session.my_data.path_of(pair.file)))
        card = ipywidgets.HTML(write_card(write_image(picture, say("merging.face", number=number)), ""))
        words = {pair.mine: "merging.mine_says", pair.theirs: "merging.theirs_says"}
        buttons = {
            label: make_button(say(key, label=name_label(label)), lambda: None, "expression", label)
            for label, key in words.items()
        }
        for label, button in buttons.items():
            button.on_click(self._guard(partial(self._choose, pair, label, buttons)))
        mark_chosen(buttons, self.session.choices.get(pair.file))
        return ipywidgets.VBox([card, *buttons.values()], layout={"width": "200px"})

    def _choose(self, pair, label, buttons, _):
        self.session.choose(pair, label)
        mark_chosen(buttons, label)
        self._changed()
