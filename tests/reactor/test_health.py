"""The health port: what each request is answered with, and the bounds of asking."""

from collections.abc import Iterator

import pytest

from reactor import health
from reactor.health import MAX_REQUEST_LINE, REQUEST_DEADLINE, HealthPort, respond
from reactor.loop import READ, Loop
from reactor.send_queues import SendQueues
from tests.helpers.clock import FakeClock
from tests.helpers.selector import FakeSelector
from tests.helpers.transports import FakeSocket

# --- what is answered


def asked(request_line: bytes, why_not: str = "") -> tuple[str, str]:
    """The status and the body."""
    head, _, body = respond(request_line, lambda: why_not).decode().partition("\r\n\r\n")
    status, *headers = head.split("\r\n")
    assert f"Content-Length: {len(body)}" in headers
    assert body.endswith("\n")
    return status.removeprefix("HTTP/1.0 "), body[:-1]


@pytest.mark.parametrize("version", [b"HTTP/1.0\r", b"HTTP/1.1\r", b"HTTP/1.0"])
def test_a_server_that_is_ready(version: bytes) -> None:
    """Whatever HTTP the asker speaks, and however it ends its lines."""
    assert asked(b"GET /live " + version) == ("200 OK", "live")
    assert asked(b"GET /ready " + version) == ("200 OK", "ready")


@pytest.mark.parametrize("why_not", ["stopping", "storage"])
def test_a_server_that_is_not_ready_lives_all_the_same(why_not: str) -> None:
    """It says why in one word; who restarts what does not live is to leave it alone."""
    assert asked(b"GET /live HTTP/1.0\r", why_not) == ("200 OK", "live")
    assert asked(b"GET /ready HTTP/1.0\r", why_not) == ("503 Service Unavailable", why_not)


@pytest.mark.parametrize("path", [b"/", b"/readyz", b"/ready/", b"*", b"/../ready", b"/\xff"])
def test_there_is_nothing_else(path: bytes) -> None:
    """Whatever is wanted of it."""
    for method in (b"GET ", b"POST "):
        assert asked(method + path + b" HTTP/1.0\r")[0] == "404 Not Found"


@pytest.mark.parametrize("method", [b"HEAD", b"POST", b"get", b"\xff"])
def test_only_get_is_allowed(method: bytes) -> None:
    """And that is said in the header too."""
    line = method + b" /ready HTTP/1.0\r"
    assert asked(line)[0] == "405 Method Not Allowed"
    assert b"\r\nAllow: GET\r\n" in respond(line, lambda: "")


@pytest.mark.parametrize("line", [b"", b"\r", b"GET /ready", b"0001|user1|x", b"GET /ready HTTP x"])
def test_what_is_not_http(line: bytes) -> None:
    """A chat client that has the wrong port, for one."""
    assert asked(line)[0] == "400 Bad Request"


# --- on sockets


class Port:
    """A health port without listeners; the test connects."""

    def __init__(self, loop: Loop, selector: FakeSelector, queues: SendQueues) -> None:
        self.why_not = ""
        self.port = HealthPort(loop, [], queues, lambda: self.why_not)
        self._loop = loop
        self._selector = selector

    def connect(self) -> FakeSocket:
        sock = FakeSocket()
        self.port._connected(sock, "192.0.2.1")  # type: ignore[arg-type]
        return sock

    def sends(self, sock: FakeSocket, *pieces: bytes) -> None:
        """Each piece comes in a turn of its own."""
        for piece in pieces:
            sock.incoming.append(piece)
            self._selector.ready(sock, READ)
            self._loop.call_soon(lambda: None)
            self._loop.turn()


@pytest.fixture
def port(loop: Loop, selector: FakeSelector, queues: SendQueues) -> Iterator[Port]:
    port = Port(loop, selector, queues)
    yield port
    port.port.close()


def first_line(sock: FakeSocket) -> bytes:
    return sock.received_by_peer.partition(b"\r\n")[0]


def test_an_answer_ends_the_connection(port: Port) -> None:
    """Byte by byte or at once, with headers behind it or none; what still comes is passed over."""
    sock = port.connect()
    port.sends(sock, b"GET /re", b"ady HTTP/1.0\r", b"\nHost: x\r\n")
    assert first_line(sock) == b"HTTP/1.0 200 OK"
    assert sock.shut
    port.sends(sock, b"GET /live HTTP/1.0\r\n\r\n", b"")
    assert sock.received_by_peer.count(b"HTTP/1.0") == 1
    assert sock.closed == 1


def test_each_asker_hears_how_it_is_now(port: Port) -> None:
    """Not how it was when they connected."""
    sock = port.connect()
    port.why_not = "storage"
    port.sends(sock, b"GET /ready HTTP/1.0\r\n\r\n")
    assert first_line(sock) == b"HTTP/1.0 503 Service Unavailable"


def test_a_request_is_bounded_in_bytes(port: Port) -> None:
    """Also one whose line never ends."""
    exact, longer = port.connect(), port.connect()
    rest = MAX_REQUEST_LINE - len(b"GET /ready HTTP/")
    port.sends(exact, b"GET /ready HTTP/" + b"1" * rest + b"\n")
    assert first_line(exact) == b"HTTP/1.0 200 OK"
    port.sends(longer, b"GET /ready HTTP/" + b"1" * rest)
    assert first_line(longer) == b""
    port.sends(longer, b"1")
    assert first_line(longer) == b"HTTP/1.0 400 Bad Request"
    assert longer.shut


def test_a_request_is_bounded_in_time(port: Port, loop: Loop, clock: FakeClock) -> None:
    """What trickles in does not extend it."""
    sock = port.connect()
    clock.advance(REQUEST_DEADLINE - 0.1)
    port.sends(sock, b"GET /re")
    assert not sock.closed
    clock.advance(0.2)
    loop.turn()
    assert sock.closed == 1


def test_who_says_nothing_and_leaves_is_forgotten(port: Port, loop: Loop) -> None:
    """With the timer of its deadline."""
    sock = port.connect()
    port.sends(sock, b"", b"")
    assert sock.closed == 1
    assert port.port._open == {}
    assert all(timer.cancelled for _, _, timer in loop._timers)


def test_when_there_are_too_many_the_oldest_gives_way(
    port: Port, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who holds connections open keeps nobody from asking."""
    monkeypatch.setattr(health, "MAX_CONNECTIONS", 2)
    first, second, third = port.connect(), port.connect(), port.connect()
    assert (first.closed, second.closed) == (1, 0)
    port.sends(third, b"GET /ready HTTP/1.0\r\n\r\n")
    assert first_line(third) == b"HTTP/1.0 200 OK"


def test_closing_ends_what_is_open(port: Port) -> None:
    """At once: there is nobody left to answer."""
    sock = port.connect()
    port.port.close()
    assert sock.closed == 1
