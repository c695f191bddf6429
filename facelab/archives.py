"""Zip files that come from elsewhere: a zip can name any path and unfold to any size, so it is opened with care."""

import errno
import io
import os
import stat
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath, PureWindowsPath

from facelab.files import replace_file, write_atomically
from facelab.language import Misuse, say

MOST_FILES = 50_000
LARGEST_FILE = 256 * 1024 * 1024  # bytes of one file, unpacked: more than the largest photo without compression
LARGEST_WHOLE = 2 * 1024**3  # bytes that all files together, unpacked, may have more than the zip
LOCKED, UTF_8 = 0x1, 0x800  # the flags by which a zip says that a file has a password, and that its names are UTF-8

# What zipfile raises of a damaged file, also RuntimeError of one that is locked though its entry does not say so.
_DAMAGED = (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError, zlib.error)


class _NotTaken(Exception):
    """Something in a zip that is whole: the key of the sentence that tells it, and the file's path."""


@contextmanager
def open_archive(data: bytes | Path, name: str) -> Iterator[zipfile.ZipFile]:
    """Open a zip file, or the bytes of one; within the block a damaged or locked zip ends in one sentence.

    Raises
    ------
    ValueError
        If it is damaged or locked, holds files that cannot be told apart or are packed in a rare way, or more of them,
        or more bytes, than any set of photos would.

    Examples
    --------
    >>> with open_archive(b"no zip", "a.zip") as archive:
    ...     list_files(archive)
    Traceback (most recent call last):
    facelab.language.Misuse: “a.zip”: 압축 파일이 망가졌거나 끝까지 복사되지 않았어요. ...
    """
    try:
        size = len(data) if isinstance(data, bytes) else data.stat().st_size
        with zipfile.ZipFile(io.BytesIO(data) if isinstance(data, bytes) else data) as archive:
            members = archive.infolist()
            if len(members) > MOST_FILES:
                raise Misuse(say("archives.too_many", name=name, most=MOST_FILES))
            if sum(member.file_size for member in members) > LARGEST_WHOLE + size:
                raise Misuse(say("archives.too_large", name=name, most=LARGEST_WHOLE // 1024**3))
            if any(member.flag_bits & LOCKED for member in members):
                raise Misuse(say("archives.locked", name=name))
            yield archive
    except Misuse:
        raise
    except _NotTaken as problem:
        key, path = problem.args
        raise Misuse(say(key, name=name, file=path)) from None
    except _DAMAGED:
        raise Misuse(say("archives.broken", name=name)) from None


def list_files(archive: zipfile.ZipFile) -> list[tuple[PurePosixPath, zipfile.ZipInfo]]:
    """List the files of an open zip as (path, member), without folders and what computers put there unseen."""
    named = [(_read_name(member), member) for member in archive.infolist() if not member.filename.endswith("/")]
    files = [(path, member) for path, member in named if path.name[:1] != "." and "__MACOSX" not in path.parts]
    paths = Counter(path for path, _ in files)
    for path, times in paths.items():  # a file without a name, two of one name, or one that is a folder, too
        if not path.name or times > 1 or any(folder in paths for folder in path.parents):
            raise _NotTaken("archives.names", path)
    return files


def read_member(archive: zipfile.ZipFile, path: PurePosixPath, member: zipfile.ZipInfo) -> bytes:
    """Read one file of an open zip, never more of it than its entry tells.

    Raises
    ------
    ValueError
        If it is larger than a photo would be.
    """
    if member.file_size > LARGEST_FILE:
        raise Misuse(say("archives.file_too_large", name=path.name, most=LARGEST_FILE // 1024**2))
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Misuse(say("archives.packing", name=path.name))  # the other ways to pack cannot be unfolded bit by bit
    with archive.open(member) as file:
        return file.read(member.file_size)  # an entry that lies about its size must not fill the memory


def pack(path: Path | str, contents: dict[str, bytes | Path]) -> list[str]:
    """Write a new zip file, whole or not at all, and read it once to be sure; returns the names of files that are gone.

    Parameters
    ----------
    path : path
        Of the zip file.
    contents : dict of str to bytes or path
        Name in the zip to what it holds, or to the file that does.

    Raises
    ------
    OSError
        If the disk is full, or does not give back what was written.

    Examples
    --------
    >>> path = getfixture("tmp_path") / "a.zip"
    >>> pack(path, {"a.csv": b"file", "b.jpg": path.with_name("b.jpg")})
    ['b.jpg']
    >>> with open_archive(path, "a.zip") as archive:
    ...     [path.name for path, member in list_files(archive)]
    ['a.csv']
    """
    missing = []
    with replace_file(path) as file:
        with zipfile.ZipFile(file, "w", strict_timestamps=False) as archive:  # files may be dated 1970
            for name, content in sorted(contents.items()):
                if isinstance(content, bytes):
                    archive.writestr(name, content)
                elif content.is_file() and not content.is_symlink():
                    archive.write(content, name)
                else:
                    missing.append(PurePosixPath(name).name)
        with zipfile.ZipFile(file) as archive:
            if archive.testzip() or len(archive.namelist()) != len(contents) - len(missing):
                raise OSError(errno.EIO, "Input/output error")
    return missing


def unpack(data: bytes | Path, name: str, folder: Path) -> None:
    """Write the files of a zip into a folder.

    Raises
    ------
    ValueError
        If `open_archive` or `read_member` does, or if a file points out of the folder, is a link or has too long a
        name. Nothing is written then, or what was written lies inside the folder.
    """
    with open_archive(data, name) as archive:
        files = list_files(archive)
        for path, member in files:
            check_inside(path, name)
            if stat.S_ISLNK(member.external_attr >> 16):  # where Unix keeps the kind of a file
                raise Misuse(say("archives.link", name=name, file=path))
        for path, member in files:
            target = Path(folder, path)
            if os.path.exists(target):  # to this computer a.jpg and A.jpg are one
                raise _NotTaken("archives.names", path)
            try:
                write_atomically(target, read_member(archive, path, member))
            except OSError as problem:
                if problem.errno == errno.ENAMETOOLONG:  # computers differ in what they take
                    raise Misuse(say("archives.long_name", name=name, file=path.name)) from None
                raise


def _read_name(member):
    """Tell the path: Windows writes Korean as CP949, and a Mac UTF-8, without saying so, and Python reads CP437."""
    name = member.filename
    if not member.flag_bits & UTF_8:
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeDecodeError:
            name = name.encode("cp437").decode("cp949", errors="replace")
    return PurePosixPath(unicodedata.normalize("NFC", name.replace("\\", "/")))


def check_inside(path: PurePosixPath, name: str) -> None:
    """Raise a ValueError that names the zip if a path in it leads out of the folder that it is to be unpacked in."""
    if path.is_absolute() or ".." in path.parts or PureWindowsPath(path).drive or PureWindowsPath(path).root:
        raise Misuse(say("archives.outside", name=name, file=path))
