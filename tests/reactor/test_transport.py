"""Transports: partial sends, marks, the order of things, and closing exactly once."""

import errno
import socket
from collections.abc import Callable

import pytest

from reactor.loop import READ, WRITE, Loop
from reactor.transport import JOIN_SIZE, LINGER, RECEIVE_SIZE, Marks, SendQueues, Transport
from tests.helpers.clock import FakeClock
from tests.helpers.selector import FakeSelector
from tests.helpers.transports import FakeSocket, Receiver, real_pair

SOFT, HARD, TOTAL = 100, 1000, 3000

RESET = ConnectionResetError(errno.ECONNRESET, "Connection reset by peer")
BROKEN_PIPE = BrokenPipeError(errno.EPIPE, "Broken pipe")


@pytest.fixture
def queues(loop: Loop) -> SendQueues:
    queues = SendQueues(Marks(SOFT, HARD, TOTAL))
    loop.at_turn_end(queues.flush)
    return queues


class Line:
    """A transport between a fake socket and a receiver."""

    def __init__(self, loop: Loop, selector: FakeSelector, queues: SendQueues) -> None:
        self.sock = FakeSocket()
        self.receiver = Receiver(last_words=b"<too slow>")
        self.transport = Transport(loop, self.sock, "peer", queues)  # type: ignore[arg-type]
        self._loop = loop
        self._selector = selector

    @property
    def told(self) -> list[object]:
        return self.receiver.told

    @property
    def watched(self) -> int:
        """The events for which the socket is watched."""
        return self._selector.watched.get(self.sock, 0)

    def turn(self) -> None:
        """Turn the loop once; no time passes."""
        self._loop.call_soon(lambda: None)
        self._loop.turn()

    def writes(self, *pieces: bytes) -> None:
        """Write all *pieces* in one turn."""
        for piece in pieces:
            self.transport.write(piece)
        self.turn()

    def reads(self, *incoming: bytes | OSError) -> None:
        """Let the socket be readable for a turn for each of *incoming*."""
        for data in incoming:
            self.sock.incoming.append(data)
            self._selector.ready(self.sock, READ)
            self.turn()

    def drains(self, room: int | None) -> None:
        """Let the peer read: *room* more bytes, None for all there will be."""
        self.sock.room = room
        self._selector.ready(self.sock, WRITE)
        self.turn()

    def blocks(self) -> None:
        """The socket takes nothing more."""
        self.sock.room = 0


@pytest.fixture
def make_line(loop: Loop, selector: FakeSelector, queues: SendQueues) -> Callable[[], Line]:
    def make() -> Line:
        line = Line(loop, selector, queues)
        line.transport.start(line.receiver)
        return line

    return make


@pytest.fixture
def line(make_line: Callable[[], Line]) -> Line:
    return make_line()


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


def test_joined_pieces_are_bounded(loop: Loop, selector: FakeSelector) -> None:
    """A send costs more than copying, but not more than copying without end."""
    queues = SendQueues(Marks(10 * JOIN_SIZE, 10 * JOIN_SIZE, 10 * JOIN_SIZE))
    loop.at_turn_end(queues.flush)
    line = Line(loop, selector, queues)
    line.transport.start(line.receiver)
    pieces = [bytes([n]) * 1000 for n in range(200)]
    line.writes(*pieces)
    assert line.sock.received_by_peer == b"".join(pieces)
    assert max(map(len, line.sock.sent)) < JOIN_SIZE + 1000
    assert len(line.sock.sent) == 4


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


# --- marks


