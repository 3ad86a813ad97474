"""The real server, from its composition root on, in a process that can be killed and begun again.

Its selector tells what the world's network has, its lanes are turned by the world, its clock is the
world's. Each incarnation has a new loop and a new storage; the database file is what remains.
"""

import selectors
from collections import Counter, deque
from collections.abc import Callable
from random import Random
from typing import Any

from conf import Settings
from reactor.loop import Loop
from reactor.server import Server
from reactor.storage import StorageUnavailable
from reactor.workers import LaneFull
from tests.helpers.clock import FakeClock
from tests.helpers.selector import FakeSelector
from tests.simulation.disk import Crashed, Disk
from tests.simulation.network import Network

CLIENTS_TOLD_AFTER = 200.0
"""Seconds for which clients may take a dead server for a silent one: longer than they wait."""


class NetworkSelector(FakeSelector):
    """What is watched is ready when it can be read or written; it never waits."""

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        return [
            (selectors.SelectorKey(f, -1, events, self._data[f]), mask)
            for f, events in list(self.watched.items())
            if hasattr(f, "readiness") and (mask := f.readiness() & events)
        ]

    def anything_ready(self) -> bool:
        return any(
            hasattr(f, "readiness") and f.readiness() & events for f, events in self.watched.items()
        )


class TurnedLoop(Loop):
    """A loop that the world turns."""

    stopped = False

    def stop(self) -> None:
        self.stopped = True
        super().stop()

    def has_work(self) -> bool:
        return self._wait_bound() == 0

    def wait(self) -> float | None:
        """Seconds until something is due; None when nothing is."""
        return self._wait_bound()


class SimulatedLane:
    """In place of :class:`reactor.workers.ThreadLane`: work is done when the world says so.

    Of the pieces that its threads have begun, any may be done first, as with real threads.
    """

    def __init__(
        self, process: "ServerProcess", loop: Loop, name: str, *, threads: int, capacity: int
    ) -> None:
        self.name = name
        self.threads = threads
        self._process = process
        self._loop = loop
        self._capacity = capacity
        self._load = 0
        self._waiting: deque[tuple[Any, ...]] = deque()
        process.lanes.append(self)

    def __len__(self) -> int:
        return len(self._waiting)

    def submit(
        self,
        work: Callable[..., Any],
        *args: Any,
        done: Callable[[Any], object],
        failed: Callable[[BaseException], object],
    ) -> None:
        if self._load >= (1 if self._process.lanes_full else self._capacity):
            self._process.counts["lane full"] += 1
            raise LaneFull(self.name)
        self._load += 1
        self._waiting.append((work, args, done, failed))

    def call(self, work: Callable[..., Any], *args: Any) -> Any:
        return work(*args)

    def on_each_thread(self, work: Callable[[], object], within: float | None = None) -> None:
        """There are none: what concerns the threads of a process concerns no world."""

    def close(self, last: Callable[[], object] = lambda: None) -> bool:
        self._waiting.clear()
        last()
        return True

    def work(self, random: Random) -> str:
        """Do one piece of what waits; its result comes back in the loop's next turn."""
        begun = random.randrange(min(self.threads, len(self._waiting)))
        work, args, done, failed = self._waiting[begun]
        del self._waiting[begun]
        try:
            result = work(*args)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is brought back
            self._loop.call_soon(self._finished, failed, error)
        else:
            self._loop.call_soon(self._finished, done, result)
        return f"{self.name}: {_name(work)}"

    def _finished(self, callback: Callable[[Any], object], value: Any) -> None:
        self._load -= 1
        callback(value)


def _name(work: Callable[..., Any]) -> str:
    """What *work* is called; a partial is called as what it calls."""
    return getattr(work, "func", work).__name__


class ServerProcess:
    """One machine's server: up or down.

    Attributes:
        lanes: those of the server that runs.
        lanes_full: a lane that has anything to do is full.
        up_again_at: when a server that is down is begun again.
        new_epoch: it is to begin with another database than it had.
    """

    def __init__(
        self,
        random: Random,
        clock: FakeClock,
        network: Network,
        disk: Disk,
        settings: Settings,
        counts: Counter[str],
    ) -> None:
        self.counts = counts
        self.lanes: list[SimulatedLane] = []
        self.lanes_full = False
        self.up_again_at = 0.0
        self.new_epoch = False
        self._random = random
        self._clock = clock
        self._network = network
        self._disk = disk
        self._settings = settings
        self._selector: NetworkSelector
        self._loop: TurnedLoop
        self._server: Server | None = None

    @property
    def is_up(self) -> bool:
        return self._server is not None

    def start(self) -> str:
        """Begin; if that fails, again after a while."""
        rest = self._random.uniform(0.1, 5)
        self._selector = NetworkSelector(self._clock)
        self._loop = TurnedLoop(self._selector, self._clock)
        self.lanes = []
        try:
            self._server = Server(self._settings, self._loop, new_epoch=self.new_epoch)
        except StorageUnavailable as error:
            return self._is_down(rest, f"server cannot start: {error}")
        except Crashed:
            return self._is_down(rest, "server crashes at its start")
        self.new_epoch = False
        return "server starts"

    def crash(self, rest: float) -> str:
        """The process is gone, and with it all that it had in memory."""
        self._loop.close()
        if self._server is not None and self._server._lock is not None:
            self._server._lock.close()
        for lane in self.lanes:
            lane.close()
        self._network.crash(self._random.choice((0.0, 0.0, CLIENTS_TOLD_AFTER)))
        return self._is_down(rest, "server crashes")

    def begin_to_stop(self) -> str:
        """As at a signal."""
        self._loop.call_soon(self._server.stop)
        return "server is told to stop"

    def moves(self) -> list[Callable[[], str]]:
        """What could happen next, each a function that does it and says what it was."""
        if self._server is None:
            return [self.start] if self.up_again_at <= self._clock() else []
        lanes: list[Callable[[], str]] = [
            lambda lane=lane: self._work(lane) for lane in self.lanes if len(lane)
        ]
        if self._loop.has_work() or self._selector.anything_ready():
            lanes.append(self._turn)
        return lanes

    def next_time(self) -> list[float]:
        if self._server is None:
            return [self.up_again_at]
        wait = self._loop.wait()
        return [] if wait is None else [self._clock() + wait]

    def _turn(self) -> str:
        if self._server is None:
            return "server is down"
        self._loop.turn()
        if not self._loop.stopped:
            return "server turns"
        self._server.run()  # which only closes what there is
        self._network.listener = None
        return self._is_down(self._random.uniform(0.1, 20), "server has stopped")

    def _work(self, lane: SimulatedLane) -> str:
        if not lane:
            return f"{lane.name} has nothing to do"
        try:
            return lane.work(self._random)
        except Crashed:
            return self.crash(self._random.uniform(0.1, 60))

    def _is_down(self, rest: float, what: str) -> str:
        self._server = None
        self.lanes = []
        self.up_again_at = self._clock() + rest
        self._disk.power_off()
        return what
