"""Each widget, in a state that shows most of it, speaks the language that was chosen when it was shown."""

import re

import pytest

import facelab
from facelab import widgets
from facelab.faces.photo import encode_jpeg
from facelab.language import use_language
from facelab.widgets.parts.view import View
from tests.helpers import collect

SHOWN = ("value", "description", "tooltip", "words", "label", "pictures", "rows", "columns", "_options_labels")


@pytest.fixture(autouse=True)
def filled(mine):
    """Two faces and a photo that waits."""
    collect(mine, facelab.load_sample(), {0: "", 1: ""})
    mine.add_photo("waits.jpg", encode_jpeg(facelab.load_sample().images[2], quality=95))


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


def make_hand_in(model, sample):
    widget = widgets.HandIn()
    widget.part.name.value = "7"
    widget.part.submit.click()
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
    "HandIn": make_hand_in,
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


def test_a_widget_speaks_the_language_that_was_chosen_and_no_other(model, sample):
    for name, make in MAKERS.items():
        said = {}
        for language in ("ko", "en"):
            use_language(language)
            said[language] = read(make(model, sample))
        hangul = {place: text for place, text in said["en"].items() if re.search("[가-힣]", text)}
        assert not hangul, name
        assert sum(said["ko"].get(place) != text for place, text in said["en"].items()) >= 3, name
