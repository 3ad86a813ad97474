"""The script that installs what tests need: what it leaves out, and how it says so.

The machine is played by a directory of small shell scripts.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "install_test_parts.sh"
TOOLS = ("chmod", "env", "grep", "tr")

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a script for POSIX shells")

# apt-get notes what it is asked for, and "installs" every program of all parts.
APT_GET = """
echo "$@" >> "$HERE/asked"
case " $* " in *" install "*)
    for name in mariadbd mariadb-install-db Xvfb dbus-daemon; do
        printf '#!/bin/sh\\n' > "$HERE/$name"
        chmod +x "$HERE/$name"
    done ;;
esac
"""
# The same, without a network.
APT_GET_OFFLINE = 'echo "$@" >> "$HERE/asked"; exit 100'

MACHINE = {
    "id": "echo 0",
    "uname": "echo Linux",
    "fc-list": "echo Noto Sans CJK",
    "ldd": "echo libxcb.so.1 is here",
    "python": 'case "$*" in *PluginsPath*) echo "$HERE";; esac',
}
MARIADB = {"mariadbd": "", "mariadb-install-db": ""}
XVFB = {"Xvfb": ""}
DBUS = {"dbus-daemon": ""}


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """The directory of all programs there are."""
    for tool in TOOLS:
        (tmp_path / tool).symlink_to(shutil.which(tool) or tool)
    return tmp_path


def install(
    here: Path, programs: dict[str, str], **environment: str
) -> "subprocess.CompletedProcess[str]":
    """Run the script on a machine with these programs besides the usual ones."""
    for name, script in (MACHINE | programs).items():
        (here / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (here / name).chmod(0o755)
    # The script looks into /usr/sbin too, where the real machine may have what this one has not.
    copy = here / "copy.sh"
    text = SCRIPT.read_text(encoding="utf-8")
    copy.write_text(text.replace(":/usr/sbin:/sbin", ""), encoding="utf-8")
    return subprocess.run(
        ["/bin/sh", str(copy), "python"],
        env={"PATH": str(here), "HERE": str(here), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def asked(here: Path) -> str:
    """What the package installer was asked for."""
    note = here / "asked"
    return note.read_text(encoding="utf-8") if note.exists() else ""


def test_where_all_is_there_nothing_is_asked_for(here: Path) -> None:
    """Not even the list of packages: it works without a network."""
    done = install(here, {"apt-get": APT_GET, **DBUS, **MARIADB, **XVFB}, CI="true")
    assert (done.returncode, done.stdout.strip(), done.stderr, asked(here)) == (0, "", "", "")


def test_only_what_is_missing_is_installed(here: Path) -> None:
    """And nothing is left out then."""
    done = install(here, {"apt-get": APT_GET, **DBUS, **XVFB})
    assert (done.returncode, done.stdout.strip()) == (0, "")
    assert "mariadb-server-core" in asked(here)
    assert "xvfb" not in asked(here)


@pytest.mark.parametrize(
    "programs",
    [{}, {"apt-get": APT_GET_OFFLINE}, {"apt-get": APT_GET, "id": "echo 1000", "sudo": "exit 1"}],
    ids=["no apt-get", "no network", "no rights"],
)
def test_where_it_cannot_be_installed_the_tests_are_left_out_in_plain_words(
    here: Path, programs: dict[str, str]
) -> None:
    """With how to have them; in CI it is a failure instead."""
    done = install(here, programs)
    assert (done.returncode, done.stdout.strip()) == (0, "dbus,mariadb,xvfb")
    assert "Left out: the tests on a real MariaDB server" in done.stderr
    assert "Left out: the tests with real windows" in done.stderr
    assert "brew install mariadb" in done.stderr
    assert install(here, programs, CI="true").returncode == 1


def test_a_missing_library_or_font_counts_as_missing(here: Path) -> None:
    """The program alone shows no window, and boxes instead of Chinese."""
    for broken in ({"ldd": "echo libxcb-icccm.so.4 = not found"}, {"fc-list": ""}):
        assert install(here, {**DBUS, **MARIADB, **XVFB, **broken}).stdout.strip() == "xvfb"


def test_who_asks_to_leave_out_is_obeyed_but_not_in_ci(here: Path) -> None:
    """Nothing is installed for it."""
    asking = {"MINICHAT_TESTS_WITHOUT": "mariadb"}
    done = install(here, {"apt-get": APT_GET, **DBUS, **XVFB}, **asking)
    assert (done.returncode, done.stdout.strip(), asked(here)) == (0, "mariadb", "")
    done = install(here, XVFB, CI="true", **asking)
    assert done.returncode == 1
    assert "no test may be left out" in done.stderr


def test_without_any_qt_there_is_no_test_run(here: Path) -> None:
    """Leaving out would leave next to nothing, so it is said what is missing."""
    done = install(here, {**DBUS, **MARIADB, **XVFB, "python": "echo libGL.so.1 >&2; exit 1"})
    assert done.returncode == 1
    assert "libgl1" in done.stderr
