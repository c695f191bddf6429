"""Who is drawn for the shipped pictures, and how they are lit; Blender itself is not needed here."""

import json

import numpy as np
import pytest
from PIL import Image

from data.making.render import wrinkles
from data.making.render.backgrounds import paint_background
from data.making.render.colours import skin_colour
from data.making.render.finish import develop, lay_over, paint_photo_background
from data.making.render.geometry import pose_points, signed_distance, turn
from data.making.render.head import HeadModel
from data.making.render.people import draw_person
from data.making.render.shots import Shot, draw_shot
from data.making.render.wrinkles import LINES, strengths_for

CROWD = [draw_person(index) for index in range(60)]


def test_the_same_number_is_the_same_person():
    assert draw_person(7) == CROWD[7]
    assert draw_person(7, seed=2) != CROWD[7]
    assert json.loads(json.dumps(CROWD[7].as_record()))["index"] == 7


def test_skin_tones_are_spread_evenly():
    counts, _ = np.histogram([person.skin_tone for person in CROWD], bins=5, range=(0, 1))
    assert counts.min() >= 10


def test_only_the_old_are_grey_and_only_grown_men_have_beards_or_no_hair():
    for person in CROWD:
        assert (person.hair_colour in ("grey", "white", "salt")) == (person.age == "old")
        if person.look == "feminine" or person.age == "teen":
            assert person.beard == "none"
            assert person.hair_style != "bald"


def test_eye_and_hair_colour_do_not_follow_skin_tone():
    light_eyes = np.array([person.eye_colour in ("blue", "green", "grey") for person in CROWD])
    tones = np.array([person.skin_tone for person in CROWD])
    assert light_eyes[tones < 0.5].any()
    assert light_eyes[tones > 0.5].any()


def test_the_crowd_wears_glasses_beards_and_headscarves():
    assert sum(person.glasses != "none" for person in CROWD) >= 15
    assert sum(person.beard != "none" for person in CROWD) >= 8
    assert sum(person.headscarf is not None for person in CROWD) >= 4


def test_darker_tones_are_darker():
    light = [skin_colour(tone).sum() for tone in np.linspace(0, 1, 9)]
    assert light == sorted(light, reverse=True)


def test_shots_are_repeatable_and_nearly_frontal():
    for person in CROWD[:10]:
        for number in range(3):
            shot = draw_shot(person, number, "joy")
            assert shot == draw_shot(person, number, "joy")
            assert np.abs(shot.pose).max() < 30


def test_age_and_movement_deepen_lines():
    young = next(person for person in CROWD if person.age == "teen")
    old = next(person for person in CROWD if person.age == "old")
    calm, frowning = strengths_for(young, {}), strengths_for(young, {"browDown_L": 1.0})
    assert set(calm) == set(LINES)
    assert frowning["frown"] > calm["frown"]
    assert all(strengths_for(old, {})[name] > calm[name] for name in LINES)


def test_wrinkles_darken_where_they_are_and_nowhere_else(monkeypatch):
    monkeypatch.setattr(wrinkles, "PIXELS", 256)  # a ninth of what is drawn takes a ninth of the time
    lines = wrinkles.WrinkleMap()
    smooth, lined = (lines.paint({"forehead": strength}) for strength in (0.0, 1.0))
    darker = lined[..., 0] < smooth[..., 0] - 0.05
    assert darker[lines.grooves["forehead"] > 0.5].all()
    assert not darker[lines.grooves["forehead"] < 0.01].any()


def test_backgrounds_are_soft_pictures(subtests):
    for kind in ("plain", "room", "outdoor", "dark"):
        with subtests.test(kind):
            picture = paint_background(kind, 3, 96)
            assert picture.shape == (96, 96, 3)
            assert 0 <= picture.min() <= picture.max() <= 1
            assert np.abs(np.diff(picture, axis=1)).mean() < 0.05


def test_finishing_lays_the_person_over_the_background():
    shot = Shot(background="dark", background_seed=4)
    cutout = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
    cutout.paste((250, 0, 0, 255), (16, 16, 48, 48))
    picture = np.asarray(lay_over(paint_photo_background(shot, 64), cutout))
    assert picture[32, 32].tolist() == [250, 0, 0]
    assert picture[4, 4].max() < 80


def test_developing_blurs_and_darkens():
    stripes = Image.fromarray(np.tile(np.array([0, 255], np.uint8).repeat(3).reshape(1, 2, 3), (32, 16, 1)))
    assert np.asarray(develop(stripes, Shot(blur=4.0))).std() < 0.3 * np.asarray(stripes).std()
    assert np.asarray(develop(stripes, Shot(brightness=0.5))).max() <= 128


def test_the_head_turns_and_the_shoulders_stay():
    points = np.array([[0.0, 0.0, 10.0], [0.0, -20.0, 5.0]])
    turned = pose_points(points, (20, 0, 0))
    assert turned[0, 0] > 3
    assert np.allclose(turned[1], points[1])
    assert np.allclose(turn(30, 10, 5) @ turn(30, 10, 5).T, np.eye(3))


def test_distance_is_negative_inside_an_outline():
    square = np.array([[0, 0], [2, 0], [2, 2], [0, 2]], float)
    assert np.allclose(signed_distance(np.array([[1.0, 1.0], [4.0, 1.0]]), square), [-1, 2])


def test_an_unknown_expression_shape_is_named():
    head = HeadModel(np.zeros((3, 3)), np.zeros((1, 3, 3)), {"jawOpen": np.ones((3, 3))}, np.zeros((1, 4), int), ["a"])
    assert np.allclose(head.add_expression(head.neutral, {"jawOpen": 0.5}), 0.5)
    with pytest.raises(ValueError, match="no expression shape named smirk"):
        head.add_expression(head.neutral, {"smirk": 1.0})
