"""What every widget shares: failures that show, and parts in JavaScript whose messages are answered."""

import errno
import os

from facelab import widgets
from facelab.language import Misuse, say, use_language
from facelab.widgets.confusion import Matrix
from facelab.widgets.parts.dropzone import DropZone
from facelab.widgets.parts.overview import Grid
from facelab.widgets.parts.pictures import Pictures
from facelab.widgets.parts.scripts import Keys, Part, Pulse
from facelab.widgets.parts.view import View, tell_where, write_progress
from facelab.widgets.parts.viewfinder import CameraPicture


def fail(*_):
    raise RuntimeError("the sky fell")


def refuse(*_):
    raise Misuse("Choose <one>.")


def test_a_failure_is_shown_with_what_a_teacher_needs():
    view = View("x")
    for way in (view.guard, view.watch):
        way(fail)()
        assert "the sky fell" in view.problem.value and "Traceback" in view.problem.value
        assert say("view.details") in view.problem.value
        way(refuse)()
        assert "Choose &lt;one&gt;." in view.problem.value and "Traceback" not in view.problem.value


def test_only_a_click_takes_the_last_problem_away():
    view = View("x")
    view.show_problem("trouble")
    view.watch(lambda: None)()
    assert "trouble" in view.problem.value
    view.guard(lambda: None)()
    assert view.problem.value == ""


def test_a_message_from_the_browser_that_python_cannot_answer_is_shown():
    view, part, keys = View("x"), Part(), Keys({"1": fail})
    part.hear(fail, {"kind": "look"})
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
    assert answers == [{"view": None, "kind": "beat"}]
    assert pulse.words["language"] == "ko" and "새로 시작" in pulse.words["gone"]
    use_language("en")
    english = Pulse().words
    assert english["language"] == "en" and "was restarted" in english["gone"] and "{problem}" in english["failed"]
    assert set(english) == {"gone", "disconnected", "silent", "busy", "failed", "language"}


def test_a_full_or_closed_disk_is_told_in_one_sentence_wherever_it_shows():
    view = View("x")
    for number, words in {
        errno.ENOSPC: "자리가 없어서",
        errno.EROFS: "쓸 수 없어요",
        errno.EACCES: "쓸 수 없어요",
    }.items():
        view.guard(lambda number=number: (_ for _ in ()).throw(OSError(number, "?", "mine/faces.csv")))()
        assert words in view.problem.value and "<details>" not in view.problem.value
    view.guard(lambda: (_ for _ in ()).throw(OSError(errno.EIO, "Input/output error")))()
    assert "Input/output error" in view.problem.value and "<details>" in view.problem.value


def test_a_message_of_another_shape_than_agreed_is_left_alone():
    """From a broken or hostile page: none of these may do anything, or end in a traceback."""
    heard = []
    parts = [
        DropZone(lambda *_: heard.append(1), lambda: heard.append(1)),
        CameraPicture(lambda photo: heard.append(1), heard.append),
        Keys({"1": lambda: heard.append(1)}),
        Grid(lambda *_: heard.append(1)),
        Matrix(lambda *_: heard.append(1), "x", "x", ["x"], [{"name": "x", "cells": []}]),
        Pictures(heard.append, "x"),
        Pulse(),
    ]
    view = View("x")
    view.fill(*parts)
    odd = [None, [], "part", 7, {}, {"label": "joy"}, {"kind": "part"}, {"kind": ["on"]}, {"key": ["1"]}, {"key": "2"}]
    odd += [{"kind": "part", "name": 5, "first": 1, "last": 1}, {"kind": "shot"}, {"clicked": 0}, {"clicked": True}]
    odd += [{"open": [0, 1]}, {"open": [-1, 0]}, {"open": 3}]
    odd += [{"label": "joy", "places": [0]}, {"label": [], "places": []}]
    for part in parts:
        part.send = heard.append
        for message in odd:
            part._handle_custom_msg(message, [])
            part._handle_custom_msg(message, [b"x", b"y"])
    assert heard == [] and view.problem.value == ""


def test_where_photos_are_kept_is_told_as_it_is(monkeypatch):
    for name in [name for name in os.environ if name.startswith(("JUPYTERHUB_", "BINDER_"))]:
        monkeypatch.delenv(name)
    assert "이 컴퓨터에만" in tell_where()
    monkeypatch.setenv("JUPYTERHUB_USER", "kim")
    assert "수업 서버" in tell_where()
    monkeypatch.setenv("BINDER_SERVICE_HOST", "binder")
    assert "남의 컴퓨터" in tell_where()
    for widget in (widgets.Upload(), widgets.Camera(), widgets.Storage()):
        notes = str([getattr(each, "value", "") for each in widget.content.children])
        assert "남의 컴퓨터" in notes and "이 컴퓨터에만" not in notes


def test_every_view_has_a_pulse():
    assert any(isinstance(child, Pulse) for child in View("x").children)


def test_a_bar_says_how_many_are_done():
    bar = write_progress(3, 10, say("experiment.running"))
    assert 'value="3"' in bar and "(3/10)" in bar and f'aria-label="{say("experiment.running")}"' in bar
