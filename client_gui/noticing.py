"""When somebody is told that something was said, and how often: never a storm. No Qt.

1. Every room has one notice at the most: its first message at once, and every ``ROOM_EVERY``
   seconds what has come since, in its place: *5 new messages*.
2. Over all rooms, ``MAX_A_MINUTE`` notices pop up in any minute, one of them kept for the end of a
   flood. While a flood goes on nothing pops up; when there was silence for ``CALM_AFTER`` seconds,
   or every ``LONGEST_SILENCE`` seconds, all of it is told as one: *57 new messages in 3 rooms*.
3. What was read has no notice any more.

Whether a message is anything to be told of, :class:`Rules` says: what is muted, by its room or by
the hour, is silent, whom ever it names. That is what muting is for; it is counted in the list.
"""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import time

from client_gui.items import MissedItem, News, RoomItem
from client_gui.rights import DIRECT

MAX_A_MINUTE = 6
"""Notices that pop up in any minute: what one can look at, and still work."""

MINUTE = 60.0

ROOM_EVERY = 10.0
"""Seconds from one notice of a room to the next: people who talk write several messages."""

CALM_AFTER = 10.0
"""Seconds without a message after which a flood is over."""

LONGEST_SILENCE = 60.0
"""Seconds in which a flood is told of once, if it does not end."""

SUMMARY = ""
"""The key of the notice that is about several rooms; that of others is their room."""

ALL, MENTIONS, NONE = "all", "mentions", "none"


@dataclass(frozen=True, slots=True)
class Rules:
    """What a person wants to be told of, and when."""

    notify: str = ALL
    quiet: bool = False
    """Whether there are quiet hours."""
    quiet_from: time = time(22)
    quiet_until: time = time(7)

    def wants(self, item: RoomItem, names_us: bool) -> bool:
        """Whether a message in the room *item* is anything to be told of."""
        if item.muted or self.notify == NONE:
            return False
        return self.notify == ALL or names_us or item.kind == DIRECT

    def is_quiet(self, now: time) -> bool:
        """Whether these are quiet hours; from an hour to the same hour is the whole day."""
        if not self.quiet:
            return False
        if self.quiet_from < self.quiet_until:
            return self.quiet_from <= now < self.quiet_until
        return now >= self.quiet_from or now < self.quiet_until


@dataclass(frozen=True, slots=True)
class Told:
    """What has come in one room."""

    room: str
    messages: int
    mentions: int
    last: News | None = None
    """The last one; None: it was missed, and only its number is known."""

    def and_then(self, later: "Told | None") -> "Told":
        """This one and *later*, as one."""
        if later is None:
            return self
        messages, mentions = self.messages + later.messages, self.mentions + later.mentions
        return Told(self.room, messages, mentions, later.last)


@dataclass(frozen=True, slots=True)
class Show:
    """Show this in place of what was shown under *key*."""

    key: str
    rooms: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Withdraw:
    """What was shown under *key* means nothing any more."""

    key: str


Step = Show | Withdraw


