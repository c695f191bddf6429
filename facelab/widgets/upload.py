"""Bring photos in: by dropping, pasting or choosing them."""

import ipywidgets

from facelab.archives import list_files, open_archive, read_member
from facelab.dataset.mine import MyData
from facelab.dataset.nicknames import clean_nickname, read_nicknames
from facelab.faces.photo import read_photo
from facelab.language import Misuse, say
from facelab.widgets.parts.dropzone import DropZone
from facelab.widgets.parts.html import encode_picture, write_card, write_image, write_shelf
from facelab.widgets.parts.nickname import Nickname
from facelab.widgets.parts.view import View, make_button, make_row, make_text, tell_disk, tell_where, write_text

MOST_SHOWN = 24  # of all photos, so that a notebook with 200 stays quick


class UploadSession:
    """Adds photos to the pupil's own, and keeps count of what was added and what was refused.

    Parameters
    ----------
    my_data : MyData
        Where the photos are kept.
    name : function (path), optional
        Called with each photo that was added, to note who is in it.

    Attributes
    ----------
    added : list of Path
        The photos of this session.
    refused : list of str
        A sentence for each file that was no photo.
    """

    def __init__(self, my_data, name=lambda photo: None):
        self.my_data = my_data
        self.name = name
        self.added = []
        self.refused = []

    def add(self, name, data) -> str:
        """Add a photo, or all photos of a zip file; returns what went wrong as a sentence, or ""."""
        try:
            problems = self._add_zip(name, data) if data.startswith(b"PK") else [self._add_one(name, data)]
        except Misuse as problem:
            problems = [str(problem)]
        problems = [sentence for sentence in problems if sentence]
        self.refused += problems
        return " ".join(problems)

    def _add_zip(self, name, data):
        """Add the photos of a zip by their last names alone, so that none can point out of our folder."""
        with open_archive(data, name) as archive:
            files = list_files(archive)
            return [self._add_member(archive, *each) for each in files] or [say("upload.empty_zip", name=name)]

    def _add_member(self, archive, path, member):
        try:
            return self._add_one(path.name, read_member(archive, path, member))
        except Misuse as problem:  # one that is too large does not keep the others out
            return str(problem)

    def _add_one(self, name, data):
        try:
            self.added.append(self.my_data.add_photo(name, data))
            self.name(self.added[-1])
        except ValueError as problem:
            return say("upload.refused", name=name, problem=problem)
        except OSError as problem:
            return say("upload.not_saved", name=name, problem=tell_disk(problem) or say("view.broken", problem=problem))
        return ""


class Upload(View):
    """A place to drop, paste or choose photos; they are added to the pupil's own and never leave the computer.

    Examples
    --------
    >>> Upload().session.added
    []
    """

    def __init__(self):
        super().__init__(say("upload.title"))
        self.nickname = Nickname(MyData())
        self.session = UploadSession(self.nickname.my_data, self.nickname.give)
        self.zone = DropZone(self.session.add, self.guard(self._show_photos))
        self.stored = make_text("")
        self.gallery = ipywidgets.HTML()
        self.name_all = make_button(say("nickname.all"), self.guard(self._name_all))
        self.named = make_text("")
        self._pictures = {}
        hint = make_text(say("nickname.note"), "note")
        who = make_row(self.name_all, self.named)
        self.fill(
            make_text(tell_where(), "note"), make_row(self.nickname, hint), self.zone, self.stored, self.gallery, who
        )
        self.guard(self._show_photos)()

    def _show_photos(self):
        photos = self.session.my_data.photos()
        self._newest = sorted(photos, key=lambda path: path.stat().st_mtime)[-MOST_SHOWN:]
        nicknames = read_nicknames(self.session.my_data)
        self.stored.value = write_text(_describe(len(photos)))
        self.gallery.value = write_shelf(self._write_card(path, nicknames.get(path.name)) for path in self._newest)
        self.name_all.layout.display = "" if photos else "none"

    def _write_card(self, path, person):
        if path not in self._pictures:
            self._pictures[path] = write_image(encode_picture(read_photo(path)), "")
        caption = say("nickname.card", name=path.name, person=person) if person else path.name
        return write_card(self._pictures[path], caption)

    def _name_all(self):
        self.nickname.give(*self._newest)
        self._show_photos()
        person = clean_nickname(self.nickname.value)
        self.named.value = write_text(
            say("nickname.given" if person else "nickname.taken", count=len(self._newest), person=person)
        )


def _describe(count):
    stored = say("upload.stored", count=count) if count else say("upload.nothing_stored")
    return f"{stored} {say('upload.only_newest', count=MOST_SHOWN)}" if count > MOST_SHOWN else stored
