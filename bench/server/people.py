"""The people of the scenes under fire: those who talk, listen, stop reading, come and go.

All of them live in the process of the bench, on one :class:`bench.server.turning.Turning`. What is
only counted is not parsed. A line carries the moment at which it was said, and whoever hears it
here knows how long that took.
"""

import errno
import random
import socket
from typing import Any

from bench.server.languages import CLIENT, token, user_name
from bench.server.turning import READ, WRITE, Latencies, Turning, note_delay, stamp

# What a recv takes: much, for a generator that reads little at a time becomes what is measured.
RECEIVE_SIZE = 256 * 1024

# Seconds after which one tries again that found no free port.
PORTS_REST = 1.0

# Of the end of what came, which may be cut anywhere: enough for a goodbye, or for an answer.
TAIL = 200


class Person:
    """One connection that logs in with its token and counts what it is told.

    Attributes:
        here: the login was answered with yes.
        bytes_in: what came.
        last_words: the reason of the goodbye, if one came.
        gone: the connection has ended.
    """

    def __init__(
        self,
        crowd: Turning,
        address: tuple[str, int],
        number: int,
        *,
        receive_buffer: int | None = None,
    ) -> None:
        self.crowd = crowd
        self.address = address
        self.user = user_name(number)
        self.token = token(number)
        self.receive_buffer = receive_buffer
        self.bytes_in = 0
        self.here = False
        self.gone = True
        self.last_words = ""
        self._tail = b""
        self._out = b""
        self._watched = 0
        self.at_it = True

    def connect(self) -> None:
        """Connect anew; what the person does first is said as soon as that is done."""
        self.sock = socket.socket()
        self.sock.setblocking(False)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self.receive_buffer is not None:
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, self.receive_buffer)
        code = self.sock.connect_ex(self.address)
        if code == errno.EADDRNOTAVAIL:  # all ports of this machine are resting
            self.sock.close()
            self.crowd.call_later(PORTS_REST, self.connect)
            return
        if code not in (0, errno.EINPROGRESS):
            raise OSError(code, "cannot connect")
        self.here, self.gone, self.last_words = False, False, ""
        self._tail = self._out = b""
        self._watched = 0
        self._watch(READ)
        self.begin()

    def begin(self) -> None:
        """Say the first thing."""
        self.send(f"0001|{self.user}||{CLIENT}|{self.token}\n".encode())

    def send(self, data: bytes) -> None:
        """Send it, now or when the socket takes it."""
        if self.gone:
            return
        self._out += data
        self._flush()

    def close(self) -> None:
        if not self.gone:
            self.gone, self.here = True, False
            self._watch(0)
            self.sock.close()

    def leave_for_good(self) -> None:
        """Close, and do nothing more."""
        self.at_it = False
        self.close()

    def stop_reading(self) -> None:
        self._watch(self._watched & ~READ)

    def read_on(self) -> None:
        self._watch(self._watched | READ)

    # --- for the kinds of people

    def came_in(self) -> None:
        """The login was answered."""

    def heard(self, data: bytes) -> None:
        """Something came; its frames may be cut anywhere."""

    def left(self) -> None:
        """The connection has ended, and not by us."""

    # --- inside

    def _watch(self, events: int) -> None:
        if events != self._watched:
            self.crowd.watch(self.sock, self._watched, events, self._ready)
            self._watched = events

    def _ready(self, events: int) -> None:
        if events & READ:
            self._readable()
        if events & WRITE:
            self._flush()

    def _flush(self) -> None:
        if self.gone:
            return
        try:
            if self._out:
                self._out = self._out[self.sock.send(self._out) :]
        except (BlockingIOError, InterruptedError):
            pass
        except OSError as error:
            if error.errno != errno.ENOTCONN:
                self._lost()
                return
        self._watch(self._watched & ~WRITE | (WRITE if self._out else 0))

    def _readable(self) -> None:
        if self.gone:
            return
        try:
            data = self.sock.recv(RECEIVE_SIZE)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            data = b""
        if not data:
            self._lost()
            return
        self.take(data)

    def take(self, data: bytes) -> None:
        self.bytes_in += len(data)
        if not self.here:
            data = self._tail + data
            if b"\n" not in data:
                self._tail = data
                return
            answer, _, rest = data.partition(b"\n")
            self._tail = b""
            if not answer.startswith(b"1001|1|"):
                self.refused(answer)
                return
            self.here = True
            self.came_in()
            data = rest
        self._look_for_goodbye(data)
        if data and not self.gone:
            self.heard(data)

    def refused(self, answer: bytes) -> None:
        raise AssertionError(f"{self.user}: {answer!r}")

    def _look_for_goodbye(self, data: bytes) -> None:
        ends = (self._tail + data)[-TAIL:]
        self._tail = ends
        if b"2000|" in ends:
            last = ends[ends.rindex(b"2000|") :]
            if last.count(b"|") > 1:
                self.last_words = last.split(b"|")[1].decode()

    def _lost(self) -> None:
        self.close()
        self.left()


