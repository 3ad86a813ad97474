"""The loop: what is called, in which order, when, and what a fault does."""

import contextlib
import logging
import selectors
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from reactor.loop import READ, SLOW_CALLBACK, WRITE, Loop, Timer
from tests.helpers.clock import FakeClock
from tests.helpers.selector import FakeSelector
from tests.reactor.conftest import Faults


@pytest.fixture
def calls() -> list[Any]:
    """What was called, in order: give ``calls.append`` as a callback."""
    return []


@pytest.fixture
def real_loop() -> Iterator[Loop]:
    """With the system's selector and clock."""
    loop = Loop()
    yield loop
    loop.close()


def fault() -> None:
    raise ZeroDivisionError("on purpose")


# --- the ready queue


def test_callbacks_are_called_in_order(loop: Loop, calls: list[Any]) -> None:
    """First come, first called, each once."""
    for number in range(3):
        loop.call_soon(calls.append, number)
    loop.turn()
    loop.turn()
    assert calls == [0, 1, 2]


def test_what_a_callback_adds_waits_for_the_next_turn(loop: Loop, calls: list[Any]) -> None:
    """So no chain of callbacks can keep the sockets waiting."""

    def again() -> None:
        calls.append("called")
        loop.call_soon(again)

    loop.call_soon(again)
    for turns in range(1, 4):
        loop.turn()
        assert len(calls) == turns


def test_it_does_not_wait_when_something_is_to_be_done(loop: Loop, selector: FakeSelector) -> None:
    """And waits without end when nothing is."""
    loop.call_soon(lambda: None)
    loop.turn()
    loop.turn()
    assert selector.waits == [0, None]


# --- sockets


def test_readiness_calls_what_belongs_to_it(
    loop: Loop, selector: FakeSelector, calls: list[Any]
) -> None:
    """Reading before writing, and only what is watched."""
    sock = object()
    loop.register(sock, READ, lambda: calls.append("read"), lambda: calls.append("write"))
    selector.ready(sock, READ | WRITE)
    loop.turn()
    assert calls == ["read"]
    loop.modify(sock, READ | WRITE, lambda: calls.append("r"), lambda: calls.append("w"))
    selector.ready(sock, READ | WRITE)
    loop.turn()
    assert calls == ["read", "r", "w"]
    loop.unregister(sock)
    selector.ready(sock, READ)
    loop.turn()
    assert calls == ["read", "r", "w"]


def test_sockets_wait_behind_what_was_ready_before(
    loop: Loop, selector: FakeSelector, calls: list[Any]
) -> None:
    """The ready queue is one queue."""
    sock = object()
    loop.register(sock, READ, lambda: calls.append("socket"), None)
    loop.call_soon(calls.append, "soon")
    loop.call_later(0, calls.append, "timer")
    selector.ready(sock, READ)
    loop.turn()
    assert calls == ["soon", "socket", "timer"]


# --- timers


def test_timers_are_called_when_they_are_due(
    loop: Loop, selector: FakeSelector, clock: FakeClock, calls: list[Any]
) -> None:
    """In the order of their times, whatever the order in which they were set."""
    for delay in (3, 1, 2):
        loop.call_later(delay, calls.append, delay)
    assert [_turned(loop, calls) for _ in range(3)] == [[1], [1, 2], [1, 2, 3]]
    assert clock.now == 1003
    assert selector.waits == [1, 1, 1]


def _turned(loop: Loop, calls: list[Any]) -> list[Any]:
    loop.turn()
    return list(calls)


def test_timers_of_one_moment_keep_their_order(loop: Loop, calls: list[Any]) -> None:
    """The one that was set first is called first."""
    for number in range(20):
        loop.call_later(1, calls.append, number)
    loop.turn()
    assert calls == list(range(20))


def test_a_timer_that_is_overdue_is_not_waited_for(
    loop: Loop, selector: FakeSelector, clock: FakeClock, calls: list[Any]
) -> None:
    """No negative wait, which would be without end."""
    loop.call_later(1, calls.append, "late")
    clock.advance(10)
    loop.turn()
    assert calls == ["late"]
    assert selector.waits == [0]


def test_a_timer_is_not_called_before_its_time(
    loop: Loop, selector: FakeSelector, calls: list[Any]
) -> None:
    """Not even when the loop turns for something else."""
    loop.call_later(5, calls.append, "timer")
    loop.call_soon(calls.append, "soon")
    loop.turn()
    assert calls == ["soon"]


