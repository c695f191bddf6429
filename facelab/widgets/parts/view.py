"""What every widget shares: a box that shows its own failures, sentences, and buttons."""

import functools
import html
import os
import traceback
from collections.abc import Callable
from pathlib import Path

import ipywidgets

from facelab.charts import EXPRESSION_COLOURS
from facelab.checks import EXPRESSIONS
from facelab.dataset.mine import MyData
from facelab.files import explain_disk
from facelab.language import say
from facelab.slips import is_half_loaded
from facelab.widgets.parts.scripts import Part, Pulse

LETTERS = {"font_size": "18px", "description_width": "initial"}  # of a field; else a longer word than usual is cut


class View(ipywidgets.VBox):
    """The box of a widget: a title, the content, and below it, in a red frame, what went wrong.

    Parameters
    ----------
    title : str
        The name of the widget, in the chosen language.

    Examples
    --------
    >>> view = View("Labels")
    >>> view.fill(make_text("Hello"))
    >>> view.guard(int)("seven")
    >>> "seven" in view.problem.value
    True
    """

    def __init__(self, title):
        self.problem = ipywidgets.HTML()
        self.content = ipywidgets.VBox()
        style = ipywidgets.HTML(f"<style>{_style()}</style>", layout={"display": "none"})
        super().__init__([style, make_text(title, "title"), Pulse(), self.content, self.problem])
        self.add_class("facelab")

    def __repr__(self):
        """Stay short: a saved notebook keeps this text, and the usual one would hold every picture that was shown."""
        return f"facelab.widgets.{type(self).__name__}"

    def fill(self, *widgets) -> None:
        """Show these widgets, one below the other, instead of what was shown."""
        self.content.children = widgets
        for part in _list_inside(self.content):
            if isinstance(part, Part):
                part.guard = self.watch

    def guard(self, callback) -> Callable:
        """Return a callback for a click: it takes the last problem away, and its own failure is shown."""
        watched = self.watch(callback)

        @functools.wraps(callback)
        def run(*arguments):
            self.show_problem("")
            return watched(*arguments)

        return run

    def watch(self, callback) -> Callable:
        """Return the callback in a form that shows a failure in the widget: elsewhere it would get lost unseen."""

        @functools.wraps(callback)
        def run(*arguments):
            try:
                return callback(*arguments)
            except ValueError as problem:  # the kit's own sentences
                self.show_problem(str(problem))
            except OSError as problem:
                details = "" if tell_disk(problem) else traceback.format_exc()
                self.show_problem(tell_disk(problem) or say("view.broken", problem=problem), details)
            except Exception as problem:
                if is_half_loaded(problem):
                    return self.show_problem(say("slips.half_loaded"))
                self.show_problem(say("view.broken", problem=problem), details=traceback.format_exc())

        return run

    def show_problem(self, sentence, details="") -> None:
        """Show a sentence in a red frame; an empty one takes the frame away. Details are folded up below it."""
        self.problem.value = _write_problem(sentence, details) if sentence else ""


def tell_disk(problem: OSError) -> str:
    """Say why something could not be written, and what to do; "" if it is not the disk's fault.

    Examples
    --------
    >>> tell_disk(OSError(28, "No space left on device"))[:12]
    '디스크에 자리가 없어서'
    """
    return explain_disk(problem, Path(problem.filename).parent if problem.filename else MyData().folder)


def tell_where() -> str:
    """Say where photos are kept: on this computer, on a class's server, or on somebody else's in the internet.

    Examples
    --------
    >>> tell_where()
    '사진은 이 컴퓨터에만 저장돼요. 인터넷으로 보내지 않아요.'
    """
    if "BINDER_SERVICE_HOST" in os.environ or "BINDER_LAUNCH_HOST" in os.environ:  # Binder has a hub as well
        return say("view.on_binder")
    return say("view.on_hub" if any(name.startswith("JUPYTERHUB_") for name in os.environ) else "view.on_this_computer")


def make_text(sentence, kind="text") -> ipywidgets.HTML:
    """Return a sentence as a widget; its kind is "text", "title", "subtitle", "note", "verdict" or "cheer".

    Screen readers tell changes.
    """
    return ipywidgets.HTML(write_text(sentence, kind) if sentence else "")  # an empty line would take up room


def write_text(sentence, kind="text") -> str:
    """Write a sentence as HTML with everything in it made harmless: file names come from outside.

    Examples
    --------
    >>> write_text("<b>", "note")
    '<p class="facelab-note" role="status">&lt;b&gt;</p>'
    """
    role = ' role="heading" aria-level="3"' if kind in ("title", "subtitle") else ' role="status"'
    return f'<p class="facelab-{kind}"{role}>{html.escape(sentence)}</p>'


