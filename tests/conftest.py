"""What every test gets: helpers as plugins, a home that is not the developer's, and no leaks.

MINICHAT_TESTS_WITHOUT names parts whose tests are left out, joined by commas: `mariadb`, `xvfb`,
`recording`, `dbus`. The head of the output says so. In CI none may be left out.
"""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

# Before anything of Qt starts: no test opens a window on the developer's screen.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
# And none asks the developer's keyring.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

pytest_plugins = [
    "tests.helpers.garbage",
    "tests.helpers.leaks",
    "tests.helpers.mariadb",
    "tests.helpers.recording_vfs",
    "tests.helpers.session_bus",
    "tests.helpers.xvfb",
]

PARTS = frozenset({"dbus", "mariadb", "recording", "xvfb"})

# Where platformdirs looks for the user's directories on Linux, macOS and Windows.
HOMES = (
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_CACHE_HOME",
    "XDG_STATE_HOME",
    "XDG_RUNTIME_DIR",
    "HOME",
    "WIN_PD_OVERRIDE_LOCAL_APPDATA",
)


def left_out() -> frozenset[str]:
    """The parts whose tests are left out."""
    return frozenset(filter(None, os.environ.get("MINICHAT_TESTS_WITHOUT", "").split(",")))


def pytest_configure(config: pytest.Config) -> None:
    """Check what is to be left out; then hide the developer's files and settings."""
    if unknown := left_out() - PARTS:
        raise pytest.UsageError(
            f"MINICHAT_TESTS_WITHOUT: there is no part {', '.join(sorted(unknown))}; "
            f"the parts are {', '.join(sorted(PARTS))}"
        )
    if left_out() and os.environ.get("CI") == "true":
        raise pytest.UsageError("MINICHAT_TESTS_WITHOUT: with CI=true no test may be left out")
    _hide_the_developers_files(config)
    for name in list(os.environ):
        # Nobody's desktop is told anything, either.
        ours = name.startswith("MINICHAT_") or name == "DBUS_SESSION_BUS_ADDRESS"
        if ours and name != "MINICHAT_TESTS_WITHOUT":
            del os.environ[name]


def pytest_report_header() -> list[str]:
    """Say what is missing from this run."""
    if not left_out():
        return []
    return [f"left out by MINICHAT_TESTS_WITHOUT: {', '.join(sorted(left_out()))}"]


def _hide_the_developers_files(config: pytest.Config) -> None:
    """Give this process and its children an empty home, until the run ends."""
    home = Path(tempfile.mkdtemp(prefix="minichat-tests-"))
    config.add_cleanup(lambda: shutil.rmtree(home, ignore_errors=True))
    for name in HOMES:
        os.environ[name] = str(home)