def test_the_soft_mark_is_told_once_each_way(line: Line) -> None:
    """Behind when it is over the mark, no longer when it has come back to half of it."""
    line.blocks()
    line.writes(b"x" * SOFT)
    assert line.told == []
    line.writes(b"x")
    assert line.told == [("behind", True)]
    line.writes(b"x")
    line.drains(SOFT // 2)
    assert line.told == [("behind", True)]
    line.drains(2)
    assert line.told == [("behind", True), ("behind", False)]
    line.drains(None)
    assert line.told == [("behind", True), ("behind", False)]


def test_the_soft_mark_again(line: Line) -> None:
    """After it has caught up, the same again."""
    for _ in range(3):
        line.blocks()
        line.writes(b"x" * (SOFT + 1))
        line.drains(None)
    assert line.told == [("behind", True), ("behind", False)] * 3


def test_a_quick_reader_is_never_behind(line: Line) -> None:
    """However much is written at once: what counts is what is left."""
    line.writes(b"x" * (HARD * 2))
    assert line.told == []
    assert len(line.sock.received_by_peer) == HARD * 2


def test_a_slow_reader_is_closed(line: Line, queues: SendQueues) -> None:
    """Over the hard mark: what was not begun is dropped, it is told why, and counted."""
    line.blocks()
    line.writes(b"x" * HARD)
    assert "last words" not in str(line.told)
    line.writes(b"y")
    assert line.told[-1] == ("last words",)
    assert queues.closed_slow == {"hard": 1}
    line.writes(b"ignored")
    line.drains(None)
    assert line.sock.received_by_peer == b"<too slow>"
    assert line.sock.shut == [socket.SHUT_WR]


def test_what_was_begun_is_finished(line: Line) -> None:
    """So that the peer's frames stay whole: a slow reader gets all of the piece, and the reason."""
    line.sock.room = 4
    line.writes(b"begun frame|")
    line.writes(b"x" * HARD)
    line.drains(None)
    assert line.sock.received_by_peer == b"begun frame|<too slow>"


def test_what_was_begun_is_finished_even_if_much(line: Line) -> None:
    """Also when the turn in which it is begun is the one in which it is over the mark."""
    line.sock.room = 1
    line.writes(b"x" * (HARD + 10), b"|")
    line.drains(5)
    line.drains(None)
    assert line.sock.received_by_peer == b"x" * (HARD + 10) + b"|<too slow>"


def test_a_slow_reader_is_noticed_when_it_reads_a_little(line: Line) -> None:
    """Its queue grew while it was full; a few bytes do not help."""
    line.blocks()
    line.writes(b"x" * (HARD - 1))
    line.transport.write(b"x" * 10)
    line.drains(2)
    assert line.told[-1] == ("last words",)


def test_a_slow_reader_without_a_word(line: Line) -> None:
    """A dialect may have none: it is closed all the same."""
    line.receiver._last_words = b""
    line.blocks()
    line.writes(b"x" * (HARD + 1))
    line.drains(None)
    assert line.sock.received_by_peer == b""
    assert line.sock.shut == [socket.SHUT_WR]


def test_what_is_written_as_last_words_are_asked_for_is_dropped_too(line: Line) -> None:
    """A session that leaves its rooms is told what they had for it; there is no room for that."""
    line.receiver.on["last words"] = lambda: line.transport.write(b"z" * HARD)
    line.blocks()
    line.writes(b"x" * (HARD + 1))
    line.drains(None)
    assert line.sock.received_by_peer == b"<too slow>"


def test_a_closing_connection_is_not_closed_as_slow(line: Line, queues: SendQueues) -> None:
    """It has its own bound, and its last words."""
    line.blocks()
    line.transport.write(b"x" * (HARD + 1))
    line.transport.close()
    line.turn()
    assert not queues.closed_slow
    line.drains(None)
    assert line.sock.received_by_peer == b"x" * (HARD + 1)


def test_the_fullest_are_closed_when_all_together_are_too_many(
    make_line: Callable[[], Line], queues: SendQueues
) -> None:
    """As many as it takes, the fullest first."""
    lines = [make_line() for _ in range(5)]
    for line, size in zip(lines, [700, 500, 900, 200, 600], strict=True):
        line.blocks()
        line.writes(b"x" * size)
    assert queues.queued == 2900
    assert not queues.closed_slow
    lines[3].writes(b"x" * 101)
    closed = [("last words",) in line.told for line in lines]
    assert closed == [False, False, True, False, False]
    assert queues.closed_slow == {"total": 1}
    assert queues.queued <= TOTAL


def test_the_total_holds_when_all_write_in_one_turn(
    make_line: Callable[[], Line], queues: SendQueues
) -> None:
    """As with a message to a room of sleepers."""
    lines = [make_line() for _ in range(20)]
    for line in lines:
        line.blocks()
        line.transport.write(b"x" * 500)
    lines[0].turn()
    assert queues.queued <= TOTAL
    assert queues.closed_slow["total"] == sum(("last words",) in line.told for line in lines) == 15


# --- closing


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
    line.transport.close_slow("hard")
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


# --- real sockets


def test_real_sockets(loop: Loop, selector: FakeSelector, queues: SendQueues) -> None:
    """What the fakes promise is so: a full socket, reading, the end of both directions."""
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
