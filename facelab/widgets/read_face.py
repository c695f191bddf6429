"""Read a face into pieces: which of the six eyebrows, eyes and lips it is most like."""

import html
from functools import lru_cache

import ipywidgets

from facelab.dataset.mine import MyData
from facelab.faces.pieces import PIECES, SHAPES, FaceReading, face_from_pieces, list_people, list_pieces, read_face
from facelab.language import say
from facelab.widgets.parts.asking import AskingView, find_one_face
from facelab.widgets.parts.html import encode_picture, write_card, write_image, write_shelf
from facelab.widgets.parts.samples import choose_practice_faces
from facelab.widgets.parts.view import make_column, make_row, make_text, write_text

OFFERED = 8  # faces to pick from
FACE_SIZE = 240  # pixels on the screen
MIRROR_SIZE = 320


class ReadFaceSession:
    """Reads faces into pieces, one after the other.

    Attributes
    ----------
    face, reading
        The largest usable face of the photo read last, and its FaceReading; None at the start and after `clear()`.
    person : int
        Who the rebuilt face is of, counted from 0.
    offered : sequence of arrays of shape (height, width, 3)
        Faces to pick from: the pupil's own, or shipped ones if there are none.
    offers_own : bool
        Whether they are the pupil's own.

    Examples
    --------
    >>> session = ReadFaceSession(MyData(getfixture("tmp_path")))
    >>> len(session.read(session.offered[0]).triple)
    3
    """

    def __init__(self, my_data):
        own = my_data.faces()[-OFFERED:]
        self.offers_own = bool(own)
        self.offered = [face.image() for face in own] or choose_practice_faces().select(range(OFFERED)).images
        self.person = 0
        self.clear()

    def clear(self) -> None:
        """Forget the face."""
        self.face = self.reading = None

    def read(self, photo) -> FaceReading:
        """Read the largest usable face of a photo; returns its FaceReading. Raises ValueError if there is none."""
        self.clear()
        face = find_one_face(photo).usable[0]
        self.face, self.reading = face, read_face(face)
        return self.reading


class ReadFace(AskingView):
    """Drop a photo, take one or pick a face: its three parts, the nearest pieces, and the face rebuilt from them.

    Examples
    --------
    >>> widget = ReadFace()
    >>> widget.samples.press(0)
    >>> len(widget.session.reading.triple)
    3
    """

    def __init__(self):
        super().__init__(say("read_face.title"))
        self.session = ReadFaceSession(MyData())
        self.faces, self.verdict, self.table = (make_text("") for _ in range(3))
        self.faces.add_class("facelab-faces")
        self.guard(self._build)()

    def _build(self):
        people = [(say("mixer.person", number=number + 1), number) for number in range(len(list_people()))]
        self.person = ipywidgets.Dropdown(options=people, description=say("mixer.whose"))
        self.person.observe(self.guard(self._change_person), "value")
        names = [say("read_face.face", number=number + 1) for number in range(len(self.session.offered))]
        self.offer(self.session.offered, say("read_face.own" if self.session.offers_own else "predict.pick"), names)
        side = make_column(self.verdict, make_text(say("read_face.note"), "note"), self.person, self.again)
        self.answer = ipywidgets.VBox([make_row(self.faces, side), self.table])
        self.fill(self.answer, self.sources)
        self._show()

    def ask(self, photo) -> None:
        """Read the face of a photo and show its pieces. Raises ValueError if there is no usable face."""
        try:
            self.session.read(photo)
        finally:  # also if no face was found the last one must go
            self._show()

    def tell_live(self, face) -> tuple[str, str]:
        """Tell the pieces of the live picture in one line, and beside it the face rebuilt from them: a mirror."""
        triple = read_face(face).triple
        return _write_triple(triple), _write_mirror(triple, self.session.person)

    def forget(self) -> None:
        """Take the answer away."""
        self.session.clear()
        self._show()

    def _change_person(self, change):
        self.session.person = change["new"]
        self._show()

    def _show(self):
        reading = self.session.reading
        self.answer.layout.display = "none" if reading is None else "flex"
        if reading is None:
            return
        rebuilt = encode_picture(reading.rebuild(self.session.person), FACE_SIZE)
        name = say("mixer.face", **dict(zip(PIECES, reading.triple, strict=True)))
        cards = [
            _write_face(encode_picture(self.session.face.image, FACE_SIZE), say("read_face.photo")),
            _write_face(rebuilt, say("read_face.rebuilt"), name),
        ]
        self.faces.value = write_shelf(cards)
        self.verdict.value = write_text(_write_triple(reading.triple), "verdict")
        pieces = list_pieces(self.session.person)
        self.table.value = _write_table([(say(f"mixer.{part}"), _list_cells(reading, part, pieces)) for part in PIECES])


@lru_cache(maxsize=216)  # a live picture asks again and again
def _write_mirror(triple, person):
    name = say("mixer.face", **dict(zip(PIECES, triple, strict=True)))
    source = encode_picture(face_from_pieces(*triple, person=person), MIRROR_SIZE)
    return write_shelf([write_card(write_image(source, name, MIRROR_SIZE), say("read_face.mirror"))])


def _write_triple(triple):
    return say("read_face.triple", **dict(zip(PIECES, triple, strict=True)))


def _write_face(source, caption, name=""):
    return write_card(write_image(source, name or caption, FACE_SIZE), caption)


def _list_cells(reading, part, pieces):
    """Return the pictures of a row with what stands below them: the face's own part, then the six shapes."""
    own = (encode_picture(reading.crops[part]), say("pieces.own"), False)
    nearest = dict(zip(PIECES, reading.triple, strict=True))[part]
    shapes = [
        (encode_picture(pieces[part][place]), f"{shape}: {reading.distances[part][place]:.1f}%", shape == nearest)
        for place, shape in enumerate(SHAPES)
    ]
    return [own, *shapes]


def _write_table(rows):
    """Write rows of pictures, [(name, [(source, caption, marked)])], as HTML."""
    lines = (
        f'<tr><th scope="row">{html.escape(name)}</th>{"".join(map(_write_cell, cells))}</tr>' for name, cells in rows
    )
    return f'<table class="facelab-pieces">{"".join(lines)}</table>'


def _write_cell(cell):
    source, caption, marked = cell
    kind = ' class="facelab-nearest"' if marked else ""
    sign = "✓ " if marked else ""
    return f'<td{kind}><img src="{source}" alt=""><span>{sign}{html.escape(caption)}</span></td>'
