"""Rooms, who is in them and as what.

Each change is one transaction that resolves the names, checks what is allowed and counts what there
is before it writes; it says ``Refused``, and has changed nothing, where that fails. Rows are locked
in one order, so that two transactions do not wait for each other: the room, then one user, whose
rooms are counted. A member's row changes under the lock of its room only, but for read marks. Where
there is no room yet, the users come first: nobody can be waiting with a lock on it.
"""

from collections.abc import Sequence
from typing import Any

from peewee import IntegrityError, fn

from models import Member, Room, User
from reactor.connection import Connection
from reactor.records import (
    Account,
    Direct,
    MemberChange,
    Membership,
    Quotas,
    Refused,
    Role,
    RoomKind,
    RoomRecord,
)
from reactor.storage.accounts import account_named, accounts, key_of
from reactor.storage.listings import IS_MEMBER, ROOM, Listings, as_room, direct_key
from reactor.storage.statements import ListStatement
from wire import names

LOBBY = "lobby"

# What a user can make; and of these, what anybody may join.
MADE = (RoomKind.PUBLIC, RoomKind.PRIVATE, RoomKind.ANNOUNCEMENT)
OPEN = (RoomKind.PUBLIC, RoomKind.ANNOUNCEMENT)

LEADERS = (Role.OWNER, Role.MODERATOR)

# Digits of a room's number: those of the largest INT, and a few more do no harm.
MAX_DIGITS = 12

NO_ROOM = Refused("no-such-room", "there is no such room for you")
NO_USER = Refused("no-such-user", "there is no such user")
NOT_IN_ROOM = Refused("no-such-user", "this user is not in the room")
FIXED = Refused("not-allowed", "everybody of this kind of room stays what they are")
OWNER_ONLY = Refused("not-allowed", "this is for the owner of the room")
LEADERS_ONLY = Refused("not-allowed", "this is for the owner and the moderators of the room")
FULL = Refused("too-many", "a user can be in no more rooms than this")