def test_a_cancelled_timer_is_not_called(loop: Loop, calls: list[Any]) -> None:
    """Cancelling twice, or after it was called, does no harm."""
    cancelled = loop.call_later(1, calls.append, "cancelled")
    called = loop.call_later(2, calls.append, "called")
    cancelled.cancel()
    cancelled.cancel()
    loop.turn()
    loop.turn()
    assert calls == ["called"]
    called.cancel()
    assert cancelled.cancelled


def test_a_timer_may_be_cancelled_when_it_is_due_already(loop: Loop, calls: list[Any]) -> None:
    """In the turn in which it would be called, by one that is called before it."""
    loop.call_later(1, lambda: second.cancel())
    second = loop.call_later(1, calls.append, "second")
    loop.turn()
    loop.turn()
    assert calls == []


def test_cancelled_timers_do_not_pile_up(loop: Loop, calls: list[Any]) -> None:
    """A deadline that is moved with every message would otherwise grow the heap without end."""
    kept = [loop.call_later(1000 + i, calls.append, i) for i in range(50)]
    most = 0
    for _ in range(5000):
        loop.call_later(500, calls.append, "cancelled").cancel()
        most = max(most, len(loop._timers))
    assert most <= 2 * len(kept) + 101
    loop.turn()
    while len(calls) < len(kept):
        loop.turn()
    assert calls == list(range(50))


def test_many_timers_in_use_are_not_rebuilt_for_each_that_is_cancelled(loop: Loop) -> None:
    """Of ten thousand, a hundred cancelled ones stay until they come up."""
    timers = [loop.call_later(i, fault) for i in range(10_000)]
    for timer in timers[5000:5150]:
        timer.cancel()
    assert len(loop._timers) == 10_000


def test_cancelling_one_that_is_due_keeps_the_count_right(loop: Loop, calls: list[Any]) -> None:
    """What has left the heap is not counted as cancelled in it."""
    timers: list[Timer] = []
    for _ in range(300):
        loop.call_later(1, lambda: timers[-1].cancel())
        timers.append(loop.call_later(1, calls.append, "never"))
        loop.turn()
    assert loop._timers_cancelled == 0
    assert loop._timers == []
    assert calls == []


def test_a_timer_that_comes_up_cancelled_is_forgotten(loop: Loop) -> None:
    """And counted no more."""
    for _ in range(300):
        loop.call_later(1, fault).cancel()
        loop.call_later(1, lambda: None)
        loop.turn()
    assert loop._timers == []
    assert loop._timers_cancelled == 0


# --- other threads


def test_another_thread_wakes_the_loop(real_loop: Loop) -> None:
    """It waits without end, and is called in its own thread all the same."""
    called_in: list[threading.Thread] = []

    def called() -> None:
        called_in.append(threading.current_thread())
        real_loop.stop()

    thread = threading.Thread(target=real_loop.call_soon_threadsafe, args=(called,))
    real_loop.call_soon(thread.start)
    real_loop.run()
    thread.join()
    assert called_in == [threading.current_thread()]


class CalledMeanwhile(selectors.DefaultSelector):
    """Something is called from elsewhere after the loop has seen that there is nothing to do, and
    before it waits."""

    def __init__(self, call: Callable[[], object]) -> None:
        super().__init__()
        self._call = call

    def select(self, timeout: float | None = None) -> list[Any]:
        self._call()
        return super().select(timeout)


def test_many_calls_while_it_waits_all_come() -> None:
    """More than the wake-up has room for: the caller never waits, and nothing is lost."""
    numbers: list[int] = []
    total = 100_000

    def call_many() -> None:
        for number in range(total):
            loop.call_soon_threadsafe(numbers.append, number)

    loop = Loop(CalledMeanwhile(call_many))
    with contextlib.closing(loop):
        loop.turn()  # which would wait without end if it were not woken
    assert numbers == list(range(total))


def test_a_loop_that_does_not_wait_is_not_woken(real_loop: Loop, calls: list[Any]) -> None:
    """That would be two calls to the system for each; what is called comes all the same."""
    real_loop.call_soon_threadsafe(calls.append, "before")
    real_loop.call_soon(real_loop.call_soon_threadsafe, calls.append, "within")
    real_loop.turn()
    real_loop.turn()
    assert calls == ["before", "within"]
    with pytest.raises(BlockingIOError):
        real_loop._wake_up.receiver.recv(1)


def test_the_wake_up_is_drained(real_loop: Loop, calls: list[Any]) -> None:
    """Else the loop would spin from the first call on."""
    real_loop._wake_up.wake()
    real_loop.call_soon(calls.append, "called")
    real_loop.turn()
    selector = real_loop._selector
    assert isinstance(selector, selectors.DefaultSelector)
    assert selector.select(0) == []


