"""The event loop: a selector, timers, a ready queue, and a wake-up from other threads.

One turn of the loop: wait until a socket is ready, a timer is due or a thread calls; put what is to
be done into the ready queue; do it; then run the end-of-turn callbacks, which send what the turn
gathered.

1. Every callback is called from :meth:`Loop.attempt`, and that is the only place in the server that
   catches an unexpected exception. It is logged, the owner is told, and the loop goes on.
2. What a callback adds to the ready queue waits for the next turn, so no chain of callbacks can
   keep the sockets waiting.
3. Only :meth:`Loop.call_soon_threadsafe` may be called from another thread.
4. The loop knows nothing of sockets but that they can be registered; selector and clock come in by
   the constructor, so that tests move both by hand.
"""

import contextlib
import heapq
import itertools
import logging
import selectors
import socket
import time
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any

log = logging.getLogger(__name__)

Callback = Callable[..., object]

READ = selectors.EVENT_READ
WRITE = selectors.EVENT_WRITE

# A turn that takes longer than this is felt by people; it is logged with what was slowest in it.
SLOW_CALLBACK = 0.1

# Sockets that select() can watch in Python on Windows, where nothing better is at hand; with more
# it fails.
SELECT_MAX = 512

# Cancelled timers stay in the heap until they come up. Rebuilding it when they are this many, and
# more than half, keeps its size within twice what is in use.
_CANCELLED_MAX = 100


class Timer:
    """A callback that is due at a time. It may be cancelled at any moment, and repeatedly."""

    __slots__ = ("_args", "_callback", "_loop", "_waiting")

    def __init__(self, loop: "Loop", callback: Callback, args: tuple[Any, ...]) -> None:
        self._loop = loop
        self._callback: Callback | None = callback
        self._args = args
        self._waiting = True

    @property
    def cancelled(self) -> bool:
        return self._callback is None

    def cancel(self) -> None:
        if self._waiting and not self.cancelled:
            self._loop._timer_cancelled()
        self._callback = None
        self._args = ()

    def due(self) -> None:
        """Out of the heap, into the ready queue; it may still be cancelled there."""
        self._waiting = False

    def fire(self) -> None:
        if self._callback is not None:
            self._callback(*self._args)


class _WakeUp:
    """A pair of sockets: a byte sent at one end wakes a selector that watches the other."""

    def __init__(self) -> None:
        self.receiver, self.sender = socket.socketpair()
        self.receiver.setblocking(False)
        self.sender.setblocking(False)
        self._buffer = bytearray(4096)  # made once: to be woken takes no memory

    def wake(self) -> None:
        try:
            self.sender.send(b"\0")
        except BlockingIOError:
            pass  # full of bytes that have not been read: it will wake up all the same
        except OSError:
            pass  # closed: the loop has ended, and so has the need

    def drain(self) -> None:
        """Take what is there; if there is more, the selector says so again."""
        with contextlib.suppress(BlockingIOError):
            self.receiver.recv_into(self._buffer)

    def close(self) -> None:
        self.receiver.close()
        self.sender.close()


