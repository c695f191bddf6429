"""The confusion matrix whose cells open: which photos are in there?"""

import ipywidgets

from facelab.language import say
from facelab.model import predict_expression
from facelab.widgets.pictures import Pictures
from facelab.widgets.predict import write_answer
from facelab.widgets.view import View, make_button, make_text, write_text

MOST_SHOWN = 60


class ConfusionSession:
    """Looks up the photos of one cell of a confusion matrix.

    Parameters
    ----------
    report : Evaluation
        What `evaluate` returned.

    Attributes
    ----------
    cell : tuple of str or None
        (true expression, predicted expression) of the open cell.
    """

    def __init__(self, report):
        self.report = report
        self.cell = None

    @property
    def expressions(self):
        """The expressions in the order of the matrix."""
        return list(self.report.expressions)

    @property
    def photos(self):
        """The photos of the open cell, as LabelledFaces; None while no cell is open."""
        return self.report.photos_in(*self.cell) if self.cell else None

    def count(self, true, predicted):
        """Tell how many photos a cell holds."""
        return int(self.report.confusion[self.expressions.index(true), self.expressions.index(predicted)])

    def open(self, true, predicted):
        """Open a cell."""
        self.cell = (true, predicted)


class Confusion(View):
    """The confusion matrix as buttons: a click on a cell shows its photos, a click on a photo the model's answer.

    Parameters
    ----------
    report : Evaluation
        What `evaluate` returned.
    model : Pipeline, optional
        The model that was evaluated, to ask it about single photos.
    """

    def __init__(self, report, model=None):
        super().__init__(say("confusion.title"))
        self.session = ConfusionSession(report)
        self.model = model
        self.cells = {}
        self.sentence, self.verdict, self.bars = make_text(""), make_text(""), make_text("")
        self.photos = Pictures(self.guard(self._ask), say("confusion.photos"), size=112)
        note, matrix = make_text(say("confusion.note"), "note"), self._make_matrix()
        self.fill(note, matrix, self.sentence, self.photos, self.verdict, self.bars)

    def _make_matrix(self):
        names = self.session.expressions
        corner = make_text(say("confusion.corner"), "note")
        words = {name: say(f"expression.{name}") for name in names}
        cells = [corner, *(make_text(say("confusion.column", expression=words[name]), "column") for name in names)]
        for true in names:
            cells.append(make_text(say("confusion.row", expression=words[true]), "row"))
            cells += [self._make_cell(true, predicted) for predicted in names]
        columns = f"minmax(130px, 1.4fr) repeat({len(names)}, minmax(80px, 1fr))"
        layout = {"grid_template_columns": columns, "grid_gap": "4px", "align_items": "center"}
        return ipywidgets.GridBox(cells, layout=layout)

    def _make_cell(self, true, predicted):
        count = self.session.count(true, predicted)
        button = make_button(str(count), self.guard(lambda: self._open(true, predicted)), "cell")
        words = {"true": say(f"expression.{true}"), "predicted": say(f"expression.{predicted}"), "count": count}
        button.tooltip = say("confusion.cell", **words)
        button.add_class("facelab-right" if true == predicted else "facelab-wrong" if count else "facelab-empty")
        self.cells[true, predicted] = button
        return button

    def _open(self, true, predicted):
        self.session.open(true, predicted)
        photos = self.session.photos.select(range(min(MOST_SHOWN, len(self.session.photos))))
        words = {"true": say(f"expression.{true}"), "predicted": say(f"expression.{predicted}")}
        kind = "none" if not len(self.session.photos) else "right" if true == predicted else "wrong"
        self.sentence.value = write_text(say(f"confusion.{kind}", count=len(self.session.photos), **words))
        names = [say("confusion.photo", number=number + 1, **words) for number in range(len(photos))]
        self.photos.show(photos.images, names)
        self.verdict.value = self.bars.value = ""

    def _ask(self, place):
        if self.model is None:
            raise ValueError(say("confusion.no_model"))
        prediction = predict_expression(self.model, self.session.photos[place])
        self.verdict.value, self.bars.value = write_answer(prediction)
