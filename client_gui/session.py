"""Runs the state: the link's events in, the state's changes out, and the clock that it has not.

The only place that knows both link and state. Widgets call its slots and listen to its signals.
"""

import importlib.metadata
import logging
import math
import random
import time
from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path

from PyQt5.QtCore import QObject, QTimer, pyqtSlot

from client_gui.address import Address
from client_gui.backoff import Backoff, wait_after
from client_gui.changes import (
    Change,
    Lost,
    OnlineChanged,
    OnlineStale,
    Phase,
    PutOff,
    Send,
    SignedIn,
    SignInFailed,
    TimelineChange,
    TokenRefused,
)
from client_gui.clock_watch import ClockWatch
from client_gui.events import Closed, Failure
from client_gui.holds import Holds
from client_gui.link.arrivals import Arrivals
from client_gui.link.link import Link
from client_gui.log.store import Store
from client_gui.log.store_file import StoreFault, store_path
from client_gui.own_device import OwnDevice
from client_gui.state.client_state import ClientState
from client_gui.state.writing import encodable
from client_gui.wish_slots import WishSlots, now_ms
from wire.messages import LogIn, LogOut, Message, Result


def _client_name() -> str:
    """How this program introduces itself to the server."""
    try:
        return f"minichat-qt/{importlib.metadata.version('minichat')}"
    except importlib.metadata.PackageNotFoundError:
        return "minichat-qt/source"


CLIENT_NAME = _client_name()

WHO_EVERY_MS = 10_000
"""Milliseconds at the least from one listing to the next, when only the count is told."""

READ_EVERY_MS = 1_000
"""Milliseconds from what was read to telling the server so: scrolling is told once."""

TYPING_EVERY = 3.0
"""Seconds from one announcement that we are writing to the next: half of what one is shown for."""

RESEND_AFTER = 1.0
"""Seconds at the least before a message is sent again that the server could not take."""

_log = logging.getLogger(__name__)


