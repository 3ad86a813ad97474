"""What the program says of itself, for whoever looks for a fault: on standard error, and in a file
that this machine's user can read, of a bounded size. It is sent nowhere.

What people have written may be in it, in what an exception says. So nothing in it forges an event
or controls a terminal: what is not printable is shown as an escape, and a further line of an event
is indented. A crash of the interpreter itself is written by ``faulthandler``, and moved into the
log by the next start.
"""

import faulthandler
import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TextIO

MAX_BYTES = 512 * 1024
"""Of a log file; there is one older one beside it."""

MAX_EVENT = 20_000
"""Characters of one event: the deepest of tracebacks, but not what a megabyte of text says."""

MAX_CRASH = 16 * 1024
"""Bytes that are read of a crash, whose reason comes first: less than an event may have."""

_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
_SHORT_FORMAT = "%(levelname)s %(name)s: %(message)s"
_INDENT = "\n    "

_log = logging.getLogger(__name__)


class SafeFormatter(logging.Formatter):
    """Like its base, in printable characters and with further lines indented."""

    def format(self, record: logging.LogRecord) -> str:
        """One event, as lines."""
        event = super().format(record)
        cut = event if len(event) <= MAX_EVENT else event[:MAX_EVENT] + " …"
        return _INDENT.join(_printable(line) for line in cut.split("\n"))


def _printable(line: str) -> str:
    if line.isprintable():
        return line
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in line)


def log_to_stderr() -> None:
    """Say there what happens, from now on."""
    output = logging.StreamHandler()
    output.setFormatter(SafeFormatter(_SHORT_FORMAT))
    logging.basicConfig(handlers=[output], level=logging.INFO)


class LogFile:
    """The files of program *number* in *directory*, from here on. Give back with :meth:`close`.

    Where they cannot be written, the program goes on without.
    """

    def __init__(self, directory: Path, number: int) -> None:
        self._handler: RotatingFileHandler | None = None
        self._crash_file: TextIO | None = None
        self._crash = directory / f"crash-{number}.log"
        try:
            # What is in there is nobody else's business.
            directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            crashed = _head(self._crash)
            self._handler = RotatingFileHandler(
                directory / f"client-{number}.log",
                maxBytes=MAX_BYTES,
                backupCount=1,
                encoding="utf-8",
                errors="backslashreplace",
            )
            self._crash_file = self._crash.open("w", encoding="utf-8")
        except OSError as error:
            _log.warning("there is no log file: %s", error)
            self.close()
            return
        self._handler.setFormatter(SafeFormatter(_FORMAT))
        logging.getLogger().addHandler(self._handler)
        faulthandler.enable(self._crash_file)
        if crashed:
            _log.error("the program crashed the last time:\n%s", crashed)

    def close(self) -> None:
        """Write no more; there was no crash."""
        if self._handler is not None:
            logging.getLogger().removeHandler(self._handler)
            self._handler.close()
            self._handler = None
        if self._crash_file is not None:
            faulthandler.disable()
            self._crash_file.close()
            self._crash_file = None
            self._crash.unlink(missing_ok=True)


def _head(path: Path) -> str:
    """The beginning of what is in *path*; nothing if there is no such file."""
    if not path.exists():
        return ""
    with path.open("rb") as file:
        return file.read(MAX_CRASH).decode("utf-8", "replace").strip()
