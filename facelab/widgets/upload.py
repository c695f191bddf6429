"""Bring photos in: by dropping, pasting or choosing them."""

import ipywidgets

from facelab.archives import list_files, open_archive, read_member
from facelab.dataset.mine import MyData
from facelab.faces.photo import read_photo
from facelab.language import Misuse, say
from facelab.widgets.parts.dropzone import DropZone
from facelab.widgets.parts.html import encode_picture, write_card, write_image, write_shelf
from facelab.widgets.parts.view import View, make_text, tell_disk, tell_where, write_text

MOST_SHOWN = 24  # of all photos, so that a notebook with 200 stays quick


class UploadSession:
    """Adds photos to the pupil's own, and keeps count of what was added and what was refused.

    Parameters
    ----------
    my_data : MyData
        Where the photos are kept.

    Attributes
    ----------
    added : list of Path
        The photos of this session.
    refused : list of str
        A sentence for each file that was no photo.
    """

    def __init__(self, my_data):
        self.my_data = my_data
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
        self.session = UploadSession(MyData())
        self.zone = DropZone(self.session.add, self.guard(self._show_photos))
        self.stored = make_text("")
        self.gallery = ipywidgets.HTML()
        self._cards = {}
        self.fill(make_text(tell_where(), "note"), self.zone, self.stored, self.gallery)
        self.guard(self._show_photos)()

    def _show_photos(self):
        photos = self.session.my_data.photos()
        newest = sorted(photos, key=lambda path: path.stat().st_mtime)[-MOST_SHOWN:]
        self.stored.value = write_text(_describe(len(photos)))
        self.gallery.value = write_shelf(self._write_card(path) for path in newest)

    def _write_card(self, path):
        if path not in self._cards:
            self._cards[path] = write_card(write_image(encode_picture(read_photo(path)), ""), path.name)
        return self._cards[path]


def _describe(count):
    stored = say("upload.stored", count=count) if count else say("upload.nothing_stored")
    return f"{stored} {say('upload.only_newest', count=MOST_SHOWN)}" if count > MOST_SHOWN else stored
