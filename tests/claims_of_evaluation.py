"""What lesson 6 claims, as differences that are above 0 where the claim is true: one for each other split by person."""

import numpy as np

import facelab
from facelab.model.prediction import THRESHOLD
from tests.claims import BLOCKS


def split_again(faces):
    """Yield what to learn from and the test, split by person in other ways."""
    for seed in range(BLOCKS):
        yield faces.split(test_size=0.3, by="person", seed=seed)


def train(faces):
    return facelab.expression_model().fit(faces.points, faces.labels)


def more_photos(faces):
    """All photos teach more than ten of each."""
    for learned, test in split_again(faces):
        few = learned.take(**dict.fromkeys(facelab.EXPRESSIONS, 10))
        yield facelab.evaluate(train(learned), test).accuracy - facelab.evaluate(train(few), test).accuracy


def surer_when_right(faces):
    """The confidence is higher where the answer is right."""
    for learned, test in split_again(faces):
        report = facelab.evaluate(train(learned), test)
        right = report.predicted == test.labels
        yield report.confidence[right].mean() - report.confidence[~right].mean()


def narrow_models_declare(faces):
    """A model that knows joy and sadness alone takes more neutral faces for these than one that knows all five."""
    for learned, test in split_again(faces):
        neutral = test.select(test.labels == "neutral")
        wide, narrow = train(learned), train(learned.select(np.isin(learned.labels, ["joy", "sadness"])))
        yield _declare(narrow, neutral) - _declare(wide, neutral)


def own_neutral_helps(faces):
    """Whoever shows a neutral face first is read better; measured on half of the people each time."""
    for half, _ in (faces.split(test_size=0.5, by="person", seed=seed) for seed in range(BLOCKS)):
        told = facelab.evaluate_unseen(half, folds=3, own_neutral=True)
        yield told.accuracy - facelab.evaluate_unseen(half, folds=3).accuracy


def five_fit_their_person(faces):
    """A model of one person's first five photos reads that person's later photos better than everybody else's."""
    first, later = facelab.load_sample(faint=False), facelab.load_sample(faint=True)
    gains = []
    for person in np.unique(first.people):
        personal = train(first.select(first.people == person))
        is_own = later.people == person
        gains.append(np.subtract(*(facelab.evaluate(personal, later.select(at)).accuracy for at in (is_own, ~is_own))))
    for seed in range(BLOCKS):  # half of the people each time
        yield np.random.default_rng(seed).choice(gains, len(gains) // 2, replace=False).mean()


def _declare(model, faces):
    """Return the share of faces that a model is sure to be happy or sad."""
    chances = model.predict_proba(faces.points)[:, np.isin(model.classes_, ["joy", "sadness"])]
    return np.mean(chances.max(axis=1) >= THRESHOLD / 100)


CLAIMS = {
    "6 all photos are better than 10 of each": more_photos,
    "6 surer when right": surer_when_right,
    "6 who knows but two declares neutral faces one of them": narrow_models_declare,
    "6 an own neutral face helps": own_neutral_helps,
    "6 five photos fit the person they show": five_fit_their_person,
}
