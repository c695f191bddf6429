"""What every widget shares: failures that show, and parts in JavaScript whose messages are answered."""

import pytest

from facelab.language import Misuse, say, use_language
from facelab.widgets.parts.scripts import Keys, Part, Pulse
from facelab.widgets.parts.view import View, write_progress


def fail(*_):
    raise RuntimeError("the sky fell")


def refuse(*_):
    raise Misuse(say("guess.finished"))


@pytest.mark.parametrize("way", ["guard", "watch"])
def test_a_failure_is_shown_with_what_a_teacher_needs(way):
    view = View("x")
    getattr(view, way)(fail)()
    assert "the sky fell" in view.problem.value and "Traceback" in view.problem.value
    assert say("view.details") in view.problem.value
    getattr(view, way)(refuse)()
    assert say("guess.finished").split('"')[0] in view.problem.value and "Traceback" not in view.problem.value


def test_only_a_click_takes_the_last_problem_away():
    view = View("x")
    view.show_problem("trouble")
    view.watch(lambda: None)()
    assert "trouble" in view.problem.value
    view.guard(lambda: None)()
    assert view.problem.value == ""


def test_a_message_from_the_browser_that_python_cannot_answer_is_shown():
    view, part, keys = View("x"), Part(), Keys({"1": fail})
    part.hear(fail)
    view.fill(part)
    part._handle_custom_msg({"kind": "look"}, [])  # what ipywidgets calls for each message
    assert "the sky fell" in view.problem.value
    view.fill(keys)
    view.show_problem("")
    keys._handle_custom_msg({"key": "1"}, [])
    assert "the sky fell" in view.problem.value


def test_the_pulse_answers_and_knows_its_words_in_both_languages():
    pulse, answers = Pulse(), []
    pulse.send = answers.append
    pulse._handle_custom_msg({"kind": "beat"}, [])
    assert answers == [{"kind": "beat"}]
    assert pulse.words["language"] == "ko" and "새로 시작" in pulse.words["gone"]
    use_language("en")
    english = Pulse().words
    assert english["language"] == "en" and "started anew" in english["gone"] and "{problem}" in english["failed"]
    assert set(english) == {"gone", "disconnected", "silent", "busy", "failed", "language"}


def test_every_view_has_a_pulse():
    assert any(isinstance(child, Pulse) for child in View("x").children)


def test_a_bar_says_how_many_are_done():
    bar = write_progress(3, 10, say("experiment.running"))
    assert 'value="3"' in bar and "(3/10)" in bar and f'aria-label="{say("experiment.running")}"' in bar
