"""Who is in the picture: everything about a person that stays the same from photo to photo."""

import zlib
from dataclasses import asdict, dataclass, replace

import numpy as np

from .anatomy import Anatomy

AGES = ("teen", "adult", "middle", "old")
HAIR_STYLES = {
    "feminine": ("bob", "long", "wavy", "bun", "ponytail", "curls", "fringe_bob", "afro", "long", "wavy"),
    "masculine": ("short", "side", "fringe", "buzz", "curls", "swept", "short", "side", "afro", "fringe"),
}
HAIR_COLOURS = {
    "teen": ("black", "dark", "brown", "black", "dark", "light", "black", "blond", "brown", "dark"),
    "adult": ("black", "dark", "brown", "black", "dark", "light", "black", "blond", "brown", "red"),
    "middle": ("black", "dark", "brown", "dark", "light", "black"),
    "old": ("grey", "white", "salt", "grey", "salt", "white"),
}
EYE_COLOURS = ("dark", "brown", "brown", "hazel", "green", "blue", "dark", "grey", "brown", "dark")
CLOTHES_COLOURS = (
    (0.03, 0.05, 0.11),
    (0.10, 0.13, 0.17),
    (0.55, 0.54, 0.50),
    (0.75, 0.74, 0.71),
    (0.20, 0.04, 0.05),
    (0.05, 0.12, 0.09),
    (0.10, 0.22, 0.36),
    (0.35, 0.22, 0.10),
    (0.02, 0.02, 0.025),
    (0.45, 0.30, 0.05),
    (0.25, 0.12, 0.22),
    (0.30, 0.33, 0.36),
)
SCARF_COLOURS = ((0.02, 0.02, 0.03), (0.55, 0.50, 0.43), (0.07, 0.12, 0.22), (0.22, 0.08, 0.10), (0.10, 0.17, 0.14))


@dataclass(frozen=True)
class Person:
    """One person who does not exist; every field can be written as JSON (see `as_record`).

    skin_tone, wrinkles, freckles, stubble: 0..1; colours given as numbers are linear light 0..1.
    """

    index: int
    seed: int
    identity: tuple
    look: str
    age: str
    wrinkles: float
    skin_tone: float
    freckles: float
    hair_style: str
    hair_colour: str
    eye_colour: str
    brow_thickness: float
    beard: str = "none"
    stubble: float = 0.0
    glasses: str = "none"
    glasses_colour: tuple = (0.02, 0.02, 0.02)
    headscarf: tuple | None = None
    lipstick: tuple | None = None
    clothes: str = "crew"
    clothes_colour: tuple = (0.1, 0.13, 0.17)
    anatomy: Anatomy = Anatomy()

    @property
    def name(self):
        """The person's short name, for example p007."""
        return f"p{self.index:03d}"

    def as_record(self):
        """Return the person as a dictionary that JSON can hold."""
        return asdict(self)


def pick_evenly(index, seed, label, choices):
    """Pick one of choices so that each block of len(choices) people holds every one of them once.

    >>> sorted(pick_evenly(i, 1, "age", ("a", "b", "c")) for i in range(3))
    ['a', 'b', 'c']
    """
    block, place = divmod(index, len(choices))
    order = np.random.default_rng([seed, zlib.crc32(label.encode()), block]).permutation(len(choices))
    return choices[order[place]]


def draw_person(index, seed=1):
    """Draw person number index; the same index and seed give the same person.

    Skin tone, look, age, hair style, hair colour and eye colour are drawn independently of each other
    (hair colour depends on age alone), each spread evenly over neighbouring numbers.
    """
    rng = np.random.default_rng([seed, index])
    look = pick_evenly(index, seed, "look", ("feminine", "masculine"))
    age = pick_evenly(index, seed, "age", ("teen", "adult", "teen", "adult", "middle", "old", "adult", "middle", "old"))
    return Person(
        index=index,
        seed=seed,
        identity=draw_identity(look, rng),
        look=look,
        age=age,
        wrinkles={"teen": 0.0, "adult": rng.uniform(0.0, 0.2), "middle": rng.uniform(0.4, 0.65), "old": 1.0}[age],
        skin_tone=float((0.37 + index * 0.6180339887) % 1),
        freckles=float(rng.random() < 0.12),
        eye_colour=pick_evenly(index, seed, "eyes", EYE_COLOURS),
        brow_thickness=float(rng.uniform(0.26, 0.36) if look == "feminine" else rng.uniform(0.36, 0.5)),
        **draw_hair(index, seed, look, age, rng),
        **draw_beard(index, seed, look, age, rng),
        **draw_belongings(index, seed, look, age, rng),
    )


