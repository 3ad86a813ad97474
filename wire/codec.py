"""Messages to bytes and back.

1. A frame is UTF-8: the code and the fields, joined by ``|``. Inside a field, backslash, pipe, line
   feed and carriage return are written as a backslash and ``\\``, ``p``, ``n`` or ``r``. Any other
   backslash stands for itself, so that nobody who types by hand has to know this.
2. A field with a default may be missing or empty; what comes after the last field known here is
   ignored.
3. ``decode(encode(m)[:-1]) == m`` for every message: no text can end a frame or begin a field.
4. :func:`decode` raises :class:`PeerError` and nothing else, whatever the bytes.
"""

import re
from collections.abc import Iterable
from typing import Final

from wire.errors import CallerError, PeerError
from wire.limits import MAX_FRAME
from wire.messages import MESSAGES, Message

DELIMITER: Final = "|"

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
