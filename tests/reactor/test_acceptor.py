"""Accepting: so many in a turn, a rest when nothing is left, and one listener for each address."""

import errno
import logging
import socket
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from reactor.acceptor import (
    RETRY_AFTER,
    Acceptor,
    ListenError,
    address_text,
    listening_sockets,
)
from reactor.loop import READ, Loop
from tests.helpers.clock import FakeClock
from tests.helpers.selector import FakeSelector
from tests.helpers.transports import FakeSocket
from tests.reactor.conftest import Faults

PER_TURN = 3


class FakeListener:
    """A listening socket: gives connections, or raises, as ``backlog`` says; then would block."""

    def __init__(self) -> None:
        self.backlog: deque[FakeSocket | OSError] = deque()
        self.address: tuple[Any, ...] = ("127.0.0.1", 8090)
        self.blocking = True
        self.closed = 0
        self.accepts = 0

    def setblocking(self, blocking: bool) -> None:
        self.blocking = blocking

    def fileno(self) -> int:
        return -1 if self.closed else 42

    def getsockname(self) -> tuple[Any, ...]:
        return self.address

    def accept(self) -> tuple[FakeSocket, tuple[str, int]]:
        assert not self.closed, "accepted on a closed socket"
        self.accepts += 1
        if not self.backlog:
            raise BlockingIOError
        connection = self.backlog.popleft()
        if isinstance(connection, OSError):
            raise connection
        return connection, (f"192.0.2.{self.accepts}", 4711)

    def close(self) -> None:
        self.closed += 1


class Connection(FakeSocket):
    """One that knows whether it blocks."""

    blocking = True

    def setblocking(self, blocking: bool) -> None:
        self.blocking = blocking


@pytest.fixture
def listener() -> FakeListener:
    return FakeListener()


@pytest.fixture
def accepted() -> list[tuple[Connection, str]]:
    return []


@pytest.fixture
def acceptor(
    loop: Loop, listener: FakeListener, accepted: list[tuple[Connection, str]]
) -> Acceptor:
    return Acceptor(loop, listener, PER_TURN, lambda *it: accepted.append(it))  # type: ignore[arg-type]


@pytest.fixture
def turn(loop: Loop, selector: FakeSelector, listener: FakeListener) -> Callable[[], None]:
    """Turn the loop with the listener ready, as it is while its backlog has something."""

    def turn() -> None:
        selector.ready(listener, READ)
        loop.call_soon(lambda: None)
        loop.turn()

    return turn


def test_connections_come_with_their_peer(
    acceptor: Acceptor,
    listener: FakeListener,
    accepted: list[tuple[Connection, str]],
    turn: Callable[[], None],
) -> None:
    """And do not block, nor does the listener."""
    connection = Connection()
    listener.backlog.append(connection)
    turn()
    assert accepted == [(connection, "192.0.2.1")]
    assert not connection.blocking
    assert not listener.blocking


def test_so_many_in_a_turn(
    acceptor: Acceptor,
    listener: FakeListener,
    accepted: list[tuple[Connection, str]],
    turn: Callable[[], None],
) -> None:
    """A burst does not keep the others waiting; the rest comes in the next turns."""
    listener.backlog += [Connection() for _ in range(7)]
    counts = []
    for _ in range(4):
        turn()
        counts.append(len(accepted))
    assert counts == [3, 6, 7, 7]


@pytest.mark.parametrize("number", [errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM])
def test_it_rests_when_nothing_is_left(
    acceptor: Acceptor,
    loop: Loop,
    listener: FakeListener,
    selector: FakeSelector,
    clock: FakeClock,
    accepted: list[tuple[Connection, str]],
    caplog: pytest.LogCaptureFixture,
    turn: Callable[[], None],
    number: int,
) -> None:
    """No spinning: nothing is asked for a while; and one line in the log for each rest."""
    listener.backlog += [OSError(number, "none left")] * 2
    for rest in (1, 2):
        turn()
        assert listener.accepts == rest
        assert listener not in selector.watched
        assert len(caplog.records) == rest
        turn()
        assert listener.accepts == rest
        before = clock.now
        loop.turn()
        assert clock.now - before == RETRY_AFTER
        assert listener in selector.watched
    assert "none left" in caplog.text
    listener.backlog.append(Connection())
    turn()
    assert len(accepted) == 1


@pytest.mark.parametrize("number", [errno.ECONNABORTED, errno.EPROTO, errno.ENETDOWN])
def test_a_connection_that_was_given_up_is_skipped(
    acceptor: Acceptor,
    listener: FakeListener,
    accepted: list[tuple[Connection, str]],
    caplog: pytest.LogCaptureFixture,
    turn: Callable[[], None],
    number: int,
) -> None:
    """The one behind it is taken; nobody is alarmed."""
    listener.backlog += [OSError(number, "given up"), Connection()]
    turn()
    assert len(accepted) == 1
    assert not [record for record in caplog.records if record.levelno > logging.INFO]


def test_errors_are_bounded_too(
    acceptor: Acceptor, listener: FakeListener, turn: Callable[[], None]
) -> None:
    """Many that were given up do not keep the others waiting either."""
    listener.backlog += [ConnectionAbortedError(errno.ECONNABORTED, "given up")] * 100
    turn()
    assert listener.accepts == PER_TURN


@pytest.mark.parametrize("error", [BlockingIOError(), InterruptedError()])
def test_nobody_there_after_all(
    acceptor: Acceptor,
    listener: FakeListener,
    caplog: pytest.LogCaptureFixture,
    turn: Callable[[], None],
    error: OSError,
) -> None:
    """Another process may have been quicker."""
    listener.backlog.append(error)
    turn()
    assert not caplog.records


