"""What was said before, in memory."""

from collections.abc import Callable

from reactor.records import StoredMessage


class FakeHistory:
    """The part ``history`` of a storage. *stored* gives what a room has, by number."""

    def __init__(self, stored: Callable[[int], list[StoredMessage]]) -> None:
        self._stored = stored

    def after(self, room_id: int, seq: int, limit: int) -> list[StoredMessage]:
        return [entry for entry in self._stored(room_id) if entry.seq > seq][:limit]

    def before(self, room_id: int, seq: int, limit: int) -> list[StoredMessage]:
        return [entry for entry in self._stored(room_id) if not seq or entry.seq < seq][-limit:]

    def matches(self, room_id: int, seq: int, sent_at: int) -> bool:
        entries = self._stored(room_id)
        if seq == 0 or (entries and seq < entries[0].seq):
            return True
        return any((entry.seq, entry.sent_at) == (seq, sent_at) for entry in entries)

    def missing(self, room_id: int, seq: int) -> int:
        entries = self._stored(room_id)
        return (entries[-1].seq if entries else 0) - seq
