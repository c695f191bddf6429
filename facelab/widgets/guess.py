"""A match: who names more expressions right, the pupil or a model?"""

from dataclasses import dataclass

import ipywidgets
import numpy as np

from facelab.checks import EXPRESSIONS, check_set
from facelab.language import Misuse, say
from facelab.model.prediction import Prediction, predict_expression
from facelab.widgets.parts.html import encode_picture, write_card, write_image, write_shelf
from facelab.widgets.parts.scripts import Keys
from facelab.widgets.parts.view import (
    View,
    make_button,
    make_column,
    make_expression_buttons,
    make_row,
    make_text,
    mark_chosen,
    write_lines,
    write_text,
)

ROUNDS = 10
STREAK = 3  # right answers in a row that are worth a word
FACE_SIZE = 320  # pixels on the screen


@dataclass(frozen=True)
class Round:
    """What was said about one face: the expression it makes, the pupil's guess and the model's prediction."""

    truth: str
    mine: str
    prediction: Prediction

    @property
    def mine_right(self) -> bool:
        return self.mine == self.truth

    @property
    def model_right(self) -> bool:
        """Whether the model's likeliest expression is right: the pupil may not answer "cannot tell" either."""
        return self.prediction.likeliest == self.truth


class GuessSession:
    """A match over some faces in random order; the next match goes on with the faces that follow.

    Parameters
    ----------
    faces : LabelledFaces
        Faces that the model has not learnt from.
    model : Pipeline
        The rival.
    rounds : int
        How many faces a match has; all there are, if there are fewer.
    seed : int
        The same seed gives the same order.

    Attributes
    ----------
    played : list of Round
        What was guessed in this match.

    Raises
    ------
    ValueError
        If there are no faces.

    Examples
    --------
    >>> import facelab
    >>> session = GuessSession(facelab.load_sample(), facelab.ready_model())
    >>> session.guess("joy").mine
    'joy'
    >>> session.finished
    False
    """

    def __init__(self, faces, model, rounds=ROUNDS, seed=0):
        check_set(faces)
        if len(faces) == 0:
            raise Misuse(say("guess.no_faces"))
        self.faces = faces.select(np.random.default_rng(seed).permutation(len(faces)))
        self.model = model
        self.rounds = min(rounds, len(faces))
        self.first = 0
        self.played = []

    @property
    def position(self) -> int:
        """Where the face to be guessed stands; after the last face comes the first again."""
        return (self.first + len(self.played)) % len(self.faces)

    @property
    def finished(self) -> bool:
        return len(self.played) == self.rounds

    @property
    def scores(self) -> tuple[int, int]:
        """How often the pupil and the model were right in this match: (int, int)."""
        return sum(each.mine_right for each in self.played), sum(each.model_right for each in self.played)

    @property
    def message(self) -> str:
        """The sentence that tells how the match stands, or how it ended."""
        mine, its = self.scores
        ending = "won" if mine > its else "lost" if mine < its else "drawn"
        told = say(f"guess.{ending if self.finished else 'score'}", mine=mine, its=its, count=len(self.played))
        return f"{told} {say('guess.streak', count=self.streak)}" if self.streak >= STREAK else told

    @property
    def streak(self) -> int:
        """How many faces in a row the pupil got right last."""
        wrong = [place for place, played in enumerate(self.played, start=1) if not played.mine_right]
        return len(self.played) - max(wrong, default=0)

    def guess(self, expression) -> Round:
        """Guess the current face and go on to the next; returns the Round.

        Raises
        ------
        ValueError
            If the match is finished, or the expression is none of the five.
        """
        if self.finished:
            raise Misuse(say("guess.finished"))
        if expression not in EXPRESSIONS:
            raise Misuse(say("guess.unknown_expression", found=expression, known=", ".join(EXPRESSIONS)))
        prediction = predict_expression(self.model, self.faces.points[self.position])
        self.played.append(Round(str(self.faces.labels[self.position]), expression, prediction))
        return self.played[-1]

    def play_again(self) -> None:
        """Begin another match with the faces that follow."""
        self.first = self.position
        self.played = []


