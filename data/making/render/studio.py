"""The photo studio: one Blender scene in which people are built, lit and photographed."""

import os
import tempfile
from dataclasses import replace
from pathlib import Path

import bpy
import numpy as np
from mathutils import Vector
from PIL import Image

from . import accessories, eyes, facial_hair, hair, nodes, skin
from .ages import shape_age
from .anatomy import add_rest, shape_anatomy
from .clothes import make_cut_cloth, make_top
from .colours import HAIR, brow_colour
from .finish import finish_photo
from .geometry import pose_points, vertex_normals
from .regions import Regions
from .wrinkles import WrinkleMap, strengths_for

HAIR_COLOUR_SPREAD = (0.6, 1.4)


class Studio:
    """Builds and photographs people; head: HeadModel, size in pixels, samples per pixel."""

    def __init__(self, head, size=320, samples=12, threads=2):
        self.head, self.size = head, size
        self.regions = Regions(head)
        self.lines = WrinkleMap()
        self.scene = open_scene(size, samples, threads)
        self.wig = (None, None)
        self.props = []
        self.build_lights()
        self.build_head()

    def build_lights(self):
        """Put up three lights and a camera; each shot moves them."""
        self.lights = {}
        for name in ("key", "fill", "rim"):
            light = bpy.data.objects.new(name, bpy.data.lights.new(name, "AREA"))
            self.scene.collection.objects.link(light)
            self.lights[name] = light
        self.camera = bpy.data.objects.new("camera", bpy.data.cameras.new("camera"))
        self.scene.collection.objects.link(self.camera)
        self.scene.camera = self.camera
        self.camera.data.clip_end = 5000

    def build_head(self):
        """Build the parts that every person has; only their points and colours change later."""
        self.image = skin.make_wrinkle_image(bpy)
        eye, self.eye_ramp = eyes.make_eye_material()
        head, face_faces = self.head, self.head.faces_of("M_Face", "M_BackHead")
        self.parts = {}
        self.add_part("skin", face_faces, skin.make_skin_material(self.image), {"front": skin.front_places(head)})
        self.add_part("teeth", head.faces_of("M_Teeth"), nodes.make_material("teeth", (0.66, 0.61, 0.53), 0.28))
        self.add_part("gums", head.faces_of("M_GumsTongue"), nodes.make_material("gums", (0.42, 0.12, 0.11), 0.4))
        self.add_part("lashes", eyes.upper_lash_faces(head), eyes.make_lash_material())
        for side, name in (("left", "M_ScleraLeft"), ("right", "M_ScleraRight")):
            angles = np.zeros(len(head.neutral))
            angles[eyes.EYEBALLS[side]] = eyes.axis_angles(head, side)
            self.add_part("eye " + side, head.faces_of(name), eye, {"axis_angle": angles})

    def add_part(self, name, faces, material, attributes=None):
        """Add a part of the head model; attributes: {name: values for all points (v,) or (v, 3)}."""
        used = np.unique(faces[faces >= 0])
        new_number = np.full(len(self.head.neutral), -1)
        new_number[used] = np.arange(len(used))
        corners = [[int(new_number[corner]) for corner in face if corner >= 0] for face in faces]
        values = {key: value[used] for key, value in (attributes or {}).items()}
        self.parts[name] = (nodes.make_mesh(name, self.head.neutral[used], corners, material, values), used)

    def render(self, person, weights, shot, path, extras=()):
        """Photograph a person and write a JPEG or PNG.

        weights: {expression shape: 0..1.1}; extras: names of accessories such as "mask:blue" (see accessories.py).
        Raises ValueError for an unknown shape or accessory.
        """
        picture = finish_photo(self.photograph(person, weights, shot, extras), shot, self.size)
        save_picture(picture, path)

    def photograph(self, person, weights, shot, extras=()):
        """Return the person as an RGBA picture on nothing."""
        shot, walk = turn_with_body(shot)
        self.dress(person, weights, shot, extras)
        self.place_lights(shot, person.skin_tone, walk)
        self.place_camera(shot, walk)
        with tempfile.TemporaryDirectory() as folder:
            self.scene.render.filepath = str(Path(folder) / "shot.png")
            bpy.ops.render.render(write_still=True)
            return Image.open(self.scene.render.filepath).convert("RGBA")

    def dress(self, person, weights, shot, extras):
        """Give the head the person's shape, colours, hair and belongings."""
        self.clear_props()
        calm = shape_age(self.head, self.head.shape_person(person.identity), person.age)
        calm = shape_anatomy(self.head, calm, person.anatomy)
        weights = add_rest(weights, person.anatomy)
        points = self.head.add_expression(calm, weights)
        eyes.sink_eyeballs(points, weights)
        posed = pose_points(points, shot.pose)
        for part, used in self.parts.values():
            nodes.move_points(part, posed[used])
        self.paint(person, weights)
        hatted = any(extra.split(":")[0] == "hat" for extra in extras)
        self.add_hair(person, calm, shot.pose, hatted)
        self.add_brows_and_beard(person, points, shot.pose)
        self.add_top(person, calm, shot.pose)
        scene = accessories.Fitting(self.regions, calm, points, person, shot.pose)
        self.props += accessories.fit_all(scene, extras)

    def clear_props(self):
        """Remove what the last person wore, with the materials that nothing else uses."""
        for prop in self.props:
            nodes.remove_object(prop)
        self.props = []
        for material in [one for one in bpy.data.materials if not one.users]:
            bpy.data.materials.remove(material)

    def paint(self, person, weights):
        """Paint skin and eyes."""
        mesh, used = self.parts["skin"][0].data, self.parts["skin"][1]
        colour, roughness = skin.paint_skin(self.regions, person)
        nodes.set_attribute(mesh, "colour", colour[used])
        nodes.set_attribute(mesh, "roughness", roughness[used])
        picture = self.lines.paint(strengths_for(person, weights), person.freckles, 0.5 + 0.8 * person.wrinkles)
        self.image.pixels.foreach_set(picture.ravel())
        self.image.update()
        eyes.paint_eyes(self.eye_ramp, person.eye_colour, person.wrinkles)

    def add_hair(self, person, calm, pose, hatted):
        """Add the person's hair unless it is bald or covered; the strands are drawn once per person."""
        if person.hair_style == "bald" or person.headscarf:
            return
        if self.wig[0] != (person, hatted):
            style = hair.choose_style(person.hair_style, hatted)
            self.wig = ((person, hatted), (style, *hair.cut_hair(self.regions, calm, style, person.index)))
        style, strands, cap = self.wig[1]
        material = make_hair_material("hair", HAIR[person.hair_colour])
        taper = style.radius * np.concatenate([np.ones(style.points - 2), [0.8, 0.3]])
        self.props.append(nodes.make_strands("hair", pose_points(strands, pose, rigid=True), taper, material))
        if cap:
            points, faces, cut = cap
            backing = nodes.make_material("cap", np.array(HAIR[person.hair_colour]) * 0.7, 0.7)
            nodes.cut_where_negative(backing)
            points = pose_points(points, pose, rigid=True)
            self.props.append(nodes.make_mesh("cap", points, faces, backing, {"cut": cut}))

    def add_brows_and_beard(self, person, points, pose):
        """Add brows and beard, which grow from the moving skin."""
        rng = np.random.default_rng([person.index, 32])
        normals = vertex_normals(points, self.head.head_faces)
        material = make_hair_material("brow", brow_colour(person.hair_colour))
        lift = person.anatomy.brow_lift
        brows = facial_hair.make_brows(self.regions, points, normals, person.brow_thickness, lift, rng)
        self.props.append(nodes.make_strands("brows", pose_points(brows, pose), (0.03, 0.028, 0.008), material))
        beard = facial_hair.make_beard(self.regions, points, normals, person.beard, rng)
        if beard is not None:
            self.props.append(nodes.make_strands("beard", pose_points(beard, pose), (0.03, 0.028, 0.01), material))

    def add_top(self, person, calm, pose):
        """Add the clothes."""
        points, faces, cut = make_top(self.regions, calm, person.clothes)
        material = make_cut_cloth("top", person.clothes_colour, person.clothes == "striped")
        points = pose_points(points, pose)
        self.props.append(nodes.make_mesh("top", points, faces, material, {"cut": cut}))

    def place_lights(self, shot, skin_tone, walk):
        """Set key, fill and rim light; dark skin gets more, as a photographer would give it; walk: see walk_round."""
        power = shot.key_power * 21000 * (1 + 1.3 * skin_tone)
        side = np.radians(shot.key_side)
        places = {
            "key": ((70 * np.sin(side), -70 * np.cos(side), shot.key_height), shot.key_size, 1.0),
            "fill": ((-60 * np.sin(side), -75 * np.cos(side), 10), 60, shot.fill),
            "rim": ((-45 * np.sin(side) - 20, 50, 40), 30, shot.rim),
        }
        for name, (place, size, share) in places.items():
            light = self.lights[name]
            look_at(light, walk_round(place, walk), (0, -5, 0))
            light.data.size, light.data.energy = size, power * share
        warm = shot.warmth
        self.lights["key"].data.color = (1, 1 - 0.06 * max(warm, 0) - 0.03 * max(-warm, 0), 1 - 0.16 * max(warm, 0))
        world = self.scene.world.node_tree.nodes["Background"]
        world.inputs[0].default_value = (1 - 0.06 * max(-warm, 0), 0.98, 1 - 0.05 * max(warm, 0), 1)
        world.inputs[1].default_value = 0.36 * shot.ambient * (1 + 0.5 * skin_tone)

    def place_camera(self, shot, walk):
        """Point the camera at the head from walk degrees round it."""
        x, y = shot.aim
        self.camera.data.lens = shot.lens
        look_at(self.camera, walk_round((x, -shot.distance, y + shot.height), walk), walk_round((x, 0, y), walk))


