"""A small loop on which hundreds of people of different kinds live, and the times they take.

Unlike that of :mod:`bench.server.crowd`, which drives full load, it is for those who each do a
little, and something else. A fault in any of them ends the bench.
"""

import heapq
import itertools
import selectors
import time
from collections.abc import Callable
from typing import Any

READ = selectors.EVENT_READ
WRITE = selectors.EVENT_WRITE

# Seconds between two looks at whether what is waited for is so.
LOOK_EVERY = 0.02


class Turning:
    """Sockets with a callback for each event, and timers; turned for as long as one likes."""

    def __init__(self) -> None:
        self.selector = selectors.DefaultSelector()
        self._timers: list[tuple[float, int, Callable[[], object]]] = []
        self._numbers = itertools.count()

    def time(self) -> float:
        """Seconds; the same clock in all processes of the machine."""
        return time.monotonic()

    def call_later(self, delay: float, callback: Callable[[], object]) -> None:
        """Call it in *delay* seconds."""
        heapq.heappush(self._timers, (self.time() + delay, next(self._numbers), callback))

    def watch(self, sock: Any, before: int, events: int, callback: Callable[[int], object]) -> None:
        """Watch *sock* for *events*, where it was watched for those *before*; 0 is none."""
        if not before:
            self.selector.register(sock, events, callback)
        elif events:
            self.selector.modify(sock, events, callback)
        else:
            self.selector.unregister(sock)

    def turn(self) -> None:
        """Wait for the next thing to do, and do it."""
        wait = max(0.0, self._timers[0][0] - self.time()) if self._timers else None
        for key, events in self.selector.select(wait):
            key.data(events)
        now = self.time()
        while self._timers and self._timers[0][0] <= now:
            heapq.heappop(self._timers)[2]()

    def run_for(self, seconds: float) -> None:
        """Let everybody do what they do for so long."""
        over: list[bool] = []
        self.call_later(seconds, lambda: over.append(True))
        while not over:
            self.turn()

    def until(self, is_so: Callable[[], bool], within: float = 60.0) -> float:
        """Turn until *is_so*, and return how many seconds that took.

        Raises:
            TimeoutError: it took longer than *within* seconds.
        """
        began = self.time()
        while not is_so():
            if self.time() - began > within:
                raise TimeoutError(f"not so within {within:g} s")
            self.run_for(LOOK_EVERY)
        return self.time() - began


class Latencies:
    """Times that something took, in seconds."""

    def __init__(self) -> None:
        self.taken: list[float] = []

    def at(self, share: float) -> float:
        """The time that *share* of them stay below, in milliseconds; 0 without any."""
        if not self.taken:
            return 0.0
        ordered = sorted(self.taken)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


# Where in a text the time at which it was said stands.
STAMP = b"t="
STAMP_DIGITS = 20


def stamp(now: float) -> bytes:
    """What to put into a text."""
    return STAMP + b"%020d" % int(now * 1e9)


def note_delay(data: bytes, delays: Latencies, now: float) -> None:
    """Note how long ago the last line in *data* was said, if it says so."""
    at = data.rfind(STAMP)
    digits = data[at + len(STAMP) : at + len(STAMP) + STAMP_DIGITS]
    if at >= 0 and len(digits) == STAMP_DIGITS:
        delays.taken.append(now - int(digits) / 1e9)
