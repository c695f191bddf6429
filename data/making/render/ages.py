"""How age shapes a head: teenagers have larger eyes, a smaller nose and a shorter, rounder lower face."""

from .geometry import smooth_step, weigh_near


def shape_age(head, points, age):
    """Return the points (v, 3) of a head at rest, changed for an age; only "teen" changes the shape."""
    if age != "teen":
        return points
    young = points.copy()
    grow_about(head, young, head.neutral[head.landmarks[36:42]].mean(axis=0), (2.3, 1.7, 3.2), 1.11)
    grow_about(head, young, head.neutral[head.landmarks[42:48]].mean(axis=0), (2.3, 1.7, 3.2), 1.11)
    grow_about(head, young, head.landmark(33) + (0, 1.0, -0.8), (1.9, 2.2, 3.0), 0.86)
    for side in ("_L", "_R"):
        young += 0.22 * head.expressions["cheekPuff" + side]
    x, y, z = head.neutral.T
    lower = smooth_step(-y, -2.0, 7.6)
    young[:, 1] += 0.85 * lower
    young[:, 0] *= 1 - 0.05 * smooth_step(-y, 3.0, 8.0) * smooth_step(z, 2.0, 6.0)
    young[:, 2] -= 0.25 * smooth_step(-y, 4.0, 7.6) * smooth_step(z, 5.0, 9.0)
    neck = smooth_step(-y, 7.5, 9.5) * smooth_step(y, -16.0, -12.0)
    young[:, 0] *= 1 - 0.10 * neck
    return young


def grow_about(head, points, centre, reach, factor):
    """Scale points (v, 3) in place about the place that centre (3,) has on the neutral head; reach (3,) in cm."""
    near = weigh_near(head.neutral, centre, reach)
    middle = (points * near[:, None]).sum(axis=0) / near.sum()
    points += (factor - 1) * near[:, None] * (points - middle)
