"""The exercises: their texts, what is said to an answer, and what is kept of it."""

import re
import string
import zipfile
from pathlib import Path

import pytest

import facelab
from facelab.answers.kept import COLUMNS, keep_answer, load_answers
from facelab.answers.texts import find_exercise, list_exercises, tell, tell_all
from facelab.exercises import ask, progress
from facelab.exercises.session import ExerciseSession, read_number
from facelab.files import read_table, write_table
from facelab.language import LANGUAGES, Misuse, use_language

NUMBERS = list(list_exercises())
SOURCES = Path(__file__).parents[2] / "notebooks" / "source"


# The texts


def list_pairs(texts):
    """List each text that stands in both languages, also those in groups."""
    for key, text in texts.items():
        if isinstance(text, dict) and set(text) == set(LANGUAGES):
            yield key, text
        elif isinstance(text, dict):
            yield from list_pairs(text)


def test_each_text_stands_in_both_languages_with_the_same_values_and_in_korean_without_a_space_before_per_cent():
    for name in NUMBERS:
        for key, text in list_pairs(list_exercises()[name]):
            fields = [{field for _, field, _, _ in string.Formatter().parse(text[tongue])} for tongue in LANGUAGES]
            assert fields[0] - {None} == fields[1] - {None}, (name, key)
            assert not re.search("[가-힣]", text["en"]), (name, key)
            assert " %" not in text["ko"], (name, key)


def test_each_exercise_has_two_hints_that_do_not_tell_the_code_and_a_solution_that_is_no_hint():
    for name in NUMBERS:
        texts = list_exercises()[name]
        assert {"title", "kind", "hint_1", "hint_2", "solution"} <= set(texts), name
        assert ("code" in texts) != (texts["kind"] == "open"), name
        assert ("ideas" in texts) == (texts["kind"] == "open"), name
        code = texts.get("code", "").strip()
        assert not code or code not in texts["hint_1"]["ko"] + texts["hint_2"]["ko"], name
    assert all(2 <= len(tell_all(name, "ideas")) <= 3 for name in NUMBERS if list_exercises()[name]["kind"] == "open")
    assert "50" not in tell("02.5", "hint_1") + tell("02.5", "hint_2")


def test_the_mouth_to_measure_is_not_as_high_as_the_number_of_its_point(sample):
    place = int(re.search(r"photo = faces\.images\[(\d+)\]", next(SOURCES.glob("02*")).read_text("utf-8"))[1])
    points = facelab.find_faces(sample.images[place]).faces[0].points
    assert abs(points[17, 1] - points[0, 1] - 17) > 3


def test_an_exercise_has_one_number_however_it_is_written():
    assert find_exercise("03.2") == find_exercise("3.2") == find_exercise(3.2) == "03.2"


# What is said


def test_without_an_answer_it_waits_and_writes_nothing(mine):
    session = ExerciseSession("02.4")
    assert session.verdict is None
    assert session.check().kind == "waiting" and session.verdict.message == facelab.say("unanswered.number")
    assert not mine.folder.exists()
    assert repr(ask("02.4")) == "… 연습 2.4: 답을 기다리고 있어요"


def test_a_number_is_read_in_one_way_and_all_else_is_told():
    read = {"50": 50, " 50 % ": 50, "５０%": 50, "12,5": 12.5, ".5": 0.5, "−3": -3, "8.8888888888": 8.8888888888}
    for text, number in read.items():
        assert read_number(text, -10, 100, "점" if number < 1 else "%") == number, text
    told = {"5할": "수 하나만", "2번": "수 하나만", "1/2": "수 하나만", "nan": "수 하나만", "1e1": "수 하나만"}
    told |= {"0.5": "50%라는 뜻", "101": "0에서 100 사이", "-1": "0에서 100 사이", "절반": "수 하나만"}
    for text, words in told.items():
        with pytest.raises(Misuse, match=words):
            read_number(text, 0, 100, "%")


def test_a_guess_is_neither_right_nor_wrong_and_stands_once_its_outcome_is_told():
    for guess in ("50", "10"):
        session = ExerciseSession("03.3", answer=guess)
        assert session.verdict.kind == "guessed" and session.is_settled and session.describe() == f"{guess}%"


