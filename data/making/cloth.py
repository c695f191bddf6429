"""What masks, hats and hair are made of: images of a shape (height, width), light and shade included."""

import cv2
import numpy as np


def plain(random, shape):
    """One colour, lit from one side, with the grain of cloth."""
    return shade(random, np.full((*shape, 3), random.integers(0, 256, 3), np.float32))


def striped(random, shape):
    """Stripes of two colours in any direction."""
    angle, width = random.uniform(0, np.pi), random.uniform(0.02, 0.12) * max(shape)
    rows, columns = np.indices(shape)
    wave = np.sin((rows * np.sin(angle) + columns * np.cos(angle)) * np.pi / width)[..., None]
    colours = random.integers(0, 256, (2, 3)).astype(np.float32)
    return shade(random, np.where(wave > random.uniform(-0.5, 0.5), *colours))


def cloudy(random, shape):
    """Blots of several colours, as of a print, a knit or a face in the background."""
    size = random.integers(3, random.choice([24, 60]))
    blots = random.uniform(0, 255, (size, size, 3)) * random.uniform(0.2, 1) + random.uniform(0, 100, 3)
    return shade(random, cv2.resize(blots.astype(np.float32), shape[::-1], interpolation=cv2.INTER_CUBIC))


def checked(random, shape):
    """Squares of two colours and what lies between them, as of a tablecloth."""
    rows, columns = np.indices(shape)
    step, turned = random.uniform(0.03, 0.12) * max(shape), random.uniform(-0.3, 0.3)
    across, down = columns + turned * rows, rows - turned * columns
    share = ((across // step % 2) + (down // step % 2))[..., None] / 2
    one, other = random.integers(0, 256, (2, 3)).astype(np.float32)
    return shade(random, one + share * (other - one))


def dotted(random, shape):
    """Dots of any colours on one, as of petals or a leopard."""
    image = np.full((*shape, 3), random.integers(0, 256, 3), np.float32)
    largest, number = random.uniform(0.01, 0.05) * max(shape), random.integers(30, 200)
    for x, y, share in random.uniform(0, 1, (number, 3)):
        place = (int(x * shape[1]), int(y * shape[0]))
        cv2.circle(image, place, max(1, round(largest * (0.3 + share))), random.uniform(0, 256, 3).tolist(), -1)
    return shade(random, image)


def shade(random, image):
    """Darken an image towards one side, by folds, and add grain."""
    rows, columns = np.indices(image.shape[:2]) / max(image.shape) - 0.5
    angle, folds = random.uniform(0, 2 * np.pi), random.uniform(0, 0.15)
    side = rows * np.sin(angle) + columns * np.cos(angle)
    light = 1 + random.uniform(0, 0.8) * side + folds * np.sin(side * random.uniform(5, 60))
    grain = random.normal(0, random.uniform(0, 8), image.shape[:2])
    return image * light[..., None] + grain[..., None]


def cloudy_of(random, shape, colour):
    """Fine blots of one colour, as of hair."""
    size = random.integers(10, 50)
    blots = cv2.resize(random.uniform(0.6, 1.5, (size, size)).astype(np.float32), shape[::-1])
    return shade(random, colour * blots[..., None])


def any_cloth(random):
    """Choose what a mask, a scarf or a hat is made of; what is returned makes it in a shape (height, width)."""
    make = [plain, plain, plain, striped, checked, dotted, cloudy, cloudy][random.integers(8)]
    return lambda shape: make(random, shape)


def plain_light(random):
    """The same for what a shiny thing mirrors."""
    return tinted(random, random.uniform(120, 255))


def tinted(random, colour):
    """The same for one colour."""
    return lambda shape: shade(random, np.full((*shape, 3), colour, np.float32))
