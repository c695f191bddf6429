"""A model in a file: without any program in it, so that pupils can swap files."""

import io
import json
from contextlib import suppress
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import numpy as np

from facelab.checks import EXPRESSIONS, check_probabilities, show
from facelab.dataset.labelled import load_sample
from facelab.faces.photo import find_named
from facelab.files import tell_disk, write_atomically
from facelab.language import Misuse, say
from facelab.model.facts import MEMBER, describe_training
from facelab.model.prediction import move_to_average, predict_expression

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

FORMAT = 2  # of the files that are written; those of format 1 do not tell it
MOST_BYTES, MOST_WORDS = 10_000_000, 1_000_000  # of a file's numbers, and of the text that says how they hang together

# Modules and attributes are part of a file: what they were called in format 1.
OLD_NAMES = {
    "facelab.features": "facelab.model.features",
    "facelab.steps": "facelab.model.steps",
    "facelab.weights": "facelab.model.weights",
    "EvenSpread": "WithinClassWhitening",
    "matrix_": "whitening_",
    "TypicalFaces": "NearestMean",
    "typical_": "means_",
    "shares_": "priors_",
    "known_": "credibility_",
    "usual_": "squared_radii_",
}
OWN_STEPS = [
    "facelab.model.features.FaceFeatures",
    "facelab.model.steps.WithinClassWhitening",
    "facelab.model.steps.NearestMean",
    "facelab.model.weights.Cover",
]
KNOWN_PARTS = {
    *OWN_STEPS,
    "sklearn.pipeline.Pipeline",
    "sklearn.preprocessing._data.StandardScaler",
    "sklearn.linear_model._logistic.LogisticRegression",
    "sklearn.discriminant_analysis.LinearDiscriminantAnalysis",
    "sklearn.naive_bayes.GaussianNB",
    *(f"builtins.{name}" for name in ("dict", "list", "tuple", "str", "int", "float", "bool")),
    *(f"numpy.{name}" for name in ("ndarray", "float64", "float32", "int64", "int32", "bool_", "str_", "dtype")),
}


class _TooNew(Exception):
    """The file was written by a later version of the kit."""


def save_model(model, path, train=None, test=None) -> None:
    """Save a model in a file, whole or not at all, in the format of skops, which holds no program.

    Parameters
    ----------
    model : sklearn.pipeline.Pipeline
        One that was trained on points, such as `expression_model`.
    path : path
        Of the file.
    train, test : LabelledFaces, optional
        What it learnt from, and faces that it did not learn from: then the file also tells how many there were and what
        the model answered, for its model card. No face is kept.

    Raises
    ------
    ValueError
        If the model was not trained, or `load_model` would refuse it, one of the sets is no LabelledFaces, or the disk
        is full or forbids it; nothing is written then.

    Examples
    --------
    >>> import facelab, tempfile
    >>> path = Path(tempfile.mkdtemp()) / "model.skops"
    >>> facelab.save_model(facelab.ready_model(), path)
    >>> facelab.load_model(path).classes_.shape
    (5,)
    """
    from skops.io import dumps

    check_probabilities(model)
    if not isinstance(path, str | PathLike) or Path(path).is_dir():
        raise Misuse(say("model.no_path", found=show(path)))
    path = find_named(path)
    content = io.BytesIO(dumps(model))
    with ZipFile(content, "a") as archive:
        unknown = sorted(_list_parts(json.loads(archive.read("schema.json"))) - KNOWN_PARTS)
        try:
            _check_sizes(archive)
            loaded = None if unknown else _load(content.getvalue())
        except Exception:  # what could not be loaded later is not saved, for the same many reasons
            loaded = None
        if loaded is None:
            raise Misuse(say("model.not_to_be_saved", found=", ".join(unknown) or type(model).__name__))
        archive.writestr("format", str(FORMAT))
        if train is not None:
            archive.writestr(MEMBER, json.dumps(describe_training(model, train, test)))
    with tell_disk(path.parent):
        write_atomically(path, content.getvalue())


def load_model(path) -> "Pipeline":
    """Load a model that `save_model` wrote. Anything else is refused, so that no foreign program can run.

    What comes back is a pipeline of steps that the kit knows, and has answered about a shipped face.

    Raises
    ------
    ValueError
        If there is no such file, it is no model, holds other parts, or comes from a later version of the kit.

    Examples
    --------
    >>> load_model("no such file.skops")
    Traceback (most recent call last):
    facelab.language.Misuse: no such file.skops에 모델 파일이 없어요. ...
    """
    from skops.io import get_untrusted_types

    if not isinstance(path, str | PathLike):
        raise Misuse(say("model.no_path", found=show(path)))
    path = find_named(path)
    if not path.is_file():
        raise Misuse(say("model.no_model_file", path=path))
    try:
        content = _unpack(path)
        foreign = sorted(set(get_untrusted_types(data=content)) - set(OWN_STEPS))  # not known to be harmless either
        model = None if foreign else _load(content)
    except _TooNew:
        raise Misuse(say("model.newer", path=path)) from None
    except Exception:  # zipfile, json, skops and the steps raise whatever a damaged file leads to
        raise Misuse(say("model.not_a_model", path=path)) from None
    if foreign:
        raise Misuse(say("model.untrusted", path=path, found=", ".join(foreign)))
    return model


