"""Brows and beards: short strands that move with the skin."""

import numpy as np

from .geometry import distance_to_line, scatter_on, unit


def grow_from_skin(regions, points, normals, weights, count, rng):
    """Return roots (n, 3), normals (n, 3) and the roots' places (n, 3) on the neutral head."""
    chosen, shares = scatter_on(weights, count, rng)
    corners = regions.triangles[chosen]
    on_skin = [(values[corners] * shares[..., None]).sum(axis=1) for values in (points, normals, regions.head.neutral)]
    return on_skin[0], unit(on_skin[1]), on_skin[2]


def bend_strands(roots, normals, direction, length, lift):
    """Return strands (n, 3, 3): three points each, along the skin in direction, risen by lift (cm)."""
    along = unit(direction - normals * (direction * normals).sum(axis=1, keepdims=True)) * length[:, None]
    return np.stack(
        [roots + normals * 0.01, roots + along / 2 + normals * lift, roots + along + normals * lift], axis=1
    )


def make_brows(regions, points, normals, thickness, lift, rng, count=300):
    """Return the strands (n, 3, 3) of both brows; thickness at the inner end and lift in cm."""
    strands = []
    for line in regions.lift_brows(lift):
        side = np.sign(line[2, 0])
        roots, outward, places = grow_from_skin(
            regions, points, normals, brow_weights(regions, line, thickness), count, rng
        )
        share = np.interp(places[:, 0] * side, np.abs(line[:, 0]), np.linspace(0, 1, 5))
        centre = np.interp(places[:, 0] * side, np.abs(line[:, 0]), line[:, 1])
        rise = 0.75 * (1 - share) ** 1.4 - 0.3 * share - (places[:, 1] - centre) / thickness * 0.45
        direction = np.stack([side * (0.55 + 0.6 * share), rise, -0.25 * share], axis=1)
        direction += rng.normal(0, 0.12, direction.shape)
        length = (0.40 + 0.25 * rng.random(count)) * (1.1 - 0.35 * share)
        strands.append(bend_strands(roots, outward, direction, length, 0.045))
    return np.concatenate(strands)


def brow_weights(regions, line, thickness):
    """Return how likely a brow hair is on each triangle (t,)."""
    places, reach = regions.triangle_centres, np.abs(line[:, 0])
    along = places[:, 0] * np.sign(line[2, 0])
    wide = thickness * (1 - 0.62 * np.interp(along, reach, np.linspace(0, 1, 5)))
    off = (places[:, 1] - np.interp(along, reach, line[:, 1])) / wide
    near = (distance_to_line(places, line) < 1.2) & (along > reach[0] - 0.1) & (along < reach[-1]) & (np.abs(off) < 2)
    return regions.areas * near * np.exp(-1.6 * off**2)


def make_beard(regions, points, normals, kind, rng):
    """Return the strands (n, 3, 3) of a beard: full, goatee, moustache or stubble; None for none."""
    if kind == "none":
        return None
    mask, count, length = {
        "full": (regions.jaw**1.5, 6500, 0.7),
        "goatee": (regions.goatee, 2200, 0.6),
        "moustache": (regions.moustache, 1000, 0.6),
        "stubble": (regions.jaw, 5000, 0.13),
    }[kind]
    weights = regions.areas * np.clip(mask[regions.triangles].mean(axis=1) - 0.12, 0, 1)
    roots, outward, places = grow_from_skin(regions, points, normals, weights, count, rng)
    side = np.clip(places[:, 0] / 2.0, -1, 1)
    over_lip = (places[:, 1] > -3.0) & (np.abs(places[:, 0]) < 2.6)
    direction = np.stack([np.where(over_lip, 1.2 * side, 0.25 * side), -np.ones(count), 0.15 * np.ones(count)], axis=1)
    direction += rng.normal(0, 0.25, direction.shape)
    length = length * (0.6 + 0.6 * rng.random(count)) * np.where(over_lip, 0.6, 1.0)
    return bend_strands(roots, outward, direction, length, min(0.16, 0.3 * length.mean()))
