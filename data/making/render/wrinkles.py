"""Fine lines of the skin, painted once as seen from the front and then shown in the strength a face needs."""

from functools import cached_property

import numpy as np
from scipy.ndimage import gaussian_filter

from .geometry import distance_to_line

PIXELS = 768
LEFT, BOTTOM, SIDE = -12.0, -13.0, 24.0  # cm on the neutral head
LINES = {  # strokes of the person's left half: corners (x, y) in cm and width in cm; mirrored for the right half
    "forehead": [
        ([(-0.2, 6.35), (1.6, 6.75), (3.2, 6.75), (4.3, 6.2)], 0.11),
        ([(-0.2, 7.25), (1.5, 7.55), (3.2, 7.5), (4.2, 7.1)], 0.11),
        ([(-0.2, 8.15), (1.6, 8.4), (3.4, 8.2)], 0.10),
    ],
    "frown": [
        ([(0.62, 4.05), (0.55, 4.7), (0.75, 5.7)], 0.13),
        ([(0.25, 3.75), (0.9, 3.95)], 0.11),
        ([(1.05, 4.9), (1.15, 5.5)], 0.10),
    ],
    "crow": [
        ([(5.0, 3.45), (5.7, 3.95), (6.2, 4.6)], 0.07),
        ([(5.05, 3.2), (5.9, 3.3), (6.5, 3.5)], 0.07),
        ([(5.0, 2.95), (5.7, 2.5), (6.3, 2.2)], 0.07),
        ([(4.8, 2.6), (5.3, 1.9), (5.7, 1.4)], 0.06),
    ],
    "fold": [([(1.7, -0.5), (2.4, -1.35), (2.95, -2.4), (3.3, -3.5), (3.35, -4.2)], 0.17)],
    "mouth": [([(2.8, -3.9), (3.0, -4.8), (2.95, -5.7)], 0.12), ([(1.3, -4.95), (0.4, -5.1)], 0.10)],
    "bags": [
        ([(1.75, 2.75), (2.4, 2.15), (3.2, 1.9), (4.1, 2.15), (4.7, 2.65)], 0.11),
        ([(1.9, 2.1), (2.6, 1.45), (3.5, 1.2)], 0.10),
    ],
}


class WrinkleMap:
    """Layers (PIXELS, PIXELS), row 0 at the bottom: one groove depth 0..1 per name in LINES, freckles and pores."""

    def __init__(self):
        centres = (np.arange(PIXELS) + 0.5) / PIXELS * SIDE
        x, y = np.meshgrid(LEFT + centres, BOTTOM + centres)
        self.half = np.column_stack([np.abs(x).ravel(), y.ravel()])
        self.y = y

    @cached_property
    def grooves(self):
        """The depth 0..1 of each group of lines."""
        return {name: self.paint_strokes(strokes) for name, strokes in LINES.items()}

    def paint_strokes(self, strokes):
        """Return the depth 0..1 of soft strokes that fade at both ends."""
        depth = np.zeros(len(self.half))
        for corners, width in strokes:
            near = np.abs(self.half - np.mean(corners, axis=0)).max(axis=1) < 3.5
            fine = smooth_corners(np.array(corners, float))
            distance = distance_to_line(self.half[near], fine)
            ends = np.minimum(*(np.linalg.norm(self.half[near] - end, axis=1) for end in (fine[0], fine[-1])))
            fade = np.clip(0.25 + ends / 0.9, 0, 1)
            depth[near] = np.maximum(depth[near], np.exp(-((distance / width) ** 2)) * fade)
        return depth.reshape(PIXELS, PIXELS)

    @cached_property
    def pores(self):
        """Fine unevenness of the skin."""
        rng = np.random.default_rng(5)
        noise = [gaussian_filter(rng.normal(size=(PIXELS, PIXELS)), size, mode="wrap") for size in (1.0, 2.5)]
        return sum(layer / layer.std() for layer in noise)

    @cached_property
    def freckles(self):
        """Dots over nose and cheeks, 0..1."""
        rng = np.random.default_rng(6)
        noise = gaussian_filter(rng.normal(size=(PIXELS, PIXELS)), 1.8, mode="wrap")
        dots = np.clip(noise / noise.std() - 1.5, 0, 1)
        place = np.exp(-((self.half[:, 0] - 2.5) ** 2 / 8 + (self.half[:, 1] - 0.8) ** 2 / 5))
        return dots * place.reshape(PIXELS, PIXELS)

    def paint(self, strengths, freckles=0.0, roughness=1.0):
        """Return (PIXELS, PIXELS, 4): the skin colour's factors and, last, the height in units of 1 mm."""
        groove = sum(strength * self.grooves[name] for name, strength in strengths.items())
        picture = np.ones((PIXELS, PIXELS, 4), np.float32)
        shade = np.clip(1 - 0.30 * groove, 0.45, 1)
        picture[..., 0] = shade**0.85 * (1 - 0.25 * freckles * self.freckles)
        picture[..., 1] = shade * (1 - 0.42 * freckles * self.freckles)
        picture[..., 2] = shade**1.05 * (1 - 0.48 * freckles * self.freckles)
        picture[..., 3] = 0.05 * roughness * self.pores - groove
        return picture


def smooth_corners(corners, count=24):
    """Return a curve (count, 2) through corners (n, 2)."""
    places = np.arange(len(corners))
    degree = min(3, len(corners) - 1)
    fine = np.linspace(0, len(corners) - 1, count)
    return np.column_stack([np.polyval(np.polyfit(places, column, degree), fine) for column in corners.T])


def strengths_for(person, weights):
    """Return {line name: 0..} for a person showing an expression: age carves lines, movement deepens them."""

    def moved(*names):
        return max(weights.get(name + side, 0.0) for name in names for side in ("_L", "_R"))

    age = person.wrinkles
    grown = 0.25 if person.age == "teen" else 0.6
    lifted, frowned = moved("browInnerUp", "browOuterUp"), moved("browDown")
    smiled, squeezed = moved("mouthSmile", "noseSneer"), moved("eyeSquint", "cheekSquint")
    return {
        "forehead": age * (0.35 + 0.6 * lifted) + 0.35 * grown * max(lifted - 0.3, 0),
        "frown": age * 0.3 + (0.3 + grown) * max(frowned - 0.15, 0),
        "crow": age * (0.45 + 0.7 * squeezed) + 0.25 * grown * squeezed,
        "fold": age * 0.7 + 0.3 * grown * smiled,
        "mouth": age * 0.55,
        "bags": age * 0.7 + (0.0 if person.age == "teen" else 0.12),
    }
