"""What is right in the exercises of lessons 1 to 3: one small function for each.

It gets the answer and the facts of the lesson, and returns the key of a sentence in ``exercises.toml``, "right" or what
the answer lacks, with the values in that sentence. An answer that cannot be read ends in a ValueError.
"""

import numpy as np

from facelab.exercises.reading import (
    quote,
    read_choice,
    read_count,
    read_expression,
    read_number,
    read_numbers,
    read_place,
    read_share,
)
from facelab.exercises.texts import list_choices
from facelab.faces.detection import find_faces
from facelab.faces.pieces import face_from_pieces
from facelab.language import Misuse, say
from facelab.model.prediction import predict_expression, ready_model


def judge_first_guess(guess, prediction):
    """Right is what the model says of the face."""
    shown = _describe(prediction)
    return "right" if read_expression(guess) == prediction.likeliest else "other", shown


def judge_two_expressions(model, face):
    """Right is a trained model that knows surprise and anger alone."""
    if isinstance(model, type) or not hasattr(model, "predict_proba"):
        found = f"class {model.__name__}" if isinstance(model, type) else type(model).__name__
        raise Misuse(say("exercises.not_a_model", found=found))
    if not hasattr(model, "classes_"):
        return "untrained", {}
    if set(model.classes_) != {"surprise", "anger"}:
        return "other_school", {"found": ", ".join(map(name_expression, model.classes_))}
    try:
        return "right", _describe(predict_expression(model, face))
    except Misuse:
        raise
    except ValueError:  # scikit-learn's, about the shape: the model has learnt from something else
        return "other_points", {}


def judge_hesitation(number, model, faces):
    """Right is the face whose longest bar is the shortest."""
    longest = [max(predict_expression(model, face).percentages.values()) for face in faces.points]
    position = read_place(number, len(faces))
    shorter = sum(bar < longest[position] for bar in longest)
    return "surer" if shorter else "right", {"share": f"{longest[position]:.2f}", "shorter": shorter}


def judge_upside_down(guess, found):
    """Right is the number of faces that were found."""
    count = len(found.faces)
    return "right" if read_number(guess) == count else "other", {"count": count}


def judge_mouth_height(height, face):
    """Right is how far point 17 lies below point 0, in pixels."""
    number, truth = read_number(height), float(face.points[17, 1] - face.points[0, 1])
    if abs(number - truth) <= 1:  # a pixel may get lost in rounding
        return "right", {"truth": f"{truth:.0f}"}
    if abs(number + truth) <= 1:
        return "upside_down", {}
    width = abs(face.points[61, 0] - face.points[291, 0])
    return "sideways" if abs(abs(number) - width) <= 1 else "other", {}


def judge_neutral_pieces(pieces):
    """Right are any three pieces that the ready model takes for a neutral face."""
    numbers = read_numbers(pieces)
    if len(numbers) == 1 and numbers[0] in range(111, 667):  # "511"
        numbers = [int(digit) for digit in f"{numbers[0]:g}"]
    if len(numbers) != 3 or not set(numbers) <= set(range(1, 7)):
        return "no_triple", {}
    answer = predict_expression(ready_model(), find_faces(face_from_pieces(*map(int, numbers))).faces[0])
    return "right" if answer.likeliest == "neutral" else "other", _describe(answer)


def judge_counter(value):
    """Right is what is left of 400 where counting starts again at 256."""
    number = read_number(value)
    reasons = {400 % 256: "right", 400: "too_large", 255: "held_back", 400 - 255: "one_off"}
    return reasons.get(number, "other"), {}


def judge_darkness(brightness, photo):
    """Right is a brightness that still works while a tenth less does not."""
    share = read_count(brightness, 1)
    if not 0 < share <= 1:
        return "out_of_range", {}
    if not _is_usable(photo, share):
        return "too_dark", {}
    return "darker_works" if _is_usable(photo, share - 0.1) else "right", {}


def judge_detective(suspects, secret, honest):
    """Right are the places at which the two sets have different labels, no more and no fewer."""
    guilty = set(np.flatnonzero(secret.labels != honest.labels).tolist())
    named = set(read_numbers(suspects))
    if not named <= set(range(len(secret))):
        raise Misuse(say("exercises.not_a_place", found=quote(suspects), most=len(secret) - 1))
    shown = {"caught": len(named & guilty), "missed": len(guilty - named), "innocent": len(named - guilty)}
    if named == guilty:
        return "right", shown
    return "innocent" if named - guilty else "missed", shown


def judge_turned_labels(guess, report):
    """Right is a score that the test cannot tell from the true one: within half of its interval."""
    low, high = report.interval
    share, shown = read_share(guess), {"accuracy": write_percent(100 * report.accuracy)}
    if abs(share - report.accuracy) <= (high - low) / 2:
        return "right", shown
    return "half" if 0.4 <= share <= 0.6 else "other", shown


def judge_coin(share):
    """Right is a half, give or take five per cent."""
    wrong = read_share(share)
    if abs(wrong - 0.5) <= 0.05:
        return "right", {}
    return "too_few" if wrong < 0.5 else "too_many", {}


def judge_many_or_right(guess, comparison):
    """Judge by the means of the experiment; where its repeats cannot tell the two apart, both answers are right."""
    choice = read_choice(guess, list_choices("03.4"))
    many, right = comparison.means
    shown = {"many": write_percent(100 * many), "few": write_percent(100 * right)}
    many_runs, right_runs = comparison.accuracies.values()
    error = np.std(many_runs - right_runs) / np.sqrt(len(many_runs))
    better = "many" if many > right else "right_labels"
    return "right" if choice == better or abs(many - right) <= 2 * error else "other", shown


def name_expression(label):
    """Return an expression's name in the chosen language."""
    return say(f"expression.{label}")


def write_percent(number):
    """Write a number from 0 to 100 with one decimal."""
    return f"{number:.1f}"


def _describe(answer):
    return {"expression": name_expression(answer.likeliest), "share": write_percent(max(answer.percentages.values()))}


def _is_usable(photo, brightness):
    return find_faces((photo * max(brightness, 0)).astype(np.uint8)).problem is None
