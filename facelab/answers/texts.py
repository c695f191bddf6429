"""The texts of the exercises, as they stand in ``facelab/exercises/exercises.toml``."""

from functools import lru_cache
from pathlib import Path

from facelab.language import Misuse, fill_in, read_toml, say


@lru_cache(maxsize=1)
def list_exercises():
    """Return the texts of all exercises, as a dict from an exercise's number, such as "03.2", to its table."""
    return {name: table for name, table in _read().items() if name != "lessons"}


def find_exercise(number):
    """Return an exercise's number as it stands in the file: 3.2, "3.2" and "03.2" are all the same one.

    Raises
    ------
    ValueError
        If there is no such exercise.

    Examples
    --------
    >>> find_exercise(3.2)
    '03.2'
    """
    name = str(number).strip().zfill(4)
    if name not in list_exercises():
        lesson = [known for known in list_exercises() if known[:2] == name[:2]] or list(list_exercises())
        raise Misuse(say("exercises.unknown", found=number, first=lesson[0], last=lesson[-1]))
    return name


def tell(name, key, **values):
    """Return one text of an exercise in the chosen language, with the values put in; "" if it has none.

    Examples
    --------
    >>> tell("03.1", "title")
    '틀린 라벨 탐정'
    """
    texts = list_exercises()[name]
    return fill_in(texts[key], **values).strip() if key in texts else ""


def tell_all(name, key):
    """Return a group of texts, "choices" or "ideas", as a dict from each one's key to it; empty if there is none.

    Examples
    --------
    >>> tell_all("06.4", "choices")
    {'same': '같아요.', 'different': '달라져요.'}
    """
    return {each: fill_in(text) for each, text in list_exercises()[name].get(key, {}).items()}


def name_lesson(lesson):
    """Return the title of a lesson: "03" -> "라벨링"."""
    return fill_in(_read()["lessons"][lesson])


def write_number(name):
    """Write an exercise's number as the lessons do: "03.2" -> "3.2"."""
    return name.removeprefix("0")


def name_expression(label):
    """Return an expression's name in the chosen language."""
    return say(f"expression.{label}")


def write_percent(share):
    """Write a share from 0 to 1 in per cent with one decimal, none if it is whole.

    Examples
    --------
    >>> write_percent(0.875), write_percent(1)
    ('87.5', '100')
    """
    return f"{100 * share:.1f}".removesuffix(".0")


@lru_cache(maxsize=1)
def _read():
    return read_toml(Path(__file__).parents[1] / "exercises" / "exercises.toml")
