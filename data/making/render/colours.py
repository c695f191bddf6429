"""Colours of skin, hair and eyes; screen colours are turned into linear light for Blender."""

import numpy as np

# From very light to very dark, screen values 0..255, even steps on the eye.
SKIN = [
    (236, 196, 174),
    (227, 184, 158),
    (216, 168, 138),
    (201, 150, 118),
    (182, 128, 96),
    (156, 105, 76),
    (128, 84, 60),
    (103, 67, 48),
    (82, 53, 39),
]
# Linear light.
HAIR = {
    "black": (0.010, 0.008, 0.007),
    "dark": (0.026, 0.015, 0.009),
    "brown": (0.065, 0.033, 0.016),
    "light": (0.15, 0.082, 0.038),
    "blond": (0.36, 0.235, 0.11),
    "red": (0.20, 0.060, 0.020),
    "salt": (0.16, 0.15, 0.145),
    "grey": (0.36, 0.35, 0.34),
    "white": (0.62, 0.61, 0.59),
}
EYES = {
    "dark": (0.045, 0.02, 0.01),
    "brown": (0.10, 0.045, 0.018),
    "hazel": (0.16, 0.10, 0.03),
    "green": (0.095, 0.115, 0.055),
    "blue": (0.10, 0.16, 0.22),
    "grey": (0.15, 0.17, 0.18),
}


def to_linear(colour):
    """Turn screen values 0..1 into linear light 0..1.

    >>> to_linear([0.0, 1.0]).tolist()
    [0.0, 1.0]
    """
    colour = np.asarray(colour, float)
    return np.where(colour <= 0.04045, colour / 12.92, ((colour + 0.055) / 1.055) ** 2.4)


def skin_colour(tone):
    """Return the linear colour (3,) of skin; tone from 0 (very light) to 1 (very dark)."""
    places = np.linspace(0, 1, len(SKIN))
    return to_linear([np.interp(tone, places, channel) / 255 for channel in np.transpose(SKIN)])


def brow_colour(hair_colour):
    """Return the linear colour (3,) of brows and beard beside this hair: light hair has darker brows."""
    colour = np.array(HAIR[hair_colour])
    return colour * {"blond": 0.5, "light": 0.7, "red": 0.7, "grey": 0.6, "white": 0.5}.get(hair_colour, 0.85)
