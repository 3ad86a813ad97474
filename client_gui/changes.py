"""What the state says has changed: plain values, for models to follow and the session to obey."""

from dataclasses import dataclass
from enum import Enum

from client_gui.events import Failure
from wire.messages import Message


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

    @property
    def retryable(self) -> bool:
        """Whether the server may take it another time."""
        return self.delivery is Delivery.REFUSED and self.reason in RETRYABLE


RETRYABLE = frozenset(("busy", "unavailable", "error", "stopping", "login-first"))
"""Refusals that are about the moment, not about the message."""


class Phase(Enum):
    """Where we stand with the server."""

    SIGNED_OUT = 0
    """At the login window."""
    SIGNING_IN = 1
    """The first login is on its way."""
    ONLINE = 2
    OFFLINE = 3
    """We were online; the next attempt is yet to begin."""
    RETURNING = 4
    """We were online; an attempt is on its way."""


@dataclass(frozen=True, slots=True)
class Inserted:
    """*entries* are new in *room*, the first of them now at *position*."""

    room: str
    position: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Updated:
    """The entry at *position* has become *entry*."""

    room: str
    position: int
    entry: Entry


@dataclass(frozen=True, slots=True)
class Removed:
    """*count* entries from *position* on are gone."""

    room: str
    position: int
    count: int


@dataclass(frozen=True, slots=True)
class OnlineChanged:
    """Who is online now, by user name; *count* is the server's number, and may be greater."""

    users: tuple[tuple[str, str], ...]
    """User names and nicknames, in the order to show them in."""
    count: int


@dataclass(frozen=True, slots=True)
class OnlineStale:
    """Who is online is not known any more; ask again, in a while."""


@dataclass(frozen=True, slots=True)
class Send:
    """*message* is to be sent."""

    message: Message


@dataclass(frozen=True, slots=True)
class PutOff:
    """The server cannot take our messages, or read for us, now, which it has said *tries* times of
    one of them, or in a row; go on with :meth:`~client_gui.state.ClientState.resend` after a wait.
    """

    tries: int


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The login succeeded, the first or a later one."""

    username: str
    nickname: str


@dataclass(frozen=True, slots=True)
class SignInFailed:
    """The login came to nothing: back to the login window, with words.

    *reason* is the server's reason word, or a :class:`Failure` of the connection.
    """

    reason: str | Failure
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Lost:
    """We are offline, and shall try again; *retry_after* are the seconds the server asks for."""

    reason: str | Failure
    retry_after: int = 0


Change = (
    Inserted
    | Updated
    | Removed
    | OnlineChanged
    | OnlineStale
    | Send
    | PutOff
    | SignedIn
    | SignInFailed
    | Lost
)
TimelineChange = Inserted | Updated | Removed
