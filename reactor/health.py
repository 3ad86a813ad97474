"""How the server is: a port that answers ``GET /live`` and ``GET /ready`` in HTTP/1.0.

``/live`` is 200 for as long as the loop turns. ``/ready`` is 200 ``ready``, or 503 with one word
for why nobody should be sent here now. Load balancers, scripts and curl ask it.

Only the first line of a request counts. It is bounded in bytes and in time; after the answer the
connection is closed. When there are too many of them the oldest gives way, so that those who hold
connections open keep nobody from asking.
"""

import logging
import socket
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from reactor.acceptor import Acceptor
from reactor.loop import Loop
from reactor.send_queues import SendQueues
from reactor.transport import Transport

log = logging.getLogger(__name__)

# Connections at once: several load balancers and a person, each with one, and room to linger.
MAX_CONNECTIONS: Final = 16

# Connections accepted in a turn, so that this port takes little from the others.
ACCEPTS_PER_TURN: Final = 4

# Bytes of the first line. "GET /ready HTTP/1.1" has 19; a load balancer's may have a host in it.
MAX_REQUEST_LINE: Final = 1024

# Seconds for the first line to come. Load balancers give up sooner than that.
REQUEST_DEADLINE: Final = 5.0

LIVE: Final = b"/live"
READY: Final = b"/ready"

WhyNotReady = Callable[[], str]
"""One word for why the server is not ready; empty when it is."""


def respond(request_line: bytes, why_not_ready: WhyNotReady) -> bytes:
    """Return the whole response to a request that begins with *request_line*."""
    parts = request_line.split()
    if len(parts) != 3 or not parts[2].startswith(b"HTTP/"):
        return _response("400 Bad Request", "this is not HTTP")
    method, path, _ = parts
    if path not in (LIVE, READY):
        return _response("404 Not Found", "there are /live and /ready")
    if method != b"GET":
        return _response("405 Method Not Allowed", "only GET is allowed", "Allow: GET\r\n")
    why_not = why_not_ready() if path == READY else ""
    if why_not:
        return _response("503 Service Unavailable", why_not)
    return _response("200 OK", path[1:].decode())


def _response(status: str, body: str, header: str = "") -> bytes:
    return (
        f"HTTP/1.0 {status}\r\n{header}"
        "Content-Type: text/plain; charset=utf-8\r\n"
        f"Content-Length: {len(body) + 1}\r\n"
        "Cache-Control: no-store\r\n"
        "Connection: close\r\n\r\n"
        f"{body}\n"
    ).encode()


class HealthPort:
    """Listens on *sockets*, and answers."""

    def __init__(
        self,
        loop: Loop,
        sockets: Sequence[socket.socket],
        queues: SendQueues,
        why_not_ready: WhyNotReady,
    ) -> None:
        self._loop = loop
        self._queues = queues
        self._why_not_ready = why_not_ready
        self._open: dict[_Exchange, Transport] = {}  # the oldest first
        self._acceptors = [
            Acceptor(loop, sock, ACCEPTS_PER_TURN, self._connected) for sock in sockets
        ]

    @property
    def addresses(self) -> list[str]:
        """``HOST:PORT`` of each listener."""
        return [acceptor.address for acceptor in self._acceptors]

    def close(self) -> None:
        """Answer no more."""
        for acceptor in self._acceptors:
            acceptor.close()
        for transport in list(self._open.values()):
            transport.abort("server closed")

    def _connected(self, connection: socket.socket, peer: str) -> None:
        if len(self._open) >= MAX_CONNECTIONS:
            next(iter(self._open.values())).abort("too many")
        transport = Transport(self._loop, connection, peer, self._queues)
        exchange = _Exchange(self._loop, transport, self._why_not_ready, self._open.pop)
        self._open[exchange] = transport
        transport.start(exchange)


class _Exchange:
    """One request and its answer; the receiver of one transport."""

    def __init__(
        self,
        loop: Loop,
        transport: Transport,
        why_not_ready: WhyNotReady,
        ended: Callable[["_Exchange"], object],
    ) -> None:
        self._transport = transport
        self._why_not_ready = why_not_ready
        self._ended = ended
        self._received = b""
        self._deadline = loop.call_later(REQUEST_DEADLINE, partial(transport.abort, "no request"))

    def data_received(self, data: bytes) -> None:
        self._received += data
        line, end, _ = self._received.partition(b"\n")
        if len(line) > MAX_REQUEST_LINE:
            self._answer(_response("400 Bad Request", "the request is too long"))
        elif end:
            self._answer(respond(line, self._why_not_ready))

    def _answer(self, response: bytes) -> None:
        self._transport.write(response)
        self._transport.close()

    def eof_received(self) -> None:
        self._transport.close()

    def behind(self, is_behind: bool) -> None:
        """An answer is far below the marks."""

    def last_words(self) -> bytes:
        return b""

    def connection_lost(self, reason: str) -> None:
        log.debug("health connection ended peer=%s reason=%s", self._transport.peer, reason)
        self._deadline.cancel()
        self._ended(self)
