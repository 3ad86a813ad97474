"""Looking for words, in memory."""

from reactor.records import Hit, Kind, SearchPage
from tests.helpers.stores.messages import FakeMessages
from tests.helpers.stores.tables import Tables


class FakeSearch:
    """As ``storage.search``, in the rooms that a user is in; it does not know edits."""

    def __init__(self, tables: Tables, messages: FakeMessages) -> None:
        self._tables = tables
        self._messages = messages

    def search(
        self, user_id: int, room_id: int | None, words: str, before_id: int, limit: int
    ) -> SearchPage:
        hits = []
        seqs = dict.fromkeys(self._tables.logs, 0)
        for message_id, entry in enumerate(self._messages.stored, start=1):
            seqs[entry.room_id] += 1
            sender = self._tables.account(entry.sender_id)
            hit = Hit(
                *(message_id, entry.room_id, seqs[entry.room_id], entry.sent_at),
                *(entry.text, sender.name, sender.nickname),
            )
            may_read = entry.room_id == 1 or user_id in self._tables.members_of(entry.room_id)
            is_in = room_id in (None, entry.room_id) and (not before_id or message_id < before_id)
            matches = all(word.casefold() in entry.text.casefold() for word in words.split())
            if may_read and is_in and matches and entry.kind is Kind.SAID:
                hits.append(hit)
        page = hits[::-1][:limit]
        return SearchPage(page, page[-1].message_id if len(page) < len(hits) else 0)
