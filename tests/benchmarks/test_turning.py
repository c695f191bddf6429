"""How many upright photos of yours are read the wrong way up once they were turned and put into a larger one."""

import os
from pathlib import Path

import numpy as np
import pytest

import facelab
from facelab.dataset.labelled import SAMPLE
from facelab.faces.landmarks import BROWS, CHIN

UP = [(0, -1), (-1, 0), (0, 1), (1, 0)]  # where the forehead is after so many quarter turns to the left


@pytest.fixture(scope="module")
def photos():
    """Photos of the folder that FACELAB_PHOTOS names, or else shipped faces: at most FACELAB_NUMBER, 150 without it."""
    paths = sorted(Path(os.environ.get("FACELAB_PHOTOS", SAMPLE)).glob("*.jpg"))
    chosen = np.linspace(0, len(paths) - 1, min(int(os.environ.get("FACELAB_NUMBER", 150)), len(paths))).astype(int)
    read = (facelab.read_photo(paths[place]) for place in chosen)
    return [photo for photo in read if max(photo.shape) >= 200]


def put_into_larger(photo, turns):
    turned = np.rot90(photo, turns)
    height, width = turned.shape[:2]
    larger = np.full((max(600, height + 250), max(800, width + 250), 3), 150, np.uint8)
    larger[100 : 100 + height, 200 : 200 + width] = turned
    return larger


def is_right(face, turns):
    up = face.points[list(BROWS), :2].mean(axis=0) - face.points[CHIN, :2]
    return up @ UP[turns] > 0.7 * np.linalg.norm(up)


def test_turned_faces_are_read_the_right_way_up(benchmark, photos):
    def count():
        found = [(facelab.find_faces(put_into_larger(photo, turns)), turns) for photo in photos for turns in range(4)]
        wrong = [(each.problem, turns) for each, turns in found if each.faces and not is_right(each.faces[0], turns)]
        fine = [turns for each, turns in found if each.problem is None]
        return {
            "turned": 3 * len(photos),
            "wrong": sum(turns > 0 for _, turns in wrong),
            "wrong but fine": sum(problem is None for problem, _ in wrong),
            "upright": len(photos),
            "upright wrong": sum(turns == 0 for _, turns in wrong),
            "upright fine": fine.count(0),
        }

    told = benchmark.pedantic(count)
    benchmark.extra_info |= told
    assert told["wrong"] <= 0.02 * told["turned"] and told["upright wrong"] == 0
