"""One room's log as the server numbers it, messages and changes alike: the receiver's rule.

1. One number per room, the *mark*: what is at or below it has been dealt with, and is dropped.
   The next one is dealt with: a message becomes a row, a change is made to the row that it is
   about. One further on waits in ``_ahead`` until history has filled the gap. A gap that cannot be
   filled (the server keeps these numbers no longer) is passed over. When the server only cannot
   read now, the gap stays open, and is asked for again after a wait.
2. So changes are made in the order of their numbers, each once. Those about rows below the *bottom*
   are kept (``LaterChanges``) until older pages bring these rows.
3. Nothing is ever shown twice. What is ours and comes back as a message, from an earlier
   connection, is known by its ``cid``, and takes the place of the copy that waits.
4. At most ``MAX_KEPT`` rows are in memory; the oldest go first, ``TRIM`` at once. On disk is
   everything from the *floor* to the mark, which may be more.

What is to be read from the server, :meth:`Timeline.next_request` says, one page at a time: the last
page when the room is opened, what was missed when there is a gap, and older ones when they are
wanted. While the server resumes the room, it brings by itself what was missed.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace
from enum import Enum

from client_gui.changes import Change, PutOff, TimelineChange
from client_gui.items import RETRYABLE
from client_gui.log.conversation import Conversation, Me
from client_gui.log.later_changes import LaterChanges
from client_gui.log.records import Log, LogChanges
from client_gui.log.rows import MAX_SEQ, NOTICES, Row, edge_of, row_of, said
from wire.limits import MAX_PAGE
from wire.messages import Change as RoomChange
from wire.messages import ChatMessage, History, Result

MAX_KEPT = 100_000
"""Rows of one room in memory, if somebody reads back that far: months of a busy room, in some
100 MB."""

MAX_WEIGHT = 150 * 2**20
"""Bytes of memory that the rows of one room may take: for such as have an essay in each."""

TRIM = 1_000
"""Rows that go at once, so that a full list is not moved for every message."""

MAX_AHEAD = 1_000
"""Entries that wait behind a gap. Those beyond are dropped: history will bring them."""

_Numbered = ChatMessage | RoomChange


class _Reading(Enum):
    """Which page is on its way."""

    NOTHING = 0
    OPENING = 1
    MISSED = 2
    OLDER = 3


class Timeline:
    """One room. Methods return what has changed.

    Attributes:
        mark, mark_time: the last number that was dealt with, and its time as the server said.
        bottom: every row from here to the mark is in memory; of what is below, some may be.
        floor: every row from here to the mark is on disk.
        opened: the last page has come, so there is a bottom.
        complete: there is nothing below the bottom.
        resuming: the server brings what was missed.
    """

    def __init__(self, room: str, me: Me, log: Log | None = None) -> None:
        self.room = room
        self.list = Conversation(room, me)
        self.mark = log.mark if log else 0
        self.mark_time = log.mark_time if log else 0
        self.bottom = self.mark + 1
        self.floor = log.floor if log else self.bottom
        self.opened = log is not None
        self.complete = False
        self.resuming = False
        self._ahead: dict[int, _Numbered] = {}
        self._newest = self.mark
        self._page: dict[int, _Numbered] = {}
        """What has come of a page of older ones."""
        self._later = LaterChanges()
        self._reading = _Reading.NOTHING
        self._mark_at_request = 0
        self._tries = 0
        """How often in a row the server could not read."""
        self._put_off = False
        self._check_for_missed = False
        self._older_wanted = False
        self._saved = log
        self._forget_saved = False

    # --- reading history -------------------------------------------------------------------------

    def connected(self) -> None:
        """The login has succeeded: something may have been missed."""
        self._put_off = False
        self._tries = 0
        self._check_for_missed = self.opened

    def resumes(self) -> tuple[int, int]:
        """The server will bring what was missed behind this number, with this time."""
        self.resuming = True
        self._check_for_missed = False
        return self.mark, self.mark_time

    def resumed(self) -> list[TimelineChange]:
        """It has brought all of it: a gap that is left is none."""
        self.resuming = False
        return self._pass_the_gap() if self._newest > self.mark else []

    def not_resumed(self) -> None:
        """It will not: pages are to bring it."""
        self.resuming = False
        self._check_for_missed = self.opened

    def begin_again(self) -> list[TimelineChange]:
        """What is here is of no use: forget it, and begin with the last page."""
        changes = self.list.forget()
        self.mark = self.mark_time = self._newest = 0
        self.bottom = self.floor = 1
        self.opened = self.complete = self.resuming = self._check_for_missed = False
        self._reading = _Reading.NOTHING
        self._ahead.clear()
        self._page.clear()
        self._later = LaterChanges()
        self._saved, self._forget_saved = None, True
        return changes

    def disconnected(self) -> None:
        """The page that was on its way will not come; what waited for it, the next one brings."""
        self._reading = _Reading.NOTHING
        self.resuming = False
        self._ahead.clear()
        self._page.clear()

    def want_older(self) -> None:
        """The first message has come into sight: what was before it?"""
        self._put_off = False
        self._older_wanted = self.can_read_older

    @property
    def can_read_older(self) -> bool:
        """Whether there is more, and room for it."""
        return self.opened and not self.complete and self._has_room

    @property
    def is_more_on_disk(self) -> bool:
        """Whether rows below the bottom are on disk, and there is room for them."""
        return self.bottom > self.floor and self._has_room

    @property
    def _has_room(self) -> bool:
        return len(self.list.seqs) < MAX_KEPT and self.list.weight < MAX_WEIGHT

    @property
    def waiting(self) -> int:
        """How many entries wait behind a gap, or for their rows."""
        return len(self._ahead) + len(self._later)

    def may_bring(self, seq: int) -> bool:
        """Whether the row with number *seq*, which is not here, may still come."""
        if seq > self.mark:
            return not self.opened or self.resuming or self._newest > self.mark
        return seq < self.bottom and self.can_read_older

    def go_on(self) -> None:
        """The wait after :class:`PutOff` is over, or we have been let in."""
        self._put_off = False

    def next_request(self) -> History | None:
        """Return what the server is to be asked for now, if anything; it counts as asked."""
        if self._reading is not _Reading.NOTHING or self._put_off or self.resuming:
            return None
        self._mark_at_request = self.mark
        if not self.opened:
            self._reading = _Reading.OPENING
            return History(self.room, limit=MAX_PAGE)
        if self._check_for_missed or self._newest > self.mark:
            self._reading = _Reading.MISSED
            return History(self.room, since=self.mark + 1, limit=MAX_PAGE)
        if self._older_wanted:
            self._reading = _Reading.OLDER
            return History(self.room, before=self.bottom, limit=MAX_PAGE)
        return None

    def page_ended(self, result: Result) -> list[Change]:
        """The page has come, or was refused."""
        reading, self._reading = self._reading, _Reading.NOTHING
        if result.outcome in RETRYABLE:
            self._page.clear()
            self._put_off = True
            self._tries += 1
            return [PutOff(self._tries)]
        self._tries = 0
        if reading is _Reading.OPENING and result.outcome == "no-such-room":
            # True from outside; it says nothing of what is there once we are let in.
            self._put_off = True
            return []
        complete = result.outcome == "ok" and not result.reference
        if reading in (_Reading.OPENING, _Reading.OLDER):
            self.complete = complete
        match reading:
            case _Reading.OPENING:
                return [*self._last_page_ended(edge_of(result))]
            case _Reading.MISSED:
                return [*self._missed_page_ended(result.outcome == "ok", complete)]
            case _Reading.OLDER:
                return [*self._older_page_ended(edge_of(result))]
        return []

    def _last_page_ended(self, edge: int) -> list[TimelineChange]:
        self.opened = True
        self._ahead = {seq: entry for seq, entry in self._ahead.items() if seq >= edge}
        self.bottom = self.floor = min(self._ahead, default=self.mark + 1)
        # One of ours that was taken long before this page: an older page will bring it.
        below = bisect_left(self.list.seqs, self.bottom) if self._ahead else 0
        changes = self.list.trim(below) if below else []
        changes += self._pass_the_gap() if self._ahead else self._advance()
        self._older_wanted = self.can_read_older and not self.list.seqs  # nothing but changes
        return changes

    def _missed_page_ended(self, served: bool, complete: bool) -> list[TimelineChange]:
        brought_more = served and self.mark > self._mark_at_request
        self._check_for_missed = brought_more and not complete
        return [] if brought_more else self._pass_the_gap()

    def _older_page_ended(self, edge: int) -> list[TimelineChange]:
        page = [entry for seq, entry in sorted(self._page.items()) if seq >= edge]
        self._page = {}
        before, rows_before = self.bottom, len(self.list.seqs)
        if page:
            self.bottom = page[0].seq
            self.floor = self.bottom if self.floor == before else self.floor
        for entry in page:
            if isinstance(entry, RoomChange) and entry.kind not in NOTICES:
                self._keep_for_later(entry)
        changes = self._place_page(filter(None, map(row_of, page)))
        # A page of nothing but changes shows nothing: whoever scrolls up waits for more.
        only_changes = self.bottom < before and len(self.list.seqs) == rows_before
        self._older_wanted = only_changes and self.can_read_older
        return changes

    # --- what comes ------------------------------------------------------------------------------

    def received(self, entry: _Numbered) -> list[TimelineChange]:
        """The server brought *entry*, new or from a page."""
        if entry.seq < self.bottom and self._reading is _Reading.OLDER:
            if len(self._page) < 2 * MAX_PAGE and entry.seq > 0:
                self._page[entry.seq] = entry
            return []
        if not self.mark < entry.seq <= MAX_SEQ:
            return []
        self._newest = max(self._newest, entry.seq)
        self._ahead[entry.seq] = entry
        changes = self._advance() if self.opened else []
        if len(self._ahead) > MAX_AHEAD:  # the page that is on its way is not what goes
            del self._ahead[max(self._ahead)]
        return changes

    def stored(self, key: str, seq: int, time: int) -> list[TimelineChange]:
        """The server has taken our message *key*, as number *seq*. It is shown at once, even behind
        a gap."""
        entry = self.list.find(key)
        if entry is None:
            return []
        reply_to = entry.reply.seq if entry.reply else 0
        return self._became(
            key, Row(seq, entry.username, entry.nickname, entry.text, time, reply_to)
        )

    def came_back(self, message: ChatMessage) -> list[TimelineChange]:
        """Our *message*, which waits here, is brought like anybody's before its answer has come."""
        return [*self._became(message.cid, said(message)), *self.received(message)]

    def restored(self, beyond: Iterable[Row], later: Iterable[RoomChange]) -> list[TimelineChange]:
        """What was on disk beside the rows below the mark: ours behind a gap, and changes that wait
        for their rows."""
        self._later = LaterChanges(later)
        changes = [change for row in beyond for change in self.list.place(row, saved=True)]
        self._newest = max([self._newest, *self.list.seqs[-1:]])
        return changes

    def loaded(self, rows: list[Row]) -> list[TimelineChange]:
        """The *rows* next below the bottom have come from the disk; none: the floor is reached."""
        self.bottom = rows[0].seq if rows else self.floor
        return self._place_page(rows, saved=True)

    def let_oldest_go(self) -> list[TimelineChange]:
        """Let ``TRIM`` rows go, or half of fewer; they can be read again."""
        changes = self.list.trim(min(TRIM, (len(self.list.seqs) + 1) // 2))
        self.bottom = max(self.bottom, next(iter(self.list.seqs), self.mark + 1))
        self.complete = False
        return changes

    def let_waiting_go(self) -> None:
        """Let half of what waits go: history brings again what is behind a gap, and the floor says
        which rows on disk are not believed any more."""
        for seq in sorted(self._ahead)[len(self._ahead) // 2 :]:
            del self._ahead[seq]
        for _ in range((len(self._later) + 1) // 2):
            self._forget_later(self._later.drop_oldest())

    def unread_after(self, seq: int) -> tuple[int, int] | None:
        """How many messages of others are behind *seq*, and how many of them name us; None if not
        all of them are here."""
        if not self.opened or seq < self.bottom - 1:
            return None
        return self.list.unread_after(seq)

    # --- for the disk ----------------------------------------------------------------------------

    def take_unsaved(self) -> LogChanges | None:
        """Return what is new since the last time, if anything is."""
        log = self._log()
        if log is None and not self._forget_saved:
            return None
        changes = LogChanges(
            self.room,
            log,
            self._forget_saved,
            [row for row in self.list.take_unsaved() if row.seq >= self.floor] if log else [],
            *self._later.take_unsaved(),
        )
        if changes == LogChanges(self.room, self._saved):
            return None
        self._saved, self._forget_saved = log, False
        return changes

    def _log(self) -> Log | None:
        return Log(self.room, self.floor, self.mark, self.mark_time) if self.opened else None

    # --- inside ----------------------------------------------------------------------------------

    def _advance(self) -> list[TimelineChange]:
        """Deal with what follows the mark without a gap."""
        changes: list[TimelineChange] = []
        while (seq := self.mark + 1) in self._ahead or self.list.row(seq) is not None:
            self.mark = seq
            entry = self._ahead.pop(seq, None)
            if entry is not None:
                self.mark_time = entry.time
                changes += self._deal_with(entry)
            elif (row := self.list.row(seq)) is not None:
                self.mark_time = row.time
        return [*changes, *self._trim()]

    def _pass_the_gap(self) -> list[TimelineChange]:
        """The server has not got what lies between the mark and what waits; it never will."""
        shown = [row.seq for row in self.list.rows_after(self.mark)[:1]]
        following = min([*self._ahead, *shown], default=0)
        if not following:
            self._newest = self.mark
            return []
        self.mark = following - 1
        return self._advance()

    def _became(self, key: str, row: Row) -> list[TimelineChange]:
        """What waits as *key* is *row*."""
        if not 0 < row.seq <= MAX_SEQ or (self.opened and row.seq < self.bottom):
            return self.list.discarded(key)  # it has no place among what is here
        self._newest = max(self._newest, row.seq)
        changes = self.list.stored(key, replace(row, key=key))
        return [*changes, *(self._advance() if self.opened else [])]

    def _deal_with(self, entry: _Numbered) -> list[TimelineChange]:
        if isinstance(entry, ChatMessage) or entry.kind in NOTICES:
            return self._place_page(filter(None, [row_of(entry)]))
        if self.list.row(entry.target) is not None:
            return self.list.change(entry)
        if 0 < entry.target < self.bottom:
            self._keep_for_later(entry)
        return []

    def _place_page(self, rows: Iterable[Row], saved: bool = False) -> list[TimelineChange]:
        """Show *rows*, unless they are here, as the changes that wait for them make them."""
        page = [*rows]
        changes = self.list.place_page(page, saved)
        for row in page:
            for change in self._later.take(row.seq):
                changes += self.list.change(change)
        return changes

    def _keep_for_later(self, change: RoomChange) -> None:
        self._forget_later(self._later.keep(change))

    def _forget_later(self, lost: int) -> None:
        if lost:
            # What is on disk of that row is not believed any more; the server is asked.
            self.floor = max(self.floor, min(lost + 1, self.mark + 1))

    def _trim(self) -> list[TimelineChange]:
        full = len(self.list.seqs) > MAX_KEPT or self.list.weight > MAX_WEIGHT
        return self.let_oldest_go() if full else []
