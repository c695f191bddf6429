"""All exercises as a pupil meets them in JupyterLab: nothing, nonsense, a wrong and a right answer, and a reload."""

import pytest

import facelab
from facelab.answers.kept import load_answers
from facelab.answers.texts import list_exercises, name_lesson, tell, tell_all, write_number
from facelab.language import use_language
from tests.browser.helpers import wait_until

pytestmark = pytest.mark.browser

# What the lessons hand over, made small; of code each gap four times: empty, filled with nonsense, wrong and right.
FACTS = """
from types import SimpleNamespace
import numpy as np
import pandas
from IPython.display import display
from facelab.exercises import ask
from facelab.experiments.comparison import Comparison

def compare(**runs):
    rows = [{"condition": name, "repeat": repeat, "expression": expression, "accuracy": value,
             "recall": value if expression == "joy" else value / 2}
            for name, values in runs.items() for repeat, value in enumerate(values)
            for expression in ("joy", "sadness")]
    return Comparison(pandas.DataFrame(rows))

sample, model = facelab.load_sample(), facelab.ready_model()
face, ten = sample[5], sample.take(joy=1, sadness=1, surprise=1)
bars = [max(facelab.predict_expression(model, each).percentages.values()) for each in ten.points]
honest = sample.take(joy=3, sadness=3)
secret = honest.mislabel(0.4, seed=1)
lesson = sample.take(surprise=20, anger=20)
dataset = sample.take(joy=20, sadness=20)
pairs = {"a": {"joy": 1, "anger": 1}, "b": {"joy": 1, "sadness": 1}, "c": {"surprise": 1, "anger": 1},
         "d": {"neutral": 1, "anger": 1}}
prediction = facelab.predict_expression(model, face)
report = SimpleNamespace(accuracy=0.05, interval=(0.0, 0.2), recall={"joy": 0.9, "anger": 0.5})
modest = SimpleNamespace(confidence=np.full(20, 0.8), predicted=np.full(20, "joy"),
                         faces=SimpleNamespace(labels=np.full(20, "joy")))
code = {
    "01.2": (["banana", model, facelab.expression_model().fit(lesson.points, lesson.labels)], [sample[0]]),
    "02.2": (["banana", face.points[17, 1], face.points[17, 1] - face.points[0, 1]], [face]),
    "04.5": (["banana", sample.take(joy=36, anger=4), sample.take(joy=4, anger=36)], ["joy", "anger"]),
    "05.2": (["banana", dataset.split(test_size=8), dataset.split(test_size=10)], [dataset]),
}
facts = {
    "01.1": [prediction], "01.4": [model, ten], "02.1": [SimpleNamespace(faces=[1, 2])], "02.5": [sample.images[10]],
    "03.1": [secret, honest], "03.2": [report], "03.4": [compare(one=[0.5, 0.6, 0.55], two=[0.9, 0.95, 0.9])],
    "04.1": [compare(a=[0.9], b=[0.8], c=[0.7], d=[0.6]), pairs], "04.2": [compare(tipped=[0.9, 0.8]), "tipped"],
    "04.3": [SimpleNamespace(score=lambda points, labels: 8 / 9), sample.take(joy=8, sadness=1)],
    "04.4": [compare(**{"5": [0.5], "20": [0.86], "40": [0.88], "100": [0.9]})], "05.1": [1.0],
    "05.3": [[75, 100], range(8)], "05.4": [87.5, range(8)], "06.1": [[50] * 10 + [95] * 10, 90],
    "06.2": [report], "06.3": [modest], "06.4": [prediction, prediction],
}
"""
ASK_ALL = """
from facelab.answers.texts import list_exercises
for name in list_exercises():
    if name in code:
        gaps, rest = code[name]
        display(*(ask(name, gap, *rest) for gap in (..., *gaps)))
    else:
        display(ask(name, *facts.get(name, [])))
"""

