"""Masks, hands, cups, hats, fringes and dark glasses painted over a face, and what covers nothing."""

import cv2
import numpy as np

from data.making.cloth import any_cloth, cloudy_of, plain_light, tinted
from facelab.faces.geometry import face_size

# Points of Face Mesh.
JAW = [132, 58, 172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397, 288, 361]
LIPS = [61, 40, 37, 0, 267, 270, 291, 321, 405, 17, 181, 91]
OUTER_LIPS = [61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291]
EYE_CENTRES = [468, 473]


# What may lie over a face: each returns the covered image


def put_cloth(random, image, points):
    """A mask or a scarf from the nose down."""
    top = random.uniform(0.0, 0.8)  # from the middle of the nose to just below it
    ridge = points[[195, 2]].T @ (1 - top, top)
    sides = points[[random.choice([93, 132, 234]), random.choice([323, 361, 454])]]
    jaw = points[JAW] + (points[JAW] - points[4]) * random.uniform(0.0, 0.4)
    outline = np.vstack([sides[:1], jaw, sides[1:], ridge[None] + jitter(random, points, (1, 2), 0.02)])
    return fold(random, lay(random, image, outline, any_cloth(random)), points)


def fold(random, image, points):
    """Draw some folds from side to side, as a mask has them."""
    folded, strength = image.copy(), random.uniform(0.6, 0.95)
    for share in random.uniform(0.1, 1.0, random.choice([0, 0, 1, 2, 3, 4])):
        left, middle, right = points[[58, 2, 288]] * (1 - share) + points[[172, 152, 397]] * share
        line = np.linspace(left, right, 12) + np.outer(np.sin(np.linspace(0, np.pi, 12)), middle - (left + right) / 2)
        mask = np.zeros(image.shape[:2], np.float32)
        cv2.polylines(mask, [line.round().astype(np.int32)], False, 1.0, random.integers(1, 4), cv2.LINE_AA)
        folded = folded * (1 - mask * (1 - strength))[..., None]
    return folded.astype(np.uint8)


def put_thing(random, image, points):
    """A cup, book, ball, phone or fist before the mouth."""
    centre, size = points[[13, 14]].mean(0), face_size(points)
    centre = centre + jitter(random, points, 2, 0.04)
    half = size * random.uniform((0.2, 0.16), (0.5, 0.4))
    corners = int(random.choice([4, 4, 24]))
    angles = np.linspace(0, 2 * np.pi, corners, endpoint=False) + (np.pi / 4 if corners == 4 else 0)
    circle = np.stack([np.cos(angles), np.sin(angles)], 1) * (np.sqrt(2) if corners == 4 else 1)
    skin = mean_colour(image, points[[50, 280, 151, 4]]) * random.uniform(0.8, 1.1)  # it may be a fist
    make = tinted(random, skin) if random.random() < 0.4 else any_cloth(random)
    return lay(random, image, turn(circle * half, random.normal(0, 15)) + centre, make)


def put_hand(random, image, points):
    """Fingers and the back of a hand, of the face's own skin, before the mouth."""
    size, skin = face_size(points), mean_colour(image, points[[50, 280, 151, 4]])
    middle = points[[13, 14, 2]].mean(0) + jitter(random, points, 2, 0.03)
    direction = random.choice([0, 180]) + random.uniform(-50, 50)
    thick, gap = size * random.uniform(0.1, 0.15), random.uniform(0.85, 1.0)
    back = np.array([[0.1, -2], [2.5, -2.4], [6, -1.5], [6, 1.5], [2.5, 2.4], [0.1, 2]])
    covered = lay(random, image, turn(back * thick, direction) + middle, tinted(random, skin))
    for place in random.permutation(4):
        y, length = (place - 1.5) * gap, random.uniform(2.0, 3.2)
        tip = np.stack([np.cos(np.linspace(-1.5, 1.5, 9)), 2 * np.sin(np.linspace(-1.5, 1.5, 9)) / 2], 1)
        finger = np.vstack([tip * (-0.55, 0.55) + (-length, y), [[2, y + 0.55], [2, y - 0.55]]])
        covered = lay(random, covered, turn(finger * thick, direction) + middle, tinted(random, skin))
    return covered


def put_fist(random, image, points):
    """Round pieces of a hand of the face's own skin, with dark lines between the fingers."""
    size, skin = face_size(points), mean_colour(image, points[[50, 280, 151, 4]]) * random.uniform(0.75, 1.15)
    middle, covered = points[[13, 14]].mean(0) + jitter(random, points, 2, 0.03), image
    wave = np.linspace(0, 2 * np.pi, 24)
    circle = np.stack([np.cos(wave), np.sin(wave)], 1) * size
    pieces = [(middle + (0, random.uniform(0, 0.1) * size), random.uniform((0.16, 0.13), (0.3, 0.24)))]
    for _ in range(random.integers(2, 6)):
        pieces.append((middle + jitter(random, points, 2, 0.08), random.uniform((0.06, 0.06), (0.16, 0.12))))
    for centre, half in pieces:
        covered = lay(random, covered, circle * half + centre, tinted(random, skin * random.uniform(0.93, 1.07)))
    lines, direction = covered.copy(), turn(np.array([[0, 1]]), random.uniform(-60, 60))[0]
    for step in random.uniform(-0.2, 0.2, random.integers(0, 6)):
        start = middle + direction[::-1] * (1, -1) * step * size + jitter(random, points, 2, 0.02)
        end = start + direction * random.uniform(0.08, 0.25) * size
        ends = [tuple(map(int, place)) for place in (start, end)]
        cv2.line(lines, *ends, (skin * 0.6).clip(0, 255).tolist(), random.integers(1, 4), cv2.LINE_AA)
    return lines


