"""Each widget clicked, dragged and typed through as a pupil would, in JupyterLab."""

import re

import pytest

import facelab
from facelab.dataset.labelled import load_sample
from facelab.faces.photo import encode_jpeg
from facelab.language import say
from facelab.widgets.parts.samples import choose_practice_faces
from tests.browser.helpers import wait_until

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def photos(tmp_path_factory):
    """Five shipped faces as files, the first three with one expression each."""
    folder = tmp_path_factory.mktemp("photos")
    sample = load_sample()
    paths = [folder / f"사진 {place}.jpg" for place in range(5)]
    for place, path in enumerate(paths):
        path.write_bytes(encode_jpeg(sample.images[place], quality=95))
    return paths


def test_a_pupils_way_from_photos_to_labels(open_notebook, run_cell, mine, photos):
    page = open_notebook("facelab.widgets.Upload()", "facelab.widgets.Extraction()", "facelab.widgets.Labelling()")
    box = page.locator(".facelab").first
    box.locator("input[type=file]").first.set_input_files(photos)
    box.get_by_text(say("upload.stored", count=5)).wait_for()
    assert len(mine.photos()) == 5

    box = run_cell(page, 1)
    box.get_by_role("button", name=say("extraction.start")).click()
    box.get_by_text(say("extraction.none_waiting")).wait_for()
    found = len(mine.faces())
    assert found >= 4

    box = run_cell(page, 2)
    box.get_by_role("button", name=say("expression.joy")).click()
    wait_until(page, lambda: mine.counts()["joy"] == 1, "the first label")
    box.locator(".facelab-big").click()
    for key, expression in zip("2345", facelab.EXPRESSIONS[1:], strict=True):
        page.keyboard.press(key)
        if sum(bool(face.label) for face in mine.faces()) < found:
            wait_until(page, lambda each=expression: mine.counts()[each] == 1, expression)
    page.keyboard.press("Backspace")
    wait_until(page, lambda: [face.label for face in mine.faces()].count("") == 1, "the last label taken back")
    assert page.locator(".jp-MarkdownCell").count() == 0  # the notebook has kept its hands off the keys


def test_a_large_photo_is_shrunk_before_it_is_sent(open_notebook, mine, tmp_path):
    import numpy as np

    noise = np.random.default_rng(0).integers(0, 255, (3000, 4000, 3), dtype=np.uint8)
    (tmp_path / "large.jpg").write_bytes(encode_jpeg(noise, quality=90))  # 12 megapixels, more than 10 MB
    page = open_notebook("facelab.widgets.Upload()")
    page.locator("input[type=file]").first.set_input_files(tmp_path / "large.jpg")
    page.get_by_text(say("upload.stored", count=1)).wait_for()
    assert facelab.read_photo(mine.photos()[0]).shape == (1200, 1600, 3)


def test_a_picked_face_is_answered(open_notebook):
    page = open_notebook("facelab.widgets.Predict()")
    page.get_by_role("radio", name=say("predict.sample", number=1), exact=True).click()
    shares = page.locator(".facelab-bars td:last-child")
    shares.nth(4).wait_for()
    shares = shares.all_inner_texts()
    assert len(shares) == 5 and round(sum(float(share.rstrip(" %")) for share in shares), 2) == 100
    page.get_by_role("button", name=say("predict.again")).click()
    page.locator(".facelab-verdict").wait_for(state="hidden")


