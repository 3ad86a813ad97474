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
from typing import Any, Final

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
    kind = type(message)
    values = _without_empty_end(kind, kind.values(message))
    line = kind.templates[len(values)] % values
    if line.count(DELIMITER) > len(values) or _has_to_be_escaped(line):
        line = kind.templates[len(values)] % tuple(escape(str(value)) for value in values)
    try:
        return line.encode()
    except UnicodeEncodeError as error:
        raise CallerError(f"{type(message).__name__} has text that is not Unicode") from error


def _without_empty_end(kind: type[Message], values: tuple[Any, ...]) -> tuple[Any, ...]:
    needed = len(values)
    while needed > kind.required and not values[needed - 1]:
        needed -= 1
    return values[:needed]


def _has_to_be_escaped(line: str) -> bool:
    """Whether there is anything but pipes in *line*, before its end, that has a meaning there."""
    return "\\" in line or "\r" in line or line.find("\n") < len(line) - 1


def decode(frame: bytes) -> Message:
    """Return the message in *frame*, which is one frame without its line end.

    Raises:
        PeerError: there is none; ``reason`` says why, and ``request`` has the code if there was
        one.
    """
    text = text_of(frame)
    code, *values = text.split(DELIMITER)
    return from_fields(code, list(map(unescape, values)) if "\\" in text else values)


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
    kind = type(message)
    return [kind.code, *map(str, _without_empty_end(kind, kind.values(message)))]


def from_fields(code: str, values: list[str]) -> Message:
    """Return the message with this *code* and these field *values*, already unescaped.

    Raises:
        PeerError: no message has this code, a field is missing, or a number is none.
    """
    kind = MESSAGES.get(code)
    if kind is None:
        raise PeerError(code if _CODE.fullmatch(code) else "", "unknown-code", "no such code")
    given = len(values)
    arguments: list[str | int] = list(values[: len(kind.layout)])
    for place in kind.numbers:
        if place < given:
            arguments[place] = _number(code, kind.layout[place].name, values[place])
    if given < kind.required:
        raise PeerError(code, "missing-field", f"{kind.layout[given].name} is missing")
    return kind(*arguments)


def _number(code: str, name: str, value: str) -> int:
    if not value:
        return 0
    if not _NUMBER.fullmatch(value):
        raise PeerError(code, "bad-number", f"{name} must be a number")
    return int(value)


def _code_of(frame: bytes) -> str:
    head = frame[:4].decode("ascii", "replace")
    return head if _CODE.fullmatch(head) and frame[4:5] in (b"", b"|") else ""
