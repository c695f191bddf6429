"""Data sets: faces with the expression that each shows."""

from collections import Counter
from collections.abc import Sequence
from functools import partial
from pathlib import Path, PurePath

import numpy as np

from facelab import checks
from facelab.checks import EXPRESSIONS, check_among, check_expression, check_seed, check_share, check_split, check_whole
from facelab.dataset.labels import UNUSABLE, Counts, read_label
from facelab.dataset.neutral import move_people
from facelab.dataset.pictures import Images
from facelab.dataset.points import read_points
from facelab.dataset.splits import draw_people, draw_test
from facelab.dataset.twins import group_twins
from facelab.faces.detection import Face
from facelab.faces.drawing import draw_points
from facelab.faces.geometry import check_shape, crop_points
from facelab.faces.photo import encode_jpeg
from facelab.files import LostPoints, read_table, save_points, write_atomically, write_table
from facelab.language import Misuse, say

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "faces"


class LabelledFaces:
    """Faces with labels: what a model learns from and is tested on.

    Parameters
    ----------
    images : sequence of arrays of shape (height, width, 3), uint8, or of paths
        The pictures; those given by path are read when they are looked at.
    points : array of shape (n, 478, 3)
        The points of Face Mesh in pixels of the images.
    labels : sequence of str
        The expression of each face: "joy", "sadness", "surprise", "anger" or "neutral".
    people : sequence of str, optional
        Who each face belongs to. Without it nobody is known.

    Raises
    ------
    ValueError
        If the lengths differ or a label is none of the five.

    Examples
    --------
    >>> import facelab
    >>> faces = facelab.load_sample().take(joy=20, sadness=20)
    >>> len(faces), faces.counts()["joy"]
    (40, 20)
    """

    def __init__(self, images, points, labels, people=None):
        self.images = images if isinstance(images, Images) else Images(images)
        self.points = np.array(check_shape(points), dtype=np.float32)  # its own: nobody else's change shows here
        if isinstance(labels, str) or not np.iterable(labels):
            raise Misuse(say("dataset.no_list", found=repr(labels)))
        self.labels = np.array(labels, dtype=str)
        self.people = np.array(people if people is not None else [""] * len(self.labels), dtype=str)
        lengths = [len(self.images), len(self.points), len(self.labels), len(self.people)]
        if len(set(lengths)) > 1:
            raise Misuse(say("dataset.lengths_differ", lengths=", ".join(map(str, lengths))))
        for label in self.labels:
            check_expression(label)

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, index):
        if isinstance(index, slice):
            return self.select(np.arange(len(self))[index])
        sentence = "dataset.no_such_face" if len(self) else "dataset.no_face_at_all"
        check_among(sentence, index, range(-len(self), len(self)), last=len(self) - 1)
        return Face.from_photo(self.images[index], self.points[index])

    def __iter__(self):
        return map(self.__getitem__, range(len(self)))

    def __add__(self, other):
        """Merge two sets, the faces of the first one first."""
        if not isinstance(other, LabelledFaces):
            raise Misuse(say("dataset.no_faces", found=repr(other)[:36]))
        return LabelledFaces(
            [*self.images.items, *other.images.items],
            np.concatenate([self.points, other.points]),
            [*self.labels, *other.labels],
            [*self.people, *other.people],
        )

    def __repr__(self):
        counts = ", ".join(f"{name}={count}" for name, count in self.counts().items())
        return f"LabelledFaces({counts})"

    def select(self, chosen) -> "LabelledFaces":
        """Return the faces at some positions, or where a list of True and False says so, as LabelledFaces."""
        positions = np.arange(len(self))[np.asarray(chosen, dtype=None if len(chosen) else int)]
        images = Images(self.images.items[position] for position in positions)
        return LabelledFaces(images, self.points[positions], self.labels[positions], self.people[positions])

    def counts(self) -> Counts:
        """Count the faces of each expression, as Counts in the order of EXPRESSIONS; those missing count 0."""
        found = Counter(self.labels.tolist())
        return Counts({expression: found[expression] for expression in EXPRESSIONS if expression in found})

    def take(self, numbers=None, /, seed=0, **more) -> "LabelledFaces":
        """Draw so many faces of each expression at random, and leave out all others.

        Parameters
        ----------
        numbers : dict of str -> int, optional
            The number for each expression, where their names are in variables: ``{first: 40, second: 20}``.
        seed : int
            The same seed draws the same faces.
        **more
            The number for each expression, such as ``joy=40, sadness=20``.

        Raises
        ------
        ValueError
            If there are too few faces, or the name is no expression.

        Examples
        --------
        >>> import facelab
        >>> facelab.load_sample().take(joy=4, anger=2)
        LabelledFaces(joy=4, anger=2)
        """
        if not isinstance(numbers, dict | None):
            raise Misuse(say("dataset.wrong_numbers", found=checks.show(numbers)))
        if not (numbers := (numbers or {}) | more):
            raise Misuse(say("dataset.nothing_to_take"))
        random = np.random.default_rng(check_seed(seed))
        chosen = [self._draw(random, expression, number) for expression, number in numbers.items()]
        return self.select(np.concatenate([np.array([], dtype=int), *chosen]))

    def _draw(self, random, expression, number):
        check_expression(expression)
        check_whole(least=0, **{expression: number})
        available = np.flatnonzero(self.labels == expression)
        if number > len(available):
            name = say(f"expression.{expression}")
            raise Misuse(say("dataset.too_few", expression=name, found=len(available), expected=number))
        return random.permutation(available)[:number]

    def mislabel(self, share, seed=0, of=None, into=None) -> "LabelledFaces":
        """Give a share of the faces a wrong label, drawn at random among the other expressions of the set.

        Parameters
        ----------
        share : float
            From 0 (none) to 1 (all).
        seed : int
            The same seed gives the same mistakes.
        of, into : str, optional
            Only faces `of` this expression are mislabelled (and the share is theirs), and only `into` that one.

        Raises
        ------
        ValueError
            If the share lies outside 0 to 1, there is but one expression, or `of` and `into` lead to no wrong label.

        Examples
        --------
        >>> import facelab
        >>> right = facelab.load_sample().take(joy=20, anger=20)
        >>> right.mislabel(0.2, of="anger", into="joy").counts()
        기쁨 24장 · 화남 16장
        """
        check_share(share)
        expressions = list(self.counts())
        if len(expressions) < 2:
            raise Misuse(say("dataset.one_expression"))
        self._check_mistakes(of, into)
        random = np.random.default_rng(check_seed(seed))
        labels = self.labels.astype(object)
        meant = np.flatnonzero((of is None or labels == of) & (labels != into))
        for position in random.permutation(meant)[: round(share * len(meant))]:
            labels[position] = into or random.choice([name for name in expressions if name != labels[position]])
        return LabelledFaces(self.images, self.points, labels, self.people)

    def _check_mistakes(self, of, into):
        for expression in (of, into):
            if expression is not None:
                check_expression(expression)
        if of is not None and of not in self.labels:
            raise Misuse(say("dataset.none_of", expression=say(f"expression.{of}")))
        if of is not None and of == into:
            raise Misuse(say("dataset.same_label", found=say(f"expression.{of}")))

    def split(self, test_size=0.2, by="photo", seed=0) -> tuple["LabelledFaces", "LabelledFaces"]:
        """Split at random into a part to train with and a part to test with.

        Parameters
        ----------
        test_size : int or float
            The number of test photos, or their share between 0 and 1. By person it is the least number.
        by : {"photo", "person"}
            By photo: each expression keeps its share in both parts, and a photo that is there twice is in one part
            only, which may make the test a few photos longer or shorter. By person: nobody is in both parts.
        seed : int
            The same seed gives the same split.

        Returns
        -------
        (LabelledFaces, LabelledFaces)
            To train and to test.

        Raises
        ------
        ValueError
            If a part would be empty, or `by` is something else.

        Examples
        --------
        >>> import facelab
        >>> train, test = facelab.load_sample().take(joy=20, sadness=20).split(test_size=8)
        >>> len(train), len(test)
        (32, 8)
        """
        check_split(by)
        if by == "person":
            is_test = draw_people(self.people, test_size, seed)
        else:  # twins in both parts would test a model with what it has learned by heart
            twins = group_twins(self.points, self.images.items, self.people)
            is_test = draw_test(self.labels, twins, test_size, seed)
        return self.select(~is_test), self.select(is_test)

    def save(self, folder) -> None:
        """Save as plain files: one JPEG a face, ``faces.csv`` for a spreadsheet, and ``points.npz``.

        Raises
        ------
        ValueError
            If the folder holds a data set already: it is never overwritten.

        Examples
        --------
        >>> import facelab, tempfile
        >>> folder = Path(tempfile.mkdtemp()) / "joy"
        >>> facelab.load_sample().take(joy=2).save(folder)
        >>> LabelledFaces.load(folder)
        LabelledFaces(joy=2)
        """
        folder = Path(folder)
        if (folder / "faces.csv").exists():
            raise Misuse(say("dataset.folder_taken", folder=folder))
        rows = []
        for position, (label, person) in enumerate(zip(self.labels, self.people, strict=True)):
            rows.append({"file": f"{position + 1:04d}_{label}.jpg", "person": person, "expression": label})
            write_atomically(folder / rows[-1]["file"], encode_jpeg(self.images[position], quality=95))
        save_points(folder / "points.npz", {row["file"]: points for row, points in zip(rows, self.points, strict=True)})
        write_table(folder / "faces.csv", rows, ["file", "person", "expression"])

    @classmethod
    def load(cls, folder) -> "LabelledFaces":
        """Load what `save` wrote. Faces without a label, or set aside, are left out.

        Raises
        ------
        ValueError
            If there is no data set in the folder, a file of it is damaged, some of the points are missing, or a label
            in its table is none of the five.

        Examples
        --------
        >>> import facelab
        >>> len(LabelledFaces.load(facelab.dataset.SAMPLE)) == len(facelab.load_sample())
        True
        """
        folder = Path(folder)
        if not (folder / "faces.csv").exists():
            raise Misuse(say("dataset.no_set", folder=folder))
        table = read_table(folder / "faces.csv", ["file", "expression", "person"])
        points = read_points(folder)
        rows = _read_rows(folder, table, points)
        files, labels, people = ([row[column] for row in rows] for column in ("file", "expression", "person"))
        kept = _check_all_points(folder, files, points)
        pictures = [folder / file if (folder / file).exists() else partial(draw_points, points[file]) for file in files]
        return cls(pictures, kept, labels, people)

    def as_lines(self) -> "LabelledFaces":
        """Return the same faces as line drawings of their points, for whoever does not want to see or show photos.

        Examples
        --------
        >>> import facelab
        >>> facelab.load_sample()[:2].as_lines().images[0].shape
        (320, 320, 3)
        """
        points = [crop_points(each) for each in self.points]
        return LabelledFaces([partial(draw_points, each) for each in points], points, self.labels, self.people)

    def from_neutral(self, strengths: Sequence[float] = (0.5, 1)) -> "LabelledFaces":
        """Return the faces as drawings with one common neutral face in the place of each person's own, to learn from.

        Only what moved is left, and no longer who it was. Each face comes at half its strength, too: people who pose
        show less than those drawn by a computer. ``strengths=[1]`` is for a test. A model that has learned from such
        faces wants a `neutral` face whenever it is asked about a photo, and faces such as these for a test.

        Raises
        ------
        ValueError
            If somebody has no neutral face, a face has no person, or a strength lies outside 0 to 1.

        Examples
        --------
        >>> import facelab
        >>> len(facelab.load_sample()[:50].from_neutral(strengths=[0.4, 0.7, 1]))
        150
        """
        points = move_people(self.points, self.labels, self.people, strengths)
        again = np.tile(np.arange(len(self)), len(strengths))
        return LabelledFaces(
            [partial(draw_points, each) for each in points], points, self.labels[again], self.people[again]
        )

    def plot(self, columns=10, captions=None) -> "LabelledFaces":
        """Draw the faces as a contact sheet with their expressions below; returns the set itself.

        Parameters
        ----------
        columns : int
            How many faces stand in one row.
        captions : sequence of str, optional
            What to write below each face instead.
        """
        from facelab.charts import draw_photos

        captions = captions or [say(f"expression.{label}") for label in self.labels]
        self.ax_ = draw_photos(self.images, captions, columns=columns)[0].axes
        self.figure_ = self.ax_.figure
        return self


