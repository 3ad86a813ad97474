"""Runs the state: the link's events in, the state's changes out, and the clock that it has not.

The only place that knows both link and state. Widgets call its slots and listen to its signals.
"""

import importlib.metadata
import logging
import random
import time
import uuid
from collections.abc import Callable, Iterable

from PyQt5.QtCore import QObject, QTimer, pyqtSignal, pyqtSlot

from client_gui.address import Address
from client_gui.backoff import Backoff, wait_after
from client_gui.changes import (
    Change,
    Inserted,
    Lost,
    OnlineChanged,
    OnlineStale,
    Phase,
    PutOff,
    Removed,
    Send,
    SignedIn,
    SignInFailed,
    Updated,
)
from client_gui.events import Closed, Failure
from client_gui.link import Link
from client_gui.state import ClientState, encodable
from wire.messages import LogIn, LogOut


def _client_name() -> str:
    """How this program introduces itself to the server."""
    try:
        return f"minichat-qt/{importlib.metadata.version('minichat')}"
    except importlib.metadata.PackageNotFoundError:
        return "minichat-qt/source"


CLIENT_NAME = _client_name()

WHO_EVERY_MS = 10_000
"""Milliseconds at the least from one listing to the next, when only the count is told."""

RESEND_AFTER = 1.0
"""Seconds at the least before a message is sent again that the server could not take."""

_log = logging.getLogger(__name__)


class Session(QObject):
    """One person at one server, through every connection that takes.

    Signals:
        signed_in(username: str, nickname: str): the first login succeeded, or a later one.
        sign_in_failed(reason: object, detail: str): back to the login window.
        signed_out(): as was wished.
        timeline_changed(changes: list): ``Inserted``, ``Updated`` and ``Removed``, in order.
        online_changed(users: tuple, count: int): pairs of user name and nickname, in order.
        went_offline(reason: object, wait: float): the next attempt begins in *wait* seconds.
        returning(): it has begun.
    """

    signed_in = pyqtSignal(str, str)
    sign_in_failed = pyqtSignal(object, str)
    signed_out = pyqtSignal()
    timeline_changed = pyqtSignal(list)
    online_changed = pyqtSignal(tuple, int)
    went_offline = pyqtSignal(object, float)
    returning = pyqtSignal()

    def __init__(
        self,
        link: Link,
        clock: Callable[[], float] = time.monotonic,
        jitter: Callable[[], float] = random.random,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._link = link
        self._jitter = jitter
        self._state = ClientState()
        self._backoff = Backoff(jitter, clock)
        self._attempt = 0
        self._address: Address | None = None
        self._login: LogIn | None = None
        self._return_timer = QTimer(self, singleShot=True, timeout=self.try_now)
        self._resend_timer = QTimer(self, singleShot=True, timeout=self._resend)
        self._who_timer = QTimer(
            self, singleShot=True, interval=WHO_EVERY_MS, timeout=self._ask_who
        )
        link.arrived.connect(self._on_arrived)

    @property
    def unsettled(self) -> int:
        """How many messages of ours the server has not taken."""
        return self._state.unsettled

    def is_same_person(self, address: Address, username: str) -> bool:
        """Whether a login there, with this name, goes on with what has not been sent."""
        return address == self._address and self._state.is_same_person(username)

    # --- what a person wants ---------------------------------------------------------------------

    def sign_in(self, address: Address, username: str, password: str) -> None:
        """Log in at *address*."""
        if address != self._address:
            self._obey(self._state.sign_out())
        self._address = address
        self._login = LogIn(encodable(username), encodable(password), CLIENT_NAME)
        self._obey(self._state.sign_in(username))
        self._connect()

    @pyqtSlot()
    def cancel(self) -> None:
        """Give the first login up, if one is on its way; it then fails as any other does."""
        if self._state.phase is Phase.SIGNING_IN:
            self._hang_up()
            self._obey(self._state.apply(Closed(Failure.ASKED)))

    @pyqtSlot()
    def sign_out(self) -> None:
        """Leave, and forget who we were."""
        self._link.send(self._attempt, LogOut())
        self._hang_up()
        self._obey(self._state.sign_out())
        self._login = None
        self.signed_out.emit()

    @pyqtSlot(str)
    def say(self, text: str) -> None:
        """Say *text* in the lobby; :meth:`can_say` has been asked."""
        self._obey(self._state.say(text, uuid.uuid4().hex, time.time_ns() // 1_000_000))

    def can_say(self) -> bool:
        """Whether one more message may be written."""
        return self._state.can_say()

    @pyqtSlot(str)
    def retry(self, key: str) -> None:
        """Send the refused message *key* again."""
        self._obey(self._state.retry(key))

    @pyqtSlot(str)
    def discard(self, key: str) -> None:
        """Take the refused message *key* away."""
        self._obey(self._state.discard(key))

    @pyqtSlot()
    def read_older(self) -> None:
        """Bring what was said before the first message that is here."""
        self._obey(self._state.read_older())

    @pyqtSlot()
    def try_now(self) -> None:
        """Try to come back at once, if we are waiting to."""
        if self._state.phase is not Phase.OFFLINE:
            return
        self._return_timer.stop()
        self._state.return_now()
        self.returning.emit()
        self._connect()

    # --- the link --------------------------------------------------------------------------------

    def _connect(self) -> None:
        if self._address is None or self._login is None:
            return
        self._attempt += 1
        self._link.open(self._attempt, self._address.host, self._address.port, self._login)

    def _hang_up(self) -> None:
        """End the attempt; nothing that it still brings is wanted."""
        for timer in (self._return_timer, self._resend_timer, self._who_timer):
            timer.stop()
        self._attempt += 1
        self._link.close()

    @pyqtSlot(int, list)
    def _on_arrived(self, attempt: int, events: list) -> None:
        try:
            if attempt == self._attempt:
                self._obey(self._state.apply(*events))
        finally:
            self._link.consumed()

    @pyqtSlot()
    def _ask_who(self) -> None:
        self._obey(self._state.ask_who())

    @pyqtSlot()
    def _resend(self) -> None:
        self._obey(self._state.resend())

    # --- the state -------------------------------------------------------------------------------

    def _obey(self, changes: Iterable[Change]) -> None:
        timeline = []
        for change in changes:
            if isinstance(change, Inserted | Updated | Removed):
                timeline.append(change)
            else:
                self._obey_one(change)
        if timeline:
            self.timeline_changed.emit(timeline)

    def _obey_one(self, change: Change) -> None:
        match change:
            case Send(message):
                if not self._link.send(self._attempt, message):
                    _log.error("the link takes no more orders; it is sent after the next login")
            case PutOff(tries):
                if not self._resend_timer.isActive():
                    wait = wait_after(tries, self._jitter, RESEND_AFTER)
                    self._resend_timer.start(int(wait * 1000))
            case SignedIn(username, nickname):
                self._backoff.logged_in()
                self.signed_in.emit(username, nickname)
            case SignInFailed(reason, detail):
                self._hang_up()
                self._login = None
                self.sign_in_failed.emit(reason, detail)
            case Lost(reason, retry_after):
                self._hang_up()
                wait = self._backoff.next_wait(retry_after)
                self._return_timer.start(int(wait * 1000))
                self.went_offline.emit(reason, wait)
            case OnlineChanged(users, count):
                self.online_changed.emit(users, count)
            case OnlineStale():
                if not self._who_timer.isActive():
                    self._who_timer.start()
