"""How near the rendered faces are to photos of people: measurements per expression, and the score of a model.

The recipes' numbers were chosen so that mean and spread of each measurement, as Face Mesh reads it off the renders,
follow those of photos. Give a folder of labelled photos of your own: its labels.csv has the columns file and label.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

import facelab
from data.making.render.recipes import EXPRESSIONS
from facelab.files import load_points, read_table
from facelab.model.features import FaceFeatures

RESAMPLES = 2000


def compare_folders(faces: Path, photos: Path) -> str:
    """Compare rendered faces with photos of people.

    Args:
        faces: folder with faces.csv and points.npz.
        photos: folder with labels.csv (file, label and, if known, person) and the photos.

    Returns:
        Markdown: mean and spread of each measurement per expression, and the score of a model trained on the faces
        and tested on the photos.

    Raises:
        ValueError: one of the folders does not hold what it should.
    """
    real_points, real_labels, real_people = read_photos(photos)
    made_points, made_labels, _ = load_faces(faces)
    table = compare_measurements(made_points, made_labels, real_points, real_labels)
    score = score_transfer(made_points, made_labels, real_points, real_labels, real_people)
    return table + "\n\n" + score


def load_faces(folder: Path) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Load points (n, 478, 3), expressions (n,) and people (n,) of a folder with faces.csv and points.npz."""
    points = load_points(folder / "points.npz")
    rows = [row for row in read_table(folder / "faces.csv") if row["file"] in points]
    if not rows:
        raise ValueError(f"The folder '{folder}' holds no faces with points: run the step 'publish' first.")
    return (
        np.array([points[row["file"]] for row in rows]),
        np.array([row["expression"] for row in rows]),
        np.array([row["person"] for row in rows]),
    )


def read_photos(folder: Path | None) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Read points (n, 478, 3), expressions (n,) and people (n,) off the photos of a folder with labels.csv.

    A photo in which no face is found is left out; without a column person, each photo counts as a person.
    """
    rows = read_table(Path(folder) / "labels.csv") if folder else []
    if not rows:
        raise ValueError(f"There are no labelled photos in '{folder or ''}': give --photos a folder with a labels.csv.")
    detections = facelab.find_faces_in([Path(folder) / row["file"] for row in rows])
    found = [
        (row, detection.faces[0].points) for row, detection in zip(rows, detections, strict=True) if detection.faces
    ]
    return (
        np.array([points for _, points in found]),
        np.array([row["label"] for row, _ in found]),
        np.array([row.get("person") or row["file"] for row, _ in found]),
    )


def compare_measurements(
    made_points: np.ndarray, made_labels: np.ndarray, real_points: np.ndarray, real_labels: np.ndarray
) -> str:
    """Write one Markdown row per measurement and expression: mean and spread of the renders, and of the photos."""
    made, real = FaceFeatures().transform(made_points), FaceFeatures().transform(real_points)
    lines = ["| measurement | " + " | ".join(EXPRESSIONS) + " |", "|---" * (len(EXPRESSIONS) + 1) + "|"]
    for column, name in enumerate(FaceFeatures().get_feature_names_out()):
        cells = [
            f"{describe(made[made_labels == expression, column])} / {describe(real[real_labels == expression, column])}"
            for expression in EXPRESSIONS
        ]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def describe(values: np.ndarray) -> str:
    """Write mean and standard deviation of values (n,).

    >>> describe(np.array([1.0, 3.0]))
    '2.00±1.00'
    """
    return f"{values.mean():.2f}±{values.std():.2f}"


def score_transfer(
    made_points: np.ndarray,
    made_labels: np.ndarray,
    real_points: np.ndarray,
    real_labels: np.ndarray,
    real_people: np.ndarray,
    seed: int = 0,
) -> str:
    """Train the kit's model on the renders, test it on the photos; the interval comes from resampling people."""
    answers = facelab.expression_model().fit(made_points, made_labels).predict(real_points)
    rng = np.random.default_rng(seed)
    people = np.unique(real_people)
    places = {person: np.flatnonzero(real_people == person) for person in people}
    draws = [np.concatenate([places[person] for person in rng.choice(people, len(people))]) for _ in range(RESAMPLES)]
    low, high = np.percentile([measure_recalls(real_labels[draw], answers[draw]).mean() for draw in draws], [2.5, 97.5])
    recalls = measure_recalls(real_labels, answers)
    words = ", ".join(f"{name} {recall:.2f}" for name, recall in zip(EXPRESSIONS, recalls, strict=True))
    return f"Balanced accuracy {recalls.mean():.3f} (95 % interval {low:.3f} to {high:.3f}); recall: {words}."


def measure_recalls(labels: np.ndarray, answers: np.ndarray) -> np.ndarray:
    """Return for each expression the share of its faces that were answered right.

    >>> labels = np.array(["joy", "sadness", "surprise", "anger", "neutral", "neutral"])
    >>> measure_recalls(labels, np.array(["joy", "sadness", "surprise", "anger", "neutral", "joy"])).tolist()
    [1.0, 1.0, 1.0, 1.0, 0.5]
    """
    return np.array([np.mean(answers[labels == expression] == expression) for expression in EXPRESSIONS])
