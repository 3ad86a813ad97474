"""Who is online, and telling everybody who comes and goes, as :mod:`reactor.coalescing` does."""

import bisect
from collections.abc import Mapping
from typing import NamedTuple

from reactor.coalescing import Gathered
from reactor.loop import Loop
from reactor.rooms import Room
from wire.messages import OnlineCount, Presence


class OnlineUser(NamedTuple):
    """Somebody who has a session."""

    name: str
    nickname: str


class OnlineUsers:
    """The users who have at least one session here, in the order of their names."""

    def __init__(self, loop: Loop, lobby: Room) -> None:
        self._lobby = lobby
        self._sessions: dict[OnlineUser, int] = {}
        self._sorted: list[OnlineUser] = []
        self._gathered = Gathered[OnlineUser, str](loop, self._tell, self._tell_number)

    def __len__(self) -> int:
        return len(self._sorted)

    def __contains__(self, user: OnlineUser) -> bool:
        return user in self._sessions

    def session_began(self, user: OnlineUser) -> None:
        self._sessions[user] = self._sessions.get(user, 0) + 1
        if self._sessions[user] == 1:
            bisect.insort(self._sorted, user)
            self._gathered.note(user, "1")

    def session_ended(self, user: OnlineUser) -> None:
        self._sessions[user] -= 1
        if not self._sessions[user]:
            del self._sessions[user]
            del self._sorted[bisect.bisect_left(self._sorted, user)]
            self._gathered.note(user, "0")

    def page(self, after: str, limit: int) -> tuple[list[OnlineUser], bool]:
        """Return up to *limit* users behind the name *after*, and whether there are more."""
        start = bisect.bisect_right(self._sorted, after, key=lambda user: user.name) if after else 0
        return self._sorted[start : start + limit], start + limit < len(self._sorted)

    def _tell(self, states: Mapping[OnlineUser, str]) -> None:
        for user, state in states.items():
            self._lobby.announce(Presence(user.name, user.nickname, state))

    def _tell_number(self) -> None:
        self._lobby.announce(OnlineCount(len(self)))
