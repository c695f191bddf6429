"""Whether mouth, brows and eyes lie open, or behind a mask, a hand, a hat or dark glasses.

Each half of the mouth, of the brows and of the eyes is cut out along the points of the face, so that a turned head
and an open mouth change little. What counts is where in the cut the picture turns lighter or darker: lips, brows and
eyes do so in the same places on everybody, cloth and hands do not; and how light it is. For each part two small neural
networks of 32 cells weigh that; they learned from shipped faces with painted coverings (`python -m
data.making.coverings`).
"""

import json
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from facelab.faces.geometry import borders_of
from facelab.faces.landmarks import COVER_ANCHORS, MIDDLE, SIDES

FACE_SIZE = 107  # pixels from forehead to chin: every face is looked at in the same size
COVERABLE = tuple(COVER_ANCHORS)
WEIGHTS = Path(__file__).with_name("covering.json")
LEAST_EDGE = 0.02  # share of the face's range of light in a pixel: weaker edges are noise
WIDTH, HEIGHT, CELL = 40, 32, 8  # pixels of a cut, and of the squares over which it is averaged
EDGES = 80  # of the 120 measures of a cut: how it turns lighter and darker
RIM = 2  # rows above and below a cut that are looked at, too, as the cuts lie one below the other

# Where the anchors of each half come to lie in its cut: shares of its width and height.
_PLACES = {
    "mouth": [(0, 0.02), (0, 0.98), (0.72, 0.45)],
    "brows": [(0.1, 0.95), (0.1, 0.1), (0.85, 0.75)],
    "eyes": [(0.22, 0.45), (0.85, 0.45), (0.55, 1)],
}


def weigh_parts(measures, widths) -> dict[str, float]:
    """Weigh the measures of `describe_parts` and the shares of `half_widths`.

    Returns a dict of part -> float: the logarithm of the odds that "mouth", "brows" and "eyes" are covered, the mean
    over both halves, each counting by the width that it shows.
    """
    weights, offsets, votes, offset = _load_networks()
    cells = np.maximum(measures @ weights + offsets[:, None], 0)
    scores = (cells @ votes[:, :, None])[:, :, 0] + offset[:, None]
    return dict(zip(COVERABLE, (scores @ widths).tolist(), strict=True))


class View(NamedTuple):
    """A face in grey and in the size in which every face is looked at.

    Attributes
    ----------
    grey : array of shape (height, width), uint8
        The picture.
    points : array of shape (478, 2), float32
        The points in its pixels.
    dark, middle, bright : float
        How light the darkest parts of the face, its middle and its brightest parts are, from 0 to 255.
    """

    grey: np.ndarray
    points: np.ndarray
    dark: float
    middle: float
    bright: float


def view_of(face):
    """Make the View of a face."""
    import cv2

    spots = face.patch_points[:, :2]
    left, top, right, bottom = borders_of(spots)
    size = max(right - left, bottom - top)
    margin, scale = 0.05 * size, FACE_SIZE / size
    left, top = max(int(left - margin), 0), max(int(top - margin), 0)
    part = face.patch[top : max(int(bottom + margin), 2), left : max(int(right + margin), 2)]
    grey = _resize_fast(cv2.cvtColor(part, cv2.COLOR_RGB2GRAY), scale)
    points = (spots - np.float32([left, top])) * np.float32(scale)
    light = sorted(values_at(grey, points[None, ::4])[0].tolist())
    return View(grey, points, *(float(light[share * len(light) // 100]) for share in (5, 50, 95)))


def _resize_fast(grey, scale):
    """Halve a picture by areas as often as it can be, then go on linearly: all by areas takes ten times as long."""
    import cv2

    while scale < 0.5:
        height, width = grey.shape[0] // 2 * 2, grey.shape[1] // 2 * 2
        grey, scale = cv2.resize(grey[:height, :width], None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), 2 * scale
    return cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_LINEAR)


def describe_parts(view):
    """Describe both halves of each part: an array of shape (3, 2, 120), six measures of each square of a cut.

    First how much it turns lighter to the right, left, down and up, square by square (80 numbers), then
    how light the squares are beside the skin elsewhere (20), and how unlike it (20).
    """
    import cv2

    anchors, shares = _cuts()
    spread = max(view.bright - view.dark, 15)
    places = (shares @ view.points[anchors]).reshape(-1, WIDTH, 2)
    cuts = cv2.GaussianBlur(values_at(view.grey, places), (3, 3), 0)
    right, down = map(_drop_rims, cv2.spatialGradient(cuts))
    cuts = _drop_rims(cuts)
    ways = cv2.max(cv2.merge([right, -right, down, -down]), 0).astype(np.float32)
    size = (WIDTH // CELL, len(cuts) // CELL)
    ways, light = (cv2.resize(each, size, interpolation=cv2.INTER_AREA).reshape(3, 2, -1) for each in (ways, cuts))
    ways = np.log(ways / spread + LEAST_EDGE)
    light = (light - view.middle) / spread
    return np.concatenate([ways, light, np.abs(light)], axis=2)


def _drop_rims(cuts):
    return cuts.reshape(-1, HEIGHT + 2 * RIM, WIDTH)[:, RIM:-RIM].reshape(-1, WIDTH)


def half_widths(points):
    """Return what share of the face's width its left half (on the photo) and its right half show."""
    left, right, *middle = points[[*SIDES, *MIDDLE], 0].tolist()
    middle = sum(middle) / len(middle)
    left, right = max(abs(left - middle), 1), max(abs(right - middle), 1)
    return left / (left + right), right / (left + right)


def values_at(picture, places):
    """Return the values of a picture at places (height, width, 2) in its pixels; outside those of its border."""
    import cv2

    return cv2.remap(picture, places, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


@lru_cache(maxsize=1)
def _cuts():
    """Return the six halves' anchors, (6, 3) indices, and the share of each anchor in each pixel, (6, pixels, 3)."""
    rows, columns = np.mgrid[-RIM : HEIGHT + RIM, 0:WIDTH].reshape(2, -1)
    pixels = np.stack([(columns + 0.5) / WIDTH, (rows + 0.5) / HEIGHT, np.ones(rows.size)])
    anchors = [half for part in COVERABLE for half in COVER_ANCHORS[part]]
    corners = [np.vstack([np.transpose(_PLACES[part]), np.ones(3)]) for part in COVERABLE for _ in range(2)]
    shares = [np.linalg.solve(corner, pixels).T for corner in corners]
    return np.array(anchors), np.array(shares, dtype=np.float32)


@lru_cache(maxsize=1)
def _load_networks():
    """Return what the networks learned: weights (3, 120, 64), offsets (3, 64), votes (3, 64), offset (3,)."""
    learned = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    names = ("weights", "offsets", "votes", "offset")
    return [np.array([learned[part][name] for part in COVERABLE], dtype=np.float32) for name in names]
