"""Everything the server keeps: accounts, rooms and messages, as plain values in and out.

The only importer of :mod:`models`; no model instance leaves this file. Every method may take as
long as a disk takes, so it is called on a worker thread, never on the loop. Each thread has its own
connection and ends it with :meth:`Storage.close`.

What :meth:`Storage.append` guarantees, on SQLite and on MySQL:

1. What it answers with :class:`Stored` is committed durably.
2. Numbers are taken from the room's row in the transaction that stores the messages. A room's
   messages are numbered 1, 2, 3 ... without holes, and in the order of the batch.
3. The same cid of the same sender is stored once, however often and however late it comes again.
4. One message that cannot be stored fails alone. When the environment fails, nothing is stored.
5. When a connection is lost during COMMIT, the outcome is looked up before anything else is
   stored: by the position of the batch's last message, with the room's row locked, so that a commit
   still under way is waited for. A message of such a batch that comes again gets the answer that
   was lost. It is known by sender and cid; without a cid, by being the same in every field.
"""

import logging
import time
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from peewee import JOIN, IntegrityError, chunked

# Not in peewee's stubs.
from peewee import __exception_wrapper__ as as_peewee_errors  # type: ignore[attr-defined]

from models import Message, Room, User
from reactor.database import (
    ROW_ERRORS,
    CommitLost,
    Connection,
    DatabaseRefused,
    StorageUnavailable,
    from_url,
)
from reactor.lost_commits import Attempt, LostCommits
from reactor.migrations import upgrade
from reactor.records import Account, NewMessage, NewUser, Refused, Stored, StoredMessage
from wire import names
from wire.limits import MAX_CID, MAX_PAGE, MAX_TEXT

__all__ = ["DatabaseRefused", "Storage", "StorageUnavailable"]

log = logging.getLogger(__name__)

# Rows in one statement of add_users: SQLite allows 999 parameters where it was built long ago.
USERS_PER_STATEMENT = 100

# add_users begins again when another program took one of the names at the same time.
ADD_ATTEMPTS = 3

# What every database holds in a BIGINT.
MAX_INTEGER = 2**63 - 1


# The columns that are written, in the order of the rows below.
USER_COLUMNS = (
    User.user_name,
    User.user_password,
    User.user_nickname,
    User.user_key,
    User.created_at,
)
MESSAGE_COLUMNS = (
    Message.room,
    Message.seq,
    Message.sender,
    Message.cid,
    Message.text,
    Message.sent_at,
)

Answer: TypeAlias = Stored | Refused
Insert: TypeAlias = Callable[[list[NewMessage], dict[int, int]], list[Answer]]


