"""What can go wrong with a database, told apart by who is to blame.

1. A row that cannot be stored is one of ROW_ERRORS; the connection stays good.
2. Everything else that a database can say is the environment: :class:`StorageUnavailable`.
3. A COMMIT without an answer may or may not have happened: :class:`CommitLost`.
"""

import sqlite3

from peewee import DatabaseError, DataError, IntegrityError, InterfaceError

ROW_ERRORS = (IntegrityError, DataError)
"""What a database says of a row that can never be stored."""

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


def first_error(error: BaseException) -> BaseException:
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
    first = first_error(error)
    inner = first.args[0] if first.args else None
    return inner if isinstance(inner, BaseException) else first


def driver_code(error: BaseException) -> object:
    """The number of a MySQL error; None where there is none."""
    args = _driver_error(error).args
    return args[0] if len(args) > 1 else None


def is_disk_full(error: BaseException) -> bool:
    """Whether SQLite found no space, after which nothing is wrong with its connection."""
    original = getattr(first_error(error), "orig", None)
    return getattr(original, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL


def is_undone(error: BaseException) -> bool:
    """Whether nothing of the transaction is left, and it may go well on a new connection."""
    code = driver_code(error)
    # PyMySQL raises InterfaceError, and SQLite never does, for a connection that is closed.
    lost = isinstance(first_error(error), InterfaceError)
    return lost or code in (_DEADLOCK, *_CONNECTION_LOST)


def reason(error: BaseException) -> str:
    driver_error = _driver_error(error)
    return str(driver_error.args[-1] if driver_error.args else driver_error)
