"""Dialects: who is told what, and how it looks to a program of the seed and to a terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reactor.dialects import BASIC, FULL, LINELESS, Dialect
from wire.codec import decode, encode
from wire.errors import PeerError
from wire.framing import LineReader, QuietReader
from wire.messages import (
    MESSAGES,
    Chat,
    ChatMessage,
    LogIn,
    LoginResult,
    Message,
    Ping,
    Result,
    Who,
)

EVERY_TYPE = pytest.mark.parametrize("kind", MESSAGES.values(), ids=lambda kind: kind.__name__)

NASTY = "a|b\n1002|boss|you are fired\r\n\x1b[2J\\p\0"


def message(kind: type[Message], text: str = "x") -> Message:
    """A message of that type, with *text* in all fields."""
    return kind(**{spec.name: 7 if spec.is_number else text for spec in kind.layout})


@EVERY_TYPE
def test_full_clients_are_told_everything(kind: type[Message]) -> None:
    """As it is."""
    assert decode(FULL.encode(message(kind, NASTY))[:-1]) == message(kind, NASTY)


@EVERY_TYPE
@pytest.mark.parametrize("dialect", [BASIC, LINELESS])
def test_the_others_are_told_1001_and_1002_and_nothing_else_ever(
    kind: type[Message], dialect: Dialect
) -> None:
    """A client of the seed's kind knows no other."""
    told = dialect.encode(message(kind))
    if kind in (ChatMessage, LoginResult):
        assert told[:4].decode() == kind.code
    else:
        assert told == b""


@EVERY_TYPE
@pytest.mark.parametrize("dialect", [BASIC, LINELESS])
def test_no_text_makes_them_be_told_more(kind: type[Message], dialect: Dialect) -> None:
    """One frame at most, with the seed's number of fields."""
    told = dialect.encode(message(kind, NASTY))
    assert told.count(b"\n") == (1 if told and dialect is BASIC else 0)
    assert told.count(b"|") in ({0} if not told else {2, 3})
    assert b"\r" not in told


def test_the_seeds_answers_byte_for_byte() -> None:
    """With the seed's fields and no more, whatever there is besides."""
    said = ChatMessage("itcast1", "hello", "user1", "lobby", 7, 1_700_000_000_000)
    welcome = LoginResult("1", "itcast1", "user1", "", "")
    refused = LoginResult("0", "", "", "wrong-login", "no such user, or not this password")
    assert [BASIC.encode(m) for m in (said, welcome, refused)] == [
        b"1002|itcast1|hello\n",
        b"1001|1|itcast1|user1\n",
        b"1001|0||\n",
    ]
    assert [LINELESS.encode(m) for m in (said, welcome, refused)] == [
        b"1002|itcast1|hello",
        b"1001|1|itcast1|user1",
        b"1001|0||",
    ]


@pytest.mark.parametrize("dialect", [BASIC, LINELESS])
def test_a_refused_login_is_a_login_result(dialect: Dialect) -> None:
    """Whatever was wrong with it; other refusals are silence, and so is success."""
    assert dialect.encode(Result("0001", "too-long")).startswith(b"1001|0||")
    assert dialect.encode(Result("0001", "ok")) == b""
    assert dialect.encode(Result("0002", "too-long")) == b""
    assert dialect.encode(Result("", "bad-encoding")) == b""


@pytest.mark.parametrize("dialect", [BASIC, LINELESS])
def test_a_terminal_is_not_controlled_by_what_people_type(dialect: Dialect) -> None:
    """What it acts on is shown as its picture."""
    told = dialect.encode(ChatMessage("\x07n", "\x1b[2J\x08\x7f\x9b31m\0")).decode()
    assert told.rstrip("\n") == "1002|\u2407n|\u241b[2J\u2408\u2421\ufffd31m\u2400"


def test_text_that_controls_nothing_stays() -> None:
    """Tabs, all of Unicode, and what separates lines elsewhere; line ends are escaped."""
    text = "a\tb 早上好 😀 \u2028\u0085 e\u0301"
    assert BASIC.encode(ChatMessage("n", text)) == f"1002|n|{text}\n".encode()
    assert BASIC.encode(ChatMessage("n", "a\nb|c\\d")) == b"1002|n|a\\nb\\pc\\\\d\n"


def test_full_clients_get_text_as_it_was_typed() -> None:
    """They show it as plain text themselves."""
    assert FULL.encode(ChatMessage("n", "\x1b[2J")) == encode(ChatMessage("n", "\x1b[2J"))


def test_line_less_clients_escape_nothing() -> None:
    """They would show the escapes; what cannot be said plainly is said with its likeness."""
    told = LINELESS.encode(ChatMessage("n", "a|b\nc\\n\rd")).decode()
    assert told == "1002|n|a\N{FULLWIDTH VERTICAL LINE}b c\\n d"


def test_line_less_clients_mean_what_they_write() -> None:
    """A pipe or a backslash in their text is text."""
    assert LINELESS.decode(b"0002|user1|a|b\\n|c\nd") == Chat("user1", "a|b\\n|c\nd")
    assert LINELESS.decode(b"0001|user1|pass|word") == LogIn("user1", "pass|word")


@given(st.binary(max_size=60))
def test_line_less_bytes_are_a_message_or_the_peers_error(frame: bytes) -> None:
    """And nothing else, ever."""
    try:
        LINELESS.decode(frame)
    except PeerError:
        return


@pytest.mark.parametrize("dialect", [FULL, BASIC])
def test_the_others_read_lines(dialect: Dialect) -> None:
    """Whose fields are escaped."""
    assert isinstance(dialect.reader(), LineReader)
    assert dialect.decode(b"0002|u|a\\pb") == Chat("u", "a|b")
    assert dialect.decode(b"0005|u|7") == Who("u", 7)
    assert dialect.decode(b"0003") == Ping()


def test_what_the_dialects_can_do() -> None:
    """Only line-less ones wait for quiet; only basic ones become full; only full ones answer."""
    assert isinstance(LINELESS.reader(), QuietReader)
    assert [d.waits_for_quiet for d in (FULL, BASIC, LINELESS)] == [False, False, True]
    assert [d.joins for d in (FULL, BASIC, LINELESS)] == [True, True, False]
    assert [d.may_become_full for d in (FULL, BASIC, LINELESS)] == [False, True, False]
    assert [d.can_be_pinged for d in (FULL, BASIC, LINELESS)] == [True, False, False]


def test_each_connection_has_a_reader_of_its_own() -> None:
    """The dialects themselves keep nothing."""
    assert BASIC.reader() is not BASIC.reader()
