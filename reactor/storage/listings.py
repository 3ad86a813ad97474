"""Rooms and their members as one user sees them, a bounded page at a time."""

from typing import Any

from peewee import JOIN, SQL, Select, fn

from models import Member, Mention, Message, Room, User
from reactor.connection import Connection
from reactor.records import Kind, MemberEntry, Role, RoomEntry, RoomKind, RoomRecord
from reactor.storage.accounts import key_of
from reactor.storage.part import Part, compiled
from wire.limits import MAX_PAGE, MAX_UNREAD

# Numbers behind a read mark that are looked at for unread messages. Among more than these, some
# message of others is sure to be, and the rest is not worth reading: changes, and one's own.
MAX_UNREAD_LOOKED_AT = 4 * MAX_UNREAD

ROOM = (Room.room_id, Room.kind, Room.room_name, Room.topic)
# What stands behind them in a listing.
PLACE = (Member.role, Member.read_seq, Room.last_seq, Room.room_name)

IS_MEMBER = Member.role != Role.REMOVED


def as_room(row: tuple[Any, ...]) -> RoomRecord:
    """The record of a row of the columns ROOM."""
    room_id, kind, name, topic = row
    return RoomRecord(room_id, RoomKind(kind), "" if kind == RoomKind.DIRECT else name, topic)


def direct_key(user_id: int, other_id: int) -> str:
    """The name and key of the direct room of two users."""
    return f"@{min(user_id, other_id)}:{max(user_id, other_id)}"


