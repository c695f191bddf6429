"""Hair styles: strands (n, k, 3) in head coordinates that lie on the smooth wrap round the head."""

from dataclasses import dataclass, replace

import numpy as np
from scipy.spatial import cKDTree

from .geometry import scatter_on, smooth_step, unit, vertex_normals
from .wrap import CENTRE, Wrap, find_place

# How far round (degrees) hair that falls is kept from the front, by level of the wrap.
FACE_LEVELS = [0.25, 0.50, 0.57, 0.66, 0.75, 0.84, 0.95, 1.2, 1.5, 1.8, 2.1, 2.7]
FACE_EDGE = [0.0, 1.0, 4.0, 15.0, 29.0, 43.0, 54.0, 61.0, 66.0, 74.0, 88.0, 104.0]


@dataclass(frozen=True)
class HairStyle:
    """How hair is laid: way of laying, length (cm, or the wrap's level for falling hair), count and look of strands.

    layer: thickness of the hair in cm; part: place of the parting in degrees; wave and curl: cm; frizz: disorder 0..1.
    """

    way: str
    length: float
    count: int = 9000
    points: int = 10
    radius: float = 0.055
    layer: float = 0.8
    part: float = 0.0
    sides: float = 1.0
    wave: float = 0.0
    curl: float = 0.0
    frizz: float = 0.06
    ties: tuple = ()
    fringe: bool = False


STYLES = {
    "buzz": HairStyle("forward", 0.7, 12000, 4, 0.038, 0.25, frizz=0.1),
    "short": HairStyle("forward", 2.6, 9000, 7, 0.05, 0.9, sides=0.35, frizz=0.22),
    "side": HairStyle("aside", 6.0, 9000, 9, 0.055, 1.3, part=16.0, sides=0.3, frizz=0.06),
    "fringe": HairStyle("forward", 5.6, 9000, 9, 0.055, 1.0, sides=0.45, frizz=0.12),
    "swept": HairStyle("backward", 6.5, 9000, 9, 0.055, 1.5, sides=0.35, frizz=0.06),
    "bob": HairStyle("fall", 1.78, 9500, 14, 0.07, 0.9, part=8.0),
    "fringe_bob": HairStyle("fall", 1.72, 9500, 14, 0.07, 0.9, fringe=True),
    "long": HairStyle("fall", 2.5, 10000, 18, 0.07, 0.9, part=14.0),
    "wavy": HairStyle("fall", 2.4, 10500, 26, 0.06, 1.2, part=-14.0, wave=0.6),
    "bun": HairStyle("tied", 0.0, 8500, 12, 0.055, 0.35, ties=((0.0, 15.4, -4.6), 2.5)),
    "ponytail": HairStyle("tied", 0.0, 8500, 12, 0.055, 0.35, ties=((3.4, 7.5, -9.6), 0.0)),
    "curls": HairStyle("outward", 4.2, 6500, 18, 0.055, 0.4, sides=0.65, curl=0.42, frizz=0.5),
    "afro": HairStyle("outward", 4.6, 9500, 16, 0.05, 0.4, sides=0.85, curl=0.3, frizz=0.35),
}


def choose_style(name, hatted):
    """Return the style of this name; under a hat short hair is cropped and long hair lies flat."""
    style = STYLES[name]
    if not hatted:
        return style
    return replace(style, layer=0.2, wave=0.0, fringe=False) if style.way == "fall" else STYLES["buzz"]


def cut_hair(regions, points, style, seed):
    """Return the strands (n, k, 3) of a head's hair and the sheet under them, None where it needs none."""
    falls = style.way == "fall"
    wrap = Wrap(points, regions.head.head_faces if falls else regions.earless_faces)
    return Wig(regions, points, wrap, style, seed).strands(), make_cap(wrap, style) if falls else None


