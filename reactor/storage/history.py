"""What was said and changed in a room, in the order of its numbers."""

from typing import Any

from peewee import JOIN, Case

from models import Message, Room, User
from reactor.connection import Connection
from reactor.records import Kind, StoredMessage
from reactor.storage.part import Part, compiled
from wire.limits import MAX_PAGE

# Beyond every number of an entry.
_BEYOND = 2**63 - 1

# What the statements of entries are given first, twice: the kind whose text is that of its target.
_EDITED = (int(Kind.EDITED), int(Kind.EDITED))


class History(Part):
    """The logs of the rooms, in pages."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._sql = compiled(connection.database, _statements())

    def after(self, room_id: int, seq: int, limit: int) -> list[StoredMessage]:
        """Return the entries of a room after number *seq*, in order: *limit*, MAX_PAGE at most."""
        return self._page("after", room_id, seq, limit)

    def before(self, room_id: int, seq: int, limit: int) -> list[StoredMessage]:
        """Return the last entries of a room before number *seq*, in order; 0 is the room's end."""
        return self._page("before", room_id, seq or _BEYOND, limit)[::-1]

    def matches(self, room_id: int, seq: int, sent_at: int) -> bool:
        """Whether the room has, or had, an entry of this number and time.

        Of one that retention took away, the time is not known any more, and it counts as right.
        """
        if seq == 0:
            return True
        first_seq, _ = self._bounds(room_id)
        if seq < first_seq:
            return seq > 0
        return self._find("time", room_id, seq) == [(sent_at,)]

    def missing(self, room_id: int, seq: int) -> int:
        """How many entries were numbered in the room after *seq*."""
        _, last_seq = self._bounds(room_id)
        return max(0, last_seq - seq)

    def _bounds(self, room_id: int) -> tuple[int, int]:
        rows = self._find("bounds", room_id)
        return (rows[0][0], rows[0][1]) if rows else (0, 0)

    def _page(self, statement: str, room_id: int, seq: int, limit: int) -> list[StoredMessage]:
        bounded = max(0, min(limit, MAX_PAGE))
        values = (*_EDITED, room_id, seq, bounded)
        return [_as_record(row) for row in self._find(statement, *values)]

    def _find(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        sql = self._sql[statement]
        return self._ask(lambda: list(self._database.execute_sql(sql, values)))


def _statements() -> dict[str, Any]:
    """Compiled once: a crowd that comes back has them run for each room of each."""
    return {
        "after": _entries().where(Message.seq > 0).order_by(Message.seq).limit(0),
        "before": _entries().where(Message.seq < 0).order_by(Message.seq.desc()).limit(0),
        "time": Message.select(Message.sent_at).where((Message.room == 0) & (Message.seq == 0)),
        "bounds": Room.select(Room.first_seq, Room.last_seq).where(Room.room_id == 0),
    }


def _entries() -> Any:
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
    return query.where(Message.room == 0)


def _as_record(row: tuple[Any, ...]) -> StoredMessage:
    entry = StoredMessage(*row)
    return entry._replace(cid=entry.cid or "", text=entry.text or "", kind=Kind(entry.kind))
