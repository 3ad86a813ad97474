"""Keeps the search's index up with what is said, in idle moments of the database lane.

A piece is worked off some time after something was said, and the next when that is done; only when
there is no more to do does it rest. While the journal has work, a piece comes once a second at
most, so that posting hardly notices. What is not indexed yet is found all the same, only slower.
"""

import logging
from collections.abc import Callable

from reactor.loop import Loop
from reactor.workers import Lane, LaneFull

log = logging.getLogger(__name__)

# Messages in one piece: some milliseconds of the lane.
PIECE = 200

# Seconds between two pieces: with nothing else to do, with something, and after a failure.
WHEN_IDLE = 0.05
WHEN_BUSY = 1.0
AFTER_FAILURE = 30.0


class Indexing:
    """Calls *index_some* in the lane until there is nothing to do; begins with what is there."""

    def __init__(
        self,
        loop: Loop,
        index_some: Callable[[int], bool],
        database: Lane,
        is_idle: Callable[[], bool],
    ) -> None:
        """*index_some* works off so many messages and says whether there are more; *is_idle* says
        whether nobody waits for the lane."""
        self._loop = loop
        self._index_some = index_some
        self._database = database
        self._is_idle = is_idle
        self._is_resting = True
        self.wake()

    def wake(self) -> None:
        """Something was said."""
        if self._is_resting:
            self._is_resting = False
            self._loop.call_later(WHEN_BUSY, self._work)

    def _work(self) -> None:
        try:
            self._database.submit(self._index_some, PIECE, done=self._done, failed=self._failed)
        except LaneFull:
            self._loop.call_later(WHEN_BUSY, self._work)

    def _done(self, more: bool) -> None:
        if more:
            self._loop.call_later(WHEN_IDLE if self._is_idle() else WHEN_BUSY, self._work)
        else:
            self._is_resting = True

    def _failed(self, error: BaseException) -> None:
        log.error("index not brought up to date: %s", error)
        self._loop.call_later(AFTER_FAILURE, self._work)
