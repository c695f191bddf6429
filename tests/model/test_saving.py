"""A model's file: read back exactly, old ones too; and nothing else gets in, be it damaged, foreign or a trap."""

import copy
import io
import json
import pickle
import shutil
import unicodedata
import zipfile
from pathlib import Path

import numpy as np
import pytest
import skops.io
from sklearn.model_selection import GridSearchCV
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler

import facelab
from facelab.model import saving
from facelab.model.features import FaceFeatures
from facelab.model.prediction import expression_model
from facelab.model.saving import load_model, save_model

OLD = Path(__file__).parents[1] / "old" / "model.skops"  # written by the kit of November 2026, before it had rooms
OLD_ANSWERS = OLD.with_name("probabilities.npy")  # of its model about the first ten shipped faces


@pytest.fixture(scope="module")
def saved(model, tmp_path_factory):
    path = tmp_path_factory.mktemp("models") / "내 모델.skops"
    save_model(model, path)
    return path


def rewrite(content, **members):
    """Return a model's file with some of its members replaced, or others added."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in {*old.namelist(), *members}:
            new.writestr(name, members[name] if name in members else old.read(name))
    return file.getvalue()


def spoil(model, step, **attributes):
    """Return the file of a trained model after some attributes of a step were changed."""
    spoiled = pickle.loads(pickle.dumps(model))
    for name, value in attributes.items():
        setattr(spoiled[step] if step is not None else spoiled, name, value)
    return skops.io.dumps(spoiled)


def refused(tmp_path, files, sentence="is not a model file"):
    """List the files that are not refused with the sentence."""
    facelab.use_language("en")
    path, wrong = tmp_path / "a.skops", []
    for name, content in files.items():
        path.write_bytes(content)
        try:
            load_model(path)
            wrong.append((name, "was loaded"))
        except facelab.language.Misuse as problem:
            if sentence not in str(problem):
                wrong.append((name, str(problem)))
    return wrong


def test_a_loaded_model_says_exactly_what_the_saved_one_said(model, saved, sample):
    loaded = load_model(str(saved))
    assert (loaded.predict_proba(sample.points) == model.predict_proba(sample.points)).all()
    assert loaded.classes_.tolist() == model.classes_.tolist()


def test_a_model_of_before_the_rooms_says_what_it_said_then(sample, tmp_path):
    old, asked = load_model(OLD), np.load(OLD.with_name("points.npy"))
    assert old.predict_proba(asked) == pytest.approx(np.load(OLD_ANSWERS), abs=1e-12)
    assert facelab.predict_expression(old, sample[0]).why.message
    save_model(old, tmp_path / "again.skops")
    again = load_model(tmp_path / "again.skops")
    assert (again.predict_proba(asked) == old.predict_proba(asked)).all()


def test_every_old_name_has_a_new_one_that_is_there(model):
    names = {step.__class__.__module__ for step in model} | {type(step).__name__ for step in model}
    names |= {name for step in model for name in vars(step)} | {"facelab.model.weights"}
    assert set(saving.OLD_NAMES.values()) <= names


def test_a_model_of_a_later_version_is_told(saved, tmp_path, says):
    path = tmp_path / "a.skops"
    path.write_bytes(rewrite(saved.read_bytes(), format="3"))
    says("더 새로운 버전의 표정찾기", "newer version of this kit", lambda: load_model(path))


def test_saving_again_replaces_the_model_whole(model, tmp_path):
    path = tmp_path / "models" / "model.skops"
    for _ in range(2):
        save_model(model, path)
    assert load_model(path) and [file.name for file in path.parent.iterdir()] == ["model.skops"]


class Mischief:
    """When unpickled it writes a file: whoever loads it runs a stranger's program."""

    def __init__(self, path):
        self.path = path

    def __reduce__(self):
        return open, (str(self.path), "w")


def test_a_pickle_is_refused_and_not_run(tmp_path):
    content = pickle.dumps(Mischief(tmp_path / "trace"))
    assert not refused(tmp_path, {"pickle": content}) and not (tmp_path / "trace").exists()
    pickle.loads(content).close()  # it would have worked
    assert (tmp_path / "trace").exists()


