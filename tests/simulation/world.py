"""One seed: a server, a few clients, and everything that happens to them, from start to verdict.

A step lets a little time pass. Something may break, a person may write; then some of what could
happen does: bytes arrive, the server turns, a lane works, a client reads, a timer fires. After a
number of steps faults cease; then everything must settle, and the oracle judges.
"""

import contextlib
import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import conf
from conf.layers import DEFAULT_FILE
from conf.settings import sqlite_url
from reactor.records import NewUser
from reactor.storage import Storage
from tests.helpers.clock import FakeClock
from tests.simulation import disk
from tests.simulation.client import Client
from tests.simulation.disk import Disk
from tests.simulation.edges import hashed, replaced, scaled
from tests.simulation.faults import Faults
from tests.simulation.logged import ServerFaults
from tests.simulation.network import Network
from tests.simulation.oracle import Oracle
from tests.simulation.person import Person
from tests.simulation.plan import Plan, draw
from tests.simulation.server import ServerProcess

SETTLING_STEPS = 4_000
"""Steps in which everything must have settled after the faults; some hundred are usual."""

USERS = tuple(f"user{number}" for number in range(1, 4))

SHORT_WAIT = 30.0
"""Seconds, on average, of the waits in which nothing happens but timers."""

WAITS = 0.02
"""How probable such a wait is at a step, even if something else could happen."""

WAITS_IF_IDLE = 0.3
"""How probable it is, when nothing happens at a step, that time passes until something is due."""

COMING_BACK = "everybody had to come back"


@dataclass
class Verdict:
    """What became of one seed.

    Attributes:
        violations: what should not have been; empty is good.
        counts: how often each thing happened.
        seconds: of the world's time.
        trace: what happened, a line for each step; empty unless it was wanted.
    """

    seed: int
    violations: list[str]
    counts: Counter[str]
    seconds: float
    trace: list[str] = field(default_factory=list)


class Place:
    """A directory for the worlds' files, in memory where the system has such a place."""

    def __init__(self, directory: Path) -> None:
        self.template = directory / "template.db"
        self.database = directory / "world.db"
        storage = Storage(sqlite_url(self.template))
        storage.open()
        users = [NewUser(user, user.title(), hashed("secret")) for user in USERS]
        storage.accounts.add_users(users)
        storage.close()
        with contextlib.closing(sqlite3.connect(self.template)) as database:
            database.execute("UPDATE fact SET value = 'first' WHERE name = 'epoch'")
            database.commit()
        self.settings = conf.load(
            DEFAULT_FILE, {"database_url": sqlite_url(self.database)}, environ={}
        )

    def begin(self) -> None:
        """Begin with the template's data, whatever was before."""
        for old in (*self.database.parent.glob("world.*"), *self.database.parent.glob("client*")):
            old.unlink()
        shutil.copyfile(self.template, self.database)

    def file_of(self, client: int) -> Path:
        """Where that client keeps what it knows."""
        return self.database.with_name(f"client{client}.sqlite3")


