"""What a scene is: it is given options, and leaves results."""

import sys
from collections.abc import Callable, Sequence
from typing import NamedTuple

from bench.server.results import Column, Result
from bench.server.servers import Server


class Options(NamedTuple):
    """What is to be measured, and how much of it.

    Attributes:
        servers: those that were asked for and are installed.
        rounds: how often each case is measured.
        seconds: of each stretch of load.
        quick: little of everything: does it work, and roughly how?
        cells: of the fan-out, as ``members/senders/in flight``; empty: all.
        large_room: the directory of the database with ten million messages; empty: a smaller one.
    """

    servers: tuple[Server, ...]
    rounds: int = 3
    seconds: float = 2.0
    quick: bool = False
    cells: tuple[str, ...] = ()
    large_room: str = ""


class Scene(NamedTuple):
    """*measure* does it; *columns* are the figures that it leaves."""

    title: str
    measure: Callable[[Options], Sequence[Result]]
    columns: Sequence[Column]


def say(text: str) -> None:
    """What is being done, for who waits. Results are on standard output, this is not."""
    print(text, file=sys.stderr, flush=True)
