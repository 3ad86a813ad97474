"""Storing entries of a room's log, in memory."""

from collections.abc import Sequence

from reactor.journal import Outcome
from reactor.records import Kind, NewMessage, Refused, Role, Stored
from tests.helpers.stores.tables import Tables
from wire import names

NO_MESSAGE = Refused("no-such-message", "there is no such message")


class FakeMessages:
    """As ``storage.messages``; of reactions it keeps nothing but their entries.

    Attributes:
        stored: what was stored, in order, in whatever room.
        refusals: what the next entries are answered with instead.
    """

    def __init__(self, tables: Tables) -> None:
        self.stored: list[NewMessage] = []
        self.refusals: list[Outcome] = []
        self._tables = tables

    def append(self, batch: Sequence[NewMessage]) -> list[Outcome]:
        return [self._store(entry) for entry in batch]

    def _store(self, entry: NewMessage) -> Outcome:
        if self.refusals:
            return self.refusals.pop(0)
        tables = self._tables
        known = tables.answers.get((entry.sender_id, entry.cid))
        if known is not None:
            return known._replace(fresh=False)
        refused = self._refusal(entry)
        if refused is not None:
            return refused
        self.stored.append(entry)
        log = tables.logs[entry.room_id]
        log.append(entry)
        stored = Stored(entry.room_id, len(log), entry.sent_at, fresh=True)
        if entry.cid:
            tables.answers[entry.sender_id, entry.cid] = stored
        self._apply(entry, stored.seq)
        return stored

    def _refusal(self, entry: NewMessage) -> Refused | None:
        tables = self._tables
        if entry.barred:
            return entry.barred
        if tables.role(entry.room_id, entry.sender_id) is Role.REMOVED:
            return Refused("no-such-room", "you were put out of this room")
        if entry.kind is Kind.SAID:
            fits = entry.target <= len(tables.logs[entry.room_id])
            return None if fits else NO_MESSAGE
        if entry.kind is Kind.RENAMED:
            other = tables.room(entry.text)
            taken = other is not None and other.room_id != entry.room_id
            return Refused("name-taken", "there is such a room") if taken else None
        if entry.kind is Kind.TOPIC:
            return None
        return self._refusal_of_change(entry)

    def _refusal_of_change(self, entry: NewMessage) -> Refused | None:
        message = self._tables.message(entry.room_id, entry.target)
        latest = self._tables.texts.get((entry.room_id, entry.target))
        if message is None or (latest is not None and not latest[0]):
            return NO_MESSAGE
        needs_right = entry.kind in (Kind.EDITED, Kind.DELETED) and not entry.moderates
        if needs_right and message.sender_id != entry.sender_id:
            return Refused("not-allowed", "this is for the author")
        return None

    def _apply(self, entry: NewMessage, seq: int) -> None:
        rooms = self._tables.rooms
        if entry.kind in (Kind.EDITED, Kind.DELETED):
            self._tables.texts[entry.room_id, entry.target] = entry.text, seq
        elif entry.kind is Kind.TOPIC:
            rooms[entry.room_id] = rooms[entry.room_id]._replace(topic=entry.text)
        elif entry.kind is Kind.RENAMED:
            assert names.key(entry.text)
            rooms[entry.room_id] = rooms[entry.room_id]._replace(name=entry.text)
