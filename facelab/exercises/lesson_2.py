"""What is right in the exercises of lesson 2; see ``lesson_1.py``."""

from numbers import Real

import numpy as np

from facelab.exercises.lesson_1 import describe
from facelab.faces.detection import find_faces
from facelab.faces.pieces import face_from_pieces
from facelab.language import Misuse, say
from facelab.model.prediction import predict_expression, ready_model


def tell_upside_down(guess, found):
    """Tell how many faces were found."""
    return "right", {"count": len(found.faces)}


def check_mouth_height(height, face):
    """Right is how far point 17 lies below point 0, in pixels."""
    if not isinstance(height, Real) or isinstance(height, bool):
        raise Misuse(say("exercises.not_a_height"))
    truth = float(face.points[17, 1] - face.points[0, 1])
    if abs(height - truth) <= 1:  # a pixel may get lost in rounding
        return "right", {"truth": f"{truth:.0f}"}
    if abs(height + truth) <= 1:
        return "upside_down", {}
    width = abs(face.points[61, 0] - face.points[291, 0])
    return "sideways" if abs(abs(height) - width) <= 1 else "other", {}


def check_neutral_pieces(pieces):
    """Right are any three pieces that the ready model takes for a neutral face."""
    answer = predict_expression(ready_model(), find_faces(face_from_pieces(*pieces)).faces[0])
    return "right" if answer.likeliest == "neutral" else "other", describe(answer)


def check_counter(number):
    """Right is what is left of 400 where counting starts again at 256."""
    reasons = {400 % 256: "right", 400: "too_large", 255: "held_back", 400 - 255: "one_off"}
    return reasons.get(number, "other"), {}


def check_darkness(brightness, photo):
    """Right is a brightness that still works while one lower by 10 % does not."""
    if not _is_usable(photo, brightness):
        return "too_dark", {}
    return "darker_works" if _is_usable(photo, brightness - 10) else "right", {}


def _is_usable(photo, brightness):
    return find_faces((photo * (max(brightness, 0) / 100)).astype(np.uint8)).problem is None


CHECKS = {
    "02.1": tell_upside_down,
    "02.2": check_mouth_height,
    "02.3": check_neutral_pieces,
    "02.4": check_counter,
    "02.5": check_darkness,
}
OFFERS = {}
