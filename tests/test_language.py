import re
import string

import pytest

from facelab import language
from facelab.language import Word, current_language, say, use_language


@pytest.fixture(autouse=True)
def speak_korean_again():
    yield
    use_language("ko")


EVERY_MESSAGE = [
    pytest.param(message, id=f"{section}.{name}")
    for section, messages in language._messages().items()
    for name, message in messages.items()
]


@pytest.mark.parametrize("message", EVERY_MESSAGE)
def test_each_message_stands_in_both_languages_with_the_same_values(message):
    assert set(message) == {"ko", "en"}
    values = {
        tongue: {field for _, field, _, _ in string.Formatter().parse(text) if field}
        for tongue, text in message.items()
    }
    assert values["ko"] == values["en"]


@pytest.mark.parametrize("message", EVERY_MESSAGE)
def test_the_english_has_no_hangul_and_no_sentence_is_empty(message):
    assert not re.search("[가-힣]", message["en"])
    assert message["ko"].strip() and message["en"].strip()


def test_korean_is_the_first_language_and_english_the_second():
    assert current_language() == "ko"
    assert say("expression.anger") == "화남"
    use_language("en")
    assert say("expression.anger") == "anger"


@pytest.mark.parametrize("tongue, sentence", [("ko", "'fr': 이 언어는 아직"), ("en", "no language 'fr'")])
def test_an_unknown_language_is_refused_with_the_choices(tongue, sentence):
    use_language(tongue)
    with pytest.raises(ValueError, match=sentence) as problem:
        use_language("fr")
    assert '"ko"' in str(problem.value) and '"en"' in str(problem.value)
    assert current_language() == tongue


@pytest.mark.parametrize(
    "word, particles, expected",
    [
        ("기쁨", "이/가", "기쁨이"),
        ("분노", "이/가", "분노가"),
        ("서울", "으로/로", "서울로"),
        ("기쁨", "으로/로", "기쁨으로"),
        ("사진 3", "을/를", "사진 3을"),
        ("54 %", "은/는", "54 %는"),
        ("joy", "은/는", "joy는"),
        ("mean", "이라는/라는", "mean이라는"),
        ("model", "을/를", "model을"),
        ("model", "으로/로", "model로"),
        ("", "은/는", "는"),
    ],
)
def test_a_word_chooses_its_particle(word, particles, expected):
    assert f"{Word(word):{particles}}" == expected


def test_numbers_keep_their_own_format():
    assert f"{0.5:.2f} {Word(3):이/가}" == "0.50 3이"