def write_lines(sentences) -> str:
    """Write sentences as HTML, each on a line of its own."""
    return "".join(write_text(sentence) for sentence in sentences)


def make_button(label, action, *kinds) -> ipywidgets.Button:
    """Return a button that calls an action; its kinds are "main", "risky", "cell", "expression" or an expression."""
    button = ipywidgets.Button(description=label, tooltip=label)
    for kind in kinds:
        button.add_class(f"facelab-{kind}")
    button.on_click(lambda _: action())
    return button


def make_expression_buttons(choose) -> tuple[dict, dict]:
    """Return a button for each expression, as a dict, and the keys 1 to 5 that do the same: (buttons, Keys' actions).

    `choose` is called with the expression.
    """
    buttons, actions = {}, {}
    for number, key in enumerate(EXPRESSIONS, start=1):
        actions[str(number)] = functools.partial(choose, key)
        label = f"{number}  {say(f'expression.{key}')}"
        buttons[key] = make_button(label, actions[str(number)], "expression", key)
    return buttons, actions


def mark_chosen(buttons: dict, chosen) -> None:
    """Show which of some buttons was chosen, a dict by what each stands for."""
    for key, button in buttons.items():
        (button.add_class if key == chosen else button.remove_class)("facelab-chosen")


def make_column(*widgets) -> ipywidgets.VBox:
    """Return widgets one below the other, in a column that takes the room beside a picture."""
    return ipywidgets.VBox(widgets, layout={"flex": "1 1 420px", "min_width": "0", "align_self": "flex-start"})


def make_row(*widgets) -> ipywidgets.Box:
    """Return widgets side by side, on more lines where there is no room."""
    layout = {"display": "flex", "flex_flow": "row wrap", "align_items": "center", "grid_gap": "4px 12px"}
    return ipywidgets.Box(widgets, layout=layout)


def write_progress(done, total, sentence) -> str:
    """Write a bar that shows how many of all are done, with a sentence below it."""
    bar = f'<progress max="{max(total, 1)}" value="{done}" aria-label="{html.escape(sentence)}"></progress>'
    return f"{bar}{write_text(f'{sentence} ({done}/{total})')}"


def write_bars(shares, wording, mark=None) -> str:
    """Write the expressions' shares as bars in HTML.

    Parameters
    ----------
    shares : dict
        Expression to the length of its bar, 0..1.
    wording : dict
        Expression to the number as it is to be read.
    mark : float, optional
        Where a dashed line stands, 0..1.
    """
    line = f'<i style="left:{100 * mark:.1f}%"></i>' if mark is not None else ""
    rows = (
        f'<tr class="facelab-{key}"><th scope="row">{html.escape(say(f"expression.{key}"))}</th><td style="width:100%">'
        f'<div class="facelab-track" aria-hidden="true"><span style="width:{100 * share:.2f}%"></span>{line}</div></td>'
        f"<td>{html.escape(wording[key])}</td></tr>"
        for key, share in shares.items()
    )
    return f'<table class="facelab-bars">{"".join(rows)}</table>'


def write_counts(counts) -> str:
    """Write how many faces of each expression there are, a dict of expression to number, as bars in HTML."""
    most = max(1, *(counts[key] for key in EXPRESSIONS))
    wording = {key: say("labelling.count", count=counts[key]) for key in EXPRESSIONS}
    return write_bars({key: counts[key] / most for key in EXPRESSIONS}, wording)


def write_percentages(percentages, mark=None) -> str:
    """Write percentages, a dict of expression to 0..100, as bars in HTML; `mark`, a percentage, is a dashed line.

    Examples
    --------
    >>> "<td>75.00%</td>" in write_percentages({"joy": 75.0, "anger": 25.0}, mark=60)
    True
    """
    shares = {key: share / 100 for key, share in percentages.items()}
    wording = {key: f"{share:.2f}%" for key, share in percentages.items()}
    return write_bars(shares, wording, None if mark is None else mark / 100)


def _write_problem(sentence, details):
    summary = f"<summary>{html.escape(say('view.details'))}</summary>"
    more = f"<details>{summary}<pre>{html.escape(details)}</pre></details>" if details else ""
    return f'<div class="facelab-problem" role="alert">{html.escape(sentence)}{more}</div>'


def _list_inside(widget):
    """List a widget and all that is in it, to any depth."""
    inside = [each for child in getattr(widget, "children", ()) for each in _list_inside(child)]
    return [widget, *inside]


@functools.lru_cache(maxsize=1)
def _style():
    colours = "".join(f".facelab-{key} {{ --expression: {EXPRESSION_COLOURS[key]}; }}\n" for key in EXPRESSIONS)
    return colours + Path(__file__).with_name("style.css").read_text(encoding="utf-8")
