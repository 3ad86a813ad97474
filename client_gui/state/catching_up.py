"""Coming back: what the server is told that we have of each room, and its answers.

All rooms go in requests of ``MAX_RESUMED``, sent at once; each is answered room by room. Where
the server will not resume a room, or knows no resuming at all, the pages of history do it.
"""

from collections import deque
from collections.abc import Iterable

from wire.limits import MAX_RESUMED
from wire.messages import Result, Resume

MAX_MISSED = 2_000
"""Entries that a room may lack to be resumed: ten pages. Beyond, nobody reads them one after the
other, and it begins again with its last page."""


class CatchingUp:
    """The rooms that are being resumed."""

    def __init__(self) -> None:
        self._asked: deque[list[str]] = deque()
        """The rooms of each request that is on its way."""

    def begin(self, marks: Iterable[tuple[str, int, int]]) -> list[Resume]:
        """Return the requests for rooms with the number and time of the last entry of each."""
        left = list(marks)
        requests = []
        while left:
            chunk, left = left[:MAX_RESUMED], left[MAX_RESUMED:]
            self._asked.append([room for room, _, _ in chunk])
            words = " ".join(f"{room}:{seq}:{time}" for room, seq, time in chunk)
            requests.append(Resume(words, MAX_MISSED))
        return requests

    def answered(self, result: Result) -> list[str]:
        """Return the rooms that *result* is about: one, or all of a request that was refused."""
        if not self._asked:
            return []
        rooms = self._asked[0]
        if result.reference in rooms:
            rooms.remove(result.reference)
            answered = [result.reference]
        elif result.outcome != "ok":
            answered, rooms = list(rooms), []
        else:
            return []
        if not rooms:
            self._asked.popleft()
        return answered

    def disconnected(self) -> None:
        """No answer will come."""
        self._asked.clear()
