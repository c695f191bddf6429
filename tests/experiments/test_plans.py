"""The experiments of the lessons have exactly their numbers, names that tell conditions apart, and can be run."""

import facelab
from facelab.experiments.plans import PLANS, name_conditions, plan


def test_the_first_view_has_the_numbers_of_the_lessons():
    assert [condition["wrong"] for condition in plan("wrong_labels").values()] == [0, 0.1, 0.2, 0.3, 0.4, 0.5]
    assert plan("imbalance")["기쁨 40 · 슬픔 20"] == {"joy": 40, "sadness": 20}
    assert list(plan("pairs").values()) == [
        {"joy": 20, "anger": 20},
        {"surprise": 20, "anger": 20},
        {"surprise": 35, "anger": 35},
    ]
    pairs = [set(condition) for condition in plan("all_pairs").values()]
    assert len(pairs) == 10 and all(len(pair) == 2 and pairs.count(pair) == 1 for pair in pairs)
    assert list(plan("amount")) == ["20장씩", "60장씩"] and plan("amount")["60장씩"] == {"joy": 60, "anger": 60}
    numbers = [condition["joy"] for condition in plan("learning_curve").values()]
    assert (numbers[0], numbers[-1]) == (5, 100)
    assert list(plan("split").values()) == [{"joy": 16, "sadness": 16, "by": "photo"}]
    assert list(plan("leak")) == ["사진으로 나누기", "사람으로 나누기"]


def test_one_sided_mistakes_are_as_many_as_those_on_both_sides():
    right, both, one = plan("one_sided").values()
    assert 40 * both["wrong"] == 20 * one["wrong"] and (one["of"], one["into"]) == ("anger", "joy")
    assert right["wrong"] == 0


def test_other_expressions_can_be_chosen():
    assert list(plan("strong_imbalance", "sadness", "neutral")) == ["슬픔 20 · 무표정 20", "슬픔 36 · 무표정 4"]
    assert plan("pairs", second="neutral")["기쁨 20 · 무표정 20"] == {"joy": 20, "neutral": 20}
    assert list(plan("pairs", "anger", "joy").values()) == [{"anger": 20, "joy": 20}, {"anger": 35, "joy": 35}]


def test_names_say_what_sets_conditions_apart():
    assert list(plan("remedies")) == [
        "기쁨 36 · 슬픔 4",
        "기쁨 36 · 슬픔 4 · 많은 쪽을 버리기",
        "기쁨 36 · 슬픔 4 · 적은 쪽에 무게 주기",
        "기쁨 36 · 슬픔 36",
    ]
    assert list(plan("one_sided")) == ["틀린 라벨 0%", "틀린 라벨 20%", "화남 40%에 기쁨 라벨"]
    facelab.use_language("en")
    assert list(plan("one_sided")) == ["0% wrong", "20% wrong", "40% of anger called joy"]
    assert list(plan("leak")) == ["Split by photo", "Split by person"]
    assert list(plan("amount")) == ["20 each", "60 each"]
    assert list(plan("remedies"))[1:3] == [
        "joy 36 · sadness 4 · Throw the surplus away",
        "joy 36 · sadness 4 · Rare ones count more",
    ]


def test_a_single_condition_keeps_its_whole_name():
    assert name_conditions([{"joy": 16, "anger": 16, "by": "photo"}]) == ["16장씩 · 사진으로 나누기"]


def test_every_plan_can_be_run_on_the_shipped_faces(sample):
    for name in PLANS:
        size = 4 if name in ("learning_curve", "split") else 8
        result = facelab.compare(plan(name), sample, repeats=2, test_size=size, progress=False)
        assert list(result.means.index) == list(plan(name)) and result.table["repeat"].nunique() == 2, name


def test_what_is_not_planned_gets_a_sentence(says):
    says("'luck': 이런 실험은", "no experiment 'luck'. Choose one of wrong_labels", lambda: plan("luck"))
    says("'smile'", "'smile'", lambda: plan("imbalance", "smile"))
    says("joy뿐이에요", "only joy", lambda: plan("imbalance", "joy", "joy"))
