"""Labels given, changed and merged in a real browser: by mouse, by keyboard, one by one and many at once."""

import pytest

import facelab
from facelab.dataset.mine import MyData
from facelab.faces.detection import Detection, Face
from facelab.faces.photo import encode_jpeg
from facelab.language import say
from tests.browser.helpers import wait_until

pytestmark = pytest.mark.browser

SHOWS_COUNTS = """counts => {
  const cells = [...document.querySelectorAll('.facelab-bars td:last-child')];
  return cells.map((cell) => cell.textContent).join() === counts.join();
}"""


def wait_for_labels(page, data, expected):
    wait_until(page, lambda: [face.label for face in data.faces()] == expected, f"the labels {expected}")


def fill(data, faces, labels):
    """Put faces into a pupil's data, each cut out of a photo of its own, with these labels."""
    for place, label in enumerate(labels):
        photo = data.add_photo(f"{place}.jpg", encode_jpeg(faces.images[place], quality=95))
        [file] = data.add_faces(photo, Detection([Face.from_photo(faces.images[place], faces.points[place])]))
        data.label(file, label)
    return data


@pytest.fixture(scope="module")
def faces():
    return facelab.load_sample().take(joy=3, sadness=2, anger=3)


def find_target(page, label):
    return page.locator(f".facelab-targets [data-label={label}]")


def test_faces_are_labelled_by_buttons_keys_undo_back_and_skip(open_notebook, mine, faces):
    fill(mine, faces, [""] * 4)
    page = open_notebook("facelab.widgets.Labelling()")

    def press(word):
        page.get_by_role("button", name=say(f"labelling.{word}"), exact=True).first.click()

    page.get_by_role("button", name=say("expression.joy")).first.click()
    wait_for_labels(page, mine, ["joy", "", "", ""])
    page.get_by_text(say("labelling.progress", done=1, total=4)).wait_for()
    press("skip")
    press("unusable")
    wait_for_labels(page, mine, ["joy", "", "unusable", ""])
    press("back")
    press("back")
    page.get_by_role("button", name=say("expression.surprise")).first.click()
    wait_for_labels(page, mine, ["joy", "surprise", "unusable", ""])
    press("undo")
    wait_for_labels(page, mine, ["joy", "", "unusable", ""])
    page.locator(".facelab-big").click()
    page.keyboard.press("4")
    wait_for_labels(page, mine, ["joy", "anger", "unusable", ""])
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("5")
    wait_for_labels(page, mine, ["joy", "anger", "neutral", ""])
    page.keyboard.press("0")
    page.get_by_text(say("labelling.finished")).wait_for()
    wait_for_labels(page, mine, ["joy", "anger", "neutral", "unusable"])
    page.keyboard.press("Backspace")
    wait_for_labels(page, mine, ["joy", "anger", "neutral", ""])
    counts = [say("labelling.count", count=count) for count in (1, 0, 0, 1, 1)]
    page.wait_for_function(SHOWS_COUNTS, arg=counts)


@pytest.mark.thorough
def test_a_double_click_labels_one_face(open_notebook, mine, faces):
    fill(mine, faces, [""] * 3)
    page = open_notebook("facelab.widgets.Labelling()")
    page.get_by_role("button", name=say("expression.joy")).first.dblclick()
    page.get_by_text(say("labelling.progress", done=1, total=3)).wait_for()
    page.get_by_role("button", name=say("expression.anger")).first.click()
    wait_for_labels(page, mine, ["joy", "anger", ""])


def test_chosen_faces_are_dragged_onto_a_label_and_back_by_undo(open_notebook, mine, faces):
    before = ["joy", "joy", "joy", "sadness", "sadness", "", "", ""]
    fill(mine, faces, before)
    page = open_notebook("facelab.widgets.Labelling()")
    page.get_by_role("button", name=say("labelling.overview")).click()
    cells = page.locator(".facelab-grid .facelab-picture")
    cells.nth(5).click()
    cells.nth(7).click(modifiers=["Shift"])
    page.get_by_text(say("labelling.chosen", count=3)).wait_for()
    cells.nth(6).drag_to(find_target(page, "anger"))
    wait_for_labels(page, mine, [*before[:5], "anger", "anger", "anger"])
    page.get_by_text(say("labelling.choose")).wait_for()  # nothing is chosen any more
    cells.nth(0).drag_to(find_target(page, "unusable"))  # a face that was not chosen is dragged alone
    wait_for_labels(page, mine, ["unusable", *before[1:5], "anger", "anger", "anger"])
    undo = page.get_by_role("button", name=say("labelling.undo"), exact=True).last
    undo.click()
    wait_for_labels(page, mine, [*before[:5], "anger", "anger", "anger"])
    undo.click()
    wait_for_labels(page, mine, before)


