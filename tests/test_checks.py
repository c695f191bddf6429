"""Whatever is passed by mistake, one sentence in the chosen language says what was found and what to pass instead."""

import numpy as np
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

import facelab
from facelab.checks import check_choice, check_seed, check_share, check_whole, show
from facelab.faces import pieces
from facelab.model.features import FaceFeatures
from facelab.model.saving import save_model


def train(classifier, sample, rename=str):
    few = sample.take(joy=5, sadness=5)
    return make_pipeline(FaceFeatures(), classifier).fit(few.points, [rename(label) for label in few.labels])


def test_what_is_no_number_of_the_kind_is_named(says):
    for number in (2.5, "3", None, 0, float("nan"), [1]):
        korean = f"repeats에는 1 이상의 정수를 써야 하는데 {show(number)}"
        says(korean, "repeats has to be", lambda number=number: check_whole(repeats=number))
    for share in (-0.1, 1.5, "0.2", None, float("nan")):
        english = f"but this is {show(share)}. For 20% write 0.2"
        says("비율은 0", english, lambda share=share: check_share(share))
    for seed in (-1, "a", 1.5, [0, -1]):
        says("seed에는 0 이상의 정수", "seed has to be a whole number", lambda seed=seed: check_seed(seed))


def test_what_is_no_set_of_faces_or_no_evaluation_is_named(says, sample, subtests):
    model, few = facelab.ready_model(), {"joy": 5, "anger": 5}
    takers = {
        "evaluate": lambda found: facelab.evaluate(model, found),
        "evaluate_unseen": facelab.evaluate_unseen,
        "compare": lambda found: facelab.compare({"few": few}, found),
        "pick_best": lambda found: facelab.pick_best(few, found),
        "compare_splits": facelab.compare_splits,
        "choose_pair": facelab.choose_pair,
        "Guess": lambda found: facelab.widgets.Guess(found, model),
        "Experiment": lambda found: facelab.widgets.Experiment("imbalance", found),
    }
    for name, take in takers.items():
        for found in (sample.points, sample.labels, model, 7):
            kind = type(found).__name__
            with subtests.test(name, found=kind):
                says("test처럼 데이터를 그대로", f"but got {kind}. Pass the set itself", lambda: take(found))  # noqa: B023
    for name, take in {"Confusion": facelab.widgets.Confusion, "compare_groups": facelab.compare_groups}.items():
        arguments = (sample,) if name == "Confusion" else (sample, sample.people)
        with subtests.test(name):
            says("evaluate(model, test)의 결과", "but got LabelledFaces", lambda: take(*arguments))  # noqa: B023


def test_a_choice_lists_what_there_is(says):
    choices = (None, "photos")
    says("by에는 'class'를 쓸 수 없어요", "Use one of None, 'photos'", lambda: check_choice("by", "class", choices))
    for choice in choices:
        check_choice("by", choice, choices)


def test_a_long_value_is_cut_short():
    assert len(show("a" * 1000)) < 50


def test_points_with_missing_numbers_are_refused_wherever_they_come_in(says, sample, model):
    face = np.array(sample.points[0])
    face[3, 1], face[4, 1] = np.nan, np.inf
    several = np.stack([sample.points[0], face])
    for work in (
        lambda: facelab.predict_expression(model, face),
        lambda: facelab.predict_expression(model, sample.points[0], neutral=face),
        lambda: facelab.expression_model().fit(several, ["joy", "anger"]),
        lambda: model.predict(several),
        lambda: facelab.piece_tree().fit(several, ["joy", "anger"]),
        lambda: pieces.read_face(face),
        lambda: facelab.explain_answer(model, face),
    ):
        says("얼굴 1개의 점이 얼굴 모양이 아니에요", "The points of some faces (1) do not make a face", work)


def test_points_that_lie_in_one_place_are_no_face(says, model):
    says("점이 모두 한자리에", "all lie in one place", lambda: facelab.predict_expression(model, np.zeros((478, 3))))


def test_what_is_no_model_is_named(says, sample, tmp_path):
    for found in (None, "model", facelab.expression_model):
        for work in (
            lambda found=found: facelab.predict_expression(found, sample[0]),
            lambda found=found: facelab.evaluate(found, sample.take(joy=2)),
            lambda found=found: save_model(found, tmp_path / "a.skops"),
        ):
            says("모델이 있어야 하는데", "This needs a model", work)


def test_an_untrained_model_is_told_everywhere(says, sample):
    empty = facelab.expression_model()
    for work in (lambda: facelab.cover_part(empty, "lips"), lambda: facelab.explain_answer(empty, sample[0])):
        says("먼저 학습시켜", "Train it first", work)


def test_a_model_of_other_labels_is_told(says, sample):
    foreign = train(KNeighborsClassifier(), sample, {"joy": "happy", "sadness": "sad"}.get)
    for work in (lambda: facelab.predict_expression(foreign, sample[0]), lambda: facelab.evaluate(foreign, sample[:3])):
        says("happy, sad", "labels that are not expressions (happy, sad)", work)


def test_a_model_that_tells_no_probabilities_is_told_before_it_is_saved(says, sample, tmp_path):
    sure = train(LinearSVC(), sample)
    says("얼마나 확신하는지", "does not tell how sure", lambda: facelab.predict_expression(sure, sample[0]))
    says("얼마나 확신하는지", "does not tell how sure", lambda: save_model(sure, tmp_path / "a.skops"))
    assert facelab.evaluate(sure, sample.take(joy=4, sadness=4)).accuracy > 0
    assert not list(tmp_path.iterdir())


def test_pieces_that_are_none_are_named(says, sample):
    says("nose", "part cannot be 'nose'. Use one of 'brows', 'eyes', 'lips'", lambda: pieces.cut_piece("nose", 1))
    says("2.0번 조각은", "no piece number 2.0", lambda: pieces.face_from_pieces(1, 2.0, 6))
    says("(1,) 모양이", "this one is (1,)", lambda: pieces.read_face(None))
    says("(1, 320, 320, 3)", "(1, 320, 320, 3)", lambda: pieces.read_face(sample.images[0]))


def test_a_reading_of_points_alone_can_be_drawn(sample):
    reading = pieces.read_face(sample.points[0])
    assert reading.plot() is reading


def test_one_photo_instead_of_many_is_told(says, sample):
    for found in ("me.jpg", b"", sample.images[0], None):
        says("사진 여러 장의 목록", "takes a list of photos", lambda found=found: facelab.find_faces_in(found))
    says("processes에는", "processes has to be", lambda: facelab.find_faces_in([], processes=0))


def test_a_turned_or_locked_view_of_a_photo_is_looked_at(sample):
    mirrored = sample.images[0][:, ::-1]
    locked = sample.images[0].copy()
    locked.setflags(write=False)
    assert [len(facelab.find_faces(photo).faces) for photo in (mirrored, locked)] == [1, 1]


def test_nothing_is_shared_with_the_set_that_was_spoiled(sample):
    few = sample.take(joy=4, anger=4)
    few.mislabel(0.5).points[0] = 0
    assert few.points[0].any()


def test_faces_can_be_sliced_like_a_list(sample):
    assert len(sample[:3]) == 3 and sample[-2:].labels.tolist() == sample.labels[-2:].tolist()
