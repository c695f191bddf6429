"""Which shapes of the head model make a face joyful, sad, surprised, angry or neutral, and by how much.

Each expression is a mixture of variants, because people laugh and smile, sulk and cry. A variant says for each
shape between which two weights it lies; the numbers were fitted so that the mean and the spread of the named
measurements, read off the renders, follow those of photos of people (see fit.py and the datasheet).
"""

from __future__ import annotations

import numpy as np

from data.making.render.variants import RECIPES, STRENGTH, SUBTLE

EXPRESSIONS = ("joy", "sadness", "surprise", "anger", "neutral")
# Shapes that exist once; every other shape has a left and a right half.
SINGLE_SHAPES = frozenset(
    ("jawForward", "jawLeft", "jawOpen", "jawRight", "mouthClose", "mouthFunnel", "mouthLeft", "mouthPucker")
    + ("mouthRight", "mouthRollLower", "mouthRollUpper", "mouthShrugLower", "mouthShrugUpper")
)
ASYMMETRY = 0.10
STRONGEST = 1.1
# What faces do a little, all the time: the spread of a half-normal distribution, so many times wider in later shots.
RESTLESS = 1.6
RESTING = {
    "browDown": 0.22,
    "browInnerUp": 0.06,
    "browOuterUp": 0.06,
    "eyeSquint": 0.06,
    "eyeBlink": 0.05,
    "mouthFrown": 0.08,
    "mouthPress": 0.12,
    "mouthPucker": 0.08,
    "mouthRollLower": 0.08,
    "mouthDimple": 0.05,
    "cheekSquint": 0.05,
}


def draw_recipe(expression: str, rng: np.random.Generator, subtle: bool = False) -> tuple[str, dict[str, float]]:
    """Draw one way to show an expression.

    Args:
        expression: joy, sadness, surprise, anger or neutral.
        rng: where the randomness comes from; the same state gives the same recipe.
        subtle: whether it is shown less plainly: sometimes strongly, sometimes hardly, in a more restless face.

    Returns:
        The name of the variant, and the weight (0 to 1.1) of each expression shape of the head model.

    Raises:
        KeyError: `expression` is none of the five.

    >>> variant, weights = draw_recipe("joy", np.random.default_rng(1))
    >>> variant in RECIPES["joy"] and weights["mouthSmile_L"] > 0.3
    True
    """
    variants = RECIPES[expression]
    name = str(rng.choice(list(variants), p=[variant.share for variant in variants.values()]))
    changes = SUBTLE.get(expression, {}).get(name, {}) if subtle else {}
    shapes = {**variants[name].shapes, **changes}
    strength = rng.uniform(*STRENGTH[expression]) if subtle else 1.0
    weights = {shape: strength * rng.uniform(least, most) for shape, (least, most) in shapes.items()}
    for shape, spread in RESTING.items():
        weights[shape] = weights.get(shape, 0.0) + abs(rng.normal(0, spread * (RESTLESS if subtle else 1.0)))
    return name, {**split_sides(weights, rng), **draw_gaze(rng)}


def split_sides(weights: dict[str, float], rng: np.random.Generator, asymmetry: float = ASYMMETRY) -> dict[str, float]:
    """Give each shape its left and right half, a little unlike each other as in every living face.

    >>> split_sides({"jawOpen": 0.5, "eyeWide": 0.2}, np.random.default_rng(0), asymmetry=0)
    {'jawOpen': 0.5, 'eyeWide_L': 0.2, 'eyeWide_R': 0.2}
    """
    halves = {}
    for shape, weight in weights.items():
        for name in [shape] if shape in SINGLE_SHAPES else [f"{shape}_L", f"{shape}_R"]:
            factor = 1.0 if shape in SINGLE_SHAPES else 1 + rng.normal(0, asymmetry)
            halves[name] = round(float(np.clip(weight * factor, 0, STRONGEST)), 4)
    return halves


def draw_gaze(rng: np.random.Generator) -> dict[str, float]:
    """Turn both eyes a little to the same side; the weights of the four look-in and look-out shapes."""
    turn = round(float(rng.normal(0, 0.12)), 4)
    if turn > 0:
        return {"eyeLookOut_L": turn, "eyeLookIn_R": turn}
    return {"eyeLookOut_R": -turn, "eyeLookIn_L": -turn}
