"""How answers are read: numbers, shares, choices and expressions as pupils write them, in both languages."""

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas
import pytest

import facelab
from facelab.exercises.reading import (
    find_ideas,
    is_too_short,
    read_choice,
    read_count,
    read_expression,
    read_expressions,
    read_number,
    read_numbers,
    read_place,
    read_share,
)
from facelab.exercises.texts import list_choices, list_ideas
from facelab.language import LANGUAGES, use_language

TWO = {"a": ["가"], "b": ["나"]}

# Numbers


@pytest.mark.parametrize(
    "answer, number",
    [
        (3, 3),
        (np.float64(2.5), 2.5),
        (np.array(4), 4),
        (Fraction(1, 4), 0.25),
        (Decimal("0.5"), 0.5),
        ([7], 7),
        ("약 40 %", 40),
        ("37,5점", 37.5),
        ("0,375", 0.375),
        ("50,000", 50000),
        ("1,234,567", 1234567),
        (".9", 0.9),
        ("No.2", 2),
        ("-2", -2),
        ("−0.5", -0.5),
        ("½", 0.5),
        ("²", 2),
        ("7/8", 0.875),
        (" 7 / 8 ", 0.875),
        ("7 ÷ 8", 0.875),
        ("-1/2", -0.5),
        ("9 of 10", 0.9),
        ("9 right out of the 10", 0.9),
        ("10장 가운데 9장", 0.9),
        ("10장 중에 9장", 0.9),
        ("10분의 9", 0.9),
        ("140 - 100", 40),
        ("317.2-280.2 픽셀", 37),
        ("두 명이면 2", 2),
        ("두 명", 2),
        ("둘이요", 2),
        ("two", 2),
        ("zero", 0),
        ("빵점", 0),
    ],
)
def test_a_number_is_read_however_it_is_written(answer, number):
    assert read_number(answer) == pytest.approx(number)


@pytest.mark.parametrize(
    "answer",
    [
        True,
        np.True_,
        math.nan,
        math.inf,
        10**400,
        "9" * 400,
        1j,
        np.complex128(1),
        Decimal("NaN"),
        [1, 2],
        [[1], [2, 3]],
    ]
    + ["많이", "1½", "①②", "2 or 3", "30-40", "7/0", "1/2/3", "둘 다", "네", "반대로", "no one", {1: 2}, b"1", object]
    + [math.nan, [math.nan], [None], pandas.Series([], dtype=float), facelab],
    ids=repr,
)
def test_what_is_no_single_finite_number_is_refused(answer):
    with pytest.raises(ValueError, match="수를 하나 적어 주세요"):
        read_number(answer)


@pytest.mark.parametrize(
    "answer, share",
    [(0, 0), (1, 1), (0.4, 0.4), (40, 0.4), ("40 %", 0.4), ("1 %", 0.01), (100, 1), ("1/1", 1), ("40 퍼센트", 0.4)]
    + [(half, 0.5) for half in ("절반", "반", "반이요", "절반쯤", "반반", "half", "a half", "one half", "50:50", "½")]
    + [(half, 0.5) for half in ("50 out of 100", "100점 만점에 50점", "5 of the 10 photos", "50 per cent")]
    + [("만점", 1), ("full marks", 1), ("zero", 0), ("9 of 10", 0.9), ("10장 가운데 9장", 0.9)],
)
def test_a_share_is_read_with_or_without_per_cent(answer, share):
    assert read_share(answer) == pytest.approx(share)


@pytest.mark.parametrize("answer", [140, -1, "140 %", "−0.5", "9/8"])
def test_a_share_lies_between_nothing_and_all(answer):
    with pytest.raises(ValueError, match="0 %에서 100 % 사이"):
        read_share(answer)


@pytest.mark.parametrize(
    "answer", [20, "20장", "20/40", 20 / 40, "50 %", "half", "절반", "10 of 20", "40장 가운데 20장"]
)
def test_a_count_may_be_written_as_a_share_of_all(answer):
    assert read_count(answer, 40) == 20
    assert read_count("40/40", 40) == 40 and read_count(1, 40) == 1


@pytest.mark.parametrize(
    "answer",
    [[3, 5, 7], (3, 5, 7), {3, 5, 7}, np.array([3, 5, 7]), pandas.Series([3, 5, 7]), (np.array([3, 5, 7]),)]
    + [["3", "5", "7"], ["3번", 5, "7"], "3, 5번, 그리고 7번", "3,5,7", "3;5;7", "3·5·7", "3 5 7", "③⑤⑦"],
    ids=repr,
)
def test_several_numbers_are_read_from_lists_and_texts(answer):
    assert read_numbers(answer) == [3, 5, 7]


