"""The skin: colour and shine of every point, and the Blender material that shows them."""

import numpy as np

from .colours import HAIR, brow_colour, skin_colour
from .geometry import smooth_step, vertex_normals
from .nodes import add_node, link, make_material, principled, read_attribute
from .wrinkles import BOTTOM, LEFT, PIXELS, SIDE


def front_places(head):
    """Return for each point (v, 3) its place 0..1 on the wrinkle map and how much of the map shows there, 0..1."""
    x, y, _ = head.neutral.T
    faces_viewer = smooth_step(vertex_normals(head.neutral, head.head_faces)[:, 2], 0.05, 0.35)
    return np.column_stack([(x - LEFT) / SIDE, (y - BOTTOM) / SIDE, faces_viewer])


def paint_skin(regions, person):
    """Return the linear colour (v, 3) and the roughness (v,) of a person's skin."""
    base = skin_colour(person.skin_tone)
    colour = np.tile(base, (len(regions.x), 1))
    dark = person.skin_tone
    red = 1.0 - 0.5 * dark

    def mix(mask, paint, share):
        nonlocal colour
        mask = (np.clip(mask, 0, 1) * share)[:, None]
        colour = colour * (1 - mask) + mask * np.asarray(paint)

    mix(regions.cheeks, base * (1.08, 0.76, 0.74), 0.5 * red)
    mix(regions.nose, base * (1.06, 0.78, 0.76), 0.4 * red)
    mix(regions.under_eyes, base * (0.80, 0.70, 0.72), 0.3 + 0.35 * person.wrinkles)
    mix(regions.lids, base * (0.84, 0.71, 0.69), 0.45)
    mix(regions.lips, lip_colour(base, person), 0.85)
    paint_hairy_parts(mix, regions, person, base)
    colour[regions.is_mouth] = (0.20, 0.045, 0.045)
    colour[regions.is_socket] = base * (0.95, 0.62, 0.6)
    roughness = (
        0.53 - 0.15 * regions.lips - 0.05 * regions.nose + 0.3 * (regions.scalp > 0.5) * (person.hair_style != "bald")
    )
    return np.clip(colour, 0, 1), np.where(regions.is_mouth, 0.4, roughness)


def lip_colour(base, person):
    """Return the linear lip colour (3,), with lipstick when the person wears it."""
    natural = base * (0.95, 0.52, 0.52) + np.array([0.03, 0.005, 0.008])
    return natural if person.lipstick is None else 0.35 * natural + 0.65 * np.array(person.lipstick)


def paint_hairy_parts(mix, regions, person, base):
    """Darken the skin under brows, beard and hair, so that none shines through the strands."""
    hair, brow = np.array(HAIR[person.hair_colour]), brow_colour(person.hair_colour)
    mix(brow_shadow(regions, person.brow_thickness, person.anatomy.brow_lift), brow * 0.7 + base * 0.3, 0.45)
    area = {"full": regions.jaw, "goatee": regions.goatee, "moustache": regions.moustache}.get(person.beard)
    if person.stubble:
        mix(regions.jaw, np.minimum(brow, 0.05) * 0.7 + base * (0.42, 0.44, 0.48), person.stubble)
    if area is not None:
        mix(area, brow * 0.7 + base * 0.3, 0.4)
    if person.hair_style == "bald":
        mix(regions.scalp * (regions.y < 8.5), brow * 0.3 + base * 0.7, 0.3)
    else:
        mix(regions.scalp, hair * 0.85, 0.97)


def brow_shadow(regions, thickness, lift):
    """Return the mask (v,) of the skin under the brows; thickness and lift in cm."""
    mask = np.zeros(len(regions.x))
    for line in regions.lift_brows(lift):
        along = regions.x * np.sign(line[2, 0])
        reach = np.abs(line[:, 0])
        share = np.interp(along, reach, np.linspace(0, 1, 5))
        height = np.exp(-(((regions.y - np.interp(along, reach, line[:, 1])) / (thickness * (0.8 - 0.4 * share))) ** 2))
        ends = np.clip((along - reach[0] + 0.25) / 0.6, 0, 1) * np.clip((reach[-1] + 0.1 - along) / 0.9, 0, 1)
        mask += height * ends * regions.is_face * (regions.z > 5)
    return mask


def make_skin_material(image):
    """Make the skin material; image: the Blender picture that holds the wrinkle map."""
    skin = make_material("skin")
    shader = principled(skin)
    place = read_attribute(skin, "front", "Vector")
    lines = add_node(skin, "ShaderNodeTexImage", {"Vector": place}, image=image, extension="EXTEND")
    blotches = add_node(skin, "ShaderNodeTexNoise", {"Scale": 13.0, "Detail": 3.0, "Vector": place})
    uneven = add_node(skin, "ShaderNodeMapRange", {0: blotches.outputs[0], 3: 0.87, 4: 1.13})
    colour = read_attribute(skin, "colour", "Vector")
    shown = add_node(skin, "ShaderNodeSeparateXYZ", {0: place}).outputs["Z"]
    lined = add_node(skin, "ShaderNodeVectorMath", {0: colour, 1: lines.outputs["Color"]}, operation="MULTIPLY")
    mixed = add_node(skin, "ShaderNodeMix", {0: shown, 4: colour, 5: lined.outputs[0]}, data_type="VECTOR")
    depth = add_node(skin, "ShaderNodeMath", {0: shown, 1: lines.outputs["Alpha"]}, operation="MULTIPLY")
    final = add_node(skin, "ShaderNodeVectorMath", {0: mixed.outputs[1], "Scale": uneven.outputs[0]}, operation="SCALE")
    link(skin, final.outputs[0], shader, "Base Color")
    bump = add_node(skin, "ShaderNodeBump", {"Strength": 1.0, "Distance": 0.09, "Height": depth.outputs[0]})
    link(skin, bump.outputs[0], shader, "Normal")
    link(skin, read_attribute(skin, "roughness"), shader, "Roughness")
    shader.inputs["Specular IOR Level"].default_value = 0.38
    return skin


def make_wrinkle_image(bpy):
    """Make the empty Blender picture for the wrinkle map."""
    image = bpy.data.images.new("wrinkles", PIXELS, PIXELS, alpha=True, float_buffer=True, is_data=True)
    image.alpha_mode = "CHANNEL_PACKED"
    return image
