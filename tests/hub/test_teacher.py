"""The teacher's page, in a class of its own."""

import io
import re
import zipfile

import pytest

import facelab
from setup.hub.words import words
from tests.hub.conftest import TEACHER_PASSWORD

SAY = words("ko")
LEAVE_RUNNING = """
import subprocess, sys
code = "import time; held = bytearray(b'x') * 500_000_000; print('ready', flush=True); time.sleep(600)"
left = subprocess.Popen([sys.executable, "-c", code], start_new_session=True, stdout=subprocess.PIPE, text=True)
print(left.stdout.readline().strip())
"""


class Desk:
    """The teacher's browser."""

    def __init__(self, school):
        self.browser, self.log = school.browser(), school.log
        answer = self.browser.sign_in("teacher", "", TEACHER_PASSWORD, new=False)
        assert answer.headers["Location"] == "/hub/teacher" == self.browser.open("/").url.removeprefix(school.url)

    def do(self, what, files=None, **answers):
        """Press a button and return the page, its markup left out."""
        page = self.browser.open("/hub/teacher").text
        form = {"_xsrf": re.search('name="_xsrf" value="([^"]+)"', page)[1], "do": what, **answers}
        answer = self.browser.open("/hub/teacher", "POST", data=form, files=files)
        assert answer.status_code == 200, self.log.read_text(encoding="utf-8")[-3000:]
        return answer.text

    def rows(self):
        """Return the table of pupils as lists of their cells' texts."""
        return read_rows(self.browser.open("/hub/teacher").text)


def read_rows(page):
    rows = re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)
    cells = [
        [re.sub("<[^>]+>", "", cell).strip() for cell in re.findall(r"<td.*?>(.*?)</td>", row, re.S)] for row in rows
    ]
    return [row for row in cells if row]


@pytest.mark.slow
def test_a_teacher_deals_out_a_set_merges_the_labels_and_ends_the_class(new_class, tmp_path):
    school = new_class()
    names = ["가람", "나래", "다솜"]
    pupils = {name: school.join(name) for name in names[:2]}
    absent = school.browser()
    absent.sign_in(names[2], school.code)  # who has not opened a lesson yet
    desk = Desk(school)
    assert [row[:5] for row in desk.rows()] == [
        ["가람", "예", "0", "0", "0"],
        ["나래", "예", "0", "0", "0"],
        ["다솜", "아니요", "0", "0", "0"],
    ]

    # deal out
    assert SAY["no_set"] in desk.do("deal")
    teachers = facelab.MyData(tmp_path / "set")
    facelab.load_sample().take(joy=3, anger=3, seed=0).save(teachers.folder / "friend")
    facelab.merging.merge(teachers, teachers.folder / "friend")
    dealt = teachers.export(tmp_path / "set.zip", what="to_label").read_bytes()
    assert SAY["dealt"].format(count=3) in desk.do("deal", files={"set": ("set.zip", dealt)})
    assert [row[3:5] for row in desk.rows()] == [["6", "0"]] * 3
    said = desk.do("deal", files={"set": ("set.zip", b"no zip file")})
    assert SAY["dealt"].format(count=0) in said and said.count('class="problem"') == 3

    # merge the labels
    label = "import facelab; mine = facelab.MyData(); files = sorted(face.file for face in mine.faces()); "
    for name, given in zip(names, ("jjjaa", "jjjaj"), strict=False):
        words_of = {"j": "joy", "a": "anger"}
        labels = [words_of[letter] for letter in given]
        kernel = pupils[name].open_kernel()
        assert kernel.run(f"{label}mine.label_many(dict(zip(files, {labels!r}))); print(len(mine.labelled()))") == "5"
    page = desk.do("pool")
    assert SAY["pooled"].format(faces=5, shared=5, same=4) in page
    assert ["가람", "5 / 5", "1.00"] in read_rows(page)
    assert "4 / 5" in page and "photo" not in str(list((school.room.homes).glob("*/mine/photos/*")))
    assert SAY["pooled"].format(faces=5, shared=5, same=4) in desk.do("pool")  # the same again, if pressed again

    # hand-ins
    assert SAY["pooled"].split("{")[0] not in desk.do("collect")  # nobody has handed in: a sentence, and no failure
    for name in names[:2]:
        hand_in = f"from facelab.answers.handin import hand_in; print(hand_in({name!r}, '<b>재미있어요</b>').exists())"
        assert pupils[name].open_kernel().run(hand_in) == "True"
    page = desk.do("collect")
    assert "가람" in page and "나래" in page and "<b>재미있어요" not in page

    # a forgotten password
    said = desk.do("password", name="나래")
    password = re.search(r"나래에게만 새 비밀번호를 보여 주세요: (\w+)", said)[1]
    assert school.browser().sign_in("나래", school.code, new=False).status_code == 403
    assert school.browser().sign_in("나래", school.code, password, new=False).status_code == 302

    # the end, also where a pupil has left a program running that takes a moment to die
    assert pupils["가람"].open_kernel().run(LEAVE_RUNNING) == "ready"
    assert SAY["not_sure"] in desk.do("end") and len(desk.rows()) == 3
    accounts = [school.account(name) for name in names]
    before = school.code
    page = desk.do("end", sure="yes")
    folder = school.room.folder.with_name(re.search(r"(class-[\d-]+)", page)[1])
    try:
        assert sorted(file.name for file in folder.iterdir()) == [f"{name}.zip" for name in names]
        assert folder.stat().st_mode & 0o777 == 0o700
        with zipfile.ZipFile(io.BytesIO((folder / "가람.zip").read_bytes())) as exported:
            assert "joy" in exported.read("faces/faces.csv").decode("utf-8-sig")
    finally:
        for file in folder.iterdir():
            file.unlink()
        folder.rmdir()
    assert desk.rows() == []
    assert not [entry.pw_dir for entry in accounts if (school.room.homes / entry.pw_name).exists()]
    with pytest.raises(KeyError):
        school.account("가람")
    school.room = type(school.room)(school.room.folder)
    assert school.code != before
    assert school.browser().sign_in("가람", before, new=False).status_code == 403
    assert SAY["unknown_name"].format(name="가람") in school.browser().sign_in("가람", school.code, new=False).text


@pytest.mark.slow
def test_a_link_that_a_pupil_has_laid_leads_a_teachers_doing_nowhere(new_class):
    """What is done for the teacher is done by the pupil's account: it reads and writes no more than the pupil could."""
    school = new_class()
    pupil, desk = school.join("라온"), Desk(school)
    secret = school.room.secret / "class.json"
    kernel = pupil.open_kernel()
    kernel.run(
        "import facelab; mine = facelab.MyData().folder; (mine / 'faces').mkdir(exist_ok=True)\n"
        f"for file in ('faces/faces.csv', 'model.skops'): (mine / file).symlink_to({str(secret)!r})"
    )
    row = desk.rows()[0]
    assert row[0] == "라온" and school.code not in str(row)
    before = secret.read_bytes()
    desk.do("deal", files={"set": ("set.zip", b"PK")})
    page = desk.do("end", sure="yes")
    folder = school.room.folder.with_name(re.search(r"(class-[\d-]+)", page)[1])
    kept = b"".join(file.read_bytes() for file in folder.iterdir())
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()
    assert school.code.encode() not in kept
    assert '"id"' in before.decode()
