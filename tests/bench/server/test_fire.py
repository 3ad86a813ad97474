"""The scenes under fire: what they would notice, and a short run. No figure is judged here."""

import math
from functools import partial

import pytest

from bench.server import fire
from bench.server.passing import Sleeper
from bench.server.processes import raise_descriptors
from bench.server.results import Result, told
from bench.server.scene import Options
from bench.server.servers import server
from bench.server.turning import Turning


def heard(*numbers: int) -> Sleeper:
    """One who has heard these numbers of the lobby."""
    sleeper = Sleeper(Turning(), ("127.0.0.1", 1), 0)
    for number in numbers:
        sleeper.heard(b"1002|n|t|u|lobby|%d|17" % number)
        sleeper.heard(b"00\n")
    return sleeper


@pytest.mark.parametrize(
    ("numbers", "mark", "twice", "holes"),
    [
        ((1, 2, 3), 3, 0, 0),
        ((1, 2, 2, 3), 3, 1, 0),
        ((1, 3), 1, 0, 1),
        ((2, 1), 2, 1, 0),
    ],
)
def test_what_comes_twice_or_not_at_all_is_counted(
    numbers: tuple[int, ...], mark: int, twice: int, holes: int
) -> None:
    """However the bytes were cut."""
    sleeper = heard(*numbers)
    assert (sleeper.mark, sleeper.twice, sleeper.holes) == (mark, twice, holes)
    assert sleeper.mark_time == 1700


def check(results: list[Result]) -> None:
    assert [each.error for each in results if each.error] == []
    assert len(results) == 2
    for each in results:
        assert all(value >= 0 or math.isnan(value) for value in each.figures.values()), each
    assert "without" in told(results, fire.COLUMNS)


@pytest.mark.slow
@pytest.mark.parametrize(
    "case",
    [
        fire.slow,
        partial(fire.crowd_of, "asleep", Sleeper, receive_buffer=fire.SMALL_BUFFER),
        fire.mix,
    ],
)
def test_a_short_run(case: fire.Case) -> None:
    """With little of everything; who was asleep has got all of it."""
    raise_descriptors()
    check(case(fire.QUICK))


def test_others_are_not_measured() -> None:
    """They do not store what they would have to bring again."""
    redis = server("minichat")._replace(name="redis")
    assert fire.measure(Options((redis,))) == []
