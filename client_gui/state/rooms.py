"""The rooms that we are in: what the list of rooms shows, without anything said in them.

1. The server's counts of what is unread hold for the moment at which it counted. What comes behind
   that, by number, is counted along here; what was counted already is not counted again.
2. Numbers up to which we have read only grow. What the server has not been told goes to it with
   :meth:`Rooms.unsent_marks`, after a reconnection too.
3. ``MAX_ROOMS`` at the most; a room whose reference is none does not exist.
"""

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import replace

from client_gui.changes import RoomsChanged
from client_gui.items import RoomItem
from client_gui.log.rows import MAX_SEQ, sane_time
from wire.limits import MAX_TEXT, MAX_UNREAD
from wire.messages import Change as RoomChange
from wire.messages import ChatMessage, MarkRead, RoomInfo
from wire.names import key

LOBBY = "lobby"
"""The room where everybody is."""

MAX_ROOMS = 1_024
"""Rooms of one user: what the server's own quotas allow. What it invents beyond is not shown."""

MAX_RECENT = 64
"""Messages of one room that may overtake the answer to a listing, and are counted all the same."""

MAX_MEMBERS = 10**9
"""Members of a room, as far as they are counted."""

_REFERENCE = re.compile(r"lobby|#[0-9]{1,18}", re.ASCII)


def is_reference(text: str) -> bool:
    """Whether *text* can be a room's reference."""
    return _REFERENCE.fullmatch(text) is not None