def test_the_grid_is_used_by_keyboard_alone(open_notebook, mine, faces):
    fill(mine, faces, [""] * 8)
    page = open_notebook("facelab.widgets.Labelling()")
    page.get_by_role("button", name=say("labelling.overview")).focus()
    page.keyboard.press("Enter")
    cells = page.locator(".facelab-grid .facelab-picture")
    cells.first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("1")
    wait_for_labels(page, mine, ["joy"] * 3 + [""] * 5)
    page.keyboard.press("Control+a")
    page.get_by_text(say("labelling.chosen", count=8)).wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    find_target(page, "neutral").focus()
    page.keyboard.press("Enter")
    wait_for_labels(page, mine, ["joy"] * 3 + ["neutral"] + [""] * 4)
    page.keyboard.press("Backspace")
    wait_for_labels(page, mine, ["joy"] * 3 + [""] * 5)


@pytest.mark.thorough
def test_the_grid_shows_one_label_and_shift_reaches_over_what_is_hidden(open_notebook, mine, faces):
    fill(mine, faces, ["joy", "anger", "joy", "anger", "joy", "anger", "joy", "anger"])
    page = open_notebook("facelab.widgets.Labelling()")
    page.get_by_role("button", name=say("labelling.overview")).click()
    page.get_by_label(say("labelling.which")).select_option(label=say("expression.joy"))
    page.wait_for_function("document.querySelectorAll('.facelab-grid .facelab-picture:not([hidden])').length === 4")
    shown = page.locator(".facelab-grid .facelab-picture:visible")
    shown.nth(0).click()
    shown.nth(2).click(modifiers=["Shift"])
    find_target(page, "surprise").click()
    wait_for_labels(page, mine, ["surprise", "anger", "surprise", "anger", "surprise", "anger", "joy", "anger"])


def test_a_friends_set_is_merged_and_the_differing_labels_settled(open_notebook, mine, faces, tmp_path):
    friend = fill(MyData(tmp_path / "friend"), faces, ["joy", "joy", "surprise", "sadness", "neutral", "anger"])
    fill(mine, faces, ["joy", "joy", "joy", "sadness", "sadness"])
    path = friend.export(tmp_path / "friend.zip")
    page = open_notebook("facelab.widgets.Storage()")
    page.locator(".facelab input[type=file]").first.set_input_files(path)
    page.get_by_text(say("merging.same", both=5, same=3, share="60")).wait_for()
    wait_for_labels(page, mine, ["joy", "joy", "joy", "sadness", "sadness", "anger"])
    theirs = say("merging.theirs_says", label=say("expression.surprise"))
    page.get_by_role("button", name=theirs).click()
    wait_for_labels(page, mine, ["joy", "joy", "surprise", "sadness", "sadness", "anger"])
    page.get_by_role("button", name=theirs).scroll_into_view_if_needed()


@pytest.mark.thorough
def test_a_chosen_folder_is_merged_too(open_notebook, mine, faces, tmp_path):
    friend = fill(MyData(tmp_path / "friend"), faces, ["joy", "anger"])
    page = open_notebook("facelab.widgets.Storage()")
    page.locator(".facelab input[type=file]").nth(1).set_input_files(friend.folder)
    page.get_by_text(say("merging.added", photos=2, faces=2)).wait_for()
    wait_for_labels(page, mine, ["joy", "anger"])


@pytest.mark.thorough
def test_a_dangerous_zip_is_told_in_the_widget(open_notebook, mine, faces, tmp_path):
    import zipfile

    path = fill(MyData(tmp_path / "friend"), faces, ["joy"]).export(tmp_path / "friend.zip")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("../../evil.txt", "x")
    page = open_notebook("facelab.widgets.Storage()")
    page.locator(".facelab input[type=file]").first.set_input_files(path)
    page.get_by_role("alert").get_by_text("다른 폴더에 파일을 몰래 쓰려고").wait_for()
    assert not mine.folder.exists()


def test_what_is_exported_and_deleted_comes_back(open_notebook, lab, mine, faces):
    fill(mine, faces, ["joy", "anger", ""])
    page = open_notebook("facelab.widgets.Storage()")
    page.get_by_role("button", name=say("my_data.with_photos")).click()
    page.get_by_role("button", name=say("my_data.export"), exact=True).click()
    page.get_by_text("my-facelab-").wait_for()
    [path] = lab["folder"].glob("my-facelab-*.zip")
    page.get_by_role("button", name=say("my_data.delete"), exact=True).click()
    page.get_by_role("button", name=say("my_data.cancel")).click()
    page.get_by_text(say("my_data.question")).wait_for(state="hidden")
    assert len(mine.photos()) == 3
    page.get_by_role("button", name=say("my_data.delete"), exact=True).click()
    page.get_by_role("button", name=say("my_data.really")).click()
    page.get_by_text(say("my_data.deleted")).wait_for()
    assert not mine.folder.exists()
    page.locator(".facelab input[type=file]").first.set_input_files(path)
    page.get_by_text(say("merging.added", photos=3, faces=3)).wait_for()
    wait_for_labels(page, mine, ["joy", "anger", ""])
    path.unlink()
