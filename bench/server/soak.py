"""A soak: an ordinary load with churn, for long, and whether the server stays as it is.

``python -m bench.server.soak --minutes 60`` prints a line of figures every so often, and in the end
by what each of them grows in an hour: the slope of the line that fits them best, without the first
fifth of the time, in which caches and the allocator's arenas fill.

All the while, in one crowd: people who talk in the lobby, some who come and go, some who go into
rooms, talk there and leave them, a few who read history or search, and now and then one who stops
reading until it is closed, comes back and resumes.
"""

import argparse
import os
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bench.server.passing import Guest, Sleeper, Visitor
from bench.server.people import Asker, Person, Pinger, Talker
from bench.server.place import place, said
from bench.server.processes import (
    ServerProcess,
    cpu_seconds,
    descriptors,
    pss_kib,
    raise_descriptors,
)
from bench.server.turning import Latencies, Turning

USERS = 1_000
MESSAGES = 20_000
TALKERS = 150

# Marks that are low, so that a sleeper comes over them in a while.
SETTINGS = {"send_queue_hard": 262_144, "send_queues_total": 8_388_608}

# Seconds between two samples; between two who fall asleep; for which one sleeps; and between two
# pings and two questions of one.
SAMPLE_EVERY = 20.0
DOZE_EVERY = 45.0
DOZES_FOR = 60.0
PING_EVERY = 1.0
ASK_EVERY = 3.0

# Of the samples, those at the beginning that do not count.
WARM_UP = 5


class Settler(Person):
    """Makes a room; then goes into a neighbour's, says something, leaves it, and so on.

    Attributes:
        stays: how often it was in one.
    """

    stays = 0
    neighbour = ""

    def came_in(self) -> None:
        self.send(f"0011|hall {self.user}|public\n".encode())

    def heard(self, data: bytes) -> None:
        for line in data.split(b"\n"):
            if line.startswith(b"1000|0012|ok|"):
                self.stays += 1
                self._room = line.split(b"|")[4]
                self.send(b"0002|%s|hello|%s\n" % (self.user.encode(), self._room))
            elif line.startswith(b"1000|0002|ok|"):
                self.send(b"0013|%s\n" % self._room)
            elif line.startswith((b"1000|0013|", b"1000|0011|", b"1000|0012|")):
                self.crowd.call_later(random.uniform(5, 15), self._go_in)

    def _go_in(self) -> None:
        self.send(f"0012|hall {self.neighbour}\n".encode())


class Dozer(Sleeper):
    """Falls asleep now and then; when it was closed for that, it comes back and resumes.

    Attributes:
        comebacks: how often.
    """

    comebacks = 0

    def doze(self) -> None:
        if self.here:
            self.stop_reading()
            self.crowd.call_later(DOZES_FOR, self._wake)

    def left(self) -> None:
        if self.at_it:
            self.comebacks += 1
            self.crowd.call_later(1.0, self.connect)

    def _wake(self) -> None:
        if not self.gone:
            self.read_on()


