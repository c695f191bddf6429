"""What is right in the exercises of lesson 4; see ``lesson_1.py``."""

from collections import Counter

import numpy as np

from facelab.answers.texts import name_expression, tell, write_percent
from facelab.dataset.labelled import LabelledFaces, load_sample
from facelab.language import Misuse, say


def compare_hardest_pair(pair, comparison, pairs):
    """Compare by the rank of the pair: from one set of draws to another the hardest three often change places."""
    title = next(title for title, expressions in pairs.items() if set(expressions) == set(pair))
    ranks = comparison.means.rank(method="min")
    shown = {"pair": title, "rank": int(ranks[title]), "hardest": ranks.idxmin()}
    return "right" if ranks[title] <= 3 else "other", shown


def compare_loser(guess, comparison, condition):
    """Compare with the expression that has the lowest mean recall."""
    rows = comparison.table.query("condition == @condition")
    recalls = rows.groupby("expression", sort=False)["recall"].mean()
    shown = {"loser": name_expression(recalls.idxmin())}
    shown |= {"low": write_percent(recalls.min()), "high": write_percent(recalls.max())}
    return "right" if guess == recalls.idxmin() else "other", shown


def compare_lazy_score(guess, model, test):
    """Compare with the score, give or take half a photo."""
    score = model.score(test.points, test.labels)
    shown = {"right": round(score * len(test)), "total": len(test), "score": write_percent(score)}
    if abs(guess / 100 - score) <= 0.5 / len(test):
        return "right", shown
    return "coin" if abs(guess - 50) < 1 else "other", shown


def check_enough(number, comparison):
    """Right is the smallest number of photos whose mean is at most 3 per cent points below that of the largest."""
    means = comparison.means
    enough = means.index[means >= means.iloc[-1] - 0.03][0]
    shown = {"number": number, "mean": write_percent(means[number]), "most": write_percent(means.iloc[-1])}
    if number == enough:
        return "right", shown
    return "too_few" if float(number) < float(enough) else "too_many", shown


def offer_amounts(comparison):
    """Return the numbers of photos that were tried, each with the words on its button."""
    return {str(number): tell("04.4", "count", number=number) for number in comparison.means.index}


def check_tipped_set(faces, first, second):
    """Right is a set with 4 faces of the first expression and 36 of the second, each once and with its own label."""
    counts = insist_on_faces(faces).counts()
    if counts == {first: 4, second: 36}:
        return "right" if _are_as_drawn(faces) else "other_faces", {}
    if counts == {first: 36, second: 4}:
        return "not_turned", {}
    found = ", ".join(f"{name_expression(name)} {count}" for name, count in counts.items())
    return "other_counts", {"found": found or "0", "first": name_expression(first), "second": name_expression(second)}


def insist_on_faces(value):
    """Return a data set; raise a ValueError that shows how to make one if it is none."""
    if not isinstance(value, LabelledFaces):
        raise Misuse(say("exercises.not_faces", found=type(value).__name__))
    return value


def count_faces(*parts):
    """Count each face of some data sets together with its label."""
    points = [each.tobytes() for part in parts for each in part.points]
    return Counter(zip(points, np.concatenate([part.labels for part in parts]).tolist(), strict=True))


def _are_as_drawn(faces):
    """Tell whether no face is there twice, and each of the shipped ones has the label that it came with."""
    known, found = dict(count_faces(load_sample()).keys()), count_faces(faces)
    return len(found) == len(faces) and all(known.get(points, label) == label for points, label in found)


CHECKS = {
    "04.1": compare_hardest_pair,
    "04.2": compare_loser,
    "04.3": compare_lazy_score,
    "04.4": check_enough,
    "04.5": check_tipped_set,
}
OFFERS = {"04.2": lambda comparison, condition: list(comparison.table["expression"].unique()), "04.4": offer_amounts}
