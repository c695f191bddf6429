"""A class's hand-ins in one table and on one page, whatever some of them hold."""

import csv
import json
import zipfile
from dataclasses import asdict

import pytest

from facelab.answers.card import ModelCard
from facelab.answers.collecting import PAGE, TABLE, collect, guard_cell, write_class
from facelab.answers.handin import kit_version
from facelab.answers.page import digest_page, write_hand_in
from facelab.answers.texts import list_exercises
from facelab.language import use_language
from setup.collecting import main
from tests.answers.test_hand_in import FACTS

ATTACK = "</script><img src=x onerror=alert(1)>\"'&"
OPEN = [name for name, texts in list_exercises().items() if texts["kind"] == "open"]


def answer(exercise, said, result, tries=1):
    return {"exercise": exercise, "answer": said, "ideas": "", "tries": str(tries), "result": result}


def write(folder, name, *answers, file=None, card=None, **changes):
    content = {"format": 1, "kit": kit_version(), "language": "ko", "made": "2026-11-27T10:00:00+09:00", "name": name}
    content |= {"reflection": "", "exercises": list(answers), "card": card and asdict(card)} | changes
    path = folder / f"{file or name}.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(write_hand_in(content, None, [], [], []))
    return path


def read_csv(folder):
    with open(folder / TABLE, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "class").mkdir()
    return tmp_path / "class"


def test_thirty_hand_ins_become_one_table_and_one_page(folder):
    """Ten guess joy, twenty anger; exercise 1.3 stops nine, 1.2 three; numbers fall into steps."""
    for pupil in range(30):
        rows = [answer("01.1", "joy" if pupil < 10 else "anger", "guessed")]
        rows.append(answer("01.3", "yawn", "wrong" if pupil < 9 else "right", tries=2))
        rows.append(answer("01.2", "x", "wrong" if pupil < 3 else "right", tries=4))
        rows.append(answer("03.2", f"{pupil * 3} %", "guessed"))
        card = ModelCard(["joy", "anger"], FACTS) if pupil == 5 else None
        write(folder, f"학생 {pupil}", *rows, file=f"{pupil % 3}/{pupil}", card=card, reflection=f"생각 {pupil}")
    work = collect(folder)
    assert work.notes == [] and len(work.pupils) == work.files == 30
    assert work.missed == [("01.3", 9, 30, 2.0), ("01.2", 3, 30, 4.0)]
    assert work.guesses["01.1"] == {"기쁨": 10, "화남": 20}
    assert sum(work.guesses["03.2"].values()) == 30 and len(work.guesses["03.2"]) == 10
    write_class(work, folder)
    rows = read_csv(folder)
    assert [row["별명"] for row in rows] == [f"학생 {pupil}" for pupil in range(30)]
    assert {row["해냄"] for row in rows} == {"2", "3", "4"} and rows[0]["내 답 1.1"] == "기쁨"
    assert (folder / TABLE).read_bytes().startswith(b"\xef\xbb\xbf")
    page = (folder / PAGE).read_text(encoding="utf-8")
    assert "해 본 30명 가운데 9명" in page and "생각 29" in page and "8장 가운데 5장" in page and "<script" not in page
    assert len(collect(folder).pupils) == 30 and collect(folder).notes == []  # its own page is no hand-in


def test_what_is_wrong_with_a_file_is_told_in_a_sentence_and_the_rest_goes_on(folder):
    whole = write(folder, "하나")
    page = whole.read_bytes()
    part = page[page.index(b'{"format"') : page.index(b"</script>")]

    def put(name, content):
        (folder / name).write_bytes(content)

    def swap(**changes):
        return page.replace(part, json.dumps(json.loads(part) | changes).encode())

    put("바뀐 것.html", page.replace(b"\\ud558\\ub098", b"\\ub458"))
    put("잘린 것.html", page[:-2000])
    put("남의 것.html", b"<p>hello")
    put("빈 것.html", b"")
    put("새것.html", swap(format=2))
    put("other.html", page.replace(b"</html>", b"</html>\r\n"))
    damaged = [{"made": "어제"}, {"made": "2026-11-27T10:00:00"}, {"name": ""}, {"name": None}, {"exercises": [7]}]
    damaged += [
        {"exercises": [answer("01.1", "joy", "great")]},
        {"card": {"classes": ["<b>"], "facts": None}},
        {"card": 3},
    ]
    damaged += [{"format": "1"}, {"exercises": [answer("01.1", "joy", "right", tries="viele")]}]
    for number, changes in enumerate(damaged):
        put(f"망가진 것 {number}.html", swap(**changes))
    put("deep.html", page.replace(part, b"[" * 100_000))
    notes = collect(folder).notes
    for file, words in {
        "바뀐 것.html": "내용이 바뀌었어요(둘)",
        "잘린 것.html": "제출 파일이 아니라서" if b"facelab-hand-in" not in page[:-2000] else "망가져서",
        "남의 것.html": "제출 파일이 아니라서",
        "빈 것.html": "제출 파일이 아니라서",
        "새것.html": "더 새로운 버전의 표정찾기",
        "deep.html": "망가져서",
        **{f"망가진 것 {number}.html": "망가져서" for number in range(len(damaged))},
    }.items():
        assert [note for note in notes if note.startswith(file) and words in note], (file, notes)
    assert [each.name for each in collect(folder).pupils] == ["둘", "하나"]


