"""The databases under :mod:`reactor.storage`: a URL becomes one of them.

SQLite and MySQL (or MariaDB) differ here and nowhere else: how the database is made, how one
program migrates it alone, what makes its commits durable. Every thread has a connection of its own,
opened when it first needs one.
"""

import contextlib
import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Never
from urllib.parse import SplitResult, unquote, urlsplit

from peewee import (
    SQL,
    Entity,
    MySQLDatabase,
    NodeList,
    OperationalError,
    PeeweeException,
    Select,
    SqliteDatabase,
    fn,
)

from reactor import durable_files
from reactor.database_failures import StorageUnavailable, driver_code, is_disk_full, reason

# Seconds. A database lane serves everybody, so it waits for a lock no longer than a client would.
LOCK_TIMEOUT = 5
CONNECT_TIMEOUT = 5
# Longer than LOCK_TIMEOUT and than a commit on a busy disk; after it the connection counts as dead.
ANSWER_TIMEOUT = 30
# How long a server waits for another one that is migrating; shorter than ANSWER_TIMEOUT.
MIGRATION_TIMEOUT = 20

# Bytes that SQLite's write-ahead log keeps on disk after it was needed to be larger.
JOURNAL_SIZE_LIMIT = 64 * 1024 * 1024

MYSQL_PORT = 3306

_UNKNOWN_DATABASE = 1049


