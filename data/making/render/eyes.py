"""Eyeballs, lashes, teeth and gums."""

import numpy as np

from .colours import EYES
from .head import EYEBALLS
from .nodes import add_node, link, make_material, principled, read_attribute

IRIS_EDGE, PUPIL_EDGE = 27.0 / 60, 10.5 / 60  # angles from the eye's axis, as shares of 60 degrees
DEEPEST = 0.35  # cm by which a closed eye sinks


def axis_angles(head, side):
    """Return for the points of one eyeball the angle (n,) in degrees from its straight-ahead axis."""
    points = head.neutral[EYEBALLS[side]]
    low, high = points.min(axis=0), points.max(axis=0)
    centre = (low + high) / 2
    centre[2] = low[2] + (high[0] - low[0]) / 2
    directions = points - centre
    cosines = directions[:, 2] / np.linalg.norm(directions, axis=1)
    return np.degrees(np.arccos(np.clip(cosines, -1, 1)))


def sink_eyeballs(points, weights):
    """Move an eyeball back, (v, 3) points in place, while its lid closes: lids move straight, where the eye bulges."""
    for side, eyeball in EYEBALLS.items():
        closed = weights.get(f"eyeBlink_{side[0].upper()}", 0.0)
        points[eyeball, 2] -= DEEPEST * np.clip((closed - 0.5) / 0.4, 0, 1)


def make_eye_material():
    """Make the eye material; returns (material, the colour ramp from pupil to white)."""
    eye = make_material("eye", roughness=0.08)
    share = add_node(eye, "ShaderNodeMapRange", {0: read_attribute(eye, "axis_angle"), 1: 0.0, 2: 60.0})
    ramp = add_node(eye, "ShaderNodeValToRGB", {0: share.outputs[0]})
    link(eye, ramp.outputs[0], principled(eye), "Base Color")
    return eye, ramp.color_ramp


def paint_eyes(ramp, eye_colour, wrinkles):
    """Set the ramp to an eye colour; old eyes are a little less white."""
    iris = np.array(EYES[eye_colour])
    white = np.array([0.64, 0.60, 0.57]) * (1 - 0.12 * wrinkles)
    stops = [
        (PUPIL_EDGE - 0.012, (0.003, 0.003, 0.003)),
        (PUPIL_EDGE + 0.012, iris * 0.55),
        ((PUPIL_EDGE + IRIS_EDGE) / 2, iris * 1.25),
        (IRIS_EDGE - 0.05, iris * 0.8),
        (IRIS_EDGE - 0.01, iris * 0.2),
        (IRIS_EDGE + 0.03, white),
        (0.75, white * (1.05, 1.02, 1.02)),
        (1.0, (0.58, 0.42, 0.38)),
    ]
    while len(ramp.elements) > 1:
        ramp.elements.remove(ramp.elements[-1])
    ramp.elements[0].position = 0
    ramp.elements[0].color = (0.003, 0.003, 0.003, 1)
    for place, colour in stops:
        ramp.elements.new(place).color = (*colour, 1)


def upper_lash_faces(head):
    """Return the faces (n, 4) of the upper lashes; the lower ones look like dirt at this size."""
    faces = head.faces_of("M_EyeLashes")
    eye_height = head.neutral[head.landmarks[[36, 39, 42, 45]], 1].mean()
    corners = head.neutral[faces]
    upper = (corners[..., 1] > eye_height - 0.02).all(axis=1) & (np.abs(corners[..., 0]) > 1.9).all(axis=1)
    return faces[upper]


def make_lash_material():
    """Make half see-through dark lashes."""
    return make_material("lash", (0.015, 0.01, 0.008), 0.7, Alpha=0.5)
