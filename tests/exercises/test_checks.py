"""What is right and what is not, in all exercises, and what is said then."""

from types import SimpleNamespace

import numpy as np
from sklearn.naive_bayes import GaussianNB

import facelab
from facelab.answers.texts import list_exercises
from facelab.exercises.session import ExerciseSession
from facelab.experiments.comparison import Comparison
from facelab.language import LANGUAGES, use_language
from tests.helpers import make_result


def answer(name, given, facts=()):
    if list_exercises()[name]["kind"] == "code":
        return ExerciseSession(name, (given, *facts), answer=given)
    return ExerciseSession(name, tuple(facts), answer=given)


def expect(name, facts, right=(), other=()):
    """Check that answers are right, or fit, and that others get a sentence with some words."""
    guess = list_exercises()[name].get("guess")
    for given in right:
        assert answer(name, given, facts).verdict.kind == ("guessed" if guess else "right"), (name, given)
    for given, words in other:
        verdict = answer(name, given, facts).verdict
        assert verdict.kind == ("guessed" if guess else "wrong") and words in verdict.message, (name, given, verdict)


def test_whatever_a_gap_holds_ends_in_a_sentence_in_both_languages(five):
    facts = {"01.2": [five[0]], "02.2": [five[0]], "04.5": ["joy", "anger"], "05.2": [five]}
    strange = [float("nan"), 10**5000, 1j, True, b"2", object, print, {1: 2}, [[1], [1, 2]], np.array([]), "x", (1, 2)]
    for language in LANGUAGES:
        use_language(language)
        for name, rest in facts.items():
            for given in strange:
                verdict = answer(name, given, rest).verdict
                assert verdict.kind in ("wrong", "unread") and verdict.message, (name, given)


def test_lesson_1(sample, model, five):
    shown = facelab.predict_expression(model, five.points[1])
    wrong = next(name for name in facelab.EXPRESSIONS if name != shown.likeliest)
    expect("01.1", [shown], [shown.likeliest], [(wrong, "가장 많은")])
    lesson = sample.take(surprise=20, anger=20)
    other = facelab.expression_model().fit(lesson.points, lesson.labels)
    flat = GaussianNB().fit(lesson.points.reshape(40, -1), lesson.labels)
    told = [(model, "이 모델이 배운 표정은"), (facelab.expression_model(), "fit으로 학습")]
    told += [(type(model), "지금은 class Pipeline"), (flat, "lesson.points를 그대로"), (lesson, "모델이 있어야")]
    expect("01.2", [sample.points[0]], [other], told)
    expect("01.3", [], ["learnt"], [("yawn", "하품이라는 말을"), ("error", "멈추지 않아요")])
    bars = [max(facelab.predict_expression(model, face).percentages.values()) for face in five.points]
    order = np.argsort(bars).tolist()
    expect("01.4", [model, five], [order[0]], [(order[1], "이보다 짧은 얼굴이 1개")])


def test_lesson_2(sample, five):
    expect("02.1", [SimpleNamespace(faces=[1, 2])], [], [(2, "찾은 얼굴은 2개"), (3, "찾은 얼굴은 2개")])
    face = five[0]
    height, width = (face.points[17, 1] - face.points[0, 1]), face.points[291, 0] - face.points[61, 0]
    told = [
        (-height, "앞에 −가"),
        (width, "입의 너비예요"),
        (face.points[17, 1], "빼 보세요"),
        ("25", "수가 하나 나오는"),
    ]
    expect("02.2", [face], [height, float(height), round(float(height))], told)
    expect("02.3", [], [(5, 1, 1)], [((1, 3, 6), "이라고 해요")])
    told = [(400, "255까지만 커질"), (255, "멈추게 할 때"), (145, "거의 맞았어요"), (7, "255 다음은 0")]
    expect("02.4", [], [144], told)
    photo = sample.images[10]
    works = [facelab.find_faces((photo * (step / 100)).astype(np.uint8)).problem is None for step in range(10, 101, 10)]
    darkest = 10 * (works.index(True) + 1)
    expect("02.5", [photo], [darkest], [(darkest - 10, "너무 어두워서"), (darkest + 10, "더 어둡게 해 보세요")])


