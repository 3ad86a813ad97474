"""Under fire: some do what they should not, and what the others notice of it.

=========  =====================================================================================
slow       200 members of a room under load; ten of them stop reading, are closed, come back and
           resume
asleep     2,000 who stop reading, in a room that goes on
dripping   2,000 who read a byte a second
writing    2,000 who write a frame, a byte a second
mix        a flood of 10,000 lines a second, a thousand who come and go, 200 logins with hashes,
           a history scroller and a storm of searches, all at once, beside 200 who talk
=========  =====================================================================================

Each is measured without and with. What is wrong, such as a message that came twice, is in the
error of its result. Only MiniChat: the others do not store what they are to bring again.
"""

import gc
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple, TypeAlias

from bench.server.passing import Dripping, DrippingWriter, Guest, Sleeper, Visitor
from bench.server.people import Asker, Hearer, Person, Pinger, Talker
from bench.server.place import kernel_mib, place, rss_mib, said
from bench.server.processes import ServerProcess, cpu_seconds
from bench.server.results import Column, Result
from bench.server.scene import Options, Scene, say
from bench.server.servers import MINICHAT
from bench.server.turning import Latencies, Turning

COLUMNS = (
    Column("messages", "a second", 0),
    Column("delivery", "ms, p99", 1),
    Column("ping", "ms, p99", 1),
    Column("server", "% of a core", 0),
    Column("memory", "MiB at the most", 0),
    Column("system", "MiB of TCP", 0),
    Column("closed", "slow readers", 0),
)

# Connections begun at once: fewer than a listener holds.
AT_ONCE = 200

# Of a socket that is to be full soon.
SMALL_BUFFER = 2048


class Size(NamedTuple):
    """How much of everything."""

    members: int = 190
    slow: int = 10
    crowd: int = 2_000
    visitors: int = 1_000
    guests: int = 200
    searchers: int = 50
    messages: int = 100_000
    rate: int = 10_000
    seconds: float = 15.0


WHOLE = Size()
QUICK = Size(12, 2, 20, 10, 4, 3, 1_000, 200, 0.5)


class Ground:
    """The others: those who talk, listen and ping, whatever happens beside them."""

    def __init__(self, server: ServerProcess, size: Size, talkers: int) -> None:
        self.server = server
        self.crowd = Turning()
        self.size = size
        self.delays = Latencies()
        self._next = 0
        self.talkers = self.make(Talker, talkers)
        self.hearers = self.make(Hearer, size.members - talkers)
        for hearer in self.hearers[::10]:
            hearer.delays = self.delays
        self.pingers = self.make(Pinger, 3)

    @property
    def others(self) -> list[Person]:
        return [*self.talkers, *self.hearers, *self.pingers]

    def make(self, kind: type, count: int, **options: object) -> list:
        """So many people, each with a user of their own."""
        numbers = range(self._next, self._next + count)
        self._next += count
        return [kind(self.crowd, self.server.address, number, **options) for number in numbers]

    def come(self, people: Sequence[Person]) -> None:
        """Let them come in, some at a time."""
        for at in range(0, len(people), AT_ONCE):
            some = people[at : at + AT_ONCE]
            for one in some:
                one.connect()
            self.crowd.until(partial(_all_here, some))

    def measure(self, case: str, seconds: float) -> Result:
        """What the others have of it, for so long."""
        self.delays.taken.clear()
        for pinger in self.pingers:
            pinger.round_trips.taken.clear()
        before = sum(talker.acknowledged for talker in self.talkers)
        used = cpu_seconds(self.server.pid)
        self.crowd.run_for(seconds)
        pings = Latencies()
        for pinger in self.pingers:
            pings.taken += pinger.round_trips.taken
        lost = [one for one in self.others if one.gone]
        figures = {
            "messages": (sum(talker.acknowledged for talker in self.talkers) - before) / seconds,
            "delivery": self.delays.at(0.99),
            "ping": pings.at(0.99),
            "server": 100 * (cpu_seconds(self.server.pid) - used) / seconds,
            "memory": rss_mib(self.server),
            "system": kernel_mib(),
            "closed": said(self.server, "slow reader closed"),
        }
        return Result(case, MINICHAT, figures, f"{len(lost)} others were lost" if lost else "")

    def close(self, *others: Person) -> None:
        for one in (*self.others, *others):
            one.leave_for_good()


def _all_here(people: Sequence[Person]) -> bool:
    return all(one.here for one in people)


