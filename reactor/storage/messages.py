"""The rooms' logs are written: messages, and changes of what was said.

What :meth:`Messages.append` guarantees, on SQLite and on MySQL:

1. What it answers with :class:`Stored` is committed durably.
2. Numbers are taken from the room's row in the transaction that stores the entries. A room's
   messages and changes are numbered together, 1, 2, 3 ... without holes, in the order of the batch.
3. The same cid of the same sender is stored once, however often and however late it comes again,
   with whatever message or change, and is answered as it was then, though by now its sender may
   say nothing there any more.
4. One entry that cannot be stored, or may not be, fails alone and takes no number. When the
   environment fails, nothing is stored.
5. When a connection is lost during COMMIT, the outcome is looked up before anything else is
   stored: by the position of the batch's last entry, with the room's row locked, so that a commit
   still under way is waited for. An entry of such a batch that comes again gets the answer that
   was lost. It is known by sender and cid; without a cid, by being the same in every field.
6. Who was put out of a room says nothing there any more, also what was on its way before.
"""

import contextlib
from collections.abc import Callable, Sequence
from itertools import chain
from typing import Any, TypeAlias

from peewee import IntegrityError, NodeList

from models import Member, Message, Room
from reactor.connection import Connection
from reactor.database_failures import ROW_ERRORS, CommitLost, StorageUnavailable
from reactor.lost_commits import Attempt, LostCommits
from reactor.records import NewMessage, Refused, Role, RoomKind, Stored
from reactor.storage.changes import NO_MESSAGE, Changes
from reactor.storage.entries import COLUMNS, SAID, as_row, is_row_of, refusals
from reactor.storage.part import Part, compiled
from reactor.storage.statements import ListStatement, RowStatement

Answer: TypeAlias = Stored | Refused
Insert: TypeAlias = Callable[[list[NewMessage], dict[int, int]], list[Answer]]

PUT_OUT = Refused("no-such-room", "you were put out of this room")


class Messages(Part):
    """The one way by which anything gets into a room's log."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._changes = Changes(connection)
        self._sql = _statements(connection.database)
        self._lists = _list_statements(connection.database)
        self._add_messages = RowStatement(
            connection.database, lambda n: Message.insert_many([[0] * len(COLUMNS)] * n, COLUMNS)
        )
        self._lost = LostCommits()
        self._lobby_id: int | None = None

    @property
    def failing(self) -> bool:
        """Whether storing was what failed last. Any thread may ask."""
        return self._connection.failing

    @property
    def doubtful(self) -> bool:
        """Whether anything has failed since something was stored. Any thread may ask."""
        return self._connection.doubtful

    def append(self, batch: Sequence[NewMessage]) -> list[Answer]:
        """Store *batch* in one transaction; one answer for each, in order. Never raises for a row.

        See the guarantees at the head of this file.
        """
        answers: list[Answer | None] = [*refusals(batch)]

        def store() -> None:
            # Before asking what has landed, too: what is found must be durable.
            self._connection.prepare_to_commit()
            self._lost.settle(self._has_landed)
            if self._lost.has_answers:
                for index, message in enumerate(batch):
                    answers[index] = answers[index] or self._lost.answer(message)
            rest = [index for index, answer in enumerate(answers) if answer is None]
            stored = self._store([batch[index] for index in rest])
            for index, answer in zip(rest, stored, strict=True):
                answers[index] = answer

        with contextlib.suppress(StorageUnavailable):  # which has been logged
            self._connection.store(store)
        unavailable = Refused("unavailable", "messages cannot be stored at the moment; try again")
        return [answer or unavailable for answer in answers]

    def try_to_store(self, room_id: int) -> bool:
        """Commit a change that leaves the room's row as it was; return whether that went.

        There and back: neither kind of database writes a row that is given what it has already.
        """

        def change() -> None:
            self._connection.prepare_to_commit()
            self._lost.settle(self._has_landed)
            with self._connection.transaction():
                for by in (1, -1):
                    query = Room.update({Room.last_seq: Room.last_seq + by})
                    self._do(query.where(Room.room_id == room_id))

        try:
            self._connection.store(change)
        except StorageUnavailable:
            return False  # it has been logged
        return True

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
                before = self._lock_rooms({message.room_id for message in batch})
                last = dict(before)
                answers = insert(batch, last)
                self._write_last(before, last)
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
        return dict(self._lists["lock_rooms"].run(sorted(room_ids)))

    def _write_last(self, before: dict[int, int], last: dict[int, int]) -> None:
        """Write the rooms' new numbers: one statement for all rooms that got equally many."""
        grown: dict[int, list[int]] = {}
        for room_id, seq in last.items():
            grown.setdefault(seq - before[room_id], []).append(room_id)
        grown.pop(0, None)
        for by, ids in grown.items():
            self._lists["raise_last_seq"].run(ids, (by,))

    def _insert_together(self, batch: list[NewMessage], last: dict[int, int]) -> list[Answer]:
        """Insert all at once. Raises one of ROW_ERRORS if anything needs a closer look."""
        answers: list[Answer] = []
        first: dict[tuple[int, str], Stored] = {}
        rows = []
        naming = []
        for message in batch:
            known = first.get((message.sender_id, message.cid))
            if known:
                answers.append(known._replace(fresh=False))
                continue
            if not _is_plain(message, last):
                raise IntegrityError("this is for _insert_singly to find out")
            answer = _next_in_room(message, last)
            if message.cid:
                first[message.sender_id, message.cid] = answer
            if message.mentions:
                naming.append((message, answer.seq))
            rows.append(as_row(message, answer))
            answers.append(answer)
        if self._put_out(batch):
            raise IntegrityError("this too")
        self._add_messages.run(rows)
        for message, seq in naming:
            self._changes.mention(message, seq)
        return answers

    def _insert_singly(self, batch: list[NewMessage], last: dict[int, int]) -> list[Answer]:
        """Insert one by one, so that each cid is looked up and each bad row fails alone."""
        return [self._insert_one(message, last) for message in batch]

    def _insert_one(self, message: NewMessage, last: dict[int, int]) -> Answer:
        if message.cid:
            row = self._execute("find_cid", message.sender_id, message.cid).fetchone()
            if row:
                return Stored(row[0], row[1], row[2], fresh=False)
        if message.barred:
            return message.barred
        if message.room_id not in last:
            return Refused("invalid", f"there is no room with the number {message.room_id}")
        if self._put_out([message]):
            return PUT_OUT
        if message.target > last[message.room_id]:
            return NO_MESSAGE
        numbers = dict(last)
        answer = _next_in_room(message, numbers)
        try:
            with contextlib.nullcontext() if _is_one_row(message) else self._database.savepoint():
                refused = self._add(message, answer)
        except ROW_ERRORS:
            return Refused("invalid", "the database refuses it: there is no such sender")
        if refused:
            return refused
        last.update(numbers)
        return answer

    def _add(self, message: NewMessage, answer: Stored) -> Refused | None:
        """Make the change, if it is one, and add the row; or say why not, and write nothing."""
        if message.kind is not SAID:
            refused = self._changes.apply(message, answer.seq)
            if refused:
                return refused
        self._execute("add_message", *as_row(message, answer))
        if message.kind is SAID and message.mentions:
            self._changes.mention(message, answer.seq)
        return None

    def _put_out(self, batch: list[NewMessage]) -> bool:
        """Whether any sender was put out of the room while the message was on its way. Not asked
        for the lobby, where most is said and nobody is put out of."""
        if self._lobby_id is None:
            (self._lobby_id,) = self._execute("find_lobby", RoomKind.LOBBY.value).fetchone()
        lobby_id = self._lobby_id
        pairs = {(each.room_id, each.sender_id) for each in batch if each.room_id != lobby_id}
        found = self._lists["find_put_out"].run([*chain(*pairs)], (), (Role.REMOVED.value, 1))
        return bool(found)

    def _has_landed(self, attempt: Attempt) -> bool:
        """Whether that transaction was committed: all of it or nothing, so one entry tells."""
        message, answer = attempt[-1]
        with self._database.atomic():
            self._lock_rooms({each.room_id for each, _ in attempt})
            row = self._execute("find_seq", answer.room_id, answer.seq).fetchone()
        return is_row_of(row, message, answer)

    def _execute(self, statement: str, *values: object) -> Any:
        return self._database.execute_sql(self._sql[statement], values)


