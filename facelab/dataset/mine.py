"""A pupil's own work: photos, faces, labels and the model, as plain files in one folder that never leaves the computer.

=============  =============================================================================
photos/        the photos as they were chosen or taken
photos.csv     what became of the photos that are done, and who is in them, if somebody has said so
faces/         the faces cut out of them; ``faces.csv`` holds the labels, ``points/`` the points
model.skops    the model
exercises.csv  which exercises were done
charts/        the charts that the pupil made; ``hand-ins/`` what was handed in, ``hand-in.json`` what is being written
=============  =============================================================================

Each step is written before the next one begins, so a kill at any moment loses nothing. Whoever changes something holds
the folder's lock, the hidden file ``.lock``, so two notebooks at once lose nothing either. Links are never followed.
"""

import os
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

import numpy as np

from facelab.archives import LARGEST_FILE
from facelab.checks import check_expression
from facelab.dataset.exports import export
from facelab.dataset.labelled import LabelledFaces
from facelab.dataset.labels import UNUSABLE, read_label
from facelab.dataset.names import clean_name, name_face, write_new
from facelab.dataset.nicknames import read_nicknames
from facelab.dataset.pictures import MyFace, list_photos, list_strangers
from facelab.dataset.points import find_again, path_of_points, write_points
from facelab.dataset.tables import OwnTable
from facelab.dataset.twins import digest_file, find_twin, look_of
from facelab.faces.detection import Detection
from facelab.faces.geometry import crop_points
from facelab.faces.photo import UnreadablePhoto, encode_jpeg, read_photo
from facelab.files import (
    WORK,
    LostPoints,
    clear_work,
    hold_lock,
    is_link,
    list_inside,
    open_work,
    tell_disk,
    write_atomically,
)
from facelab.language import Misuse, say

