"""What the session tells: its signals, and the changes that are nothing but signals."""

from dataclasses import fields

from PyQt5.QtCore import QObject, pyqtSignal

from client_gui.changes import (
    Change,
    JumpTo,
    MembersListed,
    Missed,
    ReadersListed,
    RoomClosed,
    RoomOpened,
    RoomRefused,
    RoomsChanged,
    RoomsListed,
    Said,
    SearchFailed,
    SearchFound,
    StartedOffline,
    StoreTrouble,
    TypingChanged,
)

SIGNALS: dict[type, str] = {
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
    Said: "said",
    Missed: "missed",
    StoreTrouble: "store_trouble",
    StartedOffline: "started_offline",
}
"""What the window only has to be told: each becomes the signal of this name, with its fields."""


class SessionSignals(QObject):
    """The signals of one person at one server.

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
        held(key: str, seconds: int): our message *key* is held so long; 0: it is held no more.
        store_trouble(reason: str): what is new is not kept on disk; see ``StoreTrouble``.

        For the others, see the values of the same name in :mod:`client_gui.changes`.
    """

    held = pyqtSignal(str, int)
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
    search_found = pyqtSignal(tuple, bool, bool, bool)
    search_failed = pyqtSignal(str)
    jump_to = pyqtSignal(str, int)
    said = pyqtSignal(tuple)
    missed = pyqtSignal(tuple)

    def tell(self, change: Change) -> None:
        """Emit the signal of *change*, which asks nothing of us."""
        signal = getattr(self, SIGNALS[type(change)])
        signal.emit(*(getattr(change, f.name) for f in fields(change)))
