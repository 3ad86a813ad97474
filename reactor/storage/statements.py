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


class _Texts:
    """The SQL of a statement for each length, compiled when it is first needed."""

    def __init__(self, database: Any, build: Build) -> None:
        self._database = database
        self._build = build
        self._texts: dict[int, str] = {}

    def __getitem__(self, length: int) -> str:
        text = self._texts.get(length)
        if text is None:
            text = compiled(self._database, {"it": self._build(length)})["it"]
            self._texts[length] = text
        return text


class ListStatement:
    """A statement with a list of values (``IN``, or an ``OR`` of pairs), none of which does
    anything more when it is there twice: so the list is filled up to the next power of two."""

    def __init__(self, database: Any, build: Build) -> None:
        self._database = database
        self._texts = _Texts(database, build)

    def run(
        self,
        values: Sequence[tuple[object, ...]],
        before: tuple[object, ...] = (),
        after: tuple[object, ...] = (),
    ) -> list[tuple[Any, ...]]:
        """Run it for all *values*, with the parameters *before* and *after* the list."""
        rows: list[tuple[Any, ...]] = []
        for at in range(0, len(values), MAX_LENGTH):
            piece = values[at : at + MAX_LENGTH]
            length = 1 << (len(piece) - 1).bit_length()
            filled = chain(*piece, *[piece[-1]] * (length - len(piece)))
            cursor = self._database.execute_sql(self._texts[length], (*before, *filled, *after))
            rows += cursor.fetchall()
        return rows


class RowStatement:
    """An ``INSERT`` of rows, in as few statements as the database is best given."""

    def __init__(self, database: Any, build: Build) -> None:
        self._database = database
        self._texts = _Texts(database, build)

    def run(self, rows: Sequence[tuple[object, ...]]) -> None:
        """Insert *rows*. Raises one of ROW_ERRORS; some of them may be inserted then."""
        at = 0
        for length in self._database.insert_lengths:
            end = len(rows) - (len(rows) - at) % length
            if at < end:
                pieces = [[*chain(*rows[i : i + length])] for i in range(at, end, length)]
                with as_peewee_errors:
                    self._database.cursor().executemany(self._texts[length], pieces)
                at = end
