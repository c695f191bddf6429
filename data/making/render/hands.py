"""Hands and things held in front of the mouth."""

import numpy as np

from . import nodes
from .colours import skin_colour
from .geometry import pose_points, unit

# A left hand seen from its back, in cm: x across the fingers (index at +x), y along them, z out of the back.
FINGERS = {
    "index": ([(2.6, 0.0, 0), (2.9, 3.6, 0.2), (2.9, 6.2, 0.0), (2.8, 8.2, -0.4)], 0.88),
    "middle": ([(0.9, 0.4, 0.1), (1.0, 4.3, 0.3), (1.0, 7.2, 0.1), (1.0, 9.3, -0.3)], 0.90),
    "ring": ([(-0.8, 0.2, 0.1), (-0.95, 3.9, 0.2), (-1.0, 6.7, 0.0), (-1.0, 8.7, -0.4)], 0.86),
    "little": ([(-2.4, -0.6, 0), (-2.8, 2.5, 0.1), (-2.9, 4.7, -0.1), (-2.9, 6.4, -0.4)], 0.76),
    "thumb": ([(2.4, -6.2, -0.3), (4.4, -3.6, -0.5), (5.4, -1.0, -0.6), (5.9, 1.0, -0.7)], 1.0),
    "palm edge": ([(2.2, -6.5, 0), (2.3, -3.0, 0.1), (2.5, 0.2, 0.1)], 1.25),
    "palm middle": ([(0.4, -7.0, 0), (0.5, -3.0, 0.2), (0.6, 0.4, 0.2)], 1.3),
    "palm side": ([(-1.6, -6.5, 0), (-1.9, -3.0, 0.1), (-2.0, -0.2, 0.1)], 1.2),
    "wrist": ([(0.4, -6.5, 0), (0.4, -12.0, -0.3), (0.4, -24.0, -2.0)], 2.4),
}


def make_capsules(lines):
    """Return (points (n, 3), faces) of balls strung densely along lines: [(corners (k, 3), radius), ...]."""
    ball_points, ball_faces = make_ball_mesh(8, 12)
    points, faces = [], []
    for corners, radius in lines:
        corners = np.asarray(corners, float)
        for start, end in zip(corners[:-1], corners[1:], strict=True):
            for share in np.linspace(0, 1, max(2, int(np.linalg.norm(end - start) / (0.22 * radius)))):
                first = len(points) * len(ball_points)
                points.append(ball_points * radius + start + share * (end - start))
                faces += [[corner + first for corner in face] for face in ball_faces]
    return np.concatenate(points), faces


def make_ball_mesh(rows, columns):
    """Return (points (n, 3), faces) of a ball of radius 1."""
    rise = np.linspace(-np.pi / 2, np.pi / 2, rows + 1)[:, None]
    turn = np.linspace(0, 2 * np.pi, columns, endpoint=False)[None]
    points = np.stack([np.cos(rise) * np.cos(turn), np.sin(rise) + 0 * turn, np.cos(rise) * np.sin(turn)], axis=-1)
    corner = np.arange((rows + 1) * columns).reshape(rows + 1, columns)
    follow = np.roll(corner, -1, axis=1)
    faces = np.stack([corner[:-1], corner[1:], follow[1:], follow[:-1]], axis=-1)
    return points.reshape(-1, 3), faces.reshape(-1, 4).tolist()


def melt(made, fineness):
    """Melt overlapping balls into one smooth body; fineness in cm."""
    join = made.modifiers.new("join", "REMESH")
    join.mode, join.voxel_size, join.use_smooth_shade = "VOXEL", fineness, True
    smooth = made.modifiers.new("smooth", "SMOOTH")
    smooth.iterations, smooth.factor = 12, 0.6
    return made


def make_hand(fitting, place, along, back, mirror=False, bend=0.0):
    """Make a hand: the palm's end of the fingers at place (3,), fingers along, its back towards back (3,) each.

    mirror makes the other hand; bend curls the fingers (radians over their length).
    """
    along, back = unit(np.array(along, float)), unit(np.array(back, float))
    across = np.cross(along, back) * (-1 if mirror else 1)
    frame = np.stack([across, along, back])
    lines = [(place + curl(np.array(corners, float), bend) @ frame, radius) for corners, radius in FINGERS.values()]
    points, faces = make_capsules(lines)
    skin = nodes.make_material("hand", skin_colour(fitting.person.skin_tone), 0.55)
    return melt(nodes.make_mesh("hand", points, faces, skin), 0.16)


