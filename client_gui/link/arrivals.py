"""What the link brings, dealt with in slices: however much comes, the window gets its turns.

Qt delivers all that is waiting for a thread before it looks at keys, timers or paint again, and a
link that is read as fast as it brings always has something waiting. So at most ``MAX_A_TURN``
events are dealt with in one turn of the event loop; the rest waits here for a timer of no time,
which is served behind everything a person does. The link is told of a list when all of it has been
dealt with, so it holds the server back meanwhile.
"""

from collections import deque

from PyQt5.QtCore import QObject, QTimer, pyqtSignal, pyqtSlot

from client_gui.link.link import Link

MAX_A_TURN = 100
"""Events in one turn of the event loop: some ten milliseconds' work, too short to be noticed."""


class Arrivals(QObject):
    """What *link* brings, in the order in which it came.

    Signals:
        arrived(attempt: int, events: list): as the link's, in smaller pieces.
    """

    arrived = pyqtSignal(int, list)

    def __init__(self, link: Link, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self._waiting: deque[tuple[int, list]] = deque()
        """As many lists as the link may have on their way, at the most."""
        self._left = MAX_A_TURN
        """Events that may still be taken in this turn."""
        self._next_turn = QTimer(self, singleShot=True, interval=0, timeout=self._on_next_turn)
        link.arrived.connect(self._on_arrived)

    @pyqtSlot(int, list)
    def _on_arrived(self, attempt: int, events: list) -> None:
        self._waiting.append((attempt, events))
        self._take_some()

    @pyqtSlot()
    def _on_next_turn(self) -> None:
        self._left = MAX_A_TURN
        self._take_some()

    def _take_some(self) -> None:
        while self._waiting and self._left:
            self._next_turn.start()
            attempt, events = self._waiting.popleft()
            now, later = events[: self._left], events[self._left :]
            self._left -= len(now)
            if later:
                self._waiting.appendleft((attempt, later))
            self.arrived.emit(attempt, now)
            if not later:
                self._link.consumed()
