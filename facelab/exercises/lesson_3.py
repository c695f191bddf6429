"""What is right in the exercises of lesson 3; see ``lesson_1.py``."""

import numpy as np

from facelab.answers.texts import write_percent


def check_detective(suspects, secret, honest):
    """Right are the places at which the two sets have different labels, no more and no fewer."""
    guilty, named = set(np.flatnonzero(secret.labels != honest.labels).tolist()), set(suspects)
    shown = {"caught": len(named & guilty), "missed": len(guilty - named), "innocent": len(named - guilty)}
    if named == guilty:
        return "right", shown
    return "innocent" if named - guilty else "missed", shown


def compare_turned_labels(guess, report):
    """Compare with the score, as closely as the test can tell it: within half of its interval."""
    low, high = report.interval
    shown = {"accuracy": write_percent(report.accuracy)}
    if abs(guess / 100 - report.accuracy) <= (high - low) / 2:
        return "right", shown
    return "half" if 40 <= guess <= 60 else "other", shown


def compare_coin(share):
    """Compare with a half, give or take five per cent."""
    return ("right" if abs(share - 50) <= 5 else "too_few" if share < 50 else "too_many"), {}


def compare_many_or_right(choice, comparison):
    """Compare with the means of the experiment; where its repeats cannot tell the two apart, both fit."""
    many, right = comparison.means
    many_runs, right_runs = comparison.accuracies.values()
    error = np.std(many_runs - right_runs) / np.sqrt(len(many_runs))
    better = "many" if many > right else "right_labels"
    reason = "right" if choice == better or abs(many - right) <= 2 * error else "other"
    return reason, {"many": write_percent(many), "few": write_percent(right)}


CHECKS = {"03.1": check_detective, "03.2": compare_turned_labels, "03.3": compare_coin, "03.4": compare_many_or_right}
OFFERS = {"03.1": lambda secret, honest: secret}
