"""Photos in and out: any file or bytes become an upright RGB array, and arrays become JPEG files.

What is no readable photo ends in an `UnreadablePhoto`, which says in one sentence what was found and what to do.
"""

import io
import logging
import os
import re
import unicodedata
import warnings
from contextlib import nullcontext, suppress
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from facelab.faces.quiet import quiet_errors
from facelab.language import Misuse, say

# Reading takes up to eight bytes a pixel for a moment, which makes 470 MB in all, as much as a school laptop can
# spare; some decoders need more for themselves. Phones take 12 to 50 million pixels; their 108 million come as JPEG,
# which can be read at half size.
MOST_PIXELS = 52_000_000
_MOST_PIXELS_OF = {"WEBP": 24_000_000, "AVIF": 40_000_000}
LEAST_SIDE = 16

MOST_SCANS = 60  # a JPEG that sharpens while it loads has about 10; thousands keep the processor busy for minutes
MOST_LOST = 0.01  # share of a photo's rows that may be missing at its end
_JPEG, _SCAN = b"\xff\xd8\xff", b"\xff\xda"
_FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "TIFF", "GIF", "HEIF", "AVIF")

# What a file's first bytes tell about it, once it could not be read; the first that fits counts.
_SIGNS = {
    "truncated": rb"\xff\xd8\xff|\x89PNG|GIF8|BM.{4}\0{4}|II[*+]\0|MM\0[*+]|RIFF.{4}WEBP|.{4}ftyp(he[iv]|m[is]f1|avi)",
    "video": rb".{4}(ftyp(?!crx)|moov|mdat|wide)|RIFF.{4}AVI |\x1aE\xdf\xa3|\0\0\1[\xb3\xba]|FLV|\x30\x26\xb2\x75|OggS",
    "pdf": rb"%PDF",
    "web_page": rb"(?i).*<(!doctype )?html",
    "drawing": rb"(?i).*<svg",
}


class UnreadablePhoto(Misuse):
    """A file or bytes that cannot be read as a photo; shown, it is one sentence in the language chosen at that time.

    Its ``reason`` is "missing", "folder", "no_permission", "empty", "truncated" (or damaged), "video", "pdf",
    "web_page", "drawing", "not_a_photo", "too_small", "too_large", "too_many_scans" or "wrong_source"; its ``name``
    that of the file, "" for bytes; its ``values`` are what else the sentence tells, such as the width.

    Examples
    --------
    >>> problem = UnreadablePhoto("empty", "나.jpg")
    >>> print(problem)
    “나.jpg” 파일은 비어 있어요. 사진을 다시 복사하거나 다른 사진을 골라 주세요.
    >>> problem.reason
    'empty'
    """

    def __init__(self, reason, name="", **values):
        super().__init__(reason)
        self.reason = reason
        self.name = name
        self.values = values

    def __str__(self):
        file = say("images.named", name=self.name) if self.name else say("images.unnamed")
        key = "cut_short" if "lost" in self.values else self.reason  # which says the same, and how much
        return say(f"images.{key}", file=file, name=self.name, **self.values)


def read_photo(source) -> np.ndarray:
    """Read a photo from a file or bytes, upright and in colour.

    Takes JPEG, PNG, WebP, BMP, TIFF, HEIC, AVIF and the first picture of a GIF. Deep colours are scaled to 0..255,
    see-through parts lie on white, grey becomes three equal colours, and the camera's note on how it was held (EXIF
    orientation) is followed. A JPEG of more than 64 million pixels is read at half its width and height.

    Parameters
    ----------
    source : str, path, bytes or binary file
        Where the photo is, or its content.

    Returns
    -------
    numpy.ndarray of shape (height, width, 3)
        Red, green and blue, uint8, 0..255.

    Raises
    ------
    UnreadablePhoto
        If there is no readable photo of at least 16 x 16 and at most 64 million pixels; its ``reason`` tells why.

    Examples
    --------
    >>> content = encode_jpeg(np.full((30, 40, 3), 255, np.uint8))
    >>> read_photo(content).shape
    (30, 40, 3)
    """
    try:
        with _open(source) as file:
            return _read(file)
    except UnreadablePhoto as problem:
        problem.name = _name(source)
        raise


