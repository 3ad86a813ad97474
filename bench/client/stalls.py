"""How long the window did not listen: measured while it works, by a heartbeat in its own thread.

A timer ticks every few milliseconds, as a key press or a paint would want to be served; what it is
late by, everything else is late by. Beside that, each event is timed alone, by the clock and by the
processor's time of this thread: the latter does not count what other programs took away.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PyQt5.QtCore import QEvent, QObject, Qt, QTimer
from PyQt5.QtWidgets import QApplication

BEAT_MS = 5
"""Milliseconds between two ticks, and so the shortest lateness that can be told."""


@dataclass
class Stalls:
    """The worst of a stretch of work, in milliseconds."""

    late: float = 0.0
    """The longest time in which no timer was served."""
    event: float = 0.0
    """The longest single event."""
    busy: float = 0.0
    """The processor's time of the longest single event."""


class MeasuredApplication(QApplication):
    """Times each event that is not inside another one."""

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self._worst = Stalls()
        self._inside = False
        self._beat_at = time.perf_counter()
        self._heart = QTimer(self, interval=BEAT_MS, timeout=self._beat)
        self._heart.setTimerType(Qt.PreciseTimer)
        self._heart.start()

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        """Deliver *event*, and note how long that took."""
        if self._inside:
            return bool(super().notify(receiver, event))
        self._inside = True
        began, worked = time.perf_counter(), time.thread_time()
        try:
            return bool(super().notify(receiver, event))
        finally:
            self._inside = False
            worst = self._worst
            worst.event = max(worst.event, (time.perf_counter() - began) * 1000)
            worst.busy = max(worst.busy, (time.thread_time() - worked) * 1000)

    def _beat(self) -> None:
        now = time.perf_counter()
        self._worst.late = max(self._worst.late, (now - self._beat_at) * 1000 - BEAT_MS)
        self._beat_at = now

    @contextmanager
    def stalls(self) -> Iterator[Stalls]:
        """Measure what is done inside; the value is complete at the end."""
        self.processEvents()
        self._beat_at = time.perf_counter()
        measured = self._worst = Stalls()
        yield measured
        self._beat()
        self._worst = Stalls()