class Listings(Part):
    """What may be listed of rooms. A page has *limit* entries, MAX_PAGE at the most."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._count_unread = compiled(connection.database, {"count": _unread_query()})["count"]

    def entries_of(self, user_id: int, after_room_id: int, limit: int) -> list[RoomEntry]:
        """Return the rooms that the user is in, the lobby first, by their numbers."""
        lobby = _rooms_of(user_id).where(Room.kind == RoomKind.LOBBY)
        own = Room.select(*ROOM, *PLACE).join(Member).where((Member.user == user_id) & IS_MEMBER)
        own = own.where((Room.kind != RoomKind.LOBBY) & (Member.room > after_room_id))
        return self._entries(
            user_id,
            lobby.where(Room.room_id > after_room_id),
            own.order_by(Member.room).limit(_bounded(limit)),
        )[: _bounded(limit)]

    def public_entries(self, user_id: int, after_name: str, limit: int) -> list[RoomEntry]:
        """Return the rooms behind a name that the user may join or is in, by the keys of their
        names; not those that they were put out of."""
        kinds = (RoomKind.PUBLIC, RoomKind.ANNOUNCEMENT)
        query = _rooms_of(user_id).where(Member.role.is_null() | IS_MEMBER)
        query = query.where(Room.kind.in_(kinds) & (Room.room_key > key_of(after_name)))
        return self._entries(user_id, query.order_by(Room.room_key).limit(_bounded(limit)))

    def entry(self, user_id: int, room_id: int) -> RoomEntry | None:
        """Return one room as the user sees it; None if there is none."""
        entries = self._entries(user_id, _rooms_of(user_id).where(Room.room_id == room_id))
        return entries[0] if entries else None

    def members(self, room_id: int, after_name: str, limit: int) -> list[MemberEntry]:
        """Return the members of a room behind a user name, by the keys of their names."""
        query = Member.select(User.user_name, User.user_nickname, Member.role).join(User)
        query = query.where((Member.room == room_id) & IS_MEMBER)
        query = query.where(User.user_key > key_of(after_name)).order_by(User.user_key)
        rows = self._ask(lambda: self._rows(query.limit(_bounded(limit))))
        return [MemberEntry(name, nickname, Role(role)) for name, nickname, role in rows]

    def _entries(self, user_id: int, *queries: Any) -> list[RoomEntry]:
        def read() -> list[RoomEntry]:
            rows = [row for query in queries for row in self._rows(query)]
            room_ids = [row[0] for row in rows]
            sizes = self._sizes([row[0] for row in rows if row[1] != RoomKind.LOBBY])
            mentions = self._mentions(user_id, room_ids)
            entries = [
                self._entry(user_id, row, sizes.get(row[0], 0), mentions.get(row[0], 0))
                for row in rows
            ]
            return self._with_others(user_id, entries, [row[-1] for row in rows])

        return self._ask(read)

    def _entry(self, user_id: int, row: tuple[Any, ...], size: int, mentions: int) -> RoomEntry:
        room = as_room(row[:4])
        role, read_seq, last_seq, _ = row[4:]
        if room.kind == RoomKind.LOBBY:
            role = role or Role.MEMBER
        if role in (None, Role.REMOVED):
            return RoomEntry(room, None, size, last_seq, 0, 0, 0)
        read_seq = read_seq or 0
        unread = self._unread(room.room_id, read_seq, user_id) if last_seq > read_seq else 0
        return RoomEntry(room, Role(role), size, last_seq, read_seq, unread, mentions)

    def _unread(self, room_id: int, read_seq: int, user_id: int) -> int:
        until = read_seq + MAX_UNREAD_LOOKED_AT
        values = (room_id, read_seq, until, Kind.SAID, user_id, 0, 0, MAX_UNREAD)
        return int(self._database.execute_sql(self._count_unread, values).fetchone()[0])

    def _mentions(self, user_id: int, room_ids: list[int]) -> dict[int, int]:
        """In how many messages behind the read mark the user is named, by room."""
        own = (Member.room == Mention.room) & (Member.user == Mention.user)
        query = Mention.select(Mention.room, fn.COUNT(Mention.seq))
        query = query.join(Member, JOIN.LEFT_OUTER, on=own)
        query = query.where((Mention.user == user_id) & Mention.room.in_(room_ids))
        query = query.where(Mention.seq > fn.COALESCE(Member.read_seq, 0)).group_by(Mention.room)
        return {room_id: min(count, MAX_UNREAD) for room_id, count in self._rows(query)}

    def _sizes(self, room_ids: list[int]) -> dict[int, int]:
        query = Member.select(Member.room, fn.COUNT(Member.user)).where(IS_MEMBER)
        query = query.where(Member.room.in_(room_ids)).group_by(Member.room)
        return dict.fromkeys(room_ids, 0) | dict(self._rows(query))

    def _with_others(
        self, user_id: int, entries: list[RoomEntry], keys: list[str]
    ) -> list[RoomEntry]:
        """The same, with the other's name and nickname for the name and topic of a direct room."""
        direct = {
            entry.room.room_id: _other(key, user_id)
            for entry, key in zip(entries, keys, strict=True)
            if entry.room.kind == RoomKind.DIRECT
        }
        query = User.select(User.user_id, User.user_name, User.user_nickname)
        query = query.where(User.user_id.in_(set(direct.values())))
        users = {each_id: (name, nickname) for each_id, name, nickname in self._rows(query)}
        shown = []
        for entry in entries:
            if entry.room.room_id in direct:
                name, nickname = users[direct[entry.room.room_id]]
                entry = entry._replace(room=entry.room._replace(name=name, topic=nickname))
            shown.append(entry)
        return shown


def _rooms_of(user_id: int) -> Any:
    """All rooms, with what the user is in them."""
    own = (Member.room == Room.room_id) & (Member.user == user_id)
    return Room.select(*ROOM, *PLACE).join(Member, JOIN.LEFT_OUTER, on=own)


def _unread_query() -> Any:
    """Of a room, a number, a last one, a kind and a user: entries of others that were not taken
    back (which have changed, 0, and have no text, 0), up to a limit."""
    others = Message.select(Message.seq).where(
        (Message.room == 0)
        & (Message.seq > 0)
        & (Message.seq <= 0)
        & (Message.kind == 0)
        & (Message.sender != 0)
        & ((Message.changed == 0) | (fn.LENGTH(Message.text) > 0))
    )
    return Select([others.limit(0).alias("others")], [fn.COUNT(SQL("*"))])


def _other(key: str, user_id: int) -> int:
    """The other user of the direct room with this key; the same where there is none."""
    one, other = map(int, key.removeprefix("@").split(":"))
    return other if one == user_id else one


def _bounded(limit: int) -> int:
    return max(0, min(limit, MAX_PAGE))
