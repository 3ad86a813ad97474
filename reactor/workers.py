"""Lanes: named, bounded rows of worker threads for what may block (the database, hashing).

1. A lane has a fixed number of threads, all started at once, none of them for a client.
2. At most ``capacity`` pieces of work wait or run in a lane; one more raises :class:`LaneFull`, and
   whoever asked is told to try again. Nothing grows.
3. Work takes and returns plain values. Its result, or the exception it raised, comes back by a call
   on the loop; so what belongs to the loop needs no lock.
"""

import contextlib
import logging
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from queue import Empty, SimpleQueue
from threading import Barrier, Thread
from typing import Any, Protocol, TypeAlias, TypeVar

from reactor.loop import Loop

T = TypeVar("T")

_Piece: TypeAlias = tuple[
    Callable[..., Any],
    tuple[object, ...],
    Callable[[Any], object],
    Callable[[BaseException], object],
]
"""Work with its arguments, and what the thread is to call with what came of it."""

log = logging.getLogger(__name__)

# Seconds for which a lane that is closed is waited for: longer than any work takes in good order,
# which may wait for a lock of the database for five.
CLOSE_WITHIN = 6.0


# How much nicer than others a thread is that has stepped back: a tenth of what they get of a busy
# processor. With less, one that holds the interpreter's lock would keep the others waiting.
STEP_BACK = 10


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
    """A lane of real threads.

    They are plain threads with a plain queue: what an executor does beyond that, with a future and
    a lock for each piece of work, takes longer than what is between two messages here.
    """

    def __init__(self, loop: Loop, name: str, *, threads: int, capacity: int) -> None:
        self.name = name
        self.threads = threads
        self._loop = loop
        self._capacity = capacity
        self._load = 0
        self._pieces: SimpleQueue[_Piece | None] = SimpleQueue()
        self._running = [Thread(target=self._run, name=f"{name}_{n}") for n in range(threads)]
        for thread in self._running:
            thread.start()

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
        back = self._back_on_the_loop
        self._pieces.put((work, args, partial(back, done), partial(back, failed)))

    def call(self, work: Callable[..., T], *args: Any) -> T:
        """Call it in the lane and wait: for starting and stopping, when the loop does not run."""
        return self._ask(work, *args).result()

    def on_each_thread(self, work: Callable[[], object], within: float | None = None) -> None:
        """Call *work* once on each thread of the lane, and wait for all of them.

        Raises:
            TimeoutError: a thread was not done *within* so many seconds.
        """
        meet = Barrier(self.threads)

        def meet_and_work() -> None:
            meet.wait()  # holds this thread until all the others are here, so that none works twice
            work()

        for answer in [self._ask(meet_and_work) for _ in range(self.threads)]:
            answer.result(within)

    def close(self, last: Callable[[], object] = lambda: None) -> bool:
        """Finish what is running, forget what waits, call *last* on each thread, and end them.

        Return whether that took less than CLOSE_WITHIN; if not, something in the lane hangs.
        """
        self._forget_what_waits()
        try:
            self.on_each_thread(last, within=CLOSE_WITHIN)
            ended = True
        except TimeoutError:
            ended = False
        if not ended:
            log.error("lane %s does not answer", self.name)
        for _ in range(self.threads):
            self._pieces.put(None)
        for thread in self._running if ended else ():
            thread.join()
        return ended

    def _forget_what_waits(self) -> None:
        with contextlib.suppress(Empty):
            while True:
                self._pieces.get_nowait()

    def _ask(self, work: Callable[..., T], *args: Any) -> Future[T]:
        """Call it in the lane; the answer is waited for, and needs no loop."""
        answer: Future[T] = Future()
        self._pieces.put((work, args, answer.set_result, answer.set_exception))
        return answer

    def _run(self) -> None:
        """What each thread does."""
        while (piece := self._pieces.get()) is not None:
            _do(*piece)
            del piece  # else what it holds would be kept for as long as there is nothing to do

    def _back_on_the_loop(self, callback: Callable[[Any], object], outcome: object) -> None:
        self._loop.call_soon_threadsafe(self._finished, callback, outcome)

    def _finished(self, callback: Callable[[Any], object], outcome: object) -> None:
        self._load -= 1
        callback(outcome)


def _do(
    work: Callable[..., object],
    args: tuple[object, ...],
    done: Callable[[Any], object],
    failed: Callable[[BaseException], object],
) -> None:
    try:
        result = work(*args)
    except BaseException as error:  # noqa: BLE001 - it is the loop that is told
        failed(error)
    else:
        done(result)


def step_back() -> None:
    """Let the loop and other programs go before the thread that calls this, where threads have a
    priority each: for work that takes the processor for long, such as hashing."""
    if sys.platform == "linux":
        thread = threading.get_native_id()
        with contextlib.suppress(OSError):  # not allowed here: then it competes, as elsewhere
            nice = os.getpriority(os.PRIO_PROCESS, thread) + STEP_BACK
            os.setpriority(os.PRIO_PROCESS, thread, nice)