def test_what_is_no_model_or_a_damaged_one_is_refused(saved, tmp_path):
    content = saved.read_bytes()
    harmless = {type(value).__name__: skops.io.dumps(value) for value in (StandardScaler(), {"a": 1}, [1], np.zeros(3))}
    cut = {f"{share} of it": content[: int(share * len(content))] for share in (0.1, 0.5, 0.9, 0.999)}
    other = {"empty": b"", "text": "모델".encode(), "picture": b"\x89PNG\r\n\x1a\n" + bytes(200)}
    nonsense = {"no schema": rewrite(content, **{"schema.json": "{}"}), "no version": rewrite(content, format="two")}
    assert not refused(tmp_path, harmless | cut | other | nonsense)


def test_numbers_that_are_none_and_wrong_shapes_are_refused(model, tmp_path):
    scale, whiten, classify = model[1], model[2], model[3]
    files = {
        "means of NaN": spoil(model, 3, means_=classify.means_ * np.nan),
        "one mean of NaN": spoil(model, 3, means_=np.where(np.arange(42) == 3, np.nan, classify.means_)),
        "endless means": spoil(model, 3, means_=classify.means_ + np.inf),
        "priors of NaN": spoil(model, 3, priors_=classify.priors_ * np.nan),
        "one radius of NaN": spoil(model, 3, squared_radii_=classify.squared_radii_ * [1, 1, 1, np.nan, 1]),
        "too few radii": spoil(model, 3, squared_radii_=classify.squared_radii_[:1]),
        "a scale of NaN": spoil(model, 1, scale_=scale.scale_ * np.nan),
        "a neutral face of NaN": spoil(model, 0, neutral_=model[0].neutral_ * np.nan),
        "a neutral face of another shape": spoil(model, 0, neutral_=np.zeros((3, 3))),
        "a small matrix": spoil(model, 2, whitening_=whiten.whitening_[:5, :5]),
        "too few means": spoil(model, 3, means_=classify.means_[:3]),
        "a mean for all": spoil(model, 1, mean_=scale.mean_[:1]),
        "too few expressions": spoil(model, 3, classes_=classify.classes_[:3]),
        "one expression twice": spoil(model, 3, classes_=classify.classes_[[0, 0, 1, 2, 3]]),
        "no expressions": spoil(model, 3, classes_=np.array(list("abcde"))),
    }
    assert not refused(tmp_path, files)
    assert len(refused(tmp_path, {"nothing": spoil(model, 3), "written anew": rewrite(spoil(model, 0))})) == 2


def test_traps_are_refused(model, saved, sample, tmp_path):
    near = KNeighborsClassifier(algorithm="brute").fit(sample.points[:40, 0], sample.labels[:40])
    first, *others = model.steps
    content = saved.read_bytes()
    schema = json.loads(zipfile.ZipFile(saved).read("schema.json"))
    copies = {"__class__": "list", "__module__": "builtins", "__loader__": "ListNode", "__id__": 1}
    node = {"__class__": "ndarray", "__module__": "numpy", "__loader__": "NdArrayNode", "type": "numpy"}
    copies["content"] = [{**node, "file": "b.npy", "__id__": 2 + number} for number in range(100)]
    schema["content"]["content"]["copies"] = copies
    one = io.BytesIO()
    np.save(one, np.zeros(10**6, np.uint8))
    files = {
        "one array a hundred times": rewrite(content, **{"schema.json": json.dumps(schema), "b.npy": one.getvalue()}),
        "very many words": rewrite(content, **{"schema.json": json.dumps(["a"] * 10**6)}),
        "nested words": rewrite(content, **{"schema.json": "[" * 10**5 + "]" * 10**5}),
        "an emptied pipeline": spoil(model, None, steps=[]),
        "a pipeline without measuring": spoil(model, None, steps=others),
        "a step that does nothing": spoil(model, None, steps=[first, ("gap", "passthrough"), *others]),
        "a pipeline with a memory": spoil(model, None, memory=str(tmp_path / "planted")),
        "a memory inside": skops.io.dumps(Pipeline([first, ("rest", Pipeline(others, memory="a"))])),
        "neighbours on plain tables": skops.io.dumps(near),
    }
    assert not refused(tmp_path, files)


