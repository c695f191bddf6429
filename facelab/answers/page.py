"""How hand-ins and the page of a class look: templates in which everything that comes from outside is made harmless."""

import hashlib
import json
from datetime import datetime
from pathlib import Path

from facelab.answers.kept import DONE
from facelab.answers.texts import list_exercises, name_expression, name_lesson, tell, tell_all, write_number
from facelab.checks import EXPRESSIONS
from facelab.language import current_language, say

MARK = '<script type="application/json" id="facelab-hand-in" data-sha256="'  # begins the part for machines
LONGEST = 2000  # letters of an answer that are printed


def write_hand_in(content: dict, card, problems, charts, faces) -> bytes:
    """Write a hand-in as HTML, with the part for machines and its checksum in it.

    Parameters
    ----------
    content : dict
        The part for machines, see `facelab.answers.handin`.
    card : ModelCard or None
    problems : list of str
        What could not be put into it, in sentences.
    charts, faces : list of (address, caption)
        Pictures, as addresses that hold the picture itself.
    """
    answers = {row["exercise"]: row for row in content["exercises"]}
    done = sum(row["result"] in DONE for row in answers.values())
    words = {key: say(f"hand_in.{key}") for key in ("card", "no_card", "charts", "no_charts", "exercise", "answer")}
    words |= {key: say(f"hand_in.{key}") for key in ("tries", "outcome", "reflection", "nothing", "faces_title")}
    when = f"{datetime.fromisoformat(content['made']):%Y-%m-%d %H:%M}"
    page = render(
        "hand_in.html",
        words=words,
        heading=say("hand_in.heading", name=content["name"]),
        when=say("hand_in.when", when=when, kit=content["kit"]),
        done=say("hand_in.exercises", done=done, total=len(list_exercises())),
        reflection=content["reflection"],
        card=card,
        names=[name_expression(key) for key in card.expressions] if card and card.total else [],
        matrix=say("card.matrix"),
        problems=problems,
        charts=[(address, told or say("hand_in.chart", number=n)) for n, (address, told) in enumerate(charts, 1)],
        faces=faces,
        lessons=[(name_lesson(each), _list_rows(each, answers)) for each in list_lessons()],
    )
    part = json.dumps(content, separators=(",", ":")).replace("<", "\\u003c")  # ASCII, and never the end of the script
    page = page.replace("<!--machine-->", f'{MARK}{"0" * 64}">{part}</script>').encode()
    return page.replace(b'data-sha256="' + b"0" * 64, b'data-sha256="' + digest_page(page).encode(), 1)


def digest_page(page: bytes) -> str:
    """Return what stands for the content of a hand-in, whatever its own checksum and its line ends are.

    Examples
    --------
    >>> digest_page(b'a data-sha256="12"\\r\\nb') == digest_page(b'a data-sha256="34"\\nb')
    True
    """
    head, mark, rest = page.replace(b"\r\n", b"\n").partition(b'data-sha256="')
    return hashlib.sha256(head + mark + rest.partition(b'"')[2]).hexdigest()


def render(template: str, **values) -> str:
    """Fill in one of the templates beside this file; values are escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(Path(__file__).parent, encoding="utf-8")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template(template).render(language=current_language(), **values)


def list_lessons() -> list[str]:
    """Return the numbers of the lessons that have exercises: "01", "02" and so on."""
    return sorted({name[:2] for name in list_exercises()})


def show_answer(name: str, row: dict) -> str:
    """Return an answer as one would say it, cut if it is long.

    Examples
    --------
    >>> show_answer("01.1", {"answer": "sadness", "ideas": ""})
    '슬픔'
    """
    kind, answer = list_exercises()[name]["kind"], str(row["answer"]).strip()
    words, unit = answer.split(), tell(name, "unit")
    if kind == "choice":
        return tell_all(name, "choices").get(answer, answer)[:LONGEST]
    if kind in ("expression", "pair") and set(words) <= set(EXPRESSIONS):
        return " + ".join(map(name_expression, words))
    if kind == "number" and answer and not answer.endswith(unit):
        return f"{answer[:40]}{unit}" if unit == "%" else say("exercises.with_unit", number=answer[:40], unit=unit)
    ideas = [text for key, text in tell_all(name, "ideas").items() if key in str(row["ideas"]).split()]
    return "\n".join([answer[:LONGEST], *(f"✓ {idea}" for idea in ideas)])


def _list_rows(lesson, answers):
    """List the exercises of a lesson: (number and title, answer, tries, outcome, whether it is done, is it code)."""
    rows = []
    for name, texts in list_exercises().items():
        if name[:2] == lesson:
            row = answers.get(name)
            result = "missing" if row is None else row["result"] or "unchecked"
            title = f"{write_number(name)} {tell(name, 'title')}"
            answer = show_answer(name, row) if row else ""
            told = say(f"hand_in.{result}")
            rows.append((title, answer, row["tries"] if row else "", told, result in DONE, texts["kind"] == "code"))
    return rows
