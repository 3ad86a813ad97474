"""Changes about rows that are not here yet: kept until older pages bring these rows.

At most ``MAX_LATER`` of them. When there are more, those of the oldest row go: it is the last one
that anybody who scrolls up comes to.
"""

from collections.abc import Iterable

from wire.messages import Change

MAX_LATER = 1_000
"""Changes of one room that wait: hundreds of reactions to an old message, and a busy day."""


class LaterChanges:
    """Those of one room. What is new, and what waits no more, is remembered for the disk."""

    def __init__(self, kept: Iterable[Change] = ()) -> None:
        """*kept*: what is on disk already."""
        self._waiting: dict[int, dict[int, Change]] = {}
        """By the number that they are about, then by their own."""
        self._new: dict[int, Change] = {}
        self._done: list[int] = []
        for change in kept:
            self._waiting.setdefault(change.target, {})[change.seq] = change

    def __len__(self) -> int:
        return sum(map(len, self._waiting.values()))

    def keep(self, change: Change) -> int:
        """Keep *change*; return the number of the row whose changes had to go for it, or 0."""
        self._waiting.setdefault(change.target, {})[change.seq] = change
        self._new[change.seq] = change
        return self.drop_oldest() if len(self) > MAX_LATER else 0

    def drop_oldest(self) -> int:
        """Let the changes of the oldest row go; return its number, or 0 if there are none."""
        oldest = min(self._waiting, default=0)
        self.take(oldest)
        return oldest

    def take(self, target: int) -> list[Change]:
        """Return the changes about the row *target*, by number; they wait no more."""
        taken = self._waiting.pop(target, {})
        for seq in taken:
            if self._new.pop(seq, None) is None:
                self._done.append(seq)
        return [taken[seq] for seq in sorted(taken)]

    def take_unsaved(self) -> tuple[list[Change], list[int]]:
        """Return what is new since the last time, and the numbers of those that wait no more."""
        unsaved = list(self._new.values()), self._done
        self._new, self._done = {}, []
        return unsaved
