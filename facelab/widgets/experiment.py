"""Experiments with dials: how many photos, how many wrong labels, which expressions?"""

import asyncio
import base64
import functools
import threading

import ipywidgets

from facelab.charts import encode_png, new_axes
from facelab.dataset.mine import ENOUGH
from facelab.experiments.conditions import simplify
from facelab.language import Misuse, say
from facelab.widgets.experiment_session import KINDS, ExperimentSession, can_run
from facelab.widgets.parts.dials import Dials
from facelab.widgets.parts.html import write_image
from facelab.widgets.parts.samples import choose_faces
from facelab.widgets.parts.view import View, make_button, make_row, make_text, write_progress, write_text


class Experiment(View):
    """The experiments of the lessons, with dials; *run* trains many times and draws a chart, *again* adds to it.

    Parameters
    ----------
    kind : str
        With which experiment to begin: "wrong_labels", "one_sided", "imbalance", "strong_imbalance", "remedies",
        "pairs", "amount", "learning_curve", "split", "leak" (all as `facelab.plan` has them) or "pick_best".
    faces : LabelledFaces, optional
        By default the pupil's own if there are enough of them, or the shipped ones.

    Raises
    ------
    ValueError
        If there is no such experiment, or there are too few faces for it.

    Examples
    --------
    >>> experiment = Experiment("imbalance")
    >>> experiment.dials.condition
    {'joy': 40, 'sadness': 20}
    """

    def __init__(self, kind="wrong_labels", faces=None):
        if kind not in KINDS:
            raise Misuse(say("experiment.unknown_kind", found=repr(kind), expected=", ".join(KINDS)))
        super().__init__(say("experiment.title"))
        self._faces, self._shipped = choose_faces(faces, lambda mine: _are_enough(mine, kind))
        self.note, self.dials = make_text("", "note"), Dials()
        self.start = make_button(say("experiment.run"), self.guard(self._run), "main")
        self.again = make_button(say("experiment.again"), self.guard(self._add))
        self.stop = make_button(say("experiment.stop"), self._ask_to_stop)
        self.status, self.chart, self.message, self.worth = (ipywidgets.HTML() for _ in range(4))
        self._worker, self.choice = None, ipywidgets.Dropdown(description=say("experiment.kind"))
        self._choose(kind)
        self._offer_others(kind)
        buttons = make_row(self.start, self.again, self.stop)
        self.fill(self.choice, self.note, self.dials, buttons, self.status, self.chart, self.message, self.worth)

    def _offer_others(self, kind):
        kinds = [each for each in KINDS if can_run(self._faces, each)]
        self.choice.options = [(say(f"experiment.{each}"), each) for each in kinds]
        self.choice.value = kind
        self.choice.observe(self.guard(lambda change: self._choose(change["new"])), "value")

    def _choose(self, kind):
        """Begin with an experiment: the dials stand where its last condition is."""
        self.session = session = ExperimentSession(self._faces, kind)
        self.dials.show_only(session.settings.dials)
        self._first = session.first_view()
        self.dials.turn_to(self._first[-1], {key: session.most_photos(key) for key in session.expressions})
        said = say("experiment.sample" if self._shipped else "experiment.own", count=len(session.faces))
        self.note.value = write_text(said, "note")
        self.chart.value = self.message.value = self.worth.value = ""
        self._set_running(False)

    def _run(self):
        self.session.models = self.dials.others["models"].value
        unturned = self.dials.condition == simplify(self._first[-1])  # then it is the experiment of the lesson
        self.session.begin([*(self._first[:-1] if unturned else ()), self.dials.condition])
        self._train()

    def wait(self):
        """Wait until the models are trained and the chart is drawn."""
        if worker := self._worker:
            worker.join()
            self._finish(worker)  # the first thread, which may wait here, has had no time for it yet

    def _add(self):
        self.session.add(self.dials.condition)
        self._train()

    def _train(self):
        """Train on a thread of its own, so that Python hears the button that stops it."""
        self._set_running(True)
        self._worker = threading.Thread(target=self._work, args=[_find_way_back()], daemon=True)
        self._worker.start()

    def _work(self, back):
        try:
            self.watch(self.session.run)(self._tell_progress)
        finally:  # also after a failure one must be able to go on; and charts are drawn by the first thread alone
            back(functools.partial(self._finish, threading.current_thread()))

    def _tell_progress(self, done):
        self.status.value = write_progress(done, self.session.repeats, say("experiment.running"))
        return self._stopped

    def _ask_to_stop(self):
        self._stopped = True

    def _finish(self, worker):
        if worker is self._worker:  # and not finished already
            self._worker = None
            self._set_running(False)
            self.watch(self.redraw)()

    def _set_running(self, running):
        self._stopped = False
        self.status.value = write_progress(0, self.session.repeats, say("experiment.running")) if running else ""
        for each in (self.start, self.again, self.choice):
            each.disabled = running
        self.stop.layout.display = "" if running else "none"
        can_add = self.session.kind != "pick_best" and (running or self.session.comparison is not None)
        self.again.layout.display = "" if can_add else "none"

    def redraw(self):
        comparison, by = self.session.comparison, self.session.by
        if comparison is None:
            return
        lines = len(comparison.recalls if by == "expression" else comparison.accuracies)
        ax = new_axes(size=(10, 5.5) if by == "photos" else (10, 1.2 + 0.9 * lines))
        comparison.plot(ax=ax, by=by)
        self.chart.value = _write_chart(ax.figure)
        self.message.value = write_text(comparison.message, "verdict")
        self.worth.value = write_text(_tell_worth(comparison.table), "note")


def _tell_worth(table):
    """Say what one photo of a test is worth, in points."""
    test = table.groupby(["condition", "repeat"])["test_photos"].sum().min()
    return say("experiment.one_photo", test=test, points=f"{100 / test:.3g}")


def _are_enough(mine, kind):
    """Tell whether a pupil's own faces suffice: two expressions that are worth learning from."""
    return sum(count >= ENOUGH for count in mine.counts().values()) >= 2 and can_run(mine, kind)


def _find_way_back():
    """Return a function that lets Python's first thread call a function; outside of a notebook that happens in `wait`.

    No other thread may draw: while the language changes the first one draws as well.
    """
    try:
        return asyncio.get_running_loop().call_soon_threadsafe
    except RuntimeError:
        return lambda action: None


def _write_chart(figure):
    """Write a figure as HTML; the figure itself is closed."""
    source = "data:image/png;base64," + base64.b64encode(encode_png(figure)).decode("ascii")
    return write_image(source, say("experiment.chart"), "100%")
