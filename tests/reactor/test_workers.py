"""Lanes of real threads: named, bounded, and back on the loop with what came of it."""

import os
import sys
import threading
import weakref
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from reactor import workers
from reactor.loop import Loop
from reactor.workers import LaneFull, ThreadLane


@pytest.fixture
def loop() -> Iterator[Loop]:
    """A real one: results come from real threads."""
    loop = Loop()
    yield loop
    loop.close()


@pytest.fixture
def make_lane(loop: Loop) -> Iterator[Callable[..., ThreadLane]]:
    """Makes lanes, and closes them in the end."""
    lanes = []

    def make(threads: int = 1, capacity: int = 10) -> ThreadLane:
        lanes.append(ThreadLane(loop, "lane", threads=threads, capacity=capacity))
        return lanes[-1]

    yield make
    for lane in lanes:
        lane.close()


class Results:
    """What came back, and on which thread; turns the loop until as much came as is expected."""

    def __init__(self, loop: Loop) -> None:
        self.came: list[Any] = []
        self.threads: set[threading.Thread] = set()
        self._loop = loop

    def take(self, result: Any) -> None:
        self.came.append(result)
        self.threads.add(threading.current_thread())

    def wait_for(self, count: int) -> list[Any]:
        while len(self.came) < count:
            self._loop.turn()
        return self.came


@pytest.fixture
def results(loop: Loop) -> Results:
    return Results(loop)


def test_results_come_back_on_the_loop(
    make_lane: Callable[..., ThreadLane], results: Results
) -> None:
    """The work is done elsewhere."""
    make_lane().submit(threading.current_thread, done=results.take, failed=results.take)
    (worker,) = results.wait_for(1)
    assert worker.name.startswith("lane")
    assert worker is not threading.current_thread()
    assert results.threads == {threading.current_thread()}


def test_exceptions_come_back_on_the_loop(
    make_lane: Callable[..., ThreadLane], results: Results
) -> None:
    """As they were raised."""
    error = ZeroDivisionError("on purpose")

    def fail() -> None:
        raise error

    make_lane().submit(fail, done=pytest.fail, failed=results.take)
    assert results.wait_for(1) == [error]
    assert results.threads == {threading.current_thread()}


def test_all_threads_are_there_at_once(make_lane: Callable[..., ThreadLane]) -> None:
    """None is started with a client: their number is the same with two thousand as with none."""
    before = threading.active_count()
    make_lane(threads=3)
    assert threading.active_count() == before + 3


def test_what_ends_a_program_does_not_end_a_thread(
    make_lane: Callable[..., ThreadLane], results: Results
) -> None:
    """Every exception comes back, and the thread goes on."""
    lane = make_lane()
    lane.submit(sys.exit, "on purpose", done=pytest.fail, failed=results.take)
    assert isinstance(results.wait_for(1)[0], SystemExit)
    lane.submit(int, "7", done=results.take, failed=results.take)
    assert results.wait_for(2)[1] == 7


def test_nothing_is_kept_of_what_is_done(
    make_lane: Callable[..., ThreadLane], results: Results
) -> None:
    """Else the last thing would stay in memory until the next comes."""

    class Large:
        pass

    lane, large = make_lane(), Large()
    gone = threading.Event()
    watch = weakref.ref(large, lambda _: gone.set())
    lane.submit(id, large, done=results.take, failed=results.take)
    results.wait_for(1)
    del large
    assert gone.wait(5.0)
    assert watch() is None


def test_arguments_are_passed(make_lane: Callable[..., ThreadLane], results: Results) -> None:
    """As they are given."""
    make_lane().submit(pow, 2, 10, done=results.take, failed=results.take)
    assert results.wait_for(1) == [1024]


def test_a_full_lane_says_so(make_lane: Callable[..., ThreadLane], results: Results) -> None:
    """What runs counts, and what is done frees its place."""
    lane = make_lane(capacity=2)
    gate = threading.Event()
    for _ in range(2):
        lane.submit(gate.wait, done=results.take, failed=results.take)
    with pytest.raises(LaneFull):
        lane.submit(gate.wait, done=results.take, failed=results.take)
    gate.set()
    results.wait_for(2)
    lane.submit(gate.wait, done=results.take, failed=results.take)
    assert results.wait_for(3) == [True, True, True]


