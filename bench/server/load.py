"""The load: ``python -m bench.server.load``, in a process of its own for each server.

Each line of input is an order in JSON, ``{"do": …}`` and what belongs to it; each is answered by a
line of JSON, ``{"error": …}`` if it could not be obeyed. At the end of the input it ends.
"""

import gc
import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any

from bench.server.crowd import Crowd, Lost
from bench.server.languages import LANGUAGES
from bench.server.one_room import OneRoom
from bench.server.pairs import Pairs
from bench.server.processes import cores, cpu_seconds
from bench.server.staying import ping
from bench.server.talking import Talking

ROOM = 1
"""The room of the fan-out."""


class Load:
    """Obeys orders for one server. Every method that has no underscore is an order."""

    def __init__(self, crowd: Crowd) -> None:
        self._crowd = crowd
        self._talking: Talking | None = None

    def enter(self, users: int) -> dict[str, float]:
        """Let that many into the room."""
        self._crowd.log_in(range(users), ROOM)
        self._crowd.settle()
        self._talking = OneRoom(self._crowd, ROOM)
        return {}

    def pair_up(self, users: int) -> dict[str, float]:
        """Let that many in, who will talk in pairs."""
        self._crowd.log_in(range(users), None)
        self._crowd.settle()
        self._talking = Pairs(self._crowd)
        return {}

    def talk(self, senders: int, in_flight: int, seconds: float, server: int) -> dict[str, float]:
        """Talk; the figures of a stretch."""
        return self._talking.stretch(senders, in_flight, seconds, server)._asdict()

    def come_in(self, first: int, count: int) -> dict[str, float]:
        """Let *count* more in, from user *first* on."""
        self._crowd.log_in(range(first, first + count), None)
        return {}

    def settle(self) -> dict[str, float]:
        """Read until it is quiet."""
        self._crowd.settle()
        return {}

    def stay(self, seconds: float, server: int) -> dict[str, float]:
        """Only be there; what that costs the server."""
        before = cpu_seconds(server)
        self._crowd.listen(seconds)
        return {"cpu": cpu_seconds(server) - before}

    def come_back(self, server: int) -> dict[str, float]:
        """Lose all connections, and log in again; until the last is in."""
        began, before = time.perf_counter(), cpu_seconds(server)
        users = list(self._crowd.users.values())
        self._crowd.leave(self._crowd.descriptors)
        self._crowd.log_in(users, None)
        return {"seconds": time.perf_counter() - began, "cpu": cpu_seconds(server) - before}

    def ping(self, seconds: float) -> dict[str, list[float]]:
        """When answers to pings came, and how long they took."""
        at, took = ping(self._crowd, seconds)
        return {"at": at, "took": took}


def main() -> int:
    """Obey until the input ends. The first line is the server: see :mod:`bench.server.orders`."""
    core = cores()[1]
    if core:
        os.sched_setaffinity(0, core)
    gc.disable()  # nothing here is circular, and its walks would be taken for delays
    language, host, port, at_once = json.loads(sys.stdin.readline())
    load = Load(Crowd(LANGUAGES[language], (host, port), at_once))
    for line in sys.stdin:
        order = json.loads(line)
        do: Callable[..., dict[str, Any]] = getattr(load, order.pop("do"))
        try:
            answer: dict[str, Any] = do(**order)
        except (Lost, OSError) as error:
            answer = {"error": str(error)}
        print(json.dumps(answer), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