def curl(points, bend):
    """Roll the part of points (n, 3) with y > 0 towards the palm (-z)."""
    if not bend:
        return points
    y = np.clip(points[:, 1], 0, None)
    radius = 9.0 / bend
    rolled = points.copy()
    rolled[:, 1] = np.where(points[:, 1] > 0, (radius + points[:, 2]) * np.sin(y / radius), points[:, 1])
    rolled[:, 2] = np.where(points[:, 1] > 0, (radius + points[:, 2]) * np.cos(y / radius) - radius, points[:, 2])
    return rolled


def mouth_place(fitting):
    """Return the place (3,) of the mouth's middle in the posed head."""
    corners = fitting.points[fitting.regions.head.landmarks[48:60]].mean(axis=0)
    return pose_points(corners[None], fitting.pose, rigid=True)[0]


def make_covering_hand(fitting):
    """Make a hand laid over the mouth from the side."""
    mouth = mouth_place(fitting)
    return make_hand(fitting, mouth + (-1.8, -1.6, 2.4), (1.0, 0.24, -0.05), (0.05, 0.05, 1.0), mirror=True, bend=0.7)


def make_cup(fitting, colour=""):
    """Make a mug held in front of the mouth, with the hand round it."""
    paint = {"": (0.75, 0.74, 0.70), "blue": (0.05, 0.16, 0.38), "red": (0.45, 0.05, 0.04)}[colour]
    mouth = mouth_place(fitting)
    centre = mouth + (0.0, -1.6, 5.4)
    turns = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    profile = [(0.0, -4.9), (3.7, -4.9), (4.0, -4.5), (4.2, 4.6), (4.1, 4.8), (3.9, 4.6), (3.7, -4.4), (0.0, -4.5)]
    rings = [np.stack([r * np.cos(turns), np.full(48, y), r * np.sin(turns)], axis=1) for r, y in profile]
    corner = np.arange(48 * len(profile)).reshape(len(profile), 48)
    follow = np.roll(corner, -1, axis=1)
    faces = np.stack([corner[:-1], corner[1:], follow[1:], follow[:-1]], axis=-1).reshape(-1, 4).tolist()
    glaze = nodes.make_material("mug", paint, 0.2)
    mug = nodes.make_mesh("mug", np.concatenate(rings) + centre, faces, glaze)
    hand = make_hand(fitting, centre + (-4.9, -1.0, 1.2), (0.55, 0.25, 0.8), (-0.8, 0, 0.6), mirror=True, bend=2.0)
    return [mug, hand]


def make_book(fitting):
    """Make an open book held before the lower face."""
    centre = mouth_place(fitting) + (0.0, -5.4, 4.2)
    made = []
    cover, page = (
        nodes.make_material("cover", (0.05, 0.14, 0.30), 0.5),
        nodes.make_material("page", (0.8, 0.78, 0.7), 0.8),
    )
    title = nodes.make_material("title", (0.72, 0.62, 0.36), 0.5)
    for side in (-1, 1):
        slant = np.array([side * 9.2, 0, -2.6])
        for name, material, low, high, depth, length in (
            ("cover", cover, -7.4, 7.4, 0.0, 1.0),
            ("page", page, -7.0, 7.1, -0.35, 0.97),
        ):
            corners = [
                (0, low, depth),
                slant * length + (0, low, depth),
                slant * length + (0, high, depth),
                (0, high, depth),
            ]
            made.append(nodes.make_mesh(name, centre + np.array(corners, float), [[0, 1, 2, 3]], material))
    label = np.array([(1.6, 2.2, 0), (7.2, 2.2, 0), (7.2, 4.8, 0), (1.6, 4.8, 0)], float)
    label[:, 2] = 0.06 - 2.6 / 9.2 * label[:, 0]
    made.append(nodes.make_mesh("title", centre + label, [[0, 1, 2, 3]], title))
    for side in (-1, 1):
        place = centre + (side * 6.4, -6.8, 0.6)
        made.append(make_hand(fitting, place, (0, 1, 0.05), (side * 0.25, 0, 1), mirror=side > 0, bend=0.4))
    return made


def make_ball(fitting):
    """Make a ball held in front of the mouth with one hand under it."""
    centre = mouth_place(fitting) + (0.0, -1.4, 7.2)
    points, faces = make_ball_mesh(32, 48)
    ball = nodes.make_mesh("ball", points * 5.6 + centre, faces, nodes.make_material("ball", (0.75, 0.25, 0.03), 0.45))
    hand = make_hand(fitting, centre + (0.4, -6.4, 2.6), (0.05, 0.9, 0.45), (0, -0.45, 0.9), bend=1.1)
    return [ball, hand]
