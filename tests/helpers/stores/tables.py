"""What the parts of the fake storage share."""

from reactor.records import (
    Account,
    Credentials,
    Kind,
    NewMessage,
    Role,
    RoomKind,
    RoomRecord,
    Stored,
)
from wire import names

LOBBY_ID = 1


class Tables:
    """Accounts, rooms, members and messages.

    Attributes:
        accounts: by the key of their names.
        rooms: by id.
        members: roles by room and user, in the order in which they joined.
        logs: what was stored in each room; the first has the number 1.
        texts: the latest text of each message, and the number of the change that gave it that.
        answers: what was answered to each cid.
    """

    def __init__(self) -> None:
        self.accounts: dict[str, Credentials] = {}
        self.rooms = {LOBBY_ID: RoomRecord(LOBBY_ID, RoomKind.LOBBY, "lobby", "")}
        self.members: dict[tuple[int, int], Role] = {}
        self.logs: dict[int, list[NewMessage]] = {LOBBY_ID: []}
        self.texts: dict[tuple[int, int], tuple[str, int]] = {}
        self.answers: dict[tuple[int, str], Stored] = {}
        for number in (1, 2, 3):
            self.add_user(f"user{number}", f"itcast{number}", "hash:" + str(number) * 6)

    def add_user(self, name: str, nickname: str, password_hash: str) -> None:
        found = Credentials(len(self.accounts) + 1, name, nickname, password_hash)
        self.accounts[names.key(name)] = found

    def account(self, user_id: int) -> Account:
        return next(each.account for each in self.accounts.values() if each.user_id == user_id)

    def add_room(self, kind: RoomKind, name: str, topic: str) -> RoomRecord:
        record = RoomRecord(len(self.rooms) + 1, kind, name, topic)
        self.rooms[record.room_id] = record
        self.logs[record.room_id] = []
        return record

    def room(self, name_or_reference: str) -> RoomRecord | None:
        """The room of that name or reference; none that is direct has a name."""
        for record in self.rooms.values():
            if name_or_reference == f"#{record.room_id}":
                return record
            if record.name and names.key(record.name) == names.key(name_or_reference):
                return record
        return None

    def role(self, room_id: int, user_id: int) -> Role | None:
        """What a user is in a room, also ``removed``; None without a row."""
        return self.members.get((room_id, user_id))

    def members_of(self, room_id: int) -> dict[int, Role]:
        """Those who are in a room, by user id."""
        return {
            user_id: role
            for (room, user_id), role in self.members.items()
            if room == room_id and role is not Role.REMOVED
        }

    def message(self, room_id: int, seq: int) -> NewMessage | None:
        """The message, not a change, with that number."""
        log = self.logs[room_id]
        entry = log[seq - 1] if 0 < seq <= len(log) else None
        return entry if entry is not None and entry.kind is Kind.SAID else None
