"""All send queues together: who has written in this turn, and how much is queued in all.

The sum of all queues has a bound. When it is exceeded at the end of a turn, the fullest queues are
closed, as those of slow readers.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Protocol


class SendQueue(Protocol):
    """A transport, as it is seen here."""

    queued: int

    def flush(self) -> None: ...

    def close_slow(self, mark: str) -> None: ...


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
        closed_slow: how many were closed as slow readers, by the mark that they were over.
        written: the transports that were written to in this turn, each once. They enter themselves.
    """

    def __init__(self, marks: Marks) -> None:
        self.marks = marks
        self.queued = 0
        self.closed_slow = Counter[str]()
        self.written: list[SendQueue] = []
        self._queueing: set[SendQueue] = set()

    def changed(self, queue: SendQueue, by: int) -> None:
        """*queue* has *by* bytes more than before, or fewer."""
        self.queued += by
        if queue.queued:
            self._queueing.add(queue)
        else:
            self._queueing.discard(queue)

    def flush(self) -> None:
        """Send what the turn has gathered. To be called at the end of every turn."""
        while self.written:
            written, self.written = self.written, []
            for queue in written:
                queue.flush()  # which enters a slow reader again, to be closed
            if not self.written and self.queued > self.marks.total:
                self._close_fullest()

    def _close_fullest(self) -> None:
        for queue in sorted(self._queueing, key=lambda queue: queue.queued, reverse=True):
            if self.queued <= self.marks.total:
                return
            queue.close_slow("total")
