"""What holds for every widget in both languages: nothing is cut, all is named, keys suffice, a dead kernel is told."""

from contextlib import contextmanager

import numpy as np
import pytest

import facelab
from facelab import widgets
from facelab.faces.photo import encode_jpeg
from facelab.widgets.parts.view import View
from tests.browser.helpers import say

pytestmark = pytest.mark.browser

# Width, height and pixels of the screen for each pixel of the page: a zoom of 125 % on a screen of 1366 x 768 leaves a
# page of 1093 x 614.
SIZES = [(1366, 768, 1), (1366, 768, 1.25), (1093, 614, 1.25), (1920, 1080, 1)]
PICTURES = {"1366": 1366, "125-percent": 1093, "1920": 1920}
TALL = 2400  # so that the longest widget fits into one picture

# Each widget in a state that shows most of it, by the name of its picture.
STATES = """
import numpy as np
from IPython.display import display
w, sample, model = facelab.widgets, facelab.load_sample(), facelab.ready_model()
few = sample.take(joy=4, anger=4, surprise=4)

upload, camera, extraction, labelling = w.Upload(), w.Camera(), w.Extraction(), w.Labelling()
upload.show_problem(facelab.say("camera.missing"), details="Traceback")
extraction.start.click()
labelling.overview.toggle.click()
upload.nickname.value = labelling.nickname.value = "토끼 7"
labelling.overview.grid.guard(labelling.session.name_many)([0], "토끼 7")
labelling.overview.refresh()
experiment = w.Experiment("imbalance")
experiment.session.repeats = 2
experiment.start.click()
experiment.wait()
predict, ask = w.Predict(), w.Predict()
ask.samples.press(0)
for face, label in zip(sample[:5], sample.labels[:5]):
    ask.five.session.show(label, face)
ask.five.buttons["joy"].click()
mixer, read_face, storage = w.Mixer(), w.ReadFace(), w.Storage()
mixer.check.click()
read_face.samples.press(0)
storage.delete.click()
confusion = w.Confusion(facelab.evaluate(model, few))
confusion.matrix.press(0, 0)
confusion.photos.press(1)
guess, guessed = w.Guess(few, model), w.Guess(few, model, rounds=2)
guess.buttons["joy"].click()
for _ in range(2):
    guessed.next.click()
    guessed.buttons["joy"].click()
display(upload, camera, extraction, labelling, experiment, predict, ask, mixer, read_face, storage, confusion)
hand_in = w.HandIn()
hand_in.part.name.value = "7"
hand_in.part.submit.click()
display(guess, guessed, hand_in)
"""
NAMES = ["Upload", "Camera", "Extraction", "Labelling", "Experiment", "Predict", "Predict-answer", "Mixer", "ReadFace"]
NAMES += ["Storage", "Confusion", "Guess", "Guess-end", "HandIn"]

FLAWS = """box => {
  const shown = [...box.querySelectorAll('*')].filter(node => node.getClientRects().length);
  const flaws = [];
  for (const node of shown) {
    const style = getComputedStyle(node);
    const hasText = [...node.childNodes].some(child => child.nodeType === Node.TEXT_NODE && child.textContent.trim());
    const [wide, high] = [node.scrollWidth > node.clientWidth + 1, node.scrollHeight > node.clientHeight + 1];
    if (hasText && style.display !== 'inline' && (wide || (high && style.overflowY !== 'visible')))
      flaws.push('cut: ' + node.textContent.slice(0, 60));
    if (node.matches('button') && wide) flaws.push('cut: ' + node.textContent.slice(0, 60));
    if (wide && ['auto', 'scroll'].includes(style.overflowX)) flaws.push('scrolls sideways: ' + node.className);
    if (node.matches('button') && !(node.textContent.trim() || node.getAttribute('aria-label')))
      flaws.push('a button without a name');
    if (node.matches('img') && !node.hasAttribute('alt')) flaws.push('a picture without alt');
    if (node.matches('svg') && !node.getAttribute('aria-label')) flaws.push('a drawing without a name');
  }
  if (box.scrollWidth > box.clientWidth + 1) flaws.push('the widget is wider than its box');
  return flaws;
}"""

# What the Tab key does not reach must be one of a group in which the arrow keys go on from the one that it does reach.
OUT_OF_REACH = """box => {
  const usable = [...box.querySelectorAll('button, input, select, [role=slider]')].filter(node =>
    node.getClientRects().length && !node.disabled);
  const groups = '[role=grid], [role=radiogroup], .facelab-grid';
  return usable.filter(node => node.tabIndex < 0 &&
    !node.closest(groups)?.querySelector('[tabindex="0"]')).map(node => node.outerHTML.slice(0, 120));
}"""

FOCUS = """() => {
  const node = document.activeElement;
  const style = getComputedStyle(node);
  return {inside: Boolean(node.closest('.facelab')), name: node.textContent.slice(0, 40) || node.className,
          visible: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2};
}"""


