"""Is a model as good for everybody? Answers about people whom it has not learned from, group by group."""

from typing import TYPE_CHECKING

import numpy as np

from facelab.checks import EXPRESSIONS, check_report, check_set, show
from facelab.dataset.labelled import SAMPLE
from facelab.dataset.neutral import check_neutral
from facelab.experiments.evaluation import Evaluation, evaluate
from facelab.experiments.intervals import people_interval
from facelab.language import Misuse, say
from facelab.model.prediction import THRESHOLD, expression_model, move_to_average

if TYPE_CHECKING:
    import pandas


def describe_sample() -> "pandas.DataFrame":
    """Tell how the shipped faces were made: skin tone (0 the lightest, 1 the darkest), age, glasses and much more.

    The column skin has the third of the scale in which the skin tone lies: light, middle or dark.

    Returns
    -------
    pandas.DataFrame
        A row for each face of `facelab.load_sample`, in the same order.

    Examples
    --------
    >>> import facelab
    >>> bool((describe_sample()["person"] == facelab.load_sample().people).all())
    True
    """
    import pandas

    table = pandas.read_csv(SAMPLE / "faces.csv", encoding="utf-8-sig")
    thirds = pandas.cut(
        table["skin_tone"], [0, 1 / 3, 2 / 3, 1], labels=["light", "middle", "dark"], include_lowest=True
    )
    return table.assign(skin=thirds.astype(str))


def evaluate_unseen(faces, folds=5, own_neutral=False, model=None) -> Evaluation:
    """Test on every face, each by a model that has learned from other people only.

    The people are parted into folds. Each fold is the test of a model that learns from all the others.

    Parameters
    ----------
    faces : LabelledFaces
        With people.
    folds : int
        How many models are trained, from 2 on.
    own_neutral : bool
        Whether the models learn from each person's own neutral face (`LabelledFaces.from_neutral`), and are shown the
        first neutral face of each person in the test, as `facelab.predict_expression` takes it. These faces are no
        part of the test then.
    model : sklearn classifier, optional
        Another one than `expression_model()`, to learn anew for each fold.

    Returns
    -------
    Evaluation
        Of all faces, with the probabilities that the models gave.

    Raises
    ------
    ValueError
        If there are fewer people than folds, fewer than two folds, or a neutral face is missing that is needed.

    Examples
    --------
    >>> import facelab
    >>> report = evaluate_unseen(facelab.load_sample().take(joy=40, sadness=40))
    >>> len(report.predicted), report.probabilities.shape
    (80, (80, 5))
    """
    from sklearn.base import clone
    from sklearn.model_selection import GroupKFold

    check_set(faces)
    if model is not None and not hasattr(type(model), "get_params"):
        raise Misuse(say("model.no_model", found=show(model)))
    people = len(np.unique(faces.people))
    if not 2 <= folds <= people:
        raise Misuse(say("groups.wrong_folds", found=folds, people=people))
    if own_neutral:
        check_neutral(faces.labels, faces.people)
    first = _find_first_neutral(faces) if own_neutral else {}
    if first and len(first) == len(faces):
        raise Misuse(say("groups.only_neutral"))
    predicted, probabilities = np.empty_like(faces.labels), np.zeros((len(faces), len(EXPRESSIONS)))
    for train, test in GroupKFold(folds).split(faces.points, groups=faces.people):
        learned, asked = faces.select(train), faces.select(test)
        learned = learned.from_neutral() if own_neutral else learned
        learner = clone(model) if model is not None else expression_model()
        learner.fit(learned.points, learned.labels)
        if own_neutral:
            own = [faces.points[first[person]] for person in asked.people]
            asked.points = np.array([move_to_average(learner, *each) for each in zip(asked.points, own, strict=True)])
        report = evaluate(learner, asked)
        predicted[test], probabilities[test] = report.predicted, report.probabilities
    tested = ~np.isin(np.arange(len(faces)), list(first.values()))
    told = None if np.isnan(probabilities).any() else probabilities[tested]
    return Evaluation(faces.select(tested), predicted[tested], told)


def _find_first_neutral(faces):
    """Find the place of each person's first neutral face, as a dict."""
    people, places = np.unique(faces.people[faces.labels == "neutral"], return_index=True)
    return dict(zip(people, np.flatnonzero(faces.labels == "neutral")[places], strict=True))


def compare_groups(report, groups, threshold=THRESHOLD) -> "pandas.DataFrame":
    """Count right answers and refusals group by group, to see whether a model is as good for everybody.

    Parameters
    ----------
    report : Evaluation
        Of a test with people, such as `evaluate_unseen` returns.
    groups : sequence
        The group of each face, such as the skin tone of the person.
    threshold : float
        The percentage, 0 to 100, below which the model refuses to answer.

    Returns
    -------
    pandas.DataFrame
        A row for each group: the number of `people` and `photos`; the share `right`, from `low` to `high` with 95 %
        confidence; and the share `refused`. Faces of one person are alike, so the interval comes from drawing people;
        if all answers are right, or all wrong, it is that of so many people; of a single person it is missing.

    Raises
    ------
    ValueError
        If there is not one group for each face.

    Notes
    -----
    The intervals are those of `people_interval`.

    Examples
    --------
    >>> import facelab
    >>> report = evaluate_unseen(facelab.load_sample().take(joy=40, sadness=40))
    >>> compare_groups(report, report.faces.labels).loc["joy", "photos"]
    40
    """
    import pandas

    check_report(report)
    if len(groups) != len(report.faces):
        raise Misuse(say("groups.wrong_length", found=len(groups), expected=len(report.faces)))
    table = pandas.DataFrame(
        {
            "person": report.faces.people,
            "right": report.predicted == report.faces.labels,
            "refused": 100 * report.confidence < threshold,
        }
    )
    rows = {group: _summarise(part) for group, part in table.groupby(np.asarray(groups), observed=True, dropna=False)}
    return pandas.DataFrame.from_dict(rows, orient="index")


def _summarise(part):
    people = part.groupby("person")["right"].agg(["sum", "count"]).to_numpy()
    low, high = people_interval(people)
    shares = {"right": part["right"].mean(), "low": low, "high": high, "refused": part["refused"].mean()}
    return {"people": len(people), "photos": len(part), **shares}