class Loop:
    """A single-threaded reactor.

    Attributes:
        longest_turn: seconds that the longest turn took, from the end of its wait to its end. How
            long a socket that became ready at the worst moment had to wait.
    """

    def __init__(
        self,
        selector: selectors.BaseSelector | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.time = clock
        self.longest_turn = 0.0
        self._selector = selector if selector is not None else selectors.DefaultSelector()
        self._ready: deque[tuple[Callback, tuple[Any, ...]]] = deque()
        self._timers: list[tuple[float, int, Timer]] = []
        self._timer_numbers = itertools.count()
        self._timers_cancelled = 0
        self._turn_ends: list[Callback] = []
        self._stopping = False
        self._is_waiting = False
        self._wake_up = _WakeUp()
        self.register(self._wake_up.receiver, READ, self._wake_up.drain, None)

    # --- what to do, and when

    def call_soon(self, callback: Callback, *args: Any) -> None:
        """Call it in the next turn."""
        self._ready.append((callback, args))

    def call_soon_threadsafe(self, callback: Callback, *args: Any) -> None:
        """Call it in the loop's thread, soon. The only method that other threads may call."""
        self._ready.append((callback, args))
        # In this order, and in turn() the other way round: so one of the two sees the other.
        if self._is_waiting:
            self._wake_up.wake()

    def call_later(self, delay: float, callback: Callback, *args: Any) -> Timer:
        """Call it in *delay* seconds. The timer that is returned can be cancelled."""
        timer = Timer(self, callback, args)
        heapq.heappush(self._timers, (self.time() + delay, next(self._timer_numbers), timer))
        return timer

    def at_turn_end(self, callback: Callback) -> None:
        """Call it at the end of every turn, in the order of these calls, just before the wait."""
        self._turn_ends.append(callback)

    # --- sockets

    def register(
        self, sock: Any, events: int, readable: Callback | None, writable: Callback | None
    ) -> None:
        """Watch *sock* for *events* (READ, WRITE or both), and call what belongs to each."""
        self._selector.register(sock, events, (readable, writable))

    def modify(
        self, sock: Any, events: int, readable: Callback | None, writable: Callback | None
    ) -> None:
        """Watch a registered *sock* for other *events*."""
        self._selector.modify(sock, events, (readable, writable))

    def unregister(self, sock: Any) -> None:
        """Watch *sock* no more. To be called before it is closed."""
        self._selector.unregister(sock)

    @property
    def wake_up_fileno(self) -> int:
        """For :func:`signal.set_wakeup_fd`: a signal must end the wait on every platform."""
        return self._wake_up.sender.fileno()

    @property
    def sockets_max(self) -> int | None:
        """How many sockets the selector can watch, without the loop's own; None for any number."""
        is_bounded = isinstance(self._selector, selectors.SelectSelector)
        return SELECT_MAX - 1 if is_bounded else None

    # --- turning

    def run(self) -> None:
        """Turn until :meth:`stop` is called."""
        while not self._stopping:
            self.turn()

    def stop(self) -> None:
        """Let :meth:`run` return at the end of this turn."""
        self._stopping = True

    def close(self) -> None:
        """Give the selector and the wake-up back. The loop cannot be used again."""
        self._selector.close()
        self._wake_up.close()

    def turn(self) -> None:
        """Wait for something to do, and do it: one turn."""
        self._is_waiting = True  # before it is seen whether there is anything to wait for
        events = self._selector.select(self._wait_bound())
        self._is_waiting = False
        began = self.time()
        for key, mask in events:
            readable, writable = key.data
            if mask & READ and readable is not None:
                self._ready.append((readable, ()))
            if mask & WRITE and writable is not None:
                self._ready.append((writable, ()))
        self._ready_timers(began)
        for _ in range(len(self._ready)):
            callback, args = self._ready.popleft()
            self.attempt(callback, *args)
        for callback in self._turn_ends:
            self.attempt(callback, failed=self._turn_again)
        self.longest_turn = max(self.longest_turn, self.time() - began)

    def attempt(self, callback: Callback, *args: Any, failed: Callback | None = None) -> bool:
        """Call it; if it raises, log that and call *failed*. No exception gets any further.

        Return whether it went well.
        """
        began = self.time()
        went_well = True
        try:
            callback(*args)
        except Exception:
            went_well = False
            log.exception("fault in %s", _name(callback))
            if failed is not None:
                failed()
        took = self.time() - began
        if took > SLOW_CALLBACK:
            log.warning("slow callback=%s seconds=%.3f", _name(callback), took)
        return went_well

    def _turn_again(self) -> None:
        """What a turn end has left undone is for the next turn, which is to come at once."""
        self.call_soon(lambda: None)

    def _wait_bound(self) -> float | None:
        if self._ready or self._stopping:
            return 0
        if not self._timers:
            return None
        return max(0.0, self._timers[0][0] - self.time())

    def _ready_timers(self, now: float) -> None:
        while self._timers and self._timers[0][0] <= now:
            timer = heapq.heappop(self._timers)[2]
            timer.due()
            if timer.cancelled:
                self._timers_cancelled -= 1
            else:
                self._ready.append((timer.fire, ()))

    def _timer_cancelled(self) -> None:
        self._timers_cancelled += 1
        if self._timers_cancelled > max(_CANCELLED_MAX, len(self._timers) // 2):
            self._timers = [entry for entry in self._timers if not entry[2].cancelled]
            heapq.heapify(self._timers)
            self._timers_cancelled = 0


def _name(callback: Callback) -> str:
    """Its name only: the arguments of a partial one may be a password."""
    while isinstance(callback, partial):
        callback = callback.func
    return getattr(callback, "__qualname__", type(callback).__name__)
