"""The disk under the database: statements and commits fail, lose their answers, or end the process.

Real SQLite files, in memory where the system has such a place. :class:`SimulatedFile` takes the
place of :class:`reactor.database.SqliteFile` and asks the disk before each statement and around
each commit. What was not committed when the process ends is gone, as SQLite has it.
"""

import sqlite3
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

from peewee import OperationalError

from reactor.database import SqliteFile

ANSWER_LOST = "commit kept, its answer lost"
FAULTS = (
    "commit refused",
    ANSWER_LOST,
    "commit and its answer lost",
    "crash before a commit",
    "crash between commit and answer",
    "statement fails",
    "crash at a statement",
)

HIDING = (*FAULTS, "disk full for a while")
"""What can keep it from those concerned that something was stored: when the step behind the commit
fails, such as reading what they are to be told."""


class Crashed(BaseException):
    """The process ends here. Nothing of it catches this."""


class Disk:
    """What goes wrong, and how often.

    Attributes:
        rates: of each of FAULTS, how probable it is at a commit or at a statement.
        full: every transaction is refused, as with a disk that is full; reading goes on.
    """

    def __init__(self, random: Random, counts: Counter[str]) -> None:
        self.rates: dict[str, float] = {}
        self.full = False
        self._random = random
        self._counts = counts
        self._connections: list[sqlite3.Connection] = []

    def opened(self, connection: sqlite3.Connection) -> None:
        self._connections.append(connection)

    def power_off(self) -> None:
        """Whoever had a file open has it no more; what was not committed is taken back."""
        while self._connections:
            self._connections.pop().close()

    def before_statement(self) -> None:
        if self._happens("crash at a statement"):
            raise Crashed
        if self._happens("statement fails"):
            raise OperationalError("disk I/O error")

    def before_transaction(self) -> None:
        if self.full:
            raise OperationalError("database or disk is full")
        if self._happens("commit refused"):
            raise OperationalError("database or disk is full")

    def before_commit(self) -> None:
        if self._happens("crash before a commit"):
            raise Crashed
        if self._happens("commit and its answer lost"):
            raise OperationalError("disk I/O error")

    def after_commit(self) -> None:
        if self._happens("crash between commit and answer"):
            raise Crashed
        if self._happens(ANSWER_LOST):
            raise OperationalError("disk I/O error")

    def _happens(self, fault: str) -> bool:
        rate = self.rates.get(fault)
        if not rate or self._random.random() >= rate:
            return False
        self._counts[fault] += 1
        return True


class SimulatedFile(SqliteFile):
    """An SQLite file on the world's disk."""

    def __init__(self, disk: Disk, path: Path) -> None:
        self.disk = disk
        super().__init__(path)
        # The machine's own disk is not the matter here, and is slow.
        self._pragmas = [*self._pragmas, ("synchronous", "off"), ("fullfsync", 0)]

    def _connect(self) -> Any:
        connection = super()._connect()
        self.disk.opened(connection)
        return connection

    def execute_sql(self, sql: str, params: Any = None) -> Any:
        self.disk.before_statement()
        return super().execute_sql(sql, params)

    def begin(self, lock_type: str | None = None) -> None:
        self.disk.before_transaction()
        super().begin(lock_type)

    def commit(self) -> None:
        self.disk.before_commit()
        super().commit()
        self.disk.after_commit()
