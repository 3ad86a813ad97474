"""What the server logs while a world runs: an exception that its loop caught is a fault of ours."""

import contextlib
import logging
import traceback
from collections.abc import Iterator


class ServerFaults(logging.Handler):
    """Exceptions that nobody expected."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.caught: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.exc_info and record.exc_info[1] is not None:
            where = traceback.format_exception(record.exc_info[1])
            self.caught.append(f"{record.getMessage()}\n{''.join(where)}")

    @contextlib.contextmanager
    def watched(self) -> Iterator[None]:
        """Hear all that the server logs as an error, and let nobody else hear anything."""
        log = logging.getLogger("reactor")
        level, propagate = log.level, log.propagate
        log.addHandler(self)
        log.setLevel(logging.ERROR)
        log.propagate = False
        try:
            yield
        finally:
            log.removeHandler(self)
            log.setLevel(level)
            log.propagate = propagate
