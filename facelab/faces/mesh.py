"""Where the faces of a photo are: Face Mesh looks at the whole photo and, if need be, at parts of it or turned.

Face Mesh (Kartynnik and others, 2019, "Real-time facial surface geometry from monocular video on mobile GPUs") reads
478 points off each face. Its models come inside the mediapipe package, so nothing is downloaded.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import numpy as np

from facelab.faces.geometry import CROP_SIZE, crop_matrix, face_size, move_points
from facelab.faces.photo import LEAST_SIDE, shrink
from facelab.faces.quiet import quiet_errors
from facelab.language import Misuse, say

LONGEST_SIDE = 1600  # a larger photo is shrunk to this before faces are searched,
LEAST_SHORT_SIDE = 640  # but its shorter side not below this: a face in a panorama would become a few pixels
OBLONG = 2.2  # length by width from which a photo is searched along its length, square by square
# How sure Face Mesh must be that its points lie on a face (its min_tracking_confidence). With less it would draw an
# upright face over one that lies on its side; but a face that is cut off needs less.
STRICT, LENIENT = 0.999, 0.3
MOST_FACES = 60  # a whole school class and its teachers

# Face Mesh in the package: how its steps hang together, the names of the two settings above, and the models.
GRAPH = "modules/face_landmark/face_landmark_front_cpu.binarypb"
FINDER = "facedetectionshortrangecpu__facedetectionshortrange__facedetection__TensorsToDetectionsCalculator"
FINDER += ".min_score_thresh"
READER = "facelandmarkcpu__ThresholdingCalculator.threshold"
MODELS = (
    "modules/face_detection/face_detection_short_range.tflite",
    "modules/face_landmark/face_landmark_with_attention.tflite",
)
WINDOWS = os.name == "nt"
QUARTER_TURNS = np.array([[[1, 0], [0, 1]], [[0, 1], [-1, 0]], [[-1, 0], [0, -1]], [[0, -1], [1, 0]]])


def find_points(photo):
    """Find the points of every face of a photo.

    Parameters
    ----------
    photo : array of shape (height, width, 3), uint8
        RGB.

    Returns
    -------
    list of arrays of shape (478, 3), float32
        In pixels of the photo, in no order; empty if there is no face.

    Examples
    --------
    >>> import facelab
    >>> [points.shape for points in find_points(facelab.load_sample().images[0])]
    [(478, 3)]
    """
    if min(photo.shape[:2]) < LEAST_SIDE:  # a long line would be searched in thousands of squares
        return []
    longest = max(LONGEST_SIDE, LEAST_SHORT_SIDE * max(photo.shape[:2]) / min(photo.shape[:2]))
    small = shrink(photo, longest)
    found = _look_at(small, _whole(small.shape), STRICT)
    if max(small.shape) > 2 * CROP_SIZE:  # a large photo may hold faces too small for the detector
        found += _look_closer(small, found)
    if not found:
        looks = (_look_at(small, view, confidence) for view, confidence in _other_looks(small.shape))
        found = next(filter(None, looks), [])
    scale = photo.shape[1] / small.shape[1]
    return found if scale == 1 else [points * np.float32(scale) for points in found]


def find_points_turned(photo: np.ndarray, points: np.ndarray, turns: int) -> list:
    """Find the points of a face that was found already once more, turned before by so many quarter turns.

    Takes and returns points, (478, 3), in pixels of the photo; a list with the largest face first.
    """
    turn, crop, middle = QUARTER_TURNS[-turns % 4], crop_matrix(points), np.full(2, CROP_SIZE / 2)
    view = np.column_stack([turn @ crop[:, :2], turn @ (crop[:, 2] - middle) + middle])
    return sorted(_look_at(photo, (view, CROP_SIZE), STRICT), key=face_size, reverse=True)


def _look_at(photo, view, confidence):
    """Run Face Mesh on one square view of the photo; `view` is a (2, 3) matrix and the side of the square."""
    import cv2

    matrix, side = view
    if matrix is None:
        return [points * np.float32(side) for points in _run_face_mesh(photo, confidence)]
    square = cv2.warpAffine(photo, matrix, (side, side), flags=cv2.INTER_NEAREST)
    back = cv2.invertAffineTransform(matrix)
    return [move_points(points * np.float32(side), back) for points in _run_face_mesh(square, confidence)]


def _run_face_mesh(square, confidence):
    """Return the points of each face of a square, in shares of its side."""
    with quiet_errors():  # also one at a time: Face Mesh ends Python if two threads use it, as a Dask cluster's do
        found = _face_mesh(confidence).process({"image": square}).multi_face_landmarks
    return [_unpack(landmarks.SerializeToString()) for landmarks in found or []]


def _unpack(packed):
    """Turn packed landmarks into an array: of each point two bytes, then x, y and z as 4 bytes behind a mark of 1."""
    return np.ndarray((len(packed) // 17, 3), "<f4", packed, offset=3, strides=(17, 5))


def _whole(shape, turns=0, border=0.0):
    """The whole photo in the middle of a square (Face Mesh distorts oblong ones), turned by quarter turns."""
    height, width = shape[:2]
    side = round(max(height, width) * (1 + border))
    if turns == 0 and height == width == side:
        return None, side  # it is that square already
    scale = min(1, 1.6 * LONGEST_SIDE / side)  # a panorama's square would take gigabytes
    side = round(scale * side)
    turn = scale * QUARTER_TURNS[turns % 4]
    shift = side / 2 - turn @ (width / 2, height / 2)
    return np.column_stack([turn, shift]), side


def _look_closer(photo, found):
    """Find smaller faces in parts of the photo, and in parts half as long if one is small or none was found."""
    length = min(max(photo.shape[:2]), OBLONG * min(photo.shape[:2]))
    new = _look_at_parts(photo, round(0.55 * length), found)
    smallest = min(map(face_size, found + new), default=0)
    if smallest < length / 10:
        new += _look_at_parts(photo, round(0.3 * length), found + new)
    return new


def _look_at_parts(photo, side, found):
    """Return the faces that are seen in squares that cover the photo and overlap none that was found before."""
    height, width = photo.shape[:2]
    largest = side if side > min(height, width) else side / 2  # larger ones are seen in the whole photo, if they are
    new = []
    for top in _spread(height, side):
        for left in _spread(width, side):
            seen = _look_at(photo, (np.array([[1, 0, -left], [0, 1, -top]], dtype=np.float64), side), STRICT)
            new += [points for points in seen if face_size(points) <= largest and _is_new(points, found + new)]
    return new


def _spread(length, side):
    """Where squares of a side begin so that they cover a length: once in the middle, or evenly from end to end."""
    if length <= side:
        return [(length - side) / 2]
    overlap = 2 if length > 2 * side else 1.1  # along a panorama each place is seen twice: the whole shows too little
    return np.linspace(0, length - side, int(np.ceil(overlap * length / side))).round()


def _other_looks(shape):
    """What to try when no face was found: quarter turns, room round the photo (a face cut off), then less strictly."""
    yield from ((_whole(shape, turns), STRICT) for turns in (1, 3, 2))
    yield _whole(shape, border=0.6), STRICT
    yield from ((_whole(shape, border=border), LENIENT) for border in (0.6, 0))


def _is_new(points, found):
    """Tell whether a face overlaps none that was found before."""
    centre = points[:, :2].mean(axis=0)
    return all(np.linalg.norm(centre - other[:, :2].mean(axis=0)) > 0.5 * face_size(other) for other in found)


@lru_cache
def _face_mesh(confidence):
    """Make Face Mesh once for each process: making it takes far longer than using it."""
    with loading_mediapipe():
        import mediapipe
        from mediapipe.framework.calculator_pb2 import CalculatorGraphConfig
        from mediapipe.python.solution_base import SolutionBase
    package = Path(mediapipe.__file__).parent
    graph = CalculatorGraphConfig.FromString((package / GRAPH).read_bytes())
    graph.executor.add(type="ApplicationThreadExecutor")  # to hand each step to other threads takes 0.2 ms longer
    mesh = SolutionBase(
        graph_config=graph,
        side_inputs={"num_faces": MOST_FACES, "with_attention": True, "use_prev_landmarks": False},
        calculator_params={FINDER: min(0.5, confidence), READER: confidence},
        outputs=["multi_face_landmarks"],
    )
    with _plain_path_to_models(package, mediapipe.resource_util.set_resource_dir):
        mesh.process({"image": np.zeros((64, 64, 3), np.uint8)})  # which opens the models
    return mesh


@contextmanager
def loading_mediapipe() -> Iterator[None]:
    """Import mediapipe inside; raises ValueError if an earlier try was interrupted and has left half of it behind."""
    try:
        yield
    except (AttributeError, ImportError, NameError):
        raise Misuse(say("faces.half_loaded")) from None


@contextmanager
def _plain_path_to_models(package, set_folder):
    """On Windows Face Mesh opens its models by plain letters alone: put them elsewhere than in a Hangul folder."""
    if not WINDOWS or str(package).isascii():
        yield
        return
    places = [tempfile.gettempdir(), os.environ.get("PROGRAMDATA"), os.environ.get("PUBLIC")]
    plain = next((place for place in places if place and place.isascii() and os.access(place, os.W_OK)), None)
    with tempfile.TemporaryDirectory(dir=plain) as folder:
        for model in MODELS:
            copy = Path(folder, "mediapipe", model)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(package / model, copy)
        set_folder(folder)
        yield
    set_folder(str(package.parent))
