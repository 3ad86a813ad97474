"""All send queues together: who has written in this turn, and how much is queued in all.

The sum of all queues has a bound. When it is exceeded at the end of a turn, the fullest queues are
given up, as those of slow readers.

A queue that is given up holds nothing more from that moment on. Telling its owner, and the peer, is
dear: all members of a large room may be given up in the same turn, so CLOSED_PER_TURN of them have
that in a turn, first come, first served.
"""

import logging
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

log = logging.getLogger(__name__)

# Slow readers that are closed in one turn. Each leaves its rooms, is told why and logged: some
# tenths of a millisecond, for which everybody else waits.
CLOSED_PER_TURN: Final = 16

# When all queues together are too much, so large a part of the total is given up beyond that: the
# fullest are looked for among all, which is not to be done in every turn.
RELIEF: Final = 1 / 16


class SendQueue(Protocol):
    """A transport, as it is seen here."""

    queued: int

    def flush(self) -> None: ...

    def give_up(self, mark: str) -> None:
        """Hold nothing more, and enter :meth:`SendQueues.given_up`."""

    def close_slow(self, mark: str, queued: int) -> None:
        """Tell whom it concerns that it was given up with so many bytes, and close."""


@dataclass(frozen=True)
class Marks:
    """Bytes: *soft* and *hard* for one send queue, *total* for the sum of them all."""

    soft: int
    hard: int
    total: int


class SendQueues:
    """What the transports have to send.

    Attributes:
        marks: the bounds.
        queued: bytes in all queues, which no socket has taken yet.
        closed_slow: how many were given up as slow readers, by the mark that they were over.
        shortages: connections that there was no memory for, since that was last logged.
        written: the transports that were written to in this turn, each once. They enter themselves.
    """

    def __init__(self, marks: Marks, another_turn: Callable[[], object]) -> None:
        """*another_turn* is called when there is more to be done than one turn may do."""
        self.marks = marks
        self.queued = 0
        self.closed_slow = Counter[str]()
        self.shortages = 0
        self.written: list[SendQueue] = []
        self._another_turn = another_turn
        self._queueing: set[SendQueue] = set()
        self._given_up: deque[tuple[SendQueue, str, int]] = deque()  # each queue once

    def changed(self, queue: SendQueue, by: int) -> None:
        """*queue* has *by* bytes more than before, or fewer."""
        self.queued += by
        if queue.queued:
            self._queueing.add(queue)
        else:
            self._queueing.discard(queue)

    def given_up(self, queue: SendQueue, mark: str, queued: int) -> None:
        """*queue* was over *mark* with so many bytes: it is to be closed, at the end of this turn
        or of a later one."""
        self.closed_slow[mark] += 1
        self._given_up.append((queue, mark, queued))

    def flush(self) -> None:
        """Send what the turn has gathered. To be called at the end of every turn."""
        self._flush_written()
        if self.queued > self.marks.total:
            self._give_up_fullest()
        if self._given_up:
            for _ in range(min(CLOSED_PER_TURN, len(self._given_up))):
                queue, mark, queued = self._given_up.popleft()
                queue.close_slow(mark, queued)
            self._flush_written()  # what they were told
            if self._given_up:
                self._another_turn()
        if self.shortages:
            log.warning("there is no memory left: %d connections wait", self.shortages)
            self.shortages = 0

    def _flush_written(self) -> None:
        while self.written:
            written, self.written = self.written, []
            for queue in written:
                queue.flush()

    def _give_up_fullest(self) -> None:
        enough = self.marks.total * (1 - RELIEF)
        for queue in sorted(self._queueing, key=lambda queue: queue.queued, reverse=True):
            if self.queued <= enough:
                return
            queue.give_up("total")
