"""A display without a screen, for the tests that look at real windows."""

import os
import select
import shutil
import subprocess
from collections.abc import Iterator

import pytest

START_SECONDS = 30.0
STOP_SECONDS = 10.0
SCREEN = "1280x900x24"


@pytest.fixture(scope="session")
def xvfb() -> Iterator[str]:
    """The name of a display; programs are started on it with `environment_on(xvfb)`.

    The tests' own process stays on Qt's offscreen platform. Fails if there is no Xvfb, unless
    MINICHAT_TESTS_WITHOUT says that there is none.
    """
    if "xvfb" in os.environ.get("MINICHAT_TESTS_WITHOUT", "").split(","):
        pytest.skip("MINICHAT_TESTS_WITHOUT=xvfb")
    program = shutil.which("Xvfb")
    if program is None:
        pytest.fail("There is no Xvfb: run the tests with `make test`, which installs it")
    reading, writing = os.pipe()
    with (
        os.fdopen(reading, "rb") as number,
        subprocess.Popen(
            [program, "-displayfd", str(writing), "-screen", "0", SCREEN, "-nolisten", "tcp"],
            pass_fds=[writing],
            stdin=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process,
    ):
        os.close(writing)
        try:
            yield f":{_first_line(number.fileno())}"
        finally:
            _end(process)


def environment_on(display: str) -> dict[str, str]:
    """The environment of a program that is to show its windows on `display`."""
    return os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}


def _first_line(descriptor: int) -> str:
    """The number of the display, which Xvfb writes when it is ready."""
    line = b""
    while not line.endswith(b"\n"):
        ready, _, _ = select.select([descriptor], [], [], START_SECONDS)
        if not ready:
            pytest.fail(f"Xvfb was not ready within {START_SECONDS:g} seconds")
        read = os.read(descriptor, 16)
        if not read:
            pytest.fail("Xvfb ended before it was ready")
        line += read
    return line.decode("ascii").strip()


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
