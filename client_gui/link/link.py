"""The QThread that owns the socket: orders in through a mailbox, what came out through signals.

The thread sleeps in one selector, on the mailbox and the socket of the current attempt. A program
has one link for its whole life; each attempt to reach the server has a number, which all signals
carry, so that the last words of an attempt given up are not taken for those of the next.

1. Only signals leave the thread; connect them to objects of the GUI thread, and Qt queues them.
2. What came is delivered in lists, one for each read, so that a flood costs one slot call per
   ``READ_SIZE`` bytes. The receiver calls :meth:`Link.consumed` for each; with
   ``MAX_UNCONSUMED`` lists on their way, nothing more is read, and TCP slows the server down.
3. Orders are taken in order, ``MAX_ORDERS`` may wait, and none of the methods blocks.
4. :meth:`Link.stop` ends the thread within ``STOP_WITHIN``: it never waits for a name look-up.
"""

import logging
import selectors
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from PyQt5.QtCore import QObject, QThread, pyqtSignal

from client_gui.link.connection import Connection, Stage
from client_gui.link.lookup import Found, look_up
from client_gui.link.mailbox import Mailbox
from wire.messages import LogIn, Message

MAX_ORDERS = 256
"""Orders that may wait: eight times the chats in flight that the outbox allows itself."""

MAX_UNCONSUMED = 4
"""Lists on their way to the GUI thread: enough to keep it busy, little enough to hold."""

STOP_WITHIN = 3.0
"""Seconds in which the thread has ended after :meth:`Link.stop`; it needs milliseconds."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Open:
    attempt: int
    host: str
    port: int
    login: LogIn


@dataclass(frozen=True, slots=True)
class _Found:
    attempt: int
    answer: Found | OSError


@dataclass(frozen=True, slots=True)
class _Send:
    attempt: int
    message: Message


class _Plain(Enum):
    """Orders that say all by their name."""

    CLOSE = 0
    CONSUMED = 1
    DOUBT = 2
    WAKE = 3
    STOP = 4


_Order = _Open | _Found | _Send | _Plain


class Link(QThread):
    """The way to the server.

    Signals:
        arrived(attempt: int, events: list): messages of the server, ``Opened`` and ``Closed``, in
            the order in which they happened. ``Closed`` is the last of each attempt.
    """

    arrived = pyqtSignal(int, list)

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("minichat-link")
        self._clock = clock
        self._mailbox: Mailbox[_Order] = Mailbox(MAX_ORDERS)
        self._selector: selectors.BaseSelector
        self._connection: Connection | None = None
        self._registered: tuple[object, int] | None = None
        self._attempt = 0
        self._unconsumed = 0
        self._stopping = False

    # --- from any thread -------------------------------------------------------------------------

    def open(self, attempt: int, host: str, port: int, login: LogIn) -> None:
        """Give the current attempt up, and begin the next one, whose number is *attempt*."""
        self._mailbox.put(_Open(attempt, host, port, login), urgent=True)

    def send(self, attempt: int, message: Message) -> bool:
        """Send *message*, unless the attempt has ended. False if too many orders wait already."""
        return self._mailbox.put(_Send(attempt, message))

    def close(self) -> None:
        """End the current attempt; messages ordered before are sent."""
        self._mailbox.put(_Plain.CLOSE, urgent=True)

    def consumed(self) -> None:
        """One list that ``arrived`` has been dealt with."""
        self._mailbox.put(_Plain.CONSUMED, urgent=True)

    def doubt(self) -> None:
        """Ask the server now whether it is there, and give it up soon if it is not."""
        self._mailbox.put(_Plain.DOUBT, urgent=True)

    def wake(self) -> None:
        """Look at the deadlines again; for clocks that do not tick by themselves."""
        self._mailbox.put(_Plain.WAKE, urgent=True)

    def stop(self) -> bool:
        """End the thread and wait for it, ``STOP_WITHIN`` at the most. True if it has ended."""
        self._mailbox.put(_Plain.STOP, urgent=True)
        ended = self.wait(int(STOP_WITHIN * 1000))
        if ended:
            self._mailbox.close()
        else:
            _log.error("the link has not stopped within %s s", STOP_WITHIN)
        return ended

    # --- in the thread ---------------------------------------------------------------------------

    def run(self) -> None:
        """The thread: until it is told to stop."""
        with selectors.DefaultSelector() as self._selector:
            self._selector.register(self._mailbox, selectors.EVENT_READ)
            try:
                while not self._stopping:
                    self._turn()
            finally:
                if self._connection is not None:
                    self._connection.close()

    def _turn(self) -> None:
        for key, events in self._selector.select(self._time_left()):
            if key.fileobj is not self._mailbox and self._connection is not None:
                self._connection.ready(events)
        for order in self._mailbox.take_all():
            self._obey(order)
        if self._connection is not None:
            if self._behind():
                self._connection.not_listening()
            self._connection.check_deadlines()
            self._deliver()
        self._select_socket()

    def _behind(self) -> bool:
        """Whether the receiver has as much to do as it may have."""
        return self._unconsumed >= MAX_UNCONSUMED

    def _time_left(self) -> float | None:
        if self._connection is None:
            return None
        return max(0.0, self._connection.deadline() - self._clock())

    def _obey(self, order: _Order) -> None:
        match order:
            case _Open():
                self._open(order)
            case _Found(attempt, answer):
                if self._connection is not None and attempt == self._attempt:
                    self._connection.found(answer)
            case _Send(attempt, message):
                if self._connection is not None and attempt == self._attempt:
                    self._connection.send(message)
            case _Plain.CLOSE:
                if self._connection is not None:
                    self._connection.close()
            case _Plain.DOUBT:
                if self._connection is not None:
                    self._connection.doubt()
            case _Plain.CONSUMED:
                self._unconsumed -= 1
            case _Plain.STOP:
                self._stopping = True
            case _Plain.WAKE:
                pass

    def _open(self, order: _Open) -> None:
        if self._connection is not None:
            self._connection.close()
            self._deliver()
        self._attempt = order.attempt
        self._connection = Connection(order.login, self._clock)
        attempt = order.attempt

        def report(answer: Found | OSError) -> None:
            self._mailbox.put(_Found(attempt, answer), urgent=True)

        look_up(order.host, order.port, report)

    def _deliver(self) -> None:
        connection = self._connection
        if connection is None or not connection.inbox:
            return
        events, connection.inbox = connection.inbox, []
        if connection.stage is Stage.CLOSED:
            if connection.skipped:
                _log.warning("%d frames of the server could not be read", connection.skipped)
            self._connection = None
        self._unconsumed += 1
        self.arrived.emit(self._attempt, events)

    def _select_socket(self) -> None:
        """Select the socket for what the connection wants, but not to read when we are behind."""
        connection = self._connection
        wanted: tuple[object, int] | None = None
        if connection is not None and connection.socket is not None:
            events = connection.wanted()
            if self._behind():
                events &= ~selectors.EVENT_READ
            wanted = (connection.socket, events) if events else None
        if wanted == self._registered:
            return
        if self._registered is not None:
            self._selector.unregister(self._registered[0])  # type: ignore[arg-type]
        if wanted is not None:
            self._selector.register(connection.socket, wanted[1])  # type: ignore[union-attr,arg-type]
        self._registered = wanted
