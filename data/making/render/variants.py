"""The variants of each expression: per shape of the head model, the least and the most weight.

The numbers were fitted; see recipes.py.
"""

from __future__ import annotations

from dataclasses import dataclass


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
        "glaring": Variant(
            0.18,
            {
                "browDown": (0.45, 0.95),
                "noseSneer": (0.1, 0.5),
                "eyeWide": (0.1, 0.45),
                "mouthPress": (0.4, 0.95),
                "mouthShrugLower": (0.05, 0.4),
                "mouthRollLower": (0.0, 0.2),
                "mouthFrown": (0.3, 0.8),
                "mouthStretch": (0.0, 0.25),
            },
        ),
        "shouting": Variant(
            0.18,
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
            0.1,
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
        "scowling": Variant(
            0.09,
            {
                "browDown": (0.45, 0.95),
                "noseSneer": (0.1, 0.5),
                "eyeSquint": (0.12, 0.5),
                "mouthPress": (0.3, 0.8),
                "mouthPucker": (0.05, 0.25),
                "mouthShrugLower": (0.15, 0.55),
                "mouthFrown": (0.4, 0.95),
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
# How the second and third shot differ, for nobody is as plain every day as on the first: sad eyes that look down under
# heavy lids, mouths torn by crying, lips that rest a little apart or nearly smile, and surprise and anger that come
# nearer to each other (startled brows drawn together, anger with wide eyes). They take the place of the same shapes
# above.
SUBTLE = {
    "sadness": {
        "quiet": {
            "browInnerUp": (0.2, 0.53),
            "browDown": (0.1, 0.45),
            "mouthFrown": (0.1, 0.6),
            "eyeBlink": (0.15, 0.45),
            "eyeLookDown": (0.1, 0.5),
        },
        "pouting": {
            "browInnerUp": (0.22, 0.55),
            "browDown": (0.1, 0.42),
            "mouthFrown": (0.3, 0.8),
            "eyeBlink": (0.1, 0.4),
            "eyeLookDown": (0.1, 0.5),
        },
        "crying": {
            "browInnerUp": (0.42, 0.66),
            "browDown": (0.15, 0.5),
            "mouthFrown": (0.4, 0.9),
            "mouthStretch": (0.3, 0.75),
            "mouthLowerDown": (0.15, 0.5),
            "mouthUpperUp": (0.05, 0.4),
            "jawOpen": (0.0, 0.28),
            "cheekSquint": (0.35, 0.8),
            "eyeSquint": (0.1, 0.5),
            "eyeBlink": (0.1, 0.4),
        },
    },
    "surprise": {
        "open": {
            "browInnerUp": (0.15, 0.7),
            "browOuterUp": (0.1, 0.65),
            "browDown": (0.0, 0.3),
            "eyeWide": (0.35, 0.9),
            "jawOpen": (0.25, 0.65),
            "mouthStretch": (0.0, 0.25),
            "mouthUpperUp": (0.0, 0.15),
        },
        "small": {"browInnerUp": (0.35, 0.8), "browOuterUp": (0.35, 0.75), "jawOpen": (0.2, 0.4)},
        "wow": {"browInnerUp": (0.15, 0.7), "browOuterUp": (0.1, 0.65), "mouthStretch": (0.0, 0.2)},
    },
    "anger": {
        "shouting": {
            "browDown": (0.2, 0.7),
            "noseSneer": (0.0, 0.35),
            "eyeSquint": (0.0, 0.2),
            "eyeWide": (0.0, 0.5),
            "mouthFunnel": (0.1, 0.5),
            "mouthStretch": (0.05, 0.4),
        },
        "shouting wide-eyed": {
            "browDown": (0.1, 0.6),
            "noseSneer": (0.0, 0.2),
            "eyeWide": (0.5, 1.0),
            "jawOpen": (0.3, 0.65),
            "mouthFunnel": (0.2, 0.6),
            "mouthUpperUp": (0.0, 0.2),
            "mouthStretch": (0.0, 0.25),
            "mouthFrown": (0.05, 0.3),
        },
    },
    "neutral": {
        "closed": {
            "mouthPress": (0.1, 0.45),
            "mouthSmile": (0.0, 0.16),
            "jawOpen": (0.0, 0.08),
            "mouthLowerDown": (0.0, 0.12),
        },
    },
}
# How strongly these shots show an expression: the least and the most share of the weights drawn.
STRENGTH = {
    "joy": (0.45, 1.0),
    "sadness": (0.5, 1.0),
    "surprise": (0.4, 1.0),
    "anger": (0.45, 1.0),
    "neutral": (1.0, 1.0),
}
