"""Sockets without a network: bytes go from one end to the other when the world says so.

A link has two ends and a direction each way. What is sent is in flight; :meth:`Network.deliver`
lets some of it arrive, so that bytes are split and joined as the seed has it. A direction holds
a bounded number of bytes: an end whose peer does not read cannot send on.

A link that breaks loses what is in flight, but for a beginning that may still arrive. Each end is
told of it apart: until then it sends into the void, as on a line where somebody pulled the plug.
"""

import errno
import itertools
from collections import Counter, deque
from collections.abc import Callable, Sequence
from random import Random

from reactor.loop import READ, WRITE

CALM_CAPACITY = 100_000
"""Bytes that a direction holds when nothing is wrong."""

Tap = Callable[["Link", bytes], object]


class Direction:
    """Bytes on their way from one end to the other."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.in_flight = bytearray()
        self.arrived = bytearray()
        self.ended = False
        self.end_arrived = False
        self.cut = False

    @property
    def room(self) -> int:
        return self.capacity - len(self.in_flight) - len(self.arrived)

    @property
    def moves(self) -> bool:
        """Whether something could arrive."""
        return not self.cut and (
            bool(self.in_flight) or (self.ended and not (self.end_arrived or self.in_flight))
        )


class End:
    """One end of a link, as a non-blocking socket."""

    def __init__(self, link: "Link", incoming: Direction, outgoing: Direction) -> None:
        self.link = link
        self.incoming = incoming
        self.outgoing = outgoing
        self.closed = False
        self.broken = False
        self.error = 0

    def readiness(self) -> int:
        if self.closed or not self.link.established:
            return WRITE if self.error and not self.closed else 0
        if self.broken:
            return READ | WRITE
        can_read = self.incoming.arrived or self.incoming.end_arrived
        return (READ if can_read else 0) | (WRITE if self.outgoing.room > 0 else 0)

    def recv(self, size: int) -> bytes:
        arrived = self.incoming.arrived
        if arrived:
            data = bytes(arrived[:size])
            del arrived[:size]
            return data
        if self.broken:
            raise ConnectionResetError(errno.ECONNRESET, "Connection reset by peer")
        if self.incoming.end_arrived:
            return b""
        raise BlockingIOError

    def send(self, data: bytes | bytearray | memoryview) -> int:
        if self.broken:
            raise BrokenPipeError(errno.EPIPE, "Broken pipe")
        taken = bytes(data[: max(0, self.outgoing.room)])
        if not taken:
            raise BlockingIOError
        self.outgoing.in_flight += taken
        if self is self.link.server:
            self.link.network.tap(self.link, taken)
        return len(taken)

    def sendmsg(self, pieces: Sequence[bytes | memoryview]) -> int:
        return self.send(b"".join(pieces))

    def connect(self, address: tuple[str, str]) -> None:
        self.link.client_name = address[1]
        self.link.network.links.append(self.link)
        raise BlockingIOError

    def shutdown(self, _how: int) -> None:
        if self.broken:
            raise OSError(errno.ENOTCONN, "Transport endpoint is not connected")
        self.outgoing.ended = True

    def close(self) -> None:
        """With bytes unread, the system resets the connection, and what we said may be lost."""
        if not self.closed:
            self.closed = True
            self.outgoing.ended = True
            if self.incoming.arrived:
                self.link.breaks()

    def getsockopt(self, _level: int, _option: int) -> int:
        return self.error

    def setsockopt(self, *_option: int) -> None:
        """Options change nothing here."""

    def setblocking(self, _blocking: bool) -> None:
        """It never blocks."""

    def fileno(self) -> int:
        return -1 if self.closed else self.link.number


class Link:
    """A connection, from the attempt on."""

    def __init__(self, network: "Network", number: int, capacity: int) -> None:
        up, down = Direction(capacity), Direction(capacity)
        self.network = network
        self.number = number
        self.client_name = ""
        self.established = False
        self.stalled_until = 0.0
        self.client = End(self, down, up)
        self.server = End(self, up, down)
        self.told_at: dict[End, float] = {}
        """When each end is to be told that the link is broken."""

    @property
    def is_cut(self) -> bool:
        return self.client.incoming.cut

    @property
    def gone(self) -> bool:
        """Whether nobody holds an end of it."""
        return self.client.closed and (self.server.closed or not self.established)

    def breaks(self, slow: End | None = None, delay: float = 0.0) -> None:
        """Lose what is in flight, all but a beginning; *slow* is told only after *delay*."""
        if self.is_cut:
            return
        now = self.network.clock()
        for end in (self.client, self.server):
            direction = end.incoming
            arriving = self.network.random.randint(0, len(direction.in_flight))
            if not end.closed:
                direction.arrived += direction.in_flight[:arriving]
                self.told_at[end] = now + (delay if end is slow else 0.0)
            direction.in_flight.clear()
            direction.cut = True


class Listener:
    """The server's listening socket."""

    def __init__(self, network: "Network") -> None:
        self._network = network
        self._backlog: deque[Link] = deque()
        self._closed = False

    def readiness(self) -> int:
        return READ if self._backlog and not self._closed else 0

    def connects(self, link: Link) -> bool:
        """Whether *link* is let in."""
        if not self._closed:
            self._backlog.append(link)
        return not self._closed

    def accept(self) -> tuple[End, tuple[str, int]]:
        if not self._backlog:
            raise BlockingIOError
        link = self._backlog.popleft()
        return link.server, (f"192.0.2.{link.number % 250}", link.number)

    def close(self) -> None:
        self._closed = True
        while self._backlog:
            self._backlog.popleft().server.close()

    def __enter__(self) -> "Listener":
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def getsockname(self) -> tuple[str, int]:
        return ("127.0.0.1", 8090)

    def setblocking(self, _blocking: bool) -> None:
        """It never blocks."""

    def fileno(self) -> int:
        return -1 if self._closed else 1