# Of each exercise that is no code: nonsense, a wrong and a right answer, as what is kept; of a guess the two outcomes.
ANSWERS = {
    "01.1": ("", "joy", "anger"),
    "01.3": ("error", "yawn", "learnt"),
    "01.4": ("", "", ""),  # filled in below
    "01.5": ("ㅋㅋㅋ", "?", "A face does not tell what someone feels."),
    "02.1": ("many", "3", "2"),
    "02.3": ("6 6 6", "1 3 6", "5 1 1"),
    "02.4": ("-", "400", "144"),
    "02.5": ("0.5", "10", "60"),
    "02.6": ("!!!", "x", "Test it on everybody."),
    "03.1": ("0 1 2 3 4 5", "0", ""),  # filled in below
    "03.2": ("5할", "50", "5"),
    "03.3": ("120", "20", "50"),
    "03.4": ("", "many", "right_labels"),
    "03.5": ("…", "x", "Agree on rules."),
    "04.1": ("joy", "joy anger", "anger neutral"),
    "04.2": ("", "joy", "sadness"),
    "04.3": ("8/9", "50", "89"),
    "04.4": ("100", "5", "40"),
    "04.6": ("…", "x", "Collect more."),
    "05.1": ("1.0.0", "50", "100"),
    "05.3": ("-5", "0", "25"),
    "05.4": ("0.9", "50", "90"),
    "05.5": ("both_worse", "both_better", "trusted"),
    "05.6": ("…", "x", "How many photos?"),
    "06.1": ("21", "3", "11"),
    "06.2": ("neutral", "anger", "joy"),
    "06.3": ("just_right", "boastful", "modest"),
    "06.4": ("", "different", "same"),
    "06.5": ("…", "x", "A pose is not a feeling."),
}


def list_answers():
    """Return ANSWERS with those that follow from the shipped faces."""
    sample, model = facelab.load_sample(), facelab.ready_model()
    ten = sample.take(joy=1, sadness=1, surprise=1).points
    bars = [max(facelab.predict_expression(model, face).percentages.values()) for face in ten]
    honest = sample.take(joy=3, sadness=3)
    wrong = [str(place) for place in (honest.mislabel(0.4, seed=1).labels != honest.labels).nonzero()[0]]
    face = (str(bars.index(max(bars))), str(bars.index(max(bars))), str(bars.index(min(bars))))
    photo = sample.images[10]
    steps = [step for step in range(10, 101, 10) if facelab.find_faces(dim(photo, step)).problem is None]
    darkest = ("0.5", "10", str(steps[0]))
    return ANSWERS | {"01.4": face, "03.1": (*ANSWERS["03.1"][:2], " ".join(wrong)), "02.5": darkest}


def dim(photo, percentage):
    return (photo * (percentage / 100)).astype("uint8")


def find_boxes(page, name):
    """Find the widgets of an exercise by their title."""
    title = facelab.say("exercises.title", number=write_number(name), title=tell(name, "title"))
    return page.locator(".facelab").filter(has_text=title)


def answer(box, name, given):
    """Give an answer by clicking and typing, as it would be kept, and wait until it is.

    Else the next click could come before the end of a text that Python has not read yet.
    """
    kind, words = list_exercises()[name]["kind"], given.split()
    if kind in ("number", "open"):
        field = box.get_by_role("textbox")
        field.fill(given)
        field.blur()
    elif kind == "choice":
        labels = tell_all(name, "choices") or {given: tell(name, "count", number=given)}
        box.get_by_role("button", name=labels[given], exact=True).click()
    elif kind == "pieces":
        for row, number in zip(box.get_by_role("radiogroup").all(), words, strict=True):
            row.get_by_role("radio").nth(int(number) - 1).click()
    elif kind in ("expression", "face"):
        place = int(given) if kind == "face" else None
        word = None if kind == "face" else facelab.say(f"expression.{given}")
        (box.get_by_role("radio", name=word, exact=True) if word else box.get_by_role("radio").nth(place)).click()
    else:
        wanted = words if kind == "faces" else [facelab.say(f"expression.{word}") for word in words]
        for place, picture in enumerate(box.get_by_role("checkbox").all()):
            key = str(place) if kind == "faces" else picture.get_attribute("aria-label")
            if (picture.get_attribute("aria-checked") == "true") != (key in wanted):
                picture.click()
    wait_until(box.page, lambda: read_words(name) == sorted(words), f"{name}: {given}")


def read_words(name):
    """Read from the disk what is kept of an answer."""
    return sorted(load_answers().get(name, {}).get("answer", "").split())


