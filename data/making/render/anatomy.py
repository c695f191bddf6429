"""How widely brows, eyes, nose and lips of people differ at rest, beyond what the head model's identity modes vary.

Brows and lids of real people sit at heights that spread 1.5 to 1.9 times as far as those of people drawn from the modes
alone, and East Asian people's often lie two spreads higher, with a lower bridge of the nose.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .geometry import weigh_near

EYE_REACH = (2.6, 1.9, 3.4)  # cm about the middle of an eye in which everything turns with it
NOSE_REACH = (2.6, 2.4, 3.4)
BRIDGE_SPREAD = (0.9, 1.3, 2.5)


@dataclass(frozen=True)
class Anatomy:
    """What is particular to a person at rest; all zero is the head model's own.

    brow_lift: cm by which the brows sit higher; lids: weight of wide (positive) or narrow (negative) lids; bridge: cm
    by which the bridge of the nose is lower; slant: degrees by which the outer corners of the eyes lie higher; nose:
    share by which the nose is narrower; lips: weight by which the lips are rolled out, that is fuller.
    """

    brow_lift: float = 0.0
    lids: float = 0.0
    bridge: float = 0.0
    slant: float = 0.0
    nose: float = 0.0
    lips: float = 0.0


def add_rest(weights: dict[str, float], anatomy: Anatomy) -> dict[str, float]:
    """Add to the weights of an expression those that the person's lids and lips have at rest."""
    lids = {"eyeWide": max(anatomy.lids, 0.0), "eyeBlink": max(-anatomy.lids, 0.0)}
    at_rest = {f"{shape}_{side}": weight for shape, weight in lids.items() for side in "LR"}
    at_rest |= {"mouthRollLower": -anatomy.lips, "mouthRollUpper": -anatomy.lips}
    return {shape: weights.get(shape, 0.0) + at_rest.get(shape, 0.0) for shape in {**weights, **at_rest}}


def shape_anatomy(head, points, anatomy):
    """Return the points (v, 3) of a head at rest with its nose and eyes changed."""
    shaped = points.copy()
    for corners in (slice(36, 42), slice(42, 48)):
        centre = head.neutral[head.landmarks[corners]].mean(axis=0)
        turn_about(head, shaped, centre, np.sign(centre[0]) * anatomy.slant)
    bridge = head.landmark(27)
    shaped[:, 2] -= anatomy.bridge * np.exp(-(((head.neutral - bridge) / BRIDGE_SPREAD) ** 2).sum(axis=1) / 2)
    shaped[:, 0] *= 1 - anatomy.nose * weigh_near(head.neutral, head.landmark(33), NOSE_REACH)
    return shaped


def turn_about(head, points, centre, degrees):
    """Turn points (v, 3) in place, in the face's plane, about the place that centre (3,) has on the neutral head."""
    near = weigh_near(head.neutral, centre, EYE_REACH)
    x, y = (points[:, :2] - (points[:, :2] * near[:, None]).sum(axis=0) / near.sum()).T
    angle = np.radians(degrees) * near
    points[:, 0] += x * (np.cos(angle) - 1) - y * np.sin(angle)
    points[:, 1] += x * np.sin(angle) + y * (np.cos(angle) - 1)
