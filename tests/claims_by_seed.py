"""What a pupil sees in lessons 4 to 6 for one seed: the figures, and whether they are what the lesson says of them."""

from functools import cache
from typing import NamedTuple

import numpy as np
from sklearn.model_selection import GroupKFold

import facelab
from facelab.experiments.comparison import CEILING
from facelab.experiments.evaluation import Evaluation
from tests.claims_of_evaluation import train

HARDEST = {"anger", "neutral"}
LOOK_ALIKES = {"sadness": 20, "neutral": 20}  # the set of lesson 5
ENOUGH = "40"  # photos of each of the five, in exercise 4.4


class Shown(NamedTuple):
    """The figures of a seed in per cent, as they stand in the table, and whether the lesson's sentence is true."""

    figures: str
    holds: bool


@cache
def load(faint):
    return facelab.load_sample(faint=faint)


def compare(conditions, seed, faint=True, **options):
    return facelab.compare(conditions, load(faint), seed=seed, progress=False, **options)


def write(*shares):
    return " / ".join(f"{100 * share:.1f}" for share in shares)


def hardest_pair(seed):
    result = compare(facelab.plan("all_pairs"), seed)
    least = result.means.nsmallest(2)
    return Shown(f"{result.worst}: {write(*least)}", set(facelab.plan("all_pairs")[result.worst]) == HARDEST)


def even_and_tipped(seed):
    result = compare({"30": {"joy": 30, "sadness": 30}, "40": {"joy": 40, "sadness": 20}}, seed, test_size=30)
    lost, won = result.effect("30", "40", "sadness"), result.effect("40", "30", "joy")
    return Shown(write(*(scores.mean() for scores in result.recalls.values())), lost.low > 0 and won.low > 0)


def plain_faces(seed):
    conditions = {"20": {"joy": 20, "sadness": 20}, "27": {"joy": 27, "sadness": 13}}
    means = [scores.mean() for scores in compare(conditions, seed, faint=False, test_size=30).recalls.values()]
    return Shown(write(*means), min(means) >= CEILING)


def easy_and_hard(seed):
    result = compare(facelab.plan("pairs"), seed, test_size=30)
    easy, hard, more = result.means.index
    return Shown(write(*result.means), result.effect(easy, hard).low > 0 and result.effect(more, hard).low > 0)


def more_of_an_easy_pair(seed):
    result = compare({"20": {"joy": 20, "anger": 20}, "60": {"joy": 60, "anger": 60}}, seed, test_size=30)
    return Shown(write(*result.means), result.effect("60", "20").low > 0)


def badly_tipped(seed):
    first, second = sorted(HARDEST)
    numbers = {"20 : 20": (20, 20), "36 : 4": (36, 4), "4 : 36": (4, 36)}
    result = compare({name: {first: one, second: other} for name, (one, other) in numbers.items()}, seed)
    lost, found = result.effect("20 : 20", "36 : 4", second), result.effect("20 : 20", "4 : 36", first)
    won = result.effect("36 : 4", "20 : 20", first)
    return Shown(write(*(scores.mean() for scores in result.recalls.values())), min(lost.low, found.low, won.low) > 0)


def enough_photos(seed):
    amounts = {str(number): dict.fromkeys(facelab.EXPRESSIONS, number) for number in (5, 10, 20, 40, 70, 100)}
    means = compare(amounts, seed).means
    enough = means.index[means >= means.iloc[-1] - 0.03][0]
    return Shown(f"{enough}: {write(*means)}", enough == ENOUGH)


def larger_test(seed):
    dataset = facelab.load_sample().take(LOOK_ALIKES)
    scores = []
    for number, test_size in ((16, 4), (10, 10)):
        condition = dict.fromkeys(LOOK_ALIKES, number) | {"by": "photo"}
        result = facelab.compare({"": condition}, dataset, seed=seed, test_size=test_size, progress=False)
        scores.append(result.accuracies[""])
    spreads = [each.std() for each in scores]
    return Shown(f"{write(*(each.mean() for each in scores))}, spread {write(*spreads)}", spreads[0] > spreads[1])


