"""Catching up: what a session has missed in its rooms, then what is said from then on.

The rooms of a request are taken one after the other. All of them are held back from the session at
once, so that nothing is told before what comes before it; each is let go when it has been caught up
with, at its seam (:mod:`reactor.seam`).

1. For each room there is one result, behind everything that was missed in it.
2. Pages are read only while the session reads what it is sent, and only MAX_READING for all
   sessions together: a thousand who come back leave the lane to those who say something. Those who
   wait for the same page share one reading of it, and one encoding: after a restart everybody comes
   back with the same marks.
3. The session takes no other request meanwhile, and none of its own messages is under way: so no
   acknowledgement of its own can stand in a page.
"""

import logging
import re
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice
from typing import NamedTuple, Protocol

from reactor.archive import Page, page_after
from reactor.dialects import Dialect
from reactor.entries import from_history
from reactor.lines import Member
from reactor.loop import Loop
from reactor.rooms import Room
from reactor.seam import Seam
from reactor.stores import HistoryStore
from reactor.workers import Lane, LaneFull
from wire.limits import MAX_PAGE
from wire.messages import Message, Result, Resume
from wire.reasons import REASONS

log = logging.getLogger(__name__)

# Pages that are read at once. One lane reads one after the other; a second one is there when the
# first is done, and all others wait where they cost nothing.
MAX_READING = 2

# Sessions that share one page: telling them all is milliseconds of a turn, if little is missed.
MAX_SHARING = 32

_MARK = re.compile(r"(lobby|#[0-9]{1,18}):([0-9]{1,18}):([0-9]{1,18})")


class Mark(NamedTuple):
    """What a client has of a room: everything up to number *seq*, which was stored at *time*."""

    room: str
    seq: int
    time: int


def parse_marks(text: str) -> list[Mark]:
    """Return the marks in *text*, which are separated by single spaces.

    Raises:
        ValueError: it is not written so, or names a room twice.
    """
    found = [_MARK.fullmatch(word) for word in text.split(" ")]
    marks = [Mark(m[1], int(m[2]), int(m[3])) for m in found if m is not None]
    if len(marks) < len(found):
        raise ValueError("a mark is a room's reference, a number and a time")
    if len({mark.room for mark in marks}) < len(marks):
        raise ValueError("a room is there twice")
    return marks


class Resuming(Member, Protocol):
    """A session, as it is seen here."""

    ended: bool

    def send(self, message: Message) -> None: ...

    def when_ready(self, then: Callable[[], object]) -> None: ...

    def release(self) -> None: ...


class _GivenUp(NamedTuple):
    """Why a room is not caught up with; with ``too-far``, its last number."""

    reason: str
    last_seq: int = 0


class _Stop(NamedTuple):
    """A room on the way of a session."""

    mark: Mark
    room: Room
    seam: Seam


class _Wanted(NamedTuple):
    """A page: what comes behind number *seq* of a room. *mark* is that of a client from which the
    first one begins, *limit* as the client has set it; None and 0 behind a page that was told."""

    room_id: int
    seq: int
    mark: Mark | None
    limit: int


class _Shared:
    """What was read for some sessions, encoded once for each dialect."""

    def __init__(self, answer: Page | _GivenUp) -> None:
        self.answer = answer
        self._pieces: dict[Dialect, list[bytes]] = {}

    def write_to(self, session: Resuming, reference: str) -> None:
        """Tell *session* the page of the room with that *reference*."""
        for piece in self._of(session.dialect, reference):
            session.write(piece)

    def _of(self, dialect: Dialect, reference: str) -> list[bytes]:
        pieces = self._pieces.get(dialect)
        if pieces is None and isinstance(self.answer, Page):
            told = [from_history(each, reference) for each in self.answer.messages]
            pieces = list(map(dialect.encode, told))
            self._pieces[dialect] = pieces = [b"".join(pieces)] if dialect.joins else pieces
        return pieces or []


