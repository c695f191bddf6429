"""The language changes while widgets stand: each follows, keeps what the pupil did, and nothing is kept alive."""

import gc
import pickle
import re
import weakref

import ipywidgets
import pytest

import facelab
from facelab import widgets
from facelab.faces.photo import encode_jpeg
from facelab.language import Misuse, Sentence, follow_language, retell, retold, say, use_language
from facelab.widgets.parts.view import View, make_button, make_text, write_text

SHOWN = ("value", "description", "tooltip", "words", "label", "pictures", "rows", "columns", "_options_labels")


@pytest.fixture(autouse=True)
def mine(tmp_path, monkeypatch):
    """The pupil's data: two faces and a photo that waits."""
    monkeypatch.setenv("FACELAB_MINE", str(tmp_path / "mine"))
    mine = facelab.MyData()
    images = facelab.load_sample().images
    for place in range(2):
        path = mine.add_photo(f"{place}.jpg", encode_jpeg(images[place], quality=95))
        mine.add_faces(path, facelab.find_faces(facelab.read_photo(path)))
    mine.add_photo("waits.jpg", encode_jpeg(images[2], quality=95))
    return mine


def make_confusion(model, sample):
    widget = widgets.Confusion(facelab.evaluate(model, sample.take(joy=5, anger=5)))
    widget.matrix.press(0, 0)
    widget.photos.press(0)
    return widget


def make_experiment(model, sample):
    widget = widgets.Experiment("imbalance")
    widget.session.repeats = 2
    widget.dials.wrong.value = 10
    widget.start.click()
    widget.wait()
    return widget


def make_extraction(model, sample):
    widget = widgets.Extraction()
    widget.start.click()
    return widget


def make_guess(model, sample):
    widget = widgets.Guess(sample.take(joy=2), model, rounds=2)
    for _ in range(2):
        widget.next.click()
        widget.buttons["joy"].click()
    return widget


def make_labelling(model, sample):
    widget = widgets.Labelling()
    widget.overview.toggle.click()
    widget.guard(widget.overview._give)("joy", [])  # which is refused: no face is chosen
    return widget


def make_mixer(model, sample):
    widget = widgets.Mixer(model)
    widget.check.click()
    return widget


def make_my_data(model, sample):
    widget = widgets.Storage()
    widget.delete.click()
    return widget


def make_predict(model, sample):
    widget = widgets.Predict(model)
    widget.samples.press(0)
    return widget


def make_read_face(model, sample):
    widget = widgets.ReadFace()
    widget.samples.press(0)
    return widget


MAKERS = {
    "Camera": lambda model, sample: widgets.Camera(),
    "Confusion": make_confusion,
    "Experiment": make_experiment,
    "Extraction": make_extraction,
    "Guess": make_guess,
    "Labelling": make_labelling,
    "Mixer": make_mixer,
    "Storage": make_my_data,
    "Predict": make_predict,
    "ReadFace": make_read_face,
    "Upload": lambda model, sample: widgets.Upload(),
}


def list_inside(widget):
    return [widget, *(each for child in getattr(widget, "children", ()) for each in list_inside(child))]


def read(widget):
    """Read every text of a widget, for each part of it."""
    texts = {}
    for place, each in enumerate(list_inside(widget)):
        for name in set(SHOWN) & set(each.keys):
            text = repr(getattr(each, name, ""))
            texts[place, type(each).__name__, name] = re.sub(r"data:[^\"]*", "", text)  # without the pictures
    return texts


def test_every_widget_is_tried_here():
    assert set(MAKERS) <= set(widgets.__all__)
    views = {name for name in widgets.__all__ if issubclass(getattr(widgets, name), View)}
    assert views == set(MAKERS)


