"""Who is online: gathered page by page, then kept by events.

1. A listing takes several pages, and people come and go meanwhile. So it is gathered beside what is
   shown, events go to both, and it takes the other's place when it is complete.
2. At most ``MAX_SHOWN`` names are kept, and ``MAX_PAGES`` asked for. The count is the server's, and
   right however many there are.
"""

from client_gui.changes import Change, OnlineChanged, OnlineStale, Send
from wire.limits import MAX_PAGE
from wire.messages import OnlineUser, Presence, Result, Who
from wire.names import key

MAX_SHOWN = 2_000
"""Names in the list: ten full pages, more than anybody scrolls through."""

MAX_COUNT = 10**9 - 1
"""Users online, as far as they are counted: what Qt's signals can carry."""

MAX_PAGES = 2 * MAX_SHOWN // MAX_PAGE
"""Pages of one listing: twice what full pages need, so that one without an end has one."""


class Roster:
    """Who is online. :meth:`changed` tells once what many events have done."""

    def __init__(self) -> None:
        self._dirty = False
        self._users: dict[str, str] = {}
        self._beyond = 0
        """How many are online beside those we know by name."""
        self._gathered: dict[str, str] | None = None
        self._pages = 0

    def ask(self) -> list[Change]:
        """Begin a listing, unless one is on its way."""
        if self._gathered is not None:
            return []
        self._gathered = {}
        self._pages = 1
        return [Send(Who())]

    def disconnected(self) -> None:
        """The rest of a listing will not come."""
        self._gathered = None

    def listed(self, user: OnlineUser) -> None:
        """An entry of the listing has come."""
        if self._gathered is not None and len(self._gathered) < MAX_SHOWN:
            self._gathered[user.username] = user.nickname

    def page_ended(self, result: Result) -> list[Change]:
        """A page is complete, or was refused."""
        if self._gathered is None:
            return []
        if result.outcome != "ok":
            self._gathered = None
            return [OnlineStale()]
        if result.reference and len(self._gathered) < MAX_SHOWN and self._pages < MAX_PAGES:
            self._pages += 1
            return [Send(Who(after=result.reference))]
        self._users, self._gathered = self._gathered, None
        self._beyond = max(0, _number(result.detail) - len(self._users))
        self._dirty = True
        return []

    def came_or_went(self, presence: Presence) -> None:
        """An event told of one user."""
        online = presence.state == "1"
        if self._gathered is not None:
            _keep(self._gathered, presence, online)
        if not _keep(self._users, presence, online):
            self._beyond = max(0, self._beyond + (1 if online else -1))
        self._dirty = True

    def counted(self, online: int) -> None:
        """So many came and went that only the number is known."""
        self._beyond = min(online, MAX_COUNT) - len(self._users)
        self._dirty = True

    def changed(self) -> list[Change]:
        """Who is online now, if that has changed since the last time."""
        if not self._dirty:
            return []
        self._dirty = False
        users = sorted(self._users.items(), key=lambda user: (key(user[1]), user[0]))
        return [OnlineChanged(tuple(users), len(users) + self._beyond)]


def _keep(users: dict[str, str], presence: Presence, online: bool) -> bool:
    """Do to *users* what *presence* says; false if it is about somebody who is not among them."""
    if not online:
        return users.pop(presence.username, None) is not None
    if presence.username not in users and len(users) >= MAX_SHOWN:
        return False
    users[presence.username] = presence.nickname
    return True


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
