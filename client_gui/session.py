"""Runs the state: the link's events in, the state's changes out, and the clock that it has not.

The only place that knows both link and state. Widgets call its slots and listen to its signals.
"""

import importlib.metadata
import logging
import random
import time
import uuid
from collections.abc import Callable, Iterable
from dataclasses import fields

from PyQt5.QtCore import QObject, QTimer, pyqtSignal, pyqtSlot

from client_gui.address import Address
from client_gui.backoff import Backoff, wait_after
from client_gui.changes import (
    Change,
    Inserted,
    JumpTo,
    Lost,
    MembersListed,
    OnlineChanged,
    OnlineStale,
    Phase,
    PutOff,
    ReadersListed,
    Removed,
    RoomClosed,
    RoomOpened,
    RoomRefused,
    RoomsChanged,
    RoomsListed,
    SearchFailed,
    SearchFound,
    Send,
    SignedIn,
    SignInFailed,
    StartedOffline,
    StoreTrouble,
    TypingChanged,
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

_SIGNALS: dict[type, str] = {
    RoomsChanged: "rooms_changed",
    RoomOpened: "room_opened",
    RoomClosed: "room_closed",
    RoomRefused: "room_refused",
    RoomsListed: "rooms_listed",
    MembersListed: "members_listed",
    TypingChanged: "typing_changed",
    ReadersListed: "readers_listed",
    SearchFound: "search_found",
    SearchFailed: "search_failed",
    JumpTo: "jump_to",
    StoreTrouble: "store_trouble",
    StartedOffline: "started_offline",
}
"""What the window only has to be told: each becomes the signal of this name, with its fields."""

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
        started_offline(username: str, nickname: str): no server answered the first login; what is
            kept on disk is shown; ``went_offline`` follows, and later perhaps ``signed_in``.
        store_trouble(reason: str): what is new is not kept on disk; see ``StoreTrouble``.

        For the others, see the values of the same name in :mod:`client_gui.changes`.
    """

    signed_in = pyqtSignal(str, str)
    sign_in_failed = pyqtSignal(object, str)
    signed_out = pyqtSignal()
    timeline_changed = pyqtSignal(list)
    online_changed = pyqtSignal(tuple, int)
    went_offline = pyqtSignal(object, float)
    returning = pyqtSignal()
    started_offline = pyqtSignal(str, str)
    store_trouble = pyqtSignal(str)
    rooms_changed = pyqtSignal(tuple)
    room_opened = pyqtSignal(str)
    room_closed = pyqtSignal(str, str)
    room_refused = pyqtSignal(str, str, str)
    rooms_listed = pyqtSignal(tuple, bool)
    members_listed = pyqtSignal(str, tuple, bool)
    typing_changed = pyqtSignal(str, tuple)
    readers_listed = pyqtSignal(str, int, tuple)
    search_found = pyqtSignal(tuple, bool, bool)
    search_failed = pyqtSignal(str)
    jump_to = pyqtSignal(str, int)

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

    @pyqtSlot(str, str, int)
    def say(self, room: str, text: str, reply_to: int = 0) -> None:
        """Say *text* in *room*, perhaps as the answer to number *reply_to*; :meth:`can_say` has
        been asked."""
        self._obey(self._state.say(room, text, _new_cid(), _now(), reply_to))

    def can_say(self) -> bool:
        """Whether one more message may be written."""
        return self._state.can_say()

    @pyqtSlot(str, int, str)
    def edit(self, room: str, seq: int, text: str) -> None:
        """Put *text* in place of that of our message *seq*."""
        self._obey(self._state.edit(room, seq, text, _new_cid()))

    @pyqtSlot(str, int)
    def delete(self, room: str, seq: int) -> None:
        """Take message *seq* back."""
        self._obey(self._state.delete(room, seq, _new_cid()))

    @pyqtSlot(str, int, str, bool)
    def react(self, room: str, seq: int, sign: str, on: bool) -> None:
        """Put *sign* to message *seq*, or take it away again."""
        self._obey(self._state.react(room, seq, sign, on, _new_cid()))

    @pyqtSlot(str)
    def retry(self, key: str) -> None:
        """Send the refused message *key* again."""
        self._obey(self._state.retry(key))

    @pyqtSlot(str)
    def discard(self, key: str) -> None:
        """Take message *key* away, which was refused, or is not on its way yet."""
        self._obey(self._state.discard(key))

    @pyqtSlot(str, str)
    def edit_unsent(self, key: str, text: str) -> None:
        """Put *text* in place of that of message *key*, which was refused, or is not on its way
        yet."""
        self._obey(self._state.edit_unsent(key, text))

    @pyqtSlot(str)
    def open_room(self, room: str) -> None:
        """*room* is looked at: bring its last messages, unless they are here."""
        self._obey(self._state.open_room(room))

    @pyqtSlot(str)
    def open_direct(self, username: str) -> None:
        """Open the room that we share with *username*; ``room_opened`` follows."""
        self._obey(self._state.open_direct(username))

    @pyqtSlot(str, str, str)
    def create_room(self, name: str, kind: str, topic: str = "") -> None:
        """Make a room; ``room_opened`` follows."""
        self._obey(self._state.create_room(name, kind, topic))

    @pyqtSlot(str)
    def join(self, name: str) -> None:
        """Become a member of the room of this name or reference; ``room_opened`` follows."""
        self._obey(self._state.join(name))

    @pyqtSlot(str)
    def leave(self, room: str) -> None:
        """Be a member no longer; ``room_closed`` follows."""
        self._obey(self._state.leave(room))

    @pyqtSlot(str, str)
    def invite(self, room: str, username: str) -> None:
        """Make *username* a member."""
        self._obey(self._state.invite(room, username))

    @pyqtSlot(str, str)
    def remove(self, room: str, username: str) -> None:
        """Put *username* out."""
        self._obey(self._state.remove(room, username))

    @pyqtSlot(str, str, str)
    def set_role(self, room: str, username: str, role: str) -> None:
        """Say what *username* is: ``owner``, ``moderator`` or ``member``."""
        self._obey(self._state.set_role(room, username, role))

    @pyqtSlot(str, str)
    def set_topic(self, room: str, topic: str) -> None:
        """Say what *room* is for."""
        self._obey(self._state.set_topic(room, topic, _new_cid()))

    @pyqtSlot(str, str)
    def rename(self, room: str, name: str) -> None:
        """Give *room* another name."""
        self._obey(self._state.rename(room, name, _new_cid()))

    @pyqtSlot()
    def list_public(self) -> None:
        """Ask for the rooms that anybody may join; ``rooms_listed`` follows."""
        self._obey(self._state.list_public())

    @pyqtSlot(str)
    def list_members(self, room: str) -> None:
        """Ask who is in *room*; ``members_listed`` follows."""
        self._obey(self._state.list_members(room))

    @pyqtSlot(str)
    def read_older(self, room: str) -> None:
        """Bring what was said in *room* before the first message that is here."""
        self._obey(self._state.read_older(room))

    @pyqtSlot(str, int)
    def mark_read(self, room: str, seq: int) -> None:
        """Everything up to *seq* has been seen. May be called as often as one likes."""
        self._obey(self._state.mark_read(room, seq))

    @pyqtSlot(str)
    def typing(self, room: str) -> None:
        """Something is being written in *room*. May be called at every key."""
        self._obey(self._state.typing(room))

    @pyqtSlot(str, str)
    def set_draft(self, room: str, text: str) -> None:
        """Keep what has been written in *room*, and not sent; empty is none."""
        self._obey(self._state.set_draft(room, text))

    def draft(self, room: str) -> str:
        """What has been written in *room* and not sent."""
        return self._state.draft(room)

    @pyqtSlot(str, str)
    def search(self, words: str, room: str = "") -> None:
        """Look for *words* in *room*, or everywhere; ``search_found`` or ``search_failed``."""
        self._obey(self._state.search(words, room))

    @pyqtSlot()
    def search_more(self) -> None:
        """The next page of hits."""
        self._obey(self._state.search_more())

    @pyqtSlot(str, int)
    def find_message(self, room: str, seq: int) -> None:
        """Bring message *seq* of *room* here; ``jump_to`` or ``search_failed`` follows."""
        self._obey(self._state.find_message(room, seq))

    @pyqtSlot(str, int)
    def ask_readers(self, room: str, seq: int) -> None:
        """Ask who has read message *seq*; ``readers_listed`` or ``room_refused`` follows."""
        self._obey(self._state.ask_readers(room, seq))

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
            case SignedIn(username, nickname, _token):
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
            case _:
                self._tell(change)

    def _tell(self, change: Change) -> None:
        """Emit the signal of *change*, which asks nothing of us."""
        signal = getattr(self, _SIGNALS[type(change)])
        signal.emit(*(getattr(change, f.name) for f in fields(change)))


def _new_cid() -> str:
    return uuid.uuid4().hex


def _now() -> int:
    return time.time_ns() // 1_000_000
