"""How the kit writes: rules that hold for whatever a pupil or a teacher reads."""

import json
import re
from pathlib import Path

import jupytext

from facelab.language import Word, read_toml

ROOT = Path(__file__).resolve().parents[1]
PARTICLES = "이라고/라고 이라는/라는 이에요/예요 으로/로 은/는 이/가 을/를 과/와"


def read_leaves(table, name):
    """Yield (place, language, text) for each sentence of a table of tables."""
    for key, value in table.items():
        if key in ("ko", "en"):
            yield name, key, value
        elif isinstance(value, dict):
            yield from read_leaves(value, f"{name}.{key}")


def read_lessons():
    """Yield (place, language, text) for each text of the lessons, without code in it."""
    lessons = sorted((ROOT / "notebooks" / "source").glob("*.py"))
    for source in (*lessons, ROOT / "teachers" / "source" / "demonstration.py"):
        for number, cell in enumerate(jupytext.reads(source.read_text(encoding="utf-8"), fmt="py:percent").cells, 1):
            for language in {"ko", "en"} & set(cell.metadata.get("tags", [])):
                if cell.cell_type == "markdown":
                    yield f"{source.stem}, cell {number}", language, cell.source


def read_pages():
    """Yield (place, language, text) for each page that teachers read, without its code and what is filled in."""
    for language, mark in (("ko", ".ko"), ("en", "")):
        sources = sorted((ROOT / "teachers" / "source" / language).glob("*.md"))
        for page in (ROOT / f"README{mark}.md", ROOT / "setup" / "hub" / f"README{mark}.md", *sources):
            text = re.sub(r"```.*?```|\{%.*?%\}|<[^>]+>", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
            text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)  # a link's address is not read
            yield f"{page.relative_to(ROOT)}", language, re.sub(r"\{\{.*?\}\}", "{}", text)


SENTENCES = [
    *read_leaves(read_toml(ROOT / "facelab" / "messages.toml"), "messages"),
    *read_leaves(read_toml(ROOT / "facelab" / "exercises" / "exercises.toml"), "exercises"),
    *read_leaves(read_toml(ROOT / "setup" / "hub" / "words.toml"), "words"),
    *read_leaves(json.loads((ROOT / "setup" / "sentences.json").read_text(encoding="utf-8")), "sentences"),
    *read_lessons(),
    *read_pages(),
]
KOREAN = [(place, text) for place, language, text in SENTENCES if language == "ko"]
ENGLISH = [(place, text) for place, language, text in SENTENCES if language == "en"]
# What is not written so, and what is written instead.
RULES = {
    "ko": {
        r"[0-9}]\s+%": "100%",
        r"단추": "버튼",
        r"손잡이": "슬라이더",
        r"(?<!빈)칸(?!막)": "셀, 자리, 열",
        r"짝(에게|꿍|은 그| 한 |의 표정)|짝과 (따로|이야기|견주|의논|압축|자리)|짝이 (무슨|알아|그린)": "친구",
        r"특징": "데이터 조각",
        r"차트|막대 그림|그림(으로 |으로도 |에 더해|에서 짐작| 밑의 문장| 위의 한)": "그래프",
        r"분의 [0-9일이삼사]": "1/10",
        r"(?<![\w`.\[=+\-({~])-(?=[0-9{])": "−",
        r"(?<![A-Za-z])facelab를|fit라|셀은? 칸": "facelab을, fit이라",
        r"(?<!})[’”](고|는|란)\s": "라고, 라는",
        r"[0-9}]\s+[MG]B": "200MB",
        r"(은|이|을|와|으)\((는|가|를|과|로)\)|(?<!\))\((은|이|을|으)\)(는|가|를|로)": "what fits any word",
        r"(?<![.\w])zip": "압축 파일",
        r"키트": "표정찾기",
        r"정확도[^.\n]{0,20}\b0\.\d": "정확도는 %",
    },
    "en": {
        r"[0-9}]\s+%": "100%",
        r"\b[Tt]rue expression|\bTruth\b|[Tt]he truth is": "the true label",
        r"got more right of": "recognised more ... than",
        r"\bgrey box|\bboxes hold|\b[Bb]oxes are run|[Rr]un a box|\ba box shows|first box": "cell",
        r"(?<!here )(are|is) no (photos?|expressions?|hand-in)\b": "not",
        r"(?<![\w`.\[=+\-({~])-(?=[0-9{])": "−",
        r"\b(a|per) ?cent of the\b": "%",
    },
}


