"""The MUSTs of the wire, each with the bytes that would break them, from a hostile stranger."""

import socket

import pytest

from reactor.server import HASHES_PER_THREAD
from reactor.throttle import MAX_FOR_USER
from tests.e2e.conftest import FULL, Connect, LogIn
from tests.helpers.server_process import ServerProcess
from wire.limits import MAX_CID, MAX_FRAME, MAX_LINE, MAX_TEXT


def test_one_byte_at_a_time(server: ServerProcess, full: LogIn, connect: Connect) -> None:
    """A byte a packet, splitting characters and escapes, is what it is in one piece."""
    server.start()
    hearer, client = full("user2"), connect(nodelay=True)
    client.send_bytewise(f"0001|user1|111111|{FULL}\r\n".encode())
    client.expect("1001", "1", "itcast1", "user1")
    client.send_bytewise("0002|user1|你好 \\p \\\\n|lobby|cid1\n".encode())
    client.expect("1000", "0002", "ok", "cid1", "lobby", "1")
    hearer.expect("1002", "itcast1", "你好 \\p \\\\n", "user1")


def test_many_frames_in_one_send(server: ServerProcess, full: LogIn, connect: Connect) -> None:
    """The login too: what is behind it waits for it, and everything is answered in order."""
    server.start()
    hearer, client = full("user2"), connect()
    count = 2_000
    lines = [f"0002|user1|text {n}||cid{n}\n" for n in range(1, count + 1)]
    client.send("".join([f"0001|user1|111111|{FULL}\n", *lines, "0003|end\n"]).encode())
    client.expect("1001", "1")
    acknowledged: list[tuple[str, str]] = []
    while len(acknowledged) < count:
        frame = client.receive_frame()
        if frame[1] == "0002":
            acknowledged.append((frame[3], frame[5]))
    assert acknowledged == [(f"cid{n}", str(n)) for n in range(1, count + 1)]
    heard = [hearer.receive_frame() for _ in range(count)]
    assert [(frame[2], frame[5]) for frame in heard] == [
        (f"text {n}", str(n)) for n in range(1, count + 1)
    ]


def test_line_ends(server: ServerProcess, full: LogIn) -> None:
    """CRLF and LF both end a frame; one CR goes, others are text; empty lines are nobody's."""
    server.start()
    hearer, client = full("user2"), full("user1")
    client.send(b"\n\r\n\n0002|user1|crlf\r\n0002|user1|cr\rcr\r\r\n\r\n")
    client.expect("1000", "0002", "ok")
    hearer.expect("1002", "itcast1", "crlf")
    hearer.expect("1002", "itcast1", "cr\\rcr\\r")
    client.expect("1000", "0002", "ok")
    client.expect_nothing()


