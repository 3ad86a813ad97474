"""Whether a client that can be asked is still there.

Quiet for a while, it is asked; for longer, it is taken for gone.
"""

from collections.abc import Callable

from reactor.loop import Loop, Timer


class SilenceWatch:
    """Watches one client, from :meth:`start` to :meth:`stop`. Times are in seconds."""

    def __init__(
        self,
        loop: Loop,
        ask_after: float,
        gone_after: float,
        *,
        ask: Callable[[], object],
        gone: Callable[[], object],
        is_waiting: Callable[[], bool],
    ) -> None:
        """*ask* the client if it is there; it is *gone*; something it sent *is waiting* to be
        served, and was heard however long ago it came."""
        self._loop = loop
        self._ask_after = ask_after
        self._gone_after = gone_after
        self._ask = ask
        self._gone = gone
        self._is_waiting = is_waiting
        self._last_heard = loop.time()
        self._timer: Timer | None = None

    def heard(self) -> None:
        """Something has come from the client."""
        self._last_heard = self._loop.time()

    def start(self) -> None:
        """Watch from now on; while the client waited for us, it was not silent."""
        self.heard()
        self._watch()

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()

    def _watch(self) -> None:
        quiet = 0.0 if self._is_waiting() else self._loop.time() - self._last_heard
        if quiet >= self._gone_after:
            self._gone()
            return
        if quiet >= self._ask_after:
            self._ask()
        wait = (self._ask_after if quiet < self._ask_after else self._gone_after) - quiet
        self._timer = self._loop.call_later(wait, self._watch)