class Guess(View):
    """Shows a face and asks for its expression, then tells what the model said and what is right, and keeps the score.

    Takes what `GuessSession` takes.

    Examples
    --------
    >>> import facelab
    >>> guess = Guess(facelab.load_sample(), facelab.ready_model(), rounds=2)
    >>> guess.buttons["joy"].click()
    >>> len(guess.session.played)
    1
    """

    def __init__(self, faces, model, rounds=ROUNDS, seed=0):
        super().__init__(say("guess.title"))
        self.session = GuessSession(faces, model, rounds, seed)
        self.buttons, keys = make_expression_buttons(self.guard(self._guess))
        self.next = make_button(say("guess.next"), self.guard(self._show_next), "main")
        self.again = make_button(say("guess.again"), self.guard(self._play_again), "main")
        self.progress, self.picture, self.result, self.score = (ipywidgets.HTML() for _ in range(4))
        self.overview = ipywidgets.HTML()
        self.picture.add_class("facelab-big")
        self.shortcuts = Keys(keys | {"ArrowRight": self.next.click})
        labels = make_row(*self.buttons.values())
        question, further = make_text(say("guess.question"), "verdict"), make_row(self.next, self.again)
        side = make_column(question, labels, self.result, further, self.score)
        note = make_text(say("guess.keys"), "note")
        self.fill(self.progress, make_row(self.picture, side), note, self.shortcuts, self.overview)
        self.guard(self._show_face)()

    def _guess(self, expression):
        if self.answered:  # the first answer counts
            return
        played = self.session.guess(expression)
        self.result.value = write_lines(_describe(played))
        self.score.value = self._write_score()
        if self.session.finished:
            self.overview.value = self._write_overview()
        self._mark_answered(expression)

    def _show_next(self):
        if self.answered and not self.session.finished:  # another match begins by its own button alone
            self._show_face()

    def _play_again(self):
        if self.session.finished:
            self.session.play_again()
            self._show_face()

    def _show_face(self):
        progress = say("guess.progress", number=len(self.session.played) + 1, count=self.session.rounds)
        source = encode_picture(self.session.faces.images[self.session.position], FACE_SIZE)
        self.progress.value = write_text(progress, "note")
        self.picture.value = write_image(source, progress, FACE_SIZE)
        self.result.value = self.overview.value = ""
        self.score.value = self._write_score() if self.session.played else ""
        self._mark_answered(None)

    def _mark_answered(self, answer):
        self.answered, finished = answer is not None, self.session.finished
        self.next.layout.display = "" if self.answered and not finished else "none"
        self.again.layout.display = "" if self.answered and finished else "none"
        mark_chosen(self.buttons, answer)
        for button in self.buttons.values():
            button.disabled = self.answered

    def _write_score(self):
        """Write the score board, and below it how the match stands."""
        won = self.session.finished and self.session.scores[0] > self.session.scores[1]
        kind = "cheer" if won else "verdict" if self.session.finished else "note"
        return self._write_board() + write_text(self.session.message, kind)

    def _write_board(self):
        """Write a row of signs for each of the two, and the points at its end; the sentence below says the same."""
        played, rows = self.session.played, []
        sides = ([each.mine_right for each in played], [each.model_right for each in played])
        for name, right in zip((say("guess.me"), say("guess.model")), sides, strict=True):
            signs = "".join("●" if each else "✕" for each in right) + "·" * (self.session.rounds - len(right))
            rows.append(f'<tr><th scope="row">{name}</th><td>{signs}</td><td>{sum(right)}</td></tr>')
        return f'<table class="facelab-board" aria-hidden="true">{"".join(rows)}</table>'

    def _write_overview(self):
        session = self.session
        cards = []
        for number, played in enumerate(session.played):
            image = session.faces.images[(session.first + number) % len(session.faces)]
            caption = say("guess.card", **_name_expressions(played))
            cards.append(write_card(write_image(encode_picture(image), ""), caption, not played.mine_right))
        return write_shelf(cards)


def _describe(played):
    """Tell about a round in three sentences."""
    names = _name_expressions(played)
    share = f"{played.prediction.percentages[played.prediction.likeliest]:.2f}"
    return [
        say("guess.truth", **names),
        say("guess.mine_right" if played.mine_right else "guess.mine_wrong", **names),
        say("guess.its_right" if played.model_right else "guess.its_wrong", share=share, **names),
    ]


def _name_expressions(played):
    keys = {"truth": played.truth, "mine": played.mine, "its": played.prediction.likeliest}
    return {role: say(f"expression.{key}") for role, key in keys.items()}