def test_an_open_question_accepts_whatever_is_written_and_the_pupil_ticks_the_ideas():
    session = ExerciseSession("01.5")
    session.change("마음은 알 수 있으니까 좋아요")
    assert session.check().kind == "written"
    session.tick("consent", True)
    assert load_answers()["01.5"]["ideas"] == "consent"
    assert ExerciseSession("01.5").ideas == {"consent"}
    session.change("마음은 알 수 있으니까 좋아요. 그런데")
    assert session.verdict.kind == "written" == load_answers()["01.5"]["result"], "the ideas vanish while one writes on"
    session.change(" ")
    assert session.verdict is None


def test_what_is_clicked_quickly_counts_though_the_state_of_the_page_comes_later():
    honest = facelab.load_sample().take(joy=3, sadness=3)
    exercise = ask("03.1", honest.mislabel(0.4, seed=1), honest)
    shelf = exercise.form
    for clicked, chosen in ((0, [0]), (1, [0, 1])):
        shelf._handle_custom_msg({"clicked": clicked, "chosen": chosen}, [])
    assert exercise.session.draft == "0 1"


def test_the_widget_unfolds_two_hints_at_first_and_after_a_try_the_solution():
    exercise = ask("02.4")
    assert exercise.help.value.count("<details") == 2
    exercise.session.change("400")
    exercise.check.click()
    assert exercise.help.value.count("<details") == 3 and "255까지만" in exercise.verdict.value
    exercise.session.change("144")
    exercise.check.click()
    assert exercise.help.value.count("<details") == 1
    assert tell("02.4", "solution") in exercise.help.value


def test_the_last_exercise_of_a_lesson_is_cheered():
    names = [name for name in NUMBERS if name.startswith("02")]
    for name in set(names) - {"02.4"}:
        keep_answer(name, result="right")
    exercise = ask("02.4")
    assert "facelab-cheer" not in exercise.verdict.value
    exercise.session.change("144")
    exercise.check.click()
    assert "이 수업의 연습을 모두 해냈어요" in exercise.verdict.value


def test_what_a_pupil_wrote_cannot_become_html():
    exercise = ask("02.4")
    exercise.session.change("<b>7</b>")
    exercise.check.click()
    assert "<b>" not in exercise.verdict.value and "&lt;b&gt;" in exercise.verdict.value


def test_misuse_is_told_in_a_sentence(says):
    cases = [
        ("9.9번 연습은 없어요. 01.1부터", "no exercise 9.9. Choose one from 01.1", lambda: ask(9.9)),
        ("03.1부터 03.5까지", "from 03.1 to 03.5", lambda: ask("3.7")),
        ('ask("03.1", secret, honest)', 'ask("03.1", secret, honest)', lambda: ask(3.1)),
        ('ask("01.2", model, face)', 'ask("01.2", model, face)', lambda: ask("01.2", ...)),
    ]
    for korean, english, work in cases:
        says(korean, english, work)


# What is kept


def test_each_step_is_kept_and_taken_up_again(mine):
    session = ExerciseSession("02.4")
    session.change("40")
    assert load_answers()["02.4"]["answer"] == "40"
    session.change("400")
    session.check()
    again = ExerciseSession("02.4")
    assert (again.draft, again.tries, again.verdict) == ("400", 1, session.verdict)
    again.change("144")
    assert ExerciseSession("02.4").verdict is None  # not checked yet
    again.check()
    row = load_answers()["02.4"]
    assert [row[key] for key in ("kind", "answer", "tries", "result")] == ["number", "144", "2", "right"]
    assert row["first"] <= row["last"]


def test_what_was_right_once_stays_right():
    session = ExerciseSession("02.4")
    for answer in ("144", "7"):
        session.change(answer)
        session.check()
    assert load_answers()["02.4"]["result"] == "right" and progress().done == {"02.4"}
    assert "전에 해낸" in repr(ask("02.4"))


def test_texts_with_lines_signs_and_more_letters_than_a_table_takes_are_read_back():
    for text in ('"a", b;\n\n=1+1\t끝', "가" * 200_000, "\0\ud800x"):
        session = ExerciseSession("01.5")
        session.change(text)
        kept = ExerciseSession("01.5").draft
        assert kept and text.replace("\0\ud800", "").startswith(kept)


