"""How the picture is taken: pose, camera, light and background."""

import zlib
from dataclasses import asdict, dataclass, replace

import numpy as np

BACKGROUNDS = ("plain", "room", "outdoor", "plain", "room")
# By how many degrees people bow their heads on average in the later shots, as measured on photos of people.
NODS = {"joy": 5.0, "sadness": 1.0, "surprise": 0.0, "anger": 3.0, "neutral": 2.0}


@dataclass(frozen=True)
class Shot:
    """One way to photograph a person.

    pose: yaw (to the person's left ear), pitch (down), roll in degrees. distance in cm from the lens to the face,
    lens in mm on a 36 mm sensor, aim (x, y) in cm: the point of the head in the middle of the picture,
    height in cm of the lens above that point. key_side: degrees from the front (negative = picture's left),
    key_height in cm, key_size in cm (large = soft), key_power and ambient: 1 = ordinary,
    fill and rim: shares of the key light, warmth -1 (cool) .. 1 (warm).
    background: plain, room, outdoor or dark; background_seed chooses one of each kind.
    blur: radius in pixels, noise: spread of the grain (0..1), brightness: factor on the finished picture.
    """

    pose: tuple = (0.0, 0.0, 0.0)
    distance: float = 107.0
    lens: float = 108.0
    aim: tuple = (0.0, 0.4)
    height: float = 0.0
    key_side: float = 35.0
    key_height: float = 40.0
    key_size: float = 45.0
    key_power: float = 1.0
    fill: float = 0.35
    rim: float = 0.4
    ambient: float = 1.0
    warmth: float = 0.2
    background: str = "plain"
    background_seed: int = 0
    blur: float = 0.0
    noise: float = 0.0
    brightness: float = 1.0

    def as_record(self):
        """Return the shot as a dictionary that JSON can hold."""
        return asdict(self)


def draw_shot(person, shot_index, expression, seed=1):
    """Draw a shot of a person; shot 0 is calm and nearly frontal, the later ones turn, nod and light more freely."""
    key = zlib.crc32(expression.encode())
    rng = np.random.default_rng([seed, person.index, shot_index, key])
    freedom = 0.55 if shot_index == 0 else 1.15
    yaw, pitch, roll = (float(np.clip(rng.normal(0, spread), -2 * spread, 2 * spread)) for spread in (11, 7, 4))
    shot = Shot(
        pose=(yaw * freedom, pitch * freedom + (NODS[expression] if shot_index else 0.0), roll * freedom),
        lens=rng.uniform(102, 116),
        aim=(rng.uniform(-2.5, 2.5), rng.uniform(-0.4, 1.2)),
        height=rng.uniform(-5, 8),
        **draw_light(rng, freedom),
        background=str(rng.choice(BACKGROUNDS)),
        background_seed=int(rng.integers(1_000_000)),
        noise=rng.uniform(0.0, 0.012),
    )
    return replace(shot, pose=tuple(round(float(angle), 2) for angle in shot.pose))


def draw_light(rng, freedom):
    """Draw the light fields of a shot; more freedom means harder and more sideways light."""
    return {
        "key_side": float(rng.choice([-1, 1]) * rng.uniform(12, 30 + 30 * freedom)),
        "key_height": rng.uniform(18, 60),
        "key_size": rng.uniform(60 - 30 * freedom, 70),
        "key_power": rng.uniform(0.85, 1.12),
        "fill": rng.uniform(0.25, 0.6),
        "rim": rng.uniform(0.1, 0.8),
        "ambient": rng.uniform(0.8, 1.25),
        "warmth": rng.uniform(-0.5, 0.8),
    }