def picked(seed):
    result = facelab.pick_best(LOOK_ALIKES, facelab.load_sample(), seed=seed, progress=False)
    return Shown(write(*result.means), result.effect(*result.means.index).low > 0)


def leak(seed):
    result = facelab.compare_splits(facelab.load_sample(people=12), seed=seed, progress=False)
    return Shown(write(*result.means), result.effect(*result.means.index).low > 0)


def split_people(seed):
    learned, test = facelab.load_sample().split(test_size=0.3, by="person", seed=seed)
    few = learned.take(dict.fromkeys(facelab.EXPRESSIONS, 10))
    return learned, test, facelab.evaluate(train(few), test)


def more_than_ten_of_each(seed):
    learned, test, report = split_people(seed)
    more = facelab.evaluate(train(learned), test)
    return Shown(write(report.accuracy, more.accuracy), more.accuracy > report.accuracy)


def surer_when_right(seed):
    *_, report = split_people(seed)
    right = report.predicted == report.faces.labels
    sure = report.confidence[right].mean(), report.confidence[~right].mean()
    return Shown(write(*sure), sure[0] > sure[1])


def narrow_model(seed):
    learned, test, report = split_people(seed)
    neutral = test.select(test.labels == "neutral")
    narrow = facelab.evaluate(train(learned.take(joy=100, sadness=100)), neutral)
    wide = facelab.evaluate(report.model, neutral)
    shares = [
        np.mean((each.confidence >= 0.6) & np.isin(each.predicted, ["joy", "sadness"])) for each in (narrow, wide)
    ]
    return Shown(write(*shares), shares[0] > shares[1])


def skin_tones(seed):
    """What the teachers' note and the datasheet say: light is ahead, but the intervals overlap."""
    faces, groups = facelab.load_sample(), facelab.describe_sample()["skin"]
    predicted = np.empty_like(faces.labels)
    for learned, asked in GroupKFold(5, shuffle=True, random_state=seed).split(faces.points, groups=faces.people):
        predicted[asked] = train(faces.select(learned)).predict(faces.points[asked])
    report = Evaluation(faces, predicted, np.ones((len(faces), len(facelab.EXPRESSIONS))))
    light, dark = (facelab.compare_groups(report, groups).loc[tone] for tone in ("light", "dark"))
    figures = [f"{write(each['right'])} ({each['low']:.2f} to {each['high']:.2f})" for each in (light, dark)]
    return Shown(" / ".join(figures), light["right"] > dark["right"] and light["low"] < dark["high"])


SHOWN = {
    "4 30 : 30, then 40 : 20, recall of joy and sadness": even_and_tipped,
    "4 plain faces 20 : 20, then 27 : 13: close to full marks": plain_faces,
    "4 joy and anger 20, surprise and anger 20, and 35": easy_and_hard,
    "4 the hardest of ten pairs (exercise 4.1), and the next": hardest_pair,
    "4 anger and neutral 20 : 20, 36 : 4, 4 : 36 (4.2, 4.5)": badly_tipped,
    "4 joy and anger 20, and 60": more_of_an_easy_pair,
    "4 enough (exercise 4.4) of 5, 10, 20, 40, 70, 100": enough_photos,
    "5 the best of ten, by its test and on new people": picked,
    "5 split by photo, by person": leak,
    "5 16 : 16 and 10 : 10 (exercise 5.5): the larger test scatters less": larger_test,
    "6 10 photos of each, and all": more_than_ten_of_each,
    "6 confidence when right, when wrong": surer_when_right,
    "6 neutral faces called joy or sadness, by who knows two, by who knows five": narrow_model,
    "6 skin tone, light and dark, with intervals": skin_tones,
}
