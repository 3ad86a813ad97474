"""Looking for words: one search at a time, page by page, the latest hits first.

A new search gives the one before up: what still comes of that is not shown.
"""

from collections import deque

from client_gui.changes import Change, SearchFailed, SearchFound, Send
from client_gui.items import SearchHit
from client_gui.log.rows import MAX_SEQ, sane_time
from wire.limits import MAX_PAGE, MAX_QUERY
from wire.messages import Found, Result
from wire.messages import Search as SearchRequest

MAX_ASKED = 16
"""Pages that may be on their way: those of searches given up while somebody types."""


class Search:
    """The search that is shown."""

    def __init__(self) -> None:
        self._words = ""
        self._room = ""
        self._continue_at = ""
        self._asked: deque[SearchRequest | None] = deque()
        """What is on its way; of a search that was given up, None."""
        self._hits: list[SearchHit] = []

    def ask(self, words: str, room: str) -> list[Change]:
        """Begin to look for *words* in *room*, or everywhere."""
        self._asked = deque(None for _ in self._asked)
        self._words, self._room, self._continue_at = words[:MAX_QUERY], room, ""
        if not words.strip():
            return [SearchFound((), more=False, fresh=True)]
        return self._send()

    def more(self) -> list[Change]:
        """Ask for the next page, if there is one and it is not on its way."""
        return self._send() if self._continue_at and not any(self._asked) else []

    def found(self, found: Found) -> None:
        """A hit has come."""
        if self._asked and self._asked[0] and len(self._hits) < MAX_PAGE and found.seq <= MAX_SEQ:
            self._hits.append(
                SearchHit(
                    found.room,
                    found.seq,
                    found.username,
                    found.nickname,
                    found.text,
                    sane_time(found.time),
                )
            )

    def page_ended(self, result: Result) -> list[Change]:
        """A page is complete, or was refused."""
        asked = self._asked.popleft() if self._asked else None
        hits, self._hits = tuple(self._hits), []
        if asked is None:
            return []
        if result.outcome != "ok":
            return [SearchFailed(result.outcome)]
        # A page that continues where it began would do so for ever.
        self._continue_at = result.reference if result.reference != asked.before else ""
        return [SearchFound(hits, more=bool(self._continue_at), fresh=not asked.before)]

    def disconnected(self) -> list[Change]:
        """The answer will not come."""
        waited = any(self._asked)
        self._asked.clear()
        self._hits = []
        return [SearchFailed("offline")] if waited else []

    def _send(self) -> list[Change]:
        if len(self._asked) >= MAX_ASKED:
            return [SearchFailed("busy")]
        request = SearchRequest(self._words, self._room, self._continue_at)
        self._asked.append(request)
        return [Send(request)]
