"""The file of a store: where it is, who may open it, and what happens when it is damaged.

1. Only its owner may read it: mode 0600, in a directory of mode 0700. Its name is a digest: nothing
   that somebody typed ever becomes part of a path.
2. One process has it, by SQLite's own lock, which ends with the process, however that ends.
3. A file that is damaged, or is something else, is renamed and begun anew; no file is for any other
   reason.
"""

import contextlib
import hashlib
import os
import sqlite3
from pathlib import Path

from wire.names import key

_APPLICATION = 0x4D43_6C74
"""What the file says that it is: SQLite's application_id."""

_FORMAT = 1
"""The version of the tables: SQLite's user_version."""


class StoreFault(Exception):
    """The store cannot be used; ``reason`` is a word of ``StoreTrouble``."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason


def store_path(directory: Path, address: str, username: str) -> Path:
    """Return where in *directory* the store of *username* at *address* is."""
    owner = f"{address.lower()}\n{key(username)}".encode(errors="replace")
    return directory / f"{hashlib.sha256(owner).hexdigest()[:32]}.sqlite3"


def fault_of(error: OSError | sqlite3.Error) -> StoreFault:
    """Return what *error* means for the store."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    busy = code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    return StoreFault("in-use" if busy else "disk", str(error))


def open_or_begin_anew(path: Path, tables: str) -> tuple[sqlite3.Connection, str]:
    """Return the open file, and ``corrupt`` if another one was set aside for it, else ``""``.

    Raises:
        OSError, sqlite3.Error: it is in use, or the disk cannot be written.
    """
    _make_private(path)
    try:
        return _opened(path, tables), ""
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        _set_aside(path)
        _make_private(path)
        return _opened(path, tables), "corrupt"


def _make_private(path: Path) -> None:
    """Make the file and its directory, for their owner alone. What SQLite puts beside the file has
    its mode."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _set_aside(path: Path) -> None:
    for end in ("", "-wal", "-journal"):
        damaged = path.with_name(path.name + end)
        if damaged.exists():
            damaged.replace(path.with_name(f"{path.name}{end}.damaged"))


def _opened(path: Path, tables: str) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        # Held from the first transaction on, and without a file of shared memory.
        database.execute("PRAGMA locking_mode = EXCLUSIVE")
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("BEGIN EXCLUSIVE")
        _check_or_make(database, tables)
        database.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            database.close()
        raise
    return database


def _check_or_make(database: sqlite3.Connection, tables: str) -> None:
    """See that these are our *tables* and whole, or make them in an empty file.

    Raises:
        sqlite3.DatabaseError: the file is damaged, or is something else.
    """
    if not _value(database, "SELECT count(*) FROM sqlite_master"):
        for statement in tables.split(";"):
            database.execute(statement)
        database.execute(f"PRAGMA application_id = {_APPLICATION}")
        database.execute(f"PRAGMA user_version = {_FORMAT}")
    found = (
        _value(database, "PRAGMA application_id"),
        _value(database, "PRAGMA user_version"),
        _value(database, "PRAGMA quick_check(1)"),
    )
    if found != (_APPLICATION, _FORMAT, "ok"):
        raise sqlite3.DatabaseError(f"not a store of this program, or a damaged one: {found}")


def _value(database: sqlite3.Connection, question: str) -> object:
    return database.execute(question).fetchone()[0]
