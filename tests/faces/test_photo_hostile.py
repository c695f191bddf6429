"""Whatever is no readable photo ends in one sentence: soon, in little memory, and never in another error."""

import gc
import io
import os
import pickle
import struct
import subprocess
import sys
import time
import unicodedata
import warnings
import zlib
from itertools import product
from unittest.mock import Mock

import numpy as np
import pillow_heif
import psutil
import pytest
from PIL import Image

import facelab
from facelab.faces import photo as photo_module
from facelab.faces.photo import UnreadablePhoto, encode_jpeg, read_photo
from facelab.language import use_language

pillow_heif.register_heif_opener()  # so that the tests can write HEIC, too

FORMS = ("JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF", "HEIF", "AVIF", "MPO")


def encode(form, width=64, height=48, **options):
    noise = np.random.default_rng(0).integers(0, 256, (height, width, 3), np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(noise).save(buffer, form, **options)
    return buffer.getvalue()


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_bomb(width, height):
    """A true PNG, black and white, all white: a hundred kilobytes that want gigabytes."""
    press = zlib.compressobj(1)
    rows = [press.compress((b"\0" + b"\xff" * ((width + 7) // 8)) * 1000) for _ in range(height // 1000)]
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    data = b"".join(rows) + press.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def tiff_bomb(width, height):
    """A TIFF whose one compressed strip claims to unfold to the whole picture."""
    strip = zlib.compress(bytes(1_000_000))
    tags = {256: width, 257: height, 258: 8, 259: 8, 262: 1, 273: 8, 277: 1, 278: height, 279: len(strip)}
    entries = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags.items())
    end = 8 + len(strip)
    return b"II*\0" + struct.pack("<I", end) + strip + struct.pack("<H", len(tags)) + entries + bytes(4)


def with_size_claim(form, width, height):
    """A small picture whose header was changed so that it claims another size."""
    content = bytearray(encode(form))
    if form == "JPEG":
        place = content.index(b"\xff\xc0") + 5
        content[place : place + 4] = struct.pack(">HH", height, width)
    elif form == "GIF":
        content[6:10] = struct.pack("<HH", width, height)
    elif form == "BMP":
        content[18:26] = struct.pack("<ii", width, height)
    elif form in ("HEIF", "AVIF"):
        place = content.index(b"ispe") + 8
        content[place : place + 8] = struct.pack(">II", width, height)
    elif form == "WEBP":  # the extended header: 24 bits each, one less than the size
        head = bytes(4) + struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
        body = b"WEBPVP8X" + struct.pack("<I", 10) + head + content[12:]
        content = b"RIFF" + struct.pack("<I", len(body)) + body
    return bytes(content)


BOMBS = {
    "PNG": png_bomb(30000, 30000),
    "PNG just over": png_bomb(10000, 10000),
    "TIFF": tiff_bomb(30000, 30000),
    "TIFF just over": tiff_bomb(10000, 10000),
    **{form: with_size_claim(form, 30000, 30000) for form in ("JPEG", "GIF", "BMP", "HEIF", "AVIF", "WEBP")},
}
SVG = b'<?xml version="1.0"?>\n<!-- a face -->\n<svg xmlns="http://www.w3.org/2000/svg"><circle r="9"/></svg>'
VIDEOS = (
    b"\0\0\0\x20ftypisom\0\0\2\0",
    b"\0\0\0\x14ftypqt  \0\0\0\0",
    b"RIFF\0\0\1\0AVI LIST",
    b"\x1aE\xdf\xa3\x93B\x86",
)

CONTENTS = {
    "empty": [b""],
    "truncated": [encode(form)[: len(encode(form)) // 2] for form in FORMS] + [encode(form)[:20] for form in FORMS],
    "video": [start + bytes(3000) for start in VIDEOS],
    "pdf": [b"%PDF-1.7\n" + bytes(100)],
    "web_page": [b"<!DOCTYPE html><html><svg></svg></html>", b"\xef\xbb\xbf\n<HTML lang='ko'>", b"<?xml?><html>"],
    "drawing": [SVG, b"<svg/>", b"\xef\xbb\xbf  " + SVG],
    "not_a_photo": [
        *(b"PK\3\4" + bytes(99), bytes(5000), "안녕하세요".encode(), b"BMW is a car", b"\x1f\x8b" + bytes(50), b"x")
    ],
    "too_small": [encode("PNG", 1, 1), encode("PNG", 15, 4000), encode("JPEG", 4000, 15), encode("GIF", 2, 2)],
    # HEIC, AVIF and WebP files that contradict themselves may be found damaged first
    "too_large": [content for kind, content in BOMBS.items() if kind not in ("HEIF", "AVIF", "WEBP")],
}


def test_each_content_is_refused_for_its_reason(tmp_path, subtests):
    path = tmp_path / "웃음.jpg"
    for reason, number, content in ((r, n, each) for r, all_of in CONTENTS.items() for n, each in enumerate(all_of)):
        path.write_bytes(content)
        for source, start in ((content, "이 파일은 "), (path, "“웃음.jpg” 파일은 ")):
            with subtests.test(f"{reason} {number}"):
                problem = refusal(source)
                assert problem.reason == reason and str(problem).startswith(start)


def refusal(source):
    with pytest.raises(UnreadablePhoto) as problem:
        read_photo(source)
    return problem.value


def test_a_photo_of_the_smallest_size_is_read():
    assert read_photo(encode("PNG", 16, 16)).shape == (16, 16, 3)


def test_a_missing_file_is_named_with_the_folder_searched(tmp_path):
    problem = refusal(tmp_path / "없음.jpg")
    assert problem.reason == "missing"
    assert str(tmp_path) in str(problem) and "“없음.jpg”" in str(problem)


def test_impossible_names_are_missing_files():
    for path in ("a\0b.jpg", "x" * 5000, "no/such/folder/me.jpg", "", "https://example.org/me.jpg"):
        assert refusal(path).reason == "missing" and str(refusal(path)), path


def test_a_folder_is_told_from_a_photo(tmp_path):
    (tmp_path / "사진.jpg").mkdir()
    assert refusal(tmp_path / "사진.jpg").reason == "folder"
    assert "“사진.jpg”" in str(refusal(tmp_path / "사진.jpg"))


def test_a_file_that_the_computer_keeps_shut(tmp_path, monkeypatch):
    (tmp_path / "me.jpg").write_bytes(b"")
    monkeypatch.setattr("builtins.open", Mock(side_effect=PermissionError(13, "Permission denied")))
    assert refusal(tmp_path / "me.jpg").reason == "no_permission"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes with a file name")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "me.jpg")
    assert refusal(tmp_path / "me.jpg").reason == "not_a_photo"


def test_what_is_neither_file_nor_bytes_is_refused():
    for source in (None, 3, ["a.jpg"], np.zeros((20, 20, 3), np.uint8), io.StringIO("a.jpg")):
        assert refusal(source).reason == "wrong_source"
        assert type(source).__name__ in str(refusal(source))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has file names that are no text")
def test_a_name_that_is_no_text_can_still_be_printed(tmp_path):
    path = os.fsencode(tmp_path) + b"/\xff.jpg"
    with open(path, "wb"):
        str(refusal(os.fsdecode(path))).encode("utf-8")


def test_a_name_from_a_mac_is_joined_for_the_sentence(tmp_path):
    (tmp_path / unicodedata.normalize("NFD", "웃음.jpg")).write_bytes(b"")
    assert "“웃음.jpg”" in str(refusal(tmp_path / unicodedata.normalize("NFD", "웃음.jpg")))


SENTENCES = {
    "missing": ({"folder": "/나"}, "찾을 수 없어요", "was not found"),
    "folder": ({}, "폴더가 있어요", "is a folder"),
    "no_permission": ({}, "열어 주지 않아요", "cannot be opened"),
    "empty": ({}, "비어 있어요", "is empty"),
    "truncated": ({}, "깨져서 읽을 수 없어요", "damaged"),
    "not_a_photo": ({}, "사진이 아니에요", "is not a photo"),
    "web_page": ({}, "웹 페이지예요", "is a web page"),
    "drawing": ({}, "그림(SVG)이에요", "is a drawing"),
    "pdf": ({}, "PDF 문서예요", "is a PDF"),
    "video": ({}, "동영상이에요", "is a video"),
    "too_small": ({"width": 1, "height": 2, "least": 16}, "가로 1픽셀, 세로 2픽셀", "too small: 1 × 2"),
    "too_large": ({"most": 64}, "6400만 화소가 넘어서", "more than 64 million pixels"),
    "wrong_source": ({"found": "int"}, "받은 것은 int예요", "of type int"),
}


def test_each_reason_is_a_sentence_in_the_language_of_the_moment(subtests):
    for (reason, (values, korean, english)), name in product(SENTENCES.items(), ("", "{x} 100%.jpg")):
        problem = UnreadablePhoto(reason, name, **values)
        for language, words in (("ko", korean), ("en", english)):
            use_language(language)
            with subtests.test(reason, name=name, language=language):
                assert words in str(problem)
                assert not name or reason == "wrong_source" or name in str(problem)


def test_every_reason_in_the_sources_has_its_sentence():
    assert set(CONTENTS) | {"missing", "folder", "no_permission", "wrong_source"} == set(SENTENCES)


def test_a_refusal_travels_between_processes_whole():
    problem = refusal(encode("PNG", 3, 5))
    again = pickle.loads(pickle.dumps(problem))
    assert type(again) is UnreadablePhoto
    assert (again.reason, again.name, again.values, str(again)) == ("too_small", "", problem.values, str(problem))


def test_a_lesson_shows_the_sentence_without_a_traceback(tmp_path, capsys, monkeypatch):
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    shell = InteractiveShell(config=Config({"HistoryManager": {"enabled": False}}))
    shell.run_cell("from facelab.faces.photo import read_photo; read_photo(b'')")
    shown = capsys.readouterr()
    assert shown.out.strip() == str(UnreadablePhoto("empty"))
    assert shown.err == ""


# Runs in a process of its own, so that the memory of decoders written in C counts, too.
READ = """
import sys, time, warnings
warnings.simplefilter("error")
from facelab.faces.photo import UnreadablePhoto, read_photo
start = time.process_time()
try:
    print("read", read_photo(sys.argv[1]).shape)
except UnreadablePhoto as problem:
    print(problem.reason)
print(time.process_time() - start)
"""


def read_elsewhere(path):
    """Read in a new process; return what it says, its seconds of work, and its highest memory in megabytes."""
    environment = {**os.environ, "PYTHONPATH": os.curdir}
    process = subprocess.Popen([sys.executable, "-c", READ, path], env=environment, stdout=-1, stderr=-2, text=True)
    highest = 0
    while process.poll() is None:
        try:
            highest = max(highest, psutil.Process(process.pid).memory_info().rss)
        except psutil.NoSuchProcess:
            break
        time.sleep(0.002)
    said, seconds = process.communicate()[0].splitlines()
    return said, float(seconds), highest / 2**20


def test_a_bomb_is_refused_within_a_second_and_500_megabytes(tmp_path, subtests):
    for kind, content in BOMBS.items():
        (tmp_path / "bomb").write_bytes(content)
        with subtests.test(kind):
            said, seconds, megabytes = read_elsewhere(tmp_path / "bomb")
            assert said in ("too_large", "truncated")
            assert seconds < 1 and megabytes < 500


def test_the_measure_of_memory_sees_what_a_decoder_takes(tmp_path):
    (tmp_path / "large.jpg").write_bytes(encode_jpeg(np.zeros((4000, 6000, 3), np.uint8)))
    said, _, megabytes = read_elsewhere(tmp_path / "large.jpg")
    assert said == "read (4000, 6000, 3)"
    assert 7 * 24_000_000 / 2**20 < megabytes < 13 * 24_000_000 / 2**20 + 100


def spoil(content, generator):
    """Cut a file off somewhere, or change a few of its bytes."""
    if generator.random() < 0.3:
        return content[: generator.integers(1, len(content))]
    spoilt = np.frombuffer(content, np.uint8).copy()
    reach = len(spoilt) if generator.random() < 0.5 else min(200, len(spoilt))  # headers are where the harm is done
    places = generator.integers(0, reach, generator.integers(1, 9))
    spoilt[places] = generator.integers(0, 256, len(places))
    return spoilt.tobytes()


def test_spoilt_files_end_in_an_array_or_a_sentence(capfd, subtests):
    for form in FORMS:
        with subtests.test(form), warnings.catch_warnings():
            warnings.simplefilter("error")
            assert "truncated" in read_spoilt(form, np.random.default_rng(sum(form.encode())))
            gc.collect()  # so that a file left open would warn now
            assert capfd.readouterr() == ("", "")


def read_spoilt(form, generator):
    """Read a file that was spoilt in a hundred ways, and return the reasons why it was refused."""
    content = encode(form, exif=Image.Exif().tobytes()) if form not in ("BMP", "GIF") else encode(form)
    reasons = set()
    for _ in range(100):
        try:
            read = read_photo(spoil(content, generator))
            assert read.dtype == np.uint8 and read.ndim == 3 and read.shape[2] == 3
        except UnreadablePhoto as problem:
            reasons.add(problem.reason)
            assert str(problem)
    return reasons


# Files that end too early, and others that only look harmless


def test_a_jpeg_that_lacks_its_end_mark_alone_is_read_and_one_that_lacks_more_tells_how_much():
    photo = facelab.load_sample().images[0]
    content = encode_jpeg(photo)
    assert (read_photo(content[:-2]) == read_photo(content)).all()
    with pytest.raises(UnreadablePhoto, match=r"아래쪽 \d\d%") as problem:
        read_photo(content[: len(content) // 2])
    assert problem.value.reason == "truncated" and 20 < float(problem.value.values["lost"]) < 90


def test_a_jpeg_of_thousands_of_scans_is_refused_before_it_is_decoded():
    buffer = io.BytesIO()
    Image.fromarray(facelab.load_sample().images[0]).save(buffer, "JPEG", progressive=True)
    content = buffer.getvalue()
    assert read_photo(content).shape == (320, 320, 3)  # as the web's photos are
    last_scan = content[content.rindex(b"\xff\xda") : -2]
    with pytest.raises(UnreadablePhoto, match="5009|500[0-9]|501[0-9]") as problem:
        read_photo(content[:-2] + 5000 * last_scan + content[-2:])
    assert problem.value.reason == "too_many_scans"


def test_a_format_whose_decoder_takes_more_memory_has_a_limit_of_its_own(monkeypatch):
    assert max(photo_module._MOST_PIXELS_OF.values()) < photo_module.MOST_PIXELS
    for form in ("WEBP", "AVIF"):
        monkeypatch.setitem(photo_module._MOST_PIXELS_OF, form, 64 * 48)  # larger files take long to be made
        assert read_photo(encode(form, 64, 48)).shape == (48, 64, 3)
        assert refusal(encode(form, 65, 48)).reason == "too_large"


def test_nothing_but_the_sentence_appears_for_a_damaged_tiff(capfd):
    content = encode("TIFF", compression="tiff_lzw")
    with pytest.raises(UnreadablePhoto):
        read_photo(content[:200] + b"\xff" * 3000 + content[3200:])
    assert capfd.readouterr() == ("", "")
