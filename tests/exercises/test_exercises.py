"""The exercises: what counts as an answer, how it is judged, and what is kept of it."""

import string
import zipfile

import pytest

import facelab
from facelab.exercises import check, hint, progress, solution
from facelab.exercises.judges import JUDGES
from facelab.exercises.texts import find_exercise, list_choices, list_exercises, list_ideas, tell
from facelab.files import read_table, write_table
from facelab.language import LANGUAGES, use_language

NUMBERS = list(list_exercises())
OPEN = [name for name in NUMBERS if list_ideas(name)]

every_exercise = pytest.mark.parametrize("name", NUMBERS)
every_open = pytest.mark.parametrize("name", OPEN)


@pytest.fixture(autouse=True)
def mine(tmp_path, monkeypatch):
    """The pupil's data, empty at first."""
    monkeypatch.setenv("FACELAB_MINE", str(tmp_path / "mine"))
    return facelab.MyData()


# The texts


def list_sentences(name):
    texts = list_exercises()[name]
    sentences = {key: text for key, text in texts.items() if isinstance(text, dict) and set(text) >= set(LANGUAGES)}
    return sentences | {f"ideas.{key}": idea for key, idea in texts.get("ideas", {}).items()}


@every_exercise
def test_each_text_stands_in_both_languages_with_the_same_values(name):
    for key, text in list_sentences(name).items():
        values = [{field for _, field, _, _ in string.Formatter().parse(text[tongue]) if field} for tongue in LANGUAGES]
        assert values[0] == values[1], key
        assert not any("가" <= letter <= "힣" for letter in text["en"]), key


@every_exercise
def test_each_exercise_has_two_hints_a_solution_and_a_way_to_be_judged(name):
    texts = list_exercises()[name]
    assert {"title", "hint_1", "hint_2", "solution"} <= set(texts)
    assert bool(list_ideas(name)) + (name in JUDGES) + ("right" in list_choices(name)) == 1
    assert ("code" in texts) != bool(list_ideas(name))
    compile(texts.get("code", ""), name, "exec")


@every_exercise
def test_hints_do_not_tell_the_code_of_the_solution(name):
    code = list_exercises()[name].get("code", "").strip()
    for tongue in LANGUAGES:
        use_language(tongue)
        assert not code or code not in tell(name, "hint_1") + tell(name, "hint_2")


def test_an_exercise_has_one_number_however_it_is_written():
    assert find_exercise("03.2") == find_exercise("3.2") == find_exercise(3.2) == "03.2"


# Waiting


@pytest.mark.parametrize("answer", [..., None, "", " \n ", "...", [], (1, ..., 6)])
@every_exercise
def test_an_exercise_without_an_answer_waits(name, answer, mine):
    card = check(name, answer)
    assert card.kind == "waiting" and "답을 기다리고 있어요" in card.heading
    assert not mine.folder.exists()


# Cards


@pytest.mark.parametrize("tongue", LANGUAGES)
@every_exercise
def test_hints_and_solutions_are_shown_when_they_are_asked_for(name, tongue):
    use_language(tongue)
    assert hint(name).message == tell(name, "hint_1") != hint(name, 2).message == tell(name, "hint_2")
    assert solution(name).message == tell(name, "solution") in repr(solution(name))
    assert list_exercises()[name].get("code", "").strip() in repr(solution(name))


@every_exercise
def test_a_waiting_card_folds_the_hints_up_and_hides_the_solution(name):
    shown = check(name, ...)._repr_html_()
    assert shown.count("<details") == shown.count("<summary") == 2
    assert repr(check(name, ...)).count("\n") == 1
    assert tell(name, "solution").splitlines()[0] not in shown


@pytest.mark.parametrize("step", [2, 2.0, "2", "2번"])
def test_a_hint_has_one_number_however_it_is_written(step):
    assert hint("03.3", step).message == tell("03.3", "hint_2")


def test_a_wrong_answer_leads_from_hint_to_hint_to_the_solution():
    shown = check("03.3", 0.2)._repr_html_()
    order = [shown.index(tell("03.3", key)) for key in ("too_few", "hint_1", "hint_2", "solution")]
    assert order == sorted(order) and shown.count("<details") == 3


def test_what_a_pupil_wrote_cannot_become_html():
    assert "<b>" not in check("03.3", "<b>7</b>8")._repr_html_()


