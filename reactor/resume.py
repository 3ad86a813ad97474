"""Catching up: what a session has missed in its rooms, then what is said from then on.

The rooms of a request are taken one after the other. All of them are held back from the session at
once, so that nothing is told before what comes before it; each is let go when it has been caught up
with, at its seam (:mod:`reactor.seam`).

1. For each room there is one result, behind everything that was missed in it.
2. Pages are read only while the session reads what it is sent, and only MAX_READING for all
   sessions together: a thousand who come back leave the lane to those who say something.
3. The session takes no other request meanwhile, and none of its own messages is under way: so no
   acknowledgement of its own can stand in a page.
"""

import logging
import re
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple, Protocol

from reactor.archive import Page, page_after
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


class Resumes:
    """Those who are catching up, and whose turn it is to have a page read."""

    def __init__(self, loop: Loop, store: HistoryStore, lane: Lane) -> None:
        self._loop = loop
        self._store = store
        self._lane = lane
        self._waiting: deque[_Resume] = deque()  # each session once
        self._reading = 0

    def begin(self, session: Resuming, rooms: Sequence[tuple[Mark, Room]], limit: int) -> None:
        """Bring *session*, which is held, up to date in *rooms*, then release it. *limit*: give a
        room up that lacks more than so many; 0 is never."""
        stops = deque(_Stop(mark, room, room.hold_back(session)) for mark, room in rooms)
        _Resume(self, session, stops, limit).next_room()

    def wait(self, resume: "_Resume") -> None:
        """Have a page read for *resume*: when what it was sent in this turn is on its way and has
        been read, and those who came before have had theirs."""
        append = partial(self._waiting.append, resume)
        self._loop.call_soon(partial(resume.session.when_ready, append))

    def end_turn(self) -> None:
        """Have pages read for those whose turn it is. To be called at the end of every turn."""
        while self._waiting and self._reading < MAX_READING:
            try:
                self._read(self._waiting[0])
            except LaneFull:
                return  # of others; each that ends makes a turn, and with it the next try
            self._waiting.popleft()
            self._reading += 1

    def _read(self, resume: "_Resume") -> None:
        stop, seq = resume.stop, resume.told
        page: Callable[[], Page | _GivenUp]
        if resume.has_begun:
            page = partial(_next_page, self._store, stop.room.room_id, seq)
        else:
            page = partial(_first_page, self._store, stop.room.room_id, stop.mark, resume.limit)
        self._lane.submit(
            page, done=partial(self._take, resume), failed=partial(self._failed, resume)
        )
        stop.seam.listen()

    def _take(self, resume: "_Resume", answer: Page | _GivenUp) -> None:
        self._reading -= 1
        self._loop.attempt(resume.take, answer, failed=resume.abandon)

    def _failed(self, resume: "_Resume", error: BaseException) -> None:
        log.error("what was missed is not read: %s", error)
        self._take(resume, _GivenUp("unavailable"))


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

    def next_room(self) -> None:
        """Begin with the first of the rooms that are left; without any, let the session go on."""
        if self._stops:
            self.told, self.has_begun = self.stop.mark.seq, False
            self._resumes.wait(self)
        else:
            self.session.release()

    def take(self, answer: Page | _GivenUp) -> None:
        """Tell what was read; then ask for more, or go on to the next room."""
        if self.session.ended:
            return
        _, room, seam = self.stop
        if room.seam_of(self.session) is not seam:  # has been left meanwhile
            answer = _GivenUp("no-such-room")
        if isinstance(answer, _GivenUp):
            self._give_up(answer)
            return
        self._tell(answer)
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

    def _tell(self, page: Page) -> None:
        for stored in page.messages:
            self.session.send(from_history(stored, self.stop.room.reference))
            self.told = stored.seq
        self.has_begun = True

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


def _first_page(store: HistoryStore, room_id: int, mark: Mark, limit: int) -> Page | _GivenUp:
    """In the lane: see whether *mark* is of this database, and not too far back."""
    if not store.matches(room_id, mark.seq, mark.time):
        return _GivenUp("reset")
    missing = store.missing(room_id, mark.seq) if limit else 0
    if missing > limit:
        return _GivenUp("too-far", mark.seq + missing)
    return _next_page(store, room_id, mark.seq)


def _next_page(store: HistoryStore, room_id: int, seq: int) -> Page:
    """In the lane: what comes behind number *seq*."""
    return page_after(store.after(room_id, seq, MAX_PAGE), MAX_PAGE)
