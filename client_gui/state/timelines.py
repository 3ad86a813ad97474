"""The logs of all rooms: what is read of them, from the server and from the disk.

1. After a login, every room that is here is resumed, and the lobby opened. Other rooms are opened
   when they are looked at, or something is said there.
2. One page of history is on its way at a time, over all rooms. What is on disk is not asked for.
3. ``MAX_ROOMS`` at the most, and none whose reference is none.
4. All rooms together have ``MAX_WEIGHT`` in memory, and ``MAX_WAITING`` entries that wait; what is
   beyond can be read again.
"""

from collections.abc import Iterator
from contextlib import suppress

from client_gui.changes import Change, JumpTo, SearchFailed, Send
from client_gui.log.conversation import Me
from client_gui.log.records import LogChanges
from client_gui.log.store import Store
from client_gui.log.store_file import StoreFault
from client_gui.log.timeline import MAX_WEIGHT as MAX_WEIGHT_OF_ONE
from client_gui.log.timeline import Timeline
from client_gui.state.catching_up import CatchingUp
from client_gui.state.rooms import LOBBY, MAX_ROOMS, Rooms, is_reference
from wire.limits import MAX_PAGE
from wire.messages import Change as RoomChange
from wire.messages import ChatMessage, Result

MAX_WEIGHT = 2 * MAX_WEIGHT_OF_ONE
"""Bytes of memory that the rows of all rooms may take: two that somebody reads from end to end."""

MAX_WAITING = 5_000
"""Entries of all rooms that wait behind gaps or for their rows: some in each of a hundred rooms."""


