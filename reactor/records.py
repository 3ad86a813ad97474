"""Plain values that travel between the loop and the storage. No database object ever does."""

import enum
from typing import NamedTuple


class Kind(enum.IntEnum):
    """What an entry of a room's log is; its number in the database, its name in lower case on the
    wire."""

    SAID = 0
    EDITED = 1
    DELETED = 2
    REACTED = 3
    UNREACTED = 4
    TOPIC = 5
    RENAMED = 6


class RoomKind(enum.StrEnum):
    """Who may come in, and who may speak."""

    LOBBY = "lobby"
    """Everybody is in it."""
    PUBLIC = "public"
    """Anybody may join and speak."""
    PRIVATE = "private"
    """Those who are invited may speak; to others there is no such room."""
    ANNOUNCEMENT = "announcement"
    """Anybody may join; the owner and the moderators speak."""
    DIRECT = "direct"
    """Two users, or one with themselves; nobody joins or leaves."""


class Role(enum.StrEnum):
    """What a user is in a room."""

    OWNER = "owner"
    MODERATOR = "moderator"
    MEMBER = "member"
    REMOVED = "removed"
    """Was put out, and comes back only by invitation. Never told to anybody."""


class Account(NamedTuple):
    """A user as far as the server needs to know one."""

    user_id: int
    name: str
    nickname: str


class Credentials(NamedTuple):
    """A user who is logging in, and what the password is checked against; forgotten when it is."""

    user_id: int
    name: str
    nickname: str
    password_hash: str

    def __repr__(self) -> str:
        return f"Credentials({self.name!r})"

    @property
    def account(self) -> Account:
        """Whose they are."""
        return Account(self.user_id, self.name, self.nickname)


class NewUser(NamedTuple):
    """A user to be created."""

    name: str
    nickname: str
    password_hash: str


class Refused(NamedTuple):
    """A message was not stored. ``reason`` is a word of the wire: ``unavailable`` may be tried
    again, ``invalid`` never will do."""

    reason: str
    detail: str


class NewMessage(NamedTuple):
    """An entry to be stored; ``sent_at`` in milliseconds since 1970 UTC, no cid is ``""``.

    *target* is the number of the message that it answers (``SAID``) or is about. *text* is the
    text, the new text, the sign, the topic or the name. *moderates*: the sender may change what
    others have said here. *mentions*: keys of the names that the text names. *barred*: why it may
    not be stored; then only what was stored with its cid before is looked up, in whatever room.
    """

    room_id: int
    sender_id: int
    cid: str
    text: str
    sent_at: int
    kind: Kind = Kind.SAID
    target: int = 0
    moderates: bool = False
    mentions: tuple[str, ...] = ()
    barred: Refused | None = None


class Stored(NamedTuple):
    """A message is stored, durably. Not ``fresh``: its cid was stored before, and this is what was
    answered then."""

    room_id: int
    seq: int
    sent_at: int
    fresh: bool


class StoredMessage(NamedTuple):
    """An entry as history has it: a message with its latest text (none if it was taken back) and
    the number of the change that gave it that, or a change. An ``EDITED`` has the latest text too.
    """

    room_id: int
    seq: int
    sent_at: int
    cid: str
    text: str
    sender_name: str
    sender_nickname: str
    kind: Kind = Kind.SAID
    target: int = 0
    changed: int = 0


class RoomRecord(NamedTuple):
    """A room as far as the server needs to know one. A direct one has the name ``""``."""

    room_id: int
    kind: RoomKind
    name: str
    topic: str


class Membership(NamedTuple):
    """A room that a user is in, and as what."""

    room: RoomRecord
    role: Role


class Direct(NamedTuple):
    """A direct room and its users: two, or one who talks to themselves."""

    room: RoomRecord
    users: tuple[Account, ...]


class Quotas(NamedTuple):
    """How many rooms and direct rooms a user may make, and in how many rooms one may be: more than
    a person looks after, and few enough that nobody fills the database or a login with them."""

    rooms: int = 20
    directs: int = 500
    memberships: int = 500


class RoomEntry(NamedTuple):
    """A room in a listing for one user. *role* is None if the user is not in it; *name* and *topic*
    of a direct room are the other's name and nickname; *unread* ends at ``MAX_UNREAD``."""

    room: RoomRecord
    role: Role | None
    members: int
    last_seq: int
    read_seq: int
    unread: int
    mentions: int


class MemberEntry(NamedTuple):
    """A member in a listing."""

    name: str
    nickname: str
    role: Role


class ReaderEntry(NamedTuple):
    """Somebody who has read up to *seq*."""

    name: str
    nickname: str
    seq: int


class MemberChange(NamedTuple):
    """What a user is in a room from now on; None: in it no longer."""

    user_id: int
    name: str
    nickname: str
    role: Role | None


class DeviceEntry(NamedTuple):
    """A device with a token; times in milliseconds since 1970 UTC."""

    device_id: int
    client: str
    created_at: int
    used_at: int


class ReadMark(NamedTuple):
    """A user has read a room up to *seq*."""

    room_id: int
    user_id: int
    seq: int


class Prunable(NamedTuple):
    """What retention takes from a room: all its entries of these numbers."""

    room: RoomRecord
    first: int
    last: int
    entries: int
    oldest_at: int
    latest_at: int


class Hit(NamedTuple):
    """A message that a search has found."""

    message_id: int
    room_id: int
    seq: int
    sent_at: int
    text: str
    sender_name: str
    sender_nickname: str


class SearchPage(NamedTuple):
    """Hits, the latest first, and the ``message_id`` before which the search goes on; 0: all done.

    A page may have fewer hits than there are, none even, and yet go on: a search is done in steps.
    """

    hits: list[Hit]
    continue_at: int
