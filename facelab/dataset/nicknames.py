"""Who is in the photos: nicknames or numbers, in the pupil's own tables of photos and faces."""

import unicodedata
from collections import Counter

LONGEST = 20  # letters


def clean_nickname(text: str, longest: int | None = LONGEST) -> str:
    """Return a nickname as it is kept: nothing unseen, single spaces, not too long.

    Examples
    --------
    >>> clean_nickname("  번호\\t 7\\n"), len(clean_nickname("가" * 99))
    ('번호 7', 20)
    """
    seen = "".join(
        " " if letter.isspace() else letter
        for letter in unicodedata.normalize("NFC", text)
        if letter.isspace() or unicodedata.category(letter) not in ("Cc", "Cf", "Cs")
    )
    return " ".join(seen.split())[:longest].strip()


def read_nicknames(data) -> dict[str, str]:
    """Tell who is in the photos, as a dict of file name to nickname; photos of which nobody has said so are left out.

    Examples
    --------
    >>> from facelab.dataset.mine import MyData
    >>> read_nicknames(MyData(getfixture("tmp_path")))
    {}
    """
    return {row["file"]: row["person"] for row in data.outcome_table.read() if row["person"]}


def name_photos(data, people: dict[str, str], with_faces: bool = True) -> None:
    """Note who is in photos, and in the faces cut out of them; where a photo has several, it cannot tell of any.

    Parameters
    ----------
    data : MyData
        The pupil's own.
    people : dict
        File name of the photo to nickname or number; "" takes it back.
    with_faces : bool
        Whether for the faces, too.
    """
    people = {file: clean_nickname(person) for file, person in people.items()}
    with data.lock():
        rows = {row["file"]: row for row in data.outcome_table.read()}
        for file, person in people.items():
            rows[file] = rows.get(file, {"file": file}) | {"person": person}
        data.outcome_table.write([row for row in rows.values() if row.get("outcome") or row["person"]])
        faces = data.face_table.read() if with_faces else []
        several = Counter(row["photo"] for row in faces)
        alone = [row for row in faces if row["photo"] in people and several[row["photo"]] == 1]
        name_faces(data, {row["file"]: people[row["photo"]] for row in alone})


def name_faces(data, people: dict[str, str], only_unknown: bool = False) -> dict[str, str]:
    """Note whose faces these are, as a dict of the face's file to nickname or number; "" takes it back.

    With `only_unknown` a face that has a nickname keeps it. Returns those that were noted, as a dict like `people`.
    """
    with data.lock():
        rows, noted = data.face_table.read(), {}
        for row in rows:
            if row["file"] in people and not (only_unknown and row["person"]):
                row["person"] = noted[row["file"]] = clean_nickname(people[row["file"]])
        if noted:
            data.face_table.write(rows)
        return noted
