"""Lanes: named, bounded rows of worker threads for what may block (the database, hashing).

1. A lane has a fixed number of threads, all started at once, none of them for a client.
2. At most ``capacity`` pieces of work wait or run in a lane; one more raises :class:`LaneFull`, and
   whoever asked is told to try again. Nothing grows.
3. Work takes and returns plain values. Its result, or the exception it raised, comes back by a call
   on the loop; so what belongs to the loop needs no lock.
"""

import logging
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from threading import Barrier
from typing import Any, Protocol, TypeVar

from reactor.loop import Loop

T = TypeVar("T")

log = logging.getLogger(__name__)

# Seconds for which a lane that is closed is waited for: longer than any work takes in good order,
# which may wait for a lock of the database for five.
CLOSE_WITHIN = 6.0


class LaneFull(Exception):
    """The lane has all the work it may have. Try again in a moment."""


class Lane(Protocol):
    """What the rest of the server sees of a lane; tests have one that they turn by hand."""

    def submit(
        self,
        work: Callable[..., T],
        *args: Any,
        done: Callable[[T], object],
        failed: Callable[[BaseException], object],
    ) -> None:
        """Call ``work(*args)`` in the lane; then, on the loop, *done* with what it returned or
        *failed* with what it raised.

        Raises:
            LaneFull: nothing was submitted.
        """


class ThreadLane:
    """A lane of real threads."""

    def __init__(self, loop: Loop, name: str, *, threads: int, capacity: int) -> None:
        self.name = name
        self.threads = threads
        self._loop = loop
        self._capacity = capacity
        self._load = 0
        self._closing = False
        self._executor = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self.on_each_thread(lambda: None)  # start them all now, not with the first clients

    def submit(
        self,
        work: Callable[..., T],
        *args: Any,
        done: Callable[[T], object],
        failed: Callable[[BaseException], object],
    ) -> None:
        if self._load >= self._capacity:
            raise LaneFull(self.name)
        self._load += 1
        future = self._executor.submit(self._unless_closing, work, *args)
        future.add_done_callback(
            lambda f: self._loop.call_soon_threadsafe(self._finished, f, done, failed)
        )

    def _unless_closing(self, work: Callable[..., T], *args: Any) -> T:
        if self._closing:
            raise CancelledError
        return work(*args)

    def call(self, work: Callable[..., T], *args: Any) -> T:
        """Call it in the lane and wait: for starting and stopping, when the loop does not run."""
        return self._executor.submit(work, *args).result()

    def on_each_thread(self, work: Callable[[], object], within: float | None = None) -> None:
        """Call *work* once on each thread of the lane, and wait for all of them.

        Raises:
            TimeoutError: a thread was not done *within* so many seconds.
        """
        meet = Barrier(self.threads)

        def meet_and_work() -> None:
            meet.wait()  # holds this thread until all the others are here, so that none works twice
            work()

        futures = [self._executor.submit(meet_and_work) for _ in range(self.threads)]
        for future in futures:
            future.result(within)

    def close(self, last: Callable[[], object] = lambda: None) -> bool:
        """Finish what is running, forget what waits, call *last* on each thread, and end them.

        Return whether that took less than CLOSE_WITHIN; if not, something in the lane hangs.
        """
        self._closing = True
        try:
            self.on_each_thread(last, within=CLOSE_WITHIN)
            ended = True
        except TimeoutError:
            ended = False
        if not ended:
            log.error("lane %s does not answer", self.name)
        self._executor.shutdown(wait=ended, cancel_futures=True)
        return ended

    def _finished(
        self,
        future: Future[T],
        done: Callable[[T], object],
        failed: Callable[[BaseException], object],
    ) -> None:
        self._load -= 1
        error = future.exception()
        if error is not None:
            failed(error)
        else:
            done(future.result())
