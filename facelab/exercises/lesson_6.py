"""What is right in the exercises of lesson 6; see ``lesson_1.py``."""

import numpy as np

from facelab.answers.texts import name_expression, write_percent


def compare_doubt(guess, longest, threshold):
    """Compare within a tenth of the photos: nobody can count bars that have not been seen."""
    count = int(np.sum(np.asarray(longest) < threshold))
    shown = {"count": count, "total": len(longest)}
    if abs(guess - count) <= len(longest) / 10:
        return "right", shown
    return "fewer" if guess < count else "more", shown


def check_best_known(named, report):
    """Right is an expression of which no other has a higher recall."""
    recalls = report.recall
    shown = {"expression": name_expression(named), "recall": write_percent(recalls.get(named, 0))}
    return "right" if recalls.get(named) == max(recalls.values()) else "other", shown


def check_honesty(choice, report):
    """Judge by the gap between the mean confidence and the share of right answers, and by how sure that gap is."""
    confidence, right = 100 * report.confidence, 100.0 * (report.predicted == report.faces.labels)
    gap, error = right.mean() - confidence.mean(), right.std() / np.sqrt(len(right))
    fitting = {"modest" if gap > 0 else "boastful"} | ({"just_right"} if abs(gap) <= max(3, 2 * error) else set())
    shown = {"confidence": write_percent(confidence.mean() / 100), "share": write_percent(right.mean() / 100)}
    return "right" if choice in fitting else "other", shown


def compare_turned_photo(choice, before, after):
    """Compare with whether both verdicts are the same."""
    same = before.label == after.label and before.likeliest == after.likeliest
    return "right" if (choice == "same") == same else "other", {"before": before.message, "after": after.message}


CHECKS = {"06.1": compare_doubt, "06.2": check_best_known, "06.3": check_honesty, "06.4": compare_turned_photo}
OFFERS = {"06.1": lambda longest, threshold: len(longest)}