class Rooms(Listings):
    """The rooms of a database."""

    def __init__(self, connection: Connection, quotas: Quotas) -> None:
        super().__init__(connection)
        self._quotas = quotas
        self._find_memberships = ListStatement(connection.database, _memberships_query)

    def lobby(self) -> RoomRecord:
        """Return the room where everybody is."""
        row = self._ask(lambda: self._row(Room.select(*ROOM).where(Room.room_key == LOBBY)))
        if row is None:
            raise KeyError(LOBBY)
        return as_room(row)

    def memberships(self, user_id: int) -> list[Membership]:
        """Return the rooms that a user is in, by number, but for the lobby."""
        return self.memberships_of([user_id])[user_id]

    def memberships_of(self, user_ids: Sequence[int]) -> dict[int, list[Membership]]:
        """Return the rooms that each of these users is in, by number, but for the lobby."""
        found: dict[int, list[Membership]] = {user_id: [] for user_id in user_ids}
        others = Role.REMOVED, RoomKind.LOBBY
        rows = self._ask(lambda: self._find_memberships.run(user_ids, after=others))
        for user_id, *room, role in rows:
            found[user_id].append(Membership(as_room(tuple(room)), Role(role)))
        return found

    def find(self, reference_or_name: str, user_id: int) -> Membership | None:
        """Return the room that is meant by a reference, a name or ``@username``, if *user_id* is in
        it."""

        def find() -> Membership | None:
            room = self._room(reference_or_name, user_id)
            role = self._role(room, user_id) if room else None
            return Membership(room, role) if room and role not in (None, Role.REMOVED) else None

        return self._ask(find)

    def create(
        self, user_id: int, name: str, kind: str, topic: str, now: int
    ) -> Membership | Refused:
        """Make a room that the user owns."""
        try:
            names.check_room_name(name)
            names.check_topic(topic)
        except ValueError as error:
            return Refused("bad-field", str(error))
        if kind not in MADE:
            return Refused("bad-field", f"a room is {', '.join(MADE)}")
        room = {
            Room.room_name: name,
            Room.room_key: names.key(name),
            Room.created_at: now,
            Room.kind: kind,
            Room.topic: topic,
            Room.creator: user_id,
        }

        def create() -> Membership | Refused:
            self._lock_user(user_id)
            made = Room.select(fn.COUNT(Room.room_id)).where(Room.creator == user_id)
            if self._count(made.where(Room.kind.in_(MADE))) >= self._quotas.rooms:
                return Refused("too-many", f"a user can make {self._quotas.rooms} rooms")
            if self._is_full(user_id):
                return FULL
            room_id = self._do(Room.insert(room))
            self._add_member(room_id, user_id, Role.OWNER, now)
            return Membership(RoomRecord(room_id, RoomKind(kind), name, topic), Role.OWNER)

        try:
            return self._transact(create)
        except IntegrityError:
            return Refused("name-taken", "there is a room of this name, or one that looks the same")

    def open_direct(self, user_id: int, peer_name: str, now: int) -> Direct | Refused:
        """Return the direct room of two users, or of one with themselves; make it if need be."""
        try:
            return self._transact(lambda: self._open_direct(user_id, peer_name, now))
        except IntegrityError:
            # The other opened it at the same moment, so now it is there.
            return self._transact(lambda: self._open_direct(user_id, peer_name, now))

    def _open_direct(self, user_id: int, peer_name: str, now: int) -> Direct | Refused:
        peer = self._row(account_named(peer_name))
        if peer is None:
            return NO_USER
        both = accounts().where(User.user_id.in_({user_id, peer[0]})).order_by(User.user_id)
        users = tuple(Account(*row) for row in self._rows(self._locked(both)))
        key = direct_key(user_id, peer[0])
        row = self._row(Room.select(*ROOM).where(Room.room_key == key))
        if row:
            return Direct(as_room(row), users)
        opened = Room.select(fn.COUNT(Room.room_id)).where(Room.creator == user_id)
        if self._count(opened.where(Room.kind == RoomKind.DIRECT)) >= self._quotas.directs:
            return Refused("too-many", f"a user can begin {self._quotas.directs} conversations")
        room = {
            Room.room_name: key,
            Room.room_key: key,
            Room.created_at: now,
            Room.kind: RoomKind.DIRECT,
            Room.creator: user_id,
        }
        room_id = self._do(Room.insert(room))
        for user in users:
            self._add_member(room_id, user.user_id, Role.MEMBER, now)
        return Direct(RoomRecord(room_id, RoomKind.DIRECT, "", ""), users)

    def find_direct(self, user_id: int, peer_name: str) -> RoomRecord | None:
        """Return the direct room of the user with another, if there is one."""
        return self._ask(lambda: self._direct(user_id, peer_name))

    def join(self, user_id: int, name_or_reference: str, now: int) -> Membership | Refused:
        """Make the user a member of an open room; who is in it already stays what they are.

        Who comes first into a room that everybody has left owns it.
        """

        def join() -> Membership | Refused:
            found = self._room(name_or_reference, user_id)
            # Again, as it is under the lock: it may have another name by now.
            room = self._locked_room(found.room_id) if found else None
            if room is None:
                return NO_ROOM
            role = self._role(room, user_id)
            if role not in (None, Role.REMOVED):
                return Membership(room, role)
            if room.kind not in OPEN:
                return NO_ROOM
            if role is Role.REMOVED:
                return Refused(
                    "not-allowed", "you were put out; only an invitation brings you back"
                )
            if self._is_full(user_id):
                return FULL
            new = Role.MEMBER if self._row(_members(room.room_id)) else Role.OWNER
            self._add_member(room.room_id, user_id, new, now)
            return Membership(room, new)

        return self._transact(join)

    def leave(self, user_id: int, room_id: int) -> list[MemberChange] | Refused:
        """Make the user a member no longer: that change, and the new owner's if there is one."""

        def leave() -> list[MemberChange] | Refused:
            room = self._locked_room(room_id)
            role = self._role(room, user_id) if room else None
            if room is None or role in (None, Role.REMOVED):
                return NO_ROOM
            if room.kind not in MADE:
                return FIXED
            self._do(Member.delete().where(_is(room_id, user_id)))
            changes = [self._change(user_id, None)]
            if role is Role.OWNER:
                changes += self._follow(room_id)
            return changes

        return self._transact(leave)

    def _follow(self, room_id: int) -> list[MemberChange]:
        """Let the longest-standing moderator, or else member, own the room."""
        for role in (Role.MODERATOR, Role.MEMBER):
            query = Member.select(Member.user).where(
                (Member.room == room_id) & (Member.role == role)
            )
            row = self._row(query.order_by(Member.joined_at, Member.user))
            if row:
                return [self._become(room_id, row[0], Role.OWNER)]
        return []

    def invite(
        self, by: int, room_id: int, username: str, now: int
    ) -> tuple[MemberChange, Membership] | Refused:
        """Make another user a member; one who is in the room already stays what they are.

        Into a private room, and back after a removal, only its owner and moderators may invite.
        """

        def invite() -> tuple[MemberChange, Membership] | Refused:
            room = self._locked_room(room_id)
            own = self._role(room, by) if room else None
            if room is None or own in (None, Role.REMOVED):
                return NO_ROOM
            if room.kind not in MADE:
                return FIXED
            user_id = self._user(username)
            if user_id is None:
                return NO_USER
            role = self._role(room, user_id)
            if own not in LEADERS and (room.kind == RoomKind.PRIVATE or role is Role.REMOVED):
                return LEADERS_ONLY
            if role in (None, Role.REMOVED):
                if self._is_full(user_id):
                    return FULL
                self._do(Member.delete().where(_is(room_id, user_id)))
                role = Role.MEMBER
                self._add_member(room_id, user_id, role, now)
            return self._change(user_id, role), Membership(room, role)

        return self._transact(invite)

    def remove(self, by: int, room_id: int, username: str) -> MemberChange | Refused:
        """Put a member out: as the owner anybody, as a moderator those who are members only."""

        def remove() -> MemberChange | Refused:
            target = self._target(by, room_id, username)
            if isinstance(target, Refused):
                return target
            own, user_id, role = target
            if user_id == by or own not in LEADERS or (own != Role.OWNER and role in LEADERS):
                return LEADERS_ONLY
            return self._become(room_id, user_id, Role.REMOVED)._replace(role=None)

        return self._transact(remove)

    def set_role(
        self, by: int, room_id: int, username: str, role: str
    ) -> list[MemberChange] | Refused:
        """As the owner, say what a member is. There is one owner: the former is a moderator."""
        if role not in (Role.OWNER, Role.MODERATOR, Role.MEMBER):
            return Refused("bad-field", "a role is owner, moderator or member")

        def change() -> list[MemberChange] | Refused:
            target = self._target(by, room_id, username)
            if isinstance(target, Refused):
                return target
            own, user_id, _ = target
            if own != Role.OWNER or user_id == by:
                return OWNER_ONLY
            changes = [self._become(room_id, user_id, Role(role))]
            if role == Role.OWNER:
                changes.append(self._become(room_id, by, Role.MODERATOR))
            return changes

        return self._transact(change)

    # --- within a transaction

    def _target(self, by: int, room_id: int, username: str) -> tuple[Role, int, Role] | Refused:
        """Lock the room; return what *by* is in it, and which member is meant, and as what."""
        room = self._locked_room(room_id)
        own = self._role(room, by) if room else None
        if room is None or own in (None, Role.REMOVED):
            return NO_ROOM
        if room.kind not in MADE:
            return FIXED
        user_id = self._user(username)
        role = self._role(room, user_id) if user_id is not None else None
        if user_id is None or role in (None, Role.REMOVED):
            return NOT_IN_ROOM
        return own, user_id, role

    def _room(self, name: str, user_id: int) -> RoomRecord | None:
        """The room that is meant by a reference, a name, or ``@username``."""
        if name.startswith("@"):
            return self._direct(user_id, name[1:])
        if name.startswith("#"):
            number = name[1:]
            if not (number.isascii() and number.isdigit() and len(number) <= MAX_DIGITS):
                return None
            meant = Room.room_id == int(number)
        else:
            meant = Room.room_key == key_of(name or LOBBY)
        row = self._row(Room.select(*ROOM).where(meant))
        return as_room(row) if row else None

    def _direct(self, user_id: int, peer_name: str) -> RoomRecord | None:
        peer_id = self._user(peer_name)
        if peer_id is None:
            return None
        row = self._row(Room.select(*ROOM).where(Room.room_key == direct_key(user_id, peer_id)))
        return as_room(row) if row else None

    def _user(self, name: str) -> int | None:
        row = self._row(account_named(name))
        return row[0] if row else None

    def _role(self, room: RoomRecord, user_id: int) -> Role | None:
        if room.kind == RoomKind.LOBBY:
            return Role.MEMBER
        row = self._row(Member.select(Member.role).where(_is(room.room_id, user_id)))
        return Role(row[0]) if row else None

    def _locked_room(self, room_id: int) -> RoomRecord | None:
        """Keep others from changing who is in the room."""
        row = self._row(self._locked(Room.select(*ROOM).where(Room.room_id == room_id)))
        return as_room(row) if row else None

    def _lock_user(self, user_id: int) -> None:
        """Keep others from counting this user's rooms until this one is counted too."""
        self._row(self._locked(User.select(User.user_id).where(User.user_id == user_id)))

    def _is_full(self, user_id: int) -> bool:
        """Whether the user is in as many rooms as anybody may be; direct ones do not count."""
        self._lock_user(user_id)
        query = Member.select(fn.COUNT(Member.user)).join(Room)
        query = query.where((Member.user == user_id) & IS_MEMBER & Room.kind.in_(MADE))
        return self._count(query) >= self._quotas.memberships

    def _add_member(self, room_id: int, user_id: int, role: Role, now: int) -> None:
        """What was said before one came was not missed: it counts as read."""
        row = {
            Member.room: room_id,
            Member.user: user_id,
            Member.role: role,
            Member.joined_at: now,
            Member.read_seq: Room.select(Room.last_seq).where(Room.room_id == room_id),
        }
        self._do(Member.insert(row))

    def _become(self, room_id: int, user_id: int, role: Role) -> MemberChange:
        self._do(Member.update({Member.role: role}).where(_is(room_id, user_id)))
        return self._change(user_id, role)

    def _change(self, user_id: int, role: Role | None) -> MemberChange:
        query = User.select(User.user_name, User.user_nickname).where(User.user_id == user_id)
        ((name, nickname),) = self._rows(query)
        return MemberChange(user_id, name, nickname, role)

    def _count(self, query: Any) -> int:
        ((count,),) = self._rows(query)
        return int(count)


def _is(room_id: int, user_id: int) -> Any:
    return (Member.room == room_id) & (Member.user == user_id)


def _members(room_id: int) -> Any:
    return Member.select(Member.user).where((Member.room == room_id) & IS_MEMBER)


def _memberships_query(length: int) -> Any:
    """Of so many users, a role and a kind of room: where they are, but as that and there."""
    query = Member.select(Member.user, *ROOM, Member.role).join(Room)
    query = query.where(Member.user.in_([0] * length) & IS_MEMBER & (Room.kind != RoomKind.LOBBY))
    return query.order_by(Member.room)
