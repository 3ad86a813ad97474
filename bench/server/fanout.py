"""Fan-out: one room, in which some talk and all hear; what a delivery costs the server.

All servers stand at the same time, each with its room full of people. Each cell is measured with
one server after the other, round by round: a machine that becomes slow becomes so for all.
"""

import contextlib
from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from bench.server.orders import LoadError, LoadProcess
from bench.server.processes import StartError
from bench.server.results import Column, Result
from bench.server.scene import Options, Scene, say
from bench.server.servers import People, Running, Server

BUSY = 0.95
"""Part of its core above which the load may be what bounds the throughput."""


class Cell(NamedTuple):
    """Members of the room, how many of them talk, and messages that each has in flight."""

    members: int
    senders: int
    in_flight: int

    def __str__(self) -> str:
        return "/".join(map(str, self))

    @classmethod
    def parse(cls, text: str) -> "Cell":
        """The cell that is written as 1000/10/16. Raises ValueError."""
        return cls(*map(int, text.split("/", 2)))


CELLS = tuple(
    Cell(members, senders, in_flight)
    for members in (100, 1_000, 5_000)
    for senders in (1, 10, 100)
    for in_flight in (1, 16)
)
QUICK = (Cell(100, 1, 1), Cell(100, 10, 16), Cell(1_000, 1, 1), Cell(1_000, 10, 16))

COLUMNS = (
    Column("cpu", "µs/delivery", 3, compared=True),
    Column("p99", "ms", 2, compared=True),
    Column("p50", "ms"),
    Column("messages", "/s", 0),
    Column("server", "% of a core", 0),
    Column("load", "% of a core", 0),
)


class Room:
    """A server whose room is full, and the load that fills it."""

    def __init__(self, server: Server, members: int) -> None:
        with contextlib.ExitStack() as stack:
            running = stack.enter_context(Running(server, People(members, members)))
            self._load = LoadProcess()
            stack.callback(self._load.close)
            address = running.process.address
            self._load.order("enter", language=server.language, address=address, members=members)
            self._pid = running.process.pid
            self._stack = stack.pop_all()

    def measure(self, cell: Cell, seconds: float) -> dict[str, float]:
        """The figures of a stretch. Raises LoadError."""
        talk = {"senders": cell.senders, "in_flight": cell.in_flight, "seconds": seconds}
        return self._load.order("talk", server=self._pid, **talk)

    def close(self) -> None:
        """End both."""
        self._stack.close()


def measure(options: Options) -> list[Result]:
    """All cells with all servers, in as many rounds as there are to be."""
    cells = [Cell.parse(text) for text in options.cells] or (QUICK if options.quick else CELLS)
    results = []
    for members, same in groupby(sorted(set(cells)), lambda cell: cell.members):
        with contextlib.ExitStack() as stack:
            rooms: dict[str, Room] = {}
            for server in options.servers:
                say(f"{server.name}: {members} come in")
                try:
                    rooms[server.name] = Room(server, members)
                except (LoadError, StartError) as error:
                    results.append(Result(f"{members}", server.name, {}, str(error)))
                else:
                    stack.callback(rooms[server.name].close)
            results += _rounds(rooms, same, options)
    return results


def _rounds(rooms: dict[str, Room], cells: Iterable[Cell], options: Options) -> list[Result]:
    results = []
    for cell in cells:
        say(f"cell {cell}")
        for _ in range(options.rounds):
            for name, room in rooms.items():
                try:
                    results.append(_result(cell, name, room.measure(cell, options.seconds)))
                except LoadError as error:
                    results.append(Result(str(cell), name, {}, str(error)))
    return results


def _result(cell: Cell, name: str, stretch: dict[str, float]) -> Result:
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
    return Result(str(cell), name, figures, note=note)


SCENE = Scene("fan-out (members/senders/in flight)", measure, COLUMNS)
