"""Who is online, and telling everybody who comes and goes, as :mod:`reactor.coalescing` does."""

import bisect
from collections.abc import Mapping
from operator import attrgetter

from reactor.coalescing import Gathered
from reactor.loop import Loop
from reactor.records import Account
from reactor.rooms import Room
from wire.messages import OnlineCount, Presence

_name = attrgetter("name")


class OnlineUsers:
    """The users who have at least one session here, in the order of their names."""

    def __init__(self, loop: Loop, lobby: Room) -> None:
        self._lobby = lobby
        self._sorted: list[Account] = []
        self._gathered = Gathered[Account, str](loop, lobby, self._tell, self._tell_number)

    def __len__(self) -> int:
        return len(self._sorted)

    def is_here(self, name: str) -> bool:
        """Whether the user who is called so, letter for letter, is online."""
        at = self._place(name)
        return at < len(self._sorted) and self._sorted[at].name == name

    def came(self, user: Account) -> None:
        """The first session of *user* has begun."""
        bisect.insort(self._sorted, user, key=_name)
        self._gathered.note(user, "1")

    def went(self, user: Account) -> None:
        """The last session of *user*, who came, has ended."""
        del self._sorted[self._place(user.name)]
        self._gathered.note(user, "0")

    def page(self, after: str, limit: int) -> tuple[list[Account], bool]:
        """Return up to *limit* users behind the name *after*, and whether there are more."""
        start = bisect.bisect_right(self._sorted, after, key=_name) if after else 0
        return self._sorted[start : start + limit], start + limit < len(self._sorted)

    def _place(self, name: str) -> int:
        return bisect.bisect_left(self._sorted, name, key=_name)

    def _tell(self, states: Mapping[Account, str]) -> None:
        for user, state in states.items():
            self._lobby.announce(Presence(user.name, user.nickname, state))

    def _tell_number(self) -> None:
        self._lobby.announce(OnlineCount(len(self)))
