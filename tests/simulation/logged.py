"""What the server logs while a world runs: exceptions that its loop caught, and slow readers."""

import contextlib
import logging
import traceback
from collections import Counter
from collections.abc import Iterator

SLOW_READER = "slow reader closed"


class ServerFaults(logging.Handler):
    """Attributes: *caught*: exceptions that nobody expected, which are faults of ours."""

    def __init__(self, counts: Counter[str]) -> None:
        super().__init__(logging.WARNING)
        self.caught: list[str] = []
        self._counts = counts

    def emit(self, record: logging.LogRecord) -> None:
        if record.msg.startswith(SLOW_READER):
            self._counts[SLOW_READER] += 1
        if record.exc_info and record.exc_info[1] is not None:
            where = traceback.format_exception(record.exc_info[1])
            self.caught.append(f"{record.getMessage()}\n{''.join(where)}")

    @contextlib.contextmanager
    def watched(self) -> Iterator[None]:
        """Hear what the server logs as a warning or worse, and let nobody else hear anything."""
        log = logging.getLogger("reactor")
        level, propagate = log.level, log.propagate
        log.addHandler(self)
        log.setLevel(logging.WARNING)
        log.propagate = False
        try:
            yield
        finally:
            log.removeHandler(self)
            log.setLevel(level)
            log.propagate = propagate
