"""What people wear or hold: glasses and headscarves, and for the scenes masks, hats, hands and cups."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .geometry import pose_points
from .wrap import Wrap


@dataclass
class Fitting:
    """The head that a thing is fitted to: calm (v, 3) is the face at rest, points (v, 3) with its expression."""

    regions: object
    calm: np.ndarray
    points: np.ndarray
    person: object
    pose: tuple

    @cached_property
    def wrap(self):
        """The smooth surface round the head with its expression."""
        return Wrap(self.points, self.regions.head.head_faces)


def fit_all(fitting, extras):
    """Make the objects of the person's belongings and of the extras; returns a list of Blender objects."""
    return []
