"""The file of a store: where it is, who may open it, and what happens when it is damaged.

1. Only its owner may read it: mode 0600, in a directory of mode 0700. Its name is a digest: nothing
   that somebody typed ever becomes part of a path.
2. One process has it, by SQLite's own lock, which ends with the process, however that ends.
3. A file that is damaged, or is something else, is renamed and begun anew; no file is for any other
   reason.
4. A file with older tables is brought up to date in one transaction, and nothing of it is lost.
"""

import contextlib
import hashlib
import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from wire.names import key

_APPLICATION = 0x4D43_6C74
"""What the file says that it is: SQLite's application_id."""


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


def open_or_begin_anew(
    path: Path, tables: str, upgrades: Sequence[str] = ()
) -> tuple[sqlite3.Connection, str]:
    """Return the open file, and ``corrupt`` if another one was set aside for it, else ``""``.

    A new file gets *tables*. Version n of them, the first is 1, becomes the next one by the
    statements ``upgrades[n - 1]``, and by all of them what *tables* are.

    Raises:
        OSError, sqlite3.Error: it is in use, or the disk cannot be written.
    """
    _make_private(path)
    try:
        return _opened(path, tables, upgrades), ""
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        _set_aside(path)
        _make_private(path)
        return _opened(path, tables, upgrades), "corrupt"


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


def _opened(path: Path, tables: str, upgrades: Sequence[str]) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=0, isolation_level=None)
    try:
        # Held from the first transaction on, and without a file of shared memory.
        database.execute("PRAGMA locking_mode = EXCLUSIVE")
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("BEGIN EXCLUSIVE")
        _make_if_empty(database, tables, 1 + len(upgrades))
        _bring_up_to_date(database, upgrades)
        database.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            database.close()
        raise
    return database


def _make_if_empty(database: sqlite3.Connection, tables: str, version: int) -> None:
    if not _value(database, "SELECT count(*) FROM sqlite_master"):
        _run(database, tables)
        database.execute(f"PRAGMA application_id = {_APPLICATION}")
        _note_version(database, version)


def _checked_version(database: sqlite3.Connection, latest: int) -> int:
    """Return the version of the tables, which are ours and whole.

    Raises:
        sqlite3.DatabaseError: the file is damaged, or is something else.
    """
    application, version, whole = (
        _value(database, f"PRAGMA {name}")
        for name in ("application_id", "user_version", "quick_check(1)")
    )
    if (application, whole) == (_APPLICATION, "ok") and version in range(1, latest + 1):
        return version
    found = (application, version, whole)
    raise sqlite3.DatabaseError(f"not a store of this program, or a damaged one: {found}")


def _bring_up_to_date(database: sqlite3.Connection, upgrades: Sequence[str]) -> None:
    version = _checked_version(database, 1 + len(upgrades))
    for following, upgrade in enumerate(upgrades[version - 1 :], version + 1):
        _run(database, upgrade)
        _note_version(database, following)


def _note_version(database: sqlite3.Connection, version: int) -> None:
    database.execute(f"PRAGMA user_version = {version}")


def _run(database: sqlite3.Connection, statements: str) -> None:
    # One by one: executescript would end the transaction.
    for statement in statements.split(";"):
        database.execute(statement)


def _value(database: sqlite3.Connection, question: str) -> Any:
    return database.execute(question).fetchone()[0]
