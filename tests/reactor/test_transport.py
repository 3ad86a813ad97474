"""Transports: reading in turns, sending in order, whatever a socket takes."""

import errno
from collections.abc import Callable

import pytest

from reactor.loop import READ, WRITE, Loop
from reactor.send_queues import Marks, SendQueues
from reactor.transport import PIECES_AT_ONCE, RECEIVE_SIZE, Transport
from tests.helpers.selector import FakeSelector
from tests.helpers.transports import BROKEN_PIPE, HARD, RESET, SOFT, Line, Receiver, real_pair
from tests.reactor.conftest import Faults

# --- reading


def test_what_comes_is_passed_on(line: Line) -> None:
    """One read in a turn, as it came."""
    line.reads(b"a", b"b" * RECEIVE_SIZE)
    assert line.told == [("data", b"a"), ("data", b"b" * RECEIVE_SIZE)]


def test_one_read_in_a_turn(line: Line, selector: FakeSelector) -> None:
    """However much there is: the others are to have their turn."""
    line.sock.incoming += [b"a", b"b"]
    selector.ready(line.sock, READ)
    line.turn()
    assert line.told == [("data", b"a")]


@pytest.mark.parametrize("error", [BlockingIOError(), InterruptedError()])
def test_nothing_there_after_all(line: Line, error: OSError) -> None:
    """A selector may be wrong; that is nobody's fault."""
    line.reads(error, b"a")
    assert line.told == [("data", b"a")]


def test_the_peers_last_word(line: Line) -> None:
    """It may still listen; nothing more is read, or the loop would spin."""
    line.reads(b"")
    assert line.told == [("eof",)]
    assert not line.watched
    line.writes(b"answer")
    assert line.sock.received_by_peer == b"answer"


def test_a_reset_ends_the_connection(line: Line) -> None:
    """Said in the system's words."""
    line.reads(RESET)
    assert line.told == [("lost", "Connection reset by peer")]
    assert line.sock.closed == 1
    assert not line.watched


def test_reading_pauses_and_resumes(line: Line) -> None:
    """While it pauses, nothing is watched; an empty watch would be refused by the selector."""
    line.transport.pause_reading()
    assert not line.watched
    line.transport.pause_reading()
    line.reads(b"a")
    assert line.told == []
    line.transport.resume_reading()
    line.transport.resume_reading()
    assert line.watched == READ
    line.reads(b"b")
    assert line.told == [("data", b"a")]


def test_pausing_within_the_turn(line: Line, loop: Loop, selector: FakeSelector) -> None:
    """What was ready already is not read any more."""
    loop.call_soon(line.transport.pause_reading)
    line.sock.incoming.append(b"a")
    selector.ready(line.sock, READ)
    line.turn()
    assert line.told == []
    assert list(line.sock.incoming) == [b"a"]


# --- sending


def test_what_a_turn_writes_goes_out_at_its_end(line: Line) -> None:
    """In one send, and in order."""
    line.transport.write(b"a")
    line.transport.write(b"b")
    assert line.sock.sent == []
    line.writes(b"c")
    assert line.sock.sent == [b"abc"]
    assert line.watched == READ


def test_nothing_is_sent_for_nothing(line: Line) -> None:
    """Writing nothing does nothing."""
    line.writes(b"", b"")
    assert line.sock.sent == []


def test_pieces_that_must_not_be_joined(
    loop: Loop, selector: FakeSelector, queues: SendQueues
) -> None:
    """Each in a send of its own."""
    line = Line(loop, selector, queues)
    line.transport.start(line.receiver, joins=False)
    line.writes(b"a", b"b", b"c")
    assert line.sock.sent == [b"a", b"b", b"c"]


@pytest.mark.parametrize("can_gather", [True, False])
def test_joined_pieces_are_bounded(
    line: Line, monkeypatch: pytest.MonkeyPatch, can_gather: bool
) -> None:
    """A system takes so many in one send and no more; one that gathers none gets them joined."""
    monkeypatch.setattr("reactor.transport._CAN_GATHER", can_gather)
    pieces = [b"%d" % (n % 10) for n in range(3 * PIECES_AT_ONCE + 5)]
    line.writes(*pieces)
    assert line.sock.received_by_peer == b"".join(pieces)
    assert list(map(len, line.sock.sent)) == [PIECES_AT_ONCE] * 3 + [5]


def test_a_piece_that_waits_is_not_copied(line: Line) -> None:
    """It is shared by all members of a room."""
    shared = b"x" * 90
    line.blocks()
    line.writes(b"a", shared, b"b")
    assert any(piece is shared for piece in line.transport._queue)
    line.drains(None)
    assert line.sock.sent == [b"a" + shared + b"b"]


@pytest.mark.parametrize("step", [1, 2, 3, 7, 50])
def test_partial_sends_keep_the_order(line: Line, step: int) -> None:
    """However few bytes the socket takes at a time."""
    line.blocks()
    line.writes(b"hello ", b"world ")
    line.writes(b"and all", b" others")
    whole = b"hello world and all others"
    while line.transport.queued:
        assert line.watched == READ | WRITE
        line.drains(step)
    assert line.sock.received_by_peer == whole
    assert line.watched == READ


