"""A model card: what a saved model learnt from, how good it is, what it confuses, and when it says "cannot tell"."""

from dataclasses import dataclass
from pathlib import Path

from facelab.answers.texts import name_expression
from facelab.checks import EXPRESSIONS
from facelab.experiments.intervals import wilson_interval
from facelab.files import is_link
from facelab.language import Misuse, say
from facelab.model.facts import are_sound, read_facts
from facelab.model.saving import load_model


@dataclass
class ModelCard:
    """What there is to know of a model.

    Attributes
    ----------
    classes : list of str
        The expressions that it can answer.
    facts : dict or None
        What `facelab.model.facts.describe_training` counted; None if the model was saved without.

    Examples
    --------
    >>> facts = {"version": 1, "learnt": {"joy": 9, "anger": 7}, "people": 4, "shipped": 16, "acquainted": 0}
    >>> facts |= {"confusion": [["joy", "joy", 4], ["anger", "joy", 4]], "threshold": 60, "unsure": 2, "sure_right": 3}
    >>> card = ModelCard(["anger", "joy"], facts)
    >>> card.right, card.total, card.baseline
    (4, 8, 0.5)
    """

    classes: list[str]
    facts: dict | None = None

    @property
    def total(self) -> int:
        """How many photos were in its test."""
        return sum(count for *_, count in self.facts["confusion"]) if self.facts else 0

    @property
    def right(self) -> int:
        """How many of these it got right."""
        return sum(count for true, said, count in self.facts["confusion"] if true == said) if self.facts else 0

    @property
    def baseline(self) -> float:
        """The share of right answers of who always names the most common expression of the test, 0 to 1."""
        labels = [true for true, *_ in self.facts["confusion"]]
        return max(sum(n for true, _, n in self.facts["confusion"] if true == each) for each in labels) / self.total

    @property
    def interval(self) -> tuple[float, float]:
        """Where its share of right answers lies with 95 % confidence, as (low, high)."""
        return wilson_interval(self.right, self.total)

    @property
    def expressions(self) -> list[str]:
        """The expressions of the test and of the answers, in the usual order."""
        named = {name for *pair, _ in self.facts["confusion"] for name in pair}
        return [name for name in EXPRESSIONS if name in named]

    @property
    def matrix(self) -> list[tuple[str, list[int]]]:
        """The confusion matrix: for each label its name and the counts of the answers in the order of `expressions`."""
        counts = {(true, said): count for true, said, count in self.facts["confusion"]}
        names = self.expressions if self.total else []
        return [(name_expression(true), [counts.get((true, said), 0) for said in names]) for true in names]

    @property
    def lines(self) -> list[tuple[str, str]]:
        """The card in words: pairs of what is told, and what is so."""
        unknown = [name_expression(key) for key in EXPRESSIONS if key not in self.classes]
        limits = say("card.limits", names=", ".join(unknown)) if unknown else say("card.all_limits")
        rest = [(say("card.limit"), limits)]
        if self.facts is None:
            names = ", ".join(name_expression(key) for key in EXPRESSIONS if key in self.classes)
            learnt = (say("card.learnt"), say("card.only_names", names=names))
            return [learnt, (say("card.score"), say("card.no_score")), *rest]
        learnt = self.facts["learnt"]
        photos = ", ".join(say("card.photos_of", name=name_expression(key), count=learnt[key]) for key in learnt)
        told = [
            (say("card.learnt"), say("card.learnt_from", photos=photos, total=sum(learnt.values()))),
            (say("card.people"), self._tell_people()),
        ]
        if not self.total:
            return [*told, (say("card.score"), say("card.no_score")), *rest]
        return [*told, *self._tell_test(), *rest]

    def _tell_people(self):
        known = "known_people" if self.facts["people"] else "unknown_people"
        people = say(f"card.{known}", people=self.facts["people"])
        shipped = self.facts["shipped"]
        return say("card.shipped", people=people, shipped=shipped) if shipped else people

    def _tell_test(self):
        low, high = (f"{100 * limit:.0f}" for limit in self.interval)
        share, baseline = f"{100 * self.right / self.total:.1f}", f"{100 * self.baseline:.0f}"
        numbers = {"total": self.total, "right": self.right, "share": share, "low": low, "high": high}
        score = [say("card.scored", **numbers, baseline=baseline), say("card.picked")]
        if self.facts["acquainted"]:
            score.append(say("card.acquainted", count=self.facts["acquainted"]))
        wrong = sorted((pair for pair in self.facts["confusion"] if pair[0] != pair[1]), key=lambda pair: -pair[2])
        told = [(*map(name_expression, pair), n) for *pair, n in wrong if n]
        confused = [say("card.confused", true=true, said=said, count=n) for true, said, n in told]
        unsure, threshold = self.facts["unsure"], f"{self.facts['threshold']:g}"
        numbers = {"total": self.total, "unsure": unsure, "sure": self.total - unsure, "threshold": threshold}
        return [
            (say("card.score"), " ".join(score)),
            (say("card.confuses"), ", ".join(confused) or say("card.nothing_confused", total=self.total)),
            (say("card.cannot_tell"), say("card.unsure", right=self.facts["sure_right"], **numbers)),
        ]


def find_best(folder: Path) -> tuple[ModelCard | None, list[str]]:
    """Return the card of the best model in a pupil's folder, None without any, and what cannot be read, in sentences.

    The best is the one whose interval begins highest above its baseline; models that were saved without a test come
    after those with one, and a newer one before an older.
    """
    cards, problems = [], []
    for path in sorted(Path(folder).glob("*.skops"), key=lambda path: -path.stat().st_mtime):
        if is_link(path):
            continue
        try:
            cards.append(ModelCard(load_model(path).classes_.tolist(), read_facts(path)))
        except Misuse as problem:
            problems.append(say("hand_in.bad_model", problem=problem))
    return max(cards, key=lambda card: card.interval[0] - card.baseline if card.total else -2, default=None), problems


def read_card(content) -> ModelCard | None:
    """Return the card that a hand-in holds, None for none; raise a ValueError if it is no card."""
    if content is None:
        return None
    classes, facts = content["classes"], content["facts"]
    if not set(classes) <= set(EXPRESSIONS) or not (facts is None or are_sound(facts)):
        raise ValueError
    return ModelCard(classes, facts)
