"""What a camera adds to a rendered person: background, light level, blur and grain."""

import numpy as np
from PIL import Image, ImageFilter

from .backgrounds import paint_background


def finish_photo(cutout, shot, size):
    """Lay an RGBA picture on the shot's background; returns an RGB picture (size, size)."""
    return develop(lay_over(paint_photo_background(shot, size), cutout), shot)


def paint_photo_background(shot, size):
    """Return the shot's background as an RGB picture."""
    values = paint_background(shot.background, shot.background_seed, size)
    return Image.fromarray((values * 255).astype(np.uint8))


def lay_over(background, cutout, corner=(0, 0)):
    """Lay an RGBA picture over an RGB one, its upper left corner at corner (pixels); returns a new picture."""
    picture = background.copy()
    picture.paste(cutout, corner, cutout)
    return picture


def develop(picture, shot):
    """Apply the shot's blur, brightness and grain."""
    if shot.blur:
        picture = picture.filter(ImageFilter.GaussianBlur(shot.blur))
    values = np.asarray(picture, float) / 255 * shot.brightness
    if shot.noise:
        values = values + np.random.default_rng(shot.background_seed).normal(0, shot.noise, values.shape)
    return Image.fromarray((np.clip(values, 0, 1) * 255).astype(np.uint8))
