"""Short ways to make Blender materials, meshes and strands."""

import bpy
import numpy as np

from .geometry import to_blender


def make_material(name, colour=(0.5, 0.5, 0.5), roughness=0.6, **settings):
    """Make a material; colour linear (3,); settings: other inputs of the Principled shader by their name."""
    material = bpy.data.materials.new(name)
    material.use_nodes = True
    shader = material.node_tree.nodes["Principled BSDF"]
    shader.inputs["Base Color"].default_value = (*colour, 1)
    shader.inputs["Roughness"].default_value = roughness
    for socket, value in settings.items():
        shader.inputs[socket].default_value = value
    return material


def principled(material):
    """Return the Principled shader node of a material."""
    return material.node_tree.nodes["Principled BSDF"]


def set_colour(material, colour):
    """Give a material a linear colour (3,)."""
    principled(material).inputs["Base Color"].default_value = (*colour, 1)


def add_node(material, kind, inputs=None, **properties):
    """Add a node, set properties, and link or set its inputs: {name or number: socket or value}."""
    tree = material.node_tree
    node = tree.nodes.new(kind)
    for name, value in properties.items():
        setattr(node, name, value)
    for key, value in (inputs or {}).items():
        if isinstance(value, bpy.types.NodeSocket):
            tree.links.new(value, node.inputs[key])
        else:
            node.inputs[key].default_value = value
    return node


def link(material, output, node, socket):
    """Link an output socket to an input of node."""
    material.node_tree.links.new(output, node.inputs[socket])


def read_attribute(material, name, output="Fac"):
    """Return the socket that reads a mesh attribute."""
    return add_node(material, "ShaderNodeAttribute", attribute_name=name).outputs[output]


def cut_where_negative(material, attribute="cut"):
    """Make a material invisible where a point attribute is below zero."""
    above = add_node(
        material, "ShaderNodeMath", {0: read_attribute(material, attribute), 1: 0.0}, operation="GREATER_THAN"
    )
    link(material, above.outputs[0], principled(material), "Alpha")


def make_mesh(name, points, faces, material, attributes=None):
    """Make a smooth mesh object from head coordinates (n, 3); attributes: {name: (n,) or (n, 3) values}."""
    mesh = bpy.data.meshes.new(name)
    mesh.from_pydata(to_blender(np.asarray(points)).tolist(), [], faces)
    mesh.polygons.foreach_set("use_smooth", [True] * len(mesh.polygons))
    for key, values in (attributes or {}).items():
        set_attribute(mesh, key, values)
    mesh.materials.append(material)
    made = bpy.data.objects.new(name, mesh)
    bpy.context.scene.collection.objects.link(made)
    return made


def set_attribute(mesh, name, values):
    """Write point values (n,) or (n, 3) into a mesh attribute, making it when needed."""
    values = np.asarray(values, np.float32)
    kind, field = ("FLOAT", "value") if values.ndim == 1 else ("FLOAT_VECTOR", "vector")
    attribute = mesh.attributes.get(name) or mesh.attributes.new(name, kind, "POINT")
    attribute.data.foreach_set(field, values.ravel())


def move_points(made, points):
    """Move the points of a mesh object to head coordinates (n, 3)."""
    made.data.vertices.foreach_set("co", to_blender(points).astype(np.float32).ravel())
    made.data.update()


def make_strands(name, strands, radius, material):
    """Make hair from strands (n, k, 3) in head coordinates; radius: cm, a number or (k,)."""
    curves = bpy.data.hair_curves.new(name)
    count, length, _ = strands.shape
    curves.add_curves([length] * count)
    curves.attributes["position"].data.foreach_set("vector", to_blender(strands).astype(np.float32).ravel())
    thickness = curves.attributes.get("radius") or curves.attributes.new("radius", "FLOAT", "POINT")
    radii = np.broadcast_to(radius, (count, length)).astype(np.float32)
    thickness.data.foreach_set("value", radii.ravel())
    curves.materials.append(material)
    made = bpy.data.objects.new(name, curves)
    bpy.context.scene.collection.objects.link(made)
    return made


def make_tube(name, points, radius, material, closed=False):
    """Make a round wire through points (n, 3)."""
    curve = bpy.data.curves.new(name, "CURVE")
    curve.dimensions, curve.bevel_depth, curve.bevel_resolution = "3D", radius, 3
    spline = curve.splines.new("POLY")
    spline.points.add(len(points) - 1)
    spline.points.foreach_set("co", np.column_stack([to_blender(points), np.ones(len(points))]).ravel())
    spline.use_cyclic_u, spline.use_smooth = closed, True
    curve.materials.append(material)
    made = bpy.data.objects.new(name, curve)
    bpy.context.scene.collection.objects.link(made)
    return made


def remove_object(made):
    """Remove an object together with its data."""
    data = made.data
    bpy.data.objects.remove(made)
    stores = {bpy.types.Mesh: bpy.data.meshes, bpy.types.Curves: bpy.data.hair_curves, bpy.types.Curve: bpy.data.curves}
    for kind, store in stores.items():
        if isinstance(data, kind):
            store.remove(data)
