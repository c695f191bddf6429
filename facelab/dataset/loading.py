"""Which faces a lesson works with: the pupil's own, if there are enough of them, else the shipped ones."""

from collections import Counter
from itertools import combinations

import numpy as np

from facelab.checks import EXPRESSIONS, check_set, check_whole
from facelab.dataset.labelled import SAMPLE, LabelledFaces, load_sample
from facelab.dataset.mine import MyData
from facelab.faces.detection import Face, find_faces_in
from facelab.language import Misuse, say

ENOUGH = 20  # faces of an expression that make a set of one's own worth learning from
TESTED = 8  # of each expression, in most experiments; of a person among them no other face is learned from
ENOUGH_OF_ONE = 10  # faces of a person who counts among a class
STRANGE = 8  # expressions of each of the people whom `load_strange` shows
HARD_FIRST = ("sadness", "neutral", "anger", "surprise", "joy")


def load_mine() -> LabelledFaces:
    """Load the faces that the pupil has labelled; an empty set until there are some.

    Examples
    --------
    >>> import facelab
    >>> isinstance(facelab.load_mine(), facelab.LabelledFaces)
    True
    """
    return MyData().labelled()


def load_faces(people: int | None = None, **needed: int) -> LabelledFaces:
    """Load the pupil's own faces if there are enough of them, else the shipped ones, and print which.

    Parameters
    ----------
    people : int, optional
        To split by person: the faces of the pupil's own class, if at least two people have a nickname and 10 faces or
        more each of two or more expressions that they all have; else those of so many shipped people. The largest such
        class counts, whatever is `needed`.
    **needed
        How many faces of which expressions the lesson needs, such as ``joy=28, sadness=28``, 8 of them for a test. Of
        people with a nickname enough must be left to learn from once some are in the test. Without any: 20 of each of
        two expressions.

    Examples
    --------
    >>> import facelab
    >>> facelab.load_faces(joy=100000)  # nobody has as many
    직접 모은 얼굴이 아직 모자라서 함께 들어 있는 얼굴로 해 볼게요. 컴퓨터로 그린, 세상에 없는 사람들이에요.
    LabelledFaces(...)
    """
    mine = load_mine()
    if people is not None:
        return _load_class(mine, people)
    counts = mine.counts()
    enough = sum(number >= ENOUGH for number in counts.values()) >= 2
    if needed:
        asked = mine.select(np.isin(mine.labels, list(needed)))
        enough = all(
            counts[name] >= number and count_left(asked, name, TESTED) >= number - TESTED
            for name, number in needed.items()
        )
    print(say("mine.own_faces", count=len(mine)) if enough else say("mine.sample_faces"))
    return mine if enough else load_sample()


def count_left(faces: LabelledFaces, label: str, test_size: int) -> int:
    """Count the photos of an expression that are left to learn from, at the least, once `facelab.compare` has a test.

    It asks half of the people, the same ones for each expression as far as their photos go, and learns from no other
    photo of theirs.
    """
    from sklearn.metrics.cluster import contingency_matrix

    if (faces.labels == label).sum() <= test_size:
        return 0
    photos = contingency_matrix(faces.labels, faces.people)  # by expression and person
    own = np.sort(photos[np.unique(faces.labels) == label][0])[::-1]
    if len(own) == 1:  # then nobody is left out
        return int(own[0]) - test_size
    half, usable = len(own) // 2, photos[photos.sum(axis=1) > test_size]
    most = test_size if len(np.unique(photos > 0, axis=0)) == 1 else 2 * test_size
    if (np.sort(usable)[:, :half].sum(axis=1) >= test_size).all():  # else others are asked as well
        most = min(most, half)
    return int(own[most:].sum())


def _load_class(mine, people):
    """Return the faces that people with a nickname have in common, as far as they are a class; else shipped ones."""
    photos = {name: Counter(mine.labels[mine.people == name]) for name in np.unique(mine.people) if name}
    sets = [each for size in range(2, len(EXPRESSIONS) + 1) for each in combinations(EXPRESSIONS, size)]
    classes = {common: _find_people(photos, common) for common in sets}
    common = max(sets, key=lambda each: (len(classes[each]), sum(classes[each].values())))
    known = list(classes[common])
    if len(known) < 2:
        print(say("mine.sample_faces"))
        return load_sample(people=people)
    own = mine.select(np.isin(mine.people, known) & np.isin(mine.labels, common))
    print(say("mine.own_class", people=len(known), count=len(own)))
    return own


def _find_people(photos, common):
    """Find those who have faces of all these expressions, and enough together: a dict of name to how many."""
    numbers = {name: [each[label] for label in common] for name, each in photos.items()}
    return {name: sum(each) for name, each in numbers.items() if all(each) and sum(each) >= ENOUGH_OF_ONE}


def choose_pair(faces: LabelledFaces) -> tuple[str, str]:
    """Choose two expressions of which there are at least 20 faces, those that are hard to tell apart first.

    Raises
    ------
    ValueError
        If there are not two such expressions.

    Examples
    --------
    >>> import facelab
    >>> facelab.choose_pair(facelab.load_sample())
    ('sadness', 'neutral')
    """
    check_set(faces)
    there = [expression for expression in HARD_FIRST if faces.counts()[expression] >= ENOUGH]
    if len(there) < 2:
        raise Misuse(say("dataset.no_pair", expected=ENOUGH, found=repr(faces.counts())))
    return there[0], there[1]


def load_strange(people: int = 4) -> list[Face]:
    """Find the faces in the shipped photos that show none of the five expressions: 8 of each person, as a list.

    Parameters
    ----------
    people : int
        Of how many people, 1 to 10: disgust, fear, contempt, wink, kiss, puffed cheeks, mouth aside and asleep.

    Raises
    ------
    ValueError
        If there are not so many people.

    Examples
    --------
    >>> import facelab
    >>> len(facelab.load_strange(people=1))
    8
    """
    check_whole(people=people)
    photos = sorted(SAMPLE.with_name("others").glob("*.jpg"))
    if people > (most := len(photos) // STRANGE):
        raise Misuse(say("dataset.too_many_people", found=people, most=most))
    found_in = find_faces_in(photos[: STRANGE * people], progress=False)
    return [found.faces[0] for found in found_in]
