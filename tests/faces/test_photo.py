"""Photos of every kind come out upright and in the right colours; JPEGs go out whole."""

import io
import unicodedata
from itertools import product
from pathlib import Path

import numpy as np
import pillow_heif
from PIL import Image

from facelab.faces import photo as images
from facelab.faces.photo import encode_jpeg, find_named, read_photo, shrink

pillow_heif.register_heif_opener()  # so that the tests can write HEIC, too

# The bytes of one small photo in each kind of file: how Pillow is to save it, and how far its colours may be off.
KINDS = {
    "jpeg": ("RGB", {"format": "JPEG", "quality": 95}, 3),
    "jpeg progressive": ("RGB", {"format": "JPEG", "quality": 95, "progressive": True}, 3),
    "jpeg cmyk": ("CMYK", {"format": "JPEG", "quality": 95}, 4),
    "mpo": ("RGB", {"format": "MPO", "quality": 95}, 3),
    "png": ("RGB", {"format": "PNG"}, 0),
    "png see-through": ("RGBA", {"format": "PNG"}, 0),
    "png palette": ("P", {"format": "PNG"}, 6),
    "webp": ("RGB", {"format": "WEBP", "quality": 95}, 5),
    "webp lossless": ("RGB", {"format": "WEBP", "lossless": True}, 0),
    "bmp": ("RGB", {"format": "BMP"}, 0),
    "bmp palette": ("P", {"format": "BMP"}, 6),
    "tiff": ("RGB", {"format": "TIFF"}, 0),
    "tiff lzw": ("RGB", {"format": "TIFF", "compression": "tiff_lzw"}, 0),
    "tiff jpeg": ("RGB", {"format": "TIFF", "compression": "jpeg", "quality": 95}, 5),
    "tiff cmyk": ("CMYK", {"format": "TIFF"}, 1),
    "gif": ("RGB", {"format": "GIF"}, 6),
    "heic": ("RGB", {"format": "HEIF", "quality": 95}, 5),
    "heic see-through": ("RGBA", {"format": "HEIF", "quality": 95}, 5),
    "avif": ("RGB", {"format": "AVIF", "quality": 95}, 5),
}


