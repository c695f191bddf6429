"""What is to be rendered: the plans of the faces and of the mixer, and the loop that renders a plan."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from data.making.render.people import Person, draw_person, widen_anatomy
from data.making.render.pieces import BROWS, EYES, LIPS, MIXER_PEOPLE, MIXER_SHOT, combine_pieces
from data.making.render.recipes import EXPRESSIONS, draw_recipe
from data.making.render.redrawn import REDRAWN
from data.making.render.shots import Shot, draw_shot

SEED = 1
PEOPLE = 60
SHOTS = 3
TEST_SHARE = 5  # every fifth person is marked for testing


@dataclass(frozen=True)
class Picture:
    """One picture to render: where it goes, who is in it, with which weights and extras, and its row of the table."""

    file: str
    person: Person
    weights: dict[str, float]
    shot: Shot
    row: dict[str, str | int | float]
    extras: tuple[str, ...] = ()


def plan_faces(shots: int = SHOTS, people: int = PEOPLE, seed: int = SEED) -> list[Picture]:
    """Plan the face photos: first shot 0 of everybody, then shot 1, then shot 2, so that a part is balanced too.

    The first shot shows each expression plainly; the later ones show it as it comes in life, sometimes faintly.

    >>> plan = plan_faces()
    >>> len(plan), plan[0].file, plan[-1].file
    (900, 'p000_joy_0.jpg', 'p059_neutral_2.jpg')
    """
    crowd = [widen_anatomy(draw_person(index, seed)) for index in range(people)]
    return [
        plan_face(person, expression, shot, seed)
        for shot in range(shots)
        for person in crowd
        for expression in EXPRESSIONS
    ]


def plan_face(person: Person, expression: str, shot: int, seed: int = SEED) -> Picture:
    """Plan one face photo; a file listed in redrawn.py is drawn anew, from another seed and plainly."""
    file = f"{person.name}_{expression}_{shot}.jpg"
    try_number = REDRAWN.get(file, 0)
    rng = np.random.default_rng([seed, zlib.crc32(file.encode()), try_number])
    variant, weights = draw_recipe(expression, rng, subtle=shot > 0 and not try_number)
    setting = draw_shot(person, shot, expression, seed + try_number)
    return Picture(file, person, weights, setting, describe_face(file, person, expression, variant, shot))


def describe_face(file: str, person: Person, expression: str, variant: str, shot: int) -> dict[str, str | int | float]:
    """Say in one row of the table what is in a face photo (without the weights)."""
    return {
        "file": file,
        "person": person.name,
        "expression": expression,
        "variant": variant,
        "skin_tone": round(person.skin_tone, 3),
        "age": person.age,
        "glasses": person.glasses,
        "beard": person.beard,
        "headscarf": "no" if person.headscarf is None else "yes",
        "shot": shot,
        "split": "test" if person.index % TEST_SHARE == TEST_SHARE - 1 else "train",
    }


def plan_mixer() -> list[Picture]:
    """Plan the mixer's pictures: 6 brows x 6 eyes x 6 lips for each of its people, all in the same calm shot.

    >>> len(plan_mixer()), plan_mixer()[0].file
    (432, 'woman_111.jpg')
    """
    return [
        plan_mixed(name, person, brows, eyes, lips)
        for name, person in MIXER_PEOPLE.items()
        for brows in BROWS
        for eyes in EYES
        for lips in LIPS
    ]


def plan_mixed(name: str, person: Person, brows: int, eyes: int, lips: int) -> Picture:
    """Plan the mixer's picture of one triple of pieces."""
    file = f"{name}_{brows}{eyes}{lips}.jpg"
    row = {"file": file, "person": name, "brows": brows, "eyes": eyes, "lips": lips}
    return Picture(file, person, combine_pieces(brows, eyes, lips), MIXER_SHOT, row)


def render_pictures(studio, pictures: list[Picture], folder: Path, part: tuple[int, int] = (0, 1)) -> None:
    """Render what is not there yet, with a progress bar.

    `studio.render` writes each picture whole or not at all, so the loop may be stopped and started at any time.

    Args:
        studio: the Studio to render in.
        pictures: the plan.
        folder: where the pictures go.
        part: (place, count): only this one of so many parts; a person's pictures stay together.
    """
    for picture in show_progress(choose_part(pictures, part, by=lambda picture: picture.person), folder):
        studio.render(picture.person, picture.weights, picture.shot, folder / picture.file, picture.extras)


def choose_part(plan: list, part: tuple[int, int], by: Callable) -> list:
    """Choose every count-th group of the plan, beginning with number place; `by` names the group of an entry.

    >>> choose_part(["a1", "a2", "b1", "c1"], (0, 2), by=lambda entry: entry[0])
    ['a1', 'a2', 'c1']
    """
    place, count = part
    groups = list(dict.fromkeys(by(entry) for entry in plan))
    chosen = set(groups[place::count])
    return [entry for entry in plan if by(entry) in chosen]


def show_progress(plan: list, folder: Path) -> Iterator:
    """Go through the entries of a plan whose file is not in the folder yet, with a progress bar."""
    from tqdm import tqdm

    missing = [entry for entry in plan if not (folder / entry.file).exists()]
    return iter(tqdm(missing, desc=folder.name, unit="picture"))


def read_part(text: str) -> tuple[int, int]:
    """Read a part such as 2/3 as (1, 3).

    Raises:
        ValueError: the text is no such part.

    >>> read_part("2/3")
    (1, 3)
    """
    place, _, count = text.partition("/")
    if not (place.isdigit() and count.isdigit() and 1 <= int(place) <= int(count)):
        raise ValueError(f"'{text}' is no part: give two numbers such as 1/2, the first not above the second.")
    return int(place) - 1, int(count)
