"""Who is online, and telling everybody who comes and goes without drowning them in it.

Whoever was touched within DELAY is told of once, with what is true at its end: coming, going and
coming again is one line. When more than BURST_MAX users were touched (a class arriving, a network
returning), only their number is told, so that n arrivals never cost n × n lines.
"""

import bisect
from typing import NamedTuple

from reactor.loop import Loop
from reactor.rooms import Room
from wire.messages import OnlineCount, Presence

# Seconds between a change and telling it.
DELAY = 0.5

# Users told of one by one at a time: about what fits on a screen.
BURST_MAX = 50


class OnlineUser(NamedTuple):
    """Somebody who has a session."""

    name: str
    nickname: str


class OnlineUsers:
    """The users who have at least one session here, in the order of their names."""

    def __init__(self, loop: Loop, lobby: Room) -> None:
        self._loop = loop
        self._lobby = lobby
        self._sessions: dict[OnlineUser, int] = {}
        self._sorted: list[OnlineUser] = []
        self._touched: dict[OnlineUser, None] = {}

    def __len__(self) -> int:
        return len(self._sorted)

    def session_began(self, user: OnlineUser) -> None:
        self._sessions[user] = self._sessions.get(user, 0) + 1
        if self._sessions[user] == 1:
            bisect.insort(self._sorted, user)
            self._touch(user)

    def session_ended(self, user: OnlineUser) -> None:
        self._sessions[user] -= 1
        if not self._sessions[user]:
            del self._sessions[user]
            del self._sorted[bisect.bisect_left(self._sorted, user)]
            self._touch(user)

    def page(self, after: str, limit: int) -> tuple[list[OnlineUser], bool]:
        """Return up to *limit* users behind the name *after*, and whether there are more."""
        start = bisect.bisect_right(self._sorted, after, key=lambda user: user.name) if after else 0
        return self._sorted[start : start + limit], start + limit < len(self._sorted)

    def _touch(self, user: OnlineUser) -> None:
        if not self._touched:
            self._loop.call_later(DELAY, self._tell)
        self._touched[user] = None

    def _tell(self) -> None:
        touched, self._touched = self._touched, {}
        if len(touched) > BURST_MAX:
            self._lobby.announce(OnlineCount(len(self)))
            return
        for user in touched:
            self._lobby.announce(
                Presence(user.name, user.nickname, "1" if user in self._sessions else "0")
            )
