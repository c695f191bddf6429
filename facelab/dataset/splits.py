"""Which photos of a data set are kept for the test: drawn at random, photo by photo or person by person."""

import numpy as np

from facelab.checks import check_seed, check_share, check_whole
from facelab.language import Misuse, say


def draw_photos(labels, test_size, seed=0):
    """Draw the photos of a test so that each expression keeps its share.

    Parameters
    ----------
    labels : array of shape (n,) of str
        The expression of each photo.
    test_size : int or float
        How many photos, or their share between 0 and 1.
    seed : int
        The same seed draws the same photos.

    Returns
    -------
    array of shape (n,) of bool
        True for those to test with.

    Raises
    ------
    ValueError
        If one of both parts would lack an expression.

    Examples
    --------
    >>> int(draw_photos(np.array(["joy", "anger"] * 10), 0.2).sum())
    4
    """
    from sklearn.model_selection import train_test_split

    number = _count_photos(test_size, len(labels))
    names, counts = np.unique(labels, return_counts=True)
    if counts.min() < 2:
        raise Misuse(say("dataset.one_of_a_kind", expression=say(f"expression.{names[counts.argmin()]}")))
    least, most = len(names), len(labels) - len(names)
    if not least <= number <= most:
        raise Misuse(say("dataset.wrong_test_size", found=number, least=least, most=most))
    places = np.arange(len(labels))
    _, test = train_test_split(places, test_size=number, stratify=labels, random_state=check_seed(seed))
    return np.isin(places, test)


def draw_people(people, test_size, seed=0):
    """Draw people for a test until they have enough photos, and leave somebody to learn from.

    Parameters
    ----------
    people : array of shape (n,) of str
        Who each photo shows.
    test_size : int or float
        The least number of photos, or their share between 0 and 1.
    seed : int
        The same seed draws the same people.

    Returns
    -------
    array of shape (n,) of bool
        True for all photos of those to test with.

    Raises
    ------
    ValueError
        If there are not two people, or nobody would be left.

    Examples
    --------
    >>> draw_people(np.array(["Ari", "Ari", "Bora"]), 1, seed=1).tolist()
    [True, True, False]
    """
    number = _count_photos(test_size, len(people))
    names, photos = np.unique(people, return_counts=True)
    if len(names) < 2:
        raise Misuse(say("dataset.one_person" if names[0] else "dataset.nobody_named"))
    if not 1 <= number <= len(people) - photos.min():
        raise Misuse(say("dataset.nobody_left", found=number, most=len(people) - photos.min()))
    order = np.random.default_rng(check_seed(seed)).permutation(len(names))
    if photos[order[:-1]].sum() < number:  # too few without the last one, so somebody with few photos has to be last
        order = np.array([*order[order != photos.argmin()], photos.argmin()])
    enough = np.searchsorted(np.cumsum(photos[order]), number) + 1
    return np.isin(people, names[order[:enough]])


def _count_photos(test_size, photos):
    if photos < 2:
        raise Misuse(say("dataset.nothing_to_split", found=photos))
    if isinstance(test_size, float | np.floating):
        check_share(test_size)
        return round(test_size * photos)
    check_whole(least=0, test_size=test_size)
    return int(test_size)
