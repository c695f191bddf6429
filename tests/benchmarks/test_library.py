"""What the library costs: seconds and megabytes, each with the limit that it has to keep."""

import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

import facelab

ROOT = Path(facelab.__file__).parents[1]
CONDITIONS = {
    "balanced": {"joy": 20, "sadness": 20},
    "imbalanced": {"joy": 35, "sadness": 5},
    "wrong labels": {"joy": 20, "sadness": 20, "wrong": 0.3},
    "alike": {"surprise": 20, "anger": 20},
}


def run_python(code, *arguments):
    """Run Python in a process of its own; returns what it printed, as numbers."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    answer = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    return [float(word) for word in answer.stdout.split()]


@pytest.fixture(scope="module")
def sample():
    return facelab.load_sample()


@pytest.fixture(scope="module")
def photos(sample):
    """Photos in the folder that FACELAB_PHOTOS names, or else shipped faces: at most 100, read beforehand."""
    folder = os.environ.get("FACELAB_PHOTOS")
    if not folder:
        return [sample.images[place] for place in np.linspace(0, len(sample) - 1, 100).astype(int)]
    paths = sorted(path for path in Path(folder).rglob("*") if path.suffix.lower() in (".jpg", ".jpeg", ".png"))
    chosen = np.linspace(0, len(paths) - 1, min(100, len(paths))).astype(int)
    return [facelab.read_photo(paths[place]) for place in chosen]


@pytest.fixture(scope="module")
def three_hundred(sample):
    """Points and labels of 300 faces; if fewer are shipped, some come twice."""
    places = np.resize(np.random.default_rng(0).permutation(len(sample)), 300)
    return sample.points[places], sample.labels[places]


def test_importing_the_kit(benchmark):
    """Beside a Python that does nothing: the difference is what a lesson's first cell waits for."""
    bare = min(_seconds(lambda: run_python("pass")) for _ in range(5))
    benchmark.pedantic(run_python, ["import facelab"], rounds=9, warmup_rounds=1)
    whole = benchmark.stats.stats
    benchmark.extra_info |= {"bare_python": bare, "ratio": whole.min / bare}
    assert whole.median - bare <= 0.3


def test_loading_the_sample(benchmark):
    facelab.load_sample()
    faces = benchmark(facelab.load_sample)
    assert len(faces) > 200 and benchmark.stats.stats.median <= 0.3


def test_finding_faces_beside_bare_face_mesh(benchmark, photos):
    """Photo by photo one after the other in the same run, so that other work on the computer hits both alike."""
    from mediapipe.python.solutions.face_mesh import FaceMesh

    mesh = FaceMesh(static_image_mode=True, refine_landmarks=True)
    ways = {"bare": lambda photo: mesh.process(photo), "find_faces": facelab.find_faces}
    seconds = {way: np.full(len(photos), np.inf) for way in ways}

    def look_at_all():
        for place, photo in enumerate(photos):
            for way, look in ways.items():
                seconds[way][place] = min(seconds[way][place], _seconds(lambda look=look, photo=photo: look(photo)))

    benchmark.pedantic(look_at_all, rounds=5, warmup_rounds=1)
    bare, ours = (1000 * seconds[way].mean() for way in ways)
    found = np.mean([bool(facelab.find_faces(photo).faces) for photo in photos])
    benchmark.extra_info |= {"bare_ms": bare, "find_faces_ms": ours, "ratio": ours / bare, "found": found}
    assert found >= 0.97 and ours / bare <= 1.15


def test_training_on_300_faces(benchmark, three_hundred):
    model = benchmark.pedantic(facelab.expression_model().fit, three_hundred, rounds=30, warmup_rounds=2)
    assert model.score(*three_hundred) > 0.5 and benchmark.stats.stats.median <= 0.1


def test_predicting_from_points(benchmark, sample):
    model = facelab.ready_model()
    answer = benchmark(lambda: facelab.predict_expression(model, sample.points[0]))
    assert answer.percentages and benchmark.stats.stats.median <= 0.005


def test_from_a_photo_to_an_answer_beside_bare_face_mesh(benchmark, photos):
    """What all of the kit adds to Face Mesh: at most 30 ms a photo."""
    from mediapipe.python.solutions.face_mesh import FaceMesh

    mesh, model = FaceMesh(static_image_mode=True, refine_landmarks=True), facelab.ready_model()
    few = [photo for photo in photos if facelab.find_faces(photo).faces][:30]
    bare, whole = (np.full(len(few), np.inf) for _ in range(2))

    def ask_about_all():
        for place, photo in enumerate(few):
            bare[place] = min(bare[place], _seconds(lambda photo=photo: mesh.process(photo)))
            whole[place] = min(whole[place], _seconds(lambda photo=photo: _answer(model, photo)))

    benchmark.pedantic(ask_about_all, rounds=5, warmup_rounds=1)
    benchmark.extra_info |= {"bare_ms": 1000 * bare.mean(), "whole_ms": 1000 * whole.mean()}
    assert whole.mean() - bare.mean() <= 0.03


def _answer(model, photo):
    return facelab.predict_expression(model, facelab.find_faces(photo).faces[0])


def test_comparing_four_conditions_thirty_times(benchmark, sample):
    result = benchmark.pedantic(facelab.compare, [CONDITIONS, sample], {"progress": False}, rounds=3, warmup_rounds=1)
    assert len(result.table) == 4 * 30 * 2 and benchmark.stats.stats.median <= 3


MEMORY = """
import re, sys
import facelab
paths = [sys.argv[1]] * int(sys.argv[2])
found = facelab.find_faces_in(paths, processes=1, progress=False)
assert len(found) == len(paths) and all(each.faces for each in found)
print(int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) / 1024)
"""


@pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="only Linux tells the most memory a process ever had"
)
def test_memory_of_many_photos(benchmark, sample, tmp_path):
    """200 photos of 3 megapixels, 9 MB each once read, need little more memory than 50: only the faces are kept."""
    import cv2

    path = tmp_path / "large.jpg"
    path.write_bytes(facelab.faces.photo.encode_jpeg(cv2.resize(sample.images[0], (1730, 1730))))
    few, many = benchmark.pedantic(lambda: [run_python(MEMORY, path, number)[0] for number in (50, 200)], rounds=1)
    benchmark.extra_info |= {"megabytes_50": few, "megabytes_200": many, "megabytes_a_photo": (many - few) / 150}
    assert (many - few) / 150 <= 1


def _seconds(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def test_memory_of_the_largest_photos(tmp_path):
    """The largest photo of each format that is read at all: at most 500 MB for the whole of Python."""
    code = (
        "import resource, sys; from facelab.faces.photo import read_photo; read_photo(sys.argv[1]);"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    make = (
        "import sys; from PIL import Image; import pillow_heif; pillow_heif.register_heif_opener();"
        "side = int(sys.argv[3]); photo = Image.linear_gradient('L').resize((side, side)).convert('RGB');"
        "photo.save(sys.argv[1], sys.argv[2])"
    )
    for form in ("JPEG", "PNG", "TIFF", "BMP", "GIF", "HEIF", "AVIF", "WEBP"):
        most = facelab.faces.photo._MOST_PIXELS_OF.get(form, facelab.faces.photo.MOST_PIXELS)
        run_python(make, tmp_path / "photo", form, int(most**0.5))
        [megabytes] = run_python(code, tmp_path / "photo")
        print(form, round(megabytes), "MB")
        assert megabytes <= 500
