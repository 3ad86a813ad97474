"""The log: one line an event on standard error.

What people typed is logged with ``%r``, which shows where it begins and ends. The formatter shows
everything that is not printable as an escape (control characters, bidi overrides, line ends), in
errors and tracebacks too, so that nothing forges a line or controls a terminal. Passwords and
tokens are never given to the log at all.
"""

import logging

FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"


class OneLineFormatter(logging.Formatter):
    """Like its base, with all that is not printable shown as an escape: line ends as ``\\n``."""

    def format(self, record: logging.LogRecord) -> str:
        event = super().format(record)
        if event.isprintable():
            return event
        return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in event)


def log_to_stderr(level: str) -> None:
    """Send events of *level* (``debug``, ``info``, ``warning``, ``error``) and above there."""
    output = logging.StreamHandler()
    output.setFormatter(OneLineFormatter(FORMAT))
    logging.basicConfig(level=level.upper(), handlers=[output])
