"""Which faces a lesson works with: a class's own where two people are named and can be compared, else shipped ones."""

import numpy as np

import facelab
from facelab.dataset.loading import choose_pair, count_left, load_faces, load_strange
from facelab.experiments.conditions import draw_trial

FIVE = dict.fromkeys(facelab.EXPRESSIONS, 2)


def name_people(sample, **photos):
    """Take faces and say whose they are: for each nickname the numbers of its expressions."""
    parts = [sample.take(numbers, seed=seed) for seed, numbers in enumerate(photos.values())]
    for name, part in zip(photos, parts, strict=True):
        part.people = np.array([name.removesuffix("_")] * len(part))
    return sum(parts[1:], parts[0])


def test_the_own_class_are_people_with_a_nickname_and_ten_faces_in_expressions_that_all_show(mine, sample, capsys):
    two = {"Ari": FIVE, "Bora": FIVE}
    cases = {
        "two people": (two, {"Ari": 10, "Bora": 10}),
        "one of few photos": (two | {"Cheol": {"joy": 2}}, {"Ari": 10, "Bora": 10}),
        "nobody's": (two | {"_": FIVE}, {"Ari": 10, "Bora": 10}),
        "another's expressions": (two | {"Cheol": {"surprise": 10}}, {"Ari": 10, "Bora": 10}),
        "too few of a pair": (two | {"Cheol": {"joy": 5, "anger": 5}}, {"Ari": 10, "Bora": 10}),
        "a pair that more have": (
            {"Ari": FIVE, "Bora": {"joy": 6, "anger": 5}, "Cheol": {"joy": 5, "anger": 6, "neutral": 1}},
            {"Bora": 11, "Cheol": 11},
        ),
        "hardly any in common": ({"Ari": {"joy": 20, "anger": 1}, "Bora": {"joy": 1, "anger": 1, "neutral": 20}}, None),
        "one person": ({"Ari": FIVE}, None),
        "one expression": ({"Ari": FIVE, "Bora": {"joy": 10}}, None),
    }
    for case, (photos, wanted) in cases.items():
        mine.delete_everything()
        name_people(sample, **photos).save(mine.folder / "faces")
        faces, said = load_faces(people=12), capsys.readouterr().out
        names, numbers = np.unique(faces.people, return_counts=True)
        if wanted:
            assert dict(zip(names, numbers, strict=True)) == wanted, case
            assert f"우리 반 {len(wanted)}명의 얼굴 {sum(wanted.values())}개로" in said, case
            assert all(len(part) for part in faces.split(0.5, by="person")), case
        else:
            assert len(names) == 12 and "모자라서" in said, case


def test_the_own_class_can_be_split_both_ways(mine, sample):
    name_people(sample, Ari=FIVE, Bora=FIVE).save(mine.folder / "faces")
    result = facelab.compare_splits(load_faces(people=12), repeats=3, progress=False)
    assert result.table["repeat"].nunique() == 3 and result.table["test_photos"].sum() == 2 * 3 * 10


def test_own_faces_of_a_few_named_people_are_taken_only_if_enough_are_left_to_learn_from(mine, sample):
    for people, each, own in ((1, 28, True), (2, 14, False), (2, 28, True), (6, 30, True), (9, 12, True)):
        mine.delete_everything()
        faces = sample.take(joy=each * people if people < 7 else 108, sadness=each * people if people < 7 else 108)
        faces.people = np.array([f"{number % people}" for number in range(len(faces) // 2)] * 2)
        faces.save(mine.folder / "faces")
        taken = load_faces(joy=28, sadness=28)
        assert (len(taken) == len(faces)) is own, (people, each)
        conditions = {"2 + 2": {"joy": 2, "sadness": 2}, "20 + 20": {"joy": 20, "sadness": 20}}
        assert facelab.compare(conditions, taken, repeats=2, progress=False).means.min() > 0.5


def test_as_many_photos_as_are_promised_are_left_whoever_is_asked_in_the_test():
    random = np.random.default_rng(0)
    for case in range(150):
        numbers = random.choice([[0, 1, 5, 12], [2, 5, 30, 9], [6, 6, 6, 7]][case % 3], (2, random.integers(1, 10)))
        labels = np.repeat(["joy", "anger"], numbers.sum(axis=1))
        people = np.repeat(np.tile(np.arange(numbers.shape[1]), 2), numbers.ravel()).astype(str)
        faces = facelab.LabelledFaces([None] * len(labels), np.zeros((len(labels), 478, 3)), labels, people)
        promised = {label: count_left(faces, label, 8) for label in ("joy", "anger")}
        for seed in range(5 if all(promised.values()) else 0):
            assert len(draw_trial(promised, faces, [case, seed], 8).train) == sum(promised.values())


def test_of_two_expressions_with_enough_faces_the_harder_ones_are_chosen(says, sample):
    assert choose_pair(sample) == ("sadness", "neutral")
    assert choose_pair(sample.take(joy=20, surprise=20, neutral=19)) == ("surprise", "joy")
    few = sample.take(joy=20, anger=19)
    says("지금은 기쁨 20장 · 화남 19장", "there are joy 20 · anger 19", lambda: choose_pair(few))


def test_strange_faces_come_person_by_person_and_no_more_than_there_are(says):
    assert [face.image.shape[2] for face in load_strange(people=1)] == [3] * 8
    says("사람은 10명", "There are 10 people", lambda: load_strange(people=11))
