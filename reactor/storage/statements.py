"""Statements about many values at once, which run for every batch of messages.

peewee takes longer to compile one than a database to run it, and SQLite takes as long to prepare
one as to run it. So each is compiled for few lengths only, of which the driver keeps all prepared.
"""

from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any, TypeAlias

# Not in peewee's stubs.
from peewee import __exception_wrapper__ as as_peewee_errors  # type: ignore[attr-defined]

from reactor.storage.part import compiled

Build: TypeAlias = Callable[[int], Any]
"""Returns the query for so many values; which ones it has is of no matter."""

# Values of one statement at the most. An old SQLite takes 999 parameters, and these may be pairs.
MAX_LENGTH = 256


class _Texts(dict[int, str]):
    """The SQL of a statement for each length, compiled when it is first needed."""

    def __init__(self, database: Any, build: Build) -> None:
        super().__init__()
        self._database = database
        self._build = build

    def __missing__(self, length: int) -> str:
        self[length] = compiled(self._database, {"it": self._build(length)})["it"]
        return self[length]


class ListStatement:
    """A statement with a list of values (``IN``, or an ``OR`` of pairs), none of which does
    anything more when it is there twice: so the list is filled up to the next power of two.

    A value has as many parameters as *width* says.
    """

    def __init__(self, database: Any, build: Build, width: int = 1) -> None:
        self._database = database
        self._texts = _Texts(database, build)
        self._width = width

    def run(
        self, values: Sequence[object], before: tuple[Any, ...] = (), after: tuple[Any, ...] = ()
    ) -> list[tuple[Any, ...]]:
        """Run it for all *values*, one behind the other, with the parameters *before* and *after*
        the list; return the rows that it finds."""
        most = MAX_LENGTH * self._width
        if 0 < len(values) <= most:
            return self._run(values, before, after)
        rows: list[tuple[Any, ...]] = []
        for at in range(0, len(values), most):
            rows += self._run(values[at : at + most], before, after)
        return rows

    def _run(
        self, values: Sequence[object], before: tuple[Any, ...], after: tuple[Any, ...]
    ) -> list[tuple[Any, ...]]:
        count = len(values) // self._width
        length = 1 << (count - 1).bit_length()
        if count < length:
            values = [*values, *[*values[-self._width :]] * (length - count)]
        parameters = (*before, *values, *after)
        rows: list[tuple[Any, ...]] = self._database.execute_sql(
            self._texts[length], parameters
        ).fetchall()
        return rows


class RowStatement:
    """An ``INSERT`` of rows, in as few statements as the database is best given."""

    def __init__(self, database: Any, build: Build) -> None:
        self._database = database
        self._texts = _Texts(database, build)

    def run(self, rows: Sequence[tuple[object, ...]]) -> None:
        """Insert *rows*. Raises one of ROW_ERRORS; some of them may be inserted then."""
        left = rows
        for length in self._database.insert_lengths:
            if length <= len(left):
                end = len(left) - len(left) % length
                pieces = left if length == 1 else _joined(left[:end], length)
                with as_peewee_errors:
                    self._database.cursor().executemany(self._texts[length], pieces)
                left = left[end:]


def _joined(rows: Sequence[tuple[object, ...]], length: int) -> list[tuple[object, ...]]:
    """Each *length* of them as one."""
    return [tuple(chain(*rows[at : at + length])) for at in range(0, len(rows), length)]