def is_photo(path: str | os.PathLike) -> bool:
    """Tell by its first bytes, or at least by its name, whether a file is meant to be a photo, however damaged.

    Examples
    --------
    >>> is_photo(__file__)
    False
    """
    if os.fspath(path).lower().endswith((".jpg", ".jpeg", ".png", ".heic", ".webp")):
        return True
    try:
        with open(path, "rb") as file:
            return _recognise(file.read(64)) == "truncated"
    except OSError:
        return False


def encode_jpeg(image, quality=90):
    """Turn an image into the bytes of a JPEG file of quality 1 (small) to 95 (fine).

    Raises ValueError if the image is no (height, width, 3) uint8 RGB array.

    Examples
    --------
    >>> encode_jpeg(np.zeros((30, 40, 3), np.uint8))[:2]
    b'\\xff\\xd8'
    """
    buffer = io.BytesIO()
    Image.fromarray(_check_pixels(image)).save(buffer, "JPEG", quality=quality)
    return buffer.getvalue()


def shrink(image, longest):
    """Make an image so small that its longest side has at most `longest` pixels, each a mean of those it stands for.

    An image that is small enough comes back as it is. Raises ValueError if it is no (height, width, 3) uint8 RGB array,
    or if `longest` is less than 1.

    Examples
    --------
    >>> shrink(np.zeros((300, 400, 3), np.uint8), 200).shape
    (150, 200, 3)
    """
    if longest < 1:
        raise Misuse(say("images.no_length", found=longest))
    height, width = _check_pixels(image).shape[:2]
    scale = longest / max(height, width)
    if scale >= 1:
        return image
    import cv2

    size = max(1, round(width * scale)), max(1, round(height * scale))
    return cv2.resize(image, size, interpolation=cv2.INTER_AREA)


def find_named(path: Path | str) -> Path:
    """Return a path that somebody has typed as it is called on the disk: a Mac splits Hangul into letters, "~" is home.

    Examples
    --------
    >>> path = getfixture("tmp_path") / unicodedata.normalize("NFD", "나.jpg")
    >>> path.touch()
    >>> find_named(path.with_name("나.jpg")) == path
    True
    """
    path = Path(os.path.expanduser(os.fsdecode(path)))
    with suppress(OSError, ValueError):  # ValueError: no path at all, as with a zero in it
        if not os.path.lexists(path):
            joined = unicodedata.normalize("NFC", path.name)
            folder = path.parent if path.parent in (path, Path()) else find_named(path.parent)
            names = (name for name in os.listdir(folder) if unicodedata.normalize("NFC", name) == joined)
            return folder / next(names, path.name)
    return path


def _name(source):
    path = source if isinstance(source, (str, os.PathLike)) else getattr(source, "name", "")
    return _printable(os.path.basename(path)) if isinstance(path, (str, os.PathLike)) else ""


def _printable(path):
    """Mend a path for a sentence: a Mac's split Hangul is joined, what is no letter at all becomes "?"."""
    return unicodedata.normalize("NFC", os.fsdecode(path).encode("utf-8", "replace").decode("utf-8"))


def _open(source):
    if isinstance(source, (bytes, bytearray, memoryview)):
        return io.BytesIO(source)
    if hasattr(source, "read") and not isinstance(source, io.TextIOBase):
        return io.BytesIO(source.read())
    if not isinstance(source, (str, os.PathLike)):
        raise UnreadablePhoto("wrong_source", found=type(source).__name__)
    source = find_named(source) if source else source
    if os.path.isdir(source):
        raise UnreadablePhoto("folder")
    if not os.path.exists(source):
        raise UnreadablePhoto("missing", folder=_printable(os.path.dirname(os.path.abspath(source))))
    if not os.path.isfile(source):  # a pipe or a device would let us wait for ever
        raise UnreadablePhoto("not_a_photo")
    try:
        return open(source, "rb")
    except OSError:
        raise UnreadablePhoto("no_permission") from None


