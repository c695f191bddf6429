"""Face photos that a person has looked at and sent back: file name -> how many times it was drawn anew.

A photo goes back when a stranger would dispute its label or when something on it looks wrong.
"""

REDRAWN: dict[str, int] = {}
