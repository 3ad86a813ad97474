"""Deadlines that activity cannot extend, and those that it must."""

from collections.abc import Callable
from contextlib import suppress

import pytest

from reactor.session import STRANGER_REFUSALS_MAX
from tests.e2e.conftest import FULL, Connect, LogIn
from tests.helpers.line_client import ClosedError, LineClient
from tests.helpers.server_process import ServerProcess


def trickle(client: LineClient, data: bytes) -> None:
    """Send it again and again, with a look for an answer between, until the connection ends."""
    client.set_timeout(0.01)
    with suppress(ClosedError, ConnectionError):
        while True:
            client.send(data)
            with suppress(TimeoutError):
                client.receive()


TRICKLES = {"bytes": b"x", "lines": b"0003|token\n", "empty lines": b"\n", "bad codes": b"9999\n"}


@pytest.mark.parametrize("data", TRICKLES.values(), ids=TRICKLES.keys())
def test_trickling_does_not_extend_the_login_deadline(
    server: ServerProcess, connect: Connect, full: LogIn, data: bytes
) -> None:
    """It ends although something always comes (if it did not, this test would not end either)."""
    server.start(settings={"login_deadline": 1.5})  # in which a busy machine checks a password
    other = full("user1")
    trickle(connect(), data)
    other.expect_nothing()


def test_who_says_nothing_is_closed(server: ServerProcess, connect: Connect) -> None:
    """Also after a login that failed; a full client is told why."""
    server.start(settings={"login_deadline": 0.3})
    silent, failing = connect(), connect()
    failing.send_line("0001", "user1", "wrong", FULL)
    failing.expect("1001", "0")
    failing.expect("2000", "login-timeout")
    assert failing.receive_until_closed() == []
    assert silent.receive_until_closed() == []


def test_failing_logins_do_not_extend_the_deadline(server: ServerProcess, connect: Connect) -> None:
    """Guessing, and whatever comes behind it, goes on for as long as the deadline says."""
    server.start(settings={"login_deadline": 0.5})
    client = connect()
    guesses = STRANGER_REFUSALS_MAX // 2  # one that went on would be closed for its guesses
    frame = ["1001"]
    while frame[0] in ("1001", "1000"):
        if guesses:
            guesses -= 1
            client.send_line("0001", "user1", "wrong", FULL)
        else:
            client.send_line("0003", "token")
        frame = client.receive_frame()
    assert frame[:2] == ["2000", "login-timeout"]


def test_a_login_in_time_is_not_closed_by_the_deadline(
    server: ServerProcess, connect: Connect
) -> None:
    """One that came after it shows that the deadline has passed."""
    server.start(settings={"login_deadline": 0.5})
    with LineClient(server.address) as client:
        client.log_in("user1", FULL)
        assert connect().receive_until_closed() == []
        client.expect_nothing()


def answering(client: LineClient) -> None:
    client.send_line("0003", "here")
    client.expect("1000", "0003", "ok", "here")


def typing(client: LineClient) -> None:
    client.send(b"\n")


@pytest.mark.parametrize("answer", [answering, typing])
def test_silence_ends_a_session_and_an_answer_keeps_it(
    server: ServerProcess, full: LogIn, answer: Callable[[LineClient], None]
) -> None:
    """Who is asked and answers outlives one who does not."""
    server.start(settings={"ping_after": 0.2, "drop_after": 0.8})
    watcher, silent = full("user1"), full("user2")
    silent.expect("2001")
    while (frame := watcher.receive_raw_frame()) != "2002|user2|itcast2|0":
        if frame == "2001":
            answer(watcher)
    silent.expect("2000", "silent")
    assert silent.receive_until_closed() == []
    watcher.ping()


def test_a_basic_client_is_not_asked(server: ServerProcess, full: LogIn, basic: LogIn) -> None:
    """It could not answer; it is still there when a silent full one has gone."""
    server.start(settings={"ping_after": 0.1, "drop_after": 0.3})
    plain, silent = basic("user1"), full("user2")
    assert [frame[0] for frame in silent.receive_until_closed()] == ["2001", "2000"]
    with LineClient(server.address) as speaker:
        speaker.log_in("user3", FULL)
        speaker.say("user3", "still there?")
        assert plain.receive_raw_frame() == "1002|itcast3|still there?"
