"""Finding out that the storage works again, although nobody posts.

When the database has failed, the next message that is stored would show that it works again. On a
quiet server, or one to which nobody is sent because it is not ready, there may be none: so a change
that changes nothing is committed every few seconds, until that succeeds. A read that fails is
looked into in the same way, so that a server whose database went away before anybody could log in
does not go on calling itself ready.
"""

from collections.abc import Callable
from typing import Final, Protocol

from reactor.loop import Loop
from reactor.workers import Lane, LaneFull

# Seconds between two looks, and between the end of a try and the next one.
LOOK_EVERY: Final = 3.0


class DoubtfulStore(Protocol):
    """The part of the storage that is needed here."""

    @property
    def doubtful(self) -> bool: ...

    def try_to_store(self, room_id: int) -> bool:
        """To be called in the database lane."""


class Recovery:
    """Tries, in the database lane, one try at a time."""

    def __init__(
        self,
        loop: Loop,
        database: Lane,
        store: DoubtfulStore,
        room_id: int,
        is_idle: Callable[[], bool],
    ) -> None:
        """*room_id*: a room whose row may be touched. *is_idle*: whether nobody posts."""
        self._loop = loop
        self._database = database
        self._store = store
        self._room_id = room_id
        self._is_idle = is_idle
        self._look_later()

    def _look_later(self) -> None:
        self._loop.call_later(LOOK_EVERY, self._look)

    def _look(self) -> None:
        if not (self._store.doubtful and self._is_idle()):
            self._look_later()
            return
        try:
            # Whether it went is for the storage to know, and to log.
            self._database.submit(
                self._store.try_to_store,
                self._room_id,
                done=lambda _: self._look_later(),
                failed=self._failed,
            )
        except LaneFull:
            self._look_later()

    def _failed(self, error: BaseException) -> None:
        """The storage answers whether it works; an exception is a fault of ours."""
        self._look_later()
        raise error