def test_a_photo_without_a_face_gets_a_red_sentence_in_sight(open_notebook, tmp_path):
    import numpy as np

    (tmp_path / "wall.jpg").write_bytes(encode_jpeg(np.full((300, 300, 3), 128, np.uint8)))
    page = open_notebook("facelab.widgets.Predict()")
    page.get_by_role("button", name=say("camera.on")).click()
    page.locator(".facelab-stage").wait_for()  # long enough to push the sentence out of the window
    page.get_by_role("button", name=say("upload.choose_one")).focus()
    page.locator("input[type=file]").first.set_input_files(tmp_path / "wall.jpg")
    page.get_by_role("alert").get_by_text(say("faces.no_face")).wait_for()
    page.wait_for_function(
        """sentence => [...document.querySelectorAll('.facelab-problem')].some((node) => {
          const { top, bottom } = node.getBoundingClientRect();
          return node.textContent.includes(sentence) && top > 0 && bottom < innerHeight;
        })""",
        arg=say("faces.no_face"),
    )
    page.get_by_role("button", name=say("camera.off")).click()
    page.get_by_role("button", name=say("camera.on")).click()  # what was wrong with the photo is over now
    page.locator(".facelab-problem", has_text=say("faces.no_face")).wait_for(state="detached")


def test_a_camera_turned_off_and_on_again_goes_on(open_notebook):
    """Answers to the pictures before may come while the camera has none yet: nothing may be asked of it then."""
    page = open_notebook("facelab.widgets.Predict()")
    page.get_by_role("button", name=say("camera.on")).click()
    for _ in range(20):
        page.get_by_role("button", name=say("camera.off")).click()
        page.get_by_role("button", name=say("camera.on")).click()
    page.locator(".facelab-stage").wait_for()
    page.locator("p[role=status]", has_text="%").first.wait_for()


LATE_CAMERA = """
() => {
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    window.streams = [];
    navigator.mediaDevices.getUserMedia = async (wanted) => {
        window.asked = (window.asked ?? 0) + 1;
        await new Promise((done) => setTimeout(done, 1500));
        window.streams.push(await ask(wanted));
        return window.streams.at(-1);
    };
}
"""
ARE_OFF = "() => streams.length === 1 && streams[0].getTracks().every((track) => track.readyState === 'ended')"


@pytest.mark.thorough
def test_a_camera_asked_for_twice_is_turned_on_once(open_notebook):
    page = open_notebook("facelab.widgets.Predict()")
    page.evaluate(LATE_CAMERA)
    for _ in range(3):
        page.get_by_role("button", name=say("camera.on")).click()
    page.get_by_role("button", name=say("camera.off")).click()
    page.wait_for_function(ARE_OFF)
    assert page.evaluate("asked") == 1


@pytest.mark.thorough
def test_a_camera_allowed_when_its_cell_has_run_again_is_turned_off(open_notebook, run_cell):
    page = open_notebook("facelab.widgets.Predict()")
    page.evaluate(LATE_CAMERA)
    page.get_by_role("button", name=say("camera.on")).click()
    run_cell(page, 0)
    page.wait_for_function(ARE_OFF)


def test_the_matrix_is_walked_through_with_the_keys(open_notebook):
    page = open_notebook(
        "train, test = facelab.load_sample().split(test_size=0.3)\n"
        "model = facelab.expression_model().fit(train.points, train.labels)\n"
        "facelab.widgets.Confusion(facelab.evaluate(model, test))"
    )
    page.locator("button.facelab-right").first.focus()
    for key in ("ArrowDown", "ArrowRight", "ArrowUp", "ArrowLeft", "ArrowLeft"):  # the last one leads nowhere
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    page.get_by_role("radio").first.wait_for()
    assert page.locator(".facelab-cell[aria-pressed=true]").evaluate("cell => cell === document.activeElement")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator(".facelab-verdict").wait_for()
    page.keyboard.press("ArrowRight")
    page.get_by_role("radio").nth(1).and_(page.locator("[aria-checked=true]")).wait_for()
    page.locator("button.facelab-right").nth(1).click()
    page.locator(".facelab-verdict").wait_for(state="hidden")


