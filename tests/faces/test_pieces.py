"""The shipped pictures of the pieces: what the lessons say of them holds."""

from functools import partial
from itertools import product

import numpy as np
import pytest

import facelab
from facelab.charts import new_axes
from facelab.faces import pieces
from facelab.faces.detection import find_faces
from facelab.files import read_table
from facelab.widgets.mixer import RIDDLES, MixerSession

TRIPLES = {
    row["expression"]: tuple(int(row[part]) for part in pieces.PIECES)
    for row in read_table(pieces.MIXER / "expressions.csv")
}
PEOPLE = range(len(pieces.list_people()))


def test_a_piece_or_person_that_does_not_exist_is_refused():
    for triple, person in (((0, 1, 1), 0), ((1, 7, 1), 0), ((1, 1, "joy"), 0), ((1, 1, 1), 2)):
        with pytest.raises(ValueError, match="없어요. [01]부터"):
            pieces.face_from_pieces(*triple, person=person)


def test_missing_pictures_are_told(no_pictures, sample):
    for work in (partial(pieces.face_from_pieces, 1, 1, 1), partial(pieces.find_pieces, sample[0])):
        with pytest.raises(ValueError, match="그림이 없어요"):
            work()
    assert pieces.list_people() == []


def test_a_cut_piece_is_a_wide_part_of_the_picture():
    whole = pieces.face_from_pieces(1, 1, 1)
    for part in pieces.PIECES:
        height, width = pieces.cut_piece(part, 2).shape[:2]
        assert 10 < height < width < whole.shape[1]


def test_the_ready_model_reads_each_triple_as_its_expression(subtests):
    for (expression, triple), person in product(TRIPLES.items(), PEOPLE):
        with subtests.test(expression, person=person):
            face = find_faces(pieces.face_from_pieces(*triple, person=person)).faces[0]
            assert facelab.predict_expression(facelab.ready_model(), face).likeliest == expression


def test_each_riddle_of_the_mixer_can_be_solved(subtests):
    session = MixerSession(facelab.ready_model(), my_data=None)
    tried = [*TRIPLES.values(), *product(pieces.SHAPES, (1, 2), (1, 5))]
    for riddle, person in product(RIDDLES, PEOPLE):
        session.person, session.riddle = person, riddle
        with subtests.test(riddle, person=person):
            assert any(solves(session, triple) for triple in tried)


def solves(session, triple):
    session.pieces = dict(zip(pieces.PIECES, triple, strict=True))
    return session.solves_riddle()


def test_a_picture_is_read_into_its_pieces_by_the_other_pictures_alone(subtests):
    """Each of the 432 pictures is left out in turn, so that it cannot be found by itself."""
    people = np.array([person for person, *_ in pieces._pictures()])
    for part in pieces.PIECES:
        with subtests.test(part):
            shapes, outlines = pieces._mixer_outlines(part)
            apart = np.linalg.norm(outlines[:, None] - outlines[None], axis=3).mean(axis=2)
            np.fill_diagonal(apart, np.inf)
            right = shapes[apart.argmin(axis=1)] == shapes
            assert min(right[people == person].mean() for person in set(people)) > 0.9


def test_a_picture_is_read_back_into_what_it_was_made_of(subtests):
    for triple, person in product([(1, 3, 6), (2, 2, 5), (3, 2, 5), (6, 6, 3)], PEOPLE):
        with subtests.test(triple, person=person):
            picture = pieces.face_from_pieces(*triple, person=person)
            face = find_faces(picture).faces[0]
            reading = pieces.read_face(face)
            assert reading.triple == pieces.find_pieces(face.points) == triple
            nearest = [min(distances) for distances in reading.distances.values()]
            assert max(nearest) < 0.5  # per cent of the eye distance
            assert np.array_equal(reading.rebuild(person), picture)


def test_a_larger_turned_face_has_the_same_distances(sample, turn):
    reading = pieces.read_face(sample.points[0])
    turned = pieces.read_face(turn(sample.points[0], degrees=25, scale=3.0, shift=(40, -7)))
    for part in pieces.PIECES:
        assert turned.distances[part] == pytest.approx(reading.distances[part], abs=0.05)
    assert reading.crops == {}


def test_lips_of_surprise_and_joy_are_found_in_the_shipped_faces(sample):
    """Made without the mixer: open mouths are read as open or round, laughing ones as a smile or open."""
    for expression, expected in {"surprise": {3, 4}, "joy": {6, 4}}.items():
        faces = sample.select(sample.labels == expression)
        lips = [pieces.find_pieces(points)[2] for points in faces.points]
        assert np.isin(lips, list(expected)).mean() > 0.6


def test_a_reading_and_the_table_of_pieces_are_drawn(sample):
    ax = new_axes()
    reading = pieces.read_face(sample[0])
    assert reading.plot(ax) is reading
    words = [text.get_text() for text in ax.texts]
    assert {"이 얼굴", "1", "6", f"{reading.distances['lips'][5]:.1f}"} <= set(words)
    assert len(ax.images) == 21 and len(ax.patches) == 3
    table = pieces.list_pieces(person=1)
    assert table.plot(new_axes()) is table and [len(shapes) for shapes in table.values()] == [6, 6, 6]
