"""Who is writing something, told to the others without drowning them in it.

A user is told of once in AGAIN_AFTER seconds in a room, however often their client says so. In a
room where more than LISTENERS_MAX sessions are, nobody is told: so many could not be shown, and n
who write would cost n × n lines. Nothing depends on a notice: one that is lost is lost.
"""

from collections import OrderedDict
from typing import Protocol

from reactor.lines import Member
from reactor.loop import Loop
from reactor.records import Account
from reactor.rooms import Room
from wire.messages import IsTyping

# Seconds between two notices of the same user in the same room.
AGAIN_AFTER = 3.0

# Seconds for which notices of a room are gathered.
DELAY = 0.5

# Sessions in a room where notices are still told.
LISTENERS_MAX = 200


class Typist(Member, Protocol):
    """A session, as it is seen here."""

    @property
    def user(self) -> Account: ...


class TypingNotices:
    """The notices that are still to be told, and those that need not be told again yet."""

    def __init__(self, loop: Loop) -> None:
        self._loop = loop
        self._gathered: dict[Room, dict[int, Typist]] = {}
        self._quiet_until: OrderedDict[tuple[Room, int], float] = OrderedDict()

    def typed(self, room: Room, session: Typist) -> None:
        """The user of *session* is writing something in *room*."""
        self._forget_what_is_over()
        place = room, session.user.user_id
        if len(room) > LISTENERS_MAX or place in self._quiet_until:
            return
        self._quiet_until[place] = self._loop.time() + AGAIN_AFTER
        if room not in self._gathered:
            self._gathered[room] = {}
            self._loop.call_later(DELAY, self._tell, room)
        self._gathered[room][session.user.user_id] = session

    def said(self, room: Room, user_id: int) -> None:
        """What they were writing has come: a notice behind it would be wrong."""
        if self._quiet_until.pop((room, user_id), None) is not None:  # nearly never: nobody typed
            self._gathered.get(room, {}).pop(user_id, None)

    def _tell(self, room: Room) -> None:
        for session in self._gathered.pop(room).values():
            if session in room:
                user = session.user
                room.announce(IsTyping(room.reference, user.name, user.nickname), but=session)

    def _forget_what_is_over(self) -> None:
        """They are in the order of their ends: all last equally long."""
        now = self._loop.time()
        while self._quiet_until:
            place, until = next(iter(self._quiet_until.items()))
            if until > now:
                return
            del self._quiet_until[place]
