"""What was said and changed in a room, in the order of its numbers."""

from typing import Any

from peewee import JOIN, Case

from models import Message, Room, User
from reactor.records import Kind, StoredMessage
from reactor.storage.part import Part
from wire.limits import MAX_PAGE


class History(Part):
    """The logs of the rooms, in pages."""

    def after(self, room_id: int, seq: int, limit: int) -> list[StoredMessage]:
        """Return the entries of a room after number *seq*, in order: *limit*, MAX_PAGE at most."""
        query = _entries_of(room_id).where(Message.seq > seq).order_by(Message.seq)
        return self._page(query, limit)

    def before(self, room_id: int, seq: int, limit: int) -> list[StoredMessage]:
        """Return the last entries of a room before number *seq*, in order; 0 is the room's end."""
        query = _entries_of(room_id).order_by(Message.seq.desc())
        return self._page(query.where(Message.seq < seq) if seq else query, limit)[::-1]

    def matches(self, room_id: int, seq: int, sent_at: int) -> bool:
        """Whether the room has, or had, an entry of this number and time.

        Of one that retention took away, the time is not known any more, and it counts as right.
        """
        if seq == 0:
            return True
        first_seq, _ = self._bounds(room_id)
        if seq < first_seq:
            return seq > 0
        found = Message.select(Message.sent_at).where(_at(room_id, seq))
        return self._ask(lambda: self._row(found)) == (sent_at,)

    def missing(self, room_id: int, seq: int) -> int:
        """How many entries were numbered in the room after *seq*."""
        _, last_seq = self._bounds(room_id)
        return max(0, last_seq - seq)

    def _bounds(self, room_id: int) -> tuple[int, int]:
        query = Room.select(Room.first_seq, Room.last_seq).where(Room.room_id == room_id)
        row = self._ask(lambda: self._row(query))
        return (row[0], row[1]) if row else (0, 0)

    def _page(self, query: Any, limit: int) -> list[StoredMessage]:
        bounded = query.limit(max(0, min(limit, MAX_PAGE)))
        return [_as_record(row) for row in self._ask(lambda: self._rows(bounded))]


def _entries_of(room_id: int) -> Any:
    """The entries of a room with who made them, in no order yet."""
    target = Message.alias()
    latest = (
        (Message.kind == Kind.EDITED)
        & (target.room == Message.room)
        & (target.seq == Message.target)
    )
    text = Case(None, [(Message.kind == Kind.EDITED, target.text)], Message.text)
    query = Message.select(
        *(Message.room, Message.seq, Message.sent_at, Message.cid, text),
        *(User.user_name, User.user_nickname, Message.kind, Message.target, Message.changed),
    )
    # Outer, though everybody exists: MariaDB would begin with the users where there are few, and
    # read and sort all their messages for each page.
    query = query.join(User, JOIN.LEFT_OUTER).switch(Message)
    query = query.join(target, JOIN.LEFT_OUTER, on=latest)
    return query.where(Message.room == room_id)


def _as_record(row: tuple[Any, ...]) -> StoredMessage:
    entry = StoredMessage(*row)
    return entry._replace(cid=entry.cid or "", text=entry.text or "", kind=Kind(entry.kind))


def _at(room_id: int, seq: int) -> Any:
    return (Message.room == room_id) & (Message.seq == seq)
