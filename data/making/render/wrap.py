"""A smooth surface around the head, in front of which hair falls and cloth lies.

A place on it has a level (0 = crown, 1 = the height of the eyes, above 1 = further down) and an angle in degrees
(0 = front, 90 = the person's left ear, -90 = the right ear).
"""

import numpy as np
from mathutils import Vector
from mathutils.bvhtree import BVHTree
from scipy.ndimage import gaussian_filter, map_coordinates, maximum_filter

from .head import HEAD_END

CENTRE = np.array([0.0, 3.5, -0.6])
CM_PER_LEVEL = 12.0
LEVELS = np.linspace(0, 3.2, 92)
ANGLES = np.arange(-180, 180, 3.0)


class Wrap:
    """The smooth surface around one head; points (v, 3) and faces (f, 4) as in HeadModel."""

    def __init__(self, points, faces, smooth=1.5, reach=3):
        triangles = [[int(corner) for corner in face if corner >= 0] for face in faces]
        tree = BVHTree.FromPolygons(points[:HEAD_END].tolist(), triangles)
        level, angle = np.meshgrid(LEVELS, ANGLES, indexing="ij")
        origins, directions = split_place(level, angle)
        radii = np.array(
            [cast(tree, o, d) for o, d in zip(origins.reshape(-1, 3), directions.reshape(-1, 3), strict=True)]
        )
        radii = np.minimum(
            radii.reshape(level.shape), np.interp(level, [0, 1.9, 2.1, 2.7, 3.2], [30, 30, 12.0, 16.0, 19.0])
        )
        wide = maximum_filter(radii, reach, mode=("nearest", "wrap"))
        self.radii = gaussian_filter(wide, smooth, mode=("nearest", "wrap"))

    def radius(self, level, angle):
        """Return the radius in cm at places given as arrays of one shape."""
        row = np.interp(level, LEVELS, np.arange(len(LEVELS)))
        column = (np.asarray(angle) + 180) / 3 % len(ANGLES)
        padded = np.concatenate([self.radii, self.radii[:, :1]], axis=1)
        return map_coordinates(padded, np.stack(np.broadcast_arrays(row, column)), order=1, mode="nearest")

    def place(self, level, angle, off=0.0):
        """Return the points (..., 3) that lie off cm outside the surface."""
        origins, directions = split_place(level, angle)
        return origins + directions * (self.radius(level, angle) + off)[..., None]

    def sheet(self, levels, angles, off=0.0):
        """Return (points (n, 3), faces, level (n,), angle (n,)) of a grid over these levels and angles."""
        level, angle = np.meshgrid(levels, angles, indexing="ij")
        rows, columns = level.shape
        points = self.place(level, angle, off).reshape(-1, 3)
        corner = np.arange(rows * columns).reshape(rows, columns)
        faces = np.stack([corner[:-1, :-1], corner[1:, :-1], corner[1:, 1:], corner[:-1, 1:]], axis=-1)
        return points, faces.reshape(-1, 4).tolist(), level.ravel(), angle.ravel()


def split_place(level, angle):
    """Return the origin and the direction (..., 3) of the ray through a place."""
    level, angle = np.broadcast_arrays(np.asarray(level, float), np.radians(angle))
    rise = np.clip(1 - level, 0, 1) * np.pi / 2
    flat = np.cos(rise)
    directions = np.stack([flat * np.sin(angle), np.sin(rise), flat * np.cos(angle)], axis=-1)
    origins = np.broadcast_to(CENTRE, directions.shape).copy()
    origins[..., 1] -= np.clip(level - 1, 0, None) * CM_PER_LEVEL
    return origins, directions


def find_place(points):
    """Return (level, angle in degrees, radius) of points (n, 3): the reverse of Wrap.place."""
    x, y, z = (points - CENTRE).T
    flat = np.hypot(x, z)
    level = np.where(y > 0, 1 - np.arctan2(y, flat) / (np.pi / 2), 1 - y / CM_PER_LEVEL)
    return level, np.degrees(np.arctan2(x, z)), np.where(y > 0, np.hypot(flat, y), flat)


def cast(tree, origin, direction):
    """Return how far out a ray from far outside towards origin meets the head; 7 cm where it meets nothing."""
    hit = tree.ray_cast(Vector(origin + direction * 40), Vector(-direction), 40)
    return 7.0 if hit[3] is None else 40 - hit[3]
