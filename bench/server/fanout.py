"""Fan-out: one room, in which some talk and all hear; what a delivery costs the server."""

from itertools import groupby
from typing import NamedTuple

from bench.server.results import Result
from bench.server.scene import Options, Scene
from bench.server.servers import People
from bench.server.side_by_side import Gathering, columns, rounds


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
        members, senders, in_flight = map(int, text.split("/"))
        return cls(members, senders, in_flight)


CELLS = tuple(
    Cell(members, senders, in_flight)
    for members in (100, 1_000, 5_000)
    for senders in (1, 10, 100)
    for in_flight in (1, 16)
)
QUICK = (Cell(100, 1, 1), Cell(100, 10, 16), Cell(1_000, 1, 1), Cell(1_000, 10, 16))


def measure(options: Options) -> list[Result]:
    """All cells with all servers, in as many rounds as there are to be."""
    cells = [Cell.parse(text) for text in options.cells] or (QUICK if options.quick else CELLS)
    results = []
    for members, same in groupby(sorted(set(cells)), lambda cell: cell.members):
        cases = {str(cell): (cell.senders, cell.in_flight) for cell in same}
        people = People(users=members, members=members)
        with Gathering(options.servers, people, "enter") as gathering:
            results += rounds(gathering, cases, options)
    return results


SCENE = Scene("fan-out (members/senders/in flight)", measure, columns("µs/delivery"))