FACE_COLUMNS = ["file", "person", "expression", "photo"]
OUTCOME_COLUMNS = ["file", "outcome", "content", "person"]  # what is noted counts as long as the photo has this content


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

    def __init__(self, folder: Path | str | None = None) -> None:
        usual = Path(__file__).resolve().parents[2] / "data" / "mine"
        self.folder = Path(folder or os.environ.get("FACELAB_MINE") or usual)
        self._photo_folder = self.folder / "photos"
        self._face_folder = self.folder / "faces"
        self.face_table = OwnTable(self._face_folder / "faces.csv", FACE_COLUMNS, 3)  # a saved set knows of no photos
        self.outcome_table = OwnTable(self.folder / "photos.csv", OUTCOME_COLUMNS, 2)
        self.model_path = self.folder / "model.skops"
        self.progress_path = self.folder / "exercises.csv"
        self.chart_folder, self.hand_in_folder = self.folder / "charts", self.folder / "hand-ins"
        self.draft_path = self.folder / "hand-in.json"
        self._lines_path = self.folder / "as_lines.txt"
        self.left_out: list[str] = []  # the files that the last export could not take along
        self._tidy = False

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Let no other notebook change anything while a ``with`` block runs: to read, change and write in it.

        Raises
        ------
        ValueError
            If another notebook has it for too long, the disk is full or forbids it, or a folder in it is a link.
        """
        for folder in (self._photo_folder, self._face_folder):
            if is_link(folder):
                raise Misuse(say("mine.link", file=folder.name))
        with hold_lock(self.folder):
            if not self._tidy:
                self._tidy_up()
            yield

    def _tidy_up(self):
        """Clear away what a kill has left, and let nobody else look at what an earlier kit wrote for all to read."""
        self._tidy = True
        clear_work(self.folder)
        for folder in (self._photo_folder, self._face_folder):
            with suppress(OSError):
                folder.chmod(0o700)

    def open_work(self) -> AbstractContextManager[Path]:
        """Make a hidden folder in the pupil's own for what is only passing through, for as long as a block runs."""
        return open_work(self.folder)

    def photos(self) -> list[Path]:
        """Return the paths of all photos in the folder, also of those put there by hand, sorted by name.

        What is no photo, by its content or at least its name, is left alone, and so are links: see `strangers`.
        """
        return list_photos(self._photo_folder)

    def strangers(self) -> list[str]:
        """Tell the names of what lies among the photos without being one: other files, and links."""
        return list_strangers(self._photo_folder)

    def waiting_photos(self) -> list[Path]:
        """Return the paths of the photos from which no faces have been cut out yet and that were not skipped.

        A photo is recognised by its content: another one under the same name waits.
        """
        done = {row["file"]: row["content"] for row in self.outcome_table.read() if row["outcome"]}
        return [path for path in self.photos() if done.get(path.name) not in ("", digest_file(path))]

    def add_photo(self, name: str, data: bytes, again: bool = False) -> Path:
        """Keep a photo and return its path; one of the same name is not overwritten, the new one gets a number.

        Parameters
        ----------
        name : str
            The file's name; folders and control characters in it are dropped, and one that is too long is cut.
        data : bytes
            The file's content.
        again : bool
            Whether to keep it although the same photo is there, under whatever name and in whatever size.

        Raises
        ------
        UnreadablePhoto
            If it is no photo; nothing is kept then.
        ValueError
            If the same photo is there already, it is larger than an export could hold, or the disk is full.
        """
        if len(data) > LARGEST_FILE:
            raise Misuse(say("mine.photo_too_large", most=LARGEST_FILE // 1024**2))
        look = look_of(read_photo(data))
        with self.lock():
            twin = None if again else self.find_twin(data, look)
            if twin is not None:
                raise Misuse(say("mine.known_photo", name=twin.name))
            return write_new(self._photo_folder, clean_name(name) or "photo.jpg", data)

    def find_twin(self, data: bytes, look: np.ndarray) -> Path | None:
        """Return the photo that is the same as other bytes, or a copy of it saved anew in any size, or None."""
        return find_twin(self.photos(), data, look)

    def add_faces(self, photo: Path, detection: Detection, keep: Sequence[int] | None = None) -> list[str]:
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
        with self.lock():
            if not (self._photo_folder / name).exists():
                raise UnreadablePhoto("missing", name, folder=self._photo_folder)
            taken = self._part_with_former(name)
            faces = {}
            for index in keep:
                number = next(n for n in range(index + 1, 10**9) if name_face(name, n) not in taken | set(faces))
                faces[name_face(name, number)] = detection.faces[index]
            for file, face in faces.items():
                write_atomically(self.path_of(file), encode_jpeg(face.image))
            person = read_nicknames(self).get(name, "") if len(faces) == 1 else ""
            rows = [{"file": file, "person": person, "expression": "", "photo": name} for file in faces]
            self.note_faces(rows, [crop_points(face.patch_points) for face in faces.values()])
            self.set_outcomes({name: "extracted"})
        return list(faces)

    def _part_with_former(self, name):
        """Keep the faces of another photo that had this name: they are nobody's now; returns their files."""
        noted = {row["file"]: row["content"] for row in self.outcome_table.read()}.get(name, "")
        if noted in ("", digest_file(self._photo_folder / name)):
            return set()
        rows = self.face_table.read()
        former = [row for row in rows if row["photo"] == name]
        for row in former:
            row["photo"] = ""
        self.face_table.write(rows)
        return {row["file"] for row in former}

    def note_faces(self, rows: Sequence[dict], points: Iterable[np.ndarray]) -> None:
        """Write down faces whose pictures are in their place: their rows of the table and their points."""
        with self.lock():  # points before the table: a row always has its picture and its points
            for row, its_points in zip(rows, points, strict=True):
                write_points(self._face_folder, row["file"], its_points)
            before = self.face_table.read()
            known = {row["file"] for row in before}
            self.face_table.write([*before, *(row for row in rows if row["file"] not in known)])

    def path_of(self, file: str) -> Path:
        """Tell where the picture of a face lies."""
        return self._face_folder / file

    def skip(self, photo: Path, problem: str | None) -> None:
        """Note that a photo gives no face, and why; the photo itself stays."""
        self.set_outcomes({Path(photo).name: problem or "skipped"})

    def outcomes(self) -> dict[str, str]:
        """Tell what became of the photos that are done: a dict of file name to "extracted" or the problem."""
        return {row["file"]: row["outcome"] for row in self.outcome_table.read() if row["outcome"]}

    def set_outcomes(self, outcomes: dict[str, str]) -> None:
        """Note what became of photos, as a dict like that of `outcomes`: they wait no more."""
        with self.lock():
            rows = {row["file"]: row for row in self.outcome_table.read()}
            for file, outcome in outcomes.items():
                path = self._photo_folder / file
                content = digest_file(path) if path.is_file() else ""
                rows[file] = rows.get(file, {}) | {"file": file, "outcome": outcome, "content": content}
            self.outcome_table.write(list(rows.values()))

    def faces(self) -> list[MyFace]:
        """Return all faces that were cut out, as a list of MyFace."""
        as_lines = self.as_lines
        return [
            MyFace(
                row["file"],
                row["photo"],
                read_label(row["expression"]) or "",
                row["person"],
                self.path_of(row["file"]),
                as_lines,
            )
            for row in self.face_table.read()
        ]

    def label(self, file: str, label: str) -> None:
        """Give a face a label; "" takes it back, "unusable" sets it aside; raises a ValueError as `label_many` does."""
        self.label_many({file: label})

    def label_many(self, labels: dict[str, str], unless_changed_from: dict[str, str] | None = None) -> list[str]:
        """Give several faces their labels, all of them or none.

        Parameters
        ----------
        labels : dict
            File name of the face to its label, as for `label`.
        unless_changed_from : dict, optional
            File name to the label that the face must have by now, as when something is undone: what somebody else has
            changed since, or deleted, is left alone.

        Returns
        -------
        list of str
            The files that were left alone.

        Raises
        ------
        ValueError
            If there is no such face or no such label; nothing is changed then.
        """
        with self.lock():
            rows, expected, left_alone = self.face_table.read(), unless_changed_from or {}, []
            by_file = {row["file"]: row for row in rows}
            for file, label in labels.items():
                if label not in ("", UNUSABLE):
                    check_expression(label)
                if file in expected and (file not in by_file or _label_of(by_file[file]) != expected[file]):
                    left_alone.append(file)
                elif file not in by_file:
                    raise Misuse(say("mine.no_such_face", file=file))
                else:
                    by_file[file]["expression"] = label
            self.face_table.write(rows)
            return left_alone

    def take_out(self, faces: dict[str, str], photos: Iterable[str]) -> list[str]:
        """Delete faces that still have these labels, and photos without other faces; returns the faces that stay."""
        with self.lock():
            rows = self.face_table.read()
            stay = {row["file"] for row in rows if row["file"] in faces and _label_of(row) != faces[row["file"]]}
            gone = set(faces) - stay
            rows = [row for row in rows if row["file"] not in gone]
            self.face_table.write(rows)
            photos = set(photos) - {row["photo"] for row in rows}
            self.outcome_table.write([row for row in self.outcome_table.read() if row["file"] not in photos])
            pictures = [path for file in gone for path in (self.path_of(file), path_of_points(self._face_folder, file))]
            for path in [*pictures, *(self._photo_folder / name for name in photos)]:
                path.unlink(missing_ok=True)
            return sorted(stay)

    def labelled(self) -> LabelledFaces:
        """Return the faces that have a label, as LabelledFaces; lost points are looked for in the pictures."""
        with tell_disk(self.folder):
            if not self.face_table.read():
                return LabelledFaces([], [], [])
            try:
                faces = LabelledFaces.load(self._face_folder)
            except LostPoints:
                with self.lock():
                    find_again(self._face_folder, [face.file for face in self.faces() if face.path.exists()])
                faces = LabelledFaces.load(self._face_folder)
            return faces.as_lines() if self.as_lines else faces

    @property
    def as_lines(self) -> bool:
        """Whether the pupil's own faces are shown as lines instead of photos, as `show_as_lines` says."""
        return self._lines_path.exists()

    def show_as_lines(self, lines: bool = True) -> None:
        """Show the pupil's own faces as lines from now on, or as photos again; nothing else changes."""
        with self.lock():
            if lines:
                write_atomically(self._lines_path, b"")
            else:
                self._lines_path.unlink(missing_ok=True)

    def counts(self) -> Counter:
        """Count the labels, as a Counter; faces without one count under ""."""
        return Counter(face.label for face in self.faces())

    def size(self) -> int:
        """Return how much is stored, in bytes; links and copies of the lessons count nothing."""
        with tell_disk(self.folder):
            lessons = self.folder / "lessons"
            return sum(path.stat().st_size for path in list_inside(self.folder) if lessons not in path.parents)

    def export(self, path: Path | str, what: str = "photos", person: str = "") -> Path:
        """Pack the work into one zip file, whole or not at all, and return its path; see `left_out` afterwards.

        Parameters
        ----------
        path : path
            Of the zip file.
        what : {"photos", "to_label", "points"}
            Everything, as usual; photos and faces without labels and model, for a friend to label; or only what a
            model learns from, the points and labels, without any picture or name of a file.
        person : str
            A nickname or number for faces of whom nobody has said who they are; only for points.

        Raises
        ------
        ValueError
            If `what` is something else, there are no labelled faces to share, or the disk is full.
        """
        path = Path(path)
        with tell_disk(path.parent), self.lock():  # the tables are read at one moment, so that they fit together
            self.left_out = export(self, path, what, person)
        return path

    def delete_everything(self) -> None:
        """Delete photos, faces, labels, model, progress, charts and hand-ins for good; whatever else is there stays.

        Of a link the link itself goes, and nothing that it leads to.
        """
        with hold_lock(self.folder, last=True):  # which takes the folder away as well if it is empty then
            inbox = self.folder / ".inbox"  # of an older kit
            made = self.chart_folder, self.hand_in_folder
            for folder in (self._photo_folder, self._face_folder, self.folder / WORK, inbox, *made):
                if is_link(folder):
                    (folder.unlink if folder.is_symlink() else folder.rmdir)()
                elif folder.exists():
                    shutil.rmtree(folder)
            left = [path for pattern in (".*.part", ".*.copy", "* (cut)*.csv") for path in self.folder.glob(pattern)]
            known = self.model_path, self.progress_path, self.draft_path, self._lines_path
            for file in (self.outcome_table.path, *known, *left):
                file.unlink(missing_ok=True)


def _label_of(row):
    return read_label(row["expression"]) or ""