class Timelines:
    """Every room's timeline, by reference.

    Attributes:
        me: who looks at them.
        fault: why the disk could not be read; it is not read any more.
    """

    def __init__(self) -> None:
        self.me = Me()
        self.fault = ""
        self._store: Store | None = None
        self._timelines: dict[str, Timeline] = {}
        self._catching_up = CatchingUp()
        self._online = False
        self._reading: Timeline | None = None
        self._sought: tuple[str, int] | None = None
        """The message that somebody wants to see, which is not here yet."""

    def __getitem__(self, room: str) -> Timeline:
        timeline = self._timelines.get(room)
        if timeline is None:
            timeline = self._timelines[room] = Timeline(room, self.me)
        return timeline

    def __iter__(self) -> Iterator[Timeline]:
        return iter(self._timelines.values())

    def find(self, room: str) -> Timeline | None:
        """The timeline of *room*, if there is one."""
        return self._timelines.get(room)

    def may_have(self, room: str) -> bool:
        """Whether there is a timeline of *room*, or may be one."""
        return room in self._timelines or (is_reference(room) and len(self._timelines) < MAX_ROOMS)

    # --- beginning and ending --------------------------------------------------------------------

    def load(self, store: Store, me: Me) -> list[Change]:
        """Go on from what is in *store*, which is asked for what is beyond memory from now on.

        Raises:
            StoreFault: it cannot be read.
        """
        self.me = me
        self._store = store
        changes: list[Change] = []
        for room, log in store.logs().items():
            timeline = self._timelines[room] = Timeline(room, me, log)
            changes += timeline.restored(store.rows_beyond(room, log.mark), store.later(room))
        return changes

    def do_without_store(self) -> None:
        """The disk is not to be read any more."""
        self._store, self.fault = None, ""

    def look_as(self, me: Me) -> list[Change]:
        """The server says who we are."""
        self.me = me
        return [change for timeline in self for change in timeline.list.look_as(me)]

    def connected(self, rooms: Rooms) -> list[Change]:
        """The login has succeeded: resume what is here, what was said in last first."""
        self._online = True
        self[LOBBY]  # is where everybody is: what was said there is read at once
        for timeline in self:
            timeline.connected()
        order = {room: place for place, room in enumerate(rooms.latest())}
        opened = [timeline for timeline in self if timeline.opened]
        opened.sort(key=lambda timeline: order.get(timeline.room, len(order)))
        marks = [(timeline.room, *timeline.resumes()) for timeline in opened]
        return [*map(Send, self._catching_up.begin(marks))]

    def disconnected(self) -> list[Change]:
        """The connection is gone."""
        self._online = False
        self._catching_up.disconnected()
        self._reading = None
        for timeline in self:
            timeline.disconnected()
        return self._seek()

    def begin_again(self) -> list[Change]:
        """The numbers are those of another database: every room begins again."""
        return [change for timeline in self for change in timeline.begin_again()]

    def gone(self, room: str) -> list[Change]:
        """Nothing of *room* is wanted any more."""
        timeline = self._timelines.pop(room, None)
        return [*timeline.list.forget_all()] if timeline is not None else []

    def forget(self) -> list[Change]:
        """Nothing of any room is wanted any more."""
        return [change for room in list(self._timelines) for change in self.gone(room)]

    def take_unsaved(self) -> list[LogChanges]:
        """Return what is new for the disk since the last time."""
        logs = [timeline.take_unsaved() for timeline in self]
        return [log for log in logs if log is not None]

    def cut(self, floors: dict[str, int]) -> None:
        """On disk, some rooms have less now."""
        for room, floor in floors.items():
            with suppress(KeyError):
                self._timelines[room].floor = max(floor, self._timelines[room].floor)

    # --- what a person wants ---------------------------------------------------------------------

    def open(self, room: str) -> list[Change]:
        """*room* is looked at: show its last page."""
        if not self.may_have(room):
            return []
        enough = len(self[room].list.seqs) >= MAX_PAGE
        return [] if enough else self._load_older(self[room])

    def read_older(self, room: str) -> list[Change]:
        """Bring what was said in *room* before the first row that is here."""
        if not self.may_have(room):
            return []
        changes = self._load_older(self[room])
        if not changes:
            self[room].want_older()
        return changes

    def seek(self, room: str, seq: int) -> list[Change]:
        """Bring message *seq* of *room* here, and say when it is."""
        if not self.may_have(room):
            return [SearchFailed("no-such-room")]
        self._sought = room, seq
        return self._seek()

    def go_on(self) -> None:
        """The wait after :class:`PutOff` is over."""
        for timeline in self:
            timeline.go_on()

    def let_in(self, room: str) -> None:
        """We are a member of *room*: a refusal from before says nothing any more."""
        if (timeline := self._timelines.get(room)) is not None:
            timeline.go_on()

    def unread_after(self, room: str, seq: int) -> tuple[int, int] | None:
        """How much of others is behind *seq*, and how much of that names us; None: unknown."""
        timeline = self._timelines.get(room)
        return timeline.unread_after(seq) if timeline is not None else None

    # --- what the server says --------------------------------------------------------------------

    def received(self, entry: ChatMessage | RoomChange) -> list[Change]:
        """A message or a change came."""
        return [*self[entry.room].received(entry)] if self.may_have(entry.room) else []

    def resumed(self, result: Result) -> list[Change]:
        """A room has been resumed, or will not be."""
        changes: list[Change] = []
        for room in self._catching_up.answered(result):
            timeline = self._timelines.get(room)
            if timeline is None:
                continue
            match result.outcome:
                case "ok":
                    changes += timeline.resumed()
                case "too-far" | "reset":
                    changes += timeline.begin_again()
                case _:
                    timeline.not_resumed()
        return changes

    def page_ended(self, result: Result) -> list[Change]:
        """A page of history is complete, or was refused."""
        timeline, self._reading = self._reading, None
        # A room that is gone still has its answer to come, and another one's comes behind it.
        if timeline is None or self._timelines.get(timeline.room) is not timeline:
            return []
        changes = timeline.page_ended(result)
        if result.outcome != "ok" and self._sought and self._sought[0] == timeline.room:
            self._sought = None
            changes.append(SearchFailed(result.outcome))
        return changes

    def read_on(self) -> list[Change]:
        """Ask for the next page of history that a room needs, unless one is on its way."""
        changes = [*self._let_some_go(), *self._seek()]
        if not self._online or self._reading is not None:
            return changes
        for timeline in self:
            request = timeline.next_request()
            if request is not None:
                self._reading = timeline
                return [*changes, Send(request)]
        return changes

    # --- inside ----------------------------------------------------------------------------------

    def _let_some_go(self) -> list[Change]:
        """Keep what is in memory within its bounds: the rooms with the most have less."""
        changes: list[Change] = []
        while sum(timeline.list.weight for timeline in self) > MAX_WEIGHT:
            heaviest = max(self, key=lambda timeline: timeline.list.weight)
            changes += heaviest.let_oldest_go()
        while sum(timeline.waiting for timeline in self) > MAX_WAITING:
            max(self, key=lambda timeline: timeline.waiting).let_waiting_go()
        return changes

    def _load_older(self, timeline: Timeline) -> list[Change]:
        """Bring the next page from the disk, if there is one."""
        if self._store is None or not timeline.is_more_on_disk:
            return []
        try:
            rows = self._store.rows_before(timeline.room, timeline.bottom, timeline.floor, MAX_PAGE)
        except StoreFault as fault:
            self._store, self.fault = None, fault.reason
            return []
        return [*timeline.loaded(rows)]

    def _seek(self) -> list[Change]:
        """Go on towards the message that is sought."""
        if self._sought is None:
            return []
        room, seq = self._sought
        timeline = self[room]
        changes: list[Change] = []
        while timeline.list.row(seq) is None and (page := self._load_older(timeline)):
            changes += page
        if timeline.list.row(seq) is not None:
            found: Change | None = JumpTo(room, seq)
        elif not self._online:
            found = SearchFailed("offline")
        else:
            found = None if timeline.may_bring(seq) else SearchFailed("no-such-message")
        if found is None:
            timeline.want_older()
            return changes
        self._sought = None
        return [*changes, found]
