"""What is stored of the pupil's work, and how to take it along, bring it in, or delete it."""

from datetime import datetime
from functools import partial
from pathlib import Path

from ipywidgets import Text, VBox

from facelab.checks import EXPRESSIONS
from facelab.dataset.mine import MyData
from facelab.dataset.traces import delete_traces
from facelab.language import Misuse, say
from facelab.widgets.hand_in import HandInPart
from facelab.widgets.parts.joining import MergePart
from facelab.widgets.parts.view import (
    View,
    make_button,
    make_row,
    make_text,
    tell_where,
    write_counts,
    write_lines,
    write_text,
)

FILES = {"points": "my-points", "photos": "my-facelab", "to_label": "to-label"}  # how the zips are called


class Storage(View):
    """Shows what is stored, shares it, hands in, merges what others share, and deletes all after asking once.

    Examples
    --------
    >>> storage = Storage()
    >>> storage.delete.click()
    >>> storage.confirm.layout.display
    'flex'
    """

    def __init__(self):
        super().__init__(say("my_data.title"))
        self.session = MyData()
        self.stored, self.chart, self.done = make_text(""), make_text(""), make_text("")
        self.refresh = make_button(say("my_data.refresh"), self.guard(self._show))
        self.person = Text(description=say("my_data.person"), placeholder=say("my_data.person_example"))
        self.person.style.description_width = "initial"  # or a word longer than usual would be cut
        self.share = make_button(say("my_data.share"), self.guard(partial(self._export, "points")), "main")
        self.with_photos = make_button(say("my_data.with_photos"), self.guard(self._offer_photos))
        self.export = make_button(say("my_data.export"), self.guard(partial(self._export, "photos")))
        self.export_open = make_button(say("my_data.export_open"), self.guard(partial(self._export, "to_label")))
        self.back = make_button(say("my_data.cancel_photos"), self.guard(self._show))
        self.photos = VBox([make_text(say("my_data.photos_tell")), make_row(self.export, self.export_open, self.back)])
        self.hand_in = make_button(say("hand_in.title"), self.guard(self._offer_hand_in))
        self.handing_in = HandInPart(self.guard)
        self.delete = make_button(say("my_data.delete"), self.guard(self._ask), "risky")
        self.really = make_button(say("my_data.really"), self.guard(self._delete), "risky")
        self.cancel = make_button(say("my_data.cancel"), self.guard(self._show))
        self.confirm = VBox([make_text(say("my_data.question"), "verdict"), make_row(self.really, self.cancel)])
        buttons = make_row(self.person, self.share, self.with_photos, self.hand_in, self.refresh, self.delete)
        note = make_text(f"{tell_where()} {say('my_data.note')}", "note")
        self.merging = MergePart(self.session, self.guard, self._show)
        self.fill(
            note, self.stored, self.chart, buttons, self.photos, self.handing_in, self.confirm, self.done, self.merging
        )
        self.guard(self._show)()

    def _show(self):
        for part in (self.confirm, self.photos, self.handing_in):
            part.layout.display = "none"
        self.done.value = ""
        photos, faces, counts = self.session.photos(), self.session.faces(), self.session.counts()
        counts = {key: counts[key] for key in EXPRESSIONS}  # those that are set aside are no labels
        words = {"photos": len(photos), "faces": len(faces), "labels": sum(counts.values())}
        size = f"{self.session.size() / 1_000_000:.1f} MB"
        self.stored.value = write_text(say("my_data.stored", size=size, **words))
        self.chart.value = write_counts(counts)

    def _offer_photos(self):
        self._show()
        self.photos.layout.display = "flex"
        self.back.focus()

    def _offer_hand_in(self):
        self._show()
        self.handing_in.layout.display = "flex"
        self.handing_in.name.focus()

    def _export(self, what):
        self._show()
        if not (self.session.photos() or self.session.faces()):
            raise Misuse(say("my_data.nothing"))
        path = Path(datetime.now().strftime(f"{FILES[what]}-%Y-%m-%d-%H%M%S.zip")).resolve()
        self.session.export(path, what=what, person=self.person.value.strip())
        told = [say("my_data.shared" if what == "points" else "my_data.exported", path=path)]
        told += [say("my_data.left_out", names=", ".join(self.session.left_out))] if self.session.left_out else []
        self.done.value = write_lines(told)

    def _ask(self):
        self.confirm.layout.display = "flex"
        self.cancel.focus()  # for the keyboard, and so that enter alone deletes nothing

    def _delete(self):
        self.handing_in.forget()
        self.session.delete_everything()
        left = delete_traces(self.session.folder)
        self._show()
        told = [say("my_data.deleted")]
        told += [say("my_data.remain", files=", ".join(map(str, left)))] if left else []
        self.done.value = write_lines(told)
