"""Group commit: the messages of a moment are stored in one transaction, then acknowledged.

While one batch is being committed, what comes in waits; when the commit is done, everything waiting
is the next batch. So a quiet server commits each message at once, and a busy one pays one flush of
the disk for hundreds. The same idea as a database's own group commit.

1. A message's ``stored`` callback is called once, on the loop, with what became of it: after the
   commit, never before.
2. Callbacks are called in the order in which the messages were posted.
3. At most ``capacity`` messages wait; one more raises :class:`JournalFull`.
"""

import itertools
from collections import deque
from collections.abc import Callable, Iterable, Sequence

from reactor.loop import Loop
from reactor.records import NewMessage, Refused, Stored
from reactor.workers import Lane, LaneFull

# Messages in one transaction: enough that a flush of the disk is shared by many, few enough that
# the next batch waits for some tens of milliseconds at the most.
MAX_BATCH = 500

# Characters in one transaction. What a batch brings the members of a room comes to each of them at
# once: it has to stay well under the hard mark of a send queue (a character has up to four bytes),
# or a burst of long messages would close honest readers.
MAX_BATCH_CHARACTERS = 64 * 1024

Outcome = Stored | Refused
Append = Callable[[Sequence[NewMessage]], list[Outcome]]


class JournalFull(Exception):
    """More messages wait for the storage than may. Try again in a moment."""


class Journal:
    """Takes messages on the loop and stores them through a lane, a batch at a time."""

    def __init__(self, loop: Loop, lane: Lane, append: Append, capacity: int) -> None:
        self._loop = loop
        self._lane = lane
        self._append = append
        self._capacity = capacity
        self._waiting: deque[tuple[NewMessage, Callable[[Outcome], object]]] = deque()
        self._committing: list[Callable[[Outcome], object]] = []

    @property
    def idle(self) -> bool:
        """Whether everything that was posted is stored or refused."""
        return not self._waiting and not self._committing

    def post(self, message: NewMessage, stored: Callable[[Outcome], object]) -> None:
        """Store *message* soon, then call *stored*.

        Raises:
            JournalFull: it was not taken.
        """
        if len(self._waiting) >= self._capacity:
            raise JournalFull
        self._waiting.append((message, stored))

    def end_turn(self) -> None:
        """Send what waits to the lane, if it is free. To be called at the end of every turn."""
        if self._committing or not self._waiting:
            return
        batch = self._next_batch()
        try:
            self._lane.submit(
                self._append, [m for m, _ in batch], done=self._done, failed=self._failed
            )
        except LaneFull:
            return  # each piece of work that ends makes a turn, and with it the next try
        self._committing = [stored for _, stored in batch]
        for _ in batch:
            self._waiting.popleft()

    def _next_batch(self) -> list[tuple[NewMessage, Callable[[Outcome], object]]]:
        """The first that wait, within both bounds; at least one."""
        batch = list(itertools.islice(self._waiting, MAX_BATCH))
        characters = itertools.accumulate(len(message.text) for message, _ in batch)
        fitting = sum(1 for total in characters if total <= MAX_BATCH_CHARACTERS)
        return batch[: max(1, fitting)]

    def _done(self, outcomes: list[Outcome]) -> None:
        callbacks, self._committing = self._committing, []
        answers = zip(callbacks, outcomes, strict=True)
        while not self._loop.attempt(_answer_all, answers):
            pass  # a fault with one is not to reach the next

    def _failed(self, error: BaseException) -> None:
        """The storage answers for each message; an exception is a fault of ours."""
        self._done([Refused("error", "the storage failed")] * len(self._committing))
        raise error


def _answer_all(answers: Iterable[tuple[Callable[[Outcome], object], Outcome]]) -> None:
    for stored, outcome in answers:
        stored(outcome)
