"""Connections: what an idle one takes of memory, and all of them coming back at once.

Those who come back were all there a moment before, and all lose their connections in the same
moment. Each logs in again, with a token where that is what one logs in with. Some others stay, and
ping meanwhile.
"""

import time
from collections.abc import Sequence

from bench.server.orders import LoadError, LoadProcess
from bench.server.processes import StartError, pss_kib
from bench.server.results import Column, Result
from bench.server.scene import Options, Scene, say
from bench.server.servers import MINICHAT, People, Running, Server

HELD = 9_500
QUICK_HELD = 1_000

# Those who are there when the memory is first looked at: by then a server has all its parts. The
# second look waits: some take back a few seconds later what a login has needed.
FIRST = 20
COUNTED = 2_000
IDLE = 6.0

STAYING = 20

# Seconds over which those who are only there are watched, and for which some ping.
WATCHED = 3.0
PINGED = 8.0

COLUMNS = (
    Column("memory", "KiB of PSS each", 2, compared=True),
    Column("held", "% of a core", 2),
    Column("back", "s", 2, compared=True),
    Column("p99", "ms, who stayed", 1, compared=True),
    Column("cpu", "µs/reconnect", 0, compared=True),
)


def measure(options: Options) -> list[Result]:
    """Every server, one after the other; MiniChat in as many rounds as there are to be."""
    results = []
    for number in range(options.rounds):
        for server in options.servers:
            ours = server.name.partition("@")[0] == MINICHAT
            if ours or number == 0:
                results.append(_measure(server, options))
            if ours:
                plain = server._replace(name=f"{server.name}, plain", language="minichat-basic")
                results.append(_measure(plain, options))
    return results


def _measure(server: Server, options: Options) -> Result:
    held = min(QUICK_HELD if options.quick else HELD, server.most)
    case = "connections"
    say(f"{server.name}: {held:,} connections")
    figures: dict[str, float] = {}
    try:
        with Running(server, People(STAYING + held)) as running, LoadProcess(running) as load:
            _hold(running.process.pid, load, held, figures)
            if server.language != "minichat-basic":  # which has no ping
                _come_back(running, load, held, figures)
    except (LoadError, StartError) as error:
        return Result(case, server.name, figures, str(error))
    note = "" if held == HELD else f"of {held:,}"
    return Result(case, server.name, figures, note=note)


def _hold(pid: int, load: LoadProcess, held: int, figures: dict[str, float]) -> None:
    """Let them in, and look what they take."""
    first, counted = min(FIRST, held // 4), min(COUNTED, held // 2)
    load.order("come_in", first=STAYING, count=first)
    load.order("settle")
    before = pss_kib(pid)
    load.order("come_in", first=STAYING + first, count=counted)
    load.order("stay", seconds=IDLE, server=pid)
    figures["memory"] = (pss_kib(pid) - before) / counted
    rest = held - first - counted
    load.order("come_in", first=STAYING + first + counted, count=rest)
    load.order("settle")
    figures["held"] = load.order("stay", seconds=WATCHED, server=pid)["cpu"] / WATCHED * 100


def _come_back(running: Running, load: LoadProcess, held: int, figures: dict[str, float]) -> None:
    """All but a few at once."""
    with LoadProcess(running) as staying:
        staying.order("come_in", first=0, count=STAYING)
        staying.begin("ping", seconds=PINGED)
        time.sleep(PINGED / 20)
        began = time.monotonic()
        came = load.order("come_back", server=running.process.pid)
        ended = time.monotonic()
        pings = staying.end()
    meanwhile = [
        took for at, took in zip(pings["at"], pings["took"], strict=True) if began <= at <= ended
    ]
    figures["back"] = came["seconds"]
    figures["cpu"] = came["cpu"] / held * 1e6
    if meanwhile:
        figures["p99"] = _p99(meanwhile) * 1e3


def _p99(values: Sequence[float]) -> float:
    return sorted(values)[int(len(values) * 0.99)]


SCENE = Scene("connections", measure, COLUMNS)
