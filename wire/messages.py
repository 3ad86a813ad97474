"""Every message of the protocol: its code and its ordered fields, and the way to bytes and back.

Strategy: one frozen dataclass per message. ``_register`` gives it its code, its annotations are the
fields in their order, and what encoding and decoding need is computed from them once, at import. No
other module knows a code or the position of a field; ``docs/protocol.md`` is made from this table.

1. A frame is UTF-8: the code and the fields, joined by ``|``. Inside a field, backslash, pipe, line
   feed and carriage return are written as a backslash and ``\\``, ``p``, ``n`` or ``r``. Any other
   backslash stands for itself, so that nobody who types by hand has to know this.
2. Fields are only ever appended. A field with a default may be missing or empty; what comes after
   the last field known here is ignored.
3. ``decode(encode(m)[:-1]) == m`` for every message: no text can end a frame or begin a field.
4. :func:`decode` raises :class:`PeerError` and nothing else, whatever the bytes.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import MISSING, dataclass, field, fields
from typing import Annotated, ClassVar, Final, NamedTuple, TypeVar, get_args, get_type_hints

from wire.errors import CallerError, PeerError
from wire.limits import MAX_FRAME

DELIMITER: Final = "|"

REASONS: Final = {
    "ok": "done",
    "too-long": "the frame, or one of its fields, is over its limit",
    "bad-encoding": "the frame is not UTF-8",
    "unknown-code": "no request has this code",
    "missing-field": "a field that must be there is not",
    "bad-number": "a field that must be a number is not a plain decimal one",
    "bad-field": "a field is empty, or has characters in it, where that may not be",
    "login-first": "this needs a login",
    "already-logged-in": "this connection is logged in; open another one",
    "wrong-login": "the user name or the password is wrong",
    "wrong-user": "the user name in the request is not the one that is logged in here",
    "no-such-room": "there is no such room, or it is not open to you",
    "too-many-tries": "too many failed logins; wait a minute",
    "busy": "the server has too much to do; try again in a moment",
    "unavailable": "the storage cannot take it now; nothing was kept; try again",
    "invalid": "the storage can never take this; do not try again",
    "error": "a fault of the server, which is in its log",
    "stopping": "the server is going down; reconnect in a while",
    "slow-reader": "you read more slowly than messages come; reconnect",
    "silent": "nothing was heard from you for too long",
    "login-timeout": "no login in time",
    "logged-out": "you asked for it",
}
"""The stable words by which a program knows an outcome, and what each means."""


class Field(NamedTuple):
    """One field of a message, as the encode and decode tables and the documentation see it."""

    name: str
    is_number: bool
    required: bool
    meaning: str


@dataclass(frozen=True, slots=True)
class Message:
    """What all messages have: a four-digit ``code``, and the ``layout`` of the fields behind it."""

    code: ClassVar[str]
    layout: ClassVar[tuple[Field, ...]]


MESSAGES: Final[dict[str, type[Message]]] = {}
"""Every message by its code."""

AnyMessage = TypeVar("AnyMessage", bound=Message)


def _register(code: str) -> Callable[[type[AnyMessage]], type[AnyMessage]]:
    def register(message: type[AnyMessage]) -> type[AnyMessage]:
        hints = get_type_hints(message, include_extras=True)
        message.code = code
        message.layout = tuple(
            Field(
                f.name,
                get_args(hints[f.name])[0] is int,
                f.default is MISSING,
                get_args(hints[f.name])[1],
            )
            for f in fields(message)
        )
        MESSAGES[code] = message
        return message

    return register


# --- from client to server -----------------------------------------------------------------------


@_register("0001")
@dataclass(frozen=True, slots=True)
class LogIn(Message):
    """Log this connection in. Answered by a login result."""

    username: Annotated[str, "who you are"]
    password: Annotated[str, "your password"] = field(repr=False)
    client: Annotated[
        str, "name and version of your program; naming it makes you a *full* client"
    ] = ""


@_register("0002")
@dataclass(frozen=True, slots=True)
class Chat(Message):
    """Say something. Answered by a result whose reference is the `cid`, once it is stored."""

    username: Annotated[str, "your own user name, as it was logged in"]
    text: Annotated[str, "what you say; not empty"]
    room: Annotated[str, "where; empty is the lobby"] = ""
    cid: Annotated[str, "your own id for this message: the same one again is the same message"] = ""


@_register("0003")
@dataclass(frozen=True, slots=True)
class Ping(Message):
    """Show that you are there, and see that the server is. Answered by a result."""

    token: Annotated[str, "comes back as the reference"] = ""


@_register("0004")
@dataclass(frozen=True, slots=True)
class LogOut(Message):
    """Leave. Answered by a result; then the connection is closed."""


@_register("0005")
@dataclass(frozen=True, slots=True)
class Who(Message):
    """Ask who is online. Answered by one `1005` for each user, by name, and a result."""

    after: Annotated[str, "continue behind this user name; empty begins at the beginning"] = ""
    limit: Annotated[int, "how many at the most; empty or 0 is a full page"] = 0


@_register("0006")
@dataclass(frozen=True, slots=True)
class History(Message):
    """Ask for what was said in a room. Answered by a page of `1002`, by number, and a result."""

    room: Annotated[str, "where; empty is the lobby"] = ""
    since: Annotated[int, "the first messages from this number on"] = 0
    before: Annotated[
        int, "without `since`: the last ones before this number; 0: the last of all"
    ] = 0
    limit: Annotated[int, "how many at the most; empty or 0 is a full page"] = 0


# --- from server to client: answers and messages -------------------------------------------------


@_register("1000")
@dataclass(frozen=True, slots=True)
class Result(Message):
    """The answer to a request that has no richer one; also to a frame that could not be read."""

    request: Annotated[str, "the code of the request; empty where it could not be read"]
    outcome: Annotated[str, "`ok` or a reason word"]
    reference: Annotated[
        str, "the request's own reference (`cid`, `token`); for a listing, where to continue"
    ] = ""
    detail: Annotated[str, "on `ok`, what belongs to the request; else a sentence for people"] = ""
    seq: Annotated[int, "of a stored message: its number in its room"] = 0
    time: Annotated[int, "of a stored message: when, in milliseconds since 1970 UTC"] = 0


@_register("1001")
@dataclass(frozen=True, slots=True)
class LoginResult(Message):
    """The answer to a login."""

    ret: Annotated[str, "`1` success, `0` failure"]
    nickname: Annotated[str, "your nickname; empty on failure"]
    username: Annotated[str, "your user name; empty on failure"]
    note: Annotated[str, "on failure, a reason word"] = ""
    detail: Annotated[str, "on failure, a sentence for people"] = ""


@_register("1002")
@dataclass(frozen=True, slots=True)
class ChatMessage(Message):
    """Somebody said something. Never sent to the session that said it, which has its result."""

    nickname: Annotated[str, "who said it, for people"]
    text: Annotated[str, "what was said"]
    username: Annotated[str, "who said it"] = ""
    room: Annotated[str, "where"] = ""
    seq: Annotated[int, "its number in the room: 1, 2, 3 … without holes"] = 0
    time: Annotated[int, "when it was taken, in milliseconds since 1970 UTC"] = 0


@_register("1005")
@dataclass(frozen=True, slots=True)
class OnlineUser(Message):
    """One user who is online: an entry of the answer to `0005`."""

    username: Annotated[str, "who"]
    nickname: Annotated[str, "who, for people"]


# --- from server to client: events ---------------------------------------------------------------


@_register("2000")
@dataclass(frozen=True, slots=True)
class Goodbye(Message):
    """The server is about to close this connection."""

    reason: Annotated[str, "a reason word"]
    detail: Annotated[str, "a sentence for people"] = ""
    retry_after: Annotated[int, "seconds to wait before connecting again"] = 0


@_register("2001")
@dataclass(frozen=True, slots=True)
class AreYouThere(Message):
    """Nothing has come from you for a while. Send anything (a ping is made for it)."""


@_register("2002")
@dataclass(frozen=True, slots=True)
class Presence(Message):
    """A user came online, or the last of their sessions ended."""

    username: Annotated[str, "who"]
    nickname: Annotated[str, "who, for people"]
    state: Annotated[str, "`1` online, `0` offline"]


@_register("2003")
@dataclass(frozen=True, slots=True)
class OnlineCount(Message):
    """So many came and went at once that only the number is told; `0005` tells who is there."""

    online: Annotated[int, "users online now"]


# --- to bytes and back ---------------------------------------------------------------------------

_ESCAPED = re.compile(r"\\([\\pnr])")
_MEANING = {"\\": "\\", "p": "|", "n": "\n", "r": "\r"}

# Seconds, numbers and milliseconds fit into 18 digits. Without a bound, the time of a conversion
# grows with the square of the length (CVE-2020-10735).
_NUMBER = re.compile(r"[0-9]{1,18}", re.ASCII)
_CODE = re.compile(r"[0-9]{4}", re.ASCII)


def escape(text: str) -> str:
    """Return *text* without any character that has a meaning in a frame."""
    # Four replacements, each of which returns the same string when there is nothing to do, are
    # several times faster than str.translate.
    return text.replace("\\", "\\\\").replace("|", "\\p").replace("\n", "\\n").replace("\r", "\\r")


def unescape(text: str) -> str:
    """The inverse of :func:`escape`; a backslash before anything else stands for itself."""
    if "\\" not in text:
        return text
    return _ESCAPED.sub(lambda escaped: _MEANING[escaped[1]], text)


def encode(message: Message) -> bytes:
    """Return the frame of *message* with its line end. Empty fields at the end are left out.

    Raises:
        CallerError: the text cannot be UTF-8 (a lone surrogate).
    """
    try:
        return (DELIMITER.join(map(escape, to_fields(message))) + "\n").encode()
    except UnicodeEncodeError as error:
        raise CallerError(f"{type(message).__name__} has text that is not Unicode") from error


def decode(frame: bytes) -> Message:
    """Return the message in *frame*, which is one frame without its line end.

    Raises:
        PeerError: there is none; ``reason`` says why, and ``request`` has the code if there was
        one.
    """
    code, *values = text_of(frame).split(DELIMITER)
    return from_fields(code, map(unescape, values))


def text_of(frame: bytes) -> str:
    """Return the text of *frame*, whole and still escaped.

    Raises:
        PeerError: it is too long, or not UTF-8.
    """
    if len(frame) > MAX_FRAME:
        raise PeerError(_code_of(frame), "too-long", f"a frame may have {MAX_FRAME} bytes")
    try:
        return frame.decode()
    except UnicodeDecodeError:
        raise PeerError(_code_of(frame), "bad-encoding", "a frame must be UTF-8") from None


def to_fields(message: Message) -> list[str]:
    """Return the code and the fields of *message*, not escaped, without empty ones at the end."""
    parts = [message.code]
    needed = 1
    for spec in message.layout:
        value = getattr(message, spec.name)
        parts.append(str(value) if spec.is_number else value)
        if spec.required or value:
            needed = len(parts)
    return parts[:needed]


def from_fields(code: str, values: Iterable[str]) -> Message:
    """Return the message with this *code* and these field *values*, already unescaped.

    Raises:
        PeerError: no message has this code, a field is missing, or a number is none.
    """
    message = MESSAGES.get(code)
    if message is None:
        raise PeerError(code if _CODE.fullmatch(code) else "", "unknown-code", "no such code")
    arguments = {
        spec.name: _number(code, spec.name, value) if spec.is_number else value
        for spec, value in zip(message.layout, values, strict=False)
    }
    for spec in message.layout[len(arguments) :]:
        if spec.required:
            raise PeerError(code, "missing-field", f"{spec.name} is missing")
    return message(**arguments)


def _number(code: str, name: str, value: str) -> int:
    if not value:
        return 0
    if not _NUMBER.fullmatch(value):
        raise PeerError(code, "bad-number", f"{name} must be a number")
    return int(value)


def _code_of(frame: bytes) -> str:
    head = frame[:4].decode("ascii", "replace")
    return head if _CODE.fullmatch(head) and frame[4:5] in (b"", b"|") else ""
