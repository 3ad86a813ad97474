"""More people of the scenes under fire: those who come and go, and those who do not read."""

from typing import Any

from bench.server.people import Person
from bench.server.place import PASSWORD
from bench.server.turning import Latencies


class Visitor(Person):
    """Comes, stays for a moment, leaves, and comes again.

    Attributes:
        visits: how often it was in.
    """

    def __init__(self, *args: Any, stays: float = 0.1, away: float = 0.1, **options: Any) -> None:
        super().__init__(*args, **options)
        self.stays, self.away = stays, away
        self.visits = 0
        self.took = Latencies()
        self._began = 0.0

    def begin(self) -> None:
        self._began = self.crowd.time()
        super().begin()

    def came_in(self) -> None:
        self.visits += 1
        self.took.taken.append(self.crowd.time() - self._began)
        self.crowd.call_later(self.stays, self._go)

    def refused(self, answer: bytes) -> None:  # noqa: ARG002
        self._go()

    def left(self) -> None:
        self._come_again()

    def _go(self) -> None:
        if not self.gone:
            self.close()
            self._come_again()

    def _come_again(self) -> None:
        if self.at_it:
            self.crowd.call_later(self.away, self.connect)


class Guest(Visitor):
    """One who logs in with the password each time."""

    def begin(self) -> None:
        self._began = self.crowd.time()
        self.send(f"0001|{self.user}|{PASSWORD}\n".encode())  # a basic client: no device is made


class Sleeper(Person):
    """Stops reading; later reads to the end, comes again, resumes, and says what it has got.

    Attributes:
        mark: the number of the last entry of the lobby in order; its time is *mark_time*.
        twice, holes: entries that came again, and such as were missing before another.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.mark = self.mark_time = 0
        self.twice = self.holes = 0
        self.resumed = False
        self.limit = 0
        self._cut = b""

    def came_in(self) -> None:
        if self.mark:
            self.resumed = False
            self.send(b"0007|lobby:%d:%d\n" % (self.mark, self.mark_time))

    def heard(self, data: bytes) -> None:
        *lines, self._cut = (self._cut + data).split(b"\n")
        for line in lines:
            if line.startswith(b"1002|"):
                self._hear(line.split(b"|"))
            elif line.startswith(b"1000|0007|ok|lobby"):
                self.resumed = True

    def _hear(self, fields: list[bytes]) -> None:
        seq = int(fields[5])
        if seq <= self.mark:
            self.twice += 1
        elif self.mark and seq > self.mark + 1:
            self.holes += 1
        else:
            self.mark, self.mark_time = seq, int(fields[6])

    def connect(self) -> None:
        self._cut = b""
        super().connect()


class Dripping(Person):
    """Reads one byte a second, of a buffer as small as can be had."""

    def came_in(self) -> None:
        self.stop_reading()
        self.crowd.call_later(1.0, self._drip)

    def _drip(self) -> None:
        if self.gone:
            return
        try:
            if not self.sock.recv(1):
                self._lost()
                return
        except (BlockingIOError, InterruptedError):
            pass
        except OSError:
            self._lost()
            return
        self.crowd.call_later(1.0, self._drip)


class DrippingWriter(Person):
    """Says a frame, one byte a second."""

    def came_in(self) -> None:
        self._left = b"0002|%s|%s\n" % (self.user.encode(), b"slow" * 1000)
        self.crowd.call_later(1.0, self._drip)

    def _drip(self) -> None:
        if not self.gone:
            self.send(self._left[:1])
            self._left = self._left[1:]
            self.crowd.call_later(1.0, self._drip)
