"""Photos come in and faces come out in a real browser: every way to add them, the camera, and the extraction."""

import io
import zipfile

import numpy as np
import pytest
from PIL import Image

import facelab
from facelab.archives import LARGEST_FILE
from facelab.dataset.labelled import load_sample
from facelab.faces.photo import encode_jpeg
from facelab.language import say
from tests.browser.helpers import PASTE, carry, drop

pytestmark = pytest.mark.browser

IS_DRAWN = """() => {
  const marks = document.querySelector('.facelab-stage canvas');
  const drawn = marks.width && marks.getContext('2d').getImageData(0, 0, marks.width, marks.height);
  return drawn && drawn.data.some((part) => part);
}"""
FAIL_CAMERA = "name => { navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('', name); }; }"


def drop_from_desktop(page, zone, path):
    """Let a file or a folder of this computer go over a place, as a hand with a mouse would."""
    place = zone.bounding_box()
    carried = {"items": [], "files": [str(path)], "dragOperationsMask": 1}
    session = page.context.new_cdp_session(page)
    for kind in ("dragEnter", "dragOver", "drop"):
        x, y = place["x"] + place["width"] / 2, place["y"] + 12
        session.send("Input.dispatchDragEvent", {"type": kind, "x": x, "y": y, "data": carried})


def list_photos(mine):
    return [path.name for path in mine.photos()]


@pytest.fixture(scope="module")
def faces():
    """Shipped faces as JPEG files."""
    return [encode_jpeg(image, quality=95) for image in load_sample().images[:30]]


@pytest.fixture(scope="module")
def couple():
    """Two faces side by side on one photo."""
    images = load_sample().images
    return encode_jpeg(np.hstack([images[0], images[-1]]), quality=95)


WALL = encode_jpeg(np.full((300, 400, 3), 128, np.uint8))


# Upload


LINK = "https://127.0.0.1/face.jpg"  # as text


def test_photos_are_added_by_every_way_none_is_replaced_and_what_is_none_is_told(open_notebook, mine, faces, tmp_path):
    page = open_notebook("facelab.widgets.Upload()")
    zone = page.locator(".facelab-drop")
    (tmp_path / "me.jpg").write_bytes(faces[0])
    page.locator("input[type=file]").first.set_input_files(tmp_path / "me.jpg")
    page.get_by_text(say("upload.stored", count=1)).wait_for()
    drop(page, {"me.jpg": faces[1], "you.jpg": faces[2], "notes.txt": b"a", "broken.jpg": b"a"})
    page.get_by_text(say("upload.not_a_photo", name="notes.txt")).wait_for()
    page.get_by_text("“broken.jpg”: 넣지 못했어요.").wait_for()
    page.get_by_text(say("upload.stored", count=3)).wait_for()
    zone.evaluate(PASTE, carry(page, {"image.png": faces[3]}))
    page.get_by_text(say("upload.stored", count=4)).wait_for()
    assert list_photos(mine) == ["image.jpg", "me (2).jpg", "me.jpg", "you.jpg"]
    page.locator(".facelab-card img").nth(3).wait_for()
    for act in (lambda: drop(page, {}, LINK), lambda: zone.evaluate(PASTE, carry(page, {}, LINK))):
        page.get_by_role("alert").evaluate_all("all => all.forEach((one) => one.replaceChildren())")
        act()
        page.get_by_role("alert").get_by_text(say("upload.no_file")).wait_for()


def test_a_folder_is_added_with_all_that_is_in_it(open_notebook, mine, faces, tmp_path):
    (tmp_path / "trip" / "day 2").mkdir(parents=True)
    (tmp_path / "trip" / "a.jpg").write_bytes(faces[0])
    (tmp_path / "trip" / "day 2" / "b.jpg").write_bytes(faces[1])
    (tmp_path / "trip" / ".hidden.jpg").write_bytes(faces[2])
    (tmp_path / "trip" / "notes.txt").write_text("hello")
    page = open_notebook("facelab.widgets.Upload()")
    page.locator("input[type=file]").nth(1).set_input_files(tmp_path / "trip")
    page.get_by_text(say("upload.not_a_photo", name="notes.txt")).wait_for()
    page.get_by_text(say("upload.stored", count=2)).wait_for()
    assert list_photos(mine) == ["a.jpg", "b.jpg"]


