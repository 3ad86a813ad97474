"""What was said before: pages of stored entries, read in a lane.

A page is bounded twice: by the number of its messages, so that reading it is short work, and by
their bytes, so that one answer never fills a send queue.
"""

import logging
from collections.abc import Callable
from typing import NamedTuple

from reactor.records import StoredMessage
from reactor.stores import HistoryStore
from reactor.workers import Lane, LaneFull

log = logging.getLogger(__name__)

# Bytes of text in one page: a quarter of the send queue's default hard mark, so that a page and
# what is said meanwhile fit into it, however slow the reader.
PAGE_BYTES = 256 * 1024


class Page(NamedTuple):
    """Messages in the order of their numbers, and whether there are more in the direction asked."""

    messages: list[StoredMessage]
    more: bool


Answer = Callable[[Page | str], object]


class Archive:
    """Reads pages. Answers come on the loop, one for each question: a page, or a reason word."""

    def __init__(self, store: HistoryStore, lane: Lane) -> None:
        self._store = store
        self._lane = lane

    def after(self, room_id: int, seq: int, limit: int, answer: Answer) -> None:
        """Answer with the first *limit* messages of a room after number *seq*."""
        self._read(page_after, self._store.after, room_id, seq, limit, answer)

    def before(self, room_id: int, seq: int, limit: int, answer: Answer) -> None:
        """Answer with the last *limit* messages of a room before number *seq*; 0 is its end."""
        self._read(_page_before, self._store.before, room_id, seq, limit, answer)

    def _read(
        self,
        page: Callable[[list[StoredMessage], int], Page],
        messages: Callable[[int, int, int], list[StoredMessage]],
        room_id: int,
        seq: int,
        limit: int,
        answer: Answer,
    ) -> None:
        def failed(error: BaseException) -> None:
            log.error("history not read: %s", error)
            answer("unavailable")

        try:
            self._lane.submit(
                messages,
                room_id,
                seq,
                limit,
                done=lambda found: answer(page(found, limit)),
                failed=failed,
            )
        except LaneFull:
            answer("busy")


def page_after(found: list[StoredMessage], limit: int) -> Page:
    """Return the page that *found* make, the first up to *limit* of all that are there."""
    kept = found[: _fitting(found)]
    return Page(kept, more=len(found) == limit or len(kept) < len(found))


def _page_before(found: list[StoredMessage], limit: int) -> Page:
    kept = found[len(found) - _fitting(found[::-1]) :]
    return Page(kept, more=len(found) == limit or len(kept) < len(found))


def _fitting(messages: list[StoredMessage]) -> int:
    """How many of *messages*, from the first on, make a page; at least one, so that it goes on."""
    size = 0
    for count, message in enumerate(messages):
        size += len(message.text.encode())
        if count and size > PAGE_BYTES:
            return count
    return len(messages)
