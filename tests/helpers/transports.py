"""Stand-ins around a transport: the socket below it, the receiver above it, and itself.

========================  ====================================================================
:class:`FakeSocket`       what a transport reads from and sends to; every result is scripted
:class:`Receiver`         a transport's owner that writes down what it is told
:class:`Line`             a real transport between a fake socket and such a receiver
:class:`FakeConnection`   a transport, as a session sees it
========================  ====================================================================
"""

import errno
import itertools
import socket
from collections import deque
from collections.abc import Callable
from typing import Any

from reactor.loop import READ, WRITE, Loop
from reactor.send_queues import Marks, SendQueues
from reactor.transport import Transport
from tests.helpers.selector import FakeSelector

# Bytes: small ones, so that tests go over them easily.
SOFT, HARD, TOTAL = 100, 1000, 3000
MARKS = Marks(SOFT, HARD, TOTAL)

RESET = ConnectionResetError(errno.ECONNRESET, "Connection reset by peer")
BROKEN_PIPE = BrokenPipeError(errno.EPIPE, "Broken pipe")

_filenos = itertools.count(1_000_000)  # far from real ones


class FakeSocket:
    """A connected, non-blocking socket.

    Attributes:
        incoming: what ``recv`` gives, in order: bytes or an exception; after that it would block.
        room: bytes that ``send`` takes before it would block; None is without end.
        send_errors: exceptions for the next sends, before anything is taken.
        sent: what each send took.
        sends_when_full: how often ``send`` was called with no room at all.
        shut: the arguments of ``shutdown``.
    """

    def __init__(self, *incoming: bytes | Exception) -> None:
        self.incoming: deque[bytes | Exception] = deque(incoming)
        self.room: int | None = None
        self.send_errors: deque[Exception] = deque()
        self.shutdown_error: OSError | None = None
        self.sent: list[bytes] = []
        self.sends_when_full = 0
        self.shut: list[int] = []
        self.closed = 0
        self._fileno = next(_filenos)

    @property
    def received_by_peer(self) -> bytes:
        return b"".join(self.sent)

    def fileno(self) -> int:
        return -1 if self.closed else self._fileno

    def recv(self, size: int) -> bytes:
        self._check_open()
        if not self.incoming:
            raise BlockingIOError
        data = self.incoming.popleft()
        if isinstance(data, Exception):
            raise data
        assert len(data) <= size, "a test gives no more than one read takes"
        return data

    def send(self, data: bytes | memoryview) -> int:
        self._check_open()
        assert not self.shut, "sent after our direction was ended"
        if self.send_errors:
            raise self.send_errors.popleft()
        if self.room == 0:
            self.sends_when_full += 1
            raise BlockingIOError
        taken = bytes(data if self.room is None else data[: self.room])
        if self.room is not None:
            self.room -= len(taken)
        self.sent.append(taken)
        return len(taken)

    def sendmsg(self, pieces: list[bytes | memoryview]) -> int:
        """What is gathered is one send."""
        return self.send(b"".join(pieces))

    def shutdown(self, how: int) -> None:
        self._check_open()
        self.shut.append(how)
        if self.shutdown_error is not None:
            raise self.shutdown_error

    def close(self) -> None:
        self.closed += 1

    def _check_open(self) -> None:
        assert not self.closed, "used after it was closed"


class Receiver:
    """A :class:`reactor.transport.Receiver` that writes down all it is told in ``told``.

    ``on`` has a function to call for an event, by its name, so that tests act within callbacks.
    """

    def __init__(self, last_words: bytes = b"") -> None:
        self.told: list[Any] = []
        self.on: dict[str, Callable[[], object]] = {}
        self._last_words = last_words

    def data_received(self, data: bytes) -> None:
        self._tell("data", data)

    def eof_received(self) -> None:
        self._tell("eof")

    def behind(self, is_behind: bool) -> None:
        self._tell("behind", is_behind)

    def last_words(self) -> bytes:
        self._tell("last words")
        return self._last_words

    def connection_lost(self, reason: str) -> None:
        self._tell("lost", reason)

    def _tell(self, event: str, *what: Any) -> None:
        assert not any(earlier[0] == "lost" for earlier in self.told), f"{event} after the end"
        self.told.append((event, *what))
        if event in self.on:
            self.on[event]()


class Line:
    """A real transport between a fake socket and a receiver; the test turns its loop."""

    def __init__(self, loop: Loop, selector: FakeSelector, queues: SendQueues) -> None:
        self.sock = FakeSocket()
        self.receiver = Receiver(last_words=b"<too slow>")
        self.transport = Transport(loop, self.sock, "peer", queues)  # type: ignore[arg-type]
        self._loop = loop
        self._selector = selector

    @property
    def told(self) -> list[object]:
        return self.receiver.told

    @property
    def watched(self) -> int:
        """The events for which the socket is watched."""
        return self._selector.watched.get(self.sock, 0)

    def turn(self) -> None:
        """Turn the loop once; no time passes."""
        self._loop.call_soon(lambda: None)
        self._loop.turn()

    def writes(self, *pieces: bytes) -> None:
        """Write all *pieces* in one turn."""
        for piece in pieces:
            self.transport.write(piece)
        self.turn()

    def reads(self, *incoming: bytes | Exception) -> None:
        """Let the socket be readable for a turn for each of *incoming*."""
        for data in incoming:
            self.sock.incoming.append(data)
            self._selector.ready(self.sock, READ)
            self.turn()

    def drains(self, room: int | None) -> None:
        """Let the peer read: *room* more bytes, None for all there will be."""
        self.sock.room = room
        self._selector.ready(self.sock, WRITE)
        self.turn()

    def goes_on_after_a_rest(self) -> None:
        """Let time pass until the timer that is due next."""
        self._loop.turn()

    def blocks(self) -> None:
        """The socket takes nothing more."""
        self.sock.room = 0


class FakeConnection:
    """A :class:`reactor.session.Connection`: keeps what is written, and tells what a test says.

    Attributes:
        written: each piece in order.
        reading: whether the session wants to read.
        closed: whether the session has closed it.
    """

    def __init__(self, peer: str = "192.0.2.1") -> None:
        self.peer = peer
        self.written: list[bytes] = []
        self.reading = False
        self.closed = False
        self.joins: bool | None = None
        self.receiver: Any = None

    def start(self, receiver: Any, *, joins: bool) -> None:
        self.receiver, self.joins = receiver, joins
        self.reading = True

    def write(self, data: bytes | memoryview) -> None:
        if data and not self.closed:
            self.written.append(bytes(data))

    def pause_reading(self) -> None:
        self.reading = False

    def resume_reading(self) -> None:
        assert not self.closed, "resumed after it was closed"
        self.reading = True

    def close(self) -> None:
        assert not self.closed, "closed twice"
        self.closed = True
        self.reading = False


def real_pair() -> tuple[socket.socket, socket.socket]:
    """Two real, non-blocking sockets that are connected to each other."""
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    theirs.setblocking(False)
    return ours, theirs
