"""Builds a database with one very large room: through the real schema, with the real search index.

``python -m bench.server.large_database DIRECTORY MESSAGES`` leaves ``MESSAGES.db`` there, or says
that it is there already. Ten million messages take about ten minutes and four gigabytes.

Nothing is synced until the end, and the index of the cids is made in one go: that is what makes it
quick, and changes nothing of what there is in the end.
"""

import random
import sys
import time
from collections.abc import Iterator
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

from bench.server.scene import say
from models import Message, Room
from reactor.connection import Connection
from reactor.database import from_url
from reactor.records import Membership, NewUser
from reactor.storage import Storage
from reactor.storage.part import compiled
from reactor.storage.search import Search

USERS = 200
ROOM = "large"

# A word in one message of a million, and one in some of a hundred.
RARE, RARE_EVERY = "quetzalcoatl", 1_000_000
FREQUENT = "people"

# Messages that are inserted, and that are put into the index, in one transaction.
INSERTED_AT_ONCE = 100_000
INDEXED_AT_ONCE = 5_000

# Parts of messages from which all are made: two for each.
PHRASES = 50_000

# Characters of the words that nobody says often, and of Chinese phrases.
LETTERS = "abcdefghijklmnoprstuvwy"
FIRST_CHARACTER, CHARACTERS = 0x4E00, 3_000

COMMON = (
    "the be to of and in that have it for not on with he as you do at this but his by from they "
    "we say her she or an will my one all would there their what so up out if about who get which "
    "go me when make can like time no just him know take people into year your good some could "
    "them see other than then now look only come its over think also back after use two how our "
    "work first well way even new want because any these give day most us"
)

COLUMNS = (
    *(Message.room, Message.seq, Message.sender, Message.cid, Message.text, Message.sent_at),
    *(Message.kind, Message.target, Message.changed),
)


def path_of(directory: Path, messages: int) -> Path:
    """Where the database of so many messages is."""
    return directory / f"{messages}.db"


def build(directory: Path, messages: int) -> Path:
    """Build it if it is not there; what was not finished is begun again."""
    path = path_of(directory, messages)
    if not path.exists():
        directory.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".unfinished")
        for each in directory.glob(f"{unfinished.name}*"):
            each.unlink()
        _build(unfinished, messages)
        unfinished.rename(path)
    return path


def _build(path: Path, messages: int) -> None:
    url = f"sqlite:///{path}"
    room_id = _begin(url)
    connection = Connection(from_url(url))
    database: Any = connection.database
    for pragma in ("synchronous = off", "cache_size = -1000000"):
        database.execute_sql(f"PRAGMA {pragma}")
    _add_messages(database, room_id, messages)
    database.execute(Room.update({Room.last_seq: messages}).where(Room.room_id == room_id))
    _fill_index(Search(connection), messages)
    for pragma in ("synchronous = full", "wal_checkpoint(truncate)", "optimize"):
        database.execute_sql(f"PRAGMA {pragma}")
    connection.drop()


def _begin(url: str) -> int:
    """Make the database, its users and its room; return the room's number."""
    storage = Storage(url)
    storage.open()
    names = [f"user{number}" for number in range(1, USERS + 1)]
    storage.accounts.add_users([NewUser(name, name, "no password") for name in names])
    storage.rooms.create(1, ROOM, "public", "", 0)
    room_id = room_of(storage)
    storage.close()
    return room_id


def room_of(storage: Storage) -> int:
    """The number of the large room."""
    found = storage.rooms.find(ROOM, 1)
    if not isinstance(found, Membership):
        raise TypeError(f"there is no room {ROOM}")
    return found.room.room_id


def _add_messages(database: Any, room_id: int, messages: int) -> None:
    one = Message.insert_many([[0] * len(COLUMNS)], COLUMNS)
    insert = compiled(database, {"one": one})["one"]
    (index,) = (each for each in database.get_indexes("message") if each.columns[0] == "sender_id")
    database.execute_sql(f'DROP INDEX "{index.name}"')
    rows = _rows(room_id, messages)
    added = 0
    while some := list(islice(rows, INSERTED_AT_ONCE)):
        with database.atomic():
            database.cursor().executemany(insert, some)
        added += len(some)
        say(f"{added:,} of {messages:,} messages are there")
    database.execute_sql(index.sql)


def _fill_index(search: Search, messages: int) -> None:
    began, indexed = time.monotonic(), 0
    while search.index_some(INDEXED_AT_ONCE):
        indexed += INDEXED_AT_ONCE
        if indexed % INSERTED_AT_ONCE == 0:
            spent = time.monotonic() - began
            say(f"{indexed:,} of {messages:,} messages are in the index after {spent:.0f} s")


def _rows(room_id: int, messages: int) -> Iterator[tuple[object, ...]]:
    """The messages, the same ones each time: every sixth of them is Chinese."""
    chance = random.Random(messages)
    phrases = [*_english(chance, PHRASES * 5 // 6), *_chinese(chance, PHRASES // 6)]
    begun = time.time_ns() // 1_000_000 - messages
    for seq in range(1, messages + 1):
        text = f"{chance.choice(phrases)} {chance.choice(phrases)}"
        if seq % RARE_EVERY == RARE_EVERY // 2:
            text += f" {RARE}"
        sender, cid = chance.randrange(USERS) + 1, f"{chance.getrandbits(64):016x}"
        yield (room_id, seq, sender, cid, text, begun + seq, 0, 0, 0)


def _english(chance: random.Random, count: int) -> Iterator[str]:
    """Phrases of words as frequent as words are: the nth is said one nth as often as the first."""
    seldom = ["".join(chance.choices(LETTERS, k=chance.randint(4, 9))) for _ in range(20_000)]
    words = [*COMMON.split(), *seldom]
    weights = _weights(len(words))
    for _ in range(count):
        yield " ".join(chance.choices(words, cum_weights=weights, k=chance.randint(2, 8)))


def _chinese(chance: random.Random, count: int) -> Iterator[str]:
    characters = [chr(FIRST_CHARACTER + number) for number in range(CHARACTERS)]
    weights = _weights(CHARACTERS)
    for _ in range(count):
        yield "".join(chance.choices(characters, cum_weights=weights, k=chance.randint(3, 20)))


def _weights(count: int) -> list[float]:
    """For choices of so many: the sums of 1/5, 1/6, 1/7 …"""
    return list(accumulate(1 / (rank + 5) for rank in range(count)))


if __name__ == "__main__":
    print(build(Path(sys.argv[1]), int(sys.argv[2])))
