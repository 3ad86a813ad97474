"""What the logic needs of the storage: its parts, as the loop's side sees them.

Each of them is called in a lane, never on the loop. What they promise stands with the storage.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

from reactor.records import (
    Account,
    DeviceEntry,
    Direct,
    MemberChange,
    MemberEntry,
    Membership,
    ReaderEntry,
    ReadMark,
    Refused,
    Role,
    RoomEntry,
    RoomKind,
    RoomRecord,
    SearchPage,
    StoredMessage,
)


class RoomStore(Protocol):
    """Rooms, and who is in them."""

    def memberships(self, user_id: int) -> list[Membership]: ...

    def memberships_of(self, user_ids: Sequence[int]) -> Mapping[int, list[Membership]]: ...

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

    def matches(self, room_id: int, seq: int, sent_at: int) -> bool: ...

    def missing(self, room_id: int, seq: int) -> int: ...


class DeviceStore(Protocol):
    """What may log in with a token."""

    def add(self, user_id: int, token_hash: str, client: str, now: int) -> int: ...

    def find(self, token_hashes: Sequence[str], now: int) -> Mapping[str, tuple[Account, int]]: ...

    def of_user(self, user_id: int) -> list[DeviceEntry]: ...

    def revoke(self, user_id: int, device_id: int) -> bool: ...

    def change_password(self, user_id: int, old_hash: str, new_hash: str) -> bool: ...


class MarkStore(Protocol):
    """Up to where everybody has read."""

    def save(self, marks: Sequence[ReadMark]) -> None: ...

    def readers(self, room_id: int, seq: int) -> list[ReaderEntry] | Refused: ...


class SearchStore(Protocol):
    """Words in what a user may read."""

    def search(
        self, user_id: int, room_id: int | None, words: str, before_id: int, limit: int
    ) -> SearchPage: ...


class Stores(Protocol):
    """The parts that commands ask."""

    @property
    def rooms(self) -> RoomStore: ...

    @property
    def history(self) -> HistoryStore: ...

    @property
    def devices(self) -> DeviceStore: ...

    @property
    def marks(self) -> MarkStore: ...

    @property
    def search(self) -> SearchStore: ...
