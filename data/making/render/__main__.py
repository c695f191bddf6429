"""Make the shipped pictures anew: `python -m data.making.render all --model FOLDER` from the top folder."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

DATA = Path(__file__).resolve().parents[2]
STEPS = ("faces", "others", "scenes", "mixer", "publish", "fit", "all")


def read_arguments(words: list[str] | None = None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m data.making.render", description=__doc__)
    parser.add_argument("step", choices=STEPS, help="what to make; 'all' renders everything that is missing")
    parser.add_argument("--model", type=Path, help="folder of a checkout of ICT-VGL/ICT-FaceKit (to render)")
    parser.add_argument("--photos", type=Path, help="folder with labels.csv and photos of people (to fit)")
    parser.add_argument("--data", type=Path, default=DATA, help="where the pictures go")
    parser.add_argument("--threads", type=int, default=2, help="processor cores to use")
    parser.add_argument("--shots", type=int, default=3, help="how many shots of everybody (faces)")
    parser.add_argument("--part", default="1/1", help="which part to render, such as 1/2 and 2/2 side by side")
    return parser.parse_args(words)


def run(arguments: argparse.Namespace) -> None:
    """Do one step, or all the rendering steps one after the other.

    Raises:
        ValueError: a folder is missing or holds something else; the message says what to give instead.
    """
    if arguments.step == "publish":
        from data.making.render.publish import publish_all

        publish_all(arguments.data)
    elif arguments.step == "fit":
        from data.making.render.fit import compare_folders

        print(compare_folders(arguments.data / "faces", arguments.photos))
    else:
        render(arguments)


def render(arguments: argparse.Namespace) -> None:
    """Render the mixer, the faces, the others, the scenes, or all of them; what is there already stays."""
    from data.making.render import others, scenes, sets
    from data.making.render.obj import load_head

    if arguments.model is None:
        raise ValueError(
            "Rendering needs the head model: give --model the folder of a checkout of ICT-VGL/ICT-FaceKit."
        )
    head = load_head(arguments.model)
    part = sets.read_part(arguments.part)
    from data.making.render.studio import Studio

    plans = {
        "mixer": (240, 5, lambda studio, folder: sets.render_pictures(studio, sets.plan_mixer(), folder, part)),
        "faces": (
            320,
            4,
            lambda studio, folder: sets.render_pictures(studio, sets.plan_faces(arguments.shots), folder, part),
        ),
        "others": (320, 4, lambda studio, folder: sets.render_pictures(studio, others.plan_others(), folder, part)),
        "scenes": (scenes.SIZE, 6, lambda studio, folder: scenes.render_scenes(studio, folder, part)),
    }
    for step in plans if arguments.step == "all" else [arguments.step]:
        size, samples, work = plans[step]
        work(Studio(head, size, samples, arguments.threads), arguments.data / step)


if __name__ == "__main__":
    try:
        run(read_arguments())
    except ValueError as problem:
        sys.exit(str(problem))
