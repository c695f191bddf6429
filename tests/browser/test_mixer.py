"""The mixer and the reading of faces in a real browser: by mouse and by keys, with names for screen readers."""

from facelab.language import say


def test_a_face_is_mixed_by_keys_and_the_riddle_is_checked(open_notebook):
    page = open_notebook("facelab.widgets.Mixer(facelab.ready_model())")
    brows, eyes, lips = (say(f"mixer.{part}") for part in ("brows", "eyes", "lips"))

    def shape(part, number):
        return page.get_by_role("radio", name=say("mixer.piece", part=part, number=number), exact=True)

    page.get_by_role("radiogroup", name=lips).get_by_role("radio", checked=True).focus()
    for _ in range(5):  # from 6 to 1
        page.keyboard.press("ArrowLeft")
    shape(eyes, 1).click()
    shape(brows, 5).click()
    page.get_by_role("img", name=say("mixer.face", brows=5, eyes=1, lips=1)).wait_for()
    page.get_by_role("button", name=say("mixer.check"), exact=True).click()
    page.get_by_text(say("mixer.solved")).wait_for()


def test_a_picked_face_and_a_shot_are_read_into_pieces_and_a_mirror_copies_the_live_one(open_notebook, screenshot):
    page = open_notebook("facelab.widgets.ReadFace()")
    page.get_by_role("radio", name=say("read_face.face", number=2), exact=True).click()
    page.locator(".facelab-nearest").first.wait_for()
    assert page.locator(".facelab-nearest").count() == 3
    page.get_by_role("button", name=say("predict.again"), exact=True).click()
    page.locator(".facelab-nearest").first.wait_for(state="hidden")
    page.get_by_role("button", name=say("camera.on")).click()
    page.get_by_text(say("read_face.mirror")).wait_for()
    screenshot(page.locator(".facelab").first, "ReadFace-mirror")
    page.get_by_role("button", name=say("camera.shoot")).click()
    page.locator(".facelab-nearest").first.wait_for()
    page.get_by_role("img", name=say("read_face.photo")).wait_for()
