"""What we add to the rooms: messages and changes, from the wish to the server's answer.

1. What we wrote is shown from the first moment, sent when that is possible, and shown once: the
   answer settles it, or the message itself, when it comes back with our ``cid``.
2. A change is shown from the first moment too. When the server has numbered it, it is made in its
   turn like anybody's; when it was refused, the row falls back.
"""

import re
from dataclasses import replace

from client_gui.changes import Change, PutOff, RoomRefused, Send
from client_gui.items import RESET, RETRYABLE, SET_ASIDE, Delivery, Entry, Unsent
from client_gui.log.conversation import Conversation, change_of
from client_gui.log.records import Item, Request
from client_gui.log.store import Store
from client_gui.state.outbox import Outbox
from client_gui.state.rooms import LOBBY, Rooms
from client_gui.state.timelines import Timelines
from wire.limits import MAX_SIGN, MAX_TEXT
from wire.messages import Chat, ChatMessage, Delete, Edit, React, Result

_MOMENTARY = frozenset(("busy", "unavailable"))
"""Refusals that are over in a moment, and are not shown before they have lasted."""

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class Writing:
    """The outbox, and what the rooms show of it."""

    def __init__(self, timelines: Timelines, rooms: Rooms) -> None:
        self._timelines = timelines
        self._rooms = rooms
        self._outbox = Outbox()

    def load(self, store: Store) -> list[Change]:
        """Show what waits in *store*.

        Raises:
            StoreFault: it cannot be read.
        """
        self._outbox = Outbox(store.items())
        return [change for item in self._outbox.items() for change in self._show(item)]

    def connected(self) -> list[Change]:
        """The login has succeeded: send what waits."""
        self._outbox.resume()
        return self._pump()

    def disconnected(self) -> None:
        """The connection is gone."""
        self._outbox.disconnected()

    def resend(self) -> list[Change]:
        """The wait after :class:`PutOff` is over."""
        return self.connected()

    def gone(self, *rooms: str) -> list[Change]:
        """We are in *rooms* no longer: what was to go there goes nowhere, and makes way for what
        waits behind it."""
        dropped = [item for item in self._outbox.items() if item.room in rooms]
        for item in dropped:
            self._outbox.answered(item.cid)
        refused = [RoomRefused(item.request.code, "no-such-room") for item in dropped[:1]]
        return [*refused, *self._pump()]

    def begin_again(self) -> list[Change]:
        """The numbers are those of another database. Messages answer nothing; those to the lobby
        still go, others wait for a person, since their room may be another one now. Changes go
        nowhere, for they would change another message, or another room."""
        changes: list[Change] = []
        dropped: list[Item] = []
        for item in self._outbox.items():
            if isinstance(item.request, Chat):
                changes += self._answer_nothing(item, item.request)
                if item.room != LOBBY and not item.reason:
                    changes += self._refused(item, RESET)
            elif item.room != LOBBY or getattr(item.request, "target", 0):
                dropped.append(item)
                self._outbox.answered(item.cid)
                changes += self._unshow(item)
        return [*changes, *(RoomRefused(item.request.code, RESET) for item in dropped[:1])]

    def take_unsaved(self) -> tuple[list[Item], list[str]]:
        """Return what is new for the disk: items, and the ids of those that are gone."""
        return self._outbox.take_unsaved()

    # --- what a person wants ---------------------------------------------------------------------

    @property
    def unsettled(self) -> int:
        """How many of our messages the server has not taken."""
        return self._outbox.messages

    def unsent(self) -> tuple[Unsent, ...]:
        """Those messages, of all rooms, in the order in which they go."""
        return tuple(
            Unsent(
                *(item.cid, item.room, item.request.text, item.written),
                *(item.sent, item.reason, item.detail),
            )
            for item in self._outbox.items()
            if isinstance(item.request, Chat)
        )

    @property
    def held(self) -> int:
        """How many of them are held."""
        return self._outbox.held

    @property
    def full(self) -> bool:
        """Whether nothing more may be wished for before something has been taken."""
        return self._outbox.full

    def say(
        self, room: str, text: str, cid: str, now: int, reply_to: int, held: bool = False
    ) -> list[Change]:
        """Say *text* in *room*; if it is *held*, when it is let go.

        Raises:
            ValueError: it is empty or longer than ``MAX_TEXT``, or too much waits, or there can be
                no such room.
        """
        _check(text)
        if self.full or not self._timelines.may_have(room):
            raise ValueError("this text cannot be said")
        chat = Chat(self._timelines.me.username, encodable(text), room, cid, reply_to)
        return self._add(chat, now, held)

    def let_go(self, cid: str) -> list[Change]:
        """What was held is sent, unless it is gone."""
        self._outbox.let_go(cid)
        return self._pump()

    def set_aside(self, cid: str) -> list[Change]:
        """What is held is not sent before somebody wants it again."""
        item = self._outbox.find(cid)
        if item is None or not self._outbox.is_held(cid):
            return []
        self._outbox.refused(cid, SET_ASIDE, "")
        return [*self._list(item).refused(cid, SET_ASIDE, ""), *self._pump()]

    def edit(self, room: str, seq: int, text: str, cid: str) -> list[Change]:
        """Put *text* in place of that of our message *seq*.

        Raises:
            ValueError: it is empty or longer than ``MAX_TEXT``.
        """
        _check(text)
        entry = self._changeable(room, seq)
        if entry is None or not entry.own or entry.text == encodable(text):
            return []
        return self.change(Edit(room, seq, encodable(text), cid))

    def delete(self, room: str, seq: int, cid: str) -> list[Change]:
        """Take message *seq* back."""
        return self.change(Delete(room, seq, cid)) if self._changeable(room, seq) else []

    def react(self, room: str, seq: int, sign: str, on: bool, cid: str) -> list[Change]:
        """Put *sign* to message *seq*, or take it away."""
        sign = encodable(sign)
        entry = self._changeable(room, seq)
        if entry is None or not 0 < len(sign) <= MAX_SIGN:
            return []
        mine = any(reaction.sign == sign and reaction.mine for reaction in entry.reactions)
        return [] if mine == on else self.change(React(room, seq, sign, "1" if on else "0", cid))

    def change(self, request: Request) -> list[Change]:
        """Send *request*, which is no chat, and show what it will do."""
        if self.full:
            return [RoomRefused(request.code, "full")]
        return self._add(request, 0)

    def retry(self, cid: str) -> list[Change]:
        """Send what was refused another time, with its own id."""
        item = self._outbox.find(cid)
        if item is None or item.reason not in RETRYABLE:
            return []
        self._outbox.retry(cid)
        return [*self._list(item).sent_again(cid), *self._pump()]

    def discard(self, cid: str) -> list[Change]:
        """Take away what was refused, or was never sent."""
        item = self._outbox.find(cid)
        if item is None or (item.sent and not item.reason):
            return []
        self._outbox.answered(cid)
        return [*self._list(item).discarded(cid), *self._pump()]

    def edit_unsent(self, cid: str, text: str) -> list[Change]:
        """Put *text* in place of what was never sent, or was refused for good.

        Raises:
            ValueError: it is empty or longer than ``MAX_TEXT``.
        """
        _check(text)
        item = self._outbox.find(cid)
        if item is None or item.sent or not isinstance(item.request, Chat):
            return []
        chat, text = item.request, encodable(text)
        self._outbox.altered(cid, Chat(chat.username, text, chat.room, cid, chat.reply_to))
        waits = {"text": text, "delivery": Delivery.PENDING, "reason": "", "detail": ""}
        return [*self._list(item).altered(cid, **waits), *self._pump()]

    # --- what the server says --------------------------------------------------------------------

    def answered(self, result: Result) -> list[Change]:
        """The server has answered something that has an id."""
        cid = result.reference
        if result.outcome == "stopping":
            self._outbox.disconnected()
            return []
        if result.outcome in _MOMENTARY and (tries := self._outbox.put_off(cid)):
            return [PutOff(tries)]
        item = self._outbox.find(cid)
        if item is None or item.reason:
            return []
        if result.outcome == "ok":
            return [*self._taken(item, result), *self._pump()]
        return [*self._refused(item, result.outcome, result.detail), *self._pump()]

    def received(self, message: ChatMessage, own: bool) -> list[Change]:
        """Something was said. If it is what waits here, its answer was lost: it is settled."""
        waits = self._outbox.find(message.cid) if own and message.cid else None
        if waits is None or waits.room != message.room:
            return self._timelines.received(message)
        self._outbox.answered(message.cid)
        return [*self._timelines[message.room].came_back(message), *self._pump()]

    def _taken(self, item: Item, result: Result) -> list[Change]:
        self._outbox.answered(item.cid)
        timeline, me = self._timelines[item.room], self._timelines.me
        if isinstance(item.request, Chat):
            text, seq, time = item.request.text, result.seq, result.time
            message = ChatMessage(me.nickname, text, me.username, item.room, seq, time)
            self._rooms.said(message, own=True, names_us=False)
            return [*timeline.stored(item.cid, seq, time)]
        change = change_of(item.request, me, result.seq, result.time)
        self._rooms.has_changed(change)
        # First made, then no longer wished for: so the row never falls back in between.
        return [*timeline.received(change), *self._unshow(item)]

    def _refused(self, item: Item, reason: str, detail: str = "") -> list[Change]:
        if isinstance(item.request, Chat):
            self._outbox.refused(item.cid, reason, detail)
            return [*self._list(item).refused(item.cid, reason, detail)]
        self._outbox.answered(item.cid)
        return [*self._unshow(item), RoomRefused(item.request.code, reason, detail)]

    # --- inside ----------------------------------------------------------------------------------

    def _changeable(self, room: str, seq: int) -> Entry | None:
        timeline = self._timelines.find(room)
        entry = timeline.list.shown(seq) if timeline is not None else None
        return None if entry is None or entry.deleted or entry.notice else entry

    def _add(self, request: Request, now: int, held: bool = False) -> list[Change]:
        self._outbox.add(request, now, held)
        return [*self._show(Item(request, now)), *self._pump()]

    def _answer_nothing(self, item: Item, chat: Chat) -> list[Change]:
        if not chat.reply_to:
            return []
        self._outbox.renumbered(item.cid, replace(chat, reply_to=0))
        return [*self._list(item).altered(item.cid, reply=None)]

    def _list(self, item: Item) -> Conversation:
        return self._timelines[item.room].list

    def _show(self, item: Item) -> list[Change]:
        """Show what *item* will do."""
        match item.request:
            case Chat(username, text, _, cid, reply_to):
                entry = Entry(
                    cid,
                    username,
                    self._timelines.me.nickname,
                    text,
                    own=True,
                    time=item.written,
                    delivery=Delivery.REFUSED if item.reason else Delivery.PENDING,
                    reason=item.reason,
                    detail=item.detail,
                )
                return [*self._list(item).wrote(entry, reply_to)]
            case Edit(_, target) | Delete(_, target) | React(_, target):
                return [*self._list(item).wish(target, item.request)]
        return []

    def _unshow(self, item: Item) -> list[Change]:
        target = getattr(item.request, "target", 0)
        return [*self._list(item).unwish(target, item.cid)]

    def _pump(self) -> list[Change]:
        return [Send(request) for request in self._outbox.next_requests()]


def encodable(text: str) -> str:
    """Return *text* without half characters, which Qt hands over and UTF-8 has not."""
    return _LONE_SURROGATE.sub("\ufffd", text)


def _check(text: str) -> None:
    if not 0 < len(text) <= MAX_TEXT:
        raise ValueError("this text cannot be said")
