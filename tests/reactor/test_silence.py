"""Asking whether somebody is there."""

import pytest

from reactor.loop import Loop
from reactor.silence import AT_ONCE, ROUNDS, SilenceWatch
from tests.helpers.clock import FakeClock
from wire.messages import AreYouThere, Message

ASK_AFTER, GONE_AFTER = 10, 30

# How late something may be.
LATE = ASK_AFTER / ROUNDS


class Client:
    """One that is watched: what it was told, and when."""

    def __init__(self, clock: FakeClock) -> None:
        self.last_heard = self.began = clock.now
        self.asked_after = 0.0
        self.ended = self.is_waiting = False
        self.told: list[tuple[str, float]] = []
        self._clock = clock

    def send(self, message: Message) -> None:
        assert message == AreYouThere()
        self._note("asked")

    def end(self, reason: str, _detail: str, _retry_after: int = 0) -> None:
        self.ended = True
        self._note(reason)

    def speaks(self) -> None:
        self.last_heard = self._clock.now

    def _note(self, what: str) -> None:
        self.told.append((what, self._clock.now - self.began))


class Watched:
    """A watch that asks after 10 seconds and gives up after 30, and whom it watches."""

    def __init__(self, loop: Loop, clock: FakeClock) -> None:
        self.clients: list[Client] = []
        self._loop = loop
        self._clock = clock
        self._watch = SilenceWatch(loop, lambda: self.clients, ASK_AFTER, GONE_AFTER)

    def come(self) -> Client:
        self.clients.append(Client(self._clock))
        self._watch.wake()
        return self.clients[-1]

    def advance(self, seconds: float) -> None:
        over: list[bool] = []
        self._loop.call_later(seconds, over.append, True)
        while not over:
            self._loop.turn()


@pytest.fixture
def watched(loop: Loop, clock: FakeClock) -> Watched:
    return Watched(loop, clock)


def test_one_who_says_nothing(watched: Watched) -> None:
    """Is asked once, then taken for gone, once; never early, and at the most a round late."""
    client = watched.come()
    watched.advance(100)
    (asked, asked_at), (gone, gone_at) = client.told
    assert (asked, gone) == ("asked", "silent")
    assert ASK_AFTER <= asked_at <= ASK_AFTER + LATE
    assert GONE_AFTER <= gone_at <= GONE_AFTER + LATE


def test_one_who_speaks(watched: Watched) -> None:
    """Is asked when it has been quiet for long enough since; and again, the next time."""
    client = watched.come()
    watched.advance(8)
    client.speaks()
    watched.advance(9.9)
    assert client.told == []
    watched.advance(LATE + 0.1)
    assert len(client.told) == 1
    client.speaks()
    watched.advance(ASK_AFTER + LATE)
    assert [what for what, _ in client.told] == ["asked", "asked"]


def test_what_waits_to_be_served_was_heard(watched: Watched) -> None:
    """However long ago it came; when it is served, the silence begins."""
    client = watched.come()
    client.is_waiting = True
    watched.advance(100)
    assert client.told == []
    client.is_waiting = False
    watched.advance(GONE_AFTER - ASK_AFTER - LATE)
    assert [what for what, _ in client.told] in ([], ["asked"])
    watched.advance(ASK_AFTER + 2 * LATE)
    assert [what for what, _ in client.told] == ["asked", "silent"]


def test_one_who_has_gone(watched: Watched) -> None:
    """Is told nothing more, in the round that is under way either."""
    client, other = watched.come(), watched.come()
    watched.advance(9)
    client.ended = True
    watched.advance(100)
    assert client.told == []
    assert len(other.told) == 2


def test_clients_cost_no_timers(watched: Watched, loop: Loop) -> None:
    """There is one for all, and none when nobody is here."""
    for _ in range(3 * AT_ONCE):
        watched.come()
    assert len(loop._timers) == 1
    watched.clients.clear()
    watched.advance(2 * LATE)
    assert loop._timers == []
    watched.come()
    assert len(loop._timers) == 1


def test_a_turn_asks_no_more_than_some(watched: Watched, loop: Loop) -> None:
    """However many have come at once, and been silent since; and yet all in time."""
    clients = [watched.come() for _ in range(3 * AT_ONCE)]
    asked_in_turns, before = [], 0
    while before < len(clients):
        loop.turn()
        asked = sum(len(client.told) for client in clients)
        asked_in_turns.append(asked - before)
        before = asked
    assert max(asked_in_turns) == AT_ONCE
    assert all(at <= ASK_AFTER + 2 * LATE for client in clients for _, at in client.told)
