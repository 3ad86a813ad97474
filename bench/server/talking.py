"""Everybody in one room, some of them talking: the load of a cell of the fan-out.

Each sender keeps as many messages in flight as it may. One counts as done when the server
acknowledges it; where no server does that, when the first observer has received it. Everybody else
counts bytes, and at the end must have as many of them as the observer, who reads what they are.
"""

import re
import socket
import time
from array import array
from collections.abc import Iterator
from typing import NamedTuple

from bench.server.crowd import Crowd, Lost
from bench.server.languages import DIGITS, MARK
from bench.server.processes import cpu_seconds

# Seconds without anything new after which what has not come is lost.
PATIENCE = 30.0

_NUMBER = re.compile(re.escape(MARK) + b"([0-9]{%d})" % DIGITS)

OBSERVERS = 3
"""Of a room: the first who came in, one in the middle and the last: some servers serve in order."""


class Stretch(NamedTuple):
    """What a stretch of talking took.

    *seconds* are the clock's, from the first message to the last delivery; *cpu* is the server's
    and *load_cpu* the load's own processor time meanwhile; *p50* and *p99*, in seconds, are the
    times from a message's sending to its receipt by an observer.
    """

    messages: int
    deliveries: int
    seconds: float
    cpu: float
    load_cpu: float
    p50: float
    p99: float


class Sender:
    """One who talks."""

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
        self.tail = data[last:] if last > -1 and len(data) - last <= DIGITS else b""
        found = [int(number) for number in _NUMBER.findall(data)]
        self.count += len(found)
        return found


class Talk:
    """A crowd in one room. Numbers of messages go on from stretch to stretch."""

    def __init__(self, crowd: Crowd, room: int) -> None:
        self._crowd = crowd
        self._room = room
        self._language = crowd.language
        self._next = 0
        self._base = 0
        self._sent_at = array("d")
        self._owners: list[Sender] = []
        self._latencies = array("d")
        self._until = 0.0
        places = crowd.descriptors
        middle = len(places) // 2
        self._observing = list(dict.fromkeys((places[0], places[middle], places[-1])))[:OBSERVERS]
        self._others = [each for each in places if each not in self._observing]

    def stretch(self, senders: int, in_flight: int, seconds: float, server: int) -> Stretch:
        """Talk for that long, and wait until all has been delivered.

        Raises:
            Lost: not everybody has got everything.
        """
        self._begin(min(senders, len(self._others)))
        began, cpu, own = time.perf_counter(), cpu_seconds(server), time.process_time()
        self._until = began + seconds
        for sender in self._senders.values():
            self._say(sender, in_flight)
        self._run()
        cpu, own = cpu_seconds(server) - cpu, time.process_time() - own
        took = time.perf_counter() - began
        self._check()
        messages = len(self._sent_at)
        told = len(self._crowd.descriptors) - (not self._language.echoes)
        latencies = sorted(self._latencies)
        return Stretch(
            *(messages, messages * told, took, cpu, own),
            *(latencies[int(len(latencies) * part)] for part in (0.5, 0.99)),
        )

    # --- talking ---------------------------------------------------------------------------------

    def _begin(self, senders: int) -> None:
        """Nobody has said or heard anything."""
        self._base = self._next
        self._sent_at, self._latencies, self._owners = array("d"), array("d"), []
        crowd = self._crowd
        crowd.heard = dict.fromkeys(crowd.heard, 0)
        step = len(self._others) // senders
        talking = self._others[: step * senders : step]
        self._senders = {each: Sender(crowd.sockets[each], crowd.users[each]) for each in talking}
        self._observers = {each: Observer() for each in self._observing}
        self._plain = [each for each in self._others if each not in self._senders]

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

    # --- hearing ---------------------------------------------------------------------------------

    def _run(self) -> None:
        """Read what comes and say more, until everybody has everything."""
        heard, ready = self._crowd.heard, self._crowd.poll.ready
        buffer = self._crowd.buffer
        receive = {each: connection.recv_into for each, connection in self._crowd.sockets.items()}
        special = dict.fromkeys(self._senders, self._hear_as_sender)
        special |= dict.fromkeys(self._observers, self._hear_as_observer)
        heard_at = time.perf_counter()
        while True:
            came = False
            for descriptor in ready(0.5):
                came = True
                length = receive[descriptor](buffer)
                if not length:
                    raise Lost(f"user {self._crowd.users[descriptor]} was closed by the server")
                heard[descriptor] += length
                if descriptor in special:
                    special[descriptor](descriptor, length)
            now = time.perf_counter()
            if came:
                heard_at = now
            if now >= self._until and self._is_done():
                return
            if now - heard_at > PATIENCE:
                self._check()

    def _hear_as_sender(self, descriptor: int, length: int) -> None:
        sender, buffer = self._senders[descriptor], self._crowd.buffer
        sender.marks += buffer.count(MARK, 0, length)
        answer = self._language.answer
        if answer:
            sender.answers += buffer.count(answer, 0, length)
            # A text whose end has not come counts as its mark already: never more than there are.
            texts = sender.marks if self._language.answer_in_texts else 0
            self._answered(sender, sender.answers - texts - sender.answered)

    def _answered(self, sender: Sender, count: int) -> None:
        """So many more of a sender's messages are done; as many others may be said."""
        if count > 0:
            sender.answered += count
            self._say(sender, count)

    def _hear_as_observer(self, descriptor: int, length: int) -> None:
        numbers = self._observers[descriptor].numbers(bytes(self._crowd.buffer[:length]))
        now, base, sent_at = time.perf_counter(), self._base, self._sent_at
        self._latencies.extend([now - sent_at[number - base] for number in numbers])
        if not self._language.answer and descriptor == self._observing[0]:
            self._go_on(numbers)

    def _go_on(self, numbers: list[int]) -> None:
        """Those whose messages these are may say as many more."""
        counts: dict[Sender, int] = {}
        for number in numbers:
            owner = self._owners[number - self._base]
            counts[owner] = counts.get(owner, 0) + 1
        for sender, count in counts.items():
            self._answered(sender, count)

    # --- the end ---------------------------------------------------------------------------------

    def _is_done(self) -> bool:
        return next(self._missing(), None) is None

    def _missing(self) -> Iterator[str]:
        """Who has not got exactly what was said, in words."""
        messages, users = len(self._sent_at), self._crowd.users
        for each, observer in self._observers.items():
            if observer.count != messages:
                yield f"user {users[each]} has {observer.count} messages instead of {messages}"
        for each, sender in self._senders.items():
            expected = messages - (0 if self._language.echoes else sender.said)
            if (sender.marks, sender.answered) != (expected, sender.said):
                yield (
                    f"user {users[each]} has {sender.marks} messages instead of {expected}, and"
                    f" {sender.answered} answers to {sender.said}"
                )
        heard, length = self._crowd.heard, self._observers[self._observing[0]].length
        for each in self._plain:
            if heard[each] != length:
                yield f"user {users[each]} has {heard[each]} bytes instead of {length}"

    def _check(self) -> None:
        """Raise Lost unless everybody has got everything, once."""
        wrong = list(self._missing())
        if wrong:
            raise Lost(f"{len(wrong)} have not what was said: {'; '.join(wrong[:3])}")
