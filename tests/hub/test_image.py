"""The image for a school's own JupyterHub: what can be said of its recipe without building it."""

import re
import tomllib
from pathlib import Path

from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).resolve().parents[2]
HUB = ROOT / "setup" / "hub"
RECIPE = re.sub(r"\\\n\s*", "", (HUB / "Dockerfile").read_text(encoding="utf-8"))
STEPS = [line.split(maxsplit=1) for line in RECIPE.splitlines() if line and not line.startswith("#")]


def list_steps(kind):
    return [words for instruction, words in STEPS if instruction == kind]


def test_the_image_has_a_suitable_python_and_installs_the_locks_and_nothing_beyond_them():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    [python] = re.findall(r"^python:(3\.\d+)-slim", list_steps("FROM")[0])
    assert SpecifierSet(project["requires-python"]).contains(python)
    [install] = [words.split() for words in list_steps("RUN") if "pip install" in words]
    assert {"--no-deps", "--require-hashes", "--only-binary"} <= set(install)
    locks = [word for before, word in zip(install, install[1:], strict=False) if before == "-r"]
    copied = {name for words in list_steps("COPY")[:-1] for name in words.split()[:-1]}
    assert set(locks) == copied == {"requirements.lock", "setup/hub/requirements.lock"}
    assert all((ROOT / lock).is_file() for lock in locks)


def test_the_kit_in_the_image_is_roots_and_its_pupil_is_not():
    instructions = [instruction for instruction, _ in STEPS]
    assert instructions.index("USER") > max(place for place, each in enumerate(instructions) if each == "COPY")
    assert list_steps("USER") == ["jovyan"] and "--uid 1000" in list_steps("RUN")[0]
    [module] = re.findall(r"python -m ([\w.]+)", list_steps("CMD")[0])
    assert (ROOT / module.replace(".", "/")).with_suffix(".py").is_file()


def test_nothing_that_pupils_have_made_comes_into_the_image():
    left_out = (HUB / "Dockerfile.dockerignore").read_text(encoding="utf-8").split()
    assert {".git", ".venv*", "data/class*", "data/mine*", "data/pupils"} <= set(left_out)
    private = [
        line.rstrip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines() if "data/" in line
    ]
    assert set(private) <= set(left_out)


def test_both_pages_about_a_class_have_the_same_commands():
    blocks = [
        re.findall(r"^```.*?^```", (HUB / name).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
        for name in ("README.md", "README.ko.md")
    ]
    code = [[re.sub(r"\s+#.*", "", block) for block in each] for each in blocks]
    assert code[0] == code[1] and len(code[0]) == 5
