"""What a model learnt from and how its test went: written into its file, so that a model card can tell it later."""

import json
from collections import Counter
from zipfile import BadZipFile, ZipFile

import numpy as np

from facelab.checks import EXPRESSIONS, show
from facelab.dataset.labelled import LabelledFaces, load_sample
from facelab.language import Misuse, say
from facelab.model.prediction import THRESHOLD

MEMBER = "facts.json"  # in a model's file
VERSION = 1
LONGEST = 100_000  # bytes
MOST = 10_000_000  # no pupil's set has so many photos
NUMBERS = ("people", "shipped", "acquainted", "threshold", "unsure", "sure_right")


def describe_training(model, train, test=None) -> dict:
    """Count what a model learnt from, and what it answered in its test.

    Parameters
    ----------
    model : sklearn classifier
        One that was trained on the points of `train` and tells probabilities.
    train, test : LabelledFaces
        What it learnt from; faces that it did not learn from.

    Returns
    -------
    dict
        "learnt": photos by expression; "people": how many of them are known by name or number; "shipped": how many of
        the photos show people who come with the kit; "confusion": lists of (label, answer, photos) for the test;
        "acquainted": test photos of people whom it has learnt from; "threshold", in per cent; "unsure": test photos
        below it; "sure_right": right answers among the others.

    Raises
    ------
    ValueError
        If one of the sets is no LabelledFaces, or nobody is in it.

    Examples
    --------
    >>> import facelab
    >>> train, test = facelab.load_sample().take(joy=10, anger=10).split(test_size=4)
    >>> model = facelab.expression_model().fit(train.points, train.labels)
    >>> sum(describe_training(model, train, test)["learnt"].values())
    16
    """
    for faces in (train, test):
        if faces is not None and not (isinstance(faces, LabelledFaces) and len(faces)):
            raise Misuse(say("model.facts_need_faces", found=show(faces)))
    shipped = np.isin(train.people, np.unique(load_sample().people))
    people = set(train.people.tolist()) - {""}
    facts = {"version": VERSION, "learnt": dict(train.counts()), "people": len(people), "shipped": int(shipped.sum())}
    if test is None:
        return facts | {"confusion": [], "acquainted": 0, "threshold": THRESHOLD, "unsure": 0, "sure_right": 0}
    said = np.asarray(model.predict(test.points)).astype(str)
    sure = 100 * model.predict_proba(test.points).max(axis=1) >= THRESHOLD
    pairs = Counter(zip(test.labels.tolist(), said.tolist(), strict=True))
    return facts | {
        "confusion": [[true, answer, count] for (true, answer), count in sorted(pairs.items())],
        "acquainted": int(np.isin(test.people, list(people)).sum()),
        "threshold": THRESHOLD,
        "unsure": int((~sure).sum()),
        "sure_right": int((sure & (said == test.labels)).sum()),
    }


def read_facts(path) -> dict | None:
    """Read what `describe_training` counted from a model's file; None if it was saved without, or cannot be read.

    Examples
    --------
    >>> read_facts("no such file.skops") is None
    True
    """
    try:
        with ZipFile(path) as archive:
            if archive.getinfo(MEMBER).file_size > LONGEST:
                return None
            facts = json.loads(archive.read(MEMBER))
    except (OSError, LookupError, ValueError, RecursionError, BadZipFile, RuntimeError):
        return None
    return facts if are_sound(facts) else None


def are_sound(facts) -> bool:
    """Tell whether something is what `describe_training` makes: files come from other pupils, too.

    Examples
    --------
    >>> are_sound({"version": 1, "learnt": {"joy": "<script>"}})
    False
    """

    def is_count(value):
        return type(value) is int and 0 <= value <= MOST

    try:
        return (
            facts["version"] == VERSION
            and len(facts["learnt"]) > 0
            and all(key in EXPRESSIONS and is_count(count) for key, count in facts["learnt"].items())
            and all(is_count(facts[name]) for name in NUMBERS)
            and all({true, said} <= set(EXPRESSIONS) and is_count(count) for true, said, count in facts["confusion"])
        )
    except (LookupError, TypeError, ValueError, AttributeError):
        return False
