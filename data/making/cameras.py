"""Pictures as bad cameras make them."""

import cv2
import numpy as np


def spoil(random, image):
    """Make a picture as an ordinary camera, an old one or the web would: grey, coarse, noisy, flat, lit from a side."""
    image = image.astype(np.float32)
    if random.random() < 0.5:
        image = image.mean(axis=2, keepdims=True).repeat(3, axis=2)
    rows, columns = np.indices(image.shape[:2]) / max(image.shape) - 0.5
    angle = random.uniform(0, 2 * np.pi)
    light = 1 + random.uniform(0, 0.9) * (rows * np.sin(angle) + columns * np.cos(angle))
    image = image * light[..., None] * cast_shadow(random, rows, columns)[..., None]
    image = 255 * (image.clip(0, 255) / 255) ** random.uniform(0.6, 1.6) * random.uniform(0.6, 1.0)
    image = (image - 128) * random.uniform(0.6, 1.2) + 128 + random.uniform(-25, 25)
    share = random.choice([1, 1, random.uniform(0.2, 0.7)])
    small = cv2.resize(image, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    small = (small + random.normal(0, random.uniform(0, 8), small.shape[:2])[..., None]).clip(0, 255).astype(np.uint8)
    _, packed = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, int(random.integers(40, 95))])
    return cv2.resize(cv2.imdecode(packed, cv2.IMREAD_COLOR), image.shape[1::-1], interpolation=cv2.INTER_LINEAR)


def cast_shadow(random, rows, columns):
    """Return the share of light left by a shadow with a straight edge across the picture; often there is none."""
    angle, place = random.uniform(0, 2 * np.pi), random.uniform(-0.25, 0.25)
    edge = (rows * np.sin(angle) + columns * np.cos(angle) - place) / random.uniform(0.02, 0.2)
    return 1 - random.choice([0, random.uniform(0.2, 0.7)]) / (1 + np.exp(-edge.clip(-30, 30)))


def maybe_spoil(random, image):
    return spoil(random, image) if random.random() < 0.7 else image
