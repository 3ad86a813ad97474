"""How a message looks on the wire to each kind of client. Nothing outside this file knows.

========  ==========================================  =============================================
dialect   who speaks it                               what it is sent
========  ==========================================  =============================================
FULL      a client that names itself at login         every message
BASIC     anybody else: a script, a person with nc    1001, and the lobby's 1002, with the seed's
                                                      fields
LINELESS  clients of the seed's kind, which end no    the same, each in a send of its own, without
          line, on a port of their own                a line end
========  ==========================================  =============================================

A message that a dialect has no words for is encoded as ``b""``: that client is not told. Encoding
depends on the message alone, so one encoding serves all members of a room who share a dialect.
"""

from typing import Protocol

from wire.codec import DELIMITER, decode, encode, from_fields, text_of, to_fields
from wire.framing import LineReader, QuietReader
from wire.messages import ChatMessage, LogIn, LoginResult, Message, Result


class FrameReader(Protocol):
    """What :mod:`wire.framing` offers: bytes in, frames out."""

    overflowed: bool

    @property
    def pending(self) -> bool: ...

    def feed(self, data: bytes) -> None: ...

    def next_frame(self) -> bytes | None: ...

    def quiet(self) -> None: ...


class Dialect:
    """One way of speaking; this class itself is FULL, the others say less.

    Attributes:
        name: for the log.
        joins: whether frames may go out in one send.
        waits_for_quiet: whether a frame ends only when the line is quiet for a moment.
        may_become_full: whether naming a client program at login changes to FULL.
        can_be_pinged: whether such a client answers when it is asked if it is there.
        tells_rooms: whether it says in which room something is; if not, the lobby is all it tells.
    """

    name = "full"
    joins = True
    waits_for_quiet = False
    may_become_full = False
    can_be_pinged = True
    tells_rooms = True

    def reader(self) -> FrameReader:
        """Return a reader that cuts the stream of one connection into frames."""
        return LineReader()

    def decode(self, frame: bytes) -> Message:
        """Return the message in *frame*.

        Raises:
            PeerError: there is none.
        """
        return decode(frame)

    def encode(self, message: Message) -> bytes:
        """Return the bytes that tell such a client *message*; ``b""`` if it is not told."""
        return encode(message)


class _Basic(Dialect):
    name = "basic"
    may_become_full = True
    can_be_pinged = False
    tells_rooms = False

    def encode(self, message: Message) -> bytes:
        told = _as_the_seed_has_it(message)
        return encode(told) if told is not None else b""


class _Lineless(_Basic):
    name = "line-less"
    joins = False
    waits_for_quiet = True
    may_become_full = False

    def reader(self) -> FrameReader:
        return QuietReader()

    def decode(self, frame: bytes) -> Message:
        # Such a client escapes nothing, and all its requests have two fields: what it writes after
        # the second pipe is text, whatever is in it.
        code, *values = text_of(frame).split(DELIMITER, 2)
        return from_fields(code, values)

    def encode(self, message: Message) -> bytes:
        told = _as_the_seed_has_it(message)
        return b"" if told is None else DELIMITER.join(map(_plain, to_fields(told))).encode()


FULL = Dialect()
BASIC = _Basic()
LINELESS = _Lineless()


def _as_the_seed_has_it(message: Message) -> Message | None:
    if isinstance(message, ChatMessage):
        if not message.text:  # it was taken back
            return None
        return ChatMessage(_harmless(message.nickname), _harmless(message.text))
    if isinstance(message, LoginResult):
        return LoginResult(message.ret, _harmless(message.nickname), _harmless(message.username))
    if isinstance(message, Result) and message.request == LogIn.code and message.outcome != "ok":
        return LoginResult("0", "", "")
    return None


# What a terminal acts on, shown by its picture instead: a person may be reading with nc. Tabs, line
# ends and the other separators of text stay.
_PICTURES = {c: 0x2400 + c for c in range(0x1C) if chr(c) not in "\t\n\v\f\r"}
_PICTURES |= {0x7F: 0x2421} | {c: 0xFFFD for c in range(0x80, 0xA0) if c != 0x85}


def _harmless(text: str) -> str:
    return text if text.isprintable() else text.translate(_PICTURES)


# A client of the seed's kind splits at pipes and unescapes nothing, so there are none to be split
# at.
_ONE_LINE = {ord("|"): "\N{FULLWIDTH VERTICAL LINE}", ord("\n"): " ", ord("\r"): " "}


def _plain(text: str) -> str:
    return text.translate(_ONE_LINE)
