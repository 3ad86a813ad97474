"""What every part of the storage does in the same way: run queries, in a transaction or not.

A part is called on worker threads. It asks with :meth:`Part._ask` or :meth:`Part._transact`; within
those, :meth:`Part._rows` and its like run on the connection that is there, and never on another one
half-way through.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from reactor.connection import Connection

T = TypeVar("T")


class Part:
    """One topic of the storage, on the connections that all of them share."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._database: Any = connection.database

    def _ask(self, work: Callable[[], T]) -> T:
        """Return ``work()``, which only reads. Raises :class:`StorageUnavailable`."""
        return self._connection.call(work)

    def _transact(self, work: Callable[[], T]) -> T:
        """Return ``work()``, run in one transaction.

        Raises :class:`StorageUnavailable`, after which it may have happened if the connection was
        lost in COMMIT; or one of ROW_ERRORS, after which it has not.
        """

        def whole() -> T:
            with self._connection.transaction():
                return work()

        return self._connection.call(whole)

    def _rows(self, query: Any) -> list[tuple[Any, ...]]:
        return list(query.tuples().execute(self._database))

    def _row(self, query: Any) -> tuple[Any, ...] | None:
        rows = self._rows(query.limit(1))
        return rows[0] if rows else None

    def _do(self, query: Any) -> int:
        """Run what writes; return how many rows it changed, or the id of the one it added."""
        return int(query.execute(self._database) or 0)

    def _locked(self, query: Any) -> Any:
        """The same, its rows locked until the commit. SQLite has locked everything already."""
        return query.for_update() if self._database.for_update else query


def compiled(database: Any, queries: dict[str, Any]) -> dict[str, str]:
    """The SQL of statements that run all the time: peewee takes longer for it than SQLite."""
    return {
        name: database.get_sql_context().sql(query).query()[0] for name, query in queries.items()
    }
