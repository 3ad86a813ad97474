"""The marks of the send queues: who is behind, who is closed, and what the peer still gets."""

import socket
from collections.abc import Callable

from reactor.send_queues import CLOSED_PER_TURN, SendQueues
from tests.helpers.transports import HARD, SOFT, TOTAL, Line


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


def test_what_was_begun_stays_apart_from_what_was_not(line: Line) -> None:
    """Though the socket was asked in vain in between, when more was queued behind it."""
    line.sock.room = 4
    line.writes(b"begun frame|")
    line.writes(b"another frame|")
    line.drains(0)
    line.writes(b"x" * HARD)
    line.drains(None)
    assert line.sock.received_by_peer == b"begun frame|<too slow>"


def test_what_was_begun_and_finished_begins_nothing_else(line: Line) -> None:
    """The next piece has not been begun, and is dropped whole."""
    line.sock.room = 1
    line.writes(b"abc", b"def")
    line.drains(2)
    line.writes(b"x" * HARD)
    line.drains(None)
    assert line.sock.received_by_peer == b"abc<too slow>"


def test_what_was_begun_is_finished_even_if_much(line: Line) -> None:
    """Also when the turn in which it is begun is the one in which it is over the mark."""
    line.sock.room = 1
    line.writes(b"x" * (HARD + 10), b"|")
    line.drains(5)
    line.drains(None)
    assert line.sock.received_by_peer == b"x" * (HARD + 10) + b"<too slow>"


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


def test_one_that_is_closing_may_be_the_fullest(
    make_line: Callable[[], Line], queues: SendQueues
) -> None:
    """It goes like any other when all together are too many, and has no further words."""
    closing, other = make_line(), make_line()
    for line in (closing, other):
        line.blocks()
    closing.transport.write(b"x" * 2500)
    closing.transport.close()
    other.writes(b"x" * 501)
    assert closing.told == [("lost", "given up")]
    assert queues.queued == 501
    assert other.told == [("behind", True)]


def test_a_crowd_that_is_given_up_in_one_turn_is_closed_in_several(
    make_line: Callable[[], Line], queues: SendQueues
) -> None:
    """What it held is dropped at once, what it is told meanwhile too, and it is not heard."""
    crowd = [make_line() for _ in range(CLOSED_PER_TURN + 1)]
    for line in crowd:
        line.blocks()
        line.transport.write(b"x" * (HARD + 1))
    crowd[0].turn()
    assert queues.queued == len(b"<too slow>") * CLOSED_PER_TURN
    (last,) = [line for line in crowd if ("last words",) not in line.told]
    assert not last.watched
    last.drains(None)
    assert last.sock.received_by_peer == b"<too slow>"
    assert [line.told.count(("last words",)) for line in crowd] == [1] * len(crowd)


def test_one_that_was_begun_is_not_ended_before_it_is_told_why(
    make_line: Callable[[], Line], queues: SendQueues
) -> None:
    """It reads on between being given up and being closed."""
    crowd = [make_line() for _ in range(CLOSED_PER_TURN)]
    late = make_line()
    for line in crowd:
        line.blocks()
        line.transport.write(b"x" * (HARD + 1))
    late.sock.room = 4
    late.transport.write(b"begun frame|")
    late.transport.write(b"x" * (HARD + 1))
    late.turn()
    late.drains(None)
    late.turn()
    assert late.sock.received_by_peer == b"begun frame|<too slow>"
    assert late.sock.shut == [socket.SHUT_WR]


def test_one_that_is_lost_when_its_turn_comes(
    make_line: Callable[[], Line], queues: SendQueues
) -> None:
    """It has been told that, and nothing comes after it."""
    crowd = [make_line() for _ in range(CLOSED_PER_TURN + 1)]
    for line in crowd:
        line.blocks()
        line.transport.write(b"x" * (HARD + 1))
    crowd[0].turn()
    (last,) = [line for line in crowd if ("last words",) not in line.told]
    last.transport.abort("reset")
    last.turn()
    assert last.told == [("lost", "reset")]
