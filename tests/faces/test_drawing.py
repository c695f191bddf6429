"""A face as lines: what cannot be drawn gets a sentence."""

import numpy as np

from facelab.faces.drawing import draw_points


def test_what_is_no_face_is_told_and_not_drawn(sample, says):
    points = sample.points[0]
    shapes = [None, "joy", [[1, 2], [3]], np.zeros(478), np.zeros((10, 3)), points[:, :2], sample.points[:2]]
    for wrong in shapes:
        says("(478, 3) 모양", "shape (478, 3)", lambda wrong=wrong: draw_points(wrong))
    for number in (np.nan, np.inf):
        broken = points.copy()
        broken[7, 1] = number
        says("빠진 수", "Numbers are missing", lambda broken=broken: draw_points(broken))
    for size in (0, -1, 2.5, "320"):
        says("size에는", "size", lambda size=size: draw_points(points, size))


def test_points_far_outside_are_left_out_of_the_picture(sample):
    assert draw_points(sample.points[0] * 1e30).shape == (320, 320, 3)
    assert np.array_equal(draw_points(sample.points[0].tolist()), draw_points(sample.points[0]))
