"""Listening sockets: taking connections in, and what to do when there are no descriptors left.

1. At most ``per_turn`` connections are accepted in a turn, so that a burst of connects does not
   keep those who are already there waiting; the rest stay in the kernel's backlog.
2. Out of descriptors or memory, a listener rests for RETRY_AFTER seconds instead of spinning on a
   socket that stays ready, and says so once per rest period.
3. A connection that the peer gave up before it was accepted is nobody's error.
"""

import errno
import logging
import socket
import sys
from collections.abc import Callable

from reactor.loop import READ, Loop

log = logging.getLogger(__name__)

# Connections that the kernel holds for us until we accept them; it cuts this to its own maximum.
BACKLOG = 4096

# Seconds for which a listener rests when descriptors or memory have run out.
RETRY_AFTER = 1.0

_NO_SUCH_ADDRESS = frozenset((errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT))

_OUT_OF_RESOURCES = frozenset((errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM))


class ListenError(Exception):
    """It cannot listen there; the text says where and why, for people."""


Accepted = Callable[[socket.socket, str], object]


class Acceptor:
    """One listening socket on the loop; *accepted* is called with each connection and its peer."""

    def __init__(self, loop: Loop, sock: socket.socket, per_turn: int, accepted: Accepted) -> None:
        self._loop = loop
        self._sock = sock
        self._per_turn = per_turn
        self._accepted = accepted
        self._watching = False
        sock.setblocking(False)
        self._watch()

    @property
    def address(self) -> str:
        """``HOST:PORT`` as people write it."""
        return address_text(self._sock.getsockname())

    def close(self) -> None:
        """Accept no more. Connections in the backlog are refused by the kernel."""
        if self._sock.fileno() >= 0:
            self._unwatch()
            self._sock.close()

    def _watch(self) -> None:
        if self._sock.fileno() >= 0 and not self._watching:
            self._loop.register(self._sock, READ, self._acceptable, None)
            self._watching = True

    def _unwatch(self) -> None:
        if self._watching:
            self._loop.unregister(self._sock)
            self._watching = False

    def _acceptable(self) -> None:
        for _ in range(self._per_turn):
            if not self._watching:
                return
            try:
                connection, peer = self._sock.accept()
            except (BlockingIOError, InterruptedError):
                return
            except OSError as error:
                self._failed(error)
            else:
                connection.setblocking(False)
                host = sys.intern(peer[0])  # one text for all connections of a host
                self._loop.attempt(self._accepted, connection, host, failed=connection.close)

    def _failed(self, error: OSError) -> None:
        if error.errno in _OUT_OF_RESOURCES:
            log.error("cannot accept: %s; retrying in %g s", error.strerror, RETRY_AFTER)
            self._unwatch()
            self._loop.call_later(RETRY_AFTER, self._watch)
        else:  # the peer's own (ECONNABORTED, and on Linux any error of its network)
            log.info("connection lost before it was accepted: %s", error.strerror)


def listening_sockets(host: str, port: int) -> list[socket.socket]:
    """Return a socket listening on each address of *host*; port 0 takes a free one, the same for
    all.

    Raises:
        ListenError: the host has no address here, or the port is taken.
    """
    sockets: list[socket.socket] = []
    missing: OSError | None = None
    try:
        for family, *_, address in _addresses(host, port):
            bound = (address[0], port or (sockets[0].getsockname()[1] if sockets else 0))
            try:
                sockets.append(_listen(family, bound))
            except OSError as error:
                if error.errno not in _NO_SUCH_ADDRESS:
                    raise
                missing = error  # localhost is ::1 too, even where there is no IPv6
        if missing is not None and not sockets:
            raise missing
    except OSError as error:
        for sock in sockets:
            sock.close()
        reason = str(error.strerror).partition(" (")[0]  # create_server repeats the address there
        raise ListenError(f"cannot listen on {address_text((host, port))}: {reason}") from error
    return sockets


def _addresses(host: str, port: int) -> list[tuple[int, int, int, str, tuple[str, int]]]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    # IPv6 addresses have two more parts, which are not needed here.
    return list(dict.fromkeys(found))  # type: ignore[arg-type]


def _listen(family: int, address: tuple[str, int]) -> socket.socket:
    # "::" serves IPv4 as well where the system can: who asks for everything means everything.
    dual = family == socket.AF_INET6 and address[0] == "::" and socket.has_dualstack_ipv6()
    return socket.create_server(address, family=family, backlog=BACKLOG, dualstack_ipv6=dual)


def address_text(address: tuple[str, int]) -> str:
    """Return ``HOST:PORT``, with brackets around an IPv6 host."""
    host, port = address[0], address[1]
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
