"""What is held back for some seconds, so that a person can take it back. Counts; knows no more."""

from functools import partial

from PyQt5.QtCore import QObject, QTimer, pyqtSignal


class Holds(QObject):
    """Counts down for several at once; those that end together end in the order they began in.

    Signals:
        ticked(key: str, seconds: int): so many are left of this one; 0: it has ended.
    """

    ticked = pyqtSignal(str, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._left: dict[str, int] = {}
        self._timers: dict[str, QTimer] = {}

    def begin(self, key: str, seconds: int) -> None:
        """Hold *key* for so many *seconds*, at least one."""
        self._left[key] = seconds
        self._timers[key] = QTimer(self, interval=1_000, timeout=partial(self.tick, key))
        self._timers[key].start()

    def tick(self, key: str) -> None:
        """A second has passed for *key*."""
        if key in self._left:
            self._left[key] -= 1
            left = self._left[key]
            if left <= 0:
                self.drop(key)
            self.ticked.emit(key, max(0, left))

    def drop(self, key: str) -> None:
        """Count for *key* no more, and tell nobody."""
        self._left.pop(key, None)
        timer = self._timers.pop(key, None)
        if timer is not None:
            timer.stop()
            timer.deleteLater()

    def end_all(self) -> None:
        """All of them end now, the first one first."""
        for key in [*self._left]:
            self.drop(key)
            self.ticked.emit(key, 0)
