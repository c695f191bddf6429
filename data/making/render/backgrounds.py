"""Soft backgrounds, painted as small pictures and blurred, as if far behind the person."""

import colorsys

import numpy as np
from scipy.ndimage import gaussian_filter, zoom

GRID = 64


def paint_background(kind, seed, size):
    """Return a background (size, size, 3) of screen values 0..1; kind: plain, room, outdoor or dark."""
    rng = np.random.default_rng([77, seed])
    small = {"plain": paint_plain, "room": paint_room, "outdoor": paint_outdoor, "dark": paint_dark}[kind](rng)
    picture = zoom(small, (size / GRID, size / GRID, 1), order=1, mode="nearest")  # else the last column may be black
    return np.clip(picture + rng.normal(0, 0.004, picture.shape), 0, 1)


def muted(rng, light=(0.45, 0.9), colourfulness=(0.02, 0.2), hues=(0.0, 1.0)):
    """Draw a muted colour (3,)."""
    return np.array(colorsys.hsv_to_rgb(rng.uniform(*hues) % 1, rng.uniform(*colourfulness), rng.uniform(*light)))


def paint_plain(rng):
    """Paint a wall in grey, beige or blue-grey that is a little lighter on one side."""
    hues = ((0.06, 0.14), (0.52, 0.66))[rng.integers(2)]
    colour = muted(rng, (0.42, 0.92), (0.02, 0.16), hues)
    y, x = np.mgrid[0:GRID, 0:GRID] / (GRID - 1) - 0.5
    glow = np.exp(-((x - rng.uniform(-0.5, 0.5)) ** 2 + (y + rng.uniform(-0.1, 0.4)) ** 2) / 0.5)
    return colour * (0.82 + 0.22 * glow)[..., None]


def paint_room(rng):
    """Paint shelves, a window and furniture that are far out of focus."""
    picture = np.ones((GRID, GRID, 3)) * muted(rng, (0.5, 0.8), (0.04, 0.16), (0.05, 0.15))
    for _ in range(rng.integers(6, 12)):
        left, top = rng.integers(-8, GRID, 2)
        width, height = rng.integers(5, 26), rng.integers(5, 36)
        colour = muted(rng, (0.2, 0.85), (0.05, 0.4), (0.02, 0.16) if rng.random() < 0.7 else (0.5, 0.65))
        picture[max(top, 0) : max(top + height, 0), max(left, 0) : max(left + width, 0)] = colour
    if rng.random() < 0.5:
        left = rng.integers(0, GRID - 16)
        picture[0:34, left : left + 15] = (0.93, 0.95, 0.96)
    return gaussian_filter(picture, (3.2, 3.2, 0), mode="nearest")


def paint_outdoor(rng):
    """Paint sky, leaves and ground that are far out of focus."""
    picture = np.ones((GRID, GRID, 3)) * np.array([0.72, 0.80, 0.87]) * rng.uniform(0.85, 1.08)
    horizon = rng.integers(20, 44)
    picture[horizon:] = muted(rng, (0.42, 0.65), (0.1, 0.28), (0.1, 0.24))
    for _ in range(rng.integers(30, 60)):
        row, column = rng.integers(4, GRID), rng.integers(0, GRID)
        reach = rng.integers(2, 6)
        colour = muted(rng, (0.25, 0.7), (0.2, 0.45), (0.18, 0.34))
        picture[row : row + reach, column : column + reach] = colour
    return np.clip(gaussian_filter(picture, (2.6, 2.6, 0), mode="nearest"), 0, 1)


def paint_dark(rng):
    """Paint a room at night."""
    return paint_room(rng) * 0.18
