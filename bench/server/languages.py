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
    """Something to send at login, what must come before the next, and what comes if it is refused;
    where that has no one form, nothing does."""

    said: bytes
    awaited: bytes
    refused: bytes = b""


class Language:
    """A way of speaking: in a room, or each with a partner, who is the other of users 2k and 2k+1.

    Attributes:
        answer: a byte that is once in the server's answer to a message; none if it gives no answer.
        answer_in_texts: that byte is once in each message that is told, too.
        echoes: a message to a room comes to its sender too.
        partner_echoes: so does one to a partner.
        ping: what the server answers at once, with ``pong``.
    """

    answer = b""
    answer_in_texts = False
    echoes = False
    partner_echoes = False
    ping = b""
    pong = b""

    def log_in(self, user: int, room: int | None) -> list[Step]:
        """What makes *user* known, and a member of *room*; without one, able to hear a partner."""
        raise NotImplementedError

    def message(self, user: int, room: int | None, number: int) -> bytes:
        """What says the text of *number* in *room*, or to the partner."""
        raise NotImplementedError


def partner(user: int) -> int:
    """To whom *user* talks without a room."""
    return user ^ 1


# --- MiniChat ------------------------------------------------------------------------------------

CLIENT = "bench/1.0"


def user_name(user: int) -> str:
    """A user's name."""
    return f"bench{user}"


def token(user: int) -> str:
    """That user's device token."""
    return f"token-of-{user}"


def room_number(room: int | None, user: int = 0) -> int:
    """The number in the database of a room of the bench, or of that of *user* and partner."""
    return 1000 + (2 + user // 2 if room is None else room)


class MiniChat(Language):
    """As a client that has named itself does: with a cid, greater each time, on each message."""

    answer = b"\n"
    answer_in_texts = True
    ping = b"0003|bench\n"
    pong = b"1000|0003|ok|bench"

    def __init__(self, client: str = CLIENT) -> None:
        self._client = client

    def log_in(self, user: int, room: int | None) -> list[Step]:
        """By token. The memberships are in the database already."""
        del room
        line = f"0001|{user_name(user)}||{self._client}|{token(user)}\n"
        return [Step(line.encode(), b"1001|1|", b"1001|0|")]

    def message(self, user: int, room: int | None, number: int) -> bytes:
        where = room_number(room, user)
        return b"0002|bench%d|%b|#%d|c%016d\n" % (user, text_of(number), where, number)


# --- IRC: ngIRCd, InspIRCd -----------------------------------------------------------------------


class Irc(Language):
    """No answer to a message, and none of one's own."""

    ping = b"PING bench\r\n"
    pong = b" PONG "

    def log_in(self, user: int, room: int | None) -> list[Step]:
        name = user_name(user)
        steps = [Step(f"NICK {name}\r\nUSER bench 0 * :{name}\r\n".encode(), b" 001 ")]
        if room is not None:
            steps.append(Step(b"JOIN #room%d\r\n" % room, b" 366 "))
        return steps

    def message(self, user: int, room: int | None, number: int) -> bytes:
        if room is None:
            return b"PRIVMSG bench%d :%b\r\n" % (partner(user), text_of(number))
        return b"PRIVMSG #room%d :%b\r\n" % (room, text_of(number))


# --- Redis and MQTT: topics ----------------------------------------------------------------------


def topic_to(user: int, room: int | None) -> bytes:
    """What is listened to: a room, or a user by their partner."""
    return b"user%d" % user if room is None else b"room%d" % room


class Redis(Language):
    """RESP3, in which one connection may both listen and publish. It is told its own messages."""

    answer = b":"
    echoes = True
    ping = b"PING\r\n"
    pong = b"+PONG"

    def log_in(self, user: int, room: int | None) -> list[Step]:
        return [
            Step(b"HELLO 3\r\n", b"modules"),
            Step(b"SUBSCRIBE %b\r\n" % topic_to(user, room), b"subscribe"),
        ]

    def message(self, user: int, room: int | None, number: int) -> bytes:
        topic, text = topic_to(partner(user), room), text_of(number)
        return b"*3\r\n$7\r\nPUBLISH\r\n$%d\r\n%b\r\n$%d\r\n%b\r\n" % (
            *(len(topic), topic),
            *(len(text), text),
        )


class Mqtt(Language):
    """MQTT 3.1.1, QoS 0: no answer, and one is told one's own messages."""

    echoes = True
    ping = b"\xc0\x00"
    pong = b"\xd0\x00"

    def log_in(self, user: int, room: int | None) -> list[Step]:
        clean_session, keep_alive = b"\x02", b"\x00\x00"
        hello = _string(b"MQTT") + b"\x04" + clean_session + keep_alive + _string(b"user%d" % user)
        subscribe = b"\x00\x01" + _string(topic_to(user, room)) + b"\x00"
        return [
            Step(_packet(0x10, hello), b"\x20\x02\x00\x00"),
            Step(_packet(0x82, subscribe), b"\x90\x03\x00\x01\x00"),
        ]

    def message(self, user: int, room: int | None, number: int) -> bytes:
        return _packet(0x30, _string(topic_to(partner(user), room)) + text_of(number))


def _packet(kind: int, content: bytes) -> bytes:
    """Of fewer than 128 bytes, which is what ours have."""
    return bytes((kind, len(content))) + content


def _string(text: bytes) -> bytes:
    return len(text).to_bytes(2, "big") + text


# --- our references ------------------------------------------------------------------------------


class Lines(Language):
    """Of the bare loop and its like in C: the first line names a room, every further one is told to
    all in it, its sender too."""

    echoes = True
    partner_echoes = True
    ping = text_of(0) + b"\n"
    pong = MARK

    def log_in(self, user: int, room: int | None) -> list[Step]:
        return [Step(b"%d\n" % room_number(room, user), b"in\n")]

    def message(self, user: int, room: int | None, number: int) -> bytes:
        del user, room
        return text_of(number) + b"\n"


LANGUAGES: dict[str, Language] = {
    "minichat": MiniChat(),
    "minichat-basic": MiniChat(client=""),
    "irc": Irc(),
    "redis": Redis(),
    "mqtt": Mqtt(),
    "lines": Lines(),
}