def _read_rows(folder, table, points):
    """Return the rows that have a label, and name those that cannot be used: they do not keep the others out."""
    rows, wrong, labels = [], [], {}
    for number, row in enumerate(table, start=2):  # as a spreadsheet counts, with the line of names first
        label, file = read_label(row["expression"]), row["file"]
        again, there = file in labels, file in points or (PurePath(file).name == file and (folder / file).is_file())
        if label is None or (label not in ("", UNUSABLE) and not there):
            wrong.append(say("dataset.bad_row", number=number, found=repr(file if label else row["expression"])))
        elif label and labels.setdefault(file, label) != label:
            wrong.append(say("dataset.row_twice", number=number, found=repr(file)))
        elif label not in ("", UNUSABLE) and not again:
            rows.append(row | {"expression": label})
    if wrong:
        more = ", ..." if len(wrong) > 5 else ""
        print(say("dataset.bad_rows", folder=folder.name, count=len(wrong), rows=", ".join(wrong[:5]) + more))
    return rows


def _check_all_points(folder, files, points):
    """Return the points of these faces; without a word none may be left out, or labels would vanish."""
    lost = [file for file in files if file not in points]
    if lost:
        names = ", ".join(lost[:3]) + (", ..." if len(lost) > 3 else "")
        raise LostPoints(say("dataset.lost_points", folder=folder, count=len(lost), total=len(files), files=names))
    return [points[file] for file in files]


def load_sample(people=None, faint=None) -> LabelledFaces:
    """Load the shipped faces: people who do not exist, five expressions each.

    Parameters
    ----------
    people : int, optional
        Only so many of them, as in a class.
    faint : bool, optional
        True for the later shots of everybody, as faint as expressions are in life, False for the first and plain ones.

    Raises
    ------
    ValueError
        If there are not so many people.

    Examples
    --------
    >>> import facelab
    >>> list(facelab.load_sample().counts()) == list(EXPRESSIONS)
    True
    >>> len(facelab.load_sample(faint=True)) + len(facelab.load_sample(faint=False)) == len(facelab.load_sample())
    True
    """
    faces = LabelledFaces.load(SAMPLE)
    if faint is not None:
        faces = faces.select([(row["shot"] != "0") == faint for row in read_table(SAMPLE / "faces.csv", ["shot"])])
    if people is None:
        return faces
    check_whole(people=people)
    names = np.unique(faces.people)
    if people > len(names):
        raise Misuse(say("dataset.too_many_people", found=people, most=len(names)))
    return faces.select(np.isin(faces.people, names[:people]))
