"""The messages of one room in the order in which they are shown: the receiver's rule.

First what the server has numbered, by number; then our own that it has not taken (yet), as they
were written. So the list has two parts, and an acknowledgement moves a message from the second
part to its place in the first.

1. One number per room: of others' messages, one at or below it has been shown, and is dropped.
   The next one is shown; in this version one further on is, too, as history cannot fill the gap.
2. Nothing is ever shown twice. An acknowledgement of what another session of ours, or an earlier
   connection, has already brought only takes the pending copy away.
3. At most ``MAX_KEPT`` entries are kept; the oldest go first, ``TRIM`` at once.
"""

from bisect import bisect_left, bisect_right
from dataclasses import replace

from client_gui.changes import Delivery, Entry, Inserted, Removed, TimelineChange, Updated
from wire.messages import ChatMessage

MAX_KEPT = 20_000
"""Entries of one room in memory: a busy day, in some 20 MB."""

TRIM = 1_000
"""Entries that go at once, so that a full list is not moved for every message."""

LATEST_TIME = 253_402_214_400_000
"""Milliseconds of the last day that a calendar of four-digit years has. A later one is unknown."""


class Timeline:
    """One room. Methods return what has changed."""

    def __init__(self, room: str) -> None:
        self.room = room
        self.last_seq = 0
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

    def received(self, message: ChatMessage, own: bool) -> list[TimelineChange]:
        """The server brought a *message*; *own* if another session of ours wrote it."""
        if message.seq and message.seq <= self.last_seq:
            return []
        # A server that does not number its messages is believed: as they come, so they are shown.
        self._unnumbered += not message.seq
        entry = Entry(
            key=f"{self.room}#{message.seq}" if message.seq else f"{self.room}+{self._unnumbered}",
            username=message.username,
            nickname=message.nickname,
            text=message.text,
            own=own,
            time=_sane(message.time),
            seq=message.seq,
        )
        return [*self._place(entry, message.seq or self.last_seq), *self._trim()]

    def wrote(self, entry: Entry) -> list[TimelineChange]:
        """We wrote *entry*; it is pending."""
        self._entries.append(entry)
        return [Inserted(self.room, len(self._entries) - 1, (entry,))]

    def stored(self, key: str, seq: int, time: int) -> list[TimelineChange]:
        """The server has taken ours, as number *seq*."""
        position = self._position(key)
        if position is None:
            return []
        place = seq or self.last_seq
        entry = replace(
            self._entries[position],
            delivery=Delivery.STORED,
            seq=seq,
            time=_sane(time) or self._entries[position].time,
            reason="",
            detail="",
        )
        if position == len(self._seqs) and place >= self.last_seq and not self._has(seq):
            self._entries[position] = entry
            self._seqs.append(place)
            self.last_seq = max(self.last_seq, seq)
            return [Updated(self.room, position, entry), *self._trim()]
        del self._entries[position]
        gone = Removed(self.room, position, 1)
        return [gone] if self._has(seq) else [gone, *self._place(entry, place), *self._trim()]

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

    def _has(self, seq: int) -> bool:
        where = bisect_left(self._seqs, seq)
        return bool(seq) and where < len(self._seqs) and self._entries[where].seq == seq

    def _place(self, entry: Entry, place: int) -> list[TimelineChange]:
        position = bisect_right(self._seqs, place)
        self._entries.insert(position, entry)
        self._seqs.insert(position, place)
        self.last_seq = max(self.last_seq, place)
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
        return [Removed(self.room, 0, TRIM)]


def _sane(time: int) -> int:
    return time if time <= LATEST_TIME else 0