class Storage:
    """The database behind a URL; see :func:`reactor.database.from_url` for what it may be."""

    def __init__(self, url: str) -> None:
        """Connect nothing yet. Raises :class:`ValueError` for a URL that cannot be right."""
        self._database = from_url(url)
        self._connection = Connection(self._database)
        self._sql = _compiled(self._database)
        self._lost = LostCommits()
        self._failing = False

    def open(self) -> list[str]:
        """Make, connect and migrate the database; return what was done, and warnings, as sentences.

        Leaves no connection open in this thread. Raises :class:`StorageUnavailable`, or
        :class:`DatabaseRefused` when trying again cannot help.
        """
        try:
            return self._connection.call(self._open)
        finally:
            self._connection.drop()

    def _open(self) -> list[str]:
        created = self._database.create_missing()
        return created + upgrade(self._database) + self._database.weaknesses()

    def close(self) -> None:
        """Close this thread's connection; the next call in this thread would open another."""
        self._connection.drop()

    def find_account(self, name: str) -> Account | None:
        """Return the account that *name*, or a look-alike of it, belongs to."""
        key = names.key(name)
        query = User.select(
            User.user_id, User.user_name, User.user_nickname, User.user_password, User.user_key
        ).where(User.user_key == key)
        row = self._first_row(query)
        # MySQL ignores spaces at the end when it compares.
        return Account(*row[:4]) if row and row[4] == key else None

    def replace_password_hash(self, user_id: int, old: str, new: str) -> bool:
        """Replace the hash *old* by *new*; False if it is another one by now."""
        same = (User.user_id == user_id) & (User.user_password == old)
        query = User.update({User.user_password: new}).where(same)
        return bool(self._connection.call(lambda: query.execute(self._database)))

    def add_users(self, users: Sequence[NewUser]) -> list[bool]:
        """Add all of *users* in one transaction; False for one whose name, by key, exists already.

        Raises :class:`ValueError` for a name or nickname that is not allowed, and then adds nobody.
        """
        for user in users:
            names.check_name(user.name)
            names.check_nickname(user.nickname)
        for _ in range(ADD_ATTEMPTS):
            try:
                return self._connection.call(lambda: self._add_users(users))
            except ROW_ERRORS:
                continue
        raise StorageUnavailable("other programs add the same users; try again")

    def _add_users(self, users: Sequence[NewUser]) -> list[bool]:
        keys = [names.key(user.name) for user in users]
        now = time.time_ns() // 1_000_000
        added = []
        rows = []
        with self._connection.transaction():
            taken = self._taken(keys)
            for user, key in zip(users, keys, strict=True):
                added.append(key not in taken)
                if key not in taken:
                    taken.add(key)
                    rows.append((user.name, user.password_hash, user.nickname, key, now))
            for some in chunked(rows, USERS_PER_STATEMENT):
                User.insert_many(some, USER_COLUMNS).execute(self._database)
        return added

    def _taken(self, keys: list[str]) -> set[str]:
        taken: set[str] = set()
        for some in chunked(keys, USERS_PER_STATEMENT):
            query = User.select(User.user_key).where(User.user_key.in_(some)).tuples()
            taken.update(key for (key,) in query.execute(self._database))
        return taken

    def room_id(self, name: str) -> int:
        """Return the id of the room *name*, such as ``lobby``. Raises :class:`KeyError`."""
        row = self._first_row(Room.select(Room.room_id).where(Room.room_key == names.key(name)))
        if row is None:
            raise KeyError(name)
        return int(row[0])

    def messages_after(self, room_id: int, seq: int, limit: int) -> list[StoredMessage]:
        """Return the messages of a room after number *seq*, in order: *limit*, MAX_PAGE at most."""
        query = _messages_of(room_id).where(Message.seq > seq).order_by(Message.seq)
        return self._page(query, limit)

    def messages_before(self, room_id: int, seq: int, limit: int) -> list[StoredMessage]:
        """Return the last messages of a room before number *seq*, in order; 0 is the room's end."""
        query = _messages_of(room_id).order_by(Message.seq.desc())
        return self._page(query.where(Message.seq < seq) if seq else query, limit)[::-1]

    def _page(self, query: Any, limit: int) -> list[StoredMessage]:
        bounded = query.limit(max(0, min(limit, MAX_PAGE))).tuples()
        rows = self._connection.call(lambda: list(bounded.execute(self._database)))
        return [StoredMessage(*row)._replace(cid=row[3] or "") for row in rows]

    def append(self, batch: Sequence[NewMessage]) -> list[Answer]:
        """Store *batch* in one transaction; one answer for each, in order. Never raises for a row.

        See the guarantees at the head of this file.
        """
        answers: list[Answer | None] = [_why_invalid(message) for message in batch]

        def store() -> None:
            # Before asking what has landed, too: what is found must be durable.
            self._connection.prepare_to_commit()
            self._lost.settle(self._has_landed)
            for index, message in enumerate(batch):
                answers[index] = answers[index] or self._lost.answer(message)
            rest = [index for index, answer in enumerate(answers) if answer is None]
            stored = self._store([batch[index] for index in rest])
            for index, answer in zip(rest, stored, strict=True):
                answers[index] = answer

        try:
            self._connection.call(store, repeatable=True)
            self._note_failure(None)
        except StorageUnavailable as error:
            self._note_failure(error)
        unavailable = Refused("unavailable", "messages cannot be stored at the moment; try again")
        return [answer or unavailable for answer in answers]

    def _note_failure(self, error: StorageUnavailable | None) -> None:
        """Log why nothing can be stored: once, and once when it is over, not for every batch."""
        if error and not self._failing:
            log.error("messages cannot be stored: %s", error)
        elif self._failing and not error:
            log.warning("messages are stored again")
        self._failing = error is not None

    def _store(self, batch: list[NewMessage]) -> list[Answer]:
        """Store what is valid and not in doubt, at once if that goes, else one by one."""
        if not batch:
            return []
        try:
            return self._commit(batch, self._insert_together)
        except ROW_ERRORS:
            pass
        return self._commit(batch, self._insert_singly)

    def _commit(self, batch: list[NewMessage], insert: Insert) -> list[Answer]:
        """Run *insert* in a transaction that holds the rooms' rows, and write their new numbers."""
        answers: list[Answer] = []
        try:
            with self._connection.transaction():
                last = self._lock_rooms({message.room_id for message in batch})
                before = dict(last)
                answers = insert(batch, last)
                for room_id in last:
                    if last[room_id] != before[room_id]:
                        self._execute("set_last_seq", last[room_id], room_id)
        except CommitLost:
            pairs = zip(batch, answers, strict=True)
            stored = [(message, it) for message, it in pairs if isinstance(it, Stored)]
            self._lost.add([pair for pair in stored if pair[1].fresh])
            raise
        return answers

    def _lock_rooms(self, room_ids: set[int]) -> dict[int, int]:
        """The last number of each room that exists; nobody else takes numbers until the commit.

        In the order of their ids, so that two transactions never wait for each other.
        """
        last = {}
        for room_id in sorted(room_ids):
            row = self._execute("lock_room", room_id).fetchone()
            if row:
                last[room_id] = row[0]
        return last

    def _insert_together(self, batch: list[NewMessage], last: dict[int, int]) -> list[Answer]:
        """Insert in one statement. Raises one of ROW_ERRORS if any message needs a closer look."""
        answers: list[Answer] = []
        first: dict[tuple[int, str], Stored] = {}
        rows = []
        for message in batch:
            known = first.get((message.sender_id, message.cid))
            if known:
                answers.append(known._replace(fresh=False))
                continue
            if message.room_id not in last:
                raise IntegrityError("there is no such room")
            answer = _next_in_room(message, last)
            if message.cid:
                first[message.sender_id, message.cid] = answer
            rows.append(_as_row(message, answer))
            answers.append(answer)
        with as_peewee_errors:
            self._database.cursor().executemany(self._sql["add_message"], rows)
        return answers

    def _insert_singly(self, batch: list[NewMessage], last: dict[int, int]) -> list[Answer]:
        """Insert one by one, so that each cid is looked up and each bad row fails alone."""
        return [self._insert_one(message, last) for message in batch]

    def _insert_one(self, message: NewMessage, last: dict[int, int]) -> Answer:
        if message.cid:
            row = self._execute("find_cid", message.sender_id, message.cid).fetchone()
            if row:
                return Stored(row[0], row[1], row[2], fresh=False)
        if message.room_id not in last:
            return _no_room(message)
        numbers = dict(last)
        answer = _next_in_room(message, numbers)
        try:
            # On an error both kinds of database take back this statement, not the transaction.
            self._execute("add_message", *_as_row(message, answer))
        except ROW_ERRORS:
            return Refused("invalid", "the database refuses it: there is no such sender")
        last.update(numbers)
        return answer

    def _has_landed(self, attempt: Attempt) -> bool:
        """Whether that transaction was committed: all of it or nothing, so one message tells."""
        message, answer = attempt[-1]
        with self._database.atomic():
            self._lock_rooms({each.room_id for each, _ in attempt})
            row = self._execute("find_seq", answer.room_id, answer.seq).fetchone()
        return bool(row == _as_row(message, answer))

    def _first_row(self, query: Any) -> tuple[Any, ...] | None:
        rows = self._connection.call(lambda: list(query.tuples().execute(self._database)))
        return rows[0] if rows else None

    def _execute(self, statement: str, *values: object) -> Any:
        return self._database.execute_sql(self._sql[statement], values)


