"""Longest stretches in which the window did not listen. There can be one application only, and the
tests have theirs, so this one lives in a process of its own.
"""

import subprocess
import sys

_PROGRAM = """
import time
from PyQt5.QtCore import QTimer
from bench.client.stalls import MeasuredApplication
application = MeasuredApplication(["test"])
with application.stalls() as quiet:
    application.processEvents()
with application.stalls() as busy:
    QTimer.singleShot(0, lambda: [time.thread_time() for _ in range(2_000_000)])
    QTimer.singleShot(50, application.quit)
    application.exec()
assert busy.late > quiet.late, (busy, quiet)
assert busy.event > 0 and busy.busy > 0, busy
assert quiet.event < busy.event
"""


def test_what_takes_long_is_noticed() -> None:
    """By the heartbeat that it delays, and as an event."""
    subprocess.run([sys.executable, "-c", _PROGRAM], check=True, timeout=60)
