"""What the logic needs of the storage: its parts, as the loop's side sees them.

Each of them is called in a lane, never on the loop. What they promise stands with the storage.
"""

from typing import Protocol

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
    StoredMessage,
)


class RoomStore(Protocol):
    """Rooms, and who is in them."""

    def memberships(self, user_id: int) -> list[Membership]: ...

    def create(
        self, user_id: int, name: str, kind: RoomKind, topic: str, now: int
    ) -> Membership | Refused: ...

    def open_direct(self, user_id: int, peer_name: str, now: int) -> Direct | Refused: ...

    def find_direct(self, user_id: int, peer_name: str) -> RoomRecord | None: ...

    def find(self, reference_or_name: str, user_id: int) -> Membership | None: ...

    def join(self, user_id: int, name_or_reference: str, now: int) -> Membership | Refused: ...

    def leave(self, user_id: int, room_id: int) -> list[MemberChange] | Refused: ...

    def invite(
        self, by: int, room_id: int, username: str, now: int
    ) -> tuple[MemberChange, Membership] | Refused: ...

    def remove(self, by: int, room_id: int, username: str) -> MemberChange | Refused: ...

    def set_role(
        self, by: int, room_id: int, username: str, role: Role
    ) -> list[MemberChange] | Refused: ...

    def entries_of(self, user_id: int, after_room_id: int, limit: int) -> list[RoomEntry]: ...

    def public_entries(self, user_id: int, after_name: str, limit: int) -> list[RoomEntry]: ...

    def entry(self, user_id: int, room_id: int) -> RoomEntry | None: ...

    def members(self, room_id: int, after_name: str, limit: int) -> list[MemberEntry]: ...


class HistoryStore(Protocol):
    """What was said, and what changed."""

    def after(self, room_id: int, seq: int, limit: int) -> list[StoredMessage]: ...

    def before(self, room_id: int, seq: int, limit: int) -> list[StoredMessage]: ...


class Stores(Protocol):
    """The parts that commands ask."""

    @property
    def rooms(self) -> RoomStore: ...

    @property
    def history(self) -> HistoryStore: ...