@pytest.mark.parametrize("answer", [[3, "x"], [3, True], [3, math.nan], [3, 1j], [[3], [5, 7]], [], {3: 5}], ids=repr)
def test_one_part_that_is_no_number_spoils_the_list(answer):
    with pytest.raises(ValueError, match="수를 하나 적어 주세요"):
        read_numbers(answer)


# Expressions

EXPRESSION_ANSWERS = {
    "joy": [
        "기쁨",
        "기쁨이에요!",
        " 기 쁨 ",
        "JOY",
        "Joy.",
        "웃는 얼굴",
        "happy",
        np.str_("joy"),
        "기쁘다",
        "기쁩니다",
        "행복",
    ],
    "sadness": ["슬픔", "슬프다", "슬픕니다", "슬퍼요", "우는 얼굴", "crying", "a sad face", "기쁨이 아니라 슬픔"],
    "surprise": ["놀람", "놀랐어요", "surprised", "not joy, surprise"],
    "anger": ["화남", "화났어요", "화가 났어요", "화가났어요", "mad", "angry"],
    "neutral": ["무표정", "표정 없음", "표정이 없어요", "neutral", "no expression"],
}


@pytest.mark.parametrize(
    "answer, expression", [(answer, name) for name, answers in EXPRESSION_ANSWERS.items() for answer in answers]
)
def test_an_expression_is_read_in_either_language(answer, expression):
    assert read_expression(answer) == expression


@pytest.mark.parametrize(
    "answer",
    [
        "not joy",
        "기쁨이 아니에요",
        "안 기뻐요",
        "웃지 않는 얼굴",
        "unhappy",
        "it isn't joy",
        "made",
        "it happens",
        "배우는 중",
    ]
    + [{"joy": 20, "anger": 20}, ("joy", "anger"), 3, None],
)
def test_what_is_denied_or_no_single_expression_is_refused(answer):
    with pytest.raises(ValueError, match="가운데 하나만 적어"):
        read_expression(answer)


@pytest.mark.parametrize(
    "answer",
    [
        "슬픔과 무표정",
        "neutral, sadness",
        ["sadness", "neutral"],
        {"neutral", "sadness"},
        {"sadness": 20, "neutral": 20},
    ],
)
def test_two_expressions_are_read_from_texts_and_collections(answer):
    assert read_expressions(answer) == ["sadness", "neutral"]


# Choices


@pytest.mark.parametrize(
    "answer",
    [
        2,
        2.0,
        "2",
        "2번이요",
        "②",
        [2],
        "two",
        "둘",
        "second",
        "the second one",
        "둘째",
        "두 번째",
        "number 2",
        "No. 2",
        "No.2",
    ]
    + [
        "답은 2",
        "(2)",
        "겸손하지 않고 허풍",
        "not modest, boastful",
        "Boastful!",
        "허풍쟁이예요",
        "2. boastful",
    ],
)
def test_a_choice_is_read_by_number_or_by_word(answer):
    choices = {"modest": ["겸손", "modest"], "boastful": ["허풍", "boast"], "just_right": ["딱", "just right"]}
    assert read_choice(answer, choices) == "boastful"


@pytest.mark.parametrize("name", ["01.3", "05.5"])
@pytest.mark.parametrize(
    "answer",
    [
        "2 or 3",
        "1 2",
        "1과 2",
        [2, 3],
        [1, 2, 3],
        2.7,
        "2.7",
        1.9,
        -1,
        "-1",
        0,
        4,
        True,
        math.nan,
        math.inf,
        10**400,
        1j,
    ]
    + ["둘 다", "not 2", "not 1, 2", "2번이 아니에요", "", {2: 1}, object],
    ids=repr,
)
def test_a_choice_is_exactly_one_whole_number(name, answer):
    with pytest.raises(ValueError, match="1부터 3까지 가운데 하나만"):
        read_choice(answer, list_choices(name))


