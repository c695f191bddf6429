"""The rules of the house: imports go down only and load late, every public name is explained, no message is idle."""

import ast
import graphlib
import importlib
import inspect
import os
import re
import subprocess
import sys
from itertools import product
from pathlib import Path

import facelab
from facelab import language

PACKAGE = Path(facelab.__file__).parent
FILES = sorted(PACKAGE.rglob("*.py"))

# From the ground up, folder by folder; a module may import what lies on lower floors, and its own folder.
FLOORS = [
    {"language", "checks", "slips", "files", "archives", "private"},
    {"charts"},
    {"faces"},
    {"dataset"},
    {"model"},
    {"experiments"},
    {"answers"},
    {"widgets"},
    {"exercises"},
]
HEAVY = ["mediapipe", "sklearn", "pandas", "matplotlib", "cv2", "numpy", "skops", "joblib", "PIL", "ipywidgets"]


def parse(file):
    return ast.parse(file.read_text(encoding="utf-8"))


def floor_of(file):
    return file.relative_to(PACKAGE).with_suffix("").parts[0]


def list_imports(tree):
    """List all imports of a module, also those inside functions, as full names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are written with the full name"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def list_imported_floors(tree):
    return {name.split(".")[1] for name in list_imports(tree) if name.startswith("facelab.")}


def without_plot_methods(tree):
    """Cut out the plot methods: drawing their numbers, results of any floor may use the charts."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            node.body = [part for part in node.body if not getattr(part, "name", "").startswith("plot")] or [ast.Pass()]
    return tree


def height_of(room):
    return next(height for height, rooms in enumerate(FLOORS) if room in rooms)


def name_of(file):
    return ".".join(["facelab", *file.relative_to(PACKAGE).with_suffix("").parts]).removesuffix(".__init__")


def test_every_module_has_a_floor():
    assert {floor_of(file) for file in FILES} - {"__init__"} == set.union(*FLOORS)
    assert len(FLOORS) <= 9


def check_that_imports_go_down_only(file):
    floor = floor_of(file)
    if file.name == "__init__.py":
        assert set(list_imports(parse(file))) <= {"lazy_loader"}
        return
    allowed = {room for rooms in FLOORS[: height_of(floor)] for room in rooms} | {floor}
    if height_of(floor) == 0:
        allowed = FLOORS[0]
    if floor not in ("charts", "widgets"):
        allowed -= {"charts"}
    assert list_imported_floors(without_plot_methods(parse(file))) <= allowed
    if floor != "widgets":
        assert "facelab" not in list_imports(parse(file))  # which would bring in every floor


def test_nothing_imports_itself_by_a_detour():
    names = {name_of(file) for file in FILES}
    graph = {
        name_of(file): {
            name
            for each in list_imports(without_plot_methods(parse(file)))
            for name in (each, each.rpartition(".")[0])
            if name in names - {"facelab", name_of(file)}
        }
        for file in FILES
    }
    graphlib.TopologicalSorter(graph).prepare()  # raises a CycleError that names the circle


def test_a_room_lists_all_of_its_files():
    for room in ("faces", "dataset", "model", "experiments"):
        files = {file.stem for file in FILES if file.parent == PACKAGE / room} - {"__init__"}
        assert files <= set(importlib.import_module(f"facelab.{room}").__all__)


def test_a_package_is_used_on_its_floor_alone():
    homes = {"mediapipe": {"faces"}, "matplotlib.pyplot": {"charts"}, "ipywidgets": {"widgets", "exercises"}}
    users = {package: set() for package in homes}
    for file, package in product(FILES, homes):
        if any(f"{name}.".startswith(f"{package}.") for name in list_imports(parse(file))):
            users[package].add(floor_of(file))
    assert users == homes


def run_python(code):
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(PACKAGE.parent)},
    ).stdout.split()


def test_importing_the_kit_loads_nothing_heavy():
    assert not set(run_python("import sys, facelab; print(*sys.modules)")) & set(HEAVY)


def test_finding_and_showing_names_loads_nothing_heavy_either():
    assert not set(run_python("import sys, facelab; dir(facelab); print(*sys.modules)")) & set(HEAVY)


HEAVY_LATER = {"dataset.labelled": "mediapipe", "model.prediction": "sklearn", "dataset.mine": "pandas"}
HEAVY_LATER |= {"faces.detection": "cv2"}


def test_a_module_loads_heavy_packages_only_when_they_are_used(subtests):
    for module, absent in HEAVY_LATER.items():
        loaded = run_python(f"import sys, facelab.{module}; print(*sys.modules)")
        with subtests.test(module):
            assert f"facelab.{module}" in loaded and absent not in loaded


