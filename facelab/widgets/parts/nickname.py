"""The question who is in the photos: a nickname or number, kept for the next ones, and never required."""

from ipywidgets import Text

from facelab.dataset.mine import MyData
from facelab.dataset.nicknames import clean_nickname, name_photos, read_nicknames
from facelab.language import say


class Nickname(Text):
    """A field for a nickname or number; at first it holds that of the last photo that has one.

    Parameters
    ----------
    my_data : MyData
        The pupil's own.

    Examples
    --------
    >>> Nickname(MyData(getfixture("tmp_path"))).value
    ''
    """

    def __init__(self, my_data: MyData) -> None:
        last = [*read_nicknames(my_data).values()][-1:]
        super().__init__(
            "".join(last),
            description=say("nickname.who"),
            placeholder=say("nickname.example"),
            tooltip=say("nickname.example"),
            style={"description_width": "initial"},  # or a word longer than usual would be cut
            layout={"width": "340px", "max_width": "100%"},
        )
        self.my_data = my_data

    def give(self, *photos) -> None:
        """Note for photos, by their paths, what the field holds now."""
        if clean_nickname(self.value) or read_nicknames(self.my_data).keys() & {photo.name for photo in photos}:
            name_photos(self.my_data, dict.fromkeys((photo.name for photo in photos), self.value))
