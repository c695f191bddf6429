"""Recognise what is the same under another name: files by content, photos by their look, faces by their points."""

import hashlib
import os
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from facelab.faces.geometry import align

LOOK = 48  # cells along each side of the small grey picture that photos are compared by
# In their worst cell, copies that were saved at quality 40, halved, shrunk to 0.3 or enlarged differed by at most 6 of
# 255 grey levels; two faces of one person, 150 pixels wide before the same wall as a webcam sees them, by 32 or more.
SAME_LOOK = 12
PLAIN = 8  # grey levels between the lightest and the darkest cell of what is no photo of anything
# Distances between the eyes, on average over all points: the nearest of the shipped faces differ by 0.014, two readings
# of one photo by 0. A copy that was saved anew, smaller or coarser, differs by up to 0.04 and looks almost the same
# where it is cut out, too: of 250 photos of people and 900 shipped faces no two did both, of copies at least 9 in 10.
SAME_POINTS, NEAR_POINTS = 0.01, 0.04
ALIKE = 0.97  # the correlation of how two faces look, three by three of the cells together
EVERY = 10  # of the points


def stamp(path: Path) -> tuple:
    """Tell one state of a file from another: any way to write it changes one of these numbers."""
    now = os.stat(path)
    return now.st_ino, now.st_size, now.st_mtime_ns, now.st_ctime_ns


def digest_file(path: Path) -> str:
    """Tell a file by its content: the first 16 digits of its SHA-256."""
    return _digest_once(str(path), stamp(path))


@lru_cache(maxsize=20_000)
def _digest_once(path, state):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:16]


def digest(content: bytes) -> str:
    """Tell bytes by their content, as `digest_file` does a file."""
    return hashlib.sha256(content).hexdigest()[:16]


def look_of(photo: np.ndarray) -> np.ndarray:
    """Return how a photo, (height, width, 3) uint8, looks from afar: an array of shape (48, 48), uint8, in grey."""
    import cv2

    small = cv2.resize(photo, (LOOK, LOOK), interpolation=cv2.INTER_AREA)
    return cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)


def look_of_file(path: Path) -> np.ndarray | None:
    """Return how the photo in a file looks from afar, or None if it cannot be read; each state of it is read once."""
    return _look_once(str(path), stamp(path))


@lru_cache(maxsize=20_000)
def _look_once(path, state):
    from PIL import Image, ImageOps

    try:
        with Image.open(path) as image:
            image.draft("RGB", (4 * LOOK, 4 * LOOK))  # a JPEG can be decoded at an eighth of its size
            small = ImageOps.exif_transpose(image.convert("RGB"))
            return look_of(np.asarray(small))
    except Exception:  # each decoder has its own errors; what cannot be read has no twin
        return None


def look_alike(look: np.ndarray, other: np.ndarray | None) -> bool:
    """Tell whether two photos look the same from afar in every cell; plain ones without any edge never do.

    Examples
    --------
    >>> stripes = np.tile(np.uint8([0, 200]), (48, 24))
    >>> look_alike(stripes, stripes + 3), look_alike(stripes, stripes[:, ::-1])
    (True, False)
    """
    if other is None or np.ptp(look) < 4 * SAME_LOOK:
        return False
    return int(np.abs(look.astype(int) - other).max()) <= SAME_LOOK


def find_twin(paths: Iterable[Path], data: bytes, look: np.ndarray) -> Path | None:
    """Return the first file that is the same photo as other bytes with this look, whatever its size, or None."""
    if np.ptp(look) < PLAIN:  # plain colour is no photo of anything
        return None
    for path in paths:
        if os.path.getsize(path) == len(data) and digest_file(path) == digest(data):
            return path
        if look_alike(look, look_of_file(path)):
            return path
    return None


def group_twins(points: np.ndarray, pictures: Sequence = (), people: Sequence[str] = ()) -> np.ndarray:
    """Number faces so that those of one photo, whatever its size, have the same number.

    Parameters
    ----------
    points : array of shape (n, 478, 3)
    pictures : sequence of n paths or arrays of shape (height, width, 3), uint8, optional
        The faces cut out; anything else, as a drawing, is left alone. Without them copies that were saved anew are
        rarely recognised.
    people : sequence of n str, optional
        Who they are, "" for unknown: the faces of two people are not looked at.

    Returns
    -------
    array of shape (n,) of int

    Examples
    --------
    >>> import facelab
    >>> some = facelab.load_sample().points[:3]
    >>> group_twins(np.concatenate([some, some[:1] * 2])).tolist()
    [0, 1, 2, 0]
    """
    if len(points) < 2:
        return np.arange(len(points))
    from scipy.spatial import cKDTree

    with np.errstate(invalid="ignore", divide="ignore"):
        aligned = align(np.asarray(points, dtype=np.float64))
    aligned = np.where(np.isfinite(aligned), aligned, 1e6 * np.arange(len(points))[:, None, None])  # no face, no twin
    few = aligned[:, ::EVERY, :2].reshape(len(points), -1)  # enough to find out who might be meant
    groups, limit = np.arange(len(points)), NEAR_POINTS if len(pictures) else SAME_POINTS
    people = people if len(people) else [""] * len(points)
    for one, other in sorted(cKDTree(few).query_pairs(limit * np.sqrt(few.shape[1] / 2))):
        apart = np.linalg.norm(aligned[one] - aligned[other], axis=1).mean()
        strangers = people[one] and people[other] and people[one] != people[other]
        if apart <= SAME_POINTS or (
            apart <= limit and not strangers and _correlate(pictures[one], pictures[other]) >= ALIKE
        ):
            groups[groups == groups[other]] = groups[one]
    return groups


def _correlate(*pictures):
    """Return the correlation of how two faces look, -1 to 1; 0 if one cannot be seen."""
    looks = [
        look_of_file(each) if isinstance(each, str | Path) else look_of(each)
        for each in pictures
        if isinstance(each, str | Path | np.ndarray)  # an experiment takes none along
    ]
    if len(looks) < 2 or any(look is None or np.ptp(look) < PLAIN for look in looks):
        return 0
    cells = (look.reshape(LOOK // 3, 3, LOOK // 3, 3).mean(axis=(1, 3)).ravel() for look in looks)
    return np.corrcoef(*cells)[0, 1]
