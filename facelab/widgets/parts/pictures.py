"""Pictures to choose from."""

from pathlib import Path

import traitlets

from facelab.widgets.parts.html import encode_picture
from facelab.widgets.parts.scripts import Part, are_places, is_place


class Pictures(Part):
    """A shelf of pictures; a click, or the arrow keys, choose one of them or, if wanted, a click adds one.

    Parameters
    ----------
    pick : function (place)
        Called with the place of the picture that was clicked; where many can be chosen, with the list of their places.
    label : str
        What a screen reader calls the shelf.
    size : int
        Width of a picture on the screen, in pixels.
    many : bool
        Whether more than one can be chosen; a second click takes a picture back.

    Attributes
    ----------
    chosen : list of int
        The places of the chosen pictures.
    """

    _esm = Path(__file__).with_name("pictures.js")
    pictures = traitlets.List().tag(sync=True)
    chosen = traitlets.List(traitlets.Int()).tag(sync=True)
    label = traitlets.Unicode().tag(sync=True)
    size = traitlets.Int(96).tag(sync=True)
    many = traitlets.Bool(False).tag(sync=True)

    def __init__(self, pick, label, size=96, many=False):
        super().__init__(label=label, size=size, many=many)
        self._pick = pick
        self.hear(
            lambda _, message, __: self._pick(message["chosen" if self.many else "clicked"]),
            {
                "clicked": lambda place: is_place(place, len(self.pictures)),
                "chosen": lambda places: are_places(places, len(self.pictures)),
            },
        )

    def show(self, images, names, captions=None) -> None:
        """Show other pictures, none of them chosen.

        Parameters
        ----------
        images : sequence of arrays of shape (height, width, 3), uint8
            The pictures.
        names : list of str
            What a screen reader calls each of them.
        captions : list of str, optional
            What stands below each of them.
        """
        self.chosen = []
        self.pictures = [
            {"source": encode_picture(image), "name": name, "caption": caption}
            for image, name, caption in zip(images, names, captions or [""] * len(names), strict=True)
        ]

    def press(self, place: int) -> None:
        """Choose a picture as a click would."""
        self.chosen = [place]
        self._pick(place)
