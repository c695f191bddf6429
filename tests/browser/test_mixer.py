"""The mixer and the reading of faces in a real browser: by mouse and by keys, with names for screen readers."""

import pytest

from tests.browser.helpers import say


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_face_is_mixed_by_keys_and_the_riddle_is_checked(open_notebook, language):
    page = open_notebook("facelab.widgets.Mixer(facelab.ready_model())", language=language)
    brows, eyes, lips = (say(f"mixer.{part}", language) for part in ("brows", "eyes", "lips"))

    def shape(part, number):
        return page.get_by_role("radio", name=say("mixer.piece", language, part=part, number=number), exact=True)

    page.get_by_role("radiogroup", name=lips).get_by_role("radio", checked=True).focus()
    for _ in range(5):  # from 6 to 1
        page.keyboard.press("ArrowLeft")
    shape(eyes, 1).click()
    shape(brows, 5).click()
    page.get_by_role("img", name=say("mixer.face", language, brows=5, eyes=1, lips=1)).wait_for()
    page.get_by_role("button", name=say("mixer.check", language), exact=True).click()
    page.get_by_text(say("mixer.solved", language)).wait_for()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_picked_face_and_a_shot_are_read_into_pieces(open_notebook, language):
    page = open_notebook("facelab.widgets.ReadFace()", language=language)
    page.get_by_role("radio", name=say("read_face.face", language, number=2), exact=True).click()
    page.locator(".facelab-nearest").first.wait_for()
    assert page.locator(".facelab-nearest").count() == 3
    page.get_by_role("button", name=say("predict.again", language), exact=True).click()
    page.locator(".facelab-nearest").first.wait_for(state="hidden")
    page.get_by_role("button", name=say("camera.on", language)).click()
    page.get_by_role("button", name=say("camera.shoot", language)).click()
    page.locator(".facelab-nearest").first.wait_for()
    page.get_by_role("img", name=say("read_face.photo", language)).wait_for()
