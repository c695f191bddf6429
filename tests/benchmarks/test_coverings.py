"""How many covered faces are refused, and how many open ones: on your own photos, with coverings drawn upon them."""

import os
from pathlib import Path

import numpy as np
import pytest

import facelab
from facelab.dataset.labelled import SAMPLE
from facelab.files import read_table
from tests.benchmarks import painting

SCENES = Path(facelab.__file__).parents[1] / "data" / "scenes"


@pytest.fixture(scope="module")
def photos():
    """Photos of the folder that FACELAB_PHOTOS names, or else shipped faces: at most FACELAB_NUMBER, 150 without it."""
    folder = os.environ.get("FACELAB_PHOTOS", SAMPLE)
    paths = sorted(path for path in Path(folder).rglob("*") if path.suffix.lower() in (".jpg", ".jpeg", ".png"))
    chosen = np.linspace(0, len(paths) - 1, min(int(os.environ.get("FACELAB_NUMBER", 150)), len(paths))).astype(int)
    return [facelab.read_photo(paths[place]) for place in chosen]


@pytest.fixture(scope="module")
def detections(photos):
    return [facelab.find_faces(photo) for photo in photos]


def test_open_faces_are_not_refused(benchmark, photos, detections):
    problems = benchmark.pedantic(lambda: [found.problem for found in detections])
    benchmark.extra_info |= {problem: problems.count(problem) for problem in set(problems) if problem}
    assert problems.count("covered") / len(problems) <= 0.03


@pytest.mark.parametrize("kind", painting.COVERINGS)
def test_covered_faces_are_refused(benchmark, photos, detections, kind):
    random = np.random.default_rng(0)
    covered = [
        painting.cover(random, photo, found.faces[0].points, draw)
        for photo, found in zip(photos, detections, strict=True)
        if found.problem is None
        for draw in painting.COVERINGS[kind]
    ]
    refused = benchmark.pedantic(lambda: np.mean([facelab.find_faces(photo).problem is not None for photo in covered]))
    benchmark.extra_info |= {"photos": len(covered), "refused": refused}
    assert refused >= 0.95


def test_the_scenes_come_out_as_expected(benchmark):
    rows = read_table(SCENES / "scenes.csv")
    paths = [SCENES / row["file"] for row in rows]
    told = benchmark.pedantic(facelab.find_faces_in, [paths], {"progress": False})
    problems = {row["file"]: found.problem or "" for row, found in zip(rows, told, strict=True)}
    wrong = {row["file"]: problems[row["file"]] for row in rows if row["outcome"] != problems[row["file"]]}
    benchmark.extra_info |= {"scenes": len(rows), "wrong": wrong}
    assert len(wrong) <= 0.05 * len(rows)
