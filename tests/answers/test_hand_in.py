"""What a pupil hands in: one file that needs nothing else, with a model card, and no face unless it is wished."""

import io
import json
import re
import zipfile

import pytest
from PIL import Image

import facelab
from facelab.answers import drawn
from facelab.answers.card import ModelCard, find_best
from facelab.answers.drawn import MOST, is_own, keep_chart, list_charts
from facelab.answers.handin import CLASS_FOLDER, deliver, hand_in, keep_draft, load_draft
from facelab.answers.kept import keep_answer
from facelab.answers.reading import read_hand_in
from facelab.charts import new_axes
from facelab.exercises.session import ExerciseSession
from facelab.language import use_language
from facelab.model.facts import MEMBER, are_sound, read_facts
from facelab.widgets import Experiment, HandIn, Storage
from tests.helpers import collect

FACTS = {"version": 1, "learnt": {"joy": 9, "anger": 7}, "people": 4, "shipped": 0, "acquainted": 3, "threshold": 60}
FACTS |= {"confusion": [["joy", "joy", 4], ["anger", "joy", 3], ["anger", "anger", 1]], "unsure": 2, "sure_right": 4}


@pytest.fixture(autouse=True)
def no_class(monkeypatch):
    monkeypatch.delenv(CLASS_FOLDER, raising=False)


@pytest.fixture(scope="module")
def split(sample):
    return sample.take(joy=20, anger=20).split(test_size=8)


@pytest.fixture(scope="module")
def trained(split):
    return facelab.expression_model().fit(split[0].points, split[0].labels)


def draw(number):
    """Return the bytes of a picture that differs from number to number."""
    content = io.BytesIO()
    Image.new("L", (8, 8), number).save(content, "PNG")
    return content.getvalue()


def test_what_exercises_kept_is_in_the_file_and_comes_back_from_it():
    ExerciseSession("01.3").change("yawn")
    session = ExerciseSession("01.3")
    session.check()
    session.change("learnt")
    session.check()
    written = "얼굴만 보고는\n마음을 </script><script>alert(1)</script> 몰라요"
    ExerciseSession("01.5").change(written)
    page = hand_in("  별이 7 ", "재미있었어요").read_bytes()
    found = read_hand_in(page, "a.html")
    assert (found.name, found.reflection, found.changed) == ("별이 7", "재미있었어요", False)
    assert found.answers["01.3"] == {"answer": "learnt", "ideas": "", "tries": 2, "result": "right"}
    assert found.answers["01.5"]["answer"] == written and not found.is_done("01.5")
    text = page.decode()
    assert "배운 다섯 가운데서 고르거나, 모르겠다고 해요." in text and text.count("<script") == 1


def test_the_file_speaks_the_chosen_language_and_asks_nobody_for_anything():
    for language in ("ko", "en"):
        use_language(language)
        text = hand_in("7").read_text(encoding="utf-8")
        assert f'<html lang="{language}">' in text and "default-src 'none'" in text
        assert not re.search(r"(src|href)=\"(?!data:)", text)
    assert not re.search("[가-힣]", text)


def test_who_hands_in_again_replaces_the_file_and_another_name_does_not(mine):
    first = hand_in("7", "하나")
    assert hand_in("7", "둘") == first and "둘" in first.read_text(encoding="utf-8")
    hand_in("a/b: <별>")
    assert len(list(mine.hand_in_folder.iterdir())) == 2


def test_a_name_is_needed_and_has_an_end(says):
    says("별명이나 번호를 적어", "Write a nickname", lambda: hand_in(" \u200b\n"))
    says("40자까지", "may have 40 letters", lambda: hand_in("가" * 41))


def test_no_face_is_in_it_unless_the_pupil_wishes_so(mine, sample):
    collect(mine, sample, {0: "joy"})
    assert b"image/jpeg" not in hand_in("7").read_bytes()
    assert hand_in("7", faces=True).read_bytes().count(b"data:image/jpeg;base64") == 1


