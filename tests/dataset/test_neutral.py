"""Each person's own neutral face as the zero point of a data set."""

import numpy as np
import pytest

from facelab.dataset.labelled import LabelledFaces
from facelab.faces.geometry import align


@pytest.fixture
def faces(sample):
    two = np.unique(sample.people)[:2]  # three faces of each expression
    return sample.select(np.isin(sample.people, two))


def average_neutral(faces, person, places=slice(None)):
    chosen = (faces.people == person) & (faces.labels == "neutral")
    return align(faces.points[chosen].astype(float)[places]).mean(axis=0)


def test_everybody_has_the_same_neutral_face_afterwards(faces):
    first, second = np.unique(faces.people)
    moved = faces.from_neutral(strengths=[1])
    assert (moved.labels == faces.labels).all() and (moved.people == faces.people).all()
    assert average_neutral(moved, first) == pytest.approx(average_neutral(moved, second), abs=1e-5)
    assert np.abs(average_neutral(faces, first) - average_neutral(faces, second)).max() > 0.03


def test_the_movement_stays_in_as_many_strengths_as_wanted(faces):
    own = {person: average_neutral(faces, person) for person in np.unique(faces.people)}
    movement = align(faces.points.astype(float)) - np.array([own[person] for person in faces.people])
    moved = faces.from_neutral(strengths=[0.25, 1])
    common = average_neutral(faces.from_neutral(strengths=[1]), faces.people[0])
    quarter, whole = align(moved.points.astype(float)).reshape(2, -1, 478, 3) - common
    assert whole == pytest.approx(movement, abs=1e-4) and quarter == pytest.approx(movement / 4, abs=1e-4)
    assert moved.counts() == (faces + faces).counts()


def test_where_the_face_lies_in_its_photo_does_not_matter(faces, turn):
    elsewhere = LabelledFaces(faces.images, turn(faces.points, 20, 3, (40, 9)), faces.labels, faces.people)
    assert elsewhere.from_neutral().points == pytest.approx(faces.from_neutral().points, abs=1e-2)


def test_the_moved_faces_are_drawings_of_their_points(faces):
    moved = faces.from_neutral()
    image = moved.images[0]
    assert image.shape == (320, 320, 3) and (image < 100).any()
    assert moved.points[:, :, :2].min() > 0 and moved.points[:, :, :2].max() < 320
    assert moved[0].problem is None


def test_whoever_has_no_neutral_face_or_no_name_is_told_in_one_sentence(says, faces):
    first, second = np.unique(faces.people)
    lively = faces.select(faces.labels != "neutral")
    says(f"(2명): {first}, {second}", f"without a neutral photo (2): {first}, {second}", lively.from_neutral)
    nobody = LabelledFaces(faces.images, faces.points, faces.labels, [*faces.people[:-4], *[""] * 4])
    says("30개 가운데 4개", "For 4 of 30 faces", nobody.from_neutral)
    says("하나도 없어요", "no faces at all", faces[:0].from_neutral)
    says("2가 들어왔어요", "2", lambda: faces.from_neutral(strengths=[2]))
    many = LabelledFaces(faces.images, faces.points, ["joy"] * 30, [f"{n:02}" for n in range(30)])
    says("07, ...", "07, ...", many.from_neutral)
