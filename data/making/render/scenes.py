"""The photos of the detection lesson: what find_faces must make of each is known, because we set the scene."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from PIL import Image

from data.making.render.people import Person, draw_person
from data.making.render.recipes import draw_recipe
from data.making.render.sets import choose_part, show_progress
from data.making.render.shots import Shot

SIZE = 800
SEED = 5
CAST_SEED = 9000


@dataclass(frozen=True)
class Role:
    """One person of a scene: who, with which weights and extras, how far to the side (share of the picture's width),
    and how far from the camera (cm; None as in the scene's shot)."""

    person: Person
    weights: dict[str, float]
    extras: tuple[str, ...] = ()
    aside: float = 0.0
    distance: float | None = None


@dataclass(frozen=True)
class Scene:
    """One photo: who is in it, how it is taken, and the outcome that find_faces must report ("" if all is fine)."""

    file: str
    outcome: str
    note: str
    roles: tuple[Role, ...]
    shot: Shot
    turn: int = 0
    by_exif: bool = False

    @property
    def row(self) -> dict[str, str | int]:
        """The scene's row of scenes.csv; faces counts those that must be found."""
        found = 0 if self.outcome == "no_face" else len(self.roles)
        return {"file": self.file, "outcome": self.outcome, "faces": found, "note": self.note}


@dataclass
class Plan:
    """Collects scenes and hands out a new person, with an expression, for each."""

    scenes: list[Scene] = field(default_factory=list)
    cast: int = 0

    def add(
        self, kind: str, outcome: str, note: str, roles: Iterable[Role], shot: Shot | None = None, **turned
    ) -> None:
        """Add a scene with the next number of its kind to its file name."""
        number = 1 + sum(scene.file.startswith(kind + "-") for scene in self.scenes)
        shot = replace(shot or Shot(), background_seed=len(self.scenes))
        self.scenes.append(Scene(f"{kind}-{number}.jpg", outcome, note, tuple(roles), shot, **turned))

    def role(self, expression: str = "neutral", extras: tuple[str, ...] = (), **place) -> Role:
        """Cast the next person; place: aside and distance of a Role, or fields of Person to change."""
        self.cast += 1
        seat = {name: place.pop(name) for name in ("aside", "distance") if name in place}
        person = replace(draw_person(self.cast, CAST_SEED), **place)
        _, weights = draw_recipe(expression, np.random.default_rng([SEED, self.cast]))
        return Role(person, weights, extras, **seat)


def plan_scenes() -> list[Scene]:
    """Plan all scenes, always the same ones.

    >>> scenes = plan_scenes()
    >>> scenes[0].file, scenes[0].row["faces"]
    ('one-1.jpg', 1)
    """
    plan = Plan()
    for add in (add_fine, add_groups, add_turned, add_distances, add_covered, add_bad_light, add_empty):
        add(plan)
    return plan.scenes


def add_fine(plan: Plan) -> None:
    """One face, and nothing that stands in its way: glasses, beards, headscarves and dark skin are fine too."""
    for expression in ("joy", "surprise", "neutral"):
        plan.add("one", "", f"one face, {expression}", [plan.role(expression)], Shot(background="outdoor"))
    bearded = plan.role("joy", look="masculine", age="middle", beard="full", headscarf=None, hair_style="short")
    plan.add("one", "", "a full beard covers nothing", [bearded], Shot(background="room"))
    plan.add("one", "", "glasses cover nothing", [plan.role("neutral", glasses="square")], Shot(background="room"))
    veiled = plan.role("joy", look="feminine", beard="none", stubble=0.0, headscarf=(0.07, 0.12, 0.22))
    plan.add("one", "", "a headscarf covers nothing", [veiled])
    for yaw in (38.0, -38.0):
        plan.add("side", "", "half turned away", [plan.role()], Shot(pose=(yaw, 0.0, 0.0), background="room"))
    for yaw in (88.0, -88.0):
        plan.add("profile", "no_face", "seen from the side", [plan.role()], Shot(pose=(yaw, 0.0, 0.0)))


def add_groups(plan: Plan) -> None:
    """Two to five people side by side in front of one background, the outer ones a little further away."""
    expressions = ("joy", "neutral", "surprise", "joy", "sadness")
    for size in (2, 3, 2, 4, 5):
        places = np.linspace(-1, 1, size) * (0.2 if size == 2 else 0.34)
        order = sorted(range(size), key=lambda place: -abs(places[place]))
        roles = [
            plan.role(
                expressions[place], aside=float(places[place]), distance=170.0 + 14 * size + 40 * abs(places[place])
            )
            for place in order
        ]
        plan.add("group", "", f"{size} faces", roles, Shot(background="outdoor"))


def add_turned(plan: Plan) -> None:
    """Photos that lie on their side: half of them say so in their EXIF data, the others do not."""
    for turn in (90, 270):
        plan.add("exif", "", f"stored lying, EXIF says so ({turn})", [plan.role("joy")], turn=turn, by_exif=True)
        plan.add("turned", "", f"truly turned by {turn} degrees", [plan.role("joy")], turn=turn)


def add_distances(plan: Plan) -> None:
    """Too far is still fine at this size; too close is cut off by the frame."""
    for distance in (240.0, 320.0, 400.0):
        plan.add("far", "", "far away", [plan.role("joy")], Shot(distance=distance, background="outdoor"))
    for aim in ((0.0, -6.0), (5.5, 0.0), (-5.5, 0.5), (0.0, 5.5)):
        shot = Shot(lens=230.0, aim=aim, background="room")
        plan.add("close", "too_close", "cut off by the frame", [plan.role("neutral", headscarf=None)], shot)


def add_covered(plan: Plan) -> None:
    """Something lies over brows, eyes or mouth."""
    for colour in ("blue", "white", "black", "pink", "print", "stripes", "blue", "print"):
        role = plan.role("neutral", (f"mask:{colour}",), beard="none", headscarf=None)
        plan.add("mask", "covered", f"{colour} mask", [role], Shot(pose=(float(plan.cast % 3 - 1) * 8, 0.0, 0.0)))
    for colour in ("red", "grey", "navy"):
        role = plan.role("neutral", (f"hat:{colour}",), headscarf=None, glasses="none")
        plan.add("hat", "covered", "hat pulled over the brows", [role], Shot(background="outdoor"))
    things = ("hand", "hand", "cup:red", "cup:blue", "book", "ball", "scarf")
    for thing in things:
        role = plan.role("neutral", (thing,), beard="none", headscarf=None)
        plan.add(
            thing.split(":")[0], "covered", f"{thing.split(':')[0]} before the mouth", [role], Shot(background="room")
        )
    for _ in range(4):
        plan.add("sunglasses", "covered", "sunglasses", [plan.role("joy", ("sunglasses",))], Shot(background="outdoor"))


def add_bad_light(plan: Plan) -> None:
    """Too dark and blurred."""
    for light in (0.02, 0.03, 0.04):
        shot = Shot(background="dark", key_power=light, ambient=light, noise=0.01)
        plan.add("dark", "too_dark", "very dark", [plan.role()], shot)
    for blur in (9.0, 11.0, 13.0):
        plan.add("blurred", "blurred", "out of focus", [plan.role("joy")], Shot(blur=blur, background="room"))


def add_empty(plan: Plan) -> None:
    """Nobody is there, or somebody turns the back."""
    for background in ("room", "outdoor", "plain"):
        plan.add("empty", "no_face", "nobody there", [], Shot(background=background))
    plan.add("back", "no_face", "seen from behind", [plan.role(headscarf=None)], Shot(pose=(180.0, 0.0, 0.0)))


def render_scenes(studio, folder: Path, part: tuple[int, int] = (0, 1)) -> None:
    """Render the scenes, or a part of them, that are not there yet, with a progress bar."""
    from data.making.render.studio import save_picture

    for scene in show_progress(choose_part(plan_scenes(), part, by=lambda scene: scene.file), folder):
        save_picture(compose_scene(studio, scene), folder / scene.file, **turn_tag(scene))


def turn_tag(scene: Scene) -> dict:
    """Return what the file must say of its own turn: EXIF orientation 6 or 8 shows a lying picture upright."""
    if not scene.by_exif:
        return {}
    exif = Image.Exif()
    exif[0x0112] = {90: 6, 270: 8}[scene.turn]
    return {"exif": exif}


def compose_scene(studio, scene: Scene) -> Image.Image:
    """Photograph everybody of a scene and lay them over one background, the first at the back."""
    from data.making.render.finish import develop, lay_over, paint_photo_background

    picture = paint_photo_background(scene.shot, SIZE)
    for role in scene.roles:
        shot = replace(scene.shot, distance=role.distance or scene.shot.distance)
        cutout = studio.photograph(role.person, role.weights, shot, role.extras)
        picture = lay_over(picture, cutout, (round(SIZE * role.aside), 0))
    return develop(picture, scene.shot).rotate(scene.turn, expand=True)