@pytest.mark.parametrize("name", list(MAKERS))
def test_a_widget_that_stands_follows_the_language_both_ways(name, model, sample):
    widget = MAKERS[name](model, sample)
    korean = read(widget)
    use_language("en")
    english = read(widget)
    hangul = {place: text for place, text in english.items() if re.search("[가-힣]", text.replace("한국어", ""))}
    assert not hangul
    assert sum(korean[place] != english[place] for place in english if place in korean) >= 3
    use_language("ko")
    assert read(widget) == korean


def test_what_the_pupil_did_stays(model, sample):
    predict, experiment = make_predict(model, sample), make_experiment(model, sample)
    condition, answer = experiment.dials.condition, predict.session.prediction
    use_language("en")
    assert predict.session.prediction is answer and "%" in predict.bars.value and predict.samples.chosen == [0]
    assert experiment.dials.condition == condition
    assert set(experiment.session.comparison.means.index) == {"joy 40 · sadness 20 · 10 % wrong"}
    assert predict.zone.words["choose"] == say("upload.choose_one")


def test_a_problem_is_told_in_the_other_language_too(model):
    widget = widgets.Predict(model)
    widget.zone.send = lambda answer: None
    widget.zone.receive(None, {"kind": "part", "name": "me.jpg", "first": True, "last": True}, [b"no photo"])
    assert "사진이 아니에요" in widget.problem.value
    use_language("en")
    assert "is not a photo" in widget.problem.value


def test_a_closed_widget_follows_no_more():
    widget = View(say("guess.title"))
    title = widget.children[1].children[0]
    widget.close()
    use_language("en")
    assert "표정 맞히기" in title.value


def test_the_button_of_a_widget_changes_all_of_them():
    first, second = View(say("guess.title")), View(say("mixer.title"))
    change = first.children[1].children[1]
    assert change.description == "English"
    change.click()
    assert change.description == "한국어" and "Mix a face" in second.children[1].children[0].value
    change.click()
    assert change.description == "English" and "표정 맞히기" in first.children[1].children[0].value


def test_a_view_that_fails_to_follow_says_so_and_the_others_follow():
    class Broken(View):
        def redraw(self):
            raise RuntimeError("no chart today")

    broken, whole = Broken("x"), View(say("mixer.title"))
    use_language("en")
    assert "no chart today" in broken.problem.value and "Mix a face" in whole.children[1].children[0].value


def test_a_follower_that_nobody_needs_is_not_kept():
    class Follower:
        def retell(self):
            told.append(1)

    told, follower = [], Follower()
    follow_language(follower)
    use_language("en")
    assert told == [1]
    gone = weakref.ref(follower)
    del follower
    gc.collect()
    use_language("ko")
    assert gone() is None and told == [1]


def test_sentences_remember_how_they_were_said():
    wrapped = write_text(say("model.short_verdict", label=say("expression.joy")), "verdict")
    join = retold(lambda *parts: " ".join(parts))
    both = join(wrapped, say("expression.anger"))
    use_language("en")
    assert retell({"a": [both]}) == {
        "a": ['<p class="facelab-verdict" role="status">This expression is joy.</p> anger']
    }
    assert "기쁨이에요" in both  # what was said stays as it was


def test_a_problem_keeps_its_sentence_but_travels_as_plain_text():
    problem = Misuse(say("guess.finished"))
    assert isinstance(str(problem), Sentence)
    travelled = pickle.loads(pickle.dumps(problem))
    assert type(travelled.args[0]) is str and str(travelled) == str(problem)


def test_buttons_and_dropdowns_keep_working_after_the_change():
    clicks = []
    button = make_button(say("guess.next"), lambda: clicks.append(1))
    dropdown = ipywidgets.Dropdown(options=[(say("expression.joy"), "joy"), (say("expression.anger"), "anger")])
    view = View("x")
    view.fill(button, dropdown, make_text(say("guess.question")))
    dropdown.value = "anger"
    use_language("en")
    button.click()
    assert clicks == [1] and button.description == "Next face" == button.tooltip
    assert dropdown.value == "anger" and dropdown._options_labels == ("joy", "anger")
    dropdown.index = 0  # as the browser does it
    assert dropdown.value == "joy"
