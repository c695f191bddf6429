"""Two pupils' sets become one: what is new is added, what both have is recognised, and their labels are compared."""

import json
from dataclasses import dataclass, field
from pathlib import Path, PureWindowsPath

import numpy as np

from facelab.archives import list_files, open_archive, read_member, unpack
from facelab.dataset.exports import FORMAT, MANIFEST
from facelab.dataset.labels import UNUSABLE, read_label
from facelab.dataset.mine import FACE_COLUMNS, MyData
from facelab.dataset.names import clean_name, fit_name, name_face, write_new
from facelab.dataset.nicknames import clean_nickname, name_faces, name_photos, read_nicknames
from facelab.dataset.points import read_points
from facelab.dataset.twins import digest, digest_file, look_of
from facelab.faces.geometry import check_points
from facelab.faces.photo import UnreadablePhoto, read_photo
from facelab.files import read_table, write_atomically
from facelab.language import Misuse, say

SMALLEST_FACE = 8  # pixels between the outer corners of the eyes and the like: smaller ones are no face


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
    lost : list of str
        Faces whose picture is missing; they came along as lines.
    trace : dict
        What `undo_merge` has to take back.

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
    lost: list = field(default_factory=list)
    trace: dict = field(
        default_factory=lambda: {"photos": [], "faces": {}, "adopted": {}, "people": {}, "files": []}, repr=False
    )

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
        sentences += [say("merging.lost", names=", ".join(self.lost))] if self.lost else []
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
    if not isinstance(source, bytes):
        source = Path(source)
        name = name or source.name
        if source.is_dir():
            return _merge_folder(mine, source, name)
        if not source.exists():
            raise Misuse(say("merging.no_set", name=source))
    with mine.open_work() as folder:
        unpack(source, name, folder)
        return _merge_folder(mine, folder, name)


def undo_merge(mine: MyData, merged: Merged) -> list[str]:
    """Take back what a merge has added and adopted; returns the faces that stay, as their labels were changed since."""
    with mine.lock():
        adopted = merged.trace["adopted"]
        stay = mine.label_many(dict.fromkeys(adopted, ""), unless_changed_from=adopted)
        people = {face.file: face.person for face in mine.faces()}
        unchanged = [file for file, person in merged.trace["people"].items() if people.get(file) == person]
        name_faces(mine, dict.fromkeys(unchanged, ""))
        stay += mine.take_out(merged.trace["faces"], merged.trace["photos"])
        for file in merged.trace["files"]:
            file.unlink(missing_ok=True)
    return stay


def _merge_folder(mine, folder, name):
    root, face_folder = _locate(folder, name)
    _check_format(root, name)
    merged = Merged()
    faces = _read_faces(face_folder, name, merged)  # read whole, so that a damaged set changes nothing
    known, theirs = _recognise(mine), MyData(root)
    outcomes, nicknames = theirs.outcomes(), read_nicknames(theirs)
    try:
        names = _add_photos(mine, theirs, merged)
        with (
            mine.lock()
        ):  # what I have by now is looked at, so that nothing another notebook writes meanwhile is replaced
            _add_faces(mine, faces, names, known, merged)
            mine.set_outcomes({names[file]: outcomes[file] for file in names if file in outcomes} | mine.outcomes())
            added = [file for file in nicknames if names.get(file) in merged.trace["photos"]]
            name_photos(mine, {names[file]: nicknames[file] for file in added}, with_faces=False)
            for their, own in zip(_list_extras(theirs), _list_extras(mine), strict=True):
                if their.exists() and not own.exists():
                    merged.trace["files"].append(own)
                    write_atomically(own, their.read_bytes())
    except BaseException:  # also a full disk or a stop: what is half merged would be nobody's work
        undo_merge(mine, merged)
        raise
    return merged


def _check_format(root, name):
    """Refuse what a newer kit has made, instead of misreading it."""
    try:
        made = json.loads((root / MANIFEST).read_bytes())["format"] if (root / MANIFEST).exists() else FORMAT
        newer = made > FORMAT
    except (ValueError, LookupError, TypeError):
        raise Misuse(say("merging.damaged", name=name)) from None
    if newer:
        raise Misuse(say("merging.newer", name=name))


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


