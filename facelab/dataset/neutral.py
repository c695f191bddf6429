"""Each person's own neutral face as the zero point: what is left of a face is how far it has moved from there."""

from collections.abc import Sequence

import numpy as np

from facelab.checks import check_share
from facelab.faces.geometry import align, move_to
from facelab.language import Misuse, say

MOST_NAMED = 8  # people in a sentence about those whose neutral face is missing


def move_people(points: np.ndarray, labels: np.ndarray, people: np.ndarray, strengths: Sequence[float]) -> np.ndarray:
    """Put one common neutral face in the place of each person's own, which is the mean of the person's neutral photos.

    What comes in and goes wrong is that of `LabelledFaces.from_neutral`; what comes out, (n times strengths, 478, 3),
    stands where `facelab.faces.geometry.place` puts it, so that a model can tell such faces.

    Examples
    --------
    >>> import facelab
    >>> five = facelab.load_sample()[:5]
    >>> move_people(five.points, np.array(["neutral"] * 5), five.people, (0.5, 1)).shape
    (10, 478, 3)
    """
    for strength in strengths:
        check_share(strength)
    check_neutral(labels, people)
    aligned, neutral = align(points.astype(np.float64)), labels == "neutral"
    own = {person: aligned[neutral & (people == person)].mean(axis=0) for person in np.unique(people)}
    common = np.mean(list(own.values()), axis=0)
    moved = [
        move_to(face, own[person], common, share=1, strength=strength)
        for strength in strengths
        for face, person in zip(points, people, strict=True)
    ]
    return np.array(moved).reshape(-1, 478, 3)


def check_neutral(labels: np.ndarray, people: np.ndarray) -> None:
    """Raise a ValueError that names the people, or counts the faces, without whom there is no zero point.

    Examples
    --------
    >>> check_neutral(np.array(["neutral", "joy", "joy"]), np.array(["Ari", "Ari", "Bora"]))
    Traceback (most recent call last):
    facelab.language.Misuse: 무표정 사진이 없는 사람이 있어요(1명): Bora. ...
    """
    if not len(people):
        raise Misuse(say("features.no_faces"))
    if "" in people:
        raise Misuse(say("dataset.no_name_for_neutral", count=int((people == "").sum()), total=len(people)))
    missing = sorted(set(people.tolist()) - set(people[labels == "neutral"].tolist()))
    if missing:
        names = ", ".join(missing[:MOST_NAMED]) + (", ..." if len(missing) > MOST_NAMED else "")
        raise Misuse(say("dataset.no_own_neutral", names=names, count=len(missing)))
