"""Faces put together from pieces, read back into pieces, and the mixer, without a browser."""

from itertools import product

import pytest

import facelab
from facelab.dataset.labelled import load_sample
from facelab.faces import pieces
from facelab.faces.photo import save_jpeg
from facelab.files import save_points, write_table
from facelab.model.prediction import Prediction
from facelab.widgets.mixer import ANGER, RIDDLES, Mixer

COLUMNS = ["file", "person", "brows", "eyes", "lips"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Pictures of two people for all 216 triples: shipped faces stand in, a different one for each shape of a part."""
    folder = tmp_path_factory.mktemp("mixer")
    sample, rows, points = load_sample(), [], {}
    for person, triple in product(("p1", "p2"), product(pieces.SHAPES, repeat=3)):
        place = sum(number * weight for number, weight in zip(triple, (1, 6, 12), strict=True)) % 40
        name = f"{place}.jpg"
        if not (folder / name).exists():
            save_jpeg(sample.images[place], folder / name)
            points[name] = sample.points[place]
        rows.append(dict(zip(COLUMNS, (name, person, *triple), strict=True)))
    write_table(folder / "mixer.csv", rows, COLUMNS)
    save_points(folder / "points.npz", points)
    return folder


def forget():
    for cached in (pieces._pictures, pieces._points, pieces._mixer_outlines):
        cached.cache_clear()


@pytest.fixture(autouse=True)
def mixer_folder(folder, monkeypatch):
    monkeypatch.setattr(pieces, "MIXER", folder)
    forget()
    yield folder
    forget()


def test_every_triple_of_every_person_has_its_picture():
    assert pieces.list_people() == ["p1", "p2"]
    for triple in ((1, 1, 1), (6, 6, 6), (1, 3, 6)):
        assert pieces.face_from_pieces(*triple, person=1).shape[2] == 3


def test_a_piece_or_person_that_does_not_exist_is_refused():
    for triple, person in (((0, 1, 1), 0), ((1, 7, 1), 0), ((1, 1, "joy"), 0), ((1, 1, 1), 2)):
        with pytest.raises(ValueError, match="없어요. [01]부터"):
            pieces.face_from_pieces(*triple, person=person)


def test_missing_pictures_are_told(monkeypatch, tmp_path):
    monkeypatch.setattr(pieces, "MIXER", tmp_path)
    forget()
    with pytest.raises(ValueError, match="그림이 없어요"):
        pieces.face_from_pieces(1, 1, 1)
    with pytest.raises(ValueError, match="그림이 없어요"):
        pieces.find_pieces(load_sample()[0])
    assert pieces.list_people() == []
    assert "그림이 없어요" in Mixer().problem.value


def test_a_cut_piece_is_a_wide_part_of_the_picture():
    whole = pieces.face_from_pieces(1, 1, 1)
    for part in pieces.PIECES:
        height, width = pieces.cut_piece(part, 2).shape[:2]
        assert 10 < height < width < whole.shape[1]


def test_the_mixer_changes_the_face_and_asks_the_model():
    mixer = Mixer()
    before = mixer.picture.value
    mixer.rows["lips"].press(1)
    assert mixer.session.pieces == {"brows": 1, "eyes": 3, "lips": 2} and mixer.picture.value != before
    assert mixer.session.predict().message in mixer.verdict.value
    assert [picture["caption"] for picture in mixer.rows["eyes"].pictures] == ["1", "2", "3", "4", "5", "6"]


def test_another_person_keeps_the_pieces():
    mixer = Mixer()
    mixer.rows["brows"].press(2)
    mixer.person.value = 1
    assert mixer.session.person == 1 and mixer.session.pieces["brows"] == 3 and mixer.rows["brows"].chosen == [2]


def test_a_riddle_is_solved_when_the_model_agrees():
    mixer = Mixer()
    answer = mixer.session.predict()
    mixer.session.riddle = answer.label or answer.likeliest
    mixer.check.click()
    assert ("✓" in mixer.answer.value) == (answer.label is not None)
    mixer.another.click()
    mixer.check.click()
    assert "✕" in mixer.answer.value


def test_the_riddles_follow_each_other_and_say_what_to_find():
    mixer = Mixer()
    asked = []
    for _ in RIDDLES:
        asked.append(mixer.question.value)
        mixer.another.click()
    assert len(set(asked)) == len(RIDDLES) and mixer.session.riddle == RIDDLES[0]


def test_the_riddle_of_one_piece_begins_with_anger_and_counts_what_was_changed():
    mixer = Mixer()
    mixer.session.predict = lambda: Prediction({"sadness": 100.0})
    mixer.session.riddle = RIDDLES[RIDDLES.index("one_piece") - 1]
    mixer.another.click()
    assert mixer.session.pieces == ANGER and [row.chosen for row in mixer.rows.values()] == [[2], [1], [4]]
    solved = []
    for part, place in (("brows", 1), ("lips", 0), ("lips", 4)):
        mixer.rows[part].press(place)
        solved.append(mixer.session.solves_riddle())
    assert solved == [True, False, True]


def test_a_face_of_which_the_model_cannot_tell_can_be_asked_for():
    session = Mixer().session
    session.riddle = "unsure"
    for share, solved in ((59.0, True), (61.0, False)):
        session.predict = lambda share=share: Prediction({"joy": share, "anger": 100 - share}, threshold=60)
        assert session.solves_riddle() is solved


def test_the_reasons_stand_below_the_answer(model, sample):
    mixer = Mixer(model)
    assert str(mixer.session.predict().why) in mixer.reasons.value
    tree = facelab.piece_tree().fit(sample.points, sample.labels)
    assert "재는 모델이 아니라서" in Mixer(tree).reasons.value


def test_a_face_can_be_put_among_the_own_ones():
    mixer = Mixer()
    mixer.keep.click()
    mine = facelab.MyData()
    assert mixer.problem.value == "" and [face.label for face in mine.faces()] == [""]
    assert "라벨" in mixer.answer.value and mine.waiting_photos() == []


def test_the_same_face_is_kept_once():
    mixer, mine = Mixer(), facelab.MyData()
    mixer.keep.click()
    mixer.keep.click()
    assert "이미 내 데이터에" in mixer.answer.value and len(mine.photos()) == len(mine.faces()) == 1
