"""People who talk for a while, each with so many messages in flight: what every such load shares.

A message is done when the server acknowledges it; where no server does that, when the first who is
to hear it has heard it. Then its sender may say another one. In the end everybody must have heard
everything, once: else the figures are worth nothing.
"""

import re
import socket
import time
from array import array
from collections.abc import Callable, Iterator
from typing import NamedTuple

from bench.server.crowd import Crowd, Lost
from bench.server.languages import DIGITS, MARK
from bench.server.processes import cpu_seconds

# Seconds without anything new after which what has not come is lost.
PATIENCE = 30.0

# Seconds between two looks at whether all is over, when nothing comes.
LOOK_EVERY = 0.5

# Wrong ones that an error names.
NAMED = 3

_NUMBER = re.compile(re.escape(MARK) + b"([0-9]{%d})" % DIGITS)


class Stretch(NamedTuple):
    """What a stretch of talking took.

    *seconds* are the clock's, from the first message to the last delivery; *cpu* is the server's
    and *load_cpu* the load's own processor time meanwhile; *p50* and *p99*, in seconds, are the
    times from a message's sending to its receipt by those who read the numbers.
    """

    messages: int
    deliveries: int
    seconds: float
    cpu: float
    load_cpu: float
    p50: float
    p99: float


class Sender:
    """One who talks, and counts what comes."""

    __slots__ = ("answered", "answers", "connection", "marks", "said", "user")

    def __init__(self, connection: socket.socket, user: int) -> None:
        self.connection = connection
        self.user = user
        self.said = 0
        self.answered = 0
        self.answers = 0
        self.marks = 0


class Observer:
    """One who reads the numbers of the messages, wherever the stream was cut."""

    __slots__ = ("count", "length", "tail")

    def __init__(self) -> None:
        self.count = 0
        self.length = 0
        self.tail = b""

    def numbers(self, data: bytes) -> list[int]:
        """The numbers that have become whole with *data*."""
        self.length += len(data)
        data = self.tail + data
        last = data.rfind(MARK)
        self.tail = data[last:] if last >= 0 and len(data) - last <= DIGITS else b""
        found = [int(number) for number in _NUMBER.findall(data)]
        self.count += len(found)
        return found


class Talking:
    """A crowd of which some talk. Numbers of messages go on from stretch to stretch."""

    def __init__(self, crowd: Crowd, room: int | None) -> None:
        self._crowd = crowd
        self._room = room
        self._language = crowd.language
        self._next = 0
        self._base = 0
        self._until = 0.0
        self._sent_at = array("d")
        self._latencies = array("d")
        self._owners: list[Sender] = []
        self._senders: dict[int, Sender] = {}
        self._hearing: dict[int, Callable[[int, int], None]] = {}

    def stretch(self, senders: int, in_flight: int, seconds: float, server: int) -> Stretch:
        """Talk for that long, and wait until all has been delivered.

        Raises:
            Lost: not everybody has got everything.
        """
        self._base = self._next
        self._sent_at, self._latencies, self._owners = array("d"), array("d"), []
        self._crowd.heard = dict.fromkeys(self._crowd.heard, 0)
        self._take_places(senders)
        began, cpu, own = time.perf_counter(), cpu_seconds(server), time.process_time()
        self._until = began + seconds
        for sender in self._senders.values():
            self._say(sender, in_flight)
        self._run()
        cpu, own = cpu_seconds(server) - cpu, time.process_time() - own
        took = time.perf_counter() - began
        messages, latencies = len(self._sent_at), sorted(self._latencies)
        return Stretch(
            *(messages, messages * self._told_of_each(), took, cpu, own),
            *(latencies[int(len(latencies) * part)] for part in (0.5, 0.99)),
        )

    # --- who does what

    def _take_places(self, senders: int) -> None:
        """Say who talks, and who does more than count bytes."""
        raise NotImplementedError

    def _told_of_each(self) -> int:
        """How many are told of a message."""
        raise NotImplementedError

    def _missing(self) -> Iterator[str]:
        """Who has not heard exactly what was said, in words."""
        raise NotImplementedError

    # --- talking

    def _say(self, sender: Sender, count: int) -> None:
        """Say that many messages, unless time is up."""
        now = time.perf_counter()
        if now >= self._until:
            return
        message, user, room = self._language.message, sender.user, self._room
        first = self._next
        self._next += count
        data = b"".join([message(user, room, number) for number in range(first, self._next)])
        self._sent_at.extend([now] * count)
        self._owners.extend([sender] * count)
        sender.said += count
        if sender.connection.send(data) < len(data):
            raise Lost(f"the server does not read from user {user}")

    def _answered(self, sender: Sender, count: int) -> None:
        """So many more of a sender's messages are done; as many others may be said."""
        if count > 0:
            sender.answered += count
            self._say(sender, count)

    # --- hearing

    def _run(self) -> None:
        """Read what comes and say more, until everybody has everything."""
        heard, ready, hearing = self._crowd.heard, self._crowd.poll.ready, self._hearing
        buffer = self._crowd.buffer
        receive = {each: connection.recv_into for each, connection in self._crowd.sockets.items()}
        heard_at = time.perf_counter()
        while True:
            came = False
            for descriptor in ready(LOOK_EVERY):
                came = True
                length = receive[descriptor](buffer)
                if not length:
                    raise Lost(f"user {self._crowd.users[descriptor]} was closed by the server")
                heard[descriptor] += length
                if descriptor in hearing:
                    hearing[descriptor](descriptor, length)
            now = time.perf_counter()
            if came:
                heard_at = now
            if now >= self._until and next(self._missing(), None) is None:
                return
            if now - heard_at > PATIENCE:
                self._give_up()

    def _give_up(self) -> None:
        wrong = list(self._missing())
        raise Lost(f"{len(wrong)} have not heard what was said: {'; '.join(wrong[:NAMED])}")

    def _hear_as_sender(self, descriptor: int, length: int) -> None:
        sender, buffer = self._senders[descriptor], self._crowd.buffer
        sender.marks += buffer.count(MARK, 0, length)
        answer = self._language.answer
        if answer:
            sender.answers += buffer.count(answer, 0, length)
            # A text whose end has not come counts as its mark already: never more than there are.
            texts = sender.marks if self._language.answer_in_texts else 0
            self._answered(sender, sender.answers - texts - sender.answered)

    def _observed(self, observer: Observer, length: int) -> list[int]:
        """The numbers that an observer reads, and when that is."""
        numbers = observer.numbers(bytes(self._crowd.buffer[:length]))
        now, base, sent_at = time.perf_counter(), self._base, self._sent_at
        self._latencies.extend([now - sent_at[number - base] for number in numbers])
        return numbers

    def _wrong_sender(self, descriptor: int, expected: int) -> str:
        """What is wrong with a sender, who should have heard *expected* messages; or nothing."""
        sender = self._senders[descriptor]
        if (sender.marks, sender.answered) == (expected, sender.said):
            return ""
        return (
            f"user {sender.user} has {sender.marks} messages instead of {expected}, and"
            f" {sender.answered} answers to {sender.said}"
        )
