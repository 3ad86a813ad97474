"""What one user knows of one server, on disk: rooms, rows, marks, drafts and the outbox. SQLite.

1. What is ours is durable (synced to the disk) before :meth:`Store.write` returns, so a message is
   not handed to the link before it would survive a power cut. What the server can tell again is
   only written: a power cut may lose the last of it, never the order.
2. A batch is one transaction. So an acknowledgement takes a message out of the outbox in the same
   moment in which its row is there.
3. One process has the file; another one is told ``in-use``, and does without.
4. Bounds: ``MAX_KEPT`` rows of a room, ``MAX_ROWS`` of all; where there are more, the oldest go.
5. Every fault of disk or file is a :class:`~client_gui.log.store_file.StoreFault`. After one, the
   store must be written no more: what was not written would be missing.
"""

import contextlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import astuple, fields, replace
from pathlib import Path

from client_gui.items import RoomItem, SearchHit
from client_gui.log.later_changes import MAX_LATER
from client_gui.log.records import Batch, Item, Log, LogChanges
from client_gui.log.rows import Row, sane_time
from client_gui.log.store_file import StoreFault, fault_of, open_or_begin_anew
from client_gui.log.timeline import MAX_KEPT, TRIM
from wire.codec import decode, encode
from wire.errors import PeerError
from wire.messages import Change as RoomChange

MAX_ROWS = 300_000
"""Rows of all rooms together: some 60 MB."""

_TABLES = """
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE rooms (
    room TEXT PRIMARY KEY, kind TEXT, name TEXT, topic TEXT, role TEXT, members INTEGER,
    unread INTEGER, mentions INTEGER, last_seq INTEGER, read_seq INTEGER, has_draft INTEGER,
    last_time INTEGER, pinned INTEGER NOT NULL DEFAULT 0, muted INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE drafts (room TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE logs (
    room TEXT PRIMARY KEY, floor INTEGER, mark INTEGER, mark_time INTEGER
) WITHOUT ROWID;
CREATE TABLE rows (
    room TEXT, seq INTEGER, username TEXT, nickname TEXT, text TEXT, time INTEGER,
    reply_to INTEGER, changed INTEGER, notice TEXT, signs TEXT, PRIMARY KEY (room, seq)
) WITHOUT ROWID;
CREATE TABLE later (
    room TEXT, seq INTEGER, frame BLOB NOT NULL, PRIMARY KEY (room, seq)
) WITHOUT ROWID;
CREATE TABLE outbox (
    position INTEGER PRIMARY KEY AUTOINCREMENT, cid TEXT UNIQUE NOT NULL, frame BLOB NOT NULL,
    written INTEGER, sent INTEGER, reason TEXT, detail TEXT
);
"""

_UPGRADES = (
    """
    ALTER TABLE rooms ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE rooms ADD COLUMN muted INTEGER NOT NULL DEFAULT 0
    """,
)
"""What makes each version of the tables the next one. New ones go behind, old ones stay."""

_ROOM_FIELDS = [field.name for field in fields(RoomItem)]


