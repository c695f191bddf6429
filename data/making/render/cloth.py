"""Cloth that lies on the head's wrap: headscarf, scarf, mask and knitted hat."""

import numpy as np

from . import nodes
from .clothes import add_stripes, make_cloth_material
from .geometry import pose_points, signed_distance, smooth_step, unit
from .wrap import CENTRE, Wrap

MASKS = {
    "blue": (0.30, 0.52, 0.72),
    "white": (0.80, 0.80, 0.79),
    "black": (0.02, 0.02, 0.022),
    "pink": (0.78, 0.38, 0.45),
    "print": (0.85, 0.82, 0.74),
    "stripes": (0.78, 0.76, 0.70),
}
HATS = {"red": (0.42, 0.04, 0.04), "grey": (0.16, 0.16, 0.17), "green": (0.05, 0.16, 0.09), "navy": (0.02, 0.04, 0.10)}


def drape(name, fitting, levels, angles, off, cut, material, rigid=True, snug=0.0, wrap=None):
    """Lay a sheet over the head; off(level, angle) gives cm above the wrap, cut(points) is below 0 where it ends.

    snug: cm over which the sheet comes down to the skin towards its edge; wrap: another surface than the fitting's.
    """
    points, faces, level, angle = (wrap or fitting.wrap).sheet(levels, angles)
    edge = cut(points)
    height = off(level, angle)
    if snug:
        height = 0.12 + (height - 0.12) * smooth_step(edge, -0.2, snug)
    outward = unit((points - CENTRE) * np.where(points[:, 1:2] > CENTRE[1], (1, 1, 1), (1, 0, 1)))
    points = pose_points(points + outward * height[:, None], fitting.pose, rigid)
    made = nodes.make_mesh(name, points, faces, material, {"cut": edge})
    thick = made.modifiers.new("thickness", "SOLIDIFY")
    thick.thickness, thick.offset = 0.18, 1.0
    return made


def cut_cloth(name, colour):
    """Make cloth that ends where "cut" is below zero."""
    material = make_cloth_material(name, colour)
    nodes.cut_where_negative(material)
    return material


def front_outline(fitting, forehead, below_chin):
    """Return the outline (n, 2) of the face from jaw to forehead height (cm), below_chin cm under the chin."""
    jaw = fitting.points[fitting.regions.head.landmarks[:17], :2] * (0.96, 1.0)
    jaw[:, 1] -= below_chin * smooth_step(-jaw[:, 1], 1.0, 6.0)
    turns = np.linspace(0, np.pi, 24)
    top = np.column_stack([6.7 * np.cos(turns), 4.6 + (forehead - 4.6) * np.sin(turns) ** 0.8])
    return np.concatenate([jaw, top])


def make_headscarf(fitting, colour):
    """Make a headscarf that leaves the face free and falls on the shoulders."""
    outline = front_outline(fitting, 7.9, 0.35)

    def cut(points):
        return np.where(points[:, 2] > 0, signed_distance(points[:, :2], outline), 9.0)

    def off(level, angle):
        round_neck = np.interp(level, [1.0, 1.3, 1.7, 2.0, 2.3, 2.7, 3.2], [0, 5.0, 9.0, 9.6, 12.0, 16.0, 20.0])
        drop = np.maximum(round_neck - fitting.wrap.radius(level, angle), 0)
        turns = np.radians(angle)
        folds = 0.38 * np.sin(7 * turns + 6 * level) + 0.28 * np.sin(11 * turns - 9 * level + 1)
        side = 0.13 * np.sin(9 * turns + 5 * np.sin(3 * level)) * smooth_step(level, 0.2, 0.6)
        back = smooth_step(np.abs(angle), 60, 150) * smooth_step(level, 0.1, 0.6)
        bulk = 0.8 + 0.7 * back + 0.35 * smooth_step(level, 0.9, 1.6)
        return bulk + drop + folds * smooth_step(level, 1.5, 2.1) + side

    material = cut_cloth("headscarf", colour)
    return drape(
        "headscarf", fitting, np.linspace(0, 3.2, 150), np.linspace(-180, 180, 181), off, cut, material, False, 1.6
    )


