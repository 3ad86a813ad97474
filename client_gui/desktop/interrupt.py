"""Ctrl-C in the terminal ends a Qt program: Python's signals, brought into Qt's event loop.

Python runs a signal's handler between two of its own instructions, and while Qt waits there are
none. But the interpreter writes a byte to a descriptor the moment the signal comes; Qt watches it.
"""

import signal
import socket
from types import FrameType

from PyQt5.QtCore import QObject, QSocketNotifier, pyqtSignal, pyqtSlot

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_READ_SIZE = 64


class Interrupt(QObject):
    """Watches for SIGINT and SIGTERM. Made in the main thread; give back with :meth:`close`.

    Signals:
        interrupted(): one of them came.
    """

    interrupted = pyqtSignal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._receiver, self._sender = socket.socketpair()
        self._receiver.setblocking(False)
        self._sender.setblocking(False)
        self._notifier = QSocketNotifier(self._receiver.fileno(), QSocketNotifier.Read, self)
        self._notifier.activated.connect(self._on_activated)
        self._previous_descriptor = signal.set_wakeup_fd(
            self._sender.fileno(), warn_on_full_buffer=False
        )
        self._previous = {number: signal.signal(number, _ignore) for number in _SIGNALS}

    def close(self) -> None:
        """Put back what was there before."""
        for number, handler in self._previous.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._previous_descriptor)
        self._notifier.setEnabled(False)
        self._receiver.close()
        self._sender.close()

    @pyqtSlot()
    def _on_activated(self) -> None:
        try:
            numbers = self._receiver.recv(_READ_SIZE)
        except BlockingIOError:
            return  # Qt may tell twice.
        if any(number in _SIGNALS for number in numbers):
            self.interrupted.emit()


def _ignore(_number: int, _frame: FrameType | None) -> None:
    """The notifier has it; the default would raise in the middle of a slot."""
