"""Teach the kit when to look again at a face: `python -m data.making.turning` writes facelab/faces/turning.json.

Shipped faces, most of them spoilt as bad cameras do it, are looked at upright and turned, and a logistic regression
learns to tell which of them Face Mesh has read the wrong way up. Nothing here runs when pupils use the kit.
"""

import json

import cv2
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from tqdm.auto import tqdm

import facelab
from data.making.cameras import maybe_spoil
from facelab.faces.covering import describe_parts, half_widths, view_of
from facelab.faces.landmarks import OUTER_EYES
from facelab.faces.mesh import find_points
from facelab.faces.turning import WEIGHTS, sum_edges

HEIGHT, WIDTH = 800, 1000  # of the larger photos into which every other face is pasted
DIGITS = 4


def paste(random, image):
    """Paste a face somewhere into a larger photo of plain, cloudy colours."""
    clouds = random.integers(40, 220, (6, 8, 3)).astype(np.float32)
    photo = cv2.resize(clouds, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC).clip(0, 255).astype(np.uint8)
    top, left = (random.integers(0, whole - part) for whole, part in zip((HEIGHT, WIDTH), image.shape, strict=False))
    photo[top : top + image.shape[0], left : left + image.shape[1]] = image
    return photo


def angle_of(points):
    """Return how far the line through the eyes is turned, in degrees."""
    across = points[OUTER_EYES[1], :2] - points[OUTER_EYES[0], :2]
    return float(np.degrees(np.arctan2(across[1], across[0])))


def is_wrong(points, upright, turns):
    """Tell whether the points of a picture turned by quarter turns stand otherwise than those of the upright one."""
    return abs((angle_of(points) - angle_of(upright) + 90 * turns + 180) % 360 - 180) > 45


def list_examples(faces, seed=5):
    """Yield what describes each reading, 240 numbers, and whether it is the wrong way up."""
    random = np.random.default_rng(seed)
    for image, points in zip(tqdm(faces.images), faces.points, strict=True):
        for turns in range(4):
            for pasted in (False, True):
                picture = np.ascontiguousarray(np.rot90(maybe_spoil(random, image), turns))
                picture = paste(random, picture) if pasted else picture
                for found in find_points(picture)[:1]:
                    view = view_of(facelab.Face.from_photo(picture, found))
                    yield sum_edges(describe_parts(view), half_widths(view.points)), is_wrong(found, points, turns)


def main():
    measures, wrong = map(np.array, zip(*list_examples(facelab.load_sample()[::2]), strict=True))
    model = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=2000, class_weight="balanced"))
    scale, last = model.fit(measures, wrong)[0], model[-1]
    weights = last.coef_[0] / scale.scale_
    learned = {"offset": float(last.intercept_[0] - weights @ scale.mean_), "weights": weights.tolist()}
    learned = {
        "offset": round(learned["offset"], DIGITS),
        "weights": [round(each, DIGITS) for each in learned["weights"]],
    }
    WEIGHTS.write_text(json.dumps(learned) + "\n", encoding="utf-8")
    print(f"{len(wrong)} readings, {wrong.sum()} the wrong way up; told apart: {model.score(measures, wrong):.3f}")


if __name__ == "__main__":
    main()