def _unpack(path):
    """Read a model's file, with the names of today in it; raise a ValueError before it could fill the memory."""
    with ZipFile(path) as archive:
        sizes = _check_sizes(archive)
        version = int(archive.read("format")) if "format" in sizes else 1
        if version > FORMAT:
            raise _TooNew
        schema = json.loads(archive.read("schema.json"))
        if version == 1:
            schema = _translate(schema)
        files = [node["file"] for node in _list_nodes(schema) if "file" in node]
        if sum(sizes[file] for file in files) > MOST_BYTES:  # one file may be named many times
            raise ValueError
        content = io.BytesIO()
        with ZipFile(content, "w") as today:
            today.writestr("schema.json", json.dumps(schema))
            for file in set(files):
                today.writestr(file, archive.read(file))
    return content.getvalue()


def _check_sizes(archive):
    """Return the sizes of the parts of a model's file; raise a ValueError if they are none of a model's."""
    sizes = {member.filename: member.file_size for member in archive.infolist()}
    if sizes["schema.json"] > MOST_WORDS or sizes.get("format", 0) > 9 or sum(sizes.values()) > MOST_BYTES:
        raise ValueError
    return sizes


def _translate(node):
    """Return a part of a file's schema with the names of format 1 changed into those of today."""
    if isinstance(node, list):
        return [_translate(each) for each in node]
    if isinstance(node, dict):
        return {OLD_NAMES.get(name, name): _translate(each) for name, each in node.items()}
    return OLD_NAMES.get(node, node) if isinstance(node, str) else node


def _list_nodes(node):
    """List each dict of a file's schema."""
    if isinstance(node, dict):
        yield node
    for each in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _list_nodes(each)


def _list_parts(schema):
    """Return the full names of all kinds of things that a file holds, as a set."""
    return {f"{node['__module__']}.{node['__class__']}" for node in _list_nodes(schema) if "__module__" in node}


def _load(content):
    from skops.io import loads

    with ZipFile(io.BytesIO(content)) as archive:
        if not _list_parts(json.loads(archive.read("schema.json"))) <= KNOWN_PARTS:
            raise ValueError
    model = loads(content, trusted=OWN_STEPS)
    if not _is_pipeline(model):
        raise ValueError
    _try_once(model)
    return model


def _is_pipeline(model):
    """Tell whether it is a pipeline that measures first, of known steps that hold numbers, without a memory."""
    from sklearn.pipeline import Pipeline

    from facelab.model.features import FaceFeatures

    def is_known(step):
        if type(step) is Pipeline:
            return step.memory is None and len(step.steps) > 0 and all(is_known(each) for _, each in step.steps)
        if isinstance(step, str):  # "passthrough"
            return False
        numbers = [value for value in vars(step).values() if getattr(value, "dtype", np.dtype(bool)).kind == "f"]
        if not all(np.isfinite(value).all() for value in numbers):
            return False
        return f"{type(step).__module__}.{type(step).__qualname__}" in KNOWN_PARTS and hasattr(step, "fit")

    return type(model) is Pipeline and is_known(model) and isinstance(model[0], FaceFeatures)


def _try_once(model):
    """Ask a model about shipped faces in each way that the kit does: what fails then would fail in a lesson."""
    faces, classes = load_sample().take(**dict.fromkeys(EXPRESSIONS, 1)), model.classes_.tolist()
    points, neutral = faces.points, faces.points[1]
    needs_neutral = getattr(model[0], "from_neutral_", False)
    with np.errstate(all="ignore"):
        asked = np.array([move_to_average(model, each, neutral) for each in points]) if needs_neutral else points
        is_sure = np.allclose(model.predict_proba(asked).sum(axis=1), 1)
        if not is_sure or len(set(classes)) < len(classes) or not set(classes) <= set(EXPRESSIONS):
            raise ValueError
        for zero in (neutral,) if needs_neutral else (None, neutral):
            answer = predict_expression(model, points[0], neutral=zero)
            with suppress(Misuse):  # not every model can tell why
                answer.why  # noqa: B018
