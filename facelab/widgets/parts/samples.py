"""Stand-ins for a pupil's own photos and faces, so that a lesson works for somebody who will not show a face."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from facelab.dataset.labelled import LabelledFaces, load_sample
from facelab.dataset.labels import UNUSABLE

SCENES = Path(__file__).parents[3] / "data" / "scenes"
PRACTICE_FACES = 20  # enough to see what labelling is like
PRACTICE_PHOTOS = 12


class PracticePhotos:
    """Shipped photos that are waiting for extraction; what is extracted is kept in memory alone.

    Has the methods of MyData that extraction needs.

    Examples
    --------
    >>> photos = PracticePhotos()
    >>> len(photos.waiting_photos()) == PRACTICE_PHOTOS
    True
    """

    def __init__(self):
        files = sorted(SCENES.glob("*.jpg"))
        photos = files or load_sample().images
        places = np.linspace(0, len(photos) - 1, min(PRACTICE_PHOTOS, len(photos))).astype(int)
        self._waiting = [photos[place] for place in places]

    def waiting_photos(self) -> list:
        """Return the photos that were not looked at yet: paths or arrays."""
        return list(self._waiting)

    def add_faces(self, photo, detection, keep=None) -> None:
        """Note that a photo is done."""
        self.skip(photo, None)

    def skip(self, photo, problem) -> None:
        """Note that a photo is of no use."""
        self._waiting = [each for each in self._waiting if each is not photo]


@dataclass
class PracticeFace:
    """A shipped face without its label; the attributes are those of the pupil's own faces."""

    file: str
    label: str
    images: Sequence

    def image(self) -> np.ndarray:
        """Return the face as an array of shape (height, width, 3)."""
        return self.images[int(self.file)]


class PracticeFaces:
    """Faces whose labels are kept in memory alone, for trying out how labelling goes.

    Parameters
    ----------
    faces : LabelledFaces
        Their own labels are hidden from the pupil.

    Examples
    --------
    >>> practice = PracticeFaces(load_sample())
    >>> practice.label_many({"0": "joy"})
    []
    >>> practice.labelled().counts()["joy"]
    1
    """

    def __init__(self, faces):
        self._all = faces
        self._labels = [""] * len(faces)

    def faces(self) -> list[PracticeFace]:
        """Return every face with the label the pupil gave it, "" if none yet."""
        return [PracticeFace(str(place), label, self._all.images) for place, label in enumerate(self._labels)]

    def lock(self) -> AbstractContextManager:
        """Nobody else can change them: there is nothing to lock."""
        return nullcontext()

    def label_many(self, labels: dict, unless_changed_from: dict | None = None) -> list[str]:
        """Give faces their labels, and return those left alone, as `MyData.label_many` does."""
        expected = unless_changed_from or {}
        left = [file for file in labels if file in expected and self._labels[int(file)] != expected[file]]
        for file in labels.keys() - set(left):
            self._labels[int(file)] = labels[file]
        return left

    def labelled(self) -> LabelledFaces:
        """Return the faces labelled so far as LabelledFaces, with the pupil's labels."""
        places = [place for place, label in enumerate(self._labels) if label not in ("", UNUSABLE)]
        chosen = self._all.select(places)
        return LabelledFaces(chosen.images, chosen.points, [self._labels[place] for place in places], chosen.people)

    def agreement(self) -> tuple[int, int]:
        """Tell how many of the pupil's labels are those of the faces' makers: (same, labelled)."""
        labelled = [place for place, label in enumerate(self._labels) if label not in ("", UNUSABLE)]
        return sum(self._labels[place] == self._all.labels[place] for place in labelled), len(labelled)


def choose_practice_faces() -> LabelledFaces:
    """Return a few shipped faces in random order, but one of each expression among the first."""
    sample = load_sample()
    places = np.random.default_rng(0).permutation(len(sample))
    _, first = np.unique(sample.labels[places], return_index=True)
    places = np.concatenate([places[np.sort(first)], np.delete(places, first)])
    return sample.select(places[:PRACTICE_FACES])
