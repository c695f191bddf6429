"""Glasses and sunglasses."""

import numpy as np

from . import nodes
from .geometry import pose_points

# Half width and half height (cm) and roundness of a lens; thickness of the rim (cm).
FRAMES = {
    "round": (2.25, 2.0, 2.2, 0.075),
    "square": (2.55, 1.75, 4.0, 0.11),
    "thin": (2.5, 1.5, 3.0, 0.055),
    "sunglasses": (2.85, 2.15, 3.2, 0.13),
}


def make_glasses(fitting, kind, colour):
    """Make glasses that sit on the nose of the face at rest; colour linear (3,)."""
    wide, high, power, thickness = FRAMES[kind]
    dark_lens = kind == "sunglasses"
    frame = nodes.make_material("frame", (0.01, 0.01, 0.01) if dark_lens else colour, 0.3)
    centres = eye_centres(fitting)
    front = lens_depth(fitting, centres, wide, high)
    pieces, made = [], []
    for side, centre in zip((-1, 1), centres, strict=True):
        rim = lens_rim(side, centre, wide, high, power, front)
        pieces.append((rim, True))
        outer = rim[np.argmax(side * rim[:, 0])] + (0, 0.5 * high, 0)
        hinge = rim[np.argmin(np.linalg.norm(rim - outer, axis=1))]
        pieces.append((temple(side, hinge, fitting), False))
        if dark_lens:
            dark = nodes.make_material("lens", (0.004, 0.004, 0.006), 0.3, **{"Specular IOR Level": 0.15})
            made.append(nodes.make_mesh("lens", pose_points(rim, fitting.pose, True), [list(range(len(rim)))], dark))
    pieces.append((bridge(centres, wide, front), False))
    for points, closed in pieces:
        made.append(nodes.make_tube("frame", pose_points(points, fitting.pose, True), thickness, frame, closed))
    return made


def eye_centres(fitting):
    """Return the centres (2, 3) of the right and the left eye at rest."""
    corners = fitting.calm[fitting.regions.head.landmarks]
    return np.array([corners[36:42].mean(axis=0), corners[42:48].mean(axis=0)])


def lens_depth(fitting, centres, wide, high):
    """Return the z of the lenses: just in front of everything behind them."""
    points = fitting.calm[fitting.regions.is_face]
    near = (np.abs(np.abs(points[:, 0]) - centres[1, 0]) < 0.75 * wide) & (
        np.abs(points[:, 1] - centres[1, 1]) < 0.8 * high
    )
    return points[near, 2].max() + 0.3


def lens_rim(side, centre, wide, high, power, front):
    """Return the rim (48, 3) of one lens, a rounded rectangle that bends back towards the temple."""
    turns = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    x, y = (np.sign(f) * np.abs(f) ** (2 / power) for f in (np.cos(turns), np.sin(turns)))
    across = 0.55 * centre[0] + 0.45 * side * 3.15 + wide * x
    height = centre[1] - 0.25 + high * y * (1 - 0.08 * (y < 0))
    return np.stack([across, height, front - 0.025 * across**2 + 0.3], axis=1)


def temple(side, hinge, fitting):
    """Return the arm (3, 3) from the hinge to the ear."""
    cheek = np.abs(fitting.calm[fitting.regions.head.landmarks[[0, 16]], 0]).mean()
    return np.array(
        [hinge, (side * (cheek + 0.45), hinge[1] - 0.1, 4.0), (side * (cheek + 0.75), hinge[1] - 0.4, -0.5)]
    )


def bridge(centres, wide, front):
    """Return the wire (5, 3) over the nose."""
    inner = 0.55 * np.abs(centres[:, 0]).mean() + 0.45 * 3.15 - wide
    x = np.linspace(-inner, inner, 5)
    return np.stack([x, centres[:, 1].mean() + 0.25 + 0.25 * (1 - (x / inner) ** 2), np.full(5, front + 0.3)], axis=1)