@pytest.mark.parametrize(
    "korean, english, work",
    [
        ("9.9번 연습은 없어요. 01.1부터", "no exercise 9.9. Choose one from 01.1", lambda: check(9.9, 1)),
        ("03.1부터 03.5까지", "from 03.1 to 03.5", lambda: hint("3.7")),
        ("3번 힌트는 없어요", "no hint number 3", lambda: hint("03.1", 3)),
        ("1.5번 힌트는 없어요", "no hint number 1.5", lambda: hint("03.1", 1.5)),
        ("None번 힌트는 없어요", "no hint number None", lambda: hint("03.1", None)),
        ('check("03.1", suspects, secret, honest)', 'check("03.1", suspects, secret, honest)', lambda: check(3.1, [1])),
    ],
)
def test_misuse_is_told_in_a_sentence(korean, english, work, says):
    says(korean, english, work)


# Open questions


@every_open
def test_an_open_question_is_never_wrong(name):
    for text in ("나는 아직 잘 몰라요", "I have no idea yet"):
        card = check(name, text)
        assert card.kind == "right" and "나만의 생각" in card.message
        assert tell(name, "solution").splitlines()[0] in card._repr_html_()


@pytest.mark.parametrize("tongue", LANGUAGES)
@every_open
def test_the_answer_to_compare_with_holds_ideas_that_are_recognised(name, tongue):
    use_language(tongue)
    message = check(name, tell(name, "solution")).message
    met, _, left = message.partition(facelab.say("exercises.ideas_left"))
    assert met.startswith(facelab.say("exercises.ideas_met")) and met.count("•") >= 3
    assert met.count("•") + left.count("•") == len(list_ideas(name))


def test_a_word_is_not_yet_an_answer_to_an_open_question():
    for text in ("싫어요", "a a a", "discrimination"):
        card = check("01.5", text)
        assert card.kind == "waiting" and "한두 문장" in card.message
    assert check("01.5", "마음은알수없어요").kind == "right"


# Progress


def test_progress_counts_what_was_right_and_says_what_comes_next():
    assert progress().message == "연습 33개 가운데 0개를 해냈어요. 다음 연습: 1.1 실행하기 전에 맞혀 보기"
    check("03.3", 0.5)
    check("05.5", 2)
    assert progress().done == {"03.3"}
    assert progress().count("03") == (1, 5) and progress().count("05") == (0, 6)
    use_language("en")
    assert "★☆☆☆☆  3. Labelling (1/5)" in repr(progress())
    assert "★☆☆☆☆" in progress()._repr_html_() and "You have done 1 of 33" in progress()._repr_html_()


def test_what_was_right_once_stays_right(mine):
    for answer in (0.2, 0.5, 0.2, ...):
        check("03.3", answer)
    assert read_table(mine.progress_path) == [{"exercise": "03.3"}]


def test_a_table_that_somebody_has_edited_is_still_read(mine):
    write_table(mine.progress_path, [{"exercise": cell} for cell in ("3.3", "3.9", "Tim", "")], ["exercise"])
    assert progress().done == {"03.3"}
    mine.progress_path.write_text("nonsense")
    assert progress().done == frozenset()


def test_all_done_is_praised(mine):
    write_table(mine.progress_path, [{"exercise": number} for number in NUMBERS], ["exercise"])
    assert progress().message == "연습 33개 가운데 33개를 해냈어요. 모두 해냈어요. 대단해요!"


def test_an_answer_is_judged_even_if_the_progress_cannot_be_saved(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("FACELAB_MINE", str(tmp_path / "file" / "mine"))
    card = check("03.3", 0.5)
    assert card.kind == "right" and "저장하지는 못했어요" in card.message


def test_a_damaged_table_is_told_and_not_written_over_and_an_answer_is_judged_all_the_same(mine, says):
    mine.folder.mkdir()
    mine.progress_path.write_bytes(bytes(30))
    says("글자가 깨졌거나", "cannot be read", progress)
    card = check("03.3", 0.5)
    assert card.kind == "right" and "저장하지는 못했어요" in card.message and "글자가 깨졌거나" in card.message
    assert mine.progress_path.read_bytes() == bytes(30)


def test_the_progress_is_exported_but_not_to_a_friend(mine, tmp_path):
    check("03.3", 0.5)
    for name, labels, expected in (("all.zip", True, True), ("friend.zip", False, False)):
        with zipfile.ZipFile(mine.export(tmp_path / name, labels)) as archive:
            assert ("exercises.csv" in archive.namelist()) == expected


def test_delete_everything_deletes_the_progress_too(mine):
    check("03.3", 0.5)
    mine.delete_everything()
    assert progress().done == frozenset() and not mine.folder.exists()