def draw_identity(look, rng):
    """Draw 60 identity coefficients; the first and third mode carry most of what reads as feminine or masculine."""
    identity = np.clip(rng.normal(0, 0.95, 60), -2.0, 2.0)
    feminine = look == "feminine"
    identity[0] = rng.normal(0.9 if feminine else -0.25, 0.5)
    identity[2] = rng.normal(-0.45 if feminine else 0.1, 0.6)
    return tuple(round(float(value), 4) for value in identity)


def draw_hair(index, seed, look, age, rng):
    """Draw hair style and colour; only grown men go bald, only the old go grey."""
    style = pick_evenly(index // 2, seed, "hair " + look, HAIR_STYLES[look])
    if look == "masculine" and age in ("middle", "old") and rng.random() < 0.3:
        style = "bald"
    return {"hair_style": style, "hair_colour": pick_evenly(index, seed, "hair colour " + age, HAIR_COLOURS[age])}


def draw_beard(index, seed, look, age, rng):
    """Draw beard and stubble for grown men; teenagers and women have none."""
    if look == "feminine" or age == "teen":
        return {"beard": "none", "stubble": 0.0}
    kinds = ("none", "stubble", "full", "none", "moustache", "stubble", "goatee", "none")
    beard = pick_evenly(index // 2, seed, "beard", kinds)
    stubble = rng.uniform(0.3, 0.6) if beard in ("stubble", "goatee", "moustache") else rng.uniform(0.0, 0.15)
    return {"beard": beard, "stubble": float(stubble)}


def draw_belongings(index, seed, look, age, rng):
    """Draw glasses, headscarf, make-up and clothes."""
    wears = pick_evenly(index, seed, "glasses", ("none", "none", "round", "none", "none", "square", "none", "thin"))
    frames = ((0.01, 0.01, 0.01), (0.08, 0.035, 0.015), (0.25, 0.24, 0.23), (0.02, 0.03, 0.08), (0.30, 0.20, 0.08))
    veiled = look == "feminine" and pick_evenly(index // 2, seed, "scarf", (True, False, False, False, False))
    painted = look == "feminine" and age != "teen" and rng.random() < 0.4
    lips = ((0.30, 0.04, 0.06), (0.38, 0.10, 0.10), (0.26, 0.05, 0.07))
    return {
        "glasses": wears,
        "glasses_colour": frames[rng.integers(len(frames))],
        "headscarf": SCARF_COLOURS[rng.integers(len(SCARF_COLOURS))] if veiled else None,
        "lipstick": lips[rng.integers(len(lips))] if painted else None,
        "clothes": pick_evenly(index, seed, "clothes", ("crew", "vee", "high", "crew", "striped")),
        "clothes_colour": pick_evenly(index, seed, "clothes colour", CLOTHES_COLOURS),
    }


def widen_anatomy(person):
    """Return every third person, evenly over looks, with high brows and what often comes with them; others as they are.

    >>> sum(widen_anatomy(draw_person(index)).anatomy.brow_lift > 0 for index in range(60))
    20
    """
    if not pick_evenly(person.index // 2, person.seed, "anatomy " + person.look, (True, False, False)):
        return person
    rng = np.random.default_rng([person.seed, person.index, 19])
    anatomy = Anatomy(
        brow_lift=float(np.clip(rng.normal(0.35, 0.15), 0.05, 0.7)),
        lids=float(np.clip(rng.normal(0.05, 0.2), -0.12, 0.4)),
        bridge=float(rng.uniform(0.1, 0.4)),
        slant=float(np.clip(rng.normal(3.0, 2.0), -1.0, 7.0)),
        nose=float(rng.uniform(0.0, 0.12)),
        lips=float(rng.uniform(0.0, 0.2)),
    )
    return replace(person, anatomy=anatomy)