def test_of_several_with_one_nickname_the_newest_counts_and_both_are_told(folder):
    write(folder, "별이 A", file="old", made="2026-11-27T12:00:00+09:00", reflection="옛것")
    write(folder, "별이 a", file="new", made="2026-11-27T04:00:00+00:00", reflection="새것")
    work = collect(folder)
    [note] = work.notes
    assert [each.reflection for each in work.pupils] == ["새것"]
    assert all(word in note for word in ("old.html", "new.html", "가장 나중에 만든 new.html"))


def test_another_version_of_the_kit_and_unknown_exercises_are_no_reason_to_leave_somebody_out(folder):
    write(folder, "7", answer("01.1", "joy", "guessed"), answer("99.1", "x", "right"), kit="9.9.9")
    work = collect(folder)
    assert list(work.pupils[0].answers) == ["01.1"] and "9.9.9" in work.notes[0] and kit_version() in work.notes[0]


def test_nothing_that_a_pupil_wrote_runs_on_the_teachers_page_or_in_a_spreadsheet(folder):
    rows = [answer(name, ATTACK, "written") for name in OPEN]
    rows += [answer("01.1", ATTACK, "guessed"), answer("01.3", ATTACK, "wrong"), answer("03.2", ATTACK, "guessed")]
    write(folder, ATTACK[:38], *rows, file="a", reflection=ATTACK, kit=ATTACK[:20])
    write(
        folder,
        "=HYPERLINK(1)",
        answer(OPEN[0], "=cmd|' /C calc'!A1", "written"),
        file='"><b onclick=x',
        reflection="@x",
    )
    write_class(collect(folder), folder)
    page = (folder / PAGE).read_text(encoding="utf-8")
    assert "<img" not in page and "<script" not in page and 'href=""' not in page and "<b onclick" not in page
    assert "default-src 'none'" in page and "&lt;img src=x" in page
    first = next(row for row in read_csv(folder) if "HYPERLINK" in row["별명"])
    assert first["별명"] == "'=HYPERLINK(1)" and first["돌아보기"] == "'@x"
    for start in ("=", "+", "-", "@", " =", "\t=", "\r@", "＝"):
        assert guard_cell(f"{start}1") == f"'{start}1", start


def test_hand_ins_in_a_zip_are_read_and_a_damaged_zip_is_told(folder):
    path = write(folder, "7")
    with zipfile.ZipFile(folder / "모음.zip", "w") as archive:
        archive.writestr("반/7.html", path.read_bytes())
        archive.writestr("반/사진.jpg", b"x")
    path.unlink()
    (folder / "broken.zip").write_bytes(b"PK")
    work = collect(folder)
    assert [each.file for each in work.pupils] == ["모음.zip/반/7.html"] and "broken.zip" in work.notes[0]


def test_a_file_that_is_too_large_is_not_even_read(folder):
    with open(folder / "huge.html", "wb") as file:
        file.truncate(31_000_000)
    assert "30MB보다" in collect(folder).notes[0]


def test_the_checksum_minds_words_and_not_the_ends_of_lines(folder):
    page = write(folder, "7").read_bytes()
    assert digest_page(page) == digest_page(page.replace(b"\n", b"\r\n")) != digest_page(page.replace(b"7", b"8"))


def test_the_command_tells_what_it_did_in_the_language_that_was_asked_for(folder, capsys, says):
    write(folder, "7")
    for language, words in {"ko": "1명의 것을 모았어요", "en": "Files read: 1. Pupils: 1."}.items():
        assert main(str(folder), language) == 0
        said = capsys.readouterr().out
        assert words in said and str(folder / PAGE) in said
        assert f'lang="{language}"' in (folder / PAGE).read_text(encoding="utf-8")
    assert main(str(folder / "none"), "en") == 1 and "There is no folder" in capsys.readouterr().out
    use_language("ko")


def test_an_empty_folder_makes_a_page_that_says_so(folder):
    write_class(collect(folder), folder)
    assert "읽을 수 있는 제출물이 없어요" in (folder / PAGE).read_text(encoding="utf-8")
