"""Rows in front of a lane: so many at once, in order, each answered once, and others in between."""

import pytest

from reactor.rows import Row
from reactor.workers import LaneFull
from tests.helpers.workers import HandLane

AT_ONCE = 2


@pytest.fixture
def lane() -> HandLane:
    return HandLane()


@pytest.fixture
def row(lane: HandLane) -> Row:
    return Row(lane, at_once=AT_ONCE, capacity=10)


class Asker:
    """Gives work to a lane, and writes down what comes back."""

    def __init__(self) -> None:
        self.told: list[object] = []

    def asks(self, lane: HandLane | Row, name: str) -> None:
        lane.submit(lambda word: word.upper(), name, done=self.told.append, failed=self.told.append)


def test_only_so_many_are_in_the_lane(lane: HandLane, row: Row) -> None:
    """The next one comes in when one has ended, and all of them in their order."""
    asker = Asker()
    for name in "abcde":
        asker.asks(row, name)
    in_lane = []
    while lane:
        in_lane.append(len(lane))
        lane.run_one()
    assert asker.told == ["A", "B", "C", "D", "E"]
    assert in_lane == [2, 2, 2, 2, 1]


def test_whoever_comes_by_another_way_waits_for_few(lane: HandLane, row: Row) -> None:
    """However many wait in the row."""
    crowd, other = Asker(), Asker()
    for _ in range(9):
        crowd.asks(row, "x")
    other.asks(lane, "me")
    for _ in range(AT_ONCE + 1):
        lane.run_one()
    assert other.told == ["ME"]


def test_a_failure_makes_room_too(lane: HandLane, row: Row) -> None:
    """And is told to the one whose work it was."""
    asker, wrong = Asker(), ZeroDivisionError()
    for name in "abc":
        asker.asks(row, name)
    lane.fail_one(wrong)
    lane.run_all()
    assert asker.told == [wrong, "B", "C"]


def test_a_result_may_ask_for_more(lane: HandLane, row: Row) -> None:
    """Behind those who wait."""
    asker = Asker()
    row.submit(lambda: 0, done=lambda _: asker.asks(row, "last"), failed=asker.told.append)
    for name in "abc":
        asker.asks(row, name)
    while lane:
        lane.run_one()
    assert asker.told == ["A", "B", "C", "LAST"]


def test_a_full_row_takes_nothing_more(lane: HandLane) -> None:
    """What is in the lane counts; there is room again when a piece has ended."""
    row, asker = Row(lane, at_once=1, capacity=2), Asker()
    for name in "ab":
        asker.asks(row, name)
    with pytest.raises(LaneFull):
        asker.asks(row, "c")
    lane.run_one()
    asker.asks(row, "c")
    while lane:
        lane.run_one()
    assert asker.told == ["A", "B", "C"]


def test_a_full_lane_is_the_askers_affair(lane: HandLane, row: Row) -> None:
    """Nothing is submitted, and the row goes on."""
    lane.capacity = 0
    asker = Asker()
    with pytest.raises(LaneFull):
        asker.asks(row, "a")
    lane.capacity = 10
    asker.asks(row, "b")
    lane.run_all()
    assert asker.told == ["B"]


def test_whoever_waited_in_vain_is_answered(lane: HandLane) -> None:
    """Others have filled the lane meanwhile: those who waited are told, and nobody hangs."""
    row, asker = Row(lane, at_once=1, capacity=10), Asker()
    for name in "abc":
        asker.asks(row, name)
    lane.capacity = 0
    lane.run_one()
    assert [type(told) for told in asker.told] == [LaneFull, LaneFull, str]
    lane.capacity = 10
    asker.asks(row, "d")
    while lane:
        lane.run_one()
    assert asker.told[3:] == ["D"]
