"""Small geometry helpers on arrays of points."""

import numpy as np


def smooth_step(x, low, high):
    """Return 0 below low, 1 above high and a smooth rise between.

    >>> smooth_step(np.array([0.0, 0.5, 1.0]), 0, 1).tolist()
    [0.0, 0.5, 1.0]
    """
    t = np.clip((x - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def weigh_near(points, centre, reach):
    """Return weights (n,): 1 at centre (3,), hardly less within reach (3,), and 0 far from it; points (n, 3).

    >>> weigh_near(np.array([[0.0, 0, 0], [0.2, 0, 0], [9, 0, 0]]), (0, 0, 0), (1, 1, 1)).round(2).tolist()
    [1.0, 1.0, 0.0]
    """
    return np.exp(-(((points - centre) / reach) ** 4).sum(axis=1))


def distance_to_line(points, line, closed=False):
    """Return the distance (n,) of points (n, d) to a line through the corners line (m, d)."""
    line = np.asarray(line, float)
    ends = np.roll(line, -1, axis=0) if closed else line[1:]
    nearest = np.full(len(points), np.inf)
    for start, end in zip(line, ends, strict=False):
        along = end - start
        t = np.clip((points - start) @ along / (along @ along + 1e-9), 0, 1)
        nearest = np.minimum(nearest, np.linalg.norm(points - start - t[:, None] * along, axis=1))
    return nearest


def lies_inside(points, corners):
    """Tell for each point (n, 2) whether it lies inside the polygon corners (m, 2).

    >>> lies_inside(np.array([[0.5, 0.5], [2, 2]]), np.array([[0, 0], [1, 0], [1, 1], [0, 1]])).tolist()
    [True, False]
    """
    inside = np.zeros(len(points), bool)
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        crosses = (start[1] > points[:, 1]) != (end[1] > points[:, 1])
        slope = (end[0] - start[0]) / (end[1] - start[1] + 1e-12)
        inside ^= crosses & (points[:, 0] < start[0] + slope * (points[:, 1] - start[1]))
    return inside


def signed_distance(points, corners):
    """Return the distance (n,) of points (n, 2) to a closed outline, negative inside it."""
    distance = distance_to_line(points, corners, closed=True)
    return np.where(lies_inside(points, np.asarray(corners, float)), -distance, distance)


def unit(vectors):
    """Return vectors (..., 3) scaled to length 1."""
    return vectors / (np.linalg.norm(vectors, axis=-1, keepdims=True) + 1e-9)


def vertex_normals(points, faces):
    """Return unit normals (v, 3) of points (v, 3) that faces (f, 4) connect; -1 marks a missing corner."""
    a, b, c = (points[faces[:, i]] for i in range(3))
    face_normals = np.cross(b - a, c - a)
    normals = np.zeros_like(points)
    for corner in range(4):
        there = faces[:, corner] >= 0
        np.add.at(normals, faces[there, corner], face_normals[there])
    return unit(normals)


def split_triangles(faces):
    """Return triangles (t, 3) for faces (f, 4) in which -1 marks a missing fourth corner."""
    quads = faces[faces[:, 3] >= 0]
    return np.concatenate([faces[:, :3], quads[:, [0, 2, 3]]])


def turn(yaw, pitch, roll):
    """Return the rotation matrix (3, 3) for angles in degrees; yaw to the left ear, pitch down, roll to the right.

    >>> np.allclose(turn(0, 0, 0), np.eye(3))
    True
    """
    y, p, r = np.radians([yaw, pitch, roll])
    around_y = np.array([[np.cos(y), 0, np.sin(y)], [0, 1, 0], [-np.sin(y), 0, np.cos(y)]])
    around_x = np.array([[1, 0, 0], [0, np.cos(p), -np.sin(p)], [0, np.sin(p), np.cos(p)]])
    around_z = np.array([[np.cos(r), -np.sin(r), 0], [np.sin(r), np.cos(r), 0], [0, 0, 1]])
    return around_y @ around_x @ around_z


def pose_points(points, pose, rigid=False):
    """Turn points (..., 3) about the neck by pose (yaw, pitch, roll) in degrees; the shoulders stay unless rigid."""
    pivot = np.array([0, -8.0, -2.0])
    turned = (points - pivot) @ turn(*pose).T + pivot
    if rigid:
        return turned
    return points + smooth_step(points[..., 1], -15.0, -8.0)[..., None] * (turned - points)


def to_blender(points):
    """Return points (..., 3) with z up and the viewer at -y, as Blender counts."""
    return np.stack([points[..., 0], -points[..., 2], points[..., 1]], axis=-1)


def scatter_on(weights, count, rng):
    """Draw count places on a surface: returns (triangle numbers (n,), corner shares (n, 3)).

    weights (t,) says how likely each triangle is; multiply by area for an even spread.
    """
    chosen = rng.choice(len(weights), count, p=weights / weights.sum())
    shares = rng.random((count, 2))
    outside = shares.sum(axis=1) > 1
    shares[outside] = 1 - shares[outside]
    return chosen, np.column_stack([1 - shares.sum(axis=1), shares])


def triangle_areas(points, triangles):
    """Return the area (t,) of each triangle (t, 3) over points (v, 3)."""
    a, b, c = (points[triangles[:, i]] for i in range(3))
    return np.linalg.norm(np.cross(b - a, c - a), axis=1) / 2
