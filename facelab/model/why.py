"""Why a model answers as it does: how far eyebrows, eyes and lips push towards an expression, and away from it."""

from dataclasses import dataclass, field
from functools import reduce

import numpy as np

from facelab.faces.geometry import crop_points
from facelab.faces.landmarks import PIECE_OUTLINES
from facelab.language import Misuse, say
from facelab.model.features import MEASUREMENTS
from facelab.model.weights import average_face, read_weights, split_model

# What people see in a face when there is more or less of some measurements than in an average face; a minus stands
# before those that count the other way round. Measurements that tell the same speak with one voice.
TRAITS = {
    ("brows_high", "brows_low"): "brow_height outer_brow_height brow_to_lid",
    ("inner_brows_high", "inner_brows_low"): "inner_brow_height inner_brow_to_lid brow_slope",
    ("brows_arched", "brows_straight"): "brow_arch",
    ("brows_apart", "brows_together"): "inner_brow_distance",
    ("eyes_wide", "eyes_narrow"): "eye_openness eye_roundness upper_lid_height",
    ("lower_lids_high", "lower_lids_low"): "lower_lid_height",
    ("cheeks_high", "cheeks_low"): "cheek_height -cheek_to_lid",
    ("corners_high", "corners_low"): "corner_height inner_corner_height corner_to_upper_lip corner_below_upper_edge "
    "corner_above_lower_edge -corner_to_eye lower_lip_curve",
    (
        "mouth_open",
        "mouth_closed",
    ): "mouth_openness mouth_roundness lip_height jaw_length corner_to_chin upper_lip_curve",
    ("mouth_wide", "mouth_narrow"): "mouth_width inner_mouth_width corner_to_nose",
    ("lips_thick", "lips_thin"): "upper_lip_thickness lower_lip_thickness",
    ("upper_lip_low", "upper_lip_high"): "upper_lip_to_nose",
    ("nose_wide", "nose_narrow"): "nose_width nostril_width nose_wing_height",
    ("chin_long", "chin_short"): "chin_length lip_to_chin",
    ("brows_uneven", "brows_even"): "brow_difference",
    ("eyes_uneven", "eyes_even"): "eye_difference",
    ("mouth_uneven", "mouth_even"): "corner_difference mouth_shift",
}
JOINED, GIVEN, STATED = range(3)  # the endings of a trait in Korean: "and", "because", and alone; English needs none
LOUD = 0.15  # a part that pushes with less than this share of the strongest one is not worth a word


@dataclass(repr=False)
class Why:
    """What speaks for an expression in a face, and what against it, for a model that adds up.

    The model's *lead* for an expression is its log-odds: the logarithm of its probability minus the mean
    logarithm of the others'. 0 means that it is as likely as the others are on the average, and each 0.69 more doubles
    the odds, before the model takes some of its confidence back because the face is a strange one. An average face has
    the lead `start`. From there, each measurement in which this face differs pushes it up or down, and exactly so:
    ``start`` plus all contributions is the lead.

    Attributes
    ----------
    expression : str
        The expression that is explained.
    start : float
        Its lead in an average face, or in the person's own neutral one if the question was put so.
    contributions : dict of str -> float
        How far each measurement pushes towards the expression, or away from it if less than 0.
    differences : dict of str -> float
        By how much each measurement is more than in the average face.
    votes : dict of str -> str
        The expression to which "brows", "eyes" and "lips" each push most.
    face : Face or array of shape (478, 3)
        The face that is explained.
    origin : {"average", "neutral"}
        What it is compared with: an average face, or the person's own neutral one.

    Examples
    --------
    >>> import facelab
    >>> faces = facelab.load_sample()
    >>> why = facelab.predict_expression(facelab.ready_model(), faces[0]).why
    >>> abs(why.lead - why.start - sum(why.parts.values())) < 1e-9
    True
    """

    expression: str
    start: float
    contributions: dict[str, float] = field(repr=False)
    differences: dict[str, float] = field(repr=False)
    votes: dict[str, str]
    face: object = None
    origin: str = "average"

    def __repr__(self):
        return self.message

    @property
    def parts(self) -> dict[str, float]:
        """How far "brows", "eyes" and "lips" push, as a dict: the sums of their measurements."""
        return {part: sum(self.contributions[name] for name in names) for part, names in MEASUREMENTS.items()}

    @property
    def lead(self) -> float:
        """How far the expression is ahead of the others in this face."""
        return self.start + sum(self.contributions.values())

    @property
    def words(self) -> dict[str, str]:
        """What is to be seen in each part that pushes the way the part does, in the chosen language, as a dict."""
        return {part: self._describe(part, push, STATED) for part, push in self.parts.items()}

    @property
    def message(self) -> str:
        """The reasons in one or two sentences in the chosen language."""
        least = LOUD * max(map(abs, self.parts.values()))
        loud = {part: push for part, push in self.parts.items() if abs(push) >= least}
        *others, last = [part for part in sorted(loud, key=loud.get, reverse=True) if loud[part] > 0] or [None]
        reasons = [self._describe(part, loud[part], JOINED) for part in others]
        reasons += [self._describe(last, loud[last], GIVEN)] if last else []
        votes = [
            say("why.vote", part=say(f"pieces.{part}"), expression=say(f"expression.{self.votes[part]}"))
            for part, push in loud.items()
            if push < 0
        ]
        answer = say(f"expression.{self.expression}")
        first = say("why.reasons", reasons=_join(reasons), expression=answer) if reasons else ""
        sentence = first or say("why.no_reason", expression=answer)
        but = " " + say("why.but", votes=", ".join(votes)) if votes else ""
        return sentence[0].upper() + sentence[1:] + but

    def plot(self, ax=None) -> "Why":
        """Mark the parts on the face, and draw how far each pushes; keeps `ax_` and `figure_`, returns itself."""
        from facelab.charts import draw_pushes, new_axes

        pushes = {say(f"why.{self.origin}"): self.start}
        for part, push in self.parts.items():
            pushes[f"{say(f'pieces.{part}')}\n{self.words[part]}"] = push
        image, boxes = self._find_boxes()
        answer = say(f"expression.{self.expression}")
        sides = say("why.away", expression=answer), say("why.towards", expression=answer)
        self.ax_ = new_axes(ax, size=(12, 5.5))
        self.figure_ = self.ax_.figure
        draw_pushes(self.ax_, image, [None, *boxes], pushes, sides, self.message)
        return self

    def _describe(self, part, push, form):
        """Name the trait that pushes most the way the part does, by its strongest measurement."""
        pushes = {name: value * np.sign(push) for name, value in self.contributions.items()}
        traits = {words: names for words, names in _traits().items() if names.keys() <= set(MEASUREMENTS[part])}
        words = max(traits, key=lambda words: sum(pushes[name] for name in traits[words]))
        strongest = max(traits[words], key=pushes.get)
        more = self.differences[strongest] * traits[words][strongest] > 0
        stem, *endings = say(f"why.{words[0] if more else words[1]}").split("|")
        return stem + endings[form] if endings else stem

    def _find_boxes(self):
        """Return the picture of the face, None if there is none, and a box (left, top, right, bottom) for each part."""
        if not hasattr(self.face, "image"):
            return None, [None] * len(PIECE_OUTLINES)
        points = crop_points(self.face.patch_points)[:, :2]
        spots = [points[list(numbers)] for numbers in PIECE_OUTLINES.values()]
        margin = 0.02 * len(self.face.image)
        return self.face.image, [(*(spot.min(axis=0) - margin), *(spot.max(axis=0) + margin)) for spot in spots]


