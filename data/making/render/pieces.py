"""The data pieces of the mixer: six eyebrow shapes, six eye shapes and six lip shapes, as weights of the head model.

The numbers are part of the lessons: joy is (1, 3, 6), sadness (2, 2, 5) and anger (3, 2, 5). Sadness and anger share
eyes and lips, so that the brows alone tell them apart. A piece moves its own part alone: where a shape pulls at the
mouth as well, as a sneer does, another one takes that back, whatever lips were chosen.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from data.making.render.people import Person, draw_person
from data.making.render.recipes import split_sides
from data.making.render.shots import Shot

BROWS = {
    1: {"browOuterUp": 0.6, "browInnerUp": 0.1},
    2: {"browInnerUp": 1.0, "browDown": 0.25},
    3: {"browDown": 1.4, "noseSneer": 0.5, "mouthUpperUp_L": -0.52, "mouthUpperUp_R": -0.52},  # see above
    4: {"browInnerUp": 1.0, "browOuterUp": 1.1},
    5: {"browDown": 0.12},
    6: {"browDown_L": 0.7, "browOuterUp_R": 1.1, "browInnerUp_R": 0.5},
}
EYES = {
    1: {},
    2: {"eyeSquint": 0.55, "eyeBlink": 0.06},
    3: {"cheekSquint": 0.9, "eyeSquint": 0.5},
    4: {"eyeWide": 1.0},
    5: {"eyeBlink": 0.28, "eyeLookDown": 0.3},
    6: {"eyeBlink": 1.0},
}
LIPS = {
    1: {},
    2: {"mouthPress": 1.0, "mouthRollLower": 0.6, "mouthRollUpper": 0.6},
    3: {"mouthPucker": 1.0, "mouthFunnel": 0.35},
    4: {"jawOpen": 0.6, "mouthFunnel": 0.4},
    5: {"mouthFrown": 1.0, "mouthShrugLower": 0.45, "mouthStretch": 0.15},
    6: {"mouthSmile": 0.9, "mouthUpperUp": 0.25, "mouthLowerDown": 0.25, "jawOpen": 0.06, "mouthDimple": 0.2},
}
# The triple of pieces that shows each expression.
TRIPLES = {"joy": (1, 3, 6), "sadness": (2, 2, 5), "surprise": (4, 4, 4), "anger": (3, 2, 5), "neutral": (5, 1, 1)}


def choose_person(index: int, **changes) -> Person:
    """Draw a person for the mixer, without glasses, beard or anything else that hides a piece."""
    bare = {"glasses": "none", "beard": "none", "stubble": 0.0, "headscarf": None, "lipstick": None}
    return replace(draw_person(index), **{**bare, **changes})


MIXER_PEOPLE = {
    "woman": choose_person(9, hair_style="afro", hair_colour="black", skin_tone=0.75),
    "man": choose_person(16, hair_style="side", hair_colour="brown", skin_tone=0.2),
}
MIXER_SHOT = Shot(lens=135.0, aim=(0.0, 0.3), background_seed=5)


def combine_pieces(brows: int, eyes: int, lips: int) -> dict[str, float]:
    """Put three pieces together to the weights of one face.

    Args:
        brows, eyes, lips: numbers from 1 to 6.

    Returns:
        The weight of each expression shape; both sides alike, but for brows 6.

    Raises:
        KeyError: there is no piece with that number.

    >>> combine_pieces(4, 1, 1)
    {'browInnerUp_L': 1.0, 'browInnerUp_R': 1.0, 'browOuterUp_L': 1.1, 'browOuterUp_R': 1.1}
    """
    weights: dict[str, float] = {}
    for piece in (BROWS[brows], EYES[eyes], LIPS[lips]):
        for shape, weight in piece.items():
            weights[shape] = weights.get(shape, 0.0) + weight
    sided = {shape: weight for shape, weight in weights.items() if shape[-2:] in ("_L", "_R")}
    plain = {shape: weight for shape, weight in weights.items() if shape not in sided}
    halves = split_sides(plain, np.random.default_rng(0), asymmetry=0)
    return halves | {shape: round(halves.get(shape, 0.0) + weight, 4) for shape, weight in sided.items()}
