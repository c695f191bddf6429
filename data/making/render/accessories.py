"""What people wear or hold: glasses and headscarves, and for the scenes masks, hats, hands and cups."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from . import cloth, glasses, hands
from .wrap import Wrap

EXTRAS = {
    "mask": cloth.make_mask,
    "hat": cloth.make_hat,
    "scarf": cloth.make_scarf,
    "hand": hands.make_covering_hand,
    "cup": hands.make_cup,
    "book": hands.make_book,
    "ball": hands.make_ball,
}


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
    """Make the objects of the person's belongings and of the extras; returns a list of Blender objects.

    extras: "sunglasses" or a name of EXTRAS, with a colour or print after a colon where it has one ("mask:print").
    Raises ValueError for an unknown name.
    """
    person, made = fitting.person, []
    if person.headscarf and "hat" not in {extra.split(":")[0] for extra in extras}:
        made.append(cloth.make_headscarf(fitting, person.headscarf))
    kind = "sunglasses" if "sunglasses" in extras else person.glasses
    if kind != "none":
        made.append(glasses.make_glasses(fitting, kind, person.glasses_colour))
    for extra in extras:
        if extra != "sunglasses":
            made.append(make_extra(fitting, extra))
    return flatten(made)


def make_extra(fitting, extra):
    """Make one extra by its name, for example "mask:blue"."""
    name, _, variety = extra.partition(":")
    if name not in EXTRAS:
        raise ValueError(f"There is no accessory named {name}; there are: sunglasses, {', '.join(EXTRAS)}.")
    return EXTRAS[name](fitting, variety) if variety else EXTRAS[name](fitting)


def flatten(made):
    """Turn a list of objects and lists of objects into one list."""
    return [one for group in made for one in (group if isinstance(group, list) else [group])]
