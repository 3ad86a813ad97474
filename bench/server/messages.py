"""Messages from one to one, in 500 pairs: what a message costs, and how many there can be.

Of MiniChat each is stored durably before it is acknowledged and delivered; of the others none is.
"""

from bench.server.results import Result
from bench.server.scene import Options, Scene
from bench.server.servers import People
from bench.server.side_by_side import Gathering, columns, rounds

PAIRS = 500
QUICK_PAIRS = 50
IN_FLIGHT = (1, 16)


def measure(options: Options) -> list[Result]:
    """All servers, in as many rounds as there are to be."""
    pairs = QUICK_PAIRS if options.quick else PAIRS
    people = People(users=2 * pairs, pairs=pairs)
    cases = {f"{pairs}/{each}": (pairs, each) for each in IN_FLIGHT}
    with Gathering(options.servers, people, "pair_up") as gathering:
        return rounds(gathering, cases, options)


SCENE = Scene("messages (pairs/in flight)", measure, columns("µs/message"))
