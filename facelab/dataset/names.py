"""Names of files that the kit makes: never another's, never too long, and such that every computer takes them."""

import os
import re
import unicodedata
import uuid
import zlib
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path

from facelab.files import write_atomically

# Bytes of a file's name. Computers take 255, but Windows takes only 260 letters together with all folders; and what is
# made of a photo, its faces, is named after it with something added.
LONGEST_PHOTO_NAME, LONGEST_NAME = 180, 240


def write_new(folder: Path | str, name: str, data: bytes, taken: Iterable[str] = ()) -> Path:
    """Write bytes to a file that was not there: "name.jpg", or "name (2).jpg" and so on; returns its path.

    The file is there whole or not at all. Names in `taken` are left alone even if they are free.

    Examples
    --------
    >>> folder = getfixture("tmp_path")
    >>> [write_new(folder, "me.jpg", b"a photo").name for _ in range(3)]
    ['me.jpg', 'me (2).jpg', 'me (3).jpg']
    """
    unfinished = Path(folder) / f".{uuid.uuid4().hex}.part"
    try:
        write_atomically(unfinished, data)
        for each in number_name(name):
            path = Path(folder) / each
            if each not in taken and _give_name(unfinished, path):
                return path
    finally:
        unfinished.unlink(missing_ok=True)


def name_new(folder: Path | str, name: str) -> Path:
    """Return a path in a folder that nothing has yet: "name.jpg", or "name (2).jpg" and so on."""
    return next(path for path in (Path(folder) / each for each in number_name(name)) if not os.path.lexists(path))


def number_name(name: str) -> Iterator[str]:
    """Give a name, then the same with the numbers from 2 on.

    Examples
    --------
    >>> names = number_name("me.jpg")
    >>> next(names), next(names)
    ('me.jpg', 'me (2).jpg')
    """
    stem, suffix = _split_name(name)
    return (f"{stem} ({number}){suffix}" if number > 1 else name for number in count(1))


def portable_name(name: str) -> str:
    """Turn any file's name into one that every computer takes and every zip file tells right.

    Examples
    --------
    >>> portable_name("a:b.jpg"), portable_name("??")
    ('a_b.jpg', '__')
    """
    return re.sub(r'[<>:"|?*]', "_", clean_name(name)).rstrip(" .") or "photo.jpg"


def _give_name(file, path):
    """Give a file a second name unless another file has it; tells whether it worked."""
    try:
        os.link(file, path)  # in one step: looking first and moving then would let another slip in between
    except FileExistsError:
        return False
    except OSError:  # memory sticks and some network folders know no second names
        if path.exists():
            return False
        os.replace(file, path)
    return True


def clean_name(name: str) -> str:
    """Turn what somebody else calls a file into a name to keep it by: no folders, nothing unseen, and not too long.

    Examples
    --------
    >>> clean_name("C:/photos/me\\0.jpg"), clean_name("...")
    ('me.jpg', '')
    """
    letters = unicodedata.normalize("NFC", name)  # a Mac splits Hangul into parts, and a cut must not part them
    seen = "".join(letter for letter in letters if unicodedata.category(letter) not in ("Cc", "Cs"))
    visible = Path(seen.replace("\\", "/")).name.lstrip(".~")  # computers hide files whose names begin so
    return fit_name(visible, LONGEST_PHOTO_NAME)


def fit_name(name: str, longest: int = LONGEST_NAME) -> str:
    """Cut a file's name to so many bytes, never within a letter; its ending stays.

    Examples
    --------
    >>> fit_name("가나다라마바사.jpg", longest=12)
    '가나.jpg'
    """
    if len(os.fsencode(name)) <= longest:
        return name
    stem, suffix = _split_name(name)
    return stem.encode()[: longest - len(suffix.encode())].decode(errors="ignore") + suffix


def name_face(photo: str, number: int | str) -> str:
    """Name the file of a face after its photo; the name of one that was put there by hand may be too long for that.

    Examples
    --------
    >>> name_face("나.jpg", 2)
    '나.jpg_2.jpg'
    """
    short = fit_name(photo)
    if short != photo:  # others may begin alike
        short = f"{fit_name(photo, LONGEST_PHOTO_NAME)}~{zlib.crc32(os.fsencode(photo)):08x}"
    return f"{short}_{number}.jpg"


def _split_name(name):
    path = Path(name)
    return (path.stem, path.suffix) if len(path.suffix) <= 10 else (name, "")
