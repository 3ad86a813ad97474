"""Old entries are taken away, by their age or by how many a room may keep. Nobody asks for it by
default.

What goes is the beginning of a room's log, whole: messages and changes up to a number, with
reactions to them and mentions in them. The room's ``first_seq`` says where it begins now; numbers
are never given out again. The last entry of a room always stays. A cid that is taken away is
forgotten: what came with it would be stored anew.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

from peewee import fn

from models import Mention, Message, Reaction, Room
from reactor.connection import Connection
from reactor.records import Kind, Prunable
from reactor.storage.accounts import key_of
from reactor.storage.listings import ROOM, as_room
from reactor.storage.part import Part
from reactor.storage.search_index import SearchIndex

# Entries that go in one transaction: it holds the room's row, and nobody can post meanwhile.
STEP = 500


class Retention(Part):
    """Both methods take the name of a room, or None for all; an age as the time, in milliseconds
    since 1970 UTC, before which entries are too old; and how many of the latest entries to keep.
    With both, what either of them says goes; with neither, nothing."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._index = SearchIndex(connection)

    def plan(self, room: str | None, older_than_ms: int | None, keep: int | None) -> list[Prunable]:
        """Return what would go: the rooms from which anything would, by number.

        Raises :class:`KeyError` if there is no room of this name.
        """
        return [
            prunable
            for row in self._rooms(room)
            if (prunable := self._prunable(row, older_than_ms, keep)) is not None
        ]

    def prune(
        self, room: str | None, older_than_ms: int | None, keep: int | None
    ) -> list[Prunable]:
        """Take it away, in bounded steps, and return what went. Raises like :meth:`plan`."""
        planned = self.plan(room, older_than_ms, keep)
        for prunable in planned:
            for last in _steps(prunable):
                self._transact(partial(self._take, prunable.room.room_id, last))
        return planned

    def _rooms(self, name: str | None) -> list[tuple[Any, ...]]:
        query = Room.select(*ROOM, Room.first_seq, Room.last_seq).order_by(Room.room_id)
        if name is not None:
            query = query.where(Room.room_key == key_of(name))
        rows = self._ask(lambda: self._rows(query))
        if name is not None and not rows:
            raise KeyError(name)
        return rows

    def _prunable(
        self, row: tuple[Any, ...], older_than_ms: int | None, keep: int | None
    ) -> Prunable | None:
        *room, first, last = row
        too_many = last - keep if keep is not None else 0
        until = min(max(self._last_before(room[0], older_than_ms), too_many), last - 1)
        in_room = (Message.room == room[0]) & (Message.seq >= first) & (Message.seq <= until)
        found = Message.select(
            fn.COUNT(Message.seq), fn.MIN(Message.sent_at), fn.MAX(Message.sent_at)
        ).where(in_room)
        ((entries, oldest, latest),) = self._ask(lambda: self._rows(found))
        if until < first or not entries:
            return None
        return Prunable(as_room(tuple(room)), first, until, entries, oldest, latest)

    def _last_before(self, room_id: int, older_than_ms: int | None) -> int:
        """The number before the first entry that is young enough: clocks go back, numbers never."""
        if older_than_ms is None:
            return 0
        young = (Message.room == room_id) & (Message.sent_at >= older_than_ms)
        query = Message.select(Message.seq).where(young).order_by(Message.seq).limit(1)
        last = Room.select(Room.last_seq).where(Room.room_id == room_id)
        row = self._ask(lambda: self._row(query))
        return int(row[0] - 1 if row else self._ask(lambda: self._rows(last))[0][0])

    def _take(self, room_id: int, last: int) -> None:
        """Delete what the room has up to number *last*."""
        self._row(self._locked(Room.select(Room.room_id).where(Room.room_id == room_id)))
        gone = (Message.room == room_id) & (Message.seq <= last)
        said = Message.select(Message.message_id, Message.text).where(gone)
        texts = self._rows(said.where(Message.kind == Kind.SAID))
        self._do(Message.delete().where(gone))
        self._index.forget(texts)
        self._do(Reaction.delete().where((Reaction.room == room_id) & (Reaction.target <= last)))
        self._do(Mention.delete().where((Mention.room == room_id) & (Mention.seq <= last)))
        ahead = (Room.room_id == room_id) & (Room.first_seq <= last)
        self._do(Room.update({Room.first_seq: last + 1}).where(ahead))


def _steps(prunable: Prunable) -> Iterator[int]:
    """The last number of each step."""
    yield from range(prunable.first + STEP - 1, prunable.last, STEP)
    yield prunable.last
