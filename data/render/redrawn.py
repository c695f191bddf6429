"""Face photos that a person has looked at and sent back: file name -> how many times it was drawn anew.

A photo goes back when a stranger would dispute its label or when something on it looks wrong; its expression is then
shown plainly, whatever the shot.
"""

REDRAWN: dict[str, int] = {
    "p000_joy_0.jpg": 1,
    "p000_neutral_0.jpg": 1,
    "p008_anger_0.jpg": 1,
    "p010_neutral_0.jpg": 1,
    "p011_joy_0.jpg": 1,
    "p018_joy_0.jpg": 1,
    "p025_surprise_0.jpg": 1,
    "p028_anger_0.jpg": 2,
    "p030_sadness_0.jpg": 1,
    "p032_anger_0.jpg": 1,
    "p032_joy_0.jpg": 1,
    "p033_sadness_0.jpg": 1,
    "p035_anger_0.jpg": 1,
    "p041_sadness_0.jpg": 1,
    "p043_sadness_0.jpg": 1,
    "p044_sadness_0.jpg": 1,
    "p052_joy_0.jpg": 1,
    "p054_joy_0.jpg": 1,
    "p055_neutral_0.jpg": 1,
    "p056_anger_0.jpg": 1,
}
