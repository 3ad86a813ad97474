"""The log: one line an event, and nothing in it that a terminal would act on."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from reactor.logs import FORMAT, OneLineFormatter, log_to_stderr


@contextmanager
def unconfigured_root() -> Iterator[logging.Logger]:
    """The root logger as a program finds it: the test's own handlers are put back in the end."""
    root = logging.getLogger()
    before = root.handlers[:], root.level
    root.handlers.clear()
    try:
        yield root
    finally:
        root.handlers[:], level = before
        root.setLevel(level)


def formatted(message: str, error: BaseException | None = None) -> str:
    info = (type(error), error, None) if error is not None else None
    record = logging.LogRecord("reactor.x", logging.ERROR, "x.py", 1, message, None, info)
    return OneLineFormatter(FORMAT).format(record)


def test_an_event_is_one_line() -> None:
    """With a traceback too."""
    line = formatted("fault", ValueError("first\r\nsecond"))
    assert line.splitlines() == [line]
    assert line.endswith("ERROR reactor.x fault\\nValueError: first\\r\\nsecond")


def test_an_error_does_not_control_the_terminal() -> None:
    """Its text may have what somebody typed: it is shown, not acted on."""
    line = formatted("fault", ValueError("\x1b[2J\x07\x85\u2028\u202e\ud800"))
    assert line.endswith("ValueError: \\x1b[2J\\x07\\x85\\u2028\\u202e\\ud800")


def test_what_can_be_read_stays() -> None:
    """In all languages."""
    assert formatted("早上好 “é” \\ '").endswith(" 早上好 “é” \\ '")


def test_it_goes_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    """From the level that was asked for; standard output stays for programs."""
    with unconfigured_root():
        log_to_stderr("warning")
        log = logging.getLogger("reactor.test")
        log.info("not this")
        log.warning("but %r", "this\n")
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert said.err.endswith("WARNING reactor.test but 'this\\n'\n")


@pytest.mark.parametrize("level", ["debug", "info", "warning", "error"])
def test_the_levels_of_the_settings(level: str) -> None:
    """All that may be set."""
    with unconfigured_root() as root:
        log_to_stderr(level)
        assert logging.getLevelName(root.level) == level.upper()