def test_a_card_tells_what_the_model_learnt_how_good_it_is_and_what_it_confuses(mine, trained, split):
    facelab.save_model(trained, mine.model_path, *split)
    card, problems = find_best(mine.folder)
    report = facelab.evaluate(trained, split[1])
    assert problems == [] and sum(card.facts["learnt"].values()) == 32 and card.total == 8
    assert card.right / card.total == report.accuracy and card.interval == report.interval
    assert card.baseline == report.baseline and [counts for _, counts in card.matrix] == report.confusion.tolist()
    assert card.facts["unsure"] == sum(100 * report.confidence < 60)
    told = dict(ModelCard(["anger", "joy"], FACTS).lines)
    assert told["배운 것"] == "기쁨 9장, 화남 7장 (모두 16장)" and told["사람"] == "4명"
    assert "8장 가운데 5장" in told["점수"] and "50%" in told["점수"] and "3장은 배울 때 이미 본" in told["점수"]
    assert told["착각하는 것"] == "화남을 기쁨으로 3번"
    assert "60%" in told["“모르겠다”"] and "2장에서" in told["“모르겠다”"] and "6장 가운데 4장" in told["“모르겠다”"]
    assert "슬픔, 놀람, 무표정" in told["모르는 것"]


def test_a_model_that_was_saved_without_its_test_says_so_and_is_not_the_best(mine, trained, split, sample):
    facelab.save_model(trained, mine.folder / "plain.skops")
    assert "모델 파일에 없어요" in dict(find_best(mine.folder)[0].lines)["점수"]
    facelab.save_model(trained, mine.folder / "learnt.skops", split[0])
    facelab.save_model(trained, mine.folder / "tested.skops", *split)
    (mine.folder / "broken.skops").write_bytes(b"x")
    card, [problem] = find_best(mine.folder)
    assert card.total == 8 and "broken.skops" in problem


def test_only_faces_are_noted_with_a_model(mine, trained, split, says):
    for wrong in (split[0].points, "train", split[0].select([])):
        says(
            "얼굴 데이터가 있어야", "have to be faces", lambda w=wrong: facelab.save_model(trained, mine.model_path, w)
        )
    assert not mine.model_path.exists()


def test_what_a_foreign_file_says_of_itself_is_believed_only_if_it_is_sound(tmp_path):
    wrong = [
        None,
        [],
        "facts",
        FACTS | {"version": 2},
        FACTS | {"people": "<script>"},
        FACTS | {"people": True},
        FACTS | {"unsure": -1},
        FACTS | {"learnt": {"boredom": 3}},
        FACTS | {"learnt": {}},
        FACTS | {"confusion": [["joy", "joy"]]},
        FACTS | {"confusion": [["joy", [], 3]]},
        {key: FACTS[key] for key in FACTS if key != "threshold"},
    ]
    assert are_sound(FACTS) and [each for each in wrong if are_sound(each)] == []
    path = tmp_path / "a.skops"
    for content in ("{", "[" * 100_000, json.dumps(FACTS) + " " * 100_000):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(MEMBER, content)
        assert read_facts(path) is None


def test_charts_are_kept_as_they_are_made_the_newest_once_each(mine):
    for number in [*range(MOST + 3), MOST - 1]:
        keep_chart(draw(number), f"그래프 {number}")
    kept = list_charts(mine.chart_folder)
    assert [told for _, told in kept][-2:] == [f"그래프 {MOST + 2}", f"그래프 {MOST - 1}"] and len(kept) == MOST
    (mine.chart_folder / "9999.png").write_bytes(b"no picture")
    text = hand_in("7").read_text(encoding="utf-8")
    assert text.count("data:image/png;base64,") == MOST - 1  # the newest twelve files, one of which is none


