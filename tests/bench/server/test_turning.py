"""The small loop of the scenes under fire, and its times."""

import socket

import pytest

from bench.server.turning import READ, Latencies, Turning, note_delay, stamp


def test_timers_come_in_their_order() -> None:
    """Whatever the order in which they were set."""
    turning, told = Turning(), []
    turning.call_later(0.02, lambda: told.append("second"))
    turning.call_later(0.0, lambda: told.append("first"))
    turning.until(lambda: len(told) == 2)
    assert told == ["first", "second"]


def test_a_socket_is_watched_and_no_more() -> None:
    """With what it was watched for before."""
    turning, told = Turning(), []
    ours, theirs = socket.socketpair()
    with ours, theirs:
        turning.watch(ours, 0, READ, lambda events: told.append(ours.recv(1)))
        theirs.send(b"a")
        turning.until(lambda: bool(told))
        turning.watch(ours, READ, 0, told.append)
        theirs.send(b"b")
        turning.run_for(0.01)
    assert told == [b"a"]


def test_waiting_has_a_bound() -> None:
    """What never comes is an error."""
    with pytest.raises(TimeoutError):
        Turning().until(lambda: False, within=0.0)


def test_shares_of_times() -> None:
    """In milliseconds."""
    times = Latencies()
    assert times.at(0.99) == 0.0
    times.taken += [n / 1000 for n in range(1, 101)]
    assert (times.at(0.5), times.at(0.99), times.at(1.0)) == (51.0, 100.0, 100.0)


def test_what_is_heard_says_when_it_was_said() -> None:
    """The last line of a piece that has its time whole."""
    times = Latencies()
    note_delay(b"x|" + stamp(1.0) + b" x\ny|" + stamp(2.0) + b" y\n", times, 2.5)
    note_delay(stamp(1.0)[:-1], times, 2.5)
    note_delay(b"nothing", times, 2.5)
    assert times.taken == [pytest.approx(0.5)]
