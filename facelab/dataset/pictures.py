"""What lies in the pupil's folder to be looked at: photos, whoever put them there, and the faces cut out of them."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from facelab.dataset.names import clean_name, name_new
from facelab.dataset.points import path_of_points, read_file, read_points
from facelab.faces.drawing import draw_points
from facelab.faces.photo import UnreadablePhoto, is_photo, read_photo
from facelab.files import hold_lock, is_link, tell_disk


class Images(Sequence):
    """A list of images of which those that lie in files are read when they are looked at."""

    def __init__(self, items):
        self.items = list(items)

    def __len__(self):
        return len(self.items)

    def __getitem__(self, index):
        if isinstance(index, slice):
            return Images(self.items[index])
        item = self.items[index]
        if callable(item):
            return item()  # a drawing
        return item if isinstance(item, np.ndarray) else read_photo(item)


@dataclass
class MyFace:
    """A face that the pupil has cut out: its file, its photo, its label ("" for none yet), its person."""

    file: str
    photo: str
    label: str
    person: str
    path: Path
    lines: bool = False  # whether it is shown as lines

    def image(self) -> np.ndarray:
        """Read the crop, (320, 320, 3) uint8; where there is none, or lines are wanted, draw its points."""
        if self.path.exists() and not self.lines:
            return read_photo(self.path)
        points = read_file(path_of_points(self.path.parent, self.file))
        if points is None:  # an earlier kit kept all of them in one file
            points = read_points(self.path.parent).get(self.file)
        if points is None:
            raise UnreadablePhoto("missing", self.file, folder=self.path.parent)
        return draw_points(points)


def list_photos(folder: Path) -> list[Path]:
    """List the photos of a folder, sorted by name: no links, nothing hidden, and nothing that is no photo.

    A file whose name is no text, which no table could tell of, gets one that is.

    Examples
    --------
    >>> list_photos(Path("no such folder"))
    []
    """
    with tell_disk(folder):
        if is_link(folder) or not folder.is_dir():
            return []
        with os.scandir(folder) as entries:  # it tells what each is: to ask for each again takes ten times as long
            names = [each.name for each in entries if each.name[0] not in ".~" and each.is_file(follow_symlinks=False)]
        names = sorted(_rename_unwritable(folder, name) for name in names)
    return [path for path in map(folder.joinpath, names) if is_photo(path)]


def list_strangers(folder: Path) -> list[str]:
    """Tell the names of what lies in a folder of photos without being one: other files, and links."""
    if is_link(folder):
        return [folder.name]
    visible = (path for path in folder.glob("*") if path.name[0] not in ".~")
    return sorted(path.name for path in visible if is_link(path) or (path.is_file() and not is_photo(path)))


def _rename_unwritable(folder, name):
    if name == name.encode("utf-8", "ignore").decode():
        return name
    with hold_lock(folder.parent):
        new = name_new(folder, clean_name(name) or "photo.jpg")
        (folder / name).rename(new)
    return new.name