def _read(file):
    head = file.read(4096)
    file.seek(0)
    if not head:
        raise UnreadablePhoto("empty")
    _prepare_pillow()
    is_tiff = head.startswith((b"II", b"MM"))  # whose library speaks to the error channel by itself
    with warnings.catch_warnings(), quiet_errors() if is_tiff else nullcontext():
        warnings.simplefilter("ignore")  # what Pillow warns of is either read all the same or refused below
        try:
            return _read_jpeg(file.read()) if head.startswith(_JPEG) else _decode(file)
        except UnreadablePhoto:
            raise
        except (Image.DecompressionBombError, MemoryError):
            raise UnreadablePhoto("too_large", most=MOST_PIXELS // 1_000_000) from None
        except Exception:  # each decoder has its own errors for broken bytes; to a pupil they all mean the same
            raise UnreadablePhoto(_recognise(head)) from None


@lru_cache(maxsize=1)
def _prepare_pillow():
    import pillow_heif

    pillow_heif.register_heif_opener()
    logging.getLogger("PIL").addHandler(logging.NullHandler())  # or its log of broken files shows up in a lesson


def _recognise(head):
    return next((reason for reason, sign in _SIGNS.items() if re.match(sign, head, re.DOTALL)), "not_a_photo")


def _decode(file):
    image = Image.open(file, formats=_FORMATS)
    _check_size(image)
    image.load()
    with suppress(Exception):  # a photo whose notes are broken is still a photo
        ImageOps.exif_transpose(image, in_place=True)
    if image.mode == "F" or image.mode.startswith("I"):
        return np.repeat(_to_eight_bits(image)[:, :, np.newaxis], 3, axis=2)
    return _to_colours(image)


def _read_jpeg(content):
    """Read a JPEG, also one that is whole but for its end mark: what differs by the filler would be made up."""
    scans = content.count(_SCAN)
    if scans > MOST_SCANS:
        raise UnreadablePhoto("too_many_scans", scans=scans)
    try:
        return _decode(io.BytesIO(content))
    except OSError:
        one, other = (_decode(io.BytesIO(content + filler * 64 + b"\xff\xd9")) for filler in (b"\0", b"\x55"))
    made_up = np.flatnonzero((one != other).any(axis=(1, 2)))
    lost = 1 - made_up[0] / len(one) if len(made_up) else 0
    if lost > MOST_LOST:
        raise UnreadablePhoto("truncated", lost=f"{100 * lost:.0f}")
    return one


def _check_size(image):
    """Refuse an image by the size its header tells, before any memory is taken for it."""
    width, height = image.size
    if min(width, height) < LEAST_SIDE:
        raise UnreadablePhoto("too_small", width=width, height=height, least=LEAST_SIDE)
    most = _MOST_PIXELS_OF.get(image.format, MOST_PIXELS)
    if width * height > most:
        image.draft(None, (width // 2, height // 2))  # a JPEG can be decoded at half its size
    if image.width * image.height > most:
        raise UnreadablePhoto("too_large", most=most // 1_000_000)


def _to_colours(image):
    """Turn an image into an array, see-through parts on white; in strips, as copies of all take much memory."""
    pixels = np.empty((image.height, image.width, 3), np.uint8)
    for top in range(0, image.height, 256):
        strip = image.crop((0, top, image.width, min(top + 256, image.height)))
        if strip.has_transparency_data:
            strip = strip.convert("RGBA")
            strip = Image.alpha_composite(Image.new("RGBA", strip.size, "white"), strip)
        pixels[top : top + 256] = strip.convert("RGB")
    return pixels


def _to_eight_bits(image):
    """Scale deep grey (16 or 32 bits, or fractions) to 0..255 by the smallest usual white that holds all values."""
    values = np.array(image, dtype=np.float32)
    np.nan_to_num(values, copy=False, posinf=0)  # all in place: a copy of a large photo takes much memory
    np.clip(values, 0, None, out=values)
    whites = (1, 255, 65535) if image.mode == "F" else (65535,)
    white = next((white for white in whites if values.max() <= white), values.max())
    values *= 255 / white
    values += 0.5
    return values.astype(np.uint8)


def _check_pixels(image):
    if not isinstance(image, np.ndarray):
        raise Misuse(say("images.not_pixels", found=type(image).__name__))
    if image.dtype != np.uint8 or image.ndim != 3 or image.shape[2] != 3 or image.size == 0:
        raise Misuse(say("images.not_pixels", found=f"{image.dtype} {image.shape}"))
    return image