def test_lesson_3(sample):
    honest = sample.take(joy=5, sadness=5)
    secret = honest.mislabel(0.3, seed=1)
    guilty = np.flatnonzero(secret.labels != honest.labels).tolist()
    innocent = next(number for number in range(10) if number not in guilty)
    told = [(guilty[:2], "1개 더 숨어"), ([*guilty, innocent], "억울하게")]
    expect("03.1", [secret, honest], [guilty, guilty[::-1]], told)
    report = SimpleNamespace(accuracy=0.05, interval=(0.0, 0.3))
    expect("03.2", [report], [], [(10, "아주 잘 배운"), (50, "절반쯤을 예상"), (100, "5%")])
    expect("03.3", [], [], [(50, "동전 던지기와 같아져요"), (20, "바른 라벨이 더 많아요"), (80, "거꾸로 배우니까")])
    contest = make_result(one=[0.5, 0.6, 0.55], two=[0.9, 0.95, 0.9])
    expect("03.4", [contest], [], [("right_labels", "예상한 까닭도"), ("many", "틀린 라벨이 하는 일")])


def test_lesson_4(sample):
    pairs = {"a": {"joy": 1, "anger": 1}, "b": {"joy": 1, "sadness": 1}, "c": {"surprise": 1, "anger": 1}}
    pairs |= {"d": {"neutral": 1, "anger": 1}}
    comparison = make_result(a=[0.9], b=[0.8], c=[0.7], d=[0.6])
    expect("04.1", [comparison, pairs], [], [(("anger", "neutral"), "1번째"), (("anger", "joy"), "4번째")])
    table = make_result(tipped=[0.9, 0.9]).table
    table.loc[table["expression"] == "sadness", "recall"] = 0.2
    expect("04.2", [Comparison(table), "tipped"], [], [("sadness", "20%"), ("joy", "어느 쪽 사진이 적었나요")])
    test = sample.take(joy=8, sadness=1)
    lazy = SimpleNamespace(score=lambda points, labels: 8 / 9)
    expect("04.3", [lazy, test], [], [(89, "9장 가운데 8장, 88.9%"), (50, "동전을 던지면"), (70, "어디서 나온")])
    growth = make_result(**{"5": [0.5], "20": [0.86], "40": [0.88], "100": [0.9]})
    expect("04.4", [growth], ["40"], [("20", "조금 더 모아야"), ("100", "더 적게 모아도")])
    right = sample.take(joy=4, anger=36)
    twice = right.select([0, 0, *range(2, 40)])
    told = [(sample.take(joy=36, anger=4), "36 : 4 그대로"), (sample.take(joy=4), "지금은 이래요")]
    told += [("faces", "얼굴 데이터가 있어야")]
    expect("04.5", ["joy", "anger"], [right], told)
    assert twice.counts() == right.counts() and answer("04.5", twice, ["joy", "anger"]).verdict.kind == "wrong"


def test_lesson_5(sample):
    expect("05.1", [1.0], [], [(100, "만점이에요"), (50, "절반이라고 생각"), (0, "외운 사진이에요")])
    dataset = sample.take(joy=20, sadness=20)
    train, test = dataset.split(test_size=10)
    told = [((train, train), "양쪽에 다"), ((test, train), "순서가 바뀌었어요"), (train, "두 묶음을 돌려줘요")]
    told += [
        (dataset.split(test_size=8), "학습용 32장, 시험용 8장"),
        ((train.mislabel(0.1), test), "라벨이 바뀌었어요"),
    ]
    expect("05.2", [dataset], [(train, test), [train, test]], told)
    told = [(25, "사진 2장만큼이지요"), (0, "생각보다 많이"), (90, "덜 흔들렸네요")]
    expect("05.3", [[75, 100], range(8)], [], told)
    expect("05.4", [87.5, range(8)], [], [(90, "천재처럼"), (50, "동전 하나라면"), (10, "운 좋은 일도")])
    expect("05.5", [], ["trusted"], [("both_better", "40장뿐"), ("both_worse", "한 장의 무게가")])


def test_lesson_6():
    longest = [50] * 10 + [95] * 10
    expect("06.1", [longest, 90], [], [(11, "20장 가운데 10장"), (3, "생각보다 많지요"), (18, "생각보다 적지요")])
    report = SimpleNamespace(recall={"joy": 0.9, "anger": 0.5})
    expect("06.2", [report], ["joy"], [("anger", "50%"), ("neutral", "0%")])
    said = np.where(np.arange(100) < 95, "joy", "anger")
    faces = SimpleNamespace(labels=np.full(100, "joy"))
    modest = SimpleNamespace(confidence=np.full(100, 0.8), predicted=said, faces=faces)
    expect("06.3", [modest], ["modest"], [("boastful", "말과 성적"), ("just_right", "말과 성적")])
    same = SimpleNamespace(label="joy", likeliest="joy", message="기쁨")
    expect("06.4", [same, same], [], [("same", "똑바로 세우고"), ("different", "무엇을 재는지")])