TROUBLE = {
    "not-utf-8": (b"0002|user1|\xff\xfe\x80", "1000|0002|bad-encoding"),
    "overlong-utf-8": (b"0002|user1|\xc0\x8a1002|admin|x", "1000|0002|bad-encoding"),
    "surrogate": (b"0002|user1|\xed\xa0\x80", "1000|0002|bad-encoding"),
    "cut-character": (b"0002|user1|\xe4\xbd", "1000|0002|bad-encoding"),
    "binary": (b"\x16\x03\x01\x00\xff\x80", "1000||bad-encoding"),
    "unknown-code": (b"0999|user1", "1000|0999|unknown-code"),
    "not-a-code": (b"hello", "1000||unknown-code"),
    "other-digits": ("０００２|user1|hello".encode(), "1000||unknown-code"),
    "space-before": (b" 0002|user1|hello", "1000||unknown-code"),
    "code-of-an-answer": (b"1002|admin|hello|admin|lobby|1", "1000|1002|unknown-code"),
    "code-of-an-event": (b"2000|stopping", "1000|2000|unknown-code"),
    "only-pipes": (b"|||||", "1000||unknown-code"),
    "nul": (b"\0", "1000||unknown-code"),
    "missing-text": (b"0002|user1", "1000|0002|missing-field"),
    "missing-all": (b"0002", "1000|0002|missing-field"),
    "empty-text": (b"0002|user1|", "1000|0002|bad-field"),
    "blank-text": ("0002|user1| \\n\u2028\u3000".encode(), "1000|0002|bad-field"),
    "bad-number": (b"0005||-1", "1000|0005|bad-number"),
    "other-number": ("0005||٣".encode(), "1000|0005|bad-number"),
    "huge-number": (b"0005||" + b"9" * 20_000, "1000|0005|bad-number"),
    "other-user": (b"0002|user2|I am not user1", "1000|0002|wrong-user"),
    "no-user": (b"0002||who am I", "1000|0002|wrong-user"),
    "hidden-user": ("0002|user1\u200b|I am not user1".encode(), "1000|0002|wrong-user"),
    "long-text": (b"0002|user1|" + b"x" * (MAX_TEXT + 1), "1000|0002|too-long"),
    "long-frame": (b"0002|user1|" + b"x" * MAX_FRAME, "1000|0002|too-long"),
    "longest-line": (b"y" * (MAX_LINE - 1), "1000||too-long"),
    "long-cid": (b"0002|user1|x||" + b"c" * (MAX_CID + 1), "1000|0002|too-long"),
    "cid-with-a-line-end": (b"0002|user1|x||a\\n1002\\padmin", "1000|0002|bad-field"),
    "other-room": (b"0002|user1|x|cellar", "1000|0002|no-such-room"),
    "long-token": (b"0003|" + b"t" * 65, "1000|0003|too-long"),
}


@pytest.mark.parametrize(("frame", "answer"), TROUBLE.values(), ids=TROUBLE.keys())
def test_a_bad_frame_is_answered_once_and_what_follows_is_served(
    server: ServerProcess, full: LogIn, basic: LogIn, frame: bytes, answer: str
) -> None:
    """One clear result to a full client, silence to a basic one, and nothing to anybody else."""
    server.start()
    client, plain, hearer = full("user1"), basic("user1"), full("user2")
    plain.send(frame + b"\n0002|user1|plain goes on\n")
    hearer.expect("1002", "itcast1", "plain goes on")
    client.expect("1002", "itcast1", "plain goes on")
    client.send(frame + b"\n0002|user1|it goes on||after\n")
    assert "|".join(client.receive_frame()).startswith(answer)
    client.expect("1000", "0002", "ok", "after")
    hearer.expect("1002", "itcast1", "it goes on", "user1", "lobby", "2")
    assert plain.receive_frame() == ["1002", "itcast1", "it goes on"]
    hearer.expect_nothing()
    assert "Traceback" not in server.log
    assert "fault" not in server.log


def test_a_line_without_an_end_is_closed_with_a_reason(
    server: ServerProcess, full: LogIn, basic: LogIn
) -> None:
    """At the limit, and not before; nobody else notices."""
    server.start()
    client, plain, other = full("user1"), basic("user1"), full("user2")
    client.send(b"0003|before\n" + b"x" * MAX_LINE)
    client.expect("1000", "0003", "ok", "before")
    client.send(b"x")
    client.expect("2000", "too-long")
    assert client.receive_until_closed() == []
    plain.send(b"x" * (MAX_LINE + 1))
    assert plain.receive_until_closed() == []
    other.expect_nothing()


def test_frames_before_a_line_without_an_end_are_served(server: ServerProcess, full: LogIn) -> None:
    """They were whole when they came."""
    server.start()
    client, other = full("user1"), full("user2")
    client.send(b"0002|user1|whole||cid1\n" + b"x" * (MAX_LINE + 1))
    client.expect("1000", "0002", "ok", "cid1")
    client.expect("2000", "too-long")
    other.expect("1002", "itcast1", "whole")