def test_a_fault_closes_that_connection_alone(
    loop: Loop, listener: FakeListener, turn: Callable[[], None], faults: Faults
) -> None:
    """The next one is accepted in the same turn."""
    good, bad = Connection(), Connection()
    taken = []

    def accepted(connection: Connection, peer: str) -> None:
        if connection is bad:
            raise ZeroDivisionError
        taken.append(connection)

    Acceptor(loop, listener, PER_TURN, accepted)  # type: ignore[arg-type]
    listener.backlog += [bad, good]
    turn()
    assert taken == [good]
    assert (bad.closed, good.closed) == (1, 0)
    faults.expect(ZeroDivisionError)


def test_closing(
    acceptor: Acceptor, listener: FakeListener, selector: FakeSelector, turn: Callable[[], None]
) -> None:
    """It is watched no more; twice does no harm."""
    acceptor.close()
    acceptor.close()
    turn()
    assert listener.closed == 1
    assert listener not in selector.watched


def test_closing_while_it_rests(
    acceptor: Acceptor, loop: Loop, listener: FakeListener, selector: FakeSelector
) -> None:
    """What comes after the rest finds it closed."""
    listener.backlog.append(OSError(errno.EMFILE, "none left"))
    selector.ready(listener, READ)
    loop.turn()
    acceptor.close()
    loop.turn()
    assert listener not in selector.watched


def test_closing_by_the_one_who_was_accepted(
    loop: Loop, listener: FakeListener, turn: Callable[[], None]
) -> None:
    """Nothing is accepted behind that."""
    acceptor = Acceptor(loop, listener, PER_TURN, lambda *_: acceptor.close())  # type: ignore[arg-type]
    listener.backlog += [Connection(), Connection()]
    turn()
    assert listener.accepts == 1


@pytest.mark.parametrize(
    ("address", "text"),
    [
        (("127.0.0.1", 8090), "127.0.0.1:8090"),
        (("::1", 8090, 0, 0), "[::1]:8090"),
        (("0.0.0.0", 1), "0.0.0.0:1"),
    ],
)
def test_addresses_as_people_write_them(
    acceptor: Acceptor, listener: FakeListener, address: tuple[Any, ...], text: str
) -> None:
    """With brackets where the host has colons."""
    assert address_text(address) == text
    listener.address = address
    assert acceptor.address == text


# --- real sockets


@pytest.fixture
def listening() -> Iterator[Callable[[str, int], list[socket.socket]]]:
    """listening_sockets, closed in the end."""
    opened: list[socket.socket] = []

    def listen(host: str, port: int) -> list[socket.socket]:
        sockets = listening_sockets(host, port)
        opened.extend(sockets)
        return sockets

    yield listen
    for sock in opened:
        sock.close()


Listening = Callable[[str, int], list[socket.socket]]

# What getaddrinfo finds for a host with both.
IPV4 = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 0))
IPV6 = (socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("::1", 0, 0, 0))


def _ipv6_works() -> bool:
    """A system may have it and yet no address."""
    try:
        socket.create_server(("::", 0), family=socket.AF_INET6, dualstack_ipv6=True).close()
    except (OSError, ValueError):
        return False
    return True


needs_ipv6 = pytest.mark.skipif(not _ipv6_works(), reason="this system has no IPv6")


def test_port_zero_takes_a_free_one(listening: Listening) -> None:
    """And it can be connected to."""
    (sock,) = listening("127.0.0.1", 0)
    with socket.create_connection(sock.getsockname()) as client:
        connection, peer = sock.accept()
        with connection:
            assert peer == client.getsockname()


@needs_ipv6
def test_port_zero_is_the_same_on_all_addresses(
    listening: Listening, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A host with several addresses is one server; an address that comes twice is one address."""
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [IPV4, IPV6, IPV4])
    names = [sock.getsockname() for sock in listening("several", 0)]
    assert [name[0] for name in names] == ["127.0.0.1", "::1"]
    assert len({name[1] for name in names}) == 1
    assert names[0][1] != 0


@needs_ipv6
def test_when_one_address_is_taken_none_stays_open(
    listening: Listening, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error says what was asked for; the leak check sees to the sockets."""
    (taken,) = listening("127.0.0.1", 0)
    port = taken.getsockname()[1]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [IPV6, IPV4])
    with pytest.raises(ListenError, match=f"cannot listen on several:{port}: "):
        listening("several", port)


def test_an_address_that_this_machine_lacks_is_left_out(
    listening: Listening, monkeypatch: pytest.MonkeyPatch
) -> None:
    """localhost is ::1 too, by name, where there is no IPv6 at all."""
    elsewhere = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.0.2.1", 0))  # RFC 5737
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [elsewhere, IPV4])
    (sock,) = listening("several", 0)
    assert sock.getsockname()[0] == "127.0.0.1"
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [elsewhere])
    with pytest.raises(ListenError, match="cannot listen on several:0: "):
        listening("several", 0)


@needs_ipv6
def test_ipv6(listening: Listening) -> None:
    """A host with colons."""
    (sock,) = listening("::1", 0)
    with socket.create_connection(sock.getsockname()[:2]):
        connection, _ = sock.accept()
        connection.close()
    assert address_text(sock.getsockname()).startswith("[::1]:")


@needs_ipv6
def test_everything_is_ipv4_too(listening: Listening) -> None:
    """Who asks for :: means everything."""
    (sock,) = listening("::", 0)
    with socket.create_connection(("127.0.0.1", sock.getsockname()[1])):
        connection, _ = sock.accept()
        connection.close()


def test_a_host_without_an_address_here(listening: Listening) -> None:
    """An error, not a server that nobody reaches."""
    with pytest.raises(ListenError, match=r"cannot listen on 192\.0\.2\.1:0: "):
        listening("192.0.2.1", 0)
