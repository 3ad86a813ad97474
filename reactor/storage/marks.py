"""Up to where everybody has read."""

from collections.abc import Sequence
from typing import Any

from peewee import fn

from models import Member, Room, User
from reactor.records import ReaderEntry, ReadMark, Refused, Role, RoomKind
from reactor.storage.part import Part
from wire.limits import MAX_READERS


class Marks(Part):
    """The read marks in the members' rows. A row of the lobby is made when it is first needed."""

    def save(self, marks: Sequence[ReadMark]) -> None:
        """Move all of *marks* forward in one transaction; one that is behind changes nothing.

        None goes beyond the last number of its room: what comes later has not been read yet. They
        are taken in the order of the rows' keys, so that two transactions do not wait for each
        other.
        """
        self._transact(lambda: self._save(sorted(marks)))

    def _save(self, marks: list[ReadMark]) -> None:
        rooms = {mark.room_id for mark in marks}
        query = Room.select(Room.room_id, Room.kind, Room.last_seq).where(Room.room_id.in_(rooms))
        known = {room_id: (kind, last_seq) for room_id, kind, last_seq in self._rows(query)}
        for mark in marks:
            if mark.room_id in known:
                kind, last_seq = known[mark.room_id]
                self._move(mark._replace(seq=min(mark.seq, last_seq)), kind)

    def _move(self, mark: ReadMark, kind: str) -> None:
        own = (Member.room == mark.room_id) & (Member.user == mark.user_id)
        behind = own & (Member.read_seq < mark.seq)
        moved = self._do(Member.update({Member.read_seq: mark.seq}).where(behind))
        if not moved and kind == RoomKind.LOBBY:
            row = {
                Member.room: mark.room_id,
                Member.user: mark.user_id,
                Member.role: Role.MEMBER,
                Member.joined_at: 0,
                Member.read_seq: mark.seq,
            }
            self._do(Member.insert(row).on_conflict_ignore())

    def readers(self, room_id: int, seq: int) -> list[ReaderEntry] | Refused:
        """Return who has read number *seq*, by name; ``too-large`` in a room of too many."""

        def read() -> list[ReaderEntry] | Refused:
            if self._size(room_id) > MAX_READERS:
                return Refused("too-large", f"the room has more than {MAX_READERS} members")
            query = Member.select(User.user_name, User.user_nickname, Member.read_seq).join(User)
            query = query.where(_in_room(room_id) & (Member.read_seq >= seq))
            rows = self._rows(query.order_by(User.user_key).limit(MAX_READERS))
            return [ReaderEntry(*row) for row in rows]

        return self._ask(read)

    def _size(self, room_id: int) -> int:
        """How many are in the room: in the lobby, all users."""
        kind = self._row(Room.select(Room.kind).where(Room.room_id == room_id))
        everybody = User.select(fn.COUNT(User.user_id))
        members = Member.select(fn.COUNT(Member.user)).where(_in_room(room_id))
        return int((self._row(everybody if kind == (RoomKind.LOBBY,) else members) or (0,))[0])


def _in_room(room_id: int) -> Any:
    return (Member.room == room_id) & (Member.role != Role.REMOVED)
