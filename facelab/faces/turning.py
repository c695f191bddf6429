"""Which way up a face stands: Face Mesh also draws its upright face over one that stands on its head.

Three things tell cheaply whether to look again: how brows, eyes and mouth turn lighter and darker, how covered they
look, and how far the points are from making a face, as they are bent where they were read off the wrong way up. A
logistic regression has learned that from shipped faces, upright and turned (`python -m data.making.turning`). What then
follows is in `detection`.
"""

import json
from functools import lru_cache
from pathlib import Path

import numpy as np

from facelab.faces.covering import COVERABLE, EDGES
from facelab.faces.geometry import align

WEIGHTS = Path(__file__).with_name("turning.json")
EVERY = 10  # of the points
# Logarithms of the odds: from which a face is looked at again, and from which it is still in doubt then. For one that
# seems covered, each has a limit of its own: the covering may be why it looks turned, or look like one because it is.
MOST_TURNED, MOST_TURNED_COVERED = 0.0, -1.0
MOST_DOUBT, MOST_DOUBT_COVERED = 0.5, 2.0
PLAINLY_UPRIGHT = -2.0  # below it the points need no look, which saves time


def measure_turning(
    measures: np.ndarray, widths: tuple[float, float], covers: dict[str, float], points: np.ndarray
) -> float:
    """Return the logarithm of the odds that a face does not stand as its points, (478, 3) in pixels, say.

    The rest is what `describe_parts`, `half_widths` and `weigh_parts` return of the face.
    """
    offset, edges, parts, shape, usual = _load_weights()
    odds = float(offset + sum_edges(measures, widths) @ edges) + sum(map(float.__mul__, covers.values(), parts))
    return odds if odds < PLAINLY_UPRIGHT else odds + float(sum_shape(points[None])[0] @ shape) - usual


def sum_edges(measures: np.ndarray, widths: tuple[float, float]) -> np.ndarray:
    """Return how each part turns lighter and darker, both halves together: 240 numbers."""
    return np.einsum("phe,h->pe", measures[:, :, :EDGES], np.float32(widths)).ravel()


def sum_shape(points: np.ndarray) -> np.ndarray:
    """Return where every tenth point of faces, (n, 478, 3), lies once they are aligned: an array of shape (n, 144)."""
    return align(points)[:, ::EVERY].reshape(len(points), -1)


@lru_cache(maxsize=1)
def _load_weights():
    learned = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    edges, shape = (np.array(learned[name], dtype=np.float32) for name in ("edges", "shape"))
    return learned["offset"], edges, [learned["covers"][part] for part in COVERABLE], shape, learned["usual"]