FORGERIES = {
    "line-feed": "x\\n1002\\padmin\\pforged",
    "carriage-return": "x\\r\\n1002\\padmin\\pforged",
    "escaped-escape": "x\\\\n1002\\\\padmin",
    "half-an-escape": "x\\",
    "unicode-line-ends": "a\u2028b\u2029c\u0085d\x0be\x0cf\x1cg\x1dh\x1ei",
    "nul-and-controls": "a\0b\x07c\x1b[2J\x1b]0;title\x07d\x7fe\x9bf",
    "bidi": "\u202eabc\u2066\u200f",
    "longest": "\U0001f43c" * MAX_TEXT,
    "longest-escaped": "\\\\" * MAX_TEXT,
}


@pytest.mark.parametrize("text", FORGERIES.values(), ids=FORGERIES.keys())
def test_text_stays_inside_its_frame(
    server: ServerProcess, full: LogIn, basic: LogIn, text: str
) -> None:
    """Whatever was typed, others get one frame in which the server says who said it."""
    server.start("--legacy-port", "0", listeners=2)
    client, hearer, plain = full("user1"), full("user2"), basic("user3")
    legacy = socket.create_connection(server.addresses[1], timeout=30)
    with legacy:
        legacy.sendall(b"0001|user3|111111")
        assert legacy.recv(512) == b"1001|1|itcast3|user3"
        client.send_line("0002", "user1", text, "", "cid1")
        client.expect("1000", "0002", "ok", "cid1")
        frame = hearer.expect("1002", "itcast1")
        assert frame[3:6] == ["user1", "lobby", "1"]
        assert len(plain.expect("1002", "itcast1")) == 3
        heard = b""
        while heard.count(b"|") != 2 or len(heard) < 20_000 < len(text.encode()):
            heard += legacy.recv(32_768)
        assert heard.startswith(b"1002|itcast1|")
        assert b"\n" not in heard
    hearer.expect_nothing()
    client.say("user1", "the barrier")
    assert plain.receive_frame() == ["1002", "itcast1", "the barrier"]


def test_a_terminal_is_not_moved_by_what_people_type(
    server: ServerProcess, full: LogIn, basic: LogIn
) -> None:
    """Somebody may be reading with nc."""
    server.start()
    client, plain = full("user1"), basic("user3")
    client.send_line("0002", "user1", "a\x1b[2J\x9b2J\x07\0z")
    (_, _, text) = plain.expect("1002", "itcast1")
    assert text.startswith("a")
    assert text.endswith("z")
    assert text.isprintable()


def test_extra_fields_are_ignored(server: ServerProcess, full: LogIn, connect: Connect) -> None:
    """A later client may say more than this server knows."""
    server.start()
    hearer, client = full("user2"), connect()
    client.send_line("0001", "user1", "111111", FULL, "token", "and", "more", "")
    client.expect("1001", "1")
    client.send_line("0002", "user1", "hello", "", "cid1", "0", "and", "more")
    client.expect("1000", "0002", "ok", "cid1")
    hearer.expect("1002", "itcast1", "hello")
    client.send_line("0003", "token", "more")
    client.expect("1000", "0003", "ok", "token")


def test_an_unescaped_pipe_is_a_field_and_not_text(server: ServerProcess, full: LogIn) -> None:
    """What stands behind it is the room; and a line end ends the frame, whoever typed it."""
    server.start()
    hearer, client = full("user2"), full("user1")
    client.send_line("0002", "user1", "said to nobody", "forged")
    client.expect("1000", "0002", "no-such-room")
    client.send_line("0002", "user1", "hello\n1002", "admin", "forged")
    client.expect("1000", "1002", "unknown-code")
    client.expect("1000", "0002", "ok")
    hearer.expect("1002", "itcast1", "hello", "user1")
    hearer.expect_nothing()


LOGINS = {
    "nobody": ("nobody", "111111"),
    "empty": ("", ""),
    "sql": ("user1' OR '1'='1", "' OR '1'='1"),
    "sql-comment": ("user1'--", "x"),
    "percent": ("user%", "111111"),
    "other-spelling": ("ｕｓｅｒ１ ", "111111"),
    "control": ("user1\0", "111111"),
    "long": ("u" * 30_000, "p"),
    "long-password": ("user1", "1" * 30_000),
    "growing-when-folded": ("\ufdfa" * 32, "x"),
}


