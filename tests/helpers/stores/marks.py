"""Up to where everybody has read, in memory."""

from collections.abc import Sequence

from reactor.records import ReaderEntry, ReadMark, Refused, RoomKind
from tests.helpers.stores.tables import Tables


class FakeMarks:
    """As ``storage.marks``.

    Attributes:
        saved: by room and user.
        saves: how many marks each call of ``save`` was given.
    """

    def __init__(self, tables: Tables) -> None:
        self.saved: dict[tuple[int, int], int] = {}
        self.saves: list[int] = []
        self._tables = tables

    def save(self, marks: Sequence[ReadMark]) -> None:
        self.saves.append(len(marks))
        for room_id, user_id, seq in marks:
            seq = min(seq, len(self._tables.logs[room_id]))
            self.saved[room_id, user_id] = max(seq, self.saved.get((room_id, user_id), 0))

    def readers(self, room_id: int, seq: int) -> list[ReaderEntry] | Refused:
        if self._tables.rooms[room_id].kind is RoomKind.LOBBY:
            return Refused("too-large", "there are too many")
        return [
            ReaderEntry(account.name, account.nickname, read)
            for (room, user_id), read in sorted(self.saved.items())
            if room == room_id and read >= seq
            for account in [self._tables.account(user_id)]
        ]
