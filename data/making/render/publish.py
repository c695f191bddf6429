"""From finished pictures to a data set: tables, the points of Face Mesh, contact sheets, checksums, the balance.

Runs in the kit's own environment (it reads the faces with facelab); only rendering needs Blender.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

import facelab
from data.making.render import others, pieces, scenes, sets
from data.making.render.recipes import EXPRESSIONS
from facelab.files import save_points, write_table

SHIPPED = ("faces", "others", "scenes", "mixer", "contact-sheets")
SHEET_COLUMNS = 15
THUMBNAIL = 112
LABEL_HEIGHT = 12
BALANCE = ("skin_tone", "age", "glasses", "beard", "headscarf", "variant")


def publish_all(data: Path) -> None:
    """Write everything that belongs to the pictures under `data`: tables, points, contact sheets, checksums."""
    publish_faces(data / "faces")
    publish_others(data / "others")
    publish_scenes(data / "scenes")
    publish_mixer(data / "mixer")
    draw_contact_sheets(data)
    write_checksums(data)


def publish_faces(folder: Path) -> list[dict]:
    """Write faces.csv and points.npz for the face photos that are there; returns the rows.

    Raises:
        ValueError: Face Mesh finds no face, or more than one, in a photo; it must be drawn anew.
    """
    pictures = [picture for picture in sets.plan_faces() if (folder / picture.file).exists()]
    points = {picture.file: read_points(folder / picture.file) for picture in pictures}
    shapes = sorted({shape for picture in pictures for shape in picture.weights})
    rows = [{**picture.row, **dict.fromkeys(shapes, 0.0), **picture.weights} for picture in pictures]
    write_table(folder / "faces.csv", rows, list(rows[0]))
    save_points(folder / "points.npz", points)
    return rows


def read_points(path: Path) -> np.ndarray:
    """Read the (478, 3) points of the one face in a picture, in its pixels."""
    found = facelab.find_faces(facelab.read_photo(path)).faces
    if len(found) != 1:
        raise ValueError(f"Face Mesh finds {len(found)} faces in '{path}' where one was expected: draw it anew.")
    return found[0].points


def publish_others(folder: Path) -> None:
    """Write others.csv: file, person, and the kind of expression that is none of the five."""
    rows = [picture.row for picture in others.plan_others() if (folder / picture.file).exists()]
    write_table(folder / "others.csv", rows, ["file", "person", "kind"])


def publish_scenes(folder: Path) -> None:
    """Write scenes.csv: file, the outcome find_faces must report (empty if fine), how many faces, and a note."""
    rows = [scene.row for scene in scenes.plan_scenes() if (folder / scene.file).exists()]
    write_table(folder / "scenes.csv", rows, ["file", "outcome", "faces", "note"])


def publish_mixer(folder: Path) -> None:
    """Write mixer.csv (file, person, brows, eyes, lips), points.npz, and expressions.csv (each expression's triple)."""
    rows = [picture.row for picture in sets.plan_mixer() if (folder / picture.file).exists()]
    write_table(folder / "mixer.csv", rows, ["file", "person", "brows", "eyes", "lips"])
    save_points(folder / "points.npz", {row["file"]: read_points(folder / row["file"]) for row in rows})
    triples = [
        {"expression": expression, "brows": brows, "eyes": eyes, "lips": lips}
        for expression, (brows, eyes, lips) in pieces.TRIPLES.items()
    ]
    write_table(folder / "expressions.csv", triples, ["expression", "brows", "eyes", "lips"])


def draw_contact_sheets(data: Path) -> None:
    """Draw one sheet of small pictures per expression, for the others, the scenes and each of the mixer's people."""
    sheets = data / "contact-sheets"
    sheets.mkdir(exist_ok=True)
    for expression in EXPRESSIONS:
        draw_sheet(sorted((data / "faces").glob(f"*_{expression}_*.jpg")), sheets / f"{expression}.jpg")
    draw_sheet(sorted((data / "others").glob("*.jpg")), sheets / "others.jpg", columns=len(others.KINDS))
    draw_sheet(sorted((data / "scenes").glob("*.jpg")), sheets / "scenes.jpg")
    for person in pieces.MIXER_PEOPLE:
        draw_sheet(sorted((data / "mixer").glob(f"{person}_*.jpg")), sheets / f"mixer-{person}.jpg", columns=18)


def draw_sheet(paths: list[Path], target: Path, columns: int = SHEET_COLUMNS) -> None:
    """Draw small pictures with their file names under them in one JPEG."""
    rows = -(-len(paths) // columns)
    sheet = Image.new("RGB", (columns * THUMBNAIL, rows * (THUMBNAIL + LABEL_HEIGHT)), "white")
    pen = ImageDraw.Draw(sheet)
    for place, path in enumerate(paths):
        x, y = place % columns * THUMBNAIL, place // columns * (THUMBNAIL + LABEL_HEIGHT)
        with Image.open(path) as picture:
            sheet.paste(picture.convert("RGB").resize((THUMBNAIL, THUMBNAIL), Image.Resampling.LANCZOS), (x, y))
        pen.text((x + 2, y + THUMBNAIL), path.stem, fill="black")
    sheet.save(target, quality=70)


def write_checksums(data: Path) -> None:
    """Write SHA256SUMS in the form that `sha256sum --check` reads, for all shipped files but itself."""
    shipped = [path for part in SHIPPED for path in (data / part).iterdir()]
    lines = [f"{hash_file(path)}  {path.relative_to(data).as_posix()}\n" for path in sorted(shipped)]
    (data / "SHA256SUMS").write_text("".join(lines), encoding="utf-8", newline="\n")


def hash_file(path: Path) -> str:
    """Return the SHA-256 checksum of a file as 64 hexadecimal digits."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def count_balance(rows: Iterable[dict]) -> dict[str, Counter]:
    """Count how many face photos there are per (value, expression), for each column of BALANCE.

    >>> rows = [{"skin_tone": 0.1, "expression": "joy"}, {"skin_tone": 0.9, "expression": "joy"}]
    >>> count_balance(rows)["skin_tone"]
    Counter({('light', 'joy'): 1, ('dark', 'joy'): 1})
    """
    rows = [{**row, "skin_tone": name_tone(float(row["skin_tone"]))} for row in rows]
    columns = [column for column in BALANCE if all(column in row for row in rows)]
    return {column: Counter((row[column], row["expression"]) for row in rows) for column in columns}


def name_tone(tone: float) -> str:
    """Name the third of the scale from 0 to 1 that a skin tone lies in: light, middle or dark."""
    return ("light", "middle", "dark")[min(int(tone * 3), 2)]


def write_balance(rows: list[dict]) -> str:
    """Write the counts of `count_balance` as Markdown tables."""
    tables = []
    for column, counts in count_balance(rows).items():
        lines = [f"| {column} | " + " | ".join(EXPRESSIONS) + " |", "|---" * (len(EXPRESSIONS) + 1) + "|"]
        for value in dict.fromkeys(value for value, _ in counts):
            lines.append(f"| {value} | " + " | ".join(str(counts[value, name]) for name in EXPRESSIONS) + " |")
        tables.append("\n".join(lines))
    return "\n\n".join(tables)