def slow(size: Size) -> list[Result]:
    """Those who stop reading are closed, and get everything when they have come back."""
    users = size.members + size.slow + 3
    with place(users) as server:
        ground = Ground(server, size, talkers=4)
        sleepers = ground.make(Sleeper, size.slow, receive_buffer=SMALL_BUFFER)
        for talker in ground.talkers:
            talker.in_flight = 16
        ground.come([*ground.others, *sleepers])
        results = [ground.measure("slow, without", size.seconds)]
        for sleeper in sleepers:
            sleeper.stop_reading()
        results.append(ground.measure("slow, with", size.seconds))
        error = _all_come_back(ground, sleepers)
        ground.close(*sleepers)
    return [results[0], results[1]._replace(error=results[1].error or error)]


def _all_come_back(ground: Ground, sleepers: Sequence[Sleeper]) -> str:
    """Let everybody be quiet, and the sleepers catch up; return what is wrong."""
    for talker in ground.talkers:
        talker.hush()
    ground.crowd.run_for(1.0)
    for sleeper in sleepers:
        sleeper.read_on()
    ground.crowd.run_for(1.0)
    for sleeper in sleepers:
        sleeper.resumed = not sleeper.gone
        if sleeper.gone:
            sleeper.connect()
    took = ground.crowd.until(lambda: all(sleeper.resumed for sleeper in sleepers), 120.0)
    ground.crowd.run_for(0.5)
    total = sum(talker.acknowledged for talker in ground.talkers)
    say(f"slow: all had everything again after {took:.1f} s, {total} messages")
    wrong = [one for one in sleepers if one.twice or one.holes or one.mark != total]
    return f"{len(wrong)} did not get all of it once and in order" if wrong else ""


def crowd_of(name: str, kind: type, size: Size, **options: object) -> list[Result]:
    """Many who do not read, or write hardly, beside two who talk ten times a second."""
    with place(size.members + size.crowd + 3) as server:
        ground = Ground(server, size, talkers=2)
        for talker in ground.talkers:
            talker.every, talker.text = 0.1, b"x" * 4_000
        ground.come(ground.others)
        results = [ground.measure(f"{name}, without", size.seconds)]
        many = ground.make(kind, size.crowd, **options)
        ground.come(many)
        for one in many:
            if kind is Sleeper:
                one.stop_reading()
        results.append(ground.measure(f"{name}, with", size.seconds))
        ground.close(*many)
    return results


def mix(size: Size) -> list[Result]:
    """All at once."""
    users = size.members + 3 + size.visitors + size.guests + size.searchers + 2
    with place(users, size.messages) as server:
        ground = Ground(server, size, talkers=size.members)
        for talker in ground.talkers:
            talker.every = 2.0
        for talker in ground.talkers[::10]:
            talker.delays = ground.delays
        ground.come(ground.others)
        results = [ground.measure("mix, without", size.seconds)]
        (flood,) = ground.make(Talker, 1, every=0.01, burst=size.rate // 100, stamped=False)
        visitors = ground.make(Visitor, size.visitors, stays=0.5, away=0.5)
        guests = ground.make(Guest, size.guests)
        page = f"0006|lobby||{max(2, size.messages // 2)}|200\n".encode()
        askers = ground.make(Asker, 1, request=page)
        askers += ground.make(Asker, size.searchers, request=b"0024|said before 9\n")
        everybody = [flood, *visitors, *guests, *askers]
        for number, one in enumerate(everybody):
            ground.crowd.call_later(number / len(everybody), one.connect)
        ground.crowd.run_for(2.0)
        results.append(ground.measure("mix, with", size.seconds))
        visits, logins = (sum(one.visits for one in some) for some in (visitors, guests))
        say(
            f"mix: the flood had {flood.acknowledged} of {flood.said} lines acknowledged; {visits} "
            f"visits, {logins} hashed logins, {askers[0].answers} pages, "
            f"{sum(one.answers for one in askers[1:])} searches"
        )
        ground.close(*everybody)
    return results


Case: TypeAlias = Callable[[Size], list[Result]]

CASES: tuple[Case, ...] = (
    slow,
    partial(crowd_of, "asleep", Sleeper, receive_buffer=SMALL_BUFFER),
    partial(crowd_of, "dripping", Dripping, receive_buffer=SMALL_BUFFER),
    partial(crowd_of, "writing", DrippingWriter),
    mix,
)


def measure(options: Options) -> list[Result]:
    """Every case in every round; the seconds of a stretch are those of :class:`Size`."""
    if not any(server.name == MINICHAT for server in options.servers):
        return []
    gc.disable()  # a pause here would be taken for one of the server
    try:
        size = QUICK if options.quick else WHOLE
        return [result for _ in range(options.rounds) for case in CASES for result in case(size)]
    finally:
        gc.enable()


SCENE = Scene("Under fire: what the others notice", measure, COLUMNS)
