"""Closing a transport: the last words come through, and the end comes exactly once."""

import errno
import socket
from collections.abc import Callable

import pytest

from reactor.loop import READ, WRITE, Loop
from reactor.transport import LINGER
from tests.helpers.clock import FakeClock
from tests.helpers.selector import FakeSelector
from tests.helpers.transports import (
    BROKEN_PIPE,
    RESET,
    SOFT,
    Line,
)


def test_closing_sends_what_is_queued(line: Line, selector: FakeSelector) -> None:
    """Then ends our direction, waits for the peer to end its own, and says so once."""
    line.transport.write(b"goodbye")
    line.transport.close()
    line.transport.write(b"ignored")
    assert line.sock.sent == []
    line.turn()
    assert line.sock.sent == [b"goodbye"]
    assert line.sock.shut == [socket.SHUT_WR]
    assert line.told == []
    line.reads(b"forgotten", b"too", b"")
    assert line.told == [("lost", "closed")]
    assert line.sock.closed == 1
    assert line.sock not in selector.watched


def test_closing_waits_for_a_full_socket(line: Line) -> None:
    """The last words come through."""
    line.blocks()
    line.writes(b"goodbye")
    line.transport.close()
    line.turn()
    assert line.sock.shut == []
    line.drains(3)
    line.drains(None)
    assert line.sock.received_by_peer == b"goodbye"
    assert line.sock.shut == [socket.SHUT_WR]


@pytest.mark.parametrize("full", [False, True])
def test_closing_does_not_wait_for_ever(
    line: Line, loop: Loop, clock: FakeClock, full: bool
) -> None:
    """Neither for a peer that does not read nor for one that does not end."""
    if full:
        line.blocks()
    line.transport.write(b"goodbye")
    line.transport.close()
    line.turn()
    assert line.told == []
    began = clock.now
    loop.turn()
    assert line.told == [("lost", "closed")]
    assert clock.now - began == LINGER


def test_closing_after_the_peers_last_word(line: Line) -> None:
    """Both directions are ended: nothing to wait for but the next look."""
    line.reads(b"")
    line.transport.close()
    line.turn()
    line.reads(b"")
    assert line.told == [("eof",), ("lost", "closed")]


def test_closing_twice_is_closing_once(line: Line) -> None:
    """And aborting afterwards too."""
    line.transport.close()
    line.transport.close()
    line.turn()
    line.transport.abort()
    line.transport.abort()
    line.transport.close()
    line.turn()
    assert line.sock.shut == [socket.SHUT_WR]
    assert line.told == [("lost", "aborted")]
    assert line.sock.closed == 1


def test_aborting_forgets_what_is_queued(line: Line, loop: Loop, selector: FakeSelector) -> None:
    """At once, and the bound of the closing does not come any more."""
    line.transport.write(b"never")
    line.transport.close()
    line.transport.abort("no time")
    line.turn()
    assert line.told == [("lost", "no time")]
    assert line.sock.sent == []
    assert all(timer.cancelled for _, _, timer in loop._timers)  # else they keep it in memory
    loop.turn()
    loop.turn()
    assert selector.waits[-1] is None
    assert line.told == [("lost", "no time")]


def test_a_peer_that_is_gone_when_our_direction_ends(line: Line) -> None:
    """It ends the connection, once."""
    line.sock.shutdown_error = OSError(errno.ENOTCONN, "Socket is not connected")
    line.transport.close()
    line.turn()
    assert line.told == [("lost", "Socket is not connected")]
    assert line.sock.closed == 1


@pytest.mark.parametrize("after_shutdown", [False, True])
def test_a_reset_while_closing(line: Line, after_shutdown: bool) -> None:
    """It ends the connection, once."""
    if not after_shutdown:
        line.blocks()
        line.transport.write(b"x")
    line.transport.close()
    line.turn()
    if after_shutdown:
        line.reads(RESET)
    else:
        line.sock.room = None
        line.sock.send_errors += [RESET]
        line.drains(None)
    assert line.told == [("lost", "Connection reset by peer")]


def test_nothing_after_the_end(line: Line, selector: FakeSelector) -> None:
    """What is called on a lost transport does nothing. (The receiver checks that.)"""
    line.transport.abort()
    line.transport.write(b"x")
    line.transport.pause_reading()
    line.transport.resume_reading()
    line.transport.close()
    line.transport.give_up("hard")
    line.transport.close_slow("hard", 1)
    line.turn()
    assert line.told == [("lost", "aborted")]
    assert line.sock not in selector.watched


def test_both_events_of_a_turn_when_the_first_ends_it(line: Line, selector: FakeSelector) -> None:
    """Readable with a reset, and writable: the second finds it lost."""
    line.blocks()
    line.writes(b"x")
    line.sock.incoming.append(RESET)
    selector.ready(line.sock, READ | WRITE)
    line.turn()
    assert line.told == [("lost", "Connection reset by peer")]


@pytest.mark.parametrize("event", ["data", "eof", "behind", "lost"])
@pytest.mark.parametrize("method", ["close", "abort"])
def test_closing_inside_each_callback(line: Line, event: str, method: str) -> None:
    """Whatever the receiver does where, it is told of the end once, and of nothing after it."""
    line.receiver.on[event] = lambda: getattr(line.transport, method)()
    if event == "behind":
        line.blocks()
        line.writes(b"x" * (SOFT + 1))
        line.drains(None)
    elif event == "lost":
        line.reads(RESET)
    else:
        line.reads(b"a" if event == "data" else b"")
    line.turn()
    if method == "close" and event != "lost":
        assert line.sock.shut == [socket.SHUT_WR]
        line.reads(b"")
    assert [told for told in line.told if told[0] == "lost"] == [line.told[-1]]  # type: ignore[index]
    assert line.sock.closed == 1


def test_writing_inside_callbacks(line: Line) -> None:
    """An answer goes out in the same turn."""
    line.receiver.on["data"] = lambda: line.transport.write(b"answer")
    line.reads(b"question")
    assert line.sock.received_by_peer == b"answer"


def test_writing_to_others_while_the_turn_is_flushed(make_line: Callable[[], Line]) -> None:
    """One that is lost as it is sent to makes others be told: in this turn too."""
    first, second = make_line(), make_line()
    for one, other in ((first, second), (second, first)):
        one.receiver.on["lost"] = lambda other=other: other.transport.write(b"they left")
    first.sock.send_errors += [BROKEN_PIPE]
    second.transport.write(b"hello ")
    first.writes(b"hello ")
    assert second.sock.received_by_peer == b"hello they left"


def test_what_it_shows_of_itself(line: Line) -> None:
    """For logs and debuggers."""
    assert repr(line.transport) == "<Transport peer open queued=0>"
    line.transport.close()
    assert "closing" in repr(line.transport)
    line.transport.abort()
    assert "lost" in repr(line.transport)
