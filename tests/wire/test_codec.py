"""Messages: to bytes and back without loss, and no text that leaves its field."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import reactor
import wire
from wire.codec import decode, encode, escape, unescape
from wire.errors import CallerError, PeerError, WireError
from wire.limits import MAX_FRAME
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
from wire.reasons import REASONS

# Dense in what has a meaning in a frame, or has one elsewhere.
TEXT = st.text() | st.text("\\|\n\rpn0\u0085\u2028\x00\x0b\x1c早é😀", max_size=30)
NUMBER = st.integers(0, 10**18 - 1)


def _has_text(kind: type[Message]) -> bool:
    return not all(spec.is_number for spec in kind.layout)


def any_message(kind: type[Message]) -> st.SearchStrategy[Message]:
    """Any message of a type, with any text in any field."""
    return st.builds(
        kind, **{spec.name: NUMBER if spec.is_number else TEXT for spec in kind.layout}
    )


ANY_MESSAGE = st.sampled_from(list(MESSAGES.values())).flatmap(any_message)


@given(ANY_MESSAGE)
def test_decoding_gives_back_what_was_encoded(message: Message) -> None:
    """For any text in any message."""
    assert decode(encode(message)[:-1]) == message


@pytest.mark.parametrize("kind", MESSAGES.values())
def test_every_message_comes_back(kind: type[Message]) -> None:
    """None is missed by chance: each with all that has to be escaped, and each with nothing."""
    hard = kind(**{s.name: 7 if s.is_number else "\\|p\n\r\\n|" for s in kind.layout})
    empty = kind(**{s.name: 0 if s.is_number else "" for s in kind.layout})
    assert decode(encode(hard)[:-1]) == hard
    assert decode(encode(empty)[:-1]) == empty


@pytest.mark.parametrize("sign", ["\\", "|", "\n", "\r", "\\n", "\n\n"])
@pytest.mark.parametrize("text", ["{}", "a{}", "{}b", "a{}b"])
def test_each_sign_alone_is_escaped(sign: str, text: str) -> None:
    """Wherever it stands."""
    message = ChatMessage("nick", text.format(sign), "user1", "lobby", 7)
    frame = encode(message)
    assert frame.count(b"\n") == 1
    assert b"\r" not in frame
    assert decode(frame[:-1]) == message


@given(ANY_MESSAGE)
def test_no_text_adds_a_frame_or_a_field(message: Message) -> None:
    """One line end, at the end; as many pipes as the layout allows."""
    frame = encode(message)
    assert frame.endswith(b"\n")
    assert frame.count(b"\n") == 1
    assert b"\r" not in frame
    assert frame.count(b"|") <= len(message.layout)
    assert frame[:4].decode() == message.code


def test_no_text_adds_a_user() -> None:
    """What would be another user's message, were it not escaped."""
    text = "hello\n1002|boss|you are fired"
    assert encode(ChatMessage("itcast1", text)) == (
        b"1002|itcast1|hello\\n1002\\pboss\\pyou are fired\n"
    )


@given(TEXT)
def test_escaping_is_undone(text: str) -> None:
    """And leaves nothing behind that has a meaning."""
    assert unescape(escape(text)) == text
    assert not set(escape(text)) & set("|\n\r")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"C:\temp", r"C:\temp"),
        (r"\p", "|"),
        (r"\\p", r"\p"),
        (r"\\\p", r"\|"),
        (r"\n\r\\", "\n\r\\"),
        ("\\", "\\"),
        (r"\x", r"\x"),
    ],
)
def test_a_backslash_before_anything_else_stands_for_itself(written: str, meant: str) -> None:
    """Nobody who types by hand has to know of escapes."""
    assert unescape(written) == meant


# --- the seed's formats


@pytest.mark.parametrize(
    ("frame", "message"),
    [
        (b"0001|user1|111111", LogIn("user1", "111111")),
        (b"0002|user1|hello", Chat("user1", "hello")),
        (b"1001|1|itcast1|user1", LoginResult("1", "itcast1", "user1")),
        (b"1001|0||", LoginResult("0", "", "")),
        (b"1002|itcast1|hello", ChatMessage("itcast1", "hello")),
    ],
)
def test_the_formats_of_the_seed(frame: bytes, message: Message) -> None:
    """Byte for byte, both ways."""
    assert decode(frame) == message
    assert encode(message) == frame + b"\n"


# --- fields


