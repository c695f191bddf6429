"""Cut the faces out of the photos, and say why where that fails."""

from collections import deque
from dataclasses import dataclass, field

import ipywidgets

from facelab.dataset.mine import MyData
from facelab.faces.detection import find_faces
from facelab.faces.photo import UnreadablePhoto, read_photo
from facelab.language import say
from facelab.widgets.parts.html import write_card, write_picture, write_shelf
from facelab.widgets.parts.samples import PracticePhotos
from facelab.widgets.parts.view import View, make_button, make_row, make_text, write_progress, write_text

MOST_SHOWN = 60  # cards of photos that went well
MOST_ASKED = 12  # questions at a time; the next ones follow as these are answered


@dataclass
class Card:
    """What came out of one photo; state is "kept", "choose" (several faces), "failed" or "skipped".

    Of thousands of photos it keeps no more than what is to be shown: `places` of the faces that are of use, and small
    pictures, which go as well once the photo is decided and no longer among the newest.
    """

    source: object
    state: str
    message: str = ""
    problem: str | None = None
    places: list = field(default_factory=list)
    picture: str = ""
    crops: list = field(default_factory=list)

    @property
    def name(self) -> str:
        """The photo's file name, or "" where it has none."""
        return getattr(self.source, "name", "")


class ExtractionSession:
    """Looks at each waiting photo once, and keeps its face at once if there is exactly one fine face.

    A photo that has several faces, or none that is of use, waits for the pupil's word; what was decided is saved, so
    the work goes on where it stopped.

    Parameters
    ----------
    my_data : MyData or PracticePhotos
        Whose photos wait.

    Attributes
    ----------
    cards : list of Card
        What was found so far.
    newest : deque of Card
        The newest of those that went well, which still have their pictures.
    """

    def __init__(self, my_data):
        self.my_data = my_data
        self.cards = []
        self.newest = deque()

    @property
    def open(self) -> list[Card]:
        """The cards that wait for the pupil's word."""
        return [card for card in self.cards if card.state in ("failed", "choose")]

    @property
    def waiting(self) -> list:
        """The photos that were not looked at yet."""
        seen = {_identify(card.source) for card in self.open}
        return [photo for photo in self.my_data.waiting_photos() if _identify(photo) not in seen]

    def extract(self, watch=lambda done, total: None) -> None:
        """Look at all waiting photos; `watch` is called with how many are done and how many there are."""
        photos = self.waiting
        for done, photo in enumerate(photos):
            watch(done, len(photos))
            self.cards.append(self._look(photo))
        watch(len(photos), len(photos))

    def keep(self, card, places) -> None:
        """Keep the faces at these places of a photo; if it was replaced meanwhile, it is looked at anew instead."""
        detection = find_faces(_read(card.source))
        if _list_usable(detection) != card.places:
            return self.try_again(card)
        self.my_data.add_faces(card.source, detection, keep=list(places))
        card.crops = [crop for place, crop in zip(card.places, card.crops, strict=True) if place in places]
        card.places = list(places)
        self._note_kept(card)

    def skip(self, card) -> None:
        """Set a photo aside."""
        self.my_data.skip(card.source, card.problem)
        card.state, card.picture, card.crops = "skipped", "", []

    def skip_failed(self) -> None:
        """Set aside every photo that is of no use."""
        for card in self.open:
            if card.state == "failed":
                self.skip(card)

    def try_again(self, card) -> None:
        """Look at a photo once more, for instance after it was replaced by a better one."""
        self.cards[self.cards.index(card)] = self._look(card.source)

    def _look(self, source):
        try:
            photo = _read(source)
        except UnreadablePhoto as problem:
            return Card(source, "failed", str(problem), "unreadable")
        detection = find_faces(photo)
        card = _make_card(source, photo, detection)
        if card.state == "kept":
            self.my_data.add_faces(source, detection)
            self._note_kept(card)
        return card

    def _note_kept(self, card):
        card.state = "kept"
        self.newest.append(card)
        if len(self.newest) > MOST_SHOWN:
            old = self.newest.popleft()
            old.picture, old.crops = "", []


