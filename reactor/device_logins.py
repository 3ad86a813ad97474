"""Logging in with a device's token: many at a time, for they come in crowds.

A server that comes back is joined by everybody at once. So those who wait are looked up together,
with their rooms, in one piece of work of the database lane: at the end of each turn BATCH_MAX of
them at the most, while no others are being looked up. What a turn has to do for them is bounded,
and the messages that wait for the lane meanwhile have it after each batch.

1. Tokens and rooms are read where they change, in the lane of the one thread, and the answers carry
   them out at once: see :mod:`reactor.memberships`.
2. Each login is answered exactly once, on the loop.
3. Wrong tokens are counted with the wrong passwords. They are random and long, so that guessing is
   hopeless: a plain digest is kept of each, and finding it costs no hash and waits for none.
"""

import hashlib
import logging
from collections import deque
from collections.abc import Callable, Sequence
from typing import NamedTuple

from reactor.devices import Devices, Login
from reactor.loop import Loop
from reactor.records import Account, Membership
from reactor.stores import Stores
from reactor.throttle import FailedLogins
from reactor.workers import Lane, LaneFull
from wire import names
from wire.limits import MAX_NAME

log = logging.getLogger(__name__)

# Logins that are looked up together: so many that the way to the lane and back is nothing for each,
# and so few that a turn takes them in within milliseconds.
BATCH_MAX = 32


class Arrival(NamedTuple):
    """Who has logged in, and the rooms that they are in, but for the lobby."""

    login: Login
    memberships: Sequence[Membership]


Answer = Callable[[Arrival | str], object]


class _Question(NamedTuple):
    username: str
    address: str
    digest: str
    wants_rooms: bool
    answer: Answer


class _Found(NamedTuple):
    account: Account
    device_id: int
    memberships: Sequence[Membership]


class DeviceLogins:
    """Logins of devices, by their tokens, on their way through the lane."""

    def __init__(
        self,
        loop: Loop,
        stores: Stores,
        database: Lane,
        devices: Devices,
        failures: FailedLogins,
        now: Callable[[], int],
    ) -> None:
        """*now* is the time of day in milliseconds."""
        self._loop = loop
        self._stores = stores
        self._database = database
        self._devices = devices
        self._failures = failures
        self._now = now
        self._waiting: deque[_Question] = deque()  # one of each session at the most
        self._asked: list[_Question] = []

    def log_in(
        self, username: str, token: str, address: str, answer: Answer, *, wants_rooms: bool
    ) -> None:
        """Call *answer* with whose device has that token, or with a reason word: ``wrong-token``,
        ``too-many-tries``, ``busy``, ``unavailable``. *wants_rooms*: look for the rooms too."""
        if not 0 < len(username) <= MAX_NAME:
            answer("wrong-token")
        elif self._failures.too_many(address, username):
            answer("too-many-tries")
        else:
            digest = hashlib.sha256(token.encode()).hexdigest()
            self._waiting.append(_Question(username, address, digest, wants_rooms, answer))

    def end_turn(self) -> None:
        """Have the next of those who wait looked up. To be called at the end of every turn."""
        if self._asked or not self._waiting:
            return
        size = min(BATCH_MAX, len(self._waiting))
        self._asked = [self._waiting.popleft() for _ in range(size)]
        digests = [(question.digest, question.wants_rooms) for question in self._asked]
        try:
            self._database.submit(
                *(_look_up, self._stores, digests, self._now()),
                done=self._looked_up,
                failed=self._failed,
            )
        except LaneFull:
            self._answer_all(["busy"] * size)

    def _looked_up(self, found: Sequence[_Found | None]) -> None:
        self._answer_all(list(map(self._checked, self._asked, found)))

    def _failed(self, error: BaseException) -> None:
        log.error("tokens not checked: %s", error)
        self._answer_all(["unavailable"] * len(self._asked))

    def _answer_all(self, answers: Sequence[Arrival | str]) -> None:
        asked, self._asked = self._asked, []
        for question, answer in zip(asked, answers, strict=True):
            self._loop.attempt(question.answer, answer)  # a fault is not to reach the next

    def _checked(self, question: _Question, found: _Found | None) -> Arrival | str:
        if found is None or not _same(found.account.name, question.username):
            self._failures.failed(question.address, question.username)
            log.info("token refused peer=%s user=%r", question.address, question.username)
            return "wrong-token"
        self._failures.succeeded(question.address, question.username)
        return Arrival(self._devices.login(found.account, found.device_id), found.memberships)


def _same(name: str, other: str) -> bool:
    return name == other or names.key(name) == names.key(other)


def _look_up(
    stores: Stores, questions: Sequence[tuple[str, bool]], now: int
) -> list[_Found | None]:
    """In the lane: what is found of each digest, with the rooms if they are wanted."""
    devices = stores.devices.find([digest for digest, _ in questions], now)
    found = [(devices.get(digest), wants_rooms) for digest, wants_rooms in questions]
    users = {device[0].user_id for device, wants_rooms in found if device and wants_rooms}
    rooms = stores.rooms.memberships_of(list(users)) if users else {}
    return [
        _Found(*device, rooms[device[0].user_id] if wants_rooms else ()) if device else None
        for device, wants_rooms in found
    ]
