"""A class's hand-ins in one table and on one page: who has done what, and where the class is stuck."""

import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from facelab.answers.handin import kit_version
from facelab.answers.numbers import read_number
from facelab.answers.page import list_lessons, render, show_answer
from facelab.answers.reading import CLASS_PAGE, HandIn, list_hand_ins, read_hand_in
from facelab.answers.texts import list_exercises, name_expression, name_lesson, tell, tell_all, write_number
from facelab.checks import EXPRESSIONS
from facelab.files import tell_disk, write_atomically, write_table
from facelab.language import Misuse, say

TABLE, PAGE = "class.csv", "class.html"
MOST_MISSED = 8  # exercises are shown
BINS = 10  # for numbers that the class foresaw


@dataclass
class ClassWork:
    """What was found in a folder of hand-ins.

    Attributes
    ----------
    pupils : list of HandIn
        One for each nickname, sorted by it.
    notes : list of str
        What is to be looked at, in sentences.
    files : int
        How many hand-ins could be read.
    """

    pupils: list[HandIn]
    notes: list[str]
    files: int

    @property
    def message(self) -> str:
        """How much was read, as a sentence in the chosen language."""
        return say("class_page.told", files=self.files, pupils=len(self.pupils))

    @property
    def missed(self) -> list[tuple[str, int, int, float]]:
        """The exercises that some tried without success, most missed first: (exercise, missed, tried, mean tries)."""
        rows = []
        for name in list_exercises():
            tried = [pupil for pupil in self.pupils if pupil.answers.get(name, {}).get("tries")]
            missed = sum(not pupil.is_done(name) for pupil in tried)
            if missed:
                rows.append((name, missed, len(tried), sum(p.answers[name]["tries"] for p in tried) / len(tried)))
        return sorted(rows, key=lambda row: (-row[1], -row[3]))

    @property
    def guesses(self) -> dict[str, dict[str, int]]:
        """What was foreseen in each question without right and wrong: exercise to counts by answer, as it is shown."""
        counted = {}
        for name, texts in list_exercises().items():
            given = [p.answers[name]["answer"] for p in self.pupils if name in p.answers and p.is_done(name)]
            if texts.get("guess") and given:
                counted[name] = _count_numbers(name, given) if texts["kind"] == "number" else _count(name, given)
        return counted


def collect(folder: Path) -> ClassWork:
    """Read all hand-ins of a folder, also deep inside and in zips; of several with one nickname the newest counts.

    Raises
    ------
    ValueError
        If there is no such folder.

    Examples
    --------
    >>> collect(getfixture("tmp_path")).pupils
    []
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise Misuse(say("class_page.no_folder", folder=folder))
    found, notes = defaultdict(list), []
    for file, content in list_hand_ins(folder):
        if isinstance(content, bytes) and CLASS_PAGE in content and b"facelab-hand-in" not in content:
            continue
        try:
            if isinstance(content, str):
                raise Misuse(content)
            each = read_hand_in(content, file)
        except Misuse as problem:
            notes.append(str(problem))
            continue
        found[unicodedata.normalize("NFKC", each.name).casefold()].append(each)
        if each.changed:
            notes.append(say("class_page.changed", file=file, name=each.name))
        if each.kit != kit_version():
            notes.append(say("class_page.other_kit", file=file, found=each.kit, own=kit_version()))
    pupils = [_choose_newest(several, notes) for _, several in sorted(found.items(), key=_by_number)]
    return ClassWork(pupils, notes, sum(map(len, found.values())))


def _by_number(item):
    """Sort names as people do: 2 stands before 10."""
    return [(text, int(number or 0)) for text, number in re.findall(r"(\D*)(\d*)", item[0])]


def _choose_newest(several, notes):
    newest = max(several, key=lambda each: each.made)
    if len(several) > 1:
        files = ", ".join(each.file for each in several)
        notes.append(say("class_page.twice", name=newest.name, files=files, newest=newest.file))
    return newest


def write_class(work: ClassWork, folder: Path) -> str:
    """Write the table and the page of a class into a folder, and return the sentence that tells where they are.

    Raises ValueError if the disk is full or forbids it.
    """
    folder = Path(folder)
    rows = [_make_row(pupil) for pupil in work.pupils]
    columns = list(_make_row(HandIn("", "", None, "")))
    guarded = [{key: guard_cell(value) for key, value in row.items()} for row in rows]
    with tell_disk(folder):
        write_table(folder / TABLE, guarded, columns)
        write_atomically(folder / PAGE, write_page(work).encode())
    return say("class_page.written", table=folder / TABLE, page=folder / PAGE)


def guard_cell(value) -> str:
    """Write a value so that no spreadsheet takes it for a formula.

    Examples
    --------
    >>> guard_cell("=1+1"), guard_cell(7)
    ("'=1+1", '7')
    """
    text = str(value)
    return f"'{text}" if text.lstrip()[:1] in ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20") else text


def _make_row(pupil):
    """Make a pupil's row of the table: its columns are in the chosen language."""
    card = pupil.card if pupil.card and pupil.card.total else None
    row = {
        say("class_page.name"): pupil.name,
        say("class_page.marks"): say("class_page.is_changed") if pupil.changed else "",
        say("class_page.done"): sum(map(pupil.is_done, list_exercises())),
    }
    for name in list_exercises():
        number, answer = write_number(name), pupil.answers.get(name)
        row[f"{say('hand_in.exercise')} {number}"] = _name_result(answer) if answer else ""
        row[f"{say('hand_in.tries')} {number}"] = answer["tries"] if answer else ""
        row[f"{say('hand_in.answer')} {number}"] = show_answer(name, answer) if answer else ""
    return row | {
        say("hand_in.reflection"): pupil.reflection,
        say("hand_in.card"): " / ".join(f"{term}: {told}" for term, told in card.lines) if card else "",
        say("class_page.made"): f"{pupil.made:%Y-%m-%d %H:%M}" if pupil.made else "",
        say("class_page.kit"): pupil.kit,
        say("class_page.file"): pupil.file,
    }


