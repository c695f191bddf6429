"""A pupil's own work: photos, faces, labels and the model, as plain files in one folder that never leaves the computer.

=============  =============================================================================
photos/        the photos as they were chosen or taken
photos.csv     what became of the photos that are done
faces/         the faces cut out of them; ``faces.csv`` holds the labels, ``points.npz`` the points
model.skops    the model
exercises.csv  which exercises were done
=============  =============================================================================

Each step is written before the next one begins, so a kill at any moment loses nothing. Whoever changes something holds
the folder's lock, the hidden file ``.lock``, so two notebooks at once lose nothing either.
"""

import os
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from facelab.archives import pack
from facelab.checks import check_expression
from facelab.dataset.labelled import UNUSABLE, LabelledFaces, load_sample
from facelab.faces.detection import find_faces_in
from facelab.faces.geometry import crop_points
from facelab.faces.photo import UnreadablePhoto, read_photo, save_jpeg
from facelab.files import (
    LostPoints,
    clean_name,
    encode_table,
    name_face,
    read_table,
    rescue_points,
    save_points,
    write_new,
    write_table,
)
from facelab.language import Misuse, say
from facelab.locks import hold_lock

ENOUGH = 20  # faces of an expression that make a set of one's own worth learning from
FACE_COLUMNS = ["file", "person", "expression", "photo"]


@dataclass
class MyFace:
    """A face that the pupil has cut out: its file, the photo it comes from, its label ("" for none yet), its person."""

    file: str
    photo: str
    label: str
    person: str
    path: Path

    def image(self):
        """Read the crop: an array of shape (320, 320, 3), uint8."""
        return read_photo(self.path)


