"""What is right and what is not: answers as pupils write them, judged by what they mean."""

import math
from inspect import signature
from types import SimpleNamespace

import numpy as np
import pandas
import pytest
from sklearn.naive_bayes import GaussianNB

import facelab
from facelab.exercises import check
from facelab.exercises.judges import JUDGES
from facelab.exercises.texts import list_exercises
from facelab.experiments.comparison import Comparison
from facelab.language import LANGUAGES, use_language


@pytest.fixture(autouse=True)
def mine(tmp_path, monkeypatch):
    monkeypatch.setenv("FACELAB_MINE", str(tmp_path / "mine"))


def expect(name, facts, right=(), wrong=()):
    """Check that answers are right, and that others are not and get a sentence with some words in Korean or English."""
    for answer in right:
        card = check(name, answer, *facts)
        assert card.kind == "right" and card.message, (answer, card)
    for answer, words in wrong:
        card = check(name, answer, *facts)
        assert card.kind == "wrong" and words in card.message, (answer, card)


def compare(**runs):
    """Make the result of an experiment out of the accuracies of each condition's repeats."""
    rows = [
        {"condition": name, "repeat": repeat, "expression": expression, "recall": value, "accuracy": value}
        for name, values in runs.items()
        for repeat, value in enumerate(values)
        for expression in ("joy", "sadness")
    ]
    return Comparison(pandas.DataFrame(rows))


# Whatever a pupil passes


def test_an_answer_that_cannot_be_read_does_not_stop_a_lesson():
    card = check("03.3", "몰라요")
    assert card.kind == "wrong" and "수를 하나 적어 주세요" in card.message
    assert "조금만 더" in card.heading  # not "it turned out differently": nothing was foreseen


class Silent:
    """Something that cannot even be written down."""

    def __repr__(self):
        raise RuntimeError("no")


STRANGE = [math.nan, math.inf, -math.inf, 10**400, 10**5000, 1j, np.complex128(1), True, b"2", object, print, Silent()]
STRANGE += [{1: 2}, [[1], [1, 2]], [None], (5, math.nan, 1), {"a"}, np.array([]), np.array("x"), pandas.DataFrame()]
STRANGE += [
    "9" * 5000,
    "0/0",
    "((((",
    "\0",
    "不",
    [[[[]]]],
    (number for number in [1]),
    facelab.expression_model,
    "---",
]


@pytest.mark.parametrize("tongue", LANGUAGES)
@pytest.mark.parametrize("name", list_exercises())
def test_whatever_is_passed_ends_in_a_card(name, tongue):
    use_language(tongue)
    facts = [None] * (len(signature(JUDGES[name]).parameters) - 1) if name in JUDGES else []
    for answer in STRANGE:
        assert check(name, answer, *facts).message


@pytest.mark.parametrize(
    "tongue, words", [("ko", "이 답으로는 채점할 수 없었어요"), ("en", "This answer could not be checked")]
)
@pytest.mark.parametrize(
    "name, answer, facts", [("03.1", [1], [None] * 2), ("03.3", Silent(), []), ("01.5", Silent(), [])]
)
def test_what_nobody_thought_of_is_answered_with_a_sentence(tongue, words, name, answer, facts):
    use_language(tongue)
    card = check(name, answer, *facts)
    assert card.kind == "wrong" and card.message.startswith(words)


# Lesson 1


def test_the_first_guess_is_compared_with_what_the_model_says(model, five):
    answer = facelab.predict_expression(model, five.points[1])
    wrong = "기쁨" if answer.likeliest != "joy" else "슬픔"
    expect("01.1", [answer], [answer.likeliest, facelab.say(f"expression.{answer.likeliest}")], [(wrong, "가장 많은")])


def test_only_a_model_taught_surprise_and_anger_is_right(sample, model):
    lesson = sample.take(surprise=20, anger=20)
    other = facelab.expression_model().fit(lesson.points, lesson.labels)
    flat = GaussianNB().fit(lesson.points.reshape(40, -1), lesson.labels)
    empty = facelab.expression_model()
    wrong = [
        (model, "이 모델이 배운 표정은"),
        (empty, "fit으로 학습"),
        (type(model), "지금은 class Pipeline"),
        (flat, "lesson.points를 그대로"),
        (lesson, "모델이 있어야"),
        ("모델", "모델이 있어야"),
    ]
    expect("01.2", [sample.points[0]], [other], wrong)


