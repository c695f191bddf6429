"""Faces put together from pieces, read back into pieces, and the mixer, without a browser."""

import facelab
from facelab.model.prediction import Prediction
from facelab.widgets import ReadFace
from facelab.widgets.mixer import ANGER, RIDDLES, Mixer


def test_missing_pictures_are_told(no_pictures):
    assert "그림이 없어요" in Mixer().problem.value
    widget = ReadFace()
    widget.samples.press(0)
    assert "그림이 없어요" in widget.problem.value and widget.session.reading is None


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
    mixer.session.riddle = answer.label
    mixer.check.click()
    assert answer.label and "○ 찾았어요" in mixer.answer.value
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


def test_a_face_can_be_put_among_the_own_ones_once():
    mixer, mine = Mixer(), facelab.MyData()
    mixer.keep.click()
    assert mixer.problem.value == "" and [face.label for face in mine.faces()] == [""]
    assert "라벨" in mixer.answer.value and mine.waiting_photos() == []
    mixer.keep.click()
    assert "이미 내 데이터에" in mixer.answer.value and len(mine.photos()) == len(mine.faces()) == 1
