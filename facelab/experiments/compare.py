"""Experiments: train again and again under several conditions, and see how the results spread."""

import warnings
from contextlib import contextmanager
from itertools import chain, islice

import numpy as np

from facelab.checks import check_seed, check_set, check_whole, show
from facelab.dataset.splits import draw_people, draw_test
from facelab.dataset.twins import group_twins
from facelab.experiments.comparison import Comparison
from facelab.experiments.conditions import Trial, check_condition, draw_trial, take_points
from facelab.language import Misuse, say
from facelab.model.prediction import expression_model

NEW_PHOTOS = 20  # of each expression, of new people, for the model that was picked


def compare(conditions, faces, repeats=30, seed=0, test_size=8, progress=True, stop=None) -> Comparison:
    """Train and test a model again and again under several conditions.

    In each repeat the same photos are kept for testing whatever the condition, and no person of theirs is learned from
    (unless all photos are of one person). The work goes through joblib, so that a cluster can take it over. Whoever
    interrupts it gets what is finished so far, in whole repeats.

    Parameters
    ----------
    conditions : dict of str -> dict
        For each condition the number of photos to learn from, such as ``{"joy": 40, "sadness": 20}``. Besides,
        ``"wrong": 0.2`` gives this share of them a wrong label, with ``"of": "anger"`` only photos of that expression,
        with ``"into": "joy"`` only that label; ``"by": "photo"`` allows the same people in training and test;
        ``"balance": "weights"`` lets the photos of rarer expressions count more, ``"balance": "drop"`` leaves out what
        the others have more.
    faces : LabelledFaces
        Where the photos are drawn from.
    repeats : int
        How often.
    seed : int
        The same seed gives the same result.
    test_size : int
        The number of test photos of each expression.
    progress : bool
        Whether to show a progress bar.
    stop : function, optional
        It is asked after each whole repeat, with the number of those finished, and ends the experiment by True.

    Returns
    -------
    Comparison

    Raises
    ------
    ValueError
        If a condition names something unknown, fewer than two expressions, or more photos than there are, or if a
        number is none from 1 on.

    Examples
    --------
    >>> import facelab
    >>> conditions = {"balanced": {"joy": 20, "sadness": 20}, "imbalanced": {"joy": 30, "sadness": 5}}
    >>> result = compare(conditions, facelab.load_sample(), repeats=3, progress=False)
    >>> result.table.shape
    (12, 8)
    """
    check_set(faces)
    check_whole(repeats=repeats, test_size=test_size)
    is_named = isinstance(conditions, dict) and all(isinstance(name, str | int) for name in conditions)
    if not is_named or not conditions:
        raise Misuse(say("experiments.no_conditions", found=show(conditions)))
    for condition in conditions.values():
        check_condition(condition)
    check_seed(seed)
    trials = [
        [draw_trial(condition, faces, [seed, repeat], test_size) for condition in conditions.values()]
        for repeat in range(repeats)
    ]
    return _compare_trials(trials, conditions, progress, stop)


def pick_best(condition, faces, models=10, repeats=30, seed=0, test_size=8, progress=True, stop=None) -> Comparison:
    """Pick the best of several models by its test score, and see what it scores on people who are new to it.

    In each repeat photos are drawn anew and split at random again and again; each split makes a model. The one that is
    best on its own test photos is then asked about 20 further photos of each expression, of people not drawn before.

    Parameters
    ----------
    condition : dict
        The number of photos of each expression to split, such as ``{"sadness": 20, "neutral": 20}``.
    models : int
        How many to pick from.
    test_size : int
        The number of test photos of each split, of all expressions together.
    faces, repeats, seed, progress, stop
        As for `compare`.

    Returns
    -------
    Comparison
        Of two conditions: the score that the best was picked by, and its score on new people.

    Raises
    ------
    ValueError
        As `compare` does, or if a split would have an empty part.

    Examples
    --------
    >>> import facelab
    >>> result = pick_best({"joy": 20, "anger": 20}, facelab.load_sample(), models=3, repeats=2, progress=False)
    >>> len(result.means)
    2
    """
    check_set(faces)
    check_whole(models=models, repeats=repeats, test_size=test_size)
    check_condition(condition)
    check_seed(seed)
    draws = [draw_trial(condition, faces, [seed, repeat], NEW_PHOTOS) for repeat in range(repeats)]
    trials = [[_split(draw, test_size, number) for number in range(models)] for draw in draws]
    names, rows = [say("experiments.picked"), say("experiments.new_people")], []
    for repeat, answers in enumerate(_run(trials, progress, stop)):
        tested = zip(trials[repeat], answers, strict=True)
        scores = [np.mean(predicted[:test_size] == trial.test.labels[:test_size]) for trial, predicted in tested]
        best, predicted = trials[repeat][np.argmax(scores)], answers[np.argmax(scores)]
        for name, part in zip(names, (slice(test_size), slice(test_size, None)), strict=True):
            rows += _make_rows(name, repeat, best.photos, best.test.labels[part], predicted[part])
    return _make_comparison(rows, names)


