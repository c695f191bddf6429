"""A zip from elsewhere is unpacked inside its folder, bounded in number and size, or refused in one sentence."""

import io
import os
import stat
import struct
import sys
import unicodedata
import zipfile

import pytest

from facelab import archives, files
from facelab.archives import list_files, open_archive, read_member, unpack
from tests.helpers import pack


def list_all(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def make_link(name, target):
    link = zipfile.ZipInfo(name)
    link.create_system = 3  # Unix
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    return {link: target}


def test_a_zip_is_unpacked_with_its_folders_but_not_with_what_is_hidden(tmp_path):
    unpack(
        pack({"photos/나 😀.jpg": b"a", "photos.csv": b"b", "__MACOSX/photos/._a": b"", ".DS_Store": b""}),
        "a",
        tmp_path,
    )
    assert list_all(tmp_path) == ["photos", "photos.csv", "photos/나 😀.jpg"]
    assert (tmp_path / "photos" / "나 😀.jpg").read_bytes() == b"a"


def test_korean_names_are_read_as_windows_and_a_mac_write_them(tmp_path, subtests):
    for encoding in ("cp949", "utf-8"):
        name = "사진.jpg".encode(encoding)
        unpack(pack({"x" * len(name): b"a"}).replace(b"x" * len(name), name), "a.zip", tmp_path / encoding)
        with subtests.test(encoding):
            assert list_all(tmp_path / encoding) == ["사진.jpg"]


ELSEWHERE = ["../evil.jpg", "a/../../evil.jpg", "/etc/evil.jpg", "..\\evil.jpg", "C:\\evil.jpg", "C:evil.jpg"]


def test_a_file_that_points_elsewhere_makes_the_whole_zip_refused(tmp_path, says, subtests):
    for path in [*ELSEWHERE, "\\\\pc\\x\\y"]:
        data = pack({"good.jpg": b"a", path: b"b"})
        with subtests.test(path):
            says("다른 폴더에", "into other folders", lambda data=data: unpack(data, "all.zip", tmp_path / "in"))
            assert list_all(tmp_path) == []


def test_a_link_makes_the_whole_zip_refused(tmp_path, says):
    data = pack({"good.jpg": b"a"} | make_link("secret", "/etc/passwd"))
    says("바로 가기(secret)", "a link to another place (secret)", lambda: unpack(data, "all.zip", tmp_path))
    assert list_all(tmp_path) == []


def test_a_bomb_is_refused_by_the_sizes_that_it_tells(tmp_path, says, monkeypatch):
    data = pack({"a": b"0" * 3_000_000, "b": b"0" * 3_000_000})
    assert len(data) < 10_000
    monkeypatch.setattr(archives, "LARGEST_FILE", 2 * 1024**2)
    says("“a”: 압축을 풀면 2MB가", "“a” would unpack to more than 2\u00a0MB", lambda: unpack(data, "all.zip", tmp_path))
    monkeypatch.setattr(archives, "LARGEST_WHOLE", 5_000_000)
    says("풀면 0GB가 넘어서", "unpack to more than 0\u00a0GB", lambda: unpack(data, "all.zip", tmp_path))
    monkeypatch.setattr(archives, "MOST_FILES", 1)
    says("파일이 1개보다 많아서", "(the most is 1)", lambda: unpack(data, "all.zip", tmp_path))
    assert list_all(tmp_path) == []


def test_a_bomb_that_lies_about_its_size_unfolds_no_further_than_it_told(tmp_path, says):
    size = 50_000_000
    data = pack({"a": bytes(size)}).replace(struct.pack("<I", size), struct.pack("<I", 100))
    with open_archive(pack({"a": b"b"}), "x") as fine:
        assert [read_member(fine, *each) for each in list_files(fine)] == [b"b"]
    says("망가졌거나", "is damaged", lambda: unpack(data, "all.zip", tmp_path))
    assert all(path.stat().st_size <= 100 for path in tmp_path.iterdir())


# Names that cannot all become files, and the one that is told.
CLASHES = {
    "a.jpg": ["a.jpg", "photos/a.jpg", "a.jpg"],
    ".": ["", "a.jpg"],
    "a/b.jpg": ["a", "a/b.jpg"],
    "a/b.jpg/c/d.jpg": ["a/b.jpg/c/d.jpg", "a/b.jpg"],
    "사진.jpg": ["사진.jpg", unicodedata.normalize("NFD", "사진.jpg")],
    "b/c.jpg": ["b\\c.jpg", "b/c.jpg"],
    "d.jpg": ["./d.jpg", "d.jpg"],
}


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_names_that_clash_are_told_as_that_and_nothing_is_unpacked(tmp_path, says, subtests):
    for file, names in CLASHES.items():
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as archive:
            for name in names:
                archive.writestr(zipfile.ZipInfo(name), b"a")
        data = content.getvalue()
        with subtests.test(file):
            says(f"파일({file})", f"clash in their names ({file})", lambda data=data: unpack(data, "a.zip", tmp_path))
            assert list_all(tmp_path) == []


def test_a_name_that_this_computer_takes_for_another_replaces_nothing(tmp_path, says):
    """As where a.jpg and A.jpg are one."""
    (tmp_path / "a.jpg").write_bytes(b"first")
    says("겹치는 파일(a.jpg)", "names (a.jpg)", lambda: unpack(pack({"a.jpg": b"second"}), "all.zip", tmp_path))
    assert (tmp_path / "a.jpg").read_bytes() == b"first"


def test_what_cannot_be_unfolded_bit_by_bit_is_refused(tmp_path, says):
    for way in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        says("흔하지 않은 방법", "an unusual way", lambda way=way: unpack(pack({"a": b"a"}, way), "all.zip", tmp_path))


def test_a_locked_zip_is_told(tmp_path, says):
    data = bytearray(pack({"a": b"a"}))
    data[6] |= 1  # the flag for a password, in the entry itself and in the list at the end
    data[data.index(b"PK\1\2") + 8] |= 1
    says("암호가 걸려", "locked with a password", lambda: unpack(bytes(data), "all.zip", tmp_path))


def test_a_zip_cut_off_or_changed_at_any_place_is_told_or_read(tmp_path):
    data = pack({"photos/a.jpg": bytes(range(200)), "b.csv": b"file,label"})
    for place in range(len(data)):
        for broken in (data[:place], data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]):
            try:
                unpack(broken, "all.zip", tmp_path / "in")
            except ValueError as problem:
                assert "all.zip" in str(problem) or "a.jpg" in str(problem) or "b.csv" in str(problem)
    assert list_all(tmp_path)[0] == "in" and len(list(tmp_path.iterdir())) == 1