def test_words_are_chosen_and_numbers_written_alike_everywhere():
    found = [
        f"{place}: {match[0]!r} in {text[max(0, match.start() - 20) : match.end() + 15]!r}, rather {better}"
        for language, texts in {"ko": KOREAN, "en": ENGLISH}.items()
        for place, text in texts
        for pattern, better in RULES[language].items()
        for match in re.finditer(pattern, text)
        if not is_allowed(place, match[0])
    ]
    assert not found, "\n".join(found)


def is_allowed(place, found):
    """The cells of a table, as of a confusion matrix or a tree, are called so."""
    return "칸" in found and place.startswith(("messages.confusion", "06_evaluation", "teachers/source/ko/worksheets"))


def test_each_rule_can_find_something():
    """A pattern that never matches would hold nothing."""
    wrong = {
        "ko": "정확도 0.9 100 % 단추 손잡이 칸 짝에게 차트 특징 10분의 1 -3 facelab를 “몰라”고 1 GB 이(가) zip 키트",
        "en": "The truth is 100 %: true expression, got more right of -3, grey box, per cent of the, are no photos",
    }
    for language, rules in RULES.items():
        assert [pattern for pattern in rules if not re.search(pattern, wrong[language])] == []


def test_particles_after_english_words_digits_and_quotes_fit():
    """As `Word` chooses them; what is put in between braces chooses its own."""
    pairs = [pair.split("/") for pair in PARTICLES.split()]
    choices = "|".join(particle for pair in pairs for particle in pair)
    # JupyterHub is left out: unlike facelab it ends in a vowel (허브)
    pattern = re.compile(rf"((?<![Hh]u)[A-Za-z0-9_%][”’\"'`*)(]*)({choices})(?![가-힣])")
    flaws = []
    for place, text in KOREAN:
        for match in pattern.finditer(text):
            aside = r"((?<=[가-힣*])\([^()]*\)|\([A-Z][^()]*\))(?=[’”]?$)"  # brackets are not read
            bare = re.sub(aside, "", text[: match.end(1)])
            before = re.sub(r"/[0-9]+$", "", re.search(r"[^\s{}]*$", bare)[0])  # a fraction ends in its numerator
            if match[2] == "과" and before[-1:].isdigit():  # a lesson, as in "2과"
                continue
            pair = next(pair for pair in pairs if match[2] in pair)
            if not before or (right := f"{Word(before):{'/'.join(pair)}}") == before + match[2]:
                continue
            flaws.append(f"{place}: {before}{match[2]}, rather {right}")
    assert not flaws, "\n".join(flaws)


def test_english_sentences_begin_with_a_capital_letter():
    small = re.compile(r"^[a-z](?![A-Z])[^.!?]*[.!?]$")
    begun = [f"{place}: {text}" for place, text in ENGLISH if small.match(text) and " " in text]
    labels = [
        f"{place}: {text}" for place, text in ENGLISH if place.startswith("messages.charts") and text[0].islower()
    ]
    assert begun + labels == []


# Sentences whose number is never 1: there are always more, or one alone has another sentence.
ALWAYS_MANY = (
    "dataset.too_many_people",
    "dataset.no_pair",
    "mine.own_class",
    "extraction.several",
    "hand_in.long_name",
    "class_page.summary",
    ".04.4.",
)


def test_english_sentences_are_right_for_one_as_for_many():
    """As "Photos: {count}", and not "{count} photos"."""
    things = "photos|faces|rows|people|files|labels|pupils|groups|folds|exercises|repeats|times|letters"
    plural = re.compile(rf"(?<![oO]f )(?<!the )(?<!these )(?<!all )\{{\w+\}} ({things})\b")
    told = [(place, text) for place, text in ENGLISH if place.startswith(("messages", "exercises", "words"))]
    found = [f"{place}: {text}" for place, text in told if plural.search(text)]
    assert [each for each in found if not any(name in each for name in ALWAYS_MANY)] == []
    assert len([each for each in found if any(name in each for name in ALWAYS_MANY)]) >= len(ALWAYS_MANY)


def test_no_line_ends_between_a_number_and_its_unit():
    """What a page shows may break at each space, but not at a no-break one."""
    told = [(place, text) for place, text in KOREAN + ENGLISH if place.startswith(("messages", "exercises", "words"))]
    assert [f"{place}: {text}" for place, text in told if re.search(r"[0-9}] ([MG]B|%)", text)] == []
