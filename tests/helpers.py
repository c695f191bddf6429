"""What tests of several rooms make: a pupil's data out of shipped faces, the result of an experiment, a zip."""

import io
import zipfile

import pandas

from facelab.experiments.comparison import Comparison
from facelab.faces.detection import Detection, Face
from facelab.faces.photo import encode_jpeg


def collect(data, faces, labels):
    """Put faces of a set into a pupil's data: a photo each under the pupil's name, cut out, with a label or ""."""
    for place, label in labels.items():
        photo = data.add_photo(f"{data.folder.name} {place}.jpg", encode_jpeg(faces.images[place]))
        [file] = data.add_faces(photo, Detection([Face.from_photo(faces.images[place], faces.points[place])]))
        data.label(file, label)
    return data


def make_result(**accuracies):
    """Make the result of an experiment out of the accuracies of each condition's repeats."""
    rows = [
        {"condition": name, "repeat": repeat, "expression": expression, "recall": value, "accuracy": value}
        | {"train_photos": 20}
        for name, values in accuracies.items()
        for repeat, value in enumerate(values)
        for expression in ("joy", "sadness")
    ]
    return Comparison(pandas.DataFrame(rows))


def pack(files, way=zipfile.ZIP_DEFLATED):
    """Pack a dict of name (or ZipInfo) to content; returns the bytes of the zip."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", way) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return content.getvalue()
