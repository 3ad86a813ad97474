"""The marks of the send queues: who is behind, who is closed, and what the peer still gets."""

import socket
from collections.abc import Callable

from reactor.send_queues import SendQueues
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
