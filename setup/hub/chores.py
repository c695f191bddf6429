"""What is done with a pupil's work for the teacher's page, by the pupil's account: a link in it may lead anywhere.

Each takes bytes from the input and leaves bytes at the output.
"""

import csv
import io
import json
import os
import sys
import tempfile
import zipfile
from collections import Counter, defaultdict
from pathlib import Path


def count():
    """Tell how far a pupil is. It loads nothing of the kit: thirty pupils are asked whenever the page is opened."""
    mine = Path(os.environ["FACELAB_MINE"])
    photos, table = mine / "photos", mine / "faces" / "faces.csv"
    rows = list(csv.DictReader(io.StringIO(table.read_text("utf-8-sig", "replace")))) if table.exists() else []
    numbers = {
        "photos": sum(1 for _ in photos.iterdir()) if photos.is_dir() else 0,
        "faces": len(rows),
        "labels": sum(1 for row in rows if row.get("expression")),
        "model": (mine / "model.skops").exists(),
    }
    return json.dumps(numbers).encode()


def export(_, what="photos", person=""):
    """Return the pupil's work as the zip file that the pupil's own export button makes."""
    from facelab.dataset.mine import MyData

    with tempfile.TemporaryDirectory(dir=os.environ["FACELAB_MINE"], prefix=".") as folder:
        return MyData().export(Path(folder, "work.zip"), what=what, person=person).read_bytes()


def labels(person):
    """Return the pupil's labels with points, and no photo, or nothing if there are none."""
    from facelab.dataset.mine import MyData

    return export(b"", "points", person.decode("utf-8")) if len(MyData().labelled()) else b""


def deal(archive):
    """Bring a data set into the pupil's work; nothing that is there is replaced."""
    from facelab.dataset.merging import merge
    from facelab.dataset.mine import MyData

    merged = merge(MyData(), archive, "set.zip")
    return json.dumps({"photos": merged.photos, "faces": merged.faces}).encode()


def pool(archives):
    """Bring the labels of a whole class into the teacher's work, and tell how far they agree.

    A face that several have labelled gets the label that most of them gave; the first one stays where two are even.
    """
    from facelab.dataset.merging import Merged, Pair
    from facelab.dataset.mine import MyData

    given, refused = gather(MyData(), archives)
    shared = {file: whose for file, whose in given.items() if len(whose) > 1}
    chosen = {file: Counter(whose.values()).most_common(1)[0][0] for file, whose in shared.items()}
    MyData().label_many(chosen)
    pupils = {}
    for name in sorted({name for whose in shared.values() for name in whose}):
        pairs = [Pair(file, chosen[file], whose[name]) for file, whose in shared.items() if name in whose]
        kappa = Merged(pairs=pairs).kappa
        pupils[name] = {"both": len(pairs), "same": sum(pair.mine == pair.theirs for pair in pairs), "kappa": kappa}
    same = sum(len(set(whose.values())) == 1 for whose in shared.values())
    told = {"faces": len(given), "shared": len(shared), "same": same, "pupils": pupils, "refused": refused}
    return json.dumps(told).encode()


def gather(mine, archives):
    """Merge sets, given as a zip of zips; returns who gave a face which label, by its file, and what was refused."""
    from facelab.dataset.merging import merge
    from facelab.language import Misuse

    given, refused = defaultdict(dict), {}
    with zipfile.ZipFile(io.BytesIO(archives)) as parts:
        for name in parts.namelist():
            try:
                merged = merge(mine, parts.read(name), name)
            except Misuse as problem:
                refused[name] = str(problem)
                continue
            for file, label in {**merged.trace["faces"], **merged.trace["adopted"]}.items():
                given[file][name] = label
            for pair in merged.pairs:
                given[pair.file][name] = pair.theirs
    return given, refused


def hand_ins(_):
    """Return the pupil's hand-ins in a zip file, or nothing if there are none."""
    pages = sorted(Path(os.environ["FACELAB_MINE"], "hand-ins").glob("*.html"))
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as parts:
        for page in pages:
            parts.write(page, page.name)
    return content.getvalue() if pages else b""


def class_page(archives):
    """Put the hand-ins of a class, given as a zip of zips, into the teacher's folder `class`, and return its page."""
    from facelab.answers.collecting import PAGE, collect, write_class
    from facelab.files import write_atomically

    folder = Path(os.environ["FACELAB_MINE"], "class")
    with zipfile.ZipFile(io.BytesIO(archives)) as parts:
        for name in parts.namelist():
            write_atomically(folder / f"{name}.zip", parts.read(name))
    write_class(collect(folder), folder)
    return (folder / PAGE).read_bytes()


def main(name):
    """Do the chore of that name; what the pupil or teacher did wrong ends in one sentence."""
    from facelab.language import Misuse, use_language

    use_language(os.environ["FACELAB_LANGUAGE"])
    try:
        return CHORES[name](sys.stdin.buffer.read())
    except Misuse as problem:
        raise SystemExit(str(problem)) from None


CHORES = {each.__name__: each for each in (export, labels, deal, pool, hand_ins, class_page)}

if __name__ == "__main__":
    output, sys.stdout = sys.stdout.buffer, sys.stderr
    output.write(count() if sys.argv[1] == "count" else main(sys.argv[1]))