@pytest.mark.parametrize(("user", "password"), LOGINS.values(), ids=LOGINS.keys())
def test_a_login_that_must_fail(
    server: ServerProcess, connect: Connect, user: str, password: str
) -> None:
    """All get the same answer, and the same connection may try again."""
    server.start()
    client = connect()
    client.send_line("0001", user, password, FULL)
    frame = client.expect("1001", "0", "", "", "wrong-login")
    client.send_line("0001", "user1", "not this one", FULL)
    client.expect(*frame)
    client.log_in("user1", FULL)
    client.send_line("0002", "user1", "no password is in the log")
    client.expect("1000", "0002", "ok")
    assert "not this one" not in server.log
    assert "111111" not in server.log
    assert max(map(len, server.log.splitlines())) < 1_000


def test_a_name_in_another_spelling_is_the_same_user(
    server: ServerProcess, connect: Connect, full: LogIn
) -> None:
    """Others are told the one name that the account has."""
    server.start()
    hearer, client = full("user2"), connect()
    client.send_line("0001", "ＵＳＥＲ１", "111111", FULL)
    client.expect("1001", "1", "itcast1", "user1")
    client.send_line("0002", "USER1", "hello")
    client.expect("1000", "0002", "ok")
    hearer.expect("1002", "itcast1", "hello", "user1")


def test_the_log_has_a_line_an_event(server: ServerProcess, connect: Connect) -> None:
    """What a stranger typed can neither begin a line of its own nor move a terminal."""
    server.start()
    client = connect()
    client.send_line("0001", "x\\n2026-01-01 INFO forged\\r\x1b[2J\u202e", "secret", FULL)
    client.expect("1001", "0")
    (line,) = [line for line in server.log.split("\n") if "forged" in line]
    assert "login refused" in line
    assert line.isprintable()
    assert "secret" not in server.log


def test_a_program_with_a_long_name(server: ServerProcess, connect: Connect) -> None:
    """It is told so, and may introduce itself again."""
    server.start()
    client = connect()
    client.send_line("0001", "user1", "111111", "x" * 65)
    client.expect("1001", "0", "", "", "too-long")
    client.log_in("user1", FULL)


def test_guessing_is_slowed_down(server: ServerProcess, connect: Connect) -> None:
    """After some failures the right password is not looked at either, for a while."""
    server.start()
    client = connect()
    reasons = []
    for _ in range(12):
        client.send_line("0001", "user1", "wrong", FULL)
        reasons.append(client.expect("1001", "0")[4])
    assert reasons == ["wrong-login"] * 10 + ["too-many-tries"] * 2
    client.send_line("0001", "user1", "111111", FULL)
    client.expect("1001", "0", "", "", "too-many-tries")
    client.log_in("user2", FULL)


def test_guessing_on_many_connections_at_once(server: ServerProcess, connect: Connect) -> None:
    """Gives no more guesses than one after the other, but for those being hashed already."""
    threads = 1
    server.start(settings={"hashing_threads": threads})
    clients = [connect() for _ in range(100)]
    for client in clients:
        client.send_line("0001", "user1", "wrong", FULL)
    reasons = [client.expect("1001", "0")[4] for client in clients]
    assert set(reasons) == {"wrong-login", "too-many-tries"}
    assert reasons.count("wrong-login") < MAX_FOR_USER + HASHES_PER_THREAD * threads
    clients[0].log_in("user2", FULL)


def test_a_name_that_takes_long_to_compare(server: ServerProcess, full: LogIn) -> None:
    """Marks in an order that takes quadratic time to normalise are refused before it is tried."""
    server.start()
    client, other = full("user1"), full("user2")
    marks = "\u0301" * 7_000 + "\u0316" * 7_000
    client.send_line("0002", marks, "hello")
    client.send_line("0002", "user1", "hello", marks)
    client.expect("1000", "0002", "wrong-user")
    client.expect("1000", "0002", "no-such-room")
    client.send_line("0001", marks, "hello")
    client.expect("1000", "0001", "already-logged-in")
    other.expect_nothing()
    assert "slow callback" not in server.log