def draw_photo(width=64, height=48):
    """A picture of soft colours with one red corner, so that each turn and mirroring of it looks different."""
    across, down = np.meshgrid(np.linspace(40, 200, width), np.linspace(60, 180, height))
    photo = np.stack([across, down, np.full_like(across, 120)], axis=2).astype(np.uint8)
    photo[: height // 4, : width // 3] = (230, 20, 20)
    return photo


def encode(photo, mode="RGB", **options):
    image = Image.fromarray(photo)
    buffer = io.BytesIO()
    (image.quantize(256) if mode == "P" else image.convert(mode)).save(buffer, **options)
    return buffer.getvalue()


def difference(photo, other):
    assert photo.shape == other.shape
    return np.abs(photo.astype(int) - other).mean()


def test_each_kind_of_file_keeps_its_size_and_colours(subtests):
    for kind, (mode, options, tolerance) in KINDS.items():
        with subtests.test(kind):
            read = read_photo(encode(draw_photo(), mode, **options))
            assert read.dtype == np.uint8 and read.flags.c_contiguous and read.flags.writeable
            assert difference(read, draw_photo()) <= tolerance


# How the stored picture comes about from the upright one, for each number that EXIF may note; by Pillow's own words.
STORED = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def test_the_photo_stands_upright_however_the_camera_was_held(subtests):
    kinds = ["jpeg", "mpo", "png", "webp", "tiff", "tiff lzw", "tiff cmyk", "heic", "avif"]
    for kind, (orientation, turn) in product(kinds, STORED.items()):
        mode, options, tolerance = KINDS[kind]
        stored = Image.fromarray(draw_photo())
        exif = Image.Exif()
        exif[0x0112] = orientation
        content = encode(
            np.asarray(stored if turn is None else stored.transpose(turn)), mode, exif=exif.tobytes(), **options
        )
        with subtests.test(kind, orientation=orientation):
            read = read_photo(content)
            assert difference(read, draw_photo()) <= tolerance
            assert difference(read[::-1], draw_photo()) > 20 and difference(read[:, ::-1], draw_photo()) > 20


def test_deep_grey_is_turned_upright_too():
    deep = Image.fromarray(draw_photo()[:, :, 0].astype(np.uint16) * 257)
    exif = Image.Exif()
    exif[0x0112] = 6
    buffer = io.BytesIO()
    deep.transpose(Image.Transpose.ROTATE_90).save(buffer, "PNG", exif=exif.tobytes())
    assert (read_photo(buffer.getvalue()) == draw_photo()[:, :, :1]).all()


def test_broken_camera_notes_do_not_lose_the_photo():
    content = encode(draw_photo(), format="JPEG", quality=95, exif=b"Exif\0\0II*\0\xff\xff\xff\xff" + bytes(8))
    assert difference(read_photo(content), draw_photo()) <= 3


def test_grey_becomes_three_equal_colours():
    for options in ({"format": "JPEG", "quality": 95}, {"format": "PNG"}, {"format": "TIFF"}):
        read = read_photo(encode(draw_photo(), "L", **options))
        assert (read == read[:, :, :1]).all()
        assert difference(read[:, :, 0], np.asarray(Image.fromarray(draw_photo()).convert("L"))) <= 2


def test_black_and_white_files_are_read():
    drawing = np.zeros((32, 48), bool)
    drawing[:10, :20] = True
    for form in ("PNG", "TIFF", "BMP"):
        buffer = io.BytesIO()
        Image.fromarray(drawing).save(buffer, form)
        assert (read_photo(buffer.getvalue())[:, :, 0] == drawing * 255).all()


def test_sixteen_bit_colours_are_scaled_not_cut_off(subtests):
    import cv2

    deep = draw_photo().astype(np.uint16) * 257
    for form in (".png", ".tiff"):
        with subtests.test(form):
            _, colour = cv2.imencode(form, deep[:, :, ::-1])
            assert (read_photo(colour.tobytes()) == draw_photo()).all()
            _, grey = cv2.imencode(form, deep[:, :, 0])
            assert (read_photo(grey.tobytes()) == draw_photo()[:, :, :1]).all()


def test_fractions_and_long_numbers_are_scaled_by_their_white(subtests):
    red = draw_photo()[:, :, 0].copy()
    red[0, 0] = 255
    for values, scale in (("<f4", 1 / 255), ("<f4", 1), ("<f4", 257), ("<i4", 257), ("<i4", 65536)):
        with subtests.test(values, scale=scale):
            buffer = io.BytesIO()
            Image.fromarray((red * scale).astype(values)).save(buffer, "TIFF")
            assert difference(read_photo(buffer.getvalue())[:, :, 2], red) < 0.01


def test_holes_in_a_fractional_photo_become_black():
    buffer = io.BytesIO()
    Image.fromarray(np.full((20, 20), [np.nan, np.inf, -np.inf, -1, 1] * 4, np.float32)).save(buffer, "TIFF")
    assert read_photo(buffer.getvalue())[0, :5, 0].tolist() == [0, 0, 0, 0, 255]


def test_see_through_parts_lie_on_white(subtests):
    glass = Image.new("RGBA", (40, 30), (0, 0, 0, 0))
    glass.paste((0, 0, 0, 255), (0, 0, 20, 30))
    for mode, form in (("RGBA", "PNG"), ("RGBA", "WEBP"), ("LA", "PNG"), ("P", "PNG"), ("RGBA", "GIF")):
        with subtests.test(mode, form=form):
            buffer = io.BytesIO()  # only WebP would lose something, or knows the word
            (glass.quantize() if mode == "P" else glass.convert(mode)).save(buffer, form, lossless=True)
            read = read_photo(buffer.getvalue())
            assert (read[:, :20] == 0).all() and (read[:, 20:] == 255).all()


def test_half_see_through_black_on_white_is_grey():
    read = read_photo(encode(np.full((20, 20, 4), (0, 0, 0, 128), np.uint8), "RGBA", format="PNG"))
    assert (read == 127).all()


def test_of_many_pictures_the_first_is_read(subtests):
    first, second = (Image.new("RGB", (40, 30), colour) for colour in ("blue", "yellow"))
    for form in ("GIF", "WEBP", "PNG", "TIFF"):
        with subtests.test(form):
            buffer = io.BytesIO()
            first.save(buffer, form, save_all=True, append_images=[second], lossless=True)
            assert (read_photo(buffer.getvalue()) == (0, 0, 255)).all()


def test_a_giant_jpeg_is_read_at_half_its_size(monkeypatch):
    monkeypatch.setattr(images, "MOST_PIXELS", 64 * 48 - 1)
    assert read_photo(encode(draw_photo(), format="JPEG")).shape == (24, 32, 3)


def test_a_photo_of_the_largest_phones_is_read():
    content = encode(np.zeros((9000, 12000), np.uint8), "L", format="JPEG")
    assert read_photo(content).shape == (4500, 6000, 3)


def test_any_file_name_will_do_and_so_will_any_source(tmp_path, subtests):
    content = encode(draw_photo(), format="JPEG")
    expected = read_photo(content)
    for name in ("웃는 얼굴.jpg", unicodedata.normalize("NFD", "웃는 얼굴.jpg"), "😀🎉.jpg", "a'b (1).JPG"):
        path = tmp_path / name
        path.write_bytes(content)
        with subtests.test(name), path.open("rb") as file:
            for source in (path, str(path), bytearray(content), memoryview(content), file, io.BytesIO(content)):
                assert (read_photo(source) == expected).all()


def test_reading_leaves_the_source_alone():
    content = bytearray(encode(draw_photo(), format="BMP"))
    read_photo(content)[:] = 0
    assert difference(read_photo(content), draw_photo()) == 0


def test_a_typed_name_finds_the_file_whose_hangul_a_mac_has_split(tmp_path, monkeypatch, sample):
    (tmp_path / "그림").mkdir()
    written = tmp_path / "그림" / unicodedata.normalize("NFD", "내 사진.jpg")
    written.write_bytes(encode_jpeg(sample.images[0]))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    for typed in (written.with_name("내 사진.jpg"), "~/그림/내 사진.jpg"):
        assert read_photo(typed).shape == sample.images[0].shape
    for nothing in ("없음.jpg", "", "a\0b.jpg", tmp_path / "no folder" / "a.jpg"):
        assert find_named(nothing) == Path(nothing)


def test_a_jpeg_is_read_again():
    assert difference(read_photo(encode_jpeg(draw_photo())), draw_photo()) < 4
    assert len(encode_jpeg(draw_photo(), quality=30)) < len(encode_jpeg(draw_photo(), quality=95))


NOT_IMAGES = {
    "list": [[0]],
    "float64 (4, 4, 3)": np.zeros((4, 4, 3)),
    "uint8 (4, 4)": np.zeros((4, 4), np.uint8),
    "uint8 (4, 4, 4)": np.zeros((4, 4, 4), np.uint8),
    "uint8 (0, 4, 3)": np.zeros((0, 4, 3), np.uint8),
}


def test_what_is_no_image_is_refused(says, subtests):
    for (found, image), work in product(NOT_IMAGES.items(), (encode_jpeg, lambda image: shrink(image, 2))):
        with subtests.test(found):
            says(found, found, lambda image=image, work=work: work(image))
            says("모양의 uint8 배열이어야", "a uint8 array of shape", lambda image=image, work=work: work(image))


def test_shrinking_keeps_the_shape():
    assert shrink(draw_photo(400, 300), 200).shape == (150, 200, 3)
    assert shrink(draw_photo(300, 400), 200).shape == (200, 150, 3)


def test_a_shrunk_pixel_is_the_mean_of_those_it_stands_for():
    photo = np.random.default_rng(0).integers(0, 256, (60, 80, 3), np.uint8)
    means = photo.reshape(15, 4, 20, 4, 3).mean(axis=(1, 3))
    assert np.abs(shrink(photo, 20) - means).max() <= 1


def test_shrinking_never_enlarges_and_never_loses_a_side():
    photo = draw_photo()
    assert shrink(photo, 64) is photo
    assert shrink(draw_photo(1000, 2), 10).shape == (1, 10, 3)


def test_shrinking_to_nothing_is_refused(says):
    says("1픽셀 이상", "1 pixel or more", lambda: shrink(draw_photo(), 0))