def _messages_of(room_id: int) -> Any:
    """The messages of a room with who sent them, in no order yet."""
    columns = (Message.room, Message.seq, Message.sent_at, Message.cid, Message.text)
    query = Message.select(*columns, User.user_name, User.user_nickname)
    # Outer, though everybody exists: MariaDB would begin with the users where there are few, and
    # read and sort all their messages for each page.
    return query.join(User, JOIN.LEFT_OUTER).where(Message.room == room_id)


def _compiled(database: Any) -> dict[str, str]:
    """The statements that run for every batch, compiled once: peewee takes longer than SQLite."""
    lock_room = Room.select(Room.last_seq).where(Room.room_id == 0)
    if database.for_update:
        # SQLite has locked everything when the transaction began.
        lock_room = lock_room.for_update()
    queries = {
        "lock_room": lock_room,
        "set_last_seq": Room.update({Room.last_seq: 0}).where(Room.room_id == 0),
        "add_message": Message.insert_many([(0, 0, 0, "", "", 0)], MESSAGE_COLUMNS),
        "find_cid": Message.select(Message.room, Message.seq, Message.sent_at).where(
            (Message.sender == 0) & (Message.cid == "")
        ),
        "find_seq": Message.select(*MESSAGE_COLUMNS).where(
            (Message.room == 0) & (Message.seq == 0)
        ),
    }
    return {
        name: database.get_sql_context().sql(query).query()[0] for name, query in queries.items()
    }


def _why_invalid(message: NewMessage) -> Refused | None:
    """A refusal for what no database could store, or not all alike; None for the rest."""
    if len(message.text) > MAX_TEXT:
        return Refused("invalid", f"a message may have at most {MAX_TEXT} characters")
    if len(message.cid) > MAX_CID or message.cid != message.cid.rstrip(" "):
        # MySQL ignores spaces at the end when it compares.
        return Refused("invalid", f"a cid has at most {MAX_CID} characters and no space at its end")
    if not all(
        0 <= n <= MAX_INTEGER for n in (message.room_id, message.sender_id, message.sent_at)
    ):
        return Refused("invalid", "a number is out of range")
    try:
        (message.cid + message.text).encode()
    except UnicodeEncodeError:
        return Refused("invalid", "the text is not Unicode: it has half a surrogate pair")
    return None


def _no_room(message: NewMessage) -> Refused:
    return Refused("invalid", f"there is no room with the number {message.room_id}")


def _next_in_room(message: NewMessage, last: dict[int, int]) -> Stored:
    last[message.room_id] += 1
    return Stored(message.room_id, last[message.room_id], message.sent_at, fresh=True)


def _as_row(message: NewMessage, answer: Stored) -> tuple[object, ...]:
    sender, cid = message.sender_id, message.cid or None
    return (answer.room_id, answer.seq, sender, cid, message.text, answer.sent_at)
