"""Rows in front of a lane: those who ask for one kind of work do not fill the lane for the others.

A lane does first what came first. So a thousand who search would keep everybody waiting who logs
in, and a thousand who make rooms everybody who says something. Each kind of work has a row of its
own therefore, which lets only so many of its pieces into the lane at once; the others wait in the
row. Whoever comes by another way waits for those few, however many wait in the rows.

1. In a row, what came first goes first.
2. At most ``capacity`` pieces wait or are in the lane; one more raises
   :class:`reactor.workers.LaneFull`.
3. Results come as the lane brings them: on the loop.
"""

from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from reactor.workers import Lane, LaneFull

T = TypeVar("T")

_Done = Callable[[Any], object]
_Failed = Callable[[BaseException], object]


class Row:
    """A :class:`reactor.workers.Lane` for one kind of work, in front of one that others use too."""

    def __init__(self, lane: Lane, *, at_once: int, capacity: int) -> None:
        """*at_once*: pieces in the lane. One leaves it idle until its result is on the loop."""
        self._lane = lane
        self._at_once = at_once
        self._capacity = capacity
        self._in_lane = 0
        self._waiting: deque[tuple[Callable[[], Any], _Done, _Failed]] = deque()

    def submit(
        self,
        work: Callable[..., T],
        *args: Any,
        done: Callable[[T], object],
        failed: Callable[[BaseException], object],
    ) -> None:
        """As the lane does, when those who came before have had their turn.

        Raises:
            LaneFull: nothing was submitted.
        """
        if self._in_lane + len(self._waiting) >= self._capacity:
            raise LaneFull
        if self._in_lane < self._at_once:
            self._into_lane(partial(work, *args), done, failed)
        else:
            self._waiting.append((partial(work, *args), done, failed))

    def _into_lane(self, work: Callable[[], Any], done: _Done, failed: _Failed) -> None:
        self._lane.submit(
            work, done=partial(self._ended, done), failed=partial(self._ended, failed)
        )
        self._in_lane += 1

    def _ended(self, tell: Callable[[Any], object], result: Any) -> None:
        self._in_lane -= 1
        while self._waiting and self._in_lane < self._at_once:
            work, done, failed = self._waiting.popleft()
            try:
                self._into_lane(work, done, failed)
            except LaneFull as full:  # it was taken, so it is answered
                failed(full)
        tell(result)
