"""What many tests need: the shipped faces, a sentence in both languages, a pupil's folder.

A usual run leaves out the tests marked `thorough`, and says so at its end; `--all` runs these as well.
"""

import errno
from collections import Counter
from unittest.mock import Mock

import numpy as np
import pytest

import facelab
from facelab.faces import pieces
from facelab.language import LANGUAGES, use_language

LEFT_OUT = pytest.StashKey[dict]()


def pytest_addoption(parser):
    parser.addoption("--all", action="store_true", help="run the tests marked `thorough`, too")


@pytest.hookimpl(trylast=True)  # what -k and -m have left
def pytest_collection_modifyitems(config, items):
    """Leave out what is only for `--all`, and begin with what takes long, so that no core waits for it at the end."""
    thorough = [] if config.option.all else [item for item in items if item.get_closest_marker("thorough")]
    config.hook.pytest_deselected(items=thorough)
    items[:] = sorted(
        (item for item in items if item not in thorough), key=lambda item: item.get_closest_marker("slow") is None
    )
    left_out = dict(Counter(item.location[0] for item in thorough))
    config.stash[LEFT_OUT] = getattr(config, "workeroutput", {})["left_out"] = left_out


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    """Where several processes test, they know what was left out, and one of them tells the process that reports."""
    node.config.stash[LEFT_OUT] = getattr(node, "workeroutput", {}).get("left_out", {})  # none if it crashed


def pytest_terminal_summary(terminalreporter, config):
    for file, count in config.stash.get(LEFT_OUT, {}).items():
        terminalreporter.write_line(f"left out without --all: {count} of {file}", yellow=True)


@pytest.fixture
def mine(empty):
    """The pupil's data, empty; some files fill it."""
    return empty


@pytest.fixture(scope="session")
def sample():
    """All shipped faces."""
    return facelab.load_sample()


@pytest.fixture(scope="session")
def five(sample):
    """One shipped face of each expression."""
    return sample.take(seed=1, **dict.fromkeys(facelab.EXPRESSIONS, 1))


@pytest.fixture(scope="session")
def model(sample):
    """A model that has learned from the shipped faces."""
    return facelab.expression_model().fit(sample.points, sample.labels)


@pytest.fixture
def no_pictures(tmp_path, monkeypatch):
    """As if the pictures of the pieces had not come along; what was read of them before is forgotten."""
    cached = (pieces._pictures, pieces._points, pieces._mixer_outlines)
    with monkeypatch.context() as patch:
        patch.setattr(pieces, "MIXER", tmp_path)
        for each in cached:
            each.cache_clear()
        yield
    for each in cached:
        each.cache_clear()


@pytest.fixture
def full_disk():
    """A function that fails as all writing does once the disk is full."""
    return Mock(side_effect=OSError(errno.ENOSPC, "No space left on device"))


@pytest.fixture
def says():
    """A function that does something wrong and checks the sentence: it must hold some words in Korean, some in English.

    The words are those that matter: what was found, what was expected, or what to do next.
    """

    def check(korean, english, work, kind=ValueError):
        for language, expected in zip(LANGUAGES, (korean, english), strict=True):
            use_language(language)
            with pytest.raises(kind) as problem:
                work()
            assert expected in str(problem.value)
            assert problem.value._render_traceback_() == [str(problem.value)]  # a pupil sees the sentence alone
        use_language("ko")

    return check


@pytest.fixture(scope="session")
def turn():
    """A function that turns points (n, 478, 3) in the plane of the picture, makes them larger and shifts them."""

    def turn_points(points, degrees=0.0, scale=1.0, shift=(0.0, 0.0)):
        cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
        matrix = scale * np.array([[cos, -sin, 0], [sin, cos, 0], [0, 0, 1]])
        return points @ matrix.T + [*shift, 0]

    return turn_points
