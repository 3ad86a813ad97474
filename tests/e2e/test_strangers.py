"""Clients that speak something else, end too early, or vanish: nobody else notices."""

import secrets
import socket
import ssl

import pytest

from tests.e2e.conftest import FULL, Connect, LogIn
from tests.helpers.line_client import ClosedError
from tests.helpers.server_process import ServerProcess
from wire.limits import MAX_TEXT

STRANGERS = {
    "http": b"GET / HTTP/1.1\r\nHost: chat\r\nUser-Agent: x\r\n\r\n",
    "http-post": b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n0002|a|b\n",
    "ssh": b"SSH-2.0-OpenSSH_9.6\r\n",
    "smtp": b"EHLO there\r\nMAIL FROM:<a@b>\r\n",
    "nothing": b"",
    "noise": secrets.token_bytes(100_000),
}


@pytest.mark.parametrize("listener", [0, 1], ids=["lines", "line-less"])
@pytest.mark.parametrize("data", STRANGERS.values(), ids=STRANGERS.keys())
def test_a_stranger_that_speaks_something_else(
    server: ServerProcess, connect: Connect, full: LogIn, data: bytes, listener: int
) -> None:
    """It is told nothing, is closed when it ends, and nobody notices."""
    server.start("--legacy-port", "0", listeners=2)
    other, stranger = full("user1"), connect(server.addresses[listener])
    stranger.send(data)
    stranger.half_close()
    assert stranger.receive_until_closed() == []
    other.expect_nothing()
    assert "Traceback" not in server.log


def test_a_client_that_wants_tls(server: ServerProcess, full: LogIn) -> None:
    """Its hello is no frame of ours: it waits until it gives up, or until it must log in."""
    server.start(settings={"login_deadline": 0.5})
    other = full("user1")
    context = ssl.create_default_context()
    with (
        socket.create_connection(server.address, timeout=30) as sock,
        pytest.raises((ssl.SSLError, ConnectionError)),
    ):
        context.wrap_socket(sock, server_hostname="localhost")
    other.expect_nothing()
    assert "Traceback" not in server.log


def test_a_half_closed_client_gets_all_its_answers(
    server: ServerProcess, full: LogIn, connect: Connect
) -> None:
    """Also those that wait for the hash of the login and for the disk."""
    server.start()
    hearer, client = full("user2"), connect()
    requests = [f"0001|user1|111111|{FULL}"]
    requests += [f"0002|user1|text{n}||cid{n}" for n in range(300)]
    client.send("\n".join([*requests, "0003|last", "0003|without an end"]).encode())
    client.half_close()
    answers = client.receive_until_closed()
    assert answers[0][:2] == ["1001", "1"]
    acknowledged = [answer[3] for answer in answers if answer[1] == "0002"]
    assert acknowledged == [f"cid{n}" for n in range(300)]
    assert [answer[3] for answer in answers if answer[1] == "0003"] == ["last"]
    for n in range(300):
        hearer.expect("1002", "itcast1", f"text{n}")


def test_clients_that_vanish(server: ServerProcess, full: LogIn, connect: Connect) -> None:
    """By a reset: before the login, during it, inside a frame, with a message under way."""
    server.start()
    other = full("user2")
    for sent in (
        b"",
        b"0001|user1",
        b"0001|user1|111111\n",
        b"0001|user1|111111\n0002|user1|hello\n" * 50,
        b"\xff" * 70_000,
    ):
        client = connect()
        client.send(sent)
        client.reset()
    for number in range(20):
        client = full("user1")
        client.say("user1", f"text {number}", f"cid{number}")
        client.reset()
    other.ping()
    last = full("user1")
    last.say("user1", "the last", "last")
    texts = []
    while (frame := other.receive_frame())[2] != "the last":
        texts.append(frame[2])
    assert set(texts) <= {f"text {number}" for number in range(20)} | {"hello"}
    assert "Traceback" not in server.log
    assert "fault" not in server.log


def test_a_client_that_resets_while_it_is_written_to(server: ServerProcess, full: LogIn) -> None:
    """What is queued for it is dropped, and the others get everything."""
    server.start()
    sender, hearer = full("user1"), full("user2")
    for number in range(10):
        victim = full("user3", receive_buffer=2048)
        for _ in range(5):
            sender.say("user1", "x" * MAX_TEXT, "")
        sender.say("user1", f"end {number}")
        victim.reset()
        while hearer.receive_frame()[2] != f"end {number}":
            pass
    sender.ping()
    assert "Traceback" not in server.log


def test_the_connection_ends_in_the_middle_of_a_frame(server: ServerProcess, full: LogIn) -> None:
    """A frame without its end is no frame: half a sentence is not said."""
    server.start()
    client, other = full("user1"), full("user2")
    client.send(b"0002|user1|give me all your mon")
    client.half_close()
    assert client.receive_until_closed() == []
    other.expect_nothing()


def test_closing_is_seen_by_a_client_that_waits(server: ServerProcess, full: LogIn) -> None:
    """After the server has ended the connection, there is nothing to be read, not even an error."""
    server.start()
    client = full("user1")
    client.send_line("0004")
    client.expect("1000", "0004", "ok")
    client.expect("2000", "logged-out")
    with pytest.raises(ClosedError):
        client.receive()