def test_a_bomb_is_refused_before_it_is_unpacked(saved, tmp_path, monkeypatch):
    """Seconds and megabytes would depend on the computer; what is read does not."""
    bomb = io.BytesIO()
    np.save(bomb, np.zeros(60 * 10**6, np.uint8))
    content, read = rewrite(saved.read_bytes(), **{"a.npy": bomb.getvalue()}), []
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda self, name: read.append(name))
    assert not refused(tmp_path, {"bomb": content}) and not read


def test_a_model_with_a_foreign_part_is_refused_and_the_part_is_named(says, tmp_path):
    skops.io.dump(FunctionTransformer(shutil.rmtree), tmp_path / "a.skops")
    says("모르는 프로그램(shutil.rmtree)", "parts (shutil.rmtree)", lambda: load_model(tmp_path / "a.skops"))


def test_what_could_not_be_loaded_is_not_saved(says, sample, tmp_path):
    few = sample.take(joy=10, anger=10)
    flat = KNeighborsClassifier(algorithm="brute").fit(few.points[:, 0], few.labels)
    remembering = Pipeline(expression_model().steps, memory=str(tmp_path / "memory")).fit(few.points, few.labels)
    near = make_pipeline(FaceFeatures(), KNeighborsClassifier(algorithm="brute")).fit(few.points, few.labels)
    search = GridSearchCV(expression_model(), {"classify__cautious": [True, False]}, cv=2)
    tree = facelab.piece_tree().fit(few.points, few.labels)
    for model in (flat, remembering, near, tree, search.fit(few.points, few.labels)):
        words = ("안전하게 저장할 수 없는 부품", "cannot be saved safely")
        says(*words, lambda model=model: save_model(model, tmp_path / "a.skops"))
    assert not (tmp_path / "a.skops").exists()
    save_model(search.best_estimator_, tmp_path / "a.skops")


def test_what_would_be_refused_on_loading_is_not_saved(model, tmp_path, subtests):
    """Each of these was written, and then refused by `load_model`: a pupil's work would have been lost."""
    classify = model[3]
    broken = {
        "enormous means": {"means_": classify.means_ * 1e200},
        "one expression twice": {"classes_": classify.classes_[[0, 0, 1, 2, 3]]},
        "negative priors": {"priors_": -classify.priors_},
        "complex means": {"means_": classify.means_ + 1j},
        "a large array": {"own": np.zeros(12_000_000, dtype=np.int8)},
        "a long text": {"own": "a" * 1_100_000},
    }
    for what, values in broken.items():
        spoiled = copy.deepcopy(model)
        vars(spoiled[3]).update(values)
        with subtests.test(what), pytest.raises(ValueError, match="Pipeline"):
            facelab.save_model(spoiled, tmp_path / "model.skops")
    longer = copy.deepcopy(model)
    longer.steps.insert(1, ("nothing", "passthrough"))
    with pytest.raises(ValueError, match="Pipeline"):
        facelab.save_model(longer, tmp_path / "model.skops")
    assert not list(tmp_path.iterdir())


def test_a_typed_name_finds_a_model_whose_hangul_a_mac_has_split(saved, tmp_path):
    (tmp_path / unicodedata.normalize("NFD", "모델.skops")).write_bytes(saved.read_bytes())
    assert facelab.load_model(tmp_path / "모델.skops").classes_.tolist() == facelab.load_model(saved).classes_.tolist()


def test_what_is_no_name_of_a_file_is_told(model, tmp_path, says):
    for path in (None, 3, [tmp_path]):
        says("모델 파일의 이름", "the name of a model's file", lambda path=path: facelab.load_model(path))
        says("모델 파일의 이름", "the name of a model's file", lambda path=path: facelab.save_model(model, path))
    says("모델 파일의 이름", "the name of a model's file", lambda: facelab.save_model(model, tmp_path))


def test_a_model_is_saved_where_it_is_looked_for(model, tmp_path, monkeypatch):
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path))
    facelab.save_model(model, "~/a.skops")
    assert (tmp_path / "a.skops").exists() and facelab.load_model("~/a.skops").classes_.size


def test_a_missing_file_and_an_untrained_model_get_a_sentence(says, tmp_path):
    says("모델 파일이 없어요", "no model file", lambda: load_model(tmp_path / "a.skops"))
    says("모델 파일이 없어요", "no model file", lambda: load_model(tmp_path))
    says("먼저 학습시켜", "Train it first", lambda: save_model(expression_model(), tmp_path / "a.skops"))
    assert not list(tmp_path.iterdir())
