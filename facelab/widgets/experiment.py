"""Experiments with dials: how many photos, how many wrong labels, which expressions?"""

import asyncio
import base64
import functools
import threading
from collections import Counter

import ipywidgets

from facelab.charts import encode_png, new_axes
from facelab.dataset import EXPRESSIONS
from facelab.experiments import Comparison, compare
from facelab.language import Misuse, retell, say
from facelab.mine import ENOUGH
from facelab.widgets.picture import write_image
from facelab.widgets.samples import choose_faces
from facelab.widgets.view import View, make_button, make_row, make_text, write_progress, write_text

TEST_PHOTOS = 8  # of each expression, as `compare` sets aside
REPEATS = 30
MOST_CONDITIONS = 6  # more than that no chart can show legibly

# What the dials show first: two expressions, their numbers of photos and the share of wrong labels; and what the first
# run sets beside it.
KINDS = {
    "wrong_labels": {"dials": ("joy", "sadness", 20, 20, 30), "beside": [("joy", "sadness", 20, 20, 0)]},
    "imbalance": {"dials": ("joy", "sadness", 40, 20, 0), "beside": [("joy", "sadness", 20, 20, 0)]},
    "pairs": {
        "dials": ("surprise", "anger", 35, 35, 0),
        "beside": [("joy", "anger", 20, 20, 0), ("surprise", "anger", 20, 20, 0)],
    },
    "amount": {
        "dials": ("joy", "sadness", 60, 60, 0),
        "beside": [("joy", "sadness", 5, 5, 0), ("joy", "sadness", 20, 20, 0)],
    },
}


class ExperimentSession:
    """Runs conditions side by side; each further one is added to those before.

    Parameters
    ----------
    faces : LabelledFaces
        Where the photos are drawn from.
    repeats : int, optional
        How often each condition is repeated, each time with other photos. 30 by default.

    Attributes
    ----------
    conditions : dict
        Name to condition, as `compare` takes them.
    comparison : Comparison or None
        The last result.
    """

    def __init__(self, faces, repeats=None):
        self.faces = faces
        self.repeats = repeats or REPEATS
        if len(self.expressions) < 2:
            raise Misuse(say("experiment.too_few", test=TEST_PHOTOS))
        self.clear()

    def clear(self):
        """Forget all conditions."""
        self.conditions = {}
        self.comparison = None

    def most_photos(self, expression):
        """Tell how many photos of an expression are sure to be left to train with.

        The test takes some, and of a person in the test no other photo is learned from.
        """
        is_asked = self.faces.labels == expression
        people, others = Counter(self.faces.people[is_asked]), set(self.faces.people[~is_asked])
        if len({*people, *others}) == 1:  # then nobody is left out
            return max(0, people.total() - TEST_PHOTOS)
        shots = max(people.values(), default=0)
        tests = 2 if others & people.keys() else 1  # the other expression's test may take people away as well
        return max(0, people.total() - TEST_PHOTOS * shots * tests)

    @property
    def expressions(self):
        """The expressions of which there are photos to train with."""
        return [key for key in EXPRESSIONS if self.most_photos(key) > 0]

    def fit(self, settings):
        """Change settings to what there is: other expressions where one is missing, fewer photos where they are few."""
        first, second, first_photos, second_photos, wrong = settings
        if first not in self.expressions or second not in self.expressions:
            first, second = self.expressions[:2]
        fitted = [min(first_photos, self.most_photos(first)), min(second_photos, self.most_photos(second))]
        if first_photos == second_photos:  # then they shall stay equal
            fitted = [min(fitted)] * 2
        return first, second, *fitted, wrong

    def add(self, settings):
        """Add a condition: two expressions, their numbers of photos, and the share of wrong labels in percent."""
        first, second, first_photos, second_photos, wrong = settings
        if first == second:
            raise Misuse(say("experiment.same_expression"))
        if len(self.conditions) >= MOST_CONDITIONS:
            raise Misuse(say("experiment.too_many", most=MOST_CONDITIONS))
        names = {"first": say(f"expression.{first}"), "second": say(f"expression.{second}")}
        name = say("experiment.condition", first_photos=first_photos, second_photos=second_photos, **names)
        name = say("experiment.with_wrong", condition=name, share=wrong) if wrong else name
        self.conditions[name] = {first: first_photos, second: second_photos} | ({"wrong": wrong / 100} if wrong else {})

    def rename(self):
        """Name the conditions in the language that is chosen now, also in the last result."""
        before = list(self.conditions)
        self.conditions = {retell(name): condition for name, condition in self.conditions.items()}
        if self.comparison is not None:
            self.comparison = _rename(self.comparison, before, self.conditions)

    def run(self, stop=None):
        """Compare all conditions; `stop` is asked after each repeat, with their number, whether to end here."""
        names = list(self.conditions)
        try:
            comparison = compare(self.conditions, self.faces, repeats=self.repeats, progress=False, stop=stop)
        except ValueError:
            self.conditions.popitem()  # the newest, with which it does not work
            raise
        self.comparison = _rename(comparison, names, self.conditions)  # the language may have changed meanwhile
        return self.comparison


