"""Faces that show none of the five expressions: no model has learned them; it should answer "cannot tell"."""

from __future__ import annotations

import zlib

import numpy as np

from data.making.render.people import draw_person
from data.making.render.recipes import split_sides
from data.making.render.sets import PEOPLE, SEED, Picture
from data.making.render.shots import draw_shot

CAST = range(PEOPLE, PEOPLE + 10)  # people who are not among the faces
SPREAD = (0.8, 1.05)
# Per kind the weight of each shape; a name with _L or _R moves one side alone.
KINDS = {
    "disgust": {"noseSneer": 1.0, "mouthUpperUp": 0.7, "browDown": 0.4, "eyeSquint": 0.5, "mouthFrown": 0.3},
    "fear": {"browInnerUp": 0.9, "browDown": 0.35, "eyeWide": 0.95, "mouthStretch": 0.9, "jawOpen": 0.15},
    "contempt": {"mouthSmile_L": 0.75, "mouthDimple_L": 0.6, "mouthPress_R": 0.4, "eyeSquint": 0.25},
    "wink": {"eyeBlink_L": 1.0, "cheekSquint_L": 0.7, "mouthSmile_L": 0.4, "mouthDimple_L": 0.3},
    "kiss": {"mouthPucker": 1.0, "mouthFunnel": 0.3, "eyeBlink": 0.35},
    "puffed cheeks": {"cheekPuff": 1.0, "mouthPress": 0.7, "mouthPucker": 0.35, "browOuterUp": 0.3},
    "mouth aside": {"mouthLeft": 0.9, "jawLeft": 0.5, "mouthPucker": 0.3, "browDown_L": 0.3},
    "asleep": {"eyeBlink": 1.0, "jawOpen": 0.05},
}


def plan_others() -> list[Picture]:
    """Plan the photos of the other expressions: every kind, by each of ten people.

    >>> len(plan_others()), plan_others()[0].file
    (80, 'p060_disgust.jpg')
    """
    return [plan_other(draw_person(index, SEED), kind) for index in CAST for kind in KINDS]


def plan_other(person, kind: str) -> Picture:
    """Plan one photo of a person and a kind."""
    file = f"{person.name}_{kind.replace(' ', '_')}.jpg"
    rng = np.random.default_rng([SEED, zlib.crc32(file.encode())])
    weights = {shape: weight * rng.uniform(*SPREAD) for shape, weight in KINDS[kind].items()}
    one_sided = {shape: weight for shape, weight in weights.items() if shape.endswith(("_L", "_R"))}
    both = split_sides({shape: weight for shape, weight in weights.items() if shape not in one_sided}, rng)
    row = {"file": file, "person": person.name, "kind": kind}
    return Picture(file, person, {**both, **one_sided}, draw_shot(person, 0, kind, SEED), row)
