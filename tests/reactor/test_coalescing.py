"""Telling changes: once, with what is true in the end, and many of them as one."""

from collections.abc import Mapping

import pytest

from reactor.coalescing import BURST_MAX, DELAY, DELAY_EACH, Gathered
from reactor.loop import Loop
from tests.helpers.clock import FakeClock


class Told:
    """What was gathered, and what was told of it."""

    def __init__(self, loop: Loop) -> None:
        self.loop = loop
        self.tellings: list[dict[str, int] | str] = []
        self.listeners = [0] * 10
        self.gathered = Gathered[str, int](
            loop, self.listeners, self.tell, lambda: self.tellings.append("many")
        )

    def tell(self, changes: Mapping[str, int]) -> None:
        self.tellings.append(dict(changes))


@pytest.fixture
def told(loop: Loop) -> Told:
    return Told(loop)


def test_the_last_value_is_told_after_a_moment(told: Told, clock: FakeClock) -> None:
    """Once for each key, in the order in which they first changed."""
    began = clock.now
    for key, value in (("a", 1), ("b", 1), ("a", 2)):
        told.gathered.note(key, value)
    assert told.tellings == []
    told.loop.turn()
    assert clock.now - began == DELAY
    assert told.tellings == [{"a": 2, "b": 1}]
    assert list(told.tellings[0]) == ["a", "b"]


def test_the_next_change_is_told_in_its_turn(told: Told) -> None:
    for value in (1, 2):
        told.gathered.note("a", value)
        told.loop.turn()
    assert told.tellings == [{"a": 1}, {"a": 2}]


@pytest.mark.parametrize(("count", "many"), [(BURST_MAX, False), (BURST_MAX + 1, True)])
def test_many_are_told_as_one(told: Told, count: int, many: bool) -> None:
    """However often each of them has changed."""
    for number in [*range(count), *range(count)]:
        told.gathered.note(str(number), number)
    told.loop.turn()
    assert (told.tellings == ["many"]) is many


def test_no_more_is_kept_than_is_told(told: Told) -> None:
    """A class of thousands costs what fifty cost."""
    for number in range(100 * BURST_MAX):
        told.gathered.note(str(number), number)
    assert len(told.gathered._changes) == BURST_MAX + 1


def test_where_many_listen_it_is_told_more_rarely(told: Told, clock: FakeClock) -> None:
    """So that what telling all of them costs in a second does not grow with them."""
    told.listeners.extend([0] * 9_490)
    began = clock.now
    told.gathered.note("a", 1)
    told.loop.turn()
    assert clock.now - began == pytest.approx(9_500 * DELAY_EACH)


def test_a_crowd_that_arrives_costs_what_one_of_them_does_for_each(told: Told) -> None:
    """Lines, counted: twice as many who come, at the same pace, are not four times as many."""

    def lines(count: int) -> int:
        """That all of those who are there are told in all, while so many come."""
        told.listeners.clear()
        sent = 0
        for number in range(count):
            told.listeners.append(number)
            told.gathered.note(str(number), 1)
            if number % 50 == 0:  # 5,000 in a second
                told.loop.call_later(0.01, lambda: None)
                told.loop.turn()
            sent += len(told.listeners) * len(told.tellings)
            told.tellings.clear()
        return sent

    few, many = lines(5_000), lines(10_000)
    assert many < 2.5 * few