@pytest.mark.thorough
def test_a_dropped_folder_is_walked_through_to_its_depth(open_notebook, mine, faces, tmp_path):
    (tmp_path / "class" / "trip" / "day 2").mkdir(parents=True)
    (tmp_path / "class" / "a.jpg").write_bytes(faces[0])
    (tmp_path / "class" / "trip" / "list.txt").write_text("hello")
    for place in range(3):
        (tmp_path / "class" / "trip" / "day 2" / f"{place}.jpg").write_bytes(faces[place + 1])
    page = open_notebook("facelab.widgets.Upload()")
    drop_from_desktop(page, page.locator(".facelab-drop"), tmp_path / "class")
    page.get_by_text(say("upload.not_a_photo", name="list.txt")).wait_for()
    page.get_by_text(say("upload.stored", count=4)).wait_for()
    assert list_photos(mine) == ["0.jpg", "1.jpg", "2.jpg", "a.jpg"]


def test_a_zip_gives_its_photos_but_nothing_that_climbs_out_or_explodes(open_notebook, mine, faces, tmp_path):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("반/나.jpg", faces[0])
        archive.writestr("../../evil.jpg", faces[1])
        archive.writestr("bomb.jpg", bytes(LARGEST_FILE + 1))
    page = open_notebook("facelab.widgets.Upload()")
    (tmp_path / "all.zip").write_bytes(content.getvalue())
    page.locator("input[type=file]").first.set_input_files(tmp_path / "all.zip")
    page.get_by_text(say("archives.file_too_large", name="bomb.jpg", most=LARGEST_FILE // 1024**2)).wait_for()
    page.get_by_text(say("upload.stored", count=2)).wait_for()
    assert list_photos(mine) == ["evil.jpg", "나.jpg"] and not list(mine.folder.parent.glob("evil.jpg"))


def test_a_heic_that_the_browser_cannot_draw_goes_as_it_is(open_notebook, mine, tmp_path):
    import pillow_heif

    photo = Image.fromarray(np.full((1200, 1700, 3), 128, np.uint8))  # larger than what the browser would shrink
    pillow_heif.from_pillow(photo).save(tmp_path / "phone.heic", quality=50)
    page = open_notebook("facelab.widgets.Upload()")
    page.locator("input[type=file]").first.set_input_files(tmp_path / "phone.heic")
    page.get_by_text(say("upload.stored", count=1)).wait_for()
    [path] = mine.photos()
    assert path.name == "phone.heic" and path.read_bytes() == (tmp_path / "phone.heic").read_bytes()


@pytest.mark.thorough
def test_progress_is_shown_while_photos_are_sent(open_notebook, mine, faces, tmp_path):
    paths = [tmp_path / f"{place}.jpg" for place in range(12)]
    for path in paths:
        path.write_bytes(faces[int(path.stem)])
    page = open_notebook("facelab.widgets.Upload()")
    page.evaluate("""() => {
      const bar = document.querySelector('.facelab-drop progress');
      window.seen = [];
      new MutationObserver(() => bar.hidden || window.seen.push(bar.value)).observe(bar, { attributes: true });
    }""")
    page.locator("input[type=file]").first.set_input_files(paths)
    page.get_by_text(say("upload.stored", count=12)).wait_for()
    assert set(page.evaluate("window.seen")) >= set(range(12))
    page.locator(".facelab-drop progress").wait_for(state="hidden")


def test_the_place_to_drop_is_used_by_keyboard_alone(open_notebook, mine, faces, tmp_path):
    (tmp_path / "me.jpg").write_bytes(faces[0])
    page = open_notebook("facelab.widgets.Upload()")
    choose = page.get_by_role("button", name=say("upload.choose"))
    with page.expect_file_chooser() as chooser:
        choose.press("Enter")
    chooser.value.set_files(tmp_path / "me.jpg")
    page.get_by_text(say("upload.stored", count=1)).wait_for()


# Camera


def test_the_camera_draws_the_face_and_shoots_by_space_bar_after_three_two_one(open_notebook, mine):
    page = open_notebook("facelab.widgets.Camera()")
    page.get_by_role("button", name=say("camera.on")).click()
    page.get_by_text(say("camera.ready")).wait_for()
    page.wait_for_function(IS_DRAWN)
    page.evaluate("""() => {
      const count = document.querySelector('.facelab-count');
      window.counted = [];
      new MutationObserver(() => window.counted.push(count.textContent)).observe(count, { childList: true });
    }""")
    page.keyboard.press("Space")
    page.get_by_text(say("camera.count", count=1)).wait_for()
    assert page.evaluate("window.counted.filter((text) => text)") == ["3", "2", "1"]
    assert facelab.find_faces(facelab.read_photo(mine.photos()[0])).faces
    page.locator(".facelab-stage").click()
    page.keyboard.press("Space")
    page.get_by_text(say("camera.count", count=2)).wait_for()


def test_a_function_of_ones_own_answers_the_live_picture(open_notebook, screenshot):
    page = open_notebook(
        """def react(answer):
    return {"joy": "😀", None: "🤔"}.get(answer.label, "👀")

facelab.widgets.Camera(on_answer=react)"""
    )
    page.get_by_role("button", name=say("camera.on")).click()
    page.locator(".facelab-reaction").get_by_text("😀").wait_for()
    screenshot(page.locator(".facelab").first, "Camera-reaction")


def test_five_are_shot_in_a_row_and_the_camera_is_let_go(open_notebook, mine):
    page = open_notebook("facelab.widgets.Camera()")
    page.get_by_role("button", name=say("camera.on")).click()
    page.get_by_text(say("camera.ready")).wait_for()
    page.get_by_label(say("camera.countdown")).uncheck()
    page.get_by_role("button", name=say("camera.burst")).click()
    page.get_by_text(say("camera.count", count=5)).wait_for()
    page.locator(".facelab-card img").nth(4).wait_for()
    assert len(mine.photos()) == 5
    stopped = page.evaluate_handle("document.querySelector('.facelab-stage video').srcObject.getTracks()[0]")
    page.get_by_role("button", name=say("camera.off")).click()
    page.locator(".facelab-stage").wait_for(state="hidden")
    assert stopped.evaluate("track => track.readyState") == "ended"


def test_a_camera_that_cannot_be_used_says_why(open_notebook):
    page = open_notebook("facelab.widgets.Camera()")
    failures = {"NotAllowedError": "refused", "NotFoundError": "missing", "NotReadableError": "taken"}
    for failure, word in failures.items():
        page.evaluate(FAIL_CAMERA, failure)
        page.get_by_role("button", name=say("camera.on")).click()
        page.get_by_role("alert").get_by_text(say(f"camera.{word}")).wait_for()
        assert page.locator(".facelab-stage").is_hidden()


# Extraction


def test_faces_are_extracted_and_the_pupil_is_asked_where_that_is_needed(open_notebook, mine, faces, couple):
    for name, data in {"a.jpg": faces[0], "us.jpg": couple, "wall.jpg": WALL, "wall 2.jpg": WALL}.items():
        mine.add_photo(name, data)
    page = open_notebook("facelab.widgets.Extraction()")
    page.get_by_text(say("extraction.waiting", count=4)).wait_for()
    page.get_by_role("button", name=say("extraction.start")).click()
    page.get_by_text(say("extraction.open", count=3)).wait_for()
    page.get_by_text(say("faces.no_face")).nth(1).wait_for()  # each failed photo says why
    page.locator(".facelab svg rect").nth(2).wait_for()  # the box of the kept face, and of each of the two
    page.get_by_label(say("extraction.face", number=1)).uncheck()
    page.get_by_role("button", name=say("extraction.keep")).click()
    page.get_by_text(say("extraction.open", count=2)).wait_for()
    assert [face.file for face in mine.faces()] == ["a.jpg_1.jpg", "us.jpg_2.jpg"]
    (mine.folder / "photos" / "wall.jpg").write_bytes(faces[1])  # a better photo of the same name
    page.get_by_role("button", name=say("extraction.again")).last.click()
    page.get_by_text(say("extraction.open", count=1)).wait_for()
    skip = page.get_by_role("button", name=say("extraction.skip"), exact=True)
    skip.nth(1).wait_for(state="detached")
    skip.press("Enter")
    page.locator(".facelab-failed").wait_for(state="detached")
    page.wait_for_function("name => document.activeElement.textContent === name", arg=say("extraction.start"))
    assert len(mine.faces()) == 3 and mine.outcomes()["wall 2.jpg"] == "no_face"


@pytest.mark.thorough
def test_all_failed_photos_are_skipped_at_once(open_notebook, mine):
    for place in range(3):
        mine.add_photo(f"{place}.jpg", WALL)
    page = open_notebook("facelab.widgets.Extraction()")
    page.get_by_role("button", name=say("extraction.start")).click()
    page.locator(".facelab-failed").nth(2).wait_for()
    page.get_by_role("button", name=say("extraction.skip_all")).click()
    page.locator(".facelab-failed").first.wait_for(state="detached")
    assert mine.waiting_photos() == [] and set(mine.outcomes().values()) == {"no_face"}


def test_after_a_reload_in_the_middle_the_work_goes_on(open_notebook, run_cell, mine, faces):
    for place in range(30):
        mine.add_photo(f"{place:02d}.jpg", faces[place])
    page = open_notebook("facelab.widgets.Extraction()")
    page.get_by_role("button", name=say("extraction.start")).click()
    page.locator(".facelab progress").wait_for()
    page.reload()
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    box = run_cell(page, 0)
    start = box.get_by_role("button", name=say("extraction.start"))
    start.click()
    box.get_by_text(say("extraction.none_waiting")).wait_for()
    assert len(mine.faces()) == 30
