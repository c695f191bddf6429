"""The shipped pictures of the pieces: what the lessons say of them holds."""

import numpy as np
import pytest

import facelab
from facelab import pieces
from facelab.faces import find_faces
from facelab.storage import read_table

TRIPLES = {
    row["expression"]: tuple(int(row[part]) for part in pieces.PARTS)
    for row in read_table(pieces.MIXER / "expressions.csv")
}
PEOPLE = range(len(pieces.list_people()))


def test_all_216_faces_of_at_least_two_people_are_there():
    assert len(PEOPLE) >= 2
    assert len(read_table(pieces.MIXER / "mixer.csv")) == 216 * len(PEOPLE)
    assert all(path.exists() for path in pieces._pictures().values())


def test_the_triples_of_the_lessons_are_those_of_the_pictures():
    assert TRIPLES["joy"] == (1, 3, 6) and TRIPLES["sadness"] == (2, 2, 5) and TRIPLES["anger"] == (3, 2, 5)
    assert set(TRIPLES) == set(facelab.EXPRESSIONS)


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("expression", TRIPLES)
def test_the_ready_model_reads_each_triple_as_its_expression(expression, person):
    face = find_faces(pieces.face_from_pieces(*TRIPLES[expression], person=person)).faces[0]
    assert facelab.predict_expression(facelab.ready_model(), face).likeliest == expression


@pytest.mark.parametrize("person", PEOPLE)
def test_most_faces_are_read_back_into_their_pieces(person):
    """Of 20 random triples: lips nearly always, brows and eyes mostly, for some shapes are alike on purpose."""
    triples = np.random.default_rng(person).integers(1, 7, (20, 3))
    read = [
        pieces.find_pieces(find_faces(pieces.face_from_pieces(*triple, person=person)).faces[0]) for triple in triples
    ]
    brows, eyes, lips = (np.array(read) == triples).mean(axis=0)
    assert lips >= 0.9 and brows >= 0.6 and eyes >= 0.5
