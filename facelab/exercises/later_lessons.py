"""What is right in the exercises of lessons 4 to 6: one small function for each.

It gets the answer and the facts of the lesson, and returns the key of a sentence in ``exercises.toml``, "right" or what
the answer lacks, with the values in that sentence. An answer that cannot be read ends in a ValueError.
"""

from collections import Counter

import numpy as np

from facelab.dataset.labelled import load_sample
from facelab.exercises.first_lessons import name_expression, write_percent
from facelab.exercises.reading import (
    EXPRESSION_WORDS,
    read_choice,
    read_count,
    read_expression,
    read_expressions,
    read_faces,
    read_number,
    read_place,
    read_share,
)
from facelab.exercises.texts import list_choices


def judge_hardest_pair(guess, comparison, pairs):
    """Judge by the rank of the pair: the hardest three of ten often change places from one set of draws to another."""
    named = read_expressions(guess)
    if len(named) == 1:
        return "one_alone", {"named": name_expression(named[0])}
    titles = [title for title, pair in pairs.items() if set(pair) == set(named)]
    title = titles[0] if titles else list(pairs)[read_place(guess, len(pairs))]
    ranks = comparison.means.rank(method="min")
    shown = {"pair": title, "rank": int(ranks[title]), "hardest": ranks.idxmin()}
    return "right" if ranks[title] <= 3 else "other", shown


def judge_loser(guess, comparison, condition):
    """Right is the expression with the lowest mean recall; "first" and "second", too, stand for those of the lesson."""
    rows = comparison.table.query("condition == @condition")
    recalls = rows.groupby("expression", sort=False)["recall"].mean()
    named = read_expressions(guess)
    if len(named) != 1:
        named = [read_choice(guess, {expression: EXPRESSION_WORDS[expression] for expression in recalls.index})]
    loser, low, high = recalls.idxmin(), 100 * recalls.min(), 100 * recalls.max()
    shown = {"loser": name_expression(loser), "low": write_percent(low), "high": write_percent(high)}
    return "right" if named == [loser] else "other", shown


def judge_lazy_score(guess, model, test):
    """Right is the score, give or take half a photo."""
    score, share = model.score(test.points, test.labels), read_share(guess)
    shown = {"right": round(score * len(test)), "total": len(test), "score": write_percent(100 * score)}
    if abs(share - score) <= 0.5 / len(test):
        return "right", shown
    return "coin" if abs(share - 0.5) < 0.01 else "other", shown


def judge_enough(amount, comparison):
    """Right is the smallest number of photos whose mean is at most 0.05 below that of the largest."""
    means = comparison.means
    enough = means.index[means >= means.iloc[-1] - 0.05][0]
    number = f"{read_number(amount):g}"
    if number not in means.index:
        return "not_tried", {"tried": ", ".join(means.index)}
    shown = {"number": number, "mean": f"{means[number]:.3f}", "most": f"{means.iloc[-1]:.3f}"}
    if number == enough:
        return "right", shown
    return "too_few" if float(number) < float(enough) else "too_many", shown


def judge_tipped_set(faces, first, second):
    """Right is a set with 4 faces of the first expression and 36 of the second, each once and with its own label."""
    counts = read_faces(faces).counts()
    if counts == {first: 4, second: 36}:
        return "right" if _are_as_drawn(faces) else "other_faces", {}
    if counts == {first: 36, second: 4}:
        return "not_turned", {}
    found = ", ".join(f"{name_expression(name)} {count}" for name, count in counts.items())
    return "other_counts", {"found": found or "0", "first": name_expression(first), "second": name_expression(second)}


def judge_parrot(guess, score):
    """Right is the score of the parrot on what it has memorised, give or take 0.05."""
    share = read_share(guess)
    if abs(share - score) <= 0.05:
        return "right", {}
    return "half" if 0.4 <= share <= 0.6 else "other", {"score": f"{score:.2f}"}


def judge_split(parts, dataset):
    """Right are two parts that make up the data set, the second with 10 faces, and have no face in common."""
    if not isinstance(parts, (tuple, list)) or len(parts) != 2:
        return "not_two", {}
    train, test = map(read_faces, parts)
    shown = {"train": len(train), "test": len(test)}
    if _count_shared(train, test):
        return "shared", {"shared": _count_shared(train, test)}
    if (len(train), len(test)) == (len(dataset) - 10, 10):
        return "right" if _count_faces(train, test) == _count_faces(dataset) else "other_faces", shown
    return "swapped" if (len(test), len(train)) == (len(dataset) - 10, 10) else "other_sizes", shown


def judge_spread(guess, scores, test):
    """Right is the distance between the best and the worst score, if less than a photo is missing."""
    spread, weight = max(scores) - min(scores), 100 / len(test)
    number = read_count(guess, 100)
    shown = {"spread": f"{spread:.1f}", "photos": round(spread / weight)}
    if abs(number - spread) < weight:
        return "right", shown
    return "narrower" if number < spread else "wider", shown


def judge_champion(guess, score, test):
    """Right is the score of the best coin, give or take one photo."""
    points = 100 * read_share(guess)
    if abs(points - score) <= 100 / len(test):
        return "right", {"score": f"{score:g}"}
    return "average" if 45 <= points <= 55 else "other", {"score": f"{score:g}"}


def judge_doubt(guess, longest, threshold):
    """Judge within a tenth of the photos: nobody can count bars that have not been seen."""
    count = int(np.sum(np.asarray(longest) < threshold))
    number, shown = read_count(guess, len(longest)), {"count": count, "total": len(longest)}
    if abs(number - count) <= len(longest) / 10:
        return "right", shown
    return "fewer" if number < count else "more", shown


def judge_best_known(answer, report):
    """Right is an expression of which no other has a higher recall."""
    recalls, named = report.recall, read_expression(answer)
    shown = {"expression": name_expression(named), "recall": write_percent(100 * recalls.get(named, 0))}
    return "right" if recalls.get(named) == max(recalls.values()) else "other", shown


def judge_honesty(answer, confidence, right):
    """Judge by the gap between the mean confidence and the share of right answers, and by how sure that gap is."""
    confidence, right = np.asarray(confidence, dtype=float), 100 * np.asarray(right, dtype=float)
    gap, error = right.mean() - confidence.mean(), right.std() / np.sqrt(len(right))
    fitting = {"modest" if gap > 0 else "boastful"} | ({"just_right"} if abs(gap) <= max(3, 2 * error) else set())
    shown = {"confidence": write_percent(confidence.mean()), "share": write_percent(right.mean())}
    return "right" if read_choice(answer, list_choices("06.3")) in fitting else "other", shown


def judge_turned_photo(guess, before, after):
    """Right is whether both verdicts are the same."""
    same = before.label == after.label and before.likeliest == after.likeliest
    choice = read_choice(guess, list_choices("06.4"))
    return "right" if (choice == "same") == same else "other", {"before": before.message, "after": after.message}


def _are_as_drawn(faces):
    """Tell whether no face is there twice, and each of the shipped ones has the label that it came with."""
    known, found = dict(_count_faces(load_sample()).keys()), _count_faces(faces)
    return len(found) == len(faces) and all(known.get(points, label) == label for points, label in found)


def _count_faces(*parts):
    """Count each face together with its label."""
    points = [each.tobytes() for part in parts for each in part.points]
    return Counter(zip(points, np.concatenate([part.labels for part in parts]).tolist(), strict=True))


def _count_shared(train, test):
    known = {points.tobytes() for points in train.points}
    return sum(points.tobytes() in known for points in test.points)
