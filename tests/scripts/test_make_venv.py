"""The script that finds a Python for the environment; Pythons are played by shell scripts."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "make_venv.sh"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a script for POSIX shells")

# What each stand-in answers to: is it new enough, has it venv, its version, and making one.
GOOD = (
    'case "$*" in *platform*) echo 3.11.9;; *"-m venv"*) mkdir "$3" && echo "$0" > "$3/by";; esac'
)
WITHOUT_VENV = 'case "$*" in *ensurepip*) exit 1;; esac'
OLD = "exit 1"
SHIM = 'echo "no such version" >&2; exit 127'


def make(tmp_path: Path, pythons: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    """Run the script in `tmp_path`, where only these Pythons exist."""
    programs = tmp_path / "programs"
    programs.mkdir()
    for name, script in pythons.items():
        (programs / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (programs / name).chmod(0o755)
    for tool in ("rm", "mkdir"):
        (programs / tool).symlink_to(shutil.which(tool) or tool)
    return subprocess.run(
        ["/bin/sh", str(SCRIPT), "a venv"],
        cwd=tmp_path,
        env={"PATH": str(programs)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_the_first_python_that_really_runs_is_taken(tmp_path: Path) -> None:
    """Names on the PATH that only print an error, or are too old, are passed by."""
    done = make(
        tmp_path, {"python3": OLD, "python3.13": SHIM, "python3.12": GOOD, "python3.11": GOOD}
    )
    assert done.returncode == 0
    assert "with python3.12 (3.11.9)" in done.stdout
    assert (tmp_path / "a venv" / "by").read_text(encoding="utf-8").endswith("/python3.12\n")


def test_what_is_left_of_an_earlier_try_is_removed(tmp_path: Path) -> None:
    """A half-made environment would not work."""
    (tmp_path / "a venv").mkdir()
    (tmp_path / "a venv" / "half").touch()
    assert make(tmp_path, {"python3": GOOD}).returncode == 0
    assert not (tmp_path / "a venv" / "half").exists()


def test_no_python_is_told_with_where_to_get_one(tmp_path: Path) -> None:
    """And what was found instead."""
    done = make(tmp_path, {"python3": OLD, "python3.13": SHIM})
    assert done.returncode == 1
    assert "older or not running: python3 python3.13" in done.stderr
    assert "https://www.python.org" in done.stderr


def test_a_python_without_venv_is_told_with_its_package(tmp_path: Path) -> None:
    """On some systems it is a package of its own."""
    done = make(tmp_path, {"python3": WITHOUT_VENV})
    assert done.returncode == 1
    assert "without the venv module: python3" in done.stderr
    assert "apt-get install python3-venv" in done.stderr
