"""Compute the figures that the teachers' pages name, as the class will see them: with the lessons' own seeds.

    python teachers/figures.py           compute them anew and write figures.json; takes some ten seconds

Scores are in points of 100. Where an experiment is repeated, a figure is {"mean", "low", "high"}: the mean of all
repeats, the lowest and the highest of them.
"""

import json
from pathlib import Path

import numpy as np

import facelab
from facelab.model.prediction import THRESHOLD

FILE = Path(__file__).with_name("figures.json")
SHEET = ("sadness", "surprise", "anger")  # of the matrix on the worksheet
QUIET = {"progress": False}


def points(share):
    """Write a share, 0 to 1, in points of 100 with one decimal."""
    return round(100 * float(share), 1)


def spread(scores):
    """Sum up the scores of all repeats."""
    return {"mean": points(np.mean(scores)), "low": points(np.min(scores)), "high": points(np.max(scores))}


def accuracies(comparison):
    return [spread(scores) for scores in comparison.accuracies.values()]


def recalls(comparison, expression):
    """Sum up the recall of one expression under each condition that has it."""
    return [spread(scores) for (_, name), scores in comparison.recalls.items() if name == expression]


def test(model, faces):
    """Test a model once: its score, the interval of it, and on how many photos."""
    report = facelab.evaluate(model, faces)
    low, high = map(points, report.interval)
    return {"score": points(report.accuracy), "low": low, "high": high, "photos": len(faces)}


def train(faces):
    return facelab.expression_model().fit(faces.points, faces.labels)


def lesson_1(faces):
    known, hidden = faces.split(test_size=0.1, by="person", seed=8)
    return {"faces": len(faces), "people": len(set(faces.people)), "hidden": test(train(known), hidden)}


def lesson_3(faces):
    amounts = {str(number): {"sadness": number, "neutral": number} for number in (2, 5, 20)}
    learned, tested = faces.take(joy=28, sadness=28, seed=1).split(test_size=16)
    return {
        "amounts": accuracies(facelab.compare(amounts, faces, **QUIET)),
        "right_labels": test(train(learned), tested)["score"],
        "spoiled_labels": test(train(learned.mislabel(0.4, seed=1)), tested)["score"],
        "wrong_labels": accuracies(facelab.compare(facelab.plan("wrong_labels"), faces, **QUIET)),
        "one_sided": recalls(facelab.compare(facelab.plan("one_sided"), faces, **QUIET), "anger"),
    }


def lesson_4(_faces):
    faces = facelab.load_sample(faint=True)
    shares = {"30 : 30": {"joy": 30, "sadness": 30}, "40 : 20": {"joy": 40, "sadness": 20}}
    amounts = {"20 + 20": {"joy": 20, "anger": 20}, "60 + 60": {"joy": 60, "anger": 60}}
    pairs = facelab.plan("all_pairs")
    ten = facelab.compare(pairs, faces, **QUIET)
    hardest, easiest = list(pairs[ten.worst]), list(pairs[ten.means.idxmax()])
    first, second = hardest
    tipped = facelab.compare(facelab.plan("strong_imbalance", first, second), faces, **QUIET)
    remedies = facelab.compare(facelab.plan("remedies", first, second), faces, **QUIET)
    curve = {str(number): dict.fromkeys(facelab.EXPRESSIONS, number) for number in (5, 10, 20, 40, 70, 100)}
    return {
        "imbalance": recalls(facelab.compare(shares, faces, test_size=30, **QUIET), "sadness"),
        "pairs": accuracies(facelab.compare(facelab.plan("pairs"), faces, test_size=30, **QUIET)),
        "hardest": hardest,
        "hardest_pair": points(ten.means.min()),
        "easiest": easiest,
        "easiest_pair": points(ten.means.max()),
        "tipped_common": recalls(tipped, first),
        "tipped_rare": recalls(tipped, second),
        "remedies_common": recalls(remedies, first),
        "remedies_rare": recalls(remedies, second),
        "amount": accuracies(facelab.compare(amounts, faces, test_size=30, **QUIET)),
        "curve": dict(zip(curve, accuracies(facelab.compare(curve, faces, **QUIET)), strict=True)),
    }


def lesson_5(faces):
    first, second = facelab.choose_pair(faces)
    dataset = faces.take({first: 20, second: 20})
    splits = [dataset.split(test_size=8, seed=seed) for seed in range(10)]
    one = {"16 : 16": {first: 16, second: 16, "by": "photo"}}
    return {
        "eight": test(train(splits[0][0]), splits[0][1]),
        "ten": spread([train(learned).score(tested.points, tested.labels) for learned, tested in splits]),
        "thirty": accuracies(facelab.compare(one, dataset, test_size=4, **QUIET))[0],
        "picked": accuracies(facelab.pick_best({first: 20, second: 20}, faces, models=10, **QUIET)),
        "leak": accuracies(facelab.compare_splits(facelab.load_sample(people=12), **QUIET)),
    }


def lesson_6(faces):
    learned, tested = faces.split(test_size=0.3, by="person", seed=0)
    few = train(learned.take(**dict.fromkeys(facelab.EXPRESSIONS, 10)))
    report = facelab.evaluate(few, tested)
    right = report.predicted == tested.labels
    narrow = train(learned.take(joy=100, sadness=100))
    neutral = tested.select(tested.labels == "neutral")
    coverage = report.coverage.loc[[THRESHOLD, 90]]
    unseen = facelab.evaluate_unseen(faces)
    skin = facelab.compare_groups(unseen, facelab.describe_sample()["skin"])[["right", "low", "high"]]
    return {
        "threshold": THRESHOLD,
        "few": test(few, tested),
        "all": test(train(learned), tested),
        "sure_right": points(report.confidence[right].mean()),
        "sure_wrong": points(report.confidence[~right].mean()),
        "answered": [points(share) for share in coverage["answered"]],
        "right_of_answered": [points(share) for share in coverage["right"]],
        "declared_by_two": points(_declared(narrow, neutral)),
        "declared_by_five": points(_declared(few, neutral)),
        "unseen": points(unseen.accuracy),
        "own_neutral": points(facelab.evaluate_unseen(faces, own_neutral=True).accuracy),
        "skin": {
            tone: dict(zip(("score", "low", "high"), map(points, skin.loc[tone]), strict=True))
            for tone in ("light", "dark")
        },
    }


def _declared(model, faces):
    """Return the share of faces that a model says are joyful or sad."""
    said = [facelab.predict_expression(model, face).label for face in faces]
    return np.mean(np.isin(np.array(said, dtype=object), ["joy", "sadness"]))


def worksheet(faces):
    """Fill the confusion matrix that pupils read on paper: 20 photos each, of people new to the model."""
    known, new = faces.split(test_size=0.5, by="person", seed=0)
    model = train(known.take(**dict.fromkeys(SHEET, 8)))
    report = facelab.evaluate(model, new.take(**dict.fromkeys(SHEET, 20)))
    return {"expressions": report.expressions, "confusion": report.confusion.tolist()}


def compute():
    """Return all figures as a dict."""
    faces = facelab.load_sample()
    return {part.__name__: part(faces) for part in (lesson_1, lesson_3, lesson_4, lesson_5, lesson_6, worksheet)}


def main():
    FILE.write_bytes((json.dumps(compute(), indent=1) + "\n").encode())


if __name__ == "__main__":
    main()