def check_that_files_and_functions_are_short(file):
    assert len(file.read_text(encoding="utf-8").splitlines()) <= 400
    for node in ast.walk(parse(file)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            first = node.body[1 if ast.get_docstring(node) and len(node.body) > 1 else 0]
            assert node.end_lineno - first.lineno + 1 <= 30, node.name


def check_that_no_code_runs_on_import_and_nothing_is_unfinished(file):
    """Modules hold imports, names and definitions: no calls for their own sake, no loops, no marks of work to do."""
    allowed = (ast.Import, ast.ImportFrom, ast.Assign, ast.AnnAssign, ast.AugAssign, ast.FunctionDef, ast.ClassDef)
    tree = parse(file)
    rest = [node for node in tree.body if not isinstance(node, allowed)]
    assert all(
        (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))  # the docstring
        or (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
        for node in rest
    )
    assert not re.search(r"\b(TODO|FIXME|XXX|HACK)\b", file.read_text(encoding="utf-8"))


def test_the_points_of_face_mesh_are_numbered_in_one_file_alone():
    """Elsewhere nobody takes a point of a face by its number."""
    for file in FILES:
        if floor_of(file) in ("faces", "dataset", "model", "experiments", "widgets") and file.stem != "landmarks":
            indices = [node.slice for node in ast.walk(parse(file)) if isinstance(node, ast.Subscript)]
            words = " ".join(map(ast.unparse, indices))
            assert not re.findall(r"(?<![\w.*])(?<!// )\d{2,3}(?=[,\]]|$)", words), file.name


def test_every_file_keeps_the_rules(subtests):
    rules = [check_that_imports_go_down_only, check_that_files_and_functions_are_short]
    for file, check in product(FILES, [*rules, check_that_no_code_runs_on_import_and_nothing_is_unfinished]):
        with subtests.test(file.relative_to(PACKAGE).as_posix(), check=check.__name__):
            check(file)


# Every public name is explained


def list_public():
    """List every public function and class of the kit, except the widgets' inner parts."""
    for file in FILES:
        name = ".".join(["facelab", *file.relative_to(PACKAGE).with_suffix("").parts]).removesuffix(".__init__")
        module = importlib.import_module(name)
        for key, value in vars(module).items():
            if (
                not key.startswith("_")
                and inspect.getmodule(value) is module
                and (inspect.isfunction(value) or inspect.isclass(value))
            ):
                yield f"{name}.{key}", value


def list_methods(kind):
    for key, value in vars(kind).items():
        value = getattr(value, "__func__", value)
        if not key.startswith("_") and (inspect.isfunction(value) or isinstance(value, property)):
            yield key, value


def test_every_exported_name_says_what_it_is_with_an_example():
    names = [name for name in facelab.__all__ if callable(getattr(facelab, name))]
    assert len(names) > 15
    for name in names:
        documentation = inspect.getdoc(getattr(facelab, name)) or ""
        assert re.match(r"[A-Z].+\.(\n|$)", documentation), f"{name} does not begin with a sentence"
        assert ">>> " in documentation, f"{name} has no example"


def test_every_method_of_an_exported_class_says_what_it_does():
    for name in facelab.__all__:
        value = getattr(facelab, name)
        if inspect.isclass(value):
            inherited = {key for base in value.__mro__[1:] for key in vars(base)}
            silent = [key for key, method in list_methods(value) if not method.__doc__ and key not in inherited]
            assert not [key for key in silent if key not in ("fit", "transform")], name  # scikit-learn's own verbs


def test_every_exported_function_and_method_tells_in_its_head_what_it_returns():
    heads = []
    for name in facelab.__all__:
        value = getattr(facelab, name)
        heads += list_methods(value) if inspect.isclass(value) else [(name, value)]
    functions = [(name, getattr(each, "fget", each)) for name, each in heads]
    silent = {name for name, each in functions if inspect.isfunction(each) and "return" not in each.__annotations__}
    assert silent <= {"fit", "transform"}  # scikit-learn's own verbs


def test_every_public_function_and_class_says_what_it_does():
    silent = [
        name for name, value in list_public() if not inspect.getdoc(value) and not name.startswith("facelab.widgets")
    ]
    assert not silent


# Every message is used, and every message that is used is there


def list_messages():
    return {f"{section}.{name}" for section, messages in language._messages().items() for name in messages}


def list_asked():
    """List what the code hands to `say`, as patterns: what is only known later may be any word."""
    for file in FILES:
        for node in ast.walk(parse(file)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say" and node.args:
                yield from ((file, pattern) for pattern in to_patterns(node.args[0]))


def to_patterns(node):
    if isinstance(node, ast.IfExp):
        return to_patterns(node.body) + to_patterns(node.orelse)
    if isinstance(node, ast.Constant):
        return [re.escape(node.value)]
    if isinstance(node, ast.JoinedStr):
        return ["".join(re.escape(part.value) if isinstance(part, ast.Constant) else r"\w+" for part in node.values)]
    return []  # a name, whose value is written elsewhere


def list_words():
    """List every piece of text in the code: the last words of keys that are put together stand there."""
    return {
        node.value
        for file in FILES
        for node in ast.walk(parse(file))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_message_that_is_asked_for_is_there():
    messages = list_messages()
    for file, pattern in list_asked():
        assert any(re.fullmatch(pattern, message) for message in messages), f"{file.name}: {pattern}"


def test_every_message_is_used():
    patterns, words = {pattern for _, pattern in list_asked()}, list_words()

    def is_used(message):
        if message in words or re.escape(message) in patterns:
            return True
        name = message.split(".")[1]
        return name in words and any(re.fullmatch(pattern, message) for pattern in patterns)

    assert not [message for message in sorted(list_messages()) if not is_used(message)]