class Store:
    """An open file. :attr:`trouble` says what went wrong with the one that was there before."""

    def __init__(self, path: Path) -> None:
        """Open the file at *path*, or make it.

        Raises:
            StoreFault: it is in use, or the disk cannot be written.
        """
        self._path = path
        self._durable: bool | None = None
        try:
            self._database, self.trouble = open_or_begin_anew(path, _TABLES, _UPGRADES)
        except (OSError, sqlite3.Error) as error:
            raise fault_of(error) from error
        self._counts = dict(self._all("SELECT room, count(*) FROM rows GROUP BY room"))

    def close(self) -> None:
        """Close the file. One in which nobody ever logged in is not left behind."""
        used = True
        with contextlib.suppress(StoreFault):
            used = bool(self.facts().get("username"))
        with contextlib.suppress(sqlite3.Error):
            self._database.close()
        if not used:
            self._path.unlink(missing_ok=True)

    # --- reading ---------------------------------------------------------------------------------

    def facts(self) -> dict[str, str]:
        """``username`` and ``nickname`` of the last login, its ``epoch``, and whether it is
        ``locked``: to be shown only after another login."""
        return dict(self._all("SELECT name, value FROM facts"))

    def rooms(self) -> list[RoomItem]:
        """The rooms, as they were last known."""
        rows = self._all(f"SELECT {', '.join(_ROOM_FIELDS)} FROM rooms")  # noqa: S608
        return [_room(row) for row in rows]

    def drafts(self) -> dict[str, str]:
        """What was written and not sent, by room."""
        return dict(self._all("SELECT room, text FROM drafts"))

    def logs(self) -> dict[str, Log]:
        """What is here of the rooms' logs."""
        found = self._all("SELECT room, floor, mark, mark_time FROM logs")
        return {row[0]: Log(*row) for row in found}

    def rows_before(self, room: str, seq: int, floor: int, limit: int) -> list[Row]:
        """The last *limit* rows of *room* from *floor* to before *seq*, ascending."""
        found = self._all(
            "SELECT * FROM rows WHERE room = ? AND seq >= ? AND seq < ? ORDER BY seq DESC LIMIT ?",
            (room, floor, seq, limit),
        )
        return [_row(values) for values in reversed(found)]

    def rows_beyond(self, room: str, seq: int) -> list[Row]:
        """The rows of *room* behind *seq*: ours, taken when what was before them had not come."""
        return [
            _row(values)
            for values in self._all(
                "SELECT * FROM rows WHERE room = ? AND seq > ? ORDER BY seq LIMIT ?",
                (room, seq, TRIM),
            )
        ]

    def messages_before(self, room: str, seq: int, limit: int) -> list[SearchHit]:
        """The last *limit* messages of *room* before *seq*, the latest first, for a search: those
        that were taken back have no text."""
        found = self._all(
            "SELECT room, seq, username, nickname, CASE notice WHEN '' THEN text ELSE '' END, time"
            " FROM rows WHERE room = ? AND seq < ? ORDER BY seq DESC LIMIT ?",
            (room, seq, limit),
        )
        return [SearchHit(*fields, sane_time(time)) for *fields, time in found]

    def later(self, room: str) -> list[RoomChange]:
        """The changes that wait for rows of *room*."""
        found = self._all(
            "SELECT frame FROM later WHERE room = ? ORDER BY seq LIMIT ?", (room, MAX_LATER)
        )
        return [change for (frame,) in found if isinstance(change := _read(frame), RoomChange)]

    def items(self) -> list[Item]:
        """The outbox, in order."""
        found = self._all(
            "SELECT frame, written, sent, reason, detail FROM outbox ORDER BY position"
        )
        return [
            Item(request, written, bool(sent), reason, detail)
            for frame, written, sent, reason, detail in found
            if (request := _read(frame)) is not None
        ]

    # --- writing ---------------------------------------------------------------------------------

    def write(self, batch: Batch) -> dict[str, int]:
        """Write *batch* in one transaction. Return the floors of rooms of which rows had to go.

        Raises:
            StoreFault: nothing of it was written; nothing more must be.
        """
        try:
            self._sync(durable=bool(batch.items or batch.drafts))
            with self._transaction():
                return self._write(batch)
        except (OSError, sqlite3.Error) as error:
            raise fault_of(error) from error

    def _write(self, batch: Batch) -> dict[str, int]:
        for log in batch.logs:
            self._write_log(log)
        self._write_rooms(batch)
        self._many("DELETE FROM outbox WHERE cid = ?", ((cid,) for cid in batch.answered))
        self._many(
            "INSERT INTO outbox (cid, frame, written, sent, reason, detail)"
            " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (cid) DO UPDATE SET frame = excluded.frame,"
            " sent = excluded.sent, reason = excluded.reason, detail = excluded.detail",
            (
                (item.cid, encode(item.request), item.written, item.sent, item.reason, item.detail)
                for item in batch.items
            ),
        )
        self._many("INSERT OR REPLACE INTO facts VALUES (?, ?)", batch.facts.items())
        return self._cut({log.room for log in batch.logs if log.rows})

    def _write_log(self, changes: LogChanges) -> None:
        room = changes.room
        if changes.forget:
            self._forget(room)
        before = self._database.total_changes
        self._many(
            "DELETE FROM rows WHERE room = ? AND seq = ?", ((room, r.seq) for r in changes.rows)
        )
        deleted = self._database.total_changes - before
        self._many(
            "INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (_values(room, row) for row in changes.rows),
        )
        self._counts[room] = self._counts.get(room, 0) + len(changes.rows) - deleted
        self._many(
            "INSERT OR REPLACE INTO later VALUES (?, ?, ?)",
            ((room, change.seq, encode(change)) for change in changes.later),
        )
        self._many(
            "DELETE FROM later WHERE room = ? AND seq = ?", ((room, n) for n in changes.made)
        )
        if changes.log is not None:
            self._many("INSERT OR REPLACE INTO logs VALUES (?, ?, ?, ?)", [changes.log])

    def _write_rooms(self, batch: Batch) -> None:
        for room in batch.gone:
            self._forget(room)
            self._database.execute("DELETE FROM rooms WHERE room = ?", (room,))
        marks = ", ".join("?" * len(_ROOM_FIELDS))
        self._many(
            f"INSERT OR REPLACE INTO rooms ({', '.join(_ROOM_FIELDS)}) VALUES ({marks})",  # noqa: S608
            map(astuple, batch.rooms),
        )
        self._many("DELETE FROM drafts WHERE room = ?", ((room,) for room in batch.drafts))
        self._many(
            "INSERT INTO drafts VALUES (?, ?)", (pair for pair in batch.drafts.items() if pair[1])
        )

    def _forget(self, room: str) -> None:
        for table in ("rows", "later", "logs"):
            self._database.execute(f"DELETE FROM {table} WHERE room = ?", (room,))  # noqa: S608
        self._counts.pop(room, None)

    def _cut(self, rooms: Iterable[str]) -> dict[str, int]:
        """Let the oldest rows go, where there are too many."""
        floors = {}
        for room in rooms:
            if self._counts[room] > MAX_KEPT + TRIM:
                floors[room] = self._keep_the_last(room, MAX_KEPT)
        while sum(self._counts.values()) > MAX_ROWS:
            largest = max(self._counts, key=self._counts.__getitem__)
            count = self._counts[largest]
            # Not many at once: the window waits.
            floors[largest] = self._keep_the_last(largest, max(count // 2, count - TRIM))
        return floors

    def _keep_the_last(self, room: str, count: int) -> int:
        ((floor,),) = self._all(
            "SELECT seq FROM rows WHERE room = ? ORDER BY seq DESC LIMIT 1 OFFSET ?",
            (room, count - 1),
        )
        self._database.execute("DELETE FROM rows WHERE room = ? AND seq < ?", (room, floor))
        self._database.execute("UPDATE logs SET floor = ? WHERE room = ?", (floor, room))
        self._counts[room] = count
        return floor

    # --- the file --------------------------------------------------------------------------------

    def _sync(self, durable: bool) -> None:
        if durable != self._durable:
            self._database.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            self._durable = durable

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._database.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                self._database.execute("ROLLBACK")
            raise

    def _all(self, sql: str, values: tuple = ()) -> list[tuple]:
        try:
            return self._database.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise fault_of(error) from error

    def _many(self, sql: str, values: Iterable[tuple]) -> None:
        self._database.executemany(sql, values)


def _room(values: tuple) -> RoomItem:
    item = RoomItem(*values)
    # SQLite has numbers only.
    flags = {name: bool(getattr(item, name)) for name in ("has_draft", "pinned", "muted")}
    return replace(item, **flags)


def _values(room: str, row: Row) -> tuple:
    signs = json.dumps(row.signs, ensure_ascii=False) if row.signs else ""
    return (
        room,
        row.seq,
        row.username,
        row.nickname,
        row.text,
        row.time,
        row.reply_to,
        row.changed,
        row.notice,
        signs,
    )


def _row(values: tuple) -> Row:
    _room, *fields_of_row, signs = values
    return Row(*fields_of_row, signs=json.loads(signs) if signs else {})


def _read(frame: bytes) -> object:
    try:
        return decode(frame[:-1])
    except PeerError:
        return None
