"""The rota: so many in a turn, first come, first served, each once."""

from functools import partial

import pytest

from reactor.loop import Loop
from reactor.rota import SESSIONS_PER_TURN, Rota
from tests.reactor.conftest import Faults


@pytest.fixture
def rota(loop: Loop) -> Rota:
    return Rota(loop)


@pytest.fixture
def served() -> list[object]:
    return []


def turns(loop: Loop, served: list[object], count: int) -> list[int]:
    """How many have been served after each of *count* turns."""
    counts = []
    for _ in range(count):
        loop.call_soon(lambda: None)
        loop.turn()
        counts.append(len(served))
    return counts


def test_so_many_in_a_turn(loop: Loop, rota: Rota, served: list[object]) -> None:
    """In the order in which they asked."""
    total = 2 * SESSIONS_PER_TURN + 3
    for number in range(total):
        rota.next_turn(partial(served.append, number))
    assert served == []
    assert turns(loop, served, 4) == [SESSIONS_PER_TURN, 2 * SESSIONS_PER_TURN, total, total]
    assert served == list(range(total))


def test_who_asks_again_waits_behind_the_others(
    loop: Loop, rota: Rota, served: list[object]
) -> None:
    """However much somebody sends, the others have their turn."""

    def greedy() -> None:
        served.append("greedy")
        rota.next_turn(greedy)

    rota.next_turn(greedy)
    for number in range(2 * SESSIONS_PER_TURN):
        rota.next_turn(partial(served.append, number))
    turns(loop, served, 2)
    assert served[: SESSIONS_PER_TURN + 1] == ["greedy", *range(SESSIONS_PER_TURN)]
    turns(loop, served, 2)
    assert set(range(2 * SESSIONS_PER_TURN)) <= set(served)


def test_who_is_alone_is_served_once_in_a_turn(
    loop: Loop, rota: Rota, served: list[object]
) -> None:
    """And no more often the longer it goes on."""

    def greedy() -> None:
        served.append("greedy")
        rota.next_turn(greedy)

    rota.next_turn(greedy)
    assert turns(loop, served, 6) == [1, 2, 3, 4, 5, 6]


def test_it_begins_anew(loop: Loop, rota: Rota, served: list[object]) -> None:
    """After a time with nobody in the row."""
    for number in (1, 2, 3):
        rota.next_turn(partial(served.append, number))
        assert turns(loop, served, 2) == [number, number]


def test_a_fault_is_that_sessions_alone(
    loop: Loop, rota: Rota, served: list[object], faults: Faults
) -> None:
    """The next in the row are served."""

    def fault() -> None:
        raise ZeroDivisionError

    rota.next_turn(fault)
    rota.next_turn(partial(served.append, "next"))
    turns(loop, served, 1)
    assert served == ["next"]
    faults.expect(ZeroDivisionError)