def explain_answer(model, face, points=None, neutral=None, expression=None) -> Why:
    """Find out why a model gives an expression its probability: which measurements push towards it, and how far.

    Works for every pipeline that adds up: whatever comes after the measurements may scale, turn and weigh them, as
    long as the logarithms of the probabilities change in proportion to them. The weights are read off from outside, by
    moving one measurement at a time, and checked on faces made at random.

    Parameters
    ----------
    model : Pipeline
        A trained one that begins with `FaceFeatures`, such as `facelab.expression_model`.
    face : Face, or array of shape (478, 3)
        The face or its points.
    points : array of shape (478, 3), optional
        The points that the model was asked about if they are not the face's own, but moved to another zero point.
    neutral : array of shape (478, 3), optional
        The points of the face to compare with, such as that zero point; by default the comparison is with the mean of
        what the model has learned from or, if it does not keep that, of the shipped faces.
    expression : str, optional
        The expression to explain; by default the one with the highest probability.

    Returns
    -------
    Why

    Raises
    ------
    ValueError
        If the model does not measure, does not add up, or does not know the expression.

    Examples
    --------
    >>> import facelab
    >>> smiling = facelab.load_sample().take(joy=1)[0]
    >>> explain_answer(facelab.ready_model(), smiling, expression="sadness").lead < 0
    True
    """
    measure, rest = split_model(model)
    classes = model.classes_.tolist()
    _check_explainable(classes, expression)
    origin = average_face(measure, rest) if neutral is None else measure.transform(neutral[None])[0]
    measured = measure.transform(np.asarray(getattr(face, "points", face) if points is None else points)[None])[0]
    start, weights = read_weights(rest, origin, measured)
    pushes = (measured - origin)[:, None] * weights  # of each measurement towards each expression
    chosen = (start + pushes.sum(axis=0)).argmax() if expression is None else classes.index(expression)
    ahead = len(classes) / (len(classes) - 1)  # both sum to 0 over the expressions: from the mean of all to the others'
    names = measure.get_feature_names_out().tolist()
    return Why(
        expression=classes[chosen],
        start=float(start[chosen] * ahead),
        contributions=dict(zip(names, (pushes[:, chosen] * ahead).tolist(), strict=True)),
        differences=dict(zip(names, (measured - origin).tolist(), strict=True)),
        votes={
            part: classes[pushes[np.isin(names, group)].sum(axis=0).argmax()] for part, group in MEASUREMENTS.items()
        },
        face=face,
        origin="average" if neutral is None else "neutral",
    )


def _check_explainable(classes, expression):
    if len(classes) == 1:
        raise Misuse(say("why.one_expression", known=say(f"expression.{classes[0]}")))
    if expression is not None and expression not in classes:
        raise Misuse(say("why.unknown_expression", found=str(expression), expected=", ".join(classes)))


def _traits():
    """Return the two words of each trait -> its measurements -> 1, or -1 for those that count the other way round."""
    return {
        words: {name.lstrip("-"): -1 if name.startswith("-") else 1 for name in names.split()}
        for words, names in TRAITS.items()
    }


def _join(words):
    """Join words as a list is spoken: with "and" before the last."""
    *others, last = words
    if not others:
        return last
    return say(
        "why.and", first=reduce(lambda first, second: say("why.comma", first=first, second=second), others), second=last
    )
