"""Questions that are answered by a list, page by page: public rooms, members, readers.

One listing is on its way at a time, since the entries do not say to which one they belong; the next
one waits. Each is bounded in entries and in pages; what is beyond is told as *more*.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from wire.limits import MAX_PAGE
from wire.messages import Message, Result

MAX_ASKED = 16
"""Listings that wait for the one on its way. Those beyond are not asked: nobody could look at so
many at once."""

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Listed(Generic[Item]):
    """A listing has ended. *refused*: the answer that ended it, unless it came whole."""

    about: str
    items: list[Item]
    more: bool = False
    refused: Result | None = None


class Listings(Generic[Item]):
    """Listings of one kind. *request* makes the message from what it is about, and where to
    continue; *most* are the entries that are kept."""

    def __init__(self, request: Callable[[str, str], Message], most: int) -> None:
        self._request = request
        self._most = most
        self._asked: deque[str] = deque()
        """The first one is on its way."""
        self._items: list[Item] = []
        self._pages = 0

    @property
    def about(self) -> str | None:
        """What the listing on its way is about, if there is one."""
        return self._asked[0] if self._asked else None

    def ask(self, about: str) -> list[Message]:
        """Begin a listing, or let it wait; the same one does not wait twice."""
        if about in list(self._asked)[1:] or len(self._asked) > MAX_ASKED:
            return []
        self._asked.append(about)
        return self._begin() if len(self._asked) == 1 else []

    def add(self, item: Item) -> None:
        """An entry has come."""
        if self._asked and len(self._items) < self._most:
            self._items.append(item)

    def page_ended(self, result: Result) -> tuple[Listed[Item] | None, list[Message]]:
        """A page is complete, or was refused: return the listing if it has ended, and what is to be
        asked next."""
        if not self._asked:
            return None, []
        about, more = self._asked[0], result.outcome == "ok" and bool(result.reference)
        self._pages += 1
        if more and len(self._items) < self._most and self._pages * MAX_PAGE < 2 * self._most:
            return None, [self._request(about, result.reference)]
        refused = None if result.outcome == "ok" else result
        listed = Listed(about, self._items, more, refused)
        self._asked.popleft()
        return listed, self._begin()

    def disconnected(self) -> list[str]:
        """Nothing will come: return what all those that were asked were about."""
        asked = list(self._asked)
        self._asked.clear()
        return asked

    def _begin(self) -> list[Message]:
        self._items = []
        self._pages = 0
        return [self._request(self._asked[0], "")] if self._asked else []
