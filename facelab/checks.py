"""Checks of what somebody passes: each raises a ValueError with one sentence that says what to pass instead."""

from numbers import Integral, Real

from facelab.language import Misuse, say

EXPRESSIONS = ("joy", "sadness", "surprise", "anger", "neutral")


def check_expression(name) -> None:
    """Raise a ValueError that names the five expressions if `name` is none of them."""
    if not isinstance(name, str) or name not in EXPRESSIONS:
        raise Misuse(say("checks.expression", found=repr(str(name)), expected=", ".join(EXPRESSIONS)))


def check_whole(least=1, **numbers) -> None:
    """Raise a ValueError that names the first of some numbers that is not whole and `least` or more.

    Examples
    --------
    >>> check_whole(repeats=2.5)
    Traceback (most recent call last):
    facelab.language.Misuse: repeats에는 1 이상의 정수를 써야 하는데 2.5가 들어왔어요. 20처럼 써 주세요.
    """
    for name, number in numbers.items():
        if not isinstance(number, Integral) or number < least:
            raise Misuse(say("checks.whole", name=name, least=least, found=show(number)))


def check_share(share) -> None:
    """Raise a ValueError if a share is no number from 0 to 1."""
    if not isinstance(share, Real) or not 0 <= share <= 1:
        raise Misuse(say("checks.share", found=show(share)))


def check_percentage(percentage) -> None:
    """Raise a ValueError if a threshold is no number from 0 to 100."""
    if not isinstance(percentage, Real) or not 0 <= percentage <= 100:
        raise Misuse(say("checks.percentage", found=show(percentage)))


def check_seed(seed) -> int | list[int] | tuple[int, ...]:
    """Return what starts random numbers; raise a ValueError if it is no whole number from 0 on, or a list of such."""
    for number in seed if isinstance(seed, (list, tuple)) else [seed]:
        check_whole(least=0, seed=number)
    return seed


def check_among(sentence, number, numbers, **values) -> None:
    """Raise a ValueError with a sentence of the kit if a number is none of some whole numbers."""
    if not isinstance(number, Integral) or number not in numbers:
        raise Misuse(say(sentence, found=show(number), **values))


def check_choice(name, found, choices) -> None:
    """Raise a ValueError that lists the choices if what was found is none of them."""
    if not any(found is choice or (isinstance(found, str) and found == choice) for choice in choices):
        raise Misuse(say("checks.choice", name=name, found=show(found), expected=", ".join(map(show, choices))))


def check_split(by) -> None:
    """Raise a ValueError that names both ways to split a data set if `by` is neither."""
    if by not in ("photo", "person"):
        raise Misuse(say("dataset.unknown_split", found=repr(by)))


def check_set(faces) -> None:
    """Raise a ValueError that says what to pass if this is no set of faces with points and labels.

    Examples
    --------
    >>> check_set([])
    Traceback (most recent call last):
    facelab.language.Misuse: 얼굴과 라벨이 함께 든 데이터가 있어야 하는데 list가 들어왔어요. ...
    """
    _check_kind("checks.faces", faces, ("images", "points", "labels", "people"))


def check_report(report) -> None:
    """Raise a ValueError that says what to pass if this is no result of `facelab.evaluate`."""
    _check_kind("checks.report", report, ("faces", "predicted", "probabilities"))


def _check_kind(sentence, found, names):
    if not all(hasattr(found, name) for name in names):
        raise Misuse(say(sentence, found=type(found).__name__))


def check_trained(model) -> None:
    """Raise a ValueError that says what to do if it is no model, or one that has not learned expressions yet."""
    from sklearn.exceptions import NotFittedError
    from sklearn.utils.validation import check_is_fitted

    try:
        check_is_fitted(model)
    except NotFittedError:
        raise Misuse(say("model.not_trained")) from None
    except TypeError:
        raise Misuse(say("model.no_model", found=show(model))) from None
    foreign = set(map(str, getattr(model, "classes_", ["?"]))) - set(EXPRESSIONS)
    if foreign:
        raise Misuse(say("model.foreign", found=", ".join(sorted(foreign)), expected=", ".join(EXPRESSIONS)))


def check_probabilities(model) -> None:
    """Raise a ValueError if a model was not trained, or does not tell how sure it is."""
    check_trained(model)
    if not hasattr(model, "predict_proba"):
        raise Misuse(say("evaluation.no_probabilities"))


def show(value) -> str:
    """Write a value as its author did, but cut short.

    Examples
    --------
    >>> show("7"), show(7)
    ("'7'", '7')
    """
    words = repr(value)
    return words if len(words) <= 40 else f"{words[:36]} ..."
