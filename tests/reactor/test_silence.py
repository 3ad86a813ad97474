"""Asking whether somebody is there."""

import pytest

from reactor.loop import Loop
from reactor.silence import SilenceWatch
from tests.helpers.clock import FakeClock


class Watched:
    """A watch that asks after 10 seconds and gives up after 30, and what it did."""

    def __init__(self, loop: Loop, clock: FakeClock) -> None:
        self.did: list[tuple[str, float]] = []
        self.waits = False
        self._loop = loop
        self._clock = clock
        self.began = clock.now
        self.watch = SilenceWatch(
            loop,
            10,
            30,
            ask=lambda: self._do("ask"),
            gone=lambda: self._do("gone"),
            is_waiting=lambda: self.waits,
        )

    def _do(self, what: str) -> None:
        self.did.append((what, self._clock.now - self.began))

    def advance(self, seconds: float) -> None:
        over: list[bool] = []
        self._loop.call_later(seconds, over.append, True)
        while not over:
            self._loop.turn()


@pytest.fixture
def watched(loop: Loop, clock: FakeClock) -> Watched:
    return Watched(loop, clock)


def test_one_who_says_nothing(watched: Watched) -> None:
    """Is asked once, then taken for gone, once."""
    watched.watch.start()
    watched.advance(100)
    assert watched.did == [("ask", 10), ("gone", 30)]


def test_one_who_speaks(watched: Watched) -> None:
    """Is asked when it has been quiet for long enough since."""
    watched.watch.start()
    watched.advance(8)
    watched.watch.heard()
    watched.advance(9)
    assert watched.did == []
    watched.advance(2)
    assert [what for what, _ in watched.did] == ["ask"]


def test_what_waits_to_be_served_was_heard(watched: Watched) -> None:
    """However long ago it came."""
    watched.waits = True
    watched.watch.start()
    watched.advance(100)
    assert watched.did == []


def test_stopping(watched: Watched) -> None:
    """Before it was started too."""
    watched.watch.stop()
    watched.watch.start()
    watched.watch.stop()
    watched.advance(100)
    assert watched.did == []