@contextlib.contextmanager
def place() -> Iterator[Place]:
    """A place, for as long as it is needed."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(
        prefix="minichat-simulation-", dir=memory if memory.is_dir() else None
    ) as directory:
        yield Place(Path(directory))


def run(seed: int, where: Place, *, trace: bool = False) -> Verdict:
    """Run one seed."""
    random = Random(seed)
    plan = draw(random)
    where.begin()
    with scaled(plan.constants):
        world = World(random, plan, where, trace=trace)
        with world.running():
            world.live()
    return Verdict(
        seed, world.violations, world.counts, world.clock() - FakeClock().now, world.trace
    )


class World:
    """A server, clients, and what is between them."""

    def __init__(self, random: Random, plan: Plan, where: Place, *, trace: bool) -> None:
        self.clock = FakeClock()
        self.counts: Counter[str] = Counter()
        self.trace: list[str] = []
        self._tracing = trace
        self._random = random
        self._plan = plan
        self._oracle = Oracle(where.database, self.counts)
        self._disk = Disk(random, self.counts)
        self._network = Network(random, self.clock, self.counts, plan.capacity)
        self._network.tap = self._oracle.sent_by_server
        settings = where.settings.model_copy(update=plan.settings)
        self._server = ServerProcess(
            random, self.clock, self._network, self._disk, settings, self.counts
        )
        self._clients = [
            Client(
                f"c{number}",
                user,
                random,
                self.clock,
                self._oracle,
                where.file_of(number) if plan.keeps[number] else None,
                self.counts,
            )
            for number, user in enumerate(plan.clients)
        ]
        self._people = [
            Person(client, random, plan, self._oracle, USERS) for client in self._clients
        ]
        self._faults = Faults(
            random,
            self.clock,
            self.counts,
            self._network,
            self._disk,
            self._server,
            self._clients,
            self._oracle,
            where.database,
        )
        self._server_faults = ServerFaults(self.counts)

    @property
    def violations(self) -> list[str]:
        return self._oracle.violations + self._server_faults.caught

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """The product's edges are this world's."""
        with (
            replaced(self.clock, self._network, self._disk, self._server, self._random),
            self._server_faults.watched(),
        ):
            try:
                yield
            finally:
                if self._server.is_up:
                    self._server.crash(0)
                for client in self._clients:
                    client.kill(0)
                self._oracle.close()

    # --- from start to verdict -------------------------------------------------------------------

    def live(self) -> None:
        """All of it; ends early at a violation."""
        if self._tracing:
            self.trace.append(str(self._plan))
        self._disk.rates = dict(self._plan.disk)
        for client in self._clients:
            client.crash_rate = self._plan.client_crashes
        for number in range(self._plan.steps):
            self._step(is_quiet=number >= self._plan.quiet_from)
            if self.violations:
                return
        self._note(self._faults.cease())
        for _ in range(SETTLING_STEPS):
            if self.violations:
                return
            if not self._settling_step():
                self._oracle.judge(self._clients)
                return
        self._oracle.does_not_settle(self._unsettled())

    def _step(self, *, is_quiet: bool) -> None:
        random, plan = self._random, self._plan
        self.clock.advance(random.expovariate(1 / plan.pace))
        for happening, rate in plan.happenings.items():
            if random.random() < rate:
                self._note(self._faults.happen(happening))
        if random.random() < WAITS:
            self.clock.advance(random.expovariate(1 / SHORT_WAIT))
            self._note("a while passes")
        if not is_quiet and random.random() < plan.talk:
            self._note(random.choice(self._people).act())
        if not self._round(plan.diligence) and random.random() < WAITS_IF_IDLE:
            self._wait()

    def _settling_step(self) -> bool:
        """Let everybody do what is to be done; False when there is nothing left."""
        self.clock.advance(0.001)
        if self._round():
            return True
        wishes = [wish for person in self._people if (wish := person.wants()) is not None]
        if wishes:
            self._note(self._random.choice(wishes)())
            return True
        if not self._unsettled():
            return False
        if self._may_have_to_come_back():
            self.counts[COMING_BACK] += 1
            self._note(self._network.everybody_back())
            return True
        self._wait()
        return True

    def _round(self, diligence: float = 1.0) -> bool:
        """Let each part do what it can, or some of it; whether any did something."""
        parts = [self._network_moves, self._server.moves, *(c.moves for c in self._clients)]
        self._random.shuffle(parts)
        moved = False
        for part in parts:
            for move in part():
                if diligence == 1.0 or self._random.random() < diligence:
                    self._note(move())
                    moved = True
        return moved

    def _network_moves(self) -> list[Callable[[], str]]:
        self._network.forget_gone()
        return self._network.moves()

    def _wait(self) -> None:
        """Let time pass until something is due."""
        times = self._server.next_time() + self._network.next_time()
        for client in self._clients:
            times += client.next_time()
        self.clock.now = max(self.clock.now, min(times, default=self.clock.now))
        self._note("time passes")

    # --- is all well? ----------------------------------------------------------------------------

    def _may_have_to_come_back(self) -> bool:
        """Whether somebody may lack something because a commit's answer was lost.

        It was stored, nobody knew, and who had asked for it did not come back: a message shows with
        the next one, whose number shows the gap, a room or a member at the next login.
        """
        all_quiet = all(client.online and not client.waiting for client in self._clients)
        return all_quiet and any(map(self.counts.get, disk.HIDING)) and not self.counts[COMING_BACK]

    def _unsettled(self) -> str:
        """Who has not got everything, and what is not said; empty when all is well."""
        found = [(client, self._lacks(client)) for client in self._clients]
        return "; ".join(f"{client.account()}: {lacks}" for client, lacks in found if lacks)

    def _lacks(self, client: Client) -> str:
        if not client.online or client.waiting:
            return "there is more to do"
        return self._oracle.lacks(client)

    def _note(self, what: str) -> None:
        self.counts["steps"] += 1
        if self._tracing:
            self.trace.append(f"{self.clock():10.3f} {what}")