class Experiment(View):
    """Dials for two expressions, their numbers of photos and wrong labels; *run* trains many times and draws a chart.

    Parameters
    ----------
    kind : {"wrong_labels", "imbalance", "pairs", "amount"}
        Where the dials stand at first, and what the first run sets beside them.
    faces : LabelledFaces, optional
        By default the pupil's own if there are enough of them, or the shipped ones.

    Raises
    ------
    ValueError
        If there is no such kind.

    Examples
    --------
    >>> experiment = Experiment("imbalance")
    >>> experiment.settings
    ('joy', 'sadness', 40, 20, 0)
    """

    def __init__(self, kind="wrong_labels", faces=None):
        if kind not in KINDS:
            raise Misuse(say("experiment.unknown_kind", found=repr(kind), expected=", ".join(KINDS)))
        super().__init__(say(f"experiment.{kind}"))
        self.kind = kind
        faces, shipped = choose_faces(faces, _are_enough)
        self.session = ExperimentSession(faces)
        self.dials = self._make_dials()
        self.start = make_button(say("experiment.run"), self.guard(self._run), "main")
        self.again = make_button(say("experiment.again"), self.guard(self._add))
        self.stop = make_button(say("experiment.stop"), self._ask_to_stop)
        self.status, self.chart, self.message = make_text(""), ipywidgets.HTML(), make_text("")
        note = make_text(say("experiment.sample" if shipped else "experiment.own", count=len(faces)), "note")
        buttons = make_row(self.start, self.again, self.stop)
        self.fill(note, *self.dials, buttons, self.status, self.chart, self.message)
        self._worker = None
        self._set_running(False)

    @property
    def settings(self):
        """Where the dials stand: two expressions, their numbers of photos, wrong labels in percent."""
        return tuple(dial.value for dial in self.dials)

    def _make_dials(self):
        first, second, first_photos, second_photos, wrong = self.session.fit(KINDS[self.kind]["dials"])
        words = [(say(f"expression.{key}"), key) for key in self.session.expressions]
        most = self.session.most_photos
        dials = [
            ipywidgets.Dropdown(options=words, value=first, description=say("experiment.first")),
            ipywidgets.Dropdown(options=words, value=second, description=say("experiment.second")),
            ipywidgets.IntSlider(first_photos, 1, most(first), description=say("experiment.first_photos")),
            ipywidgets.IntSlider(second_photos, 1, most(second), description=say("experiment.second_photos")),
            ipywidgets.IntSlider(wrong, 0, 50, 5, description=say("experiment.wrong")),
        ]
        for expression, photos in zip(dials[:2], dials[2:4], strict=True):
            ipywidgets.dlink((expression, "value"), (photos, "max"), most)  # no more than there are
        return dials

    def _run(self):
        self.session.clear()
        if self.settings == self.session.fit(KINDS[self.kind]["dials"]):
            for settings in KINDS[self.kind]["beside"]:
                self.session.add(self.session.fit(settings))
        self._add()

    def wait(self):
        """Wait until the models are trained and the chart is drawn."""
        if worker := self._worker:
            worker.join()
            self._finish(worker)  # the first thread, which may wait here, has had no time for it yet

    def _add(self):
        """Add what the dials say and train, on a thread of its own, so that Python hears the button that stops it."""
        self.session.add(self.settings)
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
        self.start.disabled = self.again.disabled = running
        self.stop.layout.display = "" if running else "none"
        self.again.layout.display = "" if self.session.comparison or running else "none"

    def redraw(self):
        self.session.rename()
        if self.session.comparison is not None:
            self._show()

    def _show(self):
        comparison = self.session.comparison
        by = "expression" if self.kind == "imbalance" else None
        lines = len(comparison.means) * (2 if by else 1)
        ax = new_axes(size=(10, 1.2 + 0.9 * lines))
        comparison.plot(ax=ax, by=by)
        self.chart.value = _write_chart(ax.figure)
        self.message.value = write_text(comparison.message, "verdict")


def _are_enough(faces):
    """Tell whether a pupil's own faces suffice: two expressions that are worth learning from."""
    return sum(count >= ENOUGH for count in faces.counts().values()) >= 2


def _find_way_back():
    """Return a function that lets Python's first thread call a function, as far as that thread can be reached."""
    try:
        return asyncio.get_running_loop().call_soon_threadsafe
    except RuntimeError:  # outside of a notebook
        return lambda action: action()


def _rename(comparison, before, after):
    table = comparison.table
    return Comparison(table.assign(condition=table["condition"].map(dict(zip(before, after, strict=True)))))


def _write_chart(figure):
    """Write a figure as HTML; the figure itself is closed."""
    source = "data:image/png;base64," + base64.b64encode(encode_png(figure)).decode("ascii")
    return write_image(source, say("experiment.chart"), "100%")