SAME = [
    "1",
    "first",
    "the same",
    "same",
    "unchanged",
    "doesn't change",
    "It doesn’t change.",
    "won't change",
    "no difference",
]
SAME += [
    "no change",
    "not different",
    "nothing changes",
    "it changes nothing",
    "same, not different",
    "No, it is the same",
    "not 2",
]
SAME += [
    "같아요",
    "똑같아요",
    "그대로예요",
    "바뀌지 않아요",
    "변하지 않아요",
    "다르지 않아요",
    "달라지지 않아요",
    "안 바뀌어요",
    "안 달라져요",
]
SAME += [
    "차이가 없어요",
    "변함없어요",
    "아니요, 같아요",
    "같을 것 같아요",
    "안 바뀔 것 같아요",
    "같을 수밖에 없어요",
    "2번이 아니에요",
]
DIFFERENT = [
    "2",
    "second",
    "different",
    "it changes",
    "not the same",
    "isn't the same",
    "not unchanged",
    "No, it changes",
]
DIFFERENT += [
    "달라져요",
    "바뀌어요",
    "같지 않아요",
    "안 같아요",
    "안같아요",
    "똑같지 않다",
    "달라질 것 같아요",
    "같지 않고 달라져요",
]
DIFFERENT += ["아니요 달라져요", "똑바로 세우지 않아서 달라져요", "차이가 있어요", "그대로가 아니에요"]


@pytest.mark.parametrize(
    "answer, choice", [(answer, "same") for answer in SAME] + [(answer, "different") for answer in DIFFERENT]
)
def test_of_two_choices_the_one_that_is_denied_means_the_other(answer, choice):
    assert read_choice(answer, list_choices("06.4")) == choice


@pytest.mark.parametrize(
    "name, answer, choice",
    [
        ("01.3", "“하품”이라고 답해요.", "yawn"),
        ("01.3", "배운 다섯 가운데서 고르거나, 모르겠다고 해요.", "right"),
        ("01.3", "오류가 나서 멈춰요.", "error"),
        ("01.3", "It says “a yawn”.", "yawn"),
        ("01.3", "It picks one of the five that it has learnt, or says that it cannot tell.", "right"),
        ("01.3", "It stops with an error.", "error"),
        ("03.4", "라벨의 40 %가 틀린 사진 40장", "many"),
        ("03.4", "라벨이 모두 맞는 사진 10장", "right_labels"),
        ("03.4", "40 photos, of which 40 % have wrong labels", "many"),
        ("03.4", "10 photos whose labels are all right", "right_labels"),
        ("05.5", "점수는 더 믿을 수 있게 되고, 모델은 덜 배워요.", "right"),
        ("05.5", "점수도 더 믿을 수 있게 되고, 모델도 더 잘 배워요.", "both_better"),
        ("05.5", "점수는 덜 믿을 수 있게 되고, 모델도 덜 배워요.", "both_worse"),
        ("05.5", "The score can be trusted more, and the model learns better as well.", "both_better"),
        ("06.3", "겸손해요. 말한 것보다 잘 맞혀요.", "modest"),
        ("06.3", "허풍쟁이예요. 말한 것만큼 맞히지 못해요.", "boastful"),
        ("06.3", "딱 알맞아요. 말한 것과 맞힌 것이 비슷해요.", "just_right"),
        ("06.3", "Boastful: it is right less often than it says.", "boastful"),
        ("06.3", "Just right: the two are about the same.", "just_right"),
        ("06.3", "about the same", "just_right"),
        ("06.3", "honest", "just_right"),
        ("06.3", "허풍이 아니라 겸손", "modest"),
        ("06.3", "not boastful but modest", "modest"),
        ("03.4", "not many", "right_labels"),
        ("03.4", "많지 않은 쪽", "right_labels"),
        ("03.4", "10 photos", "right_labels"),
        ("03.4", "틀린 라벨이 없는 10장", "right_labels"),
        ("03.4", 40, "many"),
        ("05.5", "The score can be trusted more, and the model learns less.", "right"),
        ("05.5", "The score can be trusted less, and the model learns less as well.", "both_worse"),
        ("01.3", "it does not stop, it picks one of the five", "right"),
    ],
)
def test_choices_are_read_in_the_words_of_the_lesson(name, answer, choice):
    assert read_choice(answer, list_choices(name)) == choice


