"""A selector whose sockets are made ready by hand, and whose waiting moves a fake clock.

It refuses what a real selector refuses (watching twice, for nothing, or what is not watched), so
that a test notices these mistakes too. It works with anything hashable in place of a socket.
"""

import selectors
from collections.abc import Mapping
from typing import Any

from tests.helpers.clock import FakeClock


class FakeSelector(selectors.BaseSelector):
    """Attributes: *watched*: what is watched, and for which events; *waits*: how long each select
    was allowed to wait, in seconds, None being without end."""

    def __init__(self, clock: FakeClock) -> None:
        self.watched: dict[Any, int] = {}
        self.waits: list[float | None] = []
        self.closed = False
        self._clock = clock
        self._data: dict[Any, Any] = {}
        self._ready: dict[Any, int] = {}

    def ready(self, fileobj: Any, events: int) -> None:
        """Make *fileobj* ready for *events* in the next select; nothing comes if nobody watches."""
        self._ready[fileobj] = self._ready.get(fileobj, 0) | events

    def register(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        if fileobj in self.watched:
            raise KeyError(f"{fileobj!r} is watched already")
        return self._watch(fileobj, events, data)

    def modify(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        if fileobj not in self.watched:
            raise KeyError(f"{fileobj!r} is not watched")
        return self._watch(fileobj, events, data)

    def unregister(self, fileobj: Any) -> selectors.SelectorKey:
        events = self.watched.pop(fileobj)
        return selectors.SelectorKey(fileobj, -1, events, self._data.pop(fileobj))

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """What is ready; when nothing is, *timeout* seconds pass first. Never waits really."""
        self.waits.append(timeout)
        made_ready, self._ready = self._ready, {}
        found = [
            (selectors.SelectorKey(f, -1, self.watched[f], self._data[f]), mask & self.watched[f])
            for f, mask in made_ready.items()
            if mask & self.watched.get(f, 0)
        ]
        if not found and timeout is not None:
            self._clock.advance(timeout)
        return found

    def close(self) -> None:
        self.closed = True
        self.watched.clear()

    def get_map(self) -> Mapping[Any, selectors.SelectorKey]:
        return {
            f: selectors.SelectorKey(f, -1, self.watched[f], self._data[f]) for f in self.watched
        }

    def _watch(self, fileobj: Any, events: int, data: Any) -> selectors.SelectorKey:
        if not events or events & ~(selectors.EVENT_READ | selectors.EVENT_WRITE):
            raise ValueError(f"nothing can be watched for {events}")
        if _is_closed(fileobj):
            raise ValueError(f"{fileobj!r} is closed")
        self.watched[fileobj] = events
        self._data[fileobj] = data
        return selectors.SelectorKey(fileobj, -1, events, data)


def _is_closed(fileobj: Any) -> bool:
    return hasattr(fileobj, "fileno") and fileobj.fileno() < 0
