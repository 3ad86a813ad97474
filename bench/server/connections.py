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

CASE = "connections"

# The language of plain connections, in which nothing answers a ping.
PLAIN = "minichat-basic"

HELD = 9_500
QUICK_HELD = 1_000

# Those who are there when the memory is first looked at: by then a server has all its parts.
FIRST = 20

STAYING = 20

# Seconds over which those who are only there are watched before the memory is looked at again:
# some servers take that long to give back what a login has needed.
WATCHED = 12.0
QUICK_WATCHED = 4.0

# Seconds for which those who stay ping: longer than anybody should take to come back.
PINGED = 6.0

COLUMNS = (
    Column("memory", "KiB of PSS each", 2, compared=True),
    Column("held", "% of a core", 2),
    Column("back", "s", 2, compared=True),
    Column("p99", "ms, who stayed", 1, compared=True),
    Column("cpu", "µs/reconnect", 0, compared=True),
)


def measure(options: Options) -> list[Result]:
    """Every server, one after the other; MiniChat in as many rounds as there are to be, the others
    once, and the memory of plain connections once."""
    results = []
    for number in range(options.rounds):
        for server in options.servers:
            ours = server.name.partition("@")[0] == MINICHAT
            if ours or number == 0:
                results.append(_measure(server, options))
            if ours and number == 0:
                plain = server._replace(name=f"{server.name}, plain", language=PLAIN)
                results.append(_measure(plain, options))
    return results


def _measure(server: Server, options: Options) -> Result:
    held = min(QUICK_HELD if options.quick else HELD, server.most)
    say(f"{server.name}: {held:,} connections")
    figures: dict[str, float] = {}
    try:
        with Running(server, People(STAYING + held)) as running, LoadProcess(running) as load:
            _hold(running.process.pid, load, held, options, figures)
            if server.language != PLAIN:
                _come_back(running, load, held, figures)
    except (LoadError, StartError) as error:
        return Result(CASE, server.name, figures, str(error))
    return Result(CASE, server.name, figures, note=f"{held:,} of them")


def _hold(
    pid: int, load: LoadProcess, held: int, options: Options, figures: dict[str, float]
) -> None:
    """Let them in, and look what they take."""
    seconds = QUICK_WATCHED if options.quick else WATCHED
    load.order("come_in", first=STAYING, count=FIRST)
    load.order("settle")
    before = pss_kib(pid)
    load.order("come_in", first=STAYING + FIRST, count=held - FIRST)
    load.order("settle")
    figures["held"] = load.order("stay", seconds=seconds, server=pid)["cpu"] / seconds * 100
    figures["memory"] = (pss_kib(pid) - before) / (held - FIRST)


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
