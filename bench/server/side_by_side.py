"""Servers side by side, each with its people, who talk: what the fan-out and the pairs share.

All servers stand at the same time. Each case is measured with one after the other, round by round:
a machine that becomes slow becomes so for all.
"""

import contextlib
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from bench.server.orders import LoadError, LoadProcess
from bench.server.processes import StartError
from bench.server.results import Column, Result
from bench.server.scene import Options, say
from bench.server.servers import People, Running, Server

BUSY = 0.95
"""Part of its core above which the load may be what bounds the throughput."""

# Seconds after which a case is not measured with a server again; and what is in flight may take one
# so long that it is not measured at all, unless it was asked for by name.
ENOUGH = 12.0
TOO_LONG = 60.0


def columns(unit: str) -> tuple[Column, ...]:
    """The figures of a stretch; *unit* is that of the server's processor time."""
    return (
        Column("cpu", unit, 3, compared=True),
        Column("p99", "ms", 2, compared=True),
        Column("p50", "ms"),
        Column("messages", "/s", 0, compared=True),
        Column("server", "% of a core", 0),
        Column("load", "% of a core", 0),
    )


class Gathering:
    """The servers that could be started and filled; a context manager.

    *failed* says why the others could not.
    """

    def __init__(self, servers: Sequence[Server], people: People, come_in: str) -> None:
        """*come_in* is the load's order by which people come in."""
        self.failed: list[Result] = []
        self._people = people
        self._come_in = come_in
        self._filled: dict[str, Filled] = {}
        for server in servers:
            self._fill(server)

    def _fill(self, server: Server) -> None:
        users = self._people.users
        if users > server.most:
            why = f"not measured: so many take it too long to let in (at most {server.most:,})"
            self.failed.append(Result(f"{users:,} users", server.name, {}, note=why))
            return
        say(f"{server.name}: {users:,} come in")
        try:
            self._filled[server.name] = Filled(server, self._people, self._come_in)
        except (LoadError, StartError) as error:
            self.failed.append(Result(f"{users:,} users", server.name, {}, str(error)))

    def __iter__(self) -> Iterator["Filled"]:
        return iter(list(self._filled.values()))

    def renew(self, filled: "Filled") -> None:
        """Start that server anew: after what went wrong, nothing would be as it should."""
        del self._filled[filled.server.name]
        filled.close()
        self._fill(filled.server)

    def __enter__(self) -> "Gathering":
        return self

    def __exit__(self, *_: object) -> None:
        for filled in self:
            filled.close()


class Filled:
    """A server with its people, and the load that they are.

    Attributes:
        per_message: seconds of processor that a message took it in the last stretch.
    """

    def __init__(self, server: Server, people: People, come_in: str) -> None:
        self.server = server
        self.per_message = 0.0
        with contextlib.ExitStack() as stack:
            running = stack.enter_context(Running(server, people))
            self._load = stack.enter_context(LoadProcess(running))
            self._load.order(come_in, users=people.users)
            self._pid = running.process.pid
            self._stack = stack.pop_all()

    def talk(self, senders: int, in_flight: int, seconds: float) -> dict[str, float]:
        """The figures of a stretch of talking. Raises LoadError."""
        talk = {"senders": senders, "in_flight": in_flight, "seconds": seconds}
        stretch = self._load.order("talk", server=self._pid, **talk)
        self.per_message = stretch["cpu"] / stretch["messages"]
        return stretch

    def close(self) -> None:
        """End both."""
        self._stack.close()


def rounds(
    gathering: Gathering, cases: Mapping[str, tuple[int, int]], options: Options
) -> list[Result]:
    """Measure *cases*, which are senders and messages that each has in flight, by name."""
    results = list(gathering.failed)
    for case, (senders, in_flight) in cases.items():
        say(case)
        spent: Counter[str] = Counter()
        for _ in range(options.rounds):
            for filled in gathering:
                name = filled.server.name
                expected = senders * in_flight * filled.per_message
                if spent[name] > ENOUGH:
                    continue
                if not options.cells and expected > TOO_LONG:
                    note = f"not measured: it would take some {expected:,.0f} s"
                    results.append(Result(case, name, {}, note=note))
                    continue
                began = time.monotonic()
                results.append(_round(gathering, filled, case, senders, in_flight, options))
                spent[name] += time.monotonic() - began
    return results


def _round(
    gathering: Gathering,
    filled: Filled,
    case: str,
    senders: int,
    in_flight: int,
    options: Options,
) -> Result:
    name = filled.server.name
    try:
        return _result(case, name, filled.talk(senders, in_flight, options.seconds))
    except LoadError as error:
        gathering.renew(filled)
        return Result(case, name, {}, str(error))


def _result(case: str, name: str, stretch: Mapping[str, float]) -> Result:
    seconds = stretch["seconds"]
    server, load = stretch["cpu"] / seconds, stretch["load_cpu"] / seconds
    figures = {
        "cpu": stretch["cpu"] / stretch["deliveries"] * 1e6,
        "p50": stretch["p50"] * 1e3,
        "p99": stretch["p99"] * 1e3,
        "messages": stretch["messages"] / seconds,
        "server": server * 100,
        "load": load * 100,
    }
    note = "the load was the bottleneck" if load > BUSY > server else ""
    return Result(case, name, figures, note=note)
