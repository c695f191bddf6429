"""Where things are on the head: soft masks over the points of the neutral head."""

from functools import cached_property

import numpy as np

from .geometry import signed_distance, smooth_step, split_triangles, triangle_areas
from .head import FACE_END, HEAD_END, MOUTH_END, SOCKETS_END

# The model's brow points lie above its brow ridge: without this drop (cm, outer to inner) every face looks surprised.
BROW_DROP = (0.55, 0.74, 0.88, 0.98, 1.04)


class Regions:
    """Masks (v,) with values 0..1 and lines on a HeadModel's neutral head."""

    def __init__(self, head):
        self.head = head
        self.x, self.y, self.z = head.neutral.T
        numbers = np.arange(len(head.neutral))
        self.is_face = numbers < FACE_END
        self.is_head = numbers < HEAD_END
        self.is_mouth = (numbers >= HEAD_END) & (numbers < MOUTH_END)
        self.is_socket = (numbers >= MOUTH_END) & (numbers < SOCKETS_END)

    def spot(self, centre, spread):
        """Return a soft round mask (v,) about centre (3,), spread (3,) in cm."""
        return np.exp(-(((self.head.neutral - centre) / spread) ** 2).sum(axis=1) / 2)

    def both_sides(self, x, y, z, spread):
        """Return the sum of two spots at +x and -x."""
        return self.spot((x, y, z), spread) + self.spot((-x, y, z), spread)

    @cached_property
    def lips(self):
        """The red of the lips."""
        outline = self.head.neutral[self.head.landmarks[48:60], :2]
        distance = signed_distance(self.head.neutral[:, :2], outline)
        return (1 - smooth_step(distance, -0.10, 0.14)) * self.is_face * (self.z > 7.5)

    @cached_property
    def cheeks(self):
        """The rosy part of the cheeks."""
        return self.both_sides(4.5, -0.2, 8.0, (1.5, 1.2, 3.0))

    @cached_property
    def nose(self):
        """The tip of the nose."""
        return self.spot(self.head.landmark(30), (1.0, 0.8, 1.5))

    @cached_property
    def under_eyes(self):
        """The thin skin below the eyes."""
        return self.both_sides(3.15, 2.3, 9.2, (1.3, 0.45, 3.0))

    @cached_property
    def lids(self):
        """The upper eyelids."""
        return self.both_sides(3.15, 4.2, 9.2, (1.5, 0.35, 3.0))

    @cached_property
    def ears(self):
        """The ears, as True or False."""
        return (np.abs(self.x) > 7.7) & (self.y > -3.2) & (self.y < 5.2) & (self.z > -3.0) & (self.z < 3.2)

    @cached_property
    def earless_faces(self):
        """The faces (n, 4) of the head without the ears: combed hair lies behind them."""
        faces = self.head.head_faces
        return faces[~(self.ears[faces] & (faces >= 0)).any(axis=1)]

    @cached_property
    def jaw(self):
        """Where a full beard grows: cheeks below the mouth's corners, chin, upper lip."""
        sides = np.interp(self.z, [0.0, 3.0, 4.5, 7.0, 9.5], [3.0, 2.0, -0.6, -2.4, -3.0])
        below = 1 - smooth_step(self.y, sides - 1.3, sides + 0.7)
        around_mouth = np.exp(-((self.x / 2.9) ** 4 + ((self.y + 2.9) / 1.1) ** 4))
        chin_and_cheeks = below * smooth_step(self.y, -10.2, -7.6) * smooth_step(self.z, -0.5, 2.5) * (1 - around_mouth)
        return np.clip(chin_and_cheeks + self.moustache, 0, 1) * (1 - self.lips) * self.is_head * ~self.ears

    @cached_property
    def moustache(self):
        """Where a moustache grows."""
        return (
            np.exp(-((np.abs(self.x) / 2.5) ** 4 + ((self.y + 1.95 + 0.09 * self.x**2) / 0.42) ** 2))
            * (self.z > 8)
            * (1 - self.lips)
        )

    @cached_property
    def goatee(self):
        """Where a beard round the mouth grows."""
        chin = np.exp(-((np.abs(self.x) / 2.0) ** 4 + ((self.y + 6.6) / 1.7) ** 4)) * (self.z > 7)
        sides = np.exp(-(((np.abs(self.x) - 2.9) / 0.45) ** 2 + ((self.y + 4.2) / 1.8) ** 4)) * (self.z > 8)
        return np.clip(chin + sides + self.moustache, 0, 1) * (1 - self.lips)

    def above_hairline(self, points, forehead=10.1):
        """Return how far points (n, 3) lie above the hairline (cm, > 0 is scalp)."""
        depth = [-9, -5, -2.0, 1.2, 2.6, 4.0, 5.2, 6.3, 7.4, 14]
        height = np.interp(points[:, 2], depth, [-5.5, -5.0, -1.0, 5.0, 2.5, 5.0, 7.4, 9.2, 9.9, forehead])
        return points[:, 1] - np.where(points[:, 2] > 6.2, np.minimum(height, forehead), height)

    @cached_property
    def scalp(self):
        """Where hair grows on the head."""
        above = self.above_hairline(self.head.neutral)
        return smooth_step(above, -0.35, 0.55) * self.is_head * ~self.ears

    @cached_property
    def triangles(self):
        """The triangles (t, 3) of face, skull and neck."""
        return split_triangles(self.head.head_faces)

    @cached_property
    def triangle_centres(self):
        """The centres (t, 3) of the triangles on the neutral head."""
        return self.head.neutral[self.triangles].mean(axis=1)

    @cached_property
    def areas(self):
        """The areas (t,) of the triangles on the neutral head, square centimetres."""
        return triangle_areas(self.head.neutral, self.triangles)

    @cached_property
    def brow_lines(self):
        """Two lines (5, 3), person's right and left brow, each from the inner to the outer end."""
        drops = np.array(BROW_DROP)
        right = self.head.neutral[self.head.landmarks[17:22]] - np.outer(drops, [0, 1, 0])
        left = self.head.neutral[self.head.landmarks[22:27]] - np.outer(drops[::-1], [0, 1, 0])
        return right[::-1], left

    def lift_brows(self, lift):
        """Return the two brow lines lifted by so many cm."""
        return [line + (0.0, lift, 0.0) for line in self.brow_lines]