def compare_splits(faces, test_size=0.5, repeats=30, seed=0, progress=True, stop=None) -> Comparison:
    """Split by photo and by person again and again, and see how much higher a model scores that knows the people.

    Parameters
    ----------
    faces : LabelledFaces
        Of two people at least, each with a name.
    test_size : int or float
        The least number of test photos, or their share between 0 and 1; both ways as many as whole people have.
    repeats, seed, progress, stop
        As for `compare`.

    Returns
    -------
    Comparison
        Of two conditions: split by photo, and by person.

    Raises
    ------
    ValueError
        If the faces cannot be split so, as `LabelledFaces.split` tells.

    Examples
    --------
    >>> import facelab
    >>> result = compare_splits(facelab.load_sample(people=6), repeats=2, progress=False)
    >>> list(result.means.index)
    ['사진으로 나누기', '사람으로 나누기']
    """
    check_set(faces)
    check_whole(repeats=repeats)
    check_seed(seed)
    seeds = np.random.SeedSequence(seed).generate_state(repeats)
    ways = [say(f"plans.{by}") for by in ("photo", "person")]
    twins = group_twins(faces.points, faces.images.items, faces.people)  # once: they look at the pictures
    trials = [_split_both_ways(faces, twins, test_size, int(number)) for number in seeds]
    return _compare_trials(trials, ways, progress, stop)


def _split_both_ways(faces, twins, test_size, seed):
    """Split by photo and by person, with as many photos to learn from both times."""
    by_person = draw_people(faces.people, test_size, seed)
    by_photo = draw_test(faces.labels, twins, int(by_person.sum()), seed)
    trials = []
    for is_test in (by_photo, by_person):
        train, test = (take_points(faces, np.flatnonzero(part)) for part in (~is_test, is_test))
        trials.append(Trial(train, test, train.counts()))
    return trials


def _split(draw, test_size, number):
    train, test = draw.train.split(test_size=test_size, seed=number)
    return Trial(train, test + draw.test, train.counts(), draw.weights)


def _compare_trials(trials, names, progress, stop):
    """Compare the trials of each repeat, one for each name."""
    rows = [
        row
        for repeat, answers in enumerate(_run(trials, progress, stop))
        for name, trial, predicted in zip(names, trials[repeat], answers, strict=True)
        for row in _make_rows(name, repeat, trial.photos, trial.test.labels, predicted)
    ]
    return _make_comparison(rows, names)


def _run(trials, progress, stop):
    """Train and ask for each trial of each repeat; yields the answers of each whole repeat when it is finished."""
    from joblib import Parallel, delayed
    from threadpoolctl import threadpool_limits
    from tqdm.auto import tqdm

    parallel = Parallel(return_as="generator")  # how many at once, and where, is for joblib.parallel_config to say
    answers = parallel(delayed(_train_and_ask)(trial) for trial in chain.from_iterable(trials))
    # These matrices are so small that more threads only get in the way of each other.
    with (
        threadpool_limits(1, user_api="blas"),
        _closing(answers),
        tqdm(total=len(trials), disable=not progress, bar_format="{l_bar}{bar}| {n_fmt}/{total_fmt}") as bar,
    ):
        for done, repeat in enumerate(trials, start=1):
            try:
                finished = list(islice(answers, len(repeat)))
            except KeyboardInterrupt:
                if done == 1:
                    raise
                return
            yield finished
            bar.update()
            if done < len(trials) and stop and stop(done):
                return


@contextmanager
def _closing(answers):
    """Call off what the workers have not begun; joblib would warn that this happens, but it is what was asked for."""
    try:
        yield
    finally:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            answers.close()


def _train_and_ask(trial):
    import sklearn

    train = trial.train
    if len(train.counts()) == 1:  # wrong labels may leave one expression alone: whoever knows but one always says it
        return np.full(len(trial.test), train.labels[0])
    model = expression_model()
    if trial.weights:
        model.set_params(classify__class_weight="balanced")
    # The first step looks at the points, and the parameters are ours: to look again would be a sixth of all this.
    with sklearn.config_context(assume_finite=True, skip_parameter_validation=True):
        return model.fit(train.points, train.labels).predict(trial.test.points)


def _make_rows(name, repeat, photos, truth, predicted):
    """Make one row of the table for each expression."""
    right = predicted == truth
    return [
        {
            "condition": name,
            "repeat": repeat,
            "expression": label,
            "train_photos": photos[label],
            "test_photos": int((truth == label).sum()),
            "right": int(right[truth == label].sum()),
            "recall": float(right[truth == label].mean()),
            "accuracy": float(right.mean()),
        }
        for label in dict.fromkeys(truth)
    ]


def _make_comparison(rows, names):
    import pandas

    return Comparison(pandas.DataFrame(sorted(rows, key=lambda row: list(names).index(row["condition"]))))
