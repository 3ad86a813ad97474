"""What is installed is complete: every module, the data beside them, and three commands."""

import ast
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path

import pytest

from tests.helpers.imports import read_sources

ROOT = Path(__file__).parents[1]
HOUSES = ("wire", "reactor", "client_gui", "conf", "scripts")
BESIDE_THEM = ("models.py", "setup.py", "pyproject.toml", "LICENSE")
BUILD_SECONDS = 100

COMMANDS = {
    "minichat-server": "reactor.__main__:main",
    "minichat": "client_gui.__main__:main",
    "minichat-seed": "scripts.seed_users:main",
    "minichat-prune": "scripts.prune:main",
}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    """The distribution, built from a copy of the source: a build leaves things lying about."""
    copy = tmp_path_factory.mktemp("source")
    for house in HOUSES:
        shutil.copytree(ROOT / house, copy / house, ignore=shutil.ignore_patterns("__pycache__"))
    for name in BESIDE_THEM:
        shutil.copy(ROOT / name, copy)
    pip_wheel = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index"]
    subprocess.run(
        [*pip_wheel, "--no-build-isolation", "--wheel-dir", str(copy / "made"), str(copy)],
        check=True,
        stdin=subprocess.DEVNULL,
        timeout=BUILD_SECONDS,
    )
    (made,) = (copy / "made").glob("minichat-*.whl")
    with zipfile.ZipFile(made) as archive:
        yield archive


def test_every_module_is_in_it(wheel: zipfile.ZipFile) -> None:
    """Those of the project, and none of the tests."""
    packed = {name for name in wheel.namelist() if name.endswith(".py")}
    modules = {name.removesuffix(".py").replace("/", ".") for name in packed}
    modules = {name.removesuffix(".__init__") for name in modules}
    assert modules == set(read_sources(ROOT, (*HOUSES, "models")))


def test_the_data_beside_the_modules_is_in_it(wheel: zipfile.ZipFile) -> None:
    """The default settings, translations and pictures, the licence."""
    data = [ROOT / "conf" / "default.toml"]
    data += (ROOT / "client_gui").glob("i18n/*.qm")
    data += (
        path for path in (ROOT / "client_gui" / "resources").glob("*.*") if path.suffix != ".py"
    )
    packed = set(wheel.namelist())
    assert {path.relative_to(ROOT).as_posix() for path in data} - packed == set()
    assert any(name.endswith("LICENSE") for name in packed)


def test_the_four_commands_are_in_it_and_lead_somewhere(wheel: zipfile.ZipFile) -> None:
    """To functions named `main` of modules that are in it as well."""
    (name,) = (name for name in wheel.namelist() if name.endswith("entry_points.txt"))
    entry_points = ConfigParser()
    entry_points.optionxform = str
    entry_points.read_string(wheel.read(name).decode())
    commands = {**entry_points["console_scripts"], **entry_points["gui_scripts"]}
    assert commands == COMMANDS
    for target in commands.values():
        module, _, function = target.partition(":")
        body = ast.parse(wheel.read(module.replace(".", "/") + ".py")).body
        assert function in [node.name for node in body if isinstance(node, ast.FunctionDef)]