def test_an_experiment_with_dials_keeps_its_chart_and_a_lessons_own_cell_does_not(mine):
    widget = Experiment("imbalance")
    widget.session.repeats = 2
    widget.start.click()
    widget.wait()
    [(_, told)] = list_charts(mine.chart_folder)
    assert told and told in widget.message.value
    assert not is_own("facelab.exercises.progress()\n") and is_own("facelab.load_mine().plot()")


def test_the_kernel_keeps_charts_of_own_cells_and_never_a_photo(mine, sample):
    shown = {"In": ["thirty.plot().figure_  # mine"]}

    class Formatter:
        def format(self, figure, include=None, exclude=None):
            return {"image/png": draw(1)}, {}

    class Shell:
        display_formatter, user_ns = Formatter(), shown

    drawn.load_ipython_extension(Shell)
    chart = new_axes()
    chart.set_title("내 그래프")
    assert Shell.display_formatter.format(chart.figure)[0]["image/png"]
    assert [told for _, told in list_charts(mine.chart_folder)] == ["내 그래프"]
    face = new_axes()
    face.imshow(sample.images[0])
    Shell.display_formatter.format(face.figure)
    shown["In"] = ["facelab.exercises.progress()"]
    Shell.display_formatter.format(new_axes().figure)
    assert len(list_charts(mine.chart_folder)) == 1


def test_the_widget_keeps_each_word_and_tells_where_the_file_is(mine, tmp_path, monkeypatch):
    part = HandIn().part
    part.submit.click()
    assert "별명이나 번호를 적어" in part.done.value or not mine.hand_in_folder.exists()
    part.name.value, part.reflection.value = "7", "뜻밖이었어요"
    assert (
        load_draft()
        == {"name": "7", "reflection": "뜻밖이었어요"}
        == {"name": HandIn().part.name.value, "reflection": HandIn().part.reflection.value}
    )
    assert part.faces.value is False
    part.submit.click()
    assert "hand-in-7.html" in part.done.value and 'download="hand-in-7.html"' in part.link.value
    monkeypatch.setenv(CLASS_FOLDER, str(tmp_path / "class"))
    part.submit.click()
    assert "선생님의 폴더에도" in part.done.value and len(list((tmp_path / "class").glob("hand-in-7-*.html"))) == 1
    (tmp_path / "file").touch()
    monkeypatch.setenv(CLASS_FOLDER, str(tmp_path / "file"))
    part.submit.click()
    assert "직접 내 주세요" in part.done.value and mine.hand_in_folder.exists()


def test_pupils_with_one_nickname_do_not_replace_each_others_copy(tmp_path, monkeypatch):
    monkeypatch.setenv(CLASS_FOLDER, str(tmp_path / "class"))
    for pupil in ("one", "two"):
        monkeypatch.setenv("FACELAB_MINE", str(tmp_path / pupil))
        assert deliver(hand_in("7"))
    assert len(list((tmp_path / "class").iterdir())) == 2


def test_delete_everything_takes_hand_ins_words_and_charts_along(mine, sample):
    storage = Storage()
    collect(mine, sample, {0: "joy"})
    keep_chart(draw(1), "비밀")
    keep_answer("01.5", kind="open", answer="비밀")
    storage.hand_in.click()
    storage.handing_in.name.value, storage.handing_in.reflection.value = "7", "비밀"
    storage.handing_in.submit.click()
    assert {path.name for path in mine.folder.iterdir()} >= {"charts", "hand-ins", "hand-in.json"}
    storage.delete.click()
    storage.really.click()
    assert not mine.folder.exists() and storage.handing_in.reflection.value == storage.handing_in.link.value == ""


def test_a_draft_that_is_damaged_costs_nothing_else(mine):
    for content in (b"{", b"[]", b"\xff", b'{"name": 7}'):
        mine.folder.mkdir(exist_ok=True)
        mine.draft_path.write_bytes(content)
        assert set(load_draft()) == {"name", "reflection"}
    keep_draft("7", "")
    assert load_draft()["name"] == "7"
    keep_draft("", "")
    assert not mine.draft_path.exists()
