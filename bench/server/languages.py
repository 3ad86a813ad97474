"""How each kind of server is spoken to: logging in, saying something, and what acknowledges it.

Nothing is parsed that can be counted. Each text has one ``MARK``, a byte that occurs nowhere else
in what a server sends, so the messages in any piece of a stream are its marks, wherever it was cut.

Users and rooms are numbers. What they are called is made from them here, and for MiniChat by
:mod:`bench.server.seeding` in the same way.
"""

from typing import NamedTuple

MARK = b";"
"""In each text once, before its number, and in nothing else that comes. In no text is a byte that
is a :attr:`Language.answer`."""

DIGITS = 10
"""Of a text's number."""

TEXT = 64
"""Bytes of a text."""

_WORDS = (
    b"the quick brown fox jumps over a lazy dog by the river",
    b"could somebody bring the projector to room twelve now",
    b"I have put the slides of last week in the usual place",
    b"lunch at noon in the small canteen, who is coming too",
    b"it builds here, have you tried with an empty directory",
    b"no, the exam is on Thursday and not on Friday morning",
    b"thanks, that was it, a comma was missing in line nine",
)


def text_of(number: int) -> bytes:
    """The text with that number: its mark, its number, and some words; TEXT bytes."""
    words = _WORDS[number % len(_WORDS)]
    return (b"%b%0*d %b" % (MARK, DIGITS, number, words)).ljust(TEXT, b".")[:TEXT]


class Step(NamedTuple):
    """Something to send at login, and what must come before the next."""

    said: bytes
    awaited: bytes


class Language:
    """A way of speaking.

    Attributes:
        answer: a byte that is once in the server's answer to a message; none if it gives no answer.
        answer_in_texts: that byte is once in each message that is told, too.
        echoes: a message comes to its sender too.
    """

    answer = b""
    answer_in_texts = False
    echoes = False

    def log_in(self, user: int, room: int) -> list[Step]:
        """What makes *user* known, and a member of *room*; 0 is none."""
        raise NotImplementedError

    def message(self, user: int, room: int, number: int) -> bytes:
        """What says the text of *number* in *room*."""
        raise NotImplementedError


# --- MiniChat ------------------------------------------------------------------------------------

CLIENT = "bench/1.0"


def user_name(user: int) -> str:
    """A user's name at MiniChat and in IRC."""
    return f"bench{user}"


def token(user: int) -> str:
    """That user's device token."""
    return f"token-of-{user}"


def room_number(room: int) -> int:
    """The number in the database of a room of the bench."""
    return 1000 + room


class MiniChat(Language):
    """As a client that has named itself does: with a cid, greater each time, on each message."""

    answer = b"\n"
    answer_in_texts = True

    def __init__(self, client: str = CLIENT) -> None:
        self._client = client

    def log_in(self, user: int, room: int) -> list[Step]:
        """By token. The memberships are in the database already."""
        del room
        line = f"0001|{user_name(user)}||{self._client}|{token(user)}\n"
        return [Step(line.encode(), b"1001|1|")]

    def message(self, user: int, room: int, number: int) -> bytes:
        text = text_of(number)
        return b"0002|bench%d|%b|#%d|c%016d\n" % (user, text, room_number(room), number)


# --- Redis ---------------------------------------------------------------------------------------


class Redis(Language):
    """RESP3, in which one connection may both listen and publish. It is told its own messages."""

    answer = b":"
    echoes = True

    def log_in(self, user: int, room: int) -> list[Step]:
        del user
        return [
            Step(b"HELLO 3\r\n", b"modules"),
            Step(b"SUBSCRIBE room%d\r\n" % room, b"subscribe"),
        ]

    def message(self, user: int, room: int, number: int) -> bytes:
        del user
        channel, text = b"room%d" % room, text_of(number)
        return b"*3\r\n$7\r\nPUBLISH\r\n$%d\r\n%b\r\n$%d\r\n%b\r\n" % (
            *(len(channel), channel),
            *(len(text), text),
        )


LANGUAGES: dict[str, Language] = {
    "minichat": MiniChat(),
    "minichat-basic": MiniChat(client=""),
    "redis": Redis(),
}
