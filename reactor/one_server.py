"""Noticing that another server already serves the same SQLite file.

Two servers on one file store correctly, but the clients of one do not hear those of the other: that
is worth a warning, and no refusal. The lock is SQLite's own, on an empty file beside the database:
it works on every system, and the system gives it up for a process that was killed.
"""

import sqlite3
from pathlib import Path

# What the lock's file is called: as the database's, and this behind it.
SUFFIX = ".server"


class ServerLock:
    """Held until :meth:`close`, if no other server holds it.

    Attributes:
        held_elsewhere: whether another server has it.
    """

    def __init__(self, database: Path) -> None:
        self.held_elsewhere = False
        self._lock: sqlite3.Connection | None = None
        try:
            self._lock = sqlite3.connect(f"{database}{SUFFIX}", timeout=0, isolation_level=None)
            self._lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            # Whatever else is wrong there, the database beside it will say.
            self.held_elsewhere = getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_BUSY

    def close(self) -> None:
        """Give it up."""
        if self._lock is not None:
            self._lock.close()