def test_a_yawn_is_none_of_the_five():
    expect(
        "01.3", [], [2, "2번", "배운 것 가운데서 고른다"], [(1, "하품이라는 말을"), ("오류가 나요", "멈추지 않아요")]
    )


def test_the_face_with_the_shortest_bar_is_right(model, five):
    bars = [max(facelab.predict_expression(model, face).percentages.values()) for face in five.points]
    order = np.argsort(bars).tolist()
    expect("01.4", [model, five], [order[0]], [(order[1], "더 짧은 얼굴이 1개"), (5, "0부터 4까지의 번호")])


# Lesson 2


def test_the_number_of_faces_is_what_was_found():
    expect("02.1", [SimpleNamespace(faces=[1, 2])], [2, "두 명이면 2"], [(3, "찾은 얼굴은 2개")])


def test_a_mouth_is_measured_from_top_to_bottom(five):
    face = five[0]
    height = face.points[17, 1] - face.points[0, 1]
    width = face.points[291, 0] - face.points[61, 0]
    top, bottom = face.points[[0, 17], 1]
    wrong = [(-height, "앞에 −가"), (width, "입의 너비예요"), (face.points[17, 1], "빼 보세요")]
    expect("02.2", [face], [height, f"{height:.0f}픽셀", f"{bottom} - {top}"], wrong)


def test_pieces_are_right_if_the_model_sees_a_neutral_face():
    wrong = [((1, 3, 6), "이라고 해요"), ((1, 3), "세 개로 적어"), ((True, 1, 1), "수를 하나")]
    wrong += [(other, "1부터 6 사이") for other in ((7, 1, 1), (5.9, 1.9, 1.9), "5.9, 1.9, 1.9", 5.11, -511)]
    right = [(5, 1, 1), [6, 1, 1], ("5", "1", "1"), "5, 1, 1", "5;1;1", "511", 511, "눈썹 5, 눈 1, 입술 1"]
    expect("02.3", [], right, wrong)


def test_the_counter_goes_round_at_256():
    wrong = [(400, "255까지만 커질"), (255, "멈추게 할 때"), (145, "거의 맞았어요"), (7, "255 다음은 0")]
    expect("02.4", [], [144, "144!"], wrong)


def test_the_darkest_brightness_that_works_is_right(sample):
    photo = sample.images[0]
    steps = [step / 10 for step in range(1, 11)]
    works = [facelab.find_faces((photo * step).astype(np.uint8)).problem is None for step in steps]
    darkest = steps[works.index(True)]
    wrong = [(darkest - 0.1, "너무 어두워서"), (darkest + 0.1, "더 어둡게 해 보세요"), (2, "1을 넘지 않는")]
    expect("02.5", [photo], [darkest, f"{100 * darkest:.0f} %"], wrong)


# Lesson 3


def test_a_detective_finds_all_the_wrong_labels_and_no_others(sample):
    honest = sample.take(joy=5, sadness=5)
    secret = honest.mislabel(0.3, seed=1)
    guilty = np.flatnonzero(secret.labels != honest.labels).tolist()
    innocent = next(number for number in range(10) if number not in guilty)
    wrong = [(guilty[:2], "1개 더 숨어"), ([*guilty, innocent], "억울하게"), ("없어요", "수를 하나")]
    texts = list(map(str, guilty))
    right = [guilty, guilty[::-1], set(guilty), pandas.Series(guilty), texts, ", ".join(texts)]
    expect("03.1", [secret, honest], right, wrong)


def test_a_guess_of_a_score_is_right_within_what_the_test_can_tell():
    report = SimpleNamespace(accuracy=0.05, interval=(0.0, 0.3))
    expect("03.2", [report], [0, "0점", 0.1, "15 %"], [(0.5, "절반을 예상"), (1, "5.0점")])


def test_half_of_the_labels_wrong_is_as_good_as_a_coin():
    expect(
        "03.3", [], [0.5, "50 %", 50, "1/2", "절반", "half"], [(0.3, "바른 라벨이 더 많아요"), (0.8, "거꾸로 배우니까")]
    )