def _read_faces(folder, name, merged):
    """Read the faces of a set as (row, JPEG or None, points), as carefully as anything that comes from elsewhere."""
    points, faces = _read_points(folder, name), {}
    for row in read_table(folder / "faces.csv", ["file", "expression"]):
        row, file = {column: row.get(column) or "" for column in FACE_COLUMNS}, row["file"]
        label = read_label(row["expression"])
        if label is None:
            merged.refused.append(f"{file} ({row['expression']})")
            continue
        row |= {"expression": label, "person": clean_nickname(row["person"])}
        known = faces.get(file)
        if PureWindowsPath(file).name != file or file not in points or (known and known[0] != row):
            raise Misuse(say("merging.damaged", name=name))
        if known is None:
            faces[file] = row, *_read_picture(folder / file, points[file], name)
            if faces[file][1] is None and not file.startswith("lines-"):
                merged.lost.append(file)
    return list(faces.values())


def _read_picture(path, points, name):
    """Return a face's picture as bytes, or None if there is none, and its points, if they make a face."""
    jpeg, longest = None, 320
    try:
        if path.exists():
            jpeg = path.read_bytes()
            longest = max(read_photo(jpeg).shape)
        check_points(points[None])
        spread = np.ptp(points[:, :2], axis=0).min()
    except (OSError, ValueError):
        raise Misuse(say("merging.damaged", name=name)) from None
    if spread < SMALLEST_FACE or np.abs(points).max() > 3 * longest:
        raise Misuse(say("merging.damaged", name=name))
    return jpeg, points


def _read_points(folder, name):
    path = folder / "points.npz"
    try:
        if path.exists():
            with open_archive(path.read_bytes(), name) as parts:  # they lie in a zip of their own, which may be a bomb
                for part, member in list_files(parts):
                    read_member(parts, part, member)
        return read_points(folder)
    except (ValueError, KeyError, OSError, MemoryError):
        raise Misuse(say("merging.damaged", name=name)) from None


def _recognise(mine):
    """Map what tells that a face is the same one, its place in its photo, its picture or its points, to its file."""
    photos = {path.name for path in mine.photos()}
    known = {digest(points.tobytes()): file for file, points in read_points(mine.folder / "faces").items()}
    known |= {digest_file(face.path): face.file for face in mine.faces() if face.path.is_file()}
    return known | {_place(face.photo, face.file): face.file for face in mine.faces() if face.photo in photos}


def _place(photo, file):
    return photo, Path(file).stem.rpartition("_")[2]  # the number of the face in its photo


def _add_photos(mine, theirs, merged):
    """Add the photos that I do not have; returns a dict of their names for all photos to mine."""
    own = {digest_file(path): path.name for path in mine.photos()}  # what comes twice in theirs stays so
    names = {}
    merged.refused += theirs.strangers()
    for path in theirs.photos():
        content = path.read_bytes()
        try:
            twin = mine.find_twin(content, look_of(read_photo(content))) if own else None
            known = own.get(digest(content)) or (twin.name if twin and twin.name in own.values() else None)
            if not known:
                merged.trace["photos"].append(mine.add_photo(path.name, content, again=True).name)
            names[path.name] = known or merged.trace["photos"][-1]
            merged.photos += not known
        except UnreadablePhoto:
            merged.refused.append(path.name)
    return names


def _add_faces(mine, faces, names, known, merged):
    labels = {face.file: face.label for face in mine.faces()}
    rows, points, adopted, people = [], [], {}, {}
    for row, jpeg, its_points in faces:
        photo, label = names.get(row["photo"], ""), row["expression"]
        signs = _place(photo, row["file"]), digest(jpeg or b""), digest(its_points.tobytes())
        file = next((known[sign] for sign in signs if known.get(sign) in labels), None)
        if file is None:
            file = _keep_picture(mine, photo, row["file"], jpeg, labels)
            merged.trace["faces"][file] = label
            rows.append(row | {"photo": photo, "file": file})
            points.append(its_points)
            continue
        if jpeg and not mine.path_of(file).exists():  # deleted by hand
            write_atomically(mine.path_of(file), jpeg)
        if row["person"]:
            people[file] = row["person"]
        if label and not labels[file]:
            adopted[file] = label
        elif label and UNUSABLE not in (label, labels[file]):
            merged.pairs.append(Pair(file, labels[file], label))
    mine.note_faces(rows, points)
    mine.label_many(adopted)
    merged.trace["people"] = name_faces(mine, people, only_unknown=True)
    merged.trace["adopted"] = adopted
    merged.faces, merged.adopted = len(rows), len(adopted)


def _keep_picture(mine, photo, file, jpeg, taken):
    if jpeg is None:
        return fit_name(clean_name(file))
    number = clean_name(_place(photo, file)[1])
    wanted = fit_name(name_face(photo, number)) if photo else clean_name(file)
    return write_new(mine.path_of(file).parent, wanted, jpeg, taken).name