def test_missing_fields_at_the_end_are_empty() -> None:
    """Fields are only ever appended, so old peers send fewer."""
    assert decode(b"1002|n|t|u") == ChatMessage("n", "t", "u", "", 0, 0)
    assert decode(b"1002|n|t|u||") == ChatMessage("n", "t", "u", "", 0, 0)


def test_further_fields_are_ignored() -> None:
    """And new peers send more."""
    assert decode(b"0002|u|t|r|c|7|new|newer") == Chat("u", "t", "r", "c", 7)
    assert decode(b"0004|new") == MESSAGES["0004"]()


def test_empty_fields_at_the_end_are_left_out() -> None:
    """But never one that must be there, and never one before one that is not empty."""
    assert encode(Result("0003", "ok")) == b"1000|0003|ok\n"
    assert encode(Result("", "")) == b"1000||\n"
    assert encode(Result("0002", "ok", seq=7)) == b"1000|0002|ok|||7\n"
    assert encode(Ping()) == b"0003\n"


@pytest.mark.parametrize("kind", MESSAGES.values())
def test_a_field_that_must_be_there_is_named(kind: type[Message]) -> None:
    """With the request's code, so that the answer can say what it answers."""
    required = [spec.name for spec in kind.layout if spec.required]
    for count, name in enumerate(required):
        frame = "|".join([kind.code, *["1"] * count]).encode()
        with pytest.raises(PeerError) as caught:
            decode(frame)
        assert (caught.value.request, caught.value.reason) == (kind.code, "missing-field")
        assert name in caught.value.detail


@pytest.mark.parametrize(
    ("written", "number"), [("", 0), ("0", 0), ("7", 7), ("007", 7), ("9" * 18, 10**18 - 1)]
)
def test_numbers(written: str, number: int) -> None:
    """Plain decimal ones, and nothing is zero."""
    assert decode(f"0005||{written}".encode()) == Who("", number)


@pytest.mark.parametrize(
    "written", ["-1", "+1", " 1", "1 ", "1_0", "1.0", "0x1", "x", "１", "٣", "²", "1\\n", "9" * 19]
)
def test_what_is_no_number(written: str) -> None:
    """What Python's int() takes beyond that is refused, and so is what would take long."""
    with pytest.raises(PeerError) as caught:
        decode(f"0005||{written}".encode())
    assert (caught.value.request, caught.value.reason) == ("0005", "bad-number")


# --- what is wrong with a frame


@given(st.binary(max_size=80))
@example(b"")
@example(b"|")
@example(b"0001")
@example(b"\xff" * 4)
def test_any_bytes_are_a_message_or_the_peers_error(frame: bytes) -> None:
    """And nothing else, ever."""
    check_decode(frame)


@given(
    st.sampled_from([*MESSAGES, "9999", "000", "00001", ""]),
    st.lists(st.text() | st.integers().map(str), max_size=8),
    st.binary(max_size=3),
)
def test_nearly_right_frames_too(code: str, fields: list[str], garbage: bytes) -> None:
    """Those that come far enough to go wrong late."""
    check_decode("|".join([code, *fields]).encode() + garbage)


def check_decode(frame: bytes) -> None:
    outcome = message_or_error(frame)
    if isinstance(outcome, Message):
        assert type(outcome) is MESSAGES[frame[:4].decode()]
    else:
        assert outcome.reason in REASONS
        assert re.fullmatch("([0-9]{4})?", outcome.request, re.ASCII)
        assert outcome.detail


def message_or_error(frame: bytes) -> Message | PeerError:
    try:
        return decode(frame)
    except PeerError as error:
        return error


@pytest.mark.parametrize(
    ("frame", "request_code", "reason"),
    [
        (b"9999|x", "9999", "unknown-code"),
        (b"hello", "", "unknown-code"),
        (b"GET / HTTP/1.1", "", "unknown-code"),
        ("１２３４|x".encode(), "", "unknown-code"),
        (b"0001 |x", "", "unknown-code"),
        (b"0001|\xff|x", "0001", "bad-encoding"),
        (b"0001|\xed\xa0\x80|x", "0001", "bad-encoding"),
        (b"00011\xff", "", "bad-encoding"),
        (b"\xff\xfe", "", "bad-encoding"),
        (b"0002|" + b"x" * MAX_FRAME, "0002", "too-long"),
        (b"x" * (MAX_FRAME + 1), "", "too-long"),
    ],
)
def test_what_is_wrong_is_said(frame: bytes, request_code: str, reason: str) -> None:
    """With the code of the request where it could be read."""
    with pytest.raises(PeerError) as caught:
        decode(frame)
    assert (caught.value.request, caught.value.reason) == (request_code, reason)
    assert reason in str(caught.value)