def test_the_teachers_answers_are_not_kept_among_the_pupils(mine):
    assert ask("02.4", answer=144).session.verdict.kind == "right"
    assert not mine.folder.exists()


def test_an_answer_that_fits_the_facts_no_more_is_left_out(five):
    keep_answer("03.1", answer="3 19")
    assert ExerciseSession("03.1", (five, five)).draft == ""


def test_a_table_of_old_is_read_and_written_on(mine):
    write_table(mine.progress_path, [{"exercise": cell} for cell in ("01.1", "3.2", "Tim", "")], ["exercise"])
    assert progress().done == {"01.1", "03.2"}
    assert "전에 해낸" in repr(ask("03.3")) or progress().count("03") == (1, 5)
    keep_answer("03.3", answer="50", result="guessed")
    assert progress().done == {"01.1", "03.2", "03.3"}
    assert list(read_table(mine.progress_path)[0]) == list(COLUMNS)


def test_columns_of_the_pupils_own_stay(mine):
    write_table(mine.progress_path, [{"exercise": "01.1", "note": "재밌다"}], ["exercise", "note"])
    keep_answer("02.4", answer="144")
    assert load_answers()["01.1"]["note"] == "재밌다"


def test_progress_counts_what_was_done_and_says_what_comes_next():
    assert progress().message == "연습 33개 가운데 0개를 해냈어요. 다음 연습: 1.1 실행하기 전에 맞혀 보기"
    keep_answer("03.3", result="guessed")
    keep_answer("05.5", result="wrong")
    assert progress().count("03") == (1, 5) and progress().count("05") == (0, 6)
    use_language("en")
    assert "★☆☆☆☆  3. Labelling (1/5)" in repr(progress())
    assert "★☆☆☆☆" in progress()._repr_html_() and "You have done 1 of 33" in progress()._repr_html_()
    for name in NUMBERS:
        keep_answer(name, result="right")
    assert "All of them" in progress().message or "33 of 33" in progress().message


def test_an_answer_is_judged_even_if_it_cannot_be_kept(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("FACELAB_MINE", str(tmp_path / "file" / "mine"))
    exercise = ask("02.4")
    exercise.session.draft = "144"
    exercise.check.click()
    assert exercise.session.verdict.kind == "right" and "맞았어요" in exercise.verdict.value
    assert "저장하지 못했어요" in exercise.problem.value


def test_a_damaged_table_is_told_and_not_written_over(mine, says):
    mine.folder.mkdir()
    mine.progress_path.write_bytes(bytes(30))
    says("글자가 깨졌거나", "cannot be read", progress)
    exercise = ask("02.4")
    assert "글자가 깨졌거나" in exercise.problem.value
    exercise.session.draft = "144"
    exercise.check.click()
    assert "맞았어요" in exercise.verdict.value and "저장하지 못했어요" in exercise.problem.value
    assert mine.progress_path.read_bytes() == bytes(30)


def test_the_answers_are_exported_but_not_to_a_friend_and_deleted_with_everything(mine, tmp_path):
    keep_answer("03.3", answer="50", result="guessed")
    for what in ("photos", "to_label"):
        with zipfile.ZipFile(mine.export(tmp_path / f"{what}.zip", what)) as archive:
            assert ("exercises.csv" in archive.namelist()) == (what == "photos")
    mine.delete_everything()
    assert progress().done == frozenset()


def test_answers_cut_short_are_noticed_and_those_before_are_back(mine, says):
    for name in ("01.3", "02.4", "03.3"):
        keep_answer(name, answer="1", result="right")
    path = mine.progress_path
    whole = path.read_bytes()

    def cut_and_read():
        path.write_bytes(whole[: len(whole) // 2])
        return progress()

    says("잘리기 전의 표로", "is back in its place", cut_and_read)
    assert path.read_bytes() == whole and progress().done == {"01.3", "02.4", "03.3"}
    mine.delete_everything()
    assert not list(mine.folder.glob("*.csv"))
