"""Rooms and who is in them, in memory."""

from collections.abc import Sequence

from reactor.records import (
    Direct,
    MemberChange,
    MemberEntry,
    Membership,
    Refused,
    Role,
    RoomEntry,
    RoomKind,
    RoomRecord,
)
from tests.helpers.stores.tables import LOBBY_ID, Tables
from wire import names

NO_ROOM = Refused("no-such-room", "there is no such room")
NO_USER = Refused("no-such-user", "there is no such user")
NOT_ALLOWED = Refused("not-allowed", "you may not")
MODERATING = (Role.OWNER, Role.MODERATOR)
OPEN = (RoomKind.PUBLIC, RoomKind.ANNOUNCEMENT)


class FakeRooms:
    """As ``storage.rooms``; no quotas, no read marks.

    Attributes:
        refusals: what the next changes are answered with instead.
    """

    def __init__(self, tables: Tables) -> None:
        self.refusals: list[Refused] = []
        self._tables = tables
        self._directs: dict[frozenset[int], RoomRecord] = {}

    def lobby(self) -> RoomRecord:
        return self._tables.rooms[LOBBY_ID]

    def memberships(self, user_id: int) -> list[Membership]:
        return [
            Membership(self._tables.rooms[room_id], role)
            for (room_id, user), role in self._tables.members.items()
            if user == user_id and role is not Role.REMOVED
        ]

    def memberships_of(self, user_ids: Sequence[int]) -> dict[int, list[Membership]]:
        return {user_id: self.memberships(user_id) for user_id in user_ids}

    def create(
        self, user_id: int, name: str, kind: RoomKind, topic: str, now: int
    ) -> Membership | Refused:
        if self.refusals:
            return self.refusals.pop(0)
        if self._tables.room(name) is not None:
            return Refused("name-taken", "there is such a room")
        record = self._tables.add_room(kind, name, topic)
        self._tables.members[record.room_id, user_id] = Role.OWNER
        return Membership(record, Role.OWNER)

    def open_direct(self, user_id: int, peer_name: str, now: int) -> Direct | Refused:
        peer = self._tables.accounts.get(names.key(peer_name))
        if peer is None:
            return NO_USER
        users = {user_id: self._tables.account(user_id), peer.user_id: peer.account}
        both = frozenset(users)
        if both not in self._directs:
            record = self._directs[both] = self._tables.add_room(RoomKind.DIRECT, "", "")
            for each in users:
                self._tables.members[record.room_id, each] = Role.MEMBER
        return Direct(self._directs[both], tuple(users.values()))

    def find_direct(self, user_id: int, peer_name: str) -> RoomRecord | None:
        peer = self._tables.accounts.get(names.key(peer_name))
        return self._directs.get(frozenset((user_id, peer.user_id))) if peer is not None else None

    def find(self, reference_or_name: str, user_id: int) -> Membership | None:
        record = self._tables.room(reference_or_name)
        role = self._tables.role(record.room_id, user_id) if record is not None else None
        if record is None or role in (None, Role.REMOVED):
            return None
        return Membership(record, role)

    def join(self, user_id: int, name_or_reference: str, now: int) -> Membership | Refused:
        record = self._tables.room(name_or_reference)
        role = self._tables.role(record.room_id, user_id) if record is not None else None
        if record is None or (role is None and record.kind not in OPEN):
            return NO_ROOM
        if role is Role.REMOVED:
            return NOT_ALLOWED if record.kind in OPEN else NO_ROOM
        if role is None:
            role = self._tables.members[record.room_id, user_id] = Role.MEMBER
        return Membership(record, role)

    def leave(self, user_id: int, room_id: int) -> list[MemberChange] | Refused:
        role = self._tables.members.pop((room_id, user_id))
        changes = [self._change(user_id, None)]
        others = self._tables.members_of(room_id)
        if role is Role.OWNER and others:
            heir = min(others, key=lambda user: others[user] is not Role.MODERATOR)
            changes.append(self._set(room_id, heir, Role.OWNER))
        return changes

    def invite(
        self, by: int, room_id: int, username: str, now: int
    ) -> tuple[MemberChange, Membership] | Refused:
        invited = self._tables.accounts.get(names.key(username))
        if invited is None:
            return NO_USER
        role = self._tables.role(room_id, invited.user_id)
        if role in (None, Role.REMOVED):
            role = Role.MEMBER
        change = self._set(room_id, invited.user_id, role)
        return change, Membership(self._tables.rooms[room_id], role)

    def remove(self, by: int, room_id: int, username: str) -> MemberChange | Refused:
        user_id = self._member(room_id, username)
        if user_id is None:
            return NO_USER
        roles = self._tables.members_of(room_id)
        if roles[by] is not Role.OWNER and roles[user_id] is not Role.MEMBER:
            return NOT_ALLOWED
        return self._set(room_id, user_id, Role.REMOVED)._replace(role=None)

    def set_role(
        self, by: int, room_id: int, username: str, role: Role
    ) -> list[MemberChange] | Refused:
        user_id = self._member(room_id, username)
        if user_id is None:
            return NO_USER
        changes = [self._set(room_id, user_id, role)]
        if role is Role.OWNER and user_id != by:
            changes.append(self._set(room_id, by, Role.MODERATOR))
        return changes

    def entries_of(self, user_id: int, after_room_id: int, limit: int) -> list[RoomEntry]:
        rooms = [LOBBY_ID, *sorted(each.room.room_id for each in self.memberships(user_id))]
        return self._entries(user_id, [each for each in rooms if each > after_room_id][:limit])

    def public_entries(self, user_id: int, after_name: str, limit: int) -> list[RoomEntry]:
        records = [
            each
            for each in self._tables.rooms.values()
            if each.kind in OPEN and self._tables.role(each.room_id, user_id) is not Role.REMOVED
        ]
        records.sort(key=lambda each: names.key(each.name))
        behind = [each for each in records if names.key(each.name) > names.key(after_name)]
        return self._entries(user_id, [each.room_id for each in behind[:limit]])

    def entry(self, user_id: int, room_id: int) -> RoomEntry | None:
        record = self._tables.rooms[room_id]
        everybody = Role.MEMBER if room_id == LOBBY_ID else None
        role = self._tables.role(room_id, user_id) or everybody
        members = self._tables.members_of(room_id)
        if record.kind is RoomKind.DIRECT:
            other = next((each for each in members if each != user_id), user_id)
            account = self._tables.account(other)
            record = record._replace(name=account.name, topic=account.nickname)
        is_in = None if role is Role.REMOVED else role
        return RoomEntry(record, is_in, len(members), len(self._tables.logs[room_id]), 0, 0, 0)

    def members(self, room_id: int, after_name: str, limit: int) -> list[MemberEntry]:
        entries = []
        for user_id, role in self._tables.members_of(room_id).items():
            account = self._tables.account(user_id)
            entries.append(MemberEntry(account.name, account.nickname, role))
        entries.sort(key=lambda each: names.key(each.name))
        behind = [each for each in entries if names.key(each.name) > names.key(after_name)]
        return behind[:limit]

    def _entries(self, user_id: int, room_ids: list[int]) -> list[RoomEntry]:
        return [entry for each in room_ids if (entry := self.entry(user_id, each)) is not None]

    def _member(self, room_id: int, username: str) -> int | None:
        account = self._tables.accounts.get(names.key(username))
        members = self._tables.members_of(room_id)
        return account.user_id if account is not None and account.user_id in members else None

    def _set(self, room_id: int, user_id: int, role: Role) -> MemberChange:
        self._tables.members[room_id, user_id] = role
        return self._change(user_id, role)

    def _change(self, user_id: int, role: Role | None) -> MemberChange:
        account = self._tables.account(user_id)
        return MemberChange(user_id, account.name, account.nickname, role)