class Soak:
    """The people, and what is sampled."""

    def __init__(self, server: ServerProcess, rate: float, visits: float) -> None:
        """*rate*: messages a second in the lobby; *visits*: a second."""
        self.server = server
        self.crowd = Turning()
        self._numbers = iter(range(USERS))
        make = self._make
        self.staying = make(Talker, TALKERS, every=TALKERS / rate)
        self.pingers = make(Pinger, 5, every=PING_EVERY)
        self.dozers = make(Dozer, 5, receive_buffer=2048)
        self.settlers = make(Settler, 20)
        for number, one in enumerate(self.settlers):
            one.neighbour = self.settlers[number - 1].user
        self.visitors = [
            *make(Visitor, int(4 * visits), stays=2, away=2),
            *make(Guest, 10, stays=10, away=20),
        ]
        page = f"0006|lobby||{MESSAGES}|200\n".encode()
        self.askers = [
            *make(Asker, 4, request=page, every=ASK_EVERY),
            *make(Asker, 4, request=b"0024|said before 9\n", every=ASK_EVERY),
        ]
        # Long lines, which those who sleep do not read.
        self.loud = make(Talker, 1, every=1.0, burst=4, text=b"y" * 4_800, stamped=False)
        self.everybody: list[Person] = [
            *(*self.staying, *self.pingers, *self.dozers, *self.settlers),
            *(*self.visitors, *self.askers, *self.loud),
        ]

    def _make(self, kind: type, count: int, **options: object) -> list:
        address = self.server.address
        return [
            kind(self.crowd, address, number, **options)
            for number, _ in zip(self._numbers, range(count), strict=False)
        ]

    def run(self, seconds: float, every: float) -> tuple[list[float], list[dict[str, float]]]:
        """Go on for so long; return when samples were taken, and these."""
        for number, one in enumerate(self.everybody):
            self.crowd.call_later(number * 0.02, one.connect)
        self.crowd.until(lambda: all(one.here for one in self.staying + self.pingers), 120)
        self.crowd.call_later(DOZE_EVERY, self._somebody_dozes)
        began, used = time.monotonic(), cpu_seconds(self.server.pid)
        times: list[float] = []
        samples: list[dict[str, float]] = []
        while (left := began + seconds - time.monotonic()) > 0:
            self.crowd.run_for(min(every, left))
            times.append(time.monotonic() - began)
            samples.append(self._sample())
            used_now = (cpu_seconds(self.server.pid) - used) / times[-1]
            self._print(times[-1], samples[-1], used_now)
        return times, samples

    def _somebody_dozes(self) -> None:
        random.choice(self.dozers).doze()
        self.crowd.call_later(DOZE_EVERY, self._somebody_dozes)

    def _sample(self) -> dict[str, float]:
        pid = self.server.pid
        threads = Path(f"/proc/{pid}/task")
        return {
            "pss_kib": pss_kib(pid),
            "descriptors": descriptors(pid),
            "threads": len(os.listdir(threads)) if threads.exists() else float("nan"),
        }

    def _print(self, at: float, figures: dict[str, float], cpu: float) -> None:
        pings = Latencies()
        for one in self.pingers:
            pings.taken += one.round_trips.taken
            one.round_trips.taken.clear()
        told = "  ".join(f"{name} {value:.0f}" for name, value in figures.items())
        closed = said(self.server, "slow reader closed")
        print(
            f"{at:6.0f} s  {told}  cpu {cpu:.2f}  closed {closed}  ping p99 {pings.at(0.99):.1f} ms"
        )

    def tell(self, times: Sequence[float], samples: Sequence[dict[str, float]]) -> None:
        """The slopes, and what everybody has done."""
        first = len(times) // WARM_UP
        for name in samples[0]:
            values = [each[name] for each in samples[first:]]
            grows = slope(times[first:], values)
            print(f"{name}: from {min(values):.0f} to {max(values):.0f}, {grows:+.1f} an hour")
        print(f"visits: {sum(one.visits for one in self.visitors)}")
        print(f"stays in rooms: {sum(one.stays for one in self.settlers)}")
        print(f"pages and searches: {sum(one.answers for one in self.askers)}")
        print(f"closed for sleeping and back: {sum(one.comebacks for one in self.dozers)}")
        print(f"messages twice: {sum(one.twice for one in self.dozers)}")
        print(f"messages missing: {sum(one.holes for one in self.dozers)}")
        lost = [one for one in [*self.staying, *self.pingers, *self.settlers] if one.gone]
        print(f"others lost: {len(lost)}")

    def close(self) -> None:
        for one in self.everybody:
            one.leave_for_good()


def slope(times: Sequence[float], values: Sequence[float]) -> float:
    """By how much *values* grow in an hour, *times* being seconds: least squares."""
    middle, mean = sum(times) / len(times), sum(values) / len(values)
    spread = sum((at - middle) ** 2 for at in times)
    rises = ((at - middle) * (value - mean) for at, value in zip(times, values, strict=True))
    return 3600 * sum(rises) / spread if spread else 0.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Soak, and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.server.soak", description=__doc__)
    parser.add_argument("--minutes", type=float, default=60, help="how long (60)")
    parser.add_argument("--rate", type=float, default=100, help="messages a second (100)")
    parser.add_argument("--visits", type=float, default=40, help="visits a second (40)")
    parser.add_argument("--sample", type=float, default=SAMPLE_EVERY, help="every so many seconds")
    options = parser.parse_args(arguments)
    raise_descriptors()
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    with place(USERS, MESSAGES, SETTINGS) as server:
        soak = Soak(server, options.rate, options.visits)
        soak.tell(*soak.run(60 * options.minutes, options.sample))
        soak.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
