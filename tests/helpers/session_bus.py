"""A bus for messages between programs that is ours alone, as a pytest plugin.

Nothing can be started over it, so no program of the developer's desktop ever hears of a test.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

STOP_SECONDS = 10.0

_CONFIGURATION = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir={directory}</listen>
  <policy context="default">
    <allow send_destination="*"/>
    <allow receive_sender="*"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


@pytest.fixture(scope="session")
def bus_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where to connect to the bus.

    Fails if there is no `dbus-daemon`, unless MINICHAT_TESTS_WITHOUT says that there is none.
    """
    if "dbus" in os.environ.get("MINICHAT_TESTS_WITHOUT", "").split(","):
        pytest.skip("MINICHAT_TESTS_WITHOUT=dbus")
    program = shutil.which("dbus-daemon")
    if program is None:
        pytest.fail("There is no dbus-daemon: run the tests with `make test`, which installs it")
    directory = tmp_path_factory.mktemp("bus")
    with _daemon(program, directory) as process:
        try:
            address = process.stdout.readline().strip()
            if not address:
                pytest.fail("dbus-daemon ended before it was ready")
            yield address
        finally:
            process.terminate()
            process.wait(STOP_SECONDS)


def _daemon(program: str, directory: Path) -> "subprocess.Popen[str]":
    # The path of a socket may have a hundred characters; those of tests are longer.
    configuration = directory / "bus.conf"
    configuration.write_text(_CONFIGURATION.format(directory="/tmp"), encoding="utf-8")
    return subprocess.Popen(
        [program, f"--config-file={configuration}", "--nofork", "--print-address"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
