"""A model that pupils can read: a few questions about the pieces of a face, one after the other."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from facelab.checks import check_whole
from facelab.faces.pieces import PIECES, SHAPES, list_pieces, measure_shapes
from facelab.language import Misuse, say
from facelab.model.features import PointsTransformer, check_faces

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

QUESTIONS = 7


class PieceFeatures(PointsTransformer):
    """From the points of faces to the pieces they are most like: 1 for each of the three nearest shapes, else 0.

    A scikit-learn transformer: `fit` learns nothing, `transform` takes points of shape (n, 478, 3) and returns an array
    of shape (n, 18). The numbers of the shapes are names, not amounts, so each shape has a column of its own.

    Raises
    ------
    ValueError
        If the points have another shape, there are none, or not one label for each face.

    Examples
    --------
    >>> import facelab
    >>> PieceFeatures().fit_transform(facelab.load_sample().points[:5]).sum(axis=1)
    array([3., 3., 3., 3., 3.])
    """

    def fit(self, X, y=None) -> "PieceFeatures":
        self.n_features_in_ = check_faces(X, y).shape[1]
        return self

    def transform(self, X) -> np.ndarray:
        points = check_faces(X)
        nearest = [measure_shapes(part, points).argmin(axis=1) for part in PIECES]
        return np.hstack([np.eye(len(SHAPES))[shapes] for shapes in nearest])

    def get_feature_names_out(self, input_features=None) -> np.ndarray:
        """Return the names of the columns, such as "lips 6"."""
        return np.array([f"{part} {shape}" for part in PIECES for shape in SHAPES], dtype=object)


def piece_tree(questions=QUESTIONS) -> "Pipeline":
    """Make a model that asks about pieces, and has not learned yet which questions to ask.

    A decision tree: each question is the one that, of all 18, sorts the faces that are left best by their expressions.

    Parameters
    ----------
    questions : int
        How many it may have, 1 or more: with more it knows more, but is harder to read.

    Returns
    -------
    sklearn.pipeline.Pipeline
        Its ``fit`` and ``predict`` take points of shape (n, 478, 3); labels are the names of expressions.

    Raises
    ------
    ValueError
        If there are no questions.

    Examples
    --------
    >>> import facelab
    >>> faces = facelab.load_sample()
    >>> piece_tree().fit(faces.points, faces.labels).score(faces.points, faces.labels) > 0.4
    True
    """
    from sklearn.pipeline import Pipeline
    from sklearn.tree import DecisionTreeClassifier

    check_whole(questions=questions)
    tree = DecisionTreeClassifier(max_leaf_nodes=questions + 1, random_state=0)
    return Pipeline([("pieces", PieceFeatures()), ("tree", tree)])


@dataclass
class Answer:
    """The end of a tree: an expression, and how many of the faces that came here in learning had it."""

    expression: str
    right: int
    count: int

    def __str__(self):
        return f"{say(f'expression.{self.expression}')} ({self.share})"

    @property
    def share(self) -> str:
        """How many it was right for, in words."""
        return say("trees.share", right=self.right, count=self.count)

    def list_lines(self) -> list[str]:
        """Return what it says, as a list of one line."""
        return [str(self)]

    def describe(self, pieces) -> tuple:
        """Return the answer as the words that `draw_tree` takes."""
        return self.expression, f"{say(f'expression.{self.expression}')}\n{self.share}"


@dataclass
class Question:
    """A question about a piece, and what follows if the face has it and if it has not: a Question or an Answer."""

    part: str
    shape: int
    yes: object
    no: object

    def __str__(self):
        return say("trees.question", part=say(f"pieces.{self.part}"), number=self.shape)

    def __repr__(self):
        return "\n".join(self.list_lines())

    def list_lines(self) -> list[str]:
        """Return the questions and answers, one a line; what follows stands farther to the right."""
        lines = [str(self)]
        for word, branch in (("yes", self.yes), ("no", self.no)):
            first, *others = branch.list_lines()
            lines += [f"  {say(f'trees.{word}')}: {first}", *(f"  {line}" for line in others)]
        return lines

    def plot(self, ax=None) -> "Question":
        """Draw the tree from left to right, with the pieces that are asked about; keeps `ax_`, returns itself."""
        from facelab.charts import draw_tree

        self.ax_ = draw_tree(self.describe(list_pieces()), ax)[-1].axes
        self.figure_ = self.ax_.figure
        return self

    def describe(self, pieces) -> tuple:
        """Return the tree as the words and pictures that `draw_tree` takes."""
        picture = pieces[self.part][SHAPES.index(self.shape)]
        return str(self), picture, self.yes.describe(pieces), self.no.describe(pieces)


def read_tree(model) -> Question:
    """Read the questions off a trained `piece_tree`.

    Returns
    -------
    Question
        The first one; it leads to the others, and has ``.plot()``.

    Raises
    ------
    ValueError
        If it is no such model, or it found nothing to ask.

    Examples
    --------
    >>> import facelab
    >>> faces = facelab.load_sample()
    >>> print(read_tree(piece_tree(1).fit(faces.points, faces.labels)))
    입술 ...번인가요?
    """
    tree = getattr(getattr(model, "named_steps", {}).get("tree"), "tree_", None)
    if tree is None or tree.node_count == 1:
        raise Misuse(say("trees.no_tree", found=type(model).__name__))
    names = [(part, shape) for part in PIECES for shape in SHAPES]
    return _read_node(tree, 0, names, model.classes_.tolist())


def _read_node(tree, node, names, classes):
    no, yes = tree.children_left[node], tree.children_right[node]  # to the left goes what is below the half: no
    if no == yes:
        shares, count = tree.value[node, 0], int(tree.n_node_samples[node])
        return Answer(classes[int(shares.argmax())], round(shares.max() / shares.sum() * count), count)
    branches = [_read_node(tree, branch, names, classes) for branch in (yes, no)]
    return Question(*names[tree.feature[node]], *branches)
