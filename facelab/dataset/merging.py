"""Two pupils' sets become one: what is new is added, what both have is recognised, and their labels are compared."""

import hashlib
import tempfile
from dataclasses import dataclass, field
from pathlib import Path, PureWindowsPath

import numpy as np

from facelab.archives import list_files, open_archive, read_member, unpack
from facelab.checks import check_expression
from facelab.dataset.labelled import UNUSABLE
from facelab.dataset.mine import FACE_COLUMNS, MyData
from facelab.faces.photo import UnreadablePhoto, read_photo
from facelab.files import clean_name, fit_name, load_points, name_face, read_table, write_atomically, write_new
from facelab.language import Misuse, say


@dataclass
class Pair:
    """A face that both pupils labelled: its file among mine, my label and theirs."""

    file: str
    mine: str
    theirs: str


@dataclass
class Merged:
    """What a merge has done: how much was added, and the faces that both had labelled.

    Attributes
    ----------
    photos, faces : int
        How many were added.
    pairs : list of Pair
        The faces that both had labelled.
    refused : list of str
        The names of files that are no photos.
    adopted : int
        How many faces without a label of mine were given theirs.

    Examples
    --------
    >>> merged = Merged(pairs=[Pair("1", "joy", "joy"), Pair("2", "anger", "anger"), Pair("3", "joy", "anger")])
    >>> len(merged.disagreements), round(merged.kappa, 2)
    (1, 0.4)
    """

    photos: int = 0
    faces: int = 0
    pairs: list = field(default_factory=list)
    refused: list = field(default_factory=list)
    adopted: int = 0

    @property
    def disagreements(self):
        """The faces to which the two gave different labels."""
        return [pair for pair in self.pairs if pair.mine != pair.theirs]

    @property
    def kappa(self):
        """How far the two agree beyond chance, from -1 to 1 (Cohen 1960); None where it has no value."""
        from sklearn.metrics import cohen_kappa_score

        if len({label for pair in self.pairs for label in (pair.mine, pair.theirs)}) < 2:
            return None  # nothing to compare, or a single label: they could not but agree
        return float(cohen_kappa_score([pair.mine for pair in self.pairs], [pair.theirs for pair in self.pairs]))

    @property
    def message(self):
        """What was added and how far the two agree, in the chosen language."""
        sentences = [say("merging.added", photos=self.photos, faces=self.faces)]
        sentences += [say("merging.adopted", count=self.adopted)] if self.adopted else []
        sentences += [say("merging.refused", names=", ".join(self.refused))] if self.refused else []
        if not self.pairs:
            return " ".join([*sentences, say("merging.nothing_shared")])
        both, same = len(self.pairs), len(self.pairs) - len(self.disagreements)
        sentences.append(say("merging.same", both=both, same=same, share=f"{100 * same / both:.0f}"))
        if self.kappa is None:
            return " ".join([*sentences, say("merging.one_label")])
        return " ".join([*sentences, say("merging.kappa", kappa=f"{self.kappa:.2f}")])


def merge(mine, source, name=None):
    """Add another set to mine: no photo, face or label of mine is replaced; labels are adopted where I gave none.

    The same photo is recognised by its content, whatever its name.

    Parameters
    ----------
    mine : MyData
        What is added to.
    source : bytes, or path of a zip file or of a folder
        What the other pupil exported, or a folder with the same files in it.
    name : str, optional
        How to call it in sentences; without it the file's name.

    Returns
    -------
    Merged
        What was added, and where the labels differ.

    Raises
    ------
    ValueError
        If it holds no such set, or a damaged one, or the zip file is dangerous; nothing is added then.

    Examples
    --------
    >>> import facelab
    >>> folder = Path(getfixture("tmp_path"))
    >>> facelab.load_sample().take(joy=2, anger=1).save(folder / "friend")
    >>> merge(MyData(folder / "mine"), folder / "friend").faces
    3
    """
    if isinstance(source, bytes):
        with tempfile.TemporaryDirectory() as folder:
            unpack(source, name, folder)
            return _merge_folder(mine, Path(folder), name)
    source = Path(source)
    if source.is_dir():
        return _merge_folder(mine, source, name or source.name)
    if not source.exists():
        raise Misuse(say("merging.no_set", name=source))
    return merge(mine, source.read_bytes(), name or source.name)


