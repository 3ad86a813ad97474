"""What a very large room costs: posting beside a new one, its history, and the search in it.

Measured at the storage, in this process: the rest of the server does not know how much is stored.
Each figure is of one call: CPU time is the process's, waiting is by the clock. Posting is measured
in two databases, the large one and an empty one, turn about, so that the machine's moods hit both.

``python -m bench.server.large_room DIRECTORY [MESSAGES]`` measures the whole of it.
"""

import secrets
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from bench.server.large_database import FREQUENT, RARE, USERS, build, room_of
from bench.server.results import Column, Result, told
from bench.server.scene import Options, Scene
from reactor.records import NewMessage, SearchPage
from reactor.storage import Storage

# In the room: where a directory is given; where none is; and if it is to be quick.
MESSAGES = 10_000_000
MANY_MESSAGES = 100_000
FEW_MESSAGES = 2_000

COLUMNS = (
    Column("calls", "", 0),
    Column("CPU a call", "µs", 1, compared=True),
    Column("median", "ms", 2),
    Column("p99", "ms", 2),
    Column("worst", "ms", 2),
)

BATCHES = (1, 100)

# Messages that are put into the search's index at once: posting leaves that for idle moments.
INDEXED_AT_ONCE = 1_000
PAGE = 50

TEXT = "x" * 64

# What is searched for: in some messages, in many, in none, and what no index of three letters helps
# with.
WORDS = {
    "a rare word": RARE,
    "a frequent word": FREQUENT,
    "two frequent words": f"{FREQUENT} would",
    "a word that nobody said": "interthatwhichould",
    "one letter": "q",
    "two letters": "qz",
    "one Chinese character": "们",
    "two Chinese characters": "丏丿",
    "three Chinese characters": "丏丿乌",
}

# Pages of a search that are looked at in a row: whoever scrolls for longer than that gives up.
PAGES = 40


class Amount(NamedTuple):
    """How often each thing is done in a round."""

    batches: int = 300
    pages: int = 300
    searches: int = 5


FEW = Amount(batches=3, pages=3, searches=1)


class Calls:
    """Collects what each call of one kind took."""

    def __init__(self) -> None:
        self._cpu: list[float] = []
        self._waited: list[float] = []

    @contextmanager
    def one(self) -> Iterator[None]:
        """Measure one call."""
        waited, cpu = time.perf_counter(), time.process_time()
        yield
        self._cpu.append(time.process_time() - cpu)
        self._waited.append(time.perf_counter() - waited)

    def result(self, case: str, database: str) -> Result:
        """What they were."""
        waited = sorted(self._waited)
        figures = {
            "calls": float(len(waited)),
            "CPU a call": sum(self._cpu) / len(waited) * 1e6,
            "median": waited[len(waited) // 2] * 1e3,
            "p99": waited[len(waited) * 99 // 100] * 1e3,
            "worst": waited[-1] * 1e3,
        }
        return Result(case, database, figures)


def measure(path: Path, rounds: int, amount: Amount) -> Iterator[Result]:
    """Measure the database at *path*, which grows by what is posted."""
    with TemporaryDirectory(dir=path.parent) as directory:
        large, new = Storage(f"sqlite:///{path}"), Storage(f"sqlite:///{directory}/new.db")
        build(Path(directory), 0).rename(Path(directory, "new.db"))
        try:
            for _ in range(rounds):
                for size in BATCHES:
                    yield from _posting(large, new, size, amount.batches)
                while large.search.index_some(INDEXED_AT_ONCE):
                    pass
                yield from _history(large, amount.pages)
                yield from _searches(large, amount.searches)
        finally:
            large.close()
            new.close()


def _posting(large: Storage, new: Storage, size: int, batches: int) -> Iterator[Result]:
    """Batches of *size*, by all users, with cids by chance and with cids that begin with the
    time."""
    for way, cid in (("cids by chance", _by_chance), ("cids by time", _by_time)):
        databases = {"large": (large, Calls()), "new": (new, Calls())}
        for number in range(batches):
            for storage, calls in databases.values():
                batch = _batch(room_of(storage), size, number, cid)
                with calls.one():
                    storage.messages.append(batch)
        case = f"post {size}, {way}"
        yield from (calls.result(case, name) for name, (_, calls) in databases.items())


def _batch(room_id: int, size: int, number: int, cid: Callable[[], str]) -> list[NewMessage]:
    now = time.time_ns() // 1_000_000
    senders = (1 + (number * size + n) * 7 % USERS for n in range(size))
    return [NewMessage(room_id, sender, cid(), TEXT, now) for sender in senders]


def _by_chance() -> str:
    return secrets.token_hex(8)


def _by_time() -> str:
    return f"{time.time_ns() // 1_000_000:012x}{secrets.token_hex(8)}"


def _history(storage: Storage, pages: int) -> Iterator[Result]:
    """The newest pages, the oldest, and pages all over the room."""
    room_id = room_of(storage)
    last = storage.history.before(room_id, 0, 1)[0].seq
    places: dict[str, Sequence[int]] = {
        "newest": [last - n * PAGE for n in range(pages)],
        "oldest": [1 + (n + 1) * PAGE for n in range(pages)],
        "anywhere": [secrets.randbelow(last) + 1 for _ in range(pages)],
    }
    for place, seqs in places.items():
        calls = Calls()
        for seq in seqs:
            with calls.one():
                storage.history.before(room_id, max(seq, 1), PAGE)
        yield calls.result(f"history, {place}", "large")


def _searches(storage: Storage, searches: int) -> Iterator[Result]:
    """Page after page, in this room and everywhere."""
    room_id = room_of(storage)
    for name, words in WORDS.items():
        for where, room in (("here", room_id), ("everywhere", None)):
            calls, hits = Calls(), 0
            for _ in range(searches):
                hits = _search(storage, room, words, calls)
            result = calls.result(f"search {where}, {name}", "large")
            yield result._replace(note=f"{hits} hits in {PAGES} pages at most")


def _search(storage: Storage, room_id: int | None, words: str, calls: Calls) -> int:
    """One search; return how many hits it had."""
    page, hits = SearchPage([], 0), 0
    for _ in range(PAGES):
        with calls.one():
            page = storage.search.search(1, room_id, words, page.continue_at, PAGE)
        hits += len(page.hits)
        if not page.continue_at:
            break
    return hits


def _play(options: Options) -> list[Result]:
    """In the directory that is given; a much smaller room, for nothing but this run, if none is."""
    if options.large_room:
        path = build(Path(options.large_room), MESSAGES)
        return list(measure(path, options.rounds, Amount()))
    with TemporaryDirectory() as directory:
        path = build(Path(directory), FEW_MESSAGES if options.quick else MANY_MESSAGES)
        return list(measure(path, options.rounds, FEW if options.quick else Amount()))


SCENE = Scene("A large room: posting in it, its history, and the search in it", _play, COLUMNS)


def main() -> None:
    """Build what is to be measured, unless it is there, and measure it."""
    directory, *messages = sys.argv[1:]
    path = build(Path(directory), int(messages[0]) if messages else MESSAGES)
    print(told(list(measure(path, 3, Amount())), COLUMNS))


if __name__ == "__main__":
    main()