class Wig:
    """The hair of one person: draws roots on the scalp and lays a strand from each."""

    def __init__(self, regions, points, wrap, style, seed):
        self.style, self.wrap = style, wrap
        self.rng = np.random.default_rng([seed, 31])
        above = regions.above_hairline(regions.triangle_centres) + self.rng.normal(0, 0.22, len(regions.areas))
        bare_ears = ~regions.ears[regions.triangles].any(axis=1)
        weights = regions.areas * (above > 0) * bare_ears * (regions.triangle_centres[:, 2] > -9.9)
        chosen, shares = scatter_on(weights, style.count, self.rng)
        corners = regions.triangles[chosen]
        normals = vertex_normals(points, regions.head.head_faces)
        self.roots = (points[corners] * shares[..., None]).sum(axis=1)
        self.normals = unit((normals[corners] * shares[..., None]).sum(axis=1))
        start = (regions.head.neutral[corners] * shares[..., None]).sum(axis=1)
        self.edge = smooth_step(regions.above_hairline(start), 0, 1.4)
        self.clump = cKDTree(self.roots[:: max(1, style.count // 450)]).query(self.roots)[1]

    def strands(self):
        """Return the strands (n, k, 3)."""
        lay = {"fall": self.fall, "tied": self.tie, "outward": self.grow_outward}.get(self.style.way, self.comb)
        strands = lay()
        if self.style.fringe:
            strands = np.concatenate([strands, self.add_fringe(strands.shape[1])])
        return strands

    def per_clump(self, spread):
        """Return normal noise (n,) shared by the strands of a lock."""
        return self.rng.normal(0, spread, self.clump.max() + 1)[self.clump]

    def lay_on_wrap(self, paths, layer):
        """Press paths (n, k, 3) onto the wrap, each strand at its own height inside the layer (cm)."""
        count, length, _ = paths.shape
        level, angle, _ = find_place(paths.reshape(-1, 3))
        height = layer * (0.15 + 0.85 * self.rng.random(count) ** 0.7) * (0.35 + 0.65 * self.edge[:count])
        rise = np.sin(np.clip(np.linspace(0, 1, length) * 1.6, 0, np.pi / 2 + 0.25))
        off = height[:, None] * rise + 0.05
        laid = self.wrap.place(level, angle, off.ravel()).reshape(paths.shape)
        laid[:, 0] = paths[:, 0]
        return laid

    def comb(self):
        """Comb short hair forward, aside or backward."""
        style, roots = self.style, self.roots
        top = smooth_step(roots[:, 1], 6.0, 10.0)
        _, angle, _ = find_place(roots)
        across = np.where(angle > style.part, 1.0, -1.0) * np.ones(len(roots))
        forward = smooth_step(roots[:, 2], -4.0, 0.0)
        down = np.stack([0 * top, -np.ones(len(top)), -0.3 * np.ones(len(top))], axis=1)
        upper = {
            "forward": np.stack([0.25 * np.sign(roots[:, 0]) + 0.12, -0.25 + 0 * top, 2 * forward - 0.8], axis=1),
            "aside": np.stack([across, -0.1 + 0 * top, np.where(roots[:, 2] > 2, 0.25, -0.3)], axis=1),
            "backward": np.stack([0.15 * np.sign(roots[:, 0]), 0.1 + 0 * top, -np.ones(len(top))], axis=1),
        }[style.way]
        direction = upper * top[:, None] + down * (1 - top)[:, None]
        noise = np.stack([self.per_clump(style.frizz * 2.5) for _ in range(3)], axis=1)
        direction = unit(direction + noise + self.rng.normal(0, style.frizz, roots.shape))
        length = style.length * (0.75 + 0.4 * self.rng.random(len(roots))) * (style.sides + (1 - style.sides) * top)
        steps = np.linspace(0, 1, style.points)[None, :, None]
        return self.lay_on_wrap(roots[:, None] + steps * (direction * length[:, None])[:, None], style.layer)

    def fall(self):
        """Let long hair fall from the parting, sideways past the face and down."""
        style = self.style
        level, angle, _ = find_place(self.roots)
        steps = np.linspace(0, 1, style.points)
        end = style.length - 0.05 * self.rng.random(len(level)) - 0.1 * (self.clump % 7) / 7
        path = level[:, None] + steps * np.maximum(end - level, 0.15)[:, None]
        side = np.where(angle > style.part, 1.0, -1.0)[:, None]
        turned = np.abs(angle)[:, None] + 0 * path
        open_face = np.interp(path, FACE_LEVELS, FACE_EDGE) + 14 * self.rng.random((len(level), 1)) ** 1.5
        wide = smooth_along(
            np.maximum(np.where(side * angle[:, None] < 0, -turned, turned), open_face * smooth_step(steps, 0, 0.12))
        )
        wave = self.waves(steps, path, angle)
        height = style.layer * (0.1 + 0.9 * self.rng.random((len(level), 1))) * (0.4 + 0.6 * self.edge[:, None])
        off = height * smooth_step(steps, 0, 0.25) + 0.08 + wave[0] + hang_off(self.wrap, path, side * wide)
        strands = self.wrap.place(path, side * (wide + 5 * wave[1]), off)
        strands[:, 0] = self.roots
        return strands

    def waves(self, steps, path, angle):
        """Return two waves (n, k) that grow towards the tips, nearly in step with their neighbours at angle (n,)."""
        if not self.style.wave:
            return np.zeros((2, *path.shape))
        phase = 1.6 * np.sin(0.11 * angle)[:, None] + self.rng.normal(0, 0.35, (len(path), 1))
        grown = self.style.wave * smooth_step(steps, 0.15, 0.6)
        return grown * np.sin(path * 16 + phase), grown * np.cos(path * 16 + phase)

    def add_fringe(self, length):
        """Add strands that fall over the forehead and end above the brows."""
        level, angle, _ = find_place(self.roots)
        front = np.flatnonzero((np.abs(angle) < 58) & (level < 0.8) & (level > 0.2))
        steps = np.linspace(0, 1, length)
        end = 0.80 + 0.045 * self.rng.random((len(front), 1)) + 0.03 * (np.abs(angle[front, None]) / 50) ** 2
        path = level[front, None] * (1 - steps) + end * steps
        around = angle[front, None] + self.rng.normal(0, 2.0, (len(front), 1)) * steps
        strands = self.wrap.place(path, around, 0.25 + 0.6 * self.rng.random((len(front), 1)) * np.sin(steps * 2.6))
        strands[:, 0] = self.roots[front]
        return strands

    def tie(self):
        """Pull the hair back to a tie and add the knot (bun) or the tail."""
        style = self.style
        tie, knot = np.array(style.ties[0]), style.ties[1]
        steps = np.linspace(0, 1, style.points)[None, :, None]
        paths = self.roots[:, None] * (1 - steps) + tie * steps
        pulled = self.lay_on_wrap(paths, style.layer)
        return np.concatenate([pulled, self.make_knot(tie, knot) if knot else self.make_tail(tie)])

    def make_knot(self, centre, radius):
        """Wind strands round a ball."""
        count = 1800
        normal = unit(self.rng.normal(size=(count, 3)))
        tangent = unit(np.cross(normal, [0.2, 1.0, 0.3]))
        turns = np.linspace(-0.9, 0.9, self.style.points)[None, :, None]
        ring = normal[:, None] * np.cos(turns) + tangent[:, None] * np.sin(turns)
        return centre + radius * ring * (0.85 + 0.15 * self.rng.random((count, 1, 1)))

    def make_tail(self, tie):
        """Let a tail hang from the tie."""
        count = 1500
        steps = np.linspace(0, 1, self.style.points)[None, :, None]
        spread = self.rng.normal(0, 1, (count, 1, 3)) * np.array([0.9, 0.5, 0.6])
        sink = np.concatenate([5.5 * np.sin(steps * 1.8), -19.0 * steps**1.5, 8.0 * steps**2 - 2 * steps], axis=2)
        return tie + sink + spread * (0.5 + np.sin(steps * 2.8))

    def grow_outward(self):
        """Grow curls straight out of the scalp."""
        style, count = self.style, len(self.roots)
        top = smooth_step(self.roots[:, 1], 2.0, 9.5)
        length = style.length * (0.7 + 0.5 * self.rng.random(count)) * (style.sides + (1 - style.sides) * top)
        length *= 0.45 + 0.55 * self.edge
        noise = np.stack([self.per_clump(style.frizz) for _ in range(3)], axis=1)
        direction = unit(self.normals + noise + self.rng.normal(0, 0.2 * style.frizz, self.roots.shape))
        steps = np.linspace(0, 1, style.points)
        strands = self.roots[:, None] + direction[:, None] * (length[:, None] * steps)[..., None]
        first = unit(np.cross(direction, [0.3, 0.9, 0.2]))
        second = np.cross(direction, first)
        turn = self.clump[:, None] * 2.4 + self.rng.normal(0, 0.35, (count, 1)) + steps * length[:, None] * 4.2
        swing = (style.curl * np.clip(steps * 3, 0, 1))[None, :, None]
        return strands + swing * (first[:, None] * np.cos(turn)[..., None] + second[:, None] * np.sin(turn)[..., None])


def smooth_along(values):
    """Smooth paths (n, k) along their length, keeping the first value."""
    smooth = values.copy()
    for _ in range(2):
        smooth[:, 1:-1] = (smooth[:, :-2] + 2 * smooth[:, 1:-1] + smooth[:, 2:]) / 4
    return smooth


def hang_off(wrap, level, angle):
    """Return how far (cm) off the wrap hair below the ears hangs: straight down, not along neck and shoulders."""
    hanging = np.interp(level, [1.3, 1.7, 2.7], [7.6, 7.9, 8.8])
    return (hanging - wrap.radius(level, angle)) * smooth_step(level, 1.25, 1.65)


def make_cap(wrap, style):
    """Return the sheet under falling hair: (points, faces, cut) with cut < 0 over the face."""
    points, faces, level, angle = wrap.sheet(
        np.linspace(0.45, style.length - 0.08, 60), np.linspace(-180, 180, 121), 0.12
    )
    points += unit((points - CENTRE) * (1, 0, 1)) * hang_off(wrap, level, angle)[:, None]
    return points, faces, np.abs(angle) - np.interp(level, FACE_LEVELS, FACE_EDGE) - 9
