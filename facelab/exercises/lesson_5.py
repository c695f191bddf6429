"""What is right in the exercises of lesson 5; see ``lesson_1.py``."""

from facelab.answers.texts import write_percent
from facelab.exercises.lesson_4 import count_faces, insist_on_faces


def compare_parrot(guess, score):
    """Compare with the score of the parrot on what it has memorised, give or take 5 per cent points."""
    shown = {"score": write_percent(score)}
    if abs(guess / 100 - score) <= 0.05:
        return "right", shown
    return "half" if 40 <= guess <= 60 else "other", shown


def check_split(parts, dataset):
    """Right are two parts that make up the data set, the second with 10 faces, and have no face in common."""
    if not isinstance(parts, (tuple, list)) or len(parts) != 2:
        return "not_two", {}
    train, test = map(insist_on_faces, parts)
    sizes, wanted = (len(train), len(test)), (len(dataset) - 10, 10)
    known = {points.tobytes() for points in train.points}
    shared = sum(points.tobytes() in known for points in test.points)
    shown = {"train": len(train), "test": len(test), "shared": shared}
    if shared:
        return "shared", shown
    if sizes == wanted:
        return "right" if count_faces(train, test) == count_faces(dataset) else "other_faces", shown
    return "swapped" if sizes == wanted[::-1] else "other_sizes", shown


def compare_spread(guess, scores, test):
    """Compare with the distance between the best and the worst score: close is less than a photo."""
    spread, weight = max(scores) - min(scores), 100 / len(test)
    shown = {"spread": f"{spread:.1f}", "photos": round(spread / weight)}
    if abs(guess - spread) < weight:
        return "right", shown
    return "narrower" if guess < spread else "wider", shown


def compare_champion(guess, score, test):
    """Compare with the score of the best coin, give or take one photo."""
    if abs(guess - score) <= 100 / len(test):
        return "right", {"score": f"{score:g}"}
    return "average" if 45 <= guess <= 55 else "other", {"score": f"{score:g}"}


CHECKS = {"05.1": compare_parrot, "05.2": check_split, "05.3": compare_spread, "05.4": compare_champion}
OFFERS = {}
