"""How long to wait before connecting again: longer each time, and never in step with others.

Full jitter: a room of thirty clients that lost the same server comes back spread over the wait,
not all in the same instant.
"""

from collections.abc import Callable

FIRST_WAIT = 1.0
"""Seconds that the first wait may take at the most."""

LONGEST_WAIT = 60.0
"""Seconds that any wait may take: people look again after a minute anyway."""

LONGEST_ASKED_WAIT = 300.0
"""Seconds that a server can make us wait, whatever number it sends."""

STABLE_AFTER = 30.0
"""Seconds that a login must have lasted for the waits to begin anew. Without it, a server that
takes logins and drops them at once would be hammered."""

_MOST_DOUBLINGS = 16


def wait_after(failures: int, random: Callable[[], float], asked: float = 0.0) -> float:
    """Return the seconds to wait after so many *failures*, at least those *asked* for."""
    bound = min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(failures - 1, _MOST_DOUBLINGS))
    return min(asked, LONGEST_ASKED_WAIT) + random() * bound


class Backoff:
    """The waits between attempts.

    *random* returns a number from 0 to 1, as :func:`random.random`; *clock* returns seconds.
    """

    def __init__(self, random: Callable[[], float], clock: Callable[[], float]) -> None:
        self._random = random
        self._clock = clock
        self._failures = 0
        self._logged_in_at: float | None = None

    def logged_in(self) -> None:
        """A login succeeded now."""
        self._logged_in_at = self._clock()

    def next_wait(self, asked: float = 0.0) -> float:
        """The connection is lost: return the seconds to wait, at least those *asked* for."""
        if self._logged_in_at is not None and self._clock() - self._logged_in_at >= STABLE_AFTER:
            self._failures = 0
        self._logged_in_at = None
        self._failures += 1
        return wait_after(self._failures, self._random, asked)
