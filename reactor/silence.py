"""Whether the clients that can be asked are still there.

Quiet for a while, a client is asked; for longer, it is taken for gone. Nothing is done for a client
that is heard but to note the time: all of them are looked at, some hundred in a turn, round after
round. So a client costs no timer, and however many came at once are not all asked at once. Since
rounds take a moment, everything happens up to a ROUNDS-th later than it might.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from reactor.loop import Loop
from wire.messages import AreYouThere, Message

# Rounds in the shorter of the two waits: a twentieth of a minute is not missed.
ROUNDS = 20

# Clients that are looked at in one turn: if all of them have to be asked, that is milliseconds.
AT_ONCE = 512


class Watched(Protocol):
    """A session, as it is seen here.

    Attributes:
        last_heard: when something came, by the loop's clock.
        asked_after: what that was when it was last asked.
    """

    last_heard: float
    asked_after: float
    ended: bool

    @property
    def is_waiting(self) -> bool:
        """Whether something it sent waits to be served, and was heard however long ago it came."""

    def send(self, message: Message) -> None: ...

    def end(self, reason: str, detail: str, retry_after: int = 0) -> None: ...


class SilenceWatch:
    """Watches all whom *watched* returns, which is called for each round. Times are in seconds."""

    def __init__(
        self,
        loop: Loop,
        watched: Callable[[], Iterable[Watched]],
        ask_after: float,
        gone_after: float,
    ) -> None:
        self._loop = loop
        self._watched = watched
        self._ask_after = ask_after
        self._gone_after = gone_after
        self._round: Iterator[Watched] = iter(())
        self._wait = 0.0
        self._going = False

    def wake(self) -> None:
        """There is somebody to be watched."""
        if not self._going:
            self._going = True
            self._begin_round()

    def _begin_round(self) -> None:
        """Or none, while nobody is here."""
        sessions = tuple(self._watched())
        self._going = bool(sessions)
        if not sessions:
            return
        turns = -(-len(sessions) // AT_ONCE)
        self._round = iter(sessions)
        self._wait = min(self._ask_after, self._gone_after - self._ask_after) / ROUNDS / turns
        self._loop.call_later(self._wait, self._look_at_some)

    def _look_at_some(self) -> None:
        now = self._loop.time()
        some = list(itertools.islice(self._round, AT_ONCE))
        quiet_since = now - self._ask_after
        # Nearly all have been heard, so nothing but this is done for each.
        for session in [each for each in some if each.last_heard <= quiet_since]:
            if not session.ended:
                self._is_quiet(session, now)
        if len(some) == AT_ONCE:
            self._loop.call_later(self._wait, self._look_at_some)
        else:
            self._begin_round()

    def _is_quiet(self, session: Watched, now: float) -> None:
        if session.is_waiting:
            session.last_heard = now
        elif now - session.last_heard >= self._gone_after:
            session.end("silent", "nothing was heard from you")
        elif session.asked_after != session.last_heard:
            session.asked_after = session.last_heard
            session.send(AreYouThere())
