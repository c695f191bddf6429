"""The confusion matrix whose cells open: which photos are in there?"""

from pathlib import Path

import traitlets

from facelab.checks import check_report
from facelab.dataset.labelled import LabelledFaces
from facelab.language import Misuse, say
from facelab.model.prediction import Prediction, predict_expression
from facelab.widgets.parts.pictures import Pictures
from facelab.widgets.parts.scripts import Part, is_place, load_script
from facelab.widgets.parts.view import View, make_column, make_row, make_text, write_text
from facelab.widgets.predict import write_answer

MOST_SHOWN = 60


class ConfusionSession:
    """Looks up the photos of one cell of a confusion matrix.

    Parameters
    ----------
    report : Evaluation
        What `evaluate` returned.
    model : Pipeline, optional
        The model to ask about single photos. Needed only for a report that several models have made together, as
        `evaluate_unseen` does; any other holds its own.

    Attributes
    ----------
    cell : tuple of str or None
        (true expression, predicted expression) of the open cell.
    """

    def __init__(self, report, model=None):
        check_report(report)
        self.report = report
        self.model = report.model if model is None else model
        self.cell = None

    @property
    def expressions(self) -> list[str]:
        """The expressions in the order of the matrix."""
        return list(self.report.expressions)

    @property
    def photos(self) -> LabelledFaces | None:
        """The photos of the open cell, as LabelledFaces; None while no cell is open."""
        return self.report.photos_in(*self.cell) if self.cell else None

    def count(self, true, predicted) -> int:
        """Tell how many photos a cell holds."""
        return int(self.report.confusion[self.expressions.index(true), self.expressions.index(predicted)])

    def open(self, true, predicted) -> None:
        """Open a cell."""
        self.cell = (true, predicted)

    def predict(self, place) -> Prediction:
        """Ask the model about a photo of the open cell. Raises ValueError if there is no model to ask."""
        if self.model is None:
            raise Misuse(say("confusion.no_model"))
        return predict_expression(self.model, self.photos[place])


class Matrix(Part):
    """The counts as a table of cells to open, by a click or with the arrow keys and enter.

    Parameters
    ----------
    open_cell : function (row, column)
        Called when a cell is opened.
    label, corner : str
        What a screen reader calls the table, and what stands in its upper left corner.
    columns : list of str
        The head of each column.
    rows : list of dict
        The "name" of each row and its "cells": the "count" of each, its "kind" ("right", "wrong" or "empty") and its
        "name" in full words.
    """

    _esm = load_script(Path(__file__).with_suffix(".js"))
    label = traitlets.Unicode().tag(sync=True)
    corner = traitlets.Unicode().tag(sync=True)
    columns = traitlets.List(traitlets.Unicode()).tag(sync=True)
    rows = traitlets.List().tag(sync=True)
    chosen = traitlets.List(traitlets.Int()).tag(sync=True)

    def __init__(self, open_cell, label, corner, columns, rows):
        super().__init__(label=label, corner=corner, columns=columns, rows=rows)
        self._open_cell = open_cell
        self.hear(lambda _, message, __: open_cell(*message["open"]), {"open": self._is_cell})

    def _is_cell(self, cell):
        sizes = len(self.rows), len(self.columns)
        return isinstance(cell, list) and len(cell) == 2 and all(map(is_place, cell, sizes))

    def press(self, row: int, column: int) -> None:
        """Open a cell as a click would."""
        self.chosen = [row, column]
        self._open_cell(row, column)


class Confusion(View):
    """The confusion matrix: a click on a cell shows its photos, a click on a photo the model's answer.

    Parameters
    ----------
    report : Evaluation
        What `evaluate` returned.
    model : Pipeline, optional
        The model to ask about single photos. Needed only for a report that several models have made together, as
        `evaluate_unseen` does; any other holds its own.

    Examples
    --------
    >>> import facelab
    >>> confusion = Confusion(facelab.evaluate(facelab.ready_model(), facelab.load_sample().take(joy=5)))
    >>> confusion.matrix.press(0, 0)
    >>> confusion.session.cell
    ('joy', 'joy')
    """

    def __init__(self, report, model=None):
        super().__init__(say("confusion.title"))
        self.session = ConfusionSession(report, model)
        self.matrix = self._make_matrix()
        self.sentence, self.verdict, self.bars = make_text(""), make_text(""), make_text("")
        self.photos = Pictures(self.guard(self._ask), say("confusion.photos"), size=112)
        note = make_text(say("confusion.note"), "note")
        opened = make_row(make_column(self.sentence, self.photos), make_column(self.verdict, self.bars))
        self.fill(note, self.matrix, opened)

    def _make_matrix(self):
        names = self.session.expressions
        words = {name: say(f"expression.{name}") for name in names}
        columns = [say("confusion.column", expression=words[name]) for name in names]
        rows = [
            {
                "name": say("confusion.row", expression=words[true]),
                "cells": [self._describe_cell(true, predicted) for predicted in names],
            }
            for true in names
        ]
        return Matrix(self.guard(self._open), say("confusion.title"), say("confusion.corner"), columns, rows)

    def _describe_cell(self, true, predicted):
        count = self.session.count(true, predicted)
        kind = "right" if true == predicted else "wrong" if count else "empty"
        return {"count": count, "kind": kind, "name": say("confusion.cell", count=count, **_name(true, predicted))}

    def _open(self, row, column):
        true, predicted = self.session.expressions[row], self.session.expressions[column]
        self.session.open(true, predicted)
        every, words = self.session.photos, _name(true, predicted)
        photos = every.select(range(min(MOST_SHOWN, len(every))))
        kind = "none" if not len(every) else "right" if true == predicted else "wrong"
        self.sentence.value = write_text(say(f"confusion.{kind}", count=len(every), **words))
        names = [say("confusion.photo", number=number + 1, **words) for number in range(len(photos))]
        self.photos.show(photos.images, names)
        self.verdict.value = self.bars.value = ""

    def _ask(self, place):
        self.verdict.value, self.bars.value = write_answer(self.session.predict(place))


def _name(true, predicted):
    return {"true": say(f"expression.{true}"), "predicted": say(f"expression.{predicted}")}