class Extraction(View):
    """Finds the faces in the waiting photos, shows what was found, and asks where it cannot decide.

    Examples
    --------
    >>> extraction = Extraction()
    >>> extraction.start.click()
    >>> extraction.session.waiting
    []
    """

    def __init__(self):
        super().__init__(say("extraction.title"))
        self.note = make_text("")
        self._choose_photos()
        self.start = make_button(say("extraction.start"), self.guard(self._extract), "main")
        self.skip_all = make_button(say("extraction.skip_all"), self.guard(self._skip_all))
        self.bar = ipywidgets.HTML()
        self.status = make_text("")
        self.decisions = ipywidgets.VBox()
        self._questions = {}
        self.kept = ipywidgets.HTML()
        self.kept.add_class("facelab-results")
        buttons = make_row(self.start, self.skip_all)
        self.fill(self.note, buttons, self.bar, self.status, self.decisions, self.kept)
        self._show()

    def _choose_photos(self):
        """Take the pupil's own photos, or shipped ones to practise on as long as there are none."""
        my_data = MyData()
        self.practice = not my_data.photos()
        self.session = ExtractionSession(PracticePhotos() if self.practice else my_data)
        self.note.value = write_text(say("extraction.practice" if self.practice else "extraction.note"), "note")

    def _extract(self):
        if self.practice and MyData().photos():  # they have come since
            self._choose_photos()
        self.start.disabled = True
        try:
            self.session.extract(self._show_progress)
        finally:  # also after a failure the pupil must be able to go on
            self.start.disabled = False
            self.bar.value = ""
            self._show()

    def _skip_all(self):
        self.session.skip_failed()
        self._show()

    def _show_progress(self, done, total):
        self.bar.value = write_progress(done, total, say("extraction.progress"))

    def _show(self):
        waiting = len(self.session.waiting)
        faces = sum(len(card.places) for card in self.session.cards if card.state == "kept")
        self._show_questions()
        self.status.value = write_text(_describe(waiting, faces, len(self.session.open)))
        self.skip_all.layout.display = "" if any(card.state == "failed" for card in self.session.open) else "none"
        self.kept.value = write_shelf(map(_write_result, self.session.newest))

    def _show_questions(self):
        """Show the questions; one that was asked before stays as it is, with what was ticked in it."""
        asked = self.session.open[:MOST_ASKED]
        self._questions = {id(card): self._questions.get(id(card)) or self._make_question(card) for card in asked}
        self.decisions.children = [box for box, _ in self._questions.values()]

    def _make_question(self, card):
        """Make the question about a photo: (its box, the button that is meant first)."""
        if card.state == "choose":
            return self._ask_which(card)
        picture = ipywidgets.HTML(write_card(card.picture or "<svg viewBox='0 0 4 3'/>", card.name, failed=True))
        skip = make_button(say("extraction.skip"), self.guard(lambda: self._decide(self.session.skip, card)))
        again = make_button(say("extraction.again"), self.guard(lambda: self._decide(self.session.try_again, card)))
        words = ipywidgets.VBox([make_text(card.message), make_row(skip, again)], layout={"flex": "1 1 300px"})
        return make_row(picture, words), skip

    def _ask_which(self, card):
        names = [say("extraction.face", number=place + 1) for place in range(len(card.crops))]
        ticks = [ipywidgets.Checkbox(True, description=name, indent=False) for name in names]
        crops = [ipywidgets.HTML(write_card(crop, "")) for crop in card.crops]
        faces = [ipywidgets.VBox([crop, tick]) for crop, tick in zip(crops, ticks, strict=True)]
        keep = make_button(say("extraction.keep"), self.guard(lambda: self._keep_ticked(card, ticks)), "main")
        question = make_text(say("extraction.several", count=len(card.crops)))
        row = make_row(ipywidgets.HTML(write_card(card.picture, card.name)), *faces)
        return ipywidgets.VBox([question, row, keep]), keep

    def _keep_ticked(self, card, ticks):
        places = [place for place, tick in zip(card.places, ticks, strict=True) if tick.value]
        self._decide(lambda each: self.session.keep(each, places) if places else self.session.skip(each), card)

    def _decide(self, decision, card):
        place = list(self._questions).index(id(card))
        decision(card)
        self._show()
        following = [button for _, button in self._questions.values()][place:]
        next(iter(following), self.start).focus()  # or the keyboard would be lost with the button that was pressed


def _read(source):
    return read_photo(source) if hasattr(source, "name") else source


def _make_card(source, photo, detection):
    name = getattr(source, "name", say("extraction.photo"))
    picture = write_picture(photo, name, longest=320, faces=detection.faces)
    crops = [write_picture(face.image, say("extraction.crop")) for face in detection.usable]
    state = {0: "failed", 1: "kept"}.get(len(crops), "choose")
    return Card(source, state, detection.message, detection.problem, _list_usable(detection), picture, crops)


def _list_usable(detection):
    return [place for place, face in enumerate(detection.faces) if face.problem is None]


def _write_result(card):
    """Write a photo and what was cut out of it side by side in one frame."""
    cards = [write_card(card.picture, card.name), *(write_card(crop, "") for crop in card.crops)]
    return f'<div class="facelab-result">{"".join(cards)}</div>'


def _describe(waiting, faces, open_cards):
    sentences = [say("extraction.waiting", count=waiting) if waiting else say("extraction.none_waiting")]
    sentences += [say("extraction.found", count=faces)] if faces else []
    sentences += [say("extraction.open", count=open_cards)] if open_cards else []
    return " ".join(sentences)


def _identify(source):
    """Return what tells a source from others: a file by its path, an array by being itself."""
    return source if hasattr(source, "name") else id(source)
