"""Which shapes of the head model make a face joyful, sad, surprised, angry or neutral, and by how much.

Each expression is a mixture of variants, because people laugh and smile, sulk and cry. A variant says for each
shape between which two weights it lies; the numbers were fitted so that the mean and the spread of the named
measurements, read off the renders, follow those of photos of people (see fit.py and the datasheet).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

EXPRESSIONS = ("joy", "sadness", "surprise", "anger", "neutral")
# Shapes that exist once; every other shape has a left and a right half.
SINGLE_SHAPES = frozenset(
    ("jawForward", "jawLeft", "jawOpen", "jawRight", "mouthClose", "mouthFunnel", "mouthLeft", "mouthPucker")
    + ("mouthRight", "mouthRollLower", "mouthRollUpper", "mouthShrugLower", "mouthShrugUpper")
)
ASYMMETRY = 0.10
STRONGEST = 1.1


@dataclass(frozen=True)
class Variant:
    """One way to show an expression: its share of the expression's photos, and per shape the least and most weight."""

    share: float
    shapes: dict[str, tuple[float, float]]


RECIPES = {
    "joy": {
        "closed": Variant(
            0.25,
            {
                "mouthSmile": (0.49, 0.96),
                "cheekSquint": (0.17, 0.8),
                "eyeSquint": (0, 0.31),
                "mouthPress": (0.02, 0.55),
                "mouthDimple": (0, 0.16),
                "browOuterUp": (0.29, 0.56),
                "mouthStretch": (0.11, 0.43),
            },
        ),
        "toothy": Variant(
            0.51,
            {
                "mouthSmile": (0.39, 0.86),
                "cheekSquint": (0.21, 0.85),
                "eyeSquint": (0.07, 0.49),
                "jawOpen": (0, 0.07),
                "mouthUpperUp": (0, 0.21),
                "mouthLowerDown": (0.16, 0.59),
                "mouthStretch": (0.24, 0.67),
            },
        ),
        "laughing": Variant(
            0.24,
            {
                "mouthSmile": (0.53, 1.01),
                "cheekSquint": (0.45, 1.08),
                "eyeSquint": (0.12, 0.54),
                "jawOpen": (0.2, 0.47),
                "mouthUpperUp": (0.15, 0.52),
                "mouthLowerDown": (0.15, 0.47),
                "mouthStretch": (0, 0.4),
                "browOuterUp": (0, 0.17),
            },
        ),
    },
    "sadness": {
        "quiet": Variant(
            0.29,
            {
                "browInnerUp": (0.28, 0.86),
                "browDown": (0, 0.38),
                "mouthFrown": (0.42, 0.96),
                "mouthShrugLower": (0, 0.36),
                "mouthPress": (0.15, 0.52),
                "eyeLookDown": (0, 0.31),
                "eyeBlink": (0.06, 0.18),
            },
        ),
        "pouting": Variant(
            0.37,
            {
                "browInnerUp": (0.3, 0.89),
                "browDown": (0, 0.33),
                "mouthFrown": (0.53, 1.01),
                "mouthShrugLower": (0.65, 1.1),
                "mouthPucker": (0.05, 0.37),
                "eyeLookDown": (0.0, 0.27),
                "eyeBlink": (0.06, 0.16),
            },
        ),
        "crying": Variant(
            0.34,
            {
                "browInnerUp": (0.37, 0.96),
                "browDown": (0.26, 0.63),
                "mouthFrown": (0.37, 0.96),
                "mouthStretch": (0.11, 0.64),
                "cheekSquint": (0.28, 0.7),
                "eyeSquint": (0.02, 0.34),
                "jawOpen": (0, 0.06),
                "mouthLowerDown": (0.11, 0.54),
                "mouthUpperUp": (0.22, 0.48),
                "noseSneer": (0.04, 0.36),
            },
        ),
    },
    "surprise": {
        "open": Variant(
            0.5,
            {
                "browInnerUp": (0.39, 0.92),
                "browOuterUp": (0.38, 0.92),
                "eyeWide": (0.45, 0.98),
                "jawOpen": (0.31, 0.74),
                "mouthFunnel": (0, 0.38),
            },
        ),
        "small": Variant(
            0.33,
            {
                "browInnerUp": (0.44, 0.91),
                "browOuterUp": (0.49, 0.91),
                "eyeWide": (0.39, 0.87),
                "jawOpen": (0.31, 0.48),
                "mouthFunnel": (0.42, 0.84),
                "mouthPucker": (0, 0.29),
            },
        ),
        "wow": Variant(
            0.17,
            {
                "browInnerUp": (0.4, 0.93),
                "browOuterUp": (0.38, 0.92),
                "eyeWide": (0.47, 1.0),
                "jawOpen": (0.38, 0.81),
                "mouthSmile": (0, 0.16),
                "mouthUpperUp": (0, 0.1),
            },
        ),
    },
    "anger": {
        "pressed": Variant(
            0.21,
            {
                "browDown": (0.78, 1.1),
                "noseSneer": (0.23, 0.66),
                "eyeSquint": (0, 0.42),
                "mouthPress": (0.41, 1.05),
                "mouthShrugLower": (0.11, 0.54),
                "mouthRollLower": (0.02, 0.34),
                "mouthFrown": (0.37, 0.79),
                "mouthStretch": (0.09, 0.41),
            },
        ),
        "shouting": Variant(
            0.35,
            {
                "browDown": (0.64, 1.06),
                "noseSneer": (0.3, 0.83),
                "eyeSquint": (0, 0.42),
                "jawOpen": (0.11, 0.58),
                "mouthUpperUp": (0.29, 0.61),
                "mouthLowerDown": (0.1, 0.53),
                "mouthStretch": (0.19, 0.61),
                "mouthFunnel": (0, 0.29),
                "mouthFrown": (0.03, 0.46),
            },
        ),
        "shouting wide-eyed": Variant(
            0.26,
            {
                "browDown": (0.55, 0.97),
                "noseSneer": (0.17, 0.6),
                "eyeWide": (0.38, 0.91),
                "jawOpen": (0.04, 0.52),
                "mouthUpperUp": (0.24, 0.56),
                "mouthLowerDown": (0.18, 0.5),
                "mouthStretch": (0.0, 0.32),
                "mouthFunnel": (0, 0.42),
                "mouthFrown": (0.11, 0.43),
            },
        ),
        "bared": Variant(
            0.18,
            {
                "browDown": (0.64, 1.07),
                "noseSneer": (0.32, 0.85),
                "eyeSquint": (0.17, 0.6),
                "jawOpen": (0.08, 0.24),
                "mouthUpperUp": (0.18, 0.61),
                "mouthLowerDown": (0.48, 1.01),
                "mouthStretch": (0.41, 0.94),
                "mouthFrown": (0.05, 0.37),
            },
        ),
    },
    "neutral": {
        "closed": Variant(
            0.78,
            {
                "mouthPress": (0.18, 0.5),
                "eyeLookDown": (0.02, 0.18),
            },
        ),
        "parted": Variant(
            0.22,
            {
                "jawOpen": (0.02, 0.12),
                "mouthLowerDown": (0.06, 0.32),
            },
        ),
    },
}
# What faces do a little, all the time: the spread of a half-normal distribution.
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


def draw_recipe(expression: str, rng: np.random.Generator) -> tuple[str, dict[str, float]]:
    """Draw one way to show an expression.

    Args:
        expression: joy, sadness, surprise, anger or neutral.
        rng: where the randomness comes from; the same state gives the same recipe.

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
    weights = {shape: rng.uniform(least, most) for shape, (least, most) in variants[name].shapes.items()}
    for shape, spread in RESTING.items():
        weights[shape] = weights.get(shape, 0.0) + abs(rng.normal(0, spread))
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