def write_page(work: ClassWork) -> str:
    """Write the page of a class as HTML; whatever pupils wrote is shown and can do nothing."""
    names = list(list_exercises())
    mean = sum(sum(map(pupil.is_done, names)) for pupil in work.pupils) / max(len(work.pupils), 1)
    summary = say("class_page.summary", pupils=len(work.pupils), total=len(names), mean=f"{mean:.1f}")
    words = {key: say(f"class_page.{key}") for key in ("title", "noted", "who", "legend", "name", "done", "missed")}
    words |= {key: say(f"class_page.{key}") for key in ("missed_note", "none_missed", "guesses", "guesses_note")}
    words |= {key: say(f"class_page.{key}") for key in ("no_guesses", "models", "models_note", "words", "reflection")}
    return render(
        "class.html",
        generator=CLASS_PAGE.decode(),
        words=words,
        summary=summary if work.pupils else say("class_page.nobody"),
        notes=work.notes,
        lessons=[(name_lesson(each), [name for name in names if name[:2] == each]) for each in list_lessons()],
        exercises=[(write_number(name), tell(name, "title")) for name in names],
        rows=[_list_signs(pupil, names) for pupil in work.pupils],
        counts=[sum(pupil.is_done(name) for pupil in work.pupils) for name in names],
        missed=[_tell_missed(*row, len(work.pupils)) for row in work.missed[:MOST_MISSED]],
        guesses=[_tell_guess(name, counts) for name, counts in work.guesses.items()],
        models=[(p.name, p.card.lines[:3]) for p in work.pupils if p.card],
        texts=_list_texts(work.pupils),
    )


def _list_signs(pupil, names):
    """Return of a pupil: nickname, file, whether the file was changed, how many are done, and a sign for each."""
    signs = []
    for name in names:
        answer = pupil.answers.get(name)
        sign = "" if answer is None else "★" if pupil.is_done(name) else "△" if answer["result"] == "wrong" else "·"
        told = f"{write_number(name)} {tell(name, 'title')}: {_name_result(answer)}"
        signs.append((sign, told, answer["tries"] if answer else 0))
    return pupil.name, pupil.file, pupil.changed, sum(map(pupil.is_done, names)), signs


def _name_result(answer):
    result = "missing" if answer is None else answer["result"] or "unchecked"
    return say(f"hand_in.{result}")


def _tell_missed(name, missed, tried, tries, pupils):
    told = say("class_page.missed_row", missed=missed, tried=tried, tries=f"{tries:.1f}")
    return f"{write_number(name)} {tell(name, 'title')}", told, f"{100 * missed / pupils:.0f}"


def _tell_guess(name, counts):
    most = max(counts.values())
    bars = [(label, say("class_page.count", count=n), f"{100 * n / most:.0f}") for label, n in counts.items()]
    return f"{write_number(name)} {tell(name, 'title')}", bars


def _list_texts(pupils):
    """List what pupils wrote in their own words: pairs of a heading and (nickname, text) pairs."""
    reflections = [(pupil.name, pupil.reflection.strip()) for pupil in pupils if pupil.reflection.strip()]
    texts = [(say("class_page.reflection"), reflections)]
    for name, table in list_exercises().items():
        if table["kind"] == "open":
            written = [(p.name, show_answer(name, p.answers[name])) for p in pupils if name in p.answers]
            texts.append((f"{write_number(name)} {tell(name, 'title')}", [pair for pair in written if pair[1]]))
    return [(heading, written) for heading, written in texts if written]


def _count(name, given):
    """Count answers that are chosen, in the order of the choices; whatever is none of them together."""
    kind = list_exercises()[name]["kind"]
    known = tell_all(name, "choices") or {key: name_expression(key) for key in EXPRESSIONS}
    shown = [show_answer(name, {"answer": each, "ideas": ""}) if kind == "pair" else known.get(each) for each in given]
    counts = Counter(each or say("class_page.other_answer") for each in shown)
    order = [label for label in known.values() if label in counts] or sorted(counts)
    return {label: counts[label] for label in dict.fromkeys([*order, *counts])}


def _count_numbers(name, given):
    """Count numbers, in some equal steps if there are many different ones."""
    texts, unit, numbers, others = list_exercises()[name], tell(name, "unit"), [], 0
    for each in given:
        try:
            numbers.append(read_number(each, texts["least"], texts.get("most", 10**9), unit))
        except Misuse:
            others += 1
    counts = Counter(f"{number:g}{unit if unit == '%' else ''}" for number in sorted(numbers))
    if len(counts) > BINS:
        step = (max(numbers) - min(numbers)) / BINS
        places = Counter(min(int((number - min(numbers)) / step), BINS - 1) for number in numbers)
        edges = [f"{min(numbers) + step * place:.3g}~{min(numbers) + step * (place + 1):.3g}" for place in range(BINS)]
        counts = {f"{edge}{unit if unit == '%' else ''}": places[place] for place, edge in enumerate(edges)}
    return dict(counts) | ({say("class_page.other_answer"): others} if others else {})
