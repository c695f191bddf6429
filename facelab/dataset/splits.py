"""Which photos of a data set are kept for the test: drawn at random, photo by photo or person by person."""

import numpy as np

from facelab.checks import check_seed, check_share, check_whole
from facelab.language import Misuse, say


def draw_test(labels: np.ndarray, twins: np.ndarray, test_size: int | float, seed: int = 0) -> np.ndarray:
    """Draw the photos of a test so that each expression keeps its share; those that show the same go together.

    Parameters
    ----------
    labels : array of shape (n,) of str
        The expression of each photo.
    twins : array of shape (n,) of int
        The same number for those that show the same, as `group_twins` gives them.
    test_size : int or float
        How many photos, or their share between 0 and 1; twins may make it a few more or fewer.
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
    >>> int(draw_test(np.array(["joy", "anger"] * 10), np.arange(20), 0.2).sum())
    4
    >>> draw_test(np.array(["joy"] * 4), np.array([0, 0, 1, 1]), 0.5).tolist() in (
    ...     [True, True, False, False], [False, False, True, True])
    True
    """
    from sklearn.model_selection import train_test_split

    number = _count_photos(test_size, len(twins))
    _, first, place = np.unique(twins, return_index=True, return_inverse=True)
    labels = labels[first]
    names, counts = np.unique(labels, return_counts=True)
    if len(first) < len(twins):
        number = max(round(number * len(first) / len(twins)), len(names))  # one of each expression at the least
    if counts.min() < 2:
        raise Misuse(say("dataset.one_of_a_kind", expression=say(f"expression.{names[counts.argmin()]}")))
    least, most = len(names), len(labels) - len(names)
    if not least <= number <= most:
        raise Misuse(say("dataset.wrong_test_size", found=number, least=least, most=most))
    random = np.random.RandomState(np.mod(check_seed(seed), 2**32))  # which takes no larger number
    _, test = train_test_split(np.arange(len(labels)), test_size=number, stratify=labels, random_state=random)
    return np.isin(np.arange(len(labels)), test)[place]


def draw_people(people: np.ndarray, test_size: int | float, seed: int = 0) -> np.ndarray:
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
        If there are not two people, nobody would be left, or some photos do not say who it is.

    Examples
    --------
    >>> draw_people(np.array(["Ari", "Ari", "Bora"]), 1, seed=1).tolist()
    [True, True, False]
    """
    number = _count_photos(test_size, len(people))
    names, photos = np.unique(people, return_counts=True)
    if "" in names and len(names) > 1:  # whoever is not named may be anybody in the other part
        raise Misuse(say("dataset.some_unnamed", count=photos[0], total=len(people)))
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
