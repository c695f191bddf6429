"""Teach the kit what a covered face looks like: `python -m data.making.coverings` writes facelab/faces/covering.json.

It paints over the shipped faces (`covers.py`), spoils some of the pictures as bad cameras do, and fits one small neural
network to each part of the face. Nothing here runs when pupils use the kit.
"""

import json

import numpy as np
from joblib import Parallel, delayed
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from tqdm.auto import tqdm

import facelab
from data.making.cameras import maybe_spoil, spoil
from data.making.covers import COVERINGS, HARMLESS, turn
from facelab.faces.covering import COVERABLE, WEIGHTS, describe_parts, half_widths, view_of
from facelab.faces.geometry import face_size
from facelab.faces.mesh import find_points

HELD_OUT = 4  # every fourth person is left out, so that there are faces on which to try what was learned
PROCESSES = 2  # each paints over its share of the faces
ROUNDS = 2  # in which all faces are painted over anew; each trains a network, and their mean counts
FIRST_SEED = 10  # of its random numbers
CELLS = 32  # of the network of each part
SHAKES = 3  # of each picture
LEAST_BRIGHT = 60  # a darker picture teaches nothing


def paint_examples(random, image, points):
    """Yield pictures made from one clear face, each with the part that is covered, or None."""
    yield image, None
    yield spoil(random, image), None
    for put in random.choice(HARMLESS, 3, replace=False):
        yield maybe_spoil(random, put(random, image, points)), None
    for part, ways in COVERINGS.items():
        for put in random.choice(ways, min(3, len(ways)), replace=False):
            yield maybe_spoil(random, put(random, image, points)), part


def describe_examples(faces, seed=0):
    """Paint over all faces; returns measures (n, 3, 2, 120), shares of width (n, 2), and the covered parts, (n,)."""
    random, shaking, described = np.random.default_rng(seed), np.random.default_rng([seed, 1]), []
    for image, points in zip(tqdm(faces.images), faces.points, strict=True):
        for picture, part in paint_examples(random, image, points[:, :2].astype(float)):
            found = find_points(picture)
            if found:  # as Face Mesh sees the covered face: its points move
                largest = max(found, key=face_size)
                described += [(*each, part) for each in describe_often(shaking, picture, largest)]
    measures, widths, covered = zip(*described, strict=True)
    return np.array(measures), np.array(widths), np.array(covered)


def describe_often(random, picture, points):
    """Yield measures and widths of a face, as it is and with shaken points: those of real people lie less exactly."""
    for spots in (points, *(shake(random, points) for _ in range(SHAKES))):
        view = view_of(facelab.Face.from_photo(picture, spots))
        if view.bright >= LEAST_BRIGHT:
            yield describe_parts(view), half_widths(view.points)


def shake(random, points):
    """Turn, stretch and shift the points of a face a little."""
    centre, shift = points[:, :2].mean(axis=0), random.normal(0, 0.012 * face_size(points), 2)
    stretch = (1 + random.normal(0, 0.04)) * np.eye(2) + random.normal(0, 0.02, (2, 2))
    flat = turn((points[:, :2] - centre) @ stretch, random.normal(0, 3)) + centre + shift
    return np.column_stack([flat, points[:, 2]]).astype(np.float32)


def learn_part(measures, widths, is_covered):
    """Fit a small network to the halves that can be seen; returns its plain numbers, see covering.py."""
    seen = widths > 0.3
    model = make_pipeline(StandardScaler(), MLPClassifier((CELLS,), alpha=1, max_iter=30, random_state=0))
    model.fit(measures[seen], np.repeat(is_covered[:, None], 2, axis=1)[seen])
    scaler, network = model
    weights = network.coefs_[0] / scaler.scale_[:, None]
    return {
        "weights": weights,
        "offsets": network.intercepts_[0] - scaler.mean_ @ weights,
        "votes": network.coefs_[1][:, 0],
        "offset": network.intercepts_[1][0],
    }


def learn():
    """Learn all parts from three quarters of the shipped people and write the file that the kit reads."""
    faces = facelab.load_sample()
    held_out = np.isin(faces.people, np.unique(faces.people)[::HELD_OUT])
    shares = [np.flatnonzero(~held_out)[first::PROCESSES] for first in range(PROCESSES)] * ROUNDS
    work = (delayed(describe_examples)(faces.select(share), seed) for seed, share in enumerate(shares, FIRST_SEED))
    described = Parallel(n_jobs=PROCESSES)(work)
    rounds = (zip(*described[first : first + PROCESSES], strict=True) for first in range(0, len(shares), PROCESSES))
    save_weights([[np.concatenate(each) for each in parts] for parts in rounds])


def save_weights(rounds):
    """Fit each part to its coverings and all that covers nothing, and write the file that the kit reads."""
    learned = {}
    for place, part in enumerate(COVERABLE):
        networks = []
        for measures, widths, covered in rounds:
            use = (covered == part) | np.equal(covered, None)
            networks.append(learn_part(measures[use, place], widths[use], covered[use] == part))
        learned[part] = merge_networks(networks)
    WEIGHTS.write_text(json.dumps(learned) + "\n", encoding="utf-8")


def merge_networks(networks):
    """Put networks side by side into one whose score is the mean of theirs."""
    merged = {name: np.concatenate([each[name] for each in networks], axis=-1) for name in ("weights", "offsets")}
    merged["votes"] = np.concatenate([each["votes"] for each in networks]) / len(networks)
    merged["offset"] = np.mean([each["offset"] for each in networks])
    return {name: np.round(numbers, 3).tolist() for name, numbers in merged.items()}


if __name__ == "__main__":
    learn()
