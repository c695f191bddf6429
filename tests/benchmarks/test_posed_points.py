"""How well the ready models read people who pose for the camera, and what their own neutral face is worth.

FACELAB_POSED_POINTS names a file with `points` (n, 478, 3), `labels`, `people` and `sets`; without it these tests are
skipped. Faces of one person are alike, so every interval comes from drawing people.
"""

import os

import numpy as np
import pytest
from scipy.stats import bootstrap
from sklearn.metrics import recall_score

import facelab

FILE = os.environ.get("FACELAB_POSED_POINTS")
pytestmark = pytest.mark.skipif(not FILE, reason="FACELAB_POSED_POINTS names no file with points of posed faces")


def choose(name):
    """Return points, labels and people of one set."""
    everything = np.load(FILE)
    chosen = everything["sets"] == name
    return tuple(everything[column][chosen] for column in ("points", "labels", "people"))


def judge(answers, labels, people):
    """Return the balanced accuracy, its interval when people are drawn anew, recalls, and the calibration error."""
    found = np.array([answer.likeliest for answer in answers])
    sure = np.array([answer.percentages[answer.likeliest] / 100 for answer in answers])
    places = [np.flatnonzero(people == person) for person in np.unique(people)]

    def balance(drawn):
        at = np.concatenate([places[number] for number in np.asarray(drawn, dtype=int).ravel()])
        return recall_score(labels[at], found[at], labels=np.unique(labels), average="macro", zero_division=0)

    names = np.unique(labels)
    recalls = recall_score(labels, found, labels=names, average=None)
    spread = bootstrap([range(len(places))], balance, vectorized=False, n_resamples=500, random_state=0)
    bins = np.minimum((10 * sure).astype(int), 9)
    gaps = [abs((found == labels)[bins == each].sum() - sure[bins == each].sum()) for each in range(10)]
    return {
        "balanced": balance(range(len(places))),
        "interval": np.round(spread.confidence_interval, 3).tolist(),
        "recalls": dict(zip(names.tolist(), recalls.round(2), strict=True)),
        "calibration_error": sum(gaps) / len(found),
    }


def test_the_own_neutral_face_as_zero_whichever_photo_of_it_is_taken(benchmark):
    points, labels, people = choose("a")
    reports = {}
    for name, model in {"as it is": facelab.ready_model(), "from neutral": facelab.ready_model(True)}.items():
        reports[name] = [benchmark_shot(model, points, labels, people, shot) for shot in range(3)]
        print(name, *reports[name], sep="\n")
    benchmark.pedantic(facelab.predict_expression, [facelab.ready_model(True), points[0], 60, points[1]], rounds=3)
    means = {name: np.mean([report["balanced"] for report in each]) for name, each in reports.items()}
    print(means)
    assert means["from neutral"] >= 0.78


def benchmark_shot(model, points, labels, people, shot):
    """Ask about everybody, measured from one neutral photo each, which is no part of the test."""
    zero = {person: np.flatnonzero((people == person) & (labels == "neutral"))[shot] for person in np.unique(people)}
    asked = np.flatnonzero(~np.isin(np.arange(len(labels)), list(zero.values())))
    answers = [facelab.predict_expression(model, points[at], neutral=points[zero[people[at]]]) for at in asked]
    return judge(answers, labels[asked], people[asked])


@pytest.mark.parametrize("name", ["a", "b"])
def test_without_any_zero_point(benchmark, name):
    points, labels, people = choose(name)
    answers = [facelab.predict_expression(facelab.ready_model(), each) for each in points]
    report = benchmark.pedantic(judge, [answers, labels, people], rounds=1)
    print(name, report)
    assert report["balanced"] >= 0.5


def test_where_nobody_has_a_neutral_face_there_is_no_zero_point():
    points, labels, people = choose("b")
    faces = facelab.LabelledFaces([np.zeros((9, 9, 3), np.uint8)] * len(labels), points, labels, people)
    with pytest.raises(ValueError, match="52"):
        faces.from_neutral()
