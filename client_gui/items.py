"""What the lists show, one by one: plain values, which a new one replaces when anything changes."""

from dataclasses import dataclass
from enum import Enum


class Delivery(Enum):
    """How far a message has come."""

    PENDING = 0
    """Ours, and not acknowledged yet."""
    STORED = 1
    """The server has it, at its place in the room."""
    REFUSED = 2
    """Ours, and the server would not take it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One message, as the list shows it. A new value takes its place when anything changes."""

    key: str
    """The same as long as it is the same message: our ``cid``, or the room and number."""
    username: str
    nickname: str
    text: str
    own: bool
    time: int
    """Milliseconds since 1970 UTC; while pending, when it was written; 0 is unknown."""
    seq: int = 0
    delivery: Delivery = Delivery.STORED
    reason: str = ""
    """Of a refused one: the server's reason word."""
    detail: str = ""
    """Of a refused one: the server's sentence."""
    edited: bool = False
    """Its text is not the one that was said at first."""
    deleted: bool = False
    """It was taken back; the text is empty, and nothing can be done with it any more."""
    reply: "Quote | None" = None
    """What it answers."""
    reactions: "tuple[Reaction, ...]" = ()
    """In the order in which the signs were first put."""
    mentions_me: bool = False
    """It names us as ``@user``, and is not ours."""
    notice: str = ""
    """``topic`` or ``renamed``: nothing that was said; the room has a new topic or name, which is
    the text. Never editable, and nobody reacts to it."""
    changing: bool = False
    """A change of ours to it is shown already, and the server has not taken it yet."""

    @property
    def retryable(self) -> bool:
        """Whether the server may take it another time."""
        return self.delivery is Delivery.REFUSED and self.reason in RETRYABLE


@dataclass(frozen=True, slots=True)
class Quote:
    """The message that another one answers."""

    seq: int
    nickname: str = ""
    text: str = ""
    """Its beginning, on one line; empty if it was taken back, or is not here."""


@dataclass(frozen=True, slots=True)
class Reaction:
    """One sign below a message."""

    sign: str
    count: int
    mine: bool
    names: tuple[str, ...]
    """Nicknames of some of those who put it, the first ones first: ``MAX_NAMES`` at the most."""


MAX_NAMES = 20
"""Names in a reaction: what fits into a tool tip."""

SET_ASIDE = "set-aside"
"""The reason of what no server has refused: its writer took it back while it was held."""

RESET = "reset"
"""The reason of what waited for a room that may be another one, since the database is."""

RETRYABLE = frozenset(("busy", "unavailable", "error", "stopping", "login-first", SET_ASIDE, RESET))
"""Refusals that are about the moment, not about the message."""


@dataclass(frozen=True, slots=True)
class Unsent:
    """A message of ours that the server has not taken."""

    key: str
    """That of its entry: our ``cid``."""
    room: str
    text: str
    written: int
    """Milliseconds since 1970 UTC."""
    on_its_way: bool
    """It was sent at least once, so it may be stored: it can be neither altered nor cancelled."""
    reason: str = ""
    """Why the server refused it; empty if it waits."""
    detail: str = ""

    @property
    def refused(self) -> bool:
        """Whether it waits for a person."""
        return bool(self.reason)

    @property
    def retryable(self) -> bool:
        """Whether the server may take it another time."""
        return self.reason in RETRYABLE

    @property
    def editable(self) -> bool:
        """Whether its text can still be another."""
        return not self.on_its_way

    @property
    def removable(self) -> bool:
        """Whether it can be cancelled."""
        return self.refused or not self.on_its_way


@dataclass(frozen=True, slots=True)
class RoomItem:
    """A room, as the list of rooms shows it."""

    room: str
    """Its reference: ``lobby``, or ``#`` and a number. It never changes, and is the key here."""
    kind: str
    """``lobby``, ``public``, ``private``, ``announcement`` or ``direct``."""
    name: str
    """Of a direct one, the other's user name."""
    topic: str = ""
    """Of a direct one, the other's nickname."""
    role: str = ""
    """``owner``, ``moderator`` or ``member``; empty if we are not in it."""
    members: int = 0
    """How many are in it; 0 of the lobby."""
    unread: int = 0
    """Messages of others that we have not read; ``MAX_UNREAD`` is that or more."""
    mentions: int = 0
    """Those among them that name us."""
    last_seq: int = 0
    read_seq: int = 0
    has_draft: bool = False
    last_time: int = 0
    """When something was last said there, as far as we know; milliseconds since 1970 UTC, or 0."""
    pinned: bool = False
    """It stands at the head of the list, because we want it there."""
    muted: bool = False
    """What is said there is none of our business, unless it names us."""


@dataclass(frozen=True, slots=True)
class News:
    """What somebody else has just said."""

    room: str
    seq: int
    username: str
    nickname: str
    text: str
    names_us: bool


@dataclass(frozen=True, slots=True)
class MissedItem:
    """What was said in a room while we were away."""

    room: str
    messages: int
    mentions: int
    """Those among them that name us."""


@dataclass(frozen=True, slots=True)
class MemberItem:
    """One member of a room."""

    username: str
    nickname: str
    role: str
    online: bool


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A message that was found."""

    room: str
    seq: int
    username: str
    nickname: str
    text: str
    time: int
