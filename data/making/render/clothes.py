"""A top with sleeves: the model's neck and chest, thickened, and a tube for the shoulders."""

import numpy as np

from .geometry import vertex_normals
from .nodes import add_node, cut_where_negative, link, make_material, principled

NECKLINES = {"crew": -13.0, "striped": -12.9, "high": -11.2, "vee": -13.2}
STEPS_ROUND = 40


def make_top(regions, points, kind):
    """Return (points (n, 3), faces, cut (n,)) of a top; points: the person's unposed head (v, 3)."""
    head_faces = regions.head.head_faces
    edge = NECKLINES[kind] - 0.22 * (np.maximum(regions.z, -4) + 1)
    if kind == "vee":
        edge = edge - np.clip(2.6 - np.abs(regions.x), 0, None) * 0.9 * (regions.z > 0)
    below = edge - regions.y
    faces = head_faces[(below[head_faces] > 0).any(axis=1)]
    used, inverse = np.unique(faces, return_inverse=True)
    faces = [
        [corner for corner, number in zip(face, old, strict=True) if number >= 0]
        for face, old in zip(inverse.reshape(faces.shape).tolist(), faces.tolist(), strict=True)
    ]
    used = np.where(used < 0, 0, used)
    depth = 0.14 + 0.26 * np.clip(below[used], 0, 1)
    body = points[used] + vertex_normals(points, head_faces)[used] * depth[:, None]
    points, cut = [body], [below[used]]
    for part, part_faces in (
        make_shoulders(),
        make_column(0, 17.5, 9.0, -16.5),
        make_column(-18.8, 4.6, 5.0, -17.5),
        make_column(18.8, 4.6, 5.0, -17.5),
    ):
        first = sum(map(len, points))
        faces += [[corner + first for corner in face] for face in part_faces]
        points.append(part)
        cut.append(np.ones(len(part)))
    return np.concatenate(points), faces, np.concatenate(cut)


def make_column(x, wide, deep, top):
    """Return the points (n, 3) and faces of a trunk or an arm at x, from the height top (cm) down."""
    height = top - np.concatenate([[0, 1, 2.5, 5.0], np.linspace(8, 75, 14)])
    slim = np.interp(top - height, [0, 1, 5, 11, 40, 75], [0.2, 0.55, 0.9, 1.0, 0.9, 1.0])
    around = np.linspace(0, 2 * np.pi, STEPS_ROUND, endpoint=False)
    lean = x + 0.03 * np.sign(x) * (top - height)
    rings = np.stack(
        [
            lean[:, None] + wide * slim[:, None] * np.cos(around),
            np.broadcast_to(height[:, None], (len(height), STEPS_ROUND)),
            -2.4 + deep * slim[:, None] * np.sin(around),
        ],
        axis=-1,
    )
    return rings.reshape(-1, 3), connect_rings(len(height))


def connect_rings(count):
    """Return the faces between count rings of STEPS_ROUND points each."""
    corner = np.arange(count * STEPS_ROUND).reshape(count, STEPS_ROUND)
    follow = np.roll(corner, -1, axis=1)
    return np.stack([corner[:-1], follow[:-1], follow[1:], corner[1:]], axis=-1).reshape(-1, 4).tolist()


def make_shoulders():
    """Return the points (n, 3) and faces of the tube of the shoulders."""
    x = np.linspace(-24, 24, 49)
    top = np.interp(
        np.abs(x), [0, 6, 8, 10, 12, 15, 18, 21, 24], [-17, -16, -14.2, -13.3, -13.6, -14.4, -15.8, -18.2, -22]
    )
    depth = np.interp(np.abs(x), [0, 10, 18, 24], [7.6, 7.2, 6.0, 4.5])
    around = np.linspace(0, 2 * np.pi, STEPS_ROUND, endpoint=False)
    rings = np.stack(
        [
            np.broadcast_to(x[:, None], (len(x), STEPS_ROUND)),
            top[:, None] - 7 + 7 * np.sin(around),
            -2.2 + depth[:, None] * np.cos(around),
        ],
        axis=-1,
    )
    return rings.reshape(-1, 3), connect_rings(len(x))


def make_cloth_material(name, colour, stripes=False):
    """Make woven cloth; stripes: light bands across the chest."""
    cloth = make_material(name, colour, 0.85)
    shader = principled(cloth)
    place = add_node(cloth, "ShaderNodeNewGeometry").outputs["Position"]
    weave = add_node(cloth, "ShaderNodeTexNoise", {"Scale": 6.0, "Vector": place})
    bump = add_node(cloth, "ShaderNodeBump", {"Strength": 0.25, "Height": weave.outputs[0]})
    link(cloth, bump.outputs[0], shader, "Normal")
    if stripes:
        add_stripes(cloth, colour, (0.72, 0.71, 0.68), 0.16)
    return cloth


def add_stripes(cloth, colour, second, scale):
    """Paint level stripes of two linear colours (3,) on a material; a larger scale makes narrower stripes."""
    place = add_node(cloth, "ShaderNodeNewGeometry").outputs["Position"]
    bands = add_node(cloth, "ShaderNodeTexWave", {"Scale": scale, "Vector": place}, bands_direction="Z")
    sharp = add_node(cloth, "ShaderNodeMath", {0: bands.outputs["Fac"], 1: 0.6}, operation="GREATER_THAN")
    mixed = add_node(cloth, "ShaderNodeMix", {0: sharp.outputs[0]}, data_type="RGBA")
    mixed.inputs[6].default_value, mixed.inputs[7].default_value = (*colour, 1), (*second, 1)
    link(cloth, mixed.outputs[2], principled(cloth), "Base Color")


def make_cut_cloth(name, colour, stripes=False):
    """Make cloth that ends where the point attribute "cut" falls below zero."""
    cloth = make_cloth_material(name, colour, stripes)
    cut_where_negative(cloth)
    return cloth