def test_a_full_socket_is_not_asked_again(line: Line) -> None:
    """Not before it is ready, whatever else happens meanwhile."""
    line.sock.room = 3
    line.writes(b"hello")
    line.writes(b"more")
    line.transport.write(b"and")
    line.transport.pause_reading()
    line.writes(b"more")
    line.transport.write(b"and")
    line.transport.resume_reading()
    line.turn()
    line.transport.write(b"!")
    line.transport.close()
    line.turn()
    assert line.sock.sends_when_full <= 1  # the one by which it was found out
    line.drains(None)
    assert line.sock.received_by_peer == b"hellomoreandmoreand!"


def test_a_send_that_is_interrupted_is_tried_again(line: Line) -> None:
    """Nothing is lost."""
    line.sock.send_errors += [InterruptedError()]
    line.writes(b"a")
    line.drains(None)
    assert line.sock.received_by_peer == b"a"


def test_a_broken_pipe_ends_the_connection(line: Line) -> None:
    """Once; what is queued is forgotten."""
    line.sock.send_errors += [BROKEN_PIPE]
    line.writes(b"a", b"b")
    assert line.told == [("lost", "Broken pipe")]
    assert line.sock.closed == 1
    assert line.transport.queued == 0
    line.writes(b"c")
    assert line.sock.sent == []


def test_queues_are_counted_together(make_line: Callable[[], Line], queues: SendQueues) -> None:
    """In bytes, and those of lost connections no more."""
    first, second = make_line(), make_line()
    first.blocks()
    second.blocks()
    first.writes(b"12345")
    second.writes(b"123")
    assert queues.queued == 8
    first.drains(2)
    assert (queues.queued, first.transport.queued) == (6, 3)
    first.transport.abort()
    assert queues.queued == 3
    second.drains(None)
    assert queues.queued == 0


# --- real sockets


def test_real_sockets(loop: Loop, selector: FakeSelector) -> None:
    """What the fakes promise is so: a full socket, reading, the end of both directions."""
    queues = SendQueues(Marks(SOFT, HARD, 2**21), lambda: None)
    loop.at_turn_end(queues.flush)
    ours, theirs = real_pair()
    with ours, theirs:
        receiver = Receiver()
        transport = Transport(loop, ours, "peer", queues)
        transport.start(receiver)
        big = bytes(range(256)) * 4096
        transport.write(big)
        transport.close()
        received = bytearray()
        while len(received) < len(big):
            selector.ready(ours, WRITE)
            loop.call_soon(lambda: None)
            loop.turn()
            received += theirs.recv(65536)
        assert received == big
        selector.ready(ours, WRITE)
        loop.turn()
        assert theirs.recv(1) == b""
        theirs.close()
        selector.ready(ours, READ)
        loop.turn()
        assert receiver.told == [("lost", "closed")]
        assert ours.fileno() == -1


SHORTAGES = [
    OSError(errno.ENOBUFS, "none left"),
    OSError(errno.ENOMEM, "none left"),
    MemoryError(),
]


@pytest.mark.parametrize("error", SHORTAGES)
def test_the_system_has_no_memory_for_a_send(line: Line, error: Exception) -> None:
    """The connection is kept; it rests, and then everything comes, in order."""
    line.sock.send_errors.append(error)
    line.writes(b"one|")
    line.writes(b"two|")
    assert line.sock.received_by_peer == b""
    assert not line.watched, "the system calls it writable all the while"
    line.goes_on_after_a_rest()
    assert line.sock.received_by_peer == b"one|two|"
    assert line.told == []


@pytest.mark.parametrize("error", SHORTAGES)
def test_no_memory_for_what_is_queued(line: Line, error: Exception) -> None:
    """What was full before, and what is still so after a rest, likewise."""
    line.blocks()
    line.writes(b"one|")
    line.sock.send_errors += [error] * 2
    line.drains(None)
    line.goes_on_after_a_rest()
    assert line.sock.received_by_peer == b""
    assert not line.watched & WRITE
    line.goes_on_after_a_rest()
    assert line.sock.received_by_peer == b"one|"
    assert line.watched == READ


def test_a_shortage_is_logged_once_for_all(
    make_line: Callable[[], Line], caplog: pytest.LogCaptureFixture
) -> None:
    """Everybody in a large room may be without, in the same turn."""
    crowd = [make_line() for _ in range(100)]
    for line in crowd:
        line.sock.send_errors.append(OSError(errno.ENOBUFS, "none left"))
        line.transport.write(b"one|")
    crowd[0].turn()
    assert [record.message for record in caplog.records] == [
        "there is no memory left: 100 connections wait"
    ]


def test_a_connection_that_is_lost_while_it_rests(line: Line) -> None:
    """Nothing is sent after its end."""
    line.sock.send_errors.append(OSError(errno.ENOBUFS, "none left"))
    line.writes(b"one|")
    line.transport.abort("reset")
    line.goes_on_after_a_rest()
    assert line.told == [("lost", "reset")]


def test_marks_hold_while_it_rests(line: Line) -> None:
    """What is written meanwhile is not kept without end."""
    line.sock.send_errors.append(OSError(errno.ENOBUFS, "none left"))
    line.writes(b"x" * (HARD + 1))
    assert line.told == [("last words",)]


@pytest.mark.parametrize("error", [MemoryError(), OSError(errno.ENOMEM, "none left")])
def test_no_memory_for_what_is_received(line: Line, error: Exception, faults: Faults) -> None:
    """It is not asked again before a rest; then it comes, and it is no fault of ours."""
    line.reads(error)
    assert not line.watched
    line.goes_on_after_a_rest()
    assert line.watched == READ
    line.reads(b"here")
    assert line.told == [("data", b"here")]
