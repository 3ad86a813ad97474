"""What was said before, in memory."""

from reactor.records import Kind, StoredMessage
from tests.helpers.stores.tables import Tables


class FakeHistory:
    """As ``storage.history``."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def after(self, room_id: int, seq: int, limit: int) -> list[StoredMessage]:
        return self._all(room_id)[seq:][:limit]

    def before(self, room_id: int, seq: int, limit: int) -> list[StoredMessage]:
        return self._all(room_id)[: seq - 1 if seq else None][-limit:]

    def matches(self, room_id: int, seq: int, sent_at: int) -> bool:
        log = self._tables.logs[room_id]
        return seq == 0 or (seq <= len(log) and log[seq - 1].sent_at == sent_at)

    def missing(self, room_id: int, seq: int) -> int:
        return len(self._tables.logs[room_id]) - seq

    def _all(self, room_id: int) -> list[StoredMessage]:
        tables = self._tables
        found = []
        for seq, entry in enumerate(tables.logs[room_id], start=1):
            sender = tables.account(entry.sender_id)
            at = entry.target if entry.kind is Kind.EDITED else seq
            text, changed = tables.texts.get((room_id, at), (entry.text, 0))
            found.append(
                StoredMessage(
                    room_id,
                    seq,
                    entry.sent_at,
                    entry.cid,
                    text,
                    sender.name,
                    sender.nickname,
                    entry.kind,
                    entry.target,
                    changed if entry.kind is Kind.SAID else 0,
                )
            )
        return found