@pytest.mark.parametrize(
    "name, answer",
    [
        ("06.3", answer)
        for answer in ("not modest", "dishonest", "not honest", "겸손하지 않아요", "겸손한 게 아닌 허풍쟁이")
    ]
    + [
        ("06.4", answer)
        for answer in ("1번, 달라져요", "같지 않은 것은 아니에요", "the same it is not", "not the same or not")
    ]
    + [("01.3", "not a yawn"), ("01.3", "오류가 나지 않아요")],
)
def test_what_is_denied_among_several_or_stays_unclear_is_asked_again(name, answer):
    with pytest.raises(ValueError, match="가운데 하나만, 번호나 낱말로"):
        read_choice(answer, list_choices(name))


# What cannot be read


@pytest.mark.parametrize(
    "korean, english, work",
    [
        ("수를 하나 적어 주세요. 지금은 많이라고", "calls for a number, but it says 많이", lambda: read_number("많이")),
        ("수를 하나 적어", "calls for a number", lambda: read_number([1, 2])),
        ("수를 하나 적어", "calls for a number", lambda: read_number(facelab)),
        ("수를 하나 적어", "but it says nan", lambda: read_number(math.nan)),
        ("0에서 1 사이의 수나", "from 0 to 1, or from 0 % to 100 %", lambda: read_share(140)),
        ("0부터 2까지의 번호", "one of the numbers from 0 to 2", lambda: read_place(3, 3)),
        ("1부터 2까지 가운데 하나만", "one of the answers 1 to 2", lambda: read_choice(3, TWO)),
        ("지금은 가, 나라고", "Now it says 가, 나", lambda: read_choice("가, 나", TWO)),
        ("가운데 하나만 적어 주세요. 지금은 기쁨과 슬픔이라고", "one of joy", lambda: read_expression("기쁨과 슬픔")),
        ("지금은 not joy라고", "Now it says not joy", lambda: read_expression("not joy")),
    ],
)
def test_what_cannot_be_read_is_answered_with_what_could_be(korean, english, work, says):
    says(korean, english, work)


# Ideas


@pytest.mark.parametrize(
    "name, text",
    [
        ("01.5", "I think that is fun"),
        ("01.5", "재미있을 것 같다고 생각해요"),
        ("02.6", "The contest was attested by counts"),
        ("03.5", "A mask is a hard task"),
        ("04.6", "수업이 별로 재미없어요"),
        ("04.6", "암기만 잘하는 사람이에요"),
        ("04.6", "병아리가 귀여워요"),
        ("04.6", "My country is large"),
        ("05.6", "사진을 예쁘게 찍고 싶어요"),
        ("06.5", "다른 방법이 없을 거예요"),
        ("06.5", "1번은 괜찮다고 봐요"),
        ("06.5", "잘 모르겠어요"),
        ("06.5", "I don't mind the task, I want to go"),
    ],
)
def test_an_idea_is_not_found_inside_other_words(name, text):
    for tongue in LANGUAGES:
        use_language(tongue)
        assert find_ideas(text, list_ideas(name)) == []


@pytest.mark.parametrize(
    "name, text, idea",
    [
        ("04.6", "무리별로 점수를 재야 해요", "무리마다 점수를 따로 잰다"),
        ("04.6", "암을 놓치면 큰일이에요", "드문 병을 놓친다"),
        ("04.6", "Count the photos first", "모자란 쪽의 데이터를 더 모은다"),
        ("05.6", "그냥 찍으면 몇 점인가요", "찍으면 몇 점인 시험인가"),
        ("06.5", "유럽에서는 법으로 막아요", "학교에서 감정을 추론하는 일은 유럽 연합에서 금지되어 있다"),
        ("06.5", "2번은 90 %만 맞혀요", "숫자를 근거로 든다"),
        ("03.5", "Ask who is in the picture", "표정을 지은 사람에게 묻는다"),
    ],
)
def test_an_idea_is_found_by_how_a_word_begins(name, text, idea):
    assert find_ideas(text, list_ideas(name)) == [idea]


@pytest.mark.parametrize(
    "text, short",
    [("a a a", True), ("a b c", True), ("no no no no no", True), ("discrimination", True), ("asdfasdfasdf", True)]
    + [("싫어요", True), ("싫어요 싫어요 싫어요", True), ("ㅋㅋㅋㅋㅋㅋㅋㅋㅋㅋ", True), ("3 5 7", True)]
    + [
        ("마음은알수없어요", False),
        ("나는 아직 잘 몰라요", False),
        ("It is unfair", False),
        ("I have no idea yet", False),
    ],
)
def test_an_answer_is_measured_by_its_words_and_letters(text, short):
    assert is_too_short(text) == short
