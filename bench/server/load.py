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
from bench.server.processes import cores
from bench.server.talking import Talk

ROOM = 1
"""The room of the fan-out."""


class Load:
    """Obeys orders."""

    def __init__(self) -> None:
        self._crowd: Crowd | None = None
        self._talk: Talk | None = None

    def enter(self, language: str, address: list[Any], members: int) -> dict[str, float]:
        """Let that many into the room."""
        began = time.perf_counter()
        self._crowd = Crowd(LANGUAGES[language], (address[0], address[1]))
        self._crowd.log_in(range(members), ROOM)
        took = time.perf_counter() - began
        self._crowd.settle()
        self._talk = Talk(self._crowd, ROOM)
        return {"seconds": took}

    def talk(self, senders: int, in_flight: int, seconds: float, server: int) -> dict[str, float]:
        """Talk in the room; the figures of a stretch."""
        return self._talk.stretch(senders, in_flight, seconds, server)._asdict()


def main() -> int:
    """Obey until the input ends."""
    core = cores()[1]
    if core:
        os.sched_setaffinity(0, core)
    gc.disable()  # nothing here is circular, and its walks would be taken for delays
    load = Load()
    for line in sys.stdin:
        order = json.loads(line)
        do: Callable[..., dict[str, float]] = getattr(load, order.pop("do"))
        try:
            answer: dict[str, Any] = do(**order)
        except Lost as error:
            answer = {"error": str(error)}
        print(json.dumps(answer), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