def test_an_experiment_stops_and_grows(open_notebook):
    page = open_notebook(
        "experiment = facelab.widgets.Experiment('imbalance')\nexperiment.session.repeats = 150\nexperiment"
    )
    page.get_by_role("button", name=say("experiment.run"), exact=True).click()
    stop = page.get_by_role("button", name=say("experiment.stop"))
    stop.focus()
    page.keyboard.press("Enter")
    page.locator(".facelab img").wait_for()
    stop.wait_for(state="hidden")
    first = page.locator(".facelab img").bounding_box()["height"]
    page.get_by_role("slider").first.focus()
    page.keyboard.press("ArrowLeft")
    page.get_by_role("button", name=say("experiment.again")).click()
    stop.click()
    page.wait_for_function("height => document.querySelector('.facelab img').clientHeight > height + 20", arg=first)


@pytest.mark.thorough
def test_an_experiment_is_chosen_from_the_list_with_the_keys(open_notebook):
    page = open_notebook("experiment = facelab.widgets.Experiment('wrong_labels')\nexperiment")
    chosen = page.get_by_label(say("experiment.kind"))
    chosen.select_option(label=say("experiment.leak"))
    page.get_by_text(re.compile(r"\b180\b")).wait_for()
    page.get_by_label(say("experiment.by")).select_option(label=say("plans.photo"))
    page.get_by_role("button", name=say("experiment.run"), exact=True).press("Enter")
    page.locator(".facelab img").wait_for()
    page.get_by_text(say("experiment.one_photo", test=20, points="5")).wait_for()
    chosen.select_option(label=say("experiment.pick_best"))
    page.locator(".facelab img").wait_for(state="detached")
    page.get_by_role("button", name=say("experiment.again")).wait_for(state="hidden")


def test_the_own_face_is_answered_live_and_measured_from_the_neutral_one(open_notebook):
    page = open_notebook("facelab.widgets.Predict()")
    page.get_by_role("button", name=say("camera.on")).click()
    page.locator(".facelab-live .facelab-bars").wait_for()  # the five shares of the live picture
    page.locator(".facelab input[type=checkbox]").uncheck()
    page.get_by_role("button", name=say("camera.shoot")).click()
    page.get_by_role("button", name=say("predict.again")).wait_for()
    page.locator(".facelab-stage").wait_for(state="hidden")  # one shot was wanted
    page.get_by_role("button", name=say("predict.own_neutral")).click()  # of a laughing face
    joy = say("expression.joy")
    page.get_by_role("alert").get_by_text(say("predict.not_neutral", expression=joy)).wait_for()
    calm = choose_practice_faces().labels.tolist().index("neutral") + 1
    page.get_by_role("radio", name=say("predict.sample", number=calm), exact=True).click()
    page.locator(".facelab-verdict", has_text=say("expression.neutral")).wait_for()
    bars = page.locator(".facelab-bars").inner_text()
    page.get_by_role("button", name=say("predict.own_neutral")).click()
    page.get_by_role("img", name=say("predict.neutral"), exact=True).wait_for()
    page.wait_for_function("bars => document.querySelector('.facelab-bars').innerText !== bars", arg=bars)
    page.get_by_role("button", name=say("predict.forget")).click()
    page.wait_for_function("bars => document.querySelector('.facelab-bars').innerText === bars", arg=bars)
    assert page.get_by_role("img", name=say("predict.neutral"), exact=True).is_hidden()


@pytest.mark.thorough
def test_a_match_is_played_with_the_keys_alone(open_notebook):
    page = open_notebook("facelab.widgets.Guess(facelab.load_sample(), facelab.ready_model(), rounds=2)")
    page.locator(".facelab-expression").first.focus()
    page.keyboard.press("Enter")  # the first expression; its button is switched off now
    page.get_by_text(say("guess.truth", truth="")).wait_for()
    page.keyboard.press("ArrowRight")
    page.get_by_text(say("guess.progress", number=2, count=2)).wait_for()
    page.keyboard.press("3")
    page.get_by_role("button", name=say("guess.again")).wait_for()
    assert page.locator(".jp-MarkdownCell").count() == 0  # the notebook has kept its hands off the keys
