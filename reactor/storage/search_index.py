"""The index of the search on SQLite: which messages have which three letters.

It gives candidates, never hits: it keeps neither texts nor positions, and its letters are those of
the case-folded texts. Messages up to a number (the fact ``search_indexed``) are in it, later ones
are not yet: it is filled in idle moments, so that posting does not wait for it. An edit, a deletion
and retention keep it right in their own transaction. Where there is none (MySQL, an old SQLite),
it is empty and stays so.
"""

from collections.abc import Sequence
from typing import Any

from peewee import Expression, OperationalError, Table

# Not in peewee's stubs.
from peewee import __exception_wrapper__ as as_peewee_errors  # type: ignore[attr-defined]

from models import Fact, Message
from reactor.connection import Connection
from reactor.records import Kind
from reactor.storage.part import Part, compiled

INDEXED = "search_indexed"

INDEX = Table("message_search")

LETTERS = 3
"""Characters that a word must have to be looked up."""


class SearchIndex(Part):
    """Within a transaction, or where only one thing is read."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._usable: bool | None = None

    def indexed(self) -> int:
        """The ``message_id`` up to which messages are in it; 0 where there is no index."""
        if not self._is_usable():
            return 0
        ((value,),) = self._rows(Fact.select(Fact.value).where(Fact.name == INDEXED))
        return int(value)

    def index_some(self, limit: int) -> bool:
        """Put in up to *limit* messages more; return whether there may be more to do."""
        if limit <= 0 or not self._is_usable():
            return False
        done = self.indexed()
        query = Message.select(Message.message_id, Message.kind, Message.text)
        query = query.where(Message.message_id > done).order_by(Message.message_id).limit(limit)
        rows = self._rows(query)
        texts = [(message_id, text) for message_id, kind, text in rows if kind == Kind.SAID]
        self._insert(texts)
        if rows:
            self._set_indexed(rows[-1][0])
        return len(rows) == limit

    def replace(self, message_id: int, old: str, new: str) -> None:
        """Let it know that a message has another text, or none."""
        if message_id <= self.indexed():
            self._delete([(message_id, old)])
            self._insert([(message_id, new)])

    def forget(self, texts: Sequence[tuple[int, str]]) -> None:
        """Take messages out, which are deleted from the database already.

        *texts*: their ids, with the texts that they had last. A deleted id may be given out again
        on SQLite if it was the highest, so what is indexed ends at the highest that is left.
        """
        indexed = self.indexed()
        self._delete([(message_id, text) for message_id, text in texts if message_id <= indexed])
        row = self._row(Message.select(Message.message_id).order_by(Message.message_id.desc()))
        highest = row[0] if row else 0
        if highest < indexed:
            self._set_indexed(highest)

    def candidates(self, words: Sequence[str], before: int, limit: int) -> list[int]:
        """Ids below *before*, the highest first, of messages that may have all *words* in them."""
        wanted = {three for word in words for three in _threes(word)}
        match = " AND ".join('"' + three.replace('"', '""') + '"' for three in sorted(wanted))
        query = INDEX.select(INDEX.c.rowid).where(_matches(match) & (INDEX.c.rowid < before))
        query = query.order_by(INDEX.c.rowid.desc()).limit(limit)
        return [row[0] for row in self._rows(query)]

    def _is_usable(self) -> bool:
        if self._usable is None:
            # A table's virtues are those of the program too: this SQLite may be older than the one
            # that made it.
            probe = INDEX.select(INDEX.c.rowid).where(_matches('"aaa"')).limit(1)
            try:
                self._usable = self._has_table() and self._rows(probe) is not None
            except OperationalError:
                self._usable = False
        return self._usable

    def _has_table(self) -> bool:
        return "message_search" in self._database.get_tables()

    def _insert(self, texts: Sequence[tuple[int, str]]) -> None:
        self._run_many(INDEX.insert({INDEX.c.rowid: 0, INDEX.c.text: ""}), (), texts)

    def _delete(self, texts: Sequence[tuple[int, str]]) -> None:
        row = {INDEX.c.message_search: "", INDEX.c.rowid: 0, INDEX.c.text: ""}
        self._run_many(INDEX.insert(row), ("delete",), texts)

    def _run_many(
        self, statement: Any, first: tuple[str, ...], texts: Sequence[tuple[int, str]]
    ) -> None:
        rows = [(*first, message_id, _folded(text)) for message_id, text in texts if text]
        if rows:
            sql = compiled(self._database, {"it": statement})["it"]
            with as_peewee_errors:
                self._database.cursor().executemany(sql, rows)

    def _set_indexed(self, message_id: int) -> None:
        self._do(Fact.update({Fact.value: str(message_id)}).where(Fact.name == INDEXED))


def can_look_up(words: Sequence[str]) -> bool:
    """Whether the index can tell anything of these words, case-folded."""
    return any(_threes(word) for word in words)


def _threes(word: str) -> set[str]:
    threes = {word[at : at + LETTERS] for at in range(len(word) - LETTERS + 1)}
    # SQLite takes NUL for the end, so it is in no index.
    return {three for three in threes if "\0" not in three}


def _folded(text: str) -> str:
    return text.casefold().replace("\0", " ")


def _matches(match: str) -> Any:
    return Expression(INDEX.c.message_search, "MATCH", match)
