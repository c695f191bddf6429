"""What the lessons claim: pairs of conditions of which one does better, on the shipped faces and on real photos."""

from typing import NamedTuple

import numpy as np

import facelab
from facelab.experiments.comparison import measure_effect

BLOCKS = 30  # of repeats: a block is as many as a lesson shows, 30, or for a strong effect fewer


class Claim(NamedTuple):
    """That one condition does better than another.

    Attributes
    ----------
    better, worse : dict
        Conditions as `facelab.compare` takes them.
    expression : str, optional
        The recall of this expression is better, not only the accuracy.
    people : int, optional
        All photos are of so few people, as in a class.
    test_size : int
        The number of test photos of each expression.
    repeats : int
        How many make a block.
    faint : bool, optional
        Which of the shipped faces the lesson takes, as `facelab.load_sample` does.
    """

    better: dict
    worse: dict
    expression: str | None = None
    people: int | None = None
    test_size: int = 8
    repeats: int = 10
    faint: bool | None = None


def take(name, better, worse, first=None, second=None, **options):
    """Make a claim of two conditions of a plan, by their places."""
    conditions = list(facelab.plan(name, first, second).values())
    return Claim(conditions[better], conditions[worse], **options)


def list_claims():
    """Return the claims of lessons 03 to 05 as a dict; the number of the lesson comes first in each name."""
    hard = {"first": "anger", "second": "neutral", "faint": True}  # the hardest pair of all, see `claims_by_seed`
    few, many = ({"sadness": number, "neutral": number} for number in (2, 20))
    shares = {"joy": 30, "sadness": 30}, {"joy": 40, "sadness": 20}
    amounts = ({"joy": number, "anger": number} for number in (60, 20))
    shown = {"repeats": 30, "faint": True, "test_size": 30}  # the guide's own examples, as the lesson shows them
    return {
        "3 more labels": Claim(many, few),
        "3 wrong labels 20 %": take("wrong_labels", 0, 2),
        "3 wrong labels 40 %": take("wrong_labels", 0, 4),
        "3 one-sided wrong labels": take("one_sided", 1, 2, expression="anger"),
        "4 imbalance 40 to 20: sadness loses": Claim(*shares, expression="sadness", **shown),
        "4 imbalance 40 to 20: joy wins": Claim(*shares[::-1], expression="joy", **shown),
        "4 imbalance 40 to 20, hard": take("imbalance", 0, 1, **hard, expression="neutral"),
        "4 imbalance 36 to 4, easy": take("strong_imbalance", 0, 1, expression="sadness"),
        "4 imbalance 36 to 4, hard": take("strong_imbalance", 0, 1, **hard, expression="neutral"),
        "4 dropping helps the rare": take("remedies", 1, 0, **hard, expression="neutral"),
        "4 weighing helps the rare": take("remedies", 2, 0, **hard, expression="neutral"),
        "4 collecting helps the rare": take("remedies", 3, 0, **hard, expression="neutral"),
        "4 collecting beats dropping": take("remedies", 3, 1, **hard),
        "4 surprise is harder to tell from anger than joy": take("pairs", 0, 1, **shown),
        "4 35 of surprise and anger are better than 20": take("pairs", 2, 1, **shown),
        "4 20 of each are better than 5": take("learning_curve", 2, 0, **hard),
        "4 60 of joy and anger are better than 20": Claim(*amounts, **shown),
        "5 a leak flatters": take("leak", 0, 1, people=12, test_size=4),
    }


def measure(claim, faces, seed=0):
    """Return the share of blocks in which the better condition does better on average, and the whole effect."""
    if claim.faint is not None:
        faces = facelab.load_sample(faint=claim.faint)
    if claim.people:
        faces = faces.select(np.isin(faces.people, np.unique(faces.people)[: claim.people]))
    conditions = {"better": claim.better, "worse": claim.worse}
    options = {"repeats": BLOCKS * claim.repeats, "test_size": claim.test_size, "progress": False, "seed": seed}
    return share_of_blocks(facelab.compare(conditions, faces, **options), claim.expression)


def share_of_blocks(result, expression=None):
    """Return the share of blocks in which the first condition is ahead, and the effect over all repeats."""
    one, other = result.accuracies
    scores = result.recalls if expression else result.accuracies
    ahead, behind = ((name, expression) if expression else name for name in (one, other))
    blocks = (scores[ahead] - scores[behind]).reshape(BLOCKS, -1).mean(axis=1)
    return float((blocks > 0).mean()), result.effect(one, other, expression)


def measure_differences(differences):
    """Return the share of differences above 0, one for each block, and the effect that they show."""
    differences = np.array(list(differences))
    assert len(differences) == BLOCKS
    effect = measure_effect(differences)
    return effect.wins / BLOCKS, effect


def tell(name, share, effect):
    """Write the size of an effect with its interval, in points."""
    size = f"{100 * effect.mean:.1f} points ({100 * effect.low:.1f} to {100 * effect.high:.1f})"
    return f"{name}: {size}, in {share:.0%} of {BLOCKS} blocks"