def test_a_frame_of_the_greatest_length_is_no_error() -> None:
    """The limit itself is allowed."""
    frame = b"0002|u|" + b"x" * (MAX_FRAME - 7)
    assert len(frame) == MAX_FRAME
    assert decode(frame) == Chat("u", "x" * (MAX_FRAME - 7))


@pytest.mark.parametrize("kind", [k for k in MESSAGES.values() if _has_text(k)])
def test_half_a_character_is_our_own_mistake(kind: type[Message]) -> None:
    """A lone surrogate cannot have come from the wire."""
    message = kind(**{s.name: 1 if s.is_number else "\ud800" for s in kind.layout})
    with pytest.raises(CallerError, match=kind.__name__):
        encode(message)


def test_who_is_to_blame() -> None:
    """Two kinds of errors, neither of which is the other."""
    assert issubclass(PeerError, WireError)
    assert issubclass(CallerError, WireError)
    assert not issubclass(CallerError, PeerError)


def test_a_password_is_not_shown() -> None:
    """Whoever logs a request must not log that."""
    assert "secret" not in repr(LogIn("user1", "secret"))
    assert "secret" not in repr(Result("0027", "ok", detail="secret"))


# --- the tables


def test_codes_tell_the_direction() -> None:
    """Four digits: 0 to the server, 1 and 2 from it; and each is in the table under its own."""
    for code, kind in MESSAGES.items():
        assert kind.code == code
        assert len(code) == 4
        assert code[0] in "012"


def test_a_field_that_must_be_there_is_before_those_that_may_be_missing() -> None:
    """Else fields could not be appended."""
    for kind in MESSAGES.values():
        required = [spec.required for spec in kind.layout]
        assert required == sorted(required, reverse=True)


def test_every_reason_that_is_given_is_in_the_table() -> None:
    """A program that reads the specification meets no other word."""
    unknown = {(where, word) for where, word in _reasons_given() if word not in REASONS}
    assert not unknown


def test_every_reason_in_the_table_is_given() -> None:
    """The specification promises nothing that never comes."""
    words = {word for _, word in _words()}
    assert not set(REASONS) - words


def test_the_search_for_reasons_finds_them() -> None:
    """It sees the words in each of the forms in which they are given."""
    found = {word for _, word in _reasons_given()}
    assert {"unknown-code", "wrong-user", "slow-reader", "busy", "wrong-login", "invalid"} <= found


# Which argument of a call is a reason word.
_REASON_ARGUMENT = {
    "PeerError": 1,
    "Result": 1,
    "LoginResult": 3,
    "Goodbye": 0,
    "end": 0,
    "Refused": 0,
    "_refused": 0,
    "answer": 0,
    "_answer": 0,
    "_turn_away": 4,
    "_GivenUp": 0,
}


def _reasons_given() -> Iterator[tuple[str, str]]:
    """(file, word) for each literal that is given as a reason."""
    for path, tree in _trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                # A session refuses a request, everything else a reason.
                places = (
                    range(2) if name == "refuse" else [_REASON_ARGUMENT.get(name, len(node.args))]
                )
                given = [node.args[place] for place in places if place < len(node.args)][:2]
            elif isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
                given = node.value.elts[:1]  # a reason and a sentence
            else:
                continue
            yield from ((path.name, word) for word in _literals(given))


def _words() -> Iterator[tuple[str, str]]:
    """(file, literal) for each string literal in the code, without the table itself."""
    for path, tree in _trees():
        table = {id(key) for node in ast.walk(tree) for key in _keys_of_reasons(node)}
        for node in ast.walk(tree):
            if id(node) not in table:
                yield from ((path.name, word) for word in _literals([node]))


def _keys_of_reasons(node: ast.AST) -> list[ast.expr | None]:
    if isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == "REASONS":
        assert isinstance(node.value, ast.Dict)
        return node.value.keys
    return []


def _literals(nodes: list[ast.expr] | list[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _trees() -> Iterator[tuple[Path, ast.Module]]:
    for package in (wire, reactor):
        for path in sorted(Path(package.__path__[0]).rglob("*.py")):
            yield path, ast.parse(path.read_text(encoding="utf-8"))
