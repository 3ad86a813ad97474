"""Fills a MiniChat database: users, a device of each, and rooms with their members.

``python -P seeding.py DATABASE_URL USERS ROOM_MEMBERS PAIRS``: users 0 to USERS-1; room 1 with the
first ROOM_MEMBERS of them; and PAIRS rooms of two, from room 2 on, of users 0 and 1, 2 and 3 …

It is a program, for it runs with the code of the server that is to be measured, which may be
another checkout than this one. No password is made: people log in with tokens.
"""

import hashlib
import sys
import time
from itertools import islice
from typing import Any

from models import Device, Member, Room, User
from reactor.connection import Connection
from reactor.database import from_url
from reactor.storage import Storage
from reactor.storage.part import Part
from wire import names

# The same as in bench.server.languages, which another checkout may not have; a test compares them.
USER_NAME = "bench{}"
TOKEN = "token-of-{}"  # noqa: S105
FIRST_ROOM = 1000

# Rows of a statement: SQLite allows 999 parameters where it was built long ago.
ROWS = 100


class Seeds(Part):
    """Puts everything there in one transaction."""

    def sow(self, users: int, members: int, pairs: int) -> None:
        """Add that many of each."""
        now = time.time_ns() // 1_000_000

        def sow() -> None:
            self._insert(User, (_user(number, now) for number in range(users)))
            self._insert(Device, (_device(number, now) for number in range(users)))
            self._insert(Room, [_room(1, "bench", "public", now)] if members else [])
            self._insert(Member, (_member(1, number, now) for number in range(members)))
            for pair in range(pairs):
                self._pair(pair, now)

        self._transact(sow)

    def _pair(self, pair: int, now: int) -> None:
        first, second = 2 * pair + 1, 2 * pair + 2
        number = 2 + pair
        self._insert(Room, [_room(number, f"@{first}:{second}", "direct", now)])
        self._insert(Member, [_member(number, user - 1, now) for user in (first, second)])

    def _insert(self, model: Any, rows: Any) -> None:
        rows = iter(rows)
        while some := list(islice(rows, ROWS)):
            self._do(model.insert_many(some))


def _user(number: int, now: int) -> dict[Any, object]:
    name = USER_NAME.format(number)
    return {
        User.user_id: number + 1,
        User.user_name: name,
        User.user_nickname: name,
        User.user_password: "no password",
        User.user_key: names.key(name),
        User.created_at: now,
    }


def _device(number: int, now: int) -> dict[Any, object]:
    return {
        Device.user: number + 1,
        Device.token_hash: hashlib.sha256(TOKEN.format(number).encode()).hexdigest(),
        Device.client: "bench/1.0",
        Device.created_at: now,
        Device.used_at: now,
    }


def _room(room: int, name: str, kind: str, now: int) -> dict[Any, object]:
    return {
        Room.room_id: FIRST_ROOM + room,
        Room.room_name: name,
        Room.room_key: name,
        Room.created_at: now,
        Room.kind: kind,
        Room.creator: 1,
    }


def _member(room: int, number: int, now: int) -> dict[Any, object]:
    return {
        Member.room: FIRST_ROOM + room,
        Member.user: number + 1,
        Member.role: "member",
        Member.joined_at: now,
    }


def main() -> int:
    """Fill the database that is named."""
    url, *numbers = sys.argv[1:]
    users, members, pairs = map(int, numbers)
    storage = Storage(url)
    storage.open()
    storage.close()
    connection = Connection(from_url(url))
    Seeds(connection).sow(users, members, pairs)
    connection.drop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