def test_what_failed_frees_its_place_too(
    make_lane: Callable[..., ThreadLane], results: Results
) -> None:
    """Else a lane would die of its errors."""
    lane = make_lane(capacity=1)
    for count in range(1, 4):
        lane.submit(int, "x", done=pytest.fail, failed=results.take)
        assert isinstance(results.wait_for(count)[-1], ValueError)


def test_one_thread_keeps_the_order(make_lane: Callable[..., ThreadLane], results: Results) -> None:
    """Of the work and of the results."""
    lane = make_lane(capacity=100)
    for number in range(100):
        lane.submit(int, number, done=results.take, failed=results.take)
    assert results.wait_for(100) == list(range(100))


def test_something_is_done_once_on_each_thread(make_lane: Callable[..., ThreadLane]) -> None:
    """On none of them twice."""
    lane = make_lane(threads=4)
    threads: list[threading.Thread] = []
    lane.on_each_thread(lambda: threads.append(threading.current_thread()))
    assert len(threads) == len(set(threads)) == 4


def test_a_call_waits_for_its_result(make_lane: Callable[..., ThreadLane]) -> None:
    """Before the loop runs and after; and raises what the work raises."""
    lane = make_lane()
    assert lane.call(int, "7") == 7
    with pytest.raises(ValueError, match="invalid literal"):
        lane.call(int, "x")


def test_closing_ends_the_threads_and_forgets_what_waits(loop: Loop) -> None:
    """What runs is finished."""
    lane = ThreadLane(loop, "closing", threads=1, capacity=10)
    running, gate = threading.Event(), threading.Event()
    done: list[str] = []

    def work() -> None:
        running.set()
        gate.wait()
        done.append("running")

    lane.submit(work, done=pytest.fail, failed=pytest.fail)
    lane.submit(done.append, "waiting", done=pytest.fail, failed=pytest.fail)
    running.wait()
    _call_while_closing(lane, gate.set)
    assert lane.close()
    assert done == ["running"]
    assert not any(thread.name.startswith("closing") for thread in threading.enumerate())


def _call_while_closing(lane: ThreadLane, callback: Callable[[], None]) -> None:
    """Call *callback* in the middle of closing: the lane does nothing more, and waits."""
    on_each_thread = lane.on_each_thread

    def call_first(*args: Any, **options: Any) -> None:
        callback()
        on_each_thread(*args, **options)

    lane.on_each_thread = call_first  # type: ignore[method-assign]


def test_closing_does_something_last_on_each_thread(loop: Loop) -> None:
    """As a connection to a database is closed where it was opened."""
    lane = ThreadLane(loop, "closing", threads=3, capacity=10)
    threads: set[threading.Thread] = set()
    assert lane.close(lambda: threads.add(threading.current_thread()))
    assert len(threads) == 3


def test_a_lane_that_hangs_is_left_alone(
    loop: Loop, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Closing says so and does not wait for ever: a stop is bounded."""
    monkeypatch.setattr(workers, "CLOSE_WITHIN", 0.0)
    lane = ThreadLane(loop, "hanging", threads=1, capacity=10)
    running, gate = threading.Event(), threading.Event()
    lane.submit(lambda: (running.set(), gate.wait()), done=pytest.fail, failed=pytest.fail)
    running.wait()
    assert not lane.close()
    assert "hanging" in caplog.text
    gate.set()
    for thread in lane._running:
        thread.join()


@pytest.mark.skipif(sys.platform != "linux", reason="only there threads have a priority each")
def test_stepping_back_is_of_one_thread(make_lane: Callable[..., ThreadLane]) -> None:
    """The others, and the loop's before all, are as they were; twice does no harm."""
    lane = make_lane()
    before = _niceness()
    lane.on_each_thread(workers.step_back)
    assert lane.call(_niceness) == min(19, before + workers.STEP_BACK)
    lane.on_each_thread(workers.step_back)
    assert lane.call(_niceness) <= 19
    assert _niceness() == before


def _niceness() -> int:
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())
