"""Teach the kit when to look again at a face: `python -m data.making.turning` writes facelab/faces/turning.json.

Shipped faces, most of them spoilt as bad cameras do it, are looked at upright and turned. A logistic regression learns
from how half of them turn lighter and darker which Face Mesh has read the wrong way up; a second one learns from the
other half how much that tells beside how covered they look and how far their points are from making a face. Both are
linear, so one sum remains. Nothing here runs when pupils use the kit.
"""

import json

import cv2
import numpy as np
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from tqdm.auto import tqdm

import facelab
from data.making.cameras import maybe_spoil
from facelab.faces.covering import COVERABLE, describe_parts, half_widths, view_of, weigh_parts
from facelab.faces.landmarks import OUTER_EYES
from facelab.faces.mesh import find_points
from facelab.faces.quality import TURNING, sum_edges, sum_shape

HEIGHT, WIDTH = 800, 1000  # of the larger photos into which every other face is pasted
SHAPES = 40  # directions in which the points of upright faces differ most
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


def list_examples(faces, seed):
    """Yield what describes each reading (240 numbers of edges, 3 of covers, 144 of shape), and if it is upside down."""
    random = np.random.default_rng(seed)
    for image, points in zip(tqdm(faces.images), faces.points, strict=True):
        for turns in range(4):
            for pasted in (False, True):
                picture = np.ascontiguousarray(np.rot90(maybe_spoil(random, image), turns))
                picture = paste(random, picture) if pasted else picture
                for found in find_points(picture)[:1]:
                    view = view_of(facelab.Face.from_photo(picture, found))
                    measures, widths = describe_parts(view), half_widths(view.points)
                    covers = list(weigh_parts(measures, widths).values())
                    shape = sum_shape(found[None].astype(np.float64))[0]
                    yield (sum_edges(measures, widths), covers, shape), is_wrong(found, points, turns)


def learn(measures, wrong, strength):
    """Learn to tell the wrong ones by measures, (n, m); returns a weight for each measure, and the offset."""
    model = make_pipeline(StandardScaler(), LogisticRegression(C=strength, max_iter=3000, class_weight="balanced")).fit(
        measures, wrong
    )
    weights = model[-1].coef_[0] / model[0].scale_
    return weights, float(model[-1].intercept_[0] - weights @ model[0].mean_)


def main():
    faces = facelab.load_sample()
    (edges, _, _), wrong = gather(faces[::2], seed=5)
    by_edges, offset = learn(edges, wrong, 0.1)
    (edges, covers, shapes), wrong = gather(faces[1::2], seed=6)
    usual = PCA(SHAPES, random_state=0).fit(shapes[~wrong])
    seen = np.column_stack([edges @ by_edges + offset, covers, usual.transform(shapes)])
    (turned, *weights), last = learn(seen, wrong, 0.003)
    shape = usual.components_.T @ weights[3:]
    learned = {
        "offset": round(turned * offset + last, DIGITS),
        "covers": dict(zip(COVERABLE, np.round(weights[:3], DIGITS).tolist(), strict=True)),
        "edges": np.round(turned * by_edges, DIGITS).tolist(),
        "shape": np.round(shape, DIGITS).tolist(),
        "usual": round(float(usual.mean_ @ shape), DIGITS),
    }
    TURNING.write_text(json.dumps(learned) + "\n", encoding="utf-8")
    odds = seen @ [turned, *weights] + last
    print(f"{len(wrong)} readings, {wrong.sum()} the wrong way up; told apart: {np.mean((odds > 0) == wrong):.3f}")


def gather(faces, seed):
    """Return the descriptions of `list_examples` as three arrays, and which of them are wrong."""
    described, wrong = zip(*list_examples(faces, seed), strict=True)
    return [np.array(each) for each in zip(*described, strict=True)], np.array(wrong)


if __name__ == "__main__":
    main()
