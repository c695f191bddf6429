"""Coverings drawn over photos, to measure how many are noticed: other shapes and prints than those learned from."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

FINE = 4  # drawn so many times larger, so that edges come out smooth
MASK_COLOURS = [(150, 190, 220), (240, 240, 238), (25, 25, 28), (235, 180, 195), (120, 130, 125), (200, 60, 60)]


def surgical_mask(random, image, points):
    """A pleated mask of one colour, from the nose to below the chin, with loops round the ears."""
    colour = MASK_COLOURS[random.integers(len(MASK_COLOURS))]
    return _lay(image, *_draw_mask(random, image, points, lambda size: _cloth(size, colour)))


def printed_mask(random, image, points):
    """The same with a print: gingham, flowers or camouflage."""
    prints = (_gingham, _flowers, _camouflage)
    make = prints[random.integers(3)]
    return _lay(image, *_draw_mask(random, image, points, lambda size: make(random, size)))


def scarf(random, image, points):
    """A scarf with a zigzag up to the nose."""
    size = _length(points)
    rows, columns = np.indices(image.shape[:2])
    period = size * random.uniform(0.08, 0.2)
    wave = (rows + period * np.abs((columns / period) % 2 - 1)) // period % 2
    colours = random.integers(20, 240, (2, 3))
    cloth = Image.fromarray(colours[wave.astype(int)].astype(np.uint8))
    top = points[[93, 4, 323]] * (1, 1) + (0, random.uniform(-0.02, 0.06) * size)
    bottom = points[[361, 152, 132]] + (0, 0.25 * size)
    side = np.array([(0.15 * size, 0)])
    return _lay(image, cloth, [np.vstack([top[:1] - side, top[1:2], top[2:] + side, bottom[:1] + side, bottom[1:]])])


def hand(random, image, points):
    """A flat hand of the colour of the forehead: four fingers beside each other, with dark gaps and nails."""
    size, middle = _length(points), points[[0, 17]].mean(0) + random.normal(0, 0.03, 2) * _length(points)
    skin = _colour_at(image, points[[151, 9, 50, 280]]) * random.uniform(0.8, 1.12)
    drawing, sketch = _canvas(image, tuple(skin.clip(0, 255).astype(int)))
    angle = random.uniform(-0.6, 0.6) + random.choice([0, np.pi, np.pi / 2])
    along, across = np.array([np.cos(angle), np.sin(angle)]), np.array([-np.sin(angle), np.cos(angle)])
    thick, lines = size * random.uniform(0.12, 0.16), []
    for place in range(4):
        start = middle + across * thick * (place - 1.5) - along * size * random.uniform(0.25, 0.35)
        lines.append((start, start + along * size * 1.3))
    for edge in range(5):
        gap = middle + across * thick * (edge - 2)
        _line(sketch, gap - along * 0.3 * size, gap + along * 0.35 * size, skin * 0.72, 0.012 * size)
    for start, _ in lines:
        _dot(sketch, start + along * 0.05 * size, 0.035 * size, skin * 0.6 + 95)
    outlines = [_thick_line(start, end, thick) for start, end in lines]
    return _lay(image, drawing, outlines, rounds=[(start, thick / 2) for start, _ in lines])


def fist(random, image, points):
    """A fist before the mouth: round knuckles of the colour of the cheeks."""
    size, middle = _length(points), points[[13, 14]].mean(0)
    skin = _colour_at(image, points[[50, 280, 4]]) * random.uniform(0.85, 1.1)
    drawing, sketch = _canvas(image, tuple(skin.clip(0, 255).astype(int)))
    rounds = [(middle + (0, 0.12 * size), 0.24 * size)]
    for place in range(4):
        centre = middle + ((place - 1.5) * 0.12 * size, -0.07 * size)
        _line(sketch, centre + (0.06 * size, -0.1 * size), centre + (0.06 * size, 0.1 * size), skin * 0.7, 0.012 * size)
        rounds.append((centre, 0.09 * size))
    return _lay(image, drawing, [], rounds=rounds)


def mug(random, image, points):
    """A mug with a band and a handle, at the lips."""
    size, middle = _length(points), points[13] + random.normal(0, 0.02, 2) * _length(points)
    colour, band = random.integers(10, 250, (2, 3))
    drawing, sketch = _canvas(image, tuple(colour))
    half, height = size * random.uniform(0.18, 0.28), size * random.uniform(0.4, 0.55)
    _line(sketch, middle + (-half, 0.45 * height), middle + (half, 0.45 * height), band, 0.15 * height)
    body = middle + np.array(
        [(-half, -0.3 * height), (half, -0.3 * height), (0.85 * half, height), (-0.85 * half, height)]
    )
    return _lay(image, drawing, [body], rounds=[(middle + (1.1 * half, 0.3 * height), 0.2 * height)])


def beanie(random, image, points):
    """A knitted hat with ribs whose fold hides the brows."""
    size, colour = _length(points), random.integers(10, 245, 3)
    columns = np.indices(image.shape[:2])[1]
    ribs = 1 + 0.15 * np.sin(columns / (size * random.uniform(0.01, 0.02)))[..., None]
    knit = Image.fromarray((colour * ribs).clip(0, 255).astype(np.uint8))
    low = points[[46, 52, 9, 282, 276]] + (0, random.uniform(0.03, 0.07) * size)
    top = points[[389, 10, 162]] + [(0.08 * size, -0.3 * size), (0, -0.5 * size), (-0.08 * size, -0.3 * size)]
    sides = points[[127, 356]] + [(-0.06 * size, 0), (0.06 * size, 0)]
    return _lay(image, knit, [np.vstack([sides[:1], low, sides[1:], top])])


def cap(random, image, points):
    """A cap whose peak hides the brows and throws a shadow on the eyes."""
    size, colour = _length(points), random.integers(10, 245, 3)
    drawing, sketch = _canvas(image, tuple(colour))
    brow = points[[105, 334]].mean(0)
    _line(sketch, brow + (-size, -0.1 * size), brow + (size, -0.1 * size), colour * 0.6, 0.02 * size)
    angles = np.linspace(0, np.pi, 20)
    peak = brow + np.stack([0.5 * size * np.cos(angles), random.uniform(0.1, 0.16) * size * np.sin(angles)], axis=1)
    crown = brow + np.stack([0.48 * size * np.cos(angles), -0.6 * size * np.sin(angles)], axis=1)
    return _lay(image, drawing, [peak, crown])


def fringe(random, image, points):
    """Hair cut straight below the brows."""
    size, colour = _length(points), random.uniform(10, 140) * random.uniform((1, 0.75, 0.5), (1, 0.9, 0.8))
    drawing, sketch = _canvas(image, tuple(colour.astype(int)))
    left, right = points[21], points[251]
    for place in np.linspace(-0.1, 1.1, 70):
        root = points[10] + (left + (right - left) * place - points[10]) * 0.5 - (0, 0.1 * size)
        foot = left + (right - left) * place + (0, 0.4 * size)
        _line(sketch, root, foot, colour * random.uniform(0.6, 1.5), 0.006 * size)
    low = points[[70, 52, 9, 282, 300]] + np.column_stack([np.zeros(5), random.uniform(0.02, 0.07, 5) * size])
    return _lay(image, drawing, [np.vstack([left[None], low, right[None], points[[332, 10, 103]] - (0, 0.06 * size)])])


def aviators(random, image, points):
    """Drop-shaped dark glasses in a thin metal frame, darker above than below."""
    shape = np.array(
        [(-1, -0.6), (-0.2, -0.75), (0.7, -0.65), (0.85, -0.1), (0.5, 0.7), (-0.1, 1), (-0.7, 0.75), (-1, 0.1)]
    )
    return _glasses(random, image, points, shape, clear=0.08)


def wayfarers(random, image, points):
    """Dark glasses with straight upper rims."""
    shape = np.array([(-1.1, -0.75), (1, -0.65), (0.85, 0.3), (0.5, 0.65), (-0.5, 0.7), (-0.9, 0.35)])
    return _glasses(random, image, points, shape, clear=0.03)


COVERINGS = {
    "mask": [surgical_mask, printed_mask, scarf],
    "hand": [hand, fist],
    "cup": [mug],
    "hat": [beanie, cap],
    "fringe": [fringe],
    "dark glasses": [aviators, wayfarers],
}


def cover(random, image, points, draw):
    """Cover the face of a photo; over a photo without colours the covering has none either."""
    covered = draw(random, image, points[:, :2].astype(float))
    if np.ptp(image.astype(int), axis=2).mean() < 3:
        covered = covered @ np.array([0.299, 0.587, 0.114])
        covered = covered[..., None].repeat(3, axis=2).astype(np.uint8)
    return covered


def _draw_mask(random, image, points, make_cloth):
    size = _length(points)
    cloth = make_cloth(image.shape[1::-1])
    sketch = ImageDraw.Draw(cloth)
    for place in np.linspace(0.35, 0.8, 4):  # pleats
        left, right = (points[top] + (points[low] - points[top]) * place for top, low in ((234, 172), (454, 397)))
        sketch.line([*left, *right], fill=(90, 90, 90), width=max(1, round(0.006 * size)))
    nose = points[6] + (points[4] - points[6]) * random.uniform(0.3, 0.85)
    low = points[[397, 400, 152, 176, 172]] + np.array([(0, 0), (0, 0.04), (0, 0.05), (0, 0.04), (0, 0)]) * size
    upper = points[[117, 346]] + (0, 0.03 * size)
    outline = np.vstack([points[[93]], upper[:1], nose[None], upper[1:], points[[323]], low])
    return cloth, [outline]


def _glasses(random, image, points, shape, clear):
    size, eyes = _length(points), points[[468, 473]]
    apart = np.linalg.norm(eyes[1] - eyes[0])
    rows = np.linspace(random.uniform(5, 30), random.uniform(20, 75), image.shape[0])[:, None, None]
    tint = rows * random.uniform((0.7, 0.7, 0.7), (1, 1, 1))
    drawing = Image.fromarray((tint.repeat(image.shape[1], axis=1)).clip(0, 255).astype(np.uint8))
    sketch, frame = ImageDraw.Draw(drawing), random.integers(0, 200, 3)
    middle = eyes.mean(0)
    lenses = []
    for eye, mirror in zip(eyes, (1, -1), strict=True):
        lens = eye + shape * (mirror, 1) * (0.42 * apart, 0.36 * apart) + (0, 0.04 * apart)
        sketch.line([*map(tuple, lens), tuple(lens[0])], fill=tuple(frame), width=max(1, round(0.015 * size)))
        _line(sketch, lens[1], lens[1] + (0.1 * apart, 0.3 * apart), (150, 150, 155), 0.02 * size)  # a reflection
        lenses.append(lens)
    bridge = [middle + np.array([(-0.15, -0.1), (0.15, -0.1), (0.15, -0.03), (-0.15, -0.03)]) * apart]
    return _lay(image, drawing, lenses + bridge, clear=clear)


def _cloth(size, colour):
    return Image.new("RGB", size, tuple(int(value) for value in colour))


def _gingham(random, size):
    columns, rows = np.meshgrid(np.arange(size[0]), np.arange(size[1]))
    step, colour = random.integers(4, 14), random.integers(20, 200, 3)
    share = ((columns // step % 2) + (rows // step % 2))[..., None] / 2
    return Image.fromarray((255 + (colour - 255.0) * share).astype(np.uint8))


def _flowers(random, size):
    cloth = _cloth(size, random.integers(150, 250, 3))
    sketch = ImageDraw.Draw(cloth)
    for x, y, radius in random.uniform((0, 0, 2), (*size, 9), (size[0] * size[1] // 120, 3)):
        _dot(sketch, np.array([x, y]), radius, random.integers(30, 250, 3))
    return cloth


def _camouflage(random, size):
    coarse = random.uniform(0, 1, (size[1] // 9 + 2, size[0] // 9 + 2))
    field = np.asarray(Image.fromarray((coarse * 255).astype(np.uint8)).resize(size, Image.Resampling.BICUBIC))
    colours = np.array([(60, 70, 45), (100, 110, 70), (150, 140, 100), (40, 40, 35)])
    return Image.fromarray(colours[np.digitize(field, (90, 130, 165))].astype(np.uint8))


def _canvas(image, colour):
    drawing = _cloth(image.shape[1::-1], colour)
    return drawing, ImageDraw.Draw(drawing)


def _line(sketch, start, end, colour, width):
    fill = tuple(np.clip(colour, 0, 255).astype(int).tolist())
    sketch.line([*start, *end], fill=fill, width=max(1, round(width)))


def _dot(sketch, centre, radius, colour):
    fill = tuple(np.clip(colour, 0, 255).astype(int).tolist())
    sketch.ellipse([*(centre - radius), *(centre + radius)], fill=fill)


def _thick_line(start, end, width):
    along = (end - start) / np.linalg.norm(end - start)
    side = np.array([-along[1], along[0]]) * width / 2
    return np.array([start - side, start + side, end + side, end - side])


def _lay(image, drawing, outlines, rounds=(), clear=0.0):
    """Lay a drawing over the image inside outlines and rounds; a share of what lies below shines through."""
    mask = Image.new("L", (image.shape[1] * FINE, image.shape[0] * FINE))
    sketch = ImageDraw.Draw(mask)
    for outline in outlines:
        sketch.polygon([tuple(point) for point in outline * FINE], fill=255)
    for centre, radius in rounds:
        sketch.ellipse([*((centre - radius) * FINE), *((centre + radius) * FINE)], fill=255)
    mask = mask.resize(image.shape[1::-1], Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(0.7))
    share = np.asarray(mask, np.float32)[..., None] / 255 * (1 - clear)
    rows = np.linspace(1.06, 0.86, image.shape[0])[:, None, None]  # lit from above
    drawn = np.asarray(drawing.filter(ImageFilter.GaussianBlur(0.6)), np.float32) * rows
    return (image * (1 - share) + drawn * share).clip(0, 255).astype(np.uint8)


def _length(points):
    return np.ptp(points, axis=0).max()


def _colour_at(image, spots):
    x, y = spots.round().astype(int).T
    height, width = image.shape[:2]
    return image[y.clip(0, height - 1), x.clip(0, width - 1)].astype(float).mean(axis=0)
