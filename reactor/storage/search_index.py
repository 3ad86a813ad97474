"""The index of the search on SQLite: which messages have which three letters.

It gives candidates, never hits: it keeps neither texts nor positions, and its letters are those of
the case-folded texts. Messages up to a number (the fact ``search_indexed``) are in it, later ones
are not yet: it is filled in idle moments, so that posting does not wait for it. An edit, a deletion
and retention keep it right in their own transaction. Where there is none (MySQL, an old SQLite),
it is empty and stays so.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

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

# Groups of three letters of which it is found out how rare they are, and messages that are looked
# at for each of them. Each group costs some tenths of a millisecond, mostly to begin with.
MAX_SAMPLED = 12
SAMPLE = 50

# Groups by which candidates are found together. More of them would hardly leave out any more.
MAX_TOGETHER = 3

# How many times as many messages as have the rarest group may have another one, for the other one
# to be worth reading.
MAX_TIMES = 4


class Candidates(NamedTuple):
    """Messages that may have something in them: their ids, the highest first; the id down to which
    there are no others, 1 is the end; and how many entries of the index were looked at."""

    ids: list[int]
    down_to: int
    looked_at: int


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

    def rarest(self, words: Sequence[str], before: int) -> list[str]:
        """Three letters at a time, of *words*: the rarest below *before*, the rarest first.

        How rare they are is told from how far down the latest messages reach that have them.
        """
        threes = sorted({three for word in words for three in _threes(word)})
        some = threes[:: -(-len(threes) // MAX_SAMPLED)]
        reach = {}
        for three in some:
            ids = self._ids(three, before, 0, SAMPLE)
            reach[three] = ids[-1] if len(ids) == SAMPLE else 0
        return sorted(some, key=lambda three: reach[three])[:MAX_TOGETHER]

    def candidates(self, threes: Sequence[str], before: int, limit: int) -> Candidates:
        """The messages below *before* that may have all of *threes* in them, so far as they are
        among the latest *limit* that have the first, which is to be the rarest.

        Asked for all of them at once, the index would go on to the next message that has all, be it
        ten million messages away. Asked for one at a time it stops where it is told to.
        """
        first, *others = threes
        ids = self._ids(first, before, 0, limit)
        down_to = ids[-1] if len(ids) == limit else 1
        looked_at = len(ids)
        for three in others:
            found = self._ids(three, before, down_to, limit * MAX_TIMES)
            looked_at += len(found)
            if len(found) == limit * MAX_TIMES:
                break  # there may be more of them, so that the others tell nothing
            having = set(found)
            ids = [message_id for message_id in ids if message_id in having]
        return Candidates(ids, down_to, looked_at)

    def _ids(self, three: str, before: int, down_to: int, limit: int) -> list[int]:
        """The latest messages of those from *down_to* up to *before* that have *three* in them."""
        phrase = '"' + three.replace('"', '""') + '"'
        between = (INDEX.c.rowid < before) & (INDEX.c.rowid >= down_to)
        query = INDEX.select(INDEX.c.rowid).where(_matches(phrase) & between)
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