def make_mask(fitting, colour="blue"):
    """Make a mask over nose, mouth and chin with its two ear loops; colour: a name of MASKS."""
    chin = fitting.points[fitting.regions.head.landmarks[8], 1]
    half = [(0, 2.0), (1.5, 1.5), (3.4, 0.9), (6.5, 0.4), (6.5, -3.2), (4.6, -6.2), (2.6, chin - 0.6), (0, chin - 1.0)]
    outline = np.array(half + [(-x, y) for x, y in half[-2:0:-1]])

    def cut(points):
        return np.where(points[:, 2] > 0, -signed_distance(points[:, :2], outline), -9.0)

    def off(level, angle):
        return 0.2 + 0.06 * np.sin(70 * level) * (np.abs(angle) < 40) * (level > 1.3) * (level < 1.8)

    material = cut_cloth("mask", MASKS[colour])
    loose = Wrap(fitting.points, fitting.regions.head.head_faces, 2.0, 7)
    if colour == "print":
        print_dots(material)
    elif colour == "stripes":
        add_stripes(material, MASKS[colour], (0.05, 0.10, 0.25), 0.35)
    places = np.linspace(0.95, 2.15, 110), np.linspace(-75, 75, 121)
    made = [drape("mask", fitting, *places, off, cut, material, wrap=loose)]
    loop = nodes.make_material("loop", (0.8, 0.8, 0.8), 0.8)
    for side in (-1, 1):
        path = np.array([(6.45, 0.4, 5.6), (7.6, 1.9, 3.0), (8.3, 2.9, 0.6), (8.0, -1.5, 1.5), (6.5, -3.0, 5.2)]) * (
            side,
            1,
            1,
        )
        made.append(nodes.make_tube("loop", pose_points(path, fitting.pose, rigid=True), 0.07, loop))
    return made


def print_dots(material):
    """Print large coloured dots on a cloth material."""
    place = nodes.add_node(material, "ShaderNodeNewGeometry").outputs["Position"]
    cells = nodes.add_node(material, "ShaderNodeTexVoronoi", {"Scale": 0.75, "Randomness": 0.5, "Vector": place})
    dot = nodes.add_node(material, "ShaderNodeMath", {0: cells.outputs["Distance"], 1: 0.42}, operation="LESS_THAN")
    mixed = nodes.add_node(material, "ShaderNodeMix", {0: dot.outputs[0]}, data_type="RGBA")
    mixed.inputs[6].default_value = (*MASKS["print"], 1)
    nodes.link(material, cells.outputs["Color"], mixed, 7)
    nodes.link(material, mixed.outputs[2], nodes.principled(material), "Base Color")


def make_hat(fitting, colour="red"):
    """Make a knitted hat pulled down over the brows; colour: a name of HATS."""

    def rim(angle):
        return np.interp(np.abs(angle), [0, 40, 75, 110, 180], [0.955, 0.955, 1.0, 1.18, 1.3])

    def cut(points):
        level = 1 - np.arctan2(points[:, 1] - CENTRE[1], np.hypot(points[:, 0], points[:, 2] - CENTRE[2])) / (np.pi / 2)
        angle = np.degrees(np.arctan2(points[:, 0], points[:, 2] - CENTRE[2]))
        return (rim(angle) - level) * 12

    def off(level, angle):
        band = smooth_step(level, rim(angle) - 0.28, rim(angle) - 0.24)
        ribs = 0.07 * np.sin(np.radians(angle) * 60)
        return 0.75 + 0.3 * band + ribs + 1.2 * smooth_step(-level, -0.6, 0)

    material = cut_cloth("hat", HATS[colour])
    return drape("hat", fitting, np.linspace(0, 1.4, 100), np.linspace(-180, 180, 241), off, cut, material)


def make_scarf(fitting, colour=(0.42, 0.05, 0.05)):
    """Make a thick winter scarf pulled up over mouth and nose tip."""

    def cut(points):
        return (-0.4 + 0.1 * np.abs(points[:, 0]) ** 1.1 * (points[:, 2] > 0)) - points[:, 1]

    def off(level, angle):
        drop = np.maximum(np.interp(level, [1.5, 2.0, 2.3], [0, 8.3, 9.0]) - fitting.wrap.radius(level, angle), 0)
        return 0.9 + drop + 0.45 * np.abs(np.sin(9 * level + 0.5 * np.sin(2 * np.radians(angle))))

    material = make_cloth_material("scarf", colour)
    nodes.cut_where_negative(material)
    return drape("scarf", fitting, np.linspace(1.15, 2.5, 90), np.linspace(-180, 180, 181), off, cut, material, False)
