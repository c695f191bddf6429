"""A model in a file: without any program in it, so that pupils can swap files."""

from pathlib import Path

from facelab.checks import check_chances
from facelab.files import write_atomically
from facelab.language import Misuse, say

OWN_STEPS = [
    "facelab.model.features.FaceFeatures",
    "facelab.model.steps.EvenSpread",
    "facelab.model.steps.TypicalFaces",
    "facelab.model.weights.Cover",
]


def save_model(model, path):
    """Save a model in a file, whole or not at all, in the format of skops, which holds no program.

    Raises
    ------
    ValueError
        If the model was not trained, or has parts that `load_model` would refuse; nothing is written then.

    Examples
    --------
    >>> import facelab, tempfile
    >>> path = Path(tempfile.mkdtemp()) / "model.skops"
    >>> facelab.save_model(facelab.ready_model(), path)
    >>> facelab.load_model(path).classes_.shape
    (5,)
    """
    from skops.io import dumps

    check_chances(model)
    content = dumps(model)
    if foreign := _find_foreign(content):
        raise Misuse(say("model.not_to_be_saved", found=", ".join(foreign)))
    write_atomically(Path(path), content)


def load_model(path):
    """Load a model that `save_model` wrote. Anything else is refused, so that no foreign program can run.

    Raises
    ------
    ValueError
        If there is no such file, it is no model, or it holds more than this kit's and scikit-learn's own parts.

    Examples
    --------
    >>> load_model("no such file.skops")
    Traceback (most recent call last):
    facelab.language.Misuse: no such file.skops에 모델 파일이 없어요. ...
    """
    from skops.io import loads

    path = Path(path)
    if not path.is_file():
        raise Misuse(say("model.no_model_file", path=path))
    content = path.read_bytes()
    try:
        foreign = _find_foreign(content)
        if not foreign:
            model = loads(content, trusted=OWN_STEPS)
    except Exception:  # skops raises whatever a damaged file leads to
        raise Misuse(say("model.not_a_model", path=path)) from None
    if foreign:
        raise Misuse(say("model.untrusted", path=path, found=", ".join(foreign)))
    if not hasattr(model, "predict_proba"):
        raise Misuse(say("model.not_a_model", path=path))
    return model


def _find_foreign(content):
    """List what in a saved model is neither the kit's own nor known to be harmless."""
    from skops.io import get_untrusted_types

    return sorted(set(get_untrusted_types(data=content)) - set(OWN_STEPS))
