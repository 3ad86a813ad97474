"""Which sessions each user has here, so that what concerns a user reaches all of them."""

from typing import Protocol

from reactor.lines import Member
from reactor.records import Account
from wire import names
from wire.messages import Message


class LoggedIn(Member, Protocol):
    """A session, as others see it who have something to tell its user.

    Attributes:
        device_id: the device whose token it may be logged in with next time; 0 is none.
    """

    device_id: int

    def send(self, message: Message) -> None: ...

    def end(self, reason: str, detail: str, retry_after: int = 0) -> None: ...


class Sessions:
    """The sessions that are logged in, by user."""

    def __init__(self) -> None:
        self._of: dict[int, dict[LoggedIn, None]] = {}  # sets that keep their order

    def began(self, user_id: int, session: LoggedIn) -> None:
        self._of.setdefault(user_id, {})[session] = None

    def ended(self, user_id: int, session: LoggedIn) -> None:
        sessions = self._of[user_id]
        del sessions[session]
        if not sessions:
            del self._of[user_id]

    def of(self, user_id: int) -> tuple[LoggedIn, ...]:
        """Return those of that user now, in the order in which they began."""
        return tuple(self._of.get(user_id, ()))

    def accounts_named(self, *usernames: str) -> list[Account]:
        """Return the users of these names, in any spelling, of whom a session is here. Dear: all
        sessions are looked at."""
        keys = set(map(names.key, usernames))
        users = [next(iter(sessions)).user for sessions in self._of.values()]
        return [user for user in users if names.key(user.name) in keys]

    def full_of(self, user_id: int) -> tuple[LoggedIn, ...]:
        """Return those of that user now that are told everything."""
        return tuple(each for each in self.of(user_id) if each.dialect.tells_rooms)
