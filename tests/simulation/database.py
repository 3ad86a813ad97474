"""What the database has, read by a connection of its own, which sees only what is committed."""

import sqlite3
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from client_gui.items import Entry
from client_gui.state.rooms import LOBBY
from reactor.records import Kind

_ROWS = """
    SELECT message_id, room_id, seq, user_name, cid, text, kind, target, changed
    FROM message JOIN "user" ON "user".user_id = message.sender_id
    WHERE message_id > ? ORDER BY message_id
"""
_MEMBERS = """
    SELECT user_name, room_id, role, read_seq FROM member JOIN "user" USING (user_id)
"""
_SIGNS = 'SELECT room_id, target, sign, user_name FROM reaction JOIN "user" USING (user_id)'

# The index for searching cannot be read row by row; its own tables hold parts of words.
_TABLES = """
    SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL TABLE%'
"""

NOTICES = {Kind.TOPIC: "topic", Kind.RENAMED: "renamed"}

Place = tuple[str, int]
"""A room's reference and a number in it."""

Signs = dict[str, set[str]]
"""Who put which sign."""


class Row(NamedTuple):
    """An entry of a room's log that is stored."""

    user: str
    cid: str
    text: str
    kind: Kind
    target: int
    changed: int


class Shown(NamedTuple):
    """A row as a client shows it, as far as all clients show the same."""

    seq: int
    user: str
    text: str
    notice: str
    signs: tuple[tuple[str, int, bool], ...]


class Database:
    """The file, as it is now.

    Attributes:
        members: the role and the read mark by user and room, of all who are or were in it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.members: dict[tuple[str, str], tuple[str, int]] = {}
        self.open()

    def open(self) -> None:
        """Read the file that is there now, from its beginning."""
        self._file = sqlite3.connect(self._path, isolation_level=None)
        self._lobby = self._file.execute(
            "SELECT room_id FROM room WHERE kind = 'lobby'"
        ).fetchone()[0]
        self._version = 0
        self._last_id = 0
        self.rows: dict[Place, Row] = {}
        self.places: dict[tuple[str, str], Place] = {}
        self._expected: dict[tuple[str, str], list[Shown]] = {}
        self.has_changed()

    def close(self) -> None:
        self._file.close()

    def copy_to(self, path: Path) -> None:
        """Make a backup."""
        path.unlink(missing_ok=True)
        copy = sqlite3.connect(path)
        self._file.backup(copy)
        copy.close()

    def has_changed(self) -> bool:
        """Whether something was committed since the last time; what is told here is then new."""
        (version,) = self._file.execute("PRAGMA data_version").fetchone()
        if version == self._version:
            return False
        self._version = version
        self._expected.clear()
        self.members = {
            (user, self.reference(room)): (role, read)
            for user, room, role, read in self._file.execute(_MEMBERS)
        }
        return True

    def reference(self, room_id: int) -> str:
        return LOBBY if room_id == self._lobby else f"#{room_id}"

    def row(self, place: Place) -> Row | None:
        """The entry there. Its text is the one of the first time it was read."""
        if place not in self.rows:
            self.read_on()
        return self.rows.get(place)

    def read_on(self) -> None:
        for message_id, room, seq, user, cid, *rest in self._file.execute(_ROWS, (self._last_id,)):
            text, kind, target, changed = rest
            place = self.reference(room), seq
            self._last_id = message_id
            self.rows[place] = Row(user, cid, text, Kind(kind), target, changed)
            self.places.setdefault((user, cid), place)

    def read_all(self) -> None:
        """Read everything again: texts change."""
        self._last_id = 0
        self.read_on()

    def is_in(self, user: str, room: str) -> bool:
        role, _ = self.members.get((user, room), ("", 0))
        return room == LOBBY or role not in ("", "removed")

    def rooms(self) -> dict[str, int]:
        """The last number of each room."""
        found = self._file.execute("SELECT room_id, last_seq FROM room")
        return {self.reference(room): last for room, last in found}

    def signs(self) -> dict[Place, Signs]:
        """The reactions that there are."""
        found: dict[Place, Signs] = defaultdict(lambda: defaultdict(set))
        for room, target, sign, user in self._file.execute(_SIGNS):
            found[self.reference(room), target][sign].add(user)
        return found

    def expected(self, room: str, user: str) -> list[Shown]:
        """What *user* is to see in *room*; must not be altered."""
        self.has_changed()
        if (room, user) not in self._expected:
            self.read_all()
            signs = self.signs()
            places = sorted(place for place in self.rows if place[0] == room)
            self._expected[room, user] = [
                _shown(place[1], row, signs.get(place, {}), user)
                for place in places
                if (row := self.rows[place]).kind is Kind.SAID or row.kind in NOTICES
            ]
        return self._expected[room, user]

    def holding(self, text: str) -> list[str]:
        """The tables in which *text* is."""
        names = self._file.execute(_TABLES).fetchall()
        return [name for (name,) in names if self._holds(name, text)]

    def _holds(self, table: str, text: str) -> bool:
        found = self._file.execute(f'SELECT * FROM "{table}"')
        return any(isinstance(value, str) and text in value for row in found for value in row)


def _shown(seq: int, row: Row, signs: Signs, user: str) -> Shown:
    return Shown(
        seq,
        row.user,
        row.text,
        NOTICES.get(row.kind, ""),
        tuple(sorted((sign, len(users), user in users) for sign, users in signs.items())),
    )


def shown(entry: Entry) -> Shown:
    """*entry*, as it is compared."""
    signs = ((sign.sign, sign.count, sign.mine) for sign in entry.reactions)
    return Shown(entry.seq, entry.username, entry.text, entry.notice, tuple(sorted(signs)))
