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
            0.2,
            {
                "mouthSmile": (0.45, 0.9),
                "cheekSquint": (0.23, 0.82),
                "eyeSquint": (0.0, 0.4),
                "mouthPress": (0.0, 0.48),
                "mouthDimple": (0.0, 0.19),
                "browOuterUp": (0.03, 0.28),
                "mouthStretch": (0.21, 0.51),
            },
        ),
        "toothy": Variant(
            0.48,
            {
                "mouthSmile": (0.4, 0.85),
                "cheekSquint": (0.29, 0.88),
                "eyeSquint": (0.05, 0.44),
                "jawOpen": (0.0, 0.06),
                "mouthUpperUp": (0.08, 0.38),
                "mouthLowerDown": (0.28, 0.68),
                "mouthStretch": (0.33, 0.72),
            },
        ),
        "laughing": Variant(
            0.32,
            {
                "mouthSmile": (0.75, 1.1),
                "cheekSquint": (0.35, 0.95),
                "eyeSquint": (0.02, 0.41),
                "jawOpen": (0.23, 0.47),
                "mouthUpperUp": (0.11, 0.46),
                "mouthLowerDown": (0.14, 0.44),
                "mouthStretch": (0.0, 0.25),
                "browOuterUp": (0.15, 0.45),
            },
        ),
    },
    "sadness": {
        "quiet": Variant(
            0.3,
            {
                "browInnerUp": (0.33, 0.88),
                "browDown": (0.0, 0.27),
                "mouthFrown": (0.44, 0.94),
                "mouthShrugLower": (0.11, 0.5),
                "mouthPress": (0.09, 0.44),
                "eyeLookDown": (0.05, 0.28),
                "eyeBlink": (0.03, 0.14),
            },
        ),
        "pouting": Variant(
            0.28,
            {
                "browInnerUp": (0.37, 0.92),
                "browDown": (0.0, 0.22),
                "mouthFrown": (0.55, 1.0),
                "mouthShrugLower": (0.56, 1.05),
                "mouthPucker": (0.13, 0.43),
                "eyeLookDown": (0.05, 0.26),
                "eyeBlink": (0.02, 0.12),
            },
        ),
        "crying": Variant(
            0.42,
            {
                "browInnerUp": (0.7, 1.1),
                "browDown": (0.1, 0.35),
                "mouthFrown": (0.65, 1.1),
                "mouthStretch": (0.15, 0.5),
                "cheekSquint": (0.25, 0.6),
                "eyeSquint": (0.05, 0.3),
                "jawOpen": (0.0, 0.12),
                "mouthLowerDown": (0.1, 0.42),
                "mouthUpperUp": (0.0, 0.15),
                "noseSneer": (0.0, 0.12),
            },
        ),
    },
    "surprise": {
        "open": Variant(
            0.55,
            {
                "browInnerUp": (0.44, 0.93),
                "browOuterUp": (0.4, 0.9),
                "eyeWide": (0.47, 0.97),
                "jawOpen": (0.35, 0.75),
                "mouthFunnel": (0.0, 0.32),
            },
        ),
        "small": Variant(
            0.29,
            {
                "browInnerUp": (0.45, 0.9),
                "browOuterUp": (0.5, 0.9),
                "eyeWide": (0.48, 0.93),
                "jawOpen": (0.3, 0.46),
                "mouthFunnel": (0.38, 0.77),
                "mouthPucker": (0.06, 0.36),
            },
        ),
        "wow": Variant(
            0.16,
            {
                "browInnerUp": (0.44, 0.93),
                "browOuterUp": (0.4, 0.9),
                "eyeWide": (0.35, 0.85),
                "jawOpen": (0.44, 0.84),
                "mouthSmile": (0.0, 0.09),
                "mouthUpperUp": (0.0, 0.07),
            },
        ),
    },
    "anger": {
        "pressed": Variant(
            0.22,
            {
                "browDown": (0.9, 1.1),
                "noseSneer": (0.4, 0.8),
                "eyeSquint": (0.12, 0.52),
                "mouthPress": (0.4, 0.95),
                "mouthShrugLower": (0.07, 0.46),
                "mouthRollLower": (0.0, 0.25),
                "mouthFrown": (0.25, 0.65),
                "mouthStretch": (0.11, 0.4),
            },
        ),
        "shouting": Variant(
            0.36,
            {
                "browDown": (0.65, 1.05),
                "noseSneer": (0.29, 0.78),
                "eyeSquint": (0.07, 0.47),
                "jawOpen": (0.18, 0.58),
                "mouthUpperUp": (0.16, 0.45),
                "mouthLowerDown": (0.11, 0.51),
                "mouthStretch": (0.32, 0.72),
                "mouthFunnel": (0.0, 0.31),
                "mouthFrown": (0.07, 0.47),
            },
        ),
        "shouting wide-eyed": Variant(
            0.19,
            {
                "browDown": (0.6, 0.99),
                "noseSneer": (0.16, 0.55),
                "eyeWide": (0.42, 0.92),
                "jawOpen": (0.2, 0.6),
                "mouthUpperUp": (0.3, 0.6),
                "mouthLowerDown": (0.18, 0.47),
                "mouthStretch": (0.1, 0.39),
                "mouthFunnel": (0.02, 0.42),
                "mouthFrown": (0.11, 0.41),
            },
        ),
        "bared": Variant(
            0.23,
            {
                "browDown": (0.7, 1.1),
                "noseSneer": (0.29, 0.79),
                "eyeSquint": (0.02, 0.41),
                "jawOpen": (0.19, 0.33),
                "mouthUpperUp": (0.28, 0.68),
                "mouthLowerDown": (0.62, 1.1),
                "mouthStretch": (0.42, 0.92),
                "mouthFrown": (0.0, 0.29),
            },
        ),
    },
    "neutral": {
        "closed": Variant(
            0.81,
            {
                "mouthPress": (0.2, 0.5),
                "eyeLookDown": (0.0, 0.14),
            },
        ),
        "parted": Variant(
            0.19,
            {
                "jawOpen": (0.03, 0.13),
                "mouthLowerDown": (0.01, 0.26),
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