class Session(WishSlots):
    """One person at one server, through every connection that takes. What it tells is in
    :class:`~client_gui.session_signals.SessionSignals`.
    """

    def __init__(
        self,
        link: Link,
        clock: Callable[[], float] = time.monotonic,
        jitter: Callable[[], float] = random.random,
        parent: QObject | None = None,
        stores: Path | None = None,
    ) -> None:
        """*stores* is the directory of what is kept on disk; without one, nothing is kept."""
        super().__init__(parent)
        self._link = link
        self._clock = clock
        self._jitter = jitter
        self._stores = stores
        self._state = ClientState()
        self._backoff = Backoff(jitter, clock)
        self._to_obey: deque[Change] = deque()
        self._obeying = False
        self._attempt = 0
        self._address: Address | None = None
        self._login: LogIn | None = None
        self._device = OwnDevice()
        self.clock = ClockWatch()
        """How the server's clock stands to ours."""
        self._typed_at: dict[str, float] = {}
        """When the server was last told that we write in a room."""
        self._return_timer = QTimer(self, singleShot=True, timeout=self.try_now)
        self._resend_timer = QTimer(self, singleShot=True, timeout=self._resend)
        self._who_timer = QTimer(
            self, singleShot=True, interval=WHO_EVERY_MS, timeout=self._ask_who
        )
        self._read_timer = QTimer(
            self, singleShot=True, interval=READ_EVERY_MS, timeout=self._tell_read
        )
        self._typing_timer = QTimer(self, interval=1_000, timeout=self._second_passed)
        self._arrivals = Arrivals(link)
        self._arrivals.arrived.connect(self._on_arrived)
        self._holds = Holds(self)
        self._holds.ticked.connect(self._on_held)

    def is_same_person(self, address: Address, username: str) -> bool:
        """Whether a login there, with this name, goes on with what is in the window."""
        return address == self._address and self._state.is_same_person(username)

    @property
    def token(self) -> str:
        """By which the server lets this device in again, to be kept like a password; or empty."""
        return self._device.token

    @property
    def address(self) -> Address | None:
        """The server that we are at, or wish to be."""
        return self._address

    @property
    def is_online(self) -> bool:
        """Whether the server has let us in, and we have not lost it."""
        return self._state.phase is Phase.ONLINE

    @property
    def is_kept(self) -> bool:
        """Whether what is said is kept on disk."""
        return self._state.is_kept

    def credentials(self) -> LogIn | None:
        """What we log in with, if we have anything."""
        return self._device.with_token(self._login) if self._login is not None else None

    @property
    def at_risk(self) -> int:
        """How many messages would be lost if this account were left: none if they are on disk."""
        return 0 if self._state.is_kept else self.left_behind

    # --- what a person wants ---------------------------------------------------------------------

    def sign_in(self, address: Address, username: str, password: str, token: str = "") -> None:
        """Log in at *address*, with the password, or with this device's *token* in its place."""
        if not self.is_same_person(address, username):
            self._begin_as(address, username)
        self._login = LogIn(encodable(username), encodable(password), CLIENT_NAME)
        self._device.begin(token)
        self._obey(self._state.sign_in(username))
        self._connect()

    def _begin_as(self, address: Address, username: str) -> None:
        """Another person, or another server: go on from what is on disk of it, if anything is."""
        self._holds.end_all()
        self._obey(self._state.sign_out())
        self._address = address
        store = None
        if self._stores is not None:
            try:
                store = Store(store_path(self._stores, str(address), username))
            except StoreFault as fault:
                _log.warning("what is said is not kept on disk: %s", fault)
                self.store_trouble.emit(fault.reason)
        self._state = ClientState(store)

    @pyqtSlot()
    def cancel(self) -> None:
        """Give the first login up, if one is on its way; it then fails as any other does."""
        if self._state.phase is Phase.SIGNING_IN:
            self._hang_up()
            self._obey(self._state.apply(Closed(Failure.ASKED)))

    @pyqtSlot()
    def sign_out(self) -> None:
        """Leave, and forget who we were: the server lets this device in no more by its token."""
        self._leave(self._device.farewell(), self._state.sign_out)
        self.signed_out.emit()

    def switch(self) -> None:
        """Turn to another account, which logs in next: this one can come back by its token."""
        self._tell_read()
        self._leave([LogOut()], self._state.step_aside)

    def _leave(self, last_words: list[Message], leave: Callable[[], list[Change]]) -> None:
        self._holds.end_all()
        for message in last_words:
            self._link.send(self._attempt, message)
        self._hang_up()
        changes = leave()
        self._state = ClientState()
        self._obey(changes)
        self._login = None
        self._device.begin("")
        self._address = None
        self.clock = ClockWatch()

    def close(self) -> None:
        """The program ends: send what is held, tell what was read, and let the file on disk go."""
        self._holds.end_all()
        self._tell_read()
        self._hang_up()
        # Nobody writes to us any more, nor is shown to: so no timer is started again.
        self._state.apply(Closed(Failure.ASKED))
        self._state.close()

    @pyqtSlot(str, int)
    def mark_read(self, room: str, seq: int) -> None:
        """Everything up to *seq* has been seen. May be called as often as one likes."""
        self._obey(self._state.mark_read(room, seq))
        if not self._read_timer.isActive():
            self._read_timer.start()

    @pyqtSlot(str)
    def typing(self, room: str) -> None:
        """Something is being written in *room*. May be called at every key."""
        now = self._clock()
        if self._typed_at.get(room, -math.inf) + TYPING_EVERY <= now:
            # Of the other rooms, nothing older than that means anything.
            self._typed_at = {
                other: at for other, at in self._typed_at.items() if at + TYPING_EVERY > now
            }
            self._typed_at[room] = now
            self._obey(self._state.typing(room))

    @pyqtSlot()
    def try_now(self) -> None:
        """Try to come back at once, if we are waiting to."""
        if self._state.phase is not Phase.OFFLINE:
            return
        self._return_timer.stop()
        self._state.return_now()
        self.returning.emit()
        self._connect()

    @pyqtSlot()
    def look_again(self) -> None:
        """The machine has slept, or changed its network: find out now how we stand."""
        if self._state.phase is Phase.OFFLINE:
            self.try_now()
        else:
            self._link.doubt()

    # --- the link --------------------------------------------------------------------------------

    def _connect(self) -> None:
        if self._address is None or self._login is None:
            return
        self._attempt += 1
        login = self._device.with_token(self._login)
        self._link.open(self._attempt, self._address.host, self._address.port, login)

    def _hang_up(self) -> None:
        """End the attempt; nothing that it still brings is wanted."""
        for timer in (self._return_timer, self._resend_timer, self._who_timer, self._typing_timer):
            timer.stop()
        self._attempt += 1
        self._link.close()

    @pyqtSlot(int, list)
    def _on_arrived(self, attempt: int, events: list) -> None:
        if attempt == self._attempt:
            self._device.heard(events)
            self._watch_clock(events)
            self._obey(self._state.apply(*events))

    def _watch_clock(self, events: list) -> None:
        taken = [event for event in events if isinstance(event, Result) and event.time]
        written = {item.key: item.written for item in self._state.unsent()} if taken else {}
        for result in taken:
            if result.reference in written:
                self.clock.took(result.time, written[result.reference], now_ms())

    @pyqtSlot()
    def _ask_who(self) -> None:
        self._obey(self._state.ask_who())

    @pyqtSlot(str, int)
    def _on_held(self, key: str, seconds: int) -> None:
        if not seconds:
            self._obey(self._state.let_go(key))
        self.held.emit(key, seconds)

    @pyqtSlot()
    def _resend(self) -> None:
        self._obey(self._state.resend())

    @pyqtSlot()
    def _tell_read(self) -> None:
        self._obey(self._state.tell_read())

    @pyqtSlot()
    def _second_passed(self) -> None:
        self._obey(self._state.second_passed())

    # --- the state -------------------------------------------------------------------------------

    def _obey(self, changes: Iterable[Change]) -> None:
        """Do what *changes* say, in order: those that a listener causes come behind the others."""
        self._to_obey += changes
        if self._obeying:
            return
        self._obeying = True
        try:
            while self._to_obey:
                self._obey_next()
        finally:
            self._obeying = False
        if self._state.anybody_types and not self._typing_timer.isActive():
            self._typing_timer.start()
        elif not self._state.anybody_types:
            self._typing_timer.stop()

    def _obey_next(self) -> None:
        """Obey the first change, or all changes of timelines that stand first."""
        timeline = []
        while self._to_obey and isinstance(self._to_obey[0], TimelineChange):
            timeline.append(self._to_obey.popleft())
        if timeline:
            self.timeline_changed.emit(timeline)
        else:
            self._obey_one(self._to_obey.popleft())

    def _obey_one(self, change: Change) -> None:
        match change:
            case Send(message):
                if not self._link.send(self._attempt, message):
                    _log.error("the link takes no more orders; it is sent after the next login")
            case PutOff(tries):
                if not self._resend_timer.isActive():
                    wait = wait_after(tries, self._jitter, RESEND_AFTER)
                    self._resend_timer.start(int(wait * 1000))
            case SignedIn(username, nickname, token):
                self._backoff.logged_in()
                for question in self._device.let_in(token):
                    self._link.send(self._attempt, question)
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
            case TokenRefused():
                self._device.begin("")
                if self._login is not None and self._login.password:
                    self._connect()
                else:
                    self._obey(self._state.give_up("wrong-token"))
            case _:
                self.tell(change)