class MyData:
    """The pupil's own photos, faces, labels and model.

    Parameters
    ----------
    folder : path, optional
        Without it: the folder in the environment variable FACELAB_MINE, or ``data/mine`` beside the lessons.

    Examples
    --------
    >>> import tempfile
    >>> mine = MyData(tempfile.mkdtemp())
    >>> mine.photos(), len(mine.labelled())
    ([], 0)
    """

    def __init__(self, folder=None):
        usual = Path(__file__).resolve().parents[2] / "data" / "mine"
        self.folder = Path(folder or os.environ.get("FACELAB_MINE") or usual)
        self._photo_folder, self._outcome_path = self.folder / "photos", self.folder / "photos.csv"
        self._table_path, self._points_path = self.path_of("faces.csv"), self.path_of("points.npz")
        self.model_path = self.folder / "model.skops"
        self.progress_path = self.folder / "exercises.csv"
        self.inbox = self.folder / ".inbox"  # sets that are being brought in

    def lock(self):
        """Let no other notebook change anything while a ``with`` block runs: to read, change and write in it."""
        return hold_lock(self.folder)

    def photos(self):
        """Return the paths of all photos in the folder, also of those put there by hand, sorted by name."""
        return sorted(path for path in self._photo_folder.glob("*") if path.is_file() and path.name[0] not in ".~")

    def waiting_photos(self):
        """Return the paths of the photos from which no faces have been cut out yet and that were not skipped."""
        done = self.outcomes()
        return [path for path in self.photos() if path.name not in done]

    def add_photo(self, name, data):
        """Keep a photo and return its path; one of the same name is not overwritten, the new one gets a number.

        Parameters
        ----------
        name : str
            The file's name; folders and control characters in it are dropped, and one that is too long is cut.
        data : bytes
            The file's content.

        Raises
        ------
        UnreadablePhoto
            If it is no photo; nothing is kept then.
        """
        read_photo(data)
        with self.lock():
            return write_new(self._photo_folder, clean_name(name) or "photo.jpg", data)

    def add_faces(self, photo, detection, keep=None):
        """Keep the faces that were found in a photo, without labels yet; returns the list of their files' names.

        Parameters
        ----------
        photo : path
            One of `photos`.
        detection : Detection
            What `find_faces` found in it.
        keep : list of int, optional
            Which of the faces; without it those that have no problem.

        Raises
        ------
        UnreadablePhoto
            If the photo is no longer there: what was deleted while it was looked at must not come back.
        """
        if keep is None:
            keep = [index for index, face in enumerate(detection.faces) if face.problem is None]
        name = Path(photo).name
        faces = {name_face(name, index + 1): detection.faces[index] for index in keep}
        rows = [{"file": file, "person": "", "expression": "", "photo": name} for file in faces]
        with self.lock():
            if not (self._photo_folder / name).exists():
                raise UnreadablePhoto("missing", name, folder=self._photo_folder)
            for file, face in faces.items():
                save_jpeg(face.image, self.path_of(file))
            self.note_faces(rows, [crop_points(face.patch_points) for face in faces.values()])
            self.set_outcomes({name: "extracted"})
        return list(faces)

    def note_faces(self, rows, points):
        """Write down faces whose pictures are in their place: their rows of the table and their points."""
        new = {row["file"]: its_points for row, its_points in zip(rows, points, strict=True)}
        with self.lock():  # points before the table: a row always has its picture and its points
            save_points(self._points_path, rescue_points(self._points_path) | new)
            before = self._face_rows()  # only now, for points take long to save, and not every folder can be locked
            known = {row["file"] for row in before}
            self._write_face_rows([*before, *(row for row in rows if row["file"] not in known)])

    def path_of(self, file):
        """Tell where the picture of a face lies."""
        return self.folder / "faces" / file

    def skip(self, photo, problem):
        """Note that a photo gives no face, and why; the photo itself stays."""
        self.set_outcomes({Path(photo).name: problem or "skipped"})

    def outcomes(self):
        """Tell what became of the photos that are done: a dict of file name to "extracted" or the problem."""
        return {row["file"]: row["outcome"] for row in read_table(self._outcome_path, ["file", "outcome"])}

    def set_outcomes(self, outcomes):
        """Note what became of photos, as a dict like that of `outcomes`: they wait no more."""
        with self.lock():
            rows = [{"file": file, "outcome": outcome} for file, outcome in (self.outcomes() | outcomes).items()]
            write_table(self._outcome_path, rows, ["file", "outcome"])

    def faces(self):
        """Return all faces that were cut out, as a list of MyFace."""
        return [
            MyFace(row["file"], row["photo"], row["expression"], row["person"], self.path_of(row["file"]))
            for row in self._face_rows()
        ]

    def label(self, file, label):
        """Give a face a label; "" takes it back, "unusable" sets the face aside.

        Raises
        ------
        ValueError
            If there is no such face or no such label.
        """
        self.label_many({file: label})

    def label_many(self, labels):
        """Give several faces their labels, all of them or none: a dict of file name to label, as for `label`."""
        with self.lock():
            rows = self._face_rows()
            by_file = {row["file"]: row for row in rows}
            for file, label in labels.items():
                if label not in ("", UNUSABLE):
                    check_expression(label)
                if file not in by_file:
                    raise Misuse(say("mine.no_such_face", file=file))
                by_file[file]["expression"] = label
            self._write_face_rows(rows)

    def labelled(self):
        """Return the faces that have a label, as LabelledFaces; lost points are looked for in the pictures."""
        if not self._table_path.exists():
            return LabelledFaces([], [], [])
        try:
            return LabelledFaces.load(self._table_path.parent)
        except LostPoints:
            self._find_points_again()
            return LabelledFaces.load(self._table_path.parent)

    def counts(self):
        """Count the labels, as a Counter; faces without one count under ""."""
        return Counter(face.label for face in self.faces())

    def size(self):
        """Return how much is stored, in bytes."""
        return sum(path.stat().st_size for path in self._files())

    def export(self, path, labels=True):
        """Pack everything into one zip file and return its path; without labels, and model, for a friend to label."""
        path, own_words = Path(path), {self._table_path, self.model_path, self.progress_path}
        with self.lock():  # the tables are read at one moment, so that they fit together
            files = {file: None for file in self._files() if file.resolve() != path.resolve()}
            files |= {file: file.read_bytes() for file in files if file.suffix in (".csv", ".npz")}
            if not labels:
                rows = [row | {"expression": ""} for row in self._face_rows()]
                files = {file: content for file, content in files.items() if file not in own_words}
                files[self._table_path] = encode_table(rows, FACE_COLUMNS)
        return pack(path, self.folder, files)

    def delete_everything(self):
        """Delete the photos, faces, labels, the model and the progress for good; whatever else is there stays."""
        with hold_lock(self.folder, last=True):  # which takes the folder away as well if it is empty then
            for folder in (self._photo_folder, self._table_path.parent, self.inbox):
                if folder.exists():
                    shutil.rmtree(folder)
            for file in (self._outcome_path, self.model_path, self.progress_path, *self.folder.glob(".*.part")):
                file.unlink(missing_ok=True)

    def _files(self):
        """List all files but the lessons' and hidden ones: the lock, and what is being written or brought in now."""
        parts = {path: path.relative_to(self.folder).parts for path in self.folder.rglob("*") if path.is_file()}
        return sorted(
            path for path in parts if parts[path][0] != "lessons" and not any(x[0] == "." for x in parts[path])
        )

    def _face_rows(self):
        rows = read_table(self._table_path, FACE_COLUMNS[:3])  # a set that was saved knows of no photos
        return [{"photo": ""} | row for row in rows]

    def _write_face_rows(self, rows):
        write_table(self._table_path, rows, FACE_COLUMNS)

    def _find_points_again(self):
        points = rescue_points(self._points_path)
        lost = [face for face in self.faces() if face.file not in points]
        detections = find_faces_in([face.path for face in lost], progress=False)
        found = {face.file: each.faces[0].points for face, each in zip(lost, detections, strict=True) if each.faces}
        with self.lock():
            save_points(self._points_path, found | rescue_points(self._points_path))


def load_mine():
    """Load the faces that the pupil has labelled; an empty set until there are some.

    Examples
    --------
    >>> import facelab
    >>> isinstance(facelab.load_mine(), facelab.LabelledFaces)
    True
    """
    return MyData().labelled()


def load_faces(**needed):
    """Load the pupil's own faces if there are enough of them, else the shipped ones, and print which.

    Parameters
    ----------
    **needed
        How many faces of which expressions the lesson needs, such as ``joy=28, sadness=28``. Without any: 20 of each
        of two expressions.

    Examples
    --------
    >>> import facelab
    >>> facelab.load_faces(joy=100000)  # nobody has as many
    직접 모은 얼굴이 아직 모자라서 함께 들어 있는 얼굴로 해 볼게요. 컴퓨터로 그린, 세상에 없는 사람들이에요.
    LabelledFaces(...)
    """
    mine = load_mine()
    counts = mine.counts()
    enough = sum(number >= ENOUGH for number in counts.values()) >= 2
    if needed:
        enough = all(counts[name] >= number for name, number in needed.items())
    print(say("mine.own_faces", count=len(mine)) if enough else say("mine.sample_faces"))
    return mine if enough else load_sample()