def test_many_or_right_is_decided_by_the_experiment():
    clear = compare(many=[0.6, 0.7, 0.6, 0.7], right=[0.9, 0.9, 1.0, 0.9])
    expect("03.4", [clear], [2, "10장", "10 photos", "not many"], [(1, "65.0점"), ("많은 쪽", "92.5점")])
    doubtful = compare(many=[0.6, 0.9], right=[0.9, 0.7])
    expect("03.4", [doubtful], [1, 2])


# Lesson 4


def test_a_pair_is_right_if_it_is_among_the_hardest_three():
    pairs = {"a": ["joy", "anger"], "b": ["joy", "sadness"], "c": ["sadness", "neutral"], "d": ["joy", "neutral"]}
    result = compare(a=[1.0], b=[0.9], c=[0.5], d=[0.7])
    pairs = {title: dict.fromkeys(pair, 20) for title, pair in pairs.items()}
    wrong = [(0, "a: 열 짝 가운데 4번째"), (7, "0부터 3까지"), ("기쁨", "기쁨 하나만 적었어요")]
    named = [("sadness", "neutral"), ["neutral", "sadness"], {"sadness", "neutral"}, pairs["c"]]
    expect("04.1", [result, pairs], [2, "무표정과 슬픔", "neutral, sadness", *named, 3], wrong)


def test_the_loser_is_who_is_recognised_least(sample):
    table = pandas.DataFrame({"condition": ["36 : 4"] * 2, "expression": ["joy", "anger"], "recall": [0.9, 0.3]})
    expect(
        "04.2",
        [Comparison(table), "36 : 4"],
        ["anger", "화남이요", "화났어요", "second", "the second", "second loses", "둘째", 2, "not joy"],
        [
            ("joy", "화남이에요"),
            ("First", "화남이에요"),
            ("놀람", "화남이에요"),
            ("둘 다", "하나만"),
            ("both", "하나만"),
        ],
    )


def test_the_lazy_score_is_the_share_of_the_most_common_expression(sample):
    test = sample.take(joy=8, sadness=1)
    lazy = SimpleNamespace(score=lambda points, labels: 8 / 9)
    expect(
        "04.3",
        [lazy, test],
        [8 / 9, 0.89, "8/9", "89 %", "8 of 9", "9장 가운데 8장"],
        [(0.5, "동전을 던지면"), (0.1, "9장 가운데 8장")],
    )


def test_enough_photos_are_the_fewest_within_five_points():
    growth = compare(**{"2": [0.5], "5": [0.7], "10": [0.88], "20": [0.91], "60": [0.92]})
    wrong = [(5, "조금 더 모아야"), (20, "더 적게 모아도"), (7, "2, 5, 10, 20, 60")]
    expect("04.4", [growth], [10, "10장"], wrong)


def test_a_data_set_is_judged_by_its_counts(sample):
    wrong = [
        (sample.take(joy=36, anger=4), "36 : 4 그대로"),
        (sample.take(joy=4, anger=30), "지금은 이래요: 기쁨 4, 화남 30"),
        (sample.take(joy=36, anger=4).mislabel(1.0), "라벨이 바뀐 사진"),
        (sample.take(joy=4, anger=18) + sample.take(anger=18), "두 번 들어 있는 사진"),
        ({"joy": 4, "anger": 36}, "얼굴 데이터가 있어야"),
    ]
    expect("04.5", ["joy", "anger"], [sample.take(joy=4, anger=36), sample.take(anger=36, joy=4, seed=3)], wrong)


# Lesson 5


def test_a_parrot_scores_what_it_has_memorised():
    expect("05.1", [1.0], [1, 100, "100점", "만점", "full marks"], [(0.5, "절반이라고 생각"), (0, "점수는 1.00")])


