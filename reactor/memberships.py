"""Who is in which room, on the loop: what the storage has decided is carried out here, and told.

Members come and go in the database, in its lane, which has one thread; its answers come to the loop
in the order in which they were worked out there. So the rooms here go through the same states as
the database, one behind the other, and a session that logs in meanwhile finds its place in them.

1. Only full sessions come into other rooms than the lobby: the others could not tell them apart.
2. Whoever is put out of a room is out of it before anybody is told.
3. Of members who come, go or change, the others are told as :mod:`reactor.coalescing` does.
"""

from collections.abc import Iterable, Mapping
from functools import partial

from reactor.coalescing import Gathered
from reactor.entries import room_info
from reactor.loop import Loop
from reactor.records import Account, MemberChange, Membership, Role, RoomEntry, RoomRecord
from reactor.rooms import Room, Rooms
from reactor.sessions import LoggedIn, Sessions
from wire.messages import MemberChanged, MembersChanged, RoomGone

Who = tuple[str, str]
"""A user name and the nickname."""


class Memberships:
    """Lets sessions into rooms and out of them, and tells those who are to know."""

    def __init__(self, loop: Loop, rooms: Rooms, sessions: Sessions) -> None:
        self._loop = loop
        self._rooms = rooms
        self._sessions = sessions
        self._changes: dict[Room, Gathered[Who, Role | None]] = {}

    def entered(self, change: MemberChange, entry: RoomEntry) -> None:
        """A user is in a room from now on, as *entry* says."""
        if change.role is None:
            return
        membership = Membership(entry.room, change.role)
        for session in self._sessions.full_of(change.user_id):
            room = self._rooms.by_id(entry.room.room_id)
            if room is None or session not in room:
                self._rooms.enter(session, membership)
                self.tell_info(session, entry)
        self._tell_others(entry.room.room_id, change)

    def opened(self, record: RoomRecord, users: tuple[Account, ...]) -> None:
        """There is a direct room of one or two *users* from now on."""
        for me, you in ((users[0], users[-1]), (users[-1], users[0])):
            shown = record._replace(name=you.name, topic=you.nickname)
            entry = RoomEntry(shown, Role.MEMBER, len(users), 0, 0, 0, 0)
            for session in self._sessions.full_of(me.user_id):
                room = self._rooms.by_id(record.room_id)
                if room is None or session not in room:
                    room = self._rooms.enter(session, Membership(record, Role.MEMBER))
                    self.tell_info(session, entry)
                self._rooms.note_direct(room, me.user_id, you.name)

    def left(self, room_id: int, change: MemberChange, reason: str) -> None:
        """A user is no longer in a room: ``left`` or ``removed``."""
        room = self._rooms.by_id(room_id)
        if room is None:
            return
        for session in self._sessions.of(change.user_id):
            if session in room:
                self._rooms.leave(session, room)
                session.send(RoomGone(room.reference, reason))
        self._tell_others(room_id, change._replace(role=None))

    def role_changed(self, change: MemberChange, entry: RoomEntry) -> None:
        """A user who is in a room is another one there from now on, as *entry* says."""
        room = self._rooms.by_id(entry.room.room_id)
        if room is None or change.role is None:
            return
        for session in self._sessions.of(change.user_id):
            if session in room:
                room.set_role(session, change.role)
                self.tell_info(session, entry)
        self._tell_others(entry.room.room_id, change)

    def in_step(
        self, account: Account, roles: Mapping[int, Role], news: Iterable[RoomEntry], reason: str
    ) -> None:
        """A user is in the rooms of *roles* and, but for the lobby, in no others, which they
        ``left`` or were ``removed`` from; *news* are those that were not known so."""
        change = MemberChange(account.user_id, account.name, account.nickname, None)
        here = {
            room.room_id
            for session in self._sessions.full_of(account.user_id)
            for room in self._rooms.of(session)
        }
        for room_id in sorted(here - {*roles, self._rooms.lobby.room_id}):
            self.left(room_id, change, reason)
        for entry in news:
            self.role_changed(change._replace(role=entry.role), entry)
            self.entered(change._replace(role=entry.role), entry)

    def tell_info(self, session: LoggedIn, entry: RoomEntry) -> None:
        """Tell *session* what its user is to know of a room."""
        room_id, role = entry.room.room_id, entry.role
        if room_id == self._rooms.lobby.room_id:
            role = self._rooms.lobby_role(session.user)
        session.send(room_info(entry, self._rooms.reference(room_id), role))

    def _tell_others(self, room_id: int, change: MemberChange) -> None:
        room = self._rooms.by_id(room_id)
        if room is not None:
            self._gathered(room).note((change.name, change.nickname), change.role)

    def _gathered(self, room: Room) -> Gathered[Who, Role | None]:
        """What is to be told in *room*; forgotten when it has been told."""
        if room not in self._changes:
            self._changes[room] = Gathered(
                self._loop, room, partial(self._tell, room), partial(self._tell_many, room)
            )
        return self._changes[room]

    def _tell(self, room: Room, roles: Mapping[Who, Role | None]) -> None:
        del self._changes[room]
        for (name, nickname), role in roles.items():
            room.announce(MemberChanged(room.reference, name, nickname, role or ""))

    def _tell_many(self, room: Room) -> None:
        del self._changes[room]
        room.announce(MembersChanged(room.reference))