class Resumes:
    """Those who are catching up, and whose turn it is to have a page read."""

    def __init__(self, loop: Loop, store: HistoryStore, lane: Lane) -> None:
        self._loop = loop
        self._store = store
        self._lane = lane
        # Each session once, with the page that it wants; the page that was wanted first is first.
        self._waiting: OrderedDict[_Wanted, deque[_Resume]] = OrderedDict()
        self._reading = 0

    def begin(self, session: Resuming, rooms: Sequence[tuple[Mark, Room]], limit: int) -> None:
        """Bring *session*, which is held, up to date in *rooms*, then release it. *limit*: give a
        room up that lacks more than so many; 0 is never."""
        stops = deque(_Stop(mark, room, room.hold_back(session)) for mark, room in rooms)
        _Resume(self, session, stops, limit).next_room()

    def wait(self, resume: "_Resume") -> None:
        """Have a page read for *resume*: when what it was sent in this turn is on its way and has
        been read, and those who came before have had theirs."""
        self._loop.call_soon(partial(resume.session.when_ready, partial(self._queue, resume)))

    def _queue(self, resume: "_Resume") -> None:
        self._waiting.setdefault(resume.wanted, deque()).append(resume)

    def end_turn(self) -> None:
        """Have pages read for those whose turn it is. To be called at the end of every turn."""
        while self._waiting and self._reading < MAX_READING:
            wanted, waiting = self._waiting.popitem(last=False)
            sharing = list(islice(waiting, MAX_SHARING))
            try:
                self._read(wanted, sharing)
            except LaneFull:
                self._waiting[wanted] = waiting
                self._waiting.move_to_end(wanted, last=False)
                return  # of others; each that ends makes a turn, and with it the next try
            for _ in sharing:
                waiting.popleft()
            if waiting:
                self._waiting[wanted] = waiting  # behind those who want other pages
            self._reading += 1

    def _read(self, wanted: _Wanted, sharing: Sequence["_Resume"]) -> None:
        self._lane.submit(
            *(_page, self._store, wanted),
            done=partial(self._take, sharing),
            failed=partial(self._failed, sharing),
        )
        for resume in sharing:
            resume.stop.seam.listen()

    def _take(self, sharing: Sequence["_Resume"], answer: Page | _GivenUp) -> None:
        self._reading -= 1
        shared = _Shared(answer)
        for resume in sharing:
            self._loop.attempt(resume.take, shared, failed=resume.abandon)

    def _failed(self, sharing: Sequence["_Resume"], error: BaseException) -> None:
        log.error("what was missed is not read: %s", error)
        self._take(sharing, _GivenUp("unavailable"))


class _Resume:
    """One session on its way through its rooms.

    Attributes:
        told: the number in the room up to which everything has been told.
        has_begun: whether a page of the room has been told.
    """

    def __init__(
        self, resumes: Resumes, session: Resuming, stops: deque[_Stop], limit: int
    ) -> None:
        self.session = session
        self.limit = limit
        self.told = 0
        self.has_begun = False
        self._resumes = resumes
        self._stops = stops

    @property
    def stop(self) -> _Stop:
        """The room that is being caught up with."""
        return self._stops[0]

    @property
    def wanted(self) -> _Wanted:
        """The next page of that room."""
        room_id = self.stop.room.room_id
        if self.has_begun:
            return _Wanted(room_id, self.told, None, 0)
        return _Wanted(room_id, self.told, self.stop.mark, self.limit)

    def next_room(self) -> None:
        """Begin with the first of the rooms that are left; without any, let the session go on."""
        if self._stops:
            self.told, self.has_begun = self.stop.mark.seq, False
            self._resumes.wait(self)
        else:
            self.session.release()

    def take(self, shared: _Shared) -> None:
        """Tell what was read; then ask for more, or go on to the next room."""
        if self.session.ended:
            return
        _, room, seam = self.stop
        answer = shared.answer
        if room.seam_of(self.session) is not seam:  # has been left meanwhile
            answer = _GivenUp("no-such-room")
        if isinstance(answer, _GivenUp):
            self._give_up(answer)
            return
        shared.write_to(self.session, room.reference)
        self.has_begun = True
        if answer.messages:
            self.told = answer.messages[-1].seq
        if answer.more or seam.overflowed:
            self._resumes.wait(self)
        else:
            self._result("ok", seq=seam.open(self.told))

    def abandon(self) -> None:
        """A fault of ours: the session is not to wait for ever, nor to be kept from anything."""
        for stop in self._stops:
            _let_go(stop, self.session)
        self.session.send(Result(Resume.code, "error", detail=REASONS["error"]))
        self.session.release()

    def _give_up(self, why: _GivenUp) -> None:
        _let_go(self.stop, self.session)
        self._result(why.reason, REASONS[why.reason], why.last_seq)

    def _result(self, outcome: str, detail: str = "", seq: int = 0) -> None:
        reference = self._stops.popleft().room.reference
        self.session.send(Result(Resume.code, outcome, reference, detail, seq))
        self.next_room()


def _let_go(stop: _Stop, session: Resuming) -> None:
    if stop.room.seam_of(session) is stop.seam:
        stop.room.let_go(session)


def _page(store: HistoryStore, wanted: _Wanted) -> Page | _GivenUp:
    """In the lane: what comes behind a number; if it is of a mark, see whether that is of this
    database, and not too far back."""
    room_id, seq, mark, limit = wanted
    if mark is not None and not store.matches(room_id, seq, mark.time):
        return _GivenUp("reset")
    missing = store.missing(room_id, seq) if limit else 0
    if missing > limit:
        return _GivenUp("too-far", seq + missing)
    return page_after(store.after(room_id, seq, MAX_PAGE), MAX_PAGE)
