"""Which sessions each user has here, so that what concerns a user reaches all of them."""

from collections.abc import Iterator
from typing import Protocol

from reactor.lines import Member
from reactor.records import Account
from reactor.silence import Watched
from wire import names


class LoggedIn(Watched, Member, Protocol):
    """A session, as others see it who have something to tell its user.

    Attributes:
        device_id: the device whose token it may be logged in with next time; 0 is none.
    """

    device_id: int


class Sessions:
    """The sessions that are logged in, by user."""

    def __init__(self) -> None:
        # Most users have one session, so only those who have more have a place for them.
        self._first: dict[int, LoggedIn] = {}
        self._others: dict[int, dict[LoggedIn, None]] = {}  # sets that keep their order

    def __iter__(self) -> Iterator[LoggedIn]:
        """All of them, in no order."""
        yield from self._first.values()
        for sessions in self._others.values():
            yield from sessions

    def began(self, user_id: int, session: LoggedIn) -> bool:
        """Take note of *session*; return whether it is the user's only one."""
        if self._first.setdefault(user_id, session) is session:
            return True
        self._others.setdefault(user_id, {})[session] = None
        return False

    def ended(self, user_id: int, session: LoggedIn) -> bool:
        """Forget *session*; return whether it was the user's last."""
        others = self._others.get(user_id, {})
        if self._first[user_id] is not session:
            del others[session]
        elif others:
            self._first[user_id] = next(iter(others))
            del others[self._first[user_id]]
        else:
            del self._first[user_id]
        if not others:
            self._others.pop(user_id, None)
        return user_id not in self._first

    def of(self, user_id: int) -> tuple[LoggedIn, ...]:
        """Return those of that user now, in the order in which they began."""
        first = self._first.get(user_id)
        return () if first is None else (first, *self._others.get(user_id, ()))

    def accounts_named(self, *usernames: str) -> list[Account]:
        """Return the users of these names, in any spelling, of whom a session is here. Dear: all
        sessions are looked at."""
        keys = set(map(names.key, usernames))
        users = [session.user for session in self._first.values()]
        return [user for user in users if names.key(user.name) in keys]

    def that_can_be_asked(self) -> Iterator[LoggedIn]:
        """Yield those whose clients answer when they are asked if they are there."""
        return (session for session in self if session.dialect.can_be_pinged)

    def full_of(self, user_id: int) -> tuple[LoggedIn, ...]:
        """Return those of that user now that are told everything."""
        return tuple(each for each in self.of(user_id) if each.dialect.tells_rooms)
