"""What a person wants, as slots: each asks the state, and obeys what it says.

:class:`WishSlots` is the half of :class:`~client_gui.session.Session` that needs neither link nor
clock. Rooms are given by their references.
"""

import secrets
import time
from collections.abc import Iterable

from PyQt5.QtCore import pyqtSlot

from client_gui.changes import Change
from client_gui.holds import Holds
from client_gui.items import Unsent
from client_gui.session_signals import SessionSignals
from client_gui.state.client_state import ClientState


class WishSlots(SessionSignals):
    """The slots. Whoever inherits has the state, and knows how to obey."""

    _state: ClientState
    _holds: Holds

    def _obey(self, changes: Iterable[Change]) -> None:
        raise NotImplementedError

    @property
    def unsettled(self) -> int:
        """How many messages of ours the server has not taken."""
        return self._state.unsettled

    def unsent(self) -> tuple[Unsent, ...]:
        """Those messages, of all rooms, in the order in which they go."""
        return self._state.unsent()

    @property
    def left_behind(self) -> int:
        """How many of them would stay behind if one left now; what is held goes out first."""
        return self._state.left_behind

    @pyqtSlot(str, str, int)
    def say(self, room: str, text: str, reply_to: int = 0) -> None:
        """Say *text* in *room*, perhaps as the answer to number *reply_to*; :meth:`can_say` has
        been asked."""
        self._obey(self._state.say(room, text, _new_cid(), now_ms(), reply_to))

    def say_in(self, seconds: int, room: str, text: str, reply_to: int = 0) -> str:
        """As :meth:`say`, but it is held for *seconds* first, in which it can be taken back. Return
        its key; ``held`` follows each second.
        """
        cid = _new_cid()
        self._obey(self._state.say(room, text, cid, now_ms(), reply_to, held=True))
        self._holds.begin(cid, seconds)
        return cid

    @pyqtSlot(str)
    def take_back(self, key: str) -> None:
        """Take message *key* away, which is held."""
        self._holds.drop(key)
        self._obey(self._state.discard(key))

    @pyqtSlot(str)
    def set_aside(self, key: str) -> None:
        """Keep message *key*, which is held, among the others, but do not send it."""
        self._holds.drop(key)
        self._obey(self._state.set_aside(key))

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
    def edit_unsent(self, key: str, text: str) -> bool:
        """Put *text* in place of that of message *key*, which was never sent, or was refused for
        good. False if it is on its way."""
        changes = self._state.edit_unsent(key, text)
        self._obey(changes)
        return bool(changes)

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

    @pyqtSlot(str, str)
    def set_draft(self, room: str, text: str) -> None:
        """Keep what has been written in *room*, and not sent; empty is none."""
        self._obey(self._state.set_draft(room, text))

    def draft(self, room: str) -> str:
        """What has been written in *room* and not sent."""
        return self._state.draft(room)

    @pyqtSlot(str, bool)
    def pin(self, room: str, on: bool) -> None:
        """Let *room* stand at the head of the list, or no longer; kept on this machine."""
        self._obey(self._state.pin(room, on))

    @pyqtSlot(str, bool)
    def mute(self, room: str, on: bool) -> None:
        """Let *room* be quiet, or no longer; kept on this machine."""
        self._obey(self._state.mute(room, on))

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


def _new_cid() -> str:
    """An id that nobody else has. It begins with the time, so that in the server's index, where a
    user's ids stand in their order, a new one stands beside the last, however many there are."""
    return f"{now_ms():012x}{secrets.token_hex(10)}"


def now_ms() -> int:
    """The time of day, in milliseconds since 1970 UTC."""
    return time.time_ns() // 1_000_000
