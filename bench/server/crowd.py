"""Many connections to one server, logged in: what every scene begins with.

They live in the process of the load, on a core of their own. A crowd reads everything that comes,
always: a client that does not read is a scene of its own.
"""

import contextlib
import itertools
import os
import socket
import sys
import time
from collections.abc import Iterable

from bench.server.languages import Language, Step
from bench.server.polling import poll

# Seconds after which it is given up that all come in, and that it becomes quiet: what takes longer
# grows with the square of the room, or worse.
WITHIN = 60.0

# Seconds of quiet after which everything that belongs to the logins has come: longer than any
# server gathers who came and went.
QUIET = 1.2

# Connections from one address of this machine: fewer than there are ports.
PER_ADDRESS = 9_000

BUFFER = 1024 * 1024
"""Bytes that one read takes at the most."""


class Lost(Exception):
    """Something did not come, or a connection was lost: the figures are worth nothing."""


class _Entry:
    """What one who comes in has still to say, and what must come before."""

    def __init__(self, connection: socket.socket, steps: list[Step]) -> None:
        self._connection = connection
        self._steps = iter(steps)
        self._tail = b""
        self._step = Step(b"", b"")

    def go_on(self) -> bool:
        """Say what is next; False if everything is done."""
        step = next(self._steps, None)
        if step is None:
            return False
        self._step, self._tail = step, b""
        self._connection.sendall(step.said)
        return True

    def hear(self, data: bytes) -> bool:
        """Whether what was awaited has come. Raises Lost if it will not."""
        _, awaited, refused = self._step
        data = self._tail + data
        if refused and refused in data:
            raise Lost(f"a login was refused: {data!r}")
        self._tail = data[-len(awaited) :]
        return awaited in data


class Crowd:
    """Connections to one server, each known by its descriptor.

    Attributes:
        descriptors: all of them, in the order in which they were made.
        users: whose each is.
        sockets: each itself.
        heard: bytes that have come so far, of each.
        buffer: what was read last.
        poll: says which of them have something to read.
    """

    _sources = itertools.count()

    def __init__(self, language: Language, address: tuple[str, int], at_once: int) -> None:
        """*at_once* logins are under way: see :class:`bench.server.servers.Kind`."""
        self.language = language
        self.descriptors: list[int] = []
        self.users: dict[int, int] = {}
        self.sockets: dict[int, socket.socket] = {}
        self.heard: dict[int, int] = {}
        self.buffer = bytearray(BUFFER)
        self.poll = poll()
        self._address = address
        self._at_once = at_once

    # --- coming ----------------------------------------------------------------------------------

    def log_in(self, users: Iterable[int], room: int | None) -> None:
        """Connect *users*, have each log in and enter *room*, if any; return when all are in.

        Raises:
            Lost: somebody did not come in.
        """
        waiting = iter(enumerate(users))
        coming: dict[int, _Entry] = {}
        give_up_at = time.monotonic() + WITHIN
        while True:
            for number, user in itertools.islice(waiting, self._at_once - len(coming)):
                if number % PER_ADDRESS == 0:
                    source = self._source()
                descriptor = self._connect(user, source)
                steps = self.language.log_in(user, room)
                coming[descriptor] = _Entry(self.sockets[descriptor], steps)
                coming[descriptor].go_on()
            if not coming:
                return
            for descriptor in self.poll.ready(1.0):
                length = self.read(descriptor)
                entry = coming.get(descriptor)
                if entry and entry.hear(bytes(self.buffer[:length])) and not entry.go_on():
                    del coming[descriptor]
            if time.monotonic() > give_up_at:
                raise Lost(f"not everybody is in after {WITHIN:g} s")

    def _connect(self, user: int, source: str) -> int:
        connection = socket.socket()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if source:
            connection.bind((source, 0))
        connection.connect(self._address)
        connection.setblocking(False)
        descriptor = connection.fileno()
        self.sockets[descriptor] = connection
        self.users[descriptor] = user
        self.descriptors.append(descriptor)
        self.heard[descriptor] = 0
        self.poll.add(descriptor)
        return descriptor

    def _source(self) -> str:
        """An address of this machine to connect from, which no other load has and this one never
        had: ports that wait out their end do not run short. Elsewhere than on Linux there is one.
        """
        if sys.platform != "linux":
            return ""
        number, process = next(self._sources), os.getpid()
        return f"127.{process // 250 % 250 + 1}.{process % 250}.{number % 250 + 1}"

    # --- being there -----------------------------------------------------------------------------

    def read(self, descriptor: int) -> int:
        """Read once into :attr:`buffer`; return how many bytes. Raises Lost at the end."""
        try:
            length = self.sockets[descriptor].recv_into(self.buffer)
        except BlockingIOError:
            return 0
        except OSError as error:
            raise Lost(f"user {self.users[descriptor]}: {error}") from error
        if not length:
            raise Lost(f"user {self.users[descriptor]} was closed by the server")
        self.heard[descriptor] += length
        return length

    def listen(self, seconds: float) -> None:
        """Read for a while."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            for descriptor in self.poll.ready(left):
                self.read(descriptor)

    def settle(self) -> None:
        """Read until nothing has come for a while. Raises Lost if that never happens."""
        give_up_at = time.monotonic() + WITHIN
        quiet_since = time.monotonic()
        while time.monotonic() - quiet_since < QUIET:
            for descriptor in self.poll.ready(QUIET / 4):
                self.read(descriptor)
                quiet_since = time.monotonic()
            if quiet_since > give_up_at:
                raise Lost("it does not become quiet")
        self.heard = dict.fromkeys(self.heard, 0)

    def leave(self, descriptors: Iterable[int]) -> None:
        """Close some connections."""
        for descriptor in list(descriptors):
            self.poll.remove(descriptor)
            self.sockets.pop(descriptor).close()
            del self.users[descriptor], self.heard[descriptor]
        self.descriptors = [each for each in self.descriptors if each in self.sockets]

    def close(self) -> None:
        """Close all of them."""
        with contextlib.suppress(OSError):
            self.leave(self.descriptors)
        self.poll.close()
