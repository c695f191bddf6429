"""The match between the pupil and a model: its session, its sentences and what its view shows."""

import pytest
from sklearn.dummy import DummyClassifier

import facelab
from facelab.widgets.guess import Guess, GuessSession


@pytest.fixture(scope="module")
def faces():
    return facelab.load_sample().take(joy=2, sadness=2, anger=2)


@pytest.fixture(scope="module")
def rival(faces):
    """A model that answers joy to everything: it is right about two of the six faces."""
    return DummyClassifier(strategy="constant", constant="joy").fit(faces.points, faces.labels)


@pytest.fixture
def session(faces, rival):
    return GuessSession(faces, rival)


def play(session, right):
    """Play a match to its end and guess so many faces right."""
    for number in range(session.rounds):
        truth = session.faces.labels[session.position]
        session.guess(truth if number < right else "neutral")


def test_every_face_comes_once_in_an_order_that_the_seed_decides(faces, rival):
    orders = [GuessSession(faces, rival, seed=seed).faces.points.tolist() for seed in (0, 0, 1)]
    assert orders[0] == orders[1] != orders[2]
    assert sorted(GuessSession(faces, rival).faces.labels) == sorted(faces.labels)


def test_a_model_in_doubt_still_answers(session):
    played = session.guess("sadness")
    assert played.prediction.likeliest == "joy"
    assert played.model_right == (played.truth == "joy")


def test_message_tells_how_the_match_ended(faces, rival):
    for right, ending in ((5, "won"), (2, "drawn"), (0, "lost")):
        session = GuessSession(faces, rival)
        play(session, right)
        assert session.message == facelab.say(f"guess.{ending}", mine=right, its=2, count=6)


def test_right_answers_in_a_row_are_praised(session):
    for guessed, streak in ((True, 1), (True, 2), (True, 3), (False, 0), (True, 1)):
        truth = session.faces.labels[session.position]
        session.guess(truth if guessed else "neutral")
        assert session.streak == streak and ("연속으로" in session.message) == (streak == 3)


def test_a_board_shows_each_round_and_the_points(faces, rival):
    guess = Guess(faces, rival, rounds=2)
    guess.buttons[str(guess.session.faces.labels[0])].click()
    right = guess.session.played[0].model_right
    assert ">●·</td><td>1<" in guess.score.value
    assert (">●·</td>" if right else ">✕·</td>") in guess.score.value.split("</tr>")[1]


def test_message_tells_the_score_on_the_way(session):
    session.guess(session.faces.labels[0])
    mine, its = session.scores
    assert session.message == facelab.say("guess.score", mine=mine, its=its, count=1)


def test_next_match_goes_on_with_the_faces_that_follow(faces, rival):
    session = GuessSession(faces, rival, rounds=4)
    play(session, right=0)
    session.play_again()
    assert session.position == 4
    play(session, right=0)
    session.play_again()
    assert session.position == 2


def test_no_faces_are_refused(faces, rival):
    with pytest.raises(ValueError, match="Guess\\(facelab.load_sample"):
        GuessSession(faces.select([]), rival)


def test_guessing_after_the_end_is_refused(session):
    play(session, right=0)
    with pytest.raises(ValueError) as problem:
        session.guess("joy")
    assert str(problem.value) == facelab.say("guess.finished")


def test_unknown_expression_is_refused(session):
    with pytest.raises(ValueError, match="bored"):
        session.guess("bored")


def test_view_shows_both_answers_and_goes_on(faces, rival):
    guess = Guess(faces, rival)
    assert guess.next.layout.display == "none"
    guess.buttons["anger"].click()
    assert (
        facelab.say("guess.truth", truth=facelab.say(f"expression.{guess.session.played[0].truth}"))
        in guess.result.value
    )
    assert "100.00%" in guess.result.value
    guess.next.click()
    assert guess.result.value == ""
    assert guess.session.position == 1


def test_first_answer_counts_and_keys_do_what_buttons_do(faces, rival):
    guess = Guess(faces, rival)
    guess.shortcuts.press("1")
    guess.shortcuts.press("2")
    assert [each.mine for each in guess.session.played] == ["joy"]
    guess.shortcuts.press("ArrowRight")
    guess.shortcuts.press("ArrowRight")
    assert guess.session.position == 1


def test_view_ends_with_an_overview_and_plays_again(faces, rival):
    guess = Guess(faces, rival, rounds=2)
    for _ in range(2):
        guess.next.click()
        guess.buttons["neutral"].click()
    assert guess.overview.value.count("<figure") == 2
    assert "facelab-chosen" in guess.buttons["neutral"]._dom_classes
    guess.next.click()
    guess.shortcuts.press("ArrowRight")  # pressed once too often: the result must stay
    assert len(guess.session.played) == 2 and guess.next.layout.display == "none" and guess.again.layout.display == ""
    guess.again.click()
    assert guess.session.played == [] and "facelab-chosen" not in guess.buttons["neutral"]._dom_classes
    assert guess.overview.value == ""


def test_scores_count_what_was_right(session):
    play(session, right=5)
    assert session.scores == (5, 2)
    assert session.finished