def turn_with_body(shot):
    """Return the shot with the head turned as far as a neck turns, and the degrees that the body must turn beyond."""
    yaw, pitch, roll = shot.pose
    neck = float(yaw if abs(yaw) <= 40 else np.sign(yaw) * 40 * (180 - abs(yaw)) / 140)
    return replace(shot, pose=(neck, pitch, roll)), yaw - neck


def walk_round(place, angle):
    """Return a place (x, y, z) after a walk of angle degrees round the person: camera and light turn, not the body."""
    x, y, z = place
    sine, cosine = np.sin(np.radians(angle)), np.cos(np.radians(angle))
    return (x * cosine + y * sine, y * cosine - x * sine, z)


def open_scene(size, samples, threads):
    """Open an empty Blender scene that renders on the processor; returns it."""
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    scene.render.resolution_x = scene.render.resolution_y = size
    scene.render.film_transparent = True
    scene.render.image_settings.file_format = "PNG"
    scene.render.image_settings.color_mode = "RGBA"
    scene.render.threads_mode, scene.render.threads = "FIXED", threads
    scene.view_settings.view_transform = "Standard"
    cycles = scene.cycles
    cycles.device, cycles.samples, cycles.use_adaptive_sampling = "CPU", samples, False
    cycles.use_denoising, cycles.denoiser = True, "OPENIMAGEDENOISE"
    cycles.denoising_quality, cycles.denoising_prefilter = "FAST", "FAST"
    cycles.max_bounces, cycles.diffuse_bounces, cycles.glossy_bounces = 4, 2, 1
    cycles.transmission_bounces, cycles.transparent_max_bounces = 1, 6
    cycles.caustics_reflective = cycles.caustics_refractive = False
    scene.cycles_curves.shape = "RIBBONS"
    scene.world = bpy.data.worlds.new("world")
    scene.world.use_nodes = True
    return scene


