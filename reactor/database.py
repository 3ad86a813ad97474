"""The connection under :mod:`reactor.storage`: a URL becomes a database, its failures get names.

SQLite and MySQL (or MariaDB) differ here and nowhere else: how the database is made, how one
program migrates it alone, what makes its commits durable. Every thread has a connection of its own,
opened when it first needs one.

Failures are told apart by who is to blame:

1. A row that cannot be stored raises one of ROW_ERRORS; the connection stays good.
2. Everything else a database can say is the environment: :class:`StorageUnavailable`. The
   connection is thrown away, so the next call starts from a clean one and works as soon as the
   cause has gone.
3. A connection that turns out to be dead before anything was committed is replaced once, unseen;
   so is a transaction begun again that the database took back because of a deadlock.
4. A COMMIT without an answer may or may not have happened: :class:`CommitLost`. It is never
   repeated blindly.
"""

import contextlib
import hashlib
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Never, TypeVar
from urllib.parse import SplitResult, unquote, urlsplit

from peewee import (
    SQL,
    DatabaseError,
    DataError,
    Entity,
    IntegrityError,
    InterfaceError,
    MySQLDatabase,
    NodeList,
    OperationalError,
    PeeweeException,
    Select,
    SqliteDatabase,
    fn,
)

T = TypeVar("T")

ROW_ERRORS = (IntegrityError, DataError)
"""What a database says of a row that can never be stored."""

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
# The server has gone, went during the query, was shut down, or killed the connection.
_CONNECTION_LOST = frozenset((2006, 2013, 2055, 1053, 1927))
# Of transactions that wait for each other one is taken back whole, and may begin again.
_DEADLOCK = 1213


class StorageUnavailable(Exception):
    """The environment fails: database gone, disk full, locked. The caller may try again later."""


class DatabaseRefused(Exception):
    """The database is not one that this program may use; trying again cannot help."""


class CommitLost(Exception):
    """The connection failed while committing: stored or not, nobody knows yet."""


class SqliteFile(SqliteDatabase):
    """One SQLite file: write-ahead log, every commit synced to the disk, one writer at a time."""

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
        }
        # IMMEDIATE takes the write lock at the start, where waiting for it can still succeed.
        super().__init__(str(path), pragmas=pragmas, timeout=LOCK_TIMEOUT, lock_type="IMMEDIATE")

    def create_missing(self) -> list[str]:
        """Make the directory and the file, for their owner only; say so if it was done."""
        if self.path.exists():
            return []
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Another server that makes it at the same moment does no harm.
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
        except OSError as error:
            raise StorageUnavailable(f"{self.place} cannot be created: {error.strerror}") from error
        return [f"created {self.place}"]

    def weaknesses(self) -> list[str]:
        """Say what is unsafe about the file."""
        mode = self.path.stat().st_mode & 0o777
        if os.name == "posix" and mode & 0o077:
            return [f"warning: others may read {self.place} (mode {mode:04o})"]
        return []

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Keep every other program out; what is deleted meanwhile is overwritten in the file."""
        self.pragma("secure_delete", 1)
        with self.atomic("EXCLUSIVE"):
            yield
        self.pragma("wal_checkpoint(truncate)")


class MySqlServer(MySQLDatabase):
    """One database of a MySQL or MariaDB server."""

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
            if _driver_code(error) != _UNKNOWN_DATABASE:
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
                f"there is no database {self.database}, and it cannot be created: {_reason(error)}"
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


class Connection:
    """The threads' connections to one database, with their failures told apart (see above)."""

    def __init__(self, database: SqliteFile | MySqlServer) -> None:
        self.database = database

    def call(self, work: Callable[[], T], *, repeatable: bool = False) -> T:
        """Return ``work()``; on a dead connection, try once more with a new one.

        *repeatable* work finds out by itself whether its lost commit happened, and is repeated
        after :class:`CommitLost` too. Raises :class:`StorageUnavailable`, or one of ROW_ERRORS.
        """
        try:
            return self._attempt(work)
        except StorageUnavailable as failure:
            cause = failure.__cause__
            undone = isinstance(cause, PeeweeException) and _is_undone(cause)
            if not (undone or (repeatable and isinstance(cause, CommitLost))):
                raise
        return self._attempt(work)

    def _attempt(self, work: Callable[[], T]) -> T:
        try:
            return work()
        except ROW_ERRORS:
            raise
        except (PeeweeException, CommitLost) as error:
            self.drop()
            place = self.database.place
            raise StorageUnavailable(f"{place} is not available: {_reason(error)}") from error

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit what the body did, or nothing of it. Raises :class:`CommitLost`."""
        committing = False
        try:
            with self.database.atomic():
                yield
                committing = True
        except PeeweeException as error:
            if committing:
                raise CommitLost(_reason(error)) from error
            raise

    def drop(self) -> None:
        """Throw this thread's connection away, whatever state it is in."""
        if self.database.is_closed():
            return
        connection = self.database.connection()
        self.database.dispose()
        # It may be dead already, and then cannot say goodbye.
        with contextlib.suppress(Exception):
            connection.close()


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


def _first(error: BaseException) -> BaseException:
    """What failed first: a rollback that fails after it hides it."""
    first = error
    context: BaseException | None = error
    while context is not None:
        if isinstance(context, DatabaseError | InterfaceError):
            first = context
        context = context.__context__
    return first


def _driver_error(error: BaseException) -> BaseException:
    """The driver's own exception, which peewee puts first among its arguments."""
    first = _first(error)
    inner = first.args[0] if first.args else None
    return inner if isinstance(inner, BaseException) else first


def _driver_code(error: BaseException) -> object:
    """The number of a MySQL error; None where there is none."""
    args = _driver_error(error).args
    return args[0] if len(args) > 1 else None


def _is_undone(error: BaseException) -> bool:
    """Whether nothing of the transaction is left, and it may go well on a new connection."""
    code = _driver_code(error)
    # PyMySQL raises InterfaceError, and SQLite never does, for a connection that is closed.
    return code in (_DEADLOCK, *_CONNECTION_LOST) or isinstance(_first(error), InterfaceError)


def _reason(error: BaseException) -> str:
    driver_error = _driver_error(error)
    return str(driver_error.args[-1] if driver_error.args else driver_error)
