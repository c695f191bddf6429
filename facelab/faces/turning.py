"""Which way up a face stands: Face Mesh also draws its upright face over one that stands on its head.

How brows, eyes and mouth turn lighter and darker tells cheaply whether to look again: a logistic regression has learned
that from shipped faces, upright and turned (`python -m data.making.turning`). What then follows is in `detection`.
"""

import json
from functools import lru_cache
from pathlib import Path

import numpy as np

from facelab.faces.covering import EDGES

WEIGHTS = Path(__file__).with_name("turning.json")
# Logarithms of the odds: from which a face is looked at again, and from which one that seems covered is, which may be
# the reason; and from which it is still in doubt then.
MOST_TURNED, MAYBE_TURNED, SURELY_TURNED = 0.0, -1.0, 2.0


def measure_turning(measures: np.ndarray, widths: tuple[float, float]) -> float:
    """Return the logarithm of the odds that a face does not stand as its points say.

    Parameters
    ----------
    measures : array of shape (3, 2, 120)
        As `describe_parts` makes them.
    widths : pair of float
        What share of the face's width its halves show.

    Examples
    --------
    >>> import facelab
    >>> from facelab.faces.covering import describe_parts, half_widths, view_of
    >>> view = view_of(facelab.load_sample()[0])
    >>> measure_turning(describe_parts(view), half_widths(view.points)) < MOST_TURNED
    True
    """
    weights, offset = _load_weights()
    return float(sum_edges(measures, widths) @ weights + offset)


def sum_edges(measures: np.ndarray, widths: tuple[float, float]) -> np.ndarray:
    """Return how each part turns lighter and darker, both halves together: 240 numbers."""
    return np.einsum("phe,h->pe", measures[:, :, :EDGES], np.float32(widths)).ravel()


@lru_cache(maxsize=1)
def _load_weights():
    learned = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return np.array(learned["weights"], dtype=np.float32), learned["offset"]
