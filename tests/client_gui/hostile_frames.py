"""Frames as only somebody means them who wants to break the client: for every message, every field.

Made from a seed, so what breaks it once breaks it again.
"""

import dataclasses
import random
from collections.abc import Iterator

from wire.messages import MESSAGES, LoginResult, Message

TEXTS = [
    "",
    " ",
    "<b>bold</b><img src='file:///etc/passwd'><a href='file:///etc'>x</a>",
    "<html><body><script>alert(1)</script><h1>BIG</h1></body></html>",
    "&lt;b&gt; &amp; &#x3c;i&#x3e;",
    "\u202eevil\u202c \u2066\u2067\u2068 \u200f\u061c unclosed \u202d",
    "مرحبا שלום " * 20,
    "zalgo: " + ("Z" + "\u0300\u0336\u0489" * 170) * 4,
    "\u0301" * 500,
    "😀👨‍👩‍👧‍👦🏳️‍🌈" * 300,
    "\\n" * 5_000,
    "\u2028\u2029\x0b\x0c\x1c\x85" * 50,
    "x" * 30_000,
    "字" * 10_000,
    "\\ud800 \\x00 %s %n {0} ${HOME}",
    "\x00\x01\x07\x1b[31m\x7f",
    "\ufeff\ufffe\uffff\U000e0001\U0010ffff",
    "@user1 @user2 " * 500,
    "https://" + "a." * 4_000 + "example",
    "../../etc/passwd",
    "'; DROP TABLE rows; --",
    "%1 %2 %L1 %%",
]
ROOMS = ["lobby", "#1", "#2", "#999999", "#1 ", "#-1", "#0", "@user2", "LOBBY", "#" + "9" * 400]
NAMES = ["user1", "user2", "USER1", "user1\u200b", "user1 ", "\u202euser", "u" * 5_000, "?"]
NUMBERS = ["", "0", "1", "2", "3", "7", "200", "1700000000000", "2147483647", "9" * 18]
NO_NUMBERS = [*("-1", "9" * 19, "9" * 4_000, "x", "1.5", "1e9", "١٢", " 1", "+1", "0x10", "\x00")]
WORDS = [
    *("ok", "1", "0", "error", "busy", "unavailable", "no-such-room", "too-far", "reset", "full"),
    *("edited", "deleted", "reacted", "unreacted", "topic", "renamed", "owner", "member", "left"),
    *("lobby", "public", "private", "direct", "announcement", "removed", "login-first"),
]
CODES = [kind.code for kind in MESSAGES.values()]

# What would end the conversation at once, and with it the test of everything else.
_ENDS = ("revoked",)

_BROKEN = [
    b"",
    b"|",
    b"||||||||||",
    b"1002",
    b"1002|\xff\xfe\x80|\xc0\x8a",
    b"1002|a|\xed\xa0\x80|user2|lobby|5",
    b"1002|a|half an escape \\|user2|lobby|5",
    b"1002|a|unknown \\q escape|user2|lobby|5",
    b"9999|what|is|this",
    b"\x16\x03\x01\x02\x00\x01\x00\x01",
    b"HTTP/1.1 400 Bad Request",
    "１００２|a|b|c|lobby|1".encode(),
    b"x" * 40_000,
    b"\r",
]


def frames(seed: int, count: int, to_client: list[type[Message]] | None = None) -> Iterator[bytes]:
    """Yield *count* frames, with their ends; most can be read, and none is honest."""
    chance = random.Random(seed)
    kinds = to_client or said_by_servers()
    for _ in range(count):
        if chance.random() < 0.05:
            yield chance.choice(_BROKEN) + b"\n"
        else:
            yield frame(chance, chance.choice(kinds))


def said_by_servers() -> list[type[Message]]:
    """Every message that a server sends; but not the answer to a login, which ends it or does
    nothing."""
    kinds = [kind for kind in MESSAGES.values() if not kind.code.startswith("0")]
    return [kind for kind in kinds if kind is not LoginResult]


def frame(chance: random.Random, kind: type[Message]) -> bytes:
    """A frame of *kind*."""
    fields = [_value(chance, field) for field in dataclasses.fields(kind)]
    cut = chance.random()
    if cut < 0.10:
        fields = fields[: chance.randint(0, len(fields))]
    elif cut < 0.20:
        fields += chance.choices(TEXTS, k=chance.randint(1, 3))
    escaped = [field.replace("|", "\\p").replace("\n", "\\n") for field in fields]
    line = "|".join([kind.code, *escaped])
    return line.encode("utf-8", "surrogatepass") + b"\n"


def _value(chance: random.Random, field: dataclasses.Field) -> str:
    is_number = "int" in str(field.type)
    if chance.random() < 0.05 and not is_number:
        return chance.choice(TEXTS)
    match field.name:
        case "room" | "about":
            return chance.choice(ROOMS[:4] if chance.random() < 0.8 else ROOMS)
        case "username":
            return chance.choice(NAMES)
        case "request":
            return chance.choice(CODES)
        case "kind" | "outcome" | "reason" | "role" | "state" | "ret":
            return chance.choice([word for word in WORDS if word not in _ENDS])
        case "reference":
            return chance.choice([*ROOMS, *NUMBERS, *TEXTS[:3]])
    if is_number:
        return chance.choice(NUMBERS if chance.random() < 0.98 else NO_NUMBERS)
    return chance.choice(TEXTS)
