import re
import string

from facelab import language
from facelab.language import Word, current_language, fill_in, say, use_language


def test_each_message_stands_in_both_languages_with_the_same_values():
    odd = []
    for section, messages in language._messages().items():
        for name, message in messages.items():
            values = [
                {field for _, field, _, _ in string.Formatter().parse(text) if field} for text in message.values()
            ]
            whole = list(message) == ["ko", "en"] and values[0] == values[1] and all(map(str.strip, message.values()))
            if not whole or re.search("[가-힣]", message["en"]):
                odd.append(f"{section}.{name}")
    assert not odd


def test_korean_is_the_first_language_and_english_the_second():
    assert current_language() == "ko"
    assert say("expression.anger") == "화남"
    use_language("en")
    assert say("expression.anger") == "anger"


def test_an_unknown_language_is_refused_with_the_choices(says):
    says("'fr': 이 언어는 아직", "no language 'fr'", lambda: use_language("fr"))
    says('"ko"(한국어)나 "en"', '"ko" (Korean) or "en"', lambda: use_language("fr"))
    assert current_language() == "ko"


def test_a_word_chooses_its_particle():
    expected = {
        ("기쁨", "이/가"): "기쁨이",
        ("분노", "이/가"): "분노가",
        ("서울", "으로/로"): "서울로",
        ("기쁨", "으로/로"): "기쁨으로",
        ("사진 3", "을/를"): "사진 3을",
        ("54 %", "은/는"): "54 %는",
        ("20%", "이라고/라고"): "20%라고",
        ("facelab", "을/를"): "facelab을",
        ("fit", "이라는/라는"): "fit이라는",
        ("expression_model()", "으로/로"): "expression_model()로",
        ("sample", "이/가"): "sample이",
        ("PNG", "은/는"): "PNG는",
        ("list", "은/는"): "list는",
        ("‘모르겠다’", "이라고/라고"): "‘모르겠다’라고",
        ("joy", "은/는"): "joy는",
        ("mean", "이라는/라는"): "mean이라는",
        ("model", "을/를"): "model을",
        ("model", "으로/로"): "model로",
        ("", "은/는"): "는",
    }
    assert {each: f"{Word(each[0]):{each[1]}}" for each in expected} == expected


def test_numbers_keep_their_own_format():
    assert f"{0.5:.2f} {Word(3):이/가}" == "0.50 3이"


def test_no_line_ends_between_a_number_and_its_points():
    use_language("en")
    assert "is worth 12.5\N{NO-BREAK SPACE}points." in say("experiment.one_photo", test=8, points="12.5")
    assert fill_in({"en": "5 points of 2 photos"}) == "5\N{NO-BREAK SPACE}points of 2 photos"


def test_shares_are_written_in_percent_and_counts_stay():
    import pandas

    table = language.percent(pandas.DataFrame({"right": [0.5, float("nan")], "photos": [8, 9]}))
    assert table.to_dict("list") == {"right": ["50.0%", "–"], "photos": [8, 9]}
    assert language.percent({"joy": 0.875}) == {"joy": "87.5%"}
