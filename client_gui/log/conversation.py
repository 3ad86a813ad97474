"""What a room's window shows, as a list: numbered rows, then our own that the server has not taken.

1. Whatever happens here is returned as changes of that list, by position.
2. A row is shown as the server said, then as our own changes on their way (*wishes*) will make it;
   when such a wish is given up, the row falls back by itself.
3. An answer quotes what it answers, as that is now, if that is here.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, NamedTuple

from client_gui.changes import Inserted, Removed, TimelineChange, Updated
from client_gui.items import Delivery, Entry, Quote
from client_gui.log.records import Request
from client_gui.log.rows import Row, changed_by, entry_of, names, quote_of, weight
from wire.messages import Change as RoomChange
from wire.messages import Delete, Edit, React, RenameRoom, SetTopic


class Me(NamedTuple):
    """Who looks at it."""

    username: str = ""
    nickname: str = ""


class Conversation:
    """One room's list.

    Attributes:
        weight: bytes of memory that the numbered rows take, about.
    """

    def __init__(self, room: str, me: Me) -> None:
        self.room = room
        self.me = me
        self.weight = 0
        self._rows: list[Row] = []
        self._seqs: list[int] = []
        self._waiting: list[Entry] = []
        self._answers: dict[int, set[int]] = {}
        """The numbers of the rows that answer a number."""
        self._wishes: dict[int, dict[str, Request]] = {}
        """Our changes on their way, by the number that they are about."""
        self._unsaved: dict[int, Row] = {}

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Everything, as it is shown."""
        return (*map(self._entry, self._rows), *self._waiting)

    @property
    def seqs(self) -> list[int]:
        """The numbers that are here, ascending; not to be altered."""
        return self._seqs

    @property
    def waiting(self) -> int:
        """How many of ours stand below, which the server has not taken."""
        return len(self._waiting)

    def row(self, seq: int) -> Row | None:
        """The row with number *seq*, if it is here; as the server said."""
        where = bisect_left(self._seqs, seq)
        return self._rows[where] if self._seqs[where : where + 1] == [seq] else None

    def rows_after(self, seq: int) -> list[Row]:
        """The rows whose numbers are greater."""
        return self._rows[bisect_left(self._seqs, seq + 1) :]

    def unread_after(self, seq: int) -> tuple[int, int]:
        """How many messages of others are behind *seq*, and how many of them name us."""
        rows = [row for row in self.rows_after(seq) if not (row.notice or row.deleted)]
        others = [row for row in rows if row.username != self.me.username]
        return len(others), sum(names(row.text, self.me.username) for row in others)

    def shown(self, seq: int) -> Entry | None:
        """The row with number *seq*, as it is shown, if it is here."""
        row = self.row(seq)
        return None if row is None else self._entry(row)

    # --- numbered rows ---------------------------------------------------------------------------

    def place(self, row: Row, saved: bool = False) -> list[TimelineChange]:
        """Put *row* in its place, unless its number is here. *saved*: it came from the disk."""
        position = bisect_left(self._seqs, row.seq)
        if self._seqs[position : position + 1] == [row.seq]:
            return []
        self._rows.insert(position, row)
        self._seqs.insert(position, row.seq)
        self._note(row, saved)
        return [
            Inserted(self.room, position, (self._entry(row),)),
            *self._requote(row.seq),
        ]

    def place_page(self, rows: Iterable[Row], saved: bool = False) -> list[TimelineChange]:
        """Put *rows*, ascending, in their places: all at once if nothing is between them, for a row
        at the top moves all others."""
        new = [row for row in rows if self.row(row.seq) is None]
        if not new:
            return []
        position = bisect_left(self._seqs, new[0].seq)
        if position != bisect_left(self._seqs, new[-1].seq):
            return [change for row in new for change in self.place(row, saved)]
        self._rows[position:position] = new
        self._seqs[position:position] = [row.seq for row in new]
        for row in new:
            self._note(row, saved)
        return [
            Inserted(self.room, position, tuple(map(self._entry, new))),
            *(change for row in new for change in self._requote(row.seq)),
        ]

    def change(self, change: RoomChange) -> list[TimelineChange]:
        """Make *change* to the row that it is about, if that is here."""
        row = self.row(change.target)
        new = row and changed_by(row, change)
        if new is None or new is row:
            return []
        position = bisect_left(self._seqs, new.seq)
        self._rows[position] = self._unsaved[new.seq] = new
        self.weight += weight(new) - weight(row)
        return [*self._updated(new.seq), *(self._requote(new.seq) if new.text != row.text else [])]

    def trim(self, count: int) -> list[TimelineChange]:
        """Let the first *count* rows go, and what answers quote of them."""
        gone = self._rows[:count]
        for row in gone:
            self._forget_answer(row)
            self.weight -= weight(row)
        del self._rows[:count], self._seqs[:count]
        return [
            Removed(self.room, 0, count),
            *(change for row in gone for change in self._requote(row.seq)),
        ]

    def forget(self) -> list[TimelineChange]:
        """Let all rows go; our own that wait stay."""
        self._unsaved = {}
        return self.trim(len(self._rows)) if self._rows else []

    def forget_all(self) -> list[TimelineChange]:
        """Let everything go, what waits as well."""
        changes, waiting = self.forget(), len(self._waiting)
        self._waiting = []
        self._wishes = {}
        return [*changes, Removed(self.room, 0, waiting)] if waiting else changes

    def look_as(self, me: Me) -> list[TimelineChange]:
        """Show everything to *me*; the login may have told the name in another case."""
        if me == self.me:
            return []
        self.me = me
        return [change for seq in self._seqs for change in self._updated(seq)]

    def take_unsaved(self) -> list[Row]:
        """Return the rows that are new or different since the last time."""
        rows = list(self._unsaved.values())
        self._unsaved.clear()
        return rows

    # --- our own messages that wait --------------------------------------------------------------

    def find(self, key: str) -> Entry | None:
        """The entry of ours with *key* that waits."""
        return next((entry for entry in self._waiting if entry.key == key), None)

    def wrote(self, entry: Entry, reply_to: int) -> list[TimelineChange]:
        """We wrote *entry*; it waits."""
        self._waiting.append(replace(entry, reply=self._quote(reply_to)))
        return [Inserted(self.room, self._end() - 1, (self._waiting[-1],))]

    def stored(self, key: str, row: Row) -> list[TimelineChange]:
        """What waits as *key* has become *row*; it moves only if it has to."""
        where = self._where(key)
        if where is None:
            return []
        if where == 0 and row.seq > max(self._seqs[-1:], default=0):
            del self._waiting[0]
            self._rows.append(row)
            self._seqs.append(row.seq)
            self._note(row, saved=False)
            return [*self._updated(row.seq), *self._requote(row.seq)]
        return [*self.discarded(key), *self.place(row)]

    def altered(self, key: str, **fields: object) -> list[TimelineChange]:
        """What waits as *key* has other *fields* of an entry now."""
        where = self._where(key)
        if where is None:
            return []
        self._waiting[where] = replace(self._waiting[where], **fields)
        return [self._updated_waiting(where)]

    def refused(self, key: str, reason: str, detail: str) -> list[TimelineChange]:
        """The server would not take it."""
        return self.altered(key, delivery=Delivery.REFUSED, reason=reason, detail=detail)

    def sent_again(self, key: str) -> list[TimelineChange]:
        """It is to be sent another time."""
        return self.altered(key, delivery=Delivery.PENDING, reason="", detail="")

    def discarded(self, key: str) -> list[TimelineChange]:
        """It is to be sent no more."""
        where = self._where(key)
        if where is None:
            return []
        del self._waiting[where]
        return [Removed(self.room, len(self._rows) + where, 1)]

    # --- our own changes on their way ------------------------------------------------------------

    def wish(self, target: int, request: Request) -> list[TimelineChange]:
        """Show *target* as *request* will make it."""
        self._wishes.setdefault(target, {})[request.cid] = request
        return [*self._updated(target), *self._requote(target)]

    def unwish(self, target: int, cid: str) -> list[TimelineChange]:
        """Show it without that again: the change has been made, or refused."""
        wishes = self._wishes.get(target, {})
        if wishes.pop(cid, None) is None:
            return []
        if not wishes:
            del self._wishes[target]
        return [*self._updated(target), *self._requote(target)]

    # --- inside ----------------------------------------------------------------------------------

    def _end(self) -> int:
        return len(self._rows) + len(self._waiting)

    def _where(self, key: str) -> int | None:
        return next((n for n, entry in enumerate(self._waiting) if entry.key == key), None)

    def _note(self, row: Row, saved: bool) -> None:
        if not saved:
            self._unsaved[row.seq] = row
        self.weight += weight(row)
        if row.reply_to:
            self._answers.setdefault(row.reply_to, set()).add(row.seq)

    def _forget_answer(self, row: Row) -> None:
        answers = self._answers.get(row.reply_to)
        if answers is not None:
            answers.discard(row.seq)
            if not answers:
                del self._answers[row.reply_to]

    def _entry(self, row: Row) -> Entry:
        wishes = self._wishes.get(row.seq)
        wished = self._wished(row, wishes.values()) if wishes else row
        entry = entry_of(wished, self.room, self.me.username, self._quote(row.reply_to))
        return replace(entry, changing=True) if wishes else entry

    def _wished(self, row: Row, wishes: Iterable[Request]) -> Row:
        for wish in wishes:
            row = changed_by(row, change_of(wish, self.me, row.changed + 1))
        return row

    def _quote(self, seq: int) -> Quote | None:
        if not seq:
            return None
        row = self.row(seq)
        if row is None:
            return Quote(seq)
        return quote_of(self._wished(row, self._wishes.get(seq, {}).values()))

    def _requote(self, seq: int) -> list[TimelineChange]:
        """Show the answers to *seq* anew."""
        changes = [
            c for answer in sorted(self._answers.get(seq, ())) for c in self._updated(answer)
        ]
        for where, entry in enumerate(self._waiting):
            if entry.reply is not None and entry.reply.seq == seq:
                self._waiting[where] = replace(entry, reply=self._quote(seq))
                changes.append(self._updated_waiting(where))
        return changes

    def _updated(self, seq: int) -> list[TimelineChange]:
        row = self.row(seq)
        if row is None:
            return []
        return [Updated(self.room, bisect_left(self._seqs, seq), self._entry(row))]

    def _updated_waiting(self, where: int) -> Updated:
        return Updated(self.room, len(self._rows) + where, self._waiting[where])


def change_of(request: Request, me: Me, seq: int, time: int = 0) -> RoomChange:
    """Return what others are told when *request*, which is no chat, has got number *seq*."""
    kind, text, target = _KINDS[type(request)](request)
    return RoomChange(me.nickname, text, me.username, request.room, seq, time, kind, target)


_KINDS: dict[type, Callable[[Any], tuple[str, str, int]]] = {
    Edit: lambda edit: ("edited", edit.text, edit.target),
    Delete: lambda delete: ("deleted", "", delete.target),
    React: lambda react: (
        "reacted" if react.on == "1" else "unreacted",
        react.sign,
        react.target,
    ),
    SetTopic: lambda topic: ("topic", topic.topic, 0),
    RenameRoom: lambda rename: ("renamed", rename.name, 0),
}