class Hearer(Person):
    """Listens. One that is *attentive* notes how long what it hears took."""

    delays: Latencies | None = None

    def heard(self, data: bytes) -> None:
        if self.delays is not None:
            note_delay(data, self.delays, self.crowd.time())


class Talker(Hearer):
    """Says something, and says the next when so many are *in_flight*; or so many times a second.

    Attributes:
        said, acknowledged: how many.
        refused_lines: how many of them were refused.
    """

    def __init__(
        self,
        *args: Any,
        room: str = "",
        in_flight: int = 0,
        every: float = 0.0,
        burst: int = 1,
        text: bytes = b"x" * 40,
        stamped: bool = True,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.in_flight = in_flight
        self.every = every
        self.burst = burst
        self.said = self.acknowledged = self.refused_lines = 0
        self.acks = Latencies()
        self.talking = True
        self.stamped = stamped
        self._room = room.encode()
        self.text = text
        self._cut = b""

    def came_in(self) -> None:
        if self.every:
            self.crowd.call_later(self.every * random.random(), self._say_again)
        elif self.in_flight:
            self._say(self.in_flight)

    def hush(self) -> None:
        """Say nothing more."""
        self.talking = False

    def _say_again(self) -> None:
        if self.talking and not self.gone:
            self._say(self.burst)
            self.crowd.call_later(self.every, self._say_again)

    def _say(self, count: int) -> None:
        if not self.talking:
            return
        now = self.crowd.time()
        line = b"0002|%s|%s %s|%s|%s\n" % (
            *(self.user.encode(), stamp(now) if self.stamped else b"", self.text, self._room),
            b"",
        )
        self.said += count
        self.send(line * count)

    def heard(self, data: bytes) -> None:
        super().heard(data)
        data = self._cut + data
        end = data.rfind(b"\n") + 1
        self._cut = data[end:]
        whole = data[:end]
        done = whole.count(b"1000|0002|ok|")
        answers = whole.count(b"1000|0002|")
        self.acknowledged += done
        self.refused_lines += answers - done
        if answers and self.in_flight and not self.every:
            self._say(answers)


class Pinger(Person):
    """Asks whether the server is there, so many seconds after each answer."""

    def __init__(self, *args: Any, every: float = 0.05, **options: Any) -> None:
        super().__init__(*args, **options)
        self.every = every
        self.round_trips = Latencies()
        self._asked = 0.0
        self._cut = b""

    def came_in(self) -> None:
        self._ask()

    def _ask(self) -> None:
        if not self.gone:
            self._asked = self.crowd.time()
            self.send(b"0003|ping\n")

    def heard(self, data: bytes) -> None:
        data = self._cut + data
        self._cut = data[-20:]
        if b"1000|0003|ok|ping" in data and self._asked:
            self._cut = b""
            self.round_trips.taken.append(self.crowd.time() - self._asked)
            self._asked = 0.0
            self.crowd.call_later(self.every, self._ask)


class Asker(Person):
    """Asks the same again and again, one at a time: pages of history, or searches."""

    def __init__(self, *args: Any, request: bytes, every: float = 0.0, **options: Any) -> None:
        super().__init__(*args, **options)
        self.request = request
        self.every = every
        self.round_trips = Latencies()
        self.answers = self.refusals = 0
        self._answer = b"1000|" + request[:4] + b"|"
        self._cut = b""
        self._asked = 0.0

    def came_in(self) -> None:
        self._ask()

    def _ask(self) -> None:
        if not self.gone:
            self._asked = self.crowd.time()
            self.send(self.request)

    def heard(self, data: bytes) -> None:
        data = self._cut + data
        at = data.find(self._answer)
        if at < 0 or b"\n" not in data[at:]:
            self._cut = data[-TAIL:] if at < 0 else data[at:]
            return
        self._cut = b""
        self.answers += 1
        self.refusals += not data[at:].startswith(self._answer + b"ok")
        self.round_trips.taken.append(self.crowd.time() - self._asked)
        if self.every:
            self.crowd.call_later(self.every, self._ask)
        else:
            self.crowd.call_later(0, self._ask)
