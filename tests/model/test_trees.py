"""A tree of questions about pieces: what it asks, what it says, how well it does, and how it is drawn."""

import numpy as np
import pytest
from sklearn.dummy import DummyClassifier
from sklearn.model_selection import GroupKFold, cross_val_score

import facelab
from facelab.charts import new_axes
from facelab.faces import pieces
from facelab.model.trees import Answer, PieceFeatures, Question, piece_tree, read_tree


@pytest.fixture(scope="module")
def tree(sample):
    return piece_tree().fit(sample.points, sample.labels)


def follow(branch, triple):
    """Go through the questions with the pieces of a face."""
    while isinstance(branch, Question):
        branch = branch.yes if dict(zip(pieces.PIECES, triple, strict=True))[branch.part] == branch.shape else branch.no
    return branch.expression


def test_the_columns_are_the_nearest_pieces(sample):
    columns = PieceFeatures().fit_transform(sample.points[:12])
    names = PieceFeatures().get_feature_names_out()
    for row, points in zip(columns, sample.points, strict=False):
        numbers = [int(name.split()[1]) for name in names[row == 1]]
        assert tuple(numbers) == pieces.find_pieces(points)


def test_reading_the_questions_gives_the_answer_of_the_model(tree, sample):
    questions = read_tree(tree)
    chosen = slice(0, len(sample), 20)
    by_hand = [follow(questions, pieces.find_pieces(points)) for points in sample.points[chosen]]
    assert by_hand == tree.predict(sample.points[chosen]).tolist()


def test_the_answers_count_every_face_and_the_right_ones(tree, sample):
    def collect(branch):
        return [branch] if isinstance(branch, Answer) else collect(branch.yes) + collect(branch.no)

    answers = collect(read_tree(tree))
    assert len(answers) <= 8 and sum(answer.count for answer in answers) == len(sample)
    right = (tree.predict(sample.points) == sample.labels).sum()
    assert sum(answer.right for answer in answers) == right


def test_it_beats_guessing_for_people_it_has_not_met_but_not_the_model_that_measures(sample):
    folds = {"groups": sample.people, "cv": GroupKFold(5)}
    models = {"guess": DummyClassifier(), "tree": piece_tree(), "measures": facelab.expression_model()}
    scores = {name: cross_val_score(model, sample.points, sample.labels, **folds) for name, model in models.items()}
    assert scores["tree"].min() > scores["guess"].max() + 0.2
    assert scores["measures"].mean() > scores["tree"].mean()


def test_it_can_be_asked_about_a_face_but_its_reasons_do_not_add_up(tree, five, says):
    answer = facelab.predict_expression(tree, five[0])
    assert round(sum(answer.percentages.values()), 2) == 100
    says("재는 모델이 아니라서", "does not measure", lambda: answer.why)


def test_what_is_no_tree_of_questions_is_told(model, sample, says):
    says("질문을 배운 나무가 아니에요", "is not a tree", lambda: read_tree(model))
    says("질문을 배운 나무가 아니에요", "is not a tree", lambda: read_tree(piece_tree()))
    says("questions에는 1 이상", "questions has to be", lambda: piece_tree(0))
    says("(3, 2)", "(3, 2)", lambda: PieceFeatures().fit(np.zeros((3, 2))))


def test_the_questions_are_written_and_drawn():
    lines = ["입술 6번인가요?", "  네: 기쁨 (9/10장)", "  아니요: 눈썹 3번인가요?"]
    lines += ["    네: 화남 (3/4장)", "    아니요: 무표정 (5/6장)"]
    inner = Question("brows", 3, Answer("anger", 3, 4), Answer("neutral", 5, 6))
    tree = Question("lips", 6, Answer("joy", 9, 10), inner)
    assert repr(tree).split("\n") == lines
    ax = new_axes()
    assert tree.plot(ax) is tree
    words = [text.get_text() for text in ax.texts]
    assert sum(facelab.say("trees.yes") == word for word in words) == 2
    assert any(word.startswith(facelab.say("expression.joy")) and "9" in word for word in words)
