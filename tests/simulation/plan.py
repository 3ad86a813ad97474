"""What a seed draws before its first step: how many, how fast, how small, and which faults.

Each seed has some of the faults and not others, each at a rate of its own: where everything fails
all the time, nothing ever gets far. Bounds are drawn small, so that a hundred messages reach what
in a real server takes a hundred thousand: pages, full queues, batches that are cut.
"""

from dataclasses import dataclass
from random import Random
from typing import Any

from tests.simulation import disk

HAPPENINGS = (
    "reset",
    "reset that one end notices late",
    "line stalls",
    "server killed",
    "server stopped",
    "disk full for a while",
    "lanes full for a while",
    "client killed",
    "client signs out",
    "client does not read for a while",
    "database put back from a copy",
)
"""What can happen at any step, whatever else does."""

CLIENT_CRASHES = (0.0, 0.0, 0.003, 0.02)
"""How probable it is that a client ends at a transaction of its store."""

DISK_RATES = (0.003, 0.02, 0.1)
STEP_RATES = (0.001, 0.003, 0.01)

FAULTY = 0.25
"""How probable each fault is to be among those of a seed."""


SMALL_QUEUES = 0.25
"""How probable it is that send queues are so small that a slow reader is closed."""

# Texts are long then, and what comes in one piece is well below the hard mark, as in earnest.
SMALL_SETTINGS = {"send_queue_soft": 1_024, "send_queue_hard": 8_000}
SMALL_CONSTANTS = {"PAGE_BYTES": 500, "MAX_BATCH_CHARACTERS": 100}


@dataclass(frozen=True)
class Plan:
    """What one world is like.

    Attributes:
        steps: until faults cease.
        quiet_from: the step from which on nobody does anything: what is missed then is shown by no
            later message.
        clients: the user name of each.
        pace: seconds from one step to the next, on average.
        talk: how probable it is at a step that a person does something.
        diligence: how probable it is that what could happen at a step does.
        long_texts: how probable it is that a text is long.
        resends: how probable it is that, instead of something new, an old message is sent again.
        rooms: how probable it is that what a person does is about rooms and members.
        changes: how probable it is that it changes something that was said.
        keeps: for each client, whether it keeps what it knows on disk.
        client_crashes: how probable it is that one ends at a transaction of its store.
        happenings: how probable each of HAPPENINGS is at a step.
        disk: how probable each of :data:`tests.simulation.disk.FAULTS` is.
        settings: of the server, where they are not the default.
        constants: bounds of the product that have another value in this world.
        capacity: bytes that a direction of a link holds.
    """

    steps: int
    quiet_from: int
    clients: tuple[str, ...]
    pace: float
    talk: float
    diligence: float
    long_texts: float
    resends: float
    rooms: float
    changes: float
    keeps: tuple[bool, ...]
    client_crashes: float
    happenings: dict[str, float]
    disk: dict[str, float]
    settings: dict[str, Any]
    constants: dict[str, int]
    capacity: int


def draw(random: Random) -> Plan:
    """Draw a plan."""
    users = random.randint(1, 3)
    small = random.random() < SMALL_QUEUES
    steps = random.randint(150, 350)
    clients = tuple(f"user{random.randint(1, users)}" for _ in range(random.randint(2, 5)))
    return Plan(
        steps=steps,
        quiet_from=random.choice((steps, steps // 2)),
        clients=clients,
        pace=random.choice((0.001, 0.02, 0.3)),
        talk=random.choice((0.05, 0.2, 0.6)),
        diligence=random.choice((0.2, 0.5, 0.9)),
        long_texts=0.5 if small else random.choice((0.0, 0.0, 0.1, 0.5)),
        resends=random.choice((0.0, 0.05, 0.2)),
        rooms=random.choice((0.0, 0.1, 0.3)),
        changes=random.choice((0.0, 0.1, 0.3)),
        keeps=tuple(random.random() < 0.7 for _ in clients),
        client_crashes=random.choice(CLIENT_CRASHES),
        happenings=_rates(random, HAPPENINGS, STEP_RATES),
        disk=_rates(random, disk.FAULTS, DISK_RATES),
        settings=_settings(random) | (SMALL_SETTINGS if small else {}),
        constants=_constants(random) | (SMALL_CONSTANTS if small else {}),
        capacity=1_500 if small else random.choice((1_500, 10_000, 100_000)),
    )


def _rates(random: Random, faults: tuple[str, ...], rates: tuple[float, ...]) -> dict[str, float]:
    return {fault: random.choice(rates) for fault in faults if random.random() < FAULTY}


def _settings(random: Random) -> dict[str, Any]:
    return {
        "unacknowledged": random.choice((2, 5, 64)),
        "journal_waiting": random.choice((2, 5, 10_000)),
        "database_queue": random.choice((2, 4, 16_384)),
        "hashing_queue": random.choice((1, 3, 4_096)),
        "accepts_per_turn": random.choice((1, 64)),
    }


def _constants(random: Random) -> dict[str, int]:
    page = random.choice((3, 8, 200))
    return {
        "MAX_PAGE": page,
        "PAGE_BYTES": random.choice((500, 16_000)),
        "MAX_BATCH": random.choice((1, 3, 500)),
        "MAX_BATCH_CHARACTERS": random.choice((100, 65_536)),
        "MAX_IN_FLIGHT": random.choice((1, 4, 32)),
        "MAX_AHEAD": 5 * page,  # the proportion of the product
        "MAX_RESUMED": random.choice((1, 2, 200)),
        "MAX_MISSED": random.choice((5, 2_000)),
        "KEPT_BYTES": random.choice((500, 262_144)),
        "FRAMES_AT_ONCE": random.choice((1, 3, 16)),
        "RECEIVE_SIZE": random.choice((500, 65_536)),
        "READ_SIZE": random.choice((500, 65_536)),
    }