def test_a_split_has_two_parts_of_the_right_size_without_overlap(sample):
    dataset = sample.take(joy=20, sadness=20)
    train, test = dataset.split(test_size=10)
    twice = train.select([0, *range(29)])
    wrong = [
        ((sample.take(anger=30), sample.take(surprise=10)), "dataset과 같지 않아요"),
        ((train.mislabel(0.5), test), "라벨이 바뀌었어요"),
        ((twice, test), "두 번 들어 있거나"),
        (dataset.split(test_size=8), "학습용 32장, 시험용 8장"),
        ((test, train), "순서가 바뀌었어요"),
        ((dataset.select(range(30)), dataset.select(range(25, 35))), "같은 사진 5장"),
        (train, "두 묶음을"),
        ((30, 10), "얼굴 데이터가 있어야"),
    ]
    expect("05.2", [dataset], [(train, test), dataset.split(test_size=10, seed=5)], wrong)


def test_a_spread_is_right_within_one_photo():
    facts = [[50.0, 75.0, 87.5], range(8)]
    expect("05.3", facts, [37.5, 30, 45, "40점", "3/8", 3 / 8], [(25, "사진 3장만큼"), (100, "예상보다는 덜")])


def test_the_champion_of_a_hundred_coins_is_no_average_coin():
    expect("05.4", [87.5, range(8)], [90, 100, "87.5점"], [(50, "동전 하나라면"), (10, "87.5점")])


def test_a_larger_test_is_a_trade():
    wrong = [(2, "어디에서 왔나요"), (3, "몇 점으로 바뀌었나요"), (4, "1부터 3까지")]
    expect("05.5", [], [1, "1번", "믿을 수 있지만 모델은 덜 배워요"], wrong)


# Lesson 6


def test_a_count_of_doubts_is_right_within_a_tenth_of_the_photos():
    longest = [50] * 40 + [95] * 60
    expect(
        "06.1",
        [longest, 90],
        [40, 31, "49장", "40 of 100", "2/5", 0.4],
        [(20, "생각보다 많지요"), (60, "생각보다 적지요")],
    )


def test_the_best_known_expression_has_the_highest_recall():
    report = SimpleNamespace(recall={"joy": 0.95, "sadness": 0.5, "anger": 0.95})
    expect("06.2", [report], ["joy", "화남"], [("슬픔", "50.0 %"), ("놀람", "0.0 %")])


def test_a_model_is_modest_or_boastful_by_how_far_word_and_deed_lie_apart():
    confidence = np.full(100, 80.0)
    modest, boastful = np.arange(100) < 97, np.arange(100) < 50
    expect("06.3", [confidence, modest], [1, "겸손해요"], [(2, "97.0 %"), ("딱 알맞아요", "97.0 %")])
    expect("06.3", [confidence, boastful], [2, "boastful"], [("modest", "50.0 %"), (3, "50.0 %")])
    expect("06.3", [confidence, np.arange(100) < 81], [3, "just right", 1], [(2, "81.0 %")])


def test_a_turned_photo_is_compared_by_its_verdict(model, five):
    before, after = (facelab.predict_expression(model, face) for face in five.points[:2])
    wrong = [(answer, before.message) for answer in ("달라져요", "not the same", "같지 않아요")]
    expect("06.4", [before, before], [1, "같아요", "the same", "바뀌지 않아요", "unchanged"], wrong)
    expect("06.4", [before, after], [2, "different"], [(1, after.message)])


@pytest.mark.parametrize("answer, words", [(0.3, "most of the labels are right"), ("no idea", "calls for a number")])
def test_english_pupils_get_english_sentences(answer, words):
    use_language("en")
    assert words in check("03.3", answer).message


@pytest.mark.parametrize(
    "name, words",
    [
        ("04.5", "are in it twice or have another label"),
        ("05.2", "Split dataset itself"),
        ("01.2", "Teach it lesson.points"),
    ],
)
def test_english_pupils_are_told_what_was_changed(name, words, sample):
    use_language("en")
    lesson = sample.take(surprise=20, anger=20)
    answer, facts = {
        "01.2": (GaussianNB().fit(lesson.points.reshape(40, -1), lesson.labels), [sample.points[0]]),
        "04.5": (sample.take(joy=36, anger=4).mislabel(1.0), ["joy", "anger"]),
        "05.2": ((sample.take(joy=30), sample.take(anger=10)), [lesson]),
    }[name]
    assert words in check(name, answer, *facts).message