def put_hat(random, image, points, lowest=(0.25, 0.75)):
    """A hat or cap pulled down over the brows; `lowest` is where it ends between brows (0) and eyes (1)."""
    low = points[[70, 63, 105, 66, 107, 336, 296, 334, 293, 300]] * 1.0
    eyes = points[EYE_CENTRES].mean(0)
    brim = low + (eyes - low.mean(0)) * random.uniform(*lowest)
    up = (points[10] - points[152]) * random.uniform(0.3, 0.6)
    sides = points[[127, 356]] + (points[[127, 356]] - eyes) * random.uniform(0.0, 0.3)
    sag = random.choice([0, random.uniform(0, 0.15)]) * (points[152] - points[10])  # the peak of a cap
    brim = brim + np.sin(np.linspace(0, np.pi, len(brim)))[:, None] * sag * (lowest[0] > 0)
    outline = np.vstack([sides[:1], brim, sides[1:], sides[1:] + up, sides[:1] + up])
    covered = lay(random, image, outline, any_cloth(random))
    if random.random() < 0.3:  # a seam or the edge of a peak
        line = (brim - up * random.uniform(0, 0.2)).round().astype(np.int32)
        cv2.polylines(covered, [line], False, random.uniform(0, 255, 3).tolist(), random.integers(1, 4), cv2.LINE_AA)
    return covered


def put_fringe(random, image, points, lowest=(0.3, 0.8)):
    """Strands of hair from the top of the face down over the brows; `lowest` is as for the hat."""
    covered, size = image, face_size(points)
    colour = random.uniform(0, 130, 1) * random.uniform(0.7, 1, 3)
    brow = points[[70, 105, 107, 336, 334, 300]]
    eyes = points[EYE_CENTRES].mean(0)
    if random.random() < 0.5:  # dense hair
        up = (points[10] - points[152]) * random.uniform(0.0, 0.2)
        feet = brow + (eyes - brow.mean(0)) * random.uniform(*lowest)
        covered = lay(random, image, np.vstack([feet, points[[332, 10, 103]] + up]), tinted(random, colour))
    for share in random.permutation(np.linspace(-0.05, 1.05, random.integers(18, 60))):
        foot = np.array([np.interp(share, np.linspace(0, 1, 6), brow[:, axis]) for axis in (0, 1)])
        foot = foot + (eyes - brow.mean(0)) * random.uniform(*lowest) + jitter(random, points, 2, 0.02)
        root = points[10] + (foot - points[10]) * 0.35 + (points[10] - points[152]) * 0.12
        across = turn(np.array([[size * random.uniform(0.02, 0.05), 0]]), random.normal(0, 10))[0]
        outline = np.array([root - across, root + across, foot + across * 0.6, foot - across * 0.3])
        covered = lay(random, covered, outline, tinted(random, colour * random.uniform(0.6, 1.5)), soft=0.004)
    return covered


def put_dark_glasses(random, image, points):
    """Two dark glasses with a bridge between them."""
    lens, eyes, tilt = draw_lens(random, points)
    colour, clear = random.uniform(0, 110) * random.uniform(0.6, 1, 3), random.uniform(0, 0.2)
    rim, thick = random.uniform(0, 220, 3).tolist(), round(face_size(points) * random.uniform(0, 0.02))
    covered, low = image, (points[1] - points[6]) * random.uniform(0, 0.15)
    for eye in eyes:
        outline = turn(lens, tilt) + eye + low
        covered = lay(random, covered, outline, tinted(random, colour), clear=clear)
        if random.random() < 0.4:  # a reflection
            covered = lay(random, covered, outline * 0.25 + eye * 0.75, plain_light(random), clear=0.6)
        if thick:
            cv2.polylines(covered, [outline.round().astype(np.int32)], True, rim, thick, cv2.LINE_AA)
    bridge = np.array([[-0.3, -0.08], [0.3, -0.08], [0.3, 0.02], [-0.3, 0.02]]) * np.linalg.norm(eyes[1] - eyes[0])
    return lay(random, covered, eyes.mean(0) + turn(bridge, tilt), tinted(random, colour))


