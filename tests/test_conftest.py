"""What may be left out of a test run, and how it is said."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
USAGE_ERROR = 4


def collect(**environment: str) -> "subprocess.CompletedProcess[str]":
    """Run pytest as far as it collects a small directory."""
    without_ours = {name: text for name, text in os.environ.items() if name != "CI"}
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "--collect-only",
            "-p",
            "no:cacheprovider",
            "tests/conf",
        ],
        cwd=ROOT,
        env=without_ours | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )


def test_what_is_left_out_is_said_at_the_head() -> None:
    """So nobody takes a part for the whole."""
    done = collect(MINICHAT_TESTS_WITHOUT="xvfb,mariadb")
    assert done.returncode == 0
    assert "left out by MINICHAT_TESTS_WITHOUT: mariadb, xvfb" in done.stdout


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        ({"MINICHAT_TESTS_WITHOUT": "mariadb", "CI": "true"}, "no test may be left out"),
        ({"MINICHAT_TESTS_WITHOUT": "mysql"}, "there is no part mysql"),
    ],
)
def test_what_may_not_be_left_out_is_refused(environment: dict[str, str], told: str) -> None:
    """In CI nothing, and nowhere what does not exist."""
    done = collect(**environment)
    assert done.returncode == USAGE_ERROR
    assert told in done.stderr


def test_settings_and_files_of_the_developer_have_no_part() -> None:
    """Neither variables nor files: a test that writes finds an empty home."""
    assert not [name for name in os.environ if name.startswith("MINICHAT_") and "TESTS" not in name]
    assert "minichat-tests-" in os.environ["XDG_CONFIG_HOME"]