class Rooms:
    """Our rooms. :meth:`changed` tells once what many events have done."""

    def __init__(self) -> None:
        self._items: dict[str, RoomItem] = {}
        self._drafts: dict[str, str] = {}
        self._recent: dict[str, deque[tuple[int, bool]]] = {}
        """The last messages of others that were counted: number, and whether it names us."""
        self._listed: set[str] | None = None
        """What a listing on its way has brought, and what has become ours meanwhile."""
        self._told: dict[str, int] = {}
        """Up to where the server knows that we have read."""
        self._dirty = True
        self._unsaved: set[str] = set()
        self._unsaved_drafts: set[str] = set()
        self._put(RoomItem(LOBBY, "lobby", LOBBY))

    def load(self, items: Iterable[RoomItem], drafts: dict[str, str]) -> None:
        """Go on from what is on disk."""
        self._items.update((item.room, item) for item in items)
        self._drafts = dict(drafts)

    def __contains__(self, room: str) -> bool:
        return room in self._items

    def find(self, room: str) -> RoomItem | None:
        """The room, if we are in it."""
        return self._items.get(room)

    def find_direct(self, username: str) -> str:
        """The reference of the room that we share with *username*, or ``""``."""
        for item in self._items.values():
            if item.kind == "direct" and key(item.name) == key(username):
                return item.room
        return ""

    def latest(self) -> list[str]:
        """All rooms, those first in which something was said last."""
        return [item.room for item in self._sorted()]

    # --- what the server says --------------------------------------------------------------------

    def listing(self) -> None:
        """A listing of our rooms begins."""
        self._listed = set()

    def info(self, info: RoomInfo) -> None:
        """We are in this room."""
        known = self._items.get(info.room)
        if known is None and len(self._items) >= MAX_ROOMS:
            return
        if self._listed is not None:
            self._listed.add(info.room)
        known = known or RoomItem(info.room, info.kind, info.name)
        self._told[info.room] = min(info.read_seq, MAX_SEQ)
        item = replace(
            known,
            kind=info.kind,
            name=info.name,
            topic=info.topic,
            role=info.role,
            members=min(info.members, MAX_MEMBERS),
            last_seq=max(known.last_seq, min(info.last_seq, MAX_SEQ)),
            read_seq=max(known.read_seq, min(info.read_seq, MAX_SEQ)),
        )
        self._put(_with_counts(item, *self._counted_behind(info)))

    def _counted_behind(self, info: RoomInfo) -> tuple[int, int]:
        """What *info* counts, and what has come behind it."""
        behind = [
            names_us for seq, names_us in self._recent.get(info.room, ()) if seq > info.last_seq
        ]
        return info.unread + len(behind), info.mentions + sum(behind)

    def listing_ended(self) -> list[str]:
        """Return the rooms that we are in no longer, as the listing did not have them."""
        listed, self._listed = self._listed, None
        if listed is None:
            return []
        return [room for room in self._items if room not in listed and room != LOBBY]

    def gone(self, room: str) -> None:
        """We are in *room* no longer."""
        if self._listed is not None:
            self._listed.discard(room)
        for kept in (self._recent, self._told):
            kept.pop(room, None)
        if self._drafts.pop(room, None) is not None:
            self._unsaved_drafts.add(room)
        if self._items.pop(room, None) is not None:
            self._unsaved.add(room)
            self._dirty = True

    def said(self, message: ChatMessage, own: bool, names_us: bool) -> bool:
        """Something was said, now or before. Return whether it is new, and somebody else's."""
        item = self._items.get(message.room)
        if item is None or not 0 < message.seq <= MAX_SEQ:
            return False
        last_time = max(item.last_time, sane_time(message.time))
        if message.seq <= item.last_seq:
            if last_time > item.last_time:
                self._put(replace(item, last_time=last_time))
            return False
        unread, mentions = item.unread, item.mentions
        news = not own and bool(message.text) and message.seq > item.read_seq
        if news:
            recent = self._recent.setdefault(item.room, deque(maxlen=MAX_RECENT))
            recent.append((message.seq, names_us))
            unread, mentions = unread + 1, mentions + names_us
        item = replace(item, last_seq=message.seq, last_time=last_time)
        self._put(_with_counts(item, unread, mentions))
        return news

    def has_changed(self, change: RoomChange) -> None:
        """Something in a room was changed, now or before; perhaps its name."""
        item = self._items.get(change.room)
        if item is None or not item.last_seq < change.seq <= MAX_SEQ:
            return
        item = replace(item, last_seq=change.seq)
        match change.kind:
            case "topic":
                item = replace(item, topic=change.text)
            case "renamed":
                item = replace(item, name=change.text)
            case "deleted":
                item = self._without(item, change.target)
        self._put(item)

    def _without(self, item: RoomItem, seq: int) -> RoomItem:
        """*item* without message *seq*, if that was counted along here. What the server counted,
        we do not know one by one: its next count is right again."""
        recent = self._recent.get(item.room, ())
        counted = next((each for each in recent if each[0] == seq > item.read_seq), None)
        if counted is None:
            return item
        self._recent[item.room].remove(counted)
        unread = item.unread - (item.unread < MAX_UNREAD)  # which is that or more
        mentions = item.mentions - (counted[1] and item.mentions < MAX_UNREAD)
        return _with_counts(item, unread, max(0, mentions))

    def members(self, room: str, difference: int) -> None:
        """So many more are in *room*."""
        item = self._items.get(room)
        if item is not None and room != LOBBY:
            self._put(replace(item, members=max(0, item.members + difference)))

    # --- what we have read -----------------------------------------------------------------------

    def read(self, room: str, seq: int, left: tuple[int, int] | None, told: bool) -> None:
        """Everything up to *seq* was read, here or (*told*) on another device. *left* are the
        unread and the mentions behind that, if that is known."""
        item = self._items.get(room)
        if item is None:
            return
        if told:
            self._told[room] = max(self._told.get(room, 0), min(seq, MAX_SEQ))
        if not item.read_seq < seq <= MAX_SEQ:
            return
        behind = max(0, item.last_seq - seq)
        unread, mentions = left or (item.unread, item.mentions)
        item = replace(item, read_seq=seq)
        self._put(_with_counts(item, min(unread, behind), min(mentions, behind)))

    def unsent_marks(self) -> list[MarkRead]:
        """Return what the server is to be told of what we have read; it counts as told."""
        marks = [
            MarkRead(room, self._items[room].read_seq)
            for room, told in self._told.items()
            if self._items[room].read_seq > told
        ]
        self._told.update((mark.room, mark.seq) for mark in marks)
        return marks

    # --- what we want of them --------------------------------------------------------------------

    def pin(self, room: str, on: bool) -> None:
        """Let *room* stand at the head of the list, or no longer."""
        if (item := self._items.get(room)) is not None and item.pinned != on:
            self._put(replace(item, pinned=on))

    def mute(self, room: str, on: bool) -> None:
        """Let *room* be quiet, or no longer."""
        if (item := self._items.get(room)) is not None and item.muted != on:
            self._put(replace(item, muted=on))

    # --- drafts ----------------------------------------------------------------------------------

    def draft(self, room: str) -> str:
        """What was written and not sent."""
        return self._drafts.get(room, "")

    def set_draft(self, room: str, text: str) -> None:
        """Keep *text*, or nothing, for *room*."""
        before = self.draft(room)
        if room not in self._items or text == before:
            return
        self._drafts[room] = text[:MAX_TEXT]
        if not text:
            del self._drafts[room]
        self._unsaved_drafts.add(room)
        self._dirty = self._dirty or bool(before) != bool(text)

    # --- telling ---------------------------------------------------------------------------------

    def changed(self) -> list[RoomsChanged]:
        """All of them, if anything has changed since the last time."""
        if not self._dirty:
            return []
        self._dirty = False
        return [RoomsChanged(tuple(self._sorted()))]

    def take_unsaved(self) -> tuple[list[RoomItem], list[str], dict[str, str]]:
        """Return what has changed since the last time: rooms, those that are gone, and drafts."""
        items = [self._items[room] for room in self._unsaved if room in self._items]
        gone = [room for room in self._unsaved if room not in self._items]
        drafts = {room: self.draft(room) for room in self._unsaved_drafts}
        self._unsaved.clear()
        self._unsaved_drafts.clear()
        return items, gone, drafts

    def forget_numbers(self) -> None:
        """The numbers are those of another database: forget what they say."""
        self._recent.clear()
        self._told.clear()
        for item in list(self._items.values()):
            self._put(replace(item, unread=0, mentions=0, last_seq=0, read_seq=0))

    def _sorted(self) -> list[RoomItem]:
        for room in self._items:
            self._note_draft(room)
        return sorted(self._items.values(), key=_place)

    def _note_draft(self, room: str) -> None:
        item, drafted = self._items[room], room in self._drafts
        if item.has_draft != drafted:
            self._items[room] = replace(item, has_draft=drafted)

    def _put(self, item: RoomItem) -> None:
        self._items[item.room] = item
        self._unsaved.add(item.room)
        self._dirty = True


def _place(item: RoomItem) -> tuple:
    """Where *item* stands in the list. Those that are pinned stay where they are, whatever is said:
    that is what they are pinned for. The lobby follows, so that it is found without looking."""
    if item.pinned:
        return (0, item.room != LOBBY, key(item.name), item.room)
    return (1, item.room != LOBBY, -item.last_time, key(item.name), item.room)


def _with_counts(item: RoomItem, unread: int, mentions: int) -> RoomItem:
    """*item* with these counts, as far as its numbers allow them."""
    behind = max(0, item.last_seq - item.read_seq)
    return replace(
        item,
        unread=min(unread, behind, MAX_UNREAD),
        mentions=min(mentions, behind, MAX_UNREAD),
    )