def _list_statements(database: Any) -> dict[str, ListStatement]:
    def lock_rooms(length: int) -> Any:
        query = Room.select(Room.room_id, Room.last_seq).where(Room.room_id.in_([0] * length))
        query = query.order_by(Room.room_id)
        # SQLite has locked everything when the transaction began.
        return query.for_update() if database.for_update else query

    def raise_last_seq(length: int) -> Any:
        raised = Room.update({Room.last_seq: Room.last_seq + 1})
        return raised.where(Room.room_id.in_([0] * length))

    def find_put_out(length: int) -> Any:
        # As a list of pairs SQLite would read the whole table.
        pair = (Member.room == 0) & (Member.user == 0)
        pairs = NodeList([pair] * length, glue=" OR ", parens=True)
        return Member.select(Member.user).where(pairs & (Member.role == "")).limit(1)

    return {
        "lock_rooms": ListStatement(database, lock_rooms),
        "raise_last_seq": ListStatement(database, raise_last_seq),
        "find_put_out": ListStatement(database, find_put_out, width=2),
    }


def _statements(database: Any) -> dict[str, str]:
    nothing = [0] * len(COLUMNS)
    return compiled(
        database,
        {
            "add_message": Message.insert_many([nothing], COLUMNS),
            "find_cid": Message.select(Message.room, Message.seq, Message.sent_at).where(
                (Message.sender == 0) & (Message.cid == "")
            ),
            "find_lobby": Room.select(Room.room_id).where(Room.kind == ""),
            "find_seq": Message.select(*COLUMNS).where((Message.room == 0) & (Message.seq == 0)),
        },
    )


def _is_plain(message: NewMessage, last: dict[int, int]) -> bool:
    """Whether it can be inserted without asking the database anything: it may be, is no change, and
    an answer only to a number that the room has."""
    is_said = message.kind is SAID and message.barred is None
    return is_said and message.target <= last.get(message.room_id, -1)


def _is_one_row(message: NewMessage) -> bool:
    """Whether storing it is one statement, of which an error leaves nothing behind."""
    return message.kind is SAID and not message.mentions


def _next_in_room(message: NewMessage, last: dict[int, int]) -> Stored:
    last[message.room_id] += 1
    return Stored(message.room_id, last[message.room_id], message.sent_at, fresh=True)
