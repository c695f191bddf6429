"""environment.yml, pyproject.toml, the locks and start.py name the same environment."""

import json
import re
import stat
import subprocess
import sys
import tomllib
from collections import defaultdict
from functools import cache
from itertools import combinations, product
from pathlib import Path

import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.version import Version

from setup import environment

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
PYTHONS = ["3.11", "3.12"]
COMPUTERS = [("linux", "x86_64"), ("win32", "AMD64"), ("darwin", "x86_64"), ("darwin", "arm64")]
EVERYWHERE = {
    f"{python} {system} {machine}": {
        "python_version": python,
        "python_full_version": f"{python}.9",
        "sys_platform": system,
        "platform_machine": machine,
    }
    for python in PYTHONS
    for system, machine in COMPUTERS
}


@cache
def read_lock(lock):
    """Return the (requirement, number of hashes) pairs of a lock."""
    lines = lock.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    entries = [line for line in lines if line and not line.startswith("#")]
    return [
        (Requirement(line.split("--hash")[0]), len(re.findall("--hash=sha256:[0-9a-f]{64}", line))) for line in entries
    ]


@cache
def find_pins(lock, place):
    """Return what a lock pins on one kind of computer: the versions of each package."""
    pins = defaultdict(list)
    for entry, _ in read_lock(lock):
        if not entry.marker or entry.marker.evaluate(EVERYWHERE[place]):
            pins[entry.name].append(next(iter(entry.specifier)).version)
    return pins


LESSONS, CLASS, TESTS = environment.TEST_LOCKS
WANTED = [(LESSONS, Requirement(line)) for line in PROJECT["project"]["dependencies"]]
WANTED += [(TESTS, Requirement(line)) for line in PROJECT["dependency-groups"]["test"]]
WANTED += [(CLASS, Requirement(line)) for line in PROJECT["dependency-groups"]["hub"]]


def test_each_dependency_is_locked_once_and_as_asked_on_every_computer(subtests):
    for place, (lock, wanted) in product(EVERYWHERE, WANTED):
        if wanted.marker and not wanted.marker.evaluate(EVERYWHERE[place]):
            continue
        with subtests.test(place, package=wanted.name):
            [pinned] = find_pins(lock, place)[wanted.name]
            assert wanted.specifier.contains(pinned)


def test_each_entry_of_a_lock_is_one_version_with_hashes():
    for entry, hashes in (entry for lock in environment.TEST_LOCKS for entry in read_lock(lock)):
        assert [specifier.operator for specifier in entry.specifier] == ["=="], entry
        assert hashes > 0, entry


def test_a_lock_holds_nothing_that_is_left_out_on_purpose():
    overrides = map(Requirement, PROJECT["tool"]["uv"]["override-dependencies"])
    left_out = {override.name for override in overrides if override.marker}
    assert left_out >= {"jax", "jaxlib", "sentencepiece", "opencv-contrib-python"}
    for lock in environment.TEST_LOCKS:
        assert left_out.isdisjoint(entry.name for entry, _ in read_lock(lock))


def test_a_lock_leaves_the_choice_of_an_index_to_the_computer():
    for text in (lock.read_text(encoding="utf-8") for lock in environment.TEST_LOCKS):
        assert "://" not in text
        assert not re.search(r"^--(index-url|extra-index-url|find-links)", text, re.MULTILINE)


def test_only_one_package_brings_cv2():
    names = {entry.name for lock in environment.TEST_LOCKS for entry, _ in read_lock(lock)}
    assert {name for name in names if name.startswith("opencv")} == {"opencv-python-headless"}


def test_what_several_locks_name_has_the_same_version():
    for place in EVERYWHERE:
        pins = [find_pins(lock, place) for lock in environment.TEST_LOCKS]
        assert "nbclient" in pins[0].keys() & pins[2].keys()
        assert ("requests" in pins[1]) == place.endswith("linux x86_64")
        for one, other in combinations(pins, 2):
            assert not [name for name in one.keys() & other.keys() if one[name] != other[name]], place


def test_the_proxy_of_a_class_and_all_that_it_needs_are_locked_with_hashes():
    wanted = json.loads((CLASS.parent / "package.json").read_text(encoding="utf-8"))["dependencies"]
    packages = json.loads((CLASS.parent / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert packages.pop("")["dependencies"] == wanted
    for name, version in wanted.items():
        assert packages[f"node_modules/{name}"]["version"] == version  # no range: what was tried
    assert len(packages) > 10
    for name, package in packages.items():
        assert package["integrity"].startswith("sha512-"), name
        assert "resolved" not in package, name  # from where is the computer's choice


def test_each_lock_says_how_to_renew_it():
    for lock in environment.TEST_LOCKS:
        assert f"-o {lock.relative_to(ROOT).as_posix()}" in lock.read_text(encoding="utf-8").splitlines()[1]


def test_start_and_the_project_mean_the_same_pythons():
    asked = SpecifierSet(PROJECT["project"]["requires-python"])
    assert SpecifierSet(environment.ANY_SUITABLE_PYTHON.removeprefix("cpython")) == asked
    versions = [Version(f"3.{minor}") for minor in range(6, 20)]
    assert [v for v in versions if v in asked] == [
        v for v in versions if environment.OLDEST_PYTHON <= v.release < environment.TOO_NEW_PYTHON
    ]


def test_start_and_the_locks_mean_the_same_computers():
    named = {"linux": "Linux", "win32": "Windows", "darwin": "Darwin"}
    assert {(named[system], machine) for system, machine in COMPUTERS} == {
        (system, machine) for system, machines in environment.COMPUTERS.items() for machine in machines
    }
    for system, machine in COMPUTERS:
        assert any(system in line and machine in line for line in PROJECT["tool"]["uv"]["environments"])


def test_conda_takes_a_suitable_python_and_leaves_all_else_to_the_lock():
    python, *others = CONDA["dependencies"]
    name, version = python.split("=")
    assert name == "python"
    assert SpecifierSet(PROJECT["project"]["requires-python"]).contains(version)
    assert others == ["pip"]
    assert CONDA["name"] == PROJECT["project"]["name"]


def test_binder_and_jupyterhub_install_the_lock_and_nothing_beyond_it():
    script = ROOT / "postBuild"
    install = next(line for line in script.read_text(encoding="utf-8").splitlines() if "pip install" in line)
    assert {"--no-deps", "--require-hashes", "requirements.lock"} <= set(install.split())
    assert (ROOT / "environment.yml").read_text(encoding="utf-8").count("postBuild") == 1
    if sys.platform != "win32":  # which keeps no such permission
        assert script.stat().st_mode & stat.S_IXUSR
        assert (ROOT / ".ci" / "run").stat().st_mode & stat.S_IXUSR


def test_the_builder_of_the_lessons_says_which_tools_it_lacks():
    code = "import runpy, sys; sys.modules['jupytext'] = None; runpy.run_path(sys.argv[1], run_name='__main__')"
    command = [sys.executable, "-X", "utf8", "-c", code, str(ROOT / "notebooks" / "build.py")]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert answer.returncode == 1
    assert len(answer.stderr.splitlines()) == 2 and "python start.py test --version" in answer.stderr
