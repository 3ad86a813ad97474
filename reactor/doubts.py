"""Who is in which room, looked up where the storage could not say what has become of a change.

A change of members may be made though its answer is lost: with the connection, at its commit, or
because what those concerned are to be told could not be read any more. Until the loop knows, one
who was put out would hear the room, and one who was let in would be told that there is none.

1. Everybody whom the change was about, and who is here, is looked up, one after the other, and
   brought in step. Where nothing had happened, nothing happens now.
2. They are looked up in the lane in which members change, so no later change is undone by it.
3. When the storage cannot say, it is asked again in ``AGAIN`` seconds. No more wait than are here.
"""

import logging
from collections.abc import Iterable, Mapping
from typing import TypeAlias

from reactor.loop import Loop
from reactor.memberships import Memberships
from reactor.records import Account, Role, RoomEntry
from reactor.rooms import Rooms
from reactor.sessions import Sessions
from reactor.stores import RoomStore
from reactor.workers import Lane, LaneFull

log = logging.getLogger(__name__)

AGAIN = 1.0
"""Seconds until the storage is asked again: somebody may hear what is not for them meanwhile."""

_Roles: TypeAlias = dict[int, Role]
"""What somebody is in each room, by its number."""


class Doubts:
    """Those of whom it is not known where they are."""

    def __init__(
        self,
        loop: Loop,
        database: Lane,
        store: RoomStore,
        rooms: Rooms,
        sessions: Sessions,
        memberships: Memberships,
    ) -> None:
        self._loop = loop
        self._database = database
        self._store = store
        self._rooms = rooms
        self._sessions = sessions
        self._memberships = memberships
        self._waiting: dict[int, tuple[Account, str]] = {}  # keeps its order
        self._asking = False

    def about(self, accounts: Iterable[Account], reason: str) -> None:
        """These may be in other rooms than the loop knows, and if they are out of one, it is
        because they ``left`` or were ``removed``."""
        self._waiting |= {account.user_id: (account, reason) for account in accounts}
        log.warning("looking up in which rooms %d users are", len(self._waiting))
        if not self._asking:
            self._ask()

    def _ask(self) -> None:
        """Look up the first who waits and is here still; a login finds out by itself."""
        self._asking = False
        while self._waiting:
            user_id, (account, reason) = next(iter(self._waiting.items()))
            if self._sessions.full_of(user_id):
                self._look_up(account, reason)
                return
            del self._waiting[user_id]

    def _look_up(self, account: Account, reason: str) -> None:
        def found(standing: tuple[_Roles, list[RoomEntry]]) -> None:
            self._loop.attempt(self._memberships.in_step, account, *standing, reason)
            self._ask()

        # Forgotten now, since it may be in doubt again before this is answered.
        del self._waiting[account.user_id]
        known = self._known(account)
        try:
            self._database.submit(
                _standing,
                self._store,
                account.user_id,
                known,
                done=found,
                failed=lambda error: self._failed(account, reason, error),
            )
        except LaneFull as full:
            self._failed(account, reason, full)
        else:
            self._asking = True

    def _known(self, account: Account) -> _Roles:
        """The rooms in which all their sessions are, as the same."""
        known: list[_Roles] = [
            {room.room_id: room.membership(session).role for room in self._rooms.of(session)}
            for session in self._sessions.full_of(account.user_id)
        ]
        first, *rest = known
        return {
            room: role for room, role in first.items() if all(x.get(room) is role for x in rest)
        }

    def _failed(self, account: Account, reason: str, error: BaseException) -> None:
        # That they are in doubt has been said; why the storage fails, others say once.
        log.debug("cannot look up in which rooms %r is: %s", account.name, error)
        self._waiting.setdefault(account.user_id, (account, reason))
        self._asking = True
        self._loop.call_later(AGAIN, self._ask)


def _standing(
    store: RoomStore, user_id: int, known: Mapping[int, Role]
) -> tuple[_Roles, list[RoomEntry]]:
    """In the lane: what the user is and where, and what is to be told of what is not *known*."""
    roles = {each.room.room_id: each.role for each in store.memberships(user_id)}
    news = [room_id for room_id, role in roles.items() if known.get(room_id) is not role]
    entries = [store.entry(user_id, room_id) for room_id in news]
    return roles, [entry for entry in entries if entry is not None and entry.role is not None]
