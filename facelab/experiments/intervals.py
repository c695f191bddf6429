"""How far a mean or a share could lie elsewhere by chance: 95 % intervals, for the sentences and the charts alike."""

import numpy as np

REPEATS = 1000  # how often people are drawn anew


def mean_interval(values, picked_from=1) -> tuple[float, float]:
    """Return the interval (low, high) of the mean of repeats; endless for a single one.

    Parameters
    ----------
    values : array of shape (repeats,)
    picked_from : int
        If the mean was picked as the largest of several, of how many: the interval is made wider for it.

    Notes
    -----
    Source: Student (1908), "The probable error of a mean", and C. Bonferroni (1936) for what was picked.

    Examples
    --------
    >>> low, high = mean_interval([0.25, 0.0, 0.5, 0.25])
    >>> round(low, 2), round(high, 2)
    (-0.07, 0.57)
    """
    from scipy.stats import sem, t

    values = np.asarray(values)
    if len(values) == 1:
        return -np.inf, np.inf
    reach = float(t.ppf(1 - 0.025 / picked_from, len(values) - 1) * sem(values))
    mean = float(values.mean())
    return mean - reach, mean + reach


def wilson_interval(right, total) -> tuple[float, float]:
    """Return the interval (low, high) of a share, `right` of `total` answers that do not hang together.

    Notes
    -----
    Source: E. B. Wilson (1927), "Probable inference, the law of succession, and statistical inference".

    Examples
    --------
    >>> low, high = wilson_interval(6, 8)
    >>> round(low, 2), round(high, 2)
    (0.41, 0.93)
    """
    from scipy.stats import binomtest

    low, high = binomtest(int(right), int(total)).proportion_ci(method="wilson")
    return float(low), float(high)


def people_interval(people) -> tuple[float, float]:
    """Return the interval (low, high) of a share of answers about people; NaN twice for a single person.

    Photos of one person are alike, so people are drawn anew, each with all of their photos.

    Parameters
    ----------
    people : array of shape (people, 2)
        How many answers about each person were right, and how many there were.

    Notes
    -----
    Source: B. Efron (1979), "Bootstrap methods: another look at the jackknife".

    Examples
    --------
    >>> low, high = people_interval(np.array([[3, 3], [1, 3], [2, 3], [3, 3], [2, 3]]))
    >>> 0.4 < low < 11 / 15 < high < 1
    True
    """
    from scipy.stats import bootstrap

    if len(people) == 1:
        return np.nan, np.nan
    right, photos = people.sum(axis=0)
    if right in (0, photos):  # whoever is drawn, it would be the same
        return wilson_interval(len(people) if right else 0, len(people))
    found = bootstrap(
        np.transpose(people),
        lambda right, photos, axis: right.sum(axis=axis) / photos.sum(axis=axis),
        n_resamples=REPEATS,
        paired=True,
        vectorized=True,
        method="percentile",
        rng=np.random.default_rng(0),
    )
    return float(found.confidence_interval.low), float(found.confidence_interval.high)
