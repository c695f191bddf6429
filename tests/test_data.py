"""The shipped pictures: whole, balanced, readable, and the points beside them are those Face Mesh reads today."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import facelab
from data.making.render import publish
from facelab.files import load_points, read_table

DATA = Path(__file__).resolve().parents[1] / "data"
MOST_MEGABYTES = 40
FACES = read_table(DATA / "faces" / "faces.csv")
SCENES = read_table(DATA / "scenes" / "scenes.csv")
OTHERS = read_table(DATA / "others" / "others.csv")
MIXER = read_table(DATA / "mixer" / "mixer.csv")
TRIPLES = read_table(DATA / "mixer" / "expressions.csv")


@pytest.fixture(scope="module")
def points():
    return load_points(DATA / "faces" / "points.npz")


def test_checksums_hold_for_every_shipped_file():
    lines = (DATA / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    listed = {name: checksum for checksum, name in (line.split("  ", 1) for line in lines)}
    shipped = {path.relative_to(DATA).as_posix() for folder in publish.SHIPPED for path in (DATA / folder).iterdir()}
    assert set(listed) == shipped
    wrong = [name for name, checksum in listed.items() if publish.hash_file(DATA / name) != checksum]
    assert wrong == []


def test_data_stays_small():
    megabytes = (
        sum(path.stat().st_size for path in DATA.rglob("*") if "mine" not in path.parts and path.is_file()) / 1e6
    )
    assert megabytes < MOST_MEGABYTES


def test_every_person_shows_every_expression_equally_often():
    counts = Counter((row["person"], row["expression"]) for row in FACES)
    people = {row["person"] for row in FACES}
    assert len(people) >= 60
    assert set(counts) == {(person, expression) for person in people for expression in facelab.EXPRESSIONS}
    assert len(set(counts.values())) == 1


def test_skin_tones_are_balanced():
    tones = Counter(publish.name_tone(float(row["skin_tone"])) for row in FACES)
    assert min(tones.values()) > 0.28 * len(FACES)


def test_split_keeps_people_together():
    sides = {(row["person"], row["split"]) for row in FACES}
    assert len(sides) == len({row["person"] for row in FACES})
    assert 0.1 < np.mean([side == "test" for _, side in sides]) < 0.3


def test_tables_and_files_agree(points):
    for folder, rows in (("faces", FACES), ("others", OTHERS), ("scenes", SCENES), ("mixer", MIXER)):
        assert {row["file"] for row in rows} == {path.name for path in (DATA / folder).glob("*.jpg")}
    assert set(points) == {row["file"] for row in FACES}


def test_pictures_open_and_have_their_size(subtests):
    for folder, rows, size in (("faces", FACES, 320), ("others", OTHERS, 320), ("mixer", MIXER, 240)):
        with subtests.test(folder):
            for row in rows:
                with Image.open(DATA / folder / row["file"]) as picture:
                    picture.load()
                    assert picture.size == (size, size), row["file"]


def test_scenes_are_large_enough():
    for row in SCENES:
        with Image.open(DATA / "scenes" / row["file"]) as picture:
            picture.load()
            assert min(picture.size) >= 800


def test_points_are_what_face_mesh_reads_now(points):
    chosen = np.random.default_rng(0).choice(sorted(points), 50, replace=False)
    for name in chosen:
        photo = facelab.read_photo(DATA / "faces" / name)
        found = facelab.find_faces(photo).faces
        assert len(found) == 1, name
        distance = np.linalg.norm(found[0].points[:, :2] - points[name][:, :2], axis=1)
        assert distance.mean() < 1.0, f"{name}: points moved by {distance.mean():.2f} pixels"


def test_the_points_of_the_mixer_are_what_face_mesh_reads_now():
    stored = load_points(DATA / "mixer" / "points.npz")
    assert set(stored) == {row["file"] for row in MIXER}
    for name in np.random.default_rng(0).choice(sorted(stored), 20, replace=False):
        found = facelab.find_faces(facelab.read_photo(DATA / "mixer" / name)).faces[0]
        assert np.linalg.norm(found.points[:, :2] - stored[name][:, :2], axis=1).mean() < 1.0, name


def test_mixer_has_every_triple_and_its_expressions():
    triples = {(row["person"], row["brows"], row["eyes"], row["lips"]) for row in MIXER}
    people = {row["person"] for row in MIXER}
    assert len(triples) == len(MIXER) == len(people) * 6**3
    assert len(people) >= 2
    named = {row["expression"]: (int(row["brows"]), int(row["eyes"]), int(row["lips"])) for row in TRIPLES}
    assert (named["joy"], named["sadness"], named["anger"]) == ((1, 3, 6), (2, 2, 5), (3, 2, 5))
    assert set(named) == set(facelab.EXPRESSIONS) and len(set(named.values())) == 5


def test_scenes_hold_every_outcome_and_their_number_of_faces():
    assert len(SCENES) >= 50
    assert {row["outcome"] for row in SCENES} == {"", "no_face", "covered", "too_close", "too_dark", "blurred"}
    assert all(int(row["faces"]) == 0 for row in SCENES if row["outcome"] == "no_face")