def check(box, name, outcome):
    """Press the button and wait for a verdict."""
    texts = list_exercises()[name]
    label = "compare" if texts["kind"] == "open" else "settle" if texts.get("guess") else "check"
    box.get_by_role("button", name=facelab.say(f"exercises.{label}"), exact=True).click()
    see(box, name, outcome)


def see(box, name, outcome):
    box.get_by_text(facelab.say(f"exercises.{outcome}", number=write_number(name)), exact=True).wait_for()


def go_through(page, name, given, right):
    """Answer with nothing, nonsense and a wrong answer, and where it is judged with the right one; a guess but once."""
    box, (nonsense, wrong, best) = find_boxes(page, name), given
    kind, guess = list_exercises()[name]["kind"], list_exercises()[name].get("guess")
    check(box, name, "waiting")
    if kind == "open":
        for text in given:
            answer(box, name, text)
            check(box, name, "written")
        box.get_by_role("checkbox").first.check()
        return
    if nonsense:
        answer(box, name, nonsense)
        check(box, name, "waiting" if kind == "pair" else "not_yet")
    if guess:
        answer(box, name, best if right else wrong)
        check(box, name, "guessed")
        return
    for text, outcome in ((wrong, "not_yet"), (best, "right")):
        answer(box, name, text)
        check(box, name, outcome)


def go_through_code(page, name):
    boxes = find_boxes(page, name)
    for place, outcome in enumerate(("waiting", "not_yet", "not_yet", "right")):
        check(boxes.nth(place), name, outcome)


@pytest.mark.slow
@pytest.mark.asks_too_early
@pytest.mark.parametrize("language", ["ko", pytest.param("en", marks=pytest.mark.thorough)])
def test_every_exercise_takes_nothing_nonsense_wrong_and_right_answers_and_keeps_them(
    open_notebook, run_cell, screenshot, language
):
    use_language(language)
    page = open_notebook(f'{FACTS}\nask("02.4")', ASK_ALL, language=language)
    page.set_default_timeout(240_000)  # all exercises in one cell, some of which train models
    run_cell(page, 1)
    answers = list_answers()
    assert {*answers, "01.2", "02.2", "04.5", "05.2"} == set(list_exercises())
    cell = page.locator(".jp-CodeCell").nth(1)
    for place, name in enumerate(list_exercises()):
        if name in answers:  # a guess is right in one language, and wrong in the other
            go_through(cell, name, answers[name], right=place % 2 == (language == "en"))
        else:
            go_through_code(cell, name)
    for name in ("01.2", "01.3", "01.5", "02.3", "02.4", "03.1", "03.2", "04.1"):
        screenshot(find_boxes(cell, name).last, f"Exercise-{name}-{language}")
    page.keyboard.press("Control+s")
    page.reload()
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    run_cell(page, 1)
    for name in list_exercises():
        texts, box = list_exercises()[name], find_boxes(cell, name).last
        kind = {"open": "written"}.get(texts["kind"], "guessed" if texts.get("guess") else "right")
        see(box, name, kind)
        if texts["kind"] in ("number", "open") and not texts.get("guess"):
            assert box.get_by_role("textbox").input_value() == answers[name][2]
        if texts["kind"] == "open":
            assert box.get_by_role("checkbox").first.is_checked()


@pytest.mark.parametrize("language", ["ko", pytest.param("en", marks=pytest.mark.thorough)])
def test_an_exercise_waits_hints_and_is_done_by_keys_alone(open_notebook, run_cell, language):
    use_language(language)
    page = open_notebook('facelab.exercises.ask("02.4")', "facelab.exercises.progress()", language=language)
    box = find_boxes(page, "02.4")
    for key in ("hint_1", "hint_2"):
        hint = box.get_by_text(tell("02.4", key))
        assert not hint.is_visible()
        box.locator("summary").get_by_text(facelab.say(f"exercises.{key}"), exact=True).focus()
        page.keyboard.press("Enter")
        hint.wait_for()
    box.get_by_role("textbox", name=facelab.say("exercises.my_answer")).focus()
    page.keyboard.type("144")
    page.keyboard.press("Enter")
    see(box, "02.4", "right")
    cell = page.locator(".jp-CodeCell").nth(1)
    cell.locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")
    cell.get_by_text(f"2. {name_lesson('02')} (1/6)").wait_for()