class Notices:
    """What is to be shown. Each method returns the steps, in order; after each, :meth:`wait` says
    when :meth:`tick` is to be called.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._waiting: dict[str, Told] = {}
        """What is to be told, by room."""
        self._shown: dict[str, Told] = {}
        """The rooms that have a notice of their own."""
        self._summary: dict[str, Told] = {}
        """Those that the notice of several is about."""
        self._popped: deque[float] = deque(maxlen=MAX_A_MINUTE)
        """When the last ones popped up."""
        self._popped_in: dict[str, float] = {}
        """When the last one of a room did; of the last ``ROOM_EVERY`` seconds only."""
        self._flood_since: float | None = None
        self._last_came = 0.0

    # --- what happens ----------------------------------------------------------------------------

    def said(self, news: Iterable[News]) -> list[Step]:
        """Somebody has said something to be told of."""
        now = self._clock()
        if not self._waiting and now - self._last_came >= CALM_AFTER:
            self._flood_since = None
        for one in news:
            self._last_came = now
            self._gather(Told(one.room, 1, one.names_us, one))
        return self.tick()

    def missed(self, items: Iterable[MissedItem]) -> list[Step]:
        """This much was said while we were away: told as one, as soon as there is calm."""
        now = self._clock()
        for item in items:
            self._gather(Told(item.room, item.messages, item.mentions))
        if self._waiting and self._flood_since is None:
            # As one notice, and at once: it is a flood that has ended already.
            self._flood_since, self._last_came = now, now - CALM_AFTER
        return self.tick()

    def read(self, room: str) -> list[Step]:
        """Somebody has seen what is in *room*."""
        self._waiting.pop(room, None)
        steps: list[Step] = []
        if self._shown.pop(room, None) is not None:
            steps.append(Withdraw(room))
        if self._summary.pop(room, None) is not None and not self._summary:
            steps.append(Withdraw(SUMMARY))
        return steps

    def hush(self) -> None:
        """What waits is not to be told: it is counted in the list."""
        self._waiting.clear()

    def closed(self, key: str) -> None:
        """Somebody has put the notice *key* away: what comes is counted anew."""
        if key == SUMMARY:
            self._summary.clear()
        self._shown.pop(key, None)

    def clear(self) -> list[Step]:
        """Nothing of all this is wanted any more."""
        steps: list[Step] = [Withdraw(room) for room in self._shown]
        if self._summary:
            steps.append(Withdraw(SUMMARY))
        for kept in (self._waiting, self._shown, self._summary):
            kept.clear()
        self._flood_since = None
        return steps

    def rooms(self) -> set[str]:
        """Those that something is to be told of, or is shown of."""
        return {*self._waiting, *self._shown, *self._summary}

    def room_of(self, key: str) -> str:
        """Where a click on the notice *key* leads: of several rooms, the last that names us, or
        the last one; ``""`` if it is gone."""
        if key != SUMMARY:
            return key
        naming = [told.room for told in self._summary.values() if told.mentions]
        return [SUMMARY, *self._summary, *naming][-1]

    # --- what is to be shown ---------------------------------------------------------------------

    def wait(self) -> float | None:
        """Seconds until something is to be shown; None: nothing waits."""
        if not self._waiting:
            return None
        now = self._clock()
        if self._flood_since is None:
            at = min(map(self._may_pop_at, self._waiting))
        else:
            over = min(self._last_came + CALM_AFTER, self._flood_since + LONGEST_SILENCE)
            full = len(self._popped) == MAX_A_MINUTE
            at = max(over, self._popped[0] + MINUTE if full else now)
        return max(0.0, at - now)

    def tick(self) -> list[Step]:
        """Show what may be shown now."""
        now = self._clock()
        if not self._waiting:
            return []
        free = MAX_A_MINUTE - sum(now - at < MINUTE for at in self._popped)
        if self._flood_since is None:
            due = [room for room in self._waiting if self._may_pop_at(room) <= now]
            if len(due) < max(free, 1):
                return [step for room in due for step in self._tell(room, now)]
            self._flood_since = now
        calm = now - self._last_came >= CALM_AFTER
        if not free or not (calm or now - self._flood_since >= LONGEST_SILENCE):
            return []
        self._flood_since = None if calm else now
        return self._tell_all(now)

    # --- inside ----------------------------------------------------------------------------------

    def _gather(self, told: Told) -> None:
        before = self._waiting.pop(told.room, None)
        # Behind the others: the last one is the latest.
        self._waiting[told.room] = before.and_then(told) if before else told

    def _may_pop_at(self, room: str) -> float:
        return self._popped_in.get(room, -ROOM_EVERY) + ROOM_EVERY

    def _tell(self, room: str, now: float) -> list[Step]:
        """Show what waits of *room*."""
        steps: list[Step] = []
        before = self._shown.pop(room, None)
        if before is None and (before := self._summary.pop(room, None)) and not self._summary:
            steps.append(Withdraw(SUMMARY))
        waiting = self._waiting.pop(room)
        self._shown[room] = told = before.and_then(waiting) if before else waiting
        self._pops(room, now)
        return [*steps, Show(room, (told,))]

    def _tell_all(self, now: float) -> list[Step]:
        """Show all that waits, as one."""
        if len(self._waiting) == 1 and not self._summary.keys() - self._waiting.keys():
            return self._tell(next(iter(self._waiting)), now)
        steps: list[Step] = []
        for room, waiting in self._waiting.items():
            shown = self._shown.pop(room, None)
            before = shown or self._summary.pop(room, None)
            if shown:
                steps.append(Withdraw(room))
            self._summary[room] = before.and_then(waiting) if before else waiting
        self._waiting.clear()
        self._pops(SUMMARY, now)
        return [*steps, Show(SUMMARY, tuple(self._summary.values()))]

    def _pops(self, room: str, now: float) -> None:
        self._popped.append(now)
        recent = {r: at for r, at in self._popped_in.items() if now - at < ROOM_EVERY}
        self._popped_in = {**recent, room: now}