def make_hair_material(name, colour):
    """Make strands of a linear colour (3,), some lighter and some darker."""
    made = nodes.make_material(name, colour, 0.45, **{"Specular IOR Level": 0.3})
    chance = nodes.add_node(made, "ShaderNodeHairInfo").outputs["Random"]
    low, high = HAIR_COLOUR_SPREAD
    factor = nodes.add_node(made, "ShaderNodeMapRange", {0: chance, 3: low, 4: high})
    scaled = nodes.add_node(
        made, "ShaderNodeVectorMath", {0: tuple(colour), "Scale": factor.outputs[0]}, operation="SCALE"
    )
    nodes.link(made, scaled.outputs[0], nodes.principled(made), "Base Color")
    return made


def look_at(thing, place, target):
    """Put an object at place and turn its -z axis to target; Blender coordinates in cm."""
    thing.location = place
    thing.rotation_euler = (Vector(target) - Vector(place)).to_track_quat("-Z", "Y").to_euler()


def save_picture(picture, path, **options):
    """Write a picture whole or not at all: under a passing name first, then renamed; options go to Pillow."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    passing = path.with_name("." + path.stem + ".part" + path.suffix)
    quality = {"quality": 88, "subsampling": 0} if path.suffix.lower() in (".jpg", ".jpeg") else {}
    picture.save(passing, **quality, **options)
    os.replace(passing, path)