def test_a_name_that_is_too_long_for_this_computer_is_told(tmp_path, says):
    data = pack({"good.jpg": b"a", "가" * 90 + ".jpg": b"b"})
    if sys.platform == "linux":  # others count letters
        folders = iter((tmp_path / "ko", tmp_path / "en"))
        says("긴 이름의 파일(가가", "too long for this computer (가가", lambda: unpack(data, "all.zip", next(folders)))


def test_a_full_disk_is_no_matter_of_names(tmp_path, monkeypatch, full_disk):
    monkeypatch.setattr(files.os, "fsync", full_disk)
    with pytest.raises(OSError, match="No space"):
        unpack(pack({"a.jpg": b"a"}), "all.zip", tmp_path)


def test_files_are_packed_as_they_lie_or_with_the_content_given(tmp_path):
    (tmp_path / "faces").mkdir()
    (tmp_path / "faces" / "나.jpg").write_bytes(b"a")
    os.utime(tmp_path / "faces" / "나.jpg", (0, 0))  # 1970: before zip files can tell
    lying = {f"{name}.jpg": tmp_path / f"{name}.jpg" for name in ("faces/나", "gone")}
    contents = {"faces/faces.csv": b"file"} | lying
    assert archives.pack(tmp_path / "all.zip", contents) == ["gone.jpg"]
    unpack(tmp_path / "all.zip", "all.zip", tmp_path / "out")
    assert list_all(tmp_path / "out") == ["faces", "faces/faces.csv", "faces/나.jpg"]
    assert (tmp_path / "out" / "faces" / "faces.csv").read_bytes() == b"file"


def test_an_export_that_cannot_be_finished_leaves_nothing_and_the_one_before_stays(tmp_path, monkeypatch, full_disk):
    archives.pack(tmp_path / "all.zip", {"a": b"before"})
    before = (tmp_path / "all.zip").read_bytes()
    for place, name, harm in ((files.os, "fsync", full_disk), (zipfile.ZipFile, "testzip", lambda _: "a")):
        with monkeypatch.context() as patch, pytest.raises(OSError):
            patch.setattr(place, name, harm)
            archives.pack(tmp_path / "all.zip", {"a": b"after"})
        assert (tmp_path / "all.zip").read_bytes() == before and list_all(tmp_path) == ["all.zip"]


def test_a_zip_whose_names_make_no_tree_is_told(tmp_path, subtests):
    cases = {
        "a member as file and as folder": {"a": b"1", "a/b.jpg": b"2"},
        "two of one name": {zipfile.ZipInfo("a.jpg"): b"1", zipfile.ZipInfo("x/../a.jpg"): b"2"},
        "an empty name": {zipfile.ZipInfo(""): b"1"},
        "a dot": {".": b"1"},
        "names that differ only for Python": {"a.jpg": b"1", "./a.jpg": b"2"},
    }
    for what, files_inside in cases.items():
        with subtests.test(what):
            with pytest.raises(ValueError):
                unpack(pack(files_inside), "all.zip", tmp_path / "in")
            assert list_all(tmp_path) == []
