"""Where what a member has missed, and what is said from now on, meet: none lost, none twice.

While somebody catches up with a room, pages of it are read from the storage, and the room goes on.
A :class:`Seam` stands between the room and that member:

1. *shut*: what is said is dropped, for a page that is still to be asked for will bring it.
2. *listening*: a page has been asked for. What is said is kept, for the page may have been read
   before that was stored. When it is more than KEPT_BYTES it is dropped, and another page needed.
3. *open*: the last page has brought everything up to a number, the *floor*. What was kept is told
   from there on; what is said is told at once. What the page has brought may be said only now,
   since reading and storing come back by different ways: it is dropped. Behind the floor the seam
   has done its work.
"""

import enum
from collections.abc import Callable

# Bytes that are kept while a page is read: with that page, half of the send queue's default hard
# mark.
KEPT_BYTES = 256 * 1024


class _State(enum.Enum):
    SHUT = enum.auto()
    LISTENING = enum.auto()
    OPEN = enum.auto()


class Seam:
    """The seam of one member in one room.

    Attributes:
        overflowed: whether more was said than is kept, since :meth:`listen` was called.
        done: whether everything from now on is to be told.
    """

    def __init__(self, write: Callable[[bytes], object]) -> None:
        """*write* tells the member."""
        self.overflowed = False
        self.done = False
        self._write = write
        self._state = _State.SHUT
        self._kept: list[tuple[int, bytes]] = []
        self._kept_bytes = 0
        self._floor = 0

    def listen(self) -> None:
        """A page is asked for: keep what is said from now on."""
        self._state = _State.LISTENING
        self.overflowed = False
        self._forget()

    def open(self, floor: int) -> int:
        """Everything up to number *floor* has been told: tell what was kept behind it, and what is
        said from now on. Return the number of the last that has been told.

        To be called only when nothing was dropped since :meth:`listen`.
        """
        kept = self._kept
        self._state = _State.OPEN
        self._floor = floor
        self._forget()
        for seq, data in kept:
            self.hear(seq, data)
        return max(floor, kept[-1][0]) if kept else floor

    def hear(self, seq: int, data: bytes) -> None:
        """Number *seq* of the room is said; *data* is what tells the member so."""
        if self._state is _State.OPEN:
            self.done = seq >= self._floor
            if seq > self._floor:
                self._write(data)
        elif self._state is _State.LISTENING and not self.overflowed:
            self._keep(seq, data)

    def _keep(self, seq: int, data: bytes) -> None:
        self._kept_bytes += len(data)
        if self._kept_bytes > KEPT_BYTES:
            self.overflowed = True
            self._forget()
        else:
            self._kept.append((seq, data))

    def _forget(self) -> None:
        self._kept = []
        self._kept_bytes = 0
