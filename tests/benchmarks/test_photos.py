"""Whether what the lessons claim of the shipped faces is also true of photos of real people, which are never shipped.

FACELAB_PHOTOS names a folder of photos with a table labels.csv: file, label and, where it is known, person.
"""

import csv
import os
from pathlib import Path

import pytest

import facelab
from facelab.dataset.labelled import LabelledFaces
from tests.claims import list_claims, measure, measure_differences, share_of_blocks, tell
from tests.claims_of_evaluation import CLAIMS as CLAIMS_OF_EVALUATION

# Without the leak: hardly anybody there has several photos with each expression.
CLAIMS = {name: claim for name, claim in list_claims().items() if claim.people is None}


@pytest.fixture(scope="module")
def photos():
    """The largest face of each photo, without the picture."""
    table = Path(os.environ.get("FACELAB_PHOTOS", "")) / "labels.csv"
    if not table.is_file():
        pytest.skip("set FACELAB_PHOTOS to a folder with photos and labels.csv to try the lessons' claims on them")
    rows = list(csv.DictReader(table.open(encoding="utf-8")))
    found = facelab.find_faces_in([table.with_name(row["file"]) for row in rows], progress=False)
    pairs = [(row, each.faces[0].points) for row, each in zip(rows, found, strict=True) if each.faces]
    labels, people = ([row.get(name) or "" for row, _ in pairs] for name in ("label", "person"))
    return LabelledFaces([None] * len(pairs), [points for _, points in pairs], labels, people)


def cap(condition, most):
    """Take fewer photos to learn from where there are not as many as the lessons have."""
    return {key: min(number, most) if key in facelab.EXPRESSIONS else number for key, number in condition.items()}


@pytest.mark.parametrize("name", CLAIMS)
def test_the_claim_holds_on_photos(benchmark, photos, name):
    claim = CLAIMS[name]
    claim = claim._replace(
        better=cap(claim.better, 50), worse=cap(claim.worse, 50), faint=None, test_size=min(claim.test_size, 16)
    )
    share, effect = benchmark.pedantic(measure, [claim, photos], rounds=1)
    benchmark.extra_info |= {"share_of_blocks": share, **effect._asdict()}
    print(tell(name, share, effect))
    assert effect.low > 0


@pytest.mark.parametrize("name", [name for name in CLAIMS_OF_EVALUATION if "own neutral" not in name])
def test_the_claim_of_lesson_6_holds_on_photos(benchmark, photos, name):
    """Without the own neutral face: hardly anybody has one there."""
    share, effect = measure_differences(benchmark.pedantic(lambda: [*CLAIMS_OF_EVALUATION[name](photos)], rounds=1))
    print(tell(name, share, effect))
    assert effect.low > 0


def test_the_best_of_ten_flatters_on_photos(benchmark, photos):
    options = {"repeats": 90, "progress": False}
    result = benchmark.pedantic(facelab.pick_best, [{"sadness": 20, "neutral": 20}, photos], options, rounds=1)
    share, effect = share_of_blocks(result)
    print(tell("5 the best of ten", share, effect))
    assert effect.low > 0