def test_a_call_to_a_closed_loop_does_no_harm(clock: FakeClock) -> None:
    """A worker may come back after the end."""
    loop = Loop(FakeSelector(clock), clock)
    loop.close()
    loop.call_soon_threadsafe(fault)


def test_a_signal_can_wake_it(real_loop: Loop) -> None:
    """What signal.set_wakeup_fd writes to ends the wait."""
    real_loop.call_soon(real_loop._wake_up.sender.send, b"\2")
    real_loop.turn()
    real_loop.call_later(60, fault)
    real_loop.turn()
    assert real_loop.wake_up_fileno == real_loop._wake_up.sender.fileno()


# --- faults


def test_a_fault_is_logged_and_the_loop_goes_on(
    loop: Loop, calls: list[Any], caplog: pytest.LogCaptureFixture, faults: Faults
) -> None:
    """One line names what failed, with the traceback."""
    loop.call_soon(fault)
    loop.call_soon(calls.append, "next")
    loop.turn()
    assert calls == ["next"]
    (record,) = caplog.records
    assert record.getMessage() == "fault in fault"
    faults.expect(ZeroDivisionError)


def test_who_owns_a_fault_is_told(loop: Loop, calls: list[Any], faults: Faults) -> None:
    """Once, and only on a fault."""
    loop.attempt(fault, failed=lambda: calls.append("failed"))
    loop.attempt(calls.append, "fine", failed=fault)
    assert calls == ["failed", "fine"]
    faults.expect(ZeroDivisionError)


@pytest.mark.parametrize("kind", ["timer", "socket", "turn end"])
def test_faults_of_each_kind_are_caught(
    loop: Loop, selector: FakeSelector, calls: list[Any], faults: Faults, kind: str
) -> None:
    """There is one place that catches, and everything passes through it."""
    if kind == "timer":
        loop.call_later(0, fault)
    elif kind == "socket":
        loop.register("socket", READ, fault, None)
        selector.ready("socket", READ)
    else:
        loop.at_turn_end(fault)
    loop.at_turn_end(lambda: calls.append("end"))
    loop.call_soon(calls.append, "next")
    loop.turn()
    assert sorted(calls) == ["end", "next"]
    faults.expect(ZeroDivisionError)


def test_what_ends_the_program_is_not_caught(loop: Loop) -> None:
    """Only exceptions are."""

    def interrupted() -> None:
        raise KeyboardInterrupt

    loop.call_soon(interrupted)
    with pytest.raises(KeyboardInterrupt):
        loop.turn()


# --- the end of a turn


def test_turn_ends_come_last_and_in_order(loop: Loop, calls: list[Any]) -> None:
    """After everything that was ready, in every turn."""
    loop.at_turn_end(lambda: calls.append("end 1"))
    loop.at_turn_end(lambda: calls.append("end 2"))
    loop.call_soon(calls.append, "ready")
    loop.turn()
    loop.turn()
    assert calls == ["ready", "end 1", "end 2", "end 1", "end 2"]


def test_the_longest_turn_is_measured(loop: Loop, clock: FakeClock) -> None:
    """From the end of its wait to its end; waiting is no lag."""
    for seconds in (0.01, 0.05, 0.02):
        loop.call_later(100, clock.advance, seconds)
        loop.turn()
    assert loop.longest_turn == pytest.approx(0.05)


def test_a_slow_callback_is_named(
    loop: Loop, clock: FakeClock, caplog: pytest.LogCaptureFixture
) -> None:
    """And one that is just quick enough is not."""
    caplog.set_level(logging.WARNING)

    def slow() -> None:
        clock.advance(SLOW_CALLBACK * 2)

    def quick() -> None:
        clock.advance(SLOW_CALLBACK / 2)

    loop.call_soon(quick)
    loop.call_soon(slow)
    loop.turn()
    (message,) = caplog.messages
    assert "slow" in message
    assert "seconds=0.200" in message
    assert "quick" not in message


# --- stopping


def test_it_runs_until_it_is_stopped(loop: Loop, calls: list[Any]) -> None:
    """The turn is finished first."""
    loop.call_later(7, loop.stop)
    loop.call_later(7, calls.append, "same turn")
    loop.call_later(8, calls.append, "never")
    loop.run()
    assert calls == ["same turn"]


def test_closing_gives_everything_back(clock: FakeClock) -> None:
    """The selector is closed; that the sockets are, the leak check of every test sees."""
    selector = FakeSelector(clock)
    Loop(selector, clock).close()
    assert selector.closed
