"""Telling many changes without drowning those who are told.

Whatever changes within a moment is told of once, with what is true at its end: coming, going and
coming again is one line. When more than BURST_MAX things have changed (a class arriving, a network
returning), only that is told. The moment is DELAY, and longer where many listen. So what telling
costs in a second has a bound that does not grow with those who listen, and n arrivals cost as much
as n times one, also where thousands are.
"""

from collections.abc import Callable, Mapping, Sized
from typing import Generic, TypeVar

from reactor.loop import Loop

# Seconds between a change and telling it: at the least, and for each who listens. To tell somebody
# takes some microseconds, so that a fiftieth of the time, or little more, goes to it at the most.
DELAY = 0.5
DELAY_EACH = 0.0002

# Changes told one by one at a time: about what fits on a screen.
BURST_MAX = 50

Key = TypeVar("Key")
Value = TypeVar("Value")


class Gathered(Generic[Key, Value]):
    """Changes of one kind that are not told yet; no more of them are kept than are told."""

    def __init__(
        self,
        loop: Loop,
        listeners: Sized,
        tell: Callable[[Mapping[Key, Value]], object],
        tell_many: Callable[[], object],
    ) -> None:
        """*tell* is given what has changed and what it is now; *tell_many* that it was a lot."""
        self._loop = loop
        self._listeners = listeners
        self._tell = tell
        self._tell_many = tell_many
        self._changes: dict[Key, Value] = {}

    def note(self, key: Key, value: Value) -> None:
        """*key* is *value* from now on."""
        if not self._changes:
            delay = max(DELAY, DELAY_EACH * len(self._listeners))
            self._loop.call_later(delay, self._tell_now)
        if key in self._changes or len(self._changes) <= BURST_MAX:
            self._changes[key] = value

    def _tell_now(self) -> None:
        changes, self._changes = self._changes, {}
        if len(changes) > BURST_MAX:
            self._tell_many()
        else:
            self._tell(changes)
