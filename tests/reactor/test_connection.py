"""Connections are replaced when they break, kept when they did not, and never guess."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from peewee import DataError, InterfaceError, OperationalError

from reactor.connection import Connection
from reactor.database import SqliteFile
from reactor.database_failures import CommitLost, StorageUnavailable


class Work:
    """Fails with each of *failures* in turn; then it returns 1."""

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)

    def __call__(self) -> int:
        if self.failures:
            raise self.failures.pop(0)
        return 1


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    database = SqliteFile(tmp_path / "chat.db")
    database.create_missing()
    database.connect()
    connection = Connection(database)
    yield connection
    connection.drop()


DEAD = InterfaceError("closed")


def test_a_dead_connection_is_replaced_once(connection: Connection) -> None:
    """Unseen the first time; the second time it is the environment."""
    assert connection.call(Work(DEAD)) == 1
    with pytest.raises(StorageUnavailable):
        connection.call(Work(DEAD, DEAD))


def test_a_lost_commit_is_repeated_only_by_work_that_looks_first(connection: Connection) -> None:
    """Blindly repeated, it might happen twice."""
    with pytest.raises(StorageUnavailable):
        connection.call(Work(CommitLost("gone")))
    assert connection.store(Work(CommitLost("gone"))) == 1


def test_a_bad_row_is_the_callers(connection: Connection) -> None:
    """And the connection stays as it is."""
    with pytest.raises(DataError):
        connection.call(Work(DataError("too long")))
    assert not connection.database.is_closed()
    assert not connection.doubtful


def test_a_connection_that_may_be_broken_is_thrown_away(connection: Connection) -> None:
    """But not on a full disk, where a new one might not even be able to read."""
    full = sqlite3.OperationalError("full")
    full.sqlite_errorcode = sqlite3.SQLITE_FULL
    error = OperationalError(full)
    error.orig = full
    with pytest.raises(StorageUnavailable):
        connection.call(Work(error))
    assert not connection.database.is_closed()
    with pytest.raises(StorageUnavailable):
        connection.call(Work(OperationalError("disk I/O error")))
    assert connection.database.is_closed()


def test_a_failed_read_is_a_doubt_and_a_failed_write_a_failure(connection: Connection) -> None:
    """Both are over with the next commit."""
    with pytest.raises(StorageUnavailable):
        connection.call(Work(OperationalError("disk I/O error")))
    assert (connection.doubtful, connection.failing) == (True, False)
    with pytest.raises(StorageUnavailable):
        connection.store(Work(OperationalError("disk I/O error")))
    assert (connection.doubtful, connection.failing) == (True, True)
    with connection.transaction():
        connection.database.execute_sql("CREATE TABLE t (a)")
    assert (connection.doubtful, connection.failing) == (False, False)


def test_an_error_at_the_commit_is_a_lost_commit(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And one before it is not."""
    with pytest.raises(OperationalError), connection.transaction():
        raise OperationalError("in the middle")

    def commit() -> None:
        raise OperationalError("at the end")

    monkeypatch.setattr(connection.database, "commit", commit)
    with pytest.raises(CommitLost), connection.transaction():
        connection.database.execute_sql("CREATE TABLE t (a)")