@pytest.fixture
def filled(mine):
    """A pupil's data: two labelled faces, and photos that wait: one with a face, one without."""
    images = facelab.load_sample().images
    for place in range(2):
        path = mine.add_photo(f"사진 {place}.jpg", encode_jpeg(images[place], quality=95))
        mine.add_faces(path, facelab.find_faces(facelab.read_photo(path)))
        mine.label(mine.faces()[-1].file, "joy")
    mine.add_photo("waits.jpg", encode_jpeg(images[2], quality=95))
    mine.add_photo("a photo of nothing but a grey wall.jpg", encode_jpeg(np.full((300, 300, 3), 128, np.uint8)))
    return mine


def test_every_widget_is_shown_here():
    views = {name for name in widgets.__all__ if issubclass(getattr(widgets, name), View)}
    assert views == {name.split("-")[0] for name in NAMES}


@pytest.mark.slow
@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_widget(open_notebook, filled, screenshot, language):
    page = open_notebook(STATES, language=language)
    page.locator(".facelab").nth(len(NAMES) - 1).wait_for(state="attached")
    boxes = page.locator(".facelab").all()
    page.wait_for_function(
        "language => [...document.querySelectorAll('.facelab')].every(box => box.lang === language)", arg=language
    )
    check_sizes(page, boxes, language, screenshot)
    check_access(page, language)
    with dark_theme(page):
        check_access(page, f"{language}, dark")
        for name, box in zip(NAMES, boxes, strict=True):
            screenshot(box, f"{name}-{language}-dark")
    if language == "ko":
        return
    check_keys(page, boxes)
    check_failures(page, boxes)
    restart_kernel(page)
    for box in boxes:
        box.get_by_role("alert").get_by_text(say("view.gone", "en")).wait_for()
    screenshot(boxes[0], "Upload-stopped-en-1093")
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()  # the new one has come


def check_sizes(page, boxes, language, screenshot):
    """Nothing is cut at any size; a picture of each widget is kept."""
    for size in SIZES:
        resize(page, *size)
        flaws = look_for_flaws(page, boxes)
        assert not any(flaws.values()), (language, size, flaws)
    for size, width in PICTURES.items():
        page.set_viewport_size({"width": width, "height": TALL})
        page.wait_for_timeout(500)
        for name, box in zip(NAMES, boxes, strict=True):
            screenshot(box, f"{name}-{language}-{size}")


def resize(page, width, height, scale):
    """Give the page another size, on a screen with that many pixels for each of its own."""
    metrics = {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": False}
    page.context.new_cdp_session(page).send("Emulation.setDeviceMetricsOverride", metrics)
    page.wait_for_function("([width, scale]) => innerWidth === width && devicePixelRatio === scale", arg=[width, scale])
    page.wait_for_timeout(500)  # until JupyterLab has followed


def look_for_flaws(page, boxes):
    """Collect the flaws of each widget; what is still on its way to its place gets a little time."""
    for _ in range(10):
        flaws = {name: box.evaluate(FLAWS) for name, box in zip(NAMES, boxes, strict=True)}
        if not any(flaws.values()):
            break
        page.wait_for_timeout(500)
    return flaws


@contextmanager
def dark_theme(page):
    """Let JupyterLab be dark for a while, as a pupil would choose it."""
    choose_theme(page, "JupyterLab Dark", light="false")
    yield
    choose_theme(page, "JupyterLab Light", light="true")


def choose_theme(page, name, light):
    choose_from_menu(page, "Settings", "Theme", name)
    page.locator(f"body[data-jp-theme-light={light}]").wait_for(state="attached")


def restart_kernel(page):
    """Have Python started anew, as a pupil would."""
    choose_from_menu(page, "Kernel", "Restart Kernel…")
    page.get_by_role("dialog").get_by_role("button", name="Confirm Kernel Restart").click()


def choose_from_menu(page, menu, *items):
    page.get_by_role("menuitem", name=menu, exact=True).click()
    for item in items:
        page.locator(".lm-Menu-itemLabel").get_by_text(item, exact=True).click()


def check_access(page, language):
    """No breach of WCAG 2 A and AA that matters, contrast included, as axe-core finds them."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], "resultTypes": ["violations"]}
    found = axe.Axe().run(page, context=".facelab", options=rules).response["violations"]
    bad = [
        (rule["id"], node["html"][:200], node["failureSummary"])
        for rule in found
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]
    assert not bad, (language, bad)


def check_keys(page, boxes):
    """The keyboard reaches everything, and one sees where it is."""
    assert not [lost for box in boxes for lost in box.evaluate(OUT_OF_REACH)]
    boxes[0].locator("button").first.focus()
    for _ in range(60):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        assert focus["visible"] or not focus["inside"], focus


def check_failures(page, boxes):
    """What goes wrong in a script of ours is told in the widget in which the pupil was."""
    boxes[0].locator("button").first.focus()
    page.evaluate(
        """() => window.dispatchEvent(new PromiseRejectionEvent('unhandledrejection', {
          promise: Promise.resolve(), reason: {message: 'no more paper', stack: 'at blob:http://127.0.0.1/1'}}))"""
    )
    boxes[0].get_by_text(say("view.failed", "en", problem="no more paper")).wait_for()
    assert page.get_by_text("no more paper").count() == 1
