"""What is right in the exercises of lesson 1.

Here as in the files of the other lessons, a check gets the answer and the facts of the lesson, and returns the key of a
sentence in ``exercises.toml``, "right" or what the answer lacks, with the values in that sentence. OFFERS say what the
pupil chooses from where the facts decide it.
"""

from facelab.answers.texts import name_expression, write_percent
from facelab.language import Misuse, say
from facelab.model.prediction import predict_expression


def compare_guess(guess, prediction):
    """Tell what the model says of the face."""
    return "right" if guess == prediction.likeliest else "other", describe(prediction)


def check_two_expressions(model, face):
    """Right is a trained model that knows surprise and anger alone."""
    if isinstance(model, type) or not hasattr(model, "predict_proba"):
        found = f"class {model.__name__}" if isinstance(model, type) else type(model).__name__
        raise Misuse(say("exercises.not_a_model", found=found))
    if not hasattr(model, "classes_"):
        return "untrained", {}
    if set(model.classes_) != {"surprise", "anger"}:
        return "other_school", {"found": ", ".join(map(name_expression, model.classes_))}
    try:
        return "right", describe(predict_expression(model, face))
    except Misuse:
        raise
    except ValueError:  # scikit-learn's, about the shape: the model has learnt from something else
        return "other_points", {}


def check_hesitation(place, model, faces):
    """Right is the face whose longest bar is the shortest."""
    longest = [max(predict_expression(model, face).percentages.values()) for face in faces.points]
    shorter = sum(bar < longest[place] for bar in longest)
    return "surer" if shorter else "right", {"share": f"{longest[place]:.2f}", "shorter": shorter}


def describe(prediction):
    """Return what a sentence says of a prediction: its likeliest expression, and that one's percentage."""
    share = max(prediction.percentages.values()) / 100
    return {"expression": name_expression(prediction.likeliest), "share": write_percent(share)}


CHECKS = {"01.1": compare_guess, "01.2": check_two_expressions, "01.4": check_hesitation}
OFFERS = {"01.4": lambda model, faces: faces}