def _merge_folder(mine, folder, name):
    root, face_folder = _locate(folder, name)
    faces, merged = _read_faces(face_folder, name), Merged()  # read whole, so that a damaged set changes nothing
    known = _recognise(mine)
    outcomes = MyData(root).outcomes()
    names = _add_photos(mine, MyData(root), merged)
    with mine.lock():  # what I have by now is looked at, so that nothing another notebook writes meanwhile is replaced
        _add_faces(mine, faces, names, known, merged)
        mine.set_outcomes({names[file]: outcomes[file] for file in names if file in outcomes} | mine.outcomes())
    for theirs, own in zip(_list_extras(MyData(root)), _list_extras(mine), strict=True):
        if theirs.exists() and not own.exists():
            write_atomically(own, theirs.read_bytes())
    return merged


def _list_extras(data):
    return data.model_path, data.progress_path


def _locate(folder, name):
    """Find where a set lies: in the folder or in one inside it, for whoever packs a folder packs its name, too."""
    for place in [folder, *sorted(each for each in folder.iterdir() if each.is_dir())]:
        if (place / "faces" / "faces.csv").exists() or (place / "photos").is_dir():
            return place, place / "faces"
        if (place / "faces.csv").exists():  # as LabelledFaces.save writes it
            return place, place
    raise Misuse(say("merging.no_set", name=name))


def _read_faces(folder, name):
    """Read the faces of a set as (row, JPEG, points), as carefully as anything that comes from elsewhere."""
    points, faces = _read_points(folder / "points.npz", name), []
    for row in read_table(folder / "faces.csv", ["file", "expression"]):
        row = {column: row.get(column) or "" for column in FACE_COLUMNS}
        if row["expression"] not in ("", UNUSABLE):
            check_expression(row["expression"])
        if PureWindowsPath(row["file"]).name != row["file"] or row["file"] not in points:
            raise Misuse(say("merging.damaged", name=name))
        try:
            jpeg = (folder / row["file"]).read_bytes()
            read_photo(jpeg)
        except (OSError, UnreadablePhoto):
            raise Misuse(say("merging.damaged", name=name)) from None
        faces.append((row, jpeg, points[row["file"]]))
    return faces


def _read_points(path, name):
    if not path.exists():
        return {}
    try:
        with open_archive(path.read_bytes(), name) as parts:  # points lie in a zip of their own, which may be a bomb
            for part, member in list_files(parts):
                read_member(parts, part, member)
        points = load_points(path)
    except (ValueError, KeyError, OSError, MemoryError):
        raise Misuse(say("merging.damaged", name=name)) from None
    if not all(np.isfinite(each).all() and each.shape == (478, 3) for each in points.values()):
        raise Misuse(say("merging.damaged", name=name))
    return points


def _recognise(mine):
    """Map what tells that a face is the same one, which is its place in its photo or else its picture, to its file."""
    photos = {path.name for path in mine.photos()}
    known = {_digest(face.path.read_bytes()): face.file for face in mine.faces() if face.path.is_file()}
    return known | {_place(face.photo, face.file): face.file for face in mine.faces() if face.photo in photos}


def _place(photo, file):
    return photo, Path(file).stem.rpartition("_")[2]  # the number of the face in its photo


def _digest(content):
    return hashlib.sha256(content).hexdigest()


def _add_photos(mine, theirs, merged):
    """Add the photos that I do not have; returns a dict of their names for all photos to mine."""
    own = {_digest(path.read_bytes()): path.name for path in mine.photos()}  # what comes twice in theirs stays so
    names = {}
    for path in theirs.photos():
        content = path.read_bytes()
        try:
            known = own.get(_digest(content))
            names[path.name] = known or mine.add_photo(path.name, content).name
            merged.photos += not known
        except UnreadablePhoto:
            merged.refused.append(path.name)
    return names


def _add_faces(mine, faces, names, known, merged):
    labels = {face.file: face.label for face in mine.faces()}
    rows, points, adopted = [], [], {}
    for row, jpeg, its_points in faces:
        photo, label = names.get(row["photo"], ""), row["expression"]
        file = known.get(_place(photo, row["file"])) or known.get(_digest(jpeg))
        if file not in labels:
            rows.append(row | {"photo": photo, "file": _keep_picture(mine, photo, row["file"], jpeg, labels)})
            points.append(its_points)
            continue
        if not mine.path_of(file).exists():  # deleted by hand
            write_atomically(mine.path_of(file), jpeg)
        if label and not labels[file]:
            adopted[file] = label
        elif label and UNUSABLE not in (label, labels[file]):
            merged.pairs.append(Pair(file, labels[file], label))
    mine.note_faces(rows, points)
    mine.label_many(adopted)
    merged.faces, merged.adopted = len(rows), len(adopted)


def _keep_picture(mine, photo, file, jpeg, taken):
    number = clean_name(_place(photo, file)[1])
    wanted = fit_name(name_face(photo, number)) if photo else clean_name(file)
    return write_new(mine.path_of(file).parent, wanted, jpeg, taken).name
