"""What the state says has changed: plain values, for models to follow and the session to obey."""

from dataclasses import dataclass, field
from enum import Enum

from client_gui.events import Failure
from client_gui.items import Entry, MemberItem, MissedItem, News, RoomItem, SearchHit
from wire.messages import Message


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
    """The server cannot take our messages now, which it has said *tries* times of one of them; go
    on with :meth:`~client_gui.state.client_state.ClientState.resend` after a wait.
    """

    tries: int


@dataclass(frozen=True, slots=True)
class RoomsChanged:
    """All rooms that we are in, in the order to show them in: pinned ones by name, the lobby,
    then the latest first."""

    rooms: tuple[RoomItem, ...]


@dataclass(frozen=True, slots=True)
class RoomOpened:
    """We wished for *room*, by creating, joining or addressing somebody: show it now."""

    room: str


@dataclass(frozen=True, slots=True)
class RoomClosed:
    """We are not in *room* any more; *reason* is ``left`` or ``removed``."""

    room: str
    reason: str


@dataclass(frozen=True, slots=True)
class RoomRefused:
    """Something we wished for a room came to nothing.

    *request* is the code of what was asked, such as ``CreateRoom.code``. *outcome* is the server's
    reason word; ``offline``: nobody could be asked; ``full``: too much of ours waits already.
    """

    request: str
    outcome: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class RoomsListed:
    """The public rooms, which were asked for, by name; *more*: there are others."""

    rooms: tuple[RoomItem, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class MembersListed:
    """Who is in *room*, by user name: asked for, or changed since; *more*: there are others."""

    room: str
    members: tuple[MemberItem, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class TypingChanged:
    """Who is writing something in *room*, other than ourselves."""

    room: str
    nicknames: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadersListed:
    """Who has read message *seq* of *room*: nicknames."""

    room: str
    seq: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SearchFound:
    """A page of hits, the latest first. *fresh*: the first of a search, so older ones go. *more*:
    :meth:`~client_gui.state.client_state.ClientState.search_more` brings others, even if this page
    has none.
    """

    hits: tuple[SearchHit, ...]
    more: bool
    fresh: bool
    kept: bool = False
    """There is no connection: this is of what is kept on disk, room by room."""


@dataclass(frozen=True, slots=True)
class SearchFailed:
    """The search, or the way to a message, came to nothing: a reason word, or ``offline``."""

    reason: str


@dataclass(frozen=True, slots=True)
class JumpTo:
    """Message *seq* of *room* is a row now, as was wished: show it."""

    room: str
    seq: int


@dataclass(frozen=True, slots=True)
class Said:
    """Others have said something just now: it is no history, and was not missed."""

    news: tuple[News, ...]


@dataclass(frozen=True, slots=True)
class Missed:
    """We are back, and of some rooms not all is read that was said meanwhile."""

    rooms: tuple[MissedItem, ...]


@dataclass(frozen=True, slots=True)
class StoreTrouble:
    """What we know is not kept on disk from here on, or what was kept is lost.

    *reason*: ``in-use``: another client of this user has the file; ``corrupt``: it could not be
    read, and was set aside; ``disk``: it cannot be written.
    """

    reason: str


@dataclass(frozen=True, slots=True)
class StartedOffline:
    """No server answered the first login; what is kept on disk is shown. ``Lost`` follows."""

    username: str
    nickname: str


@dataclass(frozen=True, slots=True)
class TokenRefused:
    """The token is not good any more: come back with the password."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The login succeeded, the first or a later one."""

    username: str
    nickname: str
    token: str = field(default="", repr=False)
    """By which this device can come back without the password; empty if it has not changed."""


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
    | RoomsChanged
    | RoomOpened
    | RoomClosed
    | RoomRefused
    | RoomsListed
    | MembersListed
    | TypingChanged
    | ReadersListed
    | SearchFound
    | SearchFailed
    | JumpTo
    | Said
    | Missed
    | StoreTrouble
    | StartedOffline
    | TokenRefused
)
TimelineChange = Inserted | Updated | Removed
