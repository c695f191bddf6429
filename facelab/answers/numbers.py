"""The numbers that pupils type."""

import re
import unicodedata

from facelab.checks import show
from facelab.language import Misuse, say


def read_number(text, least, most, unit) -> float:
    """Read the one number that a pupil has typed, with or without its unit.

    Parameters
    ----------
    text : str
        As it was typed.
    least, most : int
        Its range.
    unit : str
        Where this is "%", a share such as 0.5 is taken for a slip.

    Raises
    ------
    ValueError
        If it is no number, or out of range.

    Examples
    --------
    >>> read_number("５０ %", 0, 100, "%"), read_number("12,5점", 0, 100, "점")
    (50.0, 12.5)
    """
    plain = unicodedata.normalize("NFKC", text).strip().removesuffix(unit).strip().replace("−", "-").replace(",", ".")
    if not re.fullmatch(r"[+-]?(\d{1,9}(\.\d*)?|\.\d+)", plain, re.ASCII):
        raise Misuse(say("exercises.not_a_number", found=show(text.strip())))
    number = float(plain)
    if unit == "%" and 0 < number < 1:
        raise Misuse(say("exercises.per_cent", number=plain, meant=f"{100 * number:g}"))
    if not least <= number <= most:
        raise Misuse(say("exercises.out_of_range", least=least, most=most, found=plain))
    return number