def draw_lens(random, points):
    """Draw the outline of a lens round (0, 0); returns it with the centres of the eyes and their tilt in degrees."""
    eyes = points[EYE_CENTRES]
    half = np.linalg.norm(eyes[1] - eyes[0]) * random.uniform((0.36, 0.24), (0.5, 0.42))
    power = random.uniform(2, 5)  # 2 is an ellipse, more is rather a box
    angles = np.linspace(0, 2 * np.pi, 40)
    wave = np.stack([np.cos(angles), np.sin(angles)], 1)
    tilt = np.degrees(np.arctan2(*(eyes[1] - eyes[0])[::-1]))
    return np.sign(wave) * np.abs(wave) ** (2 / power) * half, eyes, tilt


# What a face may wear that covers nothing


def wear_hat(random, image, points):
    """A hat that leaves the brows free."""
    return put_hat(random, image, points, lowest=(-1.4, -0.5))


def wear_fringe(random, image, points):
    """A fringe that leaves the brows free."""
    return put_fringe(random, image, points, lowest=(-1.0, -0.4))


def wear_scarf(random, image, points):
    """A scarf or a mask below the lips."""
    ridge = points[[17, 152]].T @ random.dirichlet((3, 3)) + (points[152] - points[17]) * 0.1
    jaw = points[JAW[1:-1]] + (points[JAW[1:-1]] - points[4]) * random.uniform(0.1, 0.5)
    return lay(random, image, np.vstack([jaw, ridge[None]]), any_cloth(random))


def wear_glasses(random, image, points):
    """Glasses with a rim and clear or faintly tinted lenses."""
    lens, eyes, tilt = draw_lens(random, points)
    rim, thick = image.copy(), max(1, round(face_size(points) * random.uniform(0.005, 0.025)))
    colour, clear = random.uniform(0, 160) * random.uniform(0.6, 1, 3), random.uniform(0.75, 1)
    for eye in eyes:
        outline = (turn(lens, tilt) + eye).round().astype(np.int32)
        rim = lay(random, rim, outline.astype(float), tinted(random, random.uniform(0, 255, 3)), clear=clear)
        cv2.polylines(rim, [outline], True, colour.tolist(), thick, cv2.LINE_AA)
    return rim


def wear_beard(random, image, points):
    """A beard and a moustache, dense or a few days old, that leave the lips free."""
    colour, clear = random.uniform(0, 120) * random.uniform(0.7, 1, 3), random.uniform(0, 0.7)
    jaw = points[JAW] + (points[JAW] - points[4]) * random.uniform(-0.05, 0.1)
    lips = points[OUTER_LIPS] + (points[OUTER_LIPS] - points[LIPS].mean(0)) * random.uniform(0.05, 0.3)
    outline = np.vstack([jaw, points[[410]], lips[::-1], points[[186]]])
    hairy = lay(random, image, outline, lambda shape: cloudy_of(random, shape, colour), clear=clear, soft=0.03)
    if random.random() < 0.6:
        strip = points[[186, 165, 164, 391, 410, 270, 0, 40]]
        hairy = lay(random, hairy, strip, lambda shape: cloudy_of(random, shape, colour), clear=clear, soft=0.03)
    return hairy


def paint_lips(random, image, points):
    """Lipstick."""
    colour = random.uniform((90, 0, 0), (220, 110, 120))
    return lay(random, image, points[LIPS], tinted(random, colour), clear=random.uniform(0.3, 0.8), soft=0.03)


HARMLESS = [wear_hat, wear_fringe, wear_scarf, wear_glasses, wear_beard, paint_lips]
COVERINGS = {
    "mouth": [put_cloth, put_thing, put_hand, put_fist],
    "brows": [put_hat, put_fringe],
    "eyes": [put_dark_glasses],
}


def lay(random, image, outline, make, clear=0.0, soft=0.01):
    """Lay what `make(shape)` returns over the image inside an outline, with a soft edge and a shadow below it."""
    size, covered = np.ptp(outline, axis=0).max(), image.copy()
    begin = np.maximum(outline.min(axis=0) - 0.2 * size - 3, 0).astype(int)  # only what lies round the outline changes
    end = np.maximum(outline.max(axis=0) + 0.2 * size + 3, begin + 1).astype(int)
    under = covered[begin[1] : end[1], begin[0] : end[0]]
    if under.size == 0:
        return covered
    mask = np.zeros(under.shape[:2], np.float32)
    cv2.fillPoly(mask, [((outline - begin) * 8).round().astype(np.int32)], 1.0, shift=3)
    shadow = cv2.GaussianBlur(mask, (0, 0), 0.06 * size + 0.5) * random.uniform(0, 0.5)
    mask = (cv2.GaussianBlur(mask, (0, 0), soft * size + 0.5) * (1 - clear))[..., None]
    laid = under * (1 - shadow[..., None]) * (1 - mask) + make(under.shape[:2]) * mask
    under[:] = laid.clip(0, 255).astype(np.uint8)
    return covered


def jitter(random, points, shape, share):
    return random.normal(0, share * face_size(points), shape)


def turn(points, degrees):
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return points @ np.array([[cos, sin], [-sin, cos]])


def mean_colour(image, spots):
    x, y = spots.round().astype(int).T
    height, width = image.shape[:2]
    return image[y.clip(0, height - 1), x.clip(0, width - 1)].astype(np.float32).mean(axis=0)
