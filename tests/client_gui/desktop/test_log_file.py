"""What the program says of itself, and how it is kept."""

import faulthandler
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from client_gui.desktop.log_file import MAX_BYTES, MAX_CRASH, MAX_EVENT, LogFile, SafeFormatter


@pytest.fixture
def log(tmp_path: Path) -> Iterator[LogFile]:
    """In a directory that is yet to be made."""
    # pytest has it for itself, and gets it back.
    before = faulthandler.is_enabled()
    file = LogFile(tmp_path / "logs", 0)
    yield file
    file.close()
    if before:
        faulthandler.enable(sys.__stderr__)


def _text(tmp_path: Path) -> str:
    return (tmp_path / "logs" / "client-0.log").read_text(encoding="utf-8")


def _say(text: str) -> None:
    logging.getLogger("minichat.test").error("%s", text)


def _format(text: str) -> str:
    record = logging.LogRecord("n", logging.ERROR, "p", 1, "%s", (text,), None)
    return SafeFormatter("%(levelname)s %(message)s").format(record)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("plain 你好", "ERROR plain 你好"),
        ("a\x1b[2Jb", "ERROR a\\x1b[2Jb"),
        ("a\u202eb\u2028c\rd", "ERROR a\\u202eb\\u2028c\\rd"),
        ("a\nERROR forged", "ERROR a\n    ERROR forged"),
        ("\ud800", "ERROR \\ud800"),
    ],
)
def test_nothing_forges_an_event_or_controls_a_terminal(text: str, line: str) -> None:
    """Not even what is printed with an exception."""
    assert _format(text) == line


def test_a_long_event_is_cut() -> None:
    """A megabyte of text is no help."""
    assert len(_format("x" * 1_000_000)) < MAX_EVENT + 10


def test_events_are_in_the_file(log: LogFile, tmp_path: Path) -> None:
    """As long as it is open."""
    _say("one")
    log.close()
    _say("two")
    assert "ERROR minichat.test: one" in _text(tmp_path)
    assert "two" not in _text(tmp_path)
    log.close()


@pytest.mark.skipif(os.name == "nt", reason="rights are no bits there")
def test_nobody_else_may_read_it(log: LogFile, tmp_path: Path) -> None:
    """People's words may be in it."""
    assert (tmp_path / "logs").stat().st_mode & 0o077 == 0


def test_it_does_not_grow_for_ever(log: LogFile, tmp_path: Path) -> None:
    """One older one is kept."""
    for _ in range(3 * MAX_BYTES // MAX_EVENT + 3):
        _say("x" * MAX_EVENT)
    sizes = [path.stat().st_size for path in (tmp_path / "logs").glob("client-*")]
    assert len(sizes) == 2
    assert sum(sizes) <= 2 * MAX_BYTES


def test_where_no_file_can_be_the_program_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Saying so."""
    (tmp_path / "logs").write_text("a file where a directory should be")
    LogFile(tmp_path / "logs", 0).close()
    assert "there is no log file" in caplog.text


def test_a_crash_is_in_the_log_of_the_next_start(tmp_path: Path) -> None:
    """With the stacks; a program that ended well leaves nothing."""
    script = (
        "import faulthandler, sys\n"
        "from pathlib import Path\n"
        "from client_gui.desktop.log_file import LogFile\n"
        "def crashes():\n"
        "    faulthandler._sigsegv()\n"
        "log = LogFile(Path(sys.argv[1]), 0)\n"
        "crashes() if sys.argv[2:] else log.close()\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "logs")]
    crashed = subprocess.run([*command, "crash"], check=False, timeout=60, capture_output=True)
    assert crashed.returncode != 0
    subprocess.run(command, check=True, timeout=60, capture_output=True)
    assert "the program crashed the last time" in _text(tmp_path)
    assert "in crashes" in _text(tmp_path)
    subprocess.run(command, check=True, timeout=60, capture_output=True)
    assert _text(tmp_path).count("crashed the last time") == 1


def test_of_a_crash_the_beginning_is_read(tmp_path: Path) -> None:
    """Whatever is in that file."""
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "crash-0.log").write_bytes(b"begin" + b"\xff" * MAX_CRASH + b"end")
    before = faulthandler.is_enabled()
    LogFile(tmp_path / "logs", 0).close()
    if before:
        faulthandler.enable(sys.__stderr__)
    assert "begin" in _text(tmp_path)
    assert "end" not in _text(tmp_path)
