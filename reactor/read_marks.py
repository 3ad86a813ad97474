"""Up to where everybody has read: remembered here at once, saved a little later, many together.

1. A mark only moves forward.
2. What waits is saved once every SAVE_EVERY seconds at the most, and when the server stops. A save
   that fails is tried again; until then the marks are kept.
3. A mark that was not saved when the server was killed is set again by the client's next one.
"""

import logging
from collections import OrderedDict

from reactor.loop import Loop
from reactor.records import ReadMark
from reactor.stores import MarkStore
from reactor.workers import Lane, LaneFull

log = logging.getLogger(__name__)

# Seconds between two saves: nobody misses a mark that is a second old.
SAVE_EVERY = 1.0

# Seconds before a save that failed is tried again.
TRY_AGAIN_AFTER = 5.0

# Marks in one transaction: some tens of milliseconds of the database lane.
SAVE_MAX = 500

# Marks that wait while the storage is away: several rooms of everybody who is online. Each is some
# 200 bytes.
WAITING_MAX = 50_000

# Marks that are known, so that one that is set again costs nothing; of more, the oldest are
# forgotten.
KNOWN_MAX = 50_000


class MarksFull(Exception):
    """More marks wait for the storage than may. Try again in a moment."""


_Place = tuple[int, int]  # a room and a user


class ReadMarks:
    """The marks that have moved, until they are saved."""

    def __init__(self, loop: Loop, store: MarkStore, database: Lane) -> None:
        self._loop = loop
        self._store = store
        self._database = database
        self._known: OrderedDict[_Place, int] = OrderedDict()
        self._waiting: dict[_Place, int] = {}
        self._is_saving = False
        self._is_due = False
        self._is_finishing = False

    @property
    def idle(self) -> bool:
        """Whether all marks are saved."""
        return not (self._waiting or self._is_saving)

    def known(self, room_id: int, user_id: int) -> int:
        """Return the mark that was moved last, saved or not; 0 if it was not moved here."""
        return self._known.get((room_id, user_id), 0)

    def move(self, room_id: int, user_id: int, seq: int, last_seq: int = 0) -> bool:
        """Move a mark to *seq*; False, and nothing, if it is known to be there or further.
        *last_seq*: the last number of the room, beyond which no mark is; 0 if it is not known.

        Raises:
            MarksFull: it was not moved.
        """
        place = room_id, user_id
        known = self._known.get(place, 0)
        if known > last_seq > 0:
            known = 0  # it was set when the last one was not known, and means nothing
        if seq <= known:
            return False
        if place not in self._waiting and len(self._waiting) >= WAITING_MAX:
            raise MarksFull
        self._waiting[place] = self._known[place] = seq
        self._known.move_to_end(place)
        if len(self._known) > KNOWN_MAX:
            self._known.popitem(last=False)
        self._save_in(SAVE_EVERY)
        return True

    def finish(self) -> None:
        """Save what waits now, in one try. Once it is :attr:`idle`, that is done."""
        self._is_finishing = True
        self._save()

    def _save_in(self, seconds: float) -> None:
        if not self._is_due:
            self._is_due = True
            self._loop.call_later(seconds, self._save_when_due)

    def _save_when_due(self) -> None:
        self._is_due = False
        self._save()

    def _save(self) -> None:
        if self._is_saving or not self._waiting:
            return
        places = list(self._waiting)[:SAVE_MAX]
        marks = [ReadMark(*place, self._waiting.pop(place)) for place in places]
        try:
            self._database.submit(
                self._store.save,
                marks,
                done=lambda _: self._saved(),
                failed=lambda error: self._failed(marks, error),
            )
        except LaneFull as error:
            self._keep(marks, error)
        else:
            self._is_saving = True

    def _saved(self) -> None:
        self._is_saving = False
        if self._is_finishing:
            self._save()
        elif self._waiting:
            self._save_in(SAVE_EVERY)

    def _failed(self, marks: list[ReadMark], error: BaseException) -> None:
        self._is_saving = False
        self._keep(marks, error)

    def _keep(self, marks: list[ReadMark], error: BaseException) -> None:
        log.error("read marks not saved marks=%d: %s", len(marks), error)
        if self._is_finishing:
            self._waiting.clear()
            return
        for mark in marks:
            place = mark.room_id, mark.user_id
            self._waiting[place] = max(mark.seq, self._waiting.get(place, 0))
        self._save_in(TRY_AGAIN_AFTER)
