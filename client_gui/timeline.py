"""The messages of one room in the order in which they are shown: the receiver's rule.

First what the server has numbered, by number; then our own that it has not taken (yet), as they
were written. So the list has two parts, and an acknowledgement moves a message from the second
part to its place in the first.

1. One number per room, the *mark*: what is at or below it has been shown, and is dropped. The next
   one is shown. One further on waits in ``_ahead`` until history has filled the gap; a gap that
   cannot be filled is shown as it is, at last. When the server only cannot read now, the gap stays
   open, and the next thing that happens asks again, or a wait that is over.
2. Nothing is ever shown twice. An acknowledgement of what another session of ours, or an earlier
   connection, has already brought only takes the pending copy away.
3. At most ``MAX_KEPT`` entries are kept; the oldest go first, ``TRIM`` at once.

What is to be read from the server, :meth:`Timeline.next_request` says, one page at a time: the last
page when the room is opened, what was missed when the connection was away or there is a gap, and
older ones when they are wanted.
"""

from bisect import bisect_left, bisect_right
from dataclasses import replace
from enum import Enum

from client_gui.changes import (
    RETRYABLE,
    Delivery,
    Entry,
    Inserted,
    Removed,
    TimelineChange,
    Updated,
)
from wire.limits import MAX_PAGE
from wire.messages import ChatMessage, History, Result

MAX_KEPT = 20_000
"""Entries of one room in memory: a busy day, in some 20 MB."""

TRIM = 1_000
"""Entries that go at once, so that a full list is not moved for every message."""

LATEST_TIME = 253_402_214_400_000
"""Milliseconds of the last day that a calendar of four-digit years has. A later one is unknown."""


MAX_AHEAD = 1_000
"""Messages that wait behind a gap, more than a page has. Beyond these, the last one is dropped:
history will bring it."""


class _Reading(Enum):
    """Which page is on its way."""

    NOTHING = 0
    OPENING = 1
    MISSED = 2
    OLDER = 3