class SqliteFile(SqliteDatabase):
    """One SQLite file: write-ahead log, every commit synced to the disk, one writer at a time.

    Attributes:
        insert_lengths: how many rows are inserted by one statement, the most first. Between two
            statements a thread gives up the interpreter, and must wait for it while the loop works.
    """

    insert_lengths = (64, 16, 4, 1)

    def __init__(self, path: Path) -> None:
        self.path = path
        self.place = f"the database file {path}"
        pragmas = {
            "journal_mode": "wal",
            "journal_size_limit": JOURNAL_SIZE_LIMIT,
            "synchronous": "full",
            # On macOS an ordinary sync stops at the drive's cache.
            "fullfsync": 1,
            "checkpoint_fullfsync": 1,
            "foreign_keys": 1,
            # What a statement of many rows keeps for taking it back would go to a file otherwise.
            "temp_store": "memory",
        }
        # IMMEDIATE takes the write lock at the start, where waiting for it can still succeed.
        super().__init__(str(path), pragmas=pragmas, timeout=LOCK_TIMEOUT, lock_type="IMMEDIATE")

    def create_missing(self) -> list[str]:
        """Make the directory and the file, for their owner only; say so if it was done."""
        if self.path.exists():
            return []
        try:
            # Another server that makes it at the same moment does no harm.
            durable_files.create(self.path)
        except OSError as error:
            raise StorageUnavailable(f"{self.place} cannot be created: {error.strerror}") from error
        return [f"created {self.place}"]

    def weaknesses(self) -> list[str]:
        """Say what is unsafe about the file."""
        mode = self.path.stat().st_mode & 0o777
        if os.name == "posix" and mode & 0o077:
            return [f"warning: others may read {self.place} (mode {mode:04o})"]
        return []

    def save_log(self) -> None:
        """Write the write-ahead log again, as it is, and sync it.

        What a failed sync was to save may stay in the system's memory, where it looks as if it were
        on the disk, and no later sync saves it. A new connection takes it for committed; a power
        cut would take it, and everything that was committed behind it.
        """
        self.begin()  # nobody else writes
        try:
            durable_files.write_again(self.path.with_name(f"{self.path.name}-wal"))
        finally:
            self.rollback()

    def survives(self, error: BaseException) -> bool:
        """Whether this thread's connection is as good as before *error*.

        Then it is kept: on a full disk, a new one might lack the little space that reading needs.
        """
        kept = is_disk_full(error) and not self.is_closed()
        return kept and not self.connection().in_transaction

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Keep every other program out; what is deleted meanwhile is overwritten in the file."""
        self.pragma("secure_delete", 1)
        with self.atomic("EXCLUSIVE"):
            yield
        self.pragma("wal_checkpoint(truncate)")


class MySqlServer(MySQLDatabase):
    """One database of a MySQL or MariaDB server.

    Attributes:
        insert_lengths: the driver itself makes one statement of all rows that it is given.
    """

    insert_lengths = (1,)

    def __init__(self, name: str, user: str, password: str, host: str, port: int) -> None:
        self.place = f"the database server {host}:{port}"
        super().__init__(
            name,
            user=user,
            password=password.encode(),
            host=host,
            port=port,
            charset="utf8mb4",
            connect_timeout=CONNECT_TIMEOUT,
            read_timeout=ANSWER_TIMEOUT,
            write_timeout=ANSWER_TIMEOUT,
        )

    def _initialize_connection(self, conn: Any) -> None:
        with conn.cursor() as cursor:
            cursor.execute("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED")
            cursor.execute(f"SET SESSION innodb_lock_wait_timeout = {LOCK_TIMEOUT}")
            # What does not fit is an error, never shortened in silence; a user 0 stays 0.
            cursor.execute("SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO'")

    def create_missing(self) -> list[str]:
        """Make the database if the server has none of this name; say so if it was done."""
        try:
            self.connect(reuse_if_open=True)
        except OperationalError as error:
            if driver_code(error) != _UNKNOWN_DATABASE:
                raise
        except RuntimeError as error:
            # PyMySQL lacks a package that this account's way of logging in needs; it says which.
            raise StorageUnavailable(f"{self.place} cannot be used: {error}") from error
        else:
            return []
        self._create()
        return [f"created the database {self.database}"]

    def _create(self) -> None:
        server = MySQLDatabase("information_schema", **self.connect_params)
        charset = SQL("CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")
        create = SQL("CREATE DATABASE IF NOT EXISTS")
        try:
            server.execute(NodeList((create, Entity(self.database), charset)))
        except PeeweeException as error:
            raise StorageUnavailable(
                f"there is no database {self.database}, and it cannot be created: {reason(error)}"
            ) from error
        finally:
            server.close()

    def weaknesses(self) -> list[str]:
        """Say which of the server's settings make a commit less than durable."""
        flush, binlog, sync = self.execute_sql(
            "SELECT @@innodb_flush_log_at_trx_commit, @@log_bin, @@sync_binlog"
        ).fetchone()
        warnings = []
        if flush != 1:
            warnings.append(f"innodb_flush_log_at_trx_commit is {flush}")
        if binlog and sync != 1:
            warnings.append(f"sync_binlog is {sync}")
        lost = "a crash of the database server can lose acknowledged messages; set it to 1"
        return [f"warning: {warning}: {lost}" for warning in warnings]

    def save_log(self) -> None:
        """Do nothing: a server that cannot sync its log ends itself."""

    def survives(self, error: BaseException) -> bool:
        """Never: whatever the server says, the connection may be what is broken."""
        del error
        return False

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Keep out every other program that migrates. The server forgets the lock if we die."""
        # Lock names belong to the whole server, and are shorter than a database's name may be.
        lock = "minichat-" + hashlib.sha256(self.database.encode()).hexdigest()[:32]
        if self._scalar(fn.GET_LOCK(lock, MIGRATION_TIMEOUT)) != 1:
            raise StorageUnavailable(
                "another server is migrating this database; start again when it has finished"
            )
        try:
            yield
        finally:
            self._scalar(fn.RELEASE_LOCK(lock))

    def _scalar(self, function: Any) -> Any:
        return Select(columns=[function]).scalar(self)


def from_url(url: str) -> SqliteFile | MySqlServer:
    """Return the database that *url* names, not yet connected.

    Raises :class:`ValueError`, with a sentence that never quotes the URL: it may hold a password.
    """
    if url.startswith("sqlite:"):
        return SqliteFile(_sqlite_path(url))
    try:
        parts = urlsplit(url)
        port = parts.port or MYSQL_PORT
    except ValueError:
        _refuse("the port is not a number (write / as %2F, # as %23 and ? as %3F in a password)")
    if parts.scheme not in ("mysql", "mariadb"):
        _refuse("it must begin with sqlite:///, mysql:// or mariadb://")
    return _server(parts, port)


def _sqlite_path(url: str) -> Path:
    match = re.fullmatch(r"sqlite:///(.+)", url, re.DOTALL)
    if match is None:
        _refuse("sqlite takes three slashes and a path, four slashes if the path is absolute")
    path = unquote(match[1])
    if path == ":memory:" or "\0" in path:
        # Each thread would have a memory of its own.
        _refuse("sqlite needs a file")
    return Path(path).absolute()


def _server(parts: SplitResult, port: int) -> MySqlServer:
    name = unquote(parts.path.removeprefix("/"))
    if parts.query or parts.fragment:
        _refuse("it has no options (write # as %23 and ? as %3F in a password)")
    if not parts.hostname:
        _refuse("the host is missing")
    if not parts.username:
        _refuse("the user is missing")
    if not name or "/" in name:
        _refuse("the name of the database is missing, or has a / in it")
    password = unquote(parts.password or "")
    return MySqlServer(name, unquote(parts.username), password, parts.hostname, port)


def _refuse(why: str) -> Never:
    raise ValueError(
        f"the database address is wrong: {why}. It is sqlite:///PATH, "
        "or mysql://USER:PASSWORD@HOST/DATABASE"
    ) from None
