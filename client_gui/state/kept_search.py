"""Looking for words without a connection: in what is kept on disk, a slice at a time.

What counts as a hit is what the server says: each word is somewhere in the text, in upper or lower
case. Rooms are gone through one after the other, each from its latest message back, so that no
index is needed; a slice looks at :data:`SLICE` messages, and whoever asks goes on between them.
"""

from client_gui.changes import Change, SearchFailed, SearchFound
from client_gui.items import SearchHit
from client_gui.log.rows import MAX_SEQ
from client_gui.state.keeping import Keeping
from wire.limits import MAX_PAGE, MAX_QUERY

SLICE = 2_000
"""Messages that are looked at in one call: some ten milliseconds."""

_A_ROOM = 20
"""Messages that a room with fewer counts for, as asking the disk for it takes that long."""


class KeptSearch:
    """The search through what *keeping* has on disk."""

    def __init__(self, keeping: Keeping) -> None:
        self._keeping = keeping
        self._words: tuple[str, ...] = ()
        self._rooms: list[str] = []
        """Where to look yet, the last of them first."""
        self._before = MAX_SEQ + 1
        """In that one, the number before which to go on."""

    @property
    def goes_on(self) -> bool:
        """Whether there is more to look at."""
        return bool(self._rooms)

    def ask(self, words: str, rooms: list[str]) -> list[Change]:
        """Begin to look for *words* in *rooms*, in this order."""
        self._words = tuple(dict.fromkeys(words[:MAX_QUERY].casefold().split()))
        self._rooms, self._before = rooms[::-1] if self._words else [], MAX_SEQ + 1
        return self._look(fresh=True)

    def more(self) -> list[Change]:
        """Look at the next slice."""
        return self._look(fresh=False) if self.goes_on else []

    def give_up(self) -> None:
        """Another search begins."""
        self._rooms = []

    def _look(self, fresh: bool) -> list[Change]:
        hits: list[SearchHit] = []
        looked_at = 0
        while self._rooms and looked_at < SLICE and len(hits) < MAX_PAGE:
            room = self._rooms[-1]
            limit = min(SLICE - looked_at, MAX_PAGE)
            messages = self._keeping.messages_before(room, self._before, limit)
            if messages is None:
                self.give_up()
                return [SearchFailed("offline")]
            looked_at += max(len(messages), _A_ROOM)
            hits += [hit for hit in messages if self._is_hit(hit)]
            self._before = messages[-1].seq if messages else 0
            if len(messages) < limit:
                self._rooms.pop()
                self._before = MAX_SEQ + 1
        return [SearchFound(tuple(hits), more=self.goes_on, fresh=fresh, kept=True)]

    def _is_hit(self, message: SearchHit) -> bool:
        text = message.text.casefold()
        return all(word in text for word in self._words)
