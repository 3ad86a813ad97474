"""Search in what the asker may read.

A message is a hit if each word is somewhere in its text, upper or lower case: as Python folds case,
whatever the database thinks of letters. The database only narrows down what is looked at, and never
leaves out a hit: by the index of three letters where there is one, for what is in it; else by
looking at one message after the other, the latest first, so many at a time.
"""

import unicodedata
from typing import Any, NamedTuple

from peewee import SqliteDatabase, Value, fn

from models import Member, Message, Room, User
from reactor.connection import Connection
from reactor.records import Hit, Kind, RoomKind, SearchPage
from reactor.storage.listings import IS_MEMBER
from reactor.storage.part import Part
from reactor.storage.search_index import SearchIndex, can_look_up
from wire.limits import MAX_PAGE, MAX_QUERY

# Messages that the database looks at in one call where the index does not help: some ten
# milliseconds of the lane that others wait for, on MySQL some more.
MAX_LOOKED_AT = 10_000

# Messages that are fetched in one call, for Python to decide, those included that the index knows
# of and the asker may not read: likewise.
MAX_FETCHED = 1_000

# Entries of the index that take as long to look at as a text to fetch, with what it takes to begin.
ENTRIES_A_TEXT = 2

# Texts fetched at a time. Each is a parameter of a statement, of which old SQLites take 999.
FETCHED_AT_ONCE = 500

# Above all ids.
END = 2**63 - 1


class Asked(NamedTuple):
    """What somebody looks for: their case-folded words, and where."""

    user_id: int
    room_id: int | None
    words: tuple[str, ...]
    lobby_id: int


class Looked(NamedTuple):
    """Rows that may be hits, the latest first; the id down to which all were looked at, 1 is the
    end; and how many there were, with those that the asker may not read, and what it took to find
    them."""

    rows: list[tuple[Any, ...]]
    down_to: int
    fetched: int


class Search(Part):
    """The messages of a database, by what is in them."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._index = SearchIndex(connection)

    def index_some(self, limit: int) -> bool:
        """Bring the index on by up to *limit* messages; return whether there may be more to do."""
        return self._transact(lambda: self._index.index_some(limit))

    def search(
        self, user_id: int, room_id: int | None, words: str, before_id: int, limit: int
    ) -> SearchPage:
        """Return the latest hits before *before_id* (0: of all), in one or all of the user's rooms.

        At most *limit*, and MAX_PAGE. There may be fewer, or none, and yet more to come.
        """
        folded = tuple(dict.fromkeys(words[:MAX_QUERY].casefold().split()))
        if not folded or not _is_unicode(words) or limit <= 0:
            return SearchPage([], 0)

        def search() -> SearchPage:
            lobby = Room.select(Room.room_id).where(Room.kind == RoomKind.LOBBY)
            asked = Asked(user_id, room_id, folded, (self._row(lobby) or (0,))[0])
            return self._search(asked, before_id or END, min(limit, MAX_PAGE))

        return self._ask(search)

    def _search(self, asked: Asked, before: int, limit: int) -> SearchPage:
        indexed = self._index.indexed() if can_look_up(asked.words) else 0
        rarest: list[str] = []
        # Ids have gaps, so it is not told from *before* how many there are below it.
        before = self._highest(before) + 1
        bottom = max(0, before - 1 - MAX_LOOKED_AT)
        hits: list[tuple[Any, ...]] = []
        fetched = 0
        while before > 1 and fetched < MAX_FETCHED:
            if before - 1 <= indexed:
                rarest = rarest or self._index.rarest(asked.words, before)
                looked = self._look_up(asked, rarest, before)
            elif before - 1 > bottom:
                looked = self._look_at_all(asked, before, max(indexed, bottom))
            else:
                break
            for row in looked.rows:
                if _is_hit(row, asked.words):
                    hits.append(row)
                    if len(hits) == limit:
                        return self._page(hits, row[0])
            before = looked.down_to
            fetched += looked.fetched
        return self._page(hits, before if before > 1 else 0)

    def _page(self, rows: list[tuple[Any, ...]], continue_at: int) -> SearchPage:
        """The hits, with who said them: asked last, so that the database reads messages alone."""
        query = User.select(User.user_id, User.user_name, User.user_nickname)
        query = query.where(User.user_id.in_({row[-1] for row in rows}))
        users = {user_id: (name, nickname) for user_id, name, nickname in self._rows(query)}
        hits = [Hit._make((*fields, *users[sender_id])) for *fields, sender_id in rows]
        return SearchPage(hits, continue_at)

    def _highest(self, before: int) -> int:
        query = Message.select(fn.MAX(Message.message_id)).where(Message.message_id < before)
        ((highest,),) = self._rows(query)
        return highest or 0

    def _look_up(self, asked: Asked, rarest: list[str], before: int) -> Looked:
        """The next messages below *before* that the index knows of."""
        ids, down_to, looked_at = self._index.candidates(rarest, before, FETCHED_AT_ONCE)
        rows = self._rows(_readable(asked).where(Message.message_id.in_(ids))) if ids else []
        return Looked(rows, down_to, len(ids) + looked_at // ENTRIES_A_TEXT)

    def _look_at_all(self, asked: Asked, before: int, bottom: int) -> Looked:
        """The next messages below *before* and above *bottom*."""
        between = (Message.message_id < before) & (Message.message_id > bottom)
        query = _readable(asked).where(between)
        for word in asked.words:
            query = query.where(self._may_have(word))
        rows = self._rows(query.limit(FETCHED_AT_ONCE))
        down_to = rows[-1][0] if len(rows) == FETCHED_AT_ONCE else bottom + 1
        return Looked(rows, down_to, len(rows))

    def _may_have(self, word: str) -> Any:
        """A condition that holds for each text that has *word* in it, and for as few more as the
        database can tell; ``INSTR`` knows no wildcards."""
        if all(map(_has_no_case, word)):
            return fn.INSTR(Message.text, word) > 0
        if word.isascii():
            return (fn.INSTR(fn.LOWER(Message.text), word) > 0) | ~self._is_ascii()
        return Value(1) == 1

    def _is_ascii(self) -> Any:
        """Whether the text has as many bytes as characters."""
        if isinstance(self._database, SqliteDatabase):
            return fn.LENGTH(Message.text.cast("BLOB")) == fn.LENGTH(Message.text)
        return fn.LENGTH(Message.text) == fn.CHAR_LENGTH(Message.text)


def _readable(asked: Asked) -> Any:
    """The messages that the asker may read, the latest first, as a :class:`Hit` has its
    fields, but with the number of who said it."""
    query = Message.select(
        *(Message.message_id, Message.room, Message.seq, Message.sent_at, Message.text),
        Message.sender,
    )
    own = Member.select(Member.room).where((Member.user == asked.user_id) & IS_MEMBER)
    # A sum is in no index: they are to be taken by their ids, not by their rooms.
    room = Message.room + 0
    query = query.where((Message.kind == Kind.SAID) & ((room == asked.lobby_id) | room.in_(own)))
    if asked.room_id is not None:
        query = query.where(room == asked.room_id)
    return query.order_by(Message.message_id.desc())


def _is_hit(row: tuple[Any, ...], words: tuple[str, ...]) -> bool:
    text = row[4].casefold()
    return all(word in text for word in words)


def _has_no_case(character: str) -> bool:
    """Whether only itself is folded to it: so with Chinese characters, and with digits."""
    return unicodedata.category(character) in ("Lo", "Nd")


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
