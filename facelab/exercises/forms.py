"""What a pupil answers with: buttons, pictures, a field for a number, a box for a text; each calls `change(draft)`."""

import ipywidgets
import numpy as np

from facelab.answers.texts import name_expression, tell
from facelab.dataset.labelled import load_sample
from facelab.exercises.session import show_value
from facelab.faces.pieces import PIECES, SHAPES, cut_piece
from facelab.language import say
from facelab.widgets.parts.pictures import Pictures
from facelab.widgets.parts.view import LETTERS, make_button, make_row, make_text, mark_chosen


def make_form(session, change, submit) -> ipywidgets.Widget:
    """Make the widget with which an exercise is answered.

    Parameters
    ----------
    session : ExerciseSession
        Whose exercise it is; its draft is filled in.
    change : function (draft)
        Called with each new answer.
    submit : function ()
        Called when the pupil presses Enter in a field for a number.
    """
    if session.kind == "number":
        return _make_field(session, change, submit)
    makers = {"choice": _make_choices, "pieces": _make_pieces, "code": _make_note, "open": _make_box}
    return makers.get(session.kind, _make_pictures)(session, change)


def _make_choices(session, change):
    buttons = {}

    def choose(key):
        mark_chosen(buttons, key)
        change(key)

    for key, label in session.options.items():
        buttons[key] = make_button(label, lambda key=key: choose(key), *["chosen"] * (key == session.draft))
    return ipywidgets.VBox(list(buttons.values()), layout={"align_items": "flex-start"})


def _make_pictures(session, change):
    """Make a shelf of expressions, or of the faces of the lesson, to click on."""
    keys, many = list(session.options), session.kind in ("pair", "faces")
    pick = (
        (lambda places: change(" ".join(keys[place] for place in places)))
        if many
        else lambda place: change(keys[place])
    )
    shelf = Pictures(pick, say(f"unanswered.{session.kind}"), many=many, size=104)
    if session.kind in ("expression", "pair"):
        sample, names = load_sample(), list(session.options.values())
        shelf.show([sample.images[int(np.argmax(sample.labels == key))] for key in keys], names, names)
    else:
        labels = [name_expression(label) for label in session.offer.labels]
        captions = [f"{key} {label}" for key, label in zip(keys, labels, strict=True)] if many else keys
        names = [say("exercises.face", number=caption) for caption in captions]
        shelf.show(session.offer.images, names, captions)
    shelf.chosen = [keys.index(word) for word in session.draft.split()]
    return shelf


def _make_pieces(session, change):
    chosen = dict(zip(PIECES, map(int, session.draft.split() or "000"), strict=True))
    rows = []

    def choose(part, place):
        chosen[part] = SHAPES[place]
        change(" ".join(map(str, chosen.values())))

    for part in PIECES:
        title = say(f"mixer.{part}")
        row = Pictures(lambda place, part=part: choose(part, place), title, size=104)
        names = [say("mixer.piece", part=title, number=shape) for shape in SHAPES]
        row.show([cut_piece(part, shape) for shape in SHAPES], names, list(map(str, SHAPES)))
        row.chosen = [SHAPES.index(chosen[part])] if chosen[part] else []
        rows += [make_text(title, "label"), row]
    return ipywidgets.VBox(rows)


def _make_field(session, change, submit):
    title = say("exercises.my_guess" if session.is_guess else "exercises.my_answer")
    layout = {"width": "220px", "height": "auto"}
    field = ipywidgets.Text(session.draft, description=title, layout=layout, style=LETTERS, continuous_update=False)
    entered = []

    def take(event):
        change(event["new"])
        if entered:
            entered.clear()
            submit()

    # Enter is heard of before the number that it ends; a number that the pupil just leaves is not checked yet.
    field.on_msg(lambda _, message, __: entered.append(1) if message.get("event") == "submit" else None)
    field.observe(take, "value")
    return make_row(field, make_text(tell(session.name, "unit")))


def _make_note(session, _):
    """Make the line that tells what the gap of the cell holds."""
    if not session.is_answered:
        return make_text(say("unanswered.code"))
    return make_text(say("exercises.gap_holds", found=show_value(session.value)))


def _make_box(session, change):
    box = ipywidgets.Textarea(session.draft, placeholder=say("unanswered.open"), style=LETTERS)
    box.description, box.layout, box.rows = say("exercises.my_words"), {"width": "100%", "height": "auto"}, 4
    box.observe(lambda event: change(event["new"]), "value")
    return box