class Timeline:
    """One room. Methods return what has changed."""

    def __init__(self, room: str) -> None:
        self.room = room
        self.mark = 0
        self._ahead: dict[int, Entry] = {}
        self._older: dict[int, Entry] = {}
        """What an older page has brought so far: half of one would be shown above a gap."""
        self._newest = 0
        self._bottom = 0
        """Everything from here to the mark has been read; of what is below, some may be here."""
        self._reading = _Reading.NOTHING
        self._mark_at_request = 0
        self._opened = False
        self.put_off = False
        """The server could not read just now: nothing is asked until something happens."""
        self._check_for_missed = False
        self._older_wanted = False
        self._complete = False
        self._entries: list[Entry] = []
        self._seqs: list[int] = []
        """The numbers of the first part, ascending."""
        self._unnumbered = 0

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Everything, as it is shown."""
        return tuple(self._entries)

    @property
    def unsettled(self) -> int:
        """How many of ours the server has not taken."""
        return len(self._entries) - len(self._seqs)

    def find(self, key: str) -> Entry | None:
        """The entry of ours with *key* that the server has not taken."""
        position = self._position(key)
        return None if position is None else self._entries[position]

    # --- reading history -------------------------------------------------------------------------

    def connected(self) -> None:
        """The login has succeeded: something may have been missed."""
        self.put_off = False
        self._check_for_missed = self._opened

    def disconnected(self) -> None:
        """The page that was on its way will not come; what waited for it, the next one brings."""
        self._reading = _Reading.NOTHING
        self._ahead.clear()
        self._older.clear()

    def ask_again(self) -> None:
        """Perhaps the server can read now."""
        self.put_off = False

    def want_older(self) -> None:
        """The first message has come into sight: what was before it?"""
        self.put_off = False
        room_for_more = len(self._seqs) < MAX_KEPT
        self._older_wanted = self._opened and not self._complete and room_for_more

    def next_request(self) -> History | None:
        """Return what the server is to be asked for now, if anything; it counts as asked."""
        if self._reading is not _Reading.NOTHING or self.put_off:
            return None
        self._mark_at_request = self.mark
        if not self._opened:
            self._reading = _Reading.OPENING
            return History(self.room, limit=MAX_PAGE)
        if self._check_for_missed or self._newest > self.mark:
            self._reading = _Reading.MISSED
            return History(self.room, since=self.mark + 1, limit=MAX_PAGE)
        if self._older_wanted:
            self._reading = _Reading.OLDER
            return History(self.room, before=self._bottom, limit=MAX_PAGE)
        return None

    def page_ended(self, result: Result) -> list[TimelineChange]:
        """The page has come, or was refused."""
        reading, self._reading = self._reading, _Reading.NOTHING
        complete = result.outcome == "ok" and not result.reference
        if result.outcome in RETRYABLE:
            self.put_off = True
            self._older_wanted = False
            self._older.clear()
            return []
        if reading is _Reading.OLDER:
            self._older_wanted = False
            self._complete = complete
            return self._show_older()
        if reading is _Reading.OPENING:
            self._complete = complete
            return self._open()
        brought_more = result.outcome == "ok" and self.mark > self._mark_at_request
        self._check_for_missed = brought_more and not complete
        return [] if brought_more else self._give_the_gap_up()

    # --- what comes ------------------------------------------------------------------------------

    def received(self, message: ChatMessage, own: bool) -> list[TimelineChange]:
        """The server brought a *message*, just said or from a page; *own* if we once wrote it."""
        seq = message.seq
        self.put_off = False
        # A server that does not number its messages is believed: as they come, so they are shown.
        self._unnumbered += not seq
        entry = Entry(
            key=f"{self.room}#{seq}" if seq else f"{self.room}+{self._unnumbered}",
            username=message.username,
            nickname=message.nickname,
            text=message.text,
            own=own,
            time=_sane(message.time),
            seq=seq,
        )
        if not seq:
            return [*self._place(entry, self._seqs[-1] if self._seqs else 0), *self._trim()]
        if seq <= self.mark:
            return self._received_older(entry)
        self._newest = max(self._newest, seq)
        self._ahead[seq] = entry
        if len(self._ahead) > MAX_AHEAD and seq != self.mark + 1:
            del self._ahead[max(self._ahead)]
        return [] if self._reading is _Reading.OPENING else self._advance()

    def _received_older(self, entry: Entry) -> list[TimelineChange]:
        is_asked = self._reading is _Reading.OLDER and entry.seq < self._bottom
        if is_asked and len(self._older) < MAX_PAGE:
            self._older[entry.seq] = entry
        return []

    def _show_older(self) -> list[TimelineChange]:
        """Show the older page, which is whole."""
        changes: list[TimelineChange] = []
        for seq in sorted(self._older):
            if not self._has(seq):
                changes += self._place(self._older[seq], seq)
        self._bottom = min([self._bottom, *self._older])
        self._older.clear()
        return changes

    def _advance(self) -> list[TimelineChange]:
        """Show what follows the mark without a gap."""
        changes: list[TimelineChange] = []
        while self.mark + 1 in self._ahead or self._has(self.mark + 1):
            self.mark += 1
            entry = self._ahead.pop(self.mark, None)
            if entry is not None and not self._has(self.mark):
                changes += self._place(entry, self.mark)
        return [*changes, *self._trim()]

    def _open(self) -> list[TimelineChange]:
        """The last page is here: show it, and what follows it without a gap.

        What was shown before, if the page does not follow it, goes: it would stand above a gap.
        """
        self._opened = True
        first = min(self._ahead, default=1)
        if first <= self.mark + 1:
            self._bottom = 1  # without a page, only what follows from the very first is shown
            return self._advance()
        self._bottom = first
        self.mark = first - 1
        gone = bisect_left(self._seqs, first)
        del self._entries[:gone], self._seqs[:gone]
        return [*([Removed(self.room, 0, gone)] if gone else []), *self._advance()]

    def _show_ahead(self) -> list[TimelineChange]:
        """Show what waits, with the gaps that it has."""
        changes: list[TimelineChange] = []
        for seq in sorted(self._ahead):
            if not self._has(seq):
                changes += self._place(self._ahead[seq], seq)
        self._ahead.clear()
        self.mark = max([self.mark, *self._seqs[-1:]])
        return [*changes, *self._trim()]

    def _give_the_gap_up(self) -> list[TimelineChange]:
        """A page that brought nothing will not bring more the next time."""
        changes = self._show_ahead()
        self._newest = self.mark
        return changes

    def wrote(self, entry: Entry) -> list[TimelineChange]:
        """We wrote *entry*; it is pending."""
        self._entries.append(entry)
        return [Inserted(self.room, len(self._entries) - 1, (entry,))]

    def stored(self, key: str, seq: int, time: int) -> list[TimelineChange]:
        """The server has taken ours, as number *seq*."""
        position = self._position(key)
        if position is None:
            return []
        last = self._seqs[-1] if self._seqs else 0
        place = seq or last
        entry = replace(
            self._entries[position],
            delivery=Delivery.STORED,
            seq=seq,
            time=_sane(time) or self._entries[position].time,
            reason="",
            detail="",
        )
        self._newest = max(self._newest, seq)
        self.put_off = False
        if position == len(self._seqs) and place >= last and not self._has(seq):
            self._entries[position] = entry
            self._seqs.append(place)
            return [Updated(self.room, position, entry), *self._settle()]
        del self._entries[position]
        gone = Removed(self.room, position, 1)
        if self._has(seq) or 0 < seq < self._bottom:  # older pages bring it, and what is between
            return [gone]
        return [gone, *self._place(entry, place), *self._settle()]

    def refused(self, key: str, reason: str, detail: str) -> list[TimelineChange]:
        """The server would not take ours."""
        return self._update(key, Delivery.REFUSED, reason, detail)

    def pending_again(self, key: str) -> list[TimelineChange]:
        """Ours is to be sent another time."""
        return self._update(key, Delivery.PENDING, "", "")

    def discarded(self, key: str) -> list[TimelineChange]:
        """We do not want to say it any more."""
        position = self._position(key)
        if position is None:
            return []
        del self._entries[position]
        return [Removed(self.room, position, 1)]

    def _settle(self) -> list[TimelineChange]:
        return [] if self._reading is _Reading.OPENING else self._advance()

    def _has(self, seq: int) -> bool:
        where = bisect_left(self._seqs, seq)
        return bool(seq) and where < len(self._seqs) and self._entries[where].seq == seq

    def _place(self, entry: Entry, place: int) -> list[TimelineChange]:
        position = bisect_right(self._seqs, place)
        self._entries.insert(position, entry)
        self._seqs.insert(position, place)
        return [Inserted(self.room, position, (entry,))]

    def _position(self, key: str) -> int | None:
        for position in range(len(self._seqs), len(self._entries)):
            if self._entries[position].key == key:
                return position
        return None

    def _update(
        self, key: str, delivery: Delivery, reason: str, detail: str
    ) -> list[TimelineChange]:
        position = self._position(key)
        if position is None:
            return []
        entry = replace(self._entries[position], delivery=delivery, reason=reason, detail=detail)
        self._entries[position] = entry
        return [Updated(self.room, position, entry)]

    def _trim(self) -> list[TimelineChange]:
        if len(self._seqs) <= MAX_KEPT:
            return []
        del self._entries[:TRIM], self._seqs[:TRIM]
        self._bottom = max(self._bottom, self._seqs[0])
        self._complete = False
        return [Removed(self.room, 0, TRIM)]


def _sane(time: int) -> int:
    return time if time <= LATEST_TIME else 0
