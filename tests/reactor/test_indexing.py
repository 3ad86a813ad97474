"""Keeping the index up, in idle moments."""

import pytest

from reactor.indexing import AFTER_FAILURE, PIECE, WHEN_BUSY, WHEN_IDLE, Indexing
from reactor.loop import Loop
from tests.helpers.workers import HandLane


class Rig:
    """Indexing with so many messages to do."""

    def __init__(self, loop: Loop) -> None:
        self.loop = loop
        self.lane = HandLane()
        self.left = 0
        self.is_idle = True
        self.indexing = Indexing(loop, self.index_some, self.lane, lambda: self.is_idle)

    def index_some(self, limit: int) -> bool:
        done = min(limit, self.left)
        self.left -= done
        return done == limit

    def advance(self, seconds: float) -> None:
        over: list[bool] = []
        self.loop.call_later(seconds, over.append, True)
        while not over:
            self.loop.turn()


@pytest.fixture
def rig(loop: Loop) -> Rig:
    return Rig(loop)


def pieces(rig: Rig, seconds: float) -> int:
    """How many pieces are worked off in that time, each at once."""
    count = 0
    for _ in range(round(seconds / WHEN_IDLE)):
        rig.advance(WHEN_IDLE)
        count += len(rig.lane)
        rig.lane.run_all()
    return count


def test_what_is_there_at_the_start(rig: Rig) -> None:
    """Is worked off piece by piece; then it rests."""
    rig.left = 3 * PIECE
    assert pieces(rig, 2) == 4
    assert rig.left == 0
    assert pieces(rig, 100) == 0


def test_what_is_said_later(rig: Rig) -> None:
    """Wakes it, once for all that is said until then."""
    pieces(rig, 2)
    rig.left = 2
    rig.indexing.wake()
    rig.indexing.wake()
    assert pieces(rig, 2) == 1
    assert rig.left == 0


def test_while_others_wait_for_the_lane(rig: Rig) -> None:
    """It takes a piece in a second."""
    rig.left, rig.is_idle = 100 * PIECE, False
    assert pieces(rig, 5 * WHEN_BUSY) in (4, 5)


def test_one_piece_at_a_time(rig: Rig) -> None:
    """However long it takes."""
    rig.left = 100 * PIECE
    for _ in range(5):
        rig.advance(WHEN_BUSY)
        rig.indexing.wake()
    assert len(rig.lane) == 1


def test_a_full_lane_and_a_failure(rig: Rig) -> None:
    """It tries again later."""
    rig.lane.capacity = 0
    rig.advance(WHEN_BUSY)
    rig.lane.capacity = 1
    rig.advance(WHEN_BUSY)
    rig.lane.fail_one(OSError("away"))
    rig.advance(AFTER_FAILURE - 1)
    assert len(rig.lane) == 0
    rig.advance(1)
    assert len(rig.lane) == 1
