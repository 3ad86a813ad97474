"""Notices that the machine has slept: much more time has passed than a timer was to wait.

Asked of the clock on the wall, since the other clocks of a machine may sleep with it.
"""

import time
from collections.abc import Callable

from PyQt5.QtCore import QObject, QTimer, pyqtSignal, pyqtSlot

LOOK_EVERY_MS = 5_000
"""Milliseconds from one look at the clock to the next: how soon a waking is noticed."""

SLEPT = 20.0
"""Seconds beyond what was waited for that are a sleep: no event loop that lives is so late."""


class Wakefulness(QObject):
    """Looks at the clock, from its making on.

    Signals:
        woke(): the machine has slept, and is awake again.
    """

    woke = pyqtSignal()

    def __init__(
        self, clock: Callable[[], float] = time.time, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._looked_at = clock()
        self._timer = QTimer(self, interval=LOOK_EVERY_MS, timeout=self.look)
        self._timer.start()

    @pyqtSlot()
    def look(self) -> None:
        """Look at the clock; the timer does so by itself."""
        now = self._clock()
        slept = now - self._looked_at > LOOK_EVERY_MS / 1000 + SLEPT
        self._looked_at = now
        if slept:
            self.woke.emit()
