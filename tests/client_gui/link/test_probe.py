"""Looking at servers of all kinds; each look ends by itself, and leaves nothing behind."""

import queue
import socket
import time
from collections.abc import Iterator

import pytest

from client_gui.address import Address
from client_gui.events import Failure
from client_gui.link import probe
from client_gui.link.lookup import Found
from client_gui.link.probe import Finding, log_in, resolve, say_hello
from tests.helpers.chat_server import PASSWORD, ChatServer
from wire.messages import Device, Devices, LogIn, LoginResult, Result, RevokeDevice

_LONG = 30.0
_SHORT = 0.05
_HOUR = 3_600_000


@pytest.fixture
def server() -> Iterator[ChatServer]:
    """Polite."""
    with ChatServer() as server:
        yield server


def _found(port: int) -> Found:
    return [(socket.AF_INET, ("127.0.0.1", port))]


def test_a_name_is_looked_up() -> None:
    """An address in digits is one."""
    assert resolve(Address("127.0.0.1", 8090)) == _found(8090)


def test_a_name_that_leads_nowhere_is_said() -> None:
    """The label is too long for any name."""
    assert isinstance(resolve(Address("x" * 64, 8090)), OSError)


def test_a_resolver_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """After the patience."""
    monkeypatch.setattr(probe, "look_up", lambda host, port, report: None)
    assert isinstance(resolve(Address("chat.example.org", 8090), _SHORT), TimeoutError)


def test_a_server_is_known_by_its_answer(server: ChatServer) -> None:
    """A login that is none: nobody's password, and no name."""
    finding = say_hello(_found(server.port), _LONG)
    assert (finding.opened, finding.spoke, finding.failure) == (True, True, None)
    assert server.peer.of_type(LogIn) == [LogIn("", "")]


def test_a_closed_port_is_refused(server: ChatServer) -> None:
    """Nothing was opened."""
    server.stop_listening()
    finding = say_hello(_found(server.port), _LONG)
    assert (finding.opened, finding.failure) == (False, Failure.REFUSED)


def test_another_protocol_is_not_minichat(server: ChatServer) -> None:
    """A web server, say."""
    server.script = lambda peer, message: peer.send_bytes(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    finding = say_hello(_found(server.port), _LONG)
    assert (finding.opened, finding.spoke, finding.failure) == (True, False, Failure.NOT_MINICHAT)


def test_a_silent_port_is_given_up(server: ChatServer) -> None:
    """It is open, and says nothing."""
    server.script = lambda peer, message: None
    finding = say_hello(_found(server.port), _SHORT)
    assert (finding.opened, finding.spoke, finding.failure) == (True, False, Failure.NO_ANSWER)


def test_a_flood_is_no_answer_to_a_login(server: ChatServer) -> None:
    """It ends with the patience all the same."""
    server.script = lambda peer, message: peer.send(*[Result("", "error")] * 1000)
    finding = log_in(_found(server.port), LogIn("user1", PASSWORD, "test/1"), _SHORT)
    assert (finding.spoke, finding.login, finding.failure) == (True, "", Failure.NO_ANSWER)


@pytest.mark.parametrize(
    ("login", "answer"),
    [
        (LogIn("user1", "wrong", "test/1"), "wrong-login"),
        (LogIn("user1", "", "test/1", "wrong"), "wrong-token"),
    ],
)
def test_a_login_that_is_wrong_is_said(server: ChatServer, login: LogIn, answer: str) -> None:
    """With the server's word."""
    finding = log_in(_found(server.port), login, _LONG)
    assert (finding.login, finding.failure, finding.taken) == (answer, None, 0)


def test_a_login_by_token_takes_nothing_away(server: ChatServer) -> None:
    """It leaves, and the token stays good."""
    server.tokens["user1"] = "s3cret"
    finding = log_in(_found(server.port), LogIn("user1", "", "test/1", "s3cret"), _LONG)
    assert (finding.login, finding.failure) == ("ok", None)
    assert not server.peer.of_type(RevokeDevice)
    assert server.tokens == {"user1": "s3cret"}


def test_a_login_by_password_leaves_no_device_and_tells_the_time(server: ChatServer) -> None:
    """The server made the device when it took the login."""
    there = time.time_ns() // 1_000_000 - _HOUR
    revoked: queue.SimpleQueue[int] = queue.SimpleQueue()

    def script(peer, message) -> None:  # noqa: ANN001
        match message:
            case LogIn():
                peer.send(LoginResult("1", "Ann", "ann", "s3cret"))
            case Devices():
                peer.send(Device(8, "x", 1, 1), Device(9, "test/1", there, there, "1"))
            case RevokeDevice(device):
                revoked.put(device)

    server.script = script
    finding = log_in(_found(server.port), LogIn("ann", PASSWORD, "test/1"), _LONG)
    assert finding.login == "ok"
    assert finding.taken == there
    assert finding.sent <= finding.heard
    assert finding.taken - finding.sent <= -_HOUR
    # Sent, and perhaps not there yet: nobody waited for an answer.
    assert revoked.get(timeout=_LONG) == 9


def test_a_finding_has_no_secret() -> None:
    """It may be shown, and logged."""
    assert not {"password", "token"} & {name.lower() for name in Finding.__slots__}