class Network:
    """All links.

    Attributes:
        links: those of which somebody still holds an end, in the order of their beginning.
        capacity: bytes that a direction of a new link holds.
        listener: of the server that runs, if one does.
        splits: whether bytes that are delivered may be split.
        counts: how often they were.
        tap: told what the server sends, at the moment at which it does.
    """

    def __init__(
        self, random: Random, clock: Callable[[], float], counts: Counter[str], capacity: int
    ) -> None:
        self.random = random
        self.clock = clock
        self.counts = counts
        self.capacity = capacity
        self.links: list[Link] = []
        self.listener: Listener | None = None
        self.splits = True
        self.tap: Tap = lambda _link, _data: None
        self._numbers = itertools.count(1)

    def socket(self, _family: int, _kind: int) -> End:
        """A client's new socket."""
        return Link(self, next(self._numbers), self.capacity).client

    def listen(self) -> Listener:
        self.listener = Listener(self)
        return self.listener

    def forget_gone(self) -> None:
        self.links = [link for link in self.links if not link.gone]

    def moves(self) -> list[Callable[[], str]]:
        """What could happen next, each a function that does it and says what it was."""
        now = self.clock()
        found: list[Callable[[], str]] = []
        for link in self.links:
            if link.stalled_until > now:
                continue
            if not link.established and not link.client.error:
                found.append(lambda link=link: self._establish(link))
            for name, end in (("server", link.server), ("client", link.client)):
                if end.incoming.moves:
                    found.append(lambda link=link, n=name, e=end: self._deliver(link, n, e))
                if link.told_at.get(end, now + 1) <= now:
                    found.append(lambda link=link, n=name, e=end: self._tell(link, n, e))
        return found

    def next_time(self) -> list[float]:
        """When the next thing may happen that cannot happen yet."""
        now = self.clock()
        stalls = [link.stalled_until for link in self.links if link.stalled_until > now]
        return stalls + [at for link in self.links for at in link.told_at.values() if at > now]

    def crash(self, slow: float) -> None:
        """The server's process ends: its links break; clients are told after *slow* seconds."""
        self.listener = None
        for link in self.links:
            if link.established:
                link.server.closed = True
                link.breaks(link.client, slow)

    def everybody_back(self) -> str:
        """Every link breaks, once."""
        for link in self.links:
            if link.established:
                link.breaks()
        return "everybody has to come back"

    def calm(self) -> None:
        """Nothing is held up or split any more, and there is room."""
        self.splits = False
        self.capacity = CALM_CAPACITY
        for link in self.links:
            link.stalled_until = 0.0
            link.client.incoming.capacity = link.server.incoming.capacity = CALM_CAPACITY
            link.told_at = dict.fromkeys(link.told_at, 0.0)

    def _establish(self, link: Link) -> str:
        if self.listener is not None and not link.is_cut and self.listener.connects(link):
            link.established = True
            return f"link {link.number} of {link.client_name} is through"
        link.client.error = errno.ECONNREFUSED
        return f"link {link.number} of {link.client_name} is refused"

    def _deliver(self, link: Link, name: str, end: End) -> str:
        direction = end.incoming
        if not direction.moves:
            return f"link {link.number} has broken"
        if end.closed and direction.in_flight:
            link.breaks()
            return f"link {link.number}: {name} is gone, and answers with a reset"
        if not direction.in_flight:
            direction.end_arrived = True
            return f"link {link.number}: {name} sees the end"
        waiting = len(direction.in_flight)
        is_whole = not self.splits or self.random.random() < 0.5
        size = waiting if is_whole else self.random.randint(1, waiting)
        self.counts["bytes split"] += size < waiting
        direction.arrived += direction.in_flight[:size]
        del direction.in_flight[:size]
        return f"link {link.number}: {size} of {waiting} bytes reach {name}"

    def _tell(self, link: Link, name: str, end: End) -> str:
        del link.told_at[end]
        end.broken = True
        if self.random.random() < 0.5:  # systems differ in whether what came before is still read
            end.incoming.arrived.clear()
        return f"link {link.number}: {name} is told that it broke"
