"""Who judges which exercise."""

from inspect import signature

from facelab.exercises import first_lessons, later_lessons
from facelab.exercises.reading import find_ideas, read_choice
from facelab.exercises.texts import list_choices, list_ideas, tell
from facelab.language import Misuse, say

JUDGES = {
    "01.1": first_lessons.judge_first_guess,
    "01.2": first_lessons.judge_two_expressions,
    "01.4": first_lessons.judge_hesitation,
    "02.1": first_lessons.judge_upside_down,
    "02.2": first_lessons.judge_mouth_height,
    "02.3": first_lessons.judge_neutral_pieces,
    "02.4": first_lessons.judge_counter,
    "02.5": first_lessons.judge_darkness,
    "03.1": first_lessons.judge_detective,
    "03.2": first_lessons.judge_turned_labels,
    "03.3": first_lessons.judge_coin,
    "03.4": first_lessons.judge_many_or_right,
    "04.1": later_lessons.judge_hardest_pair,
    "04.2": later_lessons.judge_loser,
    "04.3": later_lessons.judge_lazy_score,
    "04.4": later_lessons.judge_enough,
    "04.5": later_lessons.judge_tipped_set,
    "05.1": later_lessons.judge_parrot,
    "05.2": later_lessons.judge_split,
    "05.3": later_lessons.judge_spread,
    "05.4": later_lessons.judge_champion,
    "06.1": later_lessons.judge_doubt,
    "06.2": later_lessons.judge_best_known,
    "06.3": later_lessons.judge_honesty,
    "06.4": later_lessons.judge_turned_photo,
}


def judge(name, answer, facts):
    """Judge an answer that is not empty.

    Parameters
    ----------
    name : str
        The exercise's number, such as "03.2".
    answer : object
        What the pupil answered.
    facts : tuple
        What the lesson hands over to judge by.

    Returns
    -------
    (bool, str)
        Whether it is right, and the sentence about it.

    Raises
    ------
    ValueError
        If the answer cannot be read.
    """
    if list_ideas(name):
        return True, _praise(name, str(answer))
    if name not in JUDGES:  # a plain choice: each wrong one has its own sentence
        reason = read_choice(answer, list_choices(name))
        return reason == "right", tell(name, reason)
    reason, values = JUDGES[name](answer, *facts)
    return reason == "right", tell(name, reason, **values)


def _praise(name, text):
    """Answer an open question, to which nothing is wrong: tell which ideas were met and which might be added."""
    ideas = list_ideas(name)
    met = find_ideas(text, ideas)
    others = [idea for idea in ideas if idea not in met]
    lines = [say("exercises.ideas_met"), *map(_point, met)] if met else [say("exercises.own_idea")]
    if others:
        lines += [say("exercises.ideas_left"), *map(_point, others)]
    return "\n".join(lines)


def _point(idea):
    return f"• {idea}"


def check_facts(name, facts):
    """Raise a ValueError that shows how to ask if the facts are not as many as the exercise needs."""
    if name not in JUDGES:
        return
    wanted = list(signature(JUDGES[name]).parameters)
    if len(facts) != len(wanted) - 1:
        example = ", ".join([f'"{name}"', *wanted])
        raise Misuse(say("exercises.facts_missing", example=f"facelab.exercises.check({example})"))
